package clients

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheExplorerWhereWhatItAsksForDoesNotCome refuses an answer as a server does that has too much to do: once and twice, which nobody is told of, and
// always. Then it keeps back a view's file, and gives an answer that cannot be drawn: the frame stays, and one goes on.
func TestTheExplorerWhereWhatItAsksForDoesNotCome(t *testing.T) {
	e := readExplorer(t)
	var seen struct {
		Busy map[string]struct {
			Asked, Deals   int
			Told, Problems []string
		}
		Views struct {
			Undrawn                      string
			Missed, Came, Left, Problems []string
			Styled                       bool
		}
	}
	e.drive(t, &seen, "busy.mjs", e.page, e.idOf(t, "employees", `{name: {eq: "Lennart Grieshaber"}}`))
	for name, asked := range map[string]int{"once": 2, "twice": 3} {
		busy := seen.Busy[name]
		assert.Equal(t, asked, busy.Asked, name)
		assert.NotZero(t, busy.Deals, "what was asked for, refused %s", name)
		assert.Empty(t, append(busy.Told, busy.Problems...), name)
	}
	always := seen.Busy["always"]
	assert.Equal(t, 3, always.Asked)
	assert.Zero(t, always.Deals)
	require.Len(t, always.Told, 1)
	assert.Contains(t, always.Told[0], "Too many ask at the same time")
	assert.Empty(t, always.Problems)

	views := seen.Views
	require.Len(t, views.Missed, 2, "the style, and the script")
	for _, missed := range views.Missed {
		assert.Contains(t, missed, "This part of the page did not come.")
	}
	assert.Empty(t, views.Came, "it comes when it is asked for again")
	assert.True(t, views.Styled, "and with its style")
	assert.Contains(t, views.Undrawn, "This page cannot be drawn.")
	assert.Empty(t, append(views.Left, views.Problems...))
}
