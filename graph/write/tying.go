package write

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A tying keeps the ties of those who take part in interactions. A contact that comes is added to what is kept. Where one goes, or is another
// than it was, all that two have had are read again: a sum from which something is taken away is not what it would have been without.
type tying struct {
	*applier
	*ties
	met  map[string]*met       // by the ids of interactions
	over map[acquaintance]bool // who took part in an interaction that was there, and is removed
	gone map[string]bool       // ids of customers and employees that are removed
	lost map[string]bool       // ids of persons who were erased, so that they have no ties
}

// met is what becomes of an interaction.
type met struct {
	fresh, gone bool
	told        bool // its values are: it is new, or goes, or they change
	values      [2]graph.Values
	links       map[string]*[2]*Edge // to who takes part, before and after, by key
	node        Node                 // it, where it is new or found
	is          *meeting             // as it is found, with its links
	found       map[string]*Edge
}

func acquaintances(a *applier) derivation {
	a.tied = &tying{a, tiesOf(a.cat), map[string]*met{}, map[acquaintance]bool{}, map[string]bool{}, map[string]bool{}}
	return a.tied
}

// past is what becomes of an interaction that was there, and is removed: its relationships go before it does, and there may be thousands of
// such, of whom it is enough to know who took part.
var past = &met{gone: true}

func (t *tying) touch(c Change) {
	switch {
	case t.ties == nil:
	case c.Kind != nil && c.Kind == t.takes.Owner:
		t.changed(c)
	case c.Kind != nil && c.NewNode == nil && slices.Contains(t.takes.Targets, c.Kind):
		t.gone[c.OldNode.ID] = true
	case c.Rel == t.takes.Rel:
		part := func(e *Edge) bool { return e != nil && e.Values[graph.RoleProperty] != graph.RoleSubject }
		before, after := part(c.OldEdge), part(c.NewEdge)
		if before && after && c.OldEdge.Values[graph.RoleProperty] == c.NewEdge.Values[graph.RoleProperty] {
			return
		}
		if before {
			l, known := t.link(c.OldEdge)
			if !known {
				l[0] = c.OldEdge
			}
			l[1] = nil
		}
		if after {
			l, _ := t.link(c.NewEdge)
			l[1] = c.NewEdge
		}
	}
}

// of is what becomes of an interaction.
func (t *tying) of(id string) *met {
	m := t.met[id]
	if m == nil {
		m = &met{links: map[string]*[2]*Edge{}}
		t.met[id] = m
	}
	return m
}

// link is what becomes of a relationship to who takes part, and whether that was known already.
func (t *tying) link(e *Edge) (l *[2]*Edge, known bool) {
	id, _ := ends(t.takes, *e)
	m := t.of(id)
	if m == past {
		return &[2]*Edge{}, true
	}
	if l = m.links[e.Key]; l == nil {
		l = &[2]*Edge{}
		m.links[e.Key] = l
		return l, false
	}
	return l, true
}

// changed notes what becomes of an interaction's own values.
func (t *tying) changed(c Change) {
	switch {
	case c.OldNode == nil:
		m := t.of(c.NewNode.ID)
		m.fresh, m.told, m.values[1], m.node = true, true, c.NewNode.Values, *c.NewNode
		return
	case c.NewNode != nil && c.OldNode.Values[graph.InteractionAt] == c.NewNode.Values[graph.InteractionAt] &&
		c.OldNode.Values[graph.InteractionOrigin] == c.NewNode.Values[graph.InteractionOrigin]:
		return
	}
	m := t.of(c.OldNode.ID)
	if !m.told {
		m.told, m.values[0] = true, c.OldNode.Values
	}
	if c.NewNode != nil {
		m.values[1] = c.NewNode.Values
		return
	}
	if m.gone = true; !m.fresh {
		was, _ := t.turns(m)
		t.contacts(was, func(who acquaintance, _ graph.Contact) { t.over[who] = true })
		t.met[c.OldNode.ID] = past
	}
}

// settle asks for the interactions that were there before, and are still.
func (t *tying) settle() (look []*graph.List, then func([]graph.ListResult)) {
	var ids []string
	for id, m := range t.met {
		if !m.fresh && !m.gone {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	return []*graph.List{byID(t.interaction(), ids...)}, func(res []graph.ListResult) {
		for i := range res[0].Rows {
			r := &res[0].Rows[i]
			m := t.met[r.ID]
			m.is, m.found = meetingOf(r)
			m.node = nodeOf(r)
			t.noteLost(r.Lists[0].Rows)
		}
	}
}

// noteLost notes those among rows who were erased.
func (t *tying) noteLost(rows []graph.Row) {
	for i := range rows {
		if of, erased := nodeOf(&rows[i]).Values[graph.ErasedOf].([]string); erased && t.forgets(of) {
			t.lost[rows[i].ID] = true
		}
	}
}

// turns are an interaction as it was, and as it is.
func (t *tying) turns(m *met) (was, is *meeting) {
	was, is = &meeting{}, &meeting{}
	switch {
	case m.fresh && m.gone:
		return was, is
	case m.found != nil:
		is = m.is
		was.at, was.origin = is.at, is.origin
	}
	if m.told {
		was.at, was.origin = m.values[0][graph.InteractionAt], m.values[0][graph.InteractionOrigin]
		is.at, is.origin = m.values[1][graph.InteractionAt], m.values[1][graph.InteractionOrigin]
	}
	before, after := maps.Clone(m.found), maps.Clone(m.found)
	if m.found == nil {
		before, after = map[string]*Edge{}, map[string]*Edge{}
	}
	for key, l := range m.links {
		delete(before, key)
		delete(after, key)
		if l[0] != nil {
			before[key] = l[0]
		}
		if l[1] != nil {
			after[key] = l[1]
		}
	}
	if m.gone {
		clear(after)
	}
	return t.among(was, before), t.among(is, after)
}

// apart reports whether two have no tie whatever they had to do with each other: one is no longer there, or was erased.
func (t *tying) apart(who acquaintance) bool {
	for _, id := range []string{who.a, who.b} {
		if t.gone[id] || t.lost[id] || t.forgets(t.erasedOf[id]) {
			return true
		}
	}
	return slices.ContainsFunc(t.batch.Erase, func(e graph.Erasure) bool {
		return (e.Person == who.a || e.Person == who.b) && slices.ContainsFunc(t.tells, func(c graph.Category) bool { return e.Keep[c] == "" })
	})
}

// turned are the contacts that have come, and those who have lost one, or of whom one is another now.
func (t *tying) turned() (come map[acquaintance]graph.Tie, again map[acquaintance]bool) {
	come, again = map[acquaintance]graph.Tie{}, maps.Clone(t.over)
	for _, id := range slices.Sorted(maps.Keys(t.met)) {
		if t.met[id] == past {
			continue
		}
		was, is := t.turns(t.met[id])
		t.crowd(t.met[id], is)
		had := map[acquaintance]graph.Contact{}
		t.contacts(was, func(who acquaintance, c graph.Contact) { had[who] = c })
		t.contacts(is, func(who acquaintance, c graph.Contact) {
			if old, there := had[who]; !there {
				come[who] = come[who].And(graph.TieOfOne(c))
			} else if old != c {
				again[who] = true
			}
			delete(had, who)
		})
		for who := range had {
			again[who] = true
		}
	}
	maps.DeleteFunc(come, func(who acquaintance, _ graph.Tie) bool { return t.apart(who) })
	maps.DeleteFunc(again, func(who acquaintance, _ bool) bool { return t.apart(who) })
	return come, again
}

// crowd notes whether too many take part in an interaction that is there.
func (t *tying) crowd(m *met, is *meeting) {
	if m.gone || m.node.ID == "" {
		return
	}
	if set := is.crowd(m.node.Values[graph.InteractionCrowded]); len(set) > 0 {
		t.changeNode(t.takes.Owner, m.node, set, "")
	}
}

// tie brings the ties up to date, when all else is settled. A tie that is not there any more although there were contacts was removed by
// itself, since its period was over: it begins anew with the next one.
func (t *tying) tie(ctx context.Context) error {
	if t.ties == nil || len(t.met) == 0 {
		return nil
	}
	come, again := t.turned()
	var keys []string
	for who := range come {
		if !again[who] && !t.created[who.a] && !t.created[who.b] {
			keys = append(keys, t.keys(who)...)
		}
	}
	for who := range again {
		keys = append(keys, t.keys(who)...)
	}
	stored := map[string]Edge{}
	if len(keys) > 0 {
		slices.Sort(keys)
		found, err := t.tx.Edges(ctx, t.rel, keys)
		if err != nil {
			return err
		}
		for _, e := range found {
			if !t.pending.gone[edgeID{t.rel, e.Key}] {
				stored[e.Key] = e
			}
		}
	}
	for _, who := range inTurn(come) {
		old, there := stored[graph.BareKey(who.a, who.b)]
		if there && again[who] {
			continue
		}
		delete(again, who)
		tie := come[who]
		if there {
			tie = graph.TieOf(old.Values).And(tie)
		}
		t.keep(t.edges(who, tie), stored)
	}
	return t.tieAgain(ctx, again, stored)
}

// keep has relationships be as they are to be.
func (t *tying) keep(edges []Edge, stored map[string]Edge) {
	for _, e := range edges {
		old, there := stored[e.Key]
		if !there {
			e.Values = present(e.Values)
			t.addEdge(t.rel, e)
		} else if diff := difference(e.Values, old.Values); len(diff) > 0 {
			t.changeEdge(t.rel, old, diff, "")
		}
	}
}

// tiedAtOnce is how many persons have their contacts read again together.
const tiedAtOnce = 100

// tieAgain reads all contacts of those who have lost some.
func (t *tying) tieAgain(ctx context.Context, again map[acquaintance]bool, stored map[string]Edge) error {
	maps.DeleteFunc(again, func(who acquaintance, _ bool) bool {
		_, there := stored[graph.BareKey(who.a, who.b)]
		return !there
	})
	if len(again) == 0 {
		return nil
	}
	if err := t.flush(ctx); err != nil {
		return err
	}
	with := map[string][]string{}
	for _, who := range inTurn(again) {
		with[who.a] = append(with[who.a], who.b)
	}
	contacts := map[acquaintance][]graph.Contact{}
	for persons := range slices.Chunk(slices.Sorted(maps.Keys(with)), tiedAtOnce) {
		var others []string
		for _, id := range persons {
			others = append(others, with[id]...)
		}
		q := &query{}
		q.rows(byID(t.ties.meetings(others), persons...), func(rows []graph.Row) {
			for i := range rows {
				t.eachMeeting(&rows[i], rows[i].Sel.Lists[0].Edge, func(_ *graph.Row, m *meeting) {
					t.contacts(m, func(who acquaintance, c graph.Contact) {
						if who.a == rows[i].ID && again[who] {
							contacts[who] = append(contacts[who], c)
						}
					})
				})
			}
		})
		if err := t.read(ctx, q); err != nil {
			return err
		}
	}
	for _, who := range inTurn(again) {
		if len(contacts[who]) > 0 {
			t.keep(t.edges(who, composed(contacts[who])), stored)
			continue
		}
		for _, key := range t.keys(who) {
			if old, there := stored[key]; there {
				t.dropEdge(t.rel, old)
			}
		}
	}
	return nil
}

// inTurn are the keys of a map in an order.
func inTurn[V any](of map[acquaintance]V) []acquaintance {
	return slices.SortedFunc(maps.Keys(of), func(x, y acquaintance) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
}
