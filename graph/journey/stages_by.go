package journey

import (
	"maps"
	"slices"
)

// A StageRow are the stays of the cases of a value.
type StageRow struct {
	Value  string
	Stages []Stage
}

// StageRows are stays by value: each case is in one row, or in Other. All rows tell the same numbers of a stage.
type StageRows struct {
	Rows   []StageRow
	Other  []Stage // of all other values together; nil: there are none
	Values int     // how many these are
}

// StagesBy tells how long cases stay in each of several stages by a value of theirs, the first so many apart.
func (t *Telling) StagesBy(stages [][]string, exits []string, b Breakdown, first int) (*StageRows, error) {
	v, fewest := t.view, t.least()
	of, err := v.stagesOf(stages, exits)
	if err != nil {
		return nil, err
	}
	by, all, most := map[string]*spent{}, v.spent(len(stages)), rowsFor(len(stages))
	v.population(func(s *sequence) {
		value := b.Of(s.c, s.times[0])
		if by[value] == nil && len(by) <= most {
			by[value] = v.spent(len(stages))
		}
		if one := by[value]; one != nil {
			one.take(v, s, of)
		}
		all.take(v, s, of)
	})
	if len(by) > most {
		return nil, errRows(len(stages), "stages")
	}
	values := b.sorted(slices.Collect(maps.Keys(by)), func(value string) int { return by[value].cases.cases })
	persons := mapped(values, func(value string) int { return by[value].cases.told().Persons })
	told, out := Shown(persons, t.Persons, first, t.fewest, bool(v.log.personal)), &StageRows{}
	var parts []*spent
	together := map[string]bool{}
	for i, value := range values {
		if told[i] {
			parts = append(parts, by[value])
		} else {
			together[value] = true
		}
	}
	if out.Values = len(together); out.Values > 0 {
		other := v.spent(len(stages))
		v.population(func(s *sequence) {
			if together[b.Of(s.c, s.times[0])] {
				other.take(v, s, of)
			}
		})
		parts = append(parts, other)
	}
	shown := shownAlike(all, parts, bool(v.log.personal), fewest)
	if shown == nil {
		return t.StagesBy(stages, exits, b, 0) // all values together: the whole
	}
	for _, value := range values {
		if !together[value] {
			out.Rows = append(out.Rows, StageRow{value, by[value].told(stages, shown, fewest)})
		}
	}
	if out.Values > 0 {
		out.Other = parts[len(parts)-1].told(stages, shown, fewest)
	}
	out.sayOften()
	inOrder(b, out.Rows, func(r StageRow) string { return r.Value })
	return out, nil
}

// sayOften has all rows say of a stage how often, or none.
func (r *StageRows) sayOften() {
	all := mapped(r.Rows, func(row StageRow) []Stage { return row.Stages })
	if r.Other != nil {
		all = append(all, r.Other)
	}
	for k := 0; len(all) > 0 && k < len(all[0]); k++ {
		often := !slices.ContainsFunc(all, func(s []Stage) bool { return !s[k].Often })
		for _, s := range all {
			s[k].Often = often
		}
	}
}

// shownAlike says what is told of each stage in all parts of a whole, so that each number of the whole is told with its parts. Nil: where a person may stand
// behind several parts, some but too few stand behind the whole and not behind a part.
func shownAlike(whole *spent, parts []*spent, disjoint bool, fewest int) []stageShown {
	out := whole.shown(fewest)
	for k := range out {
		is := &out[k]
		for _, p := range parts {
			is.and(p.stages[k].shown(p.cases.told().Persons, fewest), fewest == 0 || p.stages[k].stays[0].entries > 0 || whole.stages[k].stays[0].entries == 0)
		}
		for fewest > 0 && is.stays && is.few(parts, k, fewest) {
			is.by[is.rarest(&whole.stages[k])] = false
		}
		for _, p := range parts {
			if len(parts) > 1 && !disjoint && is.fewBeside(&whole.stages[k], &p.stages[k], fewest) {
				return nil
			}
		}
	}
	return out
}

// and leaves of what is told what another part tells, too. there: it is not the only one that has none.
func (is *stageShown) and(other stageShown, there bool) {
	if is.stays = is.stays && other.stays && there; !is.stays {
		*is = stageShown{}
		return
	}
	is.again = is.again && other.again
	for i := range is.by {
		is.by[i] = is.by[i] && other.by[i]
	}
}

// few reports whether, of a part, some but too few stand behind the outcomes that are not told: at least as many as behind the one with most.
func (is *stageShown) few(parts []*spent, k, fewest int) bool {
	if !slices.Contains(is.by[:], true) {
		return false // what is left is all stays
	}
	for _, p := range parts {
		left := 0
		for i, n := range p.stages[k].persons() {
			if !is.by[i] {
				left = max(left, n)
			}
		}
		if !some(left, fewest) {
			return true
		}
	}
	return false
}

// rarest is the outcome with the fewest persons of those that are told.
func (is *stageShown) rarest(of *spells) (out int) {
	out = -1
	persons := of.persons()
	for i, told := range is.by {
		if told && (out < 0 || persons[i] <= persons[out]) {
			out = i
		}
	}
	return out
}

// fewBeside reports whether a number that is told of a part is less than that of the whole by too few.
func (is *stageShown) fewBeside(whole, part *spells, fewest int) bool {
	less := func(whole, part *counting) bool { return fewLess(whole.count(), part.count(), fewest) }
	if fewest == 0 || !is.stays {
		return false
	}
	few := less(&whole.stays[0], &part.stays[0]) || is.again && less(&whole.again[0], &part.again[0])
	for i, told := range is.by {
		few = few || told && less(&whole.by[i], &part.by[i])
	}
	return few
}
