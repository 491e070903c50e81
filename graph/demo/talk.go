package demo

import (
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// talk is an interaction.
type talk struct {
	id        string
	at        int64
	sequence  int // 0: the source counts nothing
	kind      string
	activity  string // what it is more closely, where kind does not say
	channel   string
	origin    string
	subject   string
	text      string
	outcome   string
	mood      any // int64 at scale 6, or nil
	from      []*actor
	to        []*actor
	cc        []*actor
	attending []*actor
	about     []ref
	in        ref
}

const (
	byCustomer = "CUSTOMER"
	byBusiness = "BUSINESS"
	byNeither  = "ENVIRONMENT"
)

// talk adds an interaction, if it is shown and whoever begins it is there to do so; who is not there any more does not
// take part. It reports whether there is one.
func (w *world) talk(t talk) bool {
	if !w.in(t.at) {
		return false
	}
	parties := []struct {
		role string
		who  []*actor
	}{{"FROM", t.from}, {"TO", t.to}, {"CC", t.cc}, {"ATTENDEE", t.attending}}
	for _, p := range parties[:2] { // without a sender, or with nobody to send it to, it is not sent
		if len(p.who) > 0 && len(present(p.who, t.at)) == 0 {
			return false
		}
	}
	if len(t.attending) > 0 && !withCustomer(present(t.attending, t.at)) {
		return false
	}
	n := ref{"Interaction", t.id}
	set := graph.Values{"at": t.at, "kind": t.kind, "activity": t.activity, "channel": t.channel, "origin": t.origin, "subject": t.subject, "text": t.text, "result": t.outcome, "sentiment": t.mood}
	if t.sequence > 0 {
		set["sequence"] = int64(t.sequence)
	}
	w.node(n, set)
	seen := map[ref]bool{}
	for _, p := range parties {
		for _, a := range present(p.who, t.at) {
			if !seen[a.ref] {
				seen[a.ref] = true
				w.link("PARTICIPANT", n, a.ref, graph.Values{"role": p.role})
			}
		}
	}
	for _, a := range t.about {
		w.link("ABOUT", n, a, nil)
	}
	if t.in != (ref{}) {
		w.link("IN", n, t.in, nil)
	}
	return true
}

func present(who []*actor, at int64) []*actor {
	var out []*actor
	for _, a := range who {
		if a.active(at) {
			out = append(out, a)
		}
	}
	return out
}

func withCustomer(who []*actor) bool {
	for _, a := range who {
		if a.kind == "Customer" {
			return true
		}
	}
	return false
}

// mood is a sentiment of about so many hundredths, from -100 to 100; nobody judged a third of them.
func mood(r *stream, hundredths int) any {
	v := min(max(hundredths+r.between(-25, 25), -98), 98)
	if r.chance(330) {
		return nil
	}
	return int64(v) * 10_000
}

// words fills the gaps of a text: {c} the customer's given name, {e} the employee's, {p} a product, {a} an account, and
// {n}, {m} and {x} what stands in the same places of values.
func words(text string, c, e *actor, about string, account string, values ...string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := []string{"{p}", about, "{a}", account}
	if c != nil {
		pairs = append(pairs, "{c}", c.given, "{C}", c.name())
	}
	if e != nil {
		pairs = append(pairs, "{e}", e.given, "{E}", e.name())
	}
	for i, v := range values {
		pairs = append(pairs, []string{"{n}", "{m}", "{x}"}[i], v)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// exchange is mail that goes back and forth. Texts begin with the customer's, unless ours is first.
type exchange struct {
	subject string
	ours    bool // whether we write first
	moods   int  // of the customer's mails, in hundredths
	texts   []string
}

// thread is an exchange that takes place.
type thread struct {
	exchange
	id                 string // of the mails, before their number
	at                 int64  // of the first
	customer, employee *actor
	cc                 []*actor
	zone               string // where office hours are kept
	product, account   string // names
	about              []ref
	in                 ref
}

// correspond adds the mails of a thread, and says when another one would come. It stops where somebody has left.
func (w *world) correspond(r *stream, t thread) int64 {
	n, m := fmt.Sprint(r.between(2, 24)), fmt.Sprint(r.between(3, 28))
	fill := func(s string) string { return words(s, t.customer, t.employee, t.product, t.account, n, m) }
	at := t.at
	for i, text := range t.texts {
		mail := talk{
			id: fmt.Sprintf("%s-%d", t.id, i+1), at: at, sequence: i + 1, kind: "MAIL", channel: "EMAIL",
			subject: fill(t.subject), text: fill(text), cc: t.cc, about: t.about, in: t.in,
		}
		if i > 0 && !strings.HasPrefix(mail.subject, "Re: ") {
			mail.subject = "Re: " + mail.subject
		}
		if t.ours == (i%2 == 0) {
			mail.origin, mail.from, mail.to = byBusiness, some(t.employee), some(t.customer)
		} else {
			mail.origin, mail.from, mail.to, mail.mood = byCustomer, some(t.customer), some(t.employee), mood(r, t.moods)
		}
		w.talk(mail)
		at = w.reply(r, at, t.zone)
	}
	return at
}

// reply is when somebody answers: mostly the same day, sometimes days later, in office hours.
func (w *world) reply(r *stream, at int64, zone string) int64 {
	if r.chance(450) {
		if t := at + int64(r.between(12, 150))*minute; t%wholeDay > at%wholeDay {
			return t
		}
	}
	return w.office(r, int(at/wholeDay)+r.between(1, 3), zone)
}
