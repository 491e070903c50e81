package e2e

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestNothingIsToldOfFewerThanFivePersons asks ANALYSIS about two companies: Four with four people and Five with five, who are
// the women, and of all nine the first four have an order. The power failed at the company None, and where all nine have a plan.
func TestNothingIsToldOfFewerThanFivePersons(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		ref := func(kind, id string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
		}
		node := func(kind, id string, set graph.Values) {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set})
		}
		node("Account", "Four", graph.Values{"name": "Four"})
		node("Account", "Five", graph.Values{"name": "Five"})
		node("Account", "None", graph.Values{"name": "None"})
		node("Employee", "eve", nil)
		link := func(rel, fromKind, from, toKind, to string) {
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel(rel), From: ref(fromKind, from), To: ref(toKind, to)})
		}
		node("HiddenEvent", "there", graph.Values{"kind": "OUTAGE"})
		node("HiddenEvent", "at home", graph.Values{"kind": "OTHER"})
		link("AFFECTS", "HiddenEvent", "there", "Account", "None")
		for i := range 9 {
			id, gender, account := fmt.Sprint(i), "MALE", "Four"
			if i >= 4 {
				gender, account = "FEMALE", "Five"
			}
			node("Customer", id, graph.Values{"name": id, "gender": gender, "birthYear": int64(1950 + i), "language": "de"})
			link("WORKS_AT", "Customer", id, "Account", account)
			node("SubscriptionContract", id, nil)
			link("HELD_BY", "SubscriptionContract", id, "Customer", id)
			link("AFFECTS", "HiddenEvent", "at home", "SubscriptionContract", id)
			if i < 4 {
				node("Order", id, graph.Values{"number": id, "total": graph.Money{Amount: 10_000, Currency: "EUR"}})
				link("PLACED_BY", "Order", id, "Customer", id)
			}
		}
		report, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		none, ann := report.IDs[2], ""
		four := report.IDs[0]
		for i, n := range b.Nodes {
			if n.Kind.Person && n.ID == "0" {
				ann = report.IDs[i]
			}
		}
		for _, c := range []struct{ name, query, want, reason string }{
			{"nine persons are told", `{ customers { totalCount aggregate { count birthYear { mean } } } }`, `{"customers":{"totalCount":9,"aggregate":{"count":9,"birthYear":{"mean":1954}}}}`, ""},
			{"five persons of nine are not, since four are left", `{ customers(filter: {gender: {eq: FEMALE}}) { totalCount } }`, `{"customers":null}`, small},
			{"four persons are not", `{ customers(filter: {gender: {eq: MALE}}) { totalCount } }`, `{"customers":null}`, small},
			{"nobody is not, since all are left", `{ customers(filter: {gender: {eq: DIVERSE}}) { totalCount } }`, `{"customers":null}`, small},
			{"all are not, since nobody is left", `{ customers(filter: {language: {eq: "de"}}) { totalCount } }`, `{"customers":null}`, small},
			{"a list of them has no names", `{ customers(first: 1) { edges { node { name gender } } } }`, `{"customers":{"edges":[{"node":{"name":null,"gender":"MALE"}}]}}`, "NOT_FOR_PURPOSE"},
			{"groups of four and of five are folded into one", `{ customers { groups(by: [GENDER]) { rows { key { gender } count } other { groups count } } } }`, `{"customers":{"groups":{"rows":[],"other":{"groups":2,"count":9}}}}`, small},
			{"a group of all is, since it tells of each", `{ customers { groups(by: [JOURNEY_STAGE]) { rows { key { journeyStage } count } other { groups count } } } }`, `{"customers":{"groups":{"rows":[],"other":{"groups":1,"count":9}}}}`, small},
			{"below, five are told and four are not", `{ accounts(orderBy: [{name: ASC}]) { edges { node { name people { totalCount } } } } }`, `{"accounts":{"edges":[{"node":{"name":"Five","people":{"totalCount":5}}},{"node":{"name":"Four","people":null}},{"node":{"name":"None","people":{"totalCount":0}}}]}}`, small},
			{"orders of four are not", `{ orders { totalCount aggregate { total { sum } } } }`, `{"orders":null}`, small},
			{"what is one person's is not", `{ customers(first: 1) { edges { node { orders { totalCount } } } } }`, `{"customers":{"edges":[{"node":{"orders":null}}]}}`, small},
			{"a person alone is not", fmt.Sprintf(`{ customer(id: %q) { gender } }`, shown(graph.Analysis, ann)), `{"customer":null}`, small},
			{"nor her node", fmt.Sprintf(`{ node(id: %q) { id } }`, shown(graph.Analysis, ann)), `{"node":null}`, small},
			{"nobody is found by the id that others know", fmt.Sprintf(`{ node(id: %q) { id } nodes(ids: [%q]) { id } }`, ann, ann), `{"node":null,"nodes":[null]}`, ""},
			{"nor a company", fmt.Sprintf(`{ account(id: %q) { name } accounts(filter: {id: {eq: %q}}) { totalCount } }`, four, four), `{"account":null,"accounts":{"totalCount":0}}`, ""},
			{"which is found by the id that was shown", fmt.Sprintf(`{ account(id: %[1]q) { name } accounts(filter: {id: {in: [%[1]q]}}) { totalCount } }`, shown(graph.Analysis, four)), `{"account":{"name":"Four"},"accounts":{"totalCount":1}}`, ""},
			{"nor by a source's row", `{ account(external: {source: "test", id: "Four"}) { name } }`, `{"account":null}`, ""},
			{"a list shows other ids", `{ accounts(first: 1, orderBy: [{name: DESC}]) { edges { node { id } } } }`, fmt.Sprintf(`{"accounts":{"edges":[{"node":{"id":%q}}]}}`, shown(graph.Analysis, none)), ""},
			{"a word of a person cannot be kept", fmt.Sprintf(`mutation { recordObjection(input: {customer: %q, purpose: SALES, key: "1"}) { consent { id } } }`, shown(graph.Analysis, ann)), "", denied},
			{"what happened to what persons have is not, since nobody can count them", `{ hiddenEvents { totalCount edges { node { hiddenEventKind } } } }`, `{"hiddenEvents":{"totalCount":1,"edges":[{"node":{"hiddenEventKind":"OUTAGE"}}]}}`, ""},
			{"companies are no persons", `{ accounts { totalCount } }`, `{"accounts":{"totalCount":3}}`, ""},
			{"an order by how many would tell", `{ accounts(orderBy: [{people: {count: DESC}}]) { totalCount } }`, "", denied},
			{"and so would a condition", `{ accounts(filter: {people: {some: {gender: {eq: MALE}}}}) { totalCount } }`, "", denied},
		} {
			t.Run(c.name, func(t *testing.T) {
				text, err := p.bytes(graph.Analysis, c.query)
				require.NoError(t, err)
				answer := string(text)
				if c.want != "" {
					assert.Contains(t, answer, `"data":`+c.want)
				}
				reasons := regexp.MustCompile(`"(?:reason|code)":"(\w+)"`).FindAllStringSubmatch(answer, -1)
				if c.reason == "" {
					assert.Empty(t, reasons, answer)
					return
				}
				require.NotEmpty(t, reasons, answer)
				assert.Equal(t, c.reason, reasons[0][1])
			})
		}
	})
}
