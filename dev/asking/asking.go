// Package asking writes random operations over the whole schema, and the same in other words. Tests of the program ask by them.
package asking

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/sdl"
)

// An Asker writes random operations over the whole schema: whatever an argument or a field may be, it is at times. What becomes
// another statement is drawn from the embedded source, what becomes a parameter from Values: one shape asks in many worlds.
type Asker struct {
	*rand.Rand
	Values  *rand.Rand
	Catalog *graph.Catalog
	Schema  *ast.Schema
	Now     time.Time
	IDs     []string
	Texts   []string                    // what stands in the world, so that conditions are about it
	Allowed func(c graph.Category) bool // for the purpose; what is not is asked for rarely, since it is refused
	Refs    []graph.External            // none: no node is asked for by one
}

// Chance is true n times in a hundred.
func (a *Asker) Chance(n int) bool { return a.IntN(100) < n }

// Operation is one with a root field or two.
func (a *Asker) Operation() string {
	fields := []string{a.root()}
	if a.Chance(15) {
		fields = append(fields, "more: "+a.root())
	}
	return "{ " + strings.Join(fields, " ") + " }"
}

// root is a root field. That of the feed is left out: of two of its answers no cursor is the same.
func (a *Asker) root() string {
	all := a.Schema.Query.Fields
	for {
		f := all[a.IntN(len(all))]
		nodes := a.Schema.Types[f.Type.Name()].Fields.ForName("id") != nil || f.Arguments.ForName("first") != nil
		if strings.HasPrefix(f.Name, "__") || f.Name == "changes" || !nodes && f.Name != "roleCoverage" {
			continue
		}
		if k := a.kindOf(f.Type.Name(), "Connection"); k != nil && k.Existence != "" && !a.Allowed(k.Existence) && a.Chance(90) {
			continue
		}
		return a.field(f, nil, 4)
	}
}

// field is a field with arguments and, where it needs one, a selection.
func (a *Asker) field(f *ast.FieldDefinition, owner *graph.Kind, depth int) string {
	s := f.Name + a.arguments(f, owner)
	if t := a.Schema.Types[f.Type.Name()]; !t.IsLeafType() {
		s += " " + a.selection(t, depth-1)
	}
	return s
}

func (a *Asker) arguments(f *ast.FieldDefinition, owner *graph.Kind) string {
	var args []string
	add := func(name, value string) { args = append(args, name+": "+value) }
	switch {
	case f.Name == "search":
		add("text", a.sought(a.Chance(30)))
		if a.Chance(50) {
			add("kinds", "["+a.input(a.Schema.Types["SearchKind"], 0)+"]")
		}
	case f.Name == "timeline":
		if a.Chance(50) {
			of := owner.Timeline.Strands
			add("kinds", "["+of[a.IntN(len(of))].Kind+", "+of[a.IntN(len(of))].Kind+"]")
		}
		if a.Chance(30) {
			add([]string{"from", "to"}[a.IntN(2)], a.scalar("DateTime"))
		}
	case f.Name == "committeeWarnings":
		if a.Chance(60) {
			add("owner", strconv.Quote(a.id("Employee")))
		} else {
			add("team", a.scalar("String"))
		}
	case f.Name == "introductions":
		add("to", strconv.Quote(a.id("Customer")))
		add("from", strconv.Quote(a.id("Employee")))
	case f.Name == "tie":
		add("with", strconv.Quote(a.id("Customer")))
	case f.Arguments.ForName("without") != nil && a.Chance(30):
		add("without", strconv.Quote(a.id("Customer")))
	case f.Arguments.ForName("ids") != nil:
		add("ids", "["+strings.Join([]string{strconv.Quote(a.id("")), strconv.Quote(a.id("")), strconv.Quote(a.id(""))}, ", ")+"]")
	case f.Arguments.ForName("external") != nil && a.Chance(20) && len(a.Refs) > 0:
		r := a.Refs[a.Values.IntN(len(a.Refs))]
		add("external", fmt.Sprintf("{source: %q, id: %q}", r.Source, r.ID))
	case f.Arguments.ForName("id") != nil:
		add("id", strconv.Quote(a.id(f.Type.Name())))
	}
	args = append(args, a.grouped(f)...)
	if f.Name == "duration" && f.Arguments.ForName("from") != nil {
		instants := slices.Sorted(maps.Keys(sdl.Instants(a.kindOf(f.Arguments.ForName("from").Type.Name(), "GroupBy"))))
		add("from", instants[a.IntN(len(instants))])
		add("to", instants[a.IntN(len(instants))])
	}
	if f.Name == "distinct" {
		edges := slices.Sorted(maps.Keys(sdl.CountedEdges(owner)))
		add("of", edges[a.IntN(len(edges))])
	}
	if f.Name == "percentile" {
		add("of", []string{"0.25", "0.9", "1"}[a.Values.IntN(3)])
	}
	if f.Arguments.ForName("last") != nil && a.Chance(20) {
		add("last", fmt.Sprint(1+a.IntN(3)))
	} else if f.Arguments.ForName("first") != nil {
		add("first", fmt.Sprint(1+a.IntN(5)))
	}
	if f.Arguments.ForName("superseded") != nil {
		tracked := a.Schema.Types["TrackedProperty"].EnumValues
		if a.Chance(15) {
			add("properties", "["+tracked[a.IntN(len(tracked))].Name+"]")
		}
		if a.Chance(50) {
			add("superseded", "true")
		}
	}
	if f.Arguments.ForName("knownAt") != nil && a.Chance(15) {
		add("knownAt", a.scalar("DateTime"))
	}
	if f.Arguments.ForName("asOf") != nil && a.Chance(25) {
		if f.Arguments.ForName("history") != nil && a.Chance(50) {
			add("history", "true")
		} else {
			add("asOf", a.scalar("DateTime"))
		}
	}
	for _, name := range []string{"filter", "edgeFilter", "orderBy", "edgeOrderBy"} {
		if arg := f.Arguments.ForName(name); arg != nil && a.Chance(40) {
			deep := 2
			if a.Chance(10) { // conditions within conditions are what takes Neo4j seconds to plan
				deep = 3
			}
			value := a.input(a.Schema.Types[arg.Type.Name()], deep)
			if arg.Type.Elem != nil {
				value = "[" + value + "]"
			}
			add(name, value)
		}
	}
	if len(args) == 0 {
		return ""
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// id is one of a kind, or of one that is drawn.
func (a *Asker) id(kind string) string {
	k := a.Catalog.Kind(kind)
	if k == nil {
		k = a.Catalog.Kinds[a.IntN(len(a.Catalog.Kinds))]
	}
	for range 50 {
		if id := a.IDs[a.Values.IntN(len(a.IDs))]; strings.HasPrefix(id, k.Prefix+"_") {
			return id
		}
	}
	return k.Prefix + "_none"
}

// selection has some of a type's fields, and of an abstract type those of its members.
func (a *Asker) selection(t *ast.Definition, depth int) string {
	if t.IsAbstractType() {
		s := "{ __typename"
		members := a.Schema.GetPossibleTypes(t)
		for _, i := range a.Perm(len(members)) {
			if t.Kind == ast.Union && a.Chance(50) { // all at once are long to plan
				continue
			}
			s += " ... on " + members[i].Name + " " + a.selection(members[i], min(depth, 2))
		}
		return s + " }"
	}
	chosen := map[string]bool{}
	s := "{ __typename"
	k := a.kindOf(t.Name, "Aggregate") // or the kind that is added up
	wrapped := strings.HasSuffix(t.Name, "Connection") || strings.HasSuffix(t.Name, "Edge") || strings.HasSuffix(t.Name, "Groups")
	for range 3 + a.IntN(4) {
		f := t.Fields[a.IntN(len(t.Fields))]
		leaf := a.Schema.Types[f.Type.Name()].IsLeafType()
		if chosen[f.Name] || !leaf && depth <= 0 || !leaf && !wrapped && a.Chance(40) {
			continue
		}
		chosen[f.Name] = true
		s += " " + a.field(f, k, depth)
	}
	if f := t.Fields.ForName("edges"); f != nil && !chosen["edges"] && a.Chance(80) {
		s += " " + a.field(f, nil, depth+1)
	}
	for _, name := range []string{"history", "committee", "tie"} { // one of many fields
		if f := t.Fields.ForName(name); f != nil && !chosen[name] && depth > 0 && a.Chance(20) {
			s += " " + a.field(f, nil, depth)
		}
	}
	if f := t.Fields.ForName("node"); f != nil && !chosen["node"] {
		s += " " + a.field(f, nil, depth)
	}
	return s + " }"
}

func (a *Asker) kindOf(name, suffix string) *graph.Kind {
	return a.Catalog.Kind(strings.TrimSuffix(name, suffix))
}

// usable reports whether a field of an input may be named without being refused for the purpose.
func (a *Asker) usable(t *ast.Definition, field string) bool {
	k := a.kindOf(t.Name, "Filter")
	if k == nil {
		k = a.kindOf(t.Name, "Sort")
	}
	if k == nil {
		return true
	}
	if p := k.Field(field); p != nil {
		return a.Allowed(p.Category)
	}
	if e := k.Edge(field); e != nil {
		return a.Allowed(e.Category)
	}
	return true
}

// input is a random value of an input type.
func (a *Asker) input(t *ast.Definition, depth int) string {
	switch {
	case t.Kind == ast.Enum:
		of := a.Rand
		if a.valued(t.Name) {
			of = a.Values
		}
		return t.EnumValues[of.IntN(len(t.EnumValues))].Name
	case t.Kind == ast.Scalar:
		return a.scalar(t.Name)
	case t.Name == "MoneyInput":
		return fmt.Sprintf(`{amount: "%d", currency: "%s"}`, a.Values.IntN(4)-1, []string{"EUR", "USD"}[a.Values.IntN(2)])
	}
	n, oneOf := 1, t.Directives.ForName("oneOf") != nil
	if !oneOf && a.Chance(30) {
		n = 2
	}
	var parts []string
	chosen := map[string]bool{}
	sorts := strings.HasSuffix(t.Name, "AggregateSort") // takes one of what may be ordered by, and conditions beside it
	for tries := 0; len(parts) < n && tries < 40; tries++ {
		f := t.Fields[a.IntN(len(t.Fields))]
		beside := f.Name == "filter" || f.Name == "edgeFilter"
		if sorts && (len(parts) == 0) == beside {
			continue
		}
		d := a.Schema.Types[f.Type.Name()]
		deeper := d.Kind == ast.InputObject
		if chosen[f.Name] || deeper && depth <= 0 && tries < 30 || !a.usable(t, f.Name) && a.Chance(97) {
			continue
		}
		if f.Type.Name() == "FieldComparison" {
			continue // which fields there are is known above
		}
		chosen[f.Name] = true
		value := a.value(f, depth-1)
		if k := a.kindOf(t.Name, "Filter"); k != nil && k.Field(f.Name) != nil && a.Chance(20) {
			value = a.compared(k, k.Field(f.Name), value)
		}
		if f.Type.Elem != nil {
			value = "[" + value + "]"
		}
		parts = append(parts, f.Name+": "+value)
	}
	for _, f := range t.Fields { // what must be given
		if f.Type.NonNull && !chosen[f.Name] {
			parts = append(parts, f.Name+": "+a.value(f, depth-1))
		}
	}
	others := 0 // than what says nothing of how many there are
	for name := range chosen {
		if !slices.Contains([]string{"some", "none", "every", "edgeFilter", "filter"}, name) {
			others++
		}
	}
	switch {
	case !strings.HasSuffix(t.Name, "ListFilter"):
	case chosen["filter"] && others == 0: // it says nothing by itself
		parts = append(parts, fmt.Sprintf("count: {gte: %d}", a.Values.IntN(3)))
	case chosen["edgeFilter"] && len(parts) == 1: // nor does this
		parts = append(parts, []string{"some", "none", "every"}[a.IntN(3)]+": {}")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// compared is a condition that compares a property with another one of the kind, or else, where there is none.
func (a *Asker) compared(k *graph.Kind, p *graph.Property, or string) string {
	others := slices.DeleteFunc(slices.Clone(k.Shown()), func(q *graph.Property) bool { return q == p || !p.ComparesWith(q) || !a.Allowed(q.Category) })
	if len(others) == 0 {
		return or
	}
	return fmt.Sprintf("{field: {%s: %q}}", []string{"eq", "gt", "gte", "lt", "lte"}[a.IntN(5)], others[a.IntN(len(others))].Field())
}

// value is one of a field of an input: of texts that are to have a form, one that has it.
func (a *Asker) value(f *ast.FieldDefinition, depth int) string {
	switch f.Name {
	case "currency":
		return strconv.Quote([]string{"EUR", "USD"}[a.Values.IntN(2)])
	case "within", "olderThan":
		return strconv.Quote(fmt.Sprintf("P%dD", a.Values.IntN(60)))
	}
	return a.input(a.Schema.Types[f.Type.Name()], depth)
}

// valued reports whether an enumeration is one that nodes have values of, which are parameters.
func (a *Asker) valued(enum string) bool {
	for _, k := range a.Catalog.Kinds {
		for _, p := range k.Properties {
			if p.Type == graph.Enum && p.Enum == enum {
				return true
			}
		}
	}
	return false
}

func (a *Asker) scalar(name string) string {
	r := a.Values
	switch name {
	case "Int":
		return fmt.Sprint([]int{-1, 0, 1, 2, 3, 1980, 2000}[r.IntN(7)])
	case "Float":
		return fmt.Sprint([]string{"-1", "0", "0.5", "1"}[r.IntN(4)])
	case "Boolean": // whether a value is missing is another condition than whether it is there
		return fmt.Sprint(a.Chance(50))
	case "ID":
		return strconv.Quote(a.IDs[r.IntN(len(a.IDs))])
	case "DateTime":
		return strconv.Quote(a.Now.Add(time.Duration(r.IntN(4000)-3000) * time.Hour).Format(time.RFC3339))
	case "Date":
		return strconv.Quote(a.Now.AddDate(0, 0, r.IntN(400)-300).Format(time.DateOnly))
	case "Decimal":
		return strconv.Quote(fmt.Sprint(r.IntN(5)))
	}
	s := a.Texts[r.IntN(len(a.Texts))]
	if letters := []rune(s); len(letters) > 1 && r.IntN(2) == 0 { // a guess at its beginning
		s = string(letters[:1+r.IntN(2)])
	}
	return strconv.Quote(strings.Map(PlainText, s))
}

// sought is a text of the world for a search, of one word or of several, sometimes mistyped, or only its beginning.
func (a *Asker) sought(several bool) string {
	for range 50 {
		s := []rune(strings.Map(PlainText, a.Texts[a.Values.IntN(len(a.Texts))]))
		if at := a.Values.IntN(len(s) + 1); at < len(s) && len(s) > 3 {
			switch a.Values.IntN(4) {
			case 0:
				s = s[:at]
			case 1:
				s[at] = 'e'
			}
		}
		if _, n := fold.Terms(string(s)); n == 1 && !several || n > 1 && several {
			return strconv.Quote(string(s))
		}
	}
	if several {
		return `"ann joh"`
	}
	return `"ann"`
}

// PlainText keeps what stands in a GraphQL text as it is.
func PlainText(r rune) rune {
	if r < ' ' || r > '~' || r == '"' || r == '\\' {
		return -1
	}
	return r
}
