package clients

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWhatHasTheFocusLiesBelowNothing walks through long views with the Tab key: the header, the line of the receipt and the bar of a phone stay where
// they are, and are over nothing that has the focus.
func TestWhatHasTheFocusLiesBelowNothing(t *testing.T) {
	e := readExplorer(t)
	lennart := e.idOf(t, "employees", `{name: {eq: "Lennart Grieshaber"}}`)
	open := e.idOf(t, "deals", `{name: {eq: "Extension 2026: Line Monitor"}}`)
	var views []view
	for name, hash := range map[string]string{
		"home": "#/", "deal": "#/deals/" + open, "account": "#/accounts/" + e.idOf(t, "accounts", `{deals: {some: {id: {eq: "`+open+`"}}}}`),
		"deals": "#/deals", "map": "#/journeys?tab=map&view=picture",
	} {
		views = append(views, view{Name: name + " on a desk", Hash: hash, Purpose: "SALES", Employee: lennart, Width: 1440, Height: 900},
			view{Name: name + " on a phone", Hash: hash, Purpose: "SALES", Employee: lennart, Width: 390, Height: 844})
	}
	var seen []struct {
		Name              string
		Below             int
		Scrolled          float64
		Covered, Problems []string
	}
	e.drive(t, &seen, "tabs.mjs", e.page, e.json(t, "views.json", views))
	require.Len(t, seen, len(views))
	far := 0
	for _, walk := range seen {
		assert.Empty(t, walk.Covered, walk.Name)
		assert.NotZero(t, walk.Below, walk.Name)
		assert.Empty(t, walk.Problems, walk.Name)
		if walk.Scrolled > 400 {
			far++
		}
	}
	assert.Greater(t, far, len(views)/2, "most of them are long: the page was scrolled for what had the focus")
}
