package clients

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestThePageOfAHiddenEventSaysWhatTheAPIAnswers reads the page of the update that was forced on customers, in the month after it, who is behind its
// numbers, and what it says of companies.
func TestThePageOfAHiddenEventSaysWhatTheAPIAnswers(t *testing.T) {
	e := readExplorer(t)
	id := e.idOf(t, "hiddenEvents", forcedUpdate)
	var told struct {
		HiddenEvent struct {
			Exposure struct {
				Customers, Accounts, Aware, Silent int
				Ways                               []struct{ Things, Accounts, Customers int }
			}
			Aftermath struct {
				Matched, Unmatched int
				Balance            []struct{ Before, After float64 }
				Differences        []struct {
					Exposed, Matched, Difference, Low, High *float64
					OfExposed, OfMatched                    int
				}
			}
			Companies struct {
				Matched, Unmatched int
				Refused            string
			}
		}
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SERVICE", `query($id: ID!) { hiddenEvent(id: $id) {
		exposure(within: "P30D") { customers accounts aware silent ways { things accounts customers } }
		aftermath(window: "P30D") { matched unmatched balance { before after } differences { exposed matched difference low high ofExposed ofMatched } }
		companies: aftermath(window: "P30D", accounts: true) { matched unmatched refused }
	} }`, map[string]any{"id": id}), &told))
	exposure, aftermath := told.HiddenEvent.Exposure, told.HiddenEvent.Aftermath
	require.Greater(t, exposure.Silent, 0)
	require.Greater(t, exposure.Aware, exposure.Silent, "the page cannot have taken one for the other")

	var seen struct {
		Link, Exposure, Aftermath, Bar, Behind string
		Ways, Differences, Alike               [][]string
		Lines, Names                           int
		Customers, Companies                   struct {
			Said  string
			Names int
		}
		Refused  string
		Unseen   struct{ Difference, Boxes, Alerts []string }
		Problems []string
	}
	e.drive(t, &seen, "hidden.mjs", e.page, id, "SERVICE")
	assert.Contains(t, seen.Link, "window=P30D", "the choice stands in the link")
	assert.Regexp(t, fmt.Sprintf(`\b%d\s+companies\b`, exposure.Accounts), seen.Exposure)
	assert.Regexp(t, fmt.Sprintf(`\b%d\s+customers\b`, exposure.Customers), seen.Exposure)
	assert.Regexp(t, fmt.Sprintf(`\b%d were heard of\s*: .* within 30 days`, exposure.Aware), seen.Exposure)
	assert.Regexp(t, fmt.Sprintf(`\b%d silent\b`, exposure.Silent), seen.Exposure)
	assert.Equal(t, fmt.Sprintf("%d were heard of, %d stayed silent", exposure.Aware, exposure.Silent), seen.Bar)
	require.Len(t, seen.Ways, len(exposure.Ways))
	for i, way := range exposure.Ways {
		assert.Equal(t, []string{fmt.Sprintf("%d subscriptions", way.Things), fmt.Sprint(way.Accounts), fmt.Sprint(way.Customers)}, seen.Ways[i][1:])
	}
	assert.Contains(t, seen.Behind, fmt.Sprintf("%d customers behind this number", exposure.Silent))
	assert.Equal(t, min(exposure.Silent, 25), seen.Names, "who is silent")

	assert.Regexp(t, fmt.Sprintf(`have a match: %d\. .* left out: %d\.`, aftermath.Matched, aftermath.Unmatched), seen.Aftermath)
	assert.Contains(t, seen.Aftermath, "association, not cause")
	number := func(format string, n float64) string { return strings.Replace(fmt.Sprintf(format, n), "-", "−", 1) }
	judged := 0
	require.Len(t, seen.Differences, len(aftermath.Differences))
	for i, d := range aftermath.Differences {
		row := strings.Join(seen.Differences[i], " | ")
		if d.Difference == nil {
			assert.Contains(t, row, fmt.Sprintf("Cannot be judged, n %d and %d", d.OfExposed, d.OfMatched))
			continue
		}
		judged++
		of := func(n float64, plus string) string { return number("%"+plus+".1f", 100*n) }
		assert.Contains(t, row, fmt.Sprintf("| %s n %d | %s n %d | %s %s to %s |", of(*d.Exposed, ""), d.OfExposed, of(*d.Matched, ""), d.OfMatched,
			of(*d.Difference, "+"), of(*d.Low, ""), of(*d.High, "")))
	}
	assert.Equal(t, judged, seen.Lines, "a line of each difference, and of nothing else")
	assert.Greater(t, judged, 0)
	assert.Less(t, judged, len(seen.Differences))
	require.Len(t, seen.Alike, len(aftermath.Balance))
	for i, b := range aftermath.Balance {
		assert.Equal(t, []string{number("%.2f", b.Before), number("%.2f", b.After)}, seen.Alike[i][1:])
	}
	assert.Contains(t, seen.Customers.Said, fmt.Sprintf("%d customers behind this number", aftermath.Unmatched))
	assert.Equal(t, aftermath.Unmatched, seen.Customers.Names, "who has no match")
	companies := told.HiddenEvent.Companies
	require.Equal(t, "TOO_FEW", companies.Refused)
	assert.Regexp(t, fmt.Sprintf(`Companies that it reached and that have a match: %d\. .* left out: %d\.`, companies.Matched, companies.Unmatched), seen.Refused)
	assert.Contains(t, seen.Refused, "No difference is told.")
	assert.Contains(t, seen.Companies.Said, fmt.Sprintf("%d companies behind this number", companies.Unmatched))
	assert.Equal(t, companies.Unmatched, seen.Companies.Names, "which companies have no match")
	assert.Contains(t, seen.Unseen.Boxes, "Aftermath")
	assert.Equal(t, []string{seen.Differences[0][0], "Too few people"}, seen.Unseen.Difference, "a difference that is withheld")
	assert.NotContains(t, seen.Unseen.Boxes, "Week by week", "there is none where no outcome is seen")
	assert.Empty(t, seen.Unseen.Alerts)
	assert.Empty(t, seen.Problems)
}

// outageOfCompanies adds sixty companies with a contract, of which an outage reached every second one: a third of these have left a month later, and more
// of them order. It gives the outage's row.
func outageOfCompanies(b *graph.Batch, catalog *graph.Catalog) (outage int) {
	ref := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: catalog.MustKind(kind), External: graph.External{ID: id}}
	}
	link := func(rel, from, id, to, company string) {
		b.Edges = append(b.Edges, graph.Link{Rel: catalog.Rel(rel), From: ref(from, id), To: ref(to, company)})
	}
	node := func(kind, id string, set graph.Values) {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: catalog.MustKind(kind), ID: id, Set: set})
	}
	day := func(n int) int64 { return int64(graph.At(now.AddDate(0, 0, n))) }
	outage = len(b.Nodes)
	node("HiddenEvent", "outage", graph.Values{"kind": "OUTAGE", "at": day(-100)})
	for i := range 60 {
		id, reached := fmt.Sprint("company ", i), i%2 == 0
		node("Account", id, graph.Values{"name": id})
		contract := graph.Values{"from": day(-300), "interval": "MONTH", "recurringAmount": graph.Money{Amount: 1_000_000, Currency: "EUR"}}
		if i%6 == 0 {
			contract["to"] = day(-70)
		}
		node("SubscriptionContract", id, contract)
		link("HELD_BY", "SubscriptionContract", id, "Account", id)
		if reached {
			link("AFFECTS", "HiddenEvent", "outage", "Account", id)
		}
		if reached && i < 40 || i < 20 {
			node("Order", id, graph.Values{"placedAt": day(-80 + i%7)})
			link("PLACED_BY", "Order", id, "Account", id)
		}
	}
	return outage
}

// comparesCompanies reads what came after an outage, of companies: what they ordered, which left, and what contracts came to.
func (e explorer) comparesCompanies(t *testing.T, outage string) {
	hash := "#/hidden-events/" + outage + "?compared=companies&view=list"
	var answer map[string]any
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SERVICE", came(true), map[string]any{"id": outage}), &answer))
	var judged []any
	for _, d := range dig(answer, "hiddenEvent", "aftermath", "differences").([]any) {
		if dig(d, "difference") != nil {
			judged = append(judged, dig(d, "outcome"))
		}
	}
	require.ElementsMatch(t, []any{"ORDERS", "LEFT", "RETAINED"}, judged)
	left := hash + "&outcome=LEFT"
	seen := e.read(t, view{Hash: hash, Purpose: "SERVICE"}, view{Hash: left, Purpose: "SERVICE"})
	place := seen[hash]
	table := twin{caption: "What came after", columns: []int{1, 2, 3}}
	assert.ElementsMatch(t, outcomes(answer), table.found(t, place))
	table = twin{caption: "Week by week", columns: []int{0, 2, 3, 4}}
	assert.ElementsMatch(t, weeks(t, answer, "ORDERS"), table.found(t, place), "what they ordered")
	assert.ElementsMatch(t, weeks(t, answer, "LEFT"), table.found(t, seen[left]), "which left, since")
}

// TestContractsOfOneNameAreToldApart reads on the timeline of a company which of its contracts a hidden event came by, where several are called alike.
func TestContractsOfOneNameAreToldApart(t *testing.T) {
	e := readExplorer(t)
	type contract struct{ ID, DisplayName, From string }
	var told struct {
		Accounts struct {
			Nodes []struct {
				ID                    string
				SubscriptionContracts struct{ Nodes []contract }
			}
		}
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SERVICE", `{ accounts(first: 100) { nodes { id subscriptionContracts(first: 20) { nodes { id displayName from } } } } }`, nil), &told))
	var company string
	alike := map[string]string{} // when they began, by their places
	for _, a := range told.Accounts.Nodes {
		for i, one := range a.SubscriptionContracts.Nodes {
			for _, other := range a.SubscriptionContracts.Nodes[:i] {
				if one.DisplayName == other.DisplayName && (company == "" || company == a.ID) {
					company = a.ID
					alike["#/nodes/"+one.ID], alike["#/nodes/"+other.ID] = one.From, other.From
				}
			}
		}
	}
	require.Len(t, alike, 2)
	var seen struct {
		Came []struct {
			Text  string
			Links []struct{ Text, To string }
		}
		Problems []string
	}
	e.drive(t, &seen, "alike.mjs", e.page, company)
	require.NotEmpty(t, seen.Came)
	for _, one := range seen.Came {
		assert.Contains(t, one.Text, "2 contracts")
		said := map[string]string{}
		for _, link := range one.Links {
			said[link.To] = link.Text
		}
		for place, from := range alike {
			at, err := time.Parse(time.RFC3339, from)
			require.NoError(t, err)
			assert.Contains(t, said[place], "since "+at.UTC().Format("2 January"), "each is led to by what tells it from the other: %s", one.Text)
		}
	}
	assert.Empty(t, seen.Problems)
}
