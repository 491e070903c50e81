package demo

import (
	"fmt"
	"slices"
	"time"

	"github.com/kithgraph/kith/graph"
)

// opportunity is a deal with all its dates, as far as they will ever be known.
type opportunity struct {
	id, name, typ string
	account       int
	opened        int64
	moves         [4]int64 // when it comes to ENGAGING, PROPOSAL and NEGOTIATION, and when it closes
	lostAt        int      // index of the move that does not come any more, 3 for what is decided at the end
	won           bool
	lossReason    string
	competitor    string
	expected      []int // days on which it was to close; each is given up when it has passed, or at once where moved says so
	moved         []int64
	lines         []line
	team          []member
	currency      string
	guess         int // what it is thought to be worth before there is an offer, in hundredths of what is offered; 0: as much
}

type member struct {
	who  *actor
	role string
	from int64
}

func (o *opportunity) ref() ref      { return ref{"Deal", o.id} }
func (o *opportunity) closed() int64 { return o.moves[3] }

// stage is how far the deal has come at an instant.
func (o *opportunity) stage(at int64) string {
	if at >= o.closed() {
		if o.won {
			return "WON"
		}
		return "LOST"
	}
	stage := "PROSPECTING"
	for i, s := range []string{"ENGAGING", "PROPOSAL", "NEGOTIATION"} {
		if i < o.lostAt && at >= o.moves[i] {
			stage = s
		}
	}
	return stage
}

// amount is what the deal is thought to be worth at an instant: a round sum until there is an offer.
func (o *opportunity) amount(at int64) int64 {
	cents := int64(0)
	for _, l := range o.lines {
		cents += l.cents * l.quantity
	}
	if o.guess > 0 && o.lostAt > 1 && at < o.moves[1] {
		const round = 1_000_00
		cents = max(1, (cents*int64(o.guess)/100+round/2)/round) * round
	}
	return cents
}

// past adds every stage, amount and day of closing that the deal went through.
func (w *world) past(o *opportunity) {
	w.was(o.ref(), o.opened, graph.Values{"type": o.typ, "stage": "PROSPECTING"})
	amount, day := int64(0), 0
	at := append(slices.Clone(o.moves[:o.lostAt]), o.closed())
	for _, t := range slices.Sorted(slices.Values(append(at, o.moved...))) {
		if t < o.moves[0] || t > o.closed() {
			continue
		}
		set := graph.Values{}
		if slices.Contains(at, t) {
			set["stage"] = o.stage(t)
		}
		if a := o.amount(t); a != amount {
			set["amount"], amount = money(a, o.currency), a
		}
		if d := o.expectedClose(t); d != day {
			set["expectedClose"], day = midnight(d), d
		}
		if t == o.closed() && !o.won {
			set["lossReason"] = o.lossReason
		}
		if len(set) > 0 {
			w.was(o.ref(), t, set)
		}
	}
}

// expectedClose is the day that was hoped for, as of an instant.
func (o *opportunity) expectedClose(at int64) int {
	day := o.expected[0]
	for i, next := range o.expected[1:] {
		if at >= o.moved[i] {
			day = next
		}
	}
	return day
}

// deal adds the deal as it stands at the end of the world, if it was open at any time since its start.
func (w *world) deal(o *opportunity) bool {
	if !w.over(o.opened) || o.closed() < w.start {
		return false
	}
	last := min(w.end-1, o.closed())
	stage := o.stage(last)
	set := graph.Values{"name": o.name, "type": o.typ, "stage": stage, "openedAt": o.opened, "closedAt": w.passed(o.closed())}
	if stage != "PROSPECTING" {
		set["amount"] = money(o.amount(last), o.currency)
		set["expectedClose"] = midnight(o.expectedClose(last))
	}
	switch stage {
	case "WON":
		set["outcome"] = "WON"
	case "LOST":
		set["outcome"], set["lossReason"], set["competitor"] = "LOST", o.lossReason, o.competitor
	}
	w.node(o.ref(), set)
	w.past(o)
	w.link("WITH", o.ref(), account(o.account), nil)
	for _, l := range o.lines {
		w.link("FOR", o.ref(), product(l.product), graph.Values{"quantity": l.quantity, "unitPrice": money(l.cents, o.currency)})
	}
	for _, m := range o.team {
		if w.over(m.from) && m.from < o.closed() { // who was to come at the end did not
			w.link("WORKED_BY", o.ref(), m.who.ref, graph.Values{"role": m.role, "from": m.from, "to": w.passed(o.closed())})
		}
	}
	return true
}

const newDeals = 860 // a week, in thousandths

func (w *world) deals() {
	var weights []int
	for i, c := range companies {
		weight := map[string]int{customer: 10, prospect: 9, former: 0, partner: 3}[c.stage] + c.seats
		if c.stage == former {
			weight = 1
		}
		weights = append(weights, weight*(2+w.stream("deals of", i+1).below(3)))
	}
	const longest = 400
	for day := w.first - longest; day <= w.last; day++ {
		r := w.stream("deals", day)
		for k := range r.count(expected(newDeals, day, true)) {
			s := w.stream("deal", day, k)
			o := w.opportunity(s, day, k, s.weighted(weights)+1)
			if w.deal(o) {
				w.work(w.stream("work", day, k), o)
			}
		}
	}
}

func (w *world) opportunity(r *stream, day, k, n int) *opportunity {
	c := companies[n-1]
	o := &opportunity{id: fmt.Sprintf("dea-%s-%d", dated(day), k+1), account: n, currency: currencyOf(n), opened: w.office(r, day, zoneOf(n)), guess: w.stream("guess", day, k).between(70, 150)}
	won := 520
	switch {
	case c.stage == prospect || c.stage == former:
		o.typ, won = "NEW", 0 // who buys is no prospect any more
	case r.chance(300):
		o.typ, won = "RENEWAL", 830
	case r.chance(550):
		o.typ, won = "EXPANSION", 560
	default:
		o.typ = "NEW"
	}
	o.won = r.chance(won)
	pace := 9 + r.heavy()/8 + r.below(9)
	if o.typ == "RENEWAL" {
		pace = 6
	}
	at := day
	for i := range o.moves {
		at += r.between(pace, 5*pace/2+8)
		o.moves[i] = w.office(r, at, zoneOf(n))
	}
	o.lostAt = 3
	if !o.won {
		o.lostAt = 1 + r.weighted([]int{20, 40, 40})
		o.moves[3] = o.moves[o.lostAt]
		o.lossReason = pick(r, lossReasons)
		if o.lossReason == lossReasons[0] || r.chance(350) {
			o.competitor = pick(r, competitors)
		}
		if r.chance(120) {
			o.lossReason = "" // nobody asked
		}
	}
	// What was hoped for at first is the end of a month; it is put off by a month or two whenever it comes too near.
	hope := calendar(day + r.between(45, 120))
	first := firstOf(hope.Year(), hope.Month()+1) - 1
	for o.expected = []int{first}; midnight(first) < o.closed(); {
		o.moved = append(o.moved, w.office(r, first-r.between(1, 9), zoneOf(n)))
		next := calendar(first + 15)
		first = firstOf(next.Year(), next.Month()+time.Month(1+r.below(2))) - 1
		o.expected = append(o.expected, first)
	}
	o.lines = w.dealLines(r, o.typ, day, o.currency)
	for i := range o.lines {
		l := &o.lines[i]
		l.discount, l.quantity = 0, l.quantity*int64(2+r.heavy()/6+r.below(8))
		if r.chance(350) {
			l.cents = l.cents * int64(r.between(82, 97)) / 100
		}
	}
	o.name = words(pick(r, dealNames[o.typ]), nil, nil, wares[o.lines[0].product].name, c.name, fmt.Sprint(calendar(day).Year()), fmt.Sprint(r.between(1, 9)))
	d := w.duties[n-1]
	o.team = []member{{d.executiveAt(day), "AE", o.opened}}
	if d.engineer != nil && r.chance(700) {
		o.team = append(o.team, member{d.engineer, "SE", o.moves[0]})
	}
	if d.success != nil && o.typ != "NEW" {
		o.team = append(o.team, member{d.success, "CSM", o.opened})
	}
	if o.typ == "RENEWAL" && r.chance(250) {
		o.team = append(o.team, member{d.support, "SUPPORT", o.moves[0]})
	}
	if o.lines[0].product == gateway {
		o.team = append(o.team, member{w.staff[productLead-1], "OTHER", o.moves[0]})
	}
	if o.amount(o.closed()) > 90_000_00 {
		o.team = append(o.team, member{w.staff[headOfSales-1], "MANAGER", o.moves[1]})
	}
	return o
}

// dealLines are what a deal is for, what it is named after first: a contract that is renewed is about software and
// services, other deals begin with something that is installed.
func (w *world) dealLines(r *stream, typ string, day int, currency string) []line {
	lines := w.lines(r, day, currency, func(i int) int {
		switch {
		case typ == "RENEWAL" && (wares[i].category == "Software" || i == calibration || i == premium):
			return wares[i].business
		case typ == "RENEWAL" || wares[i].private > 0 && wares[i].category != "Sensors":
			return 0
		case wares[i].category == "Services":
			return wares[i].business / 2
		}
		return wares[i].business
	})
	if typ == "RENEWAL" {
		return lines
	}
	for i, l := range lines {
		if wares[l.product].category != "Services" {
			lines[0], lines[i] = lines[i], lines[0]
			return lines
		}
	}
	lines[0] = line{product: r.below(cloud), quantity: int64(r.between(4, 16))}
	lines[0].cents = price(lines[0].product, day, currency)
	return lines
}

// work adds what passes while a deal is open, and who is claimed to play which role in it.
func (w *world) work(r *stream, o *opportunity) {
	zone := zoneOf(o.account)
	name, item := companies[o.account-1].name, wares[o.lines[0].product].name
	var evidence []cited
	at := w.office(r, int(o.opened/wholeDay)+1, zone)
	for k := 1; at < o.closed(); k++ {
		id := fmt.Sprintf("int-%s-%02d", o.id[4:], k)
		stage := o.stage(at)
		who, boss := w.contactOf(r, o.account, at), w.contactOf(r, o.account, at)
		lead := o.team[r.below(len(o.team))].who
		at0, next := at, w.office(r, int(at/wholeDay)+r.between(3, 13), zone)
		texts := dealTalk[stage]
		switch kind := r.below(100); {
		case who == nil:
			r.next()
		case kind < 45:
			x := pick(r, texts.mails)
			t := thread{exchange: x, id: id, at: at, customer: who, employee: lead, zone: zone, product: item, account: name, about: []ref{o.ref()}}
			if r.chance(350) && len(o.team) > 1 {
				t.cc = append(t.cc, o.team[0].who, boss)
			}
			next = max(next, w.correspond(r, t))
			id += "-1"
		case kind < 75:
			note := pick(r, texts.calls)
			call := talk{id: id, at: at, kind: "CALL", channel: "PHONE", origin: byBusiness, from: some(lead), to: some(who), subject: "Call about " + o.name,
				text: words(note.text, who, lead, item, name), mood: mood(r, note.mood), outcome: note.outcome, about: []ref{o.ref()}}
			if r.chance(300) {
				call.origin, call.from, call.to = byCustomer, call.to, call.from
			}
			w.talk(call)
		default:
			note := pick(r, texts.meetings)
			t := talk{id: id, at: at, kind: "MEETING", channel: pick(r, []string{"WEB", "WEB", "IN_PERSON"}), origin: byBusiness, subject: words(note.subject, who, lead, item, name), text: words(note.text, who, lead, item, name),
				mood: mood(r, note.mood), outcome: note.outcome, about: []ref{o.ref(), product(o.lines[0].product)}}
			if t.channel == "IN_PERSON" {
				t.kind = pick(r, []string{"MEETING", "VISIT"})
			}
			t.attending = some(who)
			for range r.below(4) {
				if a := w.contactOf(r, o.account, at); a != nil {
					t.attending = append(t.attending, a)
				}
			}
			for _, m := range o.team[:1+r.below(len(o.team))] {
				t.attending = append(t.attending, m.who)
			}
			w.talk(t)
		}
		if who != nil {
			evidence = append(evidence, cited{ref{"Interaction", id}, at0, who})
		}
		at = next
	}
	w.committee(o, evidence)
}

// contactOf is somebody at the account, the busy ones more often; nil where nobody is there.
func (w *world) contactOf(r *stream, n int, at int64) *actor {
	seats := w.seats[n-1]
	weights := make([]int, len(seats))
	for k, s := range seats {
		if s.at(at) != nil {
			weights[k] = min(s.weight, 8)
		}
	}
	if k := r.weighted(weights); k >= 0 {
		return &seats[k].at(at).actor
	}
	return nil
}
