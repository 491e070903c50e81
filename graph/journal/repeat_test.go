package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

const minute = graph.Time(60_000_000)

// same is a receipt of an answer, at a time.
func same(at graph.Time, change func(*Receipt)) *Receipt {
	r := receipt("", 2)
	r.At = at
	if change != nil {
		change(r)
	}
	return r
}

func TestEqualAnswersAreOneReceipt(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Receipt)
		one    bool
	}{
		{"the same", nil, true},
		{"another's", func(r *Receipt) { r.Actor = "eve" }, false},
		{"with another role", func(r *Receipt) { r.Roles = nil }, false},
		{"for another purpose", func(r *Receipt) { r.Purpose = "SALES" }, false},
		{"under another policy", func(r *Receipt) { r.Policy = "4" }, false},
		{"to another operation", func(r *Receipt) { r.Hash = "5e" }, false},
		{"with other variables, or another token", func(r *Receipt) { r.Alike = "x" }, false},
		{"about another case", func(r *Receipt) { r.Reference = "case 82" }, false},
		{"of others", func(r *Receipt) { r.Population = []string{"customers"} }, false},
		{"of another kind of data of others", func(r *Receipt) { r.Others = []graph.Category{graph.CategoryContact} }, false},
		{"of one person less", func(r *Receipt) { r.Subjects = r.Subjects[:1] }, false},
		{"of another kind of data", func(r *Receipt) { r.Subjects[0].Categories = []graph.Category{graph.CategoryFinancial} }, false},
		{"when the time is over", func(r *Receipt) { r.At = 10 * minute }, false},
		{"at an earlier time", func(r *Receipt) { r.At = -1 }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := open(t, t.TempDir(), Options{Window: time.Duration(10*minute) * time.Microsecond})
			first, second := same(0, nil), same(minute, c.change)
			require.NoError(t, j.Append(t.Context(), first))
			require.NoError(t, j.Append(t.Context(), second))
			got := drain(t, j)
			if !c.one {
				assert.Len(t, got, 2)
				assert.NotEqual(t, first.ID, second.ID)
				assert.Equal(t, int64(2), j.Stats().Written)
				assert.Zero(t, j.Stats().Repeated)
				return
			}
			require.Len(t, got, 1)
			assert.Equal(t, first.ID, second.ID)
			want := *first
			want.Last, want.Times = minute, 2
			assert.Equal(t, want, got[0])
			assert.Equal(t, int64(1), j.Stats().Written)
			assert.Equal(t, int64(1), j.Stats().Repeated)
		})
	}
}

func TestWithoutAWindowEachAnswerLeavesAReceipt(t *testing.T) {
	j := open(t, t.TempDir(), Options{})
	for range 3 {
		require.NoError(t, j.Append(t.Context(), same(0, nil)))
	}
	assert.Len(t, drain(t, j), 3)
}

func TestWhatCountsAReceiptUpIsOnDiskAndComesAfterIt(t *testing.T) {
	dir := t.TempDir()
	window := Options{Window: time.Hour}
	j := open(t, dir, window)
	first := same(0, nil)
	require.NoError(t, j.Append(t.Context(), first))
	require.Len(t, drain(t, j), 1, "the first is moved")
	for i := range 3 {
		require.NoError(t, j.Append(t.Context(), same(graph.Time(i)*minute, nil)))
	}
	require.Equal(t, 3, j.Pending())
	require.NoError(t, j.Close())
	j = open(t, dir, window) // as after a crash: what was acknowledged is there
	require.Equal(t, 3, j.Pending())
	assert.Equal(t, []Receipt{{Again: true, ID: first.ID, At: 0, Last: 2 * minute, Times: 4, Parts: 2}}, drain(t, j), "they are one by then")
	require.Zero(t, j.Pending())
	next := same(3*minute, nil)
	require.NoError(t, j.Append(t.Context(), next))
	assert.NotEqual(t, first.ID, next.ID, "what a journal counts up it has written itself")
}

func TestNoAnswerIsCountedUpOnAReceiptThatIsLost(t *testing.T) {
	full := errors.New("the disk is full")
	var fails error
	j := open(t, t.TempDir(), Options{Window: time.Hour, Sync: func(f *os.File) error {
		if fails != nil {
			return fails
		}
		return f.Sync()
	}})
	require.NoError(t, j.Append(t.Context(), receipt("dis_other", 1)))
	fails = full
	require.ErrorIs(t, j.Append(t.Context(), same(0, nil)), full)
	fails = nil
	again := same(0, nil)
	require.NoError(t, j.Append(t.Context(), again))
	got := drain(t, j)
	require.Len(t, got, 2)
	assert.Equal(t, again.ID, got[1].ID)
	assert.Zero(t, got[1].Times)
}

func TestEqualAnswersSideBySideAreAllCounted(t *testing.T) {
	j := open(t, t.TempDir(), Options{Window: time.Hour})
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { assert.NoError(t, j.Append(context.Background(), same(0, nil))) })
	}
	all.Wait()
	got := drain(t, j)
	require.Len(t, got, 1)
	assert.EqualValues(t, 50, got[0].Times)
}

func TestOpenReceiptsAreBounded(t *testing.T) {
	s := repeats{window: time.Hour}
	for i := range 3 * mostOpen {
		_, mine := s.of(same(0, func(r *Receipt) { r.Alike = fmt.Sprint(i) }))
		require.True(t, mine)
	}
	assert.LessOrEqual(t, len(s.open), mostOpen)
}
