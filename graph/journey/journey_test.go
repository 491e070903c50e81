package journey

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// logOf makes a log of cases as "a1 b3 c3!": letters are activities, numbers their times in microseconds, and ! says that the case is closed.
// Each case is a person.
func logOf(t require.TestingT, cases ...string) *Log {
	letters := []string{"a", "b", "c", "d", "e"}
	b, err := NewBuilder(letters, true)
	require.NoError(t, err)
	for i, text := range cases {
		c := Case{ID: fmt.Sprint("case ", i)}
		text, c.Closed = strings.CutSuffix(text, "!")
		for j, word := range strings.Fields(text) {
			e := Event{Sequence: NoSequence, ID: fmt.Sprintf("%03d", j), Activity: uint16(slices.Index(letters, word[:1])), Persons: []string{c.ID}}
			_, err := fmt.Sscan(word[1:], &e.At)
			require.NoError(t, err)
			c.Events = append(c.Events, e)
		}
		require.NoError(t, b.Put(c))
	}
	return b.Log()
}

func viewOf(t require.TestingT, l *Log, change ...func(*Definition)) *View {
	d := l.As()
	for _, c := range change {
		c(&d)
	}
	v, err := l.View(d)
	require.NoError(t, err)
	return v
}

func hide(names ...string) func(*Definition) {
	return func(d *Definition) {
		for i, n := range d.Names {
			if slices.Contains(names, n) {
				d.Named[i] = Hidden
			}
		}
	}
}

func told(paths Paths) (out []string) {
	for _, p := range paths.Rows {
		out = append(out, fmt.Sprintf("%s %d", strings.Join(p.Activities, ""), p.Cases))
	}
	return out
}

// edges are those of a map as "a>b 3/2 4": events, cases and the median time.
func edges(m Map) (out []string) {
	for _, e := range m.Edges {
		text := fmt.Sprintf("%s>%s %d/%d", e.From, e.To, e.Events, e.Cases)
		if e.Spread != nil {
			text += fmt.Sprint(" ", e.Median)
		}
		out = append(out, text)
	}
	return out
}

func TestAMapCountsWhatDirectlyFollowsWhat(t *testing.T) {
	log := logOf(t, "a0 b10 a20 b50!", "a0 b20", "b5!")
	for _, c := range []struct {
		name   string
		change func(*Definition)
		want   []string
	}{
		{"an edge is counted as often as it occurs, and its cases once; an unfinished case ends in <open>", func(*Definition) {},
			[]string{"a>b 3/2 20", "<start>>a 2/2", "b><end> 2/2", "<start>>b 1/1", "b><open> 1/1", "b>a 1/1 10"}},
		{"a self-loop is an edge, and what is hidden is bridged", hide("b"),
			[]string{"<start>>a 2/2", "a><end> 1/1", "a><open> 1/1", "a>a 1/1 20"}},
		{"a case in which nothing is left is none", hide("a"),
			[]string{"<start>>b 3/3", "b><end> 2/2", "b><open> 1/1", "b>b 1/1 40"}},
		{"two activities under one name are one", func(d *Definition) {
			d.Names, d.Named[0], d.Named[1] = []string{"x"}, 0, 0
			d.Named[2], d.Named[3], d.Named[4] = Hidden, Hidden, Hidden
		},
			[]string{"x>x 4/2 15", "<start>>x 3/3", "x><end> 2/2", "x><open> 1/1"}},
		{"of repeats the first alone stays, wherever they are", func(d *Definition) { d.Repeats = Cut },
			[]string{"<start>>a 2/2", "a>b 2/2 15", "b><end> 2/2", "<start>>b 1/1", "b><open> 1/1"}},
		{"a case filter leaves whole cases out", func(d *Definition) { d.Cases = func(c int) bool { return c != 0 } },
			[]string{"<start>>a 1/1", "<start>>b 1/1", "a>b 1/1 20", "b><end> 1/1", "b><open> 1/1"}},
		{"the period is when a case begins: from is in it, to is not", func(d *Definition) { d.From, d.To = new(int64), new(int64); *d.From, *d.To = 0, 5 },
			[]string{"a>b 3/2 20", "<start>>a 2/2", "b><end> 1/1", "b><open> 1/1", "b>a 1/1 10"}},
		{"a case in which nothing came for long enough is closed", func(d *Definition) { d.Idle = 29 },
			[]string{"a>b 3/2 20", "b><end> 3/3", "<start>>a 2/2", "<start>>b 1/1", "b>a 1/1 10"}},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, edges(viewOf(t, log, c.change).Map(true))) })
	}
}

func TestOrderIsTimeThenSequenceThenIDAndNeverTheName(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b", "c"}, false)
	require.NoError(t, err)
	require.NoError(t, b.Put(Case{ID: "x", Closed: true, Events: []Event{
		{At: 2, Sequence: NoSequence, ID: "1", Activity: 2}, // the last of its instant: it has no sequence
		{At: 2, Sequence: 9, ID: "0", Activity: 0},
		{At: 2, Sequence: 3, ID: "9", Activity: 1},
		{At: 1, Sequence: 7, ID: "8", Activity: 2},
		{At: 1, Sequence: 7, ID: "7", Activity: 1}, // tied: the id decides
	}}))
	v := viewOf(t, b.Log())
	assert.Equal(t, []string{"bcbac<end> 1"}, told(v.Variants(1, 0)))
	assert.Equal(t, 1, v.Population().Tied)
	hidden := viewOf(t, b.Log(), hide("b"))
	assert.Equal(t, []string{"cac<end> 1"}, told(hidden.Variants(1, 0)))
	assert.Zero(t, hidden.Population().Tied, "who was tied with the first is hidden")
}

func TestShareMedianAndNinetiethPercentileAreExact(t *testing.T) {
	log := logOf(t, "a0 b1", "a0 b2", "a0 b3", "a0 b100", "a0 c7")
	m := viewOf(t, log).Map(true)
	ab := m.Edges[slices.IndexFunc(m.Edges, func(e Edge) bool { return e.From == "a" && e.To == "b" })]
	assert.Equal(t, 0.8, ab.Share)
	assert.Equal(t, Spread{Median: 2.5, P90: 100}, *ab.Spread)
	var ten []int64
	for i := range 10 {
		ten = append(ten, int64(10-i))
	}
	assert.Equal(t, Spread{Median: 5.5, P90: 9}, *spread(ten))
	assert.Nil(t, spread(nil))
}

func TestVariantsAreWholeSequences(t *testing.T) {
	log := logOf(t, "a0 a1 b2 a3!", "a0 b2 a3!", "a0 b2!", "a0 b2", "c0!")
	for _, c := range []struct {
		name    string
		repeats Repeats
		want    []string
	}{
		{"KEEP tells repeats apart", Keep, []string{"aaba<end> 1", "aba<end> 1", "ab<end> 1", "ab<open> 1", "c<end> 1"}},
		{"CUT has each activity once", Cut, []string{"ab<end> 3", "ab<open> 1", "c<end> 1"}},
		{"COLLAPSE has what follows itself once", Collapse, []string{"aba<end> 2", "ab<end> 1", "ab<open> 1", "c<end> 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := viewOf(t, log, func(d *Definition) { d.Repeats = c.repeats })
			assert.Equal(t, c.want, told(v.Variants(9, 0)))
			two := v.Variants(2, 0)
			assert.Equal(t, c.want[:2], told(two))
			assert.Equal(t, Rest{len(c.want) - 2, Tally{5 - two.Rows[0].Cases - two.Rows[1].Cases, 5 - two.Rows[0].Cases - two.Rows[1].Cases}}, two.Other, "all others are counted")
			for _, row := range two.Rows {
				cases, err := v.BehindVariant(row.Activities)
				require.NoError(t, err)
				assert.Len(t, cases, row.Cases)
			}
		})
	}
}

func TestPathsBeginAndEndAtTheFirstOfWhatIsAskedFor(t *testing.T) {
	log := logOf(t, "a0 b1 c2 b3 d4!", "b0 d9", "a0 c2 c3 c4 d5!", "c0 a1", "e0!")
	for _, c := range []struct {
		name string
		ask  Between
		want []string
	}{
		{"from an activity, as far as there is room, with the end of the case where that is nearer", Between{From: []string{"b"}, Depth: 3}, []string{"bcb 1", "bd<open> 1"}},
		{"to an activity", Between{To: []string{"d"}, Depth: 3}, []string{"cbd 1", "ccd 1", "<start>bd 1"}},
		{"between two", Between{From: []string{"a"}, To: []string{"d"}, Depth: 5}, []string{"abcbd 1", "acccd 1"}},
		{"between two, with no room for all", Between{From: []string{"a"}, To: []string{"d"}, Depth: 3}, []string{"ab…d 1", "ac…d 1"}},
		{"through an activity, with as many on both sides", Between{Through: []string{"d"}, Depth: 3}, []string{"bd<end> 1", "bd<open> 1", "cd<end> 1"}},
		{"and one more behind it, where they are not as many", Between{Through: []string{"c"}, Depth: 4}, []string{"accc 1", "bcbd 1", "<start>ca<open> 1"}},
		{"of one of several, with what is behind it and no room for more", Between{Through: []string{"d", "e"}, Depth: 2}, []string{"d<end> 2", "d<open> 1", "e<end> 1"}},
		{"one of several may be an end", Between{From: []string{"a", "b"}, To: []string{"c", "d"}, Depth: 4}, []string{"abc 1", "ac 1", "bd 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := viewOf(t, log)
			got, err := v.Paths(c.ask, 9, 0)
			require.NoError(t, err)
			assert.Equal(t, c.want, told(got))
			for _, row := range got.Rows {
				cases, err := v.BehindPath(c.ask, row.Activities)
				require.NoError(t, err)
				assert.Len(t, cases, row.Cases)
			}
		})
	}
}

// ledger is a step as "entered 5 = 2 continued + 1 open + …", without what is 0.
func ledger(s Step) string {
	var parts []string
	for st, name := range []string{"filtered", "continued", "open", "other", "dropped"} {
		if n := s.Statuses[st].Entries; n > 0 {
			parts = append(parts, fmt.Sprint(n, " ", name))
		}
	}
	return fmt.Sprint(s.Entered.Entries, " = ", strings.Join(parts, " + "))
}

func TestAFunnelTellsWhatBecameOfEachEntry(t *testing.T) {
	// The horizon is 100.
	log := logOf(t,
		"a0 b10 c20",        // through
		"a0 b10 c31",        // too late for a window of 30
		"a0 d5 b10 e12",     // came to an exit behind b
		"a80 d85",           // has time left
		"a80 d85!",          // is closed
		"b0 c1",             // never enters
		"a0 c5 a50 b60 c80", // gets further from its second entry
		"e100")
	steps := [][]string{{"a"}, {"b"}, {"c"}}
	for _, c := range []struct {
		name   string
		funnel Funnel
		change func(*Definition)
		want   []string
		cohort [4]int
	}{
		{"the window is inclusive, and begins at the first entry", Funnel{Steps: steps, Window: 30}, func(*Definition) {},
			[]string{"6 = 3 continued + 1 open + 2 dropped", "3 = 1 continued + 2 dropped", "1 = 1 continued"}, [4]int{1, 4, 0, 1}},
		{"BEST takes the entry that gets furthest", Funnel{Steps: steps, Window: 30, Entry: Best}, func(*Definition) {},
			[]string{"6 = 4 continued + 1 open + 1 dropped", "4 = 2 continued + 2 dropped", "2 = 2 continued"}, [4]int{2, 3, 0, 1}},
		{"EACH counts all entries", Funnel{Steps: steps, Window: 30, Entry: Each}, func(*Definition) {},
			[]string{"7 = 4 continued + 1 open + 2 dropped", "4 = 2 continued + 2 dropped", "2 = 2 continued"}, [4]int{2, 4, 0, 1}},
		{"who comes to an exit is other, and who goes on all the same is not", Funnel{Steps: steps, Window: 30, Exits: []string{"e", "d"}}, func(*Definition) {},
			[]string{"6 = 3 continued + 1 open + 1 other + 1 dropped", "3 = 1 continued + 1 other + 1 dropped", "1 = 1 continued"}, [4]int{1, 4, 0, 1}},
		{"without a window whoever is not closed has time left", Funnel{Steps: steps}, func(*Definition) {},
			[]string{"6 = 4 continued + 1 open + 1 dropped", "4 = 3 continued + 1 open", "3 = 3 continued"}, [4]int{0, 1, 3, 2}},
		{"nothing is between strict steps", Funnel{Steps: steps, Strict: true, Window: 30}, func(*Definition) {},
			[]string{"6 = 2 continued + 4 dropped", "2 = 1 continued + 1 dropped", "1 = 1 continued"}, [4]int{1, 5, 0, 0}},
		{"where nothing is between, the next event decides, without a window, too", Funnel{Steps: steps, Strict: true}, func(*Definition) {},
			[]string{"6 = 2 continued + 4 dropped", "2 = 2 continued", "2 = 2 continued"}, [4]int{2, 4, 0, 0}},
		{"and it is an exit, or none is", Funnel{Steps: steps, Strict: true, Window: 30, Exits: []string{"e", "d"}}, func(*Definition) {},
			[]string{"6 = 2 continued + 3 other + 1 dropped", "2 = 1 continued + 1 dropped", "1 = 1 continued"}, [4]int{1, 5, 0, 0}},
		{"who goes on is through at once, and whom nothing has followed is open", Funnel{Steps: [][]string{{"a", "e"}, {"b", "d"}}, Strict: true, Window: 30, Entry: Each}, func(*Definition) {},
			[]string{"9 = 6 continued + 1 open + 2 dropped", "6 = 6 continued"}, [4]int{6, 2, 0, 1}},
		{"the case filter settles at the first step", Funnel{Steps: steps, Window: 30}, func(d *Definition) { d.Cases = func(c int) bool { return c > 0 } },
			[]string{"6 = 1 filtered + 2 continued + 1 open + 2 dropped", "2 = 2 dropped", "0 = "}, [4]int{0, 4, 0, 1}},
		{"the period bounds the entry and not what follows", Funnel{Steps: steps, Window: 30}, func(d *Definition) { d.From, d.To = new(int64), new(int64); *d.From, *d.To = 50, 51 },
			[]string{"1 = 1 continued", "1 = 1 continued", "1 = 1 continued"}, [4]int{1, 0, 0, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := viewOf(t, log, c.change)
			got, err := v.Funnel(c.funnel)
			require.NoError(t, err)
			var steps []string
			for k, s := range got.Steps {
				steps = append(steps, ledger(s))
				for st := Status(0); st < statuses; st++ {
					cases, err := v.BehindStep(c.funnel, k, st)
					require.NoError(t, err)
					assert.Len(t, cases, s.Statuses[st].Cases, "step %d, status %d", k, st)
				}
			}
			assert.Equal(t, c.want, steps)
			var cohort [4]int
			for i := range cohort {
				cohort[i] = got.Cohorts[i].Entries
			}
			assert.Equal(t, c.cohort, cohort, "matured and through, matured and not, young and through, young and not")
		})
	}
}

func TestALogStaysAsItIsWhateverIsPutLater(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, true)
	require.NoError(t, err)
	put := func(id string, activities ...uint16) {
		c := Case{ID: id}
		for i, a := range activities {
			c.Events = append(c.Events, Event{At: int64(i), Activity: a, Persons: []string{id}})
		}
		require.NoError(t, b.Put(c))
	}
	for i := range 2000 {
		put(fmt.Sprint(i), 0, 1)
	}
	before := b.Log()
	for i := range 1500 { // so that the columns are written anew
		put(fmt.Sprint(i), 1)
	}
	b.Remove("1999")
	after := b.Log()
	b.Remove("1999")
	assert.Equal(t, []string{"ab<open> 2000"}, told(viewOf(t, before).Variants(9, 0)))
	assert.Equal(t, []string{"b<open> 1500", "ab<open> 499"}, told(viewOf(t, after).Variants(9, 0)))
	assert.Equal(t, 1500+2*499, len(after.codes), "what is gone takes no room any more")
	assert.Equal(t, 1999, after.Cases())
}

func TestPersonsAreCountedOnceWhateverCasesTheyStandIn(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(t, err)
	for i, who := range [][]string{{"ann", "bob"}, {"bob", "ann", "bob"}, {"cleo"}, nil} {
		require.NoError(t, b.Put(Case{ID: fmt.Sprint(i), Closed: true, Events: []Event{{At: 1, Activity: 0, Persons: who}, {At: 2, Activity: 1}}}))
	}
	v := viewOf(t, b.Log())
	assert.Equal(t, Tally{4, 3}, v.Population().Tally)
	m := v.Map(false)
	for _, e := range m.Edges {
		want := Tally{4, 3}
		if e.To == End {
			want.Persons = 0
		}
		assert.Equal(t, want, e.Tally, "%s > %s", e.From, e.To)
	}
	assert.Equal(t, Tally{4, 3}, v.Variants(1, 0).Rows[0].Tally)
	f, err := v.Funnel(Funnel{Steps: [][]string{{"a"}, {"b"}}})
	require.NoError(t, err)
	assert.Equal(t, Count{Entries: 4, Tally: Tally{4, 3}}, f.Steps[1].Entered)
}

func TestWhatCannotBeAskedIsRefusedByName(t *testing.T) {
	v := viewOf(t, logOf(t, "a0 b1"))
	refused := func(err error, says string) {
		t.Helper()
		assert.ErrorContains(t, err, says)
	}
	_, err := v.Funnel(Funnel{Steps: [][]string{{"a"}}})
	refused(err, "steps: from 2 to 1000 steps, not 1")
	_, err = v.Funnel(Funnel{Steps: [][]string{{"a"}, {"z"}}})
	refused(err, `steps[1]: there is no activity "z"`)
	_, err = v.Funnel(Funnel{Steps: [][]string{{"a"}, {}}})
	refused(err, "steps[1]: at least one activity is to be named")
	_, err = v.Funnel(Funnel{Steps: [][]string{{"a"}, {"b"}}, Exits: []string{"y"}})
	refused(err, `exits: there is no activity "y"`)
	for _, b := range []Between{{Depth: 5}, {From: []string{"a"}, Through: []string{"b"}, Depth: 5}} {
		_, err = v.Paths(b, 1, 0)
		refused(err, "at least one of from and to is to be given, or through alone")
	}
	_, err = v.Paths(Between{Through: []string{"z"}, Depth: 5}, 1, 0)
	refused(err, `through: there is no activity "z"`)
	_, err = v.Paths(Between{From: []string{"a"}, Depth: 1001}, 1, 0)
	refused(err, "depth: from 2 to 1000 activities, not 1001")
	_, err = v.BehindEdge(End, "a")
	refused(err, `from: there is no activity "<end>"`)
	for _, name := range []string{"z", Start, End, Open, More} {
		_, err = v.BehindActivity(name)
		refused(err, fmt.Sprintf("activity: there is no activity %q", name))
	}
	_, err = NewBuilder(make([]string, MostActivities+1), false)
	refused(err, "a log tells 65531 activities apart, not 65532")
	late := int64(1)
	_, err = v.log.View(Definition{Names: v.def.Names, Named: v.def.Named, From: &late, To: &late})
	refused(err, "the period ends before it begins")
}

func TestNumbersOfManyActivitiesStepsAndVariantsAreRight(t *testing.T) {
	for _, n := range []int{31, 32, 33, 63, 64, 65, 255, 256, 257, 1021, 1022} {
		t.Run(fmt.Sprint(n, " activities, and as many steps"), func(t *testing.T) {
			names, steps := make([]string, n), make([][]string, min(n, MostSteps))
			c := Case{ID: "x", Closed: true}
			for i := range n {
				names[i] = fmt.Sprint("activity ", i)
				c.Events = append(c.Events, Event{At: int64(i * i), Activity: uint16(i)})
			}
			for i := range steps {
				steps[i] = names[i : i+1]
			}
			b, err := NewBuilder(names, false)
			require.NoError(t, err)
			require.NoError(t, b.Put(c))
			v := viewOf(t, b.Log())
			m := v.Map(true)
			assert.Len(t, m.Edges, n+1)
			assert.Len(t, m.Activities, n)
			last := m.Edges[slices.IndexFunc(m.Edges, func(e Edge) bool { return e.From == names[n-2] && e.To == names[n-1] })]
			assert.Equal(t, float64((n-1)*(n-1)-(n-2)*(n-2)), last.Median)
			f, err := v.Funnel(Funnel{Steps: steps})
			require.NoError(t, err)
			assert.Equal(t, Count{Entries: 1, Tally: Tally{1, 0}}, f.Steps[len(steps)-1].Statuses[Continued])
			assert.Equal(t, []string{strings.Join(names, "") + "<end> 1"}, told(v.Variants(1, 0)))
		})
	}
	for _, n := range []int{math.MaxUint16, math.MaxUint16 + 1} {
		t.Run(fmt.Sprint(n, " variants"), func(t *testing.T) {
			b, err := NewBuilder([]string{"0", "1"}, false)
			require.NoError(t, err)
			for i := range n {
				c := Case{ID: fmt.Sprint(i)}
				for bit := range 17 {
					c.Events = append(c.Events, Event{At: int64(bit), Activity: uint16(i >> bit & 1)})
				}
				require.NoError(t, b.Put(c))
			}
			got := viewOf(t, b.Log()).Variants(2, 0)
			assert.Equal(t, Rest{n - 2, Tally{n - 2, 0}}, got.Other)
			assert.Equal(t, Tally{n, 0}, got.Total)
		})
	}
	t.Run("65531 activities", func(t *testing.T) {
		names := make([]string, MostActivities)
		c := Case{ID: "x"}
		for i := range names {
			names[i] = fmt.Sprint(i)
			c.Events = append(c.Events, Event{At: int64(i), Activity: uint16(i)})
		}
		b, err := NewBuilder(names, false)
		require.NoError(t, err)
		require.NoError(t, b.Put(c))
		m := viewOf(t, b.Log()).Map(false)
		assert.Len(t, m.Edges, MostActivities+1)
		assert.Equal(t, map[string]int{names[MostActivities-1]: 1}, m.Ends(false))
	})
}
