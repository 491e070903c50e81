package resolvers

import "github.com/kithgraph/kith/graph/journey"

var journeyMeasures = map[string]journey.Measure{"SATISFACTION": journey.Satisfaction, "SENTIMENT": journey.Sentiment}

var journeyMeasuredBy = map[string]journey.MeasuredBy{"VARIANT": journey.ByVariant, "STEP": journey.ByStep, "WEEK": journey.ByWeek, "MONTH": journey.ByMonth}

type journeySatisfaction struct {
	All    journeyMean
	Rows   []journeyMeanRow
	Other  *journeyMean
	Values int
}

type journeyMeanRow struct {
	Activities []string
	Value      *string
	Mean       journeyMean
}

type journeyMean struct {
	Cases, Answered int
	Mean, Low, High *float64
}

func satisfactionOf(s *journey.Satisfied) *journeySatisfaction {
	if s == nil {
		return nil
	}
	out := &journeySatisfaction{All: journeyMean(s.All), Other: (*journeyMean)(s.Other), Values: s.Rest}
	for _, r := range s.Rows {
		out.Rows = append(out.Rows, journeyMeanRow{r.Activities, rowValue(r.Value), journeyMean(r.Measured)})
	}
	return out
}
