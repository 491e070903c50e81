package resolvers

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
)

// mostBehind is how many nodes behind a number are read as a list.
const mostBehind = 100_000

var journeyStatuses = map[string]journey.Status{"CONTINUED": journey.Continued, "DROPPED": journey.Dropped, "OPEN": journey.StillOpen, "OTHER": journey.Other, "FILTERED": journey.Filtered}

var journeyFates = map[string]journey.Fate{"CAME": journey.CameAgain, "GONE": journey.WentAway, "OPEN": journey.MayCome}

// A journeyBehind is the list of nodes that stand behind a number.
type journeyBehind struct {
	planner *planner
	lists   []*graph.List // it, and what is counted beside it
	chosen  *graph.Test   // that they do
	within  string        // where the fields stand with which errors of cases begin
	// cases finds them. Not ok: the number is not told.
	cases func(*journeys) (cases []int, ok bool, err error)
	// reached finds them where no journey says who they are; nil: one does.
	reached func(w *writer, accounts bool) (ids []any, ok bool, err error)
}

// journeyBehind plans the list, of nodes that are yet to be found.
func (p *planner) journeyBehind(q *policy.Journeys, f graphql.CollectedField) *journeyBehind {
	args, where := f.ArgumentMap(p.op.Variables), strings.Join(p.path, ".")+".behind"
	b := &journeyBehind{planner: p, chosen: &graph.Test{ID: true, Op: graph.In, By: "a number of journeys"}}
	number, _ := args["behind"].(map[string]any)
	keys := given(number)
	if len(keys) != 1 {
		p.fail("%s: exactly one key is to be given, not %d", where, len(keys))
		return b
	}
	key := keys[0]
	in, fields := number[key].(map[string]any)
	if b.within = where; fields {
		b.within += "." + key
	}
	at := where + "." + key
	switch key {
	case "all":
		if number["all"] != true {
			p.fail("%s: it is true, or another number is meant", at)
		}
		b.cases = func(t *journeys) ([]int, bool, error) { return t.Behind(), true, nil }
	case "activity":
		b.cases = func(t *journeys) ([]int, bool, error) { return t.BehindActivity(text(number["activity"])) }
	case "edge":
		b.cases = func(t *journeys) ([]int, bool, error) { return t.BehindEdge(text(in["from"]), text(in["to"])) }
	case "variant":
		variant := p.named(number, "variant", where)
		b.cases = func(t *journeys) ([]int, bool, error) { return t.BehindVariant(variant) }
	case "path":
		between, activities := p.between(in, at), p.named(in, "activities", at)
		b.cases = func(t *journeys) ([]int, bool, error) { return t.BehindPath(between, activities) }
	case "step":
		funnel := p.funnel(in, at)
		n := journey.StepNumber{Step: p.step(in["step"], len(funnel.Steps), at+".step"), Matured: in["matured"] == true}
		if s, is := in["status"].(string); is {
			n.Status = new(journeyStatuses[s])
		}
		row := p.row(q, in, at)
		b.cases = func(t *journeys) ([]int, bool, error) {
			n := n
			n.Row = row(t.log)
			return t.BehindStep(funnel, n)
		}
	case "deviation":
		e := p.expectation(in, at)
		deviation := p.deviation(in, len(e.Steps), at)
		b.cases = func(t *journeys) ([]int, bool, error) { return t.BehindDeviation(e, deviation) }
	case "returning":
		b.cases = p.returning(in, at)
	case "measured":
		b.cases = p.measured(q, in, at)
	case "again":
		b.cases = func(t *journeys) ([]int, bool, error) { return t.BehindAgain(text(number["again"])) }
	case "preceded":
		b.cases = p.precededNumber(in, at)
	case "stay":
		b.cases = p.stayNumber(q, in, at)
	case "attributed":
		b.cases = p.attributedNumber(in, at)
	case "compared":
		b.cases = p.comparedNumber(q, in, at)
	}
	if key == "exposed" {
		b.reached, b.chosen.By = p.exposed(in, at), "that a hidden event reached them"
	}
	b.lists = p.all(f, p.Catalog.MustKind(strings.TrimSuffix(f.Definition.Type.Name(), "Connection")))
	for _, l := range b.lists {
		l.Filter = both(&graph.Filter{Test: b.chosen}, l.Filter)
	}
	p.then(b.lists)
	return b
}

// returning finds those of whom a retention tells.
func (p *planner) returning(in map[string]any, where string) func(*journeys) ([]int, bool, error) {
	ask := journey.Returning{From: p.named(in, "from", where), Again: p.named(in, "again", where), Unit: journeyPeriods[text(in["unit"])]}
	period, err := whole(in["period"])
	if err != nil || period < 0 || period > journey.MostPeriods {
		p.fail("%s.period: from 0 to %d, not %v", where, journey.MostPeriods, in["period"])
	}
	var fate *journey.Fate
	if s, is := in["fate"].(string); is {
		fate = new(journeyFates[s])
	}
	return func(t *journeys) ([]int, bool, error) {
		return t.BehindReturn(ask, text(in["value"]), int(period), fate)
	}
}

// measured finds those who say how it was, or do not.
func (p *planner) measured(q *policy.Journeys, in map[string]any, where string) func(*journeys) ([]int, bool, error) {
	of, by := journeyMeasures[text(in["of"])], journeyMeasuredBy[text(in["by"])]
	n := journey.MeasuredNumber{Activities: p.named(in, "activities", where), Value: text(in["value"])}
	q.Measures = append(q.Measures, of)
	if said, given := in["answered"].(bool); given {
		n.Answered = &said
	}
	return func(t *journeys) ([]int, bool, error) { return t.BehindMeasured(of, by, n) }
}

// nodes writes the nodes behind a number.
func (a journeyAsked) nodes(w *writer, j *journeys) bool {
	of := a.behind.lists[0].Nodes[0].Kind
	if of != j.definition.of {
		return w.fail(a.Field, graph.Invalid("journeys.%s: cases are %s, and they stand behind its numbers", a.Name, j.definition.of.Plural))
	}
	if !a.told(w, j) {
		return false
	}
	if a.behind.reached != nil && !of.Person && of.Name != accountKind {
		return w.fail(a.Field, graph.Invalid("journeys.%s.behind.exposed: customers and accounts are exposed, and not %s", a.Name, of.Plural))
	}
	ids, ok, err := a.ids(w, j)
	if err != nil {
		return w.fail(a.Field, err)
	}
	if !ok {
		return w.tooFew(graph.CategoryBehaviour)
	}
	if len(ids) > mostBehind {
		return w.fail(a.Field, graph.Invalid("journeys.%s.behind: %d stand behind it, and at most %d are told apart: choose fewer by the definition", a.Name, len(ids), mostBehind))
	}
	if slices.ContainsFunc(a.behind.lists, func(l *graph.List) bool { return l.Rows }) {
		slices.SortFunc(ids, graph.Compare) // where a store finds them faster
	}
	a.behind.chosen.Value, a.behind.chosen.Listed = ids, a.behind.cases != nil // a log has those that stand in lists
	p := a.behind.planner.planned(a.behind.lists)
	r, err := w.read(p.fetch(w.o.now))
	if err != nil {
		return w.fail(a.Field, err)
	}
	c := bindTo(w, p, r, func(b *binder, planned, guarded []*graph.List) *connection {
		return b.connection(planned[0], guarded[0], a.CollectedField)
	})
	return c.write(w, r.Asked[0], &r.Lists[0], set{r.Asked, r.Lists})
}

// ids are those of the nodes behind a number. Not ok: the number is not told.
func (a journeyAsked) ids(w *writer, j *journeys) (ids []any, ok bool, err error) {
	if a.behind.reached != nil {
		ids, ok, err = a.behind.reached(w, !j.definition.of.Person)
		_, told := j.log.IDs(nil)
		return ids, ok && told, err
	}
	cases, ok, err := a.behind.cases(j)
	if err != nil {
		return nil, false, graph.Invalid("%s.%v", a.behind.within, err)
	}
	ids, told := j.log.IDs(cases)
	return ids, ok && told, nil
}

// exposed finds whom a hidden event reached, customers or companies.
func (p *planner) exposed(in map[string]any, where string) func(w *writer, accounts bool) ([]any, bool, error) {
	aware, ofAware := in["aware"].(bool)
	matched, ofMatched := in["matched"].(bool)
	if ofAware && ofMatched {
		p.fail("%s: aware, or matched, but not both: each is of another number", where)
	}
	span := "within"
	if ofMatched {
		span = "window"
	}
	for _, name := range []string{"within", "window"} {
		if name != span && in[name] != nil {
			p.fail("%s.%s: it is of %s", where, name, map[string]string{"within": "aware", "window": "matched, which is not given"}[name])
		}
	}
	within := p.exposing(in, span, where)
	return func(w *writer, accounts bool) ([]any, bool, error) {
		q := &policy.Exposing{Event: w.o.hidden.Resolve(text(in["event"])), Find: true, Within: within, Now: w.o.now, Accounts: accounts}
		if ofMatched {
			got, err := w.o.Aftermath(w.ctx, q)
			if err != nil {
				return nil, false, err
			}
			w.untold(got.Denied, false)
			ids, ok := got.IDs(matched)
			return ids, ok, nil
		}
		if ofAware && accounts {
			return nil, false, graph.Invalid("%s.aware: customers are heard of, and not accounts", where)
		}
		got, err := w.o.Exposed(w.ctx, q)
		if err != nil {
			return nil, false, err
		}
		w.untold(got.Denied, false)
		var heard *bool
		if ofAware {
			heard = &aware
		}
		ids, ok := got.IDs(heard)
		return ids, ok, nil
	}
}
