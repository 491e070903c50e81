package graphtest

import (
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// search looks for texts of the world, as they are, cut or mistyped.
func (g *fetching) search() *graph.List {
	l := &graph.List{Key: g.key("search"), Search: &graph.Search{Text: g.typed(g.chance(40))}, Rows: true, Page: graph.Page{Limit: pick(g.values, []int{1, 3, 50})}}
	all := slices.DeleteFunc(slices.Clone(g.catalog.Kinds), func(k *graph.Kind) bool { return len(k.Searched()) == 0 })
	for _, i := range g.Perm(len(all))[:1+g.IntN(len(all))] {
		k := all[i]
		a := around{kinds: []*graph.Kind{k}}
		l.Nodes = append(l.Nodes, g.selection(k, g.IntN(2)))
		for _, p := range k.Searched() {
			if g.chance(80) {
				l.Search.In = append(l.Search.In, g.ref(p, a, 1))
			}
		}
		if g.chance(80) {
			l.Search.By = append(l.Search.By, g.ref(k.Display[0], a, 1))
		}
	}
	if g.chance(20) {
		l.Filter = g.filter(around{kinds: kindsOf(l)}, 1)
	}
	return l
}

func kindsOf(l *graph.List) []*graph.Kind {
	kinds := make([]*graph.Kind, len(l.Nodes))
	for i, sel := range l.Nodes {
		kinds[i] = sel.Kind
	}
	return kinds
}

// typed is what somebody types who looks for a text: one word, or several.
func (g *fetching) typed(several bool) string {
	for range 50 {
		text := g.words()
		// No word is what no caller may ask for.
		if _, n := fold.Terms(text); n == 1 && !several || n > 1 && several {
			return text
		}
	}
	if several {
		return "ann joh"
	}
	return "joh"
}

func (g *fetching) words() string {
	words := strings.Fields(pick(g.values, g.texts) + " " + pick(g.values, []string{"", "", pick(g.values, g.texts)}))
	words = words[:min(len(words), 3)]
	for i, w := range words {
		letters := []rune(w)
		at := g.values.IntN(len(letters))
		switch g.values.IntN(8) {
		case 0:
			letters = letters[:at]
		case 1:
			letters = slices.Delete(letters, at, at+1)
		case 2:
			letters = slices.Insert(letters, at, 'n')
		case 3:
			letters[at] = 'o'
		case 4:
			letters[at], letters[0] = letters[0], letters[at]
		}
		words[i] = string(letters)
	}
	return strings.Join(words, " ")
}
