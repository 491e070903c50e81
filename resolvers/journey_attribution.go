package resolvers

import (
	"cmp"
	"slices"

	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/stat"
)

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
