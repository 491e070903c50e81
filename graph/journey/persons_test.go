package journey

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSeveralPersonsWhoComeBackAreCounted has the columns be written anew while nobody has events of theirs, and counts them when they have some again.
func TestSeveralPersonsWhoComeBackAreCounted(t *testing.T) {
	b, err := NewBuilder([]string{"a"}, false)
	require.NoError(t, err)
	put := func(id string, persons ...string) {
		require.NoError(t, b.Put(Case{ID: id, About: persons, Events: []Event{{At: 1, Persons: persons}}}))
	}
	put("one", "p")
	var many []string
	for i := range 70 {
		many = append(many, fmt.Sprint("q", i))
	}
	put("several", many...)
	assert.Equal(t, 71, b.Log().Every().Persons())
	b.Remove("several")
	require.True(t, b.Compact())
	assert.Equal(t, 1, b.Log().Every().Persons())
	put("several", many...)
	assert.Equal(t, 71, b.Log().Every().Persons())
}
