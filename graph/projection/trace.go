package projection

import (
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// A trace finds the cases in which something stands that has changed: it goes the ways back by which cases are read, and by which it is
// known whom an event is about.
type trace struct {
	rels  map[*graph.Rel]bool           // along which anything is read
	props map[*graph.Kind][]string      // that are read of nodes
	back  map[*graph.Kind][]*graph.List // from nodes of a kind to cases; each leads there by lists below lists
	lost  map[*graph.Kind]bool          // from which no way leads back
}

// mostTraced is how many cases are read anew one by one; of more, all are.
const mostTraced = 5_000

func traceOf(n *notion) *trace {
	t := &trace{rels: map[*graph.Rel]bool{}, props: map[*graph.Kind][]string{}, back: map[*graph.Kind][]*graph.List{}, lost: map[*graph.Kind]bool{}}
	note := func(k *graph.Kind, p *graph.Property) {
		if p != nil && !slices.Contains(t.props[k], p.Name) {
			t.props[k] = append(t.props[k], p.Name)
		}
	}
	seen := map[string]bool{}
	way := func(hops []graph.Hop) {
		for _, h := range hops {
			t.rels[h.Edge.Rel] = true
		}
		name := ""
		for _, h := range hops {
			name += h.Edge.String() + ">" + h.To.Name + " "
		}
		if !seen[name] {
			seen[name] = true
			t.goesBack(hops)
		}
	}
	for _, s := range n.of.Timeline.Strands {
		for i, h := range s.Hops {
			way(s.Hops[:i+1])
			for _, w := range h.To.Ways {
				if len(w.Hops) > 0 {
					way(append(slices.Clone(s.Hops[:i+1]), w.Hops...))
				}
			}
		}
		if last := s.Hops[len(s.Hops)-1].To; !s.OnEdge {
			note(last, s.At.Prop)
		}
	}
	for _, w := range n.of.Ways {
		if len(w.Hops) > 0 {
			way(w.Hops)
		}
	}
	for k, r := range n.kinds {
		for _, p := range r.properties() {
			note(k, p)
		}
		note(k, r.staged)
	}
	note(n.of, n.closing)
	for _, p := range n.traits {
		note(n.of, p)
	}
	for _, b := range n.own {
		note(n.of, b.at)
	}
	return t
}

// goesBack adds the way back from the end of hops.
func (t *trace) goesBack(hops []graph.Hop) {
	from := hops[len(hops)-1].To
	var first, below *graph.List
	for i := len(hops) - 1; i >= 0; i-- {
		h := hops[i]
		back := h.To.Reverse(h.Edge)
		if back == nil {
			t.lost[from] = true
			return
		}
		l := &graph.List{Key: "back", Edge: back.To(h.Edge.Owner).Ever(), Rows: true, Page: graph.Page{Limit: mostTraced + 1}, Nodes: []*graph.Selection{{Kind: h.Edge.Owner}}}
		if below == nil {
			first = l
		} else {
			below.Nodes[0].Lists = []*graph.List{l}
		}
		below = l
	}
	t.back[from] = append(t.back[from], first)
}

// A touched is what entries of the feed name that may stand in cases, by kind.
type touched map[*graph.Kind]map[string]bool

func (t touched) add(k *graph.Kind, id string) {
	if k == nil {
		return
	}
	if t[k] == nil {
		t[k] = map[string]bool{}
	}
	t[k][id] = true
}

// touches takes in what an entry names. cat knows ids.
func (t *trace) touches(cat *graph.Catalog, c *policy.Counter, e *graph.Entry, into touched) {
	for i := range e.Nodes {
		n := &e.Nodes[i]
		reads := func(name string) bool {
			return slices.Contains(t.props[n.Kind], name) || slices.Contains(c.Decides(n.Kind), name)
		}
		if n.How == graph.Changed && !slices.ContainsFunc(n.Properties, reads) {
			continue
		}
		into.add(n.Kind, n.ID)
		for _, id := range n.About {
			into.add(cat.KindOf(id), id)
		}
	}
	for i := range e.Edges {
		if l := &e.Edges[i]; t.rels[l.Rel] {
			into.add(cat.KindOf(l.From), l.From)
			into.add(cat.KindOf(l.To), l.To)
		}
	}
}

// erases reports whether an entry tells of somebody who was erased.
func erases(e *graph.Entry) bool {
	return slices.ContainsFunc(e.Nodes, func(n graph.TouchedNode) bool { return n.Kind.Person && slices.Contains(n.Properties, graph.ErasedAt) })
}

// cases are those in which something of what was touched stands now, by their ids, and those that were themselves. Not ok: they are too many.
func (t *trace) cases(ctx context.Context, c *policy.Counter, now graph.Time, of *graph.Kind, what touched) (ids map[string]bool, ok bool, err error) {
	ids = map[string]bool{}
	for k, named := range what {
		if k == of {
			maps.Copy(ids, named)
		}
		if t.lost[k] || len(named) > mostTraced {
			return nil, false, nil
		}
		if len(t.back[k]) == 0 {
			continue
		}
		sel := &graph.Selection{Kind: k}
		for i, l := range t.back[k] {
			way := *l
			way.Key += string(rune('a'+i%26)) + string(rune('a'+i/26))
			sel.Lists = append(sel.Lists, &way)
		}
		res, err := c.Trace(ctx, &graph.Fetch{Now: now, Lists: []*graph.List{{Key: k.Name, IDs: slices.Sorted(maps.Keys(named)), Rows: true, Nodes: []*graph.Selection{sel}}}})
		if err != nil {
			return nil, false, err
		}
		if !ends(res.Lists, of, 0, ids) || len(ids) > mostTraced {
			return nil, false, nil
		}
	}
	return ids, true, nil
}

// ends gathers the nodes at the ends of lists below lists. Not ok: a list is longer than was asked for.
func ends(lists []graph.ListResult, of *graph.Kind, depth int, into map[string]bool) bool {
	for _, l := range lists {
		if depth > 0 && len(l.Rows) > mostTraced {
			return false
		}
		for i := range l.Rows {
			row := &l.Rows[i]
			if depth > 0 && len(row.Lists) == 0 && row.Sel.Kind == of {
				into[row.ID] = true
			}
			if !ends(row.Lists, of, depth+1, into) {
				return false
			}
		}
	}
	return true
}
