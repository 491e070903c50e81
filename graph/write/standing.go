package write

import (
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// touched is what may have changed persons' standing: what they said, and the persons themselves.
type touched struct {
	consents []string        // ids
	parties  map[string]bool // ids of persons who got a contract
	persons  map[string]bool // ids of persons whose contracts or statements are to be looked at anew
}

func (t *touched) said(nodes []Node) {
	for _, n := range nodes {
		t.consents = append(t.consents, n.ID)
	}
}

// touch notes whose standing the relationships that come and go are about.
func (a *applier) touch(r *graph.Rel, created, gone []Edge) {
	for _, k := range a.cat.Kinds {
		for _, e := range k.Edges {
			if e.Standing == "" || e.Rel != r {
				continue
			}
			for _, s := range gone {
				a.standing.add(&a.standing.persons, a.person(e, s))
			}
			for _, s := range created {
				if e.Standing == graph.ByContract {
					a.standing.add(&a.standing.parties, a.person(e, s))
				} else {
					a.standing.add(&a.standing.persons, a.person(e, s))
				}
			}
		}
	}
}

// person is the id of the person that a relationship is about, empty where it is about none.
func (a *applier) person(e *graph.Edge, s Edge) string {
	owner, target := ends(e, s)
	if a.cat.KindOf(owner) != e.Owner || !slices.Contains(e.Targets, a.cat.KindOf(target)) {
		return ""
	}
	return owner
}

func (t *touched) add(to *map[string]bool, person string) {
	if person == "" {
		return
	}
	if *to == nil {
		*to = map[string]bool{}
	}
	(*to)[person] = true
}

// standings brings up to date what the batch has changed of persons' standing.
func (a *applier) standings(ctx context.Context) error {
	for _, k := range a.cat.Kinds {
		if !k.Person {
			continue
		}
		if err := a.standingsOf(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

func (a *applier) standingsOf(ctx context.Context, k *graph.Kind) error {
	if len(a.standing.consents) > 0 {
		if err := a.whoSaid(ctx, k); err != nil {
			return err
		}
	}
	all := map[string]bool{}
	maps.Copy(all, a.standing.parties)
	maps.Copy(all, a.standing.persons)
	if len(all) == 0 {
		return nil
	}
	persons, err := a.tx.NodesAt(ctx, k, slices.Sorted(maps.Keys(all)))
	if err != nil {
		return err
	}
	contracts, said, err := a.lookAnew(ctx, k)
	if err != nil {
		return err
	}
	var changed []Node
	for _, n := range persons {
		want := Columns{}
		if a.standing.parties[n.ID] {
			want[graph.Party] = true
		} else if a.standing.persons[n.ID] {
			want[graph.Party] = nil
			if contracts[n.ID] {
				want[graph.Party] = true
			}
		}
		if a.standing.persons[n.ID] {
			maps.Copy(want, Columns(graph.Standing(said[n.ID])))
			a.heard(said[n.ID])
		}
		if diff := difference(want, n.Columns); len(diff) > 0 {
			changed = append(changed, Node{ID: n.ID, Key: n.Key, Columns: diff})
		}
	}
	if err := a.failed(); err != nil || len(changed) == 0 {
		return err
	}
	return a.tx.UpdateNodes(ctx, k, changed)
}

// whoSaid adds the persons whose statements have changed.
func (a *applier) whoSaid(ctx context.Context, k *graph.Kind) error {
	for _, e := range k.Edges {
		if e.Standing != graph.ByConsent {
			continue
		}
		links, err := a.tx.EdgesAt(ctx, e.Rel, !e.Out, a.standing.consents)
		if err != nil {
			return err
		}
		for _, s := range links {
			a.standing.add(&a.standing.persons, a.person(e, s))
		}
	}
	return nil
}

// lookAnew finds which of the persons have contracts, and what they said.
func (a *applier) lookAnew(ctx context.Context, k *graph.Kind) (contracts map[string]bool, said map[string][]graph.Statement, err error) {
	contracts, said = map[string]bool{}, map[string][]graph.Statement{}
	persons := slices.Sorted(maps.Keys(a.standing.persons))
	if len(persons) == 0 {
		return contracts, said, nil
	}
	for _, e := range k.Edges {
		if e.Standing == "" {
			continue
		}
		links, err := a.tx.EdgesAt(ctx, e.Rel, e.Out, persons)
		if err != nil {
			return nil, nil, err
		}
		by := map[string]string{} // consent's id -> person
		for _, s := range links {
			switch owner, target := ends(e, s); {
			case a.person(e, s) == "":
			case e.Standing == graph.ByContract:
				contracts[owner] = true
			default:
				by[target] = owner
			}
		}
		if len(by) == 0 {
			continue
		}
		nodes, err := a.tx.NodesAt(ctx, e.Targets[0], slices.Sorted(maps.Keys(by)))
		if err != nil {
			return nil, nil, err
		}
		for _, n := range nodes {
			said[by[n.ID]] = append(said[by[n.ID]], statement(n))
		}
	}
	return contracts, said, nil
}

// statement is what a Consent says. One without an instant was said before all others.
func statement(n Node) graph.Statement {
	s := graph.Statement{ID: n.ID}
	text := func(name string) string { v, _ := n.Columns[name].(string); return v }
	s.Purpose, s.Channel, s.Status = graph.Purpose(text(graph.ConsentPurpose)), text(graph.ConsentChannel), text(graph.ConsentStatus)
	s.At, _ = n.Columns[graph.ConsentAt].(int64)
	s.Authority = text(graph.ConsentAuthority)
	if v, ok := n.Columns[graph.ConsentExpires].(int64); ok {
		s.Expires = &v
	}
	return s
}
