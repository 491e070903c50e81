package projection

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/sqlite"
)

// snapshotsOf asks for journeys of a store, as a server does that is started anew: what it has read outlasts it in a folder.
func snapshotsOf(t *testing.T, cat *graph.Catalog, st graph.Store, now func() time.Time, folder string, log io.Writer) *reader {
	set, err := New(cat, Options{Now: now, Snapshots: folder, Program: "this one", Feed: st.Changes, Log: slog.New(slog.NewTextHandler(log, nil))})
	require.NoError(t, err)
	return &reader{cat, st, set}
}

// storeOf is a store with a random world.
func storeOf(t *testing.T, cat *graph.Catalog, now func() time.Time, seed uint64) graph.Store {
	st, err := sqlite.Open(":memory:", cat, sqlite.Options{Now: now, NewID: graphtest.IDs(), Mark: graphtest.Mark})
	require.NoError(t, err)
	t.Cleanup(func() { st.Close() })
	require.NoError(t, st.Ready(t.Context()))
	for _, b := range graphtest.NewWorld(rand.New(rand.NewPCG(seed, 0)), cat).Batches {
		_, _ = st.Write(t.Context(), b) // one that is refused changes nothing
	}
	return st
}

// shipped is the file that tests look at.
var shipped = fileOf(graph.Compliance, "Customer")

// TestASnapshotThatDoesNotFitIsNotUsed damages and replaces a snapshot, its store, its policy and its program: what is answered is what the store has, it
// is said why the snapshot is of no use, and the next one is right.
func TestASnapshotThatDoesNotFitIsNotUsed(t *testing.T) {
	cat := graphtest.Catalog(t)
	clock := graphtest.Clock
	written := func(t *testing.T, st graph.Store, folder string) {
		r := snapshotsOf(t, cat, st, clock, folder, io.Discard)
		_, err := r.journeys(t, graph.Compliance, "Customer", graph.At(clock()))
		require.NoError(t, err)
		r.set.Close()
	}
	damage := func(change func(b []byte) []byte) func(t *testing.T, st graph.Store, folder string) graph.Store {
		return func(t *testing.T, st graph.Store, folder string) graph.Store {
			path := filepath.Join(folder, shipped)
			b, err := os.ReadFile(path)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(path, change(b), 0o600))
			return st
		}
	}
	flip := func(at func(n int) int) func(b []byte) []byte {
		return func(b []byte) []byte {
			b[at(len(b))] ^= 0x40
			return b
		}
	}
	const torn, wrong, gone = "it ends before its end", "its sum is wrong", "the store does not keep any more what has changed since"
	for _, c := range []struct {
		name   string
		change func(t *testing.T, st graph.Store, folder string) graph.Store
		why    string
	}{
		{"nothing is wrong", func(_ *testing.T, st graph.Store, _ string) graph.Store { return st }, ""},
		{"a byte of the log is another", damage(flip(func(n int) int { return n / 2 })), wrong},
		{"a byte of the sum is another", damage(flip(func(n int) int { return n - 1 })), wrong},
		{"the last byte is missing", damage(func(b []byte) []byte { return b[:len(b)-1] }), wrong},
		{"half of it is missing", damage(func(b []byte) []byte { return b[:len(b)/2] }), wrong},
		{"a byte comes behind it", damage(func(b []byte) []byte { return append(b, 'x') }), wrong},
		{"another program wrote it", damage(again(func(h *heading) { h.Program = "another one" })), "another program made it"},
		{"it is of another format", damage(again(func(h *heading) { h.Format++ })), "it is of format 4, and this program reads format 3"},
		{"it is by another policy", damage(again(func(h *heading) { h.Policy = "abc" })), "it is by the policy abc, and " + rules.Version},
		{"it is of another purpose", damage(again(func(h *heading) { h.Purpose = graph.Sales })), "it is of Customer for the purpose SALES"},
		{"it is of another kind", damage(again(func(h *heading) { h.Of = "Account" })), "it is of Account for the purpose COMPLIANCE"},
		{"it is of another store", func(t *testing.T, _ graph.Store, _ string) graph.Store {
			other := storeOf(t, cat, clock, 2)
			for i := range 100 { // its feed goes on for longer
				_, err := other.Write(t.Context(), &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: cat.MustKind("Product"), ID: fmt.Sprint("more ", i)}}})
				require.NoError(t, err)
			}
			return other
		}, "it is of another store, or of before an erasure"},
		{"it is newer than the store", damage(again(func(h *heading) { h.Place += 1000 })), gone},
		{"what has changed since was trimmed", func(t *testing.T, st graph.Store, _ string) graph.Store {
			require.NoError(t, st.Trim(t.Context(), graph.At(clock().Add(time.Hour))))
			return st
		}, gone},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder, said := t.TempDir(), &graphtest.Lines{}
			st := storeOf(t, cat, clock, 1)
			written(t, st, folder)
			st = c.change(t, st, folder)
			want, err := readerOf(t, cat, st, clock, 0).journeys(t, graph.Compliance, "Customer", graph.At(clock()))
			require.NoError(t, err)
			r := snapshotsOf(t, cat, st, clock, folder, said)
			got, err := r.journeys(t, graph.Compliance, "Customer", graph.At(clock()))
			require.NoError(t, err)
			assert.Equal(t, told(t, want.Log), told(t, got.Log))
			r.set.Close()
			if c.why == "" {
				assert.Contains(t, said.String(), "from=snapshot")
				return
			}
			assert.Contains(t, said.String(), "from=store")
			if c.why == gone && !strings.Contains(said.String(), "level=WARN") {
				return // who looks for erasures was there before
			}
			assert.Regexp(t, `level=WARN msg="a snapshot of journeys is of no use, and they are read anew" file=`+shipped+` why="`+c.why, said.String())
		})
	}
	t.Run("half a line is no snapshot", func(t *testing.T) {
		folder := t.TempDir()
		written(t, storeOf(t, cat, clock, 1), folder)
		damage(func(b []byte) []byte { return b[:10] })(t, nil, folder)
		f, err := openFolder(folder)
		require.NoError(t, err)
		assert.Empty(t, f.files)
		assert.Empty(t, names(t, folder))
		_, err = f.open(shipped)
		assert.ErrorIs(t, err, os.ErrNotExist)
		require.NoError(t, os.WriteFile(filepath.Join(folder, shipped), []byte("{}"), 0o600))
		_, err = f.open(shipped)
		assert.ErrorContains(t, err, torn)
	})
}

// again has a snapshot be of another heading, with a sum that is right.
func again(change func(h *heading)) func(b []byte) []byte {
	return func(b []byte) []byte {
		line, rest, _ := bytes.Cut(b[:len(b)-sha256.Size], []byte("\n"))
		var h heading
		if err := json.Unmarshal(line, &h); err != nil {
			panic(err) // this program wrote it
		}
		change(&h)
		line, _ = json.Marshal(h)
		out := slices.Concat(line, []byte("\n"), rest)
		sum := sha256.Sum256(out)
		return append(out, sum[:]...)
	}
}

// TestAFolderHasNothingOfThoseWhoAreErased has a snapshot outlast removals and erasures, that of a server which was stopped, too, and looks whether it does.
func TestAFolderHasNothingOfThoseWhoAreErased(t *testing.T) {
	cat := graphtest.Catalog(t)
	clock := graphtest.Clock
	customer, interaction := cat.MustKind("Customer"), cat.MustKind("Interaction")
	st := storeOf(t, cat, clock, 1)
	said := func(text string) string {
		report, err := st.Write(t.Context(), &graph.Batch{Source: "suite",
			Nodes: []graph.Upsert{{Kind: customer, ID: text, Set: graph.Values{"name": text}}, {Kind: interaction, ID: "of " + text, Set: graph.Values{"at": int64(graph.At(clock())) - 1, "activity": text + " rang"}}},
			Edges: []graph.Link{{Rel: cat.Rel("PARTICIPANT"), From: graph.NodeRef{Kind: interaction, External: graph.External{ID: "of " + text}}, To: graph.NodeRef{Kind: customer, External: graph.External{ID: text}}}}})
		require.NoError(t, err)
		return report.IDs[0]
	}
	nora := said("Nora")
	said("Olga")
	folder := filepath.Join(t.TempDir(), "a", "folder")
	r := snapshotsOf(t, cat, st, clock, folder, t.Output())
	before, err := r.journeys(t, graph.Compliance, "Customer", graph.At(clock()))
	require.NoError(t, err)
	r.set.Close()
	has := func(text string) bool {
		b, err := os.ReadFile(filepath.Join(folder, shipped))
		return err == nil && bytes.Contains(b, []byte(text))
	}
	require.True(t, has("Nora rang"))
	info, err := os.Stat(filepath.Join(folder, shipped))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode())

	r = snapshotsOf(t, cat, st, clock, folder, t.Output())
	defer r.set.Close()
	f := r.set.folder
	require.NoError(t, f.look(t.Context(), st.Changes))
	require.True(t, has("Nora rang"), "nobody was erased yet")
	_, err = st.Write(t.Context(), &graph.Batch{Source: "suite", Nodes: []graph.Upsert{{Kind: customer, ID: "Olga", Set: graph.Values{"name": "Olga Ohm"}}}})
	require.NoError(t, err)
	require.NoError(t, f.look(t.Context(), st.Changes))
	require.True(t, has("Nora rang"), "a change removes nothing")

	epoch := f.epoch()
	stale, err := journey.NewBuilder(nil, true)
	require.NoError(t, err)
	h := &heading{Purpose: graph.Compliance, Of: "Customer", Place: f.files[shipped]}
	_, err = st.Write(t.Context(), &graph.Batch{Source: "suite", Erase: []graph.Erasure{{Person: nora}}})
	require.NoError(t, err)
	require.NoError(t, f.look(t.Context(), st.Changes))
	assert.Empty(t, names(t, folder), "the snapshot is of before the erasure")
	require.NoError(t, f.write(h, stale.Snapshot(), epoch))
	assert.Empty(t, names(t, folder), "so is one that was made before it")

	after, err := r.journeys(t, graph.Compliance, "Customer", graph.At(clock()))
	require.NoError(t, err)
	assert.Equal(t, before.Cases(), after.Cases(), "a case goes on without a name")
	r.set.saveAll(t.Context())
	assert.False(t, has("Nora"))
	assert.True(t, has("Olga rang"))
	require.NoError(t, f.look(t.Context(), st.Changes))
	assert.True(t, has("Olga rang"), "a snapshot of after the erasure stays")

	epoch = f.epoch()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "another's.txt"), []byte("x"), 0o600))
	n, err := r.set.Forget()
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	h.Place = 1 << 40
	require.NoError(t, f.write(h, stale.Snapshot(), epoch))
	assert.Equal(t, []string{"another's.txt"}, names(t, folder), "what was made before is not written, and a file of somebody else stays")
}

// TestTheStoreOfBeforeHasNoSnapshotOfAfter has a store be replaced by one of before: nobody knows what was removed between.
func TestTheStoreOfBeforeHasNoSnapshotOfAfter(t *testing.T) {
	folder := t.TempDir()
	f, err := openFolder(folder)
	require.NoError(t, err)
	b, err := journey.NewBuilder(nil, true)
	require.NoError(t, err)
	require.NoError(t, f.write(&heading{Purpose: graph.Compliance, Of: "Customer", Place: 7}, b.Snapshot(), f.epoch()))
	require.Len(t, names(t, folder), 1)
	require.ErrorContains(t, f.look(t.Context(), func(context.Context, int64, int) (*graph.Feed, error) { return nil, fmt.Errorf("it is away") }), "it is away")
	require.Len(t, names(t, folder), 1)
	require.NoError(t, f.look(t.Context(), func(_ context.Context, after int64, _ int) (*graph.Feed, error) {
		return &graph.Feed{Last: 3}, graph.CheckPlace(after, 1, 3)
	}))
	assert.Empty(t, names(t, folder))
}

// TestASnapshotThatWasNotWrittenToItsEndIsRemoved finds what a process left that was killed.
func TestASnapshotThatWasNotWrittenToItsEndIsRemoved(t *testing.T) {
	folder := t.TempDir()
	f, err := openFolder(folder)
	require.NoError(t, err)
	b, err := journey.NewBuilder(nil, true)
	require.NoError(t, err)
	require.NoError(t, f.write(&heading{Purpose: graph.Compliance, Of: "Customer", Place: 7}, b.Snapshot(), f.epoch()))
	whole, err := os.ReadFile(filepath.Join(folder, shipped))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, shipped+unfinished+"123"), whole[:len(whole)-5], 0o600))
	f, err = openFolder(folder)
	require.NoError(t, err)
	assert.Equal(t, []string{shipped}, names(t, folder))
	assert.Equal(t, map[string]int64{shipped: 7}, f.files)
}

func names(t *testing.T, folder string) (out []string) {
	all, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range all {
		out = append(out, e.Name())
	}
	return out
}
