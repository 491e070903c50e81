package journal

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAFullDiskIsKnownUntilThereIsRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var full atomic.Bool
		var attempts atomic.Int64
		dir := t.TempDir()
		j := open(t, dir, Options{Sync: func(*os.File) error { return nil }, Write: func(f *os.File, p []byte, at int64) (int, error) {
			attempts.Add(1)
			if full.Load() && at+int64(len(p)) > 64 { // there is room for the beginning of a file
				return 0, syscall.ENOSPC
			}
			return f.WriteAt(p, at)
		}})
		assert.NoError(t, j.Writable(t.Context()))
		add(t, j, "dis_a")

		full.Store(true)
		assert.NoError(t, j.Writable(t.Context()), "nothing was tried yet")
		require.ErrorIs(t, j.Append(t.Context(), receipt("dis_b", 2)), syscall.ENOSPC)
		before := attempts.Load()
		for range 100 {
			require.ErrorIs(t, j.Writable(t.Context()), syscall.ENOSPC)
		}
		assert.Equal(t, before, attempts.Load(), "it is not tried again at once")
		time.Sleep(trialEvery)
		for range 100 {
			require.ErrorIs(t, j.Writable(t.Context()), syscall.ENOSPC, "as much as failed does not fit")
		}
		assert.Equal(t, before+1, attempts.Load())

		full.Store(false)
		time.Sleep(trialEvery)
		assert.NoError(t, j.Writable(t.Context()))
		assert.NoFileExists(t, filepath.Join(dir, trialFile))
		add(t, j, "dis_c")
		assert.Equal(t, []string{"dis_a", "dis_c"}, ids(drain(t, j)))
	})
}

func TestAReceiptThatIsWrittenEndsTheDoubt(t *testing.T) {
	full := true
	j := open(t, t.TempDir(), Options{Write: func(f *os.File, p []byte, at int64) (int, error) {
		if full {
			return 0, errDisk
		}
		return f.WriteAt(p, at)
	}})
	require.ErrorIs(t, j.Append(t.Context(), receipt("dis_a", 2)), errDisk)
	require.ErrorIs(t, j.Writable(t.Context()), errDisk)
	full = false
	add(t, j, "dis_b")
	assert.NoError(t, j.Writable(t.Context()))
}

func TestATrialThatHangsIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hangs := make(chan struct{})
		var trials atomic.Int64
		j := open(t, t.TempDir(), Options{Write: func(f *os.File, _ []byte, _ int64) (int, error) {
			if filepath.Base(f.Name()) == trialFile {
				trials.Add(1)
				<-hangs
			}
			return 0, errDisk
		}})
		require.ErrorIs(t, j.Append(t.Context(), receipt("dis_a", 2)), errDisk)
		time.Sleep(trialEvery)
		for range 3 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			require.ErrorIs(t, j.Writable(ctx), errDisk)
			cancel()
		}
		assert.EqualValues(t, 1, trials.Load())
		close(hangs)
		require.NoError(t, j.Close())
	})
}

func TestWhatACrashLeftOfATrialIsPassedOver(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, trialFile), make([]byte, 100), 0o600))
	j := open(t, dir, Options{})
	add(t, j, "dis_a")
	assert.Equal(t, []string{"dis_a"}, ids(drain(t, j)))
}
