package demo

import (
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// survey is a way to ask, with the ends of its scale. Nothing is scored where both are 0.
type survey struct {
	instrument, question string
	low, high            int
}

var (
	recommend = survey{"NPS", "Would you recommend us to a colleague or a friend?", 0, 10}
	satisfied = survey{"CSAT", "How satisfied are you with how we handled it?", 1, 5}
	easy      = survey{"CES", "How easy was it to get done what you came for?", 1, 7}
	open      = survey{"OPEN", "What should we do better?", 0, 0}
)

// answer is an answer to a survey. Mood is from 0, all that is bad, to 100.
type answer struct {
	id string
	at int64
	survey
	journey string
	mood    int
	text    string
	by      *actor
	about   ref
}

// answer adds feedback, if whoever gives it is there at the time.
func (w *world) answer(a answer) {
	if !w.in(a.at) || !a.by.active(a.at) {
		return
	}
	n := ref{"Feedback", "fee-" + a.id}
	set := graph.Values{"at": a.at, "instrument": a.instrument, "question": a.question, "journey": a.journey, "text": a.text}
	if a.high > 0 {
		set["score"] = int64(a.low*100+(a.high-a.low)*min(max(a.mood, 0), 100)+50) / 100
	}
	w.node(n, set)
	w.link("BY", n, a.by.ref, nil)
	if a.about != (ref{}) {
		w.link("ABOUT", n, a.about, nil)
	}
	if a.mood < 40 {
		w.colleagues("f"+a.id, 250, a.at, nil, "", answerNotes, []ref{n}, ref{})
	}
}

const surveysPerWeek = 2_600 // in thousandths

var stages = []string{"AWARENESS", "INTEREST", "CONSIDERATION", "PURCHASE", "ONBOARDING", "USE", "USE", "USE", "LOYALTY", "ADVOCACY"}

// surveys asks somebody now and then, about us or about a product.
func (w *world) surveys() {
	seats := slices.Concat(slices.Concat(w.seats...), w.shoppers, w.visitors)
	for day := w.first; day <= w.last; day++ {
		r := w.stream("surveys", day)
		for k := range r.count(expected(surveysPerWeek, day, true)) {
			s := w.stream("survey", day, k)
			at := w.office(s, day, "Europe/Berlin")
			who := pick(s, seats).at(at)
			if who == nil || who.email == "" {
				continue
			}
			a := answer{id: fmt.Sprintf("%s-%d", dated(day), k+1), at: at, by: &who.actor, survey: []survey{recommend, recommend, easy, open}[s.below(4)], mood: 55 + s.below(25) + s.below(25)}
			if s.chance(700) {
				a.journey = pick(s, stages)
			}
			if a.survey != recommend {
				a.about = product(s.below(len(wares)))
			}
			if a.survey == open || s.chance(250) {
				a.text = remark(s, a.mood)
			}
			w.answer(a)
		}
	}
}

// asked has whoever was helped asked how it was, now and then.
func (w *world) asked(id string, s survey, at int64, who *actor, mood int, about ref) {
	r := w.stream("asked " + id)
	if who == nil || at == forever || !r.chance(220) {
		return
	}
	a := answer{id: id, at: at + int64(r.between(20, 60))*hour, survey: s, journey: "USE", mood: mood + r.between(-25, 25), by: who, about: about}
	if r.chance(300) {
		a.text = remark(r, a.mood)
	}
	w.answer(a)
}

func remark(r *stream, mood int) string {
	switch {
	case mood < 40:
		return pick(r, []string{"It took far too long.", "I had to explain everything three times.", "Nobody told me anything.", "I am looking around for something else."})
	case mood < 75:
		return pick(r, []string{"All right, on the whole.", "The app could be faster.", "Please tell us earlier what changes.", "Good people, slow parcels."})
	}
	return pick(r, []string{"Friendly and quick.", "I got an answer from somebody who knows the thing.", "It simply runs.", "Better than all others we had."})
}
