package clients

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWhatIsDoneInTheExplorerIsTakenBack changes jobs and consents there and takes that back, each by an entry of its own, and opens who is
// behind a number of a segment.
func TestWhatIsDoneInTheExplorerIsTakenBack(t *testing.T) {
	e := openExplorer(t)
	deal := e.idOf(t, "deals", `{name: {eq: "Extension 2026: Line Monitor"}}`)
	customer := e.idOf(t, "customers", `{claims: {some: {undertaking: {deal: {id: {eq: "`+deal+`"}}}}}, employments: {count: {eq: 1}}}`)
	type told struct {
		Customer struct {
			Employments struct {
				Edges []struct {
					Node       struct{ Name string }
					Properties struct{ Title, Department, Seniority, From, To string }
				}
			}
			Consents struct {
				Nodes []struct{ ConsentStatus string }
			}
		}
	}
	now := func() (told told) {
		require.NoError(t, json.Unmarshal(ask(t, e.api, "COMPLIANCE", `query($id: ID!) { customer(id: $id) {
			employments(history: true, edgeOrderBy: [{from: ASC}]) { edges { node { name } properties { title department seniority from to } } }
			consents(first: 20) { nodes { consentStatus } }
		} }`, map[string]any{"id": customer}), &told))
		return told
	}
	before := now().Customer.Employments.Edges
	require.Len(t, before, 1)
	var seen struct {
		GoesOn, Ended, Title, Withdrawn, Number, Behind string
		Names                                           int
		Days, Problems                                  []string
	}
	e.drive(t, &seen, "work.mjs", e.page, customer, "Ferrante")
	assert.Contains(t, seen.GoesOn, "The history keeps both")
	assert.Contains(t, seen.Ended, "The history keeps it")
	for i, day := range []string{"^Sunday,? 1 February 2026$", "^Wednesday,? 4 November 2026, 09:05 UTC$"} {
		assert.Regexp(t, day, seen.Days[i], "what is written in the browser's own way is said in the page's")
	}
	assert.Equal(t, "Record a withdrawal", seen.Title)
	assert.Contains(t, seen.Withdrawn, "A consent takes it back")
	after := now().Customer
	require.Len(t, after.Employments.Edges, 3)
	ended, tried, again := after.Employments.Edges[0], after.Employments.Edges[1], after.Employments.Edges[2]
	assert.Equal(t, ended.Properties.To, again.Properties.From, "the job goes on from where it ended")
	assert.Empty(t, again.Properties.To)
	assert.Equal(t, [3]string{before[0].Properties.Title, before[0].Properties.Department, before[0].Properties.Seniority}, [3]string{again.Properties.Title, again.Properties.Department, again.Properties.Seniority})
	assert.Equal(t, []string{"Head of Trials", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00.001Z"}, []string{tried.Properties.Title, tried.Properties.From, tried.Properties.To})
	var said []string
	for _, c := range after.Consents.Nodes {
		said = append(said, c.ConsentStatus)
	}
	assert.Subset(t, said, []string{"GRANTED", "WITHDRAWN"}, "both words are kept")
	n, err := strconv.Atoi(seen.Number)
	require.NoError(t, err)
	assert.Contains(t, seen.Behind, fmt.Sprintf("%d deals behind this number", n))
	assert.Equal(t, min(n, 25), seen.Names, "who is behind it: %s", strings.TrimSpace(seen.Behind))
	assert.Empty(t, seen.Problems)
}
