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

// activities are more than dagre is to stand.
const activities = 60

// contactsOfBusy are those of twelve weeks; one more was long before.
const contactsOfBusy = 130

var longBefore = time.Date(1990, 1, 15, 12, 0, 0, 0, time.UTC)

// busyDeal adds a deal with more contacts in twelve weeks than Home asks for, of many activities, one long before them, and whose it is. It gives the
// employee's row.
func busyDeal(b *graph.Batch, catalog *graph.Catalog) (owner int) {
	ref := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: catalog.MustKind(kind), External: graph.External{ID: id}}
	}
	owner = len(b.Nodes)
	b.Nodes = append(b.Nodes,
		graph.Upsert{Kind: catalog.MustKind("Employee"), ID: "busy", Set: graph.Values{"name": "Bea Busy"}},
		graph.Upsert{Kind: catalog.MustKind("Deal"), ID: "busy", Set: graph.Values{"name": "Much talked of", "stage": "PROPOSAL"}})
	b.Edges = append(b.Edges, graph.Link{Rel: catalog.Rel("WORKED_BY"), From: ref("Deal", "busy"), To: ref("Employee", "busy")})
	for i := range contactsOfBusy + 1 {
		id := fmt.Sprint("busy ", i)
		origin := "CUSTOMER"
		if i%3 == 0 {
			origin = "BUSINESS"
		}
		at := now.Add(-time.Duration(i) * 12 * time.Hour)
		if i == contactsOfBusy {
			at = longBefore
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: catalog.MustKind("Interaction"), ID: id, Set: graph.Values{"kind": "CALL", "activity": fmt.Sprintf("Activity %02d", i%activities), "origin": origin, "at": int64(graph.At(at))}})
		b.Edges = append(b.Edges, graph.Link{Rel: catalog.Rel("ABOUT"), From: ref("Interaction", id), To: ref("Deal", "busy")})
	}
	return owner
}

// countsTheNewestContacts looks at Home where a deal has more contacts than are counted.
func (e explorer) countsTheNewestContacts(t *testing.T, owner string) {
	home := view{Hash: "#/", Purpose: "SALES", Employee: owner}
	var answer map[string]any
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SALES", `query($id: ID!) { employee(id: $id) { deals(first: 50, filter: {outcome: {isNull: true}}) { nodes { interactions(first: 100, filter: {at: {within: "P84D"}}, orderBy: [{at: DESC}]) { nodes { at origin } pageInfo { hasNextPage } } } } } }`, map[string]any{"id": owner}), &answer))
	want := contacts(answer)
	require.Len(t, want, 1)
	require.Contains(t, want[0][0], ", of the newest 100", "the server has more")
	seen := e.read(t, home)[home.Hash]
	assert.Contains(t, seen.Labels, want[0][0])
	assert.Contains(t, strings.ReplaceAll(seen.Told, "\u00a0", " "), "the newest 100 contacts are counted")
}

// drawsALargeMap looks at one that Graphviz stands.
func (e explorer) drawsALargeMap(t *testing.T) {
	place := view{Hash: "#/journeys?whose=deals&kinds=INTERACTION&by=DETAIL&tab=map&acts=99&paths=100", Purpose: "SALES", Pictures: true}
	seen := e.read(t, place)[place.Hash]
	labels := strings.Join(seen.Labels, "\n")
	for i := range activities {
		name := fmt.Sprintf("Activity %02d", i)
		assert.Contains(t, labels, "\n"+name+": 1 cases, ", "its card")
		assert.Contains(t, labels, fmt.Sprintf("\nActivity %02d to %s: 1 cases", (i+1)%activities, name), "what leads to it: the newest comes last")
		assert.Contains(t, seen.Told, name, "its line in the list")
	}
	assert.Contains(t, strings.Join(seen.Files, "\n"), "/map-graphviz-", "Graphviz stands it")
	assert.Equal(t, len(captioned(t, seen.Tables, "What directly follows what").Rows)-1, seen.Lines, "a line for each edge in the list")
	assert.Greater(t, len(seen.Cards), activities)
	for i, a := range seen.Cards {
		for _, b := range seen.Cards[:i] {
			assert.False(t, a.X < b.X+b.Width && b.X < a.X+a.Width && a.Y < b.Y+b.Height && b.Y < a.Y+a.Height, "cards lie on each other: %v %v", a, b)
		}
	}
}

// drawsAPeriodLongBefore looks at how cases were felt where the first of their months lies decades before the others.
func (e explorer) drawsAPeriodLongBefore(t *testing.T) {
	place := view{Hash: "#/journeys?whose=deals&kinds=INTERACTION&by=DETAIL&tab=felt&periods=52", Purpose: "SALES", Pictures: true}
	seen := e.read(t, place)[place.Hash]
	months := captioned(t, seen.Tables, "Satisfaction, 0 to 1, by the month").Rows
	require.Equal(t, "January 1990", months[1][0])
	assert.Contains(t, strings.Join(seen.Labels, "\n"), "upright lines stand for periods that are left out")
	assert.Positive(t, seen.Width)
	assert.LessOrEqual(t, seen.Width, max(1440, 60*float64(len(months))), "as wide as the months that are told need")
}

// leftSince adds a company, and a call of somebody who has left it since. It gives the company's row.
func leftSince(b *graph.Batch, catalog *graph.Catalog) (company int) {
	ref := func(kind string) graph.NodeRef {
		return graph.NodeRef{Kind: catalog.MustKind(kind), External: graph.External{ID: "since"}}
	}
	day := func(n int) int64 { return int64(graph.At(now.AddDate(0, 0, n))) }
	company = len(b.Nodes)
	b.Nodes = append(b.Nodes,
		graph.Upsert{Kind: catalog.MustKind("Account"), ID: "since", Set: graph.Values{"name": "Left Since"}},
		graph.Upsert{Kind: catalog.MustKind("Customer"), ID: "since", Set: graph.Values{"name": "Lee Left"}},
		graph.Upsert{Kind: catalog.MustKind("Interaction"), ID: "since", Set: graph.Values{"kind": "CALL", "at": day(-100)}})
	b.Edges = append(b.Edges,
		graph.Link{Rel: catalog.Rel("WORKS_AT"), From: ref("Customer"), To: ref("Account"), Set: graph.Values{"from": day(-300), "to": day(-50)}},
		graph.Link{Rel: catalog.Rel("PARTICIPANT"), From: ref("Interaction"), To: ref("Customer")})
	return company
}

// tellsOfThen looks at the timeline of a company as of a day on which somebody worked there who has left since, and as of now.
func (e explorer) tellsOfThen(t *testing.T, company string) {
	then := view{Hash: "#/accounts/" + company + "?tab=timeline&asOf=" + now.AddDate(0, 0, -60).Format(time.DateOnly), Purpose: "SALES"}
	since := view{Hash: "#/accounts/" + company + "?tab=timeline", Purpose: "SALES"}
	seen := e.read(t, then, since)
	assert.Regexp(t, `Timeline\s+1 entry`, seen[then.Hash].Told)
	assert.NotContains(t, seen[then.Hash].Told, "Nothing had happened")
	assert.Contains(t, seen[since.Hash].Told, "Nothing has happened that you may see.")
}
