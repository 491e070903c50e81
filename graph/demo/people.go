package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

// seat is a place that persons hold one after the other: a position at an account, or a place among the private buyers.
// So their number stays about the same, while some leave and others come.
type seat struct {
	id      string
	account int // its number, 0 for none
	place   int // of the seat in its account, or among those without one
	weight  int // how much goes on with whoever holds it
	holders []*person
}

// person is a customer.
type person struct {
	actor
	n        int // among the holders of the seat
	country  string
	woman    bool
	email    string
	position position
	title    string
	weight   int
}

// tenure says how long those who hold a seat stay, and how long it is empty then, in days.
type tenure struct {
	name               string
	seats              int
	staysMin, staysMax int
	gapMin, gapMax     int
}

var (
	contact = tenure{"contact", 0, 900, 3600, 15, 90}
	shopper = tenure{"buyer", 43, 500, 1900, 10, 120}
	visitor = tenure{"visitor", 13, 20, 260, 5, 60}
)

// fill makes those who hold a seat one after the other, up to the end of the world.
func (w *world) fill(s *seat, k tenure, make func(p *person, r *stream)) *seat {
	r := w.stream(k.name, s.account, s.place)
	s.weight = r.heavy()
	if r.chance(90) {
		s.weight = 0 // silent
	}
	epoch := dayOf(2023, time.January, 1)
	from, to := epoch-r.between(100, max(k.staysMax, 120)), epoch+r.between(30, k.staysMax)
	for n := 0; from <= w.last; n++ {
		r := w.stream(k.name+" holder", s.account, s.place, n)
		p := &person{n: n, weight: 1 + r.below(3)}
		p.ref = ref{"Customer", fmt.Sprintf("%s-%d", s.id, n+1)}
		p.from, p.to = midnight(from), midnight(to)
		make(p, r)
		s.holders = append(s.holders, p)
		from = to + r.between(k.gapMin, k.gapMax)
		to = from + r.between(k.staysMin, k.staysMax)
	}
	return s
}

// at is who holds the seat at an instant, or nil.
func (s *seat) at(t int64) *person {
	for _, p := range s.holders {
		if p.active(t) {
			return p
		}
	}
	return nil
}

// christen gives a name of the country.
func (p *person) christen(r *stream, country string) {
	p.country, p.woman = country, r.chance(470)
	c := names[countries[country].names]
	given := c.men
	if p.woman {
		given = c.women
	}
	p.given, p.family = pick(r, given), pick(r, c.families)
	if man, woman, ok := strings.Cut(p.family, "/"); ok {
		p.family = man
		if p.woman {
			p.family = woman
		}
	}
}

var plainer = strings.NewReplacer(plain...)

func address(given, family, domain string) string {
	return plainer.Replace(strings.ToLower(given)) + "." + plainer.Replace(strings.ToLower(family)) + "@" + domain
}

// shown reports whether somebody is part of the world: known before its end, and not gone before its start.
func (w *world) shown(a *actor) bool { return w.over(a.from) && a.to >= w.start }

func (w *world) people() {
	for i, c := range companies {
		var seats []*seat
		for k := range c.seats {
			seats = append(seats, w.contactSeat(i+1, k))
		}
		w.seats = append(w.seats, seats)
	}
	for k := range shopper.seats {
		w.shoppers = append(w.shoppers, w.fill(&seat{id: fmt.Sprintf("cus-b%02d", k+1), place: k}, shopper, func(p *person, r *stream) {
			p.christen(r, pick(r, homes))
			p.email = address(p.given, p.family, fmt.Sprintf("%s%02d.example", pick(r, []string{"post", "mail", "brief"}), 1+r.below(9)))
		}))
	}
	for k := range visitor.seats {
		w.visitors = append(w.visitors, w.fill(&seat{id: fmt.Sprintf("cus-v%02d", k+1), place: k}, visitor, func(p *person, r *stream) {
			p.christen(r, pick(r, homes))
			if r.chance(450) { // a lead; the others remain without a name
				p.email = address(p.given, p.family, "mail.example")
			}
		}))
	}
	for i, seats := range w.seats {
		for _, s := range seats {
			for _, p := range s.holders {
				w.contact(i+1, p)
			}
		}
	}
	for _, s := range w.shoppers {
		for _, p := range s.holders {
			w.shopper(p)
		}
	}
	for _, s := range w.visitors {
		for _, p := range s.holders {
			w.visitor(p)
		}
	}
	for i := range w.seats {
		w.chart(i + 1)
	}
	w.storyPeople()
}

func (w *world) contactSeat(n, k int) *seat {
	c := companies[n-1]
	return w.fill(&seat{id: fmt.Sprintf("cus-%02d%c", n, 'a'+k), account: n, place: k}, contact, func(p *person, r *stream) {
		p.christen(r, c.country)
		domain := c.domain
		if domain == "" {
			domain = "prairiegrain.example" // which nobody wrote down for the account
		}
		p.email = address(p.given, p.family, domain)
		p.position = positions[k]
		p.title = pick(r, p.position.titles)
		if k == 0 && c.employees < 100 {
			p.title, p.position.seniority = "Owner", "OWNER"
		}
	})
}

// basics are what may be known of any person. Not all of it is.
func (w *world) basics(p *person, private bool) graph.Values {
	r := w.stream("basics " + p.id)
	set := graph.Values{
		"name": p.name(), "givenName": p.given, "familyName": p.family, "email": p.email,
		"language": countries[p.country].language, "timeZone": countries[p.country].zone,
	}
	often := 150
	if private {
		often = 550
	}
	bands := []string{"LOW", "LOWER_MIDDLE", "MIDDLE", "MIDDLE", "UPPER_MIDDLE", "HIGH"}
	if !private {
		bands = bands[3:]
	}
	if p.position.seniority == "C_LEVEL" || p.position.seniority == "VP" {
		bands = bands[1:]
	}
	year := calendar(int(p.from / wholeDay)).Year()
	facts := []struct {
		permille int
		name     string
		value    any
	}{
		{720, "phone", phone(r, p.country)},
		{often, "birthYear", int64(year - r.between(24, 61))},
		{often + 150, "gender", gender(p, r)},
		{often, "education", pick(r, []string{"SCHOOL", "VOCATIONAL", "BACHELOR", "MASTER", "MASTER", "DOCTORATE"})},
		{often - 50, "incomeBand", pick(r, bands)},
		{380, "introducesOthers", r.chance(600)},
	}
	if private {
		facts = append(facts, struct {
			permille int
			name     string
			value    any
		}{700, "occupation", pick(r, occupations)})
	}
	for _, f := range facts {
		if r.chance(f.permille) {
			set[f.name] = f.value
		}
	}
	return set
}

// phone is a number that looks like one and is nobody's.
func phone(r *stream, country string) string {
	return fmt.Sprintf("%s 555 %04d", countries[country].dial, r.below(10_000))
}

func gender(p *person, r *stream) string {
	switch {
	case r.chance(25):
		return "DIVERSE"
	case p.woman:
		return "FEMALE"
	}
	return "MALE"
}

// since is how many days ago an instant was when the world ends.
func (w *world) since(at int64) int { return int((w.end - at) / wholeDay) }

func (w *world) contact(n int, p *person) {
	if !w.shown(&p.actor) {
		return
	}
	set := w.basics(p, false)
	set["journeyStage"] = w.contactStage(n, p)
	if zone := zoneOf(n); zone != set["timeZone"] {
		set["timeZone"] = zone
	}
	w.node(p.ref, set)
	w.job(p.ref, n, p.title, p.position, p.from, p.to)
}

func (w *world) contactStage(n int, p *person) string {
	known := w.since(p.from)
	r := w.stream("stage " + p.id)
	switch {
	case companies[n-1].stage == prospect && known < 200:
		return "AWARENESS"
	case companies[n-1].stage == prospect:
		return pick(r, []string{"INTEREST", "CONSIDERATION"})
	case known < 90:
		return "ONBOARDING"
	case known < 900 || p.weight == 1:
		return "USE"
	case r.chance(300):
		return "ADVOCACY"
	}
	return "LOYALTY"
}

// job adds an employment.
func (w *world) job(who ref, n int, title string, p position, from, to int64) {
	set := graph.Values{"title": title, "department": p.department, "seniority": p.seniority, "from": from, "to": w.passed(to)}
	if p.limit > 0 {
		set["approvalLimit"] = money(int64(p.limit)*100, currencyOf(n))
	}
	w.link("WORKS_AT", who, account(n), set)
}

func (w *world) shopper(p *person) {
	if !w.shown(&p.actor) {
		return
	}
	set := w.basics(p, true)
	switch known := w.since(p.from); {
	case known < 30:
		set["journeyStage"] = "CONSIDERATION"
	case known < 90:
		set["journeyStage"] = "PURCHASE"
	case known < 700:
		set["journeyStage"] = "USE"
	default:
		set["journeyStage"] = "LOYALTY"
	}
	w.node(p.ref, set)
}

func (w *world) visitor(p *person) {
	if !w.shown(&p.actor) {
		return
	}
	if p.email == "" {
		w.node(p.ref, graph.Values{"language": countries[p.country].language, "journeyStage": "AWARENESS"})
		return
	}
	set := graph.Values{"name": p.name(), "givenName": p.given, "familyName": p.family, "email": p.email, "journeyStage": "INTEREST", "language": countries[p.country].language}
	if w.since(p.from) > 40 {
		set["journeyStage"] = "CONSIDERATION"
	}
	w.node(p.ref, set)
}

// chart says who reports to whom at an account, as long as both hold their seats.
func (w *world) chart(n int) {
	seats := w.seats[n-1]
	report := func(of, to int, kind, source string) {
		for _, p := range seats[of].holders {
			for _, boss := range seats[to].holders {
				from, until := max(p.from, boss.from), min(p.to, boss.to)
				if from < until && w.over(from) && w.shown(&p.actor) && w.shown(&boss.actor) {
					w.link("REPORTS_TO", p.ref, boss.ref, graph.Values{"kind": kind, "source": source, "from": from, "to": w.passed(until)})
				}
			}
		}
	}
	for k := 1; k < len(seats); k++ {
		boss := []int{0, 0, 1, 4, 0, 1, 0}[k]
		if boss >= len(seats) {
			boss = 0
		}
		report(k, boss, "LINE", []string{"organisation chart", "mail signature", ""}[(n+k)%3])
	}
	if len(seats) > 3 {
		report(2, 3, "DOTTED", "sales call")
	}
}
