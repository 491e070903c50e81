package resolvers

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/resolvers/bind"
)

// Limits on the text of a search.
const (
	maxSearchText  = 200 // characters
	maxSearchWords = 8
)

// matches are the values of SearchMatchClass.
var matches = map[graph.Match]string{graph.Exact: "EXACT", graph.Prefix: "PREFIX", graph.Typo: "TYPO"}

// Search finds what all words of a text are in.
func (r resolveQuery) Search(ctx context.Context) ([]*bind.SearchHit, error) {
	p, o := r.planner(ctx), operationOf(ctx)
	field := graphql.GetFieldContext(ctx).Field
	kinds, l := p.search(field)
	if err := p.failed(); err != nil {
		return nil, err
	}
	out, refused := o.viewer.Unsearched(kinds)
	for i := range out {
		o.note(graphql.GetPath(ctx), &out[i])
	}
	if refused {
		return nil, nil
	}
	res, err := o.read(ctx, &graph.Fetch{Now: p.now, Lists: []*graph.List{l}})
	if err != nil {
		return nil, err
	}
	rows := res.Lists[0].Rows
	hits := make([]*bind.SearchHit, len(rows))
	for i := range rows {
		hits[i] = &bind.SearchHit{Node: r.node(ctx, &rows[i]), Matched: []*bind.SearchMatch{}}
		for _, f := range rows[i].Found {
			hits[i].Matched = append(hits[i].Matched, &bind.SearchMatch{Field: f.Prop.Name, How: matches[f.Match]})
		}
		r.noteHit(ctx, i, &rows[i], field)
	}
	return hits, nil
}

// noteHit notes what is withheld of the node of a hit.
func (r *Resolver) noteHit(ctx context.Context, i int, row *graph.Row, field graphql.CollectedField) {
	if !operationOf(ctx).mayWithhold(row.Sel) {
		return
	}
	for _, f := range graphql.CollectFields(graphql.GetOperationContext(ctx), field.Selections, nil) {
		if f.Name == "node" {
			r.noteRow(ctx, append(graphql.GetPath(ctx), ast.PathIndex(i), ast.PathName(f.Alias)), row, f.Selections)
		}
	}
}

// search plans what a text is found in, of the kinds that are asked for.
func (p *planner) search(field graphql.CollectedField) ([]*graph.Kind, *graph.List) {
	p.path = []string{field.Name}
	args := field.ArgumentMap(p.op.Variables)
	kinds := p.searched(args["kinds"])
	l := &graph.List{Key: edgeKey(field.Name, args), Search: &graph.Search{Text: p.searchText(text(args["text"]))}, Rows: true, Page: graph.Page{Limit: defaultPage}}
	if n, ok := p.count(args, "first", field.Name); ok {
		l.Page.Limit = n
	}
	for _, k := range kinds {
		sel := &graph.Selection{Kind: k}
		for _, f := range p.collect(field.Selections) {
			if f.Name == "node" {
				p.fill(sel, f.Selections)
			}
		}
		l.Nodes = append(l.Nodes, sel)
		props := k.Searched()
		for _, prop := range props {
			addRef(&l.Search.In, prop)
		}
		addRef(&l.Search.By, props[0])
	}
	return kinds, l
}

func (p *planner) searchText(text string) string {
	if n := utf8.RuneCountInString(text); n > maxSearchText {
		p.fail("search: the text has %d characters, more than the %d that are allowed", n, maxSearchText)
		return ""
	}
	switch _, words := fold.Terms(text); {
	case words == 0:
		p.fail("search: the text has no letter and no digit to be found")
	case words > maxSearchWords:
		p.fail("search: the text has %d words, more than the %d that are allowed", words, maxSearchWords)
	}
	return text
}

// searched are the kinds of an argument, in the catalog's order; all that are searched where it is not given.
func (p *planner) searched(arg any) []*graph.Kind {
	names, given := arg.([]any)
	if s, one := arg.(string); one { // a variable may be an element instead of a list
		names, given = []any{s}, true
	}
	if given && len(names) == 0 {
		p.fail("search: kinds is empty, so that there is nothing to search")
	}
	return slices.DeleteFunc(slices.Clone(p.Catalog.Kinds), func(k *graph.Kind) bool {
		return len(k.Searched()) == 0 || given && !slices.Contains(names, any(sdl.SearchKind(k)))
	})
}
