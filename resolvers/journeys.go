package resolvers

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
)

// journeys are what is told of journeys by one definition. No Telling: too few persons stand behind it.
type journeys struct {
	asOf       graph.Time
	definition *journeyDefinition
	log        *policy.EventLog
	*journey.Telling
}

// journeys answers with what a definition leaves.
func (w *writer) journeys(f graphql.CollectedField) (bool, error) {
	p := w.planner(w.op, w.o)
	p.path = []string{f.Name}
	d := p.journeyDefinition(p.definitionIn(f.ArgumentMap(p.op.Variables)))
	if p.err != nil { // what is asked of journeys is read by whose they are
		return false, p.err
	}
	q := &policy.Journeys{Of: d.of, Now: w.o.now, Cases: d.chosen}
	asked := make([]journeyAsked, 0, 8)
	for _, g := range p.collect(f.Selections) {
		p.path = []string{f.Name, g.Name}
		asked = append(asked, p.journeyAsked(q, g))
	}
	if p.err != nil {
		return false, p.err
	}
	if w.note(w.o.viewer.Root(d.of)) {
		return false, nil
	}
	log, err := w.o.Journeys(w.ctx, q)
	if err != nil {
		return false, err
	}
	w.noteStrands(d.of, log.Unseen)
	how, err := log.Define(d.mapping())
	if err != nil {
		return false, graph.Invalid("journeys.definition.%v", err)
	}
	how.Repeats, how.Idle = d.repeats, d.idle
	how.From, how.To = d.from, d.to
	t, err := log.Tell(how)
	if err != nil {
		return false, graph.Invalid("journeys.definition: %v", err)
	}
	told := &journeys{w.o.now, d, log, t}
	var fields object[*journeys]
	for _, a := range asked {
		fields = append(fields, a.bind(&binder{planner: p}))
	}
	return fields.write(w, told), nil
}

// noteStrands notes the kinds of events that the purpose does not see, and others that it does not, once for each reason.
func (w *writer) noteStrands(k *graph.Kind, unseen []*policy.Withheld) {
	for _, s := range k.Timeline.Strands {
		unseen = append(unseen, w.o.viewer.Strand(s))
	}
	var noted []policy.Withheld
	for _, no := range unseen {
		if no != nil && !slices.Contains(noted, *no) {
			noted = append(noted, *no)
			w.note(no)
		}
	}
}

// tooFew notes that too few persons stand behind what is asked, which is null.
func (w *writer) tooFew(of graph.Category) (told bool) {
	return !w.note(&policy.Withheld{Reason: policy.SmallGroup, Category: of})
}

// A journeyAsked is a field of Journeys with its arguments.
type journeyAsked struct {
	graphql.CollectedField
	typ reflect.Type
	// of gives the value, a pointer that is nil where too few persons stand behind it. Nil: the field is a list of nodes, or one of a table.
	of     func(*journeys) (any, error)
	behind *journeyBehind // nil: the field is no list of nodes
	// measures are what it tells of beside events.
	measures []journey.Measure
}

// bind binds the field.
func (a journeyAsked) bind(b *binder) field[*journeys] {
	if a.Name == "__typename" {
		return constant[*journeys](a.CollectedField, a.ObjectDefinition.Name)
	}
	if a.behind != nil {
		return fieldOf(a.CollectedField, a.nodes)
	}
	if a.of == nil {
		return fieldOf(a.CollectedField, journeysFields[a.Name])
	}
	write := b.plain(a.typ, a.Definition.Type, a.Selections)
	return fieldOf(a.CollectedField, func(w *writer, j *journeys) bool {
		if !a.told(w, j) {
			return false
		}
		v, err := a.of(j)
		if err != nil {
			return w.fail(a.Field, graph.Invalid("journeys.%s.%v", a.Name, err))
		}
		if value := reflect.ValueOf(v); !value.IsNil() {
			return write(w, value)
		}
		return w.tooFew(graph.CategoryBehaviour)
	})
}

// told reports whether anything is told at all, and notes why not.
func (a journeyAsked) told(w *writer, j *journeys) bool {
	for _, m := range a.measures {
		if w.note(j.log.Denied[m]) {
			return false
		}
	}
	return j.Telling != nil || w.tooFew(graph.CategoryBehaviour)
}

// total is a field that tells of all that the definition leaves.
func total(of func(*journey.Telling) int) func(*writer, *journeys) bool {
	return func(w *writer, j *journeys) bool {
		if j.Telling == nil {
			return w.tooFew(graph.CategoryBehaviour)
		}
		return w.leaf(graph.Int, int64(of(j.Telling)))
	}
}

// apart is a field that tells of single events.
func apart(t graph.Type, of func(*journey.Telling) int64) func(*writer, *journeys) bool {
	return func(w *writer, j *journeys) bool {
		if j.Telling == nil || !j.Whole() {
			return w.tooFew(graph.CategoryBehaviour)
		}
		v := of(j.Telling)
		return v != math.MinInt64 && w.leaf(t, v)
	}
}

// journeysFields are the fields of Journeys without arguments.
var journeysFields = table[*journeys]{
	"asOf":       func(w *writer, j *journeys) bool { return w.leaf(graph.Instant, int64(j.asOf)) },
	"definition": func(w *writer, j *journeys) bool { return w.text(j.definition.text) },
	"hash":       func(w *writer, j *journeys) bool { return w.text(j.definition.hash) },
	"horizon":    apart(graph.Instant, (*journey.Telling).Horizon),
	"tied":       apart(graph.Int, func(t *journey.Telling) int64 { return int64(t.Tied) }),
	"cases":      total(func(t *journey.Telling) int { return t.Cases }),
	"persons":    total(func(t *journey.Telling) int { return t.Persons }),
	"events": func(w *writer, j *journeys) bool {
		if j.Telling != nil && !j.Often() {
			return w.tooFew(graph.CategoryBehaviour)
		}
		return total(func(t *journey.Telling) int { return t.Events })(w, j)
	},
}

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
	read := p.journeyDefinition(in)
	if p.err != nil {
		return errors.New(strings.TrimPrefix(p.err.Error(), definitionPath+"."))
	}
	m := read.mapping()
	if err := m.Check(); err != nil {
		return err
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
