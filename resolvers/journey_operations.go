package resolvers

import (
	"reflect"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
)

// journeyOperations are those with arguments: how these are read, and what comes of them.
var journeyOperations = map[string]struct {
	typ  reflect.Type
	read func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error)
}{
	"pathsBy": {reflect.TypeFor[*journeyPathRows](), func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first, paths, by := p.first(args), p.apart(args, "paths", "journeys.pathsBy"), p.dimension(q, args, "journeys.pathsBy")
		between := p.between(args, "journeys.pathsBy")
		return func(t *journeys) (any, error) {
			told, err := t.PathsBy(between, by(t.log), first, paths)
			return pathRowsOf(told), err
		}
	}},
	"retention": {reflect.TypeFor[*journeyRetention](), func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		const where = "journeys.retention"
		first := p.first(args)
		q := journey.Returning{From: p.named(args, "from", where), Again: p.named(args, "again", where), Unit: journeyPeriods[text(args["unit"])], Periods: defaultPeriods}
		if args["periods"] != nil {
			q.Periods = p.step(args["periods"], journey.MostPeriods, where+".periods") + 1
		}
		return func(t *journeys) (any, error) {
			told, err := t.Retention(q, first)
			return retentionOf(told), err
		}
	}},
	"satisfaction": {reflect.TypeFor[*journeySatisfaction](), func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first, of, by := p.first(args), journeyMeasures[text(args["of"])], journeyMeasuredBy[text(args["by"])]
		q.Measures = append(q.Measures, of)
		return func(t *journeys) (any, error) { return satisfactionOf(t.Satisfaction(of, by, first)), nil }
	}},
	"map": {reflect.TypeFor[*journeyMap](), func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first := p.first(args)
		return func(t *journeys) (any, error) {
			told := t.Map(first, true)
			return mapOf(&told), nil
		}
	}},
	"variants": {pathsType, pathsBy((*journey.Telling).Variants)},
	"starts":   {pathsType, pathsBy((*journey.Telling).Starts)},
	"ends":     {pathsType, pathsBy((*journey.Telling).Ends)},
	"paths": {pathsType, func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first, between := p.first(args), p.between(args, "journeys.paths")
		return func(t *journeys) (any, error) {
			paths, err := t.Paths(between, first)
			return pathsOf(paths), err
		}
	}},
	"steps": {reflect.TypeFor[*journeySteps](), func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first, from, depth := p.first(args), p.named(args, "from", "journeys.steps"), p.depth(args, journey.MostLevels, "journeys.steps")
		return func(t *journeys) (any, error) {
			told, err := t.Levels(from, depth, first)
			return stepsOf(told), err
		}
	}},
	"rework": {reflect.TypeFor[*journeyReworks](), func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first := p.first(args)
		return func(t *journeys) (any, error) { return reworksOf(t.Rework(first)), nil }
	}},
	"stages": {reflect.TypeFor[*[]journeyStay](), func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		stages, exits := p.steps(args, "stages", 2, journey.MostStages, "journeys.stages"), p.named(args, "exits", "journeys.stages")
		return func(t *journeys) (any, error) {
			told, err := t.Stages(stages, exits)
			return staysOf(told), err
		}
	}},
	"stagesBy": {reflect.TypeFor[*journeyStayRows](), func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		const where = "journeys.stagesBy"
		first, by := p.first(args), p.dimension(q, args, where)
		stages, exits := p.steps(args, "stages", 2, journey.MostStages, where), p.named(args, "exits", where)
		return func(t *journeys) (any, error) {
			told, err := t.StagesBy(stages, exits, by(t.log), first)
			return stayRowsOf(told), err
		}
	}},
	"funnelBy": {reflect.TypeFor[*journeyFunnelRows](), func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first, f, by := p.first(args), p.funnel(args, "journeys.funnelBy"), p.dimension(q, args, "journeys.funnelBy")
		return func(t *journeys) (any, error) {
			told, err := t.FunnelBy(f, by(t.log), first)
			return funnelRowsOf(told), err
		}
	}},
	"variantsBy": {reflect.TypeFor[*journeyPathRows](), func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first, variants, by := p.first(args), p.apart(args, "variants", "journeys.variantsBy"), p.dimension(q, args, "journeys.variantsBy")
		return func(t *journeys) (any, error) {
			told, err := t.VariantsBy(by(t.log), first, variants)
			return pathRowsOf(told), err
		}
	}},
	"mapBy": {reflect.TypeFor[*journeyMapRows](), func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first, edges, by := p.first(args), p.apart(args, "edges", "journeys.mapBy"), p.dimension(q, args, "journeys.mapBy")
		return func(t *journeys) (any, error) {
			told, err := t.MapBy(by(t.log), first, edges)
			return mapRowsOf(told), err
		}
	}},
	"conformance": {reflect.TypeFor[*journeyConformance](), func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first, e := p.first(args), p.expectation(args, "journeys.conformance")
		return func(t *journeys) (any, error) {
			told, err := t.Conformance(e, first)
			return conformanceOf(told), err
		}
	}},
	"preceded": {reflect.TypeFor[*journeyPreceded](), func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		q := p.preceding(args, "journeys.preceded")
		return func(t *journeys) (any, error) {
			told, err := t.Preceded(q)
			return precededOf(told), err
		}
	}},
	"attribution": {reflect.TypeFor[*journeyAttribution](), func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		a := p.attribution(args, "journeys.attribution")
		return func(t *journeys) (any, error) {
			told, err := t.Attribute(a)
			return attributionOf(told, a.Models), err
		}
	}},
	"compare": {reflect.TypeFor[*journeyComparison](), func(p *planner, q *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		const where = "journeys.compare"
		first, of := p.first(args), journeyLines[text(args["of"])]
		a, b := p.segment(q, args["a"], where+".a"), p.segment(q, args["b"], where+".b")
		var f journey.Funnel
		if of == journey.OfFunnel {
			f = p.funnel(args, where)
		} else {
			for _, name := range []string{"steps", "entry", "window", "strict"} {
				if args[name] != nil {
					p.fail("%s.%s: it is of FUNNEL, and shares of %s are asked for", where, name, args["of"])
				}
			}
		}
		return func(t *journeys) (any, error) {
			if t.log.Segments[a].Small || t.log.Segments[b].Small {
				return (*journeyComparison)(nil), nil
			}
			told, err := t.Compare(t.log.In(a), t.log.In(b), of, f, first)
			return comparisonOf(told), err
		}
	}},
	"funnel": {reflect.TypeFor[*journeyFunnel](), func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		f := p.funnel(args, "journeys.funnel")
		return func(t *journeys) (any, error) {
			told, err := t.Funnel(f)
			return funnelOf(told), err
		}
	}},
}

var pathsType = reflect.TypeFor[*journeyPaths]()

func pathsBy(of func(*journey.Telling, int) *journey.Paths) func(*planner, *policy.Journeys, map[string]any) func(*journeys) (any, error) {
	return func(p *planner, _ *policy.Journeys, args map[string]any) func(*journeys) (any, error) {
		first := p.first(args)
		return func(t *journeys) (any, error) { return pathsOf(of(t.Telling, first)), nil }
	}
}

// journeyAsked reads a field with its arguments.
func (p *planner) journeyAsked(q *policy.Journeys, f graphql.CollectedField) journeyAsked {
	a, before := journeyAsked{CollectedField: f}, len(q.Measures)
	if op, is := journeyOperations[f.Name]; is {
		a.typ, a.of = op.typ, op.read(p, q, f.ArgumentMap(p.op.Variables))
	} else if f.Definition.Arguments.ForName("behind") != nil {
		a.behind = p.journeyBehind(q, f)
	}
	a.measures = q.Measures[before:]
	return a
}
