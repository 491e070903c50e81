package demo

import "fmt"

// signature: two of ours disagree about who signs. The limits of approval, and the last mail, say who is right.
func (w *world) signature(c *cast) {
	n, year := signatureAt[c.year%2], c.year
	zone := zoneOf(n)
	day := func(date string) int64 { return w.moment(year, date, zone) }
	ae, se := w.duties[n-1].executiveAt(on(year, "03-09")), w.staff[engineers[1]-1]
	currency, d := currencyOf(n), on(year, "03-09")
	o := &opportunity{
		id: fmt.Sprintf("dea-signature-%d", year), name: fmt.Sprintf("Clean-room monitoring %d", year), typ: "NEW", account: n, currency: currency,
		opened: day("03-09"), moves: [4]int64{day("04-07"), day("06-09"), day("10-06"), day("11-17")}, lostAt: 3, won: true,
		expected: []int{on(year, "09-30"), on(year, "11-30")}, moved: []int64{day("09-22")},
		lines: []line{{4, 140, price(4, d, currency), 0}, {5, 60, price(5, d, currency), 0}, {10, 24, price(10, d, currency), 0}},
	}
	o.team = []member{{ae, "AE", o.opened}, {se, "SE", o.moves[0]}}
	if !w.deal(o) {
		return
	}
	beats := w.play("signature", year, zone, map[rune]*actor{'a': c.believed, 'b': c.signer, 'x': ae, 'y': se}, []ref{o.ref()}, ref{}, signatureBeats)
	first := assertion{id: fmt.Sprintf("cla-signature-%d-1", year), role: "ECONOMIC_BUYER", stance: "SUPPORTIVE", confidence: 80, from: o.opened, to: forever, recorded: day("05-12"), origin: "EMPLOYEE", about: c.believed, on: o.ref(), by: ae, cites: beats[1:2]}
	second := assertion{id: fmt.Sprintf("cla-signature-%d-2", year), role: "ECONOMIC_BUYER", stance: "NEUTRAL", confidence: 65, from: o.opened, to: forever, recorded: day("06-16"), origin: "EMPLOYEE", about: c.signer, on: o.ref(), by: se, cites: beats[3:4]}
	if w.claim(first) && w.claim(second) {
		w.disputed(first, second)
		w.disputed(second, first)
	}
	w.claim(assertion{id: fmt.Sprintf("cla-signature-%d-3", year), role: "DECISION_MAKER", stance: "SUPPORTIVE", confidence: 70, from: o.opened, to: forever, recorded: day("05-13"), origin: "EMPLOYEE", about: c.believed, on: o.ref(), by: se})
}

var signatureBeats = []beat{
	{"03-11", "x>a", "CALL", "Clean-room project", "{c} wants every room watched before the next audit.", 40, "next step agreed"},
	{"05-11", "ax", "MEETING", "Budget", "{c}: \"The budget is mine, I decide on it.\" Did not say up to which sum.", 45, "offer requested"},
	{"06-09", "x>a+y", "MAIL", "Offer clean-room monitoring", "Dear {c},\n\nattached is our offer.\n\nKind regards\n{E}", 0, ""},
	{"06-15", "b>y", "MAIL", "Your offer", "Dear {e},\n\na short word, so that nobody loses time: whatever is above 50,000 is mine to sign, whoever asked for it. Please send me the technical annex.\n\n{C}", 5, ""},
	{"07-02", "aby", "MEETING", "Technical annex", "{c} and the colleague from capital projects hardly looked at each other. Two lists of questions, with nothing in common.", -15, "questions noted"},
	{"09-21", "a>x", "MAIL", "It takes longer", "Hi {e},\n\nmy signature was not enough, it seems. Capital projects want to see it first. November, I would say.\n\n{c}", -20, ""},
	{"10-06", "bxy", "MEETING", "Negotiation", "{c} leads. Price settled, two lots, training included.", 30, "terms agreed"},
	{"11-17", "b>x+a", "MAIL", "Signed", "Dear {e},\n\nthe order is signed and on its way.\n\n{C}\nDirector Capital Projects", 50, ""},
}

// buyerJoins: somebody buys for the flat, takes a job at an account, and brings us along.
func (w *world) buyerJoins(c *cast) {
	n, year := buyerJoins[c.year%2], c.year
	zone, who := zoneOf(n), c.buyer
	day := func(date string) int64 { return w.moment(year, date, zone) }
	for i, b := range []struct {
		date string
		ware int
	}{{"02-06", 15}, {"03-19", 16}, {"05-04", 18}} {
		placed := w.at(on(year, b.date), 20*60+10, zone)
		if !w.in(placed) {
			continue
		}
		r := w.stream("buyer", year, i)
		p := purchase{id: fmt.Sprintf("ord-buyer-%d-%d", year, i+1), number: fmt.Sprintf("WEB-B%d-%d", year%100, i+1), placed: placed, by: who.ref, currency: currencyOf(n),
			lines:   []line{{b.ware, 1, price(b.ware, on(year, b.date), currencyOf(n)), 0}, {19, 2, price(19, on(year, b.date), currencyOf(n)), 0}},
			shipped: placed + 30*hour, delivered: placed + 80*hour, cancelled: forever}
		w.order(p)
		w.paid(r, p, who, 0)
	}
	ae, se := w.duties[n-1].executiveAt(on(year, "08-24")), w.staff[engineers[2]-1]
	players := map[rune]*actor{'a': who, 'x': ae, 'y': se, 's': w.staff[supporters[0]-1]}
	w.play("buyer-private", year, zone, players, []ref{product(15)}, ref{}, buyerBeats[:2])
	currency, d := currencyOf(n), on(year, "08-24")
	o := &opportunity{
		id: fmt.Sprintf("dea-buyer-%d", year), name: fmt.Sprintf("Leak and air monitoring %d", year), typ: "EXPANSION", account: n, currency: currency,
		opened: day("08-24"), moves: [4]int64{day("09-07"), day("10-05"), day("11-02"), day("11-27")}, lostAt: 3, won: true,
		expected: []int{on(year, "11-30")}, lines: []line{{16, 90, price(16, d, currency), 0}, {15, 40, price(15, d, currency), 0}, {7, 2, price(7, d, currency), 0}},
	}
	o.team = []member{{ae, "AE", o.opened}, {se, "SE", o.moves[1]}}
	if !w.deal(o) {
		return
	}
	beats := w.play("buyer", year, zone, players, []ref{o.ref()}, ref{}, buyerBeats[2:])
	w.claim(assertion{id: fmt.Sprintf("cla-buyer-%d-1", year), role: "CHAMPION", stance: "SUPPORTIVE", confidence: 85, from: o.opened, to: forever, recorded: day("09-15"), origin: "EMPLOYEE", about: who, on: o.ref(), by: ae, cites: beats[:2]})
}

var buyerBeats = []beat{
	{"02-17", "a>s", "CHAT", "Air monitor in two rooms", "Is one enough for two rooms? | If the door is open, yes. | Then I start with one.", 30, "solved"},
	{"03-30", "a>s", "MAIL", "It found the leak", "Dear team,\n\nthe leak guard woke me at three in the morning, and it was right. Thank you!\n\n{C}", 85, ""},
	{"08-24", "a>x", "MAIL", "From the flat to the house", "Dear {e},\n\nI have had your things at home since February. Since June I look after the buildings here, and we have 90 places where water may go astray. Shall we talk?\n\n{C}", 70, ""},
	{"09-08", "axy", "MEETING", "Walk through the buildings", "{c} knows our products better than we do. 90 leak guards, 40 air monitors, two gateways.", 65, "offer requested"},
	{"10-05", "x>a", "MAIL", "Offer", "Dear {c},\n\nhere it is, with the price for a friend of the house.\n\n{E}", 0, ""},
	{"11-26", "a>x", "MAIL", "Approved", "Hi {e},\n\nit is approved, you have the order tomorrow.\n\n{c}", 75, ""},
}

// goesDark: somebody who wrote every other week does not answer any more. The job is the same, nothing is said.
func (w *world) goesDark(c *cast) {
	n, year := darkAt[c.year%2], c.year
	zone, d := zoneOf(n), w.duties[n-1]
	players := map[rune]*actor{'a': c.dark, 'x': d.executiveAt(on(year, "01-10")), 'y': d.success}
	beats := w.play("dark", year, zone, players, nil, ref{}, darkBeats)
	first := assertion{id: fmt.Sprintf("cla-dark-%d-1", year), role: "CHAMPION", stance: "SUPPORTIVE", confidence: 80, from: midnight(on(year, "01-10")), to: forever, recorded: w.moment(year, "03-02", zone), origin: "EMPLOYEE", about: c.dark, on: account(n), by: d.success, cites: beats[3:5]}
	second := first
	second.id, second.role, second.stance, second.confidence, second.recorded, second.origin, second.by, second.cites = fmt.Sprintf("cla-dark-%d-2", year), "UNKNOWN", "UNKNOWN", 60, w.moment(year, "08-17", zone), "RULE", nil, beats[13:15]
	said := w.in(first.recorded) && w.claim(first)
	if w.in(second.recorded) && w.claim(second) && said {
		w.disputed(first, second)
	}
}

var darkBeats = []beat{
	{"01-12", "a>x", "MAIL", "Plans for the year", "Hi {e},\n\nthree things this year: the new hall, the cold store, and fewer calls at night. Count on me for all three.\n\n{c}", 55, ""},
	{"01-13", "x>a", "MAIL", "Re: Plans for the year", "Hi {c},\n\nI will. Shall we begin with the cold store?\n\n{e}", 0, ""},
	{"01-27", "axy", "MEETING", "Cold store", "{c} showed the plans. Wants to be first with the new probes.", 60, "next step agreed"},
	{"02-10", "a>y", "MAIL", "Probes", "Hello {e},\n\nthe probes are in, all but one. The reading is steady. Well done.\n\n{c}", 65, ""},
	{"02-24", "a>x", "CALL", "New hall", "{c} expects the building permit in May.", 45, "reached"},
	{"03-10", "a>y", "MAIL", "Limits", "Hello {e},\n\ncan you look over the limits that I set? I am not sure about the door.\n\n{c}", 20, ""},
	{"03-11", "y>a", "MAIL", "Re: Limits", "Hello {c},\n\nthe door gets ten minutes of grace; all else is fine.\n\n{e}", 0, ""},
	{"03-31", "axy", "MEETING", "Quarterly review", "Good mood. {c} offered to speak at our user day in autumn.", 60, "actions agreed"},
	{"04-14", "a>x", "MAIL", "User day", "Hi {e},\n\nyes, I will speak. Twenty minutes, no slides.\n\n{c}", 60, ""},
	{"05-05", "a>y", "MAIL", "Night calls", "Hello {e},\n\none night call in April. There were eleven last year.\n\n{c}", 70, ""},
	{"05-26", "a>x", "CALL", "New hall", "Permit is late. {c} sounded tired.", -5, "reached"},
	{"06-11", "a>x", "MAIL", "Short", "Hi {e},\n\nnot now, please. I will come back to you.\n\n{c}", -30, ""},
	{"06-24", "x>a", "MAIL", "All well?", "Hi {c},\n\nI hope so. Shall I hold the week in September for the hall?\n\n{e}", 0, ""},
	{"07-09", "y>a", "MAIL", "Quarterly review", "Hello {c},\n\nwhen would suit you this time?\n\n{e}", 0, ""},
	{"08-04", "x>a", "CALL", "New hall", "", 0, "voicemail"},
	{"09-10", "x>a", "MAIL", "User day", "Hi {c},\n\nthe programme goes to print on Friday. Are you still with us?\n\n{e}", 0, ""},
	{"10-20", "y>a", "CALL", "Check-up", "", 0, "no answer"},
}

// pluralLife: those with two jobs speak with us now in one, now in the other.
func (w *world) pluralLife(year int) {
	for i, who := range w.plural {
		jobs := pluralists[i].jobs
		for month := 1; month <= 12; month++ {
			r := w.stream("plural", year, i, month)
			n := jobs[month%len(jobs)].account
			ours := w.duties[n-1].executiveAt(dayOf(year, 1, 15))
			note := pick(r, checkUps)
			w.talk(talk{id: fmt.Sprintf("int-two-jobs-%d-%d-%02d", i+1, year, month), at: w.office(r, on(year, fmt.Sprintf("%02d-%02d", month, r.between(1, 26))), zoneOf(n)), kind: "CALL", channel: "PHONE", origin: byCustomer,
				from: some(who), to: some(ours), subject: note.subject + ", " + companies[n-1].name, text: words(note.text, who, ours, wares[cloud].name, companies[n-1].name), mood: mood(r, note.mood), outcome: note.outcome})
		}
		for k, j := range jobs {
			at := w.moment(year, "02-10", zoneOf(j.account))
			if w.in(at) {
				w.claim(assertion{id: fmt.Sprintf("cla-two-jobs-%d-%d-%d", i+1, year, k+1), role: j.role, stance: "SUPPORTIVE", confidence: 75, from: midnight(dayOf(year, 1, 1)), to: forever, recorded: at, origin: "EMPLOYEE",
					about: who, on: account(j.account), by: w.duties[j.account-1].executiveAt(dayOf(year, 2, 10))})
			}
		}
	}
}
