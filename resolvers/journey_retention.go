package resolvers

import "github.com/kithgraph/kith/graph/journey"

// defaultPeriods are those behind a first event that are told where it is not said how many.
const defaultPeriods = 12

type journeyRetention struct {
	All    journeyCohort
	Rows   []journeyCohort
	Other  *journeyCohort
	Values int
}

type journeyCohort struct {
	Value   *string
	Cases   int
	Periods []*journeyReturn `null:"BEHAVIOUR"`
}

type journeyReturn struct {
	Came, Gone, Open int
	Share            *float64
}

func retentionOf(r *journey.Retained) *journeyRetention {
	if r == nil {
		return nil
	}
	out := &journeyRetention{All: cohortOf(r.All), Values: r.Values}
	for _, c := range r.Rows {
		out.Rows = append(out.Rows, cohortOf(c))
	}
	if r.Other != nil {
		other := cohortOf(*r.Other)
		out.Other = &other
	}
	return out
}

func cohortOf(c journey.Cohort) journeyCohort {
	out := journeyCohort{Value: rowValue(c.Value), Cases: c.Cases}
	for _, p := range c.Periods {
		out.Periods = append(out.Periods, (*journeyReturn)(p))
	}
	return out
}
