package demo

import (
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// piece is a line of the table of contents: ctn-01, ctn-02 and so on.
type piece struct{ title, kind, topic string }

var pieces = []piece{
	{"Why sensors lie on Mondays", "ARTICLE", "Calibration"},
	{"Ten thousand motors: what breaks first", "WHITEPAPER", "Condition monitoring"},
	{"A leak guard in four minutes", "MANUAL", "Home"},
	{"From gauge to gateway", "ARTICLE", "Retrofit"},
	{"How a dairy sleeps through the night", "CASE_STUDY", "Condition monitoring"},
	{"What changes with the next version", "ARTICLE", "Releases"},
	{"Buildings that report their leaks", "CASE_STUDY", "Home"},
	{"Twelve voices from our user day", "VIDEO", ""},
}

func content(i int) ref { return ref{"Content", fmt.Sprintf("ctn-%02d", i+1)} }

func (w *world) contents() {
	for i, p := range pieces {
		w.node(content(i), graph.Values{"title": p.title, "contentKind": p.kind, "topic": p.topic})
	}
}

// drive is a campaign of every year.
type drive struct {
	id, name, kind string
	date           string // month and day of the year on which it begins
	days           int
	cost           int64 // in whole euros, 0: not known
	brings         []int // places in the table of contents
	reaches        func(*person) bool
	answered       int      // by how many, of a thousand
	steps          []string // what they do then, one thing after the other
}

var drives = []drive{
	{"newsletter", "Newsletter of the spring", "EMAIL", "02-11", 10, 3_800, []int{0, 4}, everybody, 380, []string{"OPENED", "CLICKED", "UNSUBSCRIBED"}},
	{"colleague", "Bring a colleague", "REFERRAL", "05-05", 60, 0, []int{5}, everybody, 200, []string{"OPENED", "CLICKED"}},
	{"survey", "What do you think of us?", "EMAIL", "06-03", 21, 900, nil, everybody, 300, []string{"OPENED"}},
	{"userday", "User day", "EVENT", "09-22", 2, 38_500, []int{7}, atAccounts, 300, []string{"REGISTERED", "ATTENDED"}},
	{"retrofit", "From gauge to gateway", "WEBINAR", "10-07", 1, 2_400, []int{3}, atAccounts, 260, []string{"REGISTERED", "ATTENDED"}},
	{"launch", "The house that reports its leaks", "ADVERTISING", "11-03", 40, 14_200, []int{2, 6}, atHome, 300, []string{"CLICKED", "BOUGHT"}},
}

func everybody(*person) bool    { return true }
func atAccounts(p *person) bool { return p.title != "" }
func atHome(p *person) bool     { return p.title == "" }

// campaigns adds those of each year, which reach whoever has consented to that, and who responds to them. The one that
// goes wrong is a story: see discountGoesAstray.
func (w *world) campaigns() {
	for _, year := range w.years() {
		for _, d := range drives {
			w.campaign(year, d)
			w.reach(year, d)
		}
	}
}

func drove(year int, id string) ref { return ref{"Campaign", fmt.Sprintf("cam-%s-%d", id, year)} }

func (w *world) begins(year int, d drive) int64 { return w.moment(year, d.date, berlin) }

// campaign adds a campaign that has begun, and reports whether it is shown.
func (w *world) campaign(year int, d drive) bool {
	at := w.begins(year, d)
	if !w.in(at) {
		return false
	}
	ends := at + int64(d.days)*wholeDay
	set := graph.Values{"name": fmt.Sprintf("%s %d", d.name, year), "campaignKind": d.kind, "startsAt": at, "endsAt": w.passed(ends)}
	if d.cost > 0 && w.over(ends) {
		set["cost"] = money(d.cost*100, "EUR")
	}
	w.node(drove(year, d.id), set)
	return true
}

// reach says whom a campaign reached, and what they did then.
func (w *world) reach(year int, d drive) {
	begun := w.begins(year, d)
	for _, s := range slices.Concat(slices.Concat(w.seats...), w.shoppers, w.visitors) {
		p := s.at(begun)
		if p == nil || p.email == "" || !d.reaches(p) {
			continue
		}
		r := w.stream("reach "+d.id+" "+p.id, year)
		at := begun + int64(r.below(120))*minute
		if agrees, _ := w.attitude(p.id, at); !agrees || !p.active(at) {
			continue
		}
		shown := w.in(begun) && w.in(at)
		if shown {
			set := graph.Values{"at": at}
			if d.kind == "ADVERTISING" {
				delete(set, "at") // nobody knows when it was seen
			}
			w.link("TARGETED", drove(year, d.id), p.ref, set)
		}
		back := at + int64(r.between(1, 150))*hour
		if !r.chance(d.answered) || !w.in(back) || !p.active(back) {
			continue
		}
		if d.id == "survey" {
			w.answerSurvey(r, year, d, p, back)
		}
		if shown {
			w.steps(r, year, d, p, back)
			w.respond(r, year, d, p, back)
		}
	}
}

// steps adds what somebody does, one thing after the other, until she leaves it at that.
func (w *world) steps(r *stream, year int, d drive, p *person, at int64) {
	for i, step := range d.steps {
		if i > 0 {
			if at += int64(r.between(1, 40)) * hour; r.chance(500) {
				return
			}
		}
		if !w.in(at) || !p.active(at) {
			return
		}
		set := graph.Values{"response": step, "at": at}
		if step == "ATTENDED" && r.chance(400) {
			delete(set, "at") // from the list at the door
		}
		w.link("RESPONDED", drove(year, d.id), p.ref, set)
	}
}

// answerSurvey is told though the campaign may have begun before all that is told.
func (w *world) answerSurvey(r *stream, year int, d drive, p *person, at int64) {
	a := answer{id: responseTo(d, year, p), at: at, survey: recommend, journey: "LOYALTY", mood: 45 + r.below(30) + r.below(30), by: &p.actor}
	a.text = remark(r, a.mood)
	w.answer(a)
}

func responseTo(d drive, year int, p *person) string {
	return fmt.Sprintf("%s-%d-%s", d.id, year, p.id[len("cus-"):])
}

// respond is what somebody does whom a campaign has won: she reads what was sent, or writes.
func (w *world) respond(r *stream, year int, d drive, p *person, at int64) {
	t := talk{id: "int-" + responseTo(d, year, p), at: at, origin: byCustomer, from: some(&p.actor), about: []ref{drove(year, d.id)}}
	switch {
	case d.kind == "EVENT":
		host := w.staff[headOfMarketing-1]
		t.kind, t.channel, t.to, t.subject = "MAIL", "EMAIL", some(host), "User day"
		t.text, t.mood = words("Hello {e},\n\nplease put me on the list. Is there a train?\n\n{C}", &p.actor, host, "", ""), mood(r, 40)
		w.talk(t)
	case len(d.brings) > 0:
		i := pick(r, d.brings)
		t.kind, t.channel, t.subject, t.about = "PAGE_VIEW", "WEB", pieces[i].title, append(t.about, content(i))
		w.talk(t)
	}
}
