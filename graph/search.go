package graph

import "slices"

// A Search asks for the nodes in which all words of a text are found. Its list has no order, no tallies, and of its page the
// limit alone.
//
// Texts and the words in them are those of graph/fold: a property that is searched by words has the fold.Words of its value, one
// that is searched by numbers the fold.Numbers. A fold.Term of the text is found in a property that has the word itself (Exact),
// a word that it is a beginning of, if it has two letters at least, or four digits where it has nothing else (Prefix), or one that
// is a letter too long or too short, has another letter, or two neighbours in each other's places, if the term has five letters at
// least (Typo). The best of these counts, for each word of the text and property.
//
// Rows come by the worst match among the text's words, where the best of all properties counts for each; then those first of
// which more words are matched exactly; then by the folded name, missing ones last; then by id.
type Search struct {
	Text string
	In   []Ref // the properties that are searched, of any of the list's kinds
	By   []Ref // the names of nodes, at most one a kind
}

// Match is how a word was found.
type Match uint8

// The matches, the best first.
const (
	Exact Match = iota
	Prefix
	Typo
)

// Found says that words of a search were found in a property. The worst match of these counts.
type Found struct {
	Prop  *Property
	Match Match
}

// A FoundWord says how one word of a search's text, by its number, was found in a property of a node, by its path.
type FoundWord struct {
	Word  int
	Path  string
	Match Match
}

// Found are the properties that words were found in, in the order of In.
func (s *Search) Found(words []FoundWord) []Found {
	var out []Found
	for _, r := range s.In {
		worst, found := Exact, false
		for _, w := range words {
			if w.Path == r.Prop.Path() {
				worst, found = max(worst, w.Match), true
			}
		}
		if found {
			out = append(out, Found{r.Prop, worst})
		}
	}
	return out
}

// Guarded are the properties that are searched where a condition is true of the node. Nil: everywhere, and whatever its kind.
type Guarded struct {
	When  *Filter
	Kind  *Kind
	Props []*Property
}

// Guarded are the properties that are searched, those together that have one condition and kind.
func (s *Search) Guarded(kinds []*Kind) []Guarded {
	var out []Guarded
	for _, r := range s.In {
		k := kinds[slices.IndexFunc(kinds, func(k *Kind) bool { return k.Name == r.Prop.Owner })]
		i := slices.IndexFunc(out, func(g Guarded) bool { return g.When == r.When && (g.When == nil || g.Kind == k) })
		if i < 0 {
			i = len(out)
			out = append(out, Guarded{When: r.When, Kind: k})
		}
		out[i].Props = append(out[i].Props, r.Prop)
	}
	return out
}
