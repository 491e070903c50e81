package resolvers

import (
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
)

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
	Value  string
	Funnel *journeyFunnel
}

type journeyMapRow struct {
	Value string
	Map   *journeyMap
}

type journeyPathRow struct {
	Value string
	Paths *journeyPaths
}

type journeyStayRow struct {
	Value  string
	Stages *[]journeyStay
}

func rowsOf[S, R, T any](rows []S, row func(S) R, other T, values int) *journeyRows[R, T] {
	return &journeyRows[R, T]{graph.Map(rows, row), other, values}
}

func funnelRowsOf(f *journey.FunnelRows) *journeyFunnelRows {
	return rowsOf(f.Rows, func(r journey.FunnelRow) journeyFunnelRow {
		return journeyFunnelRow{r.Value, orNil(funnelOf, r.FoldedFunnel)}
	}, orNil(funnelOf, f.Other), f.Values)
}

func mapRowsOf(m *journey.MapRows) *journeyMapRows {
	return rowsOf(m.Rows, func(r journey.MapRow) journeyMapRow { return journeyMapRow{r.Value, mapOf(&r.Folded)} }, orNil(mapOf, m.Other), m.Values)
}

func pathRowsOf(p *journey.PathRows) *journeyPathRows {
	return rowsOf(p.Rows, func(r journey.PathRow) journeyPathRow { return journeyPathRow{r.Value, pathsOf(&r.Paths)} }, orNil(pathsOf, p.Other), p.Values)
}

func stayRowsOf(s *journey.StageRows) *journeyStayRows {
	return rowsOf(s.Rows, func(r journey.StageRow) journeyStayRow {
		return journeyStayRow{r.Value, orNil(staysOf, orNone(r.Stages))}
	}, orNil(staysOf, orNone(s.Other)), s.Values)
}

type journeyComparison struct {
	A, B, Both, Other int
	Lines             []journey.Difference
}

func comparisonOf(c *journey.Comparison) *journeyComparison {
	return &journeyComparison{c.A.Cases, c.B.Cases, c.Both.Cases, c.Other, c.Lines}
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

func reworksOf(r *journey.Reworks) *journeyReworks {
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

// orNone is a list that may be told, nil where it is not.
func orNone[T any](list []T) *[]T {
	if list == nil {
		return nil
	}
	return &list
}

func staysOf(stages *[]journey.Stage) *[]journeyStay {
	out := make([]journeyStay, len(*stages))
	for i, s := range *stages {
		of := func(o journey.Outcome) *journeyCount { return countOf(s.Outcomes[o], s.Often) }
		out[i] = journeyStay{Activities: s.Activities, Stays: countOf(s.Stays, s.Often), Forward: of(journey.Forward), Skipped: of(journey.Skipped), Back: of(journey.Back),
			Exited: of(journey.Exited), Ended: of(journey.Ended), Open: of(journey.Staying), Again: countOf(s.Again, s.Often), journeySpread: spreadOf(s.Spread)}
		if s.Survival != nil {
			out[i].Survival = new(float64(*s.Survival) / 1e6)
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
	rows := graph.Map(p.Rows, func(r journey.PrecededRow) journeyPrecededRow { return journeyPrecededRow(r) })
	return &journeyPreceded{Events: p.Events, Rows: rows, None: p.None, NoneCases: p.NoneCases, Other: p.Other}
}

// defaultPeriods are those behind a first event that are told where it is not said how many.
const defaultPeriods = 12

type journeyRetention struct {
	All    journeyCohort
	Rows   []journeyCohort
	Other  *journeyCohort
	Values int
}

type journeyCohort struct {
	Value   string
	Cases   int
	Periods []*journey.Return `null:"BEHAVIOUR"`
}

func retentionOf(r *journey.Retained) *journeyRetention {
	rows := graph.Map(r.Rows, func(c journey.Cohort) journeyCohort { return journeyCohort(c) })
	return &journeyRetention{journeyCohort(r.All), rows, (*journeyCohort)(r.Other), r.Values}
}

type journeySatisfaction struct {
	All    journey.Measured
	Rows   []journeyMeanRow
	Other  *journey.Measured
	Values int
}

type journeyMeanRow struct {
	Activities []string
	Value      string
	Mean       journey.Measured
}

func satisfactionOf(s *journey.Satisfied) *journeySatisfaction {
	rows := graph.Map(s.Rows, func(r journey.MeasuredRow) journeyMeanRow { return journeyMeanRow{r.Activities, r.Value, r.Measured} })
	return &journeySatisfaction{s.All, rows, s.Other, s.Rest}
}
