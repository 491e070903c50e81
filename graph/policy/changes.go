package policy

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/kithgraph/kith/graph"
)

// A Following asks for what changed behind a place of the feed.
type Following struct {
	After int64
	Now   graph.Time
	Kinds []*graph.Kind // of which nodes alone; nil: of all
	// Limit is how many changes are told at most, but for those of one batch: a batch is told whole.
	Limit int
}

// Changes are what a viewer may know of what changed, batch by batch in the order in which they were committed.
type Changes struct {
	Changes []Change
	// Place is behind what was told, and behind what of all that follows is silent.
	Place int64
	More  bool // something is told behind it, or may be: so much was silent that nobody looked to the end
}

// A Change is what one batch made of a node.
type Change struct {
	Entry int64 // the place of the batch
	Kind  *graph.Kind
	ID    string
	How   graph.Outcome // Created, Changed or Removed
	At    graph.Time
	// Fields are those that changed, of a node that was Changed: properties, edges, and withheld where what a person says, or that
	// she was erased, has changed what may be seen of her.
	Fields []string

	persons []string // whom it is about
	of      set      // and what it tells of them
}

// withheldField is that by which a person's node tells what may be seen of her.
const withheldField = "withheld"

const (
	// lookedAt is how many entries are looked at together.
	lookedAt = 64
	// patience is for how long entries are looked at that tell nothing.
	patience = 3 * time.Second
)

// Changes implements Reader. What a viewer may know of an entry is what she may know now: a node of which nothing is to be seen is silent, and
// so is a property of it, and an edge that may not be followed, or not to what it leads to.
func (g guarded) Changes(ctx context.Context, q *Following) (*Changes, error) {
	if err := g.viewer.Follows(); err != nil {
		return nil, err
	}
	out, began := &Changes{Place: q.After}, time.Now()
	for {
		feed, err := g.source.Changes(ctx, out.Place, lookedAt)
		if err != nil || len(feed.Entries) == 0 {
			return out, err
		}
		s, err := g.sight(ctx, q, feed.Entries)
		if err != nil {
			return nil, err
		}
		for i := range feed.Entries {
			e := &feed.Entries[i]
			told := s.of(e)
			if n := len(out.Changes); n > 0 && len(told) > 0 && n+len(told) > q.Limit {
				out.More = true
				return out, nil
			}
			out.Changes, out.Place = append(out.Changes, told...), e.Place
		}
		if len(feed.Entries) < lookedAt { // that was the end, however long it took
			return out, nil
		}
		if time.Since(began) > patience {
			out.More = true
			return out, nil
		}
	}
}

// Changes notes what is told of persons.
func (r recorded) Changes(ctx context.Context, q *Following) (*Changes, error) {
	out, err := r.Reader.Changes(ctx, q)
	if err != nil {
		return nil, err
	}
	r.record.mu.Lock()
	defer r.record.mu.Unlock()
	for _, c := range out.Changes {
		for _, id := range c.persons {
			r.record.person(id, c.of)
		}
	}
	return out, nil
}

// A sight is what entries are about, as it is now: of each node that they name whether it is there, and which conditions it meets.
type sight struct {
	*Lens
	asked *Following
	rows  map[string]*graph.Row
	lists map[*graph.Kind]*graph.List
	err   error
}

// sight looks at what entries name, at all kinds of it side by side: so each is asked by the same text, whichever others there are.
func (g guarded) sight(ctx context.Context, q *Following, entries []graph.Entry) (*sight, error) {
	ids := map[*graph.Kind]map[string]bool{}
	name := func(named ...string) {
		for _, id := range named {
			k := g.viewer.catalog.KindOf(id)
			if k == nil {
				continue
			}
			if ids[k] == nil {
				ids[k] = map[string]bool{}
			}
			ids[k][id] = true
		}
	}
	for i := range entries {
		for _, n := range entries[i].Nodes {
			name(n.ID)
			name(n.About...)
		}
		for _, l := range entries[i].Edges {
			name(l.From, l.To)
		}
	}
	s := &sight{Lens: g.viewer.Lens, asked: q, rows: map[string]*graph.Row{}, lists: map[*graph.Kind]*graph.List{}}
	var all sync.WaitGroup
	var mu sync.Mutex
	for k, ids := range ids {
		all.Go(func() {
			l, res, err := g.look(ctx, q, k, slices.Sorted(maps.Keys(ids)))
			mu.Lock()
			defer mu.Unlock()
			if s.err = cmp.Or(s.err, err); err != nil {
				return
			}
			s.lists[k] = l
			for i := range res.Rows {
				s.rows[res.Rows[i].ID] = &res.Rows[i]
			}
		})
	}
	all.Wait()
	return s, s.err
}

// look asks for all conditions that matter of nodes of one kind.
func (g guarded) look(ctx context.Context, q *Following, k *graph.Kind, ids []string) (*graph.List, *graph.ListResult, error) {
	told := g.viewer.told().kinds[k]
	l := told.list.Copy()
	l.IDs = ids
	res, err := g.source.Read(ctx, &graph.Fetch{Now: q.Now, Asker: g.viewer.Subject, Lists: []*graph.List{l}, Memo: &told.memo})
	if err != nil {
		return nil, nil, err
	}
	return l, &res.Lists[0], nil
}

// holds reports whether a node is there and meets conditions.
func (s *sight) holds(id string, t terms) bool {
	row := s.rows[id]
	return row != nil && !t.never && !slices.ContainsFunc(t.all, func(ask int) bool { return !row.Met[ask] })
}

// meets does the same, of what may be gone if nothing is asked of it.
func (s *sight) meets(id string, t terms) bool {
	return !t.never && (len(t.all) == 0 || s.holds(id, t))
}

// of is what an entry tells: of each node once, in the order of ids.
func (s *sight) of(e *graph.Entry) []Change {
	told := map[string]*Change{}
	change := func(id string, how graph.Outcome, of set, fields ...string) {
		c := told[id]
		if c == nil {
			k := s.catalog.KindOf(id)
			c = &Change{Kind: k, ID: id, Entry: e.Place, At: e.At, How: how, of: s.permitted(k.Existence)}
			told[id] = c
		}
		c.of |= of
		if c.How == graph.Changed {
			c.Fields = append(c.Fields, fields...)
		}
	}
	for i := range e.Nodes {
		n := &e.Nodes[i]
		switch {
		case !s.wants(n.Kind):
		case n.How == graph.Removed:
			if s.removed(n) {
				change(n.ID, n.How, 0)
			}
		case n.How == graph.Created:
			if s.holds(n.ID, s.told().kinds[n.Kind].there) {
				change(n.ID, n.How, 0)
			}
		default:
			s.properties(n, change)
		}
	}
	for i := range e.Edges {
		l := &e.Edges[i]
		s.end(l, l.From, l.To, true, change)
		s.end(l, l.To, l.From, false, change)
	}
	out := make([]Change, 0, len(told))
	for _, id := range slices.Sorted(maps.Keys(told)) {
		c := told[id]
		slices.Sort(c.Fields)
		c.Fields = slices.Compact(c.Fields)
		c.persons = s.persons(e, c)
		out = append(out, *c)
	}
	return out
}

func (s *sight) wants(k *graph.Kind) bool {
	return s.asked.Kinds == nil || slices.Contains(s.asked.Kinds, k)
}

// properties tells which of a node changed.
func (s *sight) properties(n *graph.TouchedNode, change func(string, graph.Outcome, set, ...string)) {
	rule := s.told().kinds[n.Kind]
	seen := s.holds(n.ID, rule.there)
	for _, name := range n.Properties {
		if slices.Contains(rule.standing, name) {
			if n.Kind.Person && s.rows[n.ID] != nil || seen { // so that who keeps something of her gives it up
				change(n.ID, graph.Changed, setOf(graph.CategoryConsent), withheldField)
			}
			continue
		}
		p := n.Kind.Property(name)
		if name == graph.FurtherKeys { // what stores keep it in is hidden
			p = n.Kind.Further
		}
		if t, is := rule.props[p]; is && seen && s.holds(n.ID, t) {
			change(n.ID, graph.Changed, s.shown(p), p.Field())
		}
	}
}

// end tells of a node that what an edge of it leads to has changed.
func (s *sight) end(l *graph.TouchedEdge, id, far string, out bool, change func(string, graph.Outcome, set, ...string)) {
	k, to := s.catalog.KindOf(id), s.catalog.KindOf(far)
	if k == nil || to == nil || !s.wants(k) || !s.holds(id, s.told().kinds[k].there) {
		return
	}
	for _, e := range s.told().ends[end{l.Rel, out, k, to}] {
		if !s.holds(id, e.here) || !s.meets(far, e.there) {
			continue
		}
		if l.Properties == nil || slices.ContainsFunc(l.Properties, func(name string) bool {
			t, is := e.props[name]
			return is && s.meets(far, t)
		}) {
			change(id, graph.Changed, s.led(e.Edge), e.Name)
		}
	}
}

// removed reports whether it is told that a node is gone. Whether it might be seen cannot be asked of it any more: it might where nodes of its
// kind are for everybody, where it was about nobody, or where one of those whom it was about permits it now.
func (s *sight) removed(n *graph.TouchedNode) bool {
	rule := s.told().kinds[n.Kind]
	switch {
	case rule.there.never || rule.also:
		return false
	case len(rule.there.all) == 0:
		return true
	case n.Kind.Person:
		return false
	case len(n.About) == 0:
		return true
	}
	return slices.ContainsFunc(n.About, func(id string) bool {
		t, is := rule.about[s.catalog.KindOf(id)]
		return is && s.holds(id, t)
	})
}

// persons are those whom a change is about.
func (s *sight) persons(e *graph.Entry, c *Change) (ids []string) {
	of := func(id string) {
		if row := s.rows[id]; row != nil {
			ids = append(ids, who(s.lists[row.Sel.Kind], row, "")...)
		}
	}
	if of(c.ID); c.How == graph.Removed {
		i := slices.IndexFunc(e.Nodes, func(n graph.TouchedNode) bool { return n.ID == c.ID })
		for _, id := range e.Nodes[i].About {
			of(id)
		}
	}
	return ids
}

// Stands implements Reader.
func (g guarded) Stands(ctx context.Context, after, upTo int64) (bool, error) {
	if upTo-after > lookedAt || upTo < after {
		return false, nil
	}
	feed, err := g.source.Changes(ctx, after, lookedAt)
	switch {
	case err != nil && graph.CodeOf(err) == graph.CursorExpired:
		return false, nil
	case err != nil:
		return false, err
	}
	return int64(len(feed.Entries)) >= upTo-after && !slices.ContainsFunc(feed.Entries, g.viewer.upset), nil
}

// upset reports whether an entry changes what may be seen of persons.
func (l *Lens) upset(e graph.Entry) bool {
	fresh := map[string]bool{}
	return slices.ContainsFunc(e.Nodes, func(n graph.TouchedNode) bool {
		switch n.How {
		case graph.Removed:
			return n.Kind.OfPersons()
		case graph.Created:
			fresh[n.ID] = true
		}
		return slices.ContainsFunc(l.decides(n.Kind), func(name string) bool { return slices.Contains(n.Properties, name) })
	}) || slices.ContainsFunc(e.Edges, func(t graph.TouchedEdge) bool { return t.Properties == nil && l.turns(t, fresh) })
}

// turns reports whether a relationship that came or went has a node be about others than before. What is fresh was about nobody.
func (l *Lens) turns(t graph.TouchedEdge, fresh map[string]bool) bool {
	return slices.ContainsFunc(l.catalog.Ways, func(w graph.Way) bool {
		return slices.ContainsFunc(w.Hops, func(h graph.Hop) bool {
			if h.Edge.Rel != t.Rel {
				return false
			}
			id := t.To
			if h.Edge.Out {
				id = t.From
			}
			return !fresh[id] && l.catalog.KindOf(id) == h.Edge.Owner
		})
	})
}

// Last implements Reader.
func (g guarded) Last(ctx context.Context) (int64, error) {
	if err := g.viewer.Follows(); err != nil {
		return 0, err
	}
	return g.Place(ctx)
}

// Place implements Reader.
func (g guarded) Place(ctx context.Context) (int64, error) {
	feed, err := g.source.Changes(ctx, 0, 0)
	if err != nil {
		return 0, err
	}
	return feed.Last, nil
}
