package committee

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kithgraph/kith/graph"
)

// aDay is one of 2026, or before or behind everything.
func aDay(t *rapid.T, name string) graph.Time {
	switch n := rapid.IntRange(-1, 300).Draw(t, name); n {
	case -1:
		return graph.FirstInstant
	case 0:
		return graph.LastInstant
	default:
		return on(1, 1) + graph.Time(n)*days
	}
}

// anInput is a committee of a few persons with some claims, jobs and contacts.
func anInput(t *rapid.T) *Input {
	in := of(on(11, 30))
	for i := range rapid.IntRange(1, 4).Draw(t, "persons") {
		p := &Person{ID: fmt.Sprintf("p%d", i)}
		for range rapid.IntRange(0, 3).Draw(t, "jobs") {
			from := aDay(t, "from")
			p.Jobs = append(p.Jobs, Job{Account: rapid.SampledFrom([]string{"acme", "other"}).Draw(t, "account"), From: from, To: max(from, aDay(t, "to"))})
		}
		for range rapid.IntRange(0, 12).Draw(t, "contacts") {
			p.Contacts = append(p.Contacts, Contact{At: on(1, 1) + graph.Time(rapid.IntRange(0, 300).Draw(t, "at"))*days, In: rapid.Bool().Draw(t, "in"), Out: true})
		}
		slices.SortFunc(p.Contacts, func(a, b Contact) int { return int((b.At - a.At) / days) })
		in.People[p.ID] = p
		for j := range rapid.IntRange(0, 3).Draw(t, "claims") {
			c := claim(fmt.Sprintf("%s-%d", p.ID, j), p.ID, rapid.SampledFrom(Roles).Draw(t, "role"), aDay(t, "since"))
			c.Stance, c.To, c.Recorded = rapid.SampledFrom([]string{"", "SUPPORTIVE", "OPPOSED"}).Draw(t, "stance"), aDay(t, "until"), aDay(t, "recorded")
			in.Claims = append(in.Claims, c)
		}
	}
	return in
}

// replay is who is a member, in which role and how, after some changes.
func replay(changes []Change) map[string]seated {
	out := map[string]seated{}
	for _, c := range changes {
		s := out[c.Person]
		s.role, s.stance = c.Role, c.Stance
		switch c.Code {
		case Joined:
			s.left = false
		case Left:
			s.left, s.dark = true, false
		case WentDark:
			s.dark = true
		case CameBack:
			s.dark = false
		case Dropped:
			delete(out, c.Person)
			continue
		}
		out[c.Person] = s
	}
	return out
}

func TestACommitteeAsOfADayIsTheReplayOfItsChangesToThatDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anInput(t)
		log := Changes(in)
		for range 5 {
			day := on(1, 1) + graph.Time(rapid.IntRange(0, 330).Draw(t, "day"))*days
			then := *in
			then.At = day
			until := slices.IndexFunc(log, func(c Change) bool { return c.At > day })
			if until < 0 {
				until = len(log)
			}
			all := map[string]seated{}
			for _, m := range then.members() {
				all[m.ID] = m.seated(day)
			}
			require.Equal(t, all, replay(log[:until]), "as of %s", day)
			require.True(t, slices.Equal(log[:until], Changes(&then)), "the log as of then")
		}
	})
}

func TestAContactMoreNeverLowersAStrength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tie := graph.Tie{}
		for range rapid.IntRange(1, 20).Draw(t, "contacts") {
			at := on(1, 1) + graph.Time(rapid.IntRange(0, 300).Draw(t, "at"))*days
			more := tie.And(graph.TieOfOne(graph.Contact{At: int64(at), In: rapid.Bool().Draw(t, "in"), Out: rapid.Bool().Draw(t, "out")}))
			for _, when := range []graph.Time{at, on(11, 1), max(at, graph.Time(tie.AsOf))} {
				if when < graph.Time(more.AsOf) {
					continue
				}
				require.GreaterOrEqual(t, Strength(more, when), Strength(tie, when)-1e-9)
			}
			tie = more
		}
	})
}

func TestWithoutSomebodyNothingIsLeftOfHer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anInput(t)
		id := rapid.SampledFrom([]string{"p0", "p1"}).Draw(t, "without")
		without, never := *in, *in
		without.Without = []string{id}
		never.Claims = slices.DeleteFunc(slices.Clone(in.Claims), func(c Claim) bool { return c.Person == id })
		assert.Equal(t, At(&never), At(&without))
		for _, c := range Changes(&without) {
			assert.NotEqual(t, id, c.Person)
		}
	})
}
