package write

import (
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// look finds what the person is called, and all nodes that are about her.
func (e *eraser) look(ctx context.Context) error {
	if err := e.called(ctx); err != nil {
		return err
	}
	found, ids := map[string]*aboutHer{}, map[*graph.Kind][]string{e.kind: {e.node.ID}}
	for _, w := range e.cat.Ways {
		if len(w.Hops) == 0 || len(ids[w.Hops[0].To]) == 0 {
			continue
		}
		first, fresh := w.Hops[0], []string(nil)
		links, err := e.tx.EdgesAt(ctx, first.Edge.Rel, !first.Edge.Out, ids[first.To])
		if err != nil {
			return err
		}
		for _, l := range links {
			owner, target := ends(first.Edge, l)
			if e.cat.KindOf(owner) != w.Of {
				continue
			}
			if found[owner] == nil {
				found[owner] = &aboutHer{kind: w.Of}
				fresh = append(fresh, owner)
			}
			found[owner].parents = append(found[owner].parents, target)
		}
		nodes, err := e.tx.NodesAt(ctx, w.Of, fresh)
		if err != nil {
			return err
		}
		shared, err := e.shared(ctx, w.Of, fresh)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			f := found[n.ID]
			f.Node, f.shared = n, shared[n.ID]
			e.about = append(e.about, f)
		}
		ids[w.Of] = append(ids[w.Of], fresh...)
	}
	return nil
}

// shared reports which nodes are about somebody else, too, who was not erased, or about what is not personal, or belong to a
// company; of persons, and of what is about nobody, which are somebody else, or something.
func (e *eraser) shared(ctx context.Context, k *graph.Kind, ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	switch {
	case k.Person:
		nodes, err := e.tx.NodesAt(ctx, k, ids)
		for _, n := range nodes {
			out[n.ID] = n.ID != e.node.ID && n.Columns[graph.ErasedAt] == nil
		}
		return out, err
	case !k.OfPersons():
		for _, id := range ids {
			out[id] = k.Existence != graph.CategoryWorkforce // that our own people took part makes it no less hers
		}
		return out, nil
	}
	for _, edge := range k.Edges {
		subject := slices.Contains(k.Subjects, edge)
		if !subject && (edge.Category != graph.CategoryCompany || !edge.Stored()) {
			continue
		}
		links, err := e.along(ctx, edge, ids)
		if err != nil {
			return nil, err
		}
		targets, others := map[*graph.Kind][]string{}, map[string]bool{}
		for _, l := range links {
			_, target := ends(edge, l)
			to := e.cat.KindOf(target)
			targets[to] = append(targets[to], target)
		}
		for to, ids := range targets {
			slices.Sort(ids)
			are, err := e.shared(ctx, to, slices.Compact(ids))
			if err != nil {
				return nil, err
			}
			maps.Copy(others, are)
		}
		for _, l := range links {
			owner, target := ends(edge, l)
			out[owner] = out[owner] || !subject || others[target]
		}
	}
	return out, nil
}

// called finds what the person is called, and which of that nobody else is.
func (e *eraser) called(ctx context.Context) error {
	var all, full []string
	for _, p := range e.kind.Names() {
		text, _ := e.node.Columns[p.Name].(string)
		if len([]rune(text)) < 3 && !fold.Unspaced(text) {
			continue
		}
		all = append(all, text)
		if fold.Distinct(text, p.Category == graph.CategoryContact, slices.Contains(e.kind.Display, p)) {
			full = append(full, text)
		} else {
			e.leaves(p)
		}
	}
	e.names, e.unique = fold.NewNames(all), fold.NewNames(full)
	if len(full) == 0 {
		return nil
	}
	namesakes, err := e.tx.Mentioning(ctx, e.kind, e.unique.Keys)
	if err != nil {
		return err
	}
	others := func(text string) bool {
		return slices.ContainsFunc(namesakes, func(n Node) bool {
			return n.ID != e.node.ID && slices.ContainsFunc(e.kind.Shown(), func(p *graph.Property) bool {
				v, is := n.Columns[p.Name].(string)
				return is && p.Type == graph.String && fold.Same(v, text)
			})
		})
	}
	for _, p := range e.kind.Names() {
		if text, _ := e.node.Columns[p.Name].(string); slices.Contains(full, text) && others(text) {
			e.leaves(p)
		}
	}
	e.unique = fold.NewNames(slices.DeleteFunc(full, others))
	for _, id := range identifiers(e.kind, e.node.Columns) {
		if !slices.ContainsFunc(namesakes, func(n Node) bool {
			return n.ID != e.node.ID && slices.Contains(identifiers(e.kind, n.Columns), id)
		}) {
			e.marks = append(e.marks, e.host.Mark(IdentifierMark(id)))
		}
	}
	return nil
}

// othersToo is the ground on which a name of hers is left in texts that are not about her alone.
const othersToo = "others are called so, too: in texts that are not about her alone it is left"

func (e *eraser) leaves(p *graph.Property) {
	e.count(graph.ErasedPart{Type: e.kind.Name, Field: p.Field(), Ground: othersToo}, 1)
}
