package resolvers_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

var clock = func() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }

// noted is a store that holds nothing and notes what it is asked.
type noted struct {
	graph.Store
	mu    sync.Mutex // root fields are read side by side
	asked []*graph.Fetch
}

func (n *noted) Read(_ context.Context, f *graph.Fetch) (*graph.Result, error) {
	n.mu.Lock()
	n.asked = append(n.asked, f)
	n.mu.Unlock()
	res := &graph.Result{}
	for _, l := range f.Lists {
		res.Lists = append(res.Lists, graph.ListResult{Tallies: make([][]graph.TallyRow, len(l.Tallies))})
	}
	return res, nil
}

// asking is a context of requests that may see everything.
func asking(ctx context.Context) context.Context {
	return resolvers.WithRequest(ctx, resolvers.Request{Default: string(graph.Compliance)})
}

func resolver(t *testing.T, store graph.Store) *resolvers.Resolver {
	t.Helper()
	cat, schema := graphtest.Catalog(t), graphtest.Schema(t)
	r, err := resolvers.New(resolvers.Options{Reader: policy.WithLogs(store, logs{}), Writer: store, Catalog: cat, Schema: schema, Now: clock})
	require.NoError(t, err)
	return r
}

// wideFilter asks for customers by so many conditions on what their edges lead to.
func wideFilter(n int) string {
	return `{ customers(filter: {and: [` + strings.Repeat(`{orders: {some: {number: {eq: "1"}}}}`, n) + `]}) { totalCount } }`
}

// explained asks of so many conditions what one field of them says.
func explained(n int, field string) string {
	return strings.Replace(wideFilter(n), "totalCount", "explain { condition "+field+" }", 1)
}

func TestLimitsAreOptions(t *testing.T) {
	r, err := resolvers.New(resolvers.Options{Reader: policy.WithLogs(nil, logs{}), Catalog: graphtest.Catalog(t), Schema: graphtest.Schema(t), Now: clock, MaxPage: 5, MaxPlanning: time.Millisecond})
	require.NoError(t, err)
	for query, message := range map[string]string{
		`{ customers(first: 6) { totalCount } }`:                "customers: first is from 1 to 5, not 6",
		`{ nodes(ids: ["1", "2", "3", "4", "5", "6"]) { id } }`: "ids: at most 5 ids, not 6",
		wideFilter(2): "and 1 ms is the most",
	} {
		res := r.Execute(asking(t.Context()), query, nil)
		require.NotEmpty(t, res.Errors, query)
		assert.Contains(t, res.Errors[0].Message, message)
	}
}

func TestBadInputIsNamedBeforeAnythingIsRead(t *testing.T) {
	for _, c := range []struct{ name, query, err string }{
		{"a page that is too long", `{ customers(first: 201) { totalCount } }`, "customers: first is from 1 to 200, not 201"},
		{"a page of nothing", `{ customers(last: 0) { totalCount } }`, "customers: last is from 1 to 200, not 0"},
		{"both ends of a list", `{ customers(first: 1, last: 1) { totalCount } }`, "customers: first and last cannot both be given"},
		{"a page deep below", `{ account(id: "acc_1") { people { edges { node { orders(first: -1) { totalCount } } } } } }`, "account.people.orders: first is from 1 to 200, not -1"},
		{"neither id nor external", `{ customer { name } }`, "customer: exactly one of id and external is to be given"},
		{"both id and external", `{ customer(id: "cus_1", external: {source: "a", id: "b"}) { name } }`, "exactly one of id and external"},
		{"null as a value to compare with", `{ customers(filter: {name: {eq: null}}) { totalCount } }`, "customers.filter.name.eq: null compares with nothing; isNull asks"},
		{"an amount that is no number", `{ deals(filter: {amount: {gt: {amount: "much", currency: "EUR"}}}) { totalCount } }`, `deals.filter.amount.gt: "much" is not a decimal number`},
		{"a currency that is none", `{ deals(filter: {amount: {gt: {amount: "1", currency: "euro"}}}) { totalCount } }`, `"euro" is not a currency`},
		{"a timeline of what is not in it", `{ orders { nodes { timeline(kinds: [CAMPAIGN]) { nodes { __typename } } } } }`, "orders.timeline.kinds: what a timeline of orders has is INTERACTION, RETURN, and no CAMPAIGN"},
		{"a field that is of another type", `{ deals(filter: {closedAt: {field: {gt: "amount"}}}) { totalCount } }`, `deals.filter.closedAt.field.gt: closedAt compares with expectedClose, openedAt, recordedAt, updatedAt, not with "amount"`},
		{"a field that compares with itself", `{ deals(filter: {not: {closedAt: {field: {gt: "closedAt"}}}}) { totalCount } }`, `deals.filter.not.closedAt.field.gt: closedAt compares with expectedClose, openedAt, recordedAt, updatedAt, not with "closedAt"`},
		{"a field that compares with none", `{ deals(filter: {amount: {field: {gt: "name"}}}) { totalCount } }`, `deals.filter.amount.field: there is no other field that amount compares with here`},
		{"a field that is compared in no way", `{ deals(filter: {closedAt: {field: {}}}) { totalCount } }`, `deals.filter.closedAt.field: one of eq, gt, gte, lt and lte is to be given`},
		{"a field that is compared with null", `{ deals(filter: {closedAt: {field: {gt: null}}}) { totalCount } }`, `deals.filter.closedAt.field.gt: null compares with nothing`},
		{"the newest of several, and a field", `{ accounts(filter: {deals: {openedAt: {latest: {field: {gt: "closedAt"}}}}}) { totalCount } }`, `accounts.filter.deals.openedAt.latest.field: there is no other field that openedAt compares with here`},
		{"an instant that is none", `{ deals(filter: {openedAt: {gt: "yesterday"}}) { totalCount } }`, `deals.filter.openedAt.gt: "yesterday" is not an instant`},
		{"a day that is none", `{ deals(filter: {or: [{}, {expectedClose: {in: ["2026-02-30"]}}]}) { totalCount } }`, `deals.filter.or[1].expectedClose.in[0]: "2026-02-30" is not a day`},
		{"two keys in one element of an order", `query($o: [AccountSort!]) { accounts(orderBy: $o) { totalCount } }`, "accounts.orderBy[0]: exactly one key is to be given"},
		{"an order by nothing", `{ accounts(orderBy: [{deals: {filter: {stage: {eq: WON}}}}]) { totalCount } }`, "accounts.orderBy[0].deals: exactly one of count, the sums and the times is to be given"},
		{"a condition on what is counted, and no count", `{ accounts(filter: {deals: {filter: {stage: {eq: WON}}, some: {}}}) { totalCount } }`, "accounts.filter.deals.filter: it says which are counted, so that count, a sum, or a time's latest or earliest is to be given beside it; some, none and every have conditions of their own"},
		{"a sum in no currency", `{ accounts(filter: {deals: {amountSum: {currency: "?", gte: "1"}}}) { totalCount } }`, `accounts.filter.deals.amountSum.currency: "?" is not a currency`},
		{"a sum that is no amount", `{ accounts(filter: {deals: {amountSum: {currency: "EUR", gte: "much"}}}) { totalCount } }`, `accounts.filter.deals.amountSum.gte: "much" is not a decimal number`},
		{"a newest that is no instant", `{ accounts(filter: {deals: {openedAt: {latest: {gt: "lately"}}}}) { totalCount } }`, `accounts.filter.deals.openedAt.latest.gt: "lately" is not an instant`},
		{"an order by an amount of no currency", `{ deals(orderBy: [{amount: {direction: ASC, currency: "?"}}]) { totalCount } }`, `deals.orderBy[0].amount.currency: "?" is not a currency`},
		{"a timeline of what it never has", `{ locations { nodes { timeline(kinds: [CAMPAIGN, HIDDEN_EVENT]) { totalCount } } } }`, "locations.timeline.kinds: what a timeline of locations has is HIDDEN_EVENT, and no CAMPAIGN"},
		{"a cursor that is none", `{ accounts(after: "x") { totalCount } }`, "accounts.after: this is not a cursor of this field in this order"},
		{"a filter that takes too long to be planned", wideFilter(60), "customers.filter: its conditions would take about 2160 ms to be planned, and 1500 ms is the most"},
		{"conditions that take too long to be planned without each other", explained(30, "without"), "customers.explain: its 30 conditions, each alone and all but each, would take about "},
		{"groups by nothing", `{ deals { groups(by: []) { rows { count } } } }`, "groups.by: at least one key"},
		{"a percentile of none", `{ deals { aggregate { amount { percentile(of: 0) } } } }`, "amount.percentile.of: it is above 0 and at most 1, to six decimals, not 0"},
		{"a percentile beyond all", `query($of: Float! = 1.5) { deals { groups(by: [STAGE]) { rows { aggregate { openedAt { percentile(of: $of) } } } } } }`, "openedAt.percentile.of: it is above 0 and at most 1, to six decimals, not 1.5"},
		{"groups by null", `{ accounts { nodes { people { groups(by: null, edgeBy: []) { rows { count } } } } } }`, "groups.by: at least one key"},
		{"groups by one key of the relationship twice", `{ accounts { nodes { people { groups(edgeBy: [SENIORITY, SENIORITY]) { rows { count } } } } } }`, "groups.edgeBy: SENIORITY is given twice"},
		{"groups by what is no number", `{ deals { groups(by: [STAGE], orderBy: {measure: {field: "name", by: MINIMUM, direction: ASC}}) { rows { count } } } }`, `groups.orderBy.measure.field: "name" is not a number, an amount or a time of deals`},
		{"groups by a sum in no currency", `{ deals { groups(by: [STAGE], orderBy: {measure: {field: "amount", by: SUM, direction: ASC}}) { rows { count } } } }`, `groups.orderBy.measure.currency: amount is an amount, so that a currency is to be named`},
		{"groups by a sum of times", `{ deals { groups(by: [STAGE], orderBy: {measure: {field: "openedAt", by: SUM, direction: ASC}}) { rows { count } } } }`, `groups.orderBy.measure.by: openedAt is a time, which has MEDIAN, MINIMUM and MAXIMUM, and no SUM`},
		{"groups by times in a currency", `{ deals { groups(by: [STAGE], orderBy: {measure: {field: "openedAt", by: MEDIAN, currency: "EUR", direction: ASC}}) { rows { count } } } }`, `groups.orderBy.measure.currency: openedAt is no amount, and has none`},
		{"groups after a cursor of other groups", `{ deals { groups(by: [STAGE], after: "AgAAAAAAAAAAAg") { rows { count } } } }`, "groups.after: this is not a cursor of this field in this order"},
		{"groups by two orders", `query($g: GroupSort) { deals { groups(by: [STAGE], orderBy: $g) { rows { count } } } }`, "groups.orderBy: exactly one of count, key and measure is to be given"},
		{"a duration between what is no instant", `{ deals { aggregate { duration(from: STAGE, to: CLOSED_AT) { mean } } } }`, "duration.from: what lies between is measured of CLOSED_AT, OPENED_AT, not of STAGE"},
		{"different nodes beyond an edge that another type has", `{ deals { aggregate { distinct(of: PEOPLE) } } }`, "distinct.of: what deals lead to is ACCOUNT, CLAIMS, INTERACTIONS, OWNERS, PRODUCTS, and no PEOPLE"},
		{"groups by a number and no ranges", `{ deals { groups(by: [AMOUNT], currency: "EUR") { rows { count } } } }`, "groups.buckets: AMOUNT is a number, of which ranges are groups: it is to say where they begin, as [0, 1000, 10000]"},
		{"ranges of no number", `{ deals { groups(by: [STAGE], buckets: [1]) { rows { count } } } }`, "groups.buckets: groups are by no number"},
		{"no ranges", `{ deals { groups(by: [AMOUNT], currency: "EUR", buckets: []) { rows { count } } } }`, "groups.buckets: from 1 to 100 bounds are to be given, not 0"},
		{"ranges that go down", `{ deals { groups(by: [AMOUNT], currency: "EUR", buckets: [0, 1000, 1000]) { rows { count } } } }`, "groups.buckets[2]: each is to be above the one before, and 1000 is not above 1000"},
		{"ranges of two numbers", `{ deals { groups(by: [AMOUNT, ACCOUNT_FIRMOGRAPHICS_EMPLOYEE_COUNT], buckets: [1]) { rows { count } } } }`, "groups.by: AMOUNT and ACCOUNT_FIRMOGRAPHICS_EMPLOYEE_COUNT are numbers, of which buckets cut one"},
		{"ranges that begin at what is no whole number", `{ accounts { groups(by: [FIRMOGRAPHICS_EMPLOYEE_COUNT], buckets: [0.5]) { rows { count } } } }`, "groups.buckets[0]: 0.5 is not a whole number of 32 bits"},
		{"ranges of amounts of no currency", `{ deals { groups(by: [AMOUNT], buckets: [1]) { rows { count } } } }`, "groups.currency: AMOUNT is an amount, so that a currency is to be named"},
		{"ranges of amounts of what is no currency", `{ deals { groups(by: [AMOUNT], buckets: [1], currency: "?") { rows { count } } } }`, `groups.currency: "?" is not a currency`},
		{"ranges of amounts that are too fine", `{ deals { groups(by: [AMOUNT], buckets: [0.00001], currency: "EUR") { rows { count } } } }`, "groups.buckets[0]: "},
		{"groups of no amount in a currency", `{ deals { groups(by: [STAGE], currency: "EUR") { rows { count } } } }`, "groups.currency: groups are by no amount"},
		{"groups by the time between nothing", `{ deals { groups(by: [DURATION], buckets: [1]) { rows { count } } } }`, "groups.duration: DURATION is between two instants, which are to be named"},
		{"groups by the time between what is no instant", `{ deals { groups(by: [DURATION], buckets: [1], duration: {from: OPENED_AT, to: STAGE}) { rows { count } } } }`, "groups.duration.to: what lies between is measured of CLOSED_AT, OPENED_AT, not of STAGE"},
		{"the time between instants that nothing is grouped by", `{ deals { groups(by: [STAGE], duration: {from: OPENED_AT, to: CLOSED_AT}) { rows { count } } } }`, "groups.duration: groups are by no DURATION"},
		{"journeys by ranges", `{ journeys(definition: {cases: {customers: {}}}) { variantsBy(by: {customers: BIRTH_YEAR}) { __typename } } }`, "BIRTH_YEAR is a number, and cases are told apart by what has few values"},
		{"groups in no time zone", `{ deals { groups(by: [OPENED_AT], zone: "Oslo") { rows { count } } } }`, `groups.zone: "Oslo" is not a time zone such as Europe/Oslo or UTC`},
		{"groups by hours of days", `{ deals { groups(by: [EXPECTED_CLOSE], unit: HOUR_OF_WEEK) { rows { count } } } }`, "groups: EXPECTED_CLOSE is a day, and has no hours: unit is DAY, WEEK, MONTH, QUARTER, YEAR or WEEKDAY, not HOUR_OF_WEEK"},
		{"groups by no part of times", `{ deals { groups(by: [OPENED_AT], unit: null) { rows { count } } } }`, "groups: unit is null: leave it out, which is DAY, or name one"},
		{"groups by one key twice", `{ deals { groups(by: [STAGE, STAGE]) { rows { count } } } }`, "STAGE is given twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := &noted{}
			vars := map[string]any{"o": []any{map[string]any{"name": "ASC", "domain": "ASC"}}, "g": map[string]any{"count": "ASC", "key": "ASC"}}
			res := resolver(t, store).Execute(asking(context.Background()), c.query, vars)
			require.Len(t, res.Errors, 1)
			assert.Contains(t, res.Errors[0].Message, c.err)
			var e *graph.Error
			require.ErrorAs(t, res.Errors[0], &e)
			assert.Equal(t, graph.BadInput, e.Code)
			assert.Empty(t, store.asked)
		})
	}
}

func TestSelectionsThatMeetUnderOneKeyAreMerged(t *testing.T) {
	store := &noted{}
	res := resolver(t, store).Execute(asking(context.Background()), `
		query($n: Int = 3) { account(id: "acc_1") {
			a: people(first: 3) { edges { node { name } } }
			b: people(first: $n) { edges { node { email name } } totalCount }
			c: people(first: 4) { edges { node { name } } }
			... on Node { ... on Account { name } }
		} }`, nil)
	require.Empty(t, res.Errors)
	require.Len(t, store.asked, 1)
	sel := store.asked[0].Lists[0].Nodes[0]
	require.Len(t, sel.Lists, 2, "one list for each set of arguments")
	assert.Equal(t, `people{"first":3}`, sel.Lists[0].Key)
	assert.Len(t, sel.Lists[0].Nodes[0].Props, 3, "and whether she was erased")
	assert.Len(t, sel.Lists[0].Tallies, 1)
	assert.Len(t, sel.Lists[1].Nodes[0].Props, 2)
	assert.Len(t, sel.Props, 1)
}

func TestAnIdOfAnotherKindFindsNothing(t *testing.T) {
	store := &noted{}
	res := resolver(t, store).Execute(asking(context.Background()), `{ customer(id: "acc_1") { name } node(id: "nonsense") { id } nodes(ids: ["x", "acc_9"]) { id } }`, nil)
	require.Empty(t, res.Errors)
	assert.JSONEq(t, `{"customer": null, "node": null, "nodes": [null, null]}`, string(res.Data))
	assert.Len(t, store.asked, 1, "what names nothing is not asked for")
}

func TestTotalsOfNothing(t *testing.T) {
	res := resolver(t, &noted{}).Execute(asking(context.Background()), `{ deals {
		edges { cursor } pageInfo { hasNextPage startCursor } totalCount
		aggregate { count amount { sum } openedAt { minimum } products { count quantity { sum count } } }
		groups(by: [STAGE]) { rows { count } other { count } } } }`, nil)
	require.Empty(t, res.Errors)
	var got any
	require.NoError(t, json.Unmarshal(res.Data, &got))
	assert.JSONEq(t, `{"deals": {
		"edges": [], "pageInfo": {"hasNextPage": false, "startCursor": null}, "totalCount": 0,
		"aggregate": {"count": 0, "amount": [], "openedAt": {"minimum": null}, "products": {"count": 0, "quantity": {"sum": null, "count": 0}}},
		"groups": {"rows": [], "other": null}}}`, string(res.Data))
}

func TestAChangeTakesARole(t *testing.T) {
	for _, c := range []struct{ mutation, input, role string }{
		{"recordConsent", `customer: "cus_1", purpose: SALES`, "writer"},
		{"withdrawConsent", `customer: "cus_1", purpose: SALES`, "writer"},
		{"recordObjection", `customer: "cus_1", purpose: SALES`, "writer"},
		{"restrictProcessing", `customer: "cus_1", restricted: true`, "officer"},
		{"logInteraction", `kind: CALL, participants: []`, "writer"},
		{"openCase", `caseKind: REQUEST, subject: "s", party: "cus_1"`, "writer"},
		{"updateCase", `case: "cas_1"`, "writer"},
		{"createDeal", `name: "x", account: "acc_1"`, "writer"},
		{"updateDeal", `deal: "dea_1"`, "writer"},
		{"assignOwner", `undertaking: "acc_1", employee: "emp_1", role: AE`, "writer"},
		{"createCustomer", `name: "x"`, "writer"},
		{"updateCustomer", `customer: "cus_1"`, "writer"},
		{"createAccount", `name: "x"`, "writer"},
	} {
		t.Run(c.mutation+" takes the role "+c.role, func(t *testing.T) {
			purpose := graph.Sales
			if c.role == "officer" {
				purpose = graph.Compliance
			}
			ctx := resolvers.WithRequest(t.Context(), resolvers.Request{Default: string(purpose), Has: func(role string) bool { return role != c.role }})
			store := &noted{}
			res := resolver(t, store).Execute(ctx, `mutation { `+c.mutation+`(input: {key: "1", `+c.input+`}) { userErrors { code } } }`, nil)
			require.Len(t, res.Errors, 1)
			var bad *graph.Error
			require.ErrorAs(t, res.Errors[0], &bad)
			assert.Equal(t, graph.Forbidden, bad.Code)
			assert.Contains(t, bad.Message, c.role)
			assert.Empty(t, store.asked)
		})
	}
	t.Run("an officer keeps what customers say without being a writer", func(t *testing.T) {
		ctx := resolvers.WithRequest(t.Context(), resolvers.Request{Default: string(graph.Compliance), Has: func(role string) bool { return role != "writer" }})
		store := &noted{}
		res := resolver(t, store).Execute(ctx, `mutation { recordConsent(input: {key: "1", customer: "cus_1", purpose: SALES}) { userErrors { code } } }`, nil)
		require.Empty(t, res.Errors)
		assert.NotEmpty(t, store.asked)
	})
}
