package write

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

func (a *applier) findEnds(ctx context.Context) error {
	missing := map[*graph.Kind][]string{}
	named := map[*graph.Kind][]string{}
	seen := map[string]bool{}
	var kinds []*graph.Kind
	for _, l := range a.batch.Edges {
		for _, end := range []graph.NodeRef{l.From, l.To} {
			if end.ID != "" {
				named[end.Kind] = append(named[end.Kind], end.ID)
				continue
			}
			key := a.key(end.External)
			if a.ids[end.Kind][key] != "" || seen[end.Kind.Name+"|"+key] {
				continue
			}
			seen[end.Kind.Name+"|"+key] = true
			if missing[end.Kind] == nil {
				kinds = append(kinds, end.Kind)
			}
			missing[end.Kind] = append(missing[end.Kind], key)
		}
	}
	for _, k := range kinds {
		if err := a.look(ctx, k, missing[k], nil); err != nil {
			return err
		}
	}
	for k, ids := range named {
		slices.Sort(ids)
		stored, err := a.tx.NodesAt(ctx, k, slices.Compact(ids))
		if err != nil {
			return err
		}
		for _, n := range stored {
			a.there[n.ID] = true
			a.noteErased(n)
		}
	}
	for i, l := range a.batch.Edges {
		for _, end := range []graph.NodeRef{l.From, l.To} {
			if a.end(end) == "" && !(end.ID == "" && a.gone[goneKey{end.Kind, a.key(end.External)}]) {
				a.problems = append(a.problems, graph.Problem{Edge: true, Index: i, Reason: fmt.Sprintf("there is no %s %s", end.Kind, cmp.Or(end.ID, a.key(end.External)))})
				break
			}
		}
	}
	return nil
}

// end is the id of a node that a link names, empty where there is none.
func (a *applier) end(r graph.NodeRef) string {
	switch {
	case r.ID == "":
		return a.ids[r.Kind][a.key(r.External)]
	case a.there[r.ID]:
		return r.ID
	}
	return ""
}

func (a *applier) edgeKey(l graph.Link, from, to string) string {
	if l.ID != "" {
		key := a.key(graph.External{ID: l.ID})
		if a.erasedOf[from] != nil || a.erasedOf[to] != nil {
			return a.edgeMark(l.Rel, key)
		}
		return key
	}
	parts := []string{from, to}
	for _, p := range l.Rel.Key {
		parts = append(parts, strings.ReplaceAll(fmt.Sprint(orEmpty(l.Set[p.Name])), "|", "||"))
	}
	return strings.Join(parts, "|")
}

func orEmpty(v any) any {
	if v == nil {
		return ""
	}
	return v
}

// succeed ends the relationship that the i-th link takes over from, and begins the link's, unless that one leads to the same
// node.
func (a *applier) succeed(ctx context.Context, i int, from, to string) error {
	l := a.batch.Edges[i]
	at := l.Set["from"].(int64) // check has seen it
	stored, err := a.tx.EdgesAt(ctx, l.Rel, true, []string{from})
	if err != nil {
		return err
	}
	for _, s := range stored {
		if !a.sameKey(l, s) {
			continue
		}
		switch begins, ends := validity(s.Columns); {
		case begins > at:
			a.problems = append(a.problems, graph.Problem{Edge: true, Index: i, Conflict: true, Reason: fmt.Sprintf("another %s begins later", l.Rel.Type)})
			return nil
		case ends <= at:
		case s.To == to:
			return nil
		default:
			a.gather(i, l.Rel, s, graph.Values{"to": at})
		}
	}
	set := graph.Values{"to": nil} // one that began, and ended, at the same instant begins anew
	maps.Copy(set, l.Set)
	a.gather(i, l.Rel, Edge{Key: a.edgeKey(l, from, to), From: from, To: to}, set)
	return nil
}

// sameKey reports whether a stored relationship leads to the kind that a link leads to, and has its key properties, but for
// where its valid time begins.
func (a *applier) sameKey(l graph.Link, s Edge) bool {
	return a.cat.KindOf(s.To) == l.To.Kind && !slices.ContainsFunc(l.Rel.Key, func(p *graph.Property) bool {
		return p.Name != "from" && l.Set[p.Name] != s.Columns[p.Name]
	})
}
