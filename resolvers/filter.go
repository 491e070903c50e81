package resolvers

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/sosodev/duration"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// walker turns the derived inputs, which come as maps, into filters and orders by the catalog. The parser has checked
// names and shapes; the walker reads values, and refuses what the schema's types cannot say.
type walker struct {
	fail  func(format string, args ...any)
	named func(id string) string // gives the id that is meant
	// planning is what a filter may add to the planning of a statement.
	planning time.Duration
}

// both is the conjunction of filters, of which some may be nil.
func both(fs ...*graph.Filter) *graph.Filter {
	fs = slices.DeleteFunc(fs, func(f *graph.Filter) bool { return f == nil })
	switch len(fs) {
	case 0:
		return nil
	case 1:
		return fs[0]
	}
	return &graph.Filter{And: fs}
}

// bounded refuses a filter that takes too long to be planned: with its nesting grows what a database has to do before it reads anything.
func (w walker) bounded(f *graph.Filter, path string) *graph.Filter {
	if cost := f.Planning(); cost > w.planning {
		w.fail("%s: its conditions would take about %d ms to be planned, and %d ms is the most; fewer of them, or fewer within each other, take less",
			path, cost.Milliseconds(), w.planning.Milliseconds())
	}
	return f
}

// nodes reads a filter on the nodes of a list: of one kind, or by kind.
func (w walker) nodes(l *graph.List, v any, path string) *graph.Filter {
	if len(l.Nodes) == 1 {
		return w.kind(l.Nodes[0].Kind, v, path)
	}
	return w.target(l.Edge, v, path)
}

// target reads a filter on what an edge leads to.
func (w walker) target(e *graph.Edge, v any, path string) *graph.Filter {
	if k := e.Target(); k != nil {
		return w.kind(k, v, path)
	}
	m, ok := v.(map[string]any)
	if !ok || len(m) == 0 {
		return nil
	}
	f := &graph.Filter{Or: []*graph.Filter{}}
	for _, k := range e.Targets {
		name := strings.ToLower(k.Name[:1]) + k.Name[1:]
		if of, given := m[name]; given && of != nil {
			f.Or = append(f.Or, &graph.Filter{Kind: k, Of: w.kind(k, of, path+"."+name)})
		}
	}
	return f
}

// kind reads a filter on nodes of a kind.
func (w walker) kind(k *graph.Kind, v any, path string) *graph.Filter {
	return w.all(v, path, func(v any, path string) *graph.Filter { return w.kind(k, v, path) }, func(name string, v any, path string) *graph.Filter {
		if name == "id" {
			return w.id(v, path)
		}
		if p := k.Field(name); p != nil {
			return w.tests(p, false, k.Shown(), v, path)
		}
		e := k.Edge(name)
		if e.One {
			return &graph.Filter{Some: &graph.Quantified{Edge: e, Filter: w.target(e, v, path)}}
		}
		return w.quantifiers(e, v, path)
	})
}

// properties reads a filter on the properties of a relationship.
func (w walker) properties(r *graph.Rel, v any, path string) *graph.Filter {
	return w.all(v, path, func(v any, path string) *graph.Filter { return w.properties(r, v, path) }, func(name string, v any, path string) *graph.Filter {
		return w.tests(r.Property(name), true, r.Shown(), v, path)
	})
}

// all reads the conjunction that an input is: and, or, not by self, the other keys by leaf. A key that is null says nothing.
func (w walker) all(v any, path string, self func(any, string) *graph.Filter, leaf func(string, any, string) *graph.Filter) *graph.Filter {
	var fs []*graph.Filter
	for _, name := range given(v) {
		sub, at := v.(map[string]any)[name], path+"."+name
		switch name {
		case "and", "or":
			list := elements(sub)
			f := &graph.Filter{}
			parts := make([]*graph.Filter, len(list))
			for i, el := range list {
				parts[i] = orAnything(self(el, fmt.Sprintf("%s[%d]", at, i)))
			}
			if name == "or" {
				f.Or = parts
			} else {
				f.And = parts
			}
			fs = append(fs, f)
		case "not":
			fs = append(fs, &graph.Filter{Not: orAnything(self(sub, at))})
		default:
			fs = append(fs, leaf(name, sub, at))
		}
	}
	return both(fs...)
}

// orAnything is a condition, or where there is none one that is true of anything.
func orAnything(f *graph.Filter) *graph.Filter {
	if f == nil {
		return &graph.Filter{}
	}
	return f
}

// given are the keys of an input that have a value, in an order that does not depend on how they were written.
func given(v any) []string {
	m, _ := v.(map[string]any)
	var names []string
	for name, v := range m {
		if v != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// elements of a list; GraphQL lets a single value stand for a list of one.
func elements(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

// quantifiers reads conditions on all that an edge leads to. Where there is one on the relationship, only those are looked at that meet
// it: of the others nothing is said.
func (w walker) quantifiers(e *graph.Edge, v any, path string) *graph.Filter {
	m, _ := v.(map[string]any)
	along := w.properties(e.Rel, m["edgeFilter"], path+".edgeFilter")
	names := slices.DeleteFunc(given(v), func(name string) bool { return name == "edgeFilter" || name == "filter" })
	if m["edgeFilter"] != nil && len(names) == 0 {
		w.fail("%s.edgeFilter: it says which relationships are looked at, so that some, none, every, a count or the like is to be given beside it", path)
	}
	var fs []*graph.Filter
	counted := false
	for _, name := range names {
		if name != "some" && name != "none" && name != "every" {
			fs, counted = append(fs, w.totals(e, m, name, path)), true
			continue
		}
		q := &graph.Quantified{Edge: e, Filter: w.target(e, m[name], path+"."+name)}
		switch {
		case along == nil:
		case name != "every":
			q.Filter = both(q.Filter, along)
		case q.Filter == nil:
			q.Filter = &graph.Filter{Or: []*graph.Filter{{Not: along}, {}}}
		default:
			q.Filter = &graph.Filter{Or: []*graph.Filter{{Not: along}, q.Filter}}
		}
		switch name {
		case "some":
			fs = append(fs, &graph.Filter{Some: q})
		case "none":
			fs = append(fs, graph.None(q))
		case "every":
			fs = append(fs, &graph.Filter{Every: q})
		}
	}
	if m["filter"] != nil && !counted {
		w.fail("%s.filter: it says which are counted, so that count, a sum, or a time's latest or earliest is to be given beside it; some, none and every have conditions of their own", path)
	}
	return both(fs...)
}

var operators = map[string]graph.Op{
	"eq": graph.Eq, "lt": graph.Lt, "lte": graph.Lte, "gt": graph.Gt, "gte": graph.Gte,
	"startsWith": graph.StartsWith, "contains": graph.Contains, "includes": graph.Includes,
}

func (w walker) id(v any, path string) *graph.Filter {
	return w.operators(graph.Test{ID: true}, v, path, func(v any) (any, error) { return w.named(text(v)), nil })
}

// tests reads the operators on one property, which compare it with values and with others of the properties.
func (w walker) tests(p *graph.Property, onEdge bool, among []*graph.Property, v any, path string) *graph.Filter {
	on := graph.Test{Ref: graph.Ref{Prop: p}, OnEdge: onEdge}
	if p.Format == graph.FormatAttribute {
		on.Op, on.Value = graph.Tells, w.attribute(v.(map[string]any), path)
		return &graph.Filter{Test: &on}
	}
	f := both(w.operators(on, v, path, func(v any) (any, error) { return valueOf(p, v) }), w.fields(on, among, v.(map[string]any)["field"], path+".field"))
	folded := v.(map[string]any)["caseInsensitive"]
	if folded == nil {
		return f
	}
	on.Fold = true
	return both(f, w.operators(on, folded, path+".caseInsensitive", func(v any) (any, error) { return fold.Key(text(v)), nil }))
}

// fields reads comparisons of a property with others of the same node or relationship.
func (w walker) fields(on graph.Test, among []*graph.Property, v any, path string) *graph.Filter {
	if v == nil {
		return nil
	}
	p, others := on.Ref.Prop, map[string]*graph.Property{}
	for _, q := range among {
		if q != p && p.ComparesWith(q) {
			others[q.Field()] = q
		}
	}
	if len(others) == 0 {
		w.fail("%s: there is no other field that %s compares with here", path, p.Field())
		return nil
	}
	if m, _ := v.(map[string]any); len(m) == 0 {
		w.fail("%s: one of eq, gt, gte, lt and lte is to be given", path)
	}
	return w.operators(on, v, path, func(v any) (any, error) {
		if q := others[text(v)]; q != nil {
			return &graph.Ref{Prop: q}, nil
		}
		return nil, fmt.Errorf("%s compares with %s, not with %q", p.Field(), strings.Join(slices.Sorted(maps.Keys(others)), ", "), text(v))
	})
}

// operators reads each key of an operators' input as a test like on, which has all but the comparison; all hold.
func (w walker) operators(on graph.Test, v any, path string, read func(any) (any, error)) *graph.Filter {
	m := v.(map[string]any)
	for name, v := range m {
		if v == nil && name != "caseInsensitive" {
			w.fail("%s.%s: null compares with nothing; isNull asks whether a value is missing", path, name)
		}
	}
	var fs []*graph.Filter
	for _, name := range given(v) {
		test, at := on, path+"."+name
		f := &graph.Filter{Test: &test}
		switch name {
		case "caseInsensitive", "field":
			continue
		case "isNull":
			test.Op = graph.IsNull
			if m[name] == false {
				f = &graph.Filter{Not: f}
			}
		case "within": // until now
			until := on
			test.Op, test.Value = graph.Gte, w.ago(m[name], at, on.Ref.Prop)
			until.Op, until.Value = graph.Lte, graph.Ago{Day: on.Ref.Prop.Type == graph.Day}
			f = &graph.Filter{And: []*graph.Filter{f, {Test: &until}}}
		case "olderThan":
			test.Op, test.Value = graph.Lt, w.ago(m[name], at, on.Ref.Prop)
		case "in", "notIn":
			list := []any{}
			for i, el := range elements(m[name]) {
				list = append(list, w.read(el, fmt.Sprintf("%s[%d]", at, i), read))
			}
			if test.Op, test.Value = graph.In, list; name == "notIn" {
				f = &graph.Filter{Not: f}
			}
		default:
			test.Op, test.Value = operators[name], w.read(m[name], at, read)
			if with, is := test.Value.(*graph.Ref); is {
				test.With, test.Value = with, nil
			}
		}
		fs = append(fs, f)
	}
	return both(fs...)
}

// ago reads a duration before now, or before the time as of which is asked.
func (w walker) ago(v any, path string, p *graph.Property) graph.Ago {
	ago, ok := agoOf(text(v))
	if !ok {
		w.fail("%s: %.40q is not a duration such as P14D, P3M or PT36H: whole years, months, weeks and days, at most 10,000 of each, then hours, minutes and seconds", path, text(v))
	}
	ago.Day = p.Type == graph.Day
	return ago
}

// agoOf reads an ISO 8601 duration as one before now; not ok: it is none, or has parts of days or more, or too many of them.
func agoOf(s string) (_ graph.Ago, ok bool) {
	d, err := duration.Parse(s)
	whole := func(f float64) bool { return f == math.Trunc(f) && f <= 10_000 }
	if err != nil || d.Negative || !whole(d.Years) || !whole(d.Months) || !whole(d.Weeks) || !whole(d.Days) {
		return graph.Ago{}, false
	}
	return graph.Ago{Years: int(d.Years), Months: int(d.Months), Days: 7*int(d.Weeks) + int(d.Days),
		Time: time.Duration((d.Hours*3600 + d.Minutes*60 + d.Seconds) * float64(time.Second))}, true
}

func (w walker) read(v any, path string, read func(any) (any, error)) any {
	x, err := read(v)
	if err != nil {
		w.fail("%s: %v", path, err)
	}
	return x
}

// valueOf reads one value of a property from a literal or a variable.
func valueOf(p *graph.Property, v any) (any, error) {
	switch p.Type {
	case graph.Int:
		return whole(v)
	case graph.Float:
		s, err := graph.ParseScore(number(v))
		return int64(s), err
	case graph.Bool:
		return v, nil
	case graph.Instant:
		t, err := graph.ParseTime(text(v))
		return int64(t), err
	case graph.Day:
		d, err := graph.ParseDate(text(v))
		return int64(d), err
	case graph.Amount:
		m := v.(map[string]any)
		return graph.MoneyOf(number(m["amount"]), text(m["currency"]))
	}
	return text(v), nil
}
