package asking

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Disguised asks what an operation asks by other means: aliases, fields that are selected twice and are to be merged, fragments on the
// type itself and on its interfaces, and parts that the variables $yes and $no, which are Booleans, include or skip.
func Disguised(rng *rand.Rand, schema *ast.Schema, operation string) (string, error) {
	doc, err := understood(schema, operation)
	if err != nil {
		return "", err
	}
	d := disguise{Rand: rng, schema: schema, used: map[string]bool{}}
	op := doc.Operations[0]
	names(op.SelectionSet)
	op.SelectionSet = d.set(op.SelectionSet)
	for _, name := range []string{"yes", "no"} {
		if d.used[name] {
			value := &ast.Value{Kind: ast.BooleanValue, Raw: fmt.Sprint(name == "yes")}
			op.VariableDefinitions = append(op.VariableDefinitions, &ast.VariableDefinition{Variable: name, Type: ast.NonNullNamedType("Boolean", nil), DefaultValue: value})
		}
	}
	return written(doc), nil
}

// Plain asks the same, and gives fields of a union's members names that no other member's have: else most would conflict.
func Plain(schema *ast.Schema, operation string) (string, error) {
	doc, err := understood(schema, operation)
	if err != nil {
		return "", err
	}
	names(doc.Operations[0].SelectionSet)
	return written(doc), nil
}

// Identified asks for the id, too, of each node, and of those that are told only by the cursors of their page.
func Identified(schema *ast.Schema, operation string) (string, error) {
	doc, err := understood(schema, operation)
	if err != nil {
		return "", err
	}
	op := doc.Operations[0]
	op.SelectionSet = identified(schema, schema.Query, op.SelectionSet)
	return written(doc), nil
}

func identified(schema *ast.Schema, of *ast.Definition, set ast.SelectionSet) ast.SelectionSet {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if s.Definition != nil && len(s.SelectionSet) > 0 {
				s.SelectionSet = identified(schema, schema.Types[s.Definition.Type.Name()], s.SelectionSet)
			}
		case *ast.InlineFragment:
			s.SelectionSet = identified(schema, schema.Types[s.TypeCondition], s.SelectionSet)
		}
	}
	node := schema.Types["Node"]
	if nodes := of.Fields.ForName("nodes"); nodes != nil && asksAPage(set) {
		if ids := identified(schema, schema.Types[nodes.Type.Name()], nil); len(ids) > 0 {
			return append(set, &ast.Field{Alias: nodes.Name, Name: nodes.Name, Definition: nodes, ObjectDefinition: of, SelectionSet: ids})
		}
	}
	if slices.Contains(of.Interfaces, node.Name) {
		return append(set, &ast.Field{Alias: "id", Name: "id", Definition: of.Fields.ForName("id"), ObjectDefinition: of})
	}
	if of.IsAbstractType() && slices.ContainsFunc(schema.GetPossibleTypes(of), func(m *ast.Definition) bool { return slices.Contains(m.Interfaces, node.Name) }) {
		// Those of which nothing is asked are there, too.
		id := &ast.Field{Alias: "id", Name: "id", Definition: node.Fields.ForName("id"), ObjectDefinition: node}
		set = append(set, &ast.InlineFragment{TypeCondition: node.Name, ObjectDefinition: node, SelectionSet: ast.SelectionSet{id}})
	}
	return set
}

func asksAPage(set ast.SelectionSet) bool {
	return slices.ContainsFunc(set, func(s ast.Selection) bool {
		switch s := s.(type) {
		case *ast.Field:
			return s.Name == "pageInfo" || s.Name == "edges"
		case *ast.InlineFragment:
			return asksAPage(s.SelectionSet)
		}
		return false
	})
}

func names(set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			names(s.SelectionSet)
		case *ast.InlineFragment:
			for _, m := range s.SelectionSet {
				if f, ok := m.(*ast.Field); ok && f.Name != "__typename" && f.Name != "id" {
					f.Alias = f.Name + "Of" + s.TypeCondition
				}
			}
			names(s.SelectionSet)
		}
	}
}

// understood is an operation with the definitions of its fields. What is not allowed in it is not looked for.
func understood(schema *ast.Schema, operation string) (*ast.QueryDocument, error) {
	doc, err := parser.ParseQuery(&ast.Source{Input: operation})
	if err == nil {
		validator.ValidateWithRules(schema, doc, rules.NewRules())
	}
	return doc, err
}

func written(doc *ast.QueryDocument) string {
	var b strings.Builder
	formatter.NewFormatter(&b).FormatQueryDocument(doc)
	return b.String()
}

// Varied has variables in the place of arguments, and three sets of values for them: as they stood, and twice others, null, or nothing.
// ids are those that there are.
func Varied(rng *rand.Rand, schema *ast.Schema, operation string, ids []string) (string, [3]map[string]any, error) {
	sets := [3]map[string]any{{}, {}, {}}
	doc, err := understood(schema, operation)
	if err != nil {
		return "", sets, err
	}
	op := doc.Operations[0]
	for _, d := range op.VariableDefinitions {
		for i := range sets {
			if rng.IntN(2) == 0 {
				sets[i][d.Variable] = rng.IntN(2) == 0
			}
		}
	}
	known := map[string]string{}
	var visit func(ast.SelectionSet)
	visit = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.InlineFragment:
				visit(s.SelectionSet)
			case *ast.Field:
				for _, a := range s.Arguments {
					if a.Value.Kind != ast.Variable {
						// Fields that are merged have the same arguments.
						where := strings.Join([]string{s.Alias, s.Name, a.Name, a.Value.String()}, " ")
						if known[where] == "" {
							name, t := fmt.Sprintf("v%d", len(op.VariableDefinitions)), s.Definition.Arguments.ForName(a.Name).Type
							op.VariableDefinitions = append(op.VariableDefinitions, &ast.VariableDefinition{Variable: name, Type: t})
							vary(rng, a.Value, t, name, sets, ids)
							known[where] = name
						}
						a.Value = &ast.Value{Kind: ast.Variable, Raw: known[where]}
					}
				}
				visit(s.SelectionSet)
			}
		}
	}
	visit(op.SelectionSet)
	return written(doc), sets, nil
}

// vary gives a variable its values.
func vary(rng *rand.Rand, literal *ast.Value, t *ast.Type, name string, sets [3]map[string]any, ids []string) {
	v, err := literal.Value(nil)
	if err != nil {
		panic(err) // there is no variable in it
	}
	for i := range sets {
		sets[i][name] = v
		switch {
		case i == 0:
		case t.Name() == "ID" && t.Elem == nil && rng.IntN(4) > 0:
			sets[i][name] = ids[rng.IntN(len(ids))]
		case t.Name() == "Int" && rng.IntN(3) > 0:
			sets[i][name] = 1 + rng.IntN(5)
		case t.NonNull || rng.IntN(3) == 0:
		case rng.IntN(2) == 0:
			sets[i][name] = nil
		default:
			delete(sets[i], name)
		}
	}
}

type disguise struct {
	*rand.Rand
	schema  *ast.Schema
	used    map[string]bool // variables
	aliases int
}

func (d *disguise) chance(n int) bool { return d.IntN(100) < n }

func (d *disguise) set(set ast.SelectionSet) ast.SelectionSet {
	var out ast.SelectionSet
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			s.SelectionSet = d.set(s.SelectionSet)
			out = append(out, d.field(s)...)
		case *ast.InlineFragment:
			s.SelectionSet = d.set(s.SelectionSet)
			out = append(out, s)
		}
	}
	return out
}

// field is a field in other words.
func (d *disguise) field(f *ast.Field) ast.SelectionSet {
	switch d.IntN(12) {
	case 0: // under another name, beside its own: the one that Plain gives it, and a number
		d.aliases++
		again := *f
		again.Alias = fmt.Sprintf("%s_%d", f.Alias, d.aliases)
		return ast.SelectionSet{f, &again}
	case 1: // twice, to be merged, each with a part of what is selected
		if n := len(f.SelectionSet); n > 1 {
			first, second := *f, *f
			first.SelectionSet, second.SelectionSet = f.SelectionSet[:n/2+1], f.SelectionSet[n/2:]
			return ast.SelectionSet{&first, &second}
		}
		return ast.SelectionSet{f, f}
	case 2:
		return ast.SelectionSet{&ast.InlineFragment{TypeCondition: d.condition(f), SelectionSet: ast.SelectionSet{f}}}
	case 3:
		return ast.SelectionSet{&ast.InlineFragment{SelectionSet: ast.SelectionSet{f}, Directives: d.directive()}}
	case 4:
		again := *f
		again.Directives = d.directive()
		return ast.SelectionSet{&again}
	}
	return ast.SelectionSet{f}
}

// condition is a type that a field may be asked of: its own, or an interface of it that has the field.
func (d *disguise) condition(f *ast.Field) string {
	for _, name := range f.ObjectDefinition.Interfaces {
		if d.schema.Types[name].Fields.ForName(f.Name) != nil && d.chance(50) {
			return name
		}
	}
	return f.ObjectDefinition.Name
}

func (d *disguise) directive() ast.DirectiveList {
	name, variable := "include", "yes"
	if d.chance(50) {
		name, variable = "skip", "no"
	}
	d.used[variable] = true
	value := &ast.Value{Kind: ast.Variable, Raw: variable}
	return ast.DirectiveList{{Name: name, Arguments: ast.ArgumentList{{Name: "if", Value: value}}}}
}
