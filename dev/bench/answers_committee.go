package bench

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
)

// What is worked out of what is around a deal: the pure functions are Kith's, what they are given and what is shown of it is written for the
// one question.

type object map[string]any

// number is a Float as answers write it.
func number(f float64) json.Number { return json.Number(fmt.Sprintf("%g", f)) }

// shownOr is how a value is shown, nil where there is none.
func shownOr[T any](v *T, of func(T) any) any {
	if v == nil {
		return nil
	}
	return of(*v)
}

func instantOr(v any, none graph.Time) graph.Time {
	if at, ok := v.(int64); ok {
		return graph.Time(at)
	}
	return none
}

// sinceOf is an instant from which something holds, nil where nobody knows.
func sinceOf(t graph.Time) any {
	if t == graph.FirstInstant {
		return nil
	}
	return t.String()
}

func textOr(v any) string {
	s, _ := v.(string)
	return s
}

func said(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// tieOf reads sums, number, and the newest contacts.
func tieOf(v []any) graph.Tie {
	never := graph.Time(graph.Never)
	return graph.Tie{In: float64(v[0].(int64)) / 1e6, Out: float64(v[1].(int64)) / 1e6, N: v[2].(int64),
		LastIn: int64(instantOr(v[3], never)), LastOut: int64(instantOr(v[4], never)), AsOf: v[5].(int64)}
}

// around is what was read around a deal.
type around struct {
	in        committee.Input
	claims    map[string]any
	customers map[string]any
	employees map[string]any
	jobs      map[*committee.Job]any
}

// decidedKept is what decided deals show. None of the world's tells how long its stages took.
func decidedKept(rec []any) any {
	var all []committee.Decided
	for _, deals := range rec[0].([]any) {
		for _, v := range deals.([]any) {
			v := v.([]any)
			d := committee.Decided{Won: v[0] == committee.Won, At: instantOr(v[1], graph.FirstInstant)}
			for _, c := range v[2].([]any) {
				c := c.([]any)
				d.Claims = append(d.Claims, committee.Claim{Role: textOr(c[0]), Recorded: instantOr(c[1], graph.FirstInstant), Retracted: instantOr(c[2], graph.LastInstant)})
			}
			all = append(all, d)
		}
	}
	return committee.Compare(all, committee.Moment{At: graph.At(End), Known: graph.At(End)})
}

func committeeAnswer(rec []any) any {
	now := graph.At(End)
	a := &around{claims: map[string]any{}, customers: map[string]any{}, employees: map[string]any{}, jobs: map[*committee.Job]any{}}
	a.in = committee.Input{Moment: committee.Moment{At: now, Known: now}, Account: textOr(rec[5]), People: map[string]*committee.Person{}, Template: committee.Standard(), Baseline: rec[8].(*committee.Baseline)}
	a.in.Deal = dealOf(rec)
	claims := rec[6].([]any)
	for _, v := range claims[:min(200, len(claims))] {
		a.claim(v.([]any))
	}
	for _, v := range rec[7].([]any) {
		a.person(v.([]any))
	}
	return object{"deal": object{"id": rec[0], "name": rec[1], "committee": a.shown(len(claims) > 200)}}
}

// dealOf reads what a deal is, and since when, from the versions that are kept of it.
func dealOf(rec []any) *committee.Deal {
	d := &committee.Deal{Stage: textOr(rec[2])}
	d.Open = d.Stage != committee.Won && d.Stage != committee.Lost
	if v := rec[3].([]any); v[0] != nil {
		d.Amount = &graph.Money{Amount: v[0].(int64), Currency: v[1].(string)}
	}
	lists := rec[4].([]any)
	if lists[0] == nil {
		return d
	}
	of, at, as := lists[0].([]any), lists[1].([]any), lists[2].([]any)
	for i := range slices.Backward(of) { // the last one in force comes first
		from, known, until := graph.Time(at[4*i].(int64)), graph.Time(at[4*i+1].(int64)), graph.Time(at[4*i+2].(int64))
		if now := graph.At(End); from > now || known > now || until <= now {
			continue
		}
		switch of[i] {
		case "stage":
			d.StageSince = max(0, from)
		case "amount":
			d.AmountSince = max(0, from)
		case "expectedClose":
			if day, err := strconv.ParseInt(as[4*i].(string), 10, 64); err == nil {
				d.Closes = append(d.Closes, committee.Expected{Since: from, Day: graph.Date(day)})
			}
		}
	}
	return d
}

func (a *around) claim(v []any) {
	c := committee.Claim{ID: v[0].(string), Person: v[1].(string), Role: textOr(v[2]), Stance: textOr(v[3]), Confidence: -1,
		From: instantOr(v[5], graph.FirstInstant), To: instantOr(v[6], graph.LastInstant),
		Recorded: instantOr(v[7], graph.FirstInstant), Retracted: instantOr(v[8], graph.LastInstant)}
	if n, ok := v[4].(int64); ok {
		c.Confidence = n
	}
	for _, at := range v[9].([]any) {
		c.Cited = append(c.Cited, graph.Time(at.(int64)))
	}
	a.in.Claims = append(a.in.Claims, c)
	a.claims[c.ID] = object{"id": c.ID, "role": v[2], "stance": v[3], "confidence": scoreOf(v[4])}
}

func (a *around) person(v []any) {
	p := &committee.Person{ID: v[0].(string), Name: textOr(v[1])}
	a.customers[p.ID], a.in.People[p.ID] = named{v[0], v[1]}, p
	jobs := v[2].([]any)
	p.Jobs = make([]committee.Job, len(jobs))
	for i := range jobs {
		j, of := &p.Jobs[i], jobs[i].([]any)
		*j = committee.Job{Account: of[0].(string), From: instantOr(of[6], graph.FirstInstant), To: instantOr(of[7], graph.LastInstant)}
		if limit, ok := of[4].(int64); ok {
			j.Limit = &graph.Money{Amount: limit, Currency: of[5].(string)}
		}
		a.jobs[j] = object{"account": named{of[0], of[1]}, "title": of[2], "seniority": of[3], "from": sinceOf(j.From)}
	}
	for _, k := range v[3].([]any) {
		k := k.([]any)
		t := committee.Tie{With: k[0].(string), Employee: k[2].(bool), Tie: tieOf(k[3:])}
		if p.Ties = append(p.Ties, t); t.Employee {
			a.employees[t.With] = named{k[0], k[1]}
		}
	}
	slices.SortFunc(p.Ties, func(a, b committee.Tie) int { return cmp.Compare(a.With, b.With) })
	p.Contacts = contactsOf(p.ID, v[4].([]any))
}

// contactsOf are a person's, of whom a role counts once where she, or one of our own people, has several in one interaction.
func contactsOf(person string, all []any) (out []committee.Contact) {
	var me graph.Meeting
	for i, c := range all {
		c := c.([]any)
		if me = me.With(person, textOr(c[1])); i+1 < len(all) && all[i+1].([]any)[4] == c[4] {
			continue
		}
		if len(me) == 0 { // it is about her, and she took no part
			continue
		}
		at, origin := c[0].(int64), textOr(c[2])
		contact, ours := committee.Contact{At: graph.Time(at)}, graph.Meeting{}
		for _, other := range c[3].([]any) {
			o := other.([]any)
			ours = ours.With(o[0].(string), o[1].(string))
		}
		for _, other := range ours {
			passed := graph.ContactOf(at, origin, me[0], other, true)
			contact.In, contact.Out = contact.In || passed.In, contact.Out || passed.Out
		}
		if len(ours) > 0 {
			out = append(out, contact)
		}
		me = me[:0]
	}
	return out
}

// shown is all that there is to say of the committee.
func (a *around) shown(truncated bool) object {
	c, changes := committee.At(&a.in), committee.Changes(&a.in)
	out := object{"truncated": truncated, "comparedAt": graph.At(End.Add(-time.Minute)).String(), "liveThreads": c.Threads, "balance": shownOr(c.Balance, asJSON)}
	members, seats, warnings, verdict, log := []any{}, []any{}, []any{}, []any{}, []any{}
	for i := range c.Members {
		members = append(members, a.member(&c.Members[i]))
	}
	for _, s := range c.Seats {
		seats = append(seats, object{"role": s.Role, "expected": s.Expected, "state": s.State, "holders": a.people(s.Holders), "n": s.N})
	}
	for _, w := range c.Warnings {
		warnings = append(warnings, object{"code": w.Code, "state": w.State, "customer": a.customers[w.Person], "since": shownOr(w.Since, instant), "n": w.N,
			"value": shownOr(w.Value, asJSON), "limit": shownOr(w.Limit, asJSON)})
	}
	for _, s := range c.Verdict {
		numbers := []any{}
		for _, n := range s.Numbers {
			numbers = append(numbers, number(n))
		}
		verdict = append(verdict, object{"code": s.Code, "subjects": a.people(s.Subjects), "numbers": numbers, "text": s.Text})
	}
	for _, x := range changes {
		log = append(log, object{"at": sinceOf(x.At), "code": x.Code, "customer": a.customers[x.Person], "role": x.Role, "stance": said(x.Stance), "from": said(x.From)})
	}
	coverage := []any{}
	for _, x := range a.in.Baseline.Coverage(c) {
		share := func(s committee.Share) object {
			return object{"with": s.With, "n": s.N, "low": number(s.Low), "high": number(s.High)}
		}
		coverage = append(coverage, object{"role": x.Role, "state": x.State, "won": share(x.Won), "lost": share(x.Lost)})
	}
	out["coverage"] = coverage
	out["members"], out["seats"], out["warnings"], out["verdict"], out["changes"] = members, seats, warnings, verdict, log
	return out
}

func instant(t graph.Time) any { return t.String() }

func asJSON(f float64) any { return number(f) }

func (a *around) people(ids []string) []any {
	out := []any{}
	for _, id := range ids {
		out = append(out, a.customers[id])
	}
	return out
}

func (a *around) member(m *committee.Member) object {
	competing := []any{}
	for _, c := range m.Claims[1:] {
		competing = append(competing, a.claims[c.ID])
	}
	in, out, gap := m.Rhythm(a.in.At)
	position := func(j *committee.Job) any {
		if j == nil {
			return nil
		}
		return a.jobs[j]
	}
	return object{"customer": a.customers[m.ID], "leadingClaim": a.claims[m.Claims[0].ID], "competingClaims": competing, "tied": m.Tied,
		"position": position(m.Job), "leftAt": shownOr(m.Left, instant), "nextPosition": position(m.Next), "approval": a.approval(m),
		"lastIn": shownOr(in, instant), "lastOut": shownOr(out, instant),
		"medianGap": shownOr(gap, func(n int64) any { return number(float64(n) / 1e6) }), "ties": a.ties(m)}
}

func (a *around) approval(m *committee.Member) string {
	amount := a.in.Deal.Amount
	switch {
	case amount == nil || m.Job == nil || m.Job.Limit == nil || m.Job.Limit.Currency != amount.Currency:
		return "NOT_KNOWN"
	case m.Job.Limit.Amount < amount.Amount:
		return "BELOW"
	}
	return "COVERS"
}

func (a *around) ties(m *committee.Member) []any {
	ours := slices.DeleteFunc(slices.Clone(m.Ties), func(t committee.Tie) bool { return !t.Employee })
	strength := func(t committee.Tie) float64 { return committee.Strength(t.Tie, a.in.At) }
	slices.SortStableFunc(ours, func(x, y committee.Tie) int { return cmp.Compare(strength(y), strength(x)) })
	out := []any{}
	once := func(at int64) any {
		if at == graph.Never {
			return nil
		}
		return graph.Time(at).String()
	}
	for _, t := range ours {
		in, went := t.Decayed(a.in.At)
		out = append(out, object{"employee": a.employees[t.With], "strength": number(strength(t)), "sumIn": number(in), "sumOut": number(went), "n": t.N,
			"lastIn": once(t.LastIn), "lastOut": once(t.LastOut), "live": committee.Live(t.Tie, a.in.At)})
	}
	return out
}
