package projection

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/kithgraph/kith/graph"
)

// longest is how long the feed may have gone on behind a snapshot. One that is older goes: nobody asked for its log, and what has changed in it
// in other ways than by a removal, as a name that was corrected, is not to be kept for good.
const longest = 24 * time.Hour

// A feeding is the Changes of a store.
type feeding = func(ctx context.Context, after int64, limit int) (*graph.Feed, error)

// look looks through the feed for what was removed, persons who were erased, and those who object or withdraw a consent, and removes the
// snapshots of before that, and those of places from which the feed is kept no longer.
func (f *folder) look(ctx context.Context, feed feeding) error {
	if err := f.follow(ctx, feed); err != nil {
		return err
	}
	for {
		from, any := f.from()
		if !any {
			return nil
		}
		part, err := feed(ctx, from, manyEntries)
		if expired(err) { // nobody knows any more what was removed
			f.mu.Lock()
			f.looked, f.removed = 0, 0
			f.mu.Unlock()
			_, err = f.forget()
			return err
		}
		if err != nil {
			return err
		}
		if err := f.outlive(part.Entries); err != nil {
			return err
		}
		if len(part.Entries) < manyEntries {
			return nil
		}
	}
}

func expired(err error) bool { return err != nil && graph.CodeOf(err) == graph.CursorExpired }

// follow removes snapshots, the oldest first, as long as the feed has their own place no longer: no log could go on from them.
func (f *folder) follow(ctx context.Context, feed feeding) error {
	for {
		f.mu.Lock()
		name, place, any := f.oldest()
		f.mu.Unlock()
		if !any {
			return nil
		}
		if _, err := feed(ctx, place-1, 1); !expired(err) {
			return err
		}
		if err := f.dropAt(name, place); err != nil {
			return err
		}
	}
}

// oldest is the snapshot of the lowest place, with mu held.
func (f *folder) oldest() (name string, place int64, any bool) {
	place = math.MaxInt64
	for n, at := range f.files {
		if at < place {
			name, place, any = n, at, true
		}
	}
	return name, place, any
}

// age removes the snapshots that were not written anew though something in them changed before an instant: by the feed, or by itself, as where
// a consent ended.
func (f *folder) age(ctx context.Context, feed feeding, before graph.Time) (err error) {
	f.mu.Lock()
	files := maps.Clone(f.files)
	f.mu.Unlock()
	for name, place := range files {
		old, failed := f.aged(ctx, feed, name, place, before)
		if failed == nil && old {
			failed = f.dropAt(name, place)
		}
		err = errors.Join(err, failed)
	}
	return err
}

func (f *folder) aged(ctx context.Context, feed feeding, name string, place int64, before graph.Time) (bool, error) {
	behind, err := feed(ctx, place, 1)
	switch {
	case expired(err):
		return true, nil
	case err != nil:
		return false, err
	case len(behind.Entries) > 0 && behind.Entries[0].At < before:
		return true, nil
	}
	h, err := f.heading(name)
	if errors.Is(err, fs.ErrNotExist) { // it has gone meanwhile
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, until := range h.Until {
		if until < before {
			return true, nil
		}
	}
	return false, nil
}

// from is the place behind which the feed is to be looked through; not any: there is no snapshot. What is before all of them is not looked
// through: a snapshot of a place there which is yet to be written is not kept.
func (f *folder) from() (place int64, any bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, least, any := f.oldest()
	if any && least > f.looked {
		f.removed = max(f.removed, least)
	}
	return max(least, f.looked), any
}

// outlive removes the snapshots of before entries that tell of a removal.
func (f *folder) outlive(entries []graph.Entry) (err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range entries {
		if f.removes(&entries[i]) {
			f.removed = entries[i].Place
		}
		f.looked = entries[i].Place
	}
	for name, at := range f.files {
		if at < f.removed {
			err = errors.Join(err, f.remove(name))
		}
	}
	return err
}

// ending are the properties of a person which tell that less of her may be seen.
var ending = func() map[string]bool {
	out := map[string]bool{graph.ErasedAt: true, graph.RestrictedAt: true}
	for _, p := range graph.Consentable {
		out[graph.ObjectedAt(p)], out[graph.WithdrawnAt(p)] = true, true
	}
	return out
}()

// removes reports whether by an entry something has gone that a log may have, or less of somebody may be seen.
func (f *folder) removes(e *graph.Entry) bool {
	return slices.ContainsFunc(e.Nodes, f.loses) || slices.ContainsFunc(e.Edges, func(l graph.TouchedEdge) bool {
		gone := l.How == graph.Removed || l.How == graph.Changed && l.Properties == nil
		return gone && slices.ContainsFunc(f.traces, func(t *trace) bool { return t.rels[l.Rel] })
	})
}

// loses reports whether a node has gone, or a value of it which is read of it, or decides what may be seen of it.
func (f *folder) loses(n graph.TouchedNode) bool {
	read := func(name string) bool {
		p := n.Kind.Property(name)
		return p == nil || p.Hidden || slices.ContainsFunc(f.traces, func(t *trace) bool { return slices.Contains(t.props[n.Kind], name) })
	}
	return n.How == graph.Removed || slices.ContainsFunc(n.Gone, read) || slices.ContainsFunc(n.Properties, func(name string) bool { return ending[name] })
}
