package resolvers

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
)

// arguments reads the arguments of a connection into its list.
func (p *planner) arguments(l *graph.List, f graphql.CollectedField) {
	args := f.ArgumentMap(p.op.Variables)
	where := strings.Join(p.path, ".")
	w := p.walker()
	l.Filter = both(
		w.bounded(w.nodes(l, args["filter"], where+".filter"), where+".filter"),
		w.properties(relOf(l.Edge), args["edgeFilter"], where+".edgeFilter"))
	l.Order = inSequence(slices.Concat(
		w.edgeOrders(relOf(l.Edge), args["edgeOrderBy"], where+".edgeOrderBy"),
		w.orders(l, args["orderBy"], where+".orderBy")))
	if l.Edge != nil && l.Edge.Rel.Bare && len(l.Order) == 0 {
		l.Order = []graph.Order{{Prop: &graph.Ref{Prop: l.Edge.Rel.Newest}, Desc: true}}
	}
	l.Page = p.page(l, args, where)
}

// walker reads conditions and orders.
func (p *planner) walker() walker {
	return walker{fail: p.fail, named: p.hidden.Resolve, planning: p.MaxPlanning}
}

// ever is an edge with all its relationships, if the arguments ask for them.
func (p *planner) ever(e *graph.Edge, f graphql.CollectedField) *graph.Edge {
	args := f.ArgumentMap(p.op.Variables)
	switch asOf, history := args["asOf"], args["history"] == true; {
	case asOf != nil && history:
		p.fail("%s: asOf and history cannot both be given", strings.Join(p.path, "."))
	case history:
		return e.Ever()
	}
	return e
}

func (p *planner) page(l *graph.List, args map[string]any, where string) graph.Page {
	page := graph.Page{Limit: defaultPage}
	first, hasFirst := p.count(args, "first", where)
	last, hasLast := p.count(args, "last", where)
	switch {
	case hasFirst && hasLast:
		p.fail("%s: first and last cannot both be given", where)
	case hasFirst:
		page.Limit = first
	case hasLast:
		page.Limit, page.Backward = last, true
	}
	mark := fingerprint(l, args, orderArguments, p.moment, p.viewer.Purpose)
	for name, at := range map[string]*[]any{"after": &page.After, "before": &page.Before} {
		if s, ok := args[name].(string); ok {
			keys, err := readCursor(p.hidden.Open(s), mark, l)
			if err != nil {
				p.fail("%s.%s: %v", where, name, err)
			}
			*at = keys
		}
	}
	p.layout(l).mark = mark
	return page
}

func (p *planner) count(args map[string]any, name, where string) (int, bool) {
	return p.upTo(p.MaxPage, args, name, where)
}

// upTo is count, with another greatest number.
func (p *planner) upTo(most int, args map[string]any, name, where string) (int, bool) {
	v := args[name]
	if v == nil {
		return 0, false
	}
	n, err := whole(v)
	if err != nil || n < 1 || n > int64(most) {
		p.fail("%s: %s is from 1 to %d, not %v", where, name, most, v)
		return 1, true
	}
	return int(n), true
}

// text is an id or a string, which variables may carry as a number.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case nil:
		return ""
	}
	return fmt.Sprint(v)
}

// instant reads a DateTime of a literal or a variable.
func instant(v any, where string, fail func(format string, args ...any)) graph.Time {
	s, is := v.(string)
	t, err := graph.ParseTime(s)
	if !is {
		err = fmt.Errorf("%v is not an instant such as 2026-01-31T09:30:00Z", v)
	}
	if err != nil {
		fail("%s: %v", where, err)
	}
	return t
}

// whole reads an Int of a literal or a variable.
func whole(v any) (int64, error) {
	n, err := strconv.ParseInt(number(v), 10, 64)
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, fmt.Errorf("%v is not a whole number of 32 bits", v)
	}
	return n, nil
}

// number writes what a literal or a variable has as a number, or as a string, in decimal.
func number(v any) string {
	switch v := v.(type) {
	case json.Number:
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return v
	}
	return fmt.Sprint(v)
}
