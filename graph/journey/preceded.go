package journey

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph/stat"
)

// Preceding asks what came before events.
type Preceding struct {
	Events []string // activities whose events are asked about
	By     []string // activities of what may precede them in the same case
	Window int64    // how long before them it took place at most, inclusive; more than 0
}

// Preceded says how many events had something before them: each is in the row of the last one that precedes it, in None where nothing does, or
// in Other, so that these come to Events.
type Preceded struct {
	Events int
	Rows   []PrecededRow // that of most events first, then by name
	None   *int          // nil: too few persons are behind it, and it is in Other
	Other  int
	// NoneCases is in how many cases None is. Nil: as None, or as of a row.
	NoneCases *int
}

// A PrecededRow has the events of which one of an activity is the last that precedes them.
type PrecededRow struct {
	Activity string
	Events   int
	// Cases is in how many cases they are. Nil, and then of all rows: behind one of them too few persons come again, or too few are left of all, or too few
	// are behind several rows, or behind none.
	Cases *int
	Share float64 // of all events
	// Expected is the share that would be there by chance: if each event took place at any time of its case, from its first event on to its end, or
	// to the horizon where it has not ended. It is the share of that time in which an event would have been counted in this row, over all events.
	Expected float64
}

// precededPart counts events of a row.
type precededPart struct {
	counting
	expected float64
}

// Preceded tells what came before events. Nil: too few persons stand behind all of them, or beside them.
func (t *Telling) Preceded(q Preceding) (*Preceded, error) {
	v := t.view
	asked, err := v.set("events", q.Events)
	if err != nil {
		return nil, err
	}
	by, err := v.set("by", q.By)
	if err != nil {
		return nil, err
	}
	if q.Window <= 0 {
		return nil, fmt.Errorf("window: it is more than 0, not %d", q.Window)
	}
	out, parts, all := &Preceded{}, make([]precededPart, len(by)+1), v.tally()
	for i, c := range v.countings(len(parts)) {
		parts[i].counting = c
	}
	v.population(func(s *sequence) {
		n := 0
		v.preceding(s, asked, by, q.Window, func(part int, steps ...int) {
			n++
			all.add(s.c, s.who[steps[0]])
			parts[part].take(s, steps)
		})
		if out.Events += n; n > 0 {
			v.byChance(s, by, q.Window, func(code uint16, share float64) { parts[code].expected += share * float64(n) })
		}
	})
	total := all.told().Persons
	if !enough(total, t.Persons, t.fewest) {
		return nil, nil
	}
	if told := out.tell(v, parts, by, total, t.fewest); v.rowsApart(asked, by, q.Window, told, t.fewest) {
		out.tellCases(parts, told)
	}
	return out, nil
}

// preceding visits the events of a case that are asked about: each with the code of the last one that precedes it, or with how many codes there are where
// nothing does; and the places of the event and of what precedes it.
func (v *View) preceding(s *sequence, asked, by []bool, window int64, visit func(part int, steps ...int)) {
	last := -1
	for i, code := range s.codes {
		switch {
		case !asked[code]:
		case last >= 0 && s.times[i]-s.times[last] <= window:
			visit(int(s.codes[last]), i, last)
		default:
			visit(len(by), i)
		}
		if by[code] {
			last = i
		}
	}
}

// byChance visits the shares of a case's time in which the last event that precedes is of an activity.
func (v *View) byChance(s *sequence, by []bool, window int64, visit func(code uint16, share float64)) {
	end := s.times[len(s.times)-1]
	if !s.closed {
		end = max(end, v.log.Horizon)
	}
	long := end - s.times[0]
	if long <= 0 {
		return
	}
	for i, code := range s.codes {
		if !by[code] {
			continue
		}
		until := min(s.times[i]+window, end)
		for j := i + 1; j < len(s.codes); j++ {
			if by[s.codes[j]] {
				until = min(until, s.times[j])
				break
			}
		}
		visit(code, float64(until-s.times[i])/float64(long))
	}
}

// tell tells of the parts those that enough persons stand behind: all others, that of nothing among them, are told together. It gives the parts that are told, in their
// order; none: in how many cases they are is not.
func (out *Preceded) tell(v *View, parts []precededPart, by []bool, total, fewest int) (told []int) {
	var rows []int
	for code := range by {
		if by[code] {
			rows = append(rows, code)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		return cmp.Or(cmp.Compare(parts[b].entries, parts[a].entries), cmp.Compare(v.def.Names[a], v.def.Names[b]))
	})
	rows = append(rows, len(by))
	persons := mapped(rows, func(part int) int { return parts[part].told().Persons })
	inCases := true
	for i, shown := range Shown(persons, total, len(rows), fewest, false) {
		p := &parts[rows[i]]
		if !shown {
			out.Other += p.entries
			continue
		}
		if rows[i] == len(by) {
			out.None = &p.entries
		} else {
			out.Rows = append(out.Rows, PrecededRow{v.def.Names[rows[i]], p.entries, nil, float64(p.entries) / float64(max(1, out.Events)), stat.Rounded(p.expected / float64(max(1, out.Events)))})
		}
		n := p.count()
		told, inCases = append(told, rows[i]), inCases && some(n.again, fewest) && some(total-n.Persons, fewest)
	}
	if !inCases {
		return nil
	}
	return told
}

// rowsApart reports whether of the cases nobody, or enough persons, are in several of the parts that are told, and as many in none: the sum of the rows, less how
// many there are in all, tells of these.
func (v *View) rowsApart(asked, by []bool, window int64, told []int, fewest int) bool {
	if fewest == 0 {
		return true
	}
	several, none := v.tally(), v.tally()
	v.population(func(s *sequence) {
		first, apart, events := -1, false, 0
		var within, beside []uint32
		v.preceding(s, asked, by, window, func(part int, steps ...int) {
			to := &beside
			if slices.Contains(told, part) {
				if to = &within; first < 0 {
					first = part
				}
				apart = apart || part != first
			}
			events++
			for _, i := range steps {
				*to = append(*to, s.who[i])
			}
		})
		switch {
		case apart:
			several.add(s.c, within...)
		case first < 0 && events > 0:
			none.add(s.c, beside...)
		}
	})
	return some(several.told().Persons, fewest) && some(none.told().Persons, fewest)
}

// tellCases tells of parts in how many cases they are.
func (out *Preceded) tellCases(parts []precededPart, told []int) {
	row := 0
	for _, part := range told {
		n := parts[part].cases
		if part == len(parts)-1 {
			out.NoneCases = &n
			continue
		}
		out.Rows[row].Cases = &n
		row++
	}
}
