package demo_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/demo"
)

// What time changes: properties that get a value once, and properties that get another.
var (
	settles = strings.Fields(`Deal.amount Deal.expectedClose Deal.closedAt Deal.outcome Deal.lossReason Deal.competitor Order.shippedAt
		Case.resolvedAt Claim.to Claim.retractedAt SUBSIDIARY_OF.to DESCRIBED_BY.to OWNED_BY.to WORKED_BY.to REPORTS_TO.to WORKS_AT.to
		Return.receivedAt Return.refund SubscriptionContract.to Campaign.endsAt Campaign.cost HiddenEvent.endedAt HiddenEvent.notifiedAt`)
	moves = strings.Fields(`Deal.stage Deal.amount Deal.expectedClose Order.orderStatus Case.status Customer.journeyStage Product.version Product.price
		Return.returnStatus SubscriptionContract.renewsAt`)
)

func TestWhatWasLoadedIsAPartOfWhatIsMadeLater(t *testing.T) {
	cat := catalog(t)
	for i, c := range []struct {
		name, from string
		days       []int
	}{
		{"the next days", "2026-11-23", []int{1, 2, 3, 10}},
		{"around the failure of the gateway", "2026-03-01", []int{2, 1, 5, 9, 15}},
		{"when firmographics change", "2026-06-29", []int{1, 1, 1, 1}},
		{"when a champion leaves", "2027-04-26", []int{1, 2, 2, 2, 4}},
		{"at the turn of the year, when a cast goes", "2026-12-30", []int{1, 1, 1, 1}},
		{"when the trainee moves on", "2026-09-29", []int{1, 1, 1}},
		{"in a leap year", "2028-02-27", []int{1, 1, 1, 1}},
		{"a season and a year later", "2026-11-23", []int{92, 273}},
		{"years later", "2029-05-02", []int{1, 30, 500}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && i%4 != 0 {
				t.Skip("-short: a few turns of the calendar")
			}
			t.Parallel()
			at, err := time.Parse(time.DateOnly, c.from)
			require.NoError(t, err)
			before := worldOf(t, demo.Batches(cat, demo.Seed, at))
			for _, days := range c.days {
				at = at.AddDate(0, 0, days)
				after := worldOf(t, demo.Batches(cat, demo.Seed, at))
				compare(t, before, after, at.AddDate(-2, 0, 0))
				before = after
			}
		})
	}
}

func TestTheNextDayBringsSomething(t *testing.T) {
	cat := catalog(t)
	a, b := make2026(t), worldOf(t, demo.Batches(cat, demo.Seed, loaded.AddDate(0, 0, 1)))
	added := map[string]int{}
	for key := range b.nodes {
		if a.nodes[key] == nil {
			kind, _, _ := strings.Cut(key, "/")
			added[kind]++
		}
	}
	assert.Greater(t, added["Interaction"], 5)
	assert.NotZero(t, added["Order"])
}

func compare(t *testing.T, before, after *world, start time.Time) {
	t.Helper()
	for key, set := range before.nodes {
		now := after.nodes[key]
		if now == nil {
			if !tooOld(before, after, key, start.UnixMicro()) {
				require.Failf(t, "is gone", "%s %v", key, set)
			}
			continue
		}
		kind, _, _ := strings.Cut(key, "/")
		same(t, kind, key, set, now)
	}
	for key, set := range before.edges {
		parts := strings.Fields(key)
		now, ok := after.edges[key]
		if !ok {
			if after.nodes[parts[1]] != nil && after.nodes[parts[2]] != nil {
				require.Failf(t, "is gone", "%s %v", key, set)
			}
			continue
		}
		same(t, parts[0], key, set, now)
	}
}

func same(t *testing.T, owner, key string, before, after graph.Values) {
	t.Helper()
	for name, v := range before {
		if slices.Contains(moves, owner+"."+name) && after[name] != nil {
			continue
		}
		if !assert.ObjectsAreEqual(v, after[name]) {
			require.Failf(t, "has changed", "%s.%s was %v and is %v", key, name, v, after[name])
		}
	}
	for name, v := range after {
		if _, ok := before[name]; !ok && !slices.Contains(settles, owner+"."+name) {
			require.Failf(t, "has come", "%s.%s is %v", key, name, v)
		}
	}
}

var ofTheCast = regexp.MustCompile(`^Customer/cus-[a-z]+-(\d{4})$`)

// tooOld reports whether a node may be gone because all it is about was over when the two years began.
func tooOld(before, after *world, key string, start int64) bool {
	set := before.nodes[key]
	for _, name := range []string{"at", "placedAt", "openedAt", "recordedAt", "to"} {
		kind, _, _ := strings.Cut(key, "/")
		switch kind {
		case "Deal":
			name = "closedAt"
		case "Campaign":
			name = "startsAt"
		}
		if at, ok := set[name].(int64); ok && at < start {
			return true
		}
	}
	if m := ofTheCast.FindStringSubmatch(key); m != nil {
		return m[1] < time.UnixMicro(start).UTC().Format("2006")
	}
	if strings.HasPrefix(key, "Customer/") {
		// The last job ended before; nothing says when a private buyer came for the last time.
		for _, job := range before.out("WORKS_AT", key) {
			if to, ok := job.set["to"].(int64); !ok || to >= start {
				return false
			}
		}
		return true
	}
	// What belongs to something that is gone goes with it.
	for _, e := range before.from[key] {
		if slices.Contains([]string{"ABOUT", "IN", "ON", "RETURN_OF", "GIVEN_BY", "HELD_BY"}, e.rel) && after.nodes[e.to] == nil {
			return true
		}
	}
	for _, e := range slices.Concat(before.in("LOCATED_AT", key), before.in("AFFECTS", key)) {
		if after.nodes[e.from] == nil && (e.rel == "LOCATED_AT" || strings.HasPrefix(key, "Location/loc-stolen-")) {
			return true
		}
	}
	return false
}
