package write

import (
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// look finds what the person is called, and all nodes that are about her: step by step, since what is about something of hers is
// about her.
func (e *eraser) look(ctx context.Context) error {
	if err := e.called(ctx); err != nil {
		return err
	}
	found := map[string]*aboutHer{}
	for at := map[*graph.Kind][]string{e.kind: {e.node.ID}}; len(at) > 0; {
		next := map[*graph.Kind][]string{}
		for _, k := range e.cat.Kinds {
			for _, s := range k.Subjects {
				for _, to := range s.Targets {
					if err := e.reached(ctx, k, s, at[to], found, next); err != nil {
						return err
					}
				}
			}
		}
		for _, k := range e.cat.Kinds {
			if err := e.take(ctx, k, next[k], found); err != nil {
				return err
			}
		}
		at = next
	}
	return nil
}

// reached notes the nodes of a kind from which a subject's edge leads to some.
func (e *eraser) reached(ctx context.Context, k *graph.Kind, s *graph.Edge, ids []string, found map[string]*aboutHer, next map[*graph.Kind][]string) error {
	if len(ids) == 0 {
		return nil
	}
	links, err := e.tx.EdgesAt(ctx, s.Rel, !s.Out, ids)
	for _, l := range links {
		owner, target := ends(s, l)
		if e.cat.KindOf(owner) != k {
			continue
		}
		if found[owner] == nil {
			found[owner] = &aboutHer{kind: k}
			next[k] = append(next[k], owner)
		}
		found[owner].parents = append(found[owner].parents, target)
	}
	return err
}

func (e *eraser) take(ctx context.Context, k *graph.Kind, ids []string, found map[string]*aboutHer) error {
	if len(ids) == 0 {
		return nil
	}
	nodes, err := e.tx.NodesAt(ctx, k, ids)
	if err != nil {
		return err
	}
	shared, err := e.shared(ctx, k, ids)
	for _, n := range nodes {
		f := found[n.ID]
		f.Node, f.shared = n, shared[n.ID]
		e.about = append(e.about, f)
	}
	return err
}

// shared reports which nodes are about somebody else, too, who was not erased, or about what is not personal, or belong to a
// company.
func (e *eraser) shared(ctx context.Context, k *graph.Kind, ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	leads := func(edge *graph.Edge) (map[*graph.Kind]map[string][]string, error) { // owners by target
		by := map[*graph.Kind]map[string][]string{}
		links, err := e.tx.EdgesAt(ctx, edge.Rel, edge.Out, ids)
		for _, l := range links {
			owner, target := ends(edge, l)
			to := e.cat.KindOf(target)
			if !slices.Contains(edge.Targets, to) {
				continue
			}
			if by[to] == nil {
				by[to] = map[string][]string{}
			}
			by[to][target] = append(by[to][target], owner)
		}
		return by, err
	}
	for _, s := range k.Subjects {
		by, err := leads(s)
		if err != nil {
			return nil, err
		}
		for to, owners := range by {
			others, err := e.somebodyElse(ctx, to, slices.Sorted(maps.Keys(owners)))
			if err != nil {
				return nil, err
			}
			for target, is := range others {
				for _, owner := range owners[target] {
					out[owner] = out[owner] || is
				}
			}
		}
	}
	for _, c := range k.Edges {
		if c.Category != graph.CategoryCompany || !c.Stored() {
			continue
		}
		by, err := leads(c)
		if err != nil {
			return nil, err
		}
		for _, owners := range by {
			for _, all := range owners {
				for _, owner := range all {
					out[owner] = true
				}
			}
		}
	}
	return out, nil
}

// somebodyElse reports of what a subject's edge leads to whether it is another person than the erased, or about one.
func (e *eraser) somebodyElse(ctx context.Context, k *graph.Kind, ids []string) (map[string]bool, error) {
	switch {
	case k.Person:
		nodes, err := e.tx.NodesAt(ctx, k, ids)
		out := map[string]bool{}
		for _, n := range nodes {
			out[n.ID] = n.ID != e.node.ID && n.Columns[graph.ErasedAt] == nil
		}
		return out, err
	case len(k.Subjects) > 0:
		return e.shared(ctx, k, ids)
	case k.Existence == graph.CategoryWorkforce: // that our own people took part makes it no less hers
		return nil, nil
	}
	out := map[string]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, nil
}

// called finds what the person is called, and which of that nobody else is.
func (e *eraser) called(ctx context.Context) error {
	var all, full []string
	for _, p := range e.kind.Names() {
		text, _ := e.node.Columns[p.Name].(string)
		if len([]rune(text)) < 3 {
			continue
		}
		all = append(all, text)
		if p.Distinct(text) {
			full = append(full, text)
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
				return is && p.Type == graph.String && fold.Key(v) == fold.Key(text)
			})
		})
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
