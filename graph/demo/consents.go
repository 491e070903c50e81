package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

// Seats of private buyers who have their data restricted, the second for some weeks.
const (
	restricted = "cus-b05-"
	lifted     = "cus-b06-"
)

// authority stands behind what customers said in writing: the world is a source as one that a policy names.
const authority = graph.BySource

// word is what a customer says about the use of her data.
type word struct {
	n                int // among hers
	purpose, channel string
	status, source   string
	at               time.Time
	days             int // after which a consent ends by itself, 0: never
}

// consents has a customer say what her data may be used for: some consent to marketing, of whom some take it back and some
// are not asked again in time; some object to marketing, to selling or to service; most never decide. Nobody of the stories
// objects. What she says stands in the batch that she comes with, so that nobody sees her before.
func (w *world) consents(id string) {
	r := w.stream("consent "+id, 0)
	// A day of the calendar, the same whenever the world is made.
	day := time.Date(2024, 12, 1, 8+r.below(10), r.below(60), 0, 0, time.UTC).AddDate(0, 0, r.below(650))
	story := id[4] != 'b' && id[4] != 'v' && (id[4] < '0' || id[4] > '9')
	if strings.HasPrefix(id, restricted) || strings.HasPrefix(id, lifted) {
		w.say(id, word{n: 1, status: graph.Restricted, source: "letter", at: time.Date(2025, 2, 3, 10, 0, 0, 0, time.UTC)})
		if strings.HasPrefix(id, lifted) {
			w.say(id, word{n: 2, status: graph.Unrestricted, source: "letter", at: time.Date(2025, 3, 17, 9, 0, 0, 0, time.UTC)})
		}
		return
	}
	switch draw := r.below(100); {
	case draw < 45:
		w.consent(id, r, day)
	case draw < 53 && !story:
		w.say(id, word{n: 1, purpose: "MARKETING", status: graph.Objected, source: "mail", at: day})
	}
	switch draw := r.below(100); {
	case story:
	case draw < 6:
		w.say(id, word{n: 3, purpose: "SALES", status: graph.Objected, source: "call", at: day.AddDate(0, 0, 3)})
	case draw < 8:
		w.say(id, word{n: 4, purpose: "SERVICE", status: graph.Objected, source: "letter", at: day.AddDate(0, 0, 5)})
	}
}

// consent has a customer consent to marketing, and perhaps take it back, or give it for a time.
func (w *world) consent(id string, r *stream, day time.Time) {
	given := word{n: 1, purpose: "MARKETING", status: graph.Granted, source: "form", at: day}
	if r.chance(300) {
		given.channel = "EMAIL"
	}
	switch draw := r.below(100); {
	case draw < 15:
		given.days = 200
	case draw < 30:
		w.say(id, word{n: 2, purpose: "MARKETING", channel: given.channel, status: graph.Withdrawn, source: "link in a mail", at: day.AddDate(0, 0, 90)})
	}
	w.say(id, given)
}

func (w *world) say(customer string, said word) {
	if !w.over(said.at.UnixMicro()) {
		return
	}
	n := ref{graph.ConsentKind, fmt.Sprintf("con-%s-%d", strings.TrimPrefix(customer, "cus-"), said.n)}
	set := graph.Values{"purpose": said.purpose, "channel": said.channel, "status": said.status, "source": said.source, "at": said.at.UnixMicro()}
	if said.source != "call" {
		set["proof"] = fmt.Sprintf("archive/%s.pdf", n.id)
	}
	if said.days > 0 {
		set["expiresAt"] = said.at.AddDate(0, 0, said.days).UnixMicro()
	}
	w.node(n, set)
	w.link("GIVEN_BY", n, ref{"Customer", customer}, nil)
	statement := graph.Statement{ID: n.id, Purpose: graph.Purpose(said.purpose), Channel: said.channel, Status: said.status, At: said.at.UnixMicro()}
	if set["proof"] != nil {
		statement.Authority = authority
	}
	if until, ok := set["expiresAt"].(int64); ok {
		statement.Expires = &until
	}
	w.said[customer] = append(w.said[customer], statement)
	switch said.status {
	case graph.Restricted:
		w.right(customer, said.n, "RESTRICTION", said.at)
		w.right(customer, said.n+1, "ACCESS", said.at.AddDate(0, 0, -20)) // what she was told is why
	case graph.Unrestricted:
		w.right(customer, said.n+1, "RESTRICTION_LIFTED", said.at)
	}
}

// right has a customer exercise one of her rights.
func (w *world) right(customer string, n int, right string, at time.Time) {
	id := ref{graph.RequestKind, fmt.Sprintf("dsr-%s-%d", strings.TrimPrefix(customer, "cus-"), n)}
	w.node(id, graph.Values{"right": right, "at": at.UnixMicro(), "actor": "privacy@kith.example", "reference": fmt.Sprintf("PRIV-%d", at.YearDay())})
	w.link("REQUESTED_BY", id, ref{"Customer", customer}, nil)
}

// attitude is what a customer had said about marketing by an instant.
func (w *world) attitude(customer string, at int64) (agrees, refuses bool) {
	var said []graph.Statement
	for _, s := range w.said[customer] {
		if s.At <= at {
			said = append(said, s)
		}
	}
	v := graph.Standing(said)
	refuses = v[graph.ObjectedAt(graph.Marketing)] != nil || v[graph.WithdrawnAt(graph.Marketing)] != nil || v[graph.RestrictedAt] != nil
	until, ok := v[graph.ConsentUntil(graph.Marketing)].(int64)
	return ok && until > at && !refuses, refuses
}
