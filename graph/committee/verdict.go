package committee

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Codes of statements, beside those of warnings that are raised.
const (
	Disputed = "DISPUTED" // claims about a member disagree, and neither leads
	OpenSeat = "OPEN_SEAT"
	Ready    = "READY" // every expected seat is filled and nothing is raised
)

// A Statement is one part of a verdict: what to do, why, and what it rests on. The Text is made of the rest, by a fixed grammar.
type Statement struct {
	Code     string
	Subjects []string // ids of members
	Roles    []string
	Numbers  []float64 // in the order of the text
	Text     string
}

// mostStatements is how many a verdict has: whoever is told more does none of it.
const mostStatements = 5

// verdict says what matters most for the decision first: who decides and whether we reach them, then what is unsettled, then pace. Of a
// committee of which nothing is claimed it says nothing, nor of a deal that is decided.
func (in *Input) verdict(c *Committee) (out []Statement) {
	if len(c.Members) == 0 || in.Deal != nil && !in.Deal.Open {
		return nil
	}
	raised := func(code string) {
		for i := range c.Warnings {
			if w := &c.Warnings[i]; w.Code == code && w.State == Raised {
				out = append(out, in.say(w))
			}
		}
	}
	raised(ChampionLeft)
	raised(NoPower)
	out = append(out, openSeats(c)...)
	raised(SingleThread)
	raised(GoneDark)
	for i := range c.Members {
		m := &c.Members[i]
		if !m.there() || !m.Tied {
			continue
		}
		if a, b := m.Role(), cmp.Or(m.Claims[1].Role, Unknown); a != b {
			out = append(out, Statement{Code: Disputed, Subjects: []string{m.ID}, Roles: []string{a, b}, Numbers: []float64{float64(len(m.Claims))},
				Text: fmt.Sprintf("Settle whether %s is %s or %s: the claims weigh the same.", m.called(), role(a), role(b))})
		}
	}
	raised(Slipped)
	raised(Stalled)
	if len(out) == 0 && !slices.ContainsFunc(c.Seats, func(s Seat) bool { return s.Expected && s.State != Complete }) {
		filled := 0
		for _, s := range c.Seats {
			if s.Expected {
				filled++
			}
		}
		out = append(out, Statement{Code: Ready, Numbers: []float64{float64(filled), float64(c.Threads)},
			Text: fmt.Sprintf("All %d expected seats are filled, and %s in two-way contact with us.", filled, count(c.Threads, "member is", "members are"))})
	}
	return out[:min(len(out), mostStatements)]
}

// openSeats is one statement for all gaps.
func openSeats(c *Committee) []Statement {
	var open, roles []string
	for _, s := range c.Seats {
		if s.State == Gap {
			open, roles = append(open, role(s.Role)), append(roles, s.Role)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return []Statement{{Code: OpenSeat, Roles: roles, Numbers: []float64{float64(len(open))}, Text: fmt.Sprintf("Find %s: nobody whom you may see is claimed to be.", list(open))}}
}

// say is the statement of a warning that is raised.
func (in *Input) say(w *Warning) Statement {
	s := Statement{Code: w.Code}
	who := ""
	if w.Person != "" {
		s.Subjects, who = []string{w.Person}, in.People[w.Person].called()
	}
	switch w.Code {
	case ChampionLeft:
		s.Roles = []string{Champion}
		s.Text = fmt.Sprintf("Find a new champion: %s left on %s.", who, day(w.Since))
	case NoPower:
		s.Numbers = []float64{*w.Limit, *w.Value}
		s.Text = fmt.Sprintf("Reach somebody who may approve %s: the members may approve %s at most.", in.Deal.Amount, amount(*w.Value, in.Deal.Amount.Currency))
	case SingleThread:
		s.Numbers = []float64{*w.Value, float64(w.N)}
		s.Text = fmt.Sprintf("Open a second thread: only 1 of %d members has been in two-way contact with us since %s.", w.N, day(w.Since))
		if *w.Value == 0 {
			s.Text = fmt.Sprintf("Talk to the committee: none of its %d members has been in two-way contact with us since %s.", w.N, day(w.Since))
		}
	case GoneDark:
		s.Numbers = []float64{*w.Value, *w.Limit}
		s.Text = fmt.Sprintf("Ask after %s: silent for %s, where %s is usual at most.", who, span(*w.Value), span(*w.Limit))
	case Slipped:
		s.Numbers = []float64{*w.Value}
		s.Text = fmt.Sprintf("Agree on a date that holds: the expected close was moved out %d times.", int(*w.Value))
	case Stalled:
		s.Numbers = []float64{*w.Value, *w.Limit}
		s.Text = fmt.Sprintf("Ask what holds it up: %s in its stage, where nine of ten won deals took %s at most.", span(*w.Value), span(*w.Limit))
	}
	return s
}

func (p *Person) called() string {
	if p.Name == "" {
		return "somebody whose name is withheld"
	}
	return p.Name
}

// role is one in words, with an article.
func role(name string) string {
	words := strings.ToLower(strings.ReplaceAll(name, "_", " "))
	switch {
	case name == "LEGAL" || name == "PROCUREMENT":
		return "somebody of " + words
	case strings.ContainsAny(words[:1], "aei") || name == "UNKNOWN":
		return "an " + words
	}
	return "a " + words
}

func list(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return words[0]
}

func count(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}

func span(days float64) string { return count(int(math.Floor(days)), "day", "days") }

func day(at *graph.Time) string { return at.Std().Format("2 January 2006") }

func amount(v float64, currency string) string {
	return graph.Money{Amount: int64(math.Round(v * 1e4)), Currency: currency}.String()
}
