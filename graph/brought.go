package graph

import (
	"math"
	"slices"
)

// MostBrought is how many values, and ids of different nodes, a caller's fetch may have stores bring along to be put in order, or told apart,
// outside of them: see Measure.Values and Tally.Units. All of them are in memory at once.
const MostBrought = 2_000_000

// mostBrought is how many the fetch may have brought along.
func (f *Fetch) mostBrought() int64 {
	if f.MostBrought == 0 {
		return math.MaxInt64
	}
	return f.MostBrought
}

// A Bringing counts what the tallies of a fetch bring along.
type Bringing struct{ Most, n int64 }

// Bringing begins to count.
func (f *Fetch) Bringing() *Bringing { return &Bringing{Most: f.mostBrought()} }

// Take counts what a row of a tally brings along. The error is BadInput where that is too much.
func (b *Bringing) Take(t *Tally, r *TallyRow) error {
	b.n += int64(len(r.Units))
	for i := range t.Measures {
		if t.Measures[i].Values {
			b.n += r.Measures[i].Count
		}
	}
	if b.n > b.Most {
		return b.TooMuch()
	}
	return nil
}

// TooMuch says that more is to be brought along than may be.
func (b *Bringing) TooMuch() error {
	return Invalid("median, percentile and, of groups that are not shown, distinct are worked out of at most %d values in one operation, and there are more: filter the list, or ask for fewer of them", b.Most)
}

// Brings reports whether rows of the tally have what is brought along.
func (t *Tally) Brings() bool {
	return t.Units || slices.ContainsFunc(t.Measures, func(m Measure) bool { return m.Values })
}
