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

// knows is a tie with another person by which something came and went on a day.
func knows(other string, at graph.Time) Tie {
	return Tie{With: other, Tie: graph.Tie{In: 1, Out: 1, N: 2, LastIn: int64(at), LastOut: int64(at), AsOf: int64(at)}}
}

func TestWhatADealLosesWithAPerson(t *testing.T) {
	now, live, over := on(10, 1), on(9, 20), on(8, 1)
	for name, c := range map[string]struct {
		ties  map[string][]Tie
		roles map[string]string // USER where it is not given
		want  []string          // by person: whether the economic buyer is lost, and whether one thread is left
	}{
		"the buyer herself":                                      {map[string][]Tie{"ann": {tie(live, live)}, "bob": {tie(live, live)}}, map[string]string{"bob": EconomicBuyer}, []string{"ann false true", "bob true true"}},
		"she through whom alone we reach the buyer":              {map[string][]Tie{"ann": {tie(live, live), knows("bob", live)}}, map[string]string{"bob": EconomicBuyer}, []string{"ann true false", "bob true false"}},
		"another one leads there, too":                           {map[string][]Tie{"ann": {tie(live, live), knows("bob", live)}, "cleo": {tie(live, live), knows("bob", live)}}, map[string]string{"bob": EconomicBuyer}, []string{"ann false true", "bob true false", "cleo false true"}},
		"somebody who is no member may stand between":            {map[string][]Tie{"ann": {tie(live, live), knows("eva", live)}, "bob": {knows("eva", live)}}, map[string]string{"bob": EconomicBuyer}, []string{"ann true false", "bob true false"}},
		"what is no more cannot be lost":                         {map[string][]Tie{"ann": {tie(over, live), knows("bob", live)}, "bob": nil}, map[string]string{"bob": EconomicBuyer}, []string{"ann false false", "bob false false"}},
		"without a buyer nothing is said of one":                 {map[string][]Tie{"ann": {tie(live, live)}, "bob": {tie(live, live)}, "cleo": {tie(live, live)}}, nil, []string{"ann nil false", "bob nil false", "cleo nil false"}},
		"of two buyers one is left":                              {map[string][]Tie{"ann": {tie(live, live)}, "bob": {tie(live, live)}}, map[string]string{"ann": EconomicBuyer, "bob": EconomicBuyer}, []string{"ann false true", "bob false true"}},
		"who is not in contact takes no thread away":             {map[string][]Tie{"ann": {tie(live, live)}, "bob": {tie(live, live)}, "cleo": nil}, nil, []string{"ann nil true", "bob nil true", "cleo nil false"}},
		"a tie that the other end tells of is the same":          {map[string][]Tie{"ann": {tie(live, live)}, "bob": {knows("ann", live)}}, map[string]string{"bob": EconomicBuyer}, []string{"ann true false", "bob true false"}},
		"a thread that a buyer has is not lost with another's":   {map[string][]Tie{"ann": {knows("bob", live)}, "bob": {tie(live, live)}}, map[string]string{"bob": EconomicBuyer}, []string{"ann false false", "bob true false"}},
		"one way alone is no two-way tie, whatever its strength": {map[string][]Tie{"ann": {{With: "eve", Employee: true, Tie: graph.Tie{Out: 50, N: 50, LastIn: graph.Never, LastOut: int64(live), AsOf: int64(live)}}}, "bob": {tie(live, live)}}, nil, []string{"ann nil false", "bob nil false"}},
	} {
		t.Run(name, func(t *testing.T) {
			var claims []Claim
			for _, id := range []string{"ann", "bob", "cleo"} {
				if _, there := c.ties[id]; there || c.roles[id] != "" {
					role := c.roles[id]
					if role == "" {
						role = "USER"
					}
					claims = append(claims, claim(id, id, role, on(1, 1)))
				}
			}
			in := of(now, claims...)
			for id, ties := range c.ties {
				in.People[id].Ties = ties
			}
			assert.ElementsMatch(t, c.want, lossesOf(in))
			in.People[claims[0].Person].Denied.Ties = true
			for _, l := range Losses(in) {
				assert.Nil(t, l.LosesBuyer, "another tie might hold")
				assert.Nil(t, l.LeavesOneThread)
			}
		})
	}
}

func lossesOf(in *Input) (out []string) {
	say := func(b *bool) string {
		if b == nil {
			return "nil"
		}
		return fmt.Sprint(*b)
	}
	for _, l := range Losses(in) {
		out = append(out, fmt.Sprintf("%s %s %s", l.Person, say(l.LosesBuyer), say(l.LeavesOneThread)))
	}
	return out
}

// TestWhatIsLostIsWhatIsNotThereWithoutHer takes each member out of all that is known, and looks again.
func TestWhatIsLostIsWhatIsNotThereWithoutHer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := []string{"p0", "p1", "p2", "p3", "p4"}
		var claims []Claim
		for _, id := range ids[:4] {
			claims = append(claims, claim(id, id, rapid.SampledFrom([]string{EconomicBuyer, "USER", "USER"}).Draw(t, "role"), on(1, 1)))
		}
		in := of(on(10, 1), claims...)
		at := rapid.SampledFrom([]graph.Time{on(9, 20), on(8, 1)})
		for _, id := range ids[:4] {
			for range rapid.IntRange(0, 3).Draw(t, "ties") {
				other := rapid.SampledFrom(ids).Draw(t, "other")
				if other == id {
					in.People[id].Ties = append(in.People[id].Ties, tie(at.Draw(t, "in"), at.Draw(t, "out")))
				} else {
					in.People[id].Ties = append(in.People[id].Ties, knows(other, at.Draw(t, "at")))
				}
			}
		}
		state := func(in *Input) (reached bool, threads int) {
			members, buyers := in.seatedNow()
			return in.reaches(members, buyers, ""), in.threads(members, "")
		}
		reached, threads := state(in)
		for _, l := range Losses(in) {
			gone := *in
			gone.Claims = slices.DeleteFunc(slices.Clone(in.Claims), func(c Claim) bool { return c.Person == l.Person })
			gone.People = map[string]*Person{}
			for id, p := range in.People {
				q := *p
				q.Ties = slices.DeleteFunc(slices.Clone(p.Ties), func(t Tie) bool { return t.With == l.Person })
				gone.People[id] = &q
			}
			reachedNow, threadsNow := state(&gone)
			require.Equal(t, threads >= 2 && threadsNow < 2, *l.LeavesOneThread)
			if l.LosesBuyer != nil {
				require.Equal(t, reached && !reachedNow, *l.LosesBuyer)
			}
		}
	})
}

func TestAmountsAreAddedUpByCurrency(t *testing.T) {
	var all []graph.Money
	for _, m := range []graph.Money{{Amount: 10, Currency: "EUR"}, {Amount: 5, Currency: "USD"}, {Amount: 20, Currency: "EUR"}, {Amount: 1, Currency: "CHF"}} {
		all = Plus(all, m)
	}
	assert.Equal(t, []graph.Money{{Amount: 1, Currency: "CHF"}, {Amount: 30, Currency: "EUR"}, {Amount: 5, Currency: "USD"}}, all)
}
