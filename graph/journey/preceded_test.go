package journey

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// tellAll tells all of a view, whoever stands behind it.
func tellAll(t require.TestingT, v *View, fewest int) *Telling {
	told, ok := v.Tell(fewest)
	require.True(t, ok)
	return told
}

func TestWhatPrecedesByHand(t *testing.T) {
	// c is asked about, within 10 of a or b, and 100 is the horizon.
	//   case 0 lasts from 0 to 100. a covers 0 to 5, b 5 to 15, and a 40 to 50: 15 and 10 of 100. Of its three, that at 8 is b's, that at 50 is a's, and that at 51 nobody's.
	//   case 1 has ended at 40, and lasts from 20: b covers 20 to 30, a half. c at 40 is nobody's.
	//   case 2 is one event, and nothing precedes it. Its time is from 60 to 100, of which nothing covers anything.
	//   case 3 has no c.
	log := logOf(t, "a0 b5 c8 a40 c50 c51", "b20 c40!", "c60", "a70 b100")
	got, err := tellAll(t, viewOf(t, log), 0).Preceded(Preceding{Events: []string{"c"}, By: []string{"a", "b"}, Window: 10})
	require.NoError(t, err)
	none, one, cases := 3, 1, 3
	assert.Equal(t, &Preceded{Events: 5, Rows: []PrecededRow{{"a", 1, &one, 0.2, 0.09}, {"b", 1, &one, 0.2, 0.16}}, None: &none, NoneCases: &cases}, got)
}

func TestWhatPrecedesIsOfTheSameCaseAndBefore(t *testing.T) {
	for _, c := range []struct {
		name, of string
		window   int64
		want     string
	}{
		{"the window is inclusive", "a0 c10!", 10, "a1"}, {"and no longer", "a0 c11!", 10, ""}, {"what comes after does not precede", "c1 a2!", 10, ""},
		{"the last one counts", "a1 b2 c3!", 10, "b1"}, {"of one instant the order decides", "a1 c1 b1!", 10, "a1"}, {"each event is counted", "a1 c2 c3!", 10, "a2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := tellAll(t, viewOf(t, logOf(t, c.of)), 0).Preceded(Preceding{[]string{"c"}, []string{"a", "b"}, c.window})
			require.NoError(t, err)
			text := ""
			for _, r := range got.Rows {
				if r.Events > 0 {
					text += fmt.Sprint(r.Activity, r.Events)
				}
			}
			assert.Equal(t, c.want, text)
		})
	}
}

// times are cases as often as each begins with: "5 a0 c1" is five times the case.
func times(t *testing.T, words ...string) (out []string) {
	for _, w := range words {
		var n int
		_, err := fmt.Sscan(w[:2], &n)
		require.NoError(t, err)
		for range n {
			out = append(out, w[2:])
		}
	}
	return out
}

func TestWhatPrecedesIsToldOfFivePersons(t *testing.T) {
	for _, c := range []struct {
		name       string
		log        []string
		rows       string
		none       bool
		other      int
		nothingAll bool
	}{
		{"five and five, and five without", times(t, "5 a0 c1", "5 b0 c1", "5 c1", "5 e0"), "a5b5", true, 0, false},
		{"four are with those who are fewest then", times(t, "6 a0 c1", "4 b0 c1", "5 c1", "5 e0"), "a6", false, 9, false},
		{"nothing is told of four", times(t, "2 a0 c1", "2 c1", "9 e0"), "", false, 0, true},
		{"nor of all but four", times(t, "6 a0 c1", "6 c1", "4 e0"), "", false, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := tellAll(t, viewOf(t, logOf(t, c.log...)), 5).Preceded(Preceding{[]string{"c"}, []string{"a", "b"}, 10})
			require.NoError(t, err)
			if c.nothingAll {
				assert.Nil(t, got)
				return
			}
			text := ""
			for _, r := range got.Rows {
				text += fmt.Sprint(r.Activity, r.Events)
			}
			assert.Equal(t, c.rows, text)
			assert.Equal(t, c.none, got.None != nil)
			assert.Equal(t, c.other, got.Other)
		})
	}
}

// TestInHowManyCasesIsToldIfItDoesNotTellWhoComesAgain has five cases in each row, of which some have two events there.
func TestInHowManyCasesIsToldIfItDoesNotTellWhoComesAgain(t *testing.T) {
	for _, c := range []struct {
		name string
		log  []string
		told bool
	}{
		{"nobody comes again", []string{"5 a0 c1", "5 b0 c1", "5 c1", "5 e0"}, true},
		{"five do", []string{"5 a0 c1 a2 c3", "5 b0 c1", "5 c1", "5 e0"}, true},
		{"four do", []string{"4 a0 c1 a2 c3", "3 a0 c1", "5 b0 c1", "5 c1", "5 e0"}, false},
		{"five are in two rows", []string{"5 a0 c1 b2 c3", "5 b0 c1", "5 c1", "5 e0"}, true},
		{"one is", []string{"5 a0 c1", "1 a0 c1 b2 c3", "5 b0 c1", "5 c1", "5 e0"}, false},
		{"one is in a row, and in that of nothing", []string{"5 a0 c1", "1 a0 c1 c90", "5 b0 c1", "5 c1", "5 e0"}, false},
		{"one of all is in the others alone", []string{"6 a0 c1 b2 c3 e50 c90", "1 b2 c3 e50 c90", "5 e0"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := Preceding{[]string{"c"}, []string{"a", "b"}, 10}
			tell := tellAll(t, viewOf(t, logOf(t, times(t, c.log...)...)), 5)
			got, err := tell.Preceded(q)
			require.NoError(t, err)
			require.NotEmpty(t, got.Rows)
			for _, r := range got.Rows {
				assert.Equal(t, c.told, r.Cases != nil)
				_, ok, err := tell.BehindPreceded(q, r.Activity)
				require.NoError(t, err)
				assert.Equal(t, c.told, ok)
			}
		})
	}
}

func TestWhatPrecedesIsAskedRightly(t *testing.T) {
	told := tellAll(t, viewOf(t, logOf(t, "a0 c1")), 0)
	for _, c := range []struct {
		q    Preceding
		want string
	}{
		{Preceding{[]string{"x"}, []string{"a"}, 1}, `events: there is no activity "x" in the definition; there are "a", "b", "c", "d", "e"`},
		{Preceding{[]string{"a"}, nil, 1}, "by: at least one activity is to be named"},
		{Preceding{[]string{"a"}, []string{"a"}, 0}, "window: it is more than 0, not 0"},
	} {
		_, err := told.Preceded(c.q)
		assert.EqualError(t, err, c.want)
	}
}

func TestWhatPrecedesBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyLog(t)
		fewest := rapid.SampledFrom([]int{0, 3}).Draw(t, "fewest")
		told, ok := v.Tell(fewest)
		if !ok {
			return
		}
		got, err := told.Preceded(Preceding{[]string{"c"}, []string{"a", "b"}, rapid.Int64Range(1, 60).Draw(t, "window")})
		require.NoError(t, err)
		if got == nil {
			require.Positive(t, fewest)
			return
		}
		sum, expected := got.Other, 0.0
		if got.None != nil {
			sum += *got.None
		}
		for _, r := range got.Rows {
			sum += r.Events
			expected += r.Expected
			require.True(t, r.Expected >= 0 && r.Share >= 0)
		}
		require.Equal(t, got.Events, sum)
		require.LessOrEqual(t, expected, 1+1e-6)
		all := 0
		for _, a := range v.Map(false).Activities {
			if a.Name == "c" {
				all = a.Events
			}
		}
		require.Equal(t, all, got.Events)
	})
}
