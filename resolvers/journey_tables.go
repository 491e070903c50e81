package resolvers

import "github.com/kithgraph/kith/graph/journey"

// Types of what journeys come to by value, by segment and by stage, as the schema has them.

// journeyRows are what is told by value: each case, or entry, is in one row, or in Other.
type journeyRows[R, T any] struct {
	Rows   []R
	Other  T
	Values int
}

type (
	journeyFunnelRows = journeyRows[journeyFunnelRow, *journeyFunnel]
	journeyMapRows    = journeyRows[journeyMapRow, *journeyMap]
	journeyPathRows   = journeyRows[journeyPathRow, *journeyPaths]
	journeyStayRows   = journeyRows[journeyStayRow, *[]journeyStay]
)

type journeyFunnelRow struct {
	Value  *string
	Funnel *journeyFunnel
}

type journeyMapRow struct {
	Value *string
	Map   *journeyMap
}

type journeyPathRow struct {
	Value *string
	Paths *journeyPaths
}

type journeyStayRow struct {
	Value  *string
	Stages *[]journeyStay
}

// rowValue is what rows are told apart by; nil: nobody knows it.
func rowValue(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func rowsOf[S, R, T any](rows []S, row func(S) R, other T, values int) *journeyRows[R, T] {
	out := &journeyRows[R, T]{Other: other, Values: values}
	for _, r := range rows {
		out.Rows = append(out.Rows, row(r))
	}
	return out
}

func funnelRowsOf(f *journey.FunnelRows) *journeyFunnelRows {
	if f == nil {
		return nil
	}
	return rowsOf(f.Rows, func(r journey.FunnelRow) journeyFunnelRow {
		return journeyFunnelRow{rowValue(r.Value), funnelOf(r.FoldedFunnel)}
	}, funnelOf(f.Other), f.Values)
}

func mapRowsOf(m *journey.MapRows) *journeyMapRows {
	if m == nil {
		return nil
	}
	return rowsOf(m.Rows, func(r journey.MapRow) journeyMapRow { return journeyMapRow{rowValue(r.Value), mapOf(&r.Folded)} }, mapOf(m.Other), m.Values)
}

func pathRowsOf(p *journey.PathRows) *journeyPathRows {
	if p == nil {
		return nil
	}
	return rowsOf(p.Rows, func(r journey.PathRow) journeyPathRow { return journeyPathRow{rowValue(r.Value), pathsOf(&r.Paths)} }, pathsOf(p.Other), p.Values)
}

func stayRowsOf(s *journey.StageRows) *journeyStayRows {
	if s == nil {
		return nil
	}
	return rowsOf(s.Rows, func(r journey.StageRow) journeyStayRow { return journeyStayRow{rowValue(r.Value), staysOf(r.Stages)} }, staysOf(s.Other), s.Values)
}

type journeyComparison struct {
	A, B, Both, Other int
	Lines             []journeyDifference
}

type journeyDifference struct {
	Activities                                 []string
	A, B                                       journeyShare
	Difference, Low, High, Effect, P, Adjusted float64
}

type journeyShare struct {
	Cases, Of int
	Share     float64
}

func comparisonOf(c *journey.Comparison) *journeyComparison {
	if c == nil {
		return nil
	}
	out := &journeyComparison{A: c.A.Cases, B: c.B.Cases, Both: c.Both.Cases, Other: c.Other}
	share := func(s journey.Share) journeyShare { return journeyShare{s.Cases, s.Of, s.Share()} }
	for _, l := range c.Lines {
		out.Lines = append(out.Lines, journeyDifference{l.Activities, share(l.A), share(l.B), l.Difference, l.Low, l.High, l.Effect, l.P, l.Adjusted})
	}
	return out
}

type journeyReworks struct {
	Rows  []journeyRework
	Again *int `null:"BEHAVIOUR"`
	Other int
}

type journeyRework struct {
	Activity               string
	Cases                  int
	Again, Repeats, Direct *int     `null:"BEHAVIOUR"`
	Share                  *float64 `null:"BEHAVIOUR"`
	journeySpread
}

func reworksOf(r journey.Reworks) *journeyReworks {
	out := &journeyReworks{Other: r.Other}
	if r.Again != nil {
		out.Again = &r.Again.Cases
	}
	for _, row := range r.Rows {
		one := journeyRework{Activity: row.Name, Cases: row.Cases, journeySpread: spreadOf(row.Spread)}
		if row.Again != nil {
			share := float64(row.Again.Cases) / float64(row.Cases)
			one.Again, one.Repeats, one.Direct, one.Share = &row.Again.Cases, row.Repeats, row.Direct, &share
		}
		out.Rows = append(out.Rows, one)
	}
	return out
}

type journeyStay struct {
	Activities                                                []string
	Stays, Forward, Skipped, Back, Exited, Ended, Open, Again *journeyCount `null:"BEHAVIOUR"`
	Survival                                                  *float64
	journeySpread
}

func staysOf(stages []journey.Stage) *[]journeyStay {
	if stages == nil {
		return nil
	}
	out := make([]journeyStay, len(stages))
	for i, s := range stages {
		of := func(o journey.Outcome) *journeyCount { return countOf(s.Outcomes[o], s.Often) }
		out[i] = journeyStay{Activities: s.Activities, Stays: countOf(s.Stays, s.Often), Forward: of(journey.Forward), Skipped: of(journey.Skipped), Back: of(journey.Back),
			Exited: of(journey.Exited), Ended: of(journey.Ended), Open: of(journey.Staying), Again: countOf(s.Again, s.Often), journeySpread: spreadOf(s.Spread)}
		if s.Survival != nil {
			seconds := float64(*s.Survival) / 1e6
			out[i].Survival = &seconds
		}
	}
	return &out
}

type journeyPreceded struct {
	Events    int
	Rows      []journeyPrecededRow
	None      *int `null:"BEHAVIOUR"`
	NoneCases *int `null:"BEHAVIOUR"`
	Other     int
}

type journeyPrecededRow struct {
	Activity        string
	Events          int
	Cases           *int `null:"BEHAVIOUR"`
	Share, Expected float64
}

func precededOf(p *journey.Preceded) *journeyPreceded {
	if p == nil {
		return nil
	}
	out := &journeyPreceded{Events: p.Events, None: p.None, NoneCases: p.NoneCases, Other: p.Other}
	for _, r := range p.Rows {
		out.Rows = append(out.Rows, journeyPrecededRow(r))
	}
	return out
}
