//go:build unix

package neo4j

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWhoWantsAServerAgainComesAfterWhoWaits has one test end and another one of its process begin at once, again and again, while another
// process waits: without turns it would wait until all of them are over.
func TestWhoWantsAServerAgainComesAfterWhoWaits(t *testing.T) {
	dir := t.TempDir()
	held, err := acquire(dir, "lock")
	require.NoError(t, err)
	for range 20 {
		other := make(chan *os.File)
		go func() {
			f, err := acquire(dir, "lock")
			assert.NoError(t, err)
			other <- f
		}()
		require.Eventually(t, func() bool { return taken(t, filepath.Join(dir, "lock.next")) }, time.Minute, time.Millisecond, "it waits")
		require.NoError(t, held.Close())
		again := make(chan *os.File, 1)
		go func() {
			f, err := acquire(dir, "lock")
			assert.NoError(t, err)
			again <- f
		}()
		got := <-other
		require.Empty(t, again, "who gave it up has it before who waited")
		require.NoError(t, got.Close())
		held = <-again
	}
	require.NoError(t, held.Close())
}

// taken reports whether somebody holds a lock.
func taken(t *testing.T, name string) bool {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	require.NoError(t, err)
	defer f.Close()
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil {
		require.ErrorIs(t, err, syscall.EWOULDBLOCK)
	}
	return err != nil
}
