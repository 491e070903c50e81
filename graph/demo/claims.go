package demo

import (
	"fmt"

	"github.com/kithgraph/kith/graph"
)

// cited is an interaction that a claim may rest on.
type cited struct {
	ref
	at  int64
	who *actor // whom it was with
}

// assertion is a claim.
type assertion struct {
	id           string
	role, stance string
	confidence   int // in hundredths, -1: not said
	from, to     int64
	recorded     int64
	retracted    int64 // 0: it was no error
	origin       string
	about        *actor
	on           ref
	by           *actor // nil where no employee says so
	cites        []cited
}

func (a assertion) ref() ref { return ref{"Claim", a.id} }

// claim adds a claim, once it has been made, if its person is known by then.
func (w *world) claim(a assertion) bool {
	if !w.over(a.recorded) || !w.shown(a.about) || a.recorded < a.about.from {
		return false
	}
	set := graph.Values{"role": a.role, "stance": a.stance, "recordedAt": a.recorded, "claimOrigin": a.origin, "to": w.passed(min(a.to, a.about.to))}
	if a.from != 0 {
		set["from"] = a.from
	}
	if a.retracted != 0 && w.over(a.retracted) {
		set["retractedAt"] = a.retracted
	}
	if a.origin == "RULE" {
		set["rule"] = "job-titles-2"
	}
	if a.confidence >= 0 {
		set["confidence"] = int64(a.confidence) * 10_000
	}
	w.node(a.ref(), set)
	w.link("ABOUT", a.ref(), a.about.ref, nil)
	w.link("ON", a.ref(), a.on, nil)
	if a.by != nil {
		w.link("BY", a.ref(), a.by.ref, nil)
	}
	for _, c := range a.cites {
		if w.in(c.at) {
			w.link("CITES", a.ref(), c.ref, nil)
		}
	}
	return true
}

func (w *world) disputed(a, by assertion) {
	w.link("DISPUTED_BY", a.ref(), by.ref(), nil)
}

// roles are what the holders of seats are claimed to be, with how they mostly stand.
var roles = [][]string{
	{"DECISION_MAKER", "EXECUTIVE_SPONSOR", "ECONOMIC_BUYER"},
	{"CHAMPION", "DECISION_MAKER", "INFLUENCER"},
	{"USER", "EVALUATOR", "COACH", "CHAMPION"},
	{"PROCUREMENT", "GATEKEEPER"},
	{"ECONOMIC_BUYER", "BLOCKER", "DECISION_MAKER"},
	{"TECHNICAL_BUYER", "EVALUATOR", "BLOCKER"},
	{"LEGAL", "GATEKEEPER"},
}

func stance(r *stream, role string) string {
	switch role {
	case "CHAMPION", "COACH", "EXECUTIVE_SPONSOR":
		return "SUPPORTIVE"
	case "BLOCKER":
		return "OPPOSED"
	}
	return pick(r, []string{"SUPPORTIVE", "SUPPORTIVE", "NEUTRAL", "NEUTRAL", "UNKNOWN", "OPPOSED"})
}

// productionSeat is that of those who run what is made, who want a deal or do not: those that are won have a champion there.
const productionSeat = 1

// wanted is the role there in a deal that will be won, or not.
func wanted(won bool, role string) string {
	switch {
	case won:
		return "CHAMPION"
	case role == "CHAMPION":
		return "INFLUENCER"
	}
	return role
}

// committee adds what is claimed of those whom the deal has to do with, from the second stage on.
func (w *world) committee(o *opportunity, evidence []cited) {
	for k, s := range w.seats[o.account-1] {
		r := w.stream("claim "+o.id, k)
		if !r.chance(620) {
			continue
		}
		recorded := o.moves[0] + int64(r.between(1, 240))*hour
		if recorded >= o.closed() {
			continue
		}
		p := s.at(recorded)
		if p == nil {
			continue
		}
		a := assertion{
			id: fmt.Sprintf("cla-%s-%c", o.id[4:], 'a'+k), role: pick(r, roles[k]), confidence: r.between(35, 95), recorded: recorded, origin: "EMPLOYEE",
			from: o.opened, to: forever, about: &p.actor, on: o.ref(), by: o.team[r.below(len(o.team))].who,
		}
		if k == productionSeat {
			a.role = wanted(o.won, a.role)
		}
		a.stance = stance(r, a.role)
		switch r.below(12) {
		case 0:
			a.origin, a.by, a.from = "IMPORT", nil, 0
		case 1:
			a.origin, a.by, a.role, a.confidence = "RULE", nil, "INFLUENCER", 40
		case 2:
			a.role, a.stance, a.confidence = "UNKNOWN", "UNKNOWN", -1
		case 3:
			if recorded/hour%4 == 0 { // it was somebody else of that name
				a.retracted = recorded + 9*24*hour
			}
		}
		for _, e := range evidence {
			if e.who == a.about && e.at < recorded && len(a.cites) < 2 {
				a.cites = append(a.cites, e)
			}
		}
		if !w.claim(a) || !r.chance(160) {
			continue
		}
		b := a
		b.id, b.recorded, b.origin, b.cites = a.id+"2", recorded+int64(r.between(20, 300))*hour, "EMPLOYEE", nil
		b.by, b.confidence, b.role = w.staff[pick(r, engineers)-1], r.between(40, 80), pick(r, roles[(k+1)%len(roles)])
		b.stance = stance(r, b.role)
		if b.recorded < o.closed() && b.recorded < p.to && b.role != a.role && w.claim(b) {
			w.disputed(a, b)
			if r.chance(500) {
				w.disputed(b, a)
			}
		}
	}
}

// standing adds claims on accounts, which no deal is the reason for: some each quarter.
func (w *world) standing() {
	begin := calendar(w.first)
	for month := firstOf(begin.Year(), begin.Month()); month <= w.last; month = firstOf(calendar(month).Year(), calendar(month).Month()+1) {
		for n := range companies {
			r := w.stream("standing", month, n+1)
			if !r.chance(40) {
				continue
			}
			at := w.office(r, month+r.below(28), zoneOf(n+1))
			k := r.below(len(w.seats[n]))
			p := w.seats[n][k].at(at)
			if p == nil || !w.in(at) {
				continue
			}
			role := pick(r, roles[k])
			w.claim(assertion{id: fmt.Sprintf("cla-%02d-%s", n+1, calendar(month).Format("0601")), role: role, stance: stance(r, role), confidence: r.between(50, 90),
				from: midnight(month), to: forever, recorded: at, origin: "EMPLOYEE", about: &p.actor, on: account(n + 1), by: w.duties[n].executiveAt(month)})
		}
	}
}
