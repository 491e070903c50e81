package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

// cast are those whom the stories of a year are about.
type cast struct {
	year                int
	champion, successor *actor
	believed, signer    *actor
	buyer, dark         *actor
}

// lead is somebody in the cast of a year, as the table of players has it.
type lead struct {
	id      string
	player  string // given and family name
	account int
	title   string
	in      position
	known   string // month and day of the first contact in the year
	hired   int    // years before the year; -1: in the year, on the day joins
	joins   string
	leaves  string // month and day of the year, or empty
	goes    int    // the account of the job that begins on 1 June; 0: none
}

// on is a day of a year, written as 01-31.
func on(year int, date string) int {
	t, err := time.Parse("01-02", date)
	if err != nil {
		panic("demo: " + err.Error()) // the tables have a day that is none
	}
	return dayOf(year, t.Month(), t.Day())
}

func (w *world) years() []int {
	var out []int
	for y := time.UnixMicro(w.start).UTC().Year(); y <= time.UnixMicro(w.end-1).UTC().Year(); y++ {
		out = append(out, y)
	}
	return out
}

// storyPeople adds the cast of all years that the window touches, and those who hold two jobs.
func (w *world) storyPeople() {
	for _, year := range w.years() {
		c := &cast{year: year}
		c.champion = w.lead(year, lead{id: "champion", player: players.champion[year%6], account: championAt[year%2], title: "Head of Digital Production", in: positions[1], known: "01-05", hired: 5, leaves: "05-01", goes: championGoes[year%2]})
		c.successor = w.lead(year, lead{id: "successor", player: players.successor[year%6], account: championAt[year%2], title: "Interim Head of Production", in: positions[1], known: "05-04", hired: -1, joins: "05-01"})
		c.believed = w.lead(year, lead{id: "believed", player: players.believed[year%6], account: signatureAt[year%2], title: "VP Manufacturing", in: position{nil, "Operations", "VP", 50_000}, known: "03-02", hired: 6})
		c.signer = w.lead(year, lead{id: "signer", player: players.signer[year%6], account: signatureAt[year%2], title: "Director Capital Projects", in: position{nil, "Finance", "DIRECTOR", 400_000}, known: "03-02", hired: 9})
		c.buyer = w.lead(year, lead{id: "buyer", player: players.buyer[year%6], account: buyerJoins[year%2], title: "Facility Manager", in: position{nil, "Facilities", "MANAGER", 30_000}, known: "02-02", hired: -1, joins: "06-01"})
		c.dark = w.lead(year, lead{id: "dark", player: players.dark[year%6], account: darkAt[year%2], title: "Operations Manager", in: positions[1], known: "01-05", hired: 3})
		w.casts = append(w.casts, c)
	}
	for i, p := range pluralists {
		given, family := split(p.name)
		a := &actor{ref: ref{"Customer", fmt.Sprintf("cus-two-jobs-%d", i+1)}, given: given, family: family, from: midnight(dayOf(2022, time.January, 1)), to: forever}
		country := countries[companies[p.jobs[0].account-1].country]
		w.node(a.ref, graph.Values{
			"name": p.name, "givenName": given, "familyName": family, "email": address(given, family, companies[p.jobs[0].account-1].domain), "phone": p.phone,
			"language": country.language, "timeZone": country.zone, "gender": p.gender, "education": "MASTER", "journeyStage": "LOYALTY", "introducesOthers": i == 0, "occupation": p.occupation,
		})
		for _, j := range p.jobs {
			w.job(a.ref, j.account, j.title, position{nil, j.department, j.seniority, j.limit}, midnight(on(j.since, "03-01")), forever)
		}
		w.plural = append(w.plural, a)
	}
}

// lead adds somebody who has a part in the stories of a year, and the job. Who has left the stage remains, but is not
// told of any more once the whole year is out of sight.
func (w *world) lead(year int, l lead) *actor {
	given, family := split(l.player)
	a := &actor{ref: ref{"Customer", fmt.Sprintf("cus-%s-%d", l.id, year)}, given: given, family: family, from: midnight(on(year, l.known)), to: forever}
	if l.leaves != "" {
		a.to = midnight(on(year, l.leaves))
	}
	if !w.over(a.from) {
		return a
	}
	c := companies[l.account-1]
	domain, stage := c.domain, "USE"
	hired := dayOf(year-l.hired, time.April, 1)
	if l.hired < 0 {
		hired = on(year, l.joins)
	}
	switch {
	case l.id == "buyer":
		domain, stage = "post01.example", "LOYALTY" // the address stays a private one
		if w.over(midnight(hired)) {
			stage = "ADVOCACY"
		}
	case l.id == "successor":
		stage = "ONBOARDING"
	}
	r := w.stream("lead "+l.id, year)
	w.node(a.ref, graph.Values{
		"name": a.name(), "givenName": given, "familyName": family, "email": address(given, family, domain), "language": countries[c.country].language, "timeZone": zoneOf(l.account),
		"phone": phone(r, c.country), "journeyStage": stage, "introducesOthers": r.chance(500),
	})
	if w.over(midnight(hired)) {
		w.job(a.ref, l.account, l.title, l.in, midnight(hired), a.to)
	}
	if next := midnight(on(year, "06-01")); l.goes > 0 && w.over(next) {
		w.job(a.ref, l.goes, "Chief Operating Officer", positions[0], next, forever)
	}
	return a
}

func (w *world) stories() {
	for _, c := range w.casts {
		w.championLeaves(c)
		w.gatewayFails(c.year)
		w.signature(c)
		w.buyerJoins(c)
		w.goesDark(c)
		w.pluralLife(c.year)
	}
}

// beat is something that passes on a day of the year. Who: letters of the players, as "a>x" for a message of a to x,
// "x>y+b" with b in copy, or "abx" for a meeting; x and y are ours.
type beat struct {
	date          string
	who           string
	kind          string
	subject, text string
	mood          int
	outcome       string
}

// play adds what the beats say, and returns it for claims to cite. Players are looked up by letter.
func (w *world) play(id string, year int, zone string, players map[rune]*actor, about []ref, in ref, beats []beat) []cited {
	var out []cited
	for i, b := range beats {
		r := w.stream(id, year, i)
		t := talk{
			id: fmt.Sprintf("int-%s-%d-%02d", id, year, i+1), at: w.at(workday(on(year, b.date)), r.between(8*60+30, 17*60), zone), kind: b.kind, origin: byBusiness,
			outcome: b.outcome, about: about, in: in,
		}
		t.channel = map[string]string{"MAIL": "EMAIL", "CALL": "PHONE", "MEETING": "WEB", "VISIT": "IN_PERSON", "CHAT": "CHAT", "OTHER": "OTHER"}[b.kind]
		from, to, sent := strings.Cut(b.who, ">")
		to, cc, _ := strings.Cut(to, "+")
		if sent {
			t.from, t.to, t.cc = chosen(players, from), chosen(players, to), chosen(players, cc)
			if len(t.from) > 0 && t.from[0].kind == "Customer" {
				t.origin = byCustomer
			} else if len(t.from) == 0 {
				t.origin = byNeither
			}
		} else {
			t.attending = chosen(players, b.who)
		}
		var c, e *actor
		for _, a := range append(append(append([]*actor{}, t.from...), t.to...), t.attending...) {
			if a.kind == "Customer" && c == nil {
				c = a
			}
			if a.kind == "Employee" && e == nil {
				e = a
			}
		}
		t.subject, t.text = words(b.subject, c, e, "", ""), words(b.text, c, e, "", "")
		if t.origin == byCustomer || len(t.attending) > 0 {
			t.mood = int64(b.mood) * 10_000
		}
		w.talk(t)
		out = append(out, cited{ref{"Interaction", t.id}, t.at, c})
	}
	return out
}

func chosen(players map[rune]*actor, letters string) []*actor {
	var out []*actor
	for _, l := range letters {
		out = append(out, players[l])
	}
	return out
}

// moment is an instant in the office hours of a day of the year.
func (w *world) moment(year int, date, zone string) int64 {
	return w.at(workday(on(year, date)), 10*60+20, zone)
}
