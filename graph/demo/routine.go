package demo

import "fmt"

const (
	sessions        = 16_600 // page view sessions a week, in thousandths
	checkIns        = 20_000 // contacts with accounts that nothing special is the reason for
	chats           = 3_000
	mentionsPerWeek = 1_600
)

// pageViews adds who looks at which pages: contacts in office hours, the others in their leisure. Half the visits are
// those of a few.
func (w *world) pageViews() {
	var seats []*seat
	for _, s := range w.seats {
		seats = append(seats, s...)
	}
	seats = append(append(seats, w.shoppers...), w.visitors...)
	weights := make([]int, len(seats))
	for i, s := range seats {
		weights[i] = s.weight
		if s.account == 0 {
			weights[i] = 4 + s.weight // whoever has no account has no other way to look
		}
	}
	for day := w.first; day <= w.last; day++ {
		r := w.stream("sessions", day)
		for k := range r.count(expected(sessions, day, true)) {
			s := w.stream("session", day, k)
			w.session(s, day, k, seats[s.weighted(weights)])
		}
	}
}

func (w *world) session(r *stream, day, k int, seat *seat) {
	p := seat.at(midnight(day))
	if p == nil {
		return
	}
	zone, demand := countries[p.country].zone, func(i int) int { return wares[i].private }
	at := w.leisure(r, day, zone)
	if seat.account > 0 {
		zone = zoneOf(seat.account)
		at, demand = w.office(r, day, zone), func(i int) int { return wares[i].business }
	}
	channel := "WEB"
	if seat.account == 0 && r.chance(250) || seat.account > 0 && seat.place == 2 && r.chance(400) {
		channel = "APP"
	}
	weights := make([]int, len(wares))
	for i := range wares {
		weights[i] = demand(i)
	}
	for i := range 1 + r.below(4)*r.below(2) + r.below(2) {
		t := talk{id: fmt.Sprintf("int-v%s-%d-%d", dated(day), k+1, i+1), at: at, sequence: i + 1, kind: "PAGE_VIEW", channel: channel, origin: byCustomer, from: []*actor{&p.actor}}
		if r.chance(550) {
			item := r.weighted(weights)
			t.subject, t.about = wares[item].name, []ref{product(item)}
		} else {
			t.subject = pick(r, pages)
		}
		w.talk(t)
		if !r.chance(60) { // else the next page came within the second that the log counts
			at += int64(r.between(8, 420)) * 1_000_000
		}
	}
}

// contacts adds calls, mail and meetings with accounts, chats with private buyers, and what is said of us elsewhere.
func (w *world) contacts() {
	var accounts, shoppers []int
	for i, c := range companies {
		weight := map[string]int{customer: 8, prospect: 5, former: 0, partner: 4}[c.stage]
		accounts = append(accounts, weight*(1+min(w.stream("contacts of", i+1).heavy(), 8))+c.seats)
	}
	for _, s := range w.shoppers {
		shoppers = append(shoppers, s.weight)
	}
	const longest = 30 // days that mail goes back and forth
	for day := w.first - longest; day <= w.last; day++ {
		r := w.stream("contacts", day)
		for k := range r.count(expected(checkIns, day, true)) {
			s := w.stream("contact", day, k)
			w.checkIn(s, day, k, s.weighted(accounts)+1)
		}
		for k := range r.count(expected(chats, day, false)) {
			s := w.stream("chat", day, k)
			w.chat(s, day, k, w.shoppers[s.weighted(shoppers)])
		}
		for k := range r.count(expected(mentionsPerWeek, day, false)) {
			w.mention(w.stream("mention", day, k), day, k)
		}
	}
}

func (w *world) checkIn(r *stream, day, k, n int) {
	zone, d := zoneOf(n), w.duties[n-1]
	at := w.office(r, day, zone)
	who := w.contactOf(r, n, at)
	if who == nil {
		return
	}
	ours := d.executiveAt(day)
	if d.success != nil && r.chance(600) {
		ours = d.success
	}
	id := fmt.Sprintf("int-k%s-%d", dated(day), k+1)
	item := r.weighted([]int{9, 8, 8, 9, 6, 4, 6, 4, 6, 3, 3})
	name, company := wares[item].name, companies[n-1].name
	var about []ref
	if r.chance(400) {
		about = []ref{product(item)}
	}
	switch kind := r.below(100); {
	case kind < 46:
		texts := smallTalk
		if own := foreignTalk[countries[companies[n-1].country].language]; len(own) > 0 && r.chance(450) {
			texts = own
		}
		t := thread{exchange: pick(r, texts), id: id, at: at, customer: who, employee: ours, zone: zone, product: name, account: company, about: about}
		if boss := w.seats[n-1][0].at(at); boss != nil && r.chance(150) {
			t.cc = []*actor{&boss.actor}
		}
		w.correspond(r, t)
	case kind < 76:
		note := pick(r, checkUps)
		t := talk{id: id, at: at, kind: "CALL", channel: "PHONE", origin: byBusiness, from: some(ours), to: some(who), subject: note.subject, text: words(note.text, who, ours, name, company), mood: mood(r, note.mood), outcome: note.outcome, about: about}
		switch {
		case r.chance(350):
			t.origin, t.from, t.to = byCustomer, t.to, t.from
		case r.chance(220):
			t.subject, t.text, t.mood, t.outcome = "Not reached", "", nil, pick(r, []string{"no answer", "voicemail"})
		}
		w.talk(t)
	case kind < 94:
		note := pick(r, getTogethers)
		t := talk{id: id, at: at, kind: "MEETING", channel: "WEB", origin: byBusiness, subject: words(note.subject, who, ours, name, company), text: words(note.text, who, ours, name, company), mood: mood(r, note.mood), outcome: note.outcome, about: about}
		t.attending = []*actor{who, ours}
		for range r.below(3) {
			if a := w.contactOf(r, n, at); a != nil {
				t.attending = append(t.attending, a)
			}
		}
		if d.engineer != nil && r.chance(300) {
			t.attending = append(t.attending, d.engineer)
		}
		if r.chance(250) {
			t.kind, t.channel = "VISIT", "IN_PERSON"
		}
		w.talk(t)
	default: // nobody began it
		w.talk(talk{id: id, at: at, kind: "OTHER", channel: "OTHER", origin: byNeither, to: some(who), subject: pick(r, happenings), about: []ref{product(item)}})
	}
}

func (w *world) chat(r *stream, day, k int, s *seat) {
	p := s.at(midnight(day))
	if p == nil {
		return
	}
	ours := w.staff[pick(r, supporters)-1]
	item := 15 + r.below(5)
	note := pick(r, smallChats)
	t := talk{id: fmt.Sprintf("int-h%s-%d", dated(day), k+1), at: w.leisure(r, day, countries[p.country].zone), kind: "CHAT", channel: "CHAT", origin: byCustomer, from: []*actor{&p.actor}, to: some(ours),
		subject: words(note.subject, &p.actor, ours, wares[item].name, ""), text: words(note.text, &p.actor, ours, wares[item].name, ""), mood: mood(r, note.mood), outcome: note.outcome, about: []ref{product(item)}}
	if w.talk(t) {
		w.asked("h"+t.id[len("int-h"):], easy, t.at, &p.actor, 70+note.mood/4, ref{"Interaction", t.id})
	}
}

// mention is what somebody says of a product in public; mostly nobody knows who that is.
func (w *world) mention(r *stream, day, k int) {
	item := 15 + r.below(4)
	note := pick(r, mentions)
	t := talk{id: fmt.Sprintf("int-m%s-%d", dated(day), k+1), at: w.leisure(r, day, "Europe/Berlin"), kind: "MENTION", channel: "SOCIAL", origin: byCustomer, text: words(note.text, nil, nil, wares[item].name, ""), mood: mood(r, note.mood), about: []ref{product(item)}}
	if s := w.shoppers[r.below(len(w.shoppers))]; r.chance(300) {
		if p := s.at(t.at); p != nil {
			t.from = []*actor{&p.actor}
		}
	}
	w.talk(t)
}
