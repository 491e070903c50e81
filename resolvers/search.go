package resolvers

import (
	"slices"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/sdl"
)

// Limits on the text of a search.
const (
	maxSearchText  = 200 // characters
	maxSearchWords = 8
)

// matches are the values of SearchMatchClass.
var matches = map[graph.Match]string{graph.Exact: "EXACT", graph.Prefix: "PREFIX", graph.Typo: "TYPO"}

// search answers with what all words of a text are in.
func (w *writer) search(f graphql.CollectedField) (bool, error) {
	p, err := w.plan(w.op, w.o, f, "", func(p *planner) []*graph.List { return []*graph.List{p.search(f)} })
	if err != nil {
		return false, err
	}
	out, refused := w.o.viewer.Unsearched(p.lists[0].Kinds())
	for i := range out {
		w.note(&out[i])
	}
	if refused {
		return false, nil
	}
	r, err := w.o.Read(w.ctx, p.fetch(w.o.now))
	if err != nil {
		return false, err
	}
	fields := bindTo(w, p, r, func(b *binder, planned, guarded []*graph.List) object[*graph.Row] {
		return bindEach(b.collect(f.Selections), func(g graphql.CollectedField) field[*graph.Row] {
			return hitFields[g.Name](b, planned[0], guarded[0], g)
		})
	})
	rows := r.Lists[0].Rows
	return w.list(len(rows), true, func(i int) bool { return fields.write(w, &rows[i]) }), nil
}

// hitFields bind the fields of SearchHit.
var hitFields = map[string]func(b *binder, planned, guarded *graph.List, f graphql.CollectedField) field[*graph.Row]{
	"node": func(b *binder, planned, guarded *graph.List, f graphql.CollectedField) field[*graph.Row] {
		return fieldOf(f, b.nodes(planned.Nodes, guarded.Nodes, f.Selections).write)
	},
	"matched": func(b *binder, _, _ *graph.List, f graphql.CollectedField) field[*graph.Row] {
		match := bindTable(b, f, matchFields)
		return fieldOf(f, func(w *writer, row *graph.Row) bool {
			return w.list(len(row.Found), true, func(i int) bool { return match.write(w, row.Found[i]) })
		})
	},
}

// matchFields are the fields of SearchMatch.
var matchFields = table[graph.Found]{
	"field": func(w *writer, f graph.Found) bool { return w.text(f.Prop.Field()) },
	"how":   func(w *writer, f graph.Found) bool { return w.text(matches[f.Match]) },
}

// search plans what a text is found in, of the kinds that are asked for.
func (p *planner) search(field graphql.CollectedField) *graph.List {
	p.path = []string{field.Name}
	args := field.ArgumentMap(p.op.Variables)
	kinds := p.searched(args)
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
		for _, prop := range k.Searched() {
			graph.Mention(&l.Search.In, prop)
		}
		if name := k.Field(graph.DisplayName); name != nil {
			graph.Mention(&l.Search.By, name)
		}
	}
	return l
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

// searched are the kinds of the argument, in the catalog's order; all that are searched where it is not given.
func (p *planner) searched(args map[string]any) []*graph.Kind {
	names, given := kindsAsked(args)
	if given && len(names) == 0 {
		p.fail("search: kinds is empty, so that there is nothing to search")
	}
	return slices.DeleteFunc(slices.Clone(p.Catalog.Kinds), func(k *graph.Kind) bool {
		return len(k.Searched()) == 0 || given && !slices.Contains(names, any(sdl.SearchKind(k)))
	})
}
