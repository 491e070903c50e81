package e2e

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// asking writes random operations over the whole schema: whatever an argument or a field may be, it is at times. What becomes
// another statement is drawn from the embedded source, what becomes a parameter from values: one shape asks in many worlds.
type asking struct {
	*rand.Rand
	values  *rand.Rand
	catalog *graph.Catalog
	schema  *ast.Schema
	ids     []string
	texts   []string                      // what stands in the world, so that conditions are about it
	allowed func(c graph.Category) bool   // for the purpose; what is not is asked for rarely, since it is refused
	refs    []struct{ source, id string } // external ones
}

func (a *asking) chance(n int) bool { return a.IntN(100) < n }

// operation is one with a root field or two.
func (a *asking) operation() string {
	fields := []string{a.root()}
	if a.chance(15) {
		fields = append(fields, "more: "+a.root())
	}
	return "{ " + strings.Join(fields, " ") + " }"
}

func (a *asking) root() string {
	all := a.schema.Query.Fields
	for {
		f := all[a.IntN(len(all))]
		if strings.HasPrefix(f.Name, "__") || a.schema.Types[f.Type.Name()].Fields.ForName("id") == nil && f.Arguments.ForName("first") == nil {
			continue
		}
		if k := a.kindOf(f.Type.Name(), "Connection"); k != nil && k.Existence != "" && !a.allowed(k.Existence) && a.chance(90) {
			continue
		}
		return a.field(f, nil, 4)
	}
}

// field is a field with arguments and, where it needs one, a selection.
func (a *asking) field(f *ast.FieldDefinition, owner *graph.Kind, depth int) string {
	s := f.Name + a.arguments(f)
	if t := a.schema.Types[f.Type.Name()]; !t.IsLeafType() {
		s += " " + a.selection(t, depth-1)
	}
	return s
}

func (a *asking) arguments(f *ast.FieldDefinition) string {
	var args []string
	add := func(name, value string) { args = append(args, name+": "+value) }
	switch {
	case f.Name == "search":
		add("text", a.sought(a.chance(30)))
		if a.chance(50) {
			add("kinds", "["+a.input(a.schema.Types["SearchKind"], 0)+"]")
		}
	case f.Name == "timeline":
		if a.chance(50) {
			add("kinds", "["+a.input(a.schema.Types["TimelineKind"], 0)+", "+a.input(a.schema.Types["TimelineKind"], 0)+"]")
		}
		if a.chance(30) {
			add([]string{"from", "to"}[a.IntN(2)], a.scalar("DateTime"))
		}
	case f.Name == "nodes":
		add("ids", "["+strings.Join([]string{strconv.Quote(a.id("")), strconv.Quote(a.id("")), strconv.Quote(a.id(""))}, ", ")+"]")
	case f.Arguments.ForName("external") != nil && a.chance(20):
		r := a.refs[a.values.IntN(len(a.refs))]
		add("external", fmt.Sprintf("{source: %q, id: %q}", r.source, r.id))
	case f.Arguments.ForName("id") != nil:
		add("id", strconv.Quote(a.id(f.Type.Name())))
	}
	if by := f.Arguments.ForName("by"); by != nil {
		keys := a.schema.Types[by.Type.Name()].EnumValues
		add("by", "["+keys[a.IntN(len(keys))].Name+"]")
	}
	if f.Arguments.ForName("last") != nil && a.chance(20) {
		add("last", fmt.Sprint(1+a.IntN(3)))
	} else if f.Arguments.ForName("first") != nil {
		add("first", fmt.Sprint(1+a.IntN(5)))
	}
	if f.Arguments.ForName("asOf") != nil && a.chance(25) {
		if f.Arguments.ForName("history") != nil && a.chance(50) {
			add("history", "true")
		} else {
			add("asOf", a.scalar("DateTime"))
		}
	}
	for _, name := range []string{"filter", "edge", "orderBy"} {
		if arg := f.Arguments.ForName(name); arg != nil && a.chance(40) {
			deep := 2
			if a.chance(10) { // conditions within conditions are what takes Neo4j seconds to plan
				deep = 3
			}
			value := a.input(a.schema.Types[arg.Type.Name()], deep)
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
func (a *asking) id(kind string) string {
	k := a.catalog.Kind(kind)
	if k == nil {
		k = a.catalog.Kinds[a.IntN(len(a.catalog.Kinds))]
	}
	for range 50 {
		if id := a.ids[a.values.IntN(len(a.ids))]; strings.HasPrefix(id, k.Prefix+"_") {
			return id
		}
	}
	return k.Prefix + "_none"
}

// selection has some of a type's fields, and of an abstract type those of its members.
func (a *asking) selection(t *ast.Definition, depth int) string {
	if t.IsAbstractType() {
		s := "{ __typename"
		members := a.schema.GetPossibleTypes(t)
		for _, i := range a.Perm(len(members)) {
			if t.Kind == ast.Union && a.chance(50) { // all at once are long to plan
				continue
			}
			s += " ... on " + members[i].Name + " " + a.selection(members[i], min(depth, 2))
		}
		return s + " }"
	}
	chosen := map[string]bool{}
	s := "{ __typename"
	k := a.catalog.Kind(t.Name)
	wrapped := strings.HasSuffix(t.Name, "Connection") || strings.HasSuffix(t.Name, "Edge") || strings.HasSuffix(t.Name, "Groups")
	for range 3 + a.IntN(4) {
		f := t.Fields[a.IntN(len(t.Fields))]
		leaf := a.schema.Types[f.Type.Name()].IsLeafType()
		if chosen[f.Name] || !leaf && depth <= 0 || !leaf && !wrapped && a.chance(40) {
			continue
		}
		chosen[f.Name] = true
		s += " " + a.field(f, k, depth)
	}
	if f := t.Fields.ForName("edges"); f != nil && !chosen["edges"] && a.chance(80) {
		s += " " + a.field(f, nil, depth+1)
	}
	if f := t.Fields.ForName("node"); f != nil && !chosen["node"] {
		s += " " + a.field(f, nil, depth)
	}
	return s + " }"
}

func (a *asking) kindOf(name, suffix string) *graph.Kind {
	return a.catalog.Kind(strings.TrimSuffix(name, suffix))
}

// usable reports whether a field of an input may be named without being refused for the purpose.
func (a *asking) usable(t *ast.Definition, field string) bool {
	k := a.kindOf(t.Name, "Filter")
	if k == nil {
		k = a.kindOf(t.Name, "Sort")
	}
	if k == nil {
		return true
	}
	if p := k.Property(field); p != nil {
		return a.allowed(p.Category)
	}
	if e := k.Edge(field); e != nil {
		return a.allowed(e.Category)
	}
	return true
}

// input is a random value of an input type.
func (a *asking) input(t *ast.Definition, depth int) string {
	switch {
	case t.Kind == ast.Enum:
		of := a.Rand
		if a.valued(t.Name) {
			of = a.values
		}
		return t.EnumValues[of.IntN(len(t.EnumValues))].Name
	case t.Kind == ast.Scalar:
		return a.scalar(t.Name)
	case t.Name == "MoneyInput":
		return fmt.Sprintf(`{amount: "%d", currency: "%s"}`, a.values.IntN(4)-1, []string{"EUR", "USD"}[a.values.IntN(2)])
	}
	n, oneOf := 1, t.Directives.ForName("oneOf") != nil
	if !oneOf && a.chance(30) {
		n = 2
	}
	var parts []string
	chosen := map[string]bool{}
	for tries := 0; len(parts) < n && tries < 40; tries++ {
		f := t.Fields[a.IntN(len(t.Fields))]
		d := a.schema.Types[f.Type.Name()]
		deeper := d.Kind == ast.InputObject
		if chosen[f.Name] || deeper && depth <= 0 && tries < 30 || !a.usable(t, f.Name) && a.chance(97) {
			continue
		}
		chosen[f.Name] = true
		value := a.input(d, depth-1)
		if f.Type.Elem != nil {
			value = "[" + value + "]"
		}
		parts = append(parts, f.Name+": "+value)
	}
	for _, f := range t.Fields { // what must be given
		if f.Type.NonNull && !chosen[f.Name] {
			parts = append(parts, f.Name+": "+a.input(a.schema.Types[f.Type.Name()], depth-1))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// valued reports whether an enumeration is one that nodes have values of, which are parameters.
func (a *asking) valued(enum string) bool {
	for _, k := range a.catalog.Kinds {
		for _, p := range k.Properties {
			if p.Type == graph.Enum && p.Enum == enum {
				return true
			}
		}
	}
	return false
}

func (a *asking) scalar(name string) string {
	r := a.values
	switch name {
	case "Int":
		return fmt.Sprint([]int{-1, 0, 1, 2, 3, 1980, 2000}[r.IntN(7)])
	case "Float":
		return fmt.Sprint([]string{"-1", "0", "0.5", "1"}[r.IntN(4)])
	case "Boolean": // whether a value is missing is another condition than whether it is there
		return fmt.Sprint(a.chance(50))
	case "ID":
		return strconv.Quote(a.ids[r.IntN(len(a.ids))])
	case "DateTime":
		return strconv.Quote(now.Add(time.Duration(r.IntN(4000)-3000) * time.Hour).Format(time.RFC3339))
	case "Date":
		return strconv.Quote(now.AddDate(0, 0, r.IntN(400)-300).Format(time.DateOnly))
	case "Decimal":
		return strconv.Quote(fmt.Sprint(r.IntN(5)))
	}
	s := a.texts[r.IntN(len(a.texts))]
	if letters := []rune(s); len(letters) > 1 && r.IntN(2) == 0 { // a guess at its beginning
		s = string(letters[:1+r.IntN(2)])
	}
	return strconv.Quote(strings.Map(plainText, s))
}

// sought is a text of the world for a search, of one word or of several, sometimes mistyped, or only its beginning.
func (a *asking) sought(several bool) string {
	for range 50 {
		s := []rune(strings.Map(plainText, a.texts[a.values.IntN(len(a.texts))]))
		if at := a.values.IntN(len(s) + 1); at < len(s) && len(s) > 3 {
			switch a.values.IntN(4) {
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

// plainText keeps what stands in a GraphQL text as it is.
func plainText(r rune) rune {
	if r < ' ' || r > '~' || r == '"' || r == '\\' {
		return -1
	}
	return r
}
