package resolvers

import (
	"math"
	"reflect"
	"slices"

	"github.com/99designs/gqlgen/graphql"

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

// tooFew notes that too few persons stand behind what is asked.
func (w *writer) tooFew(of graph.Category) {
	w.note(&policy.Withheld{Reason: policy.SmallGroup, Category: of})
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
		for _, m := range a.measures {
			if w.note(j.log.Denied[m]) {
				return false
			}
		}
		if j.Telling == nil {
			w.tooFew(graph.CategoryBehaviour)
			return false
		}
		v, err := a.of(j)
		if err != nil {
			return w.fail(a.Field, graph.Invalid("journeys.%s.%v", a.Name, err))
		}
		value := reflect.ValueOf(v)
		if value.IsNil() {
			w.tooFew(graph.CategoryBehaviour)
			return false
		}
		return write(w, value)
	})
}

// total is a field that tells of all that the definition leaves.
func total(of func(*journey.Telling) int) func(*writer, *journeys) bool {
	return func(w *writer, j *journeys) bool {
		if j.Telling == nil {
			w.tooFew(graph.CategoryBehaviour)
			return false
		}
		return w.leaf(graph.Int, int64(of(j.Telling)))
	}
}

// apart is a field that tells of single events.
func apart(t graph.Type, of func(*journey.Telling) int64) func(*writer, *journeys) bool {
	return func(w *writer, j *journeys) bool {
		if j.Telling == nil || !j.Whole() {
			w.tooFew(graph.CategoryBehaviour)
			return false
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
			w.tooFew(graph.CategoryBehaviour)
			return false
		}
		return total(func(t *journey.Telling) int { return t.Events })(w, j)
	},
}
