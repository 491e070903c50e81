package resolvers

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sdl"
)

// A histories is what one field of it asks for.
type histories struct {
	props      []*graph.Property
	superseded bool // those versions, too, in whose place something else was recorded
	limit      int
	after      []any // keys of a change
	mark       uint64
	then       *graph.Moment
}

// history plans the field: the values that are now, and the versions of those that were. They are asked as the tracked properties
// themselves, each with the guard of its own, so that what is withheld of the one is withheld of the other.
func (p *planner) history(sel *graph.Selection, f graphql.CollectedField) {
	p.path = append(p.path, f.Name)
	h := p.histories(sel.Kind, f)
	p.path = p.path[:len(p.path)-1]
	graph.Mention(&sel.Props, sel.Kind.Property(graph.RecordedAt))
	for _, prop := range h.props {
		graph.Mention(&sel.Props, prop)
		graph.Mention(&sel.Props, prop.Versions)
	}
	p.changes[asOf(f.Field, p.moment)] = h
}

// histories reads the field's arguments.
func (p *planner) histories(k *graph.Kind, f graphql.CollectedField) *histories {
	args, where := f.ArgumentMap(p.op.Variables), strings.Join(p.path, ".")
	tracked := graph.TrackedOf(k.Properties)
	h := &histories{props: tracked, superseded: args["superseded"] == true, limit: defaultPage, then: p.moment}
	if names := args["properties"]; names != nil {
		h.props = nil
		for _, name := range elements(names) {
			i := slices.IndexFunc(tracked, func(p *graph.Property) bool { return sdl.Constant(p.Field()) == text(name) })
			if i < 0 {
				p.fail("%s.properties: the history of a %s has no %v", where, k, name)
				continue
			}
			h.props = append(h.props, tracked[i])
		}
	}
	if n, given := p.count(args, "first", where); given {
		h.limit = n
	}
	mark := fnv.New64a()
	fmt.Fprint(mark, p.viewer.Purpose, " ", k.Name, ".history ", h.superseded)
	for _, prop := range h.props {
		fmt.Fprint(mark, " ", prop.Name)
	}
	h.mark = mark.Sum64()
	if s, ok := args["after"].(string); ok {
		keys, err := readKeys(p.hidden.Open(s), h.mark)
		if err == nil && (len(keys) != 3 || !slices.Equal(types(keys), []string{"int64", "string", "int64"})) {
			err = errCursor
		}
		if err != nil {
			p.fail("%s.after: %v", where, err)
		}
		h.after = keys
	}
	return h
}

func types(keys []any) []string {
	return graph.Map(keys, func(k any) string { return fmt.Sprintf("%T", k) })
}

// A valueChange is one that a history tells.
type valueChange struct {
	prop *graph.Property
	graph.Version
	before any
}

func (c *valueChange) keys() []any {
	return []any{int64(c.From), c.Prop, int64(c.Known)}
}

// changesOf are the changes of a property of a node that are told as of a moment, of which the value is that as it was then.
func (h *histories) changesOf(p *graph.Property, value any, versions []graph.Version, recorded any) (out []valueChange) {
	at, known := graph.LastInstant, graph.AllKnown
	if h.then != nil {
		at, known = h.then.In(at)
	}
	if versions == nil && value != nil { // it never changed
		v := graph.Version{Prop: p.Name, From: graph.FirstInstant, Known: graph.FirstInstant, Until: graph.LastInstant, Value: value}
		if at, is := recorded.(int64); is {
			v.Known = graph.Time(at)
		}
		versions = []graph.Version{v}
	}
	chain := h.superseded || p.Tracking == graph.Corrected
	var before any
	for _, v := range slices.Backward(versions) {
		switch {
		case v.From > at, v.Known > known, !chain && v.Until <= known:
			continue
		case !h.superseded && p.Tracking == graph.Dated && v.Value == before:
			continue // the same, told of twice
		}
		if v.Until > known {
			v.Until = graph.LastInstant
		}
		out = append(out, valueChange{p, v, before})
		before = v.Value
	}
	return out
}

// A historyPage is what is shown of a history.
type historyPage struct {
	*histories
	all  []valueChange
	rows []valueChange
	more bool
}

func (h *histories) page(all []valueChange) *historyPage {
	compare := func(a, b []any) int {
		return cmp.Or(graph.Compare(a[0], b[0]), graph.Compare(a[1], b[1]), graph.Compare(a[2], b[2]))
	}
	slices.SortStableFunc(all, func(a, b valueChange) int { return compare(a.keys(), b.keys()) })
	p := &historyPage{histories: h, all: all, rows: all}
	if h.after != nil {
		i := slices.IndexFunc(all, func(c valueChange) bool { return compare(c.keys(), h.after) > 0 })
		if i < 0 {
			i = len(all)
		}
		p.rows = all[i:]
	}
	if len(p.rows) > h.limit {
		p.rows, p.more = p.rows[:h.limit], true
	}
	return p
}

// history binds the field.
func (b *binder) history(n *node, sel *graph.Selection, f graphql.CollectedField) field[*graph.Row] {
	h := b.changes[asOf(f.Field, b.moment)]
	place := func(p *graph.Property) int { return placeOf(sel.Props, p) }
	recorded := place(sel.Kind.Property(graph.RecordedAt))
	fields := b.historyFields(f)
	single := b.viewer.Single(sel.Kind)
	return fieldOf(f, func(w *writer, row *graph.Row) bool {
		if w.note(single) { // it tells of one
			return false
		}
		var all []valueChange
		withheld := 0
		for _, p := range h.props {
			no := n.partial && w.note(w.o.stateOf(row).Property(p))
			at, versions := place(p), place(p.Versions)
			if at < 0 || versions < 0 { // the guard has taken them out
				withheld++
				continue
			}
			kept, _ := bound(row.Sel.Props, versions, p.Versions, row.Props).([]graph.Version)
			var since any
			if recorded >= 0 {
				since = row.Props[recorded]
			}
			changes := h.changesOf(p, bound(row.Sel.Props, at, p, row.Props), kept, since)
			if all = append(all, changes...); no && len(changes) == 0 {
				withheld++
			}
		}
		if withheld == len(h.props) && withheld > 0 {
			return false
		}
		return fields.write(w, h.page(all))
	})
}

// historyFields binds what is selected of a history.
func (b *binder) historyFields(f graphql.CollectedField) object[*historyPage] {
	return bindEach(b.collect(f.Selections), func(g graphql.CollectedField) field[*historyPage] {
		switch g.Name {
		case "nodes":
			node := bindTable(b, g, changeFields)
			return fieldOf(g, func(w *writer, p *historyPage) bool {
				return w.list(len(p.rows), true, func(i int) bool { return node.write(w, &p.rows[i]) })
			})
		case "pageInfo":
			return fieldOf(g, bindTable(b, g, historyPageInfo).write)
		}
		return fieldOf(g, func(w *writer, p *historyPage) bool { return w.number(int64(len(p.all))) }) // totalCount
	})
}

func (p *historyPage) cursor(w *writer, i int) bool {
	return i >= 0 && i < len(p.rows) && w.text(w.o.hidden.Seal(writeCursor(p.mark, p.rows[i].keys())))
}

var historyPageInfo = table[*historyPage]{
	"hasNextPage":     func(w *writer, p *historyPage) bool { return w.boolean(p.more) },
	"hasPreviousPage": func(w *writer, p *historyPage) bool { return w.boolean(p.after != nil && len(p.rows) < len(p.all)) },
	"startCursor":     func(w *writer, p *historyPage) bool { return p.cursor(w, 0) },
	"endCursor":       func(w *writer, p *historyPage) bool { return p.cursor(w, len(p.rows)-1) },
}

// changeFields are those of ValueChange. Who changed something is one of our own people.
var changeFields = table[*valueChange]{
	"at": func(w *writer, c *valueChange) bool {
		return c.From != graph.FirstInstant && w.leaf(graph.Instant, int64(c.From))
	},
	"recordedAt": func(w *writer, c *valueChange) bool {
		return c.Known != graph.FirstInstant && w.leaf(graph.Instant, int64(c.Known))
	},
	"supersededAt": func(w *writer, c *valueChange) bool { return !c.Open() && w.leaf(graph.Instant, int64(c.Until)) },
	"property":     func(w *writer, c *valueChange) bool { return w.text(sdl.Constant(c.prop.Field())) },
	"from":         func(w *writer, c *valueChange) bool { return w.written(c.prop, c.before) },
	"to":           func(w *writer, c *valueChange) bool { return w.written(c.prop, c.Value) },
	"actor": func(w *writer, c *valueChange) bool {
		if !w.o.viewer.Everybody(graph.CategoryWorkforce) {
			return !w.note(&policy.Withheld{Reason: policy.NotForPurpose, Category: graph.CategoryWorkforce})
		}
		return c.Actor != "" && w.leaf(graph.String, c.Actor)
	},
	"source": func(w *writer, c *valueChange) bool { return c.Source != "" && w.leaf(graph.String, c.Source) },
}

// written writes a value as a text.
func (w *writer) written(p *graph.Property, v any) bool {
	switch v := v.(type) {
	case graph.Money:
		return w.text(v.String())
	case int64:
		if !p.Temporal() {
			return w.text(graph.Number(p.Type, v))
		}
	}
	return w.leaf(p.Type, v)
}
