package committee

import (
	"cmp"
	"slices"

	"github.com/kithgraph/kith/graph"
)

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
