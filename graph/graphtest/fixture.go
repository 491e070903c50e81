package graphtest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// fixture is a store with a small graph whose nodes have names, and the words that tests are written in. Names of nodes are
// their ids in the source, properties and edges are written as Kind.name, properties of relationships as TYPE.name.
type fixture struct {
	cat   *graph.Catalog
	store graph.Store
	of    int // of how many that differ in little one has its turn
	batch graph.Batch
	ids   map[string]string // by name
	names map[string]string // by id
	kinds map[string]*graph.Kind
}

const source = "suite"

func fixtureOf(cat *graph.Catalog, store graph.Store, of int) *fixture {
	return &fixture{cat: cat, store: store, of: of, ids: map[string]string{}, names: map[string]string{}, kinds: map[string]*graph.Kind{}}
}

// node adds a node to the batch. Pairs are names and values of properties.
func (x *fixture) node(kind, name string, pairs ...any) {
	x.kinds[name] = x.cat.MustKind(kind)
	x.batch.Nodes = append(x.batch.Nodes, graph.Upsert{Kind: x.kinds[name], ID: name, Set: values(pairs)})
}

// link adds a relationship to the batch.
func (x *fixture) link(from, rel, to string, pairs ...any) {
	x.batch.Edges = append(x.batch.Edges, graph.Link{Rel: x.cat.Rel(rel), From: x.ref(from), To: x.ref(to), Set: values(pairs)})
}

func (x *fixture) ref(name string) graph.NodeRef { return ref(x.kinds[name], name) }

func values(pairs []any) graph.Values {
	v := graph.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if n, ok := pairs[i+1].(int); ok {
			pairs[i+1] = int64(n)
		}
		v[pairs[i].(string)] = pairs[i+1]
	}
	return v
}

func eur(n int) graph.Money { return graph.Money{Amount: int64(n) * 1e4, Currency: "EUR"} }

func usd(n int) graph.Money { return graph.Money{Amount: int64(n) * 1e4, Currency: "USD"} }

// try writes the batch and begins another.
func (x *fixture) try() (*graph.Report, error) {
	b := x.batch
	b.Source = source
	x.batch = graph.Batch{}
	report, err := x.store.Write(context.Background(), &b)
	if err == nil {
		for i, n := range b.Nodes {
			x.ids[n.ID], x.names[report.IDs[i]] = report.IDs[i], n.ID
		}
	}
	return report, err
}

func (x *fixture) write(t testing.TB) *graph.Report {
	t.Helper()
	report, err := x.try()
	require.NoError(t, err)
	return report
}

func split(path string) (owner, name string) {
	owner, name, _ = strings.Cut(path, ".")
	return owner, name
}

func (x *fixture) prop(path string) *graph.Property {
	owner, name := split(path)
	if r := x.cat.Rel(owner); r != nil {
		return r.Property(name)
	}
	return x.cat.MustKind(owner).Property(name)
}

func (x *fixture) onEdge(path string) bool {
	owner, _ := split(path)
	return x.cat.Rel(owner) != nil
}

func (x *fixture) edge(path string) *graph.Edge {
	owner, name := split(path)
	return x.cat.MustKind(owner).Edge(name)
}

func (x *fixture) mention(path string) *graph.Ref { return &graph.Ref{Prop: x.prop(path)} }

// all is a list of all nodes of a kind.
func (x *fixture) all(kind string, with ...func(*graph.List)) *graph.List {
	return list(&graph.List{Key: kind, Nodes: []*graph.Selection{{Kind: x.cat.MustKind(kind)}}}, with)
}

// along is a list of what an edge leads to.
func (x *fixture) along(path string, with ...func(*graph.List)) *graph.List {
	l := &graph.List{Key: path, Edge: x.edge(path)}
	for _, k := range l.Edge.Targets {
		l.Nodes = append(l.Nodes, &graph.Selection{Kind: k})
	}
	return list(l, with)
}

func list(l *graph.List, with []func(*graph.List)) *graph.List {
	l.Rows, l.Page.Limit = true, 100
	for _, w := range with {
		w(l)
	}
	return l
}

// called is a list of the one node of this name.
func (x *fixture) called(name string, with ...func(*graph.List)) *graph.List {
	return x.all(x.kinds[name].Name, append(with, func(l *graph.List) { l.IDs = []string{x.ids[name]} })...)
}

// What a list may be asked for.

func where(f *graph.Filter) func(*graph.List) { return func(l *graph.List) { l.Filter = f } }

func ordered(o ...graph.Order) func(*graph.List) { return func(l *graph.List) { l.Order = o } }

func limit(n int) func(*graph.List) { return func(l *graph.List) { l.Page.Limit = n } }

func counting(t ...*graph.Tally) func(*graph.List) {
	return func(l *graph.List) { l.Rows, l.Tallies = false, t }
}

// wants asks for properties of the nodes, or of the relationship.
func (x *fixture) wants(paths ...string) func(*graph.List) {
	return func(l *graph.List) {
		for _, p := range paths {
			if x.onEdge(p) {
				l.Props = append(l.Props, *x.mention(p))
				continue
			}
			owner, _ := split(p)
			sel := l.Nodes[slices.IndexFunc(l.Nodes, func(s *graph.Selection) bool { return s.Kind.Name == owner })]
			sel.Props = append(sel.Props, *x.mention(p))
		}
	}
}

// below asks for lists below the nodes that have their edge.
func below(lists ...*graph.List) func(*graph.List) {
	return func(l *graph.List) {
		for _, b := range lists {
			for _, sel := range l.Nodes {
				if sel.Kind == b.Edge.Owner {
					sel.Lists = append(sel.Lists, b)
				}
			}
		}
	}
}

// Orders.

func (x *fixture) by(path string) graph.Order {
	return graph.Order{Prop: x.mention(path), OnEdge: x.onEdge(path)}
}

func desc(o graph.Order) graph.Order { o.Desc = true; return o }

func missingFirst(o graph.Order) graph.Order { o.First = true; return o }

func in(currency string, o graph.Order) graph.Order { o.Currency = currency; return o }

func behind(o graph.Order, path ...*graph.Edge) graph.Order { o.Path = path; return o }

// Filters.

func (x *fixture) test(path string, op graph.Op, value any) *graph.Filter {
	if n, ok := value.(int); ok {
		value = int64(n)
	}
	return &graph.Filter{Test: &graph.Test{Ref: *x.mention(path), OnEdge: x.onEdge(path), Op: op, Value: value}}
}

// folded is test without regard to case and diacritics; the value is folded already.
func (x *fixture) folded(path string, op graph.Op, value any) *graph.Filter {
	f := x.test(path, op, value)
	f.Test.Fold = true
	return f
}

func (x *fixture) missing(path string) *graph.Filter { return x.test(path, graph.IsNull, nil) }

// is compares the id with those of nodes.
func (x *fixture) is(names ...string) *graph.Filter {
	ids := []any{}
	for _, n := range names {
		ids = append(ids, x.ids[n])
	}
	return &graph.Filter{Test: &graph.Test{ID: true, Op: graph.In, Value: ids}}
}

func and(fs ...*graph.Filter) *graph.Filter {
	return &graph.Filter{And: append([]*graph.Filter{}, fs...)}
}

func or(fs ...*graph.Filter) *graph.Filter {
	return &graph.Filter{Or: append([]*graph.Filter{}, fs...)}
}

func not(f *graph.Filter) *graph.Filter { return &graph.Filter{Not: f} }

func (x *fixture) some(path string, f *graph.Filter) *graph.Filter {
	return &graph.Filter{Some: &graph.Quantified{Edge: x.edge(path), Filter: f}}
}

func (x *fixture) every(path string, f *graph.Filter) *graph.Filter {
	return &graph.Filter{Every: &graph.Quantified{Edge: x.edge(path), Filter: f}}
}

func (x *fixture) none(path string, f *graph.Filter) *graph.Filter {
	return graph.None(&graph.Quantified{Edge: x.edge(path), Filter: f})
}

func (x *fixture) kind(name string, of *graph.Filter) *graph.Filter {
	return &graph.Filter{Kind: x.cat.MustKind(name), Of: of}
}

// Reading.

// read gives one result for each list.
func (x *fixture) read(t testing.TB, lists ...*graph.List) []graph.ListResult {
	t.Helper()
	res, err := x.store.Read(context.Background(), &graph.Fetch{Now: Now, Lists: lists})
	require.NoError(t, err)
	require.Len(t, res.Lists, len(lists))
	return res.Lists
}

// rows are the names of a list's rows.
func (x *fixture) rows(t testing.TB, l *graph.List) string {
	t.Helper()
	return x.namesOf(x.read(t, l)[0])
}

func (x *fixture) namesOf(res graph.ListResult) string {
	names := make([]string, len(res.Rows))
	for i, r := range res.Rows {
		names[i] = x.names[r.ID]
	}
	return strings.Join(names, " ")
}

// set are the names of a list's rows in the order of the alphabet.
func (x *fixture) set(t testing.TB, l *graph.List) string {
	t.Helper()
	return sorted(x.rows(t, l))
}

func sorted(names string) string {
	words := strings.Fields(names)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// filterCase is a filter, and the names of the nodes that it is true of.
type filterCase struct {
	name   string
	filter *graph.Filter
	want   string
}

// filtered checks filters on all nodes of a kind.
func (x *fixture) filtered(t *testing.T, kind string, cases []filterCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, sorted(c.want), x.set(t, x.all(kind, where(c.filter))))
		})
	}
}

// orderCase is an order, and the names of the nodes in it.
type orderCase struct {
	name  string
	order []graph.Order
	want  string
}

// inOrder checks orders of all nodes of a kind.
func (x *fixture) inOrder(t *testing.T, kind string, cases []orderCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, x.rows(t, x.all(kind, ordered(c.order...))))
		})
	}
}
