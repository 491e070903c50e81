package write

import (
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// ties are what those relationships hang on of a catalog by which two know each other: see graph.Tie.
type ties struct {
	cat      *graph.Catalog
	rel      *graph.Rel
	takes    *graph.Edge // from interactions to who took part
	person   *graph.Kind // from whom the relationships lead
	employee *graph.Kind
	tells    []graph.Category // that they tell of, and that are kept of both ends
}

// tiesOf finds them; nil: the catalog has none.
func tiesOf(cat *graph.Catalog) *ties {
	rel, kind := cat.Rel(graph.TieRel), cat.Kind(graph.InteractionKind)
	if rel == nil || kind == nil {
		return nil
	}
	t := &ties{cat: cat, rel: rel, takes: kind.Subjects[0]}
	for _, k := range t.takes.Targets {
		if k.Person {
			t.person = k
		} else {
			t.employee = k
		}
	}
	for _, e := range t.person.Edges {
		if e.Rel == rel {
			t.tells = e.Categories()
		}
	}
	return t
}

// An acquaintance is two who took part in an interaction: a customer and an employee, or two customers, the one with the lesser id first.
type acquaintance struct{ a, b string }

// A meeting is an interaction, and who took part in it.
type meeting struct {
	at, origin any
	who        graph.Meeting
}

// crowd is what becomes of a value that tells whether too many took part in it.
func (m *meeting) crowd(had any) graph.Values {
	want := graph.Values{graph.InteractionCrowded: nil}
	if m.who.Crowded() {
		want[graph.InteractionCrowded] = true
	}
	return difference(want, graph.Values{graph.InteractionCrowded: had})
}

// contacts are what the interaction is to every two who took part in it. One without an instant is nothing.
func (t *ties) contacts(m *meeting, each func(acquaintance, graph.Contact)) {
	at, known := m.at.(int64)
	if !known || m.who.Crowded() {
		return
	}
	origin, _ := m.origin.(string)
	for _, a := range m.who {
		if t.cat.KindOf(a.ID) != t.person {
			continue
		}
		for _, b := range m.who {
			employee := t.cat.KindOf(b.ID) == t.employee
			if employee || b.ID > a.ID {
				each(acquaintance{a.ID, b.ID}, graph.ContactOf(at, origin, a, b, employee))
			}
		}
	}
}

// keys are those of the relationships that keep the tie of two: of two customers there are two.
func (t *ties) keys(who acquaintance) []string {
	keys := []string{graph.BareKey(who.a, who.b)}
	if t.cat.KindOf(who.b) == t.person {
		keys = append(keys, graph.BareKey(who.b, who.a))
	}
	return keys
}

// edges are these relationships.
func (t *ties) edges(who acquaintance, tie graph.Tie) (out []Edge) {
	for i, key := range t.keys(who) {
		if i > 0 {
			who.a, who.b, tie = who.b, who.a, tie.Turned()
		}
		out = append(out, Edge{Key: key, From: who.a, To: who.b, Values: tie.Values()})
	}
	return out
}

// interaction asks for an interaction with those who took part.
func (t *ties) interaction() *graph.Selection {
	sel := some(t.takes.Owner, graph.InteractionAt, graph.InteractionOrigin, graph.InteractionCrowded)
	var to []*graph.Selection
	for _, k := range t.takes.Targets {
		to = append(to, some(k, graph.ErasedAt, graph.ErasedOf))
	}
	sel.Lists = []*graph.List{along(t.takes, all, to...)}
	return sel
}

// meetingOf is what a row of an interaction tells, and what it leads to, by the keys of the relationships.
func meetingOf(r *graph.Row) (m *meeting, links map[string]*Edge) {
	n := nodeOf(r)
	links = map[string]*Edge{}
	for l, to := range r.Below() {
		e := edgeOf(l, r.ID, to)
		links[e.Key] = &e
	}
	return &meeting{at: n.Values[graph.InteractionAt], origin: n.Values[graph.InteractionOrigin]}, links
}

// among has the meeting be of those to whom relationships lead.
func (t *ties) among(m *meeting, links map[string]*Edge) *meeting {
	for _, e := range links {
		_, who := ends(t.takes, *e)
		role, _ := e.Values[graph.RoleProperty].(string)
		m.who = m.who.With(who, role)
	}
	return m
}

// forgets reports whether nothing of what a tie is made of is kept of a person who was erased.
func (t *ties) forgets(of []string) bool {
	return slices.ContainsFunc(t.tells, func(c graph.Category) bool { return slices.Contains(of, string(c)) })
}

// meetings ask for a person's interactions with those who took part; with others, for those in which one of these did.
func (t *ties) meetings(others []string) *graph.Selection {
	l := along(back(t.takes, t.person), all, t.interaction())
	if others != nil {
		l.Filter = &graph.Filter{Or: []*graph.Filter{}}
		for _, k := range t.takes.Targets {
			one := &graph.Filter{Test: &graph.Test{ID: true, Op: graph.In, Value: graph.Each(others)}}
			l.Filter.Or = append(l.Filter.Or, &graph.Filter{Some: &graph.Quantified{Edge: t.takes.To(k).Ever(), Filter: one}})
		}
	}
	return &graph.Selection{Kind: t.person, Lists: []*graph.List{l}}
}

// together is the meeting of a row of an interaction.
func (t *ties) together(r *graph.Row) *meeting {
	m, links := meetingOf(r)
	return t.among(m, links)
}

// eachMeeting gives a person's interactions, which are below her row. Who takes part in one twice has it twice there.
func (t *ties) eachMeeting(r *graph.Row, l *graph.Edge, each func(*graph.Row, *meeting)) {
	seen := map[string]bool{}
	for list, row := range r.Below() {
		if list.Edge == l && !seen[row.ID] {
			seen[row.ID] = true
			each(row, t.together(row))
		}
	}
}

// composed is the tie of contacts, the same in whatever order they come.
func composed(contacts []graph.Contact) (tie graph.Tie) {
	slices.SortFunc(contacts, func(a, b graph.Contact) int { return graph.Compare(a.At, b.At) })
	for _, c := range contacts {
		tie = tie.And(graph.TieOfOne(c))
	}
	return tie
}

// tiedVersion is how ties are made; a change of that changes it.
const tiedVersion = "2"

// Tied says how ties are made. A store whose ties were made otherwise, or that has none yet, makes them anew.
func Tied(cat *graph.Catalog) string {
	if tiesOf(cat) == nil {
		return "not"
	}
	return tiedVersion
}

// TieAll brings up to date the ties that lead from some persons, and which of their interactions were crowded: those behind an id in their order, so many at most. It gives the last of
// them, empty where there are no more.
func TieAll(ctx context.Context, cat *graph.Catalog, tx Tx, after string, most int) (last string, err error) {
	t := tiesOf(cat)
	if t == nil {
		return "", nil
	}
	sel := t.meetings(nil)
	kept := along(&graph.Edge{Name: "ties", Owner: t.person, Rel: t.rel, Out: true, Targets: t.takes.Targets, History: true}, all, &graph.Selection{Kind: t.takes.Targets[0]}, &graph.Selection{Kind: t.takes.Targets[1]})
	sel.Props, sel.Lists = some(t.person, graph.ErasedAt, graph.ErasedOf).Props, append(sel.Lists, kept)
	l := &graph.List{Key: t.person.Name, Rows: true, Cursors: true, Page: graph.Page{Limit: most}, Nodes: []*graph.Selection{sel}}
	if after != "" {
		l.Page.After = []any{after}
	}
	res, err := tx.Read(ctx, &graph.Fetch{Lists: []*graph.List{l}})
	if err != nil {
		return "", err
	}
	c, rows, seen := &Changes{}, res.Lists[0].Rows, map[string]bool{}
	for i := range rows {
		t.tieOne(c, &rows[i], seen)
	}
	if len(rows) == most {
		last = rows[len(rows)-1].ID
	}
	if c.Empty() {
		return last, nil
	}
	return last, tx.Write(ctx, c)
}

// tieOne notes what changes of the ties that lead from a person, and of her interactions that were not seen before.
func (t *ties) tieOne(c *Changes, r *graph.Row, seen map[string]bool) {
	contacts := map[string][]graph.Contact{}
	apart := map[string]bool{}
	forget := func(r *graph.Row) {
		of, _ := nodeOf(r).Values[graph.ErasedOf].([]string)
		apart[r.ID] = apart[r.ID] || t.forgets(of)
	}
	forget(r)
	t.eachMeeting(r, r.Sel.Lists[0].Edge, func(in *graph.Row, m *meeting) {
		n := nodeOf(in)
		if set := m.crowd(n.Values[graph.InteractionCrowded]); len(set) > 0 && !seen[n.ID] {
			c.ChangedNodes = append(c.ChangedNodes, &NodeChange{Kind: t.takes.Owner, Node: Node{n.ID, n.Key, set}})
		}
		seen[n.ID] = true
		t.contacts(m, func(who acquaintance, contact graph.Contact) {
			switch r.ID {
			case who.a:
				contacts[who.b] = append(contacts[who.b], contact)
			case who.b:
				contact.In, contact.Out = contact.Out, contact.In
				contacts[who.a] = append(contacts[who.a], contact)
			}
		})
	})
	for i := range r.Lists[0].Rows {
		for _, l := range r.Lists[0].Rows[i].Lists {
			for j := range l.Rows {
				forget(&l.Rows[j])
			}
		}
	}
	stored := map[string]Edge{}
	for j := range r.Lists[1].Rows {
		e := edgeOf(r.Sel.Lists[1], r.ID, &r.Lists[1].Rows[j])
		stored[e.To] = e
	}
	for _, other := range slices.Sorted(maps.Keys(contacts)) {
		if apart[r.ID] || apart[other] {
			continue
		}
		want := composed(contacts[other]).Values()
		old, there := stored[other]
		delete(stored, other)
		switch e := (Edge{Key: graph.BareKey(r.ID, other), From: r.ID, To: other}); {
		case !there:
			e.Values = present(want)
			c.NewEdges = append(c.NewEdges, &EdgeChange{Rel: t.rel, Edge: e})
		case len(difference(want, old.Values)) > 0:
			e.Values = difference(want, old.Values)
			c.ChangedEdges = append(c.ChangedEdges, &EdgeChange{Rel: t.rel, Edge: e})
		}
	}
	for _, other := range slices.Sorted(maps.Keys(stored)) {
		c.GoneEdges = append(c.GoneEdges, &EdgeChange{Rel: t.rel, Edge: stored[other]})
	}
}
