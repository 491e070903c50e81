package exposure

import (
	"math"

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
	// Partial: too few stand behind a number, or beside it, that is not told.
	Partial bool
}

// Balance is by how many standard deviations the means of two groups differ, before they are matched and after. Nil: it is not told, or nobody
// within the groups differs though the groups do.
type Balance struct {
	Covariate     Covariate
	Before, After *float64
}

// A Difference is that of an outcome. OfExposed and OfMatched are of how many there is a value; nil: it is not told.
type Difference struct {
	Outcome              Outcome
	OfExposed, OfMatched *int
	*Gap                 // nil: too few persons or companies have it, or it is not told
}

// A Gap is by how much the means of two groups differ, and within which interval the true difference lies with 95 % confidence.
type Gap struct{ Exposed, Matched, Difference, Low, High float64 }

// After compares those who were exposed with others. fewest is how many persons stand behind each number, and beside it; 0: any. Nil: too few do
// behind all of it.
func After(subjects []Subject, seen Seen, fewest int) *Aftermath {
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
	if matched, unmatched := len(pairs), len(m.exposed)-len(pairs); some(fewest, matched, unmatched) {
		out.Matched, out.Unmatched = &matched, &unmatched
	} else {
		out.Partial = true
	}
	out.balances(m, pairs, seen, fewest)
	if out.Refusal == NotRefused {
		out.differences(pairs, seen, fewest)
	}
	return out
}

// balances tells how alike the groups are. fewest persons have something of a covariate in each part of them that it could be told of, and
// as many nothing.
func (a *Aftermath) balances(m *matching, pairs []pair, seen Seen, fewest int) {
	paired := map[*Subject]bool{}
	for _, p := range pairs {
		paired[p.exposed], paired[p.matched] = true, true
	}
	for k := range covariates {
		if !seen.Before[k] {
			continue
		}
		var has, hasNot [2][2]int // by whether they were exposed, and whether they are matched
		for _, s := range append(append([]*Subject(nil), m.exposed...), m.others...) {
			part := &hasNot
			if s.Before[k] != 0 {
				part = &has
			}
			part[index(s.Exposed)][index(paired[s])]++
		}
		some := func(matched int) bool {
			return some(fewest, has[0][matched], has[1][matched], hasNot[0][matched], hasNot[1][matched])
		}
		b := Balance{Covariate: k}
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
		exposed, told := values(pairs, o, fewest, func(p pair) *Subject { return p.exposed })
		matched, toldToo := values(pairs, o, fewest, func(p pair) *Subject { return p.matched })
		if o == Complaints && !besides(pairs, fewest) {
			told = false
		}
		d := Difference{Outcome: o}
		if told && toldToo {
			e, n := len(exposed), len(matched)
			d.OfExposed, d.OfMatched = &e, &n
			if judged(exposed) && judged(matched) && (o >= Satisfaction || with(exposed)+with(matched) >= fewestWith) {
				d.Gap = gap(exposed, matched)
			}
		}
		a.Partial = a.Partial || !told || !toldToo
		a.Differences = append(a.Differences, d)
	}
}

// values are those of an outcome that one side of pairs has. Not told: too few have one, or none; of a count, too few have anything or nothing.
func values(pairs []pair, o Outcome, fewest int, of func(pair) *Subject) (out []stat.Observation, told bool) {
	for _, p := range pairs {
		s := of(p)
		v := s.After[o]
		if math.IsNaN(v) {
			continue
		}
		company := s.Company
		if company == "" {
			company = s.ID
		}
		out = append(out, stat.Observation{Value: v, Cluster: company})
	}
	told = some(fewest, len(out), len(pairs)-len(out))
	if o < Satisfaction {
		told = told && enough(fewest, with(out), len(out)-with(out))
	}
	return out, told
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

// judged reports whether enough persons, of enough companies, have a value.
func judged(of []stat.Observation) bool {
	companies := map[string]bool{}
	for _, o := range of {
		companies[o.Cluster] = true
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

func gap(exposed, matched []stat.Observation) *Gap {
	g := &Gap{Exposed: stat.Mean(exposed), Matched: stat.Mean(matched)}
	g.Difference = g.Exposed - g.Matched
	g.Low, g.High = stat.Clustered(exposed, matched)
	for _, f := range []*float64{&g.Exposed, &g.Matched, &g.Difference, &g.Low, &g.High} {
		*f = *rounded(*f)
	}
	return g
}
