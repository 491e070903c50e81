package resolvers

import (
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// A binder finds, for each selected field, where its value stands in what a guarded fetch reads. It decides by the category of
// the field: a property, an edge, a part of a connection, an aggregate, a group, what is withheld, or computed.
type binder struct {
	*planner
	partial policy.Partial               // whose nodes may withhold something
	place   func(edges []string) sources // of nodes that are read for the computed field which is being bound
	sources map[string]sources           // by their ways, of the nodes that the field shows which is being bound
}

// nodes are how the nodes of a list are written, by kind.
type nodes []node

type node struct {
	kind    *graph.Kind
	partial bool // something may be withheld of it
	fields  object[*graph.Row]
}

// write writes the node of a row.
func (n nodes) write(w *writer, row *graph.Row) bool {
	for i := range n {
		if n[i].kind == row.Sel.Kind {
			return n[i].fields.write(w, row)
		}
	}
	panic("resolvers: a node of the kind " + row.Sel.Kind.Name + " was not asked for")
}

// nodes binds what is selected of a list's nodes. planned are the selections before the guard rewrote them to sels.
func (b *binder) nodes(planned, sels []*graph.Selection, set ast.SelectionSet) nodes {
	out := make(nodes, len(sels))
	for i, sel := range sels {
		out[i] = node{kind: sel.Kind, partial: b.partial[sel]}
		b.during(b.thens[planned[i]], func() { out[i].fields = b.node(&out[i], planned[i], sel, set) })
	}
	return out
}

func (b *binder) node(n *node, planned, sel *graph.Selection, set ast.SelectionSet) object[*graph.Row] {
	var out object[*graph.Row]
	for _, f := range b.collect(set, b.satisfy[sel.Kind]...) {
		out = append(out, b.nodeField(n, planned, sel, f))
	}
	return out
}

func (b *binder) nodeField(n *node, planned, sel *graph.Selection, f graphql.CollectedField) field[*graph.Row] {
	k := sel.Kind
	switch f.Name {
	case "__typename":
		return constant[*graph.Row](f, k.Name)
	case "id":
		return fieldOf(f, func(w *writer, row *graph.Row) bool { return w.text(w.o.hidden.ID(row.ID)) })
	case "withheld":
		return b.withheld(f)
	}
	if p := k.Field(f.Name); p != nil {
		at, write := placeOf(sel.Props, p), b.value(p, f)
		return fieldOf(f, func(w *writer, row *graph.Row) bool {
			if n.partial {
				w.note(w.o.stateOf(row).Property(p))
			}
			return at >= 0 && write(w, bound(row.Sel.Props, at, p, row.Props))
		})
	}
	switch f.Name {
	case graph.DisplayName:
		return b.called(n, sel, f)
	case graph.ExternalsField:
		return b.externals(n, sel, f)
	}
	if e := k.Edge(f.Name); e != nil {
		return b.edge(planned, sel, e, f)
	}
	if f.Name == graph.HistoryField {
		return b.history(n, sel, f)
	}
	for _, c := range k.Computed {
		if c.Name == f.Name {
			return b.computed(planned, sel, c, f)
		}
	}
	panic(fmt.Sprintf("resolvers: no renderer for %s.%s", k, f.Name)) // New has looked
}

// value writes values of a property.
func (b *binder) value(p *graph.Property, f graphql.CollectedField) func(*writer, any) bool {
	switch {
	case p.Format == graph.FormatAttribute:
		return b.attributes(f)
	case p.Type != graph.Amount:
		return func(w *writer, v any) bool { return w.leaf(p.Type, v) }
	}
	fields := bindTable(b, f, moneyFields)
	return func(w *writer, v any) bool {
		m, ok := v.(graph.Money)
		return ok && fields.write(w, m)
	}
}

// placeOf is that of a property among some; negative: it is none of them.
func placeOf(refs []graph.Ref, p *graph.Property) int {
	return slices.IndexFunc(refs, func(r graph.Ref) bool { return r.Prop == p })
}

// bound is the value of the property that a field was bound to. It panics where another stands there: a plan was bound to what was
// guarded otherwise, and what it would show is nobody's to see.
func bound(refs []graph.Ref, at int, p *graph.Property, values []any) any {
	if refs[at].Prop != p {
		panic("resolvers: a plan shows " + refs[at].Prop.Path() + " as " + p.Path())
	}
	return values[at]
}

// below is the answer to the list that an edge was bound to. It panics like bound.
func below(row *graph.Row, at int, key string) (*graph.List, *graph.ListResult) {
	if l := row.Sel.Lists[at]; l.Key == key {
		return l, &row.Lists[at]
	}
	panic("resolvers: a plan shows " + row.Sel.Lists[at].Key + " as " + key)
}

// moneyFields are those of Money.
var moneyFields = table[graph.Money]{
	"amount":   func(w *writer, m graph.Money) bool { w.b = appendAmount(w.b, m.Amount); return true },
	"currency": func(w *writer, m graph.Money) bool { return w.text(m.Currency) },
}

// A table has how the fields of a type are written that have neither arguments nor fields.
type table[T any] map[string]func(*writer, T) bool

// bindTable binds what is selected of a type that has a table.
func bindTable[T any](b *binder, f graphql.CollectedField, t table[T]) object[T] {
	return bindEach(b.collect(f.Selections), func(g graphql.CollectedField) field[T] { return fieldOf(g, t[g.Name]) })
}

// bindEach binds fields of a type that implements no other: its name, which each has, and the others.
func bindEach[T any](fields []graphql.CollectedField, bind func(graphql.CollectedField) field[T]) object[T] {
	out := make(object[T], len(fields))
	for i, f := range fields {
		if f.Name == "__typename" {
			out[i] = constant[T](f, f.ObjectDefinition.Name)
		} else {
			out[i] = bind(f)
		}
	}
	return out
}

// edge binds an edge: a node where it leads to one, a connection where it leads to several.
func (b *binder) edge(planned, sel *graph.Selection, e *graph.Edge, f graphql.CollectedField) field[*graph.Row] {
	key := edgeKeyThen(f.Name, f.ArgumentMap(b.op.Variables), b.asked(f))
	at := slices.IndexFunc(sel.Lists, func(l *graph.List) bool { return l.Key == key })
	if at < 0 { // the guard has taken it out, as it is for nobody
		return fieldOf(f, func(w *writer, row *graph.Row) bool {
			if !w.withheldEdge(row, e, nil) {
				panic("resolvers: nothing was read of " + e.String())
			}
			return false
		})
	}
	list := sel.Lists[at]
	before := planned.Lists[slices.IndexFunc(planned.Lists, func(l *graph.List) bool { return l.Key == key })]
	var strands []graph.Strand
	if e.Strands != nil {
		strands = strandsOf(e, f.ArgumentMap(b.op.Variables))
	}
	if e.One {
		to := b.nodes(before.Nodes, list.Nodes, f.Selections)
		return fieldOf(f, func(w *writer, row *graph.Row) bool {
			if w.withheldEdge(row, e, nil) {
				return false
			}
			_, res := below(row, at, key)
			return len(res.Rows) > 0 && to.write(w, &res.Rows[0])
		})
	}
	c := b.connection(before, list, f)
	return fieldOf(f, func(w *writer, row *graph.Row) bool {
		if w.withheldEdge(row, e, strands) {
			return false
		}
		l, res := below(row, at, key)
		return c.write(w, l, res, set{row.Sel.Lists, row.Lists})
	})
}

// A connection is how a list's answer is written.
type connection struct {
	layout *layout
	field  *ast.Field
	fields object[*page]
}

// A page is what is written of a connection.
type page struct {
	list  *graph.List
	res   *graph.ListResult
	mark  uint64       // fingerprint of its cursors
	total *graph.Group // nil: of nothing
	sums  sums
	set   set // of lists that were read beside it
}

func (c *connection) write(w *writer, l *graph.List, res *graph.ListResult, beside set) bool {
	if w.tooSmall(l, res) {
		return false
	}
	p := page{list: l, res: res, mark: c.layout.mark, set: beside}
	whole := wholeOf(l, res)
	var err error
	if c.layout.total != nil {
		p.total, err = whole(*c.layout.total)
	}
	if err == nil && c.layout.aggregate != nil {
		p.sums, err = c.layout.aggregate.sums(w.small, res, whole)
	}
	if err != nil {
		return w.fail(c.field, err)
	}
	return c.fields.write(w, &p)
}

// connection binds what is selected of a connection.
func (b *binder) connection(planned, l *graph.List, f graphql.CollectedField) *connection {
	return &connection{layout: b.layout(planned), field: f.Field, fields: bindEach(b.collect(f.Selections), func(g graphql.CollectedField) field[*page] {
		return connectionFields[g.Name](b, planned, l, g)
	})}
}

// connectionFields bind the fields of connections.
var connectionFields map[string]func(b *binder, planned, l *graph.List, f graphql.CollectedField) field[*page]

func init() { // they lead to connections again
	connectionFields = map[string]func(b *binder, planned, l *graph.List, f graphql.CollectedField) field[*page]{
		"edges": (*binder).edges,
		"nodes": func(b *binder, planned, l *graph.List, f graphql.CollectedField) field[*page] {
			to := b.nodes(planned.Nodes, l.Nodes, f.Selections)
			return fieldOf(f, func(w *writer, p *page) bool {
				return w.list(len(p.res.Rows), true, func(i int) bool { return to.write(w, &p.res.Rows[i]) })
			})
		},
		"pageInfo": func(b *binder, _, _ *graph.List, f graphql.CollectedField) field[*page] {
			return fieldOf(f, bindTable(b, f, pageInfoFields).write)
		},
		"totalCount": func(_ *binder, _, _ *graph.List, f graphql.CollectedField) field[*page] {
			return fieldOf(f, func(w *writer, p *page) bool { return w.count(p.total) })
		},
		"truncated": func(_ *binder, _, l *graph.List, f graphql.CollectedField) field[*page] {
			return fieldOf(f, func(w *writer, p *page) bool {
				return l.Cut && w.boolean(p.res.Cut)
			})
		},
		"aggregate":  (*binder).whole,
		"groups":     (*binder).groups,
		explainField: (*binder).explain,
	}
}

// pageInfoFields are those of PageInfo.
var pageInfoFields = table[*page]{
	"hasNextPage":     func(w *writer, p *page) bool { return w.boolean(p.res.HasNext) },
	"hasPreviousPage": func(w *writer, p *page) bool { return w.boolean(p.res.HasPrevious) },
	"startCursor":     func(w *writer, p *page) bool { return len(p.res.Rows) > 0 && w.cursor(p, 0) },
	"endCursor":       func(w *writer, p *page) bool { return len(p.res.Rows) > 0 && w.cursor(p, len(p.res.Rows)-1) },
}

func (w *writer) cursor(p *page, i int) bool {
	return w.text(w.o.hidden.Seal(writeCursor(p.mark, p.res.Rows[i].Keys)))
}

// edges binds the rows of a connection.
func (b *binder) edges(planned, l *graph.List, f graphql.CollectedField) field[*page] {
	fields := bindEach(b.collect(f.Selections), func(g graphql.CollectedField) field[edgeRow] { return edgeFields[g.Name](b, planned, l, g) })
	return fieldOf(f, func(w *writer, p *page) bool {
		return w.list(len(p.res.Rows), true, func(i int) bool { return fields.write(w, edgeRow{p, i}) })
	})
}

// An edgeRow is one row of a page.
type edgeRow struct {
	*page
	index int
}

func (e edgeRow) row() *graph.Row { return &e.res.Rows[e.index] }

// edgeFields bind the fields of a connection's edges.
var edgeFields map[string]func(b *binder, planned, l *graph.List, f graphql.CollectedField) field[edgeRow]

func init() { // they lead to nodes and so to connections again
	edgeFields = map[string]func(b *binder, planned, l *graph.List, f graphql.CollectedField) field[edgeRow]{
		"node": func(b *binder, planned, l *graph.List, f graphql.CollectedField) field[edgeRow] {
			to := b.nodes(planned.Nodes, l.Nodes, f.Selections)
			return fieldOf(f, func(w *writer, e edgeRow) bool { return to.write(w, e.row()) })
		},
		"cursor": func(_ *binder, _, _ *graph.List, f graphql.CollectedField) field[edgeRow] {
			return fieldOf(f, func(w *writer, e edgeRow) bool { return w.cursor(e.page, e.index) })
		},
		"properties": func(b *binder, _, l *graph.List, f graphql.CollectedField) field[edgeRow] {
			return fieldOf(f, b.properties(l, f).write)
		},
	}
}

// properties binds what is selected of a relationship.
func (b *binder) properties(l *graph.List, f graphql.CollectedField) object[edgeRow] {
	return bindEach(b.collect(f.Selections), func(g graphql.CollectedField) field[edgeRow] {
		p := l.Edge.Rel.Property(g.Name)
		if no := b.viewer.Along(l.Edge, p); no != nil && no.Reason == policy.SmallGroup {
			return denied[edgeRow](g, no)
		}
		at, write := placeOf(l.Props, p), b.value(p, g)
		return fieldOf(g, func(w *writer, e edgeRow) bool {
			return at >= 0 && write(w, bound(e.list.Props, at, p, e.row().Edge))
		})
	})
}

// called binds what a node is called by several properties, or by none. They are withheld together.
func (b *binder) called(n *node, sel *graph.Selection, f graphql.CollectedField) field[*graph.Row] {
	parts := sel.Kind.Display
	at := graph.Map(parts, func(p *graph.Property) int { return placeOf(sel.Props, p) })
	return fieldOf(f, func(w *writer, row *graph.Row) bool {
		var known []string
		for i, p := range parts {
			if at[i] >= 0 {
				if text, ok := bound(row.Sel.Props, at[i], p, row.Props).(string); ok {
					known = append(known, text)
				}
			}
		}
		if len(known) > 0 {
			return w.text(graph.Called(known))
		}
		if n.partial {
			w.note(w.o.stateOf(row).Called())
		}
		return false
	})
}

// externals binds which rows of sources a node came from.
func (b *binder) externals(n *node, sel *graph.Selection, f graphql.CollectedField) field[*graph.Row] {
	key, more := sel.Kind.Key, sel.Kind.Further
	at, further := placeOf(sel.Props, key), placeOf(sel.Props, more)
	fields := bindTable(b, f, externalFields)
	return fieldOf(f, func(w *writer, row *graph.Row) bool {
		if withheld := n.partial && w.note(w.o.stateOf(row).Property(key)); withheld || at < 0 {
			return false
		}
		text, _ := bound(row.Sel.Props, at, key, row.Props).(string)
		others, _ := bound(row.Sel.Props, further, more, row.Props).([]string)
		all := graph.Externals(text, others)
		return w.list(len(all), true, func(i int) bool { return fields.write(w, all[i]) })
	})
}

// externalFields are the fields of External.
var externalFields = table[graph.External]{
	"source": func(w *writer, e graph.External) bool { return w.text(e.Source) },
	"id":     func(w *writer, e graph.External) bool { return w.text(e.ID) },
}
