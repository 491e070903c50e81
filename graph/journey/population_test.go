package journey

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestALogIsAboutNobodyAsSoonAsNobodyIsLeft has persons come to a log and go: of few nothing is told, and of nobody all, whoever was there before.
func TestALogIsAboutNobodyAsSoonAsNobodyIsLeft(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(t, err)
	put := func(id string, persons ...string) {
		t.Helper()
		require.NoError(t, b.Put(Case{ID: id, Events: []Event{{At: 1, Activity: 0, Persons: persons}, {At: 2, Activity: 1, Persons: persons}}}))
	}
	tell := func() (*Telling, bool) {
		t.Helper()
		l := b.Log()
		v, err := l.View(l.As())
		require.NoError(t, err)
		return v.Tell(3)
	}
	put("nobody's")
	before, ok := tell()
	require.True(t, ok)
	want := before.Map(10, false)
	require.Len(t, want.Edges, 3)
	again := func() {
		t.Helper()
		after, ok := tell()
		require.True(t, ok)
		assert.Equal(t, want, after.Map(10, false))
		assert.False(t, after.Whole(), "single events are not told all the same")
	}
	put("hers", "she")
	_, ok = tell()
	assert.False(t, ok, "one person is too few")
	b.Remove("hers")
	again()
	for i := range 600 { // as many as have the columns be written anew when they go
		put(fmt.Sprint(i), fmt.Sprint("person ", i))
	}
	got, ok := tell()
	require.True(t, ok)
	assert.Equal(t, 600, got.Persons)
	for i := range 600 {
		b.Remove(fmt.Sprint(i))
	}
	again()
	assert.Zero(t, b.log.persons.most, "those who are gone take no room")
}
