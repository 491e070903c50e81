package server_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/web"
)

func TestLimits(t *testing.T) {
	nested := func(n int) string { // n levels of fields
		return "{ employee(id: 1) " + strings.Repeat("{ manager ", n-2) + "{ id }" + strings.Repeat(" }", n-1)
	}
	not := func(n int) string {
		return "{ customers(filter: " + strings.Repeat("{not: ", n-2) + `{name: {eq: "x"}}` + strings.Repeat("}", n-2) + ") { totalCount } }"
	}
	aliases := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " a%d: __typename", i)
		}
		return "{" + b.String() + " }"
	}
	times := func(part string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Replace(part, "%d", fmt.Sprint(i), 1))
		}
		return b.String()
	}
	for _, c := range []struct {
		name, query, message string
		limits               server.Limits
	}{
		{"as deep as may be", nested(15), "", server.Limits{}},
		{"too deep", nested(16), "depth is 16, and the limit is 15", server.Limits{}},
		{"too deep for another limit", nested(4), "depth is 4, and the limit is 3", server.Limits{Depth: 3}},
		{"too deep by way of a fragment", `{ employee(id: 1) { ...M } } fragment M on Employee { manager { manager { id } } }`, "depth is 4, and the limit is 3", server.Limits{Depth: 3}},
		{"introspection's depth is not counted", `{ __schema { types { fields { type { ofType { ofType { name } } } } } } }`, "", server.Limits{Depth: 3}},
		{"conditions as deep as may be", not(15), "", server.Limits{}},
		{"conditions too deep", not(16), "depth of conditions is 16, and the limit is 15", server.Limits{}},
		{"as many aliases as may be", aliases(100), "", server.Limits{}},
		{"too many aliases", aliases(101), "number of aliases is 101, and the limit is 100", server.Limits{}},
		{"too many aliases of introspection", `{ __schema { a: types { b: name c: name } } }`, "number of aliases is 3, and the limit is 2", server.Limits{Aliases: 2}},
		{"too dear", `{ customers(first: 200) { edges { node { id } } } }`, "cost is 402, and the limit is 401", server.Limits{Cost: 401}},
		{"as dear as may be", `{ customers(first: 200) { edges { node { id } } } }`, "", server.Limits{Cost: 402}},
		{"two levels of full pages", `{ accounts(first: 200) { edges { node { name people(first: 200) { edges { node { name email } } } } } } }`, "", server.Limits{}},
		{"three levels of full pages", `{ accounts(first: 200) { edges { node { people(first: 200) { edges { node { orders(first: 200) { totalCount } } } } } } } }`, "and the limit is 150000", server.Limits{}},
		{"the schema nine times, each field nine times", "{ __schema { " + times("t%d: types { name "+times("f%d: fields { args { type { name } } } ", 9)+"} ", 9) + "} }", "and the limit is 150000", server.Limits{}},
		{"the schema, as tools ask for it", introspection.Query, "", server.Limits{}},
		{"as many tokens as may be", "{" + strings.Repeat(" id", 3) + "}", "Cannot query field", server.Limits{Tokens: 7}},
		{"too many tokens", "{" + strings.Repeat(" id", 10) + "}", "the document has more than 7 tokens, which is the limit", server.Limits{Tokens: 7}},
		{"too many tokens by default", "{" + strings.Repeat(" __typename", 2000) + "}", "the document has more than 2000 tokens, which is the limit", server.Limits{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := newServer(t, &fake{}, server.Options{Limits: c.limits})
			a := send(t, s.Handler(), query(c.query))
			assert.Equal(t, 200, a.StatusCode)
			strict := send(t, s.Handler(), query(c.query, "Accept", "application/graphql-response+json"))
			if c.message == "" {
				require.Empty(t, a.Errors)
				assert.Equal(t, 200, strict.StatusCode)
				return
			}
			require.NotEmpty(t, a.Errors)
			assert.Contains(t, a.Errors[0].Message, c.message)
			assert.NotEmpty(t, a.Errors[0].Locations)
			if !strings.Contains(c.message, "Cannot") {
				assert.Equal(t, "COST_EXCEEDED", a.Errors[0].Extensions.Code)
			}
			assert.Equal(t, 400, strict.StatusCode)
			assert.NotContains(t, a.Text, `"data"`)
		})
	}
}

// TestWhatIsTooMuchIsNamed has the field that an operation's weight rests on told with what it weighs, and where it stands.
func TestWhatIsTooMuchIsNamed(t *testing.T) {
	for _, c := range []struct {
		name, query, message string
		limits               server.Limits
		line, column         int
	}{
		{"one page of many", "{\n a: customers { totalCount }\n customers(first: 200) { edges { node { id name } } } }",
			"cost is 614, and the limit is 100: its field customers has 602", server.Limits{Cost: 100}, 3, 2},
		{"a page within pages", `{ accounts(first: 200) { edges { node { name people(first: 200) { edges { node { orders(first: 200) { totalCount edges { node { id } } } } } } } } } }`,
			"and the limit is 150000: its field accounts.edges.node.people.edges.node.orders has 16520000", server.Limits{}, 1, 82},
		{"by way of a fragment, and under another name", "{ all: customers(first: 9) { ...E } } fragment E on CustomerConnection { nodes { id name email phone } }",
			"cost is 38, and the limit is 30: its field all has 38", server.Limits{Cost: 30}, 1, 3},
		{"several that are too much together", "{ a: deals { totalCount } deals { aggregate { amount { sum } } } }", "cost is 26, and the limit is 20: its field deals has 14", server.Limits{Cost: 20}, 1, 27},
		{"what an edge's ids make of it", `{ nodes(ids: ["a", "b", "c"]) { id } }`, "cost is 7, and the limit is 2: its field nodes has 7", server.Limits{Cost: 2}, 1, 3},
		{"the schema", `{ customers { totalCount } __schema { types { fields { name } } } }`, "and the limit is 50: its field __schema has ", server.Limits{Cost: 50}, 1, 28},
		{"the first that is too deep", `{ employee(id: 1) { id manager { id manager { manager { id } } } } }`, "depth is 5, and the limit is 3: its field employee.manager.manager.manager has 5", server.Limits{Depth: 3}, 1, 47},
		{"conditions", `{ deals { totalCount } customers(filter: {not: {not: {not: {name: {eq: "x"}}}}}) { totalCount } }`, "depth of conditions is 5, and the limit is 4: its field customers has 5", server.Limits{Depth: 4}, 1, 24},
		{"names", `{ deals { totalCount } customers { x: totalCount y: totalCount z: totalCount } }`, "number of aliases is 3, and the limit is 2: its field customers has 3", server.Limits{Aliases: 2}, 1, 24},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := newServer(t, &fake{}, server.Options{Limits: c.limits})
			a := send(t, s.Handler(), query(c.query))
			require.Len(t, a.Errors, 1)
			assert.Equal(t, "COST_EXCEEDED", a.Errors[0].Extensions.Code)
			assert.Contains(t, a.Errors[0].Message, c.message)
			assert.Equal(t, []map[string]int{{"line": c.line, "column": c.column}}, a.Errors[0].Locations)
			assert.NotContains(t, a.Text, `"path"`)
		})
	}
}

func TestCost(t *testing.T) {
	deals := 1 + 2*len(graphtest.Schema(t).Types["Deal"].Fields)
	s, _ := newServer(t, &fake{}, server.Options{})
	for _, c := range []struct {
		name, query, variables string
		cost                   int
	}{
		{"each field is 1", `{ account(id: 1) { id name } }`, ``, 3},
		{"a connection without a page has 20", `{ customers { edges { node { id } } } }`, ``, 1 + 1 + 20*2},
		{"first", `{ customers(first: 7) { edges { node { id } } } }`, ``, 1 + 1 + 7*2},
		{"last", `{ customers(last: 7) { edges { node { id } } } }`, ``, 1 + 1 + 7*2},
		{"hits of a search", `{ search(text: "x", first: 7) { node { id } matched { how } } }`, ``, 1 + 7*4},
		{"a page from a variable", `query($n: Int) { customers(first: $n) { edges { node { id } } } }`, `{"n": 7}`, 1 + 1 + 7*2},
		{"a page from a variable's default", `query($n: Int = 7) { customers(first: $n) { edges { node { id } } } }`, ``, 1 + 1 + 7*2},
		{"a page that is null", `query($n: Int) { customers(first: $n) { edges { node { id } } } }`, `{"n": null}`, 1 + 1 + 20*2},
		{"pages within pages", `{ accounts(first: 3) { edges { node { people(first: 5) { edges { node { id } } } } } } }`, ``, 2 + 3*(1+1+1+5*2)},
		{"what stands beside the edges counts once", `{ customers(first: 7) { pageInfo { endCursor } totalCount } }`, ``, 1 + 2 + 11},
		{"aggregates", `{ deals { aggregate { amount { sum } } } }`, ``, 1 + 11 + 2},
		{"groups have their own page", `{ deals(first: 100) { groups(by: [STAGE, OUTCOME], first: 5) { rows { count } } } }`, ``, 1 + 11 + 2 + 1 + 5},
		{"ids are what counts below nodes", `query($i: [ID!]!) { nodes(ids: $i) { id } }`, `{"i": ["a", "b", "c"]}`, 1 + 3 + 3},
		{"a list of values", `{ account(id: 1) { firmographics { technologies } } }`, ``, 3},
		{"conditions and order", `{ deals(filter: {stage: {in: [WON, LOST]}}, orderBy: [{name: ASC}]) { totalCount } }`, ``, 1 + 4 + 2 + 11},
		{"conditions in a variable", `query($f: DealFilter) { deals(filter: $f) { totalCount } }`, `{"f": {"stage": {"in": ["WON", "LOST"]}}}`, 1 + 4 + 11},
		{"fragments count where they stand", `{ customers(first: 2) { ...E } } fragment E on CustomerConnection { edges { node { ...C ... on Customer { name } } } } fragment C on Customer { id }`, ``, 2 + 2*3},
		{"what is skipped costs nothing", `query($y: Boolean!) { account(id: 1) { id @skip(if: $y) name @include(if: $y) ... on Account @skip(if: $y) { domain } } }`, `{"y": true}`, 2},
		{"conditions by what edges lead to", `{ customers(filter: {orders: {some: {lines: {some: {name: {eq: "x"}}}}}}) { totalCount } }`, ``, 1 + 6 + 50 + 250 + 11},
		{"conditions for which each text is looked at", `{ customers(filter: {name: {contains: "x"}}) { totalCount } }`, ``, 1 + 2 + 200 + 11},
		{"the same behind an edge", `{ customers(filter: {orders: {some: {number: {contains: "x"}}}}) { totalCount } }`, ``, 1 + 4 + 50 + 1000 + 11},
		{"an order by what an edge leads to", `{ customers(orderBy: [{orders: {count: DESC}}]) { totalCount } }`, ``, 1 + 3 + 50 + 11},
		{"reasons", `{ customers(first: 2) { nodes { withheld { reason } } } }`, ``, 1 + 1 + 2*(1+10+1)},
		{"introspection, by what it tells", `{ __typename __type(name: "Deal") { fields { name description } } }`, ``, 2 + deals/20},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := query(c.query)
			if c.variables != "" {
				r = post(fmt.Sprintf(`{"query": %q, "variables": %s}`, c.query, c.variables))
			}
			a := send(t, s.Handler(), r)
			require.Empty(t, a.Errors)
			require.NotNil(t, a.Extensions.Cost)
			assert.Equal(t, c.cost, a.Extensions.Cost.Requested)
			assert.Equal(t, 150_000, a.Extensions.Cost.Limit)
		})
	}
}

// TestToListWhomAHiddenEventReachedCostsAsMuchAsToCountThem weighs what is over what it costs to list all.
func TestToListWhomAHiddenEventReachedCostsAsMuchAsToCountThem(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	cost := func(behind, variables string) int {
		declared := ""
		if strings.Contains(behind, "$m") {
			declared = "query($m: Boolean) "
		}
		a := send(t, s.Handler(), post(fmt.Sprintf(`{"query": %q, "variables": %s}`, declared+`{ journeys(definition: {cases: {customers: {}}}) { customers(behind: `+behind+`) { totalCount } } }`, variables)))
		require.NotNil(t, a.Extensions.Cost, a.Text)
		return a.Extensions.Cost.Requested
	}
	all := cost(`{all: true}`, `{}`)
	for _, c := range []struct {
		exposed, variables string
		more               int
	}{
		{`event: "x"`, `{}`, 1 + 1000},
		{`event: "x", aware: false`, `{}`, 2 + 1000},
		{`event: "x", matched: false`, `{}`, 2 + 5000},
		{`event: "x", matched: $m`, `{"m": true}`, 2 + 5000},
		{`event: "x", matched: $m`, `{"m": null}`, 2 + 1000},
	} {
		assert.Equal(t, all+c.more, cost(`{exposed: {`+c.exposed+`}}`, c.variables), c.exposed)
	}
}

func TestTheCostOfARefusedOperationIsShown(t *testing.T) {
	store := &fake{read: func(context.Context) error { panic("it is not to be run") }}
	s, _ := newServer(t, store, server.Options{Limits: server.Limits{Cost: 10}})
	a := send(t, s.Handler(), query(`{ customers(first: 200) { edges { node { id } } } }`))
	require.NotNil(t, a.Extensions.Cost)
	assert.Equal(t, 402, a.Extensions.Cost.Requested)
	assert.Equal(t, 10, a.Extensions.Cost.Limit)
}

func TestWhatWasWrittenIsTold(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	for _, c := range []struct {
		name, query string
		actual      int
	}{
		{"each field, once for each of what has it", `{ __typename __type(name: "Direction") { name enumValues { name } } }`, 2 + 2 + 4},
		{"and none of what is not there", `{ customer(id: "cus_1") { id name } customers { nodes { id name } } }`, 2 + 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := send(t, s.Handler(), query(c.query))
			require.Empty(t, a.Errors)
			assert.Equal(t, c.actual, a.Extensions.Cost.Actual)
		})
	}
}

// TestWhoIsSentAwayIsToldWhen has one request run, one wait, and one find as many waiting as may.
func TestWhoIsSentAwayIsToldWhen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		s, _ := newServer(t, &fake{read: func(context.Context) error { <-free; return nil }}, server.Options{Limits: server.Limits{Readers: 1, Slow: 1, Queue: 4}, Origins: []string{"https://app.example"}})
		answers := make(chan answer, 2)
		for range 2 {
			go func() { answers <- send(t, s.Handler(), query(`{ customers { totalCount } }`)) }()
			synctest.Wait()
		}
		a := send(t, s.Handler(), query(`{ customers { totalCount } }`, "Origin", "https://app.example"))
		assert.Equal(t, 429, a.StatusCode)
		require.Len(t, a.Errors, 1)
		assert.Equal(t, "OVERLOADED", a.Errors[0].Extensions.Code)
		assert.Equal(t, "1", a.Header.Get("Retry-After"))
		assert.Equal(t, `"waiting";r=0;t=1`, a.Header.Get("RateLimit"))
		assert.Equal(t, "https://app.example", a.Header.Get("Access-Control-Allow-Origin"))
		close(free)
		for range 2 {
			assert.Empty(t, (<-answers).Errors)
		}
	})
}

func TestIntrospectionMayBeOff(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{NoIntrospection: true})
	for _, q := range []string{introspection.Query, `{ __type(name: "Deal") { name } }`} {
		a := send(t, s.Handler(), query(q))
		require.Len(t, a.Errors, 1)
		assert.Equal(t, "FORBIDDEN", a.Errors[0].Extensions.Code)
		assert.Equal(t, "introspection is off here: the schema is what `kith schema` prints", a.Errors[0].Message)
	}
	assert.Empty(t, send(t, s.Handler(), query(`{ __typename }`)).Errors)
}

func TestWeighingIsQuickAndDoesNotOverflow(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{Limits: server.Limits{Depth: 1000}})
	var b strings.Builder
	b.WriteString("{ employee(id: 1) { ...F0 } }")
	for i := range 60 { // 2^60 ways to the last
		fmt.Fprintf(&b, " fragment F%d on Employee { a: manager { ...F%d } b: manager { ...F%d } }", i, i+1, i+1)
	}
	b.WriteString(" fragment F60 on Employee { id }")
	start := time.Now()
	a := send(t, s.Handler(), query(b.String()))
	require.Len(t, a.Errors, 1)
	assert.Equal(t, "COST_EXCEEDED", a.Errors[0].Extensions.Code)
	assert.Less(t, time.Since(start), time.Minute)

	deep := "{ accounts(first: 2000000000) { edges { node " + strings.Repeat("{ people(first: 2000000000) { edges { node { employments(first: 2000000000) { edges { node ", 2) + "{ id }"
	a = send(t, s.Handler(), query(deep+strings.Repeat(" }", strings.Count(deep, "{")-1)))
	require.Len(t, a.Errors, 1)
	assert.Equal(t, 1<<31-1, a.Extensions.Cost.Requested)
}

func TestTheExamplesAreWithinTheLimits(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	for _, e := range web.Examples() {
		t.Run(e.Name, func(t *testing.T) {
			variables := e.Variables
			if variables == "" {
				variables = "null"
			}
			a := send(t, s.Handler(), post(fmt.Sprintf(`{"query": %q, "variables": %s}`, e.Query, variables)))
			require.Empty(t, a.Errors)
			require.NotNil(t, a.Extensions.Cost)
			assert.Less(t, a.Extensions.Cost.Requested, a.Extensions.Cost.Limit/2)
			t.Log(a.Extensions.Cost.Requested)
		})
	}
}

func TestTheTimeLimitEndsTheStatement(t *testing.T) {
	for name, failure := range map[string]func(context.Context) error{
		"the store's own error": func(ctx context.Context) error {
			return &graph.Error{Code: graph.Timeout, Message: "slow", Err: ctx.Err()}
		},
		"the context's error": func(ctx context.Context) error { return fmt.Errorf("read: %w", ctx.Err()) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ended := false
				store := &fake{read: func(ctx context.Context) error {
					<-ctx.Done()
					ended = true
					return failure(ctx)
				}}
				s, _ := newServer(t, store, server.Options{})
				start := time.Now()
				a := send(t, s.Handler(), query(`{ customers { totalCount } }`))
				assert.Equal(t, 10*time.Second, time.Since(start))
				assert.True(t, ended)
				require.Len(t, a.Errors, 1)
				assert.Equal(t, "TIMEOUT", a.Errors[0].Extensions.Code)
				assert.Equal(t, "the request took longer than 10s, which is the limit", a.Errors[0].Message)
				assert.JSONEq(t, `{"customers": null}`, string(a.Data))
			})
		})
	}
}

func TestTheBodyLimit(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	body := func(n int) string {
		const frame = `{"query": "{ __typename }", "operationName": ""}`
		return frame + strings.Repeat(" ", n-len(frame))
	}
	assert.Equal(t, 200, send(t, s.Handler(), post(body(1<<20))).StatusCode)
	a := send(t, s.Handler(), post(body(1<<20+1)))
	assert.Equal(t, 413, a.StatusCode)
	require.Len(t, a.Errors, 1)
	assert.Equal(t, "BAD_USER_INPUT", a.Errors[0].Extensions.Code)
	assert.Equal(t, "the body has more than 1048576 bytes, which is the limit", a.Errors[0].Message)
	small, _ := newServer(t, &fake{}, server.Options{Limits: server.Limits{Body: 60}})
	assert.Equal(t, 413, send(t, small.Handler(), post(body(61))).StatusCode)
}
