package write

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// erasures carries out the batch's, and anew those of persons to whom the batch has led something.
func (a *applier) erasures(ctx context.Context) error {
	if a.host.Mark == nil && len(a.batch.Erase) > 0 {
		return &graph.Error{Code: graph.Internal, Message: "the store has no key, by which somebody who is erased would be known again"}
	}
	a.quiet = true
	defer func() { a.quiet = false }()
	for i, e := range a.batch.Erase {
		if err := a.erase(ctx, e.Person, newTaking(a.host, e), i); err != nil {
			return err
		}
		delete(a.again, e.Person) // it has just been done
	}
	for _, id := range slices.Sorted(maps.Keys(a.again)) {
		t := newTaking(a.host, graph.Erasure{})
		t.gone, t.again, t.foreign = a.erasedOf[id], true, !graph.OwnSource(a.batch.Source)
		if err := a.erase(ctx, id, t, 0); err != nil {
			return err
		}
	}
	return a.failed()
}

// An eraser erases one person.
type eraser struct {
	surroundings
	*taking
	kind   *graph.Kind
	node   Node
	marks  []string           // of what is known again, which are yet to be kept
	seen   [2]map[string]bool // ids of what is about her, on this page and the one before
	always map[string]bool    // the same, of kinds that are about her in several ways, on all pages
}

func (a *applier) erase(ctx context.Context, person string, t *taking, index int) error {
	k := a.cat.KindOf(person)
	if k == nil || !k.Person {
		a.problems = append(a.problems, graph.Problem{Index: index, Reason: fmt.Sprintf("there is no person %s", person)})
		return nil
	}
	if err := a.flush(ctx); err != nil {
		return err
	}
	e := &eraser{surroundings: surroundings{a, t.lost, map[*graph.Kind]*graph.Filter{}}, taking: t, kind: k, always: map[string]bool{}}
	her, err := e.page(ctx, person, e.hers(k))
	if err != nil {
		return err
	}
	if her == nil {
		a.problems = append(a.problems, graph.Problem{Index: index, Reason: fmt.Sprintf("there is no %s %s", k, person)})
		return nil
	}
	e.node = nodeOf(her)
	former, _ := e.node.Values[graph.FormerIDs].([]string)
	a.former = append(a.former, former...)
	if err := e.called(ctx); err != nil {
		return err
	}
	e.bare()
	for her != nil {
		if err := e.take(ctx, her); err != nil {
			return err
		}
		rest := restOf(her)
		if len(rest) == 0 {
			break
		}
		if err := a.flush(ctx); err != nil {
			return err
		}
		if her, err = e.page(ctx, person, &graph.Selection{Kind: k, Lists: rest}); err != nil {
			return err
		}
	}
	if err := e.texts(ctx); err != nil {
		return err
	}
	a.report.Erased = append(a.report.Erased, graph.Counted(t.parts)...)
	return nil
}

// page reads a page of what surrounds her, and what is below that whole; nil: she is not there.
func (e *eraser) page(ctx context.Context, person string, sel *graph.Selection) (*graph.Row, error) {
	q := &query{asker: person}
	var her *graph.Row
	q.rows(byID(sel, person), func(rows []graph.Row) {
		if len(rows) > 0 {
			her = &rows[0]
		}
	})
	if err := e.read(ctx, q); err != nil || her == nil {
		return nil, err
	}
	for _, r := range her.Below() {
		if err := e.complete(ctx, person, r); err != nil {
			return nil, err
		}
	}
	return her, nil
}

// complete reads what a page has no room for below one of its rows.
func (e *eraser) complete(ctx context.Context, person string, r *graph.Row) error {
	for i, l := range r.Sel.Lists {
		for r.Lists[i].HasNext {
			q := &query{asker: person}
			rest := &graph.Selection{Kind: r.Sel.Kind, Lists: []*graph.List{after(l, r.Lists[i].Rows)}}
			r.Lists[i].HasNext = false
			q.rows(byID(rest, r.ID), func(rows []graph.Row) {
				if len(rows) > 0 {
					more := rows[0].Lists[0]
					r.Lists[i].Rows, r.Lists[i].HasNext = append(r.Lists[i].Rows, more.Rows...), more.HasNext
				}
			})
			if err := e.read(ctx, q); err != nil {
				return err
			}
		}
		for j := range r.Lists[i].Rows {
			if err := e.complete(ctx, person, &r.Lists[i].Rows[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

// after is the same list behind rows of it.
func after(l *graph.List, rows []graph.Row) *graph.List {
	next := *l
	next.Page.After = rows[len(rows)-1].Keys
	return &next
}

// restOf are the lists below a row of which there is more.
func restOf(r *graph.Row) (out []*graph.List) {
	for i, l := range r.Sel.Lists {
		if r.Lists[i].HasNext {
			out = append(out, after(l, r.Lists[i].Rows))
		}
	}
	return out
}

// take carries out what the erasure makes of a page: of what is about her, with the relationships that this has where it is about nobody
// else, and of her own relationships.
func (e *eraser) take(ctx context.Context, her *graph.Row) error {
	e.seen = [2]map[string]bool{{}, e.seen[0]}
	var about []*graph.Row
	for i := range her.Lists {
		about = e.gather(her.Lists[i].Rows, about)
	}
	links, err := e.look(ctx, about)
	if err != nil {
		return err
	}
	for _, r := range about {
		e.aboutHer(r, links[r.ID])
	}
	for l, r := range her.Below() {
		e.link(e.kind, l, edgeOf(l, e.node.ID, r), r.Sel.Kind)
	}
	return nil
}

// gather adds the rows that are about her, and those below them, each node once.
func (e *eraser) gather(rows []graph.Row, about []*graph.Row) []*graph.Row {
	for i := range rows {
		r := &rows[i]
		if len(r.Sel.Asks) == 0 || e.seen[0][r.ID] || e.seen[1][r.ID] || e.always[r.ID] {
			continue
		}
		if e.seen[0][r.ID] = true; len(r.Sel.Kind.Ways) > 1 {
			e.always[r.ID] = true
		}
		about = append(about, r)
		for j := range r.Lists {
			about = e.gather(r.Lists[j].Rows, about)
		}
	}
	return about
}

// look reads the relationships of what is about her alone. Along with that it keeps the marks by which she, and what is removed, is known
// again.
func (e *eraser) look(ctx context.Context, about []*graph.Row) (map[string]*graph.Row, error) {
	q, links, ids := &query{}, map[string]*graph.Row{}, map[*graph.Kind][]string{}
	for _, r := range about {
		if !r.Met[isShared] {
			ids[r.Sel.Kind] = append(ids[r.Sel.Kind], r.ID)
		}
		if e.removes(r) {
			e.marks = append(e.marks, marksOf(e.mark, r.Sel.Kind, nodeOf(r))...)
		}
	}
	for _, k := range e.cat.Kinds { // all that may be about her, so that it is asked by one text whichever they are
		if !k.Person && k.OfPersons() {
			q.rows(byID(e.linksOf(k), ids[k]...), func(rows []graph.Row) {
				for i := range rows {
					links[rows[i].ID] = &rows[i]
				}
			})
		}
	}
	e.suppress(q)
	if err := e.read(ctx, q); err != nil {
		return nil, err
	}
	for _, r := range links {
		if err := e.complete(ctx, e.node.ID, r); err != nil {
			return nil, err
		}
	}
	return links, nil
}

// aboutHer removes a node that is about her, or scrubs it. Its relationships are below another row of it, nil where they stay as they are.
func (e *eraser) aboutHer(r, links *graph.Row) {
	k, n, removed := r.Sel.Kind, nodeOf(r), e.removes(r)
	if links != nil {
		for l, to := range links.Below() {
			if link := edgeOf(l, r.ID, to); removed {
				e.removeEdge(l.Edge.Rel, link)
			} else {
				e.link(k, l, link, to.Sel.Kind)
			}
		}
	}
	if removed {
		e.count(graph.ErasedPart{Type: k.Name})
		e.report.NodesRemoved++
		e.dropNode(k, n)
		return
	}
	if ground := e.ground[k.Existence]; ground != "" {
		e.count(graph.ErasedPart{Type: k.Name, Ground: ground})
	}
	if set, key := e.scrubbed(k, n, r.Met[isShared]); len(set) > 0 || key != "" {
		e.changeNode(k, n, set, key)
	}
}

// link removes or scrubs a relationship of hers, or of a node that is about her alone and is kept. It may be seen from both its ends.
func (e *eraser) link(k *graph.Kind, l *graph.List, link Edge, to *graph.Kind) {
	r := l.Edge.Rel
	cut, covered := e.cuts(k, l.Edge, to)
	switch {
	case cut:
		if e.dropEdge(r, link) {
			e.report.EdgesRemoved++
			e.count(graph.ErasedPart{Type: r.Type})
		}
	case covered && !e.pending.gone[edgeID{r, link.Key}]:
		if c := e.pending.edges[edgeID{r, link.Key}]; c != nil {
			link.Values = merged(link.Values, c.Values)
		}
		if set, key := e.scrubbedEdge(r, link); len(set) > 0 || key != "" {
			e.changeEdge(r, link, set, key)
		}
	}
}

// bare takes all values of her own away.
func (e *eraser) bare() {
	set, key := e.bared(e.kind, e.node)
	if _, renamed := set[graph.FurtherKeys]; renamed || key != "" {
		e.marks = append(e.marks, marksOf(e.mark, e.kind, e.node)...)
	}
	if !e.again {
		e.stamp(e.kind, e.node.ID, set, e.node.Values)
	}
	if len(set) > 0 || key != "" {
		e.report.NodesChanged++
		e.changeNode(e.kind, e.node, set, key)
	}
}

// suppress keeps the marks that are not kept yet.
func (e *eraser) suppress(q *query) {
	marks := e.marks
	if e.marks = nil; !e.erasing {
		marks = append(marks, anybody)
	}
	e.erasing = true
	marks = distinct(marks)
	q.rows(byID(&graph.Selection{Kind: graph.Suppressed}, marks...), func(rows []graph.Row) {
		for _, m := range marks {
			of := e.node.ID
			if m == anybody {
				of = e.host.Mark(anybody)
			}
			if !slices.ContainsFunc(rows, func(r graph.Row) bool { return r.ID == m }) {
				e.addNode(graph.Suppressed, Node{ID: m, Key: m, Values: graph.Values{graph.SuppressedPerson: of}})
			}
		}
	})
}

// record puts what the batch's erasures came to into the requests that the batch keeps, and keeps that it was applied.
func (a *applier) record(context.Context) error {
	a.remember()
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
		if n.Kind.Name == graph.RequestKind {
			a.changeNode(n.Kind, Node{ID: a.report.IDs[i]}, graph.Values{graph.RequestRemoved: removed, graph.RequestKept: kept}, "")
		}
	}
	return nil
}
