package demo

import "fmt"

// creditAt is whose limit is cut, in even and in odd years: Saltmarsh Foods and Ferrante Ceramiche, whose revenue falls.
var creditAt = [2]int{32, 25}

// creditIsCut: what an account may owe us is cut, and nobody tells it. The next order is held, and then cancelled.
func (w *world) creditIsCut(year int) {
	n := creditAt[year%2]
	zone := zoneOf(n)
	day := func(date string) int64 { return w.moment(year, date, zone) }
	w.happens(happening{id: hid("credit", year), kind: "CREDIT_LIMIT", control: "OURS", at: day("05-06"), until: forever, notified: forever,
		what: "The insurer lowered what " + companies[n-1].name + " may owe us. Nobody told them.", before: "60,000 EUR", after: "15,000 EUR", affects: []ref{account(n)}})
	who, agent := w.buyerAt(n, day("05-18")), w.duties[n-1].executiveAt(on(year, "05-18"))
	placed := day("05-18")
	if w.in(placed) {
		w.order(purchase{id: fmt.Sprintf("ord-credit-%d", year), number: fmt.Sprintf("SO-CL-%d", year%100), placed: placed, by: account(n), currency: currencyOf(n), shipped: forever, delivered: forever, cancelled: day("06-03"),
			lines: []line{{5, 20, price(5, on(year, "05-18"), currencyOf(n)), 0}, {7, 3, price(7, on(year, "05-18"), currencyOf(n)), 0}}})
	}
	if who == nil {
		return
	}
	if w.in(placed) {
		w.play("credit", year, zone, map[rune]*actor{'a': who, 'x': agent, 'y': w.staff[bookkeeper-1]}, []ref{{"Order", fmt.Sprintf("ord-credit-%d", year)}}, ref{}, creditBeats)
	}
	w.answer(answer{id: fmt.Sprintf("credit-%d", year), at: day("06-09"), survey: recommend, journey: "PURCHASE", mood: 4, by: who,
		text: "We have paid every invoice for years. Then an order stands still, and nobody can say why."})
}

var creditBeats = []beat{
	{"05-21", "a>x", "MAIL", "Where is our order?", "Hello {e},\n\nthe order of Monday is not confirmed. It never took longer than an hour. Is something wrong?\n\n{C}", -20, ""},
	{"05-25", "x>a", "MAIL", "Re: Where is our order?", "Hello {c},\n\nI see it as held, but not why. I ask the colleagues.\n\n{e}", 0, ""},
	{"05-28", "a>y", "MAIL", "Order held", "Good morning,\n\nour order has been held for ten days, and your sales do not know why. Do you?\n\n{C}", -55, ""},
	{"06-02", "a>x", "CALL", "Order held", "{c} learnt of the new limit from me, and I from the screen. Cancels, and orders elsewhere.", -80, "order cancelled"},
}

// updateIsForced: the Line Monitor updates itself one night, whoever watches. The week after, nothing is where it was.
func (w *world) updateIsForced(year int) {
	at := w.at(on(year, "06-17"), 2*60, berlin)
	h := happening{id: hid("update", year), kind: "FORCED_UPDATE", control: "OURS", at: at, until: at + 3*hour, notified: at + 31*hour,
		what: "The Line Monitor installed a new version at night, without asking. The view of shifts was moved.", before: "an update waits until somebody accepts it", after: "updates install themselves at two in the night"}
	exposed := w.running(lineMonitor, at)
	for _, l := range exposed {
		h.affects = append(h.affects, l.ref)
	}
	w.happens(h)
	for i, l := range exposed {
		for k, date := range []string{"05-18", "06-18"} {
			r := w.stream("update", year, i, k)
			when := w.office(r, on(year, date)+r.below(6), zoneOf(l.account))
			who := w.contactOf(r, l.account, when)
			if who == nil {
				continue
			}
			a := answer{id: fmt.Sprintf("update-%d-%s-%d", year, l.id[len("sub-"):], k+1), at: when, survey: easy, journey: "USE", mood: []int{80, 18}[k] + r.between(-15, 15), by: who, about: product(lineMonitor)}
			if k == 1 {
				a.text = pick(r, []string{"Where is the view of shifts?", "I came in at six and everything had moved.", "Ask us before you rebuild our tool.", ""})
				w.talk(talk{id: fmt.Sprintf("int-update-%d-%s", year, l.id[len("sub-"):]), at: when - hour, kind: "CALL", channel: "PHONE", origin: byCustomer, from: some(who), to: some(w.duties[l.account-1].support),
					subject: "Where is the view of shifts?", text: words("{c} cannot find the view of shifts. Nobody had said that there would be an update.", who, nil, "", ""), mood: mood(r, -45), outcome: "explained", about: []ref{product(lineMonitor)}})
			}
			w.answer(a)
		}
	}
}

const outageCases = 5

// cloudGoesDark: Insight Cloud is gone for a morning. Some of those who have it complain before anybody has told them.
func (w *world) cloudGoesDark(year int) {
	at := w.at(on(year, "09-16"), 5*60+50, berlin)
	h := happening{id: hid("outage", year), kind: "OUTAGE", control: "NEITHER", at: at, until: at + 6*hour + 25*minute, notified: at + 33*hour,
		what: "A fibre was cut between the two data centres, and Insight Cloud answered nobody.", affects: []ref{product(cloud)}}
	exposed := w.running(cloud, at)
	for _, l := range exposed {
		h.affects = append(h.affects, l.ref)
	}
	w.happens(h)
	for i := range min(outageCases, len(exposed)) {
		w.outageCase(year, i, exposed[(i*3+year)%len(exposed)].account, at)
	}
}

func (w *world) outageCase(year, i, n int, began int64) {
	r := w.stream("outage case", year, i)
	opened := began + int64(r.between(2, 26))*hour
	who, agent := w.contactOf(r, n, opened), w.duties[n-1].support
	if who == nil || !w.in(opened) {
		return
	}
	m := matter{id: fmt.Sprintf("cas-outage-%d-%d", year, i+1), number: fmt.Sprintf("C-OUT-%d-%d", year%100, i+1), kind: "COMPLAINT", severity: pick(r, []string{"HIGH", "CRITICAL"}), of: account(n), product: cloud,
		subject: "Insight Cloud is gone", opened: opened, answered: opened + int64(r.between(3, 20))*hour, resolved: began + int64(r.between(50, 90))*hour}
	w.matter(m)
	w.talk(talk{id: fmt.Sprintf("int-outage-%d-%d-1", year, i+1), at: opened, kind: "MAIL", channel: "EMAIL", origin: byCustomer, from: some(who), to: some(agent), subject: m.subject,
		text: words("Hello {e},\n\nthe screens of {a} are grey since this morning, and your page says that all is well. It is not.\n\n{C}", who, agent, "", companies[n-1].name), mood: int64(-r.between(50, 85)) * 10_000, in: m.ref()})
	w.talk(talk{id: fmt.Sprintf("int-outage-%d-%d-2", year, i+1), at: m.answered, kind: "MAIL", channel: "EMAIL", origin: byBusiness, from: some(agent), to: some(who), subject: "Re: " + m.subject,
		text: words("Hello {c},\n\nit was a fibre, and it is back. That you had to tell us, and not we you, was the worse failure.\n\n{E}", who, agent, "", ""), in: m.ref()})
	w.asked(m.id[len("cas-"):], satisfied, m.resolved, who, 25, m.ref())
}

// firewallIsTightened: somebody at an account closes what our gateways speak through.
func (w *world) firewallIsTightened(year int) {
	at := w.moment(year, "08-19", berlin)
	w.happens(happening{id: hid("firewall", year), kind: "OTHER", control: "CUSTOMERS", at: at, until: at + 3*wholeDay, notified: at + hour,
		what: "New rules in the network of the plant blocked the gateways.", affects: []ref{account(2), site(2, 0)}})
}
