package journey

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// linked writes levels as "0 a > b 2".
func linked(l *Levels) (places, links []string) {
	for _, p := range l.Places {
		places = append(places, fmt.Sprintf("%d %s %d", p.Level, p.Activity, p.Cases))
	}
	for _, k := range l.Links {
		links = append(links, fmt.Sprintf("%d %s>%s %d", k.From.Level, k.From.Activity, k.To.Activity, k.Cases))
	}
	return places, links
}

func TestLevelsAreATreeOfSteps(t *testing.T) {
	log := logOf(t, "a0 b1 a2!", "a0 b1 c2 d3", "b0!", "c0 b1 a2 b3")
	for _, c := range []struct {
		name          string
		from          []string
		depth, first  int
		places, links []string
	}{
		{"from the first event", nil, 3, 9,
			[]string{"0 a 2", "0 b 1", "0 c 1", "1 b 3", "2 a 2", "2 c 1"},
			[]string{"0 a>b 2", "0 b><end> 1", "0 c>b 1", "1 b>a 2", "1 b>c 1", "2 a>… 1", "2 a><end> 1", "2 c>… 1"}},
		{"from one of an activity, which comes again at another level", []string{"b"}, 2, 9,
			[]string{"0 b 4", "1 a 2", "1 c 1"},
			[]string{"0 b>a 2", "0 b><end> 1", "0 b>c 1", "1 a>… 1", "1 a><end> 1", "1 c>… 1"}},
		{"those that are not told apart are together", nil, 2, 1,
			[]string{"0  2", "0 a 2", "1 b 3"},
			[]string{"0 >b 1", "0 ><end> 1", "0 a>b 2", "1 b>… 3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			told, ok := viewOf(t, log).Tell(0)
			require.True(t, ok)
			got, err := told.Levels(c.from, c.depth, c.first)
			require.NoError(t, err)
			places, links := linked(got)
			assert.Equal(t, c.places, places)
			assert.ElementsMatch(t, c.links, links)
			assert.Zero(t, got.Other)
		})
	}
}

func TestAsManyLeaveAPlaceAsComeToIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyLog(t)
		const few = 3
		for _, fewest := range []int{0, few} {
			told, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			depth := rapid.IntRange(2, 6).Draw(t, "depth")
			l, err := told.Levels(nil, depth, rapid.IntRange(1, 4).Draw(t, "first"))
			require.NoError(t, err)
			in, out, at := map[Place]int{}, map[Place]int{}, map[int]int{}
			for _, k := range l.Links {
				out[k.From], in[k.To] = out[k.From]+k.Cases, in[k.To]+k.Cases
				assert.True(t, fewest == 0 || l.Total.Persons == 0 || k.Persons >= fewest)
			}
			rest := func(whole, part int, what string) {
				if n := whole - part; fewest == 0 {
					assert.Zero(t, n, what)
				} else if bool(v.log.personal) {
					assert.True(t, n == 0 || n >= fewest || part == 0, "%s: %d of %d", what, part, whole)
				}
			}
			for _, p := range l.Places {
				at[p.Level] += p.Cases
				rest(p.Cases, out[p.Place], fmt.Sprint("what leaves ", p.Place))
				if p.Level > 0 {
					rest(p.Cases, in[p.Place], fmt.Sprint("what comes to ", p.Place))
				}
			}
			for level, cases := range at {
				if ended := l.Total.Cases - cases; fewest > 0 && bool(v.log.personal) {
					assert.True(t, ended == 0 || ended >= fewest, "behind what is told of level %d: %d", level, ended)
				}
			}
		}
	})
}
