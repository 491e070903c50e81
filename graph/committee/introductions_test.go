package committee

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kithgraph/kith/graph"
)

func hop(a, b string, strength float64) Hop {
	return Hop{A: a, B: b, Reason: Knows, Strength: strength}
}

func ways(paths []Path) (out []string) {
	for _, p := range paths {
		out = append(out, strings.Join(p.People, ">"))
	}
	return out
}

func TestIntroductions(t *testing.T) {
	for name, c := range map[string]struct {
		hops   []Hop
		barred []string
		n      int
		want   []string
	}{
		"nobody leads there":                           {hops: []Hop{hop("me", "a", 50)}, n: 3},
		"one who knows her herself is a path":          {[]Hop{hop("her", "me", 50)}, nil, 3, []string{"me>her"}},
		"two strong hops beat a weak one":              {[]Hop{hop("me", "her", 20), hop("me", "a", 50), hop("a", "her", 50)}, nil, 3, []string{"me>a>her", "me>her"}},
		"a weak one beats two that come to less":       {[]Hop{hop("me", "her", 30), hop("me", "a", 50), hop("a", "her", 50)}, nil, 3, []string{"me>her", "me>a>her"}},
		"of equals the shorter one comes first":        {[]Hop{hop("me", "her", 25), hop("me", "a", 50), hop("a", "her", 50)}, nil, 3, []string{"me>her", "me>a>her"}},
		"of equals that are as long it goes by id":     {[]Hop{hop("me", "b", 50), hop("b", "her", 50), hop("me", "a", 50), hop("a", "her", 50)}, nil, 3, []string{"me>a>her", "me>b>her"}},
		"no more than are asked for":                   {[]Hop{hop("me", "b", 50), hop("b", "her", 50), hop("me", "a", 50), hop("a", "her", 50)}, nil, 1, []string{"me>a>her"}},
		"who does not introduce others is on no path":  {[]Hop{hop("me", "a", 90), hop("a", "her", 90), hop("me", "b", 50), hop("b", "her", 50)}, []string{"a", "me", "her"}, 3, []string{"me>b>her"}},
		"four hops are as far as it goes":              {[]Hop{hop("me", "a", 90), hop("a", "b", 90), hop("b", "c", 90), hop("c", "her", 90), hop("c", "d", 90), hop("d", "her", 90)}, nil, 3, []string{"me>a>b>c>her"}},
		"of two hops between the same the best counts": {[]Hop{hop("me", "her", 20), hop("her", "me", 60)}, nil, 3, []string{"me>her"}},
	} {
		t.Run(name, func(t *testing.T) {
			barred := map[string]bool{}
			for _, id := range c.barred {
				barred[id] = true
			}
			assert.Equal(t, c.want, ways(Introductions(c.hops, "me", "her", barred, c.n)))
		})
	}
	p := Introductions([]Hop{hop("me", "a", 50), hop("a", "her", 80), hop("her", "a", 10)}, "me", "her", nil, 1)[0]
	assert.InDelta(t, 40, p.Strength, 1e-9, "half of four fifths")
	assert.Equal(t, []Hop{hop("me", "a", 50), hop("a", "her", 80)}, p.Hops)
}

func TestAPathIsToldInWords(t *testing.T) {
	names := map[string]string{"me": "Eve", "a": "Ann", "b": "Bob", "her": "Zoe"}
	since := on(3, 1)
	for text, hops := range map[string][]Hop{
		"Eve knows Ann (last contact on 1 March 2026), who has reported to Bob since 1 March 2026, who leads Zoe.": {
			{A: "a", B: "me", Reason: Knows, At: since}, Reporting("a", "b", since), Reporting("her", "b", graph.FirstInstant)},
		"Eve has led Ann since 1 March 2026, who worked with Bob until 1 March 2026, who works with Zoe.": {
			Reporting("a", "me", since), {A: "b", B: "a", Reason: WorkedWith, At: since}, {A: "b", B: "her", Reason: WorkedWith, At: graph.LastInstant}},
		"Eve reports to Ann, who works with somebody whose name is withheld, who works with Zoe.": {
			Reporting("me", "a", graph.FirstInstant), {A: "nn", B: "a", Reason: WorkedWith, At: graph.LastInstant}, {A: "nn", B: "her", Reason: WorkedWith, At: graph.LastInstant}},
	} {
		p := Path{People: []string{"me", "a", "b", "her"}, Hops: hops}
		if strings.Contains(text, "withheld") {
			p.People[2] = "nn"
		}
		assert.Equal(t, text, p.Text(names))
	}
}

func TestColleagues(t *testing.T) {
	job := func(from, to graph.Time) Job { return Job{Account: "acme", From: from, To: to} }
	at := on(11, 1)
	for name, c := range map[string]struct {
		one, other Job
		strength   float64 // 0: they were not
		until      graph.Time
	}{
		"both work there":                          {job(on(1, 1), graph.LastInstant), job(on(2, 1), graph.LastInstant), 30, graph.LastInstant},
		"one left a year ago":                      {job(graph.FirstInstant, at-year), job(graph.FirstInstant, graph.LastInstant), 15, at - year},
		"the one left before the other came":       {job(graph.FirstInstant, on(3, 1)), job(on(4, 1), graph.LastInstant), 0, 0},
		"the one left when the other came":         {job(graph.FirstInstant, on(3, 1)), job(on(3, 1), graph.LastInstant), 0, 0},
		"the other is yet to come":                 {job(graph.FirstInstant, graph.LastInstant), job(on(12, 1), graph.LastInstant), 0, 0},
		"both leave later, and are still together": {job(on(1, 1), on(12, 1)), job(on(1, 1), on(12, 20)), 30, graph.LastInstant},
	} {
		t.Run(name, func(t *testing.T) {
			h, ok := Colleagues("a", "b", c.one, c.other, at)
			require.Equal(t, c.strength > 0, ok)
			if ok {
				assert.InDelta(t, c.strength, h.Strength, 1e-9)
				assert.Equal(t, []any{c.until, "acme", WorkedWith}, []any{h.At, h.Account, h.Reason})
			}
		})
	}
}

// aNetwork draws hops between few persons. The strengths are powers of two of 100, so that no sum of weights is rounded.
func aNetwork(t *rapid.T) []Hop {
	who := rapid.SampledFrom([]string{"me", "her", "a", "b", "c", "d", "e"})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Hop {
		return hop(who.Draw(t, "a"), who.Draw(t, "b"), 100*math.Exp2(-float64(rapid.IntRange(0, 4).Draw(t, "k"))))
	}), 0, 16).Draw(t, "hops")
}

// allPaths are those that there are, by trying all.
func allPaths(hops []Hop, barred map[string]bool) (out []Path) {
	g := neighbours(hops, "me", "her", barred)
	var walk func(p Path)
	walk = func(p Path) {
		last := p.People[len(p.People)-1]
		if last == "her" {
			out = append(out, p)
			return
		}
		for id, h := range g[last] {
			if len(p.Hops) < MostHops && !slices.Contains(p.People, id) {
				walk(Path{People: append(slices.Clone(p.People), id), Hops: append(slices.Clone(p.Hops), h.Hop)})
			}
		}
	}
	walk(Path{People: []string{"me"}})
	slices.SortFunc(out, func(a, b Path) int { return better(&a, &b) })
	return out
}

func TestIntroductionsAreTheBestOfAllPaths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hops, n := aNetwork(t), rapid.IntRange(1, 30).Draw(t, "n")
		all := allPaths(hops, nil)
		require.Equal(t, ways(all[:min(n, len(all))]), ways(Introductions(hops, "me", "her", nil, n)))
	})
}

func TestThePathsAreTheSameInWhateverOrderHopsCome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hops := aNetwork(t)
		for i := range hops {
			hops[i].At = on(1, 1+rapid.IntRange(0, 2).Draw(t, "at"))
			hops[i].Reason = rapid.SampledFrom([]string{Knows, ReportsTo}).Draw(t, "reason")
		}
		want := Introductions(hops, "me", "her", nil, 10)
		require.Equal(t, want, Introductions(rapid.Permutation(hops).Draw(t, "permutation"), "me", "her", nil, 10))
	})
}

func TestABarredPersonAddsNoPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hops := aNetwork(t)
		who := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "barred")
		with := ways(Introductions(hops, "me", "her", nil, 1000))
		without := ways(Introductions(hops, "me", "her", map[string]bool{who: true}, 1000))
		with = slices.DeleteFunc(with, func(way string) bool { return slices.Contains(strings.Split(way, ">"), who) })
		require.True(t, slices.Equal(with, without), "%v and %v", with, without)
	})
}
