package write

import (
	"context"

	"github.com/kithgraph/kith/graph"
)

// mergedFrom is where a statement was said that a merge makes.
const mergedFrom = "merge"

// sayStricter has the person who stays say what keeps the merge from permitting more than either permitted: else data of the one would be
// seen by what the other said.
func (v *mover) sayStricter(ctx context.Context) error {
	if !v.kind.Person {
		return nil
	}
	for _, e := range v.kind.Edges {
		if e.Standing != graph.ByConsent {
			continue
		}
		said := map[string][]graph.Statement{}
		q := &query{}
		l := along(e, all, whole(e.Targets[0]))
		q.rows(byID(&graph.Selection{Kind: v.kind, Lists: []*graph.List{l}}, v.from.ID, v.into.ID), func(rows []graph.Row) {
			for i := range rows {
				for _, r := range rows[i].Below() {
					said[rows[i].ID] = append(said[rows[i].ID], statement(nodeOf(r)))
				}
			}
		})
		if err := v.read(ctx, q); err != nil {
			return err
		}
		for _, s := range graph.Stricter(said[v.from.ID], said[v.into.ID], v.now) {
			v.say(e, s)
		}
	}
	return nil
}

// say adds a statement of the person who stays.
func (v *mover) say(e *graph.Edge, s graph.Statement) {
	k := e.Targets[0]
	text := func(of string) any {
		if of == "" {
			return nil
		}
		return of
	}
	c := Node{ID: v.host.NewID(k.Prefix), Values: graph.Values{
		graph.ConsentPurpose: text(string(s.Purpose)), graph.ConsentChannel: text(s.Channel), graph.ConsentStatus: s.Status, graph.ConsentAt: s.At,
		graph.ConsentSource: mergedFrom,
	}}
	c.Key = c.ID
	if s.Expires != nil {
		c.Values[graph.ConsentExpires] = *s.Expires
	}
	v.born(k, c.Values)
	v.stamp(k, c.ID, c.Values, nil)
	v.sign(c.Values, "")
	c.Values = present(c.Values)
	v.created[c.ID] = true
	v.report.NodesCreated++
	v.addNode(k, c)
	given := Edge{Key: graph.BareKey(v.into.ID, c.ID), From: v.into.ID, To: c.ID}
	if !e.Out {
		given = Edge{Key: graph.BareKey(c.ID, v.into.ID), From: c.ID, To: v.into.ID}
	}
	given.Values = graph.Values{}
	recorded(e.Rel.Properties, given.Values, v.now)
	v.report.EdgesCreated++
	v.addEdge(e.Rel, given)
}
