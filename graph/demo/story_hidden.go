package demo

import (
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// happening is a hidden event with all its dates, as far as they will ever be known.
type happening struct {
	id, kind, control   string
	at, until, notified int64 // forever for what has no end, and where nobody was told
	what                string
	before, after       string
	affects             []ref
}

// happens adds a hidden event.
func (w *world) happens(h happening) bool {
	if !w.in(h.at) {
		return false
	}
	n := ref{"HiddenEvent", h.id}
	w.node(n, graph.Values{"kind": h.kind, "control": h.control, "at": h.at, "endedAt": w.passed(h.until), "notifiedAt": w.passed(h.notified), "description": h.what, "valueBefore": h.before, "valueAfter": h.after})
	for _, a := range h.affects {
		w.link("AFFECTS", n, a, nil)
	}
	return true
}

func (w *world) hiddenEvents() {
	for _, year := range w.years() {
		w.priceRises(year)
		w.identityIsStolen(year)
		w.discountGoesAstray(year)
		w.creditIsCut(year)
		w.updateIsForced(year)
		w.cloudGoesDark(year)
		w.firewallIsTightened(year)
	}
}

func hid(id string, year int) string { return fmt.Sprintf("hid-%s-%d", id, year) }

const berlin = "Europe/Berlin"

// grudge are the countries of whose companies, all in one region, none forgives the rise of the price, in even and in odd years.
var grudge = [2]string{"ES", "FR"}

// priceRises: calibration costs more from February on, and everybody is cross in March. In autumn all but one region have
// forgotten it.
func (w *world) priceRises(year int) {
	at := w.at(on(year, "02-01"), 0, berlin)
	h := happening{id: hid("price", year), kind: "PRICE_CHANGE", control: "OURS", at: at, until: forever, notified: at - 20*wholeDay,
		what: "Calibration costs 14 percent more, travel is charged by the hour.", before: "a fixed price, travel included", after: "14 percent more, travel by the hour", affects: []ref{product(calibration)}}
	for i, c := range companies {
		if c.stage == customer {
			h.affects = append(h.affects, site(i+1, 0))
		}
	}
	w.happens(h)
	for i, c := range companies {
		if c.stage != customer {
			continue
		}
		angry := c.country == grudge[year%2]
		for k, asked := range []struct {
			date          string
			usual, region int // mood
		}{{"01-13", 82, 84}, {"03-10", 52, 15}, {"06-16", 72, 12}, {"10-13", 83, 8}} {
			r := w.stream("price", year, i, k)
			when := w.office(r, on(year, asked.date)+r.below(9), zoneOf(i+1))
			who := w.contactOf(r, i+1, when)
			if who == nil {
				continue
			}
			a := answer{id: fmt.Sprintf("price-%d-%02d-%d", year, i+1, k+1), at: when, survey: recommend, journey: "USE", mood: asked.usual + r.between(-14, 14), by: who, about: product(calibration)}
			if angry {
				a.mood = asked.region + r.between(-8, 8)
				if k > 0 {
					a.text = pick(r, []string{"For that price we calibrate ourselves.", "Travel by the hour, to us, at the end of the world. No.", "We have not forgotten February."})
				}
			}
			w.answer(a)
		}
	}
}

// identityIsStolen: somebody orders in the name of a private buyer, to an address that is not hers. She finds out when she
// gets a reminder.
func (w *world) identityIsStolen(year int) {
	at := w.at(on(year, "03-24"), 3*60+12, berlin)
	who := w.victim(year, at, w.at(on(year, "05-10"), 0, berlin))
	if who == nil || !w.over(at) || !w.shown(&who.actor) {
		return
	}
	theirs := location(fmt.Sprintf("stolen-%d", year))
	if w.in(at) {
		w.location(theirs, who.country, "SHIP_TO", "")
		w.link("LOCATED_AT", who.ref, theirs, nil)
	}
	w.happens(happening{id: hid("identity", year), kind: "IDENTITY_THEFT", control: "CUSTOMERS", at: at, until: at + 22*wholeDay, notified: at + 22*wholeDay,
		what: words("Somebody signed in as {C}, with a password that was lost elsewhere, and had goods sent to another address.", &who.actor, nil, "", ""), before: "one address", after: "a second one, not hers", affects: []ref{who.ref, theirs}})
	day, currency := on(year, "03-24"), countries[who.country].currency
	p := purchase{id: fmt.Sprintf("ord-stolen-%d", year), number: fmt.Sprintf("WEB-S%d", year%100), placed: at + 40*minute, by: who.ref, currency: currency,
		lines: []line{{18, 6, price(18, day, currency), 0}, {15, 8, price(15, day, currency), 0}}, shipped: at + 32*hour, delivered: at + 80*hour, cancelled: forever}
	var about []ref
	if w.in(p.placed) {
		w.order(p)
		about = []ref{p.ref()}
	}
	m := matter{id: fmt.Sprintf("cas-stolen-%d", year), number: fmt.Sprintf("C-S%d", year%100), kind: "COMPLAINT", severity: "CRITICAL", subject: "I did not order this",
		opened: at + 20*wholeDay, answered: at + 20*wholeDay + 3*hour, resolved: at + 22*wholeDay, of: who.ref, product: 18}
	if w.in(m.opened) {
		w.matter(m)
		w.play("stolen", year, countries[who.country].zone, map[rune]*actor{'a': &who.actor, 'x': w.staff[supporters[2]-1]}, about, m.ref(), stolenBeats)
	}
}

// victim is a private buyer who is there from one instant to another, and had objected to nothing by the first.
func (w *world) victim(year int, from, to int64) *person {
	for k := range w.shoppers {
		p := w.shoppers[(7*year+k)%len(w.shoppers)].at(from)
		if p != nil && p.active(to) && !slices.ContainsFunc(w.said[p.id], func(s graph.Statement) bool {
			return s.At <= from && (s.Status == graph.Objected || s.Status == graph.Restricted)
		}) {
			return p
		}
	}
	return nil
}

var stolenBeats = []beat{
	{"04-13", "a>x", "MAIL", "I did not order this", "Hello,\n\nI get a reminder for six weather stations and eight air monitors. I have one balcony. Who ordered this, and where did it go?\n\n{C}", -80, ""},
	{"04-13", "x>a", "CALL", "I did not order this", "{c} never saw the address. Changed the password with her, stopped the reminder.", 0, "reached"},
	{"04-15", "x>a", "MAIL", "Settled: I did not order this", "Dear {c},\n\nyou owe us nothing. Somebody had your password from elsewhere; we should have asked when a new address appeared, and from today we do.\n\n{E}", 0, "resolved"},
	{"04-16", "a>x", "MAIL", "Re: Settled: I did not order this", "Thank you. I sleep again.\n\n{c}", 45, ""},
}

// discountGoesAstray: what was meant for newcomers reaches those who have bought at the full price for years.
func (w *world) discountGoesAstray(year int) {
	d := drive{id: "spring", name: "A third off your first order", kind: "EMAIL", date: "04-22", days: 14, cost: 5_100, brings: []int{2}}
	begun := w.begins(year, d)
	if !w.campaign(year, d) {
		return
	}
	h := happening{id: hid("discount", year), kind: "WRONG_OFFER", control: "OURS", at: begun, until: begun + 30*hour, notified: begun + 6*wholeDay,
		what: "The discount for newcomers went to those who have been with us for years.", before: "for whoever has never bought", after: "to whoever has bought for years"}
	for _, s := range w.shoppers {
		p := s.at(begun)
		if p == nil || begun-p.from < 300*wholeDay {
			continue
		}
		if _, refuses := w.attitude(p.id, begun); !refuses {
			h.affects = append(h.affects, p.ref)
			w.link("TARGETED", drove(year, d.id), p.ref, graph.Values{"at": begun})
			w.annoyed(year, d, p, begun)
		}
	}
	w.happens(h)
}

// annoyed: who has always paid the full price says so, or sends the last goods back to buy them anew.
func (w *world) annoyed(year int, d drive, p *person, begun int64) {
	r := w.stream("annoyed "+p.id, year)
	at, agent := begun+int64(r.between(3, 60))*hour, w.staff[pick(r, supporters)-1]
	if r.chance(450) {
		w.talk(talk{id: fmt.Sprintf("int-spring-%d-%s", year, p.id[len("cus-"):]), at: at, kind: "MAIL", channel: "EMAIL", origin: byCustomer, from: some(&p.actor), to: some(agent), subject: "A third off?",
			text: words("Hello {e},\n\nI have paid the full price for years, and now you greet me as a newcomer and offer a third off. What shall I think of that?\n\n{C}", &p.actor, agent, "", ""),
			mood: int64(-r.between(40, 80)) * 10_000, about: []ref{drove(year, d.id)}})
	}
	for _, o := range w.bought {
		if o.by == p.ref && begun-30*wholeDay < o.delivered && o.delivered < begun && !w.returned[o.id] {
			w.giveBack(giveBack{of: o, announced: at + 20*hour, received: at + 130*hour, settled: at + 200*hour, reason: "NOT_NEEDED", lines: o.lines[:1]})
		}
	}
}
