package resolvers

import (
	"cmp"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/stat"
)

var (
	journeyStays = map[string]journey.Outcome{"FORWARD": journey.Forward, "SKIPPED": journey.Skipped, "BACK": journey.Back, "EXITED": journey.Exited, "ENDED": journey.Ended,
		"OPEN": journey.Staying}
	journeyConversions = map[string]journey.Converting{"CONVERTED": journey.ConvertedBehind, "UNCONVERTED": journey.NotConverted, "DIRECT": journey.ConvertedAlone}
	journeySegments    = map[string]journey.Segment{"A": journey.SegmentA, "B": journey.SegmentB, "BOTH": journey.InBoth}
)

// cameBack is the number of a stage's stays of cases that were in it before.
const cameBack = "AGAIN"

// preceding reads what is asked of that which comes before.
func (p *planner) preceding(in map[string]any, where string) journey.Preceding {
	q := journey.Preceding{Events: p.named(in, "events", where), By: p.named(in, "by", where)}
	_, q.Window = p.span(in["window"], where+".window")
	return q
}

// precededNumber finds the cases of a row of what precedes.
func (p *planner) precededNumber(in map[string]any, where string) func(*journeys) ([]int, bool, error) {
	q := p.preceding(in, where)
	return func(t *journeys) ([]int, bool, error) { return t.BehindPreceded(q, text(in["activity"])) }
}

// stayNumber finds the cases behind a number of a stage.
func (p *planner) stayNumber(q *policy.Journeys, in map[string]any, where string) func(*journeys) ([]int, bool, error) {
	stages, exits := p.steps(in, "stages", 2, journey.MostStages, where), p.named(in, "exits", where)
	n := journey.StayNumber{Stage: p.step(in["stage"], len(stages), where+".stage"), Again: in["of"] == cameBack}
	if how, is := journeyStays[text(in["of"])]; is {
		n.How = &how
	}
	row := p.row(q, in, where)
	return func(t *journeys) ([]int, bool, error) {
		n := n
		n.Row = row(t.log)
		return t.BehindStay(stages, exits, n)
	}
}

// attributedNumber finds the cases behind a number of an attribution.
func (p *planner) attributedNumber(in map[string]any, where string) func(*journeys) ([]int, bool, error) {
	a, channel, part := p.attribution(in, where), text(in["channel"]), journeyConversions[text(in["of"])]
	if channel != "" && part != journey.ConvertedBehind {
		p.fail("%s.channel: of channels cases are told that are CONVERTED, and not %s", where, in["of"])
	}
	return func(t *journeys) ([]int, bool, error) { return t.BehindAttributed(a, part, channel) }
}

// comparedNumber finds the cases behind a number of a comparison.
func (p *planner) comparedNumber(q *policy.Journeys, in map[string]any, where string) func(*journeys) ([]int, bool, error) {
	of := journeyLines[text(in["of"])]
	a, b := p.segment(q, in["a"], where+".a"), p.segment(q, in["b"], where+".b")
	n := journey.ComparedNumber{Segment: journeySegments[text(in["in"])], Activities: p.named(in, "activities", where)}
	var f journey.Funnel
	step, given := in["funnel"].(map[string]any)
	switch {
	case given != (of == journey.OfFunnel):
		p.fail("%s.funnel: it is given where shares of FUNNEL are compared, and nowhere else", where)
	case given && n.Activities != nil:
		p.fail("%s.activities: of FUNNEL the line is that of the funnel's step", where)
	case given:
		f = p.funnel(step, where+".funnel")
		n.Step = p.step(step["step"], len(f.Steps), where+".funnel.step")
		for _, name := range []string{"status", "exits", "matured", "by", "unit", "zone", "first", "value"} {
			if step[name] != nil {
				p.fail("%s.funnel.%s: a comparison has none, and counts all that have no time left", where, name)
			}
		}
	}
	return func(t *journeys) ([]int, bool, error) {
		if t.log.Segments[a].Small || t.log.Segments[b].Small {
			return nil, false, nil
		}
		return t.BehindCompared(t.log.In(a), t.log.In(b), of, f, n)
	}
}

// row is which of the rows by value a number is of; none: of all.
func (p *planner) row(q *policy.Journeys, in map[string]any, where string) func(*policy.EventLog) *journey.Row {
	if in["by"] == nil {
		for _, of := range []string{"unit", "zone", "first", "value"} {
			if in[of] != nil {
				p.fail("%s.%s: it is of a row, and by says what tells rows apart: give both, or neither", where, of)
			}
		}
		return func(*policy.EventLog) *journey.Row { return nil }
	}
	args := maps.Clone(in)
	if args["unit"] == nil {
		delete(args, "unit")
	}
	first, by := p.apart(args, "first", where), p.dimension(q, args, where)
	return func(l *policy.EventLog) *journey.Row {
		return &journey.Row{By: by(l), First: first, Value: text(in["value"])}
	}
}

// journeyModels are the models, by their places in the package.
var journeyModels = []string{journey.FirstTouch: "FIRST", journey.LastTouch: "LAST", journey.Linear: "LINEAR", journey.TimeDecay: "TIME_DECAY", journey.Position: "POSITION",
	journey.Markov: "MARKOV", journey.Shapley: "SHAPLEY"}

const (
	// halfLife is that of TIME_DECAY where none is given.
	halfLife = "P7D"
	// farApart is how far apart the shares of a channel lie if models diverge over it.
	farApart = 0.05
)

// attribution reads what conversions are to be credited to.
func (p *planner) attribution(args map[string]any, where string) (a journey.Attribution) {
	a.Conversions, a.Channels = p.named(args, "conversions", where), p.named(args, "channels", where)
	for _, name := range p.named(args, "models", where) {
		m := journey.Model(slices.Index(journeyModels, name)) // the parser has checked it
		if slices.Contains(a.Models, m) {
			p.fail("%s.models: %s is there twice", where, name)
		}
		a.Models = append(a.Models, m)
	}
	for m := journey.FirstTouch; args["models"] == nil && m < journey.Shapley; m++ {
		a.Models = append(a.Models, m)
	}
	_, a.Window = p.span(args["window"], where+".window")
	if !slices.Contains(a.Models, journey.TimeDecay) {
		p.without(args, where, "it is of TIME_DECAY, which is not asked for", "halfLife")
	}
	_, a.HalfLife = p.span(cmp.Or(args["halfLife"], any(halfLife)), where+".halfLife")
	return a
}

type journeyAttribution struct {
	Channels            []journeyChannel
	Converted           int
	Unconverted, Direct *int `null:"BEHAVIOUR"`
	Diverges            bool
}

type journeyChannel struct {
	Channel  string
	Cases    *int `null:"BEHAVIOUR"`
	Credits  []journeyCredit
	Removal  **float64 `null:"BEHAVIOUR"` // a null within it is of a model that was not asked for
	Spread   float64
	Diverges bool
}

type journeyCredit struct {
	Model              string
	Conversions, Share *float64 `null:"BEHAVIOUR"`
}

// An attributed tells what conversions are credited to, by models that were asked for.
type attributed struct {
	*journey.Attributed
	asked []journey.Model
}

func attributionOf(a *attributed) *journeyAttribution {
	cases := func(t *journey.Tally) *int { return orNil(func(t *journey.Tally) *int { return &t.Cases }, t) }
	digits := func(f float64) *float64 { return new(stat.Rounded(f)) }
	out := &journeyAttribution{Converted: a.Converted.Cases, Unconverted: cases(a.Unconverted), Direct: cases(a.Direct)}
	for _, c := range a.Channels {
		one := journeyChannel{Channel: c.Name, Cases: cases(c.Touched), Spread: stat.Rounded(c.Spread), Diverges: c.Spread > farApart}
		var removal *float64
		if c.Removal != nil {
			removal = digits(*c.Removal)
		}
		if removal != nil || !slices.Contains(a.asked, journey.Markov) {
			one.Removal = &removal
		}
		for _, m := range a.asked {
			credit := journeyCredit{Model: journeyModels[m]}
			if told := c.Credits[m]; told != nil {
				credit.Conversions, credit.Share = digits(told.Conversions), digits(told.Share)
			}
			one.Credits = append(one.Credits, credit)
		}
		out.Channels, out.Diverges = append(out.Channels, one), out.Diverges || one.Diverges
	}
	return out
}
