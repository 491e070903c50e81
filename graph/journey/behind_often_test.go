package journey

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWhoIsBehindNumbersByHand(t *testing.T) {
	//   case 0 comes to a twice, with b between, and to c.
	//   case 1 goes from a to c, past b, and stays there.
	//   case 2 goes back from c to a, and to c again.
	//   case 3 has ended behind b; case 4 is d alone.
	tell := tellAll(t, viewOf(t, logOf(t, "a0 b1 a2 c4", "a0 c1", "c0 a5 c9", "b0!", "d0")), 0)
	stages, exits := [][]string{{"a"}, {"b"}, {"c"}}, []string{"d"}
	how := func(o Outcome) *Outcome { return &o }
	in := func(every int) func(int) bool { return func(c int) bool { return c%every == 0 } }
	for _, c := range []struct {
		name   string
		behind func() ([]int, bool, error)
		want   []int
	}{
		{"a comes again", func() ([]int, bool, error) { return tell.BehindAgain("a") }, []int{0}},
		{"anything does", func() ([]int, bool, error) { return tell.BehindAgain("") }, []int{0, 2}},
		{"d does not", func() ([]int, bool, error) { return tell.BehindAgain("d") }, nil},
		{"c is preceded by a", func() ([]int, bool, error) {
			return tell.BehindPreceded(Preceding{[]string{"c"}, []string{"a", "b"}, 4}, "a")
		}, []int{0, 1, 2}},
		{"and by nothing", func() ([]int, bool, error) {
			return tell.BehindPreceded(Preceding{[]string{"c"}, []string{"a", "b"}, 4}, "")
		}, []int{2}},
		{"stays in a", func() ([]int, bool, error) { return tell.BehindStay(stages, exits, StayNumber{}) }, []int{0, 1, 2}},
		{"from a past b", func() ([]int, bool, error) {
			return tell.BehindStay(stages, exits, StayNumber{How: how(Skipped)})
		}, []int{0, 1, 2}},
		{"from a to b", func() ([]int, bool, error) {
			return tell.BehindStay(stages, exits, StayNumber{How: how(Forward)})
		}, []int{0}},
		{"back from b", func() ([]int, bool, error) {
			return tell.BehindStay(stages, exits, StayNumber{Stage: 1, How: how(Back)})
		}, []int{0}},
		{"ended in b", func() ([]int, bool, error) {
			return tell.BehindStay(stages, exits, StayNumber{Stage: 1, How: how(Ended)})
		}, []int{3}},
		{"came back to c", func() ([]int, bool, error) {
			return tell.BehindStay(stages, exits, StayNumber{Stage: 2, Again: true})
		}, []int{2}},
		{"converted behind b", func() ([]int, bool, error) {
			return tell.BehindAttributed(Attribution{Channels: []string{"a", "b"}, Conversions: []string{"c"}}, ConvertedBehind, "b")
		}, []int{0}},
		{"converted behind a touch", func() ([]int, bool, error) {
			return tell.BehindAttributed(Attribution{Channels: []string{"a", "b"}, Conversions: []string{"c"}}, ConvertedBehind, "")
		}, []int{0, 1}},
		{"converted without one", func() ([]int, bool, error) {
			return tell.BehindAttributed(Attribution{Channels: []string{"a", "b"}, Conversions: []string{"c"}}, ConvertedAlone, "")
		}, []int{2}},
		{"touched, and not converted", func() ([]int, bool, error) {
			return tell.BehindAttributed(Attribution{Channels: []string{"a", "b"}, Conversions: []string{"c"}}, NotConverted, "")
		}, []int{3}},
		{"of the even ones, without those of three, with c", func() ([]int, bool, error) {
			return tell.BehindCompared(in(2), in(3), OfActivities, Funnel{}, ComparedNumber{Activities: []string{"c"}})
		}, []int{2}},
		{"all of these", func() ([]int, bool, error) {
			return tell.BehindCompared(in(2), in(3), OfActivities, Funnel{}, ComparedNumber{})
		}, []int{2, 4}},
		{"those of three", func() ([]int, bool, error) {
			return tell.BehindCompared(in(2), in(3), OfActivities, Funnel{}, ComparedNumber{Segment: SegmentB})
		}, []int{3}},
		{"and in both", func() ([]int, bool, error) {
			return tell.BehindCompared(in(2), in(3), OfActivities, Funnel{}, ComparedNumber{Segment: InBoth})
		}, []int{0}},
		{"who took the second step", func() ([]int, bool, error) {
			return tell.BehindCompared(in(1), in(3), OfFunnel, Funnel{Steps: [][]string{{"a"}, {"c"}}, Window: 2}, ComparedNumber{Step: 1})
		}, []int{1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok, err := c.behind()
			require.NoError(t, err)
			assert.True(t, ok)
			assert.Equal(t, c.want, got)
		})
	}
	for _, c := range []struct {
		behind func() ([]int, bool, error)
		want   string
	}{
		{func() ([]int, bool, error) { return tell.BehindAgain("x") }, `again: there is no activity "x" in the definition; there are "a", "b", "c", "d", "e"`},
		{func() ([]int, bool, error) {
			return tell.BehindPreceded(Preceding{[]string{"c"}, []string{"a"}, 4}, "b")
		}, `activity: "b" is none of those by which events are preceded`},
		{func() ([]int, bool, error) { return tell.BehindStay(stages, exits, StayNumber{Stage: 3}) }, "stage: from 1 to 3, not 4"},
		{func() ([]int, bool, error) {
			return tell.BehindAttributed(Attribution{Channels: []string{"a"}, Conversions: []string{"c"}}, ConvertedBehind, "b")
		}, `channel: "b" is none of those that are asked for`},
		{func() ([]int, bool, error) {
			return tell.BehindCompared(in(2), in(3), OfEdges, Funnel{}, ComparedNumber{Activities: []string{"a"}})
		}, "activities: an activity is one, and an edge is two, not 1"},
		{func() ([]int, bool, error) {
			return tell.BehindCompared(in(2), in(3), OfEdges, Funnel{}, ComparedNumber{Segment: InBoth, Activities: []string{"a", "b"}})
		}, "in: a line is of one segment or the other, and not of both"},
	} {
		_, _, err := c.behind()
		assert.EqualError(t, err, c.want)
	}
}

// TestBehindMoreNumbersStandAsManyAsAreTold is about all logs: behind each number that an operation tells of cases stand as many, and behind one that it does
// not tell nobody does.
func TestBehindMoreNumbersStandAsManyAsAreTold(t *testing.T) {
	const few = 3
	told, untold := map[string]int{}, map[string]int{}
	agree := func(t *rapid.T) {
		v, f := anyLogOf(t, 60), anyFunnel(t)
		if f.Entry == Each {
			f.Entry = Best
		}
		for _, fewest := range []int{0, few} {
			tell, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			as := func(what string, n *int, cases []int, ok bool, err error) {
				require.NoError(t, err)
				if n == nil {
					untold[what]++
					assert.False(t, ok, what)
					return
				}
				told[what]++
				assert.True(t, ok, what)
				assert.Len(t, cases, *n, what)
				for i := range cases {
					assert.True(t, i == 0 || cases[i-1] < cases[i], "each of them once")
				}
			}
			againBehind(t, tell, as)
			precededBehind(t, tell, as)
			staysBehind(t, tell, as)
			attributedBehind(t, tell, as)
			comparedBehind(t, tell, f, as)
		}
	}
	for range 10 { // what is not told comes seldom
		rapid.Check(t, agree)
	}
	for _, what := range []string{"again", "preceded", "stays", "attributed", "compared"} {
		assert.NotZero(t, told[what], what)
		assert.NotZero(t, untold[what], what)
	}
}

// as compares what is told of how many cases, nil where it is not, with those that stand behind it.
type as func(what string, n *int, cases []int, ok bool, err error)

func casesOf(t *Tally) *int {
	if t == nil {
		return nil
	}
	return &t.Cases
}

func againBehind(_ require.TestingT, tell *Telling, as as) {
	rework := tell.Rework(math.MaxInt)
	cases, ok, err := tell.BehindAgain("")
	as("again", casesOf(rework.Again), cases, ok, err)
	for _, r := range rework.Rows {
		cases, ok, err := tell.BehindAgain(r.Name)
		as("again", casesOf(r.Again), cases, ok, err)
	}
}

func precededBehind(t require.TestingT, tell *Telling, as as) {
	q := Preceding{[]string{"c"}, []string{"a", "b"}, 9}
	got, err := tell.Preceded(q)
	require.NoError(t, err)
	if got == nil {
		got = &Preceded{}
	}
	cases, ok, err := tell.BehindPreceded(q, "")
	as("preceded", got.NoneCases, cases, ok, err)
	for _, name := range q.By {
		var n *int
		for _, r := range got.Rows {
			if r.Activity == name {
				n = r.Cases
			}
		}
		cases, ok, err := tell.BehindPreceded(q, name)
		as("preceded", n, cases, ok, err)
	}
}

func staysBehind(t require.TestingT, tell *Telling, as as) {
	stages, exits := [][]string{{"a"}, {"b", "c"}}, []string{"d"}
	got, err := tell.Stages(stages, exits)
	require.NoError(t, err)
	number := func(c *Count) *int {
		if c == nil {
			return nil
		}
		return &c.Cases
	}
	for k, s := range got {
		cases, ok, err := tell.BehindStay(stages, exits, StayNumber{Stage: k})
		as("stays", number(s.Stays), cases, ok, err)
		cases, ok, err = tell.BehindStay(stages, exits, StayNumber{Stage: k, Again: true})
		as("stays", number(s.Again), cases, ok, err)
		for o := range outcomes {
			cases, ok, err := tell.BehindStay(stages, exits, StayNumber{Stage: k, How: &o})
			as("stays", number(s.Outcomes[o]), cases, ok, err)
		}
	}
}

func attributedBehind(t require.TestingT, tell *Telling, as as) {
	q := Attribution{Channels: []string{"a", "b"}, Conversions: []string{"c"}, Models: []Model{FirstTouch}, Window: 20}
	got, err := tell.Attribute(q)
	require.NoError(t, err)
	parts := [3]*int{}
	if got != nil {
		parts = [3]*int{&got.Converted.Cases, casesOf(got.Unconverted), casesOf(got.Direct)}
	}
	if got != nil && !some(directly(t, tell, q), tell.fewest) { // who lists all who convert would else list these
		parts[0] = nil
	}
	for part, n := range parts {
		cases, ok, err := tell.BehindAttributed(q, Converting(part), "")
		as("attributed", n, cases, ok, err)
	}
	for i, name := range q.Channels {
		var n *int
		if got != nil {
			n = casesOf(got.Channels[i].Touched)
		}
		cases, ok, err := tell.BehindAttributed(q, ConvertedBehind, name)
		as("attributed", n, cases, ok, err)
	}
}

func TestWhoConvertedDoesNotTellTheFewWhoDidOfThemselves(t *testing.T) {
	for direct, want := range map[int]bool{0: true, 1: false, 4: false, 5: true} {
		log := append(times(t, "6 b0 d1", "5 c0 d1", "5 e0"), slices.Repeat([]string{"d0"}, direct)...)
		tell := tellAll(t, viewOf(t, logOf(t, log...)), 5)
		behind := func(part Converting, channel string) (int, bool) {
			cases, ok, err := tell.BehindAttributed(Attribution{Channels: []string{"b", "c"}, Conversions: []string{"d"}}, part, channel)
			require.NoError(t, err)
			return len(cases), ok
		}
		n, ok := behind(ConvertedBehind, "")
		assert.Equal(t, want, ok, "%d did", direct)
		assert.Equal(t, want, n == 11)
		n, ok = behind(ConvertedBehind, "b")
		assert.True(t, ok, "five did by another channel, whoever did of herself")
		assert.Equal(t, 6, n)
		_, ok = behind(ConvertedAlone, "")
		assert.Equal(t, direct == 5, ok)
	}
}

// directly is how many persons converted without a touch.
func directly(t require.TestingT, tell *Telling, q Attribution) int {
	all := tell.view.tally()
	require.NoError(t, tell.view.touches(&q, func(s *sequence, touches []int, conversion int) {
		if len(touches) == 0 {
			all.add(s.c, s.who[conversion])
		}
	}))
	return all.told().Persons
}

func comparedBehind(t require.TestingT, tell *Telling, f Funnel, as as) {
	a, b := func(c int) bool { return c%2 == 0 }, func(c int) bool { return c%5 < 2 }
	for of := range OfFunnel + 1 {
		got, err := tell.Compare(a, b, of, f, math.MaxInt)
		require.NoError(t, err)
		if got == nil {
			cases, ok, err := tell.BehindCompared(a, b, of, f, ComparedNumber{})
			as("compared", nil, cases, ok, err)
			continue
		}
		if of != OfFunnel {
			for seg, n := range []int{got.A.Cases, got.B.Cases, got.Both.Cases} {
				cases, ok, err := tell.BehindCompared(a, b, of, f, ComparedNumber{Segment: Segment(seg)})
				as("compared", &n, cases, ok, err)
			}
		}
		for _, line := range got.Lines {
			for seg, share := range []Share{line.A, line.B} {
				n := ComparedNumber{Segment: Segment(seg), Activities: line.Activities, Step: line.Step}
				cases, ok, err := tell.BehindCompared(a, b, of, f, n)
				as("compared", &share.Cases, cases, ok, err)
				if of == OfFunnel {
					n.Step = 0
					cases, ok, err := tell.BehindCompared(a, b, of, f, n)
					as("compared", &share.Of, cases, ok, err)
				}
			}
		}
		if of == OfActivities && !tell.Whole() && tell.Persons > 0 {
			for _, name := range tell.view.def.Names {
				if lineOf(got, name) {
					continue
				}
				cases, ok, err := tell.BehindCompared(a, b, of, f, ComparedNumber{Activities: []string{name}})
				as("compared", nil, cases, ok, err)
			}
		}
	}
}

func lineOf(c *Comparison, name string) bool {
	for _, l := range c.Lines {
		if fmt.Sprint(l.Activities) == fmt.Sprint([]string{name}) {
			return true
		}
	}
	return false
}
