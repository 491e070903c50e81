package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Small knows of what was read what too few persons stand behind. Nil: nothing.
type Small struct {
	fewest int64
	parts  map[*graph.ListResult][]part
	beside map[*graph.ListResult][]besides
}

// besides counts persons beside a list, behind a part of its answer.
type besides struct {
	part
	list *graph.List
	res  *graph.ListResult
}

// Small finds what too few persons stand behind, of lists that were guarded.
func (l *Lens) Small(lists []*graph.List, results []graph.ListResult) *Small {
	if l.fewest() == 0 {
		return nil
	}
	s := &Small{l.fewest(), map[*graph.ListResult][]part{}, map[*graph.ListResult][]besides{}}
	s.find(lists, results)
	return s
}

// Fewest is how many persons are to stand behind a number that is told, or beside it; 0: any.
func (s *Small) Fewest() int {
	if s == nil {
		return 0
	}
	return int(s.fewest)
}

// List reports whether too few persons stand behind a list, or behind what its filter leaves out or its order tells.
func (s *Small) List(res *graph.ListResult) bool { return s.has(res, wholeList) }

// Tally reports whether too few stand behind what a tally of the list counts over an edge.
func (s *Small) Tally(res *graph.ListResult, tally int) bool { return s.has(res, part{tally, -1}) }

// Measure reports whether too few have a value that a tally measures.
func (s *Small) Measure(res *graph.ListResult, tally, measure int) bool {
	return s.has(res, part{tally, measure})
}

func (s *Small) has(res *graph.ListResult, p part) bool {
	return s != nil && slices.Contains(s.parts[res], p)
}

func (s *Small) find(lists []*graph.List, results []graph.ListResult) {
	for i, list := range lists {
		if in, counted := behind(list, &results[i]); counted && !strings.Contains(list.Key, "\x00") {
			s.judge(list, &results[i], in, lists, results)
		}
		for j := range results[i].Rows {
			row := &results[i].Rows[j]
			s.find(row.Sel.Lists, row.Lists)
		}
	}
}

// judge judges one list, behind which in persons stand. What nobody stands behind, within or without, tells of nobody: the orders of a
// company.
func (s *Small) judge(list *graph.List, res *graph.ListResult, in int64, lists []*graph.List, results []graph.ListResult) {
	rest := int64(0)
	for j, o := range lists {
		b := besides{wholeList, o, &results[j]}
		name, is := strings.CutPrefix(o.Key, list.Key+besideKey)
		switch {
		case is:
			if _, err := fmt.Sscan(name, &b.tally, &b.measure); err != nil {
				panic(err) // the guard has named it
			}
		case o.Key == list.Key+restKey:
			rest, _ = behind(o, &results[j])
		default:
			continue
		}
		s.beside[res] = append(s.beside[res], b)
	}
	if in+rest == 0 {
		return
	}
	if in < s.fewest {
		s.parts[res] = append(s.parts[res], wholeList)
	}
	for _, b := range s.beside[res] {
		if n, _ := behind(b.list, b.res); n < s.fewest {
			s.parts[res] = append(s.parts[res], b.part)
		}
	}
}

// behind is how many persons stand behind a list.
func behind(l *graph.List, res *graph.ListResult) (n int64, counted bool) {
	of := map[string]int64{}
	for i, t := range l.Tallies {
		if strings.HasPrefix(t.Key, personsKey) && len(t.By) == 0 {
			of[t.Key] = max(of[t.Key], 0)
			for _, row := range res.Tallies[i] {
				of[t.Key] = max(of[t.Key], row.Count)
			}
		}
	}
	return least(of)
}

// least is the least of several numbers of persons: of several ways to be about somebody each is that of the one with most.
func least(of map[string]int64) (n int64, counted bool) {
	for _, m := range of {
		if !counted || m < n {
			n, counted = m, true
		}
	}
	return n, counted
}
