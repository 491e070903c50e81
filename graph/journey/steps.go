package journey

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// MostLevels is how many steps are told one by one.
const MostLevels = 30

// A Place is where a case is after so many steps: at an activity, at one of those that are not told apart (empty), or behind its last event.
type Place struct {
	Level    int // from 0 on
	Activity string
}

// A PlaceCount is how many are there.
type PlaceCount struct {
	Place
	Tally
}

// A Link is that cases go from a place to one of the next level: to an activity, to others (empty), to End or Open where there is nothing
// further, and to More where there is, but no level for it.
type Link struct {
	From, To Place
	Tally
}

// Levels are a tree of steps from the beginning, level by level: a case goes along one link of each, so that no two of them make a circle, and as
// many leave a place as come to it.
type Levels struct {
	Places []PlaceCount // level by level, the most frequent first
	Links  []Link       // level by level, the most frequent first
	Total  Tally
	Other  int // how many links are not told
}

// levels counts steps from the first event of a case, or from the first that is one of some activities. At each level the first so many
// activities are told apart.
func (v *View) levels(from []string, depth, first, fewest, total int) (*Levels, error) {
	if depth < 2 || depth > MostLevels {
		return nil, fmt.Errorf("depth: from 2 to %d steps, not %d", MostLevels, depth)
	}
	var begins []bool
	if len(from) > 0 {
		var err error
		if begins, err = v.set("from", from); err != nil {
			return nil, err
		}
	}
	each := func(visit func(s *sequence, codes []uint16)) {
		v.population(func(s *sequence) {
			i := 0
			if begins != nil {
				if i = slices.IndexFunc(s.codes, func(c uint16) bool { return begins[c] }); i < 0 {
					return
				}
			}
			visit(s, s.codes[i:])
		})
	}
	apart, few, all := v.apart(each, depth, first, fewest)
	if !enough(all.Persons, total, fewest) && (begins != nil || all.Persons < fewest) {
		return nil, nil
	}
	g := &grid{view: v, at: map[Place]int{}, edges: map[[2]int]int{}}
	each(func(s *sequence, codes []uint16) {
		before := -1
		for level := range depth + 1 {
			p := Place{Level: level, Activity: v.name(v.more())}
			switch {
			case level >= len(codes):
				p.Activity = v.name(v.ends(s))
			case level < depth && apart[level][codes[level]]:
				p.Activity = v.name(codes[level])
			case level < depth:
				p.Activity = ""
			}
			here := g.place(p)
			g.places[here].add(s.c, s.who...)
			if before >= 0 {
				g.link(before, here).add(s.c, s.who...)
			}
			if before = here; level >= len(codes) {
				break
			}
		}
	})
	out := g.told(all.Persons, fewest, few)
	out.Total = all
	return out, nil
}

// apart says which activities are told apart at each level, and counts whoever is at the first. few: too few have ended by then, so that the
// number of those who are not told apart, from which theirs followed, is not told.
func (v *View) apart(each func(func(*sequence, []uint16)), depth, first, fewest int) (apart [][]bool, few []bool, all Tally) {
	whole, counts := v.tally(), make([][]tally, depth)
	for level := range counts {
		counts[level] = make([]tally, len(v.def.Names))
		for i := range counts[level] {
			counts[level][i] = v.tally()
		}
	}
	levels := make([]tally, depth)
	for i := range levels {
		levels[i] = v.tally()
	}
	each(func(s *sequence, codes []uint16) {
		whole.add(s.c, s.who...)
		for level, code := range codes[:min(depth, len(codes))] {
			counts[level][code].add(s.c, s.who...)
			levels[level].add(s.c, s.who...)
		}
	})
	for level := range counts {
		order := make([]int, len(v.def.Names))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(counts[level][b].cases, counts[level][a].cases) })
		persons := mapped(order, func(code int) int { return counts[level][code].told().Persons })
		total, ended := levels[level].told().Persons, 0
		if ended = whole.told().Persons - total; fewest > 0 && ended > 0 && ended < fewest {
			persons, total = append(persons, ended), total+ended
		}
		told := make([]bool, len(order))
		for i, shown := range Shown(persons, total, first, fewest, bool(v.log.personal)) {
			if i < len(order) {
				told[order[i]] = shown
			}
		}
		apart, few = append(apart, told), append(few, len(persons) > len(order))
	}
	return apart, few, whole.told()
}

// A grid counts places, and links between them.
type grid struct {
	view   *View
	at     map[Place]int
	names  []Place
	places []tally
	edges  map[[2]int]int
	ends   [][2]int
	links  []tally
}

func (g *grid) place(p Place) int {
	i, known := g.at[p]
	if !known {
		i = len(g.places)
		g.at[p], g.names, g.places = i, append(g.names, p), append(g.places, g.view.tally())
	}
	return i
}

func (g *grid) link(from, to int) *tally {
	key := [2]int{from, to}
	i, known := g.edges[key]
	if !known {
		i = len(g.links)
		g.edges[key], g.ends, g.links = i, append(g.ends, key), append(g.links, g.view.tally())
	}
	return &g.links[i]
}

// told leaves out what too few stand behind, as of a map: what leaves a place is a line of a table, and so is what comes to one.
func (g *grid) told(total, fewest int, few []bool) *Levels {
	m, out := Map{}, &Levels{}
	kept := func(p Place) bool { return p.Activity != "" || !few[p.Level] }
	name := func(i int) string { return strconv.Itoa(g.names[i].Level) + " " + g.names[i].Activity }
	for i, ends := range g.ends {
		m.Edges = append(m.Edges, Edge{From: name(ends[0]), To: name(ends[1]), Tally: g.links[i].told(), from: uint16(ends[0]), to: uint16(ends[1])})
	}
	slices.SortFunc(m.Edges, func(a, b Edge) int {
		p, q := g.names[a.from], g.names[b.from]
		return cmp.Or(cmp.Compare(p.Level, q.Level), cmp.Compare(b.Cases, a.Cases), cmp.Compare(p.Activity, q.Activity), cmp.Compare(g.names[a.to].Activity, g.names[b.to].Activity))
	})
	if total == 0 {
		fewest = 0
	}
	told := map[string]bool{}
	var places []PlaceCount
	for i, p := range g.names {
		if p.Activity != End && p.Activity != Open && p.Activity != More {
			t := g.places[i].told()
			told[name(i)] = kept(p) && t.Persons >= fewest
			places = append(places, PlaceCount{p, t})
			m.Activities = append(m.Activities, Activity{Name: name(i), Tally: t})
		}
	}
	slices.SortStableFunc(m.Activities, func(a, b Activity) int { return cmp.Compare(b.Cases, a.Cases) })
	isFew := func(e Edge) bool { return !enough(e.Persons, total, fewest) }
	shown := mapped(m.Edges, func(e Edge) bool { return !isFew(e) && kept(g.names[e.from]) && kept(g.names[e.to]) })
	if fewest > 0 {
		m.protect(told, shown, fewest, isFew)
	}
	for i, e := range m.Edges {
		if shown[i] {
			out.Links = append(out.Links, Link{g.names[e.from], g.names[e.to], e.Tally})
		} else {
			out.Other++
		}
	}
	for _, p := range places {
		if told[strconv.Itoa(p.Level)+" "+p.Activity] {
			out.Places = append(out.Places, p)
		}
	}
	slices.SortFunc(out.Places, func(a, b PlaceCount) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Activity, b.Activity))
	})
	return out
}

// Levels tells steps level by level. Nil: too few persons have the beginning, or have it not.
func (t *Telling) Levels(from []string, depth, first int) (*Levels, error) {
	out, err := t.view.levels(from, depth, first, t.fewest, t.Persons)
	if err != nil || out == nil {
		return nil, err
	}
	return out, fits("first", len(out.Links), "links between steps", MostCells)
}
