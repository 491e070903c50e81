package demo_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/demo"
)

func TestTheWorldIsAsLargeAsItIsSaidToBe(t *testing.T) {
	for _, now := range []time.Time{loaded, loaded.AddDate(0, 4, 9), loaded.AddDate(4, 7, 0)} {
		w := worldOn(t, now)
		for kind, about := range map[string][2]int{
			"Account": {40, 40}, "Employee": {25, 25}, "Product": {20, 20}, "Customer": {275, 335}, "Deal": {100, 140}, "Order": {1400, 1600},
			"Interaction": {10_800, 13_200}, "Case": {180, 235}, "Claim": {200, 500}, "Firmographics": {55, 160},
			"SubscriptionContract": {55, 65}, "Return": {80, 150}, "Location": {85, 140}, "Campaign": {12, 16}, "Content": {8, 8}, "Feedback": {500, 1100}, "HiddenEvent": {13, 15},
		} {
			n := len(w.of(kind))
			assert.Truef(t, about[0] <= n && n <= about[1], "%d of %s on %s", n, kind, now)
		}
	}
}

func TestBatchesAreSmallAndOfOneSource(t *testing.T) {
	for _, b := range demo.Batches(catalog(t), demo.Seed, loaded) {
		assert.LessOrEqual(t, len(b.Nodes)+len(b.Edges), demo.MaxBatch)
		assert.Equal(t, demo.Source, b.Source)
	}
}

func TestTheSameSeedAndDayMakeTheSameWorld(t *testing.T) {
	cat := catalog(t)
	first := demo.Batches(cat, demo.Seed, loaded)
	require.Equal(t, first, demo.Batches(cat, demo.Seed, loaded))
	require.Equal(t, first, demo.Batches(cat, demo.Seed, time.Date(2026, time.November, 24, 0, 30, 0, 0, time.FixedZone("", 3600))), "the day is that of UTC")
	require.NotEqual(t, first, demo.Batches(cat, demo.Seed+1, loaded))
}

// always are the properties that nothing lacks.
var always = strings.Fields(`
	Account.name Account.accountStage Firmographics.industry Firmographics.country Firmographics.employeeCount Firmographics.revenue Firmographics.technologies
	Firmographics.foundedYear Firmographics.source Customer.language Customer.journeyStage Employee.name Product.name Product.category
	Deal.name Deal.type Deal.stage Deal.openedAt Claim.role Claim.stance Claim.recordedAt Claim.claimOrigin
	Order.number Order.placedAt Order.orderStatus Order.total Interaction.at Interaction.kind Interaction.channel Interaction.origin
	Consent.status Consent.at Consent.source Case.number Case.kind Case.severity Case.status Case.subject Case.openedAt
	SUBSIDIARY_OF.share SUBSIDIARY_OF.from DESCRIBED_BY.from OWNED_BY.role OWNED_BY.from WORKED_BY.role WORKED_BY.from REPORTS_TO.kind
	WORKS_AT.title WORKS_AT.department WORKS_AT.seniority WORKS_AT.from PARTICIPANT.role
	Location.locationKind Location.city Location.region Location.country Return.number Return.requestedAt Return.returnStatus RETURNS.quantity RETURNS.unitPrice RETURNS.net
	SubscriptionContract.plan SubscriptionContract.recurringAmount SubscriptionContract.interval SubscriptionContract.from
	Campaign.name Campaign.campaignKind Campaign.startsAt Content.title Content.contentKind Feedback.at Feedback.instrument Feedback.question
	HiddenEvent.kind HiddenEvent.at HiddenEvent.control HiddenEvent.description RESPONDED.response
	CONTAINS.quantity CONTAINS.unitPrice CONTAINS.net FOR.quantity FOR.unitPrice`)

func TestEverythingInTheCatalogOccurs(t *testing.T) {
	cat, w := catalog(t), make2026(t)
	check := func(owner string, props []*graph.Property, all []graph.Values) {
		require.NotEmpty(t, all, owner)
		for _, p := range props {
			if !p.Given() || p.Format == graph.FormatAttribute || p.Name == "objectType" { // the last two are of event logs, of which the world has none
				continue
			}
			seen, missing, values := 0, 0, map[any]bool{}
			for _, set := range all {
				v, ok := set[p.Name]
				if !ok {
					missing++
					continue
				}
				require.NotNil(t, v)
				seen++
				if p.Type == graph.Enum || p.Type == graph.Bool {
					values[v] = true
				}
			}
			name := owner + "." + p.Name
			assert.NotZerof(t, seen, "nothing has %s", name)
			if slices.Contains(always, name) {
				assert.Zerof(t, missing, "%s is missing", name)
			} else {
				assert.NotZerof(t, missing, "%s is never missing", name)
			}
			if owner == graph.ConsentKind && name != "Consent.status" {
				continue // few purposes take a consent, and few channels
			}
			for _, v := range p.Values {
				if name == "PARTICIPANT.role" && v == graph.RoleSubject {
					continue // stores keep it by themselves
				}
				assert.Truef(t, values[v], "%s is never %s", name, v)
			}
			if p.Type == graph.Bool {
				assert.Lenf(t, values, 2, "%s is always the same", name)
			}
		}
	}
	for _, k := range cat.Kinds {
		var all []graph.Values
		for _, set := range w.of(k.Name) {
			all = append(all, set)
		}
		if k.Name == "Disclosure" || k.Name == graph.RequestKind { // those are left by answers, and by what officers do
			continue
		}
		check(k.Name, k.Shown(), all)
	}
	used := map[string]bool{}
	byRel := map[string][]graph.Values{}
	for _, edges := range w.from {
		for _, e := range edges {
			from, _, _ := strings.Cut(e.from, "/")
			to, _, _ := strings.Cut(e.to, "/")
			used[e.rel+" "+from+" "+to] = true
			byRel[e.rel] = append(byRel[e.rel], e.set)
		}
	}
	for _, r := range cat.Rels {
		if r.Type == "DISCLOSED" || r.Kept { // left by answers, or kept by the store
			continue
		}
		for _, pair := range r.Pairs {
			assert.Truef(t, used[r.Type+" "+pair[0].Name+" "+pair[1].Name], "no %s from %s to %s", r.Type, pair[0], pair[1])
		}
		check(r.Type, r.Properties, byRel[r.Type])
	}
}

func TestAllThatIsDatedLiesInTheTwoYears(t *testing.T) {
	w := make2026(t)
	start, end := day(t, "2024-11-23"), day(t, "2026-11-23")
	for kind, property := range map[string]string{"Interaction": "at", "Order": "placedAt", "Case": "openedAt"} {
		months := map[string]int{}
		for key, set := range w.of(kind) {
			at := set[property].(int64)
			require.Truef(t, start <= at && at < end, "%s on %s", key, dayOf(at))
			months[dayOf(at)[:7]]++
		}
		assert.Len(t, months, 25, kind)
	}
	for key, set := range w.nodes {
		for name, v := range set {
			if at, ok := v.(int64); ok && at > day(t, "1980-01-01") && name != "expectedClose" && name != "renewsAt" {
				require.Lessf(t, at, end, "%s.%s is in the future", key, name)
			}
		}
	}
	for key, set := range w.edges {
		for _, name := range []string{"from", "to"} {
			if at, ok := set[name].(int64); ok {
				require.Lessf(t, at, end, "%s.%s is in the future", key, name)
			}
		}
		if from, ok := set["from"].(int64); ok && set["to"] != nil {
			require.Lessf(t, from, set["to"], key)
		}
	}
}

func TestSumsAreRight(t *testing.T) {
	w := make2026(t)
	currencies := map[string]int{}
	for key, order := range w.of("Order") {
		total := int64(0)
		lines := w.out("CONTAINS", key)
		require.Truef(t, 1 <= len(lines) && len(lines) <= 5, "%s has %d lines", key, len(lines))
		for _, l := range lines {
			price, net := l.set["unitPrice"].(graph.Money), l.set["net"].(graph.Money)
			discount, _ := l.set["discount"].(int64)
			exact := new(big.Rat).Mul(big.NewRat(price.Amount*l.set["quantity"].(int64), 1), big.NewRat(1_000_000-discount, 1_000_000))
			off := new(big.Rat).Sub(exact, big.NewRat(net.Amount, 1))
			require.LessOrEqual(t, off.Abs(off).Cmp(big.NewRat(1, 2)), 0, "%s: %v for %v × %v", key, net, price, l.set["quantity"])
			total += net.Amount
		}
		require.Equal(t, total, order["total"].(graph.Money).Amount, key)
		currencies[order["total"].(graph.Money).Currency]++
		require.Len(t, w.out("PLACED_BY", key), 1)
	}
	assert.Len(t, currencies, 2)
	assert.Greater(t, currencies["EUR"], 2*currencies["USD"])
	assert.Greater(t, currencies["USD"], 100)
	for key, deal := range w.of("Deal") {
		if deal["amount"] == nil || deal["stage"] == "ENGAGING" { // it is guessed until there is an offer
			continue
		}
		sum := int64(0)
		for _, l := range w.out("FOR", key) {
			sum += l.set["unitPrice"].(graph.Money).Amount * l.set["quantity"].(int64)
		}
		require.Equal(t, sum, deal["amount"].(graph.Money).Amount, key)
	}
}

func TestPeopleAreOfAllSorts(t *testing.T) {
	w := make2026(t)
	homeless, idle, silent, heavy := 0, 0, 0, 0
	for key, set := range w.of("Customer") {
		n := len(w.in("PARTICIPANT", key))
		if len(w.out("WORKS_AT", key)) == 0 {
			homeless++
			if len(w.in("PLACED_BY", key)) == 0 {
				idle++
			}
		}
		if n == 0 {
			silent++
		}
		if n > 150 {
			heavy++
		}
		if email, ok := set["email"].(string); ok {
			require.Regexp(t, `^[a-z0-9.-]+@[a-z0-9-]+\.example$`, email)
		}
	}
	assert.Greater(t, homeless, 60, "customers without account")
	assert.Greater(t, idle, 20, "customers without account and order")
	assert.Greater(t, silent, 10)
	assert.Greater(t, heavy, 5)
	several := 0
	for key, set := range w.of("Interaction") {
		customers, employees := 0, 0
		for _, e := range w.out("PARTICIPANT", key) {
			if strings.HasPrefix(e.to, "Customer/") {
				customers++
			} else {
				employees++
			}
		}
		if customers > 1 && employees > 1 {
			several++
		}
		for _, name := range []string{"subject", "text"} {
			text, _ := set[name].(string)
			require.NotContains(t, text, "{", key)
		}
	}
	assert.Greater(t, several, 100, "interactions of several with several")
}

func TestPeopleAtAccountsAreBusyInOfficeHours(t *testing.T) {
	w := make2026(t)
	early, all := 0, 0
	weekends := 0
	for key, account := range w.of("Account") {
		zone, ok := account["timeZone"].(string)
		if !ok {
			continue
		}
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		for _, job := range w.in("WORKS_AT", key) {
			for _, e := range w.in("PARTICIPANT", job.from) {
				i := w.nodes[e.from]
				if i["kind"] != "CALL" && i["kind"] != "MEETING" {
					continue
				}
				at := graph.Time(i["at"].(int64)).Std().In(loc)
				all++
				if at.Hour() < 8 || at.Hour() >= 18 {
					early++
				}
				if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
					weekends++
				}
			}
		}
	}
	require.Greater(t, all, 1000)
	assert.Less(t, early*20, all, "outside office hours")
	assert.Zero(t, weekends)
}

func TestFirmographicsDoNotOverlap(t *testing.T) {
	w := make2026(t)
	versions := map[int]int{}
	for key := range w.of("Account") {
		all := w.out("DESCRIBED_BY", key)
		versions[len(all)]++
		for i, e := range all {
			if i+1 < len(all) {
				require.Equal(t, all[i+1].set["from"], e.set["to"], key)
			} else {
				require.NotContains(t, e.set, "to", key)
			}
		}
	}
	assert.Greater(t, versions[2]+versions[3], 10, "accounts with two or three versions")
	assert.Equal(t, 1, versions[0])
}

// TestNobodyComesBeforeWhatSheHasSaid has each consent and objection stand in the batch that its giver comes with: batches are written
// wholly or not at all, so that nobody can be seen whose objection is still to come.
func TestNobodyComesBeforeWhatSheHasSaid(t *testing.T) {
	came, said := map[string]int{}, 0
	for i, b := range demo.Batches(catalog(t), demo.Seed, loaded) {
		for _, n := range b.Nodes {
			if n.Kind.Person {
				came[n.ID] = i
			}
		}
		for _, l := range b.Edges {
			if l.Rel.Type == "GIVEN_BY" {
				said++
				assert.Equal(t, came[l.To.External.ID], i, "%s of %s", l.From.External.ID, l.To.External.ID)
			}
		}
	}
	assert.Greater(t, said, 150)
}
