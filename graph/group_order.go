package graph

import (
	"cmp"
	"math/big"
	"slices"
)

// A GroupOrder is what the groups of a tally are ordered by, then by their keys. Missing values come last, whatever the direction, or first.
type GroupOrder struct {
	By       Ranking
	Measure  int    // of Tally.Measures, but for sizes and keys
	Currency string // of an amount: what has none in it is missing
	Desc     bool
	First    bool // missing values come first
}

// Ranking is what of a group is looked at.
type Ranking uint8

// The rankings. Of a measure that is neither a number nor an amount there is no sum and no mean; percentiles need Measure.Values.
const (
	RankCount Ranking = iota
	RankKey
	RankSum
	RankMean
	RankMedian
	RankMinimum
	RankMaximum
)

var rankings = []string{"count", "key", "sum", "mean", "median", "minimum", "maximum"}

func (r Ranking) String() string { return rankings[r] }

// OfMeasure reports whether it is what was measured of the group.
func (r Ranking) OfMeasure() bool { return r >= RankSum }

// Foremost are the groups that come by themselves: the first Most in the order that is asked for, or the largest, where texts of keys stand
// by code point, whatever they fold to: a store that keeps groups by their keys knows no more.
func (t *Tally) Foremost(groups []Group) []Group {
	sortValues(groups)
	t.order(groups, true)
	return groups[:min(t.Most, len(groups))]
}

// order puts groups in the order that is asked for, or the largest first, and what is no group by itself last.
func (t *Tally) order(groups []Group, byCodePoint bool) {
	o := t.Order
	if o == nil {
		o = &GroupOrder{Desc: true}
	}
	type ranked struct {
		group Group
		value *ratio  // nil: it is missing
		keys  [][]any // what stands in order for each key; nil: it is missing
	}
	all := make([]ranked, len(groups))
	for i, g := range groups {
		all[i].group = g
		if g.Rest == 0 {
			all[i].keys = t.sortKeys(g.Keys, byCodePoint)
		}
		if o.By != RankKey && g.Rest == 0 {
			all[i].value = o.value(&g)
		}
	}
	slices.SortFunc(all, func(a, b ranked) int {
		if a.group.Rest > 0 || b.group.Rest > 0 {
			return cmp.Compare(a.group.Rest, b.group.Rest)
		}
		if o.By == RankKey {
			return compareGroups(a.keys, b.keys, o.Desc, o.First)
		}
		c := 0
		if a.value != nil && b.value != nil {
			c = a.value.compare(b.value)
		}
		return cmp.Or(directed(c, a.value == nil, b.value == nil, o.Desc, o.First), compareGroups(a.keys, b.keys, false, false))
	})
	for i := range all {
		groups[i] = all[i].group
	}
}

// directed is how two values compare in a direction, of which either may be missing.
func directed(c int, aMissing, bMissing, desc, first bool) int {
	switch {
	case aMissing != bMissing && aMissing == first:
		return -1
	case aMissing != bMissing:
		return 1
	case desc:
		return -c
	}
	return c
}

// sortKeys are what a group's keys are put in order by, worked out once for all comparisons.
func (t *Tally) sortKeys(keys []any, byCodePoint bool) [][]any {
	out := make([][]any, len(keys))
	for i, key := range keys {
		switch p := t.By[i].Ref.Prop; {
		case key == nil:
		case p != nil && t.By[i].Cut == NoCut && !(byCodePoint && p.Folds()):
			out[i] = p.SortKey(key)
		default:
			out[i] = keys[i : i+1]
		}
	}
	return out
}

// compareGroups orders groups by the sort keys of their keys.
func compareGroups(a, b [][]any, desc, first bool) int {
	for i := range a {
		c := 0
		if a[i] != nil && b[i] != nil {
			c = CompareKeys(a[i], b[i])
		}
		if c = directed(c, a[i] == nil, b[i] == nil, desc, first); c != 0 {
			return c
		}
	}
	return 0
}

// A ratio is what a group is put in order by, exactly.
type ratio struct{ n, of int64 } // of is above 0

func (a *ratio) compare(b *ratio) int {
	if a.of == b.of {
		return cmp.Compare(a.n, b.n)
	}
	return big.NewRat(a.n, a.of).Cmp(big.NewRat(b.n, b.of))
}

func (o *GroupOrder) value(g *Group) *ratio {
	if o.By == RankCount {
		return &ratio{g.Count, 1}
	}
	at := slices.IndexFunc(g.Measures[o.Measure], func(s Summary) bool { return s.Currency == o.Currency })
	if at < 0 {
		return nil
	}
	s := &g.Measures[o.Measure][at]
	switch o.By {
	case RankSum:
		return &ratio{s.Sum.(int64), 1}
	case RankMean:
		return &ratio{s.Sum.(int64), s.Count}
	case RankMedian:
		return &ratio{s.Percentile(Median), 1}
	case RankMinimum:
		return &ratio{s.Min.(int64), 1}
	}
	return &ratio{s.Max.(int64), 1}
}

// MostGroups is how many groups of one tally a reader holds by themselves.
const MostGroups = 1000

// MostOf is the Most of a tally by these keys: 0 where there cannot be more than MostGroups.
func MostOf(by []GroupKey) int {
	all := 1
	for i := range by {
		n := by[i].values()
		if all *= n; n == 0 || all > MostGroups {
			return MostGroups
		}
	}
	return 0
}

// values is how many values there may be of a key, the missing one included; 0: nothing bounds them.
func (k *GroupKey) values() int {
	switch {
	case k.Bounds != nil:
		return len(k.Bounds) + 2
	case k.Ref.Prop == nil:
		return 0
	case k.Cut == ByHourOfDay:
		return 24 + 1
	case k.Cut == ByWeekday:
		return 7 + 1
	case k.Cut == ByHourOfWeek:
		return 7*24 + 1
	case k.Ref.Prop.Type == Enum:
		return len(k.Ref.Prop.Values) + 1
	case k.Ref.Prop.Type == Bool:
		return 2 + 1
	}
	return 0
}
