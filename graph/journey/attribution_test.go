package journey

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var allModels = []Model{FirstTouch, LastTouch, Linear, TimeDecay, Position, Markov, Shapley}

func TestConversionsAreCreditedToTouches(t *testing.T) {
	three := Attribution{Channels: []string{"a", "b", "c"}, Conversions: []string{"d"}, HalfLife: 1}
	for _, c := range []struct {
		name   string
		log    []string
		change func(*Attribution)
		want   map[Model][]float64
		counts [3]int // converted, not, direct
	}{
		// Without a, the path from b alone is left: 1/6 of 1/3. Without b, or c, there is none. By sets: those of b and c are worth 1/6, all 1/3, and others nothing.
		{"one of three that begin with a, or b", []string{"a0 b1 c2 d3", "a0!", "b0 c1!"}, func(*Attribution) {}, map[Model][]float64{
			FirstTouch: {1, 0, 0}, LastTouch: {0, 0, 1}, Linear: {1. / 3, 1. / 3, 1. / 3}, TimeDecay: {1. / 7, 2. / 7, 4. / 7}, Position: {0.4, 0.2, 0.4},
			Markov: {0.2, 0.4, 0.4}, Shapley: {1. / 6, 5. / 12, 5. / 12}}, [3]int{1, 2, 0}},
		{"of two touches each is an end, and one touch is both", []string{"a0 b2 d3", "c0 d1"}, func(*Attribution) {}, map[Model][]float64{
			FirstTouch: {1, 0, 1}, LastTouch: {0, 1, 1}, TimeDecay: {0.2, 0.8, 1}, Position: {0.5, 0.5, 1}, Markov: {2. / 3, 2. / 3, 2. / 3}}, [3]int{2, 0, 0}},
		{"a touch that comes again counts again, and what is behind the first conversion does not", []string{"a0 a1 e2 b3 d4 c5 d6"}, func(*Attribution) {}, map[Model][]float64{
			FirstTouch: {1, 0, 0}, LastTouch: {0, 1, 0}, Linear: {2. / 3, 1. / 3, 0}, Position: {0.6, 0.4, 0}}, [3]int{1, 0, 0}},
		{"the window reaches back from the conversion, or from the last touch", []string{"a0 b10 d20", "a0 d20", "a0 b11", "e0", "d9"}, func(a *Attribution) { a.Window = 10 }, map[Model][]float64{
			FirstTouch: {0, 1, 0}, Linear: {0, 1, 0}, Markov: {0, 1, 0}}, [3]int{1, 1, 2}},
		{"long before a conversion a touch weighs something still", []string{"a0 b0 d9000000"}, func(*Attribution) {}, map[Model][]float64{TimeDecay: {0.5, 0.5, 0}}, [3]int{1, 0, 0}},
		{"nobody has converted", []string{"a0", "b0"}, func(*Attribution) {}, map[Model][]float64{FirstTouch: {0, 0, 0}, Markov: {0, 0, 0}, Shapley: {0, 0, 0}}, [3]int{0, 2, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			told, ok := viewOf(t, logOf(t, c.log...)).Tell(0)
			require.True(t, ok)
			ask := three
			ask.Models = allModels
			c.change(&ask)
			got, err := told.Attribute(ask)
			require.NoError(t, err)
			assert.Equal(t, c.counts, [3]int{got.Converted.Cases, got.Unconverted.Cases, got.Direct.Cases})
			for m, want := range c.want {
				for i, w := range want {
					assert.InDelta(t, w, got.Channels[i].Credits[m].Conversions, 1e-12, "model %d, channel %s", m, got.Channels[i].Name)
				}
			}
		})
	}
}

func TestWhatIsNoChannelIsRefused(t *testing.T) {
	b, err := NewBuilder(append(strings.Split("abcdefghijklmnopqrstuvwxyz", ""), slices.Repeat([]string{"-"}, 300)...), true)
	require.NoError(t, err)
	told, _ := viewOf(t, b.Log()).Tell(0)
	letters := strings.Split("abcdefghijklmnopqrstuvwxyz", "")
	for _, c := range []struct {
		ask  Attribution
		says string
	}{
		{Attribution{Conversions: []string{"z"}}, "channels: from 1 to 200, not 0"},
		{Attribution{Channels: slices.Repeat(letters, 9), Conversions: []string{"z"}}, "channels: from 1 to 200, not 234"},
		{Attribution{Channels: letters[:17], Conversions: []string{"z"}, Models: []Model{Shapley}}, "models: SHAPLEY looks at each set of channels, and takes up to 16 of them, not 17"},
		{Attribution{Channels: letters[:2]}, "conversions: at least one activity is to be named"},
		{Attribution{Channels: []string{"a", "z"}, Conversions: []string{"z"}}, `channels[1]: "z" is a conversion, too`},
		{Attribution{Channels: []string{"a", "a"}, Conversions: []string{"z"}}, `channels[1]: "a" is there twice`},
		{Attribution{Channels: []string{"A"}, Conversions: []string{"z"}}, `channels[0]: there is no activity "A"`},
	} {
		_, err := told.Attribute(c.ask)
		assert.ErrorContains(t, err, c.says)
	}
	_, err = told.Attribute(Attribution{Channels: letters[:16], Conversions: []string{"z"}, Models: []Model{Shapley}})
	assert.NoError(t, err, "sixteen are looked at")
}

// TestAttributionIsThatOfTheReference holds ten thousand paths to the exact solution of the chain, and to the heuristics of the R package
// ChannelAttribution.
func TestAttributionIsThatOfTheReference(t *testing.T) {
	table := func(name string) (rows [][]string) {
		rows, err := csv.NewReader(strings.NewReader(string(data(t, "channelattribution", name)))).ReadAll()
		require.NoError(t, err)
		return rows[1:]
	}
	number := func(s string) float64 {
		n, err := strconv.ParseFloat(s, 64)
		require.NoError(t, err)
		return n
	}
	exact := table("exact_markov_order1.csv")
	of := map[string]int{}
	for i, row := range exact {
		of[row[0]] = i
	}
	sums := newCredits(len(of), 1)
	for _, row := range table("PathData.csv.gz") {
		var path []int
		for _, name := range strings.Split(row[0], " > ") {
			channel, known := of[name]
			require.True(t, known, name)
			path = append(path, channel)
		}
		sums.add(path, nil, number(row[1]), number(row[3]))
	}
	removal := sums.settle([]Model{Markov, Shapley})
	assert.Equal(t, 19785.0, sums.converted)
	for i, row := range exact {
		assert.InDelta(t, number(row[1]), removal[i], 1e-9, "the removal effect of %s", row[0])
		assert.InDelta(t, number(row[2]), sums.of[Markov][i], 1e-6, "what the chain credits to %s", row[0])
	}
	for _, row := range table("ref_heuristic.csv") {
		i := of[row[0]]
		assert.Equal(t, number(row[1]), sums.of[FirstTouch][i], row[0])
		assert.Equal(t, number(row[3]), sums.of[LastTouch][i], row[0])
		assert.InDelta(t, number(row[5]), sums.of[Linear][i], 1e-9, row[0])
	}
}

// TestSharesOfShapleyAreMeansOverAllOrders is about all chains: they are what each channel adds on average, in whichever order they come, and the removal of
// one loses what is lost without it; both where sets of channels are tried step by step.
func TestSharesOfShapleyAreMeansOverAllOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "channels")
		sums := newCredits(n, 1)
		for range rapid.IntRange(1, 6).Draw(t, "paths") {
			path := rapid.SliceOfN(rapid.IntRange(0, n-1), 1, 5).Draw(t, "path")
			sums.add(path, nil, float64(rapid.IntRange(0, 3).Draw(t, "converted")), float64(rapid.IntRange(1, 3).Draw(t, "not")))
		}
		x := sums.chain()
		worth := func(set map[int]bool) (p float64) { // step by step, until next to nobody is left
			at := slices.Clone(x.begin)
			for range 400 {
				next := make([]float64, n)
				for c := range n {
					if !set[c] {
						continue
					}
					p += at[c] * x.convert[c]
					for d := range n {
						next[d] += at[c] * x.to[c][d]
					}
				}
				at = next
			}
			return p
		}
		want, orders := make([]float64, n), 0.0
		var each func(order []int, left []int)
		each = func(order, left []int) {
			if len(left) == 0 {
				orders++
				set := map[int]bool{}
				for _, c := range order {
					before := worth(set)
					set[c] = true
					want[c] += worth(set) - before
				}
			}
			for i, c := range left {
				each(append(slices.Clone(order), c), slices.Delete(slices.Clone(left), i, i+1))
			}
		}
		all := map[int]bool{}
		var channels []int
		for c := range n {
			channels, all[c] = append(channels, c), true
		}
		each(nil, channels)
		for c, got := range x.shapley() {
			assert.InDelta(t, want[c]/orders, got, 1e-9)
		}
		for c, got := range x.removals() {
			all[c] = false
			lost := worth(all)
			all[c] = true
			if whole := worth(all); whole > 0 {
				assert.InDelta(t, 1-lost/whole, got, 1e-9)
			}
		}
	})
}

// TestCreditsOfFewAreNotTold is about all logs: enough persons stand behind each credit that is told, beside it, and behind what is not.
func TestCreditsOfFewAreNotTold(t *testing.T) {
	const few = 3
	rapid.Check(t, func(t *rapid.T) {
		v := anyLogOf(t, 100)
		told, ok := v.Tell(few)
		if !ok || !bool(v.log.personal) || told.persons == 0 {
			return
		}
		ask := Attribution{Channels: []string{"a", "b", "c"}, Conversions: []string{"d"}, Models: allModels, Window: rapid.Int64Range(0, 40).Draw(t, "window"), HalfLife: 5}
		got, err := told.Attribute(ask)
		require.NoError(t, err)
		if got == nil {
			return
		}
		for _, m := range []Model{FirstTouch, LastTouch} {
			left := float64(got.Converted.Cases)
			for _, c := range got.Channels {
				if credit := c.Credits[m]; credit != nil {
					left -= credit.Conversions
					assert.GreaterOrEqual(t, credit.Conversions, float64(few), fmt.Sprint(c.Name, m))
					assert.GreaterOrEqual(t, float64(got.Converted.Cases)-credit.Conversions, float64(few))
				}
			}
			assert.True(t, left == 0 || left >= few, "of model %d %g are left", m, left)
		}
		for _, c := range got.Channels {
			if c.Touched != nil {
				assert.True(t, c.Touched.Persons >= few && got.Converted.Persons-c.Touched.Persons >= few)
			} else {
				assert.Nil(t, c.Credits[Linear])
				assert.Nil(t, c.Removal)
			}
		}
		for _, n := range []*Tally{got.Unconverted, got.Direct} {
			assert.True(t, n == nil || n.Persons >= few)
		}
	})
}
