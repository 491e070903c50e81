package policy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

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

// Shown are the groups of a page that are shown by themselves, of those that a tally of the list has; all others are folded into one, with
// what is no group by itself. Where persons stand behind the list, at least five do behind each group that is shown, behind the rows outside
// of it, and behind what is folded; and so they do in each of these behind whatever else is told of it. Groups that are too small for that
// are on no page: their place in the order would tell of them. It takes as long as the groups are many, and as it takes to order them.
func (s *Small) Shown(list *graph.List, res *graph.ListResult, t *graph.Tally, groups []graph.Group, page GroupPage) (out ShownGroups, err error) {
	named := groups
	if n := len(groups); n > 0 && groups[n-1].Rest > 0 {
		named = groups[:n-1]
	}
	start := page.start(named)
	all, counted := behind(list, res)
	if s == nil || !counted || all == 0 {
		for i := start; i < min(len(named), start+page.First); i++ {
			out.At = append(out.At, i)
		}
		out.More = start+page.First < len(named)
		return out, nil
	}
	own, err := personsIn(list, res, t.By, groups)
	if err != nil {
		return out, err
	}
	if own == nil { // nobody may know whom they are about
		own = make([]int64, len(groups))
	}
	// Who is in one of several groups only may be added up.
	disjoint := len(list.Nodes) == 1 && list.Nodes[0].Kind.Person && !slices.ContainsFunc(t.By, func(k graph.GroupKey) bool { return k.OnEdge })
	f := folding{fewest: s.fewest, each: []*persons{newPersons(own, own, disjoint)}}
	for _, b := range s.beside[res] {
		also, err := personsIn(b.list, b.res, t.By, groups)
		if err != nil {
			return out, err
		}
		if also != nil {
			sure := slices.Clone(also)
			if len(named) < len(groups) { // it has what is of none of the groups, too
				sure[len(named)] = 0
			}
			f.each = append(f.each, newPersons(also, sure, disjoint))
		}
	}
	asked := 0
	for i := range groups {
		switch {
		case i < start || i >= len(named) || out.More || f.small(i):
			f.fold(i)
		case asked == page.First:
			out.More = true
			f.fold(i)
		default:
			out.At = append(out.At, i)
			asked++
		}
	}
	out.At = f.complete(out.At, own)
	out.Small = len(out.At) < min(page.First, len(named)-start)
	return out, nil
}

// A folding folds groups into one, behind which at least so many persons must stand as each counts them.
type folding struct {
	fewest int64
	each   []*persons
}

// small reports whether too few stand behind a group, or behind all others.
func (f *folding) small(i int) bool {
	return slices.ContainsFunc(f.each, func(p *persons) bool { return p.sure[i] < f.fewest || p.beyond(i) < f.fewest })
}

func (f *folding) fold(i int) {
	for _, p := range f.each {
		p.fold(i)
	}
}

// complete folds as many more of the groups that are shown as it takes, those of fewest persons first, and of as many the last.
func (f *folding) complete(shown []int, persons []int64) (left []int) {
	next := slices.SortedFunc(slices.Values(shown), func(i, j int) int { return cmp.Or(cmp.Compare(persons[i], persons[j]), j-i) })
	for len(next) > 0 && f.few() { // these are all: five stand behind the whole list
		f.fold(next[0])
		next = next[1:]
	}
	slices.Sort(next)
	return next
}

// few reports whether somebody stands behind what is folded, but too few do.
func (f *folding) few() bool {
	return slices.ContainsFunc(f.each, func(p *persons) bool { return p.somebody }) &&
		slices.ContainsFunc(f.each, func(p *persons) bool { return p.folded < f.fewest })
}

// persons counts those behind each group, and behind several together: their sum, where nobody is in two of them, or else the most in one.
type persons struct {
	of, sure []int64 // behind each as it is counted, and at least
	disjoint bool
	all      int64 // behind all together
	most     int   // a group behind which most stand
	second   int64 // how many stand behind the next one
	folded   int64 // behind those that are folded
	somebody bool  // of them
}

func newPersons(of, sure []int64, disjoint bool) *persons {
	p := &persons{of: of, sure: sure, disjoint: disjoint}
	for i, n := range sure {
		p.all = p.together(p.all, n)
		if n > sure[p.most] {
			p.most = i
		}
	}
	for i, n := range sure {
		if i != p.most {
			p.second = max(p.second, n)
		}
	}
	return p
}

func (p *persons) together(n, m int64) int64 {
	if p.disjoint {
		return n + m
	}
	return max(n, m)
}

// beyond is how many stand behind all groups but one.
func (p *persons) beyond(i int) int64 {
	switch {
	case p.disjoint:
		return p.all - p.sure[i]
	case i == p.most:
		return p.second
	}
	return p.all
}

func (p *persons) fold(i int) {
	p.folded, p.somebody = p.together(p.folded, p.sure[i]), p.somebody || p.of[i] > 0
}

// personsIn is how many persons stand behind each group; nil: they are not counted by group.
func personsIn(l *graph.List, res *graph.ListResult, by []graph.GroupKey, groups []graph.Group) (persons []int64, err error) {
	places := make(map[string]int, len(groups))
	for i := range groups {
		places[groups[i].ID()] = i
	}
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
			if j, is := places[c.ID()]; is {
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
