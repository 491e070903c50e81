package write

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// A Word is one by which a node is found, and the property that has it.
type Word struct {
	Prop *graph.Property
	ID   string // of the node
	Text string
}

// Words are those by which a search finds a value.
func Words(p *graph.Property, value any) []string {
	text, _ := value.(string)
	switch p.Searched {
	case graph.ByWords:
		return fold.Words(text)
	case graph.ByNumber:
		return fold.Numbers(text)
	}
	return nil
}

// WordsOf are the words of whole nodes of a kind.
func WordsOf(k *graph.Kind, nodes []Node) (out []Word) {
	for _, n := range nodes {
		for _, p := range k.Searched() {
			out = appendWords(out, p, n.ID, Words(p, n.Columns[p.Name]), nil)
		}
	}
	return out
}

func appendWords(out []Word, p *graph.Property, id string, words, but []string) []Word {
	for _, w := range words {
		if !slices.Contains(but, w) {
			out = append(out, Word{p, id, w})
		}
	}
	return out
}

// changedWords are the words that go and come when nodes change. Columns of a change are those that change.
func changedWords(k *graph.Kind, have map[string]Node, changes []Node) (gone, come []Word) {
	for _, n := range changes {
		for _, p := range k.Searched() {
			value, changes := n.Columns[p.Name]
			if !changes {
				continue
			}
			before, after := Words(p, have[n.Key].Columns[p.Name]), Words(p, value)
			gone = appendWords(gone, p, n.ID, before, after)
			come = appendWords(come, p, n.ID, after, before)
		}
	}
	return gone, come
}

// words keeps the words of what a batch has written.
func (a *applier) words(ctx context.Context, gone, come []Word) error {
	if len(gone)+len(come) == 0 {
		return nil
	}
	return a.tx.Words(ctx, gone, come)
}

// Texts are the different texts of words, in their order.
func Texts(words []Word) []string {
	texts := map[string]bool{}
	for _, w := range words {
		texts[w.Text] = true
	}
	return slices.Sorted(maps.Keys(texts))
}

// A Key is one that a word is kept under beside itself.
type Key struct{ Key, Word string }

// Keys are those of words.
func Keys(words []string) (out []Key) {
	for _, w := range words {
		for _, k := range fold.Keys(w) {
			out = append(out, Key{k, w})
		}
	}
	return out
}

// A Term is a word of a search with what a store looks up for it. Near are words that it may be mistyped for, and Keys those of
// more of them.
type Term struct {
	fold.Term
	Prefix     bool // words that begin with it are looked for, too
	Near, Keys []string
}

// Terms are those of a text, and how many words it has.
func Terms(text string) (terms []Term, words int) {
	of, words := fold.Terms(text)
	for _, t := range of {
		near, keys := fold.Near(t.Word)
		terms = append(terms, Term{t, fold.Prefix(t.Word), near, keys})
	}
	return terms, words
}

// searchedVersion is what Words and Keys make of a text; a change of theirs changes it.
const searchedVersion = 2

// Searched says what is kept for searches. A store whose words were kept for something else keeps them anew.
func Searched(cat *graph.Catalog) string {
	s := fmt.Sprint(searchedVersion)
	for _, k := range cat.Kinds {
		for _, p := range k.Searched() {
			s += fmt.Sprintf(" %s %d", p.Path(), p.Searched)
		}
	}
	return s
}
