package resolvers

import (
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
)

// A journeyOperation is how the arguments of one are read, and what comes of them: a pointer of a type.
type journeyOperation struct {
	typ  reflect.Type
	read func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error)
}

// operating is an operation that tells a T, which is shown as an R; nil: it is not told.
func operating[T, R any](show func(*T) *R, read func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (*T, error)) journeyOperation {
	return journeyOperation{reflect.TypeFor[*R](), func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		tell := read(p, q, args)
		return func(t *journeys) (any, error) {
			told, err := tell(t)
			return orNil(show, told), err
		}
	}}
}

// orNil is what is shown of something, nil of nothing.
func orNil[T, R any](show func(*T) *R, of *T) *R {
	if of == nil {
		return nil
	}
	return show(of)
}

// journeyOperations are those with arguments.
var journeyOperations = map[string]journeyOperation{
	"pathsBy": operating(pathRowsOf, func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (*journey.PathRows, error) {
		first, paths, by := p.first(args), p.apart(args, "paths", "journeys.pathsBy"), p.dimension(q, args, "journeys.pathsBy")
		between := p.between(args, "journeys.pathsBy")
		return func(t *journeys) (*journey.PathRows, error) { return t.PathsBy(between, by(t.log), first, paths) }
	}),
	"retention": operating(retentionOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*journey.Retained, error) {
		const where = "journeys.retention"
		first := p.first(args)
		q := journey.Returning{From: p.named(args, "from", where), Again: p.named(args, "again", where), Unit: journeyPeriods[text(args["unit"])], Periods: defaultPeriods}
		if args["periods"] != nil {
			q.Periods = p.step(args["periods"], journey.MostPeriods, where+".periods") + 1
		}
		return func(t *journeys) (*journey.Retained, error) { return t.Retention(q, first) }
	}),
	"satisfaction": operating(satisfactionOf, func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (*journey.Satisfied, error) {
		first, of, by := p.first(args), journeyMeasures[text(args["of"])], journeyMeasuredBy[text(args["by"])]
		q.Measures = append(q.Measures, of)
		return func(t *journeys) (*journey.Satisfied, error) { return t.Satisfaction(of, by, first), nil }
	}),
	"map": operating(mapOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*journey.Folded, error) {
		first := p.first(args)
		return func(t *journeys) (*journey.Folded, error) { return new(t.Map(first, true)), nil }
	}),
	"variants": pathsBy((*journey.Telling).Variants),
	"starts":   pathsBy((*journey.Telling).Starts),
	"ends":     pathsBy((*journey.Telling).Ends),
	"paths": operating(pathsOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*journey.Paths, error) {
		first, between := p.first(args), p.between(args, "journeys.paths")
		return func(t *journeys) (*journey.Paths, error) { return t.Paths(between, first) }
	}),
	"steps": operating(stepsOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*journey.Levels, error) {
		first, from, depth := p.first(args), p.named(args, "from", "journeys.steps"), p.depth(args, journey.MostLevels, "journeys.steps")
		return func(t *journeys) (*journey.Levels, error) { return t.Levels(from, depth, first) }
	}),
	"rework": operating(reworksOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*journey.Reworks, error) {
		first := p.first(args)
		return func(t *journeys) (*journey.Reworks, error) { return new(t.Rework(first)), nil }
	}),
	"stages": operating(staysOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*[]journey.Stage, error) {
		stages, exits := p.steps(args, "stages", 2, journey.MostStages, "journeys.stages"), p.named(args, "exits", "journeys.stages")
		return func(t *journeys) (*[]journey.Stage, error) {
			told, err := t.Stages(stages, exits)
			return orNone(told), err
		}
	}),
	"stagesBy": operating(stayRowsOf, func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (*journey.StageRows, error) {
		const where = "journeys.stagesBy"
		first, by := p.first(args), p.dimension(q, args, where)
		stages, exits := p.steps(args, "stages", 2, journey.MostStages, where), p.named(args, "exits", where)
		return func(t *journeys) (*journey.StageRows, error) { return t.StagesBy(stages, exits, by(t.log), first) }
	}),
	"funnelBy": operating(funnelRowsOf, func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (*journey.FunnelRows, error) {
		first, f, by := p.first(args), p.funnel(args, "journeys.funnelBy"), p.dimension(q, args, "journeys.funnelBy")
		return func(t *journeys) (*journey.FunnelRows, error) { return t.FunnelBy(f, by(t.log), first) }
	}),
	"variantsBy": operating(pathRowsOf, func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (*journey.PathRows, error) {
		first, variants, by := p.first(args), p.apart(args, "variants", "journeys.variantsBy"), p.dimension(q, args, "journeys.variantsBy")
		return func(t *journeys) (*journey.PathRows, error) { return t.VariantsBy(by(t.log), first, variants) }
	}),
	"mapBy": operating(mapRowsOf, func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (*journey.MapRows, error) {
		first, edges, by := p.first(args), p.apart(args, "edges", "journeys.mapBy"), p.dimension(q, args, "journeys.mapBy")
		return func(t *journeys) (*journey.MapRows, error) { return t.MapBy(by(t.log), first, edges) }
	}),
	"conformance": operating(conformanceOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*journey.Conformed, error) {
		first, e := p.first(args), p.expectation(args, "journeys.conformance")
		return func(t *journeys) (*journey.Conformed, error) { return t.Conformance(e, first) }
	}),
	"preceded": operating(precededOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*journey.Preceded, error) {
		q := p.preceding(args, "journeys.preceded")
		return func(t *journeys) (*journey.Preceded, error) { return t.Preceded(q) }
	}),
	"attribution": operating(attributionOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*attributed, error) {
		a := p.attribution(args, "journeys.attribution")
		return func(t *journeys) (*attributed, error) {
			told, err := t.Attribute(a)
			return orNil(func(of *journey.Attributed) *attributed { return &attributed{of, a.Models} }, told), err
		}
	}),
	"compare": operating(comparisonOf, func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (*journey.Comparison, error) {
		const where = "journeys.compare"
		first, of := p.first(args), journeyLines[text(args["of"])]
		a, b := p.segment(q, args["a"], where+".a"), p.segment(q, args["b"], where+".b")
		var f journey.Funnel
		switch {
		case of == journey.OfFunnel && args["steps"] == nil:
			p.fail("%s.steps: to be given for FUNNEL", where)
		case of == journey.OfFunnel:
			f = p.funnel(args, where)
		default:
			for _, name := range []string{"steps", "entry", "window", "strict"} {
				if args[name] != nil {
					p.fail("%s.%s: it is of FUNNEL, and shares of %s are asked for", where, name, args["of"])
				}
			}
		}
		return func(t *journeys) (*journey.Comparison, error) {
			if t.log.Segments[a].Small || t.log.Segments[b].Small {
				return nil, nil
			}
			return t.Compare(t.log.In(a), t.log.In(b), of, f, first)
		}
	}),
	"funnel": operating(funnelOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*journey.FoldedFunnel, error) {
		f := p.funnel(args, "journeys.funnel")
		return func(t *journeys) (*journey.FoldedFunnel, error) { return t.Funnel(f) }
	}),
}

func pathsBy(of func(*journey.Telling, int) *journey.Paths) journeyOperation {
	return operating(pathsOf, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (*journey.Paths, error) {
		first := p.first(args)
		return func(t *journeys) (*journey.Paths, error) { return of(t.Telling, first), nil }
	})
}

// gives reports whether the caller gives an argument.
func (p *planner) gives(f graphql.CollectedField, name string) bool {
	arg := f.Arguments.ForName(name)
	if arg == nil || arg.Value.Kind != ast.Variable {
		return arg != nil
	}
	_, given := p.op.Variables[arg.Value.Raw]
	return given
}

// journeyAsked reads a field with its arguments.
func (p *planner) journeyAsked(q *policy.Journeys, f graphql.CollectedField) journeyAsked {
	a, before := journeyAsked{CollectedField: f}, len(q.Measures)
	if op, is := journeyOperations[f.Name]; is {
		args := f.ArgumentMap(p.op.Variables)
		if !p.gives(f, "unit") { // the schema's own is no word of the caller
			delete(args, "unit")
		}
		a.typ, a.of = op.typ, op.read(p, q, args)
	} else if f.Definition.Arguments.ForName("behind") != nil {
		a.behind = p.journeyBehind(q, f)
	}
	a.measures = q.Measures[before:]
	return a
}
