package server

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

const (
	defaultPage = 20
	tallyCost   = 10  // of what the store works out over a whole set, or over several edges
	scanCost    = 200 // of a condition that no index serves, as contains: all nodes are looked at
	edgeCost    = 50  // of a condition or an order by what an edge leads to; each edge further costs so many times as much:
	edgeTimes   = 5
	// most is where weights stop growing, so that the product of two does not overflow.
	most = 1<<31 - 1
)

// weight of an operation or a part of one. Selected fields that will be merged count several times, and of a union's
// members each counts, so that a weight is never too small.
type weight struct {
	cost       int
	depth      int
	conditions int // deepest object in an argument
	aliases    int
}

func (w weight) with(o weight) weight {
	return weight{
		cost:       min(w.cost+o.cost, most),
		depth:      max(w.depth, o.depth),
		conditions: max(w.conditions, o.conditions),
		aliases:    min(w.aliases+o.aliases, most),
	}
}

// weigh finds what an operation costs at most. Each field costs 1, and so does each key and each element of its
// conditions and order, but where they look behind edges or at all nodes (see asked); the reasons that withheld gives cost
// what the fields do that they are about, and of introspection each thing that is told costs 1/20. What is below edges counts times the page that is asked for, what is below nodes times the ids,
// what is below the rows of groups times their number. Totals, aggregates and groups cost 10 more, and
// computed fields what the schema says.
func weigh(schema *ast.Schema, op *graphql.OperationContext) weight {
	s := scale{op.Variables, map[spread]weight{}, schema, map[telling]int{}}
	return s.set(op.Operation.SelectionSet, 1)
}

// spread is a fragment and the size of the list that stands in it. Fragments are weighed once: there may be
// exponentially many ways to reach one.
type spread struct {
	fragment *ast.FragmentDefinition
	times    int
}

type scale struct {
	variables map[string]any
	known     map[spread]weight
	schema    *ast.Schema
	told      map[telling]int // how much introspection tells
}

// set weighs a selection set; a list selected in it has as many elements as times.
func (s scale) set(set ast.SelectionSet, times int) (w weight) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			if s.wanted(sel.Directives) {
				w = w.with(s.field(sel, times))
			}
		case *ast.InlineFragment:
			if s.wanted(sel.Directives) {
				w = w.with(s.set(sel.SelectionSet, times))
			}
		case *ast.FragmentSpread:
			if s.wanted(sel.Directives) {
				w = w.with(s.fragment(spread{sel.Definition, times}))
			}
		}
	}
	return w
}

func (s scale) fragment(f spread) weight {
	w, ok := s.known[f]
	if !ok {
		w = s.set(f.fragment.SelectionSet, f.times)
		s.known[f] = w
	}
	return w
}

func (s scale) field(f *ast.Field, times int) weight {
	own := weight{cost: 1}
	if f.Alias != f.Name {
		own.aliases = 1
	}
	if strings.HasPrefix(f.Name, "__") {
		if f.Name != "__typename" {
			own.cost += s.introspection(f)
		}
		own.aliases += s.set(f.SelectionSet, 1).aliases
		own.depth = 1
		return own
	}
	args := s.arguments(f)
	for name, v := range args {
		own = own.with(s.asked(f.Definition.Arguments.ForName(name).Type, reflect.ValueOf(v), name == "orderBy", edgeCost))
	}
	if f.Name == "withheld" {
		own.cost += tallyCost
	}
	if d := f.Definition.Directives.ForName("computed"); d != nil {
		own.cost += costOf(d)
	}
	if f.Definition.Type.Name() == "RoleComparisons" || f.Definition.Type.Name() == "Journeys" || f.ObjectDefinition.Name == "Journeys" && f.SelectionSet != nil {
		own.cost += scanCost // all events are looked at, or all decided deals
	}
	if strings.HasSuffix(f.ObjectDefinition.Name, "Connection") {
		switch f.Name {
		case "totalCount", "aggregate", "groups":
			own.cost += tallyCost
		}
	}
	size, often := s.within(f, args, times)
	below := s.set(f.SelectionSet, size)
	below.cost = min(below.cost*often, most)
	below.depth++
	return own.with(below)
}

// costOf is what a computed field costs by its directive.
func costOf(d *ast.Directive) int {
	if a := d.Arguments.ForName("cost"); a != nil {
		if n, err := strconv.Atoi(a.Value.Raw); err == nil { // the schema is valid
			return n
		}
	}
	return tallyCost
}

func (s scale) arguments(f *ast.Field) map[string]any {
	if len(f.Definition.Arguments) == 0 {
		return nil
	}
	return f.ArgumentMap(s.variables)
}

// within is what a field's own fields are weighed by: how many elements a list below it has, and how often each is there.
func (s scale) within(f *ast.Field, args map[string]any, times int) (size, often int) {
	size, often = s.page(f, args), 1
	if f.Definition.Type.Elem == nil {
		return size, often
	}
	if f.Definition.Arguments.ForName("first") != nil { // a search, whose hits are no edges
		size, times = 1, size
	}
	if ids, ok := args["ids"]; ok {
		times = elements(ids)
	}
	return size, times
}

// elements is how many a list has.
func elements(v any) int {
	if list := reflect.ValueOf(v); list.Kind() == reflect.Slice {
		return list.Len()
	}
	return 1
}

// page is how many elements the list has that a field's arguments are about, 1 where they are about none.
func (s scale) page(f *ast.Field, args map[string]any) int {
	if f.Definition.Arguments.ForName("first") == nil {
		return 1
	}
	for _, name := range []string{"first", "last"} {
		if v, ok := args[name]; ok && v != nil {
			return whole(v)
		}
	}
	return defaultPage
}

// whole reads an Int of a literal or a variable. What is none, or negative, is refused later.
func whole(v any) int {
	var text string
	switch v := v.(type) {
	case int64:
		text = strconv.FormatInt(v, 10)
	case float64:
		text = strconv.FormatFloat(v, 'f', -1, 64)
	case json.Number:
		text = v.String()
	case string:
		text = v
	}
	n, err := strconv.Atoi(text)
	if err != nil || n > most {
		return most
	}
	return max(n, 0)
}

// asked weighs a part of an argument, and how deep its objects nest. What follows an edge costs more the more edges there are before it, and
// so does a condition that looks at every text.
func (s scale) asked(t *ast.Type, v reflect.Value, order bool, edge int) (w weight) {
	switch v.Kind() {
	case reflect.Interface:
		return s.asked(t, v.Elem(), order, edge)
	case reflect.Slice:
		if t.Elem != nil {
			t = t.Elem
		}
		for i := range v.Len() {
			w = w.with(s.asked(t, v.Index(i), order, edge)).with(weight{cost: 1})
		}
	case reflect.Map:
		def := s.schema.Types[t.Name()]
		for _, k := range v.MapKeys() {
			w.cost = min(w.cost+1, most)
			of := def.Fields.ForName(k.String())
			if of == nil || v.MapIndex(k).Elem().Kind() == reflect.Invalid {
				continue
			}
			next := edge
			switch to := s.schema.Types[of.Type.Name()]; {
			case to.Fields.ForName("some") != nil, order && to.Kind == ast.InputObject && k.String() != "filter" && k.String() != "edgeFilter":
				w.cost = min(w.cost+edge, most)
				next = min(edge*edgeTimes, most)
			case to.Name == "JourneyExposed":
				w.cost = min(w.cost+s.exposed(v.MapIndex(k).Elem()), most)
			case slices.Contains(scanning, k.String()):
				w.cost = min(w.cost+scanCost*edge/edgeCost, most)
			}
			w = w.with(s.asked(of.Type, v.MapIndex(k), order, next))
		}
		w.conditions++
	}
	return w
}

// exposed is what it costs to list whom a hidden event reached: as much as the field that tells how many these are.
func (s scale) exposed(number reflect.Value) int {
	field := "exposure"
	if matched := number.MapIndex(reflect.ValueOf("matched")); matched.IsValid() && !matched.IsNil() {
		field = "aftermath"
	}
	return costOf(s.schema.Types["HiddenEvent"].Fields.ForName(field).Directives.ForName("computed"))
}

// scanning are the conditions on texts for which each is looked at.
var scanning = []string{"contains", "endsWith"}

func (s scale) wanted(directives ast.DirectiveList) bool { return wanted(directives, s.variables) }

// wanted reports whether the directives skip and include let something stand.
func wanted(directives ast.DirectiveList, variables map[string]any) bool {
	for _, d := range directives {
		on, _ := d.ArgumentMap(variables)["if"].(bool)
		if d.Name == "skip" && on || d.Name == "include" && !on {
			return false
		}
	}
	return true
}

// A load is a field where it stands, and what it weighs there.
type load struct {
	path   ast.Path // of names in the answer, without places in lists
	field  *ast.Field
	weight weight
	size   int // of a list that stands in the field's selection
	often  int // how many of the field's own fields there are
}

// heaviest are the fields, from a root field down, each of which is above a limit by itself; where none is, the heaviest root field.
func heaviest(schema *ast.Schema, op *graphql.OperationContext, of func(weight) int, limit int) (chain []load) {
	s := scale{op.Variables, map[spread]weight{}, schema, map[telling]int{}}
	at, set := load{size: 1, often: 1}, op.Operation.SelectionSet
	for {
		next := load{}
		for _, l := range s.loads(set, at, len(chain), map[*ast.FragmentDefinition]bool{}) {
			if next.field == nil || of(l.weight) > of(next.weight) {
				next = l
			}
		}
		above := next.field != nil && of(next.weight) > limit
		if above || len(chain) == 0 {
			chain = append(chain, next)
		}
		if !above || strings.HasPrefix(next.field.Name, "__") { // below __schema nothing is weighed
			return chain
		}
		at, set = next, next.field.SelectionSet
	}
}

// lastPage is the last field of a chain that makes many of what is below it, or the last of all.
func lastPage(chain []load) load {
	for _, l := range slices.Backward(chain) {
		if args := l.field.Definition.Arguments; args.ForName("first") != nil || args.ForName("ids") != nil {
			return l
		}
	}
	return chain[len(chain)-1]
}

// loads are the fields of a set below another, those of fragments included: each fragment once, as there may be exponentially many ways
// to it.
func (s scale) loads(set ast.SelectionSet, below load, depth int, seen map[*ast.FragmentDefinition]bool) (all []load) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			if !s.wanted(sel.Directives) {
				continue
			}
			l := load{path: append(below.path[:len(below.path):len(below.path)], ast.PathName(sel.Alias)), field: sel, weight: s.field(sel, below.size)}
			var often int
			l.size, often = s.within(sel, s.arguments(sel), below.size)
			l.often = min(below.often*often, most)
			l.weight.cost = min(l.weight.cost*below.often, most)
			l.weight.depth += depth
			all = append(all, l)
		case *ast.InlineFragment:
			if s.wanted(sel.Directives) {
				all = append(all, s.loads(sel.SelectionSet, below, depth, seen)...)
			}
		case *ast.FragmentSpread:
			if s.wanted(sel.Directives) && !seen[sel.Definition] {
				seen[sel.Definition] = true
				all = append(all, s.loads(sel.Definition.SelectionSet, below, depth, seen)...)
			}
		}
	}
	return all
}
