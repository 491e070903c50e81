package journey

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// from has cases be of a segment from one to another, which is not in it.
func from(first, behind int) func(int) bool {
	return func(c int) bool { return c >= first && c < behind }
}

// compared writes lines as "ab 4/5 1/5".
func compared(c *Comparison) (out []string) {
	for _, d := range c.Lines {
		out = append(out, fmt.Sprintf("%s %d/%d %d/%d", strings.Join(d.Activities, ""), d.A.Cases, d.A.Of, d.B.Cases, d.B.Of))
	}
	return out
}

func TestTwoSegmentsAreComparedLineByLine(t *testing.T) {
	log := logOf(t, "a0 b1!", "a0 b1!", "a0 c1!", "c0!", "a0 b9!", "c0!", "c0 a1", "a90", "e100")
	for _, c := range []struct {
		name  string
		of    Line
		first int
		want  []string
		other int
	}{
		{"an activity is of each case in which it occurs", OfActivities, 9, []string{"a 3/4 3/4", "c 2/4 2/4", "b 2/4 1/4"}, 0},
		{"an edge, too", OfEdges, 3, []string{"<start>a 3/4 2/4", "<start>c 1/4 2/4", "ab 2/4 1/4"}, 5},
		{"a case is of one variant", OfVariants, 9, []string{"ab<end> 2/4 1/4", "c<end> 1/4 1/4", "a<open> 0/4 1/4", "ac<end> 1/4 0/4", "ca<open> 0/4 1/4"}, 0},
		{"of a funnel those are compared who have no time left", OfFunnel, 9, []string{"b 2/3 0/3", "c 0/3 0/3"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			told, ok := viewOf(t, log).Tell(0)
			require.True(t, ok)
			got, err := told.Compare(from(0, 4), from(4, 8), c.of, Funnel{Steps: [][]string{{"a"}, {"b"}, {"c"}}, Window: 5}, c.first)
			require.NoError(t, err)
			assert.Equal(t, c.want, compared(got))
			assert.Equal(t, []Tally{{4, 4}, {4, 4}, {}}, []Tally{got.A, got.B, got.Both})
			assert.Equal(t, c.other, got.Other)
		})
	}
	told, _ := viewOf(t, log).Tell(0)
	_, err := told.Compare(from(0, 4), from(4, 8), OfFunnel, Funnel{Steps: [][]string{{"a"}, {"b"}}, Entry: Each}, 1)
	assert.ErrorContains(t, err, "entry: of EACH")
	got, err := told.Compare(from(0, 5), from(4, 8), OfActivities, Funnel{}, 9)
	require.NoError(t, err)
	assert.Equal(t, []Tally{{4, 4}, {3, 3}, {1, 1}}, []Tally{got.A, got.B, got.Both}, "who is in both is in neither")
}

func TestADifferenceHasAnIntervalASizeAndAProbability(t *testing.T) {
	// Seven of ten against two of ten; all have b. Wilson: 0.3968 to 0.8922, and 0.0567 to 0.5098. The angles of 0.7 and 0.2 are 1.9823 and 0.9273.
	// Of 167,960 tables 5,400 are as the observed one and as many as its mirror; 450 and 10 lie farther out on each side.
	log := logOf(t, slices.Concat(slices.Repeat([]string{"a0 b1"}, 7), slices.Repeat([]string{"b1"}, 3), slices.Repeat([]string{"a0 b1"}, 2), slices.Repeat([]string{"b1"}, 8))...)
	told, _ := viewOf(t, log).Tell(0)
	got, err := told.Compare(from(0, 10), from(10, 20), OfActivities, Funnel{}, 9)
	require.NoError(t, err)
	require.Equal(t, []string{"b 10/10 10/10", "a 7/10 2/10"}, compared(got))
	d := got.Lines[1]
	assert.InDelta(t, 0.5, d.Difference, 1e-12)
	assert.InDelta(t, 0.0665, d.Low, 0.00005)
	assert.InDelta(t, 0.7397, d.High, 0.0001)
	assert.InDelta(t, 1.0550, d.Effect, 0.0005)
	assert.InDelta(t, 2*(5400+450+10)/167960.0, d.P, 1e-9)
	assert.InDelta(t, min(1, 2*d.P), d.Adjusted, 1e-12, "the lesser of two counts twice")
	assert.Equal(t, []float64{1, 1}, []float64{got.Lines[0].P, got.Lines[0].Adjusted})
}

// TestComparedLinesCannotBeWorkedOut is about all logs and segments: of each part of each segment enough are there, or none is told.
func TestComparedLinesCannotBeWorkedOut(t *testing.T) {
	const few = 3
	rapid.Check(t, func(t *rapid.T) {
		v := anyLogOf(t, 100)
		told, ok := v.Tell(few)
		if !ok || told.persons == 0 {
			return
		}
		n := rapid.IntRange(2, 4).Draw(t, "segments")
		a, b := func(c int) bool { return c%n == 0 }, func(c int) bool { return c%n == 1 || c%7 == 0 }
		of := Line(rapid.IntRange(0, 3).Draw(t, "of"))
		f := Funnel{Steps: [][]string{{"a", "b"}, {"b", "c"}, {"d", "a"}}, Window: 10, Entry: Entry(rapid.IntRange(0, 1).Draw(t, "entry"))}
		got, err := told.Compare(a, b, of, f, 50)
		require.NoError(t, err)
		if got == nil {
			return
		}
		for i, p := range []Tally{got.A, got.B, got.Both} {
			assert.True(t, p.Persons >= few || i == 2 && p.Persons == 0)
		}
		before := [2]int{}
		for _, d := range got.Lines {
			for i, s := range []Share{d.A, d.B} {
				if !v.log.personal {
					continue
				}
				assert.GreaterOrEqual(t, s.Cases, few)
				assert.GreaterOrEqual(t, s.Of-s.Cases, few)
				if of == OfFunnel && before[i] > 0 {
					assert.GreaterOrEqual(t, before[i]-s.Cases, few, "nor is a step the one before without few")
				}
				before[i] = s.Cases
			}
		}
	})
}
