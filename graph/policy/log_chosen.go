package policy

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
)

// manyCases is how many cases that a filter chooses are read at once.
const manyCases = 50_000

// A Segment is the cases that a filter takes in.
type Segment struct {
	Has   func(c int) bool // nil: all
	Small bool             // too few persons stand behind it, or beside it, so that nothing is told

	having *journey.Having // nil: the store has told which they are
}

// A choice is how cases were chosen.
type choice struct {
	inquiry *Inquiry
	fetch   *graph.Fetch
}

// choose reads which cases a filter takes in, as a list of them would be read: page by page. No list: all.
func (g guarded) choose(ctx context.Context, q *Journeys, of *graph.List, out *EventLog) (Segment, error) {
	if of == nil {
		return Segment{}, nil
	}
	known, by, err := g.known(q, of, out)
	if err != nil {
		return Segment{}, err
	}
	if by != nil {
		out.chosen = append(out.chosen, *by)
		return known, nil
	}
	var read Reader = guarded{g.source, g.viewer, nil}
	if out.Fewest > 0 {
		read = folded{read, g.viewer.Lens}
	}
	chosen, asked, small := map[string]bool{}, choice{}, false
	err = pages(of, func(l *graph.List) (*graph.ListResult, error) {
		asked.fetch = &graph.Fetch{Now: q.Now, Lists: []*graph.List{l}}
		got, err := read.Read(ctx, asked.fetch)
		if err != nil {
			return nil, err
		}
		asked.inquiry = got.Inquiry
		if small = got.Small.List(&got.Lists[0]); small {
			return nil, nil
		}
		return &got.Lists[0], nil
	}, func(row *graph.Row) { chosen[row.ID] = true })
	if err != nil {
		return Segment{}, err
	}
	out.chosen = append(out.chosen, asked)
	if small {
		return Segment{Small: true}, nil
	}
	in := make([]bool, out.Cases())
	for c := range in {
		in[c] = chosen[out.ID(c)]
	}
	return Segment{Has: func(c int) bool { return in[c] }}, nil
}

// pages reads a list page by page, until there is no further one or none is given.
func pages(of *graph.List, read func(*graph.List) (*graph.ListResult, error), visit func(*graph.Row)) error {
	var after []any
	for {
		l := of.Copy()
		l.Rows, l.Cursors, l.HasNext, l.Page = true, true, true, graph.Page{Limit: manyCases, After: after}
		res, err := read(l)
		if err != nil || res == nil {
			return err
		}
		for i := range res.Rows {
			visit(&res.Rows[i])
			after = res.Rows[i].Keys
		}
		if !res.HasNext {
			return nil
		}
	}
}

// values is the value that each case has, as far as the lens may count by it: the log has those of traits, and others are read.
func (c *Counter) values(ctx context.Context, q *Journeys, key graph.GroupKey, log *journey.Log, traits []*graph.Property) (func(int) string, error) {
	if err := c.groups(key); err != nil {
		return nil, err
	}
	if trait := traitOf(key, traits); trait >= 0 && log.Known(trait) {
		return func(i int) string { return strings.TrimPrefix(log.Trait(trait, i), traitMark) }, nil
	}
	values := map[string]string{}
	err := pages(&graph.List{Key: q.Of.Plural, Nodes: []*graph.Selection{selectionOf(q.Of, key)}}, func(l *graph.List) (*graph.ListResult, error) { return c.list(ctx, q.Now, l) }, func(row *graph.Row) {
		if v := valueOf(row, key); v != "" {
			values[row.ID] = v
		}
	})
	if err != nil {
		return nil, err
	}
	of := make([]string, log.Cases())
	for i := range of {
		of[i] = values[log.ID(i)]
	}
	return func(i int) string { return of[i] }, nil
}

// selectionOf reads the value that a key has of a node of a kind.
func selectionOf(k *graph.Kind, key graph.GroupKey) *graph.Selection {
	sel := &graph.Selection{Kind: k}
	switch {
	case len(key.Path) > 0:
		to := &graph.List{Key: "by", Edge: key.Path[0], Rows: true, Page: graph.Page{Limit: 1}}
		if to.Edge.IsMain() {
			to.Edge, to.Order = to.Edge.Several(), to.Edge.Ranking()
		}
		key.Path = key.Path[1:]
		for _, k := range to.Edge.Targets {
			to.Nodes = append(to.Nodes, selectionOf(k, key))
		}
		sel.Lists = []*graph.List{to}
	case key.Ref.Prop != nil:
		sel.Props = []graph.Ref{key.Ref}
	}
	return sel
}

// groups refuses what the purpose may not group by.
func (c *Counter) groups(key graph.GroupKey) error {
	g := c.guard()
	for _, e := range key.Path {
		if w := g.Edge(e); w != nil {
			g.denied(e.String(), "grouped", w.Category)
		}
	}
	if key.Ref.Prop != nil {
		g.mention(key.Ref.Prop, "grouped")
	}
	return g.err
}

// shownBy are the kinds of data that a key tells of persons.
func (c *Counter) shownBy(of *graph.Kind, key graph.GroupKey) (s set) {
	if !of.OfPersons() {
		return 0
	}
	for _, e := range key.Path {
		s |= c.led(e)
	}
	if key.Ref.Prop != nil {
		s |= c.shown(key.Ref.Prop)
	}
	return s
}

// valueOf is the value of a row as a text; empty: it has none, or the purpose denies it.
func valueOf(row *graph.Row, key graph.GroupKey) string {
	if len(key.Path) > 0 {
		if key.Path = key.Path[1:]; len(row.Lists) == 0 || len(row.Lists[0].Rows) == 0 {
			return ""
		}
		return valueOf(&row.Lists[0].Rows[0], key)
	}
	if key.Ref.Prop == nil {
		return row.ID
	}
	if v := row.Value(key.Ref.Prop); v != nil {
		return textOf(v, key)
	}
	return ""
}

func textOf(v any, key graph.GroupKey) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64: // of a time, or of a day, which is its first instant
		part := key.Cut.Of(key.Zone.Shown(graph.Time(v)))
		if key.Cut.Span() {
			return graph.Date(part).String()
		}
		return strconv.FormatInt(part, 10)
	}
	panic(fmt.Sprintf("policy: nothing is grouped by a %T", v))
}
