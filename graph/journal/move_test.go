package journal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// block writes receipts as one block.
func block(t *testing.T, j *Journal, rs ...*Receipt) {
	t.Helper()
	var es []*entry
	for _, r := range rs {
		es = append(es, &entry{record: encode(r), done: make(chan error, 1)})
	}
	j.mu.Lock()
	j.waiting = append(j.waiting, es...)
	j.arrived.Signal()
	j.mu.Unlock()
	for _, e := range es {
		require.NoError(t, <-e.done)
	}
}

func TestACallMovesAsMuchAsItMay(t *testing.T) {
	for _, c := range []struct {
		name     string
		subjects []int // of each receipt
		want     []int // receipts of each call
	}{
		{"five hundred receipts at most", make([]int, 1201), []int{500, 500, 201}},
		{"five thousand subjects at most", []int{2000, 3000, 1, 4999, 1, 4999, 2}, []int{2, 2, 2, 1}},
		{"a receipt of more subjects goes alone", []int{1, 5001, 1, 6000}, []int{1, 1, 1, 1}},
	} {
		for _, together := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, in one block: %v", c.name, together), func(t *testing.T) {
				dir := t.TempDir()
				j := open(t, dir, Options{MaxSegment: 200 << 10, Sync: func(*os.File) error { return nil }})
				var rs []*Receipt
				var want []string
				for i, n := range c.subjects {
					rs = append(rs, receipt(fmt.Sprint("dis_", i), n))
					want = append(want, rs[i].ID)
					if !together {
						block(t, j, rs[i])
					}
				}
				if together {
					block(t, j, rs...)
				}
				var calls []int
				var got []string
				for j.Pending() > 0 { // opened again after each call
					ctx, cancel := context.WithCancel(t.Context())
					require.NoError(t, j.Move(ctx, func(_ context.Context, rs []Receipt) error {
						calls = append(calls, len(rs))
						got = append(got, ids(rs)...)
						cancel()
						return nil
					}))
					require.Equal(t, len(want)-len(got), j.Pending())
					require.NoError(t, j.Close())
					j = open(t, dir, Options{})
					require.Equal(t, len(want)-len(got), j.Pending())
				}
				assert.Equal(t, c.want, calls)
				assert.Equal(t, want, got)
				assert.Empty(t, segments(t, dir))
			})
		}
	}
}

func TestWhatCannotBeMovedComesAgain(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		j := open(t, dir, Options{})
		add(t, j, "dis_a")
		began := time.Now()
		var tries []time.Duration
		var got []Receipt
		moving(t, j, func(_ context.Context, rs []Receipt) error {
			tries = append(tries, time.Since(began))
			if len(tries) < 10 {
				return errAway
			}
			got = append(got, rs...)
			return nil
		}, func() {
			time.Sleep(time.Second)
			add(t, j, "dis_b") // goes on regardless
			require.NoError(t, j.Settle(t.Context()))
		})
		ms := time.Millisecond
		assert.Equal(t, []time.Duration{
			0, 100 * ms, 300 * ms, 700 * ms, 1500 * ms, 3100 * ms, 6300 * ms, 12700 * ms, 22700 * ms, 32700 * ms,
		}, tries)
		assert.Equal(t, []string{"dis_a", "dis_b"}, ids(got))
		require.NoError(t, j.Close())
	})
}

func TestAPositionThatCannotBeKeptMovesNothing(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		broken := 3
		j := open(t, dir, Options{Sync: func(f *os.File) error {
			if filepath.Base(f.Name()) == "position.new" && broken > 0 {
				broken--
				return errDisk
			}
			return f.Sync()
		}})
		add(t, j, "dis_a", "dis_b")
		assert.Equal(t, []string{"dis_a", "dis_b", "dis_a", "dis_b", "dis_a", "dis_b", "dis_a", "dis_b"}, ids(drain(t, j)))
		require.NoError(t, j.Close())
	})
}

func TestReceiptsComeAgainAfterACrashBeforeThePositionIsKept(t *testing.T) {
	dir, crashed := t.TempDir(), t.TempDir()
	j := open(t, dir, Options{})
	add(t, j, "dis_a")
	assert.Equal(t, []string{"dis_a"}, ids(drain(t, j)))
	add(t, j, "dis_b", "dis_c")
	moving(t, j, func(context.Context, []Receipt) error {
		return os.CopyFS(crashed, os.DirFS(dir)) // as the disk is at that moment
	}, func() { require.NoError(t, j.Settle(t.Context())) })
	assert.Equal(t, []string{"dis_b", "dis_c"}, ids(drain(t, open(t, crashed, Options{}))))
}

func TestMovingRestsWhileReceiptsKeepComing(t *testing.T) {
	for _, c := range []struct {
		name              string
		every, takes      time.Duration
		settle            bool
		fromWork, tilWork time.Duration // of ten seconds
	}{
		{"it works a tenth of the time", 50 * time.Millisecond, 20 * time.Millisecond, false, 900 * time.Millisecond, 1100 * time.Millisecond},
		{"it never rests longer than five seconds", 50 * time.Millisecond, 2 * time.Second, false, 4 * time.Second, 4 * time.Second},
		{"it goes at full speed where receipts come seldom", time.Second, 400 * time.Millisecond, false, 4 * time.Second, 4 * time.Second},
		{"it goes at full speed while somebody waits", 20 * time.Millisecond, 20 * time.Millisecond, true, 9 * time.Second, 10 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				j := open(t, dir, Options{Sync: func(*os.File) error { return nil }})
				var worked time.Duration
				moving(t, j, func(context.Context, []Receipt) error {
					time.Sleep(c.takes)
					worked += c.takes
					return nil
				}, func() {
					over := time.After(10 * time.Second)
					settled, cancel := context.WithCancel(t.Context())
					defer cancel()
					for i := 0; ; i++ {
						add(t, j, fmt.Sprint("dis_", i))
						if c.settle {
							go func() { _ = j.Settle(settled) }()
						}
						select {
						case <-over:
							return
						case <-time.After(c.every):
						}
					}
				})
				assert.GreaterOrEqual(t, worked, c.fromWork)
				assert.LessOrEqual(t, worked, c.tilWork+c.takes)
				require.NoError(t, j.Close())
			})
		})
	}
}

func TestSettleWaitsForWhatWasAppendedBefore(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		j := open(t, dir, Options{})
		require.NoError(t, j.Settle(t.Context()), "there is nothing to wait for")
		add(t, j, "dis_a", "dis_b")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		err := j.Settle(ctx)
		assert.Equal(t, graph.Timeout, graph.CodeOf(err), "nothing moves them")
		require.ErrorIs(t, err, context.DeadlineExceeded)

		var moved atomic.Int64
		moving(t, j, func(_ context.Context, rs []Receipt) error {
			if time.Sleep(time.Second); moved.Load() == 0 {
				add(t, j, "dis_late")
			}
			moved.Add(int64(len(rs)))
			return nil
		}, func() {
			require.NoError(t, j.Settle(t.Context()))
			assert.Equal(t, int64(2), moved.Load(), "what came later is not waited for")
		})
		add(t, j, "dis_c")
		ended := make(chan error)
		go func() { ended <- j.Settle(t.Context()) }()
		synctest.Wait()
		require.NoError(t, j.Close())
		assert.Equal(t, graph.Unavailable, graph.CodeOf(<-ended))
	})
}

func TestClosingEndsMoving(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, Options{})
	add(t, j, "dis_a")
	busy, ended := make(chan struct{}), make(chan error)
	go func() {
		ended <- j.Move(t.Context(), func(ctx context.Context, _ []Receipt) error {
			close(busy)
			<-ctx.Done()
			return ctx.Err()
		})
	}()
	<-busy
	require.ErrorContains(t, j.Move(t.Context(), nil), "already")
	require.NoError(t, j.Close())
	require.NoError(t, <-ended)
	assert.Equal(t, 1, open(t, dir, Options{}).Pending())
}

func TestMovingStopsAtWhatHasBecomeCorrupt(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, Options{})
	add(t, j, "dis_a")
	end := j.end()
	add(t, j, "dis_b")
	f, err := os.OpenFile(segments(t, dir)[0], os.O_RDWR, 0)
	require.NoError(t, err)
	_, err = f.WriteAt([]byte("x"), end+40)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	err = j.Move(t.Context(), func(context.Context, []Receipt) error { return nil })
	require.ErrorContains(t, err, fmt.Sprintf("is corrupt at byte %d", end))
	assert.Equal(t, graph.Internal, graph.CodeOf(err))
}

func TestForgetLeavesNoFileWithWhatIsMoved(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, Options{})
	defer j.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var moved atomic.Int64
	go j.Move(ctx, func(_ context.Context, rs []Receipt) error { moved.Add(int64(len(rs))); return nil })
	files := func() []string {
		names, err := filepath.Glob(filepath.Join(dir, "*"+suffix))
		require.NoError(t, err)
		return names
	}
	forget := func(ctx context.Context) error { _, err := j.Forget(ctx, nil); return err }
	for n := range int64(3) {
		require.NoError(t, j.Append(ctx, receipt(fmt.Sprint("dis_", n), 1)))
		require.NotEmpty(t, files())
		require.NoError(t, forget(ctx))
		assert.Empty(t, files())
		assert.Equal(t, n+1, moved.Load())
		require.NoError(t, forget(ctx), "there is nothing to forget")
	}
	require.NoError(t, j.Close())
	again := open(t, dir, Options{})
	assert.Zero(t, again.Pending())
	require.NoError(t, again.Close())
}
