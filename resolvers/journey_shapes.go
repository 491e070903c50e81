package resolvers

import "github.com/kithgraph/kith/graph/journey"

// The types of what journeys come to, as the schema has them. Times are seconds.

type journeySpread struct{ Median, P90 *float64 }

// spreadOf is how long something took; nil: it took no time, or there was none.
func spreadOf(s *journey.Spread) journeySpread {
	if s == nil {
		return journeySpread{}
	}
	median, p90 := s.Median/1e6, s.P90/1e6
	return journeySpread{&median, &p90}
}

type journeyMap struct {
	Activities []journeyActivity
	Edges      []journeyEdge
	Other      journeyMapRest
}

type journeyActivity struct {
	Activity               string
	Events, Cases, Persons int
}

type journeyEdge struct {
	From, To               string
	Events, Cases, Persons int
	Share                  float64
	journeySpread
}

type journeyMapRest struct{ Activities, Edges, Events int }

func mapOf(m journey.Folded) *journeyMap {
	out := &journeyMap{Other: journeyMapRest(m.Other)}
	for _, a := range m.Activities {
		out.Activities = append(out.Activities, journeyActivity{a.Name, a.Events, a.Cases, a.Persons})
	}
	for _, e := range m.Edges {
		out.Edges = append(out.Edges, journeyEdge{e.From, e.To, e.Events, e.Cases, e.Persons, e.Share, spreadOf(e.Spread)})
	}
	return out
}

type journeyPaths struct {
	Rows           []journeyPath
	Cases, Persons int
	Other          journeyRest
}

type journeyPath struct {
	Activities      []string
	Cases, Persons  int
	Share, Coverage float64
	journeySpread
}

type journeyRest struct{ Paths, Cases, Persons int }

func pathsOf(p *journey.Paths) *journeyPaths {
	if p == nil {
		return nil
	}
	out := &journeyPaths{Cases: p.Total.Cases, Persons: p.Total.Persons, Other: journeyRest{p.Other.Paths, p.Other.Cases, p.Other.Persons}}
	covered := 0
	for _, r := range p.Rows {
		covered += r.Cases
		out.Rows = append(out.Rows, journeyPath{r.Activities, r.Cases, r.Persons, r.Share, float64(covered) / float64(p.Total.Cases), spreadOf(r.Spread)})
	}
	return out
}

type journeyFunnel struct {
	Steps            []journeyFunnelStep
	Matured, Through *journeyCount
	journeySpread
}

type journeyFunnelStep struct {
	Activities                                         []string
	Entered, Continued, Dropped, Open, Other, Filtered *journeyCount
	journeySpread
}

type journeyCount struct{ Entries, Cases, Persons int }

func countOf(c *journey.Count) *journeyCount {
	if c == nil {
		return nil
	}
	return &journeyCount{c.Entries, c.Cases, c.Persons}
}

func funnelOf(f *journey.FoldedFunnel) *journeyFunnel {
	if f == nil {
		return nil
	}
	out := &journeyFunnel{Matured: countOf(f.Matured), Through: countOf(f.Through), journeySpread: spreadOf(f.Spread)}
	for _, s := range f.Steps {
		of := func(st journey.Status) *journeyCount { return countOf(s.Statuses[st]) }
		out.Steps = append(out.Steps, journeyFunnelStep{s.Activities, countOf(s.Entered), of(journey.Continued), of(journey.Dropped), of(journey.StillOpen),
			of(journey.Other), of(journey.Filtered), spreadOf(s.Spread)})
	}
	return out
}
