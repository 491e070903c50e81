// Package committee works out who decides about a deal or in an account, who says so, what is missing, and what would happen without
// somebody. It is pure: values in, values out, as of a moment. It imports graph and graph/yaml, and knows neither stores nor purposes: who calls it
// gives it what may be seen.
package committee

import (
	"cmp"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Roles in a committee, in the order of the schema.
var Roles = []string{"ECONOMIC_BUYER", "DECISION_MAKER", "CHAMPION", "COACH", "INFLUENCER", "TECHNICAL_BUYER", "EVALUATOR", "USER", "PROCUREMENT", "LEGAL",
	"EXECUTIVE_SPONSOR", "GATEKEEPER", "BLOCKER", Unknown}

// Roles that rules name.
const (
	EconomicBuyer = "ECONOMIC_BUYER"
	Champion      = "CHAMPION"
	Unknown       = "UNKNOWN"
)

// DealKind is the kind whose stages and outcomes committees are compared by.
const DealKind = "Deal"

// Stages in which a deal is decided.
const (
	Won  = "WON"
	Lost = "LOST"
)

// An Input is what a committee follows from.
type Input struct {
	Moment
	Account  string // the one that buys; empty: not known
	Claims   []Claim
	People   map[string]*Person // by id: those of whom something is claimed
	Deal     *Deal              // nil: it is the committee of an account
	Without  []string           // ids of persons without whom it is looked at
	Denied   Denied
	Template *Template
	Baseline *Baseline // nil: there is none to compare with
}

// A Deal is what is known of one as of the moment.
type Deal struct {
	Stage       string
	StageSince  graph.Time // when it came into the stage; 0: not known
	Amount      *graph.Money
	AmountSince graph.Time
	Closes      []Expected // in the order of their Since
	Open        bool
}

// An Expected says by when a deal was expected to be closed, from an instant on.
type Expected struct {
	Since graph.Time
	Day   graph.Date
}

// Denied says what is withheld: of a person or, where the purpose is not told it of anybody, of all.
type Denied struct{ Jobs, Limits, Contacts, Ties bool }

// A Member is a person of whom a role is claimed as of the moment, or was until she left.
type Member struct {
	*Person
	Claims []*Claim // those in force, the leading one first; of one who left those that were until then
	Tied   bool     // the second one leads as much as the first
	Position
}

// Role is the one that the leading claim has.
func (m *Member) Role() string { return cmp.Or(m.Claims[0].Role, Unknown) }

// there reports whether the person still holds a job at the account, as far as is known.
func (m *Member) there() bool { return m.Left == nil }

// A Committee is who decides, as of a moment.
type Committee struct {
	Members  []Member // by the roles of their leading claims, those who left last
	Seats    []Seat
	Warnings []Warning
	Threads  int // members who are in live two-way contact with one of our own people
	// Balance is which part of what passed between our own people and the members who have not left came from these: in / (in + out), over the sums
	// of graph.Tie of all their ties, decayed to the moment. 0.5 is even. Nil: nothing passed, or it rests on what is withheld.
	Balance *float64
	Verdict []Statement
}

// At is the committee as of the input's moment.
func At(in *Input) *Committee {
	c := &Committee{Members: in.members()}
	for i := range c.Members {
		if m := &c.Members[i]; m.there() && m.thread() > in.At {
			c.Threads++
		}
	}
	c.Balance = in.balance(c.Members)
	c.Seats = in.seats(c.Members)
	c.Warnings = in.warnings(c)
	c.Verdict = in.verdict(c)
	return c
}

func (in *Input) balance(members []Member) *float64 {
	var came, went float64
	for i := range members {
		m := &members[i]
		if !m.there() {
			continue
		}
		if in.Denied.Ties || m.Denied.Ties {
			return nil
		}
		for j := range m.Ties {
			if t := &m.Ties[j]; t.Employee {
				in, out := t.Decayed(in.At)
				came, went = came+in, went+out
			}
		}
	}
	if came+went == 0 {
		return nil
	}
	return new(came / (came + went))
}

// members finds those of whom something is claimed.
func (in *Input) members() (out []Member) {
	byPerson := map[string][]*Claim{}
	for i := range in.Claims {
		c := &in.Claims[i]
		if c.known(in.Moment) && c.From <= in.At && in.People[c.Person] != nil && !slices.Contains(in.Without, c.Person) {
			byPerson[c.Person] = append(byPerson[c.Person], c)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byPerson)) {
		m := Member{Person: in.People[id], Position: in.People[id].position(in.Account, in.At)}
		m.Claims = slices.DeleteFunc(inOrder(byPerson[id]), func(c *Claim) bool {
			endedWithHer := m.Left != nil && c.To >= *m.Left
			return !c.inForce(in.Moment) && !endedWithHer
		})
		if len(m.Claims) == 0 {
			continue
		}
		m.Tied = len(m.Claims) > 1 && lead(m.Claims[0], m.Claims[1]) == 0
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b Member) int {
		if a.there() != b.there() {
			return map[bool]int{true: -1, false: 1}[a.there()]
		}
		return cmp.Compare(slices.Index(Roles, a.Role()), slices.Index(Roles, b.Role()))
	})
	return out
}

// A Moment is as of when a committee is looked at: what held at At, as it was known at Known.
type Moment struct{ At, Known graph.Time }

// A Claim is a role of a person that somebody asserts.
type Claim struct {
	ID, Person   string
	Role, Stance string     // empty: not said
	Confidence   int64      // in millionths; -1: not said
	From, To     graph.Time // valid from the one until before the other
	Recorded     graph.Time
	Retracted    graph.Time   // since when it is known to have been said in error; graph.LastInstant: it is not
	Cited        []graph.Time // when the interactions passed that it cites
}

// known reports whether the claim had been made at the moment, and was not yet known to be an error.
func (c *Claim) known(m Moment) bool { return c.Recorded <= m.Known && m.Known < c.Retracted }

// inForce reports whether the claim held at the moment.
func (c *Claim) inForce(m Moment) bool { return c.known(m) && c.From <= m.At && m.At < c.To }

// evidence is when the newest thing passed that speaks for the claim: that it was made, or an interaction that it cites.
func (c *Claim) evidence() graph.Time { return max(c.Recorded, c.newest()) }

func (c *Claim) newest() graph.Time {
	if len(c.Cited) == 0 {
		return graph.FirstInstant
	}
	return slices.Max(c.Cited)
}

// Stale is since when the newest evidence of a claim is older than an age, in microseconds, as of a moment; not ok: it is not.
func (c *Claim) Stale(age int64, at graph.Time) (since graph.Time, ok bool) {
	since = c.evidence() + graph.Time(age)
	return since, since <= at
}

// lead is negative where the one claim about a person comes before the other: the one that cites more interactions, then the one whose
// evidence is newer, then the one that is made with more confidence. Zero: neither does.
func lead(a, b *Claim) int {
	return cmp.Or(cmp.Compare(len(b.Cited), len(a.Cited)), cmp.Compare(b.evidence(), a.evidence()), cmp.Compare(b.Confidence, a.Confidence))
}

// inOrder are claims with the leading one first. Of those of which neither leads the one comes first that was recorded first, then by id.
func inOrder(claims []*Claim) []*Claim {
	return slices.SortedFunc(slices.Values(claims), func(a, b *Claim) int {
		return cmp.Or(lead(a, b), cmp.Compare(a.Recorded, b.Recorded), cmp.Compare(a.ID, b.ID))
	})
}
