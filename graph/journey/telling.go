package journey

import "sync"

// A Telling tells of a view what enough persons stand behind, and beside it: all of it where any number is enough.
type Telling struct {
	Population
	Often   func() bool // whether Events are told, too, which takes another look at all of them
	view    *View
	whole   bool // any number of persons is enough
	fewest  int  // how many are enough; 0, too, where the log is about nobody
	persons int  // of the whole log
}

// Tell begins to tell of a view. Not ok: too few persons stand behind the whole of it, or beside it, so that nothing is told. fewest: how many
// are enough; 0: any number. Of a log that is about nobody nothing is left out for there being too few. Where nothing is left out of the log, it is no matter that nobody stands beside; and where
// nothing that is looked at is about anybody, it is no matter that others are.
func (v *View) Tell(fewest int) (t *Telling, ok bool) {
	whole := fewest == 0
	if !whole && v.log.isAboutNobody() {
		fewest = 0
	}
	t = &Telling{Population: v.Population(), Often: sync.OnceValue(func() bool { return v.often(fewest) }), view: v, whole: whole, fewest: fewest}
	if fewest == 0 || !v.log.personal && v.everybody() == 0 {
		return t, true
	}
	t.persons = v.log.everybody()
	return t, !v.partial() && t.Persons == t.persons && t.Persons >= fewest || enough(t.Persons, t.persons, fewest)
}

// Whole reports whether any number of persons is enough.
func (t *Telling) Whole() bool { return t.whole }

// Horizon is that of the log.
func (t *Telling) Horizon() int64 { return t.view.log.Horizon }

// Map tells which activity directly follows which.
func (t *Telling) Map(first int, withTimes bool) Folded {
	m := t.view.Map(withTimes)
	if t.fewest > 0 {
		t.view.recurring(&m)
		m.seldom, m.once = !t.Often(), t.view.def.Repeats == Cut
	}
	return m.Fold(t.Persons, first, t.fewest)
}

// Variants tells the whole sequences of cases.
func (t *Telling) Variants(first int) *Paths { return t.paths(t.view.variants(), first) }

// Starts tells with which activities cases begin.
func (t *Telling) Starts(first int) *Paths {
	x := t.view.collection()
	t.view.population(func(s *sequence) { x.add(s, s.codes[:1], -1, -1, s.who...) })
	return t.paths(x, first)
}

// Ends tells with which activities cases end, and whether it is the end: each has End or Open behind it.
func (t *Telling) Ends(first int) *Paths {
	x := t.view.collection()
	t.view.population(func(s *sequence) {
		last := len(s.codes) - 1
		x.add(s, []uint16{s.codes[last], t.view.ends(s)}, -1, -1, s.who...)
	})
	return t.paths(x, first)
}

// Paths tells those of cases that have the ends which are asked for. Nil: too few persons stand behind all of them, or beside them.
func (t *Telling) Paths(b Between, first int) (*Paths, error) {
	x, err := t.view.paths(b)
	if err != nil {
		return nil, err
	}
	if !enough(x.total.told().Persons, t.Persons, t.fewest) {
		return nil, nil
	}
	return t.paths(x, first), nil
}

func (t *Telling) paths(x *collection, first int) *Paths {
	p := x.page(first, t.fewest)
	return &p
}

// Funnel tells how many go on from step to step, of all cases of the log: the ledger balances, whatever is not told apart.
func (t *Telling) Funnel(f Funnel) (*FoldedFunnel, error) {
	return t.view.folded(f, t.persons, t.fewest)
}

// partial reports whether the definition leaves cases or events out.
func (v *View) partial() bool {
	for _, n := range v.def.Named {
		if n == Hidden {
			return true
		}
	}
	return v.in != nil || v.def.From != nil || v.def.To != nil
}
