package resolvers

import (
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sdl"
)

// whole binds what a connection adds up to.
func (b *binder) whole(planned, l *graph.List, f graphql.CollectedField) field[*page] {
	fields := b.sums(b.layout(planned).aggregate, l.Nodes[0].Kind, relOf(l.Edge), f)
	return fieldOf(f, func(w *writer, p *page) bool { return fields.write(w, p.sums) })
}

// sums binds what is selected of an aggregate over nodes of a kind, or over edges that lead to them.
func (b *binder) sums(a *aggregate, k *graph.Kind, rel *graph.Rel, f graphql.CollectedField) object[sums] {
	return bindEach(b.collect(f.Selections), func(g graphql.CollectedField) field[sums] { return b.sum(a, k, rel, g) })
}

func (b *binder) sum(a *aggregate, k *graph.Kind, rel *graph.Rel, f graphql.CollectedField) field[sums] {
	switch f.Name {
	case "count":
		return fieldOf(f, func(w *writer, s sums) bool { return w.number(s[a.place].Count) })
	case distinctField:
		return b.distinct(a, k, f)
	}
	if e := k.Edge(f.Name); e != nil {
		if no := b.viewer.Total(e); no != nil {
			return denied[sums](f, no)
		}
		over := a.over[edgeKey(f.Name, f.ArgumentMap(b.op.Variables))]
		fields := b.sums(over, e.Target(), e.Rel, f)
		return unlessSmall(f, over.place, e, fields.write)
	}
	name, typ := f.Name, durations
	var props []*graph.Property
	if name == "duration" {
		args, instants := f.ArgumentMap(b.op.Variables), sdl.Instants(k)
		name, props = durationName(args), []*graph.Property{instants[text(args["from"])], instants[text(args["to"])]}
	} else {
		p := measureOf(k, rel, name).Ref.Prop
		typ, props = p.Type, []*graph.Property{p}
	}
	for _, p := range props {
		if no := b.viewer.Property(p); no != nil {
			return denied[sums](f, no)
		}
	}
	at := a.measure(name)
	write := b.summary(typ, f)
	no := &policy.Withheld{Reason: policy.SmallGroup, Category: props[0].Category}
	return fieldOf(f, func(w *writer, s sums) bool {
		return !(s[a.place].measures[at] && w.note(no)) && write(w, s[a.place].Measures[at])
	})
}

// distinct binds how many different nodes there are beyond an edge.
func (b *binder) distinct(a *aggregate, k *graph.Kind, f graphql.CollectedField) field[sums] {
	name := text(f.ArgumentMap(b.op.Variables)["of"])
	e := sdl.CountedEdges(k)[name]
	if no := b.viewer.Total(e); no != nil {
		return denied[sums](f, no)
	}
	place := a.over[f.Name+" "+name].place
	return unlessSmall(f, place, e, func(w *writer, s sums) bool { return w.number(s[place].Count) })
}

// unlessSmall is a field of what an aggregate is over along an edge, unless too few persons stand behind that.
func unlessSmall(f graphql.CollectedField, place int, e *graph.Edge, write func(*writer, sums) bool) field[sums] {
	no := &policy.Withheld{Reason: policy.SmallGroup, Category: e.Category}
	return fieldOf(f, func(w *writer, s sums) bool { return !(s[place].small && w.note(no)) && write(w, s) })
}

// denied is a field that the purpose denies.
func denied[T any](f graphql.CollectedField, no *policy.Withheld) field[T] {
	return fieldOf(f, func(w *writer, _ T) bool { return !w.note(no) })
}

// summary writes what a measure found: of amounts one element a currency.
func (b *binder) summary(t graph.Type, f graphql.CollectedField) func(*writer, []graph.Summary) bool {
	fields := b.summaryFields(t, f)
	if t == graph.Amount {
		return func(w *writer, found []graph.Summary) bool {
			return w.list(len(found), true, func(i int) bool { return fields.write(w, &found[i]) })
		}
	}
	return func(w *writer, found []graph.Summary) bool {
		if len(found) == 0 {
			return fields.write(w, &graph.Summary{})
		}
		return fields.write(w, &found[0])
	}
}

// groups binds what a connection adds up to in groups.
func (b *binder) groups(planned, l *graph.List, f graphql.CollectedField) field[*page] {
	g := b.layout(planned).groups[f.Field]
	fields := bindEach(b.collect(f.Selections), func(h graphql.CollectedField) field[*grouped] { return groupsFields[h.Name](b, g, l, h) })
	return fieldOf(f, func(w *writer, p *page) bool {
		found, err := w.grouped(g, p)
		if err != nil {
			return w.fail(f.Field, err)
		}
		return fields.write(w, found)
	})
}

// groupsFields bind the fields of groups.
var groupsFields = map[string]func(b *binder, g *groupsLayout, l *graph.List, f graphql.CollectedField) field[*grouped]{
	"pageInfo": func(b *binder, _ *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*grouped] {
		return fieldOf(f, bindTable(b, f, groupPageFields).write)
	},
	"rows": func(b *binder, g *groupsLayout, l *graph.List, f graphql.CollectedField) field[*grouped] {
		row := b.group(g, l, f)
		return fieldOf(f, func(w *writer, found *grouped) bool {
			return w.list(len(found.rows), true, func(i int) bool { return row.write(w, &found.rows[i]) })
		})
	},
	"other": func(b *binder, g *groupsLayout, l *graph.List, f graphql.CollectedField) field[*grouped] {
		other := b.group(g, l, f)
		return fieldOf(f, func(w *writer, found *grouped) bool { return found.other != nil && other.write(w, found.other) })
	},
}

// group binds one group, or those that are folded into one.
func (b *binder) group(g *groupsLayout, l *graph.List, f graphql.CollectedField) object[*group] {
	return bindEach(b.collect(f.Selections), func(h graphql.CollectedField) field[*group] { return groupFields[h.Name](b, g, l, h) })
}

// groupFields bind the fields of a group, and of those that are folded into one.
var groupFields = map[string]func(b *binder, g *groupsLayout, l *graph.List, f graphql.CollectedField) field[*group]{
	"key": func(b *binder, g *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*group] {
		return fieldOf(f, b.groupKey(g, f, false).write)
	},
	"edgeKey": func(b *binder, g *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*group] {
		return fieldOf(f, b.groupKey(g, f, true).write)
	},
	"groups": func(_ *binder, _ *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*group] {
		return fieldOf(f, func(w *writer, of *group) bool { return w.number(int64(of.folded)) })
	},
	"count": func(_ *binder, g *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*group] {
		return fieldOf(f, func(w *writer, of *group) bool { return w.number(of.sums[g.place].Count) })
	},
	"aggregate": func(b *binder, g *groupsLayout, l *graph.List, f graphql.CollectedField) field[*group] {
		fields := b.sums(g.aggregate, l.Nodes[0].Kind, relOf(l.Edge), f)
		return fieldOf(f, func(w *writer, of *group) bool { return fields.write(w, of.sums) })
	},
}

// groupKey binds what the nodes of a group have in common, or the relationships that lead to them.
func (b *binder) groupKey(g *groupsLayout, f graphql.CollectedField, onEdge bool) object[*group] {
	var keys []int
	for i, k := range g.keys {
		if k.OnEdge == onEdge {
			keys = append(keys, i)
		}
	}
	return b.keysBelow(g, keys, 0, f)
}

// keysBelow binds the part of a key to which so many names lead, which has these of the list's keys.
func (b *binder) keysBelow(g *groupsLayout, keys []int, depth int, f graphql.CollectedField) object[*group] {
	return bindEach(b.collect(f.Selections), func(h graphql.CollectedField) field[*group] {
		below := slices.DeleteFunc(slices.Clone(keys), func(i int) bool { return g.keys[i].Names[depth] != h.Name })
		if len(below) == 0 { // nothing is grouped by it
			return fieldOf(h, func(*writer, *group) bool { return false })
		}
		at := below[0]
		switch key := g.keys[at]; {
		case len(key.Names) > depth+1:
			fields := b.keysBelow(g, below, depth+1, h)
			return fieldOf(h, func(w *writer, of *group) bool {
				return slices.ContainsFunc(below, func(i int) bool { return of.keys[i] != nil }) && fields.write(w, of)
			})
		case key.Range():
			return b.rangeKey(&g.tally.By[at], at, h)
		case key.Time():
			return b.timeKey(g.tally.By[at], at, h)
		}
		isID := g.keys[at].Prop == nil
		return fieldOf(h, func(w *writer, of *group) bool {
			v := of.keys[at]
			if id, ok := v.(string); ok && isID {
				v = w.o.hidden.ID(id)
			}
			return w.leaf(graph.String, v)
		})
	})
}

// A group is one that is shown, or all that are not, folded into one.
type group struct {
	keys   []any
	folded int
	sums   sums
}

// grouped are the groups of a list.
type grouped struct {
	layout  *groupsLayout
	rows    []group
	cursors []string // one for each
	more    bool     // others follow
	other   *group   // nil: all are shown
}

// groupPageFields are those of PageInfo, of groups.
var groupPageFields = table[*grouped]{
	"hasNextPage":     func(w *writer, found *grouped) bool { return w.boolean(found.more) },
	"hasPreviousPage": func(w *writer, found *grouped) bool { return w.boolean(found.layout.page.After != nil) },
	"startCursor":     func(w *writer, found *grouped) bool { return w.groupCursor(found, 0) },
	"endCursor":       func(w *writer, found *grouped) bool { return w.groupCursor(found, len(found.cursors)-1) },
}

func (w *writer) groupCursor(found *grouped, i int) bool {
	return len(found.cursors) > 0 && w.text(w.o.hidden.Seal(found.cursors[i]))
}

// grouped finds the groups that are shown, and folds the others.
func (w *writer) grouped(g *groupsLayout, p *page) (*grouped, error) {
	tallies := talliesOf{p: p, read: map[int]*tallyGroups{}}
	rows, err := tallies.of(g.own)
	if err != nil {
		return nil, err
	}
	own := p.list.Tallies[g.own]
	shown, err := w.small.Shown(p.list, p.res, own, rows.groups, g.page)
	if err != nil {
		return nil, err
	}
	out, isShown := &grouped{layout: g, more: shown.More}, map[string]bool{}
	for _, at := range shown.At {
		row := rows.groups[at]
		id := row.ID()
		sums, err := g.sums(w.small, p.res, tallies.group(func(of *tallyGroups) (*graph.Group, error) { return of.byID[id], nil }))
		if err != nil {
			return nil, err
		}
		isShown[id] = true
		out.rows = append(out.rows, group{keys: row.Keys, sums: sums})
		out.cursors = append(out.cursors, g.cursor(at, row))
	}
	if len(out.rows) == len(rows.groups) {
		return out, nil
	}
	if shown.Small {
		w.note(&policy.Withheld{Reason: policy.SmallGroup, Category: categoryOf(own.By[0])}, ast.PathName("other"))
	}
	sums, err := g.sums(w.small, p.res, tallies.group(func(of *tallyGroups) (*graph.Group, error) { return of.folded(isShown) }))
	out.other = &group{sums: sums}
	for i := range rows.groups {
		if g := &rows.groups[i]; !isShown[g.ID()] {
			out.other.folded += int(max(g.Rest, 1)) // of the rest it is told how many they are
		}
	}
	return out, err
}

// tallyGroups are the groups of a tally, in its order, and each by what tells it apart.
type tallyGroups struct {
	tally  *graph.Tally
	groups []graph.Group
	byID   map[string]*graph.Group
}

// folded are all groups together that are not shown; nil: there are none, or nothing is in them.
func (t *tallyGroups) folded(isShown map[string]bool) (*graph.Group, error) {
	sum, err := graph.Fold(t.tally, slices.DeleteFunc(slices.Clone(t.groups), func(g graph.Group) bool { return isShown[g.ID()] }))
	if sum.Measures == nil {
		return nil, err
	}
	return &sum, err
}

// talliesOf has the groups of a list's tallies, each of which is read once.
type talliesOf struct {
	p    *page
	read map[int]*tallyGroups
}

func (t *talliesOf) of(tally int) (*tallyGroups, error) {
	if t.read[tally] == nil {
		groups, err := graph.Groups(t.p.list.Tallies[tally], t.p.res.Tallies[tally])
		if err != nil {
			return nil, err
		}
		out := &tallyGroups{t.p.list.Tallies[tally], groups, make(map[string]*graph.Group, len(groups))}
		for i := range groups {
			out.byID[groups[i].ID()] = &groups[i]
		}
		t.read[tally] = out
	}
	return t.read[tally], nil
}

// group finds one group of each tally.
func (t *talliesOf) group(find func(*tallyGroups) (*graph.Group, error)) func(tally int) (*graph.Group, error) {
	return func(tally int) (*graph.Group, error) {
		of, err := t.of(tally)
		if err != nil {
			return nil, err
		}
		return find(of)
	}
}

func categoryOf(k graph.GroupKey) graph.Category {
	if k.Ref.Prop == nil {
		return k.Path[len(k.Path)-1].Category
	}
	return k.Ref.Prop.Category
}
