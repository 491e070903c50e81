package graphtest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/write"
)

// search are the places in which all words of a text are found, in their order: every word is compared with every other.
func (r *reading) search(l *graph.List) []place {
	type hit struct {
		place
		worst graph.Match
		exact int
	}
	var hits []hit
	for _, n := range r.state.nodes {
		h := hit{place: place{node: n, found: map[int]map[*graph.Property]graph.Match{}}}
		if !slices.ContainsFunc(l.Nodes, func(s *graph.Selection) bool { return s.Kind == n.kind }) {
			continue
		}
		words := r.look(l.Search, h.place)
		for w := range words {
			best, ok := h.best(w)
			if !ok {
				break
			}
			if h.worst = max(h.worst, best); best == graph.Exact {
				h.exact++
			}
			if w == words-1 {
				hits = append(hits, h)
			}
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.worst, b.worst), cmp.Compare(b.exact, a.exact),
			graph.Compare(r.called(l.Search, a.place), r.called(l.Search, b.place)), strings.Compare(a.ID, b.ID))
	})
	places := make([]place, len(hits))
	for i, h := range hits {
		places[i] = h.place
	}
	return places
}

// look notes in which properties of a node words are found, and gives the number of the text's words.
func (r *reading) look(s *graph.Search, p place) int {
	terms, words := fold.Terms(s.Text)
	for _, ref := range s.In {
		v := r.value(ref, p, false)
		if ref.Prop.Owner != p.kind.Name || v == nil {
			continue
		}
		for _, t := range terms {
			for _, have := range write.Words(ref.Prop, v) {
				how, ok := matched(t.Word, have)
				if !ok {
					continue
				}
				for w := t.From; w < t.To; w++ {
					if p.found[w] == nil {
						p.found[w] = map[*graph.Property]graph.Match{}
					}
					if old, there := p.found[w][ref.Prop]; !there || how < old {
						p.found[w][ref.Prop] = how
					}
				}
			}
		}
	}
	return words
}

// best is how a word of a text was found in whichever property it was found best.
func (p place) best(word int) (best graph.Match, ok bool) {
	for _, how := range p.found[word] {
		if !ok || how < best {
			best, ok = how, true
		}
	}
	return best, ok
}

// foundIn are the properties that words were found in.
func (p place) foundIn(s *graph.Search) (out []graph.Found) {
	for _, ref := range s.In {
		worst, ok := graph.Exact, false
		for _, in := range p.found {
			if how, there := in[ref.Prop]; there {
				worst, ok = max(worst, how), true
			}
		}
		if ok {
			out = append(out, graph.Found{Prop: ref.Prop, Match: worst})
		}
	}
	return out
}

// called is the folded name of a node.
func (r *reading) called(s *graph.Search, p place) any {
	for _, ref := range s.By {
		if ref.Prop.Owner == p.kind.Name {
			if name, ok := r.value(ref, p, false).(string); ok {
				return fold.Key(name)
			}
		}
	}
	return nil
}

// matched says how a word that is looked for matches one that there is.
func matched(want, have string) (how graph.Match, ok bool) {
	a, b := []rune(want), []rune(have)
	letters := len(slices.DeleteFunc(slices.Clone(a), func(r rune) bool { return !unicode.IsLetter(r) }))
	switch {
	case want == have:
		return graph.Exact, true
	case (len(a) >= 4 || len(a) >= 2 && strings.Trim(want, "0123456789") != "") && strings.HasPrefix(have, want):
		return graph.Prefix, true
	case letters >= 5 && Distance(a, b) == 1:
		return graph.Typo, true
	}
	return 0, false
}

// Distance is how many letters have to be added, taken away or replaced, or neighbours be swapped that are not touched
// otherwise, to make one word of another (optimal string alignment).
func Distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
