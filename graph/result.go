package graph

import (
	"iter"
	"slices"
)

// A Result has one ListResult for each list of its Fetch, in the same order.
type Result struct {
	Lists []ListResult
	Leads Leads // by which names of the fetch were followed; nil: none leads to another
	// Place is that of the feed's newest entry, as Feed.Last: what was kept of an earlier answer may be still so where it is the same; on Neo4j a batch at that place may have been seen in part. Where Fetch.Place wants it.
	Place int64
}

// ListResult answers a List.
type ListResult struct {
	Rows        []Row
	HasNext     bool
	HasPrevious bool
	Cut         bool         // MaxSteps have kept the walk from nodes further on
	Tallies     [][]TallyRow // one for each Tally
}

// Row is a node and how it was reached. Values have the types that Type lists, nil where there is none.
type Row struct {
	Sel   *Selection // which of the list's selections it answers
	ID    string
	Props []any  // one for each of Sel.Props
	Met   []bool // one for each of Sel.Asks
	Edge  []any  // one for each of List.Props
	// Keys are the effective value of each Order, then the id and, under an edge, the relationship's key behind it; where
	// cursors are wanted.
	Keys  []any
	Lists []ListResult // one for each of Sel.Lists
	Found []Found      // where the words of List.Search were found, by the order of Search.In
}

// Value is that of a property of the node; nil, too, where it was not asked for, or the guard has taken it out.
func (r *Row) Value(p *Property) any {
	if i := slices.IndexFunc(r.Sel.Props, func(ref Ref) bool { return ref.Prop == p }); i >= 0 {
		return r.Props[i]
	}
	return nil
}

// Below are the rows of a row's lists, each with the list that it is in.
func (r *Row) Below() iter.Seq2[*List, *Row] {
	return func(yield func(*List, *Row) bool) {
		for i, l := range r.Sel.Lists {
			for j := range r.Lists[i].Rows {
				if !yield(l, &r.Lists[i].Rows[j]) {
					return
				}
			}
		}
	}
}

// ByName is the same, of the property of a name.
func (r *Row) ByName(name string) any {
	if i := slices.IndexFunc(r.Sel.Props, func(ref Ref) bool { return ref.Prop.Name == name }); i >= 0 {
		return r.Props[i]
	}
	return nil
}

// A TallyRow is a part of a tally's set. Parts that have the same keys may come several times (amounts in several
// currencies) and are to be added up with Fold.
type TallyRow struct {
	Keys     []any // one for each of Tally.By
	Count    int64
	Measures []Summary // one for each of Tally.Measures
	Units    []string  // the ids of the different nodes, in their order, where they are wanted: of several groups together some may be the same
	// Rest is above 0 in parts of all groups together that do not come by themselves: it is how many these are, and their Keys are nil.
	Rest int64
}

// Summary is what a Measure found in one part. Sum is nil of times, all but Count are nil where Count is 0.
type Summary struct {
	Currency      string // of an amount
	Count         int64
	Sum, Min, Max any // int64, or string or bool as minimum and maximum of such
	// Values are all of them in ascending order, where Measure.Values asks: percentiles of several parts follow from nothing less.
	Values []int64
}

// Median is the share of a percentile that is the median.
const Median Score = 500_000

// Percentile is the least of the values that at least a share of them does not exceed: the nearest rank, which is a value that occurs
// (percentile_disc of SQL). The share is above 0 and at most 1, and there is a value.
func (s *Summary) Percentile(share Score) int64 {
	const whole = 1e6
	return s.Values[(int64(len(s.Values))*int64(share)+whole-1)/whole-1]
}
