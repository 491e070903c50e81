package resolvers

import (
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/stat"
)

// The types of what journeys come to, as the schema has them. Times are seconds.

type journeySpread struct{ Median, P90 *float64 }

// spreadOf is how long something took; nil: it took no time, or there was none.
func spreadOf(s *journey.Spread) journeySpread {
	if s == nil {
		return journeySpread{}
	}
	return journeySpread{new(s.Median / 1e6), new(s.P90 / 1e6)}
}

type journeyMap struct {
	Activities []journeyActivity
	Edges      []journeyEdge
	Other      journeyMapRest
}

type journeyActivity struct {
	Activity       string
	Events         *int `null:"BEHAVIOUR"`
	Cases, Persons int
}

type journeyEdge struct {
	From, To       string
	Events         *int `null:"BEHAVIOUR"`
	Cases, Persons int
	Share          *float64 `null:"BEHAVIOUR"`
	journeySpread
}

type journeyMapRest struct {
	Activities, Edges int
	Events            *int `null:"BEHAVIOUR"`
}

// often is a number of how often; nil: it is told only in how many cases.
func often[T any](told bool, n T) *T {
	if !told {
		return nil
	}
	return &n
}

func mapOf(m *journey.Folded) *journeyMap {
	out := &journeyMap{Other: journeyMapRest{m.Other.Activities, m.Other.Edges, often(m.Often, m.Other.Events)}}
	for _, a := range m.Activities {
		out.Activities = append(out.Activities, journeyActivity{a.Name, often(m.Often, a.Events), a.Cases, a.Persons})
	}
	for _, e := range m.Edges {
		out.Edges = append(out.Edges, journeyEdge{e.From, e.To, often(m.Often, e.Events), e.Cases, e.Persons, often(m.Often, e.Share), spreadOf(e.Spread)})
	}
	return out
}

type journeyPaths struct {
	Rows           []journeyPath
	Cases, Persons int
	Other          journey.Rest
}

type journeyPath struct {
	Activities      []string
	Cases, Persons  int
	Share, Coverage float64
	journeySpread
}

func pathsOf(p *journey.Paths) *journeyPaths {
	out := &journeyPaths{Cases: p.Total.Cases, Persons: p.Total.Persons, Other: p.Other}
	covered := 0
	for _, r := range p.Rows {
		covered += r.Cases
		out.Rows = append(out.Rows, journeyPath{r.Activities, r.Cases, r.Persons, r.Share, float64(covered) / float64(p.Total.Cases), spreadOf(r.Spread)})
	}
	return out
}

type journeySteps struct {
	Places         []journey.PlaceCount
	Links          []journeyLink
	Cases, Persons int
	Other          int
}

type journeyLink struct {
	Level          int
	From, To       string
	Cases, Persons int
}

func stepsOf(l *journey.Levels) *journeySteps {
	links := graph.Map(l.Links, func(k journey.Link) journeyLink {
		return journeyLink{Level: k.From.Level, From: k.From.Activity, To: k.To.Activity, Cases: k.Cases, Persons: k.Persons}
	})
	return &journeySteps{Places: l.Places, Links: links, Cases: l.Total.Cases, Persons: l.Total.Persons, Other: l.Other}
}

type journeyFunnel struct {
	Steps            []journeyFunnelStep
	Matured, Through *journeyCount   `null:"BEHAVIOUR"`
	Curve            *[]journeyPoint `null:"BEHAVIOUR"`
	journeySpread
}

type journeyPoint struct{ Within, Share float64 }

type journeyFunnelStep struct {
	Activities                                         []string
	Entered, Continued, Dropped, Open, Other, Filtered *journeyCount `null:"BEHAVIOUR"`
	journeySpread
}

type journeyCount struct {
	Entries        *int `null:"BEHAVIOUR"`
	Cases, Persons int
}

// countOf is a count. told: how many entries it has is told, too.
func countOf(c *journey.Count, told bool) *journeyCount {
	if c == nil {
		return nil
	}
	return &journeyCount{often(told, c.Entries), c.Cases, c.Persons}
}

func funnelOf(f *journey.FoldedFunnel) *journeyFunnel {
	out := &journeyFunnel{Matured: countOf(f.Matured, f.Often), Through: countOf(f.Through, f.Often), journeySpread: spreadOf(f.Spread)}
	if f.Curve != nil {
		points := graph.Map(f.Curve, func(p journey.Point) journeyPoint {
			return journeyPoint{float64(p.Within) / 1e6, stat.Rounded(p.Share)}
		})
		out.Curve = &points
	}
	for _, s := range f.Steps {
		of := func(st journey.Status) *journeyCount { return countOf(s.Statuses[st], f.Often) }
		out.Steps = append(out.Steps, journeyFunnelStep{s.Activities, countOf(s.Entered, f.Often), of(journey.Continued), of(journey.Dropped), of(journey.StillOpen),
			of(journey.Other), of(journey.Filtered), spreadOf(s.Spread)})
	}
	return out
}
