package graphtest

import (
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Describe writes a fetch for people to read.
func Describe(f *graph.Fetch) string {
	d := &description{}
	d.line(0, "now %v", f.Now)
	for _, l := range f.Lists {
		d.list(0, l)
	}
	return d.String()
}

type description struct{ strings.Builder }

func (d *description) line(depth int, format string, args ...any) {
	fmt.Fprintf(d, strings.Repeat("  ", depth)+format+"\n", args...)
}

func (d *description) list(depth int, l *graph.List) {
	switch {
	case l.Edge != nil:
		d.line(depth, "%s: along %v", l.Key, l.Edge)
	case l.IDs != nil:
		d.line(depth, "%s: %v with ids %q", l.Key, l.Nodes[0].Kind, l.IDs)
	case l.External != nil:
		d.line(depth, "%s: %v of rows %q", l.Key, l.Nodes[0].Kind, l.External)
	case l.Search != nil:
		d.line(depth, "%s: what %q is found in", l.Key, l.Search.Text)
		for _, r := range l.Search.In {
			d.line(depth+1, "search %s", refText(r, false))
		}
		for _, r := range l.Search.By {
			d.line(depth+1, "called %s", refText(r, false))
		}
	default:
		d.line(depth, "%s: all %v", l.Key, l.Nodes[0].Kind)
	}
	d.line(depth+1, "rows %v, cursors %v, has next %v, has previous %v, cut %v", l.Rows, l.Cursors, l.HasNext, l.HasPrevious, l.Cut)
	d.line(depth+1, "page of %d, backward %v, after %#v, before %#v", l.Page.Limit, l.Page.Backward, l.Page.After, l.Page.Before)
	if l.When != nil {
		d.line(depth+1, "when %s", filterText(l.When))
	}
	if l.Filter != nil {
		d.line(depth+1, "where %s", filterText(l.Filter))
	}
	for _, o := range l.Order {
		d.line(depth+1, "order by %s", orderText(o))
	}
	for _, r := range l.Props {
		d.line(depth+1, "of the edge: %s", refText(r, false))
	}
	for _, t := range l.Tallies {
		d.line(depth+1, "tally %s", tallyText(t))
	}
	for _, sel := range l.Nodes {
		d.line(depth+1, "%v", sel.Kind)
		for _, r := range sel.Props {
			d.line(depth+2, "%s", refText(r, false))
		}
		for _, f := range sel.Asks {
			d.line(depth+2, "whether %s", filterText(f))
		}
		for _, below := range sel.Lists {
			d.list(depth+2, below)
		}
	}
}

func refText(r graph.Ref, onEdge bool) string {
	s := r.Prop.Owner + "." + r.Prop.Name
	if onEdge {
		s = "edge " + s
	}
	if r.When != nil {
		s += " when {" + filterText(r.When) + "}"
	}
	return s
}

var operators = [...]string{graph.Eq: "=", graph.In: "in", graph.Lt: "<", graph.Lte: "<=", graph.Gt: ">", graph.Gte: ">=", graph.StartsWith: "starts with", graph.Contains: "contains",
	graph.Mentions: "contains one of", graph.Includes: "includes", graph.Tells: "tells", graph.IsNull: "is missing"}

func filterText(f *graph.Filter) string {
	several := func(word string, fs []*graph.Filter) string {
		parts := make([]string, len(fs))
		for i, g := range fs {
			parts[i] = filterText(g)
		}
		return word + "(" + strings.Join(parts, ", ") + ")"
	}
	quantified := func(word string, q *graph.Quantified) string {
		return fmt.Sprintf("%s %v {%s}", word, q.Edge, filterText(q.Filter))
	}
	switch {
	case f == nil:
		return "anything"
	case f.And != nil:
		return several("and", f.And)
	case f.Or != nil:
		return several("or", f.Or)
	case f.Not != nil:
		return "not " + filterText(f.Not)
	case f.Some != nil:
		return quantified("some", f.Some)
	case f.Every != nil:
		return quantified("every", f.Every)
	case f.Total != nil:
		t, not := f.Total, ""
		if t.Not {
			not = "not "
		}
		return fmt.Sprintf("%s%s %s in %q %s %#v", not, folds[t.By], overText(t.Over), t.Currency, operators[t.Op], t.Value)
	case f.Kind != nil:
		return fmt.Sprintf("a %v {%s}", f.Kind, filterText(f.Of))
	case f.Fails != nil:
		return "fails " + filterText(f.Fails)
	case f.Test == nil:
		return "true"
	}
	t := f.Test
	s := "id"
	if !t.ID {
		s = refText(t.Ref, t.OnEdge)
	}
	if t.Fold {
		s = "folded " + s
	}
	if s += " " + operators[t.Op]; t.With != nil {
		s += " " + refText(*t.With, t.OnEdge)
	} else if t.Op != graph.IsNull {
		s += fmt.Sprintf(" %#v", t.Value)
	}
	return s
}

var folds = map[graph.Adding]string{graph.ByCount: "count", graph.BySum: "sum", graph.ByLatest: "latest", graph.ByEarliest: "earliest"}

func overText(o *graph.Over) string {
	s := fmt.Sprintf("%v {%s}", o.Edge, filterText(o.Filter))
	if o.When != nil {
		s += " when {" + filterText(o.When) + "}"
	}
	if o.Prop != nil {
		s += " of " + refText(*o.Prop, o.OnEdge)
	}
	return s
}

func orderText(o graph.Order) string {
	s := ""
	for _, e := range o.Path {
		s += e.String() + " > "
	}
	switch {
	case o.Prop != nil:
		s += refText(*o.Prop, o.OnEdge)
	default:
		over, by := o.Over()
		s += folds[by] + " " + overText(over)
	}
	if o.When != nil {
		s += " when {" + filterText(o.When) + "}"
	}
	if o.Currency != "" {
		s += " in " + o.Currency
	}
	if o.Desc {
		s += " descending"
	}
	if o.First {
		s += ", missing ones first"
	}
	return s
}

func tallyText(t *graph.Tally) string {
	var parts []string
	for _, k := range t.By {
		by := "by"
		for _, e := range k.Path {
			by += " " + e.String()
		}
		if by += " when {" + filterText(k.When) + "}"; k.Ref.Prop != nil {
			by += fmt.Sprintf(" %s of %s in %q", k.Cut, refText(k.Ref, k.OnEdge), k.Zone)
			if k.Until != nil {
				by += " until " + refText(*k.Until, k.OnEdge)
			}
			by += fmt.Sprintf(" ranges from %d in %q", k.Bounds, k.Currency)
		}
		parts = append(parts, by)
	}
	if t.Over != nil {
		parts = append(parts, "over "+overText(t.Over))
	}
	if t.Distinct {
		parts = append(parts, fmt.Sprintf("different nodes, their ids: %t", t.Units))
	}
	for _, m := range t.Measures {
		what := "measure " + refText(m.Ref, m.OnEdge)
		if m.Until != nil {
			what += " until " + refText(*m.Until, m.OnEdge)
		}
		parts = append(parts, fmt.Sprintf("%s, its values: %t", what, m.Values))
	}
	if t.Most > 0 {
		parts = append(parts, fmt.Sprintf("at most %d groups by themselves", t.Most))
	}
	if o := t.Order; o != nil {
		parts = append(parts, fmt.Sprintf("ordered by %s of measure %d in %q, descending: %t, missing first: %t", o.By, o.Measure, o.Currency, o.Desc, o.First))
	}
	return t.Key + ": " + strings.Join(parts, ", ")
}
