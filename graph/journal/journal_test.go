package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

func open(t testing.TB, dir string, o Options) *Journal {
	t.Helper()
	j, err := Open(dir, o)
	require.NoError(t, err)
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func receipt(id string, subjects int) *Receipt {
	r := &Receipt{
		ID: id, At: 1767225600000001, Actor: "emp_7", Roles: []string{"SUPPORT", "SALES"}, Purpose: "support",
		Policy: "3", Operation: "CustomerCard", Hash: "5e884898da28047151d0e56f8dc62927", Reference: "case 81",
	}
	for i := range subjects {
		r.Subjects = append(r.Subjects, Subject{
			ID:         fmt.Sprintf("cus_%026d", i),
			Categories: []graph.Category{graph.CategoryIdentity, graph.CategoryContact, graph.CategoryFinancial}[:1+i%3],
		})
	}
	return r
}

func add(t testing.TB, j *Journal, ids ...string) {
	t.Helper()
	for _, id := range ids {
		require.NoError(t, j.Append(t.Context(), receipt(id, 2)))
	}
}

// drain moves all that is pending, and returns it.
func drain(t testing.TB, j *Journal) []Receipt {
	t.Helper()
	var all []Receipt
	moving(t, j, func(_ context.Context, rs []Receipt) error {
		all = append(all, rs...)
		return nil
	}, func() { require.NoError(t, j.Settle(t.Context())) })
	return all
}

// moving does something while receipts are moved.
func moving(t testing.TB, j *Journal, to func(context.Context, []Receipt) error, do func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- j.Move(ctx, to) }()
	do()
	cancel()
	require.NoError(t, <-ended)
}

func ids(rs []Receipt) []string {
	var all []string
	for _, r := range rs {
		all = append(all, r.ID)
	}
	return all
}

func segments(t testing.TB, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"+suffix))
	require.NoError(t, err)
	return files
}

func TestReceiptsAreReadAsTheyWereWritten(t *testing.T) {
	dir := t.TempDir()
	want := []*Receipt{
		receipt("dis_a", 3), receipt("dis_b", 0), {}, receipt("dis_c", 700),
		{ID: "dis_d", At: -1, Population: []string{"segment seg_1, at least 10", ""}, Roles: []string{""}, Subjects: []Subject{{}, {ID: "ü\x00"}}},
	}
	j := open(t, dir, Options{NewID: func() string { return "made" }})
	for _, r := range want {
		require.NoError(t, j.Append(t.Context(), r))
	}
	assert.Equal(t, "dis_made", want[2].ID)
	assert.Equal(t, 5, j.Pending())
	require.NoError(t, j.Close())

	j = open(t, dir, Options{})
	assert.Equal(t, 5, j.Pending())
	got := drain(t, j)
	require.Len(t, got, 5)
	for i := range want {
		assert.Equal(t, *want[i], got[i])
	}
	assert.Zero(t, j.Pending())
	require.NoError(t, j.Close())
	assert.Empty(t, segments(t, dir), "all is moved")
	assert.Zero(t, open(t, dir, Options{}).Pending())
}

func TestIDsAreMadeOfRandomLettersAndDigits(t *testing.T) {
	j := open(t, t.TempDir(), Options{})
	a, b := &Receipt{}, &Receipt{}
	require.NoError(t, j.Append(t.Context(), a))
	require.NoError(t, j.Append(t.Context(), b))
	assert.Regexp(t, "^dis_[a-z2-7]{26}$", a.ID)
	assert.NotEqual(t, a.ID, b.ID)
}

func TestReceiptsThatComeTogetherAreWrittenTogether(t *testing.T) {
	var syncs atomic.Int64
	dir := t.TempDir()
	j := open(t, dir, Options{Sync: func(f *os.File) error {
		syncs.Add(1)
		time.Sleep(2 * time.Millisecond)
		return f.Sync()
	}})
	var all sync.WaitGroup
	for g := range 50 {
		all.Go(func() {
			for i := range 10 {
				assert.NoError(t, j.Append(t.Context(), receipt(fmt.Sprintf("dis_%d_%d", g, i), 1)))
			}
		})
	}
	all.Wait()
	assert.Less(t, syncs.Load(), int64(100))
	assert.Len(t, drain(t, j), 500)
}

func TestSegmentsKeepToTheirSizeAndAreDeletedOnceMoved(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, Options{MaxSegment: 1000})
	var want []string
	for i := range 40 {
		want = append(want, fmt.Sprint("dis_", i))
		add(t, j, want[i])
	}
	require.Greater(t, len(segments(t, dir)), 5)
	for _, s := range segments(t, dir) {
		info, err := os.Stat(s)
		require.NoError(t, err)
		assert.LessOrEqual(t, info.Size(), int64(1000))
	}
	require.NoError(t, j.Append(t.Context(), receipt("dis_large", 200)))
	assert.Equal(t, append(want, "dis_large"), ids(drain(t, j)))
	assert.Len(t, segments(t, dir), 1, "the one that is written stays")

	add(t, j, "dis_last", "dis_very_last")
	require.NoError(t, j.Close())
	j = open(t, dir, Options{MaxSegment: 1000})
	assert.Equal(t, []string{"dis_last", "dis_very_last"}, ids(drain(t, j)))
	add(t, j, "dis_again")
	require.NoError(t, j.Close())
	assert.Equal(t, []string{"dis_again"}, ids(drain(t, open(t, dir, Options{}))))
}

func TestOnlyOneMayHaveAJournalOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	j := open(t, dir, Options{})
	_, err := Open(dir, Options{})
	require.ErrorContains(t, err, "is in use by another process")
	require.ErrorContains(t, err, dir)
	require.NoError(t, j.Close())
	open(t, dir, Options{})
}

func TestAClosedJournalTakesNothing(t *testing.T) {
	j := open(t, t.TempDir(), Options{})
	add(t, j, "dis_a")
	require.NoError(t, j.Close())
	require.NoError(t, j.Close())
	assert.Equal(t, graph.Unavailable, graph.CodeOf(j.Append(t.Context(), receipt("dis_b", 1))))
	assert.Equal(t, graph.Unavailable, graph.CodeOf(j.Settle(t.Context())))
	assert.Equal(t, graph.Unavailable, graph.CodeOf(j.Move(t.Context(), nil)))
	assert.Equal(t, 1, j.Pending())
}

func TestClosingWritesWhatWaits(t *testing.T) {
	dir := t.TempDir()
	busy, slow, written := make(chan struct{}, 9), make(chan struct{}), make(chan error, 3)
	j := open(t, dir, Options{Sync: func(f *os.File) error { busy <- struct{}{}; <-slow; return f.Sync() }})
	for i := range 3 {
		go func() { written <- j.Append(context.Background(), receipt(fmt.Sprint("dis_", i), 1)) }()
		if i == 0 {
			<-busy // with the first, so that the others wait
		}
	}
	assert.Eventually(t, func() bool {
		j.mu.Lock()
		defer j.mu.Unlock()
		return len(j.waiting) == 2
	}, time.Minute, time.Millisecond)
	ended := make(chan error)
	go func() { ended <- j.Close() }()
	close(slow)
	require.NoError(t, <-ended)
	for range 3 {
		require.NoError(t, <-written)
	}
	assert.Equal(t, 3, open(t, dir, Options{}).Pending())
}

func TestAppendWaitsNoLongerThanItsContext(t *testing.T) {
	slow := make(chan struct{})
	j := open(t, t.TempDir(), Options{Sync: func(f *os.File) error { <-slow; return f.Sync() }})
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	err := j.Append(ctx, receipt("dis_a", 1))
	assert.Equal(t, graph.Timeout, graph.CodeOf(err))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.Equal(t, graph.Timeout, graph.CodeOf(j.Append(ctx, receipt("dis_b", 1))))
	close(slow)
	add(t, j, "dis_c")
	assert.Equal(t, []string{"dis_a", "dis_c"}, ids(drain(t, j)))
}

func TestWhatIsNoReceiptIsNotDecoded(t *testing.T) {
	whole := encode(receipt("dis_a", 3))
	_, err := decode(whole)
	require.NoError(t, err)
	for n := range whole {
		_, err := decode(whole[:n])
		require.Errorf(t, err, "the first %d bytes", n)
		for _, x := range []byte{1, 0x7f, 0x80, 0xff} {
			b := []byte(string(whole))
			b[n] ^= x
			_, _ = decode(b) // an error or another receipt, but no panic
		}
	}
	_, err = decode([]byte(string(whole) + "x"))
	require.Error(t, err)
	_, err = decode([]byte(strings.Repeat("\xff", 30)))
	require.Error(t, err)
}

var errDisk = errors.New("the disk is broken")

var errAway = &graph.Error{Code: graph.Unavailable, Message: "the database cannot be reached"}
