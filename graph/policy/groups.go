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

// A GroupPage is which groups are asked for.
type GroupPage struct {
	After []any // a group's keys: only those behind it
	From  int   // from 0; where no group has the keys any more: only those from this place on
	First int   // at most so many
}

// start is the place of the first group that may be on the page.
func (p *GroupPage) start(groups []graph.Group) int {
	if p.After == nil {
		return 0
	}
	if at := slices.IndexFunc(groups, func(g graph.Group) bool { return slices.Equal(g.Keys, p.After) }); at >= 0 {
		return at + 1
	}
	return min(p.From, len(groups))
}

// ShownGroups are the places of the groups that are shown by themselves.
type ShownGroups struct {
	At    []int
	Small bool // too few persons stand behind others, or behind what they would leave
	More  bool // others follow
}

// Shown are the groups of a page that are shown by themselves, of those that a tally of the list has; all others are folded into one. Where
// persons stand behind the list, at least five do behind each group that is shown, behind the rows outside of it, and behind what is folded;
// and so they do in each of these behind whatever else is told of it. Groups that are too small for that are on no page: their place in the
// order would tell of them.
func (s *Small) Shown(list *graph.List, res *graph.ListResult, t *graph.Tally, groups []graph.Group, page GroupPage) (out ShownGroups, err error) {
	start := page.start(groups)
	all, counted := behind(list, res)
	if s == nil || !counted || all == 0 {
		for i := start; i < min(len(groups), start+page.First); i++ {
			out.At = append(out.At, i)
		}
		out.More = start+page.First < len(groups)
		return out, nil
	}
	persons, err := personsIn(list, res, t.By, groups)
	if err != nil {
		return out, err
	}
	each := [][]int64{persons}
	for _, b := range s.beside[res] {
		also, err := personsIn(b.list, b.res, t.By, groups)
		if err != nil {
			return out, err
		}
		if also != nil {
			each = append(each, also)
		}
	}
	// few reports whether too few stand behind several groups. Who is in one of several groups only may be added up.
	disjoint := len(list.Nodes) == 1 && list.Nodes[0].Kind.Person && !slices.ContainsFunc(t.By, func(k graph.GroupKey) bool { return k.OnEdge })
	few := func(in func(i int) bool) bool {
		return slices.ContainsFunc(each, func(persons []int64) bool {
			n := int64(0)
			for i, of := range persons {
				switch {
				case !in(i):
				case disjoint:
					n += of
				default:
					n = max(n, of)
				}
			}
			return n < s.fewest
		})
	}
	alone, asked := make([]bool, len(groups)), 0
	for i := start; i < len(groups) && !out.More; i++ {
		switch {
		case few(func(j int) bool { return j == i }) || few(func(j int) bool { return j != i }):
		case asked == page.First:
			out.More = true
		default:
			alone[i] = true
			asked++
		}
	}
	folded := func(i int) bool { return !alone[i] }
	somebody := func() bool {
		return slices.ContainsFunc(each, func(persons []int64) bool {
			for i, n := range persons {
				if folded(i) && n > 0 {
					return true
				}
			}
			return false
		})
	}
	for somebody() && few(folded) {
		fold := -1
		for i := range groups {
			if alone[i] && (fold < 0 || persons[i] <= persons[fold]) {
				fold = i
			}
		}
		if fold < 0 {
			break // these are all: five stand behind the whole list
		}
		alone[fold] = false
	}
	for i := range groups {
		if alone[i] {
			out.At = append(out.At, i)
		}
	}
	out.Small = len(out.At) < min(page.First, len(groups)-start)
	return out, nil
}

// personsIn is how many persons stand behind each group; nil: they are not counted by group.
func personsIn(l *graph.List, res *graph.ListResult, by []graph.GroupKey, groups []graph.Group) (persons []int64, err error) {
	of := map[string][]int64{}
	for i, t := range l.Tallies {
		if !strings.HasPrefix(t.Key, personsKey) || len(t.By) != len(by) || &t.By[0] != &by[0] {
			continue
		}
		if of[t.Key] == nil {
			of[t.Key] = make([]int64, len(groups))
		}
		counted, err := graph.Groups(t, res.Tallies[i])
		if err != nil {
			return nil, err
		}
		for _, c := range counted {
			if j := slices.IndexFunc(groups, func(g graph.Group) bool { return graph.CompareKeys(g.Keys, c.Keys) == 0 }); j >= 0 {
				of[t.Key][j] = max(of[t.Key][j], c.Count)
			}
		}
	}
	for _, counted := range of {
		if persons == nil {
			persons = counted
		}
		for i := range persons {
			persons[i] = min(persons[i], counted[i])
		}
	}
	return persons, nil
}
