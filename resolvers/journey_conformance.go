package resolvers

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/kithgraph/kith/graph/journey"
)

// journeyDeviations are the ways to deviate, by their places in the package.
var journeyDeviations = []string{journey.Missing: "MISSING", journey.Extra: "EXTRA", journey.Swapped: "SWAPPED", journey.Late: "LATE"}

// expectation reads a journey as it should be.
func (p *planner) expectation(args map[string]any, where string) (e journey.Expectation) {
	e.Steps = p.steps(args, "expected", 1, journey.MostExpected, where)
	if args["optional"] != nil {
		for i, v := range elements(args["optional"]) {
			n := p.step(v, len(e.Steps), fmt.Sprintf("%s.optional[%d]", where, i))
			if slices.Contains(e.Optional, n) {
				p.fail("%s.optional: %d is there twice", where, n+1)
			}
			e.Optional = append(e.Optional, n)
		}
	}
	_, e.Within = p.span(args["within"], where+".within")
	costs, _ := args["costs"].(map[string]any)
	if args["within"] == nil {
		p.without(costs, where+".costs", "nothing is late without within", "late")
	}
	for what, key := range []string{"missing", "extra", "swapped", "late"} {
		e.Costs[what] = 1000
		if costs[key] != nil {
			e.Costs[what] = p.thousandths(costs[key], journey.MostCost, where+".costs."+key)
		}
	}
	return e
}

// step reads the number of one of several steps, and gives its place.
func (p *planner) step(v any, of int, where string) int {
	n, err := whole(v)
	if err != nil || n < 1 || int(n) > of {
		p.fail("%s: from 1 to %d, not %v", where, of, v)
	}
	return int(n) - 1
}

// thousandths reads a number that has at most three digits behind the point.
func (p *planner) thousandths(v any, most int64, where string) int64 {
	f, err := strconv.ParseFloat(number(v), 64)
	n := math.Round(f * 1000)
	if exact := n >= 0 && n <= float64(most) && math.Abs(f*1000-n) < 1e-6; err != nil || !exact {
		p.fail("%s: from 0 to %d, with at most three digits behind the point, not %v", where, most/1000, v)
		return 0
	}
	return int64(n)
}

// deviation reads one of a conformance; nil: those that do not deviate are meant.
func (p *planner) deviation(in map[string]any, steps int, where string) *journey.Deviation {
	kind, is := in["kind"].(string)
	d := &journey.Deviation{Step: -1}
	of := ""
	if is {
		if d.What, of = journey.Deviating(slices.Index(journeyDeviations, kind)), "step"; d.What == journey.Extra {
			of = "activity"
		}
	}
	for _, key := range []string{"step", "activity"} {
		switch {
		case key == of && in[key] == nil:
			p.fail("%s: of %s the %s is to be given", where, kind, key)
		case key != of && in[key] != nil && !is:
			p.fail("%s.%s: without a kind those that conform are meant", where, key)
		case key != of && in[key] != nil:
			p.fail("%s.%s: of %s the %s is given", where, key, kind, of)
		}
	}
	if is && d.What == journey.Late && in["within"] == nil {
		p.fail("%s.kind: nothing is LATE without within", where)
	}
	switch of {
	case "step":
		d.Step = p.step(in["step"], steps, where+".step")
	case "activity":
		d.Activities = []string{text(in["activity"])}
	default:
		return nil
	}
	return d
}

type journeyConformance struct {
	Conforming    *int     `null:"BEHAVIOUR"`
	Cost, Fitness *float64 `null:"BEHAVIOUR"`
	Rows          []journeyDeviation
	Other         *journeyDeviationRest `null:"BEHAVIOUR"`
	Variants      []journey.Aligned
}

type journeyDeviation struct {
	Kind           string
	Step           *int
	Activities     []string
	Events         *int `null:"BEHAVIOUR"`
	Cases, Persons int
}

type journeyDeviationRest struct {
	Deviations int
	Events     *int `null:"BEHAVIOUR"`
}

func conformanceOf(c *journey.Conformed) *journeyConformance {
	out := &journeyConformance{Cost: c.Cost, Fitness: c.Fitness, Variants: c.Variants}
	if c.Other != nil {
		out.Other = &journeyDeviationRest{c.Other.Deviations, often(c.Often, c.Other.Events)}
	}
	if c.Conforming != nil {
		out.Conforming = &c.Conforming.Cases
	}
	for _, d := range c.Rows {
		row := journeyDeviation{journeyDeviations[d.What], nil, d.Activities, often(c.Often, d.Events), d.Cases, d.Persons}
		if d.What != journey.Extra {
			row.Step = new(d.Step + 1)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
