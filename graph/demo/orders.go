package demo

import (
	"fmt"
	"time"

	"github.com/kithgraph/kith/graph"
)

// line is a line of an order.
type line struct {
	product  int
	quantity int64
	cents    int64 // of one
	discount int64 // at scale 6
}

// net is what a line costs, at scale 4, rounded half up.
func (l line) net() int64 {
	return (l.cents*100*l.quantity*(1_000_000-l.discount) + 500_000) / 1_000_000
}

// purchase is an order with all its dates, as far as they will ever be known.
type purchase struct {
	id        string
	number    string
	placed    int64
	shipped   int64 // forever for what is cancelled
	delivered int64
	cancelled int64 // forever for what is not
	by        ref
	currency  string
	lines     []line
}

func (p purchase) ref() ref { return ref{"Order", p.id} }

func (w *world) order(p purchase) {
	status := "PLACED"
	switch {
	case w.over(p.cancelled):
		status = "CANCELLED"
	case w.over(p.delivered):
		status = "DELIVERED"
	case w.over(p.shipped):
		status = "SHIPPED"
	}
	w.node(p.ref(), graph.Values{"number": p.number, "placedAt": p.placed, "shippedAt": w.passed(p.shipped), "orderStatus": status, "total": total(p.lines, p.currency)})
	for _, was := range []struct {
		status string
		at     int64
	}{{"PLACED", p.placed}, {"SHIPPED", p.shipped}, {"DELIVERED", p.delivered}, {"CANCELLED", p.cancelled}} {
		w.was(p.ref(), was.at, graph.Values{"orderStatus": was.status})
	}
	w.link("PLACED_BY", p.ref(), p.by, nil)
	w.lists("CONTAINS", p.ref(), p.lines, p.currency)
}

func total(lines []line, currency string) graph.Money {
	sum := graph.Money{Currency: currency}
	for _, l := range lines {
		sum.Amount += l.net()
	}
	return sum
}

// lists adds the lines of an order, or of what comes back of it.
func (w *world) lists(rel string, n ref, lines []line, currency string) {
	for _, l := range lines {
		set := graph.Values{"quantity": l.quantity, "unitPrice": money(l.cents, currency), "net": graph.Money{Amount: l.net(), Currency: currency}}
		if l.discount > 0 {
			set["discount"] = l.discount
		}
		w.link(rel, n, product(l.product), set)
	}
}

const (
	ordersOfCompanies = 8_300 // a week, in thousandths
	ordersOfPersons   = 6_200
)

func (w *world) orders() {
	var accounts, shoppers []int
	for i, c := range companies {
		weight := 0
		if c.stage == customer {
			weight = 2 + w.stream("orders of", i+1).heavy()/2 + c.seats
		}
		accounts = append(accounts, weight)
	}
	for _, s := range w.shoppers {
		shoppers = append(shoppers, s.weight)
	}
	for day := w.first; day <= w.last; day++ {
		r := w.stream("orders of companies", day)
		for k := range r.count(expected(ordersOfCompanies, day, true)) {
			s := w.stream("order of a company", day, k)
			w.companyOrder(s, day, k, s.weighted(accounts)+1)
		}
		r = w.stream("orders of persons", day)
		for k := range r.count(expected(ordersOfPersons, day, false)) {
			s := w.stream("order of a person", day, k)
			w.personOrder(s, day, k, w.shoppers[s.weighted(shoppers)])
		}
	}
}

func dated(day int) string { return calendar(day).Format("060102") }

func (w *world) companyOrder(r *stream, day, k, n int) {
	at := w.office(r, day, zoneOf(n))
	if !w.in(at) {
		return
	}
	p := purchase{id: fmt.Sprintf("ord-%s-%d", dated(day), k+1), number: fmt.Sprintf("SO-%s-%02d", dated(day), k+1), placed: at, by: account(n), currency: currencyOf(n)}
	p.lines = w.lines(r, day, p.currency, func(i int) int { return wares[i].business })
	w.fulfil(r, &p)
	w.order(p)
	w.paid(r, p, w.buyerAt(n, at), 200_00)
	w.mayReturn(p)
}

func (w *world) personOrder(r *stream, day, k int, s *seat) {
	who := s.at(midnight(day))
	if who == nil {
		return
	}
	at := w.leisure(r, day, countries[who.country].zone)
	if !w.in(at) || !who.active(at) {
		return
	}
	p := purchase{id: fmt.Sprintf("ord-%s-p%d", dated(day), k+1), number: fmt.Sprintf("WEB-%s-%02d", dated(day), k+1), placed: at, by: who.ref, currency: countries[who.country].currency}
	p.lines = w.lines(r, day, p.currency, func(i int) int { return wares[i].private })
	for i := range p.lines {
		p.lines[i].quantity = int64(1 + r.below(3)*r.below(2))
	}
	w.fulfil(r, &p)
	w.order(p)
	w.paid(r, p, &who.actor, 0)
	w.mayReturn(p)
	w.bought = append(w.bought, p)
}

// lines draws one to five products that are not the same.
func (w *world) lines(r *stream, day int, currency string, demand func(i int) int) []line {
	weights := make([]int, len(wares))
	for i := range wares {
		weights[i] = demand(i)
	}
	var out []line
	for range 1 + r.weighted([]int{40, 28, 17, 10, 5}) {
		i := r.weighted(weights)
		weights[i] = 0
		l := line{product: i, quantity: int64(1 + r.below(2*wares[i].units)), cents: price(i, day, currency)}
		if l.quantity >= 10 || r.chance(180) {
			l.discount = pick(r, []int64{30_000, 50_000, 75_000, 100_000, 125_000})
		}
		out = append(out, l)
	}
	return out
}

// fulfil settles when the goods leave and arrive. Few orders are cancelled before.
func (w *world) fulfil(r *stream, p *purchase) {
	p.shipped, p.delivered, p.cancelled = forever, forever, forever
	if r.chance(28) {
		p.cancelled = p.placed + int64(r.between(3, 40))*hour
		return
	}
	day := int(p.placed / wholeDay)
	p.shipped = w.at(workday(day+r.between(1, 5)), r.between(13*60, 17*60), "Europe/Berlin")
	p.delivered = w.at(workday(int(p.shipped/wholeDay)+r.between(1, 4)), r.between(9*60, 16*60), "Europe/Berlin")
}

// paid adds what follows an order: a payment, and mail about the parcel or the invoice. Small sums are paid at once.
func (w *world) paid(r *stream, p purchase, who *actor, atOnce int64) {
	if p.cancelled != forever {
		w.talk(talk{id: "int-" + p.id + "-cancel", at: p.cancelled, kind: "MAIL", channel: "EMAIL", origin: byCustomer, from: some(who), to: some(w.staff[bookkeeper-1]),
			subject: "Cancel " + p.number, text: pick(r, cancellations), mood: mood(r, -15), about: []ref{p.ref()}})
		return
	}
	if r.chance(280) && who != nil {
		w.talk(talk{id: "int-" + p.id + "-shipped", at: p.shipped + int64(r.between(1, 20))*minute, kind: "MAIL", channel: "EMAIL", origin: byBusiness, to: some(who),
			subject: p.number + " is on its way", text: words(pick(r, parcels), who, nil, "", "", p.number), about: []ref{p.ref()}})
	}
	at, outcome := p.placed+int64(r.between(1, 9))*minute, "received"
	if atOnce > 0 {
		days := r.between(12, 34)
		if days > 30 {
			outcome = "late"
		}
		at = w.office(r, int(p.placed/wholeDay)+days, "Europe/Berlin")
	}
	if r.chance(880) {
		t := talk{id: "int-" + p.id + "-paid", at: at, kind: "PAYMENT", channel: "OTHER", origin: byCustomer, subject: "Payment of " + p.number, outcome: outcome, about: []ref{p.ref()}, from: some(who)}
		w.talk(t)
	}
	if atOnce > 0 && r.chance(60) {
		w.talk(talk{id: "int-" + p.id + "-post", at: w.office(r, int(p.shipped/wholeDay)+2, "Europe/Berlin"), kind: "OTHER", activity: "Invoice on paper", channel: "POST", origin: byBusiness, from: some(w.staff[bookkeeper-1]), to: some(who),
			subject: "Invoice " + p.number + " on paper", outcome: "sent", about: []ref{p.ref()}})
	}
}

// some is a list of one, or none.
func some(a *actor) []*actor {
	if a == nil {
		return nil
	}
	return []*actor{a}
}

// buyerAt is who buys for an account: procurement, or else the first who is there.
func (w *world) buyerAt(n int, at int64) *actor {
	seats := w.seats[n-1]
	for _, k := range []int{3, 4, 1, 0} {
		if k < len(seats) {
			if p := seats[k].at(at); p != nil {
				return &p.actor
			}
		}
	}
	return nil
}

// firstOf is the first day of a month.
func firstOf(year int, month time.Month) int { return dayOf(year, month, 1) }
