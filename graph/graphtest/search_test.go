package graphtest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

// syllables make names of which many are one mistake away from one another.
var syllables = []string{"an", "na", "man", "mar", "er", "re", "li", "lo", "son", "sen", "t", "k"}

func word(rng *rand.Rand) string {
	w := ""
	for range 1 + rng.IntN(4) {
		w += syllables[rng.IntN(len(syllables))]
	}
	return w
}

// nearest holds a store's searches against the distances of the words asked for to those of all names.
func nearest(t *testing.T, store graph.Store) {
	cat := graphtest.Catalog(t)
	kind := cat.MustKind("Customer")
	rng := rand.New(rand.NewPCG(1, 2))
	names := map[string][]string{} // words, by id
	b := &graph.Batch{Source: "names"}
	for i := range 600 {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind, ID: fmt.Sprint(i), Set: graph.Values{"name": strings.Join([]string{word(rng), word(rng)}[:1+rng.IntN(2)], " ")}})
	}
	report, err := store.Write(ctx, b)
	require.NoError(t, err)
	for i, n := range b.Nodes {
		names[report.IDs[i]] = strings.Fields(n.Set["name"].(string))
	}
	prop := graph.Ref{Prop: kind.Property("name")}
	seen := map[graph.Match]int{}
	rapid.Check(t, func(rt *rapid.T) {
		typed := rapid.SliceOfN(rapid.Custom(mistyped), 1, 3).Draw(rt, "words")
		res, err := store.Read(ctx, &graph.Fetch{Now: graphtest.Now, Lists: []*graph.List{{
			Key: "search", Rows: true, Page: graph.Page{Limit: len(names)}, Nodes: []*graph.Selection{{Kind: kind}},
			Search: &graph.Search{Text: strings.Join(typed, " "), In: []graph.Ref{prop}, By: []graph.Ref{prop}},
		}}})
		require.NoError(rt, err)
		got := []string{}
		for _, r := range res.Lists[0].Rows {
			got = append(got, fmt.Sprint(r.ID, " ", names[r.ID], " ", r.Found[0].Match))
			seen[r.Found[0].Match]++
		}
		require.Equal(rt, expected(names, typed), got)
	})
	if testing.Short() {
		return // a fifth of the texts may have no mistake that is found
	}
	for _, m := range []graph.Match{graph.Exact, graph.Prefix, graph.Typo} {
		require.Positive(t, seen[m], "some names are matched as %d", m)
	}
}

// mistyped is a word with a mistake or two, or none, or its beginning.
func mistyped(rt *rapid.T) string {
	w := []rune(strings.Join(rapid.SliceOfN(rapid.SampledFrom(syllables), 1, 4).Draw(rt, "syllables"), ""))
	for range rapid.IntRange(0, 2).Draw(rt, "mistakes") {
		at := rapid.IntRange(0, len(w)-1).Draw(rt, "at")
		switch rapid.IntRange(0, 4).Draw(rt, "mistake") {
		case 0:
			w = slices.Insert(w, at, 'n')
		case 1:
			w[at] = 'a'
		case 2:
			w = append(w[:at:at], w[min(at+1, len(w)-1):]...)
		case 3:
			w[at], w[max(at-1, 0)] = w[max(at-1, 0)], w[at]
		case 4:
			w = w[:at+1]
		}
	}
	return string(w)
}

// expected compares every word with every other.
func expected(names map[string][]string, typed []string) []string {
	type hit struct {
		id           string
		worst, exact int
	}
	var hits []hit
	for id, words := range names {
		h := hit{id: id}
		for _, want := range typed {
			best := 3
			for _, have := range words {
				how := 3
				switch {
				case have == want:
					how = 0
				case len(want) >= 2 && strings.HasPrefix(have, want):
					how = 1
				case len(want) >= 5 && graphtest.Distance([]rune(want), []rune(have)) == 1:
					how = 2
				}
				best = min(best, how)
			}
			if h.worst = max(h.worst, best); best == 0 {
				h.exact++
			}
		}
		if h.worst < 3 {
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return slices.Compare([]string{fmt.Sprint(a.worst, 9-a.exact), strings.Join(names[a.id], " "), a.id}, []string{fmt.Sprint(b.worst, 9-b.exact), strings.Join(names[b.id], " "), b.id})
	})
	out := []string{}
	for _, h := range hits {
		out = append(out, fmt.Sprint(h.id, " ", names[h.id], " ", h.worst))
	}
	return out
}

func TestDistanceCountsMistakes(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"ab", "ab", 0}, {"ab", "ba", 1}, {"abc", "ac", 1}, {"ac", "abc", 1}, {"abc", "axc", 1}, {"abcd", "cabd", 2}, {"kitten", "sitting", 3}} {
		require.Equal(t, c.want, graphtest.Distance([]rune(c.a), []rune(c.b)), "%s %s", c.a, c.b)
	}
}
