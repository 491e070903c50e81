package demo

import (
	"fmt"

	"github.com/kithgraph/kith/graph"
)

// matter is a case with all its dates, as far as they will ever be known.
type matter struct {
	id, number     string
	kind, severity string
	subject        string
	opened         int64
	answered       int64 // from then on the customer is waited for
	resolved       int64 // forever for what is never settled
	of             ref
	product        int // -1 for none
}

func (m matter) ref() ref { return ref{"Case", m.id} }

func (w *world) matter(m matter) {
	status := "OPEN"
	switch {
	case w.over(m.resolved + 14*wholeDay):
		status = "CLOSED"
	case w.over(m.resolved):
		status = "RESOLVED"
	case w.over(m.answered):
		status = "PENDING"
	}
	w.node(m.ref(), graph.Values{"number": m.number, "kind": m.kind, "severity": m.severity, "status": status, "subject": m.subject, "openedAt": m.opened, "resolvedAt": w.passed(m.resolved)})
	w.was(m.ref(), m.opened, graph.Values{"status": "OPEN", "severity": m.severity})
	if m.answered < m.resolved {
		w.was(m.ref(), m.answered, graph.Values{"status": "PENDING"})
	}
	if w.over(m.resolved) {
		w.was(m.ref(), m.resolved, graph.Values{"status": "RESOLVED"})
		w.was(m.ref(), m.resolved+14*wholeDay, graph.Values{"status": "CLOSED"})
	}
	w.link("OF", m.ref(), m.of, nil)
	if m.product >= 0 {
		w.link("ABOUT", m.ref(), product(m.product), nil)
	}
}

const (
	casesOfCompanies = 1_080 // a week, in thousandths
	casesOfPersons   = 720
)

func (w *world) cases() {
	var accounts, shoppers []int
	for i, c := range companies {
		weight := 0
		if c.stage == customer {
			weight = c.seats + w.stream("cases of", i+1).heavy()/4
		}
		accounts = append(accounts, weight)
	}
	for _, s := range w.shoppers {
		shoppers = append(shoppers, min(s.weight, 10))
	}
	for day := w.first; day <= w.last; day++ {
		r := w.stream("cases of companies", day)
		for k := range r.count(expected(casesOfCompanies, day, true)) {
			s := w.stream("case of a company", day, k)
			n := s.weighted(accounts) + 1
			at := w.office(s, day, zoneOf(n))
			if who := w.contactOf(s, n, at); who != nil && w.in(at) {
				of := account(n)
				if s.chance(220) {
					of = who.ref // it is her own
				}
				w.handle(s, fmt.Sprintf("%s-%d", dated(day), k+1), at, of, who, w.duties[n-1].support, n, zoneOf(n))
			}
		}
		r = w.stream("cases of persons", day)
		for k := range r.count(expected(casesOfPersons, day, false)) {
			s := w.stream("case of a person", day, k)
			p := w.shoppers[s.weighted(shoppers)].at(midnight(day))
			if p == nil {
				continue
			}
			zone := countries[p.country].zone
			if at := w.leisure(s, day, zone); w.in(at) && p.active(at) {
				w.handle(s, fmt.Sprintf("%s-p%d", dated(day), k+1), at, p.ref, &p.actor, w.staff[pick(s, supporters)-1], 0, "Europe/Berlin")
			}
		}
	}
}

// handle adds a case and what passes until it is settled. The account is 0 for private buyers.
func (w *world) handle(r *stream, id string, at int64, of ref, who, agent *actor, n int, zone string) {
	kind := []string{"COMPLAINT", "REQUEST", "PRAISE", "SUGGESTION"}[r.weighted([]int{40, 42, 7, 11})]
	text := pick(r, caseTexts[kind])
	weights := make([]int, len(wares))
	for i := range wares {
		weights[i] = wares[i].business
		if n == 0 {
			weights[i] = wares[i].private
		}
		if wares[i].category == "Services" {
			weights[i] = 0 // they neither crack nor go offline
		}
	}
	m := matter{id: "cas-" + id, number: "C-" + id, kind: kind, opened: at, of: of, product: r.weighted(weights), resolved: forever, answered: at + int64(r.between(1, 30))*hour}
	item := wares[m.product].name
	m.severity = []string{"LOW", "MEDIUM", "HIGH", "CRITICAL"}[r.weighted([]int{32, 36, 24, 8})]
	switch {
	case kind == "PRAISE" || kind == "SUGGESTION":
		m.severity = "LOW"
	case kind == "REQUEST" && m.severity != "LOW":
		m.severity = "MEDIUM"
	}
	m.subject = words(text.subject, who, agent, item, "")
	switch r.below(50) {
	case 0: // is never answered
		m.answered = forever
	case 1: // is never settled
	default:
		m.resolved = w.office(r, int(at/wholeDay)+r.between(1, 7)+r.heavy()/3, zone)
		m.resolved = max(m.resolved, w.office(r, int(m.answered/wholeDay)+2*len(text.answers), zone))
	}
	if r.chance(200) {
		m.product = -1 // nobody noted it
	}
	w.matter(m)
	begin := talk{id: "int-c" + id + "-0", at: at, kind: "MAIL", channel: "EMAIL", origin: byCustomer, from: some(who), to: some(agent), subject: m.subject,
		text: words(text.opening, who, agent, item, ""), mood: mood(r, text.mood), in: m.ref()}
	switch {
	case n > 0 && r.chance(300):
		begin.kind, begin.channel, begin.outcome = "CALL", "PHONE", "ticket opened"
	case n == 0 && r.chance(400):
		begin.kind, begin.channel = "CHAT", "CHAT"
	case n == 0 && r.chance(300):
		begin.channel = "APP"
	}
	w.talk(begin)
	x := exchange{"Re: " + m.subject, true, text.mood / 2, text.answers}
	if m.answered == forever {
		return
	}
	w.colleagues("c"+id, 120, m.answered, who, item, caseNotes, nil, m.ref())
	w.correspond(r, thread{exchange: x, id: "int-c" + id, at: m.answered, customer: who, employee: agent, product: item, zone: zone, in: m.ref()})
	if m.resolved == forever {
		return
	}
	w.asked("c"+id, satisfied, m.resolved, who, 60+text.mood/4, m.ref())
	if r.chance(800) {
		w.talk(talk{id: "int-c" + id + "-r", at: m.resolved, kind: "MAIL", channel: "EMAIL", origin: byBusiness, from: some(agent), to: some(who), subject: "Settled: " + m.subject,
			text: words(pick(r, resolutions), who, agent, item, ""), outcome: "resolved", in: m.ref()})
	}
	if r.chance(350) {
		w.talk(talk{id: "int-c" + id + "-t", at: w.reply(r, m.resolved, zone), kind: "MAIL", channel: "EMAIL", origin: byCustomer, from: some(who), to: some(agent), subject: "Re: Settled: " + m.subject,
			text: words(pick(r, thanks), who, agent, item, ""), mood: mood(r, 65), in: m.ref()})
	}
	if n > 0 && (m.severity == "CRITICAL" || m.severity == "HIGH" && r.chance(500)) {
		w.talk(talk{id: "int-c" + id + "-m", at: w.office(r, int(m.answered/wholeDay)+1, zone), kind: "MEETING", channel: "WEB", origin: byBusiness, subject: "Review of " + m.number,
			text: words(pick(r, reviews), who, agent, item, ""), outcome: "plan agreed", attending: []*actor{who, agent, w.staff[headOfSupport-1]}, about: []ref{m.ref()}})
	}
}
