package neo4j_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/neo4j"
)

var (
	fetches = flag.Int("fetches", 100, "how many random fetches are tried")
	seed    = flag.Uint64("seed", 1, "of the random worlds and fetches")
)

// TestRandomFetches holds the store against the model, over random worlds and fetches that mention everything a fetch can
// mention.
func TestRandomFetches(t *testing.T) {
	s, w := opened(t)
	g := &generator{Rand: rand.New(rand.NewPCG(*seed, 0)), cat: w.cat}
	for i := range *fetches {
		if i%50 == 0 {
			run(t, "MATCH (n) WHERE n.key IS NOT NULL DETACH DELETE n", nil)
			g.world(t, s, w)
			g.model = loaded(t, w.cat)
		}
		f := g.fetch()
		st := neo4j.Compile(f)
		require.Equal(t, st, neo4j.Compile(f))
		want := g.model.read(f)
		got, err := s.Read(ctx, f)
		if err != nil {
			e, _ := s.Explain(ctx, f)
			t.Fatalf("fetch %d: %v\n%v", i, err, e)
		}
		if diff := cmp.Diff(shown(t, f.Lists, want.Lists), shown(t, f.Lists, got.Lists)); diff != "" {
			e, err := s.Explain(ctx, f)
			require.NoError(t, err)
			t.Fatalf("fetch %d: the model has -, the store has +\n%s\n%s\n%v", i, diff, e[0].Text, e[0].Params)
		}
	}
}

// shown makes answers comparable: selections by their kind, tallies added up, rows of identified roots in order.
func shown(t *testing.T, lists []*graph.List, answers []graph.ListResult) []any {
	var out []any
	for i, a := range answers {
		l := lists[i]
		rows := []any{}
		if l.Identified() {
			slices.SortFunc(a.Rows, func(x, y graph.Row) int { return graph.Compare(x.ID, y.ID) })
		}
		for _, r := range a.Rows {
			row := map[string]any{"kind": r.Sel.Kind.Name, "id": r.ID, "props": r.Props, "edge": r.Edge, "lists": shown(t, r.Sel.Lists, r.Lists)}
			row["keys"] = r.Keys
			rows = append(rows, row)
		}
		show := map[string]any{"rows": rows}
		if l.HasNext {
			show["next"] = a.HasNext
		}
		if l.HasPrevious {
			show["previous"] = a.HasPrevious
		}
		for j, tally := range l.Tallies {
			groups, err := graph.Groups(tally, a.Tallies[j])
			require.NoError(t, err)
			show[fmt.Sprint("tally", j)] = fmt.Sprintf("%#v", groups)
		}
		out = append(out, show)
	}
	return out
}

type generator struct {
	*rand.Rand
	cat   *graph.Catalog
	model *model
}

func (g *generator) one(n int) bool { return g.IntN(n) == 0 }

func pick[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

var texts = []string{"", "a", "A", "ä", "Ab", "ab", "b", "B c", "z", "\uffee", "😀"}

func (g *generator) value(p *graph.Property) any {
	switch p.Type {
	case graph.String:
		return pick(g, texts)
	case graph.Enum:
		return p.Values[g.IntN(min(3, len(p.Values)))]
	case graph.Bool:
		return g.one(2)
	case graph.Amount:
		return graph.Money{Amount: int64(g.IntN(4) - 1), Currency: pick(g, []string{"EUR", "USD"})}
	case graph.Strings:
		return texts[g.IntN(3):][:g.IntN(3)]
	case graph.Day:
		return int64(g.IntN(800)-400) * day
	case graph.Instant:
		return pick(g, []int64{-800*day - 1, -1, 0, 1, 30 * day, 31*day - 1, int64(now) - 1, int64(now), int64(now) + 1, 2000 * day})
	}
	return int64(g.IntN(5) - 2)
}

func (g *generator) values(props []*graph.Property) []any {
	var pairs []any
	for _, p := range props {
		if !g.one(3) {
			pairs = append(pairs, p.Name, g.value(p))
		}
	}
	return pairs
}

// world writes a few nodes of each kind with relationships between them. Those that a to-one edge refuses are left out.
func (g *generator) world(t *testing.T, s graph.Store, w *world) {
	const size = 6
	for _, k := range g.cat.Kinds {
		for i := range size {
			w.node(k.Name, fmt.Sprint(i), g.values(k.Properties)...)
		}
	}
	_, err := s.Write(ctx, w.batch)
	require.NoError(t, err)
	w.batch.Nodes = nil
	for _, r := range g.cat.Rels {
		for _, p := range r.Pairs {
			for i := range 2 * size {
				w.link(fmt.Sprint(p[0].Name, ":", g.IntN(size)), r.Type, fmt.Sprint(p[1].Name, ":", g.IntN(size)), g.values(r.Properties)...)
				if g.one(2) {
					w.batch.Edges[len(w.batch.Edges)-1].ID = fmt.Sprint(r.Type, p[0], p[1], i)
				}
			}
		}
	}
	for {
		_, err := s.Write(ctx, w.batch)
		var refused *graph.BatchError
		if !errors.As(err, &refused) {
			require.NoError(t, err)
			break
		}
		out := map[int]bool{}
		for _, p := range refused.Problems {
			out[p.Index] = true
		}
		var rest []graph.Link
		for i, l := range w.batch.Edges {
			if !out[i] {
				rest = append(rest, l)
			}
		}
		w.batch.Edges = rest
	}
	w.batch.Edges = nil
}

func (g *generator) fetch() *graph.Fetch {
	f := &graph.Fetch{Now: now}
	for range 1 + g.IntN(10)/9 {
		k := pick(g, g.cat.Kinds)
		l := &graph.List{Key: "root", Nodes: []*graph.Selection{g.selection(k, 2)}}
		switch g.IntN(6) {
		case 0:
			l.IDs = []string{k.Prefix + "_none"}
			for range g.IntN(3) {
				l.IDs = append(l.IDs, g.node(k).id)
			}
		case 1:
			l.External = []graph.External{{Source: "test", ID: "1"}, {Source: "test", ID: "none"}, {Source: "test", ID: "2"}}[:1+g.IntN(3)]
		}
		g.fill(l)
		f.Lists = append(f.Lists, l)
	}
	return f
}

func (g *generator) node(k *graph.Kind) *thing {
	return pick(g, slices.DeleteFunc(slices.Clone(g.model.nodes), func(n *thing) bool { return n.kind != k }))
}

func (g *generator) selection(k *graph.Kind, depth int) *graph.Selection {
	sel := &graph.Selection{Kind: k}
	for range g.IntN(3) {
		sel.Props = append(sel.Props, g.ref(k, pick(g, k.Properties)))
	}
	if depth == 0 || len(k.Edges) == 0 {
		return sel
	}
	for range g.IntN(3) {
		e := pick(g, k.Edges)
		l := &graph.List{Key: fmt.Sprint(e.Name, len(sel.Lists)), Edge: e}
		for _, t := range e.Targets {
			if len(e.Targets) == 1 || !g.one(5) || len(l.Nodes) == 0 {
				l.Nodes = append(l.Nodes, g.selection(t, depth-1))
			}
		}
		g.fill(l)
		sel.Lists = append(sel.Lists, l)
	}
	return sel
}

// ref mentions a property, sometimes as some may not see it.
func (g *generator) ref(k *graph.Kind, p *graph.Property) graph.Ref {
	r := graph.Ref{Prop: p}
	if g.one(5) {
		r.When = g.filter([]*graph.Kind{k}, nil, 1)
	}
	return r
}

// fill adds all that a list has beside its nodes.
func (g *generator) fill(l *graph.List) {
	l.Rows = !g.one(6)
	kinds := make([]*graph.Kind, len(l.Nodes))
	for i, n := range l.Nodes {
		kinds[i] = n.Kind
	}
	var rel *graph.Rel
	if l.Edge != nil {
		rel = l.Edge.Rel
		for range min(len(rel.Properties), g.IntN(3)) {
			l.Props = append(l.Props, g.ref(kinds[0], pick(g, rel.Properties)))
		}
	}
	if g.one(2) && (l.Edge == nil || !l.Edge.One) {
		l.Filter = g.filter(kinds, rel, 2)
	}
	if l.Edge == nil || !l.Edge.One {
		for range g.IntN(3) {
			l.Order = append(l.Order, g.order(kinds[0], rel))
		}
	}
	l.Cursors = g.one(2)
	l.Page.Limit = 1 + g.IntN(4)
	if l.Rows && !l.Identified() && (l.Edge == nil || !l.Edge.One) {
		l.HasNext, l.HasPrevious, l.Page.Backward = g.one(2), g.one(2), g.one(3)
		g.cursors(l)
	}
	for range g.IntN(5) / 3 {
		l.Tallies = append(l.Tallies, g.tally(kinds[0], rel))
	}
	if len(l.Tallies) == 0 {
		l.Rows = true
	}
}

// cursors takes places from rows of the list, of some owner.
func (g *generator) cursors(l *graph.List) {
	r := reader{g.model, int64(now)}
	var owner *thing
	if l.Edge != nil {
		owner = g.node(l.Edge.Owner)
	}
	all := r.set(&graph.List{Edge: l.Edge, Nodes: l.Nodes}, owner)
	if len(all) == 0 {
		return
	}
	if g.one(3) {
		l.Page.After = r.keys(l, pick(g, all))
	}
	if g.one(4) {
		l.Page.Before = r.keys(l, pick(g, all))
	}
}

func (g *generator) order(k *graph.Kind, rel *graph.Rel) graph.Order {
	o := graph.Order{Desc: g.one(2), Currency: ""}
	if rel != nil && len(rel.Properties) > 0 && g.one(3) {
		o.OnEdge = true
		g.ordered(&o, k, rel.Properties)
		return o
	}
	for len(k.Edges) > 0 && g.one(4) {
		e := pick(g, k.Edges)
		if e.One && e.Target() != nil {
			o.Path = append(o.Path, e)
			k = e.Target()
		}
	}
	if len(k.Edges) > 0 && g.one(4) {
		e := pick(g, k.Edges)
		over := &graph.Over{Edge: e}
		if g.one(2) {
			over.Filter = g.filter(e.Targets, e.Rel, 1)
		}
		props := slices.DeleteFunc(slices.Clone(e.Targets[0].Properties), func(p *graph.Property) bool { return !p.Numeric() })
		if len(props) == 0 || e.Target() == nil || g.one(2) {
			o.Count = over
			return o
		}
		r := g.ref(e.Targets[0], pick(g, props))
		over.Prop, o.Sum = &r, over
		if r.Prop.Type == graph.Amount {
			o.Currency = "EUR"
		}
		return o
	}
	g.ordered(&o, k, k.Properties)
	return o
}

func (g *generator) ordered(o *graph.Order, k *graph.Kind, props []*graph.Property) {
	props = slices.DeleteFunc(slices.Clone(props), func(p *graph.Property) bool { return !p.Ordered() })
	if indexed := slices.DeleteFunc(slices.Clone(props), func(p *graph.Property) bool { return !p.Indexed }); len(indexed) > 0 && g.one(2) {
		props = indexed
	}
	r := g.ref(k, pick(g, props))
	o.Prop = &r
	if r.Prop.Type == graph.Amount {
		o.Currency = "EUR"
	}
}

func (g *generator) tally(k *graph.Kind, rel *graph.Rel) *graph.Tally {
	t := &graph.Tally{}
	var relProps []*graph.Property
	if rel != nil {
		relProps = rel.Properties
	}
	for range g.IntN(3) {
		one := slices.DeleteFunc(slices.Clone(k.Edges), func(e *graph.Edge) bool { return !e.One })
		if len(one) > 0 && g.one(3) {
			t.By = append(t.By, graph.GroupKey{Edge: pick(g, one)})
			continue
		}
		ref, onEdge := g.mention(k, relProps, func(p *graph.Property) bool { return p.Type != graph.Amount && p.Type != graph.Strings })
		b := graph.GroupKey{Ref: ref, OnEdge: onEdge}
		if b.Ref.Prop.Type == graph.Instant || b.Ref.Prop.Type == graph.Day {
			b.Cut = graph.ByDay + graph.Cut(g.IntN(3))
		}
		t.By = append(t.By, b)
	}
	if len(k.Edges) > 0 && g.one(3) {
		t.Over = pick(g, k.Edges)
		k, relProps = t.Over.Targets[0], t.Over.Rel.Properties
	}
	for range g.IntN(3) {
		ref, onEdge := g.mention(k, relProps, func(p *graph.Property) bool { return p.Type != graph.Strings })
		t.Measures = append(t.Measures, graph.Measure{Ref: ref, OnEdge: onEdge})
	}
	return t
}

// mention chooses a property of a kind, or of the relationship it is reached by.
func (g *generator) mention(k *graph.Kind, rel []*graph.Property, ok func(*graph.Property) bool) (graph.Ref, bool) {
	for {
		if len(rel) > 0 && g.one(3) {
			if p := pick(g, rel); ok(p) {
				return g.ref(k, p), true
			}
		} else if p := pick(g, k.Properties); ok(p) {
			return g.ref(k, p), false
		}
	}
}

func (g *generator) filter(kinds []*graph.Kind, rel *graph.Rel, depth int) *graph.Filter {
	below := func() *graph.Filter { return g.filter(kinds, rel, depth-1) }
	if len(kinds) > 1 && !g.one(4) {
		k := pick(g, kinds)
		return &graph.Filter{Kind: k, Of: g.filter([]*graph.Kind{k}, rel, depth)}
	}
	n := 10
	if depth == 0 {
		n = 4
	}
	switch i := g.IntN(n); {
	case i < 4:
		return g.testFilter(kinds, rel)
	case i < 6:
		return and(below(), below())
	case i == 6:
		return or(below(), below())
	case i == 7:
		return not(below())
	}
	if len(kinds) > 1 || len(kinds[0].Edges) == 0 {
		return g.testFilter(kinds, rel)
	}
	q := &graph.Quantified{Edge: pick(g, kinds[0].Edges)}
	if !g.one(4) {
		q.Filter = g.filter(q.Edge.Targets, q.Edge.Rel, depth-1)
	}
	if g.one(3) {
		return &graph.Filter{Every: q}
	}
	return &graph.Filter{Some: q}
}

func (g *generator) testFilter(kinds []*graph.Kind, rel *graph.Rel) *graph.Filter {
	if len(kinds) > 1 {
		return &graph.Filter{Kind: pick(g, kinds)}
	}
	k := kinds[0]
	if g.one(12) {
		return &graph.Filter{Test: &graph.Test{ID: true, Op: graph.In, Value: []any{g.node(k).id, g.node(k).id}}}
	}
	t := &graph.Test{}
	if rel != nil && len(rel.Properties) > 0 && g.one(3) {
		t.OnEdge, t.Ref.Prop = true, pick(g, rel.Properties)
	} else {
		t.Ref.Prop = pick(g, k.Properties)
	}
	if g.one(6) {
		t.Ref.When = g.filter(kinds, nil, 0)
	}
	p := t.Ref.Prop
	ops := map[graph.Type][]graph.Op{
		graph.String: {graph.Eq, graph.In, graph.Lt, graph.Lte, graph.Gt, graph.Gte, graph.StartsWith, graph.Contains, graph.IsNull},
		graph.Enum:   {graph.Eq, graph.In, graph.IsNull}, graph.Bool: {graph.Eq, graph.IsNull}, graph.Strings: {graph.Includes, graph.IsNull},
		graph.Amount: {graph.Eq, graph.In, graph.Lt, graph.Lte, graph.Gt, graph.Gte, graph.IsNull},
	}[p.Type]
	if ops == nil {
		ops = []graph.Op{graph.Eq, graph.In, graph.Lt, graph.Lte, graph.Gt, graph.Gte, graph.IsNull}
	}
	t.Op = pick(g, ops)
	t.Fold = p.Type == graph.String && t.Op != graph.IsNull && g.one(3)
	value := func() any {
		switch {
		case p.Type == graph.Strings:
			return pick(g, texts)
		case t.Fold:
			return fold.Key(pick(g, texts))
		}
		return g.value(p)
	}
	switch t.Op {
	case graph.In:
		list := []any{}
		for range g.IntN(4) {
			list = append(list, value())
		}
		t.Value = list
	case graph.IsNull:
	default:
		t.Value = value()
	}
	return &graph.Filter{Test: t}
}
