package demo

import "fmt"

// failure is what happens to the Relay Gateway each spring: a version that loses the network at night is released on 3
// March and mended on 27 March. In September comes the next one.
type failure struct{ year int }

func failureOf(year int) failure { return failure{year} }

func (f failure) version(day int) string {
	n := f.year - wares[gateway].release
	switch {
	case day < on(f.year, "03-03"):
		return fmt.Sprintf("%d.1", n)
	case day < on(f.year, "03-27"):
		return fmt.Sprintf("%d.2", n)
	case day < on(f.year, "09-15"):
		return fmt.Sprintf("%d.2.1", n)
	}
	return fmt.Sprintf("%d.1", n+1)
}

const (
	gatewayCases  = 20
	gatewayOrders = 6
)

// gatewayFails: complaints come in a wave, our head of support apologises, some cancel what they have ordered, and most
// are reconciled when the mended version is out.
func (w *world) gatewayFails(year int) {
	r := w.stream("gateway", year)
	var buyers []int // every account that buys, in the order in which they complain
	for i, c := range companies {
		if c.stage == customer {
			buyers = append(buyers, i+1)
		}
	}
	for i := range buyers {
		k := i + r.below(len(buyers)-i)
		buyers[i], buyers[k] = buyers[k], buyers[i]
	}
	for k := range gatewayOrders {
		w.gatewayOrder(year, k, buyers[k])
	}
	var angry []*actor
	broken := fmt.Sprintf("%d.2", year-wares[gateway].release)
	head, apology := w.staff[headOfSupport-1], w.moment(year, "03-20", "Europe/Berlin")
	for k := range gatewayCases {
		n := buyers[k%len(buyers)]
		who, opened := w.gatewayCase(w.stream("gateway case", year, k), year, k, n, broken)
		if who != nil && opened < apology {
			angry = append(angry, who)
		}
	}
	w.apologise(year, apology, head, angry, broken)
}

func (w *world) gatewayOrder(year, k, n int) {
	r := w.stream("gateway order", year, k)
	zone := zoneOf(n)
	placed := w.office(r, on(year, "02-23")+r.between(0, 9), zone)
	if !w.in(placed) {
		return
	}
	day := int(placed / wholeDay)
	p := purchase{id: fmt.Sprintf("ord-gateway-%d-%d", year, k+1), number: fmt.Sprintf("SO-RG2-%d-%d", year%100, k+1), placed: placed, by: account(n), currency: currencyOf(n),
		shipped: forever, delivered: forever, cancelled: w.office(r, on(year, "03-10")+r.below(7), zone)}
	p.lines = []line{{gateway, int64(r.between(2, 12)), price(gateway, day, p.currency), 50_000}, {19, 20, price(19, day, p.currency), 0}}
	w.order(p)
	if who := w.buyerAt(n, p.cancelled); who != nil {
		w.talk(talk{id: "int-" + p.id + "-cancel", at: p.cancelled, kind: "MAIL", channel: "EMAIL", origin: byCustomer, from: some(who), to: some(w.duties[n-1].executiveAt(day)), subject: "Cancellation of " + p.number,
			text: words("Dear {e},\n\nafter what the gateways did to us this month I have to cancel the order. We will talk again when they run through a night.\n\n{C}", who, w.duties[n-1].executiveAt(day), "", ""),
			mood: int64(-600_000), about: []ref{p.ref(), product(gateway)}})
	}
}

// gatewayCase adds a complaint, and says who it came from, and when.
func (w *world) gatewayCase(r *stream, year, k, n int, broken string) (*actor, int64) {
	zone := zoneOf(n)
	opened := w.office(r, on(year, "03-04")+k*16/gatewayCases+r.below(2), zone)
	who, agent := w.contactOf(r, n, opened), w.duties[n-1].support
	if who == nil {
		return nil, 0
	}
	id := fmt.Sprintf("gateway-%d-%02d", year, k+1)
	m := matter{id: "cas-" + id, number: fmt.Sprintf("C-RG2-%d-%02d", year%100, k+1), kind: "COMPLAINT", severity: pick(r, []string{"HIGH", "HIGH", "CRITICAL"}), of: account(n), product: gateway,
		subject: pick(r, gatewayTexts.subjects), opened: opened, answered: opened + int64(r.between(4, 30))*hour, resolved: w.office(r, on(year, "03-27")+r.between(1, 10), zone)}
	if r.chance(250) {
		m.of = who.ref
	}
	if !w.in(m.opened) {
		return who, opened
	}
	w.matter(m)
	say := func(i int, at int64, t talk) {
		t.id, t.at, t.in = fmt.Sprintf("int-%s-%d", id, i), at, m.ref()
		t.text = words(t.text, who, agent, wares[gateway].name, companies[n-1].name, broken)
		if t.kind == "" {
			t.kind, t.channel = "MAIL", "EMAIL"
		}
		w.talk(t)
	}
	say(0, opened-6*hour, talk{kind: "OTHER", channel: "OTHER", origin: byNeither, subject: "Gateway lost the network", text: "No heartbeat from the gateway, version {n}.", to: some(who), about: []ref{product(gateway)}})
	begin := talk{origin: byCustomer, subject: m.subject, text: pick(r, gatewayTexts.openings), from: some(who), to: some(agent), mood: int64(-r.between(55, 92)) * 10_000, about: []ref{product(gateway)}}
	if r.chance(400) {
		begin.kind, begin.channel, begin.outcome = "CALL", "PHONE", "ticket opened"
	}
	say(1, opened, begin)
	say(2, m.answered, talk{origin: byBusiness, subject: "Re: " + m.subject, text: pick(r, gatewayTexts.answers), from: some(agent), to: some(who)})
	if r.chance(600) {
		say(3, w.reply(r, m.answered+20*hour, zone), talk{origin: byCustomer, subject: "Re: " + m.subject, text: pick(r, gatewayTexts.again), from: some(who), to: some(agent), mood: int64(-r.between(50, 85)) * 10_000})
	}
	say(4, m.resolved, talk{origin: byBusiness, subject: "Settled: " + m.subject, text: gatewayTexts.mended, from: some(agent), to: some(who), outcome: "resolved"})
	if r.chance(550) {
		say(5, w.reply(r, m.resolved+24*hour, zone), talk{origin: byCustomer, subject: "Re: Settled: " + m.subject, text: pick(r, gatewayTexts.calm), from: some(who), to: some(agent), mood: int64(r.between(5, 50)) * 10_000})
	}
	return who, opened
}

// apologise adds three mails to all who have complained by then, several in each.
func (w *world) apologise(year int, at int64, head *actor, angry []*actor, broken string) {
	for i := range 3 {
		var to []*actor
		for k := i; k < len(angry); k += 3 {
			to = append(to, angry[k])
		}
		if len(present(to, at)) == 0 {
			continue
		}
		w.talk(talk{id: fmt.Sprintf("int-gateway-%d-apology-%d", year, i+1), at: at + int64(i)*minute, sequence: i + 1, kind: "MAIL", channel: "EMAIL", origin: byBusiness, subject: "An apology, and what we do now",
			text: words(gatewayTexts.apology, nil, head, wares[gateway].name, "", broken), from: some(head), to: to, cc: some(w.staff[productLead-1]), about: []ref{product(gateway)}})
	}
}

var gatewayTexts = struct {
	subjects, openings, answers, again, calm []string
	mended, apology                          string
}{
	subjects: []string{"Gateway offline every night", "Relay Gateway loses the network", "No data since the update", "Line blind for six hours", "Gateway restarts in a loop"},
	openings: []string{
		"Hello {e},\n\nsince the update to {n} the gateway drops out every night at 02:14 and comes back when somebody pulls the plug. This is a production line, not a toy!\n\n{C}",
		"{e}, we were blind for six hours. A pump ran dry and nobody was warned. I expect somebody here tomorrow.\n\n{c}",
		"Hello,\n\nall three gateways of {a} restart in a loop since version {n}. Please call me, any time.\n\n{C}",
	},
	answers: []string{
		"Dear {c},\n\nI am sorry. We see the same elsewhere and have put all engineers on it. Until then: a restart at 02:00 by timer keeps the line visible.\n\n{E}",
		"Dear {c},\n\nyour logs helped: version {n} leaks memory when the radio searches for channels. A mended version is being tested.\n\n{E}",
	},
	again: []string{
		"Third night in a row. When does this end?\n\n{c}", "The timer helps, but my people are up at night because of you.\n\n{c}", "Our management asks whether we should go back to the old gauges. I have no good answer.\n\n{c}",
	},
	calm:   []string{"A week without a drop-out. Thank you for staying honest.\n\n{c}", "Runs. Let us hope it stays so.\n\n{c}", "All quiet. Please test at night next time, as we do.\n\n{c}"},
	mended: "Dear {c},\n\nversion {n}.1 is out and has run for 200 hours on your gateways' twins here. It installs itself tonight. We credit you the month.\n\n{E}",
	apology: "Dear customers,\n\nversion {n} of the {p} should never have left our house. It loses the network at night, and we did not test at night. I apologise.\n\n" +
		"What we do: a mended version by the end of the month, a spare unit for everyone who asks, and no invoice for March.\n\n{E}\nHead of Support",
}
