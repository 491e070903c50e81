package write

import (
	"context"
	"math"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A query is what is asked in one go, and what is to be done with each part of the answer.
type query struct {
	lists []*graph.List
	takes []func([]graph.ListResult)
	sizes []int
	asker string // id of the person that conditions are about
}

// ask adds lists, and what to do with their answers.
func (q *query) ask(lists []*graph.List, take func([]graph.ListResult)) {
	q.lists, q.sizes, q.takes = append(q.lists, lists...), append(q.sizes, len(lists)), append(q.takes, take)
}

// rows adds one list.
func (q *query) rows(l *graph.List, take func([]graph.Row)) {
	q.ask([]*graph.List{l}, func(res []graph.ListResult) { take(res[0].Rows) })
}

// nodes adds a list of nodes that are asked for their keys.
func (q *query) nodes(l *graph.List, take func(Node)) {
	q.rows(l, func(rows []graph.Row) {
		for i := range rows {
			take(nodeOf(&rows[i]))
		}
	})
}

// read answers a query. It sees what is pending only when that is flushed.
func (a *applier) read(ctx context.Context, q *query) error {
	if len(q.lists) == 0 {
		return nil
	}
	res, err := a.tx.Read(ctx, &graph.Fetch{Now: a.host.Now, Asker: q.asker, Lists: q.lists})
	if err != nil {
		return err
	}
	at := 0
	for i, n := range q.sizes {
		q.takes[i](res.Lists[at : at+n])
		at += n
	}
	return nil
}

// all is the limit of lists that are read whole.
const all = math.MaxInt32

// selection asks for a node's key and some of its values.
func selection(k *graph.Kind, props ...*graph.Property) *graph.Selection {
	if k.Key != nil {
		props = append([]*graph.Property{k.Key}, props...)
	}
	return &graph.Selection{Kind: k, Props: graph.Refs(props...)}
}

// whole asks for all there is of a node.
func whole(k *graph.Kind) *graph.Selection { return selection(k, k.Properties...) }

// some asks for values of a node, as far as its kind has such properties.
func some(k *graph.Kind, names ...string) *graph.Selection {
	var props []*graph.Property
	for _, n := range names {
		if p := k.Property(n); p != nil {
			props = append(props, p)
		}
	}
	return selection(k, props...)
}

// byID is a list of nodes of a kind that are named by their ids.
func byID(sel *graph.Selection, ids ...string) *graph.List {
	return &graph.List{Key: sel.Kind.Name, IDs: append([]string{}, ids...), Rows: true, Nodes: []*graph.Selection{sel}}
}

// byKey is a list of nodes of a kind that are named by their keys.
func byKey(sel *graph.Selection, keys ...string) *graph.List {
	external := graph.Map(keys, func(k string) graph.External { return graph.External{ID: k} })
	return &graph.List{Key: sel.Kind.Name, External: external, Rows: true, Nodes: []*graph.Selection{sel}}
}

// along is a list of what an edge leads to, with the relationships. Each of these is in it, whatever its time.
func along(e *graph.Edge, limit int, sels ...*graph.Selection) *graph.List {
	every := *e
	every.One, every.History, every.AsOf = false, true, nil
	return &graph.List{Key: e.Name, Edge: &every, Nodes: sels, Props: graph.Refs(e.Rel.Properties...), Rows: true, Cursors: true, Page: graph.Page{Limit: limit}}
}

// bare are selections of what an edge leads to, without any values.
func bare(e *graph.Edge) []*graph.Selection { return graph.Bare(e.Targets) }

// nodeOf is the node of a row that was asked for its key.
func nodeOf(r *graph.Row) Node {
	n := Node{ID: r.ID, Key: r.ID, Values: graph.Values{}}
	for i, ref := range r.Sel.Props {
		switch v := r.Props[i]; {
		case ref.Prop == r.Sel.Kind.Key:
			n.Key, _ = v.(string)
		case v != nil:
			n.Values[ref.Prop.Name] = v
		}
	}
	return n
}

// edgeOf is the relationship by which a row of a list was reached from a node.
func edgeOf(l *graph.List, from string, r *graph.Row) Edge {
	e := Edge{From: from, To: r.ID, Values: graph.ValuesOf(l.Props, r.Edge)}
	if !l.Edge.Out {
		e.From, e.To = r.ID, from
	}
	e.Key, _ = r.Keys[len(r.Keys)-1].(string)
	return e
}

// ways are all there are to go from a node of a kind along one relationship, whether a field of the schema does or not. Each relationship is
// along one of them, or along two if it leads from a node to itself.
func (a *applier) ways(k *graph.Kind) (out []*graph.Edge) {
	for _, r := range a.cat.Rels {
		for end := range 2 {
			e := &graph.Edge{Name: strings.ToLower(r.Type) + []string{" out", " in"}[end], Owner: k, Rel: r, Out: end == 0, History: true}
			for _, p := range r.Pairs {
				if p[end] == k {
					e.Targets = append(e.Targets, p[1-end])
				}
			}
			if len(e.Targets) > 0 {
				out = append(out, e)
			}
		}
	}
	return out
}

// along adds the relationships that an edge goes along from nodes, of each so many at most.
func (q *query) along(e *graph.Edge, limit int, from []string, take func(Edge)) {
	l := along(e, limit, bare(e)...)
	root := byID(&graph.Selection{Kind: e.Owner, Lists: []*graph.List{l}}, from...)
	q.rows(root, func(rows []graph.Row) {
		for i := range rows {
			for _, to := range rows[i].Below() {
				take(edgeOf(l, rows[i].ID, to))
			}
		}
	})
}
