package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server/auth"
)

// codesOfState are those that no request causes by what it says, with the tests that cause them.
var codesOfState = map[string]string{
	"NOT_FOUND":                 "TestTheFeedIsAnsweredOverHTTP: a path or an export of what is gone",
	"TIMEOUT":                   "server: a store that is slow, a text that takes long to plan",
	"UNAVAILABLE":               "server, graph/neo4j: a store that is away",
	"OVERLOADED":                "server: more requests than there is room for",
	"INTERNAL":                  "server: an error that nobody foresaw",
	"CURSOR_EXPIRED":            "feed_http_test.go: changes that are not kept any more",
	"CONFLICT":                  "lease_test.go: two processes under different policies; of changes see the user errors below",
	"PERSISTED_QUERY_NOT_FOUND": "dev/clients: the audits of GraphQL over HTTP",
}

// TestErrorsSayWhatMustBeAndWhatWasGiven is the table of what callers are told: the code, an example that causes it, and the text.
func TestErrorsSayWhatMustBeAndWhatWasGiven(t *testing.T) {
	p := onSQLite(t)
	v := buying(t, p)
	token := func(roles ...auth.Role) string {
		text, err := auth.Sign(tokens, auth.Caller{Subject: "eve", Roles: roles, Purposes: []graph.Purpose{graph.Sales}}, time.Hour)
		require.NoError(t, err)
		return text
	}
	posted := func(query string) string {
		b, err := json.Marshal(map[string]string{"query": query})
		require.NoError(t, err)
		return string(b)
	}
	caused := map[string]bool{}
	for _, c := range []struct{ code, example, body, purpose, token, text string }{
		{"GRAPHQL_PARSE_FAILED", "a document that ends too early", posted(`{`), "SALES", "reader", "Expected Name, found <EOF>"},
		{"GRAPHQL_VALIDATION_FAILED", "a field that is not there", posted(`{ customers { nobody } }`), "SALES", "reader", `Cannot query field "nobody" on type "CustomerConnection".`},
		{"BAD_USER_INPUT", "JSON that ends too early", `{"query":`, "SALES", "reader", "the body is not one JSON object: it ends too early, at line 1, column 10"},
		{"BAD_USER_INPUT", "a purpose that is misspelt", posted(`{ viewer { purpose } }`), "SALE", "reader", `there is no purpose "SALE"; the purposes are SERVICE, SALES, MARKETING, ANALYSIS, COMPLIANCE, SELF`},
		{"BAD_USER_INPUT", "a variable of another type", `{"query":"query($n: Int) { customers(first: $n) { totalCount } }","variables":{"n":"three"}}`, "SALES", "reader", "variable $n must be a whole number of 32 bits, not a text"},
		{"BAD_USER_INPUT", "a page that is too long", posted(`{ customers(first: 201) { totalCount } }`), "SALES", "reader", "customers: first is from 1 to 200, not 201"},
		{"BAD_USER_INPUT", "an instant that is none", posted(`{ deals(filter: {openedAt: {gt: "yesterday"}}) { totalCount } }`), "SALES", "reader", `deals.filter.openedAt.gt: "yesterday" is not an instant`},
		{"UNAUTHENTICATED", "no token", posted(`{ viewer { purpose } }`), "SALES", "", "a bearer token is needed"},
		{"FORBIDDEN", "a role that is missing", posted(`mutation { createAccount(input: {key: "1", name: "Acme"}) { userErrors { code } } }`), "SALES", "reader", "writer"},
		{"PURPOSE_DENIED", "a purpose that the token is not for", posted(`{ customers { totalCount } }`), "MARKETING", "reader", "MARKETING"},
		{"PURPOSE_REQUIRED", "no purpose", posted(`{ customers { totalCount } }`), "", "reader", "purpose"},
		{"PURPOSE_DENIED", "a condition on what the purpose may not see", posted(`{ customers(filter: {birthYear: {gt: 1980}}) { totalCount } }`), "SALES", "reader", "Customer.birthYear is DEMOGRAPHIC, which is not for the purpose SALES, so that nothing can be filtered by it"},
		{"COST_EXCEEDED", "fields that stand too deep", posted(`{ accounts(first: 1) ` + strings.Repeat(`{ nodes { people(first: 1) { nodes { employments(first: 1) `, 4) + `{ totalCount } ` + strings.Repeat(`} } } }`, 4) + ` }`), "SALES", "reader", "and the limit is 15: its field accounts.nodes.people.nodes.employments"},
	} {
		t.Run(c.code+": "+c.example, func(t *testing.T) {
			caused[c.code] = true
			req, err := http.NewRequest(http.MethodPost, p.own, strings.NewReader(c.body))
			require.NoError(t, err)
			req.Header.Set("Content-Type", "application/json")
			if c.purpose != "" {
				req.Header.Set("Kith-Purpose", c.purpose)
			}
			if c.token != "" {
				req.Header.Set("Authorization", "Bearer "+token(auth.Role(c.token)))
			}
			res, err := http.DefaultClient.Do(req)
			require.NoError(t, err)
			defer res.Body.Close()
			var a answer
			require.NoError(t, json.NewDecoder(res.Body).Decode(&a))
			require.NotEmpty(t, a.Errors)
			assert.Equal(t, c.code, a.Errors[0].Extensions.Code)
			assert.Contains(t, a.Errors[0].Message, c.text)
		})
	}
	_, table, _ := strings.Cut(docs(t, "operate.md"), "| Code | |")
	table, _, _ = strings.Cut(table, "\n\n")
	var told []string
	for _, code := range regexp.MustCompile("`([A-Z_]{5,})`").FindAllStringSubmatch(table, -1) {
		told = append(told, code[1])
	}
	assert.ElementsMatch(t, told, slices.Concat(slices.Collect(maps.Keys(caused)), slices.Collect(maps.Keys(codesOfState))), "docs/operate.md has each code, and no other")

	for _, c := range []struct{ code, example, change, field, text string }{
		{"INVALID", "an instant in the future", `logInteraction(input: {key: "1", kind: CALL, at: "2031-01-01T00:00:00Z", participants: [{id: "<ann>"}]})`, "input.at", "must not be in the future: 2031-01-01T00:00:00Z"},
		{"INVALID", "nobody took part", `logInteraction(input: {key: "1", kind: CALL, participants: []})`, "input.participants", "needs at least one participant"},
		{"INVALID", "a number out of its range", `logInteraction(input: {key: "1", kind: CALL, sentiment: 7, participants: [{id: "<ann>"}]})`, "input.sentiment", "must be between -1 and 1: 7"},
		{"INVALID", "a name that is taken away", `updateDeal(input: {key: "1", deal: "<deal>", name: null})`, "input.name", "must not be taken away: a new deal needs it, too"},
		{"INVALID", "a stage from before there was a deal", `updateDeal(input: {key: "1", deal: "<deal>", stage: LOST, openedAt: "2026-01-01T00:00:00Z", since: "2020-01-01T00:00:00Z"})`, "input.since", "must not be before openedAt, which is 2026-01-01T00:00:00Z: 2020-01-01T00:00:00Z"},
		{"INVALID", "a text without a visible character", `logInteraction(input: {key: "1", kind: CALL, text: "\u200b\u3164", participants: [{id: "<ann>"}]})`, "input.text", "must not be empty: null takes a text away"},
		{"INVALID", "a text of blanks", `logInteraction(input: {key: "1", kind: CALL, text: " ", participants: [{id: "<ann>"}]})`, "input.text", "must not be empty: null takes a text away"},
		{"INVALID", "an address that is none", `createCustomer(input: {key: "1", email: "not an address"})`, "input.email", `must be an e-mail address such as ann@kith.example: "not an address"`},
		{"INVALID", "a language by its name", `createCustomer(input: {key: "1", language: "German"})`, "input.language", `must be a language by the shortest code of ISO 639 such as de: "German"`},
		{"INVALID", "an amount below nothing", `updateDeal(input: {key: "1", deal: "<deal>", amount: {amount: "-5", currency: "EUR"}})`, "input.amount", "must not be less than 0: -5.00 EUR"},
		{"INVALID", "an outcome that the stage has not", `updateDeal(input: {key: "1", deal: "<deal>", stage: LOST, outcome: WON})`, "input.outcome", "must be LOST with the stage LOST: WON"},
		{"INVALID", "an end before the beginning", `addEmployment(input: {key: "1", customer: "<ann>", account: "<acme>", from: "2026-01-01T00:00:00Z", to: "2025-01-01T00:00:00Z"})`, "input.to", "must be after from, which is 2026-01-01T00:00:00Z: 2025-01-01T00:00:00Z"},
		{"NOT_FOUND", "what is not there, or may not be seen", `updateDeal(input: {key: "1", deal: "dea_none", stage: WON})`, "input.deal", "there is no such thing that the purpose may see"},
		{"CONFLICT", "what somebody else has changed", `updateDeal(input: {key: "1", deal: "<deal>", updatedAt: "2020-01-01T00:00:00Z", name: "Pump"})`, "input.updatedAt", "the Deal has changed since"},
		{"PURPOSE_DENIED", "what the purpose may not see", `updateCustomer(input: {key: "1", customer: "<ann>", birthYear: 1980})`, "input.birthYear", "this is DEMOGRAPHIC, which is withheld from the purpose SALES: NOT_FOR_PURPOSE"},
	} {
		t.Run(c.code+" of a change: "+c.example, func(t *testing.T) {
			change := regexp.MustCompile(`<\w+>`).ReplaceAllStringFunc(c.change, func(name string) string { return v.ids[strings.Trim(name, "<>")] })
			got, err := p.bytes(graph.Sales, "mutation { "+change+" { userErrors { code field message } } }")
			require.NoError(t, err)
			assert.Contains(t, string(got), fmt.Sprintf(`{"code":%q,"field":%q,"message":%q}`, c.code, c.field, c.text))
		})
	}
}
