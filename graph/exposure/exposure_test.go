package exposure

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// reachOf is of words as "PRODUCT acme ann", or "PERSON - bob".
func reachOf(words ...[3]string) *Reach {
	r := NewReach()
	for _, w := range words {
		way := map[string]Way{"product": Product, "account": Account, "person": Person}[w[0]]
		if w[1] != "" {
			r.Account(way, w[1])
		}
		if w[2] != "" {
			r.Customer(way, w[2], w[1])
		}
	}
	return r
}

func TestWhoWasReachedSeveralTimesIsOne(t *testing.T) {
	r := reachOf([3]string{"product", "acme", "ann"}, [3]string{"account", "acme", "ann"}, [3]string{"product", "acme", "bob"}, [3]string{"person", "", "ann"}, [3]string{"product", "none", ""})
	r.Thing(Product, "one subscription")
	r.Thing(Product, "one subscription")
	one := 1
	assert.Equal(t, &Exposure{Customers: 2, Accounts: 2, Aware: &one, Silent: &one, Ways: []Told{
		{Way: Product, Things: 1, Accounts: 2, Customers: 2}, {Way: Account, Accounts: 1, Customers: 1}, {Way: Person, Customers: 1},
	}}, r.Tell(map[string]bool{"bob": true, "somebody else": true}, 0, 0))
}

// crowd are persons of one way, so many of a company and so many alone.
func crowd(r *Reach, w Way, ofCompany, alone int) map[string]bool {
	ids := map[string]bool{}
	for i := range ofCompany {
		id := fmt.Sprint("c", i)
		r.Account(w, "company")
		r.Customer(w, id, "company")
		ids[id] = true
	}
	for i := range alone {
		id := fmt.Sprint("a", i)
		r.Customer(w, id, "")
		ids[id] = true
	}
	return ids
}

func TestOfGroupsNothingIsToldOfTooFew(t *testing.T) {
	for _, c := range []struct {
		name                  string
		company, alone, aware int
		all                   int
		told, heard, ways     bool
	}{
		{"five of ten", 5, 0, 0, 10, true, false, true},
		{"four", 4, 0, 0, 100, false, false, false},
		{"all but four", 6, 0, 0, 10, false, false, false},
		{"nobody", 0, 0, 0, 10, false, false, false},
		{"five aware and five silent", 10, 0, 5, 20, true, true, true},
		{"four aware", 10, 0, 4, 20, true, false, true},
		{"four silent", 9, 0, 5, 20, true, false, true},
		{"one who has it for herself among many of companies", 10, 1, 5, 20, true, true, false},
		{"five who do", 10, 5, 5, 20, true, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := NewReach()
			ids := crowd(r, Product, c.company, c.alone)
			aware := map[string]bool{}
			for i := range c.aware {
				aware[fmt.Sprint("c", i)] = true
			}
			got := r.Tell(aware, c.all, 5)
			if !c.told {
				assert.Nil(t, got)
				return
			}
			assert.Equal(t, len(ids), got.Customers)
			assert.Equal(t, c.heard, got.Aware != nil)
			assert.Equal(t, c.ways, len(got.Ways) == 1)
			assert.Equal(t, !c.heard || !c.ways, got.Partial)
		})
	}
}

func TestWhoWasReachedSeveralWaysIsNotToldBySums(t *testing.T) {
	tell := func(both int) (told []Way) {
		r := NewReach()
		for i := range 14 {
			id := fmt.Sprint(i)
			if i < 7 {
				r.Customer(Account, id, "above")
			}
			if i >= 7-both {
				r.Customer(Family, id, "below")
			}
		}
		for _, w := range r.Tell(nil, 30, 5).Ways {
			told = append(told, w.Way)
		}
		return told
	}
	assert.Equal(t, []Way{Account, Family}, tell(0))
	assert.Equal(t, []Way{Family}, tell(1), "seven and eight are not fourteen: one is at both")
	assert.Empty(t, tell(3), "and four are at the one alone, whichever is told")
	assert.Equal(t, []Way{Account, Family}, tell(7))
}

func TestWhatReachedCompaniesAloneTellsOfNobody(t *testing.T) {
	zero := 0
	got := reachOf([3]string{"account", "acme", ""}).Tell(nil, 20, 5)
	assert.Equal(t, &Exposure{Accounts: 1, Aware: &zero, Silent: &zero, Ways: []Told{{Way: Account, Accounts: 1}}}, got)
}

func TestAnExposureBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type touch struct {
			way         Way
			account, id string
		}
		touches := rapid.SliceOf(rapid.Custom(func(t *rapid.T) touch {
			return touch{Way(rapid.IntRange(0, int(ways)-1).Draw(t, "way")), rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "account"), rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}).Draw(t, "id")}
		})).Draw(t, "touches")
		aware := rapid.MapOf(rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "6", "7"}), rapid.Just(true)).Draw(t, "aware")
		fewest := rapid.IntRange(0, 3).Draw(t, "fewest")
		tell := func(of []touch) *Exposure {
			r := NewReach()
			for _, x := range of {
				if x.account != "" {
					r.Account(x.way, x.account)
				}
				r.Customer(x.way, x.id, x.account)
			}
			return r.Tell(aware, 20, fewest)
		}
		got := tell(touches)
		assert.Equal(t, got, tell(rapid.Permutation(touches).Draw(t, "in another order")))
		if got == nil {
			return
		}
		if got.Aware != nil {
			assert.Equal(t, got.Customers, *got.Aware+*got.Silent)
		}
		sum := 0
		for _, w := range got.Ways {
			assert.LessOrEqual(t, w.Customers, got.Customers)
			sum += w.Customers
			for _, other := range got.Ways {
				both := 0
				for id := range map[string]bool{"1": true, "2": true, "3": true, "4": true, "5": true, "6": true, "7": true, "8": true, "9": true} {
					by := func(way Way) bool {
						return slices.ContainsFunc(touches, func(x touch) bool { return x.way == way && x.id == id })
					}
					if by(w.Way) && by(other.Way) {
						both++
					}
				}
				for _, n := range []int{both, w.Customers - both, got.Customers - w.Customers - other.Customers + both} {
					assert.True(t, n == 0 || n >= fewest, "%v and %v", w, other)
				}
			}
		}
		if fewest == 0 {
			assert.GreaterOrEqual(t, sum, got.Customers)
		}
	})
}
