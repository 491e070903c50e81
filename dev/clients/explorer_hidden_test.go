package clients

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestThePageOfAHiddenEventSaysWhatTheAPIAnswers reads the page of the update that was forced on customers, in the month after it, and who is behind
// one of its numbers.
func TestThePageOfAHiddenEventSaysWhatTheAPIAnswers(t *testing.T) {
	e := openExplorer(t)
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
		}
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SERVICE", `query($id: ID!) { hiddenEvent(id: $id) {
		exposure(within: "P30D") { customers accounts aware silent ways { things accounts customers } }
		aftermath(window: "P30D") { matched unmatched balance { before after } differences { exposed matched difference low high ofExposed ofMatched } }
	} }`, map[string]any{"id": id}), &told))
	exposure, aftermath := told.HiddenEvent.Exposure, told.HiddenEvent.Aftermath
	require.Greater(t, exposure.Silent, 0)
	require.Greater(t, exposure.Aware, exposure.Silent, "the page cannot have taken one for the other")

	var seen struct {
		Link, Exposure, Aftermath, Bar, Behind string
		Ways, Differences, Alike               [][]string
		Lines, Names                           int
		Problems                               []string
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
	assert.Empty(t, seen.Problems)
}
