package clients

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheExplorerAsksAgainWhereTheServerIsBusy refuses an answer as a server does that has too much to do: once, which nobody is told of, and always.
func TestTheExplorerAsksAgainWhereTheServerIsBusy(t *testing.T) {
	e := openExplorer(t)
	var seen map[string]struct {
		Asked, Deals   int
		Told, Problems []string
	}
	e.drive(t, &seen, "busy.mjs", e.page, "#/", e.idOf(t, "employees", `{name: {eq: "Lennart Grieshaber"}}`))
	once, always := seen["once"], seen["always"]
	assert.Equal(t, 2, once.Asked)
	assert.NotZero(t, once.Deals, "what was asked for")
	assert.Empty(t, once.Told)
	assert.Equal(t, 3, always.Asked)
	assert.Zero(t, always.Deals)
	require.Len(t, always.Told, 1)
	assert.Contains(t, always.Told[0], "Too many ask at the same time")
	assert.Empty(t, append(once.Problems, always.Problems...))
}
