package projection

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sqlite"
)

// A calling has one customer with a call, of whom a snapshot tells.
type calling struct {
	cat        *graph.Catalog
	st         graph.Store
	nora, call string
	at         time.Time
	folder     string
}

func callingOf(t *testing.T) *calling {
	c := &calling{cat: graphtest.Catalog(t), at: graphtest.Clock(), folder: t.TempDir()}
	st, err := sqlite.Open(":memory:", c.cat, sqlite.Options{Now: c.now, NewID: graphtest.IDs(), Mark: graphtest.Mark})
	require.NoError(t, err)
	t.Cleanup(func() { st.Close() })
	require.NoError(t, st.Ready(t.Context()))
	c.st = st
	ids := c.write(t, &graph.Batch{
		Nodes: []graph.Upsert{{Kind: c.cat.MustKind("Customer"), ID: "nora", Set: graph.Values{"name": "Nora", "phone": "1"}},
			{Kind: c.cat.MustKind("Interaction"), ID: "call", Set: graph.Values{"at": int64(graph.At(c.at)) - 1, "activity": "Nora rang", "sentiment": int64(-500000)}}},
		Edges: []graph.Link{{Rel: c.cat.Rel("PARTICIPANT"), From: c.named("Interaction", "call"), To: c.named("Customer", "nora")}}})
	c.write(t, c.said("yes", graph.Granted, 1))
	c.nora, c.call = ids[0], ids[1]
	r := snapshotsOf(t, c.cat, c.st, c.now, c.folder, io.Discard)
	_, err = r.journeys(t, graph.Compliance, "Customer", graph.At(c.at))
	require.NoError(t, err)
	r.set.Close()
	require.Equal(t, []string{shipped}, names(t, c.folder))
	return c
}

func (c *calling) now() time.Time { return c.at }

func (c *calling) named(kind, id string) graph.NodeRef {
	return graph.NodeRef{Kind: c.cat.MustKind(kind), External: graph.External{ID: id}}
}

// said has her say something about marketing.
func (c *calling) said(id, status string, at int64) *graph.Batch {
	return &graph.Batch{Nodes: []graph.Upsert{{Kind: c.cat.MustKind("Consent"), ID: id, Set: graph.Values{"purpose": "MARKETING", "status": status, "at": at}}},
		Edges: []graph.Link{{Rel: c.cat.Rel("GIVEN_BY"), From: c.named("Consent", id), To: c.named("Customer", "nora")}}}
}

func (c *calling) write(t *testing.T, b *graph.Batch) []string {
	b.Source = "suite"
	report, err := c.st.Write(t.Context(), b)
	require.NoError(t, err)
	return report.IDs
}

// rename changes something that no journey tells.
func (c *calling) rename(t *testing.T) {
	c.write(t, &graph.Batch{Nodes: []graph.Upsert{{Kind: c.cat.MustKind("Account"), ID: "acme", Set: graph.Values{"name": fmt.Sprint("Acme at ", c.at)}}}})
}

// started is the folder of a server that is started anew, of which nobody asks anything.
func (c *calling) started(t *testing.T) *folder {
	set, err := New(c.cat, Options{Now: c.now, Snapshots: c.folder, Program: "this one", Feed: c.st.Changes})
	require.NoError(t, err)
	t.Cleanup(set.Close)
	return set.folder
}

// TestASnapshotGoesWithWhatItTells has what a snapshot tells be removed as retention does, and persons take back what they permitted, while nobody asks for
// its log: it goes with the next look. What removes nothing that it may have leaves it.
func TestASnapshotGoesWithWhatItTells(t *testing.T) {
	clears := func(c *calling, kind, id string, names ...string) *graph.Batch {
		return &graph.Batch{Remove: []graph.Removal{{Kind: c.cat.MustKind(kind), ID: id, Properties: names}}}
	}
	for _, x := range []struct {
		name  string
		batch func(c *calling) *graph.Batch
		stays bool
	}{
		{"a value that an event has", func(c *calling) *graph.Batch { return clears(c, "Interaction", c.call, "sentiment") }, false},
		{"one that a source takes back", func(c *calling) *graph.Batch {
			return &graph.Batch{Nodes: []graph.Upsert{{Kind: c.cat.MustKind("Interaction"), ID: "call", Set: graph.Values{"activity": nil}}}}
		}, false},
		{"a relationship by which an event is hers", func(c *calling) *graph.Batch {
			return &graph.Batch{Remove: []graph.Removal{{Rel: c.cat.Rel("PARTICIPANT"), ID: graph.BareKey(c.call, c.nora)}}}
		}, false},
		{"a node", func(c *calling) *graph.Batch {
			return &graph.Batch{Remove: []graph.Removal{{Kind: c.cat.MustKind("Interaction"), ID: c.call}}}
		}, false},
		{"a consent is withdrawn", func(c *calling) *graph.Batch { return c.said("then", graph.Withdrawn, 2) }, false},
		{"she objects", func(c *calling) *graph.Batch { return c.said("then", graph.Objected, 2) }, false},
		{"processing is restricted", func(c *calling) *graph.Batch { return c.said("then", graph.Restricted, 2) }, false},
		{"she consents", func(c *calling) *graph.Batch { return c.said("then", graph.Granted, 2) }, true},
		{"a value that no event has", func(c *calling) *graph.Batch { return clears(c, "Customer", c.nora, "phone") }, true},
		{"a value is another", func(c *calling) *graph.Batch {
			return &graph.Batch{Nodes: []graph.Upsert{{Kind: c.cat.MustKind("Interaction"), ID: "call", Set: graph.Values{"sentiment": int64(500000)}}}}
		}, true},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := callingOf(t)
			f := c.started(t)
			require.NoError(t, f.look(t.Context(), c.st.Changes))
			require.Len(t, names(t, c.folder), 1)
			c.write(t, x.batch(c))
			require.NoError(t, f.look(t.Context(), c.st.Changes))
			assert.Equal(t, x.stays, len(names(t, c.folder)) == 1, names(t, c.folder))
		})
	}
}

// TestASnapshotHasNobodyWhoseConsentHasExpired has a consent expire by which somebody is in a log in memory, of which the feed tells nothing.
func TestASnapshotHasNobodyWhoseConsentHasExpired(t *testing.T) {
	c := callingOf(t)
	b := c.said("then", graph.Granted, 2)
	b.Nodes[0].Set[graph.ConsentExpires] = int64(graph.At(c.at.Add(time.Hour)))
	c.write(t, b)
	r := snapshotsOf(t, c.cat, c.st, c.now, c.folder, io.Discard)
	defer r.set.Close()
	_, err := r.journeys(t, graph.Marketing, "Customer", graph.At(c.at))
	require.NoError(t, err)
	has := func() bool {
		r.set.saveAll(t.Context())
		text, err := os.ReadFile(filepath.Join(c.folder, fileOf(graph.Marketing, "Customer")))
		require.NoError(t, err)
		_, log, _ := bytes.Cut(text, []byte("\n"))
		return bytes.Contains(log, []byte(c.nora))
	}
	require.True(t, has())
	c.at = c.at.Add(2 * time.Hour)
	assert.False(t, has())
}

// TestASnapshotThatNobodyAsksForGoes has the feed go on behind a snapshot, and time pass, while nobody asks for its log.
func TestASnapshotThatNobodyAsksForGoes(t *testing.T) {
	aged := func(t *testing.T, c *calling, f *folder) []string {
		require.NoError(t, f.age(t.Context(), c.st.Changes, graph.At(c.at.Add(-longest))))
		return names(t, c.folder)
	}
	t.Run("a day after the first change behind it", func(t *testing.T) {
		c := callingOf(t)
		f := c.started(t)
		c.at = c.at.Add(10 * longest)
		assert.Len(t, aged(t, c, f), 1, "nothing has changed")
		c.rename(t)
		c.at = c.at.Add(longest)
		c.rename(t)
		assert.Len(t, aged(t, c, f), 1, "for no longer than a day")
		c.at = c.at.Add(time.Second)
		assert.Empty(t, aged(t, c, f))
	})
	t.Run("a day after something was to go by itself", func(t *testing.T) {
		c := callingOf(t)
		path := filepath.Join(c.folder, shipped)
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, again(func(h *heading) { h.Until = map[string]graph.Time{c.nora: graph.At(c.at)} })(b), 0o600))
		f := c.started(t)
		c.at = c.at.Add(longest)
		assert.Len(t, aged(t, c, f), 1)
		c.at = c.at.Add(time.Second)
		assert.Empty(t, aged(t, c, f))
	})
	t.Run("when the feed is not kept any more from its place on, however far it was looked through", func(t *testing.T) {
		c := callingOf(t)
		f := c.started(t)
		c.rename(t)
		require.NoError(t, f.look(t.Context(), c.st.Changes))
		require.Len(t, names(t, c.folder), 1)
		c.at = c.at.Add(time.Hour)
		c.rename(t)
		require.NoError(t, c.st.Trim(t.Context(), graph.At(c.at)))
		require.NoError(t, f.look(t.Context(), c.st.Changes))
		assert.Empty(t, names(t, c.folder))
	})
	t.Run("but one that took its place stays", func(t *testing.T) {
		f, h, s := folderOf(t)
		require.NoError(t, f.write(h(7), s, f.epoch()))
		require.NoError(t, f.age(t.Context(), func(context.Context, int64, int) (*graph.Feed, error) {
			require.NoError(t, f.write(h(9), s, f.epoch()))
			return &graph.Feed{Entries: []graph.Entry{{Place: 8, At: 1}}, Last: 9}, nil
		}, 2))
		assert.Equal(t, map[string]int64{shipped: 9}, f.files)
		assert.Len(t, names(t, f.path), 1)
	})
	t.Run("and none where it is not known", func(t *testing.T) {
		f, h, s := folderOf(t)
		require.NoError(t, f.write(h(7), s, f.epoch()))
		assert.ErrorContains(t, f.age(t.Context(), func(context.Context, int64, int) (*graph.Feed, error) { return nil, fmt.Errorf("it is away") }, 2), "it is away")
		assert.Len(t, names(t, f.path), 1)
	})
}

// folderOf is an empty folder, a heading for a place, and what a snapshot may have.
func folderOf(t *testing.T) (f *folder, h func(place int64) *heading, s *journey.Snapshot) {
	f, err := openFolder(t.TempDir())
	require.NoError(t, err)
	b, err := journey.NewBuilder(nil, true)
	require.NoError(t, err)
	return f, func(place int64) *heading { return &heading{Purpose: graph.Compliance, Of: "Customer", Place: place} }, b.Snapshot()
}

// TestWhatWasNotLookedThroughIsNotWritten writes a snapshot late, of a place before all that the feed was looked through from: there may have been an erasure.
func TestWhatWasNotLookedThroughIsNotWritten(t *testing.T) {
	f, h, s := folderOf(t)
	require.NoError(t, f.write(h(20), s, f.epoch()))
	epoch := f.epoch()
	require.NoError(t, f.look(t.Context(), func(context.Context, int64, int) (*graph.Feed, error) { return &graph.Feed{Last: 20}, nil }))
	other := h(10)
	other.Purpose = graph.Sales
	require.NoError(t, f.write(other, s, epoch))
	assert.Equal(t, []string{shipped}, names(t, f.path))
	require.NoError(t, f.write(h(21), s, epoch))
	assert.Equal(t, map[string]int64{shipped: 21}, f.files)
}

// TestALogIsKeptAsLongAsItsCasesFit has memory for little more than a log takes: what was taken back makes it no larger, and one that has become too large is
// given up, and is there once more when it fits.
func TestALogIsKeptAsLongAsItsCasesFit(t *testing.T) {
	c := callingOf(t)
	asked := func(r *reader) error {
		_, err := policy.WithLogs(c.st, r.set)(&policy.Viewer{Lens: rules.Lens(c.cat, graph.Compliance)}).Journeys(t.Context(), &policy.Journeys{Of: c.cat.MustKind("Customer"), Now: graph.At(c.at)})
		return err
	}
	r := readerOf(t, c.cat, c.st, c.now, 1<<20)
	_, err := r.journeys(t, graph.Compliance, "Customer", graph.At(c.at))
	require.NoError(t, err)
	for _, p := range r.set.kept {
		r.set.most = p.bytes.Load() + 100
	}
	for i := range 200 { // each puts her case anew
		c.write(t, &graph.Batch{Nodes: []graph.Upsert{{Kind: c.cat.MustKind("Interaction"), ID: "call", Set: graph.Values{"sentiment": int64(i)}}}})
		require.NoError(t, asked(r), "change %d", i)
	}
	require.Len(t, r.set.kept, 1)
	more := &graph.Batch{}
	for i := range 200 {
		id := fmt.Sprint("call ", i)
		more.Nodes = append(more.Nodes, graph.Upsert{Kind: c.cat.MustKind("Interaction"), ID: id, Set: graph.Values{"at": int64(graph.At(c.at)) - 1}})
		more.Edges = append(more.Edges, graph.Link{Rel: c.cat.Rel("PARTICIPANT"), From: c.named("Interaction", id), To: c.named("Customer", "nora")})
	}
	ids := c.write(t, more)
	require.ErrorContains(t, asked(r), "journeys of customers take more than the 0 MB of memory that --journey-memory gives them")
	require.Empty(t, r.set.kept, "what is refused takes no memory")
	require.ErrorIs(t, asked(r), errLarge, "nor is it there when it is read anew")
	less := &graph.Batch{}
	for _, id := range ids[:200] {
		less.Remove = append(less.Remove, graph.Removal{Kind: c.cat.MustKind("Interaction"), ID: id})
	}
	c.write(t, less)
	require.NoError(t, asked(r))
}

// TestASnapshotThatDoesNotFitIsNotRead gives journeys less memory than a snapshot takes: who asks is told so, each time, nothing of the log is read, and no other
// log is given up for it.
func TestASnapshotThatDoesNotFitIsNotRead(t *testing.T) {
	c := callingOf(t)
	path := filepath.Join(c.folder, shipped)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	said := &graphtest.Lines{}
	limited := func(most int64) *reader {
		set, err := New(c.cat, Options{Now: c.now, Most: most, Snapshots: c.folder, Program: "this one", Feed: c.st.Changes, Log: slog.New(slog.NewTextHandler(said, nil))})
		require.NoError(t, err)
		t.Cleanup(set.Close)
		return &reader{c.cat, c.st, set}
	}
	refused := func(t *testing.T, r *reader) {
		viewer := &policy.Viewer{Lens: rules.Lens(c.cat, graph.Compliance)}
		for range 2 {
			_, err := policy.WithLogs(c.st, r.set)(viewer).Journeys(t.Context(), &policy.Journeys{Of: c.cat.MustKind("Customer"), Now: graph.At(c.at)})
			require.ErrorContains(t, err, "journeys of customers take more than the 0 MB of memory that --journey-memory gives them")
		}
	}
	t.Run("it stays as it is", func(t *testing.T) {
		torn := slices.Clone(whole)
		torn[len(torn)-1] ^= 0x40 // its sum is wrong, which who reads it finds
		require.NoError(t, os.WriteFile(path, torn, 0o600))
		refused(t, limited(1))
		assert.NotContains(t, said.String(), "its sum is wrong")
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, torn, b)
	})
	t.Run("others keep their places", func(t *testing.T) {
		r := readerOf(t, c.cat, c.st, c.now, 0)
		_, err := r.journeys(t, graph.Sales, "Customer", graph.At(c.at))
		require.NoError(t, err)
		var most int64
		for _, p := range r.set.kept {
			most = p.bytes.Load()
		}
		require.NoError(t, os.WriteFile(path, again(func(h *heading) { h.Bytes = most + 1 })(whole), 0o600))
		r = limited(most)
		_, err = r.journeys(t, graph.Sales, "Customer", graph.At(c.at))
		require.NoError(t, err)
		refused(t, r)
		r.set.mu.Lock()
		defer r.set.mu.Unlock()
		require.Len(t, r.set.kept, 1)
		for at := range r.set.kept {
			assert.Equal(t, graph.Sales, at.lens.Purpose)
		}
	})
}
