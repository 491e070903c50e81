package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// networking has Eve, of our own people, and Zoe, whom she wants to meet. Eve knows Ann and Bob; Ann reports to Zoe, and Bob worked with
// Zoe at Acme until a year ago. Cleo knows both, and does not introduce others.
func networking(t *testing.T, p *program) *victims {
	v := &victims{program: p}
	ago := func(days int) int64 { return int64(graph.At(now.AddDate(0, 0, -days))) }
	b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Account", "acme", graph.Values{"name": "Acme"}), v.node("Employee", "eve", graph.Values{"name": "Eve"}), v.node("Employee", "sam", graph.Values{"name": "Sam"}),
		v.node("Customer", "ann", graph.Values{"name": "Ann", "introducesOthers": true}), v.node("Customer", "bob", graph.Values{"name": "Bob"}),
		v.node("Customer", "cleo", graph.Values{"name": "Cleo", "introducesOthers": false}), v.node("Customer", "zoe", graph.Values{"name": "Zoe"}),
	}}
	job := func(who string, from, to int64) {
		l := v.link("WORKS_AT", "Customer", who, "Account", "acme")
		l.Set = graph.Values{"from": from}
		if to != 0 {
			l.Set["to"] = to
		}
		b.Edges = append(b.Edges, l)
	}
	job("bob", ago(2000), ago(365))
	job("zoe", ago(1000), 0)
	reports := v.link("REPORTS_TO", "Customer", "ann", "Customer", "zoe")
	reports.Set = graph.Values{"from": ago(500)}
	b.Edges = append(b.Edges, reports)
	for i, met := range []struct {
		days int
		who  []string
	}{{0, []string{"ann"}}, {0, []string{"bob"}}, {0, []string{"bob"}}, {0, []string{"bob"}}, {0, []string{"cleo", "zoe"}}} {
		id := fmt.Sprintf("call%d", i)
		b.Nodes = append(b.Nodes, v.node("Interaction", id, graph.Values{"at": ago(met.days), "kind": "CALL", "subject": "Pumps"}))
		for _, who := range met.who {
			l := v.link("PARTICIPANT", "Interaction", id, "Customer", who)
			l.Set = graph.Values{"role": "ATTENDEE"}
			b.Edges = append(b.Edges, l)
		}
		if met.who[0] != "cleo" {
			b.Edges = append(b.Edges, v.link("PARTICIPANT", "Interaction", id, "Employee", "eve"))
		}
	}
	v.write(t, b)
	return v
}

const whoIntroduces = `{ introductions(to: %q, from: %q) { truncated skippedAccounts { name } paths { strength text hops { reason strength at from { ... on Customer { name } ... on Employee { name } } to { ... on Customer { name } ... on Employee { name title } } account { name } } } } }`

// TestIntroductions is about who can introduce whom.
func TestIntroductions(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := networking(t, p)
		ask := func(purpose graph.Purpose, query string, args ...any) string {
			answer, err := p.bytes(purpose, fmt.Sprintf(query, args...))
			require.NoError(t, err)
			return string(answer)
		}
		before := p.statements.Load()
		answer := ask(graph.Sales, whoIntroduces, v.ids["zoe"], v.ids["eve"])
		if onNeo4j(p.store) {
			assert.EqualValues(t, 1, p.statements.Load()-before, "it is one statement")
		}
		const annsPath = `{"strength":16.666666666666668,"text":"Eve knows Ann (last contact on 23 November 2026), who has reported to Zoe since 11 July 2025.","hops":[` +
			`{"reason":"KNOWS","strength":33.333333333333336,"at":"2026-11-23T12:00:00Z","from":{"name":"Eve"},"to":{"name":"Ann"},"account":null},` +
			`{"reason":"REPORTS_TO","strength":50,"at":"2025-07-11T12:00:00Z","from":{"name":"Ann"},"to":{"name":"Zoe"},"account":null}]}`
		const bobsPath = `{"strength":9.000000000000002,"text":"Eve knows Bob (last contact on 23 November 2026), who worked with Zoe until 23 November 2025.","hops":[` +
			`{"reason":"KNOWS","strength":60,"at":"2026-11-23T12:00:00Z","from":{"name":"Eve"},"to":{"name":"Bob"},"account":null},` +
			`{"reason":"WORKED_WITH","strength":15,"at":"2025-11-23T12:00:00Z","from":{"name":"Bob"},"to":{"name":"Zoe"},"account":{"name":"Acme"}}]}`
		told := func(paths ...string) string {
			return `{"data":{"introductions":{"truncated":false,"skippedAccounts":[],"paths":[` + strings.Join(paths, ",") + `]}}`
		}
		assert.Contains(t, answer, told(annsPath, bobsPath), "Cleo knows her, too, and does not introduce others")
		assert.Contains(t, ask(graph.Sales, strings.Replace(whoIntroduces, "(to", "(first: 1, to", 1), v.ids["zoe"], v.ids["eve"]), told(annsPath))
		assert.Contains(t, ask(graph.Sales, whoIntroduces, v.ids["zoe"], v.ids["sam"]), told(), "Sam knows nobody")

		t.Run("what cannot be answered says why", func(t *testing.T) {
			for purpose, reason := range map[graph.Purpose]string{graph.Marketing: "NOT_FOR_PURPOSE", graph.Analysis: "SMALL_GROUP"} {
				got := ask(purpose, whoIntroduces, shown(purpose, v.ids["zoe"]), shown(purpose, v.ids["eve"]))
				assert.Contains(t, got, `"introductions":null`, purpose)
				assert.Contains(t, got, fmt.Sprintf(`"reason":%q`, reason), purpose)
			}
			assert.Contains(t, ask(graph.Sales, whoIntroduces, v.ids["eve"], v.ids["eve"]), `"introductions":null`, "one of our own people is no customer")
			for query, message := range map[string]string{
				`{ introductions(to: %q) { truncated } }`:            "introductions.from: is to be the id of an employee, since the token names none",
				`{ introductions(first: 21, to: %q) { truncated } }`: "introductions: first is from 1 to 20, not 21",
			} {
				query = fmt.Sprintf(query, v.ids["zoe"])
				if strings.Contains(query, "first") {
					query = strings.Replace(query, "to:", fmt.Sprintf("from: %q, to:", v.ids["eve"]), 1)
				}
				assert.Contains(t, ask(graph.Sales, "%s", query), message)
			}
		})
		t.Run("who may not be seen is on no path, as if nobody was there", func(t *testing.T) {
			v.objects(t, "ann")
			hidden := ask(graph.Sales, whoIntroduces, v.ids["zoe"], v.ids["eve"])
			assert.Contains(t, hidden, told(bobsPath))
			v.write(t, &graph.Batch{Source: "crm", Remove: []graph.Removal{{Kind: p.catalog.MustKind("Interaction"), ID: v.ids["call0"]}}})
			assert.Equal(t, withoutReceipt(hidden), withoutReceipt(ask(graph.Sales, whoIntroduces, v.ids["zoe"], v.ids["eve"])))
			assert.Contains(t, ask(graph.Sales, whoIntroduces, v.ids["ann"], v.ids["eve"]), told(), "nor leads anything to her")
		})
	})
}

// withoutReceipt is an answer without the instant of its receipt.
func withoutReceipt(answer string) string {
	data, _, _ := strings.Cut(answer, `,"receipt"`)
	return data
}
