package demo_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// exposed are the nodes of a kind that a hidden event affects.
func (w *world) exposed(event, kind string) []string {
	var out []string
	for _, e := range w.out("AFFECTS", "HiddenEvent/"+event) {
		if strings.HasPrefix(e.to, kind+"/") {
			out = append(out, e.to)
		}
	}
	return out
}

// happened is a hidden event, which there is.
func (w *world) happened(t *testing.T, id string) graph.Values {
	t.Helper()
	require.NotNil(t, w.nodes["HiddenEvent/"+id], id)
	return w.nodes["HiddenEvent/"+id]
}

// scores are those of the answers that customers gave from one day to another, whoever in is true of.
func (w *world) scores(from, to int64, instrument string, in func(feedback, customer string) bool) []int64 {
	var out []int64
	for key, f := range w.of("Feedback") {
		at := f["at"].(int64)
		if f["instrument"] == instrument && from <= at && at < to && in(key, w.out("BY", key)[0].to) {
			out = append(out, f["score"].(int64))
		}
	}
	return out
}

func mean(of []int64) float64 {
	sum := int64(0)
	for _, n := range of {
		sum += n
	}
	return float64(sum) / float64(len(of))
}

// about reports whether feedback is about something.
func (w *world) about(feedback, topic string) bool {
	return slices.ContainsFunc(w.out("ABOUT", feedback), func(e edge) bool { return e.to == topic })
}

func TestAnOutageIsFollowedByComplaints(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		id := fmt.Sprintf("hid-outage-%d", year)
		event := w.happened(t, id)
		assert.Equal(t, []string{"Product/pro-09"}, w.exposed(id, "Product"))
		holders := map[string]bool{}
		for _, s := range w.exposed(id, "SubscriptionContract") {
			assert.Equal(t, "Product/pro-09", w.one(t, "OF", s).to)
			holders[w.one(t, "HELD_BY", s).to] = true
		}
		assert.Greater(t, len(holders), 12)
		at, told := event["at"].(int64), event["notifiedAt"].(int64)
		complaints, before := 0, 0
		for key, c := range w.of("Case") {
			opened := c["openedAt"].(int64)
			if c["subject"] == "Insight Cloud is gone" && at <= opened && opened < told {
				complaints++
				assert.True(t, holders[w.one(t, "OF", key).to], "who complains is exposed")
			}
			if c["kind"] == "COMPLAINT" && at-3*24*3600e6 <= opened && opened < at && len(w.out("ABOUT", key)) == 1 && w.out("ABOUT", key)[0].to == "Product/pro-09" {
				before++
			}
		}
		assert.GreaterOrEqual(t, complaints, 3, "before anybody is told")
		assert.Zero(t, before)
	})
}

func TestACreditLimitIsCutWithoutAWord(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		event := w.happened(t, "hid-credit-"+y)
		assert.NotContains(t, event, "notifiedAt")
		account := at(year, "acc-32", "acc-25")
		assert.Equal(t, []string{account}, w.exposed("hid-credit-"+y, "Account"))
		order := w.nodes["Order/ord-credit-"+y]
		assert.Equal(t, account, w.one(t, "PLACED_BY", "Order/ord-credit-"+y).to)
		assert.Equal(t, "CANCELLED", order["orderStatus"])
		assert.Greater(t, order["placedAt"], event["at"])
		answer := "Feedback/fee-credit-" + y
		assert.EqualValues(t, 0, w.nodes[answer]["score"])
		works := false
		for _, job := range w.out("WORKS_AT", w.one(t, "BY", answer).to) {
			works = works || job.to == account
		}
		assert.True(t, works)
	})
}

func TestOneRegionNeverForgivesAPriceChange(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		region := []string{"Galicia", "Pays de la Loire"}[year%2]
		event := w.happened(t, "hid-price-"+y)
		assert.Equal(t, []string{"Product/pro-12"}, w.exposed("hid-price-"+y, "Product"))
		hit := map[string]bool{} // accounts, and whether they are of the region
		for _, l := range w.exposed("hid-price-"+y, "Location") {
			for _, e := range w.in("LOCATED_AT", l) {
				hit[e.from] = w.nodes[l]["region"] == region
			}
		}
		of := func(there bool) func(string, string) bool {
			return func(feedback, customer string) bool {
				for _, job := range w.out("WORKS_AT", customer) {
					if in, ok := hit[job.to]; ok && in == there && w.about(feedback, "Product/pro-12") {
						return true
					}
				}
				return false
			}
		}
		rose, autumn := event["at"].(int64), day(t, y+"-10-01")
		january := w.scores(day(t, y+"-01-01"), rose, "NPS", of(true))
		require.GreaterOrEqual(t, len(january), 2)
		assert.Greater(t, mean(january), 7.0)
		assert.Less(t, mean(w.scores(rose, autumn, "NPS", of(true))), 3.0)
		assert.Less(t, mean(w.scores(autumn, day(t, y+"-12-01"), "NPS", of(true))), 3.0, "not in autumn either")
		march := w.scores(rose, day(t, y+"-04-01"), "NPS", of(false))
		require.Greater(t, len(march), 12)
		assert.Less(t, mean(march), 6.5, "elsewhere they are cross in March")
		assert.Greater(t, mean(w.scores(autumn, day(t, y+"-12-01"), "NPS", of(false))), 7.0, "and no longer in autumn")
	})
}

func TestAnUpdateIsForced(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		event := w.happened(t, "hid-update-"+y)
		assert.Greater(t, event["notifiedAt"], event["endedAt"], "they are told when it is over")
		holders := map[string]bool{}
		for _, s := range w.exposed("hid-update-"+y, "SubscriptionContract") {
			assert.Equal(t, "Product/pro-11", w.one(t, "OF", s).to)
			holders[w.one(t, "HELD_BY", s).to] = true
		}
		assert.Greater(t, len(holders), 6)
		of := func(feedback, customer string) bool {
			for _, job := range w.out("WORKS_AT", customer) {
				if holders[job.to] && w.about(feedback, "Product/pro-11") {
					return true
				}
			}
			return false
		}
		forced := event["at"].(int64)
		before, after := w.scores(day(t, y+"-05-15"), forced, "CES", of), w.scores(forced, day(t, y+"-06-28"), "CES", of)
		require.Greater(t, len(before), 4)
		require.Greater(t, len(after), 4)
		assert.Greater(t, mean(before), 5.0)
		assert.Less(t, mean(after), 3.0)
	})
}

func TestAnIdentityIsStolen(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		event := w.happened(t, "hid-identity-"+y)
		victims := w.exposed("hid-identity-"+y, "Customer")
		require.Len(t, victims, 1)
		order := w.nodes["Order/ord-stolen-"+y]
		assert.Equal(t, victims[0], w.one(t, "PLACED_BY", "Order/ord-stolen-"+y).to)
		assert.Greater(t, order["placedAt"], event["at"])
		assert.Less(t, order["placedAt"], event["endedAt"])
		assert.Equal(t, w.exposed("hid-identity-"+y, "Location")[0], "Location/loc-stolen-"+y)
		assert.True(t, slices.ContainsFunc(w.out("LOCATED_AT", victims[0]), func(e edge) bool { return e.to == "Location/loc-stolen-"+y }))
		matter := "Case/cas-stolen-" + y
		assert.Equal(t, victims[0], w.one(t, "OF", matter).to)
		assert.Less(t, order["placedAt"], w.nodes[matter]["openedAt"], "she learns of it later")
		assert.Len(t, w.in("IN", matter), 4)
	})
}

func TestADiscountReachesTheWrongSegment(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		event, campaign := w.happened(t, "hid-discount-"+y), "Campaign/cam-spring-"+y
		assert.Equal(t, "EMAIL", w.nodes[campaign]["campaignKind"])
		var reached []string
		for _, e := range w.out("TARGETED", campaign) {
			reached = append(reached, e.to)
			assert.Contains(t, []any{"USE", "LOYALTY"}, w.nodes[e.to]["journeyStage"], "no newcomer")
		}
		assert.Greater(t, len(reached), 8)
		assert.ElementsMatch(t, reached, w.exposed("hid-discount-"+y, "Customer"))
		assert.Empty(t, w.out("RESPONDED", campaign))
		complaints, back := 0, 0
		for _, e := range w.in("ABOUT", campaign) {
			from := w.out("PARTICIPANT", e.from)[0]
			assert.Contains(t, reached, from.to)
			assert.Negative(t, w.nodes[e.from]["sentiment"])
			complaints++
		}
		assert.GreaterOrEqual(t, complaints, 3)
		for _, customer := range reached {
			for _, e := range w.in("RETURNED_BY", customer) {
				r := w.nodes[e.from]
				if r["reason"] == "NOT_NEEDED" && r["requestedAt"].(int64) > event["at"].(int64) && r["requestedAt"].(int64) < event["at"].(int64)+7*24*3600e6 {
					back++
				}
			}
		}
		assert.Positive(t, back, "goods come back within a week")
	})
}
