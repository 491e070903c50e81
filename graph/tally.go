package graph

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// A Group is one group of a tally, or the whole set where the tally has no keys, or all groups that do not come by themselves.
type Group struct {
	Keys     []any
	Count    int64
	Units    []string    // of a Distinct tally, where they are wanted
	Measures [][]Summary // one list for each measure: a summary per currency in its order; of other types one or none
	Rest     int64       // how many groups it is that do not come by themselves; 0: it is one
}

// ID tells groups of one tally, and of those that are of the same groups, apart.
func (g *Group) ID() string {
	if g.Rest > 0 {
		return "rest"
	}
	id := make([]byte, 0, 64)
	for _, key := range g.Keys {
		switch key := key.(type) {
		case nil:
			id = append(id, '-')
		case string:
			id = strconv.AppendInt(append(id, 's'), int64(len(key)), 10)
			id = append(append(id, ':'), key...)
		case int64:
			id = strconv.AppendInt(append(id, 'i'), key, 10)
		case bool:
			id = strconv.AppendBool(append(id, 'b'), key)
		default:
			id = fmt.Appendf(append(id, 'v'), "%#v", key)
		}
	}
	return string(id)
}

// Groups adds up the rows of a tally, in its order. Those that do not come by themselves stand last, as one.
func Groups(t *Tally, rows []TallyRow) ([]Group, error) {
	var groups []Group
	index := map[string]int{}
	for _, r := range rows {
		g := Group{Keys: r.Keys, Units: r.Units, Measures: make([][]Summary, len(t.Measures)), Rest: r.Rest}
		id := g.ID()
		i, ok := index[id]
		if !ok {
			i = len(groups)
			index[id] = i
			groups = append(groups, g)
		}
		if err := groups[i].Add(t, &r); err != nil {
			return nil, err
		}
	}
	sortValues(groups)
	t.order(groups, false)
	return groups, nil
}

// Fold adds up groups of a tally into one without keys. Different nodes of several groups are those of all of them, so that it takes Units.
func Fold(t *Tally, groups []Group) (Group, error) {
	var sum Group
	for _, g := range groups {
		sum.Units = append(sum.Units, g.Units...)
		if sum.Measures == nil {
			sum.Measures = make([][]Summary, len(g.Measures))
		}
		sum.Count += g.Count
		for i, ms := range g.Measures {
			for _, m := range ms {
				if err := sum.measure(t, i, m); err != nil {
					return sum, err
				}
			}
		}
	}
	sortValues([]Group{sum})
	if t.Distinct {
		slices.Sort(sum.Units)
		sum.Units = slices.Compact(sum.Units)
		sum.Count = int64(len(sum.Units))
	}
	return sum, nil
}

// Add adds a part of the group. Values are not put in order.
func (g *Group) Add(t *Tally, r *TallyRow) error {
	g.Count += r.Count
	for i, m := range r.Measures {
		if err := g.measure(t, i, m); err != nil {
			return err
		}
	}
	return nil
}

// measure adds what a measure found in a part.
func (g *Group) measure(t *Tally, i int, m Summary) error {
	if m.Count == 0 {
		return nil
	}
	at := slices.IndexFunc(g.Measures[i], func(s Summary) bool { return s.Currency == m.Currency })
	if at < 0 {
		m.Values = slices.Clip(m.Values) // which are not this group's to change
		g.Measures[i] = append(g.Measures[i], m)
		slices.SortFunc(g.Measures[i], func(a, b Summary) int { return cmp.Compare(a.Currency, b.Currency) })
		return nil
	}
	s, p := &g.Measures[i][at], t.Measures[i].Ref.Prop
	s.Count += m.Count
	if s.Sum != nil && m.Sum != nil {
		sum, err := AddExact(s.Sum.(int64), m.Sum.(int64))
		if err != nil {
			return err
		}
		s.Sum = sum
	}
	s.Values = append(s.Values, m.Values...)
	if p.Compare(m.Min, s.Min) < 0 {
		s.Min = m.Min
	}
	if p.Compare(m.Max, s.Max) > 0 {
		s.Max = m.Max
	}
	return nil
}

// sortValues puts the values of groups in order that parts of were added to each other.
func sortValues(groups []Group) {
	for _, g := range groups {
		for _, ms := range g.Measures {
			for _, m := range ms {
				if !slices.IsSorted(m.Values) {
					slices.Sort(m.Values)
				}
			}
		}
	}
}

// AddExact adds, and refuses a sum that leaves int64.
func AddExact(a, b int64) (int64, error) {
	s := a + b
	if (s > a) != (b > 0) && b != 0 {
		return 0, Invalid("a sum is too large to be kept exactly")
	}
	return s, nil
}

// DivRound divides, half away from zero. n must not be 0.
func DivRound(sum, n int64) int64 {
	neg := (sum < 0) != (n < 0)
	us, un := absolute(sum), absolute(n)
	q, r := us/un, us%un
	if r >= un-r {
		q++
	}
	if neg {
		return -int64(q)
	}
	return int64(min(q, math.MaxInt64))
}

func absolute(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// CompareKeys orders two lists of values, element by element, by Compare.
func CompareKeys(a, b []any) int {
	for i := range a {
		if c := Compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

// Compare orders sort keys of one type: false before true, texts by code point, missing ones last.
func Compare(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	switch x := a.(type) {
	case int64:
		return cmp.Compare(x, b.(int64))
	case string:
		return cmp.Compare(x, b.(string))
	case bool:
		return cmp.Compare(truth(x), truth(b.(bool)))
	case Money:
		return cmp.Compare(x.Amount, b.(Money).Amount)
	}
	panic(fmt.Sprintf("graph: no order for %T", a))
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}
