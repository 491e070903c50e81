package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// journeysOf are asked for until they were read.
func (s *killed) journeysOf(t *testing.T, purpose, cases string) string {
	t.Helper()
	var told string
	require.Eventually(t, func() bool {
		a, err := s.post("", purpose, fmt.Sprintf(`{ journeys(definition: {cases: {%s: {}}}) { cases variants(first: 200) { rows { activities cases } other { paths cases } } } }`, cases))
		require.NoError(t, err)
		told = string(a.Data)
		return a.Errors == nil
	}, time.Minute, time.Millisecond)
	return told
}

// TestASnapshotOutlastsAServerThatIsKilled kills the server while it writes snapshots of journeys, or has written them, and starts it again: it answers what one
// without any does, and what was not written to its end has gone.
func TestASnapshotOutlastsAServerThatIsKilled(t *testing.T) {
	store, _ := demonstration(t)
	folder := store[len("sqlite:"):] + ".journeys"
	all := [][2]string{{"COMPLIANCE", "customers"}, {"ANALYSIS", "customers"}, {"SALES", "deals"}, {"SERVICE", "cases"}}
	want := map[[2]string]string{}
	s := startKilled(t, store, "--journey-snapshots", "off")
	for _, of := range all {
		want[of] = s.journeysOf(t, of[0], of[1])
		require.Contains(t, want[of], `"activities"`)
	}
	require.NoError(t, s.cmd.Process.Kill())
	_ = s.cmd.Wait() // it was killed
	assert.NoDirExists(t, folder)
	written := 0
	for round := range 8 {
		s := startKilled(t, store)
		left, _ := os.ReadDir(folder) // none before the first
		for _, e := range left {
			assert.NotContains(t, e.Name(), ".new", "round %d", round)
		}
		written += len(left)
		for _, of := range all {
			assert.Equal(t, want[of], s.journeysOf(t, of[0], of[1]), "round %d: %v", round, of)
		}
		time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond)
		require.NoError(t, s.cmd.Process.Kill())
		_ = s.cmd.Wait() // it was killed
		if round%3 == 2 {
			require.NoError(t, os.RemoveAll(folder))
		}
	}
	assert.Positive(t, written, "some were written to their end")
	t.Run("one that is stopped writes its last ones", func(t *testing.T) {
		require.NoError(t, os.RemoveAll(folder))
		s := startKilled(t, store)
		s.journeysOf(t, "COMPLIANCE", "customers")
		require.NoError(t, s.cmd.Process.Signal(os.Interrupt))
		require.NoError(t, s.cmd.Wait())
		kept, err := os.ReadDir(folder)
		require.NoError(t, err)
		assert.Len(t, kept, 1)
	})
	for _, args := range [][]string{{"--journey-snapshots", "off"}, {"--journey-memory", "0"}} {
		t.Run(fmt.Sprint("one that keeps none leaves none: ", args), func(t *testing.T) {
			require.NoError(t, os.WriteFile(filepath.Join(folder, "SALES-Deal.journeys"), []byte("{}"), 0o600))
			s := startKilled(t, store, args...)
			require.NoError(t, s.cmd.Process.Kill())
			_ = s.cmd.Wait() // it was killed
			kept, err := os.ReadDir(folder)
			require.NoError(t, err)
			assert.Empty(t, kept)
		})
	}
}

// TestSnapshotsGoFromWhereNoneAreKeptAnyMore starts a server with a folder for snapshots, and then others with another one, and with none: what is left where none are
// kept any more is removed, and a file of somebody else stays.
func TestSnapshotsGoFromWhereNoneAreKeptAnyMore(t *testing.T) {
	dir := t.TempDir()
	store := "sqlite:" + filepath.Join(dir, "kith.db")
	first, second, usual := filepath.Join(dir, "first"), filepath.Join(dir, "second"), filepath.Join(dir, "kith.db.journeys")
	started := func(args ...string) {
		s := startKilled(t, store, args...)
		require.NoError(t, s.cmd.Process.Kill())
		_ = s.cmd.Wait() // it was killed
	}
	for _, folder := range []string{first, second, usual} {
		started("--journey-snapshots", folder)
	}
	for _, c := range []struct {
		args []string
		kept string
	}{
		{[]string{"--journey-snapshots", second}, second},
		{nil, usual},
		{[]string{"--journey-snapshots", "off"}, ""},
		{[]string{"--journey-memory", "0"}, ""},
	} {
		for _, folder := range []string{first, second, usual} {
			require.NoError(t, os.MkdirAll(folder, 0o700))
			require.NoError(t, os.WriteFile(filepath.Join(folder, "SALES-Deal.journeys"), []byte("{}\n"), 0o600))
			require.NoError(t, os.WriteFile(filepath.Join(folder, "another's.txt"), nil, 0o600))
		}
		started(c.args...)
		for _, folder := range []string{first, second, usual} {
			assert.FileExists(t, filepath.Join(folder, "another's.txt"))
			if folder != c.kept {
				assert.NoFileExists(t, filepath.Join(folder, "SALES-Deal.journeys"), c.args)
			}
		}
	}
}
