package write

import (
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

// WordsOf are the words of nodes that were asked for what is searched.
func WordsOf(rows []graph.Row) (out []Word) {
	for i := range rows {
		n := nodeOf(&rows[i])
		out = append(out, wordsIn(rows[i].Sel.Kind, &n, nil)...)
	}
	return out
}

// wordsIn are those by which one node is found and another not.
func wordsIn(k *graph.Kind, n, other *Node) (out []Word) {
	for _, p := range k.Searched() {
		var but []string
		if other != nil {
			but = Words(p, other.Values[p.Name])
		}
		for _, w := range Words(p, n.Values[p.Name]) {
			if !slices.Contains(but, w) {
				out = append(out, Word{p, n.ID, w})
			}
		}
	}
	return out
}

// A searching keeps the words that nodes are found by.
type searching struct{ *applier }

func searchWords(a *applier) derivation { return searching{a} }

// touch has words go and come with the values that have them.
func (s searching) touch(c Change) {
	if c.OldNode != nil {
		s.pending.GoneWords = append(s.pending.GoneWords, wordsIn(c.Kind, c.OldNode, c.NewNode)...)
	}
	if c.NewNode != nil {
		s.pending.NewWords = append(s.pending.NewWords, wordsIn(c.Kind, c.NewNode, c.OldNode)...)
	}
}

func (s searching) settle() ([]*graph.List, func([]graph.ListResult)) { return nil, nil }

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
