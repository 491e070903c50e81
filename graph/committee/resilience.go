package committee

import (
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A Loss is what becomes of a deal if a person goes.
type Loss struct {
	Person string
	// LosesBuyer is whether live two-way ties lead from our own people to somebody who is claimed to be the economic buyer, by herself or by other
	// persons, and none would without this one. Nil: nobody is, or it rests on what is withheld.
	LosesBuyer *bool
	// LeavesOneThread is whether two members or more are in live two-way contact with us, and fewer would be. Nil: it rests on what is withheld.
	LeavesOneThread *bool
}

// Losses are what would become of a deal without each of its members who have not left.
func Losses(in *Input) (out []Loss) {
	members, buyers := in.seatedNow()
	withheld := in.Denied.Ties || slices.ContainsFunc(members, func(m Member) bool { return m.Denied.Ties })
	reached := in.reaches(members, buyers, "")
	threads := in.threads(members, "")
	for i := range members {
		l := Loss{Person: members[i].ID}
		if len(buyers) > 0 {
			l.LosesBuyer = told(reached && !in.reaches(members, buyers, l.Person), withheld)
		}
		l.LeavesOneThread = told(threads >= 2 && in.threads(members, l.Person) < 2, withheld)
		out = append(out, l)
	}
	return out
}

// HasBuyer reports whether a member who has not left is claimed to be the economic buyer.
func (in *Input) HasBuyer() bool {
	_, buyers := in.seatedNow()
	return len(buyers) > 0
}

// seatedNow are the members who have not left, and those of them who are claimed to be the economic buyer.
func (in *Input) seatedNow() (members, buyers []Member) {
	members = slices.DeleteFunc(in.members(), func(m Member) bool { return !m.there() })
	return members, slices.DeleteFunc(slices.Clone(members), func(m Member) bool { return m.Role() != EconomicBuyer })
}

// told is what follows from ties, nil where some of them are withheld: another one might hold what seems to fall.
func told(falls, withheld bool) *bool {
	if withheld {
		return nil
	}
	return &falls
}

// threads are how many members are in live two-way contact with us, without a person.
func (in *Input) threads(members []Member, without string) (n int) {
	for i := range members {
		if m := &members[i]; m.ID != without && m.thread() > in.At {
			n++
		}
	}
	return n
}

// reaches reports whether live two-way ties lead from our own people to one of the buyers without a person: from one member, or one whom a
// member knows, to the next.
func (in *Input) reaches(members, buyers []Member, without string) bool {
	next := map[string][]string{}
	var open []string // of whom it is to be looked where they lead
	for i := range members {
		m := &members[i]
		for j := range m.Ties {
			switch t := &m.Ties[j]; {
			case m.ID == without || t.With == without || !Live(t.Tie, in.At):
			case t.Employee:
				open = append(open, m.ID)
			default:
				next[m.ID], next[t.With] = append(next[m.ID], t.With), append(next[t.With], m.ID)
			}
		}
	}
	seen := map[string]bool{}
	for len(open) > 0 {
		id := open[0]
		open = open[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		open = append(open, next[id]...)
	}
	return slices.ContainsFunc(buyers, func(m Member) bool { return seen[m.ID] })
}

// A Stake is what a person holds up in one open deal.
type Stake struct {
	Loss
	Amount *graph.Money // nil: not known
}

// Falls reports whether the deal loses its economic buyer, or falls to one thread.
func (s *Stake) Falls() bool {
	falls := func(b *bool) bool { return b != nil && *b }
	return falls(s.LosesBuyer) || falls(s.LeavesOneThread)
}

// Plus adds an amount to those by currency, which are in alphabetical order.
func Plus(all []graph.Money, m graph.Money) []graph.Money {
	i, found := slices.BinarySearchFunc(all, m.Currency, func(m graph.Money, c string) int { return strings.Compare(m.Currency, c) })
	if !found {
		return slices.Insert(all, i, m)
	}
	all[i].Amount += m.Amount
	return all
}
