package demo_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// told are worlds at different times of the year, with a year that each must tell wholly.
var told = []struct {
	now  string
	year int
}{{"2026-11-23", 2025}, {"2027-03-07", 2026}, {"2027-12-31", 2026}, {"2028-01-01", 2027}, {"2030-07-01", 2029}}

func eachStory(t *testing.T, tell func(t *testing.T, w *world, year int)) {
	for _, c := range told {
		t.Run("the year "+fmt.Sprint(c.year)+" as told on "+c.now, func(t *testing.T) {
			now, err := time.Parse(time.DateOnly, c.now)
			require.NoError(t, err)
			tell(t, worldOn(t, now), c.year)
		})
	}
}

// at is the place where a story plays in the year.
func at(year int, even, odd string) string {
	if year%2 == 0 {
		return "Account/" + even
	}
	return "Account/" + odd
}

// said are the interactions of somebody, in the order of time, of an origin.
func (w *world) said(who, origin string) []graph.Values {
	var out []graph.Values
	for _, e := range w.in("PARTICIPANT", who) {
		if i := w.nodes[e.from]; i["origin"] == origin {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b graph.Values) int { return int(a["at"].(int64)/1e6 - b["at"].(int64)/1e6) })
	return out
}

// one is the only relationship of a type that leaves a node.
func (w *world) one(t *testing.T, rel, from string) edge {
	t.Helper()
	all := w.out(rel, from)
	require.Lenf(t, all, 1, "%s of %s", rel, from)
	return all[0]
}

func TestTheChampionLeaves(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		deal, champion, successor := "Deal/dea-champion-"+y, "Customer/cus-champion-"+y, "Customer/cus-successor-"+y
		d := w.nodes[deal]
		assert.Equal(t, "LOST", d["stage"])
		assert.Equal(t, "LOST", d["outcome"])
		assert.Equal(t, "Hexaflow", d["competitor"])
		assert.Equal(t, "Lost to a competitor", d["lossReason"])
		assert.Equal(t, y+"-09-15", dayOf(d["expectedClose"]), "after two delays")
		assert.Equal(t, at(year, "acc-06", "acc-02"), w.one(t, "WITH", deal).to)
		jobs := w.out("WORKS_AT", champion)
		require.Len(t, jobs, 2)
		job, next := jobs[0], jobs[1]
		assert.Equal(t, y+"-05-01", dayOf(job.set["to"]))
		assert.Equal(t, y+"-06-01", dayOf(next.set["from"]))
		assert.Equal(t, at(year, "acc-38", "acc-25"), next.to)
		assert.Equal(t, w.one(t, "WITH", deal).to, job.to)
		inbound := w.said(champion, "CUSTOMER")
		require.Greater(t, len(inbound), 5)
		assert.Less(t, inbound[len(inbound)-1]["at"], job.set["to"], "nothing after the last day")
		answers, tries := w.said(successor, "CUSTOMER"), w.said(successor, "BUSINESS")
		assert.Len(t, answers, 2)
		assert.Greater(t, len(tries), 4)
		before, after := 0, 0
		for _, c := range w.in("ON", deal) {
			claim := w.nodes[c.from]
			if claim["recordedAt"].(int64) < job.set["to"].(int64) {
				before++
				assert.Equal(t, champion, w.one(t, "ABOUT", c.from).to)
				assert.Equal(t, job.set["to"], claim["to"])
			} else {
				after++
				assert.Equal(t, successor, w.one(t, "ABOUT", c.from).to)
			}
		}
		assert.Equal(t, []int{2, 2}, []int{before, after})
		assert.Equal(t, "Claim/cla-champion-"+y+"-4", w.one(t, "DISPUTED_BY", "Claim/cla-champion-"+y+"-3").to)
		assert.Len(t, w.out("CITES", "Claim/cla-champion-"+y+"-1"), 2)
	})
}

func TestTheChampionsDealSlipsBeforeItIsLost(t *testing.T) {
	for _, c := range []struct{ now, stage, expected string }{
		{"2026-01-20", "PROSPECTING", ""}, {"2026-04-01", "PROPOSAL", "2026-05-31"}, {"2026-06-01", "PROPOSAL", "2026-07-31"}, {"2026-08-01", "PROPOSAL", "2026-09-15"}, {"2026-09-20", "LOST", "2026-09-15"},
	} {
		t.Run("on "+c.now, func(t *testing.T) {
			now, err := time.Parse(time.DateOnly, c.now)
			require.NoError(t, err)
			d := worldOn(t, now).nodes["Deal/dea-champion-2026"]
			assert.Equal(t, c.stage, d["stage"])
			if c.expected == "" {
				assert.NotContains(t, d, "expectedClose")
			} else {
				assert.Equal(t, c.expected, dayOf(d["expectedClose"]))
			}
		})
	}
}

func TestAVersionFails(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		cases, customers := 0, map[string]bool{}
		for key, c := range w.of("Case") {
			if !strings.HasPrefix(key, "Case/cas-gateway-"+y) {
				continue
			}
			cases++
			opened := dayOf(c["openedAt"])
			assert.Truef(t, y+"-03-04" <= opened && opened <= y+"-03-22", "opened on %s", opened)
			assert.Greater(t, dayOf(c["resolvedAt"]), y+"-03-26", "no case is resolved before the mended version")
			assert.Equal(t, "COMPLAINT", c["kind"])
			assert.Equal(t, "CLOSED", c["status"])
			assert.Equal(t, "Product/pro-07", w.one(t, "ABOUT", key).to)
			mails := w.in("IN", key)
			assert.GreaterOrEqual(t, len(mails), 4)
			for _, m := range mails {
				for _, p := range w.out("PARTICIPANT", m.from) {
					customers[p.to] = true
				}
			}
		}
		assert.GreaterOrEqual(t, cases, 12)
		usual := 0
		for key, c := range w.of("Case") {
			if c["kind"] == "COMPLAINT" && strings.HasPrefix(dayOf(c["openedAt"]), y+"-06") && len(w.out("ABOUT", key)) == 1 && w.out("ABOUT", key)[0].to == "Product/pro-07" {
				usual++
			}
		}
		assert.Greater(t, cases, 4*max(usual, 1), "a wave")
		reached := 0
		for i := 1; i <= 3; i++ {
			mail := fmt.Sprintf("Interaction/int-gateway-%s-apology-%d", y, i)
			require.NotNil(t, w.nodes[mail])
			assert.Equal(t, "BUSINESS", w.nodes[mail]["origin"])
			for _, p := range w.out("PARTICIPANT", mail) {
				if p.set["role"] == "TO" {
					reached++
					assert.True(t, customers[p.to], "who gets an apology has complained")
				}
			}
		}
		assert.GreaterOrEqual(t, reached, 10)
		for i := 1; i <= 6; i++ {
			order := fmt.Sprintf("Order/ord-gateway-%s-%d", y, i)
			require.NotNil(t, w.nodes[order])
			assert.Equal(t, "CANCELLED", w.nodes[order]["orderStatus"])
			assert.NotContains(t, w.nodes[order], "shippedAt")
		}
	})
}

func TestTheVersionsOfTheGatewayFollowItsFailure(t *testing.T) {
	for now, version := range map[string]string{"2026-03-01": "5.1", "2026-03-05": "5.2", "2026-03-29": "5.2.1", "2026-09-20": "6.1", "2027-03-20": "6.2"} {
		at, err := time.Parse(time.DateOnly, now)
		require.NoError(t, err)
		assert.Equal(t, version, worldOn(t, at).nodes["Product/pro-07"]["version"], now)
	}
}

func TestTwoJobsAtOnce(t *testing.T) {
	w := make2026(t)
	for who, accounts := range map[string][]string{"cus-two-jobs-1": {"Account/acc-21", "Account/acc-19"}, "cus-two-jobs-2": {"Account/acc-23", "Account/acc-23"}} {
		var held []string
		titles := map[any]bool{}
		for _, job := range w.out("WORKS_AT", "Customer/"+who) {
			assert.NotContains(t, job.set, "to")
			held, titles[job.set["title"]] = append(held, job.to), true
		}
		assert.Equal(t, accounts, held)
		assert.Len(t, titles, 2)
		assert.Greater(t, len(w.said("Customer/"+who, "CUSTOMER")), 12)
	}
}

func TestTheSubsidiaryOutgrowsItsParent(t *testing.T) {
	pairs := [6][2]string{{"acc-02", "acc-03"}, {"acc-05", "acc-06"}, {"acc-09", "acc-10"}, {"acc-12", "acc-13"}, {"acc-15", "acc-17"}, {"acc-19", "acc-20"}}
	eachStory(t, func(t *testing.T, w *world, year int) {
		parent, child := "Account/"+pairs[year%6][0], "Account/"+pairs[year%6][1]
		var owns bool
		for _, e := range w.out("SUBSIDIARY_OF", child) {
			owns = owns || e.to == parent
		}
		require.True(t, owns)
		july := day(t, fmt.Sprintf("%d-07-01", year))
		size := func(account string, at int64) (employees, revenue int64) {
			for _, e := range w.out("DESCRIBED_BY", account) {
				to, ended := e.set["to"].(int64)
				if e.set["from"].(int64) <= at && (!ended || at < to) {
					f := w.nodes[e.to]
					return f["employeeCount"].(int64), f["revenue"].(graph.Money).Amount
				}
			}
			require.Failf(t, "no firmographics", "%s on %s", account, dayOf(at))
			return 0, 0
		}
		pe, pr := size(parent, july-1)
		ce, cr := size(child, july-1)
		assert.Less(t, ce, pe)
		assert.Less(t, cr, pr)
		pe, pr = size(parent, july)
		ce, cr = size(child, july)
		assert.Greater(t, ce, pe)
		assert.Greater(t, cr, pr)
	})
}

func TestWhoSignsIsDisputed(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		deal, first, second := "Deal/dea-signature-"+y, "Claim/cla-signature-"+y+"-1", "Claim/cla-signature-"+y+"-2"
		assert.Equal(t, "WON", w.nodes[deal]["outcome"])
		assert.Equal(t, at(year, "acc-17", "acc-22"), w.one(t, "WITH", deal).to)
		for _, c := range []string{first, second} {
			assert.Equal(t, "ECONOMIC_BUYER", w.nodes[c]["role"])
			assert.Equal(t, deal, w.one(t, "ON", c).to)
			assert.Len(t, w.out("CITES", c), 1)
		}
		assert.Equal(t, "Customer/cus-believed-"+y, w.one(t, "ABOUT", first).to)
		assert.Equal(t, "Customer/cus-signer-"+y, w.one(t, "ABOUT", second).to)
		assert.NotEqual(t, w.one(t, "BY", first).to, w.one(t, "BY", second).to)
		assert.Equal(t, second, w.one(t, "DISPUTED_BY", first).to)
		assert.Equal(t, first, w.one(t, "DISPUTED_BY", second).to)
		limit := func(who string) int64 {
			return w.one(t, "WORKS_AT", "Customer/cus-"+who+"-"+y).set["approvalLimit"].(graph.Money).Amount
		}
		amount := w.nodes[deal]["amount"].(graph.Money).Amount
		assert.Less(t, limit("believed"), amount)
		assert.Greater(t, limit("signer"), amount)
		mails := w.said("Customer/cus-signer-"+y, "CUSTOMER")
		assert.Equal(t, "Signed", mails[len(mails)-1]["subject"])
	})
}

func TestThePrivateBuyerBringsUsAlong(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		who, deal := "Customer/cus-buyer-"+y, "Deal/dea-buyer-"+y
		job := w.one(t, "WORKS_AT", who)
		assert.Equal(t, at(year, "acc-25", "acc-38"), job.to)
		assert.Equal(t, y+"-06-01", dayOf(job.set["from"]))
		orders := w.in("PLACED_BY", who)
		assert.Len(t, orders, 3)
		for _, o := range orders {
			assert.Less(t, w.nodes[o.from]["placedAt"], job.set["from"])
		}
		assert.Equal(t, "WON", w.nodes[deal]["outcome"])
		assert.Equal(t, job.to, w.one(t, "WITH", deal).to)
		claim := "Claim/cla-buyer-" + y + "-1"
		assert.Equal(t, "CHAMPION", w.nodes[claim]["role"])
		assert.Equal(t, who, w.one(t, "ABOUT", claim).to)
	})
}

func TestTheContactGoesDark(t *testing.T) {
	eachStory(t, func(t *testing.T, w *world, year int) {
		y := fmt.Sprint(year)
		who := "Customer/cus-dark-" + y
		job := w.one(t, "WORKS_AT", who)
		assert.Equal(t, at(year, "acc-26", "acc-27"), job.to)
		assert.NotContains(t, job.set, "to", "the job is the same")
		inbound, outbound := w.said(who, "CUSTOMER"), w.said(who, "BUSINESS")
		assert.Len(t, inbound, 8)
		assert.Equal(t, y+"-06", dayOf(inbound[7]["at"])[:7])
		silent := 0
		for _, i := range outbound {
			if i["at"].(int64) > inbound[7]["at"].(int64) {
				silent++
			}
		}
		assert.Equal(t, 5, silent)
		assert.Equal(t, "Claim/cla-dark-"+y+"-2", w.one(t, "DISPUTED_BY", "Claim/cla-dark-"+y+"-1").to)
		assert.Equal(t, "RULE", w.nodes["Claim/cla-dark-"+y+"-2"]["claimOrigin"])
		assert.Empty(t, w.out("BY", "Claim/cla-dark-"+y+"-2"))
	})
}

func TestFamiliesHaveLevelsAndTwoParents(t *testing.T) {
	w := make2026(t)
	tops, depth := map[string]bool{}, map[string]int{}
	var deep func(key string) int
	deep = func(key string) int {
		n := 0
		for _, e := range w.out("SUBSIDIARY_OF", key) {
			if _, ended := e.set["to"]; !ended {
				n = max(n, 1+deep(e.to))
			}
		}
		return n
	}
	three := 0
	for key := range w.of("Account") {
		depth[key] = deep(key)
		if depth[key] == 2 {
			three++
		}
		if depth[key] == 0 && len(w.in("SUBSIDIARY_OF", key)) > 0 {
			tops[key] = true
		}
	}
	assert.Len(t, tops, 6)
	assert.GreaterOrEqual(t, three, 3, "accounts at the third level")
	shares := map[string]int64{}
	for _, e := range w.out("SUBSIDIARY_OF", "Account/acc-07") {
		shares[e.to] = e.set["share"].(int64)
	}
	assert.Equal(t, map[string]int64{"Account/acc-05": 600_000, "Account/acc-01": 400_000}, shares)
}
