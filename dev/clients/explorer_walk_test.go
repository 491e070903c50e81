package clients

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAWalkThroughTheExplorerWithoutAMouse(t *testing.T) {
	e := openExplorer(t)
	var seen struct {
		Reached           bool
		Presses           int
		Told, Link, Title string
		Shown             string
		Problems          []string
	}
	// Nobody is known to sign for it: a member is claimed to, whom none of ours is in a live thread with.
	const deal = "Extension 2026: Line Monitor"
	id, buyer := e.idOf(t, "deals", `{name: {eq: "`+deal+`"}}`), "Emre Köhler"
	claimed := ask(t, e.api, "SALES", `mutation($deal: ID!, $buyer: ID!) { assertRole(input: {key: "buyer", customer: $buyer, undertaking: $deal, role: ECONOMIC_BUYER}) { claim { id } } }`,
		map[string]any{"deal": id, "buyer": e.idOf(t, "customers", `{name: {eq: "`+buyer+`"}, claims: {some: {undertaking: {deal: {id: {eq: "`+id+`"}}}}}}`)})
	require.Contains(t, string(claimed), `"id"`)
	e.drive(t, &seen, "walk.mjs", e.page, e.idOf(t, "employees", `{name: {eq: "Lennart Grieshaber"}}`), deal, buyer)
	assert.True(t, seen.Reached, "the introductions are reached by the Tab key")
	assert.Regexp(t, "(?s)introduce you to "+buyer+".*Lennart Grieshaber.*"+buyer, seen.Told, "a way there")
	assert.Regexp(t, `#/deals/dea_\w+`, seen.Link)
	for _, word := range append(strings.Fields(buyer), "SALES", "MARKETING") {
		assert.NotContains(t, seen.Link, word)
	}
	assert.Contains(t, seen.Title, deal, "a deal is no personal data")
	assert.NotContains(t, seen.Shown, buyer, "who sits in its committee is not for marketing")
	assert.Empty(t, seen.Problems)
}
