package graphtest

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// turnPages lets some pages begin or end at rows that there are.
func (g *fetching) turnPages(f *graph.Fetch) {
	limits := map[*graph.List]graph.Page{}
	cursors := map[*graph.List]bool{}
	eachList(f.Lists, func(l *graph.List) {
		limits[l], cursors[l] = l.Page, l.Cursors
		l.Page, l.Cursors = graph.Page{Limit: 1000}, true
	})
	res, err := g.oracle.Read(context.Background(), f)
	if err != nil {
		panic(err) // no sum of a world is too large
	}
	keys := map[*graph.List][][]any{}
	collectKeys(f.Lists, res.Lists, keys)
	eachList(f.Lists, func(l *graph.List) {
		l.Page, l.Cursors = limits[l], cursors[l]
		if l.Identified() || l.Edge != nil && l.Edge.One || l.Search != nil {
			return
		}
		if g.chance(30) {
			l.Page.After = g.place(l, keys[l])
		}
		if g.chance(20) {
			l.Page.Before = g.place(l, keys[l])
		}
	})
}

// place is that of a row, or of one that might have been. Which of its keys are missing, or a text that stores compare in another
// way, is part of the shape.
func (g *fetching) place(l *graph.List, rows [][]any) []any {
	missing, rare := []bool{}, []bool{}
	for _, o := range l.Order {
		missing = append(missing, g.chance(25) && (o.Count == nil || o.Count.When != nil || len(o.Path) > 0))
		rare = append(rare, o.Prop != nil && o.Prop.Prop.Type == graph.String && g.chance(6))
	}
	like := func(i int, key any) bool {
		if i >= len(l.Order) {
			return !isRare(key)
		}
		return (key == nil) == missing[i] && (key == nil || alikeRare(l.Order[i].Prop, key, rare[i]))
	}
	alike := slices.DeleteFunc(slices.Clone(rows), func(row []any) bool {
		for i, key := range row {
			if !like(i, key) {
				return true
			}
		}
		return false
	})
	at := make([]any, len(l.Order)+1)
	switch {
	case len(alike) > 0 && chance(g.values, 85):
		return slices.Clone(pick(g.values, alike))
	case len(rows) > 0:
		at = slices.Clone(pick(g.values, rows))
	case l.Edge != nil && !l.Edge.Walks(): // cursors tell relationships apart
		at = append(at, nil)
	}
	for i, o := range l.Order {
		for tries := 0; !like(i, at[i]) || tries == 0 && chance(g.values, 20); tries++ {
			at[i] = g.otherKey(o, missing[i], tries > 20)
		}
	}
	id := &at[len(l.Order)]
	for *id == nil || isRare(*id) || chance(g.values, 10) {
		*id = g.id(pick(g.values, l.Nodes).Kind)
	}
	if last := len(at) - 1; last > len(l.Order) && (at[last] == nil || isRare(at[last])) {
		at[last] = "nowhere"
	}
	return at
}

// otherKey is a value of a key of an order, or nil where it is to be missing.
func (g *fetching) otherKey(o graph.Order, missing, rare bool) any {
	switch {
	case missing:
		return nil
	case o.Prop != nil && o.Prop.Prop.Type == graph.Amount, o.Prop == nil:
		return pick(g.values, []int64{math.MinInt64, -1, 0, 1, 2, math.MaxInt64})
	case rare && o.Prop.Prop.Type == graph.String:
		return pick(g.values, hostile)
	}
	return g.Value(g.values, o.Prop.Prop)
}

// isRare reports whether a value is a text with letters behind U+E000, which Neo4j compares in two ways.
func isRare(v any) bool {
	s, ok := v.(string)
	return ok && strings.ContainsFunc(s, func(r rune) bool { return r >= 0xE000 })
}

// alikeRare reports whether all that is compared of a property's value is rare, or nothing.
func alikeRare(r *graph.Ref, v any, rare bool) bool {
	if r == nil {
		return isRare(v) == rare
	}
	return !slices.ContainsFunc(r.Prop.SortKey(v), func(part any) bool { return isRare(part) != rare })
}

func eachList(lists []*graph.List, do func(*graph.List)) {
	for _, l := range lists {
		do(l)
		for _, sel := range l.Nodes {
			eachList(sel.Lists, do)
		}
	}
}

func collectKeys(lists []*graph.List, results []graph.ListResult, into map[*graph.List][][]any) {
	for i, l := range lists {
		for _, row := range results[i].Rows {
			into[l] = append(into[l], row.Keys)
			collectKeys(row.Sel.Lists, row.Lists, into)
		}
	}
}
