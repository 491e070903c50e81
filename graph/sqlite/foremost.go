package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A foremost says which groups of a tally come by themselves under each parent, where they are not all.
type foremost struct {
	ids  []string // what tells them apart, the parent first
	rest []int64  // how many others there are under each parent
}

// A folding is a tally that takes groups together which do not come by themselves: a statement of its own.
type folding struct{ *graph.Tally }

// keptOf are the groups that a tally before it has by itself, by the same keys.
func (r *reader) keptOf(t *graph.Tally) *foremost {
	if len(t.By) == 0 {
		return nil
	}
	return r.groups[&t.By[0]]
}

// foremost reads a tally of which some groups come by themselves. No more than twice as many are held at any time.
func (r *reader) foremost(ctx context.Context, l *graph.List, t *graph.Tally, parents []string, take func(parent int64, row graph.TallyRow) error) error {
	heads := make([]head, len(parents))
	first := *r.brought // what is read again then is brought along once
	err := r.tallyRows(ctx, l, t, parents, nil, func(parent int64, row graph.TallyRow, id string) error {
		if err := first.Take(t, &row); err != nil {
			return err
		}
		return heads[parent].add(t, row, id)
	})
	if err != nil {
		return err
	}
	kept := &foremost{rest: make([]int64, len(parents))}
	more := false
	for i := range heads {
		h := &heads[i]
		h.cut(t)
		kept.rest[i] = h.all - int64(len(h.groups))
		more = more || kept.rest[i] > 0
		for _, g := range h.groups {
			kept.ids = append(kept.ids, h.ids[g.ID()])
		}
	}
	if !more {
		kept = nil
	}
	if r.groups == nil {
		r.groups = map[*graph.GroupKey]*foremost{}
	}
	r.groups[&t.By[0]] = kept
	if kept != nil {
		return r.tallyRows(ctx, l, t, parents, kept, func(parent int64, row graph.TallyRow, _ string) error { return take(parent, row) })
	}
	for i := range heads {
		for _, row := range heads[i].rows {
			if err := take(int64(i), row); err != nil {
				return err
			}
		}
	}
	return nil
}

// A head are the groups under a parent that are foremost among those read so far, and some more.
type head struct {
	groups []graph.Group
	ids    map[string]string // what tells them apart in a statement, by Group.ID
	last   string            // of the group that was read last
	all    int64             // how many there were
	rows   []graph.TallyRow  // all there were, as long as all groups come by themselves
}

// add adds a part of the last group, or of a further one.
func (h *head) add(t *graph.Tally, row graph.TallyRow, id string) error {
	if h.all == 0 || h.last != id {
		if len(h.groups) >= 2*t.Most {
			h.cut(t)
		}
		g := graph.Group{Keys: row.Keys, Measures: make([][]graph.Summary, len(t.Measures))}
		if h.ids == nil {
			h.ids = map[string]string{}
		}
		h.ids[g.ID()], h.last = id, id
		h.groups = append(h.groups, g)
		h.all++
	}
	if h.rows = append(h.rows, row); h.all > int64(t.Most) {
		h.rows = nil
	}
	return h.groups[len(h.groups)-1].Add(t, &row)
}

// cut leaves the groups that are foremost.
func (h *head) cut(t *graph.Tally) {
	h.groups = slices.Clip(t.Foremost(h.groups))
	ids := make(map[string]string, len(h.groups))
	for i := range h.groups {
		id := h.groups[i].ID()
		ids[id] = h.ids[id]
	}
	h.ids = ids
}

// groupID tells a group apart as a statement does: by its parent's number and its keys, as SQL has them.
func groupID(cells []any) string {
	out := make([]string, len(cells))
	for i, v := range cells {
		switch x := v.(type) {
		case nil:
			out[i] = "NULL"
		case int64:
			out[i] = strconv.FormatInt(x, 10)
		case string:
			out[i] = "'" + strings.ReplaceAll(x, "'", "''") + "'"
		default:
			panic(fmt.Sprintf("sqlite: groups by a %T", v))
		}
	}
	return strings.Join(out, ",")
}

// folding makes of the columns that rows are grouped by, under a parent of a number, whether a row is of no group that comes by itself, and
// the columns where it is of one.
func (q *query) folding(number string, groups []string) []string {
	id := number
	for _, g := range groups {
		id += " || ',' || quote(" + g + ")"
	}
	kept := "(" + id + ") IN (SELECT value FROM json_each(" + q.arg(brought(func(c call) any { return c.kept.ids })) + "))"
	out := []string{"NOT " + kept}
	for _, g := range groups {
		out = append(out, "CASE WHEN "+kept+" THEN "+g+" END")
	}
	return out
}
