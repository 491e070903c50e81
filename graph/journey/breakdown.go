package journey

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph/stat"
)

// A Breakdown tells numbers apart by a value that cases have, or by when they begin.
type Breakdown struct {
	// Of is the value of a case that begins, or enters a funnel, at an instant; empty: nobody knows it.
	Of func(c int, at int64) string
	// Newest: values are times, of which the newest are told apart; else those that most have.
	Newest bool
}

// MostValues is how many values there may be.
const MostValues = 1000

var errValues = fmt.Errorf("by: more than %d values, which are too many to be told apart: choose what has fewer", MostValues)

// ByPeriod has a breakdown by the period in which cases begin.
func ByPeriod(c Calendar) Breakdown {
	return Breakdown{func(_ int, at int64) string { return c.Name(c.Index(at)) }, true}
}

// A FunnelRow are the entries of a value.
type FunnelRow struct {
	Value string
	*FoldedFunnel
}

// FunnelRows are a funnel's entries by value: each is in one row, or in Other. What too few stand behind in one row is told with others in
// all of them, so that nothing can be worked out.
type FunnelRows struct {
	Rows   []FunnelRow
	Other  *FoldedFunnel // of all other values together; nil: there are none
	Values int           // how many these are
}

// FunnelBy tells a funnel by value, the first so many apart. Nil: too few enter it.
func (t *Telling) FunnelBy(f Funnel, b Breakdown, first int) (*FunnelRows, error) {
	out, _, err := t.funnelBy(f, b, first)
	return out, err
}

// funnelBy is that, and as which status each is counted in all rows, step by step.
func (t *Telling) funnelBy(f Funnel, b Breakdown, first int) (*FunnelRows, [][statuses]Status, error) {
	v, fewest := t.view, t.fewest
	whole, as, err := v.joined(f, t.persons, fewest)
	if err != nil || whole.Steps[0].Entered == nil {
		return nil, nil, err
	}
	if t.persons == 0 {
		fewest = 0
	}
	by, most := map[string]*counter{}, rowsFor(len(f.Steps))
	err = v.entries(f, func(s *sequence, w way) {
		value := b.Of(s.c, s.times[w.at[0]])
		if by[value] == nil && len(by) <= most {
			by[value] = v.counter(&f, as)
		}
		if one := by[value]; one != nil {
			one.take(s, w)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	if len(by) > most {
		return nil, nil, errRows(len(f.Steps), "steps")
	}
	counted := map[string]*Funneled{}
	for value, c := range by {
		counted[value] = c.told()
	}
	values := b.sorted(slices.Collect(maps.Keys(counted)), func(value string) int { return counted[value].Steps[0].Entered.Entries })
	of := mapped(values, func(value string) *Funneled { return counted[value] })
	told, as := v.crossed(f, of, as, first, fewest)
	rows, rest := map[string]*counter{}, v.counter(&f, as)
	out := &FunnelRows{}
	for i, value := range values {
		if rows[value] = rest; told[i] {
			rows[value] = v.counter(&f, as)
		} else {
			out.Values++
		}
	}
	if err = v.entries(f, func(s *sequence, w way) { rows[b.Of(s.c, s.times[w.at[0]])].take(s, w) }); err != nil {
		return nil, nil, err
	}
	other, matured := rest.told(), whole.Matured != nil // else it would be their sum
	parts := []*Funneled{}
	for i, value := range values {
		if told[i] {
			counted[value] = rows[value].told()
			parts = append(parts, counted[value])
		}
	}
	if out.Values > 0 {
		parts = append(parts, other)
	}
	all, err := v.beside(f, as, first, fewest)
	if err != nil {
		return nil, nil, err
	}
	for _, part := range parts {
		matured = matured && part.tellsMatured(fewest)
		if all == nil {
			continue
		}
		if part.overlap(slices.Clone(as), fewest) || all.fewBeside(part, as, fewest) {
			return t.funnelBy(f, b, 0) // all values together: the whole
		}
		matured = matured && !all.fewMaturedBeside(part, fewest)
	}
	if matured && fewest > 0 {
		cutAlike(parts, fewest)
	}
	for i, value := range values {
		if told[i] {
			out.Rows = append(out.Rows, FunnelRow{value, counted[value].ledgers(as, true, matured, fewest)})
		}
	}
	if out.Values > 0 {
		out.Other = other.ledgers(as, true, matured, fewest)
	}
	out.sayOften(fewest)
	inOrder(b, out.Rows, func(r FunnelRow) string { return r.Value })
	return out, as, nil
}

// cutAlike has all parts of a whole have points of its curve, the same ones.
func cutAlike(parts []*Funneled, fewest int) {
	of := mapped(parts, func(part *Funneled) []stat.Spell { return part.spells })
	cuts := alike(cutsOf(slices.Concat(of...), fewest), of, fewest)
	for _, part := range parts {
		part.cuts = cuts
	}
}

// beside are all entries, with which a part is compared where a person may stand behind several parts; nil: nothing is told apart, or one stands behind
// one part alone.
func (v *View) beside(f Funnel, as [][statuses]Status, first, fewest int) (*Funneled, error) {
	if fewest == 0 || first == 0 || bool(v.log.personal) && f.Entry != Each {
		return nil, nil
	}
	return v.count(f, as)
}

// fewBeside reports whether of a step, or of a status that is told, some but too few stand behind all entries and not behind those of a part: who
// knows both numbers knows that one.
func (got *Funneled) fewBeside(part *Funneled, as [][statuses]Status, fewest int) bool {
	for k := range got.Steps {
		of, in := &got.Steps[k], &part.Steps[k]
		if fewLess(of.Entered, in.Entered, fewest) {
			return true
		}
		for st := range of.Statuses {
			if as[k][st] == Status(st) && fewLess(of.Statuses[st], in.Statuses[st], fewest) {
				return true
			}
		}
		if as[k][Continued] == Other {
			break
		}
	}
	return false
}

// fewMaturedBeside is that of those who have no time left.
func (got *Funneled) fewMaturedBeside(part *Funneled, fewest int) bool {
	return fewLess(got.Matured, part.Matured, fewest) || fewLess(got.Cohorts[MaturedThrough], part.Cohorts[MaturedThrough], fewest)
}

// fewLess reports whether a number of a part is less than that of the whole by too few, persons or cases.
func fewLess(whole, part Count, fewest int) bool {
	return !some(whole.Persons-part.Persons, fewest) || !some(whole.Cases-part.Cases, fewest)
}

// sayOften has all parts say how often, or none.
func (r *FunnelRows) sayOften(fewest int) {
	all := mapped(r.Rows, func(row FunnelRow) *FoldedFunnel { return row.FoldedFunnel })
	if r.Other != nil {
		all = append(all, r.Other)
	}
	often := !slices.ContainsFunc(all, func(f *FoldedFunnel) bool { return !f.often(fewest) })
	for _, f := range all {
		f.Often = often
	}
}

// sorted puts values into the order in which they are told apart.
func (b Breakdown) sorted(values []string, size func(string) int) []string {
	slices.SortFunc(values, func(x, y string) int {
		if b.Newest {
			return cmp.Compare(y, x)
		}
		return cmp.Or(cmp.Compare(size(y), size(x)), cmp.Compare(x, y))
	})
	return values
}

// inOrder has rows of times be the oldest first.
func inOrder[T any](b Breakdown, rows []T, value func(T) string) {
	if b.Newest {
		slices.SortFunc(rows, func(x, y T) int { return cmp.Compare(value(x), value(y)) })
	}
}

// crossed says which values of a funnel are told apart, and as which status each is counted then, in all rows alike.
func (v *View) crossed(f Funnel, of []*Funneled, as [][statuses]Status, first, fewest int) (told []bool, joined [][statuses]Status) {
	told = make([]bool, len(of))
	for i := range told {
		told[i] = i < first
	}
	if fewest == 0 {
		return told, as
	}
	joined = slices.Clone(as)
	for k := range f.Steps[1:] { // at the last one all are Continued
		x := &crossing{rows: told, columns: make([]bool, statuses), disjoint: bool(v.log.personal) && f.Entry != Each, fixed: k > 0, fewest: fewest}
		for st := range x.columns {
			x.columns[st] = as[k][st] == Status(st) && Status(st) != Other
		}
		for _, got := range of {
			row := make([]int, statuses)
			for st, c := range got.Steps[k].Statuses {
				row[st] = c.Persons
			}
			x.cells = append(x.cells, row)
		}
		x.settle()
		if k == 0 && !slices.Contains(told, true) {
			return told, as // all are together: the whole
		}
		for st, apart := range x.columns {
			if !apart {
				joined[k][st] = Other
			}
		}
		if joined[k][Continued] == Other {
			break
		}
	}
	return told, joined
}

// A PathRow are the cases of a value.
type PathRow struct {
	Value string
	Paths
}

// PathRows are variants, or paths, by value: each case is in one row, or in Other. All rows tell the same ones apart.
type PathRows struct {
	Rows   []PathRow
	Other  *Paths // of all other values together; nil: there are none
	Values int    // how many these are
}

// VariantsBy tells the whole sequences of cases by value: so many values apart, and of each the variants that are the first so many of all.
func (t *Telling) VariantsBy(b Breakdown, values, first int) (*PathRows, error) {
	return t.pathsBy(b, values, t.Variants(first), func(visit goes) {
		t.view.whole(func(s *sequence, codes []uint16) { visit(s, codes, 0, len(s.codes)-1) })
	})
}

// PathsBy tells paths as VariantsBy does variants. Nil: too few persons stand behind all of them, or beside them.
func (t *Telling) PathsBy(q Between, b Breakdown, values, first int) (*PathRows, error) {
	all, err := t.Paths(q, first)
	if err != nil || all == nil {
		return nil, err
	}
	return t.pathsBy(b, values, all, func(visit goes) {
		_ = t.view.between(q, visit) // it was checked
	})
}

// goes takes in the path of a case, and the first and the last of its events.
type goes func(s *sequence, codes []uint16, i, j int)

// pathsBy tells by value what each case goes: those paths apart that are of all.
func (t *Telling) pathsBy(b Breakdown, values int, all *Paths, went func(goes)) (*PathRows, error) {
	v := t.view
	apart := map[string]int{} // paths, by their key
	for i, row := range all.Rows {
		codes, _ := v.codesOf("activities", row.Activities) // they are the definition's
		apart[key(codes)] = i
	}
	sizes, cells, most := map[string]int{}, map[string]map[int]*tally{}, rowsFor(len(apart))
	went(func(s *sequence, codes []uint16, i, j int) {
		value := b.Of(s.c, s.times[0])
		if cells[value] == nil {
			if len(cells) == most+1 {
				return
			}
			cells[value] = map[int]*tally{}
		}
		sizes[value]++
		at, told := apart[key(codes)]
		if !told {
			at = len(apart)
		}
		if cells[value][at] == nil {
			one := v.tally()
			cells[value][at] = &one
		}
		cells[value][at].add(s.c, s.who[i:j+1]...)
	})
	if len(sizes) > most {
		return nil, errRows(len(apart), "paths")
	}
	names := b.sorted(slices.Collect(maps.Keys(sizes)), func(value string) int { return sizes[value] })
	x := &crossing{rows: make([]bool, len(names)), columns: make([]bool, len(apart)+1), disjoint: bool(v.log.personal), fewest: t.fewest}
	if t.Persons == 0 {
		x.fewest = 0
	}
	for i, name := range names {
		x.rows[i] = i < values
		row := make([]int, len(apart)+1)
		for j, of := range cells[name] {
			row[j] = of.told().Persons
		}
		x.cells = append(x.cells, row)
	}
	for j := range apart {
		x.columns[apart[j]] = true
	}
	x.settle()
	if !slices.Contains(x.rows, true) {
		for _, j := range apart { // all are together: the whole
			x.columns[j] = true
		}
	}
	told := func(codes []uint16) bool { j, is := apart[key(codes)]; return is && x.columns[j] }
	if err := fits("by", x.names(all), "activities in paths of rows", mostNames); err != nil {
		return nil, err
	}
	out, rest, rows := &PathRows{}, v.collection(), map[string]*collection{}
	for i, name := range names {
		if rows[name] = rest; x.rows[i] {
			rows[name] = v.collection()
		} else {
			out.Values++
		}
	}
	went(func(s *sequence, codes []uint16, i, j int) {
		rows[b.Of(s.c, s.times[0])].add(s, codes, i, j, s.who[i:j+1]...)
	})
	for i, name := range names {
		if x.rows[i] {
			out.Rows = append(out.Rows, PathRow{name, rows[name].only(told)})
		}
	}
	if out.Values > 0 {
		other := rest.only(told)
		out.Other = &other
	}
	inOrder(b, out.Rows, func(r PathRow) string { return r.Value })
	return out, nil
}
