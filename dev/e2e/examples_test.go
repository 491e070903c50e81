package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/web"
)

// examplesFor is the purpose that the page with the examples is for: make run starts it so.
const examplesFor = graph.Sales

// facts are what each example of the page shows, by its name, of the demonstration world on the day of the tests.
var facts = map[string]map[string]any{
	"Customers and their jobs": {"customers.totalCount": 289.0, "customers.edges.2.node.name": "Jørgen Aagaard",
		"customers.edges.2.node.employments.edges.0.node.name": "Öresund Pharma AB", "customers.edges.2.node.contact.last.direction": "OUTBOUND"},
	"Buying committee of a deal": {"deals.edges.0.node.account.name": "Kestrel Instruments Inc.", "deals.edges.0.node.claims.totalCount": 7.0,
		"deals.edges.0.node.claims.edges.0.node.role": "CHAMPION", "deals.edges.0.node.claims.edges.0.node.disputingClaims.totalCount": 1.0},
	"Accounts by open pipeline": {"accounts.edges.0.node.name": "Moreau & Filles SARL", "accounts.edges.0.node.open.aggregate.amount.0.sum": "78633.68",
		"accounts.edges.1.node.open.aggregate.amount.0.sum": "75174.80", "accounts.edges.0.node.owners.edges.0.node.name": "Amélie Roussel"},
	"Pipeline by stage and month": {"deals.totalCount": 121.0, "deals.byStage.rows.0.key.stage": "WON", "deals.byStage.rows.0.count": 54.0,
		"deals.byStage.rows.0.aggregate.amount.0.sum": "1941390.03", "deals.byMonth.other.count": 73.0},
	"Companies by size": {"accounts.totalCount": 26.0, "accounts.edges.0.node.name": "Castellan Énergie SAS", "accounts.edges.0.node.firmographics.employeeCount": 559.0,
		"accounts.edges.0.node.firmographicsVersions.edges.0.node.employeeCount": 365.0},
	"Corporate families": {"accounts.edges.0.node.name": "Brückner Industrie Holding SE", "accounts.edges.0.node.subsidiaries.edges.0.node.name": "Brückner Antriebstechnik GmbH",
		"accounts.edges.0.node.subsidiaries.edges.0.node.subsidiaries.edges.0.properties.share": 0.75, "accounts.edges.0.node.subsidiaries.edges.1.properties.share": 0.4},
	"Newest interactions": {"interactions.edges.0.node.at": "2026-11-22T23:39:15Z", "interactions.edges.0.node.participants.edges.1.node.team": "Sales",
		"interactions.edges.0.node.topics.edges.0.node.__typename": "Deal"},
	"Complaints by product": {"products.edges.0.node.name": "Relay Gateway RG-2", "products.edges.0.node.cases.totalCount": 44.0,
		"products.edges.0.node.cases.groups.rows.0.count": 20.0, "products.edges.1.node.cases.edges.0.node.subject": "Insight Cloud is gone"},
	"Customers with two jobs": {"customers.edges.0.node.name": "Márta Szőllősi", "customers.edges.0.node.employments.totalCount": 2.0,
		"customers.edges.0.node.employments.edges.1.node.name": "Győri Gépgyár Kft.", "directors.totalCount": 83.0},
	"What sells": {"orders.totalCount": 1438.0, "orders.aggregate.total.0.sum": "5130909.078", "orders.aggregate.lines.net.0.sum": "5130909.078",
		"products.edges.0.node.name": "Insight Cloud Predict", "products.edges.0.node.orders.aggregate.net.0.sum": "811459.46"},
	"Employees at work": {"employees.edges.0.node.name": "Amélie Roussel", "employees.edges.0.node.manager.name": "Casimir Delacroix", "employees.edges.0.node.accounts.totalCount": 7.0,
		"employees.edges.0.node.deals.edges.0.node.name": "Leak and air monitoring 2026"},
	"Conditions":    {"customers.totalCount": 3.0, "customers.edges.0.node.name": "Birte Müller", "customers.edges.2.node.name": "Zeynep Müllner"},
	"The next page": {"orders.pageInfo.hasNextPage": true, "orders.edges.0.node.number": "WEB-261122-01", "orders.edges.4.node.placedBy.__typename": "Account"},
	"Who worked here on a day": {"accounts.edges.0.node.name": "Brückner Antriebstechnik GmbH", "accounts.edges.0.node.then.totalCount": 6.0, "accounts.edges.0.node.now.totalCount": 7.0,
		"accounts.edges.0.node.ever.totalCount": 9.0, "accounts.edges.0.node.ever.edges.0.properties.to": "2025-05-24T00:00:00Z"},
	"What happened to customers": {"hiddenEvents.edges.0.node.hiddenEventKind": "OUTAGE", "hiddenEvents.edges.0.node.affected.totalCount": 22.0,
		"hiddenEvents.edges.0.node.affected.edges.0.node.name": "Insight Cloud", "hiddenEvents.edges.1.node.affected.edges.0.node.cases.edges.0.node.subject": "Insight Cloud is gone"},
	"Who has not forgiven the price": {"feedbacks.totalCount": 20.0, "feedbacks.aggregate.score.mean": 4.7, "feedbacks.edges.1.node.text": "We have not forgotten February."},
	"Find anything by a few words":   {"search.0.matched.0.how": "TYPO", "search.0.node.name": "Anselm Albrecht", "search.0.node.employments.edges.0.node.name": "Brückner Robotics GmbH"},
	"The pipeline of corporate families": {"accounts.edges.0.node.name": "Brückner Industrie Holding SE", "accounts.edges.0.node.family.totalCount": 4.0,
		"accounts.edges.0.node.family.aggregate.deals.amount.0.sum": "11000.00", "accounts.edges.0.node.descendants.edges.1.node.ultimateParent.name": "Brückner Industrie Holding SE"},
	"A customer's timeline": {"customers.edges.0.node.name": "Inês Assunção", "customers.edges.0.node.timeline.edges.0.node.subject": "Payment of WEB-260531-01",
		"customers.edges.0.node.timeline.edges.9.node.number": "C-260526-p1", "customers.edges.0.node.timeline.pageInfo.hasNextPage": true},
}

// askExamples asks every example of the page, and holds the answer to what the example is there to show. It gives the data
// of the answers.
func askExamples(t *testing.T, p *program) map[string]string {
	asked := map[string]string{}
	for i, e := range web.Examples() {
		if !p.inTurn(i, 6) {
			continue
		}
		t.Run(e.Name, func(t *testing.T) {
			vars := map[string]any{}
			if e.Variables != "" {
				require.NoError(t, json.Unmarshal([]byte(e.Variables), &vars))
			}
			before := p.statements.Load()
			b, err := p.sent(examplesFor, e.Query, vars)
			require.NoError(t, err)
			var answer struct {
				Data       map[string]any
				Errors     []any
				Extensions struct{ Withheld []any }
			}
			require.NoError(t, json.Unmarshal(b, &answer))
			require.Empty(t, answer.Errors)
			assert.Empty(t, answer.Extensions.Withheld, "it shows what the purpose may see")
			if strings.Contains(t.Name(), "Neo4j") {
				assert.EqualValues(t, len(answer.Data), p.statements.Load()-before, "one statement for each root field")
			}
			assert.Empty(t, blanks(answer.Data), "what it selects and shows of no row")
			require.NotEmpty(t, facts[e.Name], "nothing is stated of what it shows")
			for path, want := range facts[e.Name] {
				got, err := at(answer.Data, path)
				require.NoError(t, err)
				assert.Equal(t, want, got, path)
			}
			data, err := json.MarshalIndent(answer.Data, "", " ")
			require.NoError(t, err)
			asked[e.Name] = string(data)
		})
	}
	for name := range facts {
		assert.True(t, slices.ContainsFunc(web.Examples(), func(e web.Example) bool { return e.Name == name }), "there is no example %q", name)
	}
	return asked
}

// at finds a value by the keys and the places in lists that lead to it.
func at(data any, path string) (any, error) {
	for key := range strings.SplitSeq(path, ".") {
		switch v := data.(type) {
		case map[string]any:
			data = v[key]
		case []any:
			n, err := strconv.Atoi(key)
			if err != nil || n >= len(v) {
				return nil, fmt.Errorf("%s: there is no %s among %d", path, key, len(v))
			}
			data = v[n]
		default:
			return nil, fmt.Errorf("%s: there is nothing to look for %s in", path, key)
		}
	}
	return data, nil
}

// blanks are the paths, those of all rows taken together, at which there is nothing: null, an empty list, and a count of none.
func blanks(data any) []string {
	shows := map[string]bool{}
	var look func(path string, v any)
	look = func(path string, v any) {
		something := v != nil
		switch v := v.(type) {
		case map[string]any:
			for key, below := range v {
				look(strings.TrimPrefix(path+"."+key, "."), below)
			}
		case []any:
			something = len(v) > 0
			for _, element := range v {
				look(path, element)
			}
		case float64:
			something = v != 0 || !strings.HasSuffix(path, "ount") // count, totalCount
		}
		shows[path] = shows[path] || something
	}
	look("", data)
	maps.DeleteFunc(shows, func(_ string, shown bool) bool { return shown })
	return slices.Sorted(maps.Keys(shows))
}

func TestWhatAnExampleDoesNotShowIsFound(t *testing.T) {
	for _, c := range []struct {
		name, data string
		blank      []string
	}{
		{"a root field that is null", `{"a": null, "b": 1}`, []string{"a"}},
		{"no rows", `{"a": {"edges": []}}`, []string{"a.edges"}},
		{"a field that is null in each row", `{"a": [{"x": null, "y": 1}, {"x": null, "y": null}]}`, []string{"a.x"}},
		{"lists that are empty in each row", `{"a": [{"x": []}, {"x": []}]}`, []string{"a.x"}},
		{"a count of none in each row", `{"a": [{"totalCount": 0}, {"totalCount": 0}], "count": 0}`, []string{"a.totalCount", "count"}},
		{"something in one row, zeros that are no counts, and false", `{"a": [{"x": null, "totalCount": 0}, {"x": 0, "totalCount": 2}], "cut": false}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var data any
			require.NoError(t, json.Unmarshal([]byte(c.data), &data))
			assert.Equal(t, c.blank, blanks(data))
		})
	}
}
