package resolvers

import (
	"slices"
	"strconv"

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
	var out object[sums]
	for _, g := range b.collect(f.Selections) {
		out = append(out, b.sum(a, k, rel, g))
	}
	return out
}

func (b *binder) sum(a *aggregate, k *graph.Kind, rel *graph.Rel, f graphql.CollectedField) field[sums] {
	switch f.Name {
	case "__typename":
		return constant[sums](f, f.ObjectDefinition.Name)
	case "count":
		return fieldOf(f, func(w *writer, s sums) bool {
			w.b = strconv.AppendInt(w.b, s[a.place].Count, 10)
			return true
		})
	}
	if f.Name == distinctField {
		return b.distinct(a, k, f)
	}
	if e := k.Edge(f.Name); e != nil {
		if no := b.viewer.Total(e); no != nil {
			return denied[sums](f, no)
		}
		fields := b.sums(a.over[edgeKey(f.Name, f.ArgumentMap(b.op.Variables))], e.Target(), e.Rel, f)
		place, no := a.over[edgeKey(f.Name, f.ArgumentMap(b.op.Variables))].place, &policy.Withheld{Reason: policy.SmallGroup, Category: e.Category}
		return fieldOf(f, func(w *writer, s sums) bool {
			if s[place].small {
				w.note(no)
				return false
			}
			return fields.write(w, s)
		})
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
		if s[a.place].measures[at] {
			w.note(no)
			return false
		}
		return write(w, s[a.place].Measures[at])
	})
}

// distinct binds how many different nodes there are beyond an edge.
func (b *binder) distinct(a *aggregate, k *graph.Kind, f graphql.CollectedField) field[sums] {
	name := text(f.ArgumentMap(b.op.Variables)["of"])
	e := sdl.CountedEdges(k)[name]
	if no := b.viewer.Total(e); no != nil {
		return denied[sums](f, no)
	}
	place, no := a.over[f.Name+" "+name].place, &policy.Withheld{Reason: policy.SmallGroup, Category: e.Category}
	return fieldOf(f, func(w *writer, s sums) bool {
		if s[place].small {
			w.note(no)
			return false
		}
		return w.number(s[place].Count)
	})
}

// denied is a field that the purpose denies.
func denied[T any](f graphql.CollectedField, no *policy.Withheld) field[T] {
	return fieldOf(f, func(w *writer, _ T) bool {
		w.note(no)
		return false
	})
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
	var fields object[*grouped]
	for _, h := range b.collect(f.Selections) {
		fields = append(fields, groupsFields[h.Name](b, g, l, h))
	}
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
	"__typename": func(_ *binder, _ *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*grouped] {
		return constant[*grouped](f, f.ObjectDefinition.Name)
	},
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
	var out object[*group]
	for _, h := range b.collect(f.Selections) {
		out = append(out, groupFields[h.Name](b, g, l, h))
	}
	return out
}

// groupFields bind the fields of a group, and of those that are folded into one.
var groupFields = map[string]func(b *binder, g *groupsLayout, l *graph.List, f graphql.CollectedField) field[*group]{
	"__typename": func(_ *binder, _ *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*group] {
		return constant[*group](f, f.ObjectDefinition.Name)
	},
	"key": func(b *binder, g *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*group] {
		return fieldOf(f, b.groupKey(g, f, false).write)
	},
	"edgeKey": func(b *binder, g *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*group] {
		return fieldOf(f, b.groupKey(g, f, true).write)
	},
	"groups": func(_ *binder, _ *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*group] {
		return fieldOf(f, func(w *writer, of *group) bool { w.b = strconv.AppendInt(w.b, int64(of.folded), 10); return true })
	},
	"count": func(_ *binder, g *groupsLayout, _ *graph.List, f graphql.CollectedField) field[*group] {
		return fieldOf(f, func(w *writer, of *group) bool {
			w.b = strconv.AppendInt(w.b, of.sums[g.place].Count, 10)
			return true
		})
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
	var out object[*group]
	for _, h := range b.collect(f.Selections) {
		var below []int
		for _, i := range keys {
			if g.keys[i].Names[depth] == h.Name {
				below = append(below, i)
			}
		}
		switch {
		case h.Name == "__typename":
			out = append(out, constant[*group](h, h.ObjectDefinition.Name))
		case len(below) == 0: // nothing is grouped by it
			out = append(out, nothing[*group](h))
		case len(g.keys[below[0]].Names) > depth+1:
			fields := b.keysBelow(g, below, depth+1, h)
			out = append(out, fieldOf(h, func(w *writer, of *group) bool {
				return slices.ContainsFunc(below, func(i int) bool { return of.keys[i] != nil }) && fields.write(w, of)
			}))
		case g.keys[below[0]].Range():
			out = append(out, b.rangeKey(&g.tally.By[below[0]], below[0], h))
		case g.keys[below[0]].Time():
			out = append(out, b.timeKey(g.tally.By[below[0]], below[0], h))
		default:
			at, isID := below[0], g.keys[below[0]].Prop == nil
			out = append(out, fieldOf(h, func(w *writer, of *group) bool {
				v := of.keys[at]
				if id, ok := v.(string); ok && isID {
					v = w.o.hidden.ID(id)
				}
				return w.leaf(graph.String, v)
			}))
		}
	}
	return out
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
	"hasNextPage": func(w *writer, found *grouped) bool { w.b = strconv.AppendBool(w.b, found.more); return true },
	"hasPreviousPage": func(w *writer, found *grouped) bool {
		w.b = strconv.AppendBool(w.b, found.layout.page.After != nil)
		return true
	},
	"startCursor": func(w *writer, found *grouped) bool { return w.groupCursor(found, 0) },
	"endCursor":   func(w *writer, found *grouped) bool { return w.groupCursor(found, len(found.cursors)-1) },
}

func (w *writer) groupCursor(found *grouped, i int) bool {
	if len(found.cursors) == 0 {
		return false
	}
	w.b = appendText(w.b, w.o.hidden.Seal(found.cursors[i]))
	return true
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
		sums, err := g.sums(w.small, p.res, func(tally int) (*graph.Group, error) {
			of, err := tallies.of(tally)
			if err != nil {
				return nil, err
			}
			return of.byID[id], nil
		})
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
	sums, err := g.sums(w.small, p.res, func(tally int) (*graph.Group, error) {
		of, err := tallies.of(tally)
		if err != nil {
			return nil, err
		}
		return of.folded(isShown)
	})
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

func categoryOf(k graph.GroupKey) graph.Category {
	if k.Ref.Prop == nil {
		return k.Path[len(k.Path)-1].Category
	}
	return k.Ref.Prop.Category
}
