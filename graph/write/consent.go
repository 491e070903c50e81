package write

import (
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A consenting keeps persons' standing: what they said, and whether they have contracts.
type consenting struct {
	*applier
	statements map[string]bool // ids of Consents that have changed
	parties    map[string]bool // ids of persons who got a contract
	persons    map[string]bool // ids of persons whose contracts or statements are to be looked at anew

	by map[*graph.Rel][]*graph.Edge // see standing
}

func consentState(a *applier) derivation {
	return &consenting{a, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[*graph.Rel][]*graph.Edge{}}
}

func (c *consenting) touch(change Change) {
	switch {
	case change.Kind != nil && change.Kind.Name == graph.ConsentKind:
		if change.OldNode != nil && change.NewNode != nil {
			c.statements[change.NewNode.ID] = true
		}
	case change.Rel != nil && change.OldEdge == nil:
		c.come(change.Rel, *change.NewEdge)
	case change.Rel != nil && change.NewEdge == nil:
		for _, e := range c.standing(change.Rel) {
			if person, _, ok := c.leads(e, change.Rel, *change.OldEdge); ok {
				c.persons[person] = true
			}
		}
	}
}

func (c *consenting) come(r *graph.Rel, s Edge) {
	for _, e := range c.standing(r) {
		switch person, _, ok := c.leads(e, r, s); {
		case !ok:
		case e.Standing == graph.ByContract:
			c.parties[person] = true
		default:
			c.persons[person] = true
		}
	}
}

// standing are the edges along a relationship by which persons have a standing, looked for once a batch.
func (c *consenting) standing(r *graph.Rel) []*graph.Edge {
	edges, known := c.by[r]
	if known {
		return edges
	}
	for _, k := range c.cat.Kinds {
		edges = append(edges, graph.Where(k.Edges, func(e *graph.Edge) bool { return e.Standing != "" && e.Rel == r })...)
	}
	c.by[r] = edges
	return edges
}

// settle asks for the persons, and for those who said what has changed.
func (c *consenting) settle() (look []*graph.List, then func([]graph.ListResult)) {
	for id := range c.persons {
		delete(c.parties, id) // looked at anew, too
	}
	for _, k := range c.cat.Kinds {
		if !k.Person {
			continue
		}
		sel := standingOf(k)
		if len(c.persons) > 0 {
			look = append(look, byID(sel, slices.Sorted(maps.Keys(c.persons))...))
		}
		for _, e := range k.Edges {
			if e.Standing == graph.ByConsent && len(c.statements) > 0 {
				said := e.Targets[0]
				back := along(said.Reverse(e), all, sel)
				look = append(look, byID(&graph.Selection{Kind: said, Lists: []*graph.List{back}}, slices.Sorted(maps.Keys(c.statements))...))
			}
		}
	}
	for _, k := range c.cat.Kinds { // behind them: who is looked at anew is not only a party
		if k.Person && len(c.parties) > 0 {
			look = append(look, byID(some(k, graph.Party), slices.Sorted(maps.Keys(c.parties))...))
		}
	}
	return look, func(res []graph.ListResult) {
		seen := map[string]bool{}
		for _, l := range res {
			c.bringUp(l.Rows, seen)
		}
	}
}

// standingOf asks for what a person's standing follows from: what she said, and whether she has a contract.
func standingOf(k *graph.Kind) *graph.Selection {
	props := graph.Map(graph.StandingProperties(k.Name), func(p *graph.Property) *graph.Property { return k.Property(p.Name) })
	sel := selection(k, props...)
	for _, e := range k.Edges {
		switch e.Standing {
		case graph.ByConsent:
			sel.Lists = append(sel.Lists, along(e, all, whole(e.Targets[0])))
		case graph.ByContract:
			sel.Lists = append(sel.Lists, along(e, 1, bare(e)...))
		}
	}
	return sel
}

// bringUp brings the standing of the persons among rows, and below them, up to date.
func (c *consenting) bringUp(rows []graph.Row, seen map[string]bool) {
	for i := range rows {
		r := &rows[i]
		if !r.Sel.Kind.Person {
			for _, l := range r.Lists {
				c.bringUp(l.Rows, seen)
			}
			continue
		}
		if seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		want := graph.Values{graph.Party: true}
		if len(r.Sel.Lists) > 0 {
			var said []graph.Statement
			want, said = standing(r)
			c.heard(said)
		}
		if n := nodeOf(r); len(difference(want, n.Values)) > 0 {
			c.changeNode(r.Sel.Kind, n, difference(want, n.Values), "")
		}
	}
}

// standing is what a person's standing comes to, and what she said, by a row that was asked for by standingOf.
func standing(r *graph.Row) (want graph.Values, said []graph.Statement) {
	want = graph.Values{graph.Party: nil}
	for l, to := range r.Below() {
		if l.Edge.Standing == graph.ByContract {
			want[graph.Party] = true
		} else {
			said = append(said, statement(nodeOf(to)))
		}
	}
	maps.Copy(want, graph.Standing(said))
	return want, said
}

// statement is what a Consent says. One without an instant was said before all others.
func statement(n Node) graph.Statement {
	s := graph.Statement{ID: n.ID}
	text := func(name string) string { v, _ := n.Values[name].(string); return v }
	s.Purpose, s.Channel, s.Status = graph.Purpose(text(graph.ConsentPurpose)), text(graph.ConsentChannel), text(graph.ConsentStatus)
	s.At, _ = n.Values[graph.ConsentAt].(int64)
	s.Authority = text(graph.ConsentAuthority)
	if v, ok := n.Values[graph.ConsentExpires].(int64); ok {
		s.Expires = &v
	}
	return s
}
