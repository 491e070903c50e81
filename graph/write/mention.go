package write

import (
	"context"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// mentions is the condition that one of the properties' texts has one of some loose texts in it; nil where there is no text.
func mentions(props []*graph.Property, onEdge bool, texts []string) *graph.Filter {
	mention := func(p *graph.Property) *graph.Filter {
		return &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: p}, OnEdge: onEdge, Op: graph.Mentions, Value: graph.Each(texts)}}
	}
	var any []*graph.Filter
	for _, p := range props {
		if p.Type == graph.String {
			any = append(any, mention(p))
			if p.Versions != nil {
				any = append(any, mention(p.Versions))
			}
		}
	}
	if any == nil {
		return nil
	}
	return &graph.Filter{Or: any}
}

// tells is the condition that there is what event logs tell of a node, which stores do not look into; nil where there never is.
func tells(k *graph.Kind) *graph.Filter {
	i := slices.IndexFunc(k.Properties, func(p *graph.Property) bool { return p.Format == graph.FormatAttribute })
	if i < 0 {
		return nil
	}
	return &graph.Filter{Not: &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: k.Properties[i]}, Op: graph.IsNull}}}
}

// called finds what the person is called, and which of that nobody else is.
func (e *eraser) called(ctx context.Context) error {
	var all, full []string
	for _, p := range e.kind.Names() {
		text, _ := e.node.Values[p.Name].(string)
		if len([]rune(text)) < 3 && !fold.Unspaced(text) {
			if text != "" {
				e.leaves(e.kind, p, othersPerhaps)
			}
			continue
		}
		all = append(all, text)
		if fold.Distinct(text, p.Category == graph.CategoryContact, slices.Contains(e.kind.Display, p)) {
			full = append(full, text)
		} else {
			e.leaves(e.kind, p, othersPerhaps)
		}
	}
	e.names, e.unique = fold.NewNames(all), fold.NewNames(full)
	if len(full) == 0 {
		return nil
	}
	taken := map[string]bool{} // texts and identifiers of hers that are others', too
	sel := selection(e.kind, e.kind.Shown()...)
	l := &graph.List{Key: "namesakes", Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: pageSize}, Nodes: []*graph.Selection{sel},
		Filter: &graph.Filter{And: []*graph.Filter{{Not: isAsker()}, mentions(e.kind.Properties, false, e.unique.Keys)}}}
	err := e.each(ctx, []*graph.List{l}, func(_ *graph.List, rows []graph.Row) {
		for i := range rows {
			n := nodeOf(&rows[i])
			for _, text := range full {
				taken[text] = taken[text] || calledSo(e.kind, n, text)
			}
			for _, id := range identifiers(e.kind, n.Values) {
				taken[IdentifierMark(id)] = true
			}
		}
	})
	if err != nil {
		return err
	}
	for _, p := range e.kind.Names() {
		if text, _ := e.node.Values[p.Name].(string); slices.Contains(full, text) && taken[text] {
			e.leaves(e.kind, p, othersToo)
		}
	}
	e.unique = fold.NewNames(slices.DeleteFunc(full, func(text string) bool { return taken[text] }))
	for _, id := range identifiers(e.kind, e.node.Values) {
		if !taken[IdentifierMark(id)] {
			e.marks = append(e.marks, e.mark(IdentifierMark(id)))
		}
	}
	return nil
}

// calledSo reports whether a text of a node is the same name, however it is written.
func calledSo(k *graph.Kind, n Node, name string) bool {
	return slices.ContainsFunc(k.Shown(), func(p *graph.Property) bool {
		text, is := n.Values[p.Name].(string)
		return is && p.Type == graph.String && fold.Same(text, name)
	})
}

// each reads lists of roots page by page, together. What is done with a page may change its rows.
func (e *eraser) each(ctx context.Context, lists []*graph.List, take func(*graph.List, []graph.Row)) error {
	for len(lists) > 0 {
		q := &query{asker: e.node.ID}
		var rest []*graph.List
		q.ask(lists, func(res []graph.ListResult) {
			for i, l := range lists {
				if take(l, res[i].Rows); res[i].HasNext {
					rest = append(rest, after(l, res[i].Rows))
				}
			}
		})
		if err := e.read(ctx, q); err != nil {
			return err
		}
		if lists = rest; len(rest) > 0 {
			if err := e.flush(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// texts takes the person's name out of all texts that are left. Names of other persons and of employees are theirs.
func (e *eraser) texts(ctx context.Context) error {
	if len(e.unique.Keys) == 0 {
		return nil
	}
	var lists []*graph.List
	root := func(key string, sel *graph.Selection, f *graph.Filter) {
		lists = append(lists, &graph.List{Key: key, Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: pageSize}, Nodes: []*graph.Selection{sel}, Filter: f})
	}
	for _, k := range e.cat.Kinds {
		if !k.Person && k.Existence != graph.CategoryWorkforce {
			if f := mentions(k.Properties, false, e.unique.Keys); f != nil {
				root(texts, whole(k), f)
			}
			// Apart: few nodes mention her, and are found best whatever their order; all nodes of a log have these, and come page by page.
			if f := tells(k); f != nil {
				root(logged, whole(k), f)
			}
		}
		for _, way := range e.ways(k) {
			f := mentions(way.Rel.Properties, true, e.unique.Keys)
			if f == nil || !way.Out {
				continue
			}
			l := along(way, all, bare(way)...)
			l.Filter = f
			root(texts, &graph.Selection{Kind: k, Lists: []*graph.List{l}}, &graph.Filter{Some: &graph.Quantified{Edge: l.Edge, Filter: f}})
		}
	}
	if err := e.flush(ctx); err != nil { // what was about her has her name no more
		return err
	}
	done := map[string]bool{} // nodes that mention her, of which a log may tell, too
	return e.each(ctx, lists, func(l *graph.List, rows []graph.Row) {
		for i := range rows {
			r := &rows[i]
			if l.Key == logged && done[r.ID] {
				continue
			}
			e.rename(r)
			if l.Key == texts && len(r.Sel.Lists) == 0 {
				done[r.ID] = true
			}
		}
	})
}

// Keys of lists: of what mentions a person, and of what event logs tell of.
const texts, logged = "texts", "logged"

// rename takes her name out of a node's texts, or out of those of its relationships.
func (e *eraser) rename(r *graph.Row) {
	k := r.Sel.Kind
	if len(r.Sel.Lists) == 0 {
		n := nodeOf(r)
		if set := e.renamed(k.Name, k.Shown(), n.Values, e.hasNameOfItsOwn(k)); len(set) > 0 {
			e.changeNode(k, n, set, "")
		}
		return
	}
	for l, to := range r.Below() {
		link := edgeOf(l, r.ID, to)
		if set := e.renamed(l.Edge.Rel.Type, l.Edge.Rel.Properties, link.Values, false); len(set) > 0 {
			e.changeEdge(l.Edge.Rel, link, set, "")
		}
	}
}

// hasNameOfItsOwn reports whether nodes of a kind may stand where persons do, as companies do that place orders.
func (e *eraser) hasNameOfItsOwn(k *graph.Kind) bool {
	return len(k.Subjects) == 0 && slices.ContainsFunc(e.cat.Kinds, func(about *graph.Kind) bool {
		return slices.ContainsFunc(about.Subjects, func(s *graph.Edge) bool { return slices.Contains(s.Targets, k) })
	})
}
