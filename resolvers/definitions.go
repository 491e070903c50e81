package resolvers

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
)

// Definitions of journeys that have names. Nil has none.
type Definitions struct {
	resolver *Resolver // that reads them
	document *ast.QueryDocument
	of       map[string]map[string]any
}

// NewDefinitions has none yet. Options are those of the Resolver that is to have them, of which Catalog, Schema, MaxPage and MaxPlanning matter.
func NewDefinitions(o Options) (*Definitions, error) {
	o.limit()
	doc, errs := gqlparser.LoadQueryWithRules(o.Schema, "query($definition: JourneyDefinition!) { journeys(definition: $definition) { hash } }", nil)
	if len(errs) > 0 {
		return nil, errs
	}
	return &Definitions{&Resolver{Options: o}, doc, map[string]map[string]any{}}, nil
}

// Add takes in a definition as a request would have it in a variable, from JSON whose numbers are json.Number. The error begins with the way to the
// field that is wrong, as cases.customers.name.
func (d *Definitions) Add(name string, definition map[string]any) error {
	if _, twice := d.of[name]; twice {
		return fmt.Errorf("there is a definition %q already", name)
	}
	values, err := validator.VariableValues(d.resolver.Schema, d.document.Operations[0], map[string]any{"definition": definition})
	if err != nil {
		var wrong *gqlerror.Error
		if !errors.As(err, &wrong) {
			return err
		}
		path := strings.TrimPrefix(wrong.Path.String(), "variable.definition")
		return fmt.Errorf("%s: %s", strings.TrimPrefix(path, "."), wrong.Message)
	}
	in := values["definition"].(map[string]any)
	p := &planner{Resolver: d.resolver}
	if p.journeyDefinition(in); p.err != nil {
		return errors.New(strings.TrimPrefix(p.err.Error(), definitionPath+"."))
	}
	d.of[name] = in
	return nil
}

// Len is how many definitions there are.
func (d *Definitions) Len() int {
	if d == nil {
		return 0
	}
	return len(d.of)
}

// definitionIn is the definition that arguments of journeys ask for: the named one, with the fields of the other in the place of its own.
func (p *planner) definitionIn(args map[string]any) map[string]any {
	own, _ := args["definition"].(map[string]any)
	name, is := args["named"].(string)
	if !is {
		if own == nil {
			p.fail("journeys: either definition or named is to be given, or both")
		}
		return own
	}
	var known map[string]map[string]any
	if p.Definitions != nil {
		if d := p.Definitions(); d != nil {
			known = d.of
		}
	}
	out, is := known[name]
	if !is {
		has := "no definition has a name here"
		if len(known) > 0 {
			has = "known are " + strings.Join(slices.Sorted(maps.Keys(known)), ", ")
		}
		p.fail("journeys.named: there is no definition %q; %s", name, has)
		return nil
	}
	out = maps.Clone(out)
	for _, field := range given(own) {
		out[field] = own[field]
	}
	return out
}
