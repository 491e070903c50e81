package write

import (
	"context"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// texts takes the person's name out of all texts that are left. Names of other persons and of employees are theirs.
func (e *eraser) texts(ctx context.Context) error {
	if len(e.unique.Keys) == 0 {
		return nil
	}
	for _, k := range e.cat.Kinds {
		if k.Person || k.Existence == graph.CategoryWorkforce {
			continue
		}
		nodes, err := e.tx.Mentioning(ctx, k, e.unique.Keys)
		if err != nil {
			return err
		}
		var changes []Node
		own := e.hasNameOfItsOwn(k)
		for _, n := range nodes {
			if c := e.renamed(k.Name, k.Shown(), n.Columns, own); len(c) > 0 {
				changes = append(changes, Node{n.ID, n.Key, c})
			}
		}
		if err := e.rewrite(ctx, k, nodes, changes); err != nil {
			return err
		}
	}
	for _, r := range e.cat.Rels {
		edges, err := e.tx.EdgesMentioning(ctx, r, e.unique.Keys)
		if err != nil {
			return err
		}
		var changes []Edge
		for _, l := range edges {
			if c := e.renamed(r.Type, r.Properties, l.Columns, false); len(c) > 0 {
				changes = append(changes, Edge{l.Key, l.From, l.To, c})
			}
		}
		if len(changes) > 0 {
			if err := e.tx.UpdateEdges(ctx, r, changes); err != nil {
				return err
			}
		}
	}
	return nil
}

// othersName is the ground on which a company that is called like her keeps its name.
const othersName = "the name of a company or a product, which a source would bring again"

// hasNameOfItsOwn reports whether nodes of a kind may stand where persons do, as companies do that place orders.
func (e *eraser) hasNameOfItsOwn(k *graph.Kind) bool {
	return len(k.Subjects) == 0 && slices.ContainsFunc(e.cat.Kinds, func(about *graph.Kind) bool {
		return slices.ContainsFunc(about.Subjects, func(s *graph.Edge) bool { return slices.Contains(s.Targets, k) })
	})
}

// renamed are the columns of texts that named her. What the nodes are called stays where it is their own name.
func (e *eraser) renamed(owner string, props []*graph.Property, have Columns, own bool) Columns {
	c := Columns{}
	for _, p := range props {
		text, is := have[p.Name].(string)
		if !is || p.Type != graph.String {
			continue
		}
		if own && p.Searched != graph.NotSearched {
			if e.unique.In(text) {
				e.count(graph.ErasedPart{Type: owner, Field: p.Name, Ground: othersName}, 1)
			}
			continue
		}
		if without := e.unique.Replace(text, graph.Erased); without != text {
			put(c, p, without)
			e.count(graph.ErasedPart{Type: owner, Field: p.Name, Named: true}, 1)
		}
	}
	return c
}

// suppress keeps the marks by which she, and what was removed, is known again.
func (e *eraser) suppress(ctx context.Context) error {
	marks := append(slices.Clone(e.marks), anybody)
	slices.Sort(marks)
	marks = slices.Compact(marks)
	there, err := e.tx.Nodes(ctx, graph.Suppressed, marks)
	if err != nil {
		return err
	}
	var nodes []Node
	for _, m := range marks {
		of := e.node.ID
		if m == anybody {
			of = e.host.Mark(anybody)
		}
		if !slices.ContainsFunc(there, func(n Node) bool { return n.Key == m }) {
			nodes = append(nodes, Node{ID: m, Key: m, Columns: Columns{graph.SuppressedPerson: of}})
		}
	}
	e.erasing = true
	if len(nodes) == 0 {
		return nil
	}
	return e.tx.InsertNodes(ctx, graph.Suppressed, nodes)
}

// tell adds to the report what became of all.
func (e *eraser) tell() {
	e.report.Erased = append(e.report.Erased, graph.Counted(e.parts)...)
}

// record puts what the batch's erasures came to into the requests that the batch keeps.
func (a *applier) record(ctx context.Context) error {
	if len(a.batch.Erase) == 0 {
		return nil
	}
	removed, kept := []string{}, []string{}
	for _, part := range a.report.Erased {
		if part.Ground == "" {
			removed = append(removed, part.String())
		} else {
			kept = append(kept, part.String())
		}
	}
	for i, n := range a.batch.Nodes {
		if n.Kind.Name != graph.RequestKind {
			continue
		}
		c := Columns{graph.RequestRemoved: removed, graph.RequestKept: kept}
		if err := a.tx.UpdateNodes(ctx, n.Kind, []Node{{ID: a.report.IDs[i], Columns: c}}); err != nil {
			return err
		}
	}
	return nil
}
