package exposure

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/kithgraph/kith/graph/stat"
)

// A Refusal says why no difference is told.
type Refusal uint8

// The reasons.
const (
	NotRefused Refusal = iota // differences are told
	TooFew                    // too few were exposed for whom there is a match
	Unbalanced                // the groups cannot be made alike
)

// String is the name of a reason.
func (r Refusal) String() string { return [...]string{TooFew: "TOO_FEW", Unbalanced: "UNBALANCED"}[r] }

// Seen says which covariates and outcomes are known at all.
type Seen struct {
	Before [covariates]bool
	After  [outcomes]bool
}

// An Aftermath is what those did, said and felt whom something reached, against others who were like them before.
type Aftermath struct {
	Matched, Unmatched *int // of those who were exposed; nil: too few are the one or the other
	Balance            []Balance
	Refusal            Refusal
	Differences        []Difference // none where they are refused
	Weeks              []WeekTold   // by week, none where they are refused, or would be too many
	// Partial: too few stand behind a number, or beside it, that is not told.
	Partial bool

	with, without []string // the ids of those who have a match, and of those who have none
}

// IDs are those whom it reached and who have a match, or have none. Not ok: it is not told how many these are.
func (a *Aftermath) IDs(matched bool) (ids []string, ok bool) {
	if a.Matched == nil {
		return nil, false
	}
	if matched {
		return a.with, true
	}
	return a.without, true
}

// Refused is why no differences are told; nil: they are.
func (a *Aftermath) Refused() *Refusal {
	if a.Refusal == NotRefused {
		return nil
	}
	return &a.Refusal
}

// cluster has those of one company be one cluster, and who works nowhere one of her own.
func cluster(subjects []Subject) {
	of := map[string]int{}
	for i := range subjects {
		s := &subjects[i]
		name := cmp.Or(s.Company, s.ID)
		if _, known := of[name]; !known {
			of[name] = len(of)
		}
		s.cluster = of[name]
	}
}

// identify notes who has a match, and who has none.
func (a *Aftermath) identify(exposed []*Subject, pairs []pair) {
	has := map[*Subject]bool{}
	for _, p := range pairs {
		has[p.exposed] = true
	}
	for _, s := range exposed {
		if has[s] {
			a.with = append(a.with, s.ID)
		} else {
			a.without = append(a.without, s.ID)
		}
	}
}

// Balance is by how many standard deviations the means of two groups differ, before they are matched and after. Nil: it is not told, or nobody
// within the groups differs though the groups do. Of Industry it is the largest of those of the shares that each has.
type Balance struct {
	Measure       Covariate
	Before, After *float64
}

// A Difference is that of an outcome. OfExposed and OfMatched are of how many there is a value; nil: it is not told.
type Difference struct {
	Outcome              Outcome
	OfExposed, OfMatched *int
	*Gap                 // nil: too few persons or companies have it, or it is not told
}

// A Gap is by how much the means of two groups differ.
type Gap struct {
	Exposed, Matched, Difference float64
	*Within                      // nil, of a week: too few persons or companies have it
}

// Within is the interval in which the true difference lies with 95 % confidence.
type Within struct{ Low, High float64 }

// After compares those who were exposed with others, in a span of microseconds. fewest is how many persons stand behind each number, and beside
// it; 0: any. Nil: too few do behind all of it.
func After(subjects []Subject, seen Seen, span int64, fewest int) *Aftermath {
	cluster(subjects)
	m := match(subjects, seen)
	if !enough(fewest, len(m.exposed), len(m.others)) {
		return nil
	}
	out := &Aftermath{}
	pairs, ok := m.balance(fewest)
	switch {
	case ok:
	case len(m.pairs) < fewestPairs && !m.hopeless():
		out.Refusal, pairs = TooFew, m.pairs
	default:
		out.Refusal, pairs = Unbalanced, m.pairs
	}
	out.identify(m.exposed, pairs)
	if matched, unmatched := len(pairs), len(m.exposed)-len(pairs); some(fewest, matched, unmatched) {
		out.Matched, out.Unmatched = &matched, &unmatched
	} else {
		out.Partial = true
	}
	out.balances(m, pairs, seen, fewest)
	if out.Refusal == NotRefused {
		out.differences(pairs, seen, fewest)
		out.weekly(pairs, seen, span, fewest)
	}
	return out
}

// balances tells how alike the groups are. fewest persons have something of a covariate in each part of them that it could be told of, and
// as many nothing; or as many are of each industry.
func (a *Aftermath) balances(m *matching, pairs []pair, seen Seen, fewest int) {
	paired := map[*Subject]bool{}
	for _, p := range pairs {
		paired[p.exposed], paired[p.matched] = true, true
	}
	for k := range covariates {
		if !seen.Before[k] {
			continue
		}
		parts := map[string]*[2][2]int{} // by what they have of it, whether they were exposed, and whether they are matched
		for _, s := range slices.Concat(m.exposed, m.others) {
			of := s.Industry
			if k != Industry {
				of = strconv.FormatBool(s.Before[k] != 0)
			}
			if parts[of] == nil {
				parts[of] = &[2][2]int{}
			}
			parts[of][index(s.Exposed)][index(paired[s])]++
		}
		some := func(matched int) bool {
			for _, part := range parts {
				if !some(fewest, part[0][matched], part[1][matched]) {
					return false
				}
			}
			return true
		}
		b := Balance{Measure: k}
		if before, ok := m.before(k); ok && some(0) && some(1) {
			b.Before = rounded(before)
		}
		if len(pairs) > 0 && some(1) && !m.apart[k] {
			b.After = rounded(m.sum(pairs, k) / float64(len(pairs)))
		}
		a.Partial = a.Partial || !some(0) || !some(1)
		a.Balance = append(a.Balance, b)
	}
}

// rounded leaves out what sums of floats are not exact to.
func rounded(f float64) *float64 {
	f = math.Round(f*1e9) / 1e9
	return &f
}

func index(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// differences compares what came after.
func (a *Aftermath) differences(pairs []pair, seen Seen, fewest int) {
	for o := range outcomes {
		if !seen.After[o] {
			continue
		}
		exposed, told := values(pairs, true, o, fewest)
		matched, toldToo := values(pairs, false, o, fewest)
		if o == Complaints && !besides(pairs, fewest) || o == Retained && !kept(pairs, fewest) {
			told = false
		}
		d := Difference{Outcome: o}
		if told && toldToo {
			e, n := len(exposed), len(matched)
			d.OfExposed, d.OfMatched = &e, &n
			if known(o, exposed, matched) {
				d.Gap = gap(exposed, matched)
				d.within(exposed, matched)
			}
		}
		a.Partial = a.Partial || !told || !toldToo
		a.Differences = append(a.Differences, d)
	}
}

// known reports whether enough have an outcome for an interval to say what is known.
func known(o Outcome, exposed, matched []stat.Observation) bool {
	return judged(exposed) && judged(matched) && (!o.counted() || with(exposed)+with(matched) >= fewestWith)
}

// values are those of an outcome that one side of pairs has. Not told: too few have one, or none; of a count, too few have anything or nothing.
func values(pairs []pair, exposed bool, o Outcome, fewest int) (out []stat.Observation, told bool) {
	for _, p := range pairs {
		if s := p.of(exposed); !math.IsNaN(s.After[o]) {
			out = append(out, stat.Observation{Value: s.After[o], Cluster: s.cluster})
		}
	}
	return out, may(o, out, len(pairs), fewest)
}

// may reports whether it may be told what those of a number have of an outcome who have any.
func may(o Outcome, have []stat.Observation, of, fewest int) bool {
	told := some(fewest, len(have), of-len(have))
	if o.counted() {
		told = told && enough(fewest, with(have), len(have)-with(have))
	}
	return told
}

// besides reports whether enough persons of either side have cases that are no complaints, or nobody: what is told of both tells of these.
func besides(pairs []pair, fewest int) bool {
	var exposed, matched int
	for _, p := range pairs {
		exposed += index(p.exposed.After[Cases] > p.exposed.After[Complaints])
		matched += index(p.matched.After[Cases] > p.matched.After[Complaints])
	}
	return some(fewest, exposed, matched)
}

// kept reports whether it may be told what companies keep: it is told of either side how many left, and of those whose contracts can be compared
// nobody or enough keep nothing, as many all, and as many something else; and nobody or enough keep nothing and have not left. A mean of 1 would tell else that
// nobody left, and one beside it of the few who differ from most.
func kept(pairs []pair, fewest int) bool {
	for _, exposed := range []bool{true, false} {
		_, left := values(pairs, exposed, Left, fewest)
		of, told := values(pairs, exposed, Retained, fewest)
		free := 0
		for _, p := range pairs {
			s := p.of(exposed)
			free += index(s.After[Left] == 0 && s.After[Retained] == 0)
		}
		if !left || !told || !alike(of, fewest) || !some(fewest, free) {
			return false
		}
	}
	return true
}

// alike reports whether nobody or enough keep nothing, as many all, and as many something else.
func alike(of []stat.Observation, fewest int) bool {
	var nothing, all int
	for _, o := range of {
		nothing += index(o.Value == 0)
		all += index(o.Value == 1)
	}
	return some(fewest, nothing, all, len(of)-nothing-all)
}

// judged reports whether enough persons, of enough companies, have a value.
func judged(of []stat.Observation) bool {
	companies := map[int]bool{}
	for _, o := range of {
		if companies[o.Cluster] = true; len(companies) >= fewestCompanies {
			break
		}
	}
	return len(of) >= fewestPairs && len(companies) >= fewestCompanies
}

// with is how many have anything of a count.
func with(of []stat.Observation) (n int) {
	for _, o := range of {
		if o.Value != 0 {
			n++
		}
	}
	return n
}

// gap is by how much the means of two groups differ, of which neither is empty.
func gap(exposed, matched []stat.Observation) *Gap {
	g := &Gap{Exposed: stat.Mean(exposed), Matched: stat.Mean(matched)}
	g.Difference = g.Exposed - g.Matched
	for _, f := range []*float64{&g.Exposed, &g.Matched, &g.Difference} {
		*f = *rounded(*f)
	}
	return g
}

// within has a gap tell its interval.
func (g *Gap) within(exposed, matched []stat.Observation) {
	low, high := stat.Clustered(exposed, matched)
	g.Within = &Within{*rounded(low), *rounded(high)}
}
