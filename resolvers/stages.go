package resolvers

import (
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
)

type stageSpell struct {
	Stage    string
	From     graph.Time
	To       *graph.Time
	Duration *float64
}

// stageHistory are the stages that a deal was in.
func stageHistory(w *writer, deal tree) *[]stageSpell {
	m := w.moment(deal)
	all, kept := deal.versions("stage", m.At, m.Known)
	if !kept {
		all = []graph.Version{{From: graph.FirstInstant, Value: deal.value("stage")}}
	}
	out := []stageSpell{}
	for i, v := range slices.Backward(all) {
		s := stageSpell{Stage: text(v.Value), From: v.From}
		until := m.At
		if i > 0 {
			until = all[i-1].From
			s.To = &until
		}
		if s.From != graph.FirstInstant && (open(s.Stage) || i > 0) {
			s.Duration = new(float64(until-v.From) / 1e6)
		}
		if s.Stage != "" {
			out = append(out, s)
		}
	}
	return &out
}

// timeInStage is how long a deal has been in its stage, in seconds.
func timeInStage(w *writer, deal tree) *float64 {
	d := w.dealOf(deal)
	if !d.Open || d.StageSince == 0 {
		return nil
	}
	return new(float64(w.moment(deal).At-d.StageSince) / 1e6)
}

// slips are when a deal's expected close was put off.
func slips(w *writer, deal tree) *[]committee.Slip { return new(w.dealOf(deal).Slips()) }

// open reports whether a deal in a stage is neither won nor lost.
func open(stage string) bool { return stage != committee.Won && stage != committee.Lost }

// dealOf reads what a deal was at the moment.
func (w *writer) dealOf(t tree) *committee.Deal {
	m := w.moment(t)
	was := func(name string) (v any, since graph.Time) {
		switch all, kept := t.versions(name, m.At, m.Known); {
		case len(all) > 0:
			return all[0].Value, max(0, all[0].From)
		case kept: // nobody knew of any yet
			return nil, 0
		}
		return t.value(name), 0
	}
	d := &committee.Deal{}
	stage, since := was("stage")
	d.Stage, d.StageSince = text(stage), since
	d.Open = open(d.Stage)
	amount, since := was("amount")
	if sum, ok := amount.(graph.Money); ok {
		d.Amount, d.AmountSince = &sum, since
	}
	closes, _ := t.versions("expectedClose", m.At, m.Known)
	for _, v := range slices.Backward(closes) {
		if day, ok := v.Value.(int64); ok {
			d.Closes = append(d.Closes, committee.Expected{Since: v.From, Day: graph.Date(day)})
		}
	}
	return d
}
