package exposure

import (
	"cmp"
	"math"
	"slices"
)

// A Covariate is what customers are matched by: what was known of them before it happened.
type Covariate uint8

// The covariates, of customers or of companies. Spans before are as long as the one after.
const (
	Employed       Covariate = iota // whether she worked somewhere then: 0 or 1
	CompanySize                     // of the company, or the one where she worked then, the logarithm of 1 + its employees; 0 where nobody knows
	Tenure                          // days since the first interaction with her, or the first contract or order of a company, the logarithm of 1 + these
	ContactsBefore                  // interactions that she began in the span before
	CasesBefore                     // cases in the span before
	OrdersBefore                    // orders in their own name in the span before
	Industry                        // what the company lives by: a name, of which it is told whether it is the same
	Contracts                       // of a company, in force then
	covariates
)

// String is a covariate's name.
func (k Covariate) String() string {
	return [...]string{Employed: "EMPLOYED", CompanySize: "COMPANY_SIZE", Tenure: "TENURE", ContactsBefore: "CONTACTS", CasesBefore: "CASES",
		OrdersBefore: "ORDERS", Industry: "INDUSTRY", Contracts: "CONTRACTS"}[k]
}

// An Outcome is what became of customers, or of companies, in the span after it.
type Outcome uint8

// The outcomes. The first ones are counts for each; of the others somebody has a number, or none.
const (
	Cases        Outcome = iota // hers, and those that an interaction belongs to which she began
	Complaints                  // of these, those in which something is wrong
	Contacts                    // interactions that she began
	Orders                      // in their own name
	Left                        // whether a company that had a contract has none at the end: 0 or 1
	Satisfaction                // how far up the scale she answered when asked, from 0 to 1
	Sentiment                   // of interactions that she began, from -1 to 1
	Retained                    // what a company's contracts come to a year at the end, by what they did when it happened
	outcomes
)

// String is an outcome's name.
func (o Outcome) String() string {
	return [...]string{Cases: "CASES", Complaints: "COMPLAINTS", Contacts: "CONTACTS", Orders: "ORDERS", Left: "LEFT", Satisfaction: "SATISFACTION",
		Sentiment: "SENTIMENT", Retained: "RETAINED"}[o]
}

// counted reports whether it is a count.
func (o Outcome) counted() bool { return o < Satisfaction }

// A Subject is a customer, or a company, who was reached, or might have been.
type Subject struct {
	ID       string
	Company  string // where she worked then; empty: nowhere, or it is one
	Industry string // of the company; empty: nobody knows
	Exposed  bool
	Before   [covariates]float64 // of Industry nothing
	After    [outcomes]float64   // NaN: she has none

	weeks   []noted // in which anything was
	cluster int     // of the company, or of hers alone
}

const (
	// Balanced is below which standardised difference two groups are alike (Austin 2009).
	Balanced = 0.1
	// fewestPairs are as many as a difference is worked out of, and fewestCompanies behind either group; who works nowhere stands for one. Of a
	// count fewestWith customers of both groups have anything: of fewer an interval would say more than is known.
	fewestPairs, fewestCompanies, fewestWith = 20, 10, 5
	// caliper is by how many standard deviations a match may differ from whom it is for, by any covariate.
	caliper = 1.0
)

// A pair is somebody who was exposed, and who is like her and was not.
type pair struct{ exposed, matched *Subject }

// of is one of the two.
func (p pair) of(exposed bool) *Subject {
	if exposed {
		return p.exposed
	}
	return p.matched
}

// matching are two groups that are made alike.
type matching struct {
	exposed, others []*Subject
	scale           [covariates]float64 // the standard deviation of both groups together, before they are matched; 0: nobody differs
	apart           [covariates]bool    // the groups differ, though nobody within them does
	industries      bool                // who is matched is of the same one
	pairs           []pair
}

// match finds for each who was exposed the nearest who was not, without giving anybody to two: by the distance of all covariates in standard
// deviations, those first who are farthest from the others. Nobody is taken who differs by more than the caliper, or is of another industry. Who comes first of
// two that are as near is decided by ids.
func match(subjects []Subject, seen Seen) *matching {
	m := &matching{industries: seen.Before[Industry]}
	for i := range subjects {
		if s := &subjects[i]; s.Exposed {
			m.exposed = append(m.exposed, s)
		} else {
			m.others = append(m.others, s)
		}
	}
	byID := func(a, b *Subject) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(m.exposed, byID)
	slices.SortFunc(m.others, byID)
	center := m.standardize(seen)
	hardest := slices.Clone(m.exposed)
	far := map[*Subject]float64{}
	for _, s := range hardest {
		far[s] = m.distance(s, &Subject{Before: center}, math.Inf(1))
	}
	slices.SortStableFunc(hardest, func(a, b *Subject) int { return cmp.Compare(far[b], far[a]) })
	pools := m.pools()
	for _, s := range hardest {
		p := pools[m.industry(s)]
		if p == nil {
			continue
		}
		if other := p.nearest(s); other != nil {
			m.pairs = append(m.pairs, pair{s, other})
		}
	}
	return m
}

// industry is that of somebody, as far as it is matched by.
func (m *matching) industry(s *Subject) string {
	if !m.industries {
		return ""
	}
	return s.Industry
}

// standardize works out the scale, and gives the means of those who were not exposed.
func (m *matching) standardize(seen Seen) (center [covariates]float64) {
	for k := range center {
		if !seen.Before[k] {
			continue
		}
		meanE, varE := moments(m.exposed, Covariate(k).of)
		meanO, varO := moments(m.others, Covariate(k).of)
		m.scale[k], center[k] = math.Sqrt((varE+varO)/2), meanO
		if exact := 1e-9 * (1 + math.Abs(meanO)); m.scale[k] < exact { // nobody differs: what is left is of sums of floats
			m.scale[k] = 0
			m.apart[k] = math.Abs(meanE-meanO) > exact && len(m.exposed) > 0 && len(m.others) > 0
		}
	}
	return center
}

// of is a covariate of somebody.
func (k Covariate) of(s *Subject) float64 { return s.Before[k] }

// moments are mean and variance of a value.
func moments(of []*Subject, value func(*Subject) float64) (mean, variance float64) {
	for _, s := range of {
		mean += value(s) / float64(len(of))
	}
	for _, s := range of {
		d := value(s) - mean
		variance += d * d / float64(max(1, len(of)-1))
	}
	return mean, variance
}

// distance is the square of how far two are from each other; +Inf where a covariate differs by more than the most.
func (m *matching) distance(a, b *Subject, most float64) (sum float64) {
	for k, scale := range m.scale {
		if m.apart[k] {
			return math.Inf(1)
		}
		if scale == 0 {
			continue
		}
		d := (a.Before[k] - b.Before[k]) / scale
		if math.Abs(d) > most {
			return math.Inf(1)
		}
		sum += d * d
	}
	return sum
}

// A pool has those of an industry who are not taken yet, in the order of one covariate, so that who is too far by it need not be looked at.
type pool struct {
	*matching
	by    Covariate
	all   []*Subject
	taken []bool
}

func (m *matching) pools() map[string]*pool {
	out := map[string]*pool{}
	for _, s := range m.others {
		p := out[m.industry(s)]
		if p == nil {
			p = &pool{matching: m, by: Tenure}
			out[m.industry(s)] = p
		}
		p.all = append(p.all, s)
	}
	for _, p := range out {
		p.taken = make([]bool, len(p.all))
		slices.SortStableFunc(p.all, func(a, b *Subject) int { return cmp.Compare(a.Before[p.by], b.Before[p.by]) })
	}
	return out
}

// nearest takes out who is nearest to somebody; nil: nobody is near enough.
func (p *pool) nearest(s *Subject) *Subject {
	start, _ := slices.BinarySearchFunc(p.all, s.Before[p.by], func(o *Subject, at float64) int { return cmp.Compare(o.Before[p.by], at) })
	best, least := -1, math.Inf(1)
	look := func(i int) (further bool) {
		if scale := p.scale[p.by]; scale > 0 {
			d := math.Abs(p.all[i].Before[p.by]-s.Before[p.by]) / scale
			if d > caliper || d*d > least {
				return false
			}
		}
		if p.taken[i] {
			return true
		}
		d := p.distance(s, p.all[i], caliper)
		if d < least || d == least && best >= 0 && p.all[i].ID < p.all[best].ID {
			best, least = i, d
		}
		return true
	}
	for i := start; i < len(p.all) && look(i); i++ {
	}
	for i := start - 1; i >= 0 && look(i); i-- {
	}
	if best < 0 {
		return nil
	}
	p.taken[best] = true
	return p.all[best]
}

// balance leaves out pairs until the groups are alike by all covariates: of the covariate by which they differ most, the pair that has most
// part in it (the largest sample that is balanced is what Zubizarreta and others, 2014, look for). Nobody or at least fewest are left over, so that
// nothing is told of few. Not ok: too few pairs are left before.
func (m *matching) balance(fewest int) (pairs []pair, ok bool) {
	if m.hopeless() {
		return nil, false
	}
	pairs = slices.Clone(m.pairs)
	var sums [covariates]float64
	for k := range sums {
		sums[k] = m.sum(pairs, Covariate(k))
	}
	for len(pairs) >= fewestPairs {
		worst := Employed
		for k := range covariates {
			if math.Abs(sums[k]) > math.Abs(sums[worst]) {
				worst = k
			}
		}
		if math.Abs(sums[worst]) <= Balanced*float64(len(pairs)) && some(fewest, len(m.exposed)-len(pairs), len(m.others)-len(pairs)) {
			return pairs, true
		}
		out := 0
		for i, p := range pairs {
			if m.part(p, worst)*sums[worst] > m.part(pairs[out], worst)*sums[worst] {
				out = i
			}
		}
		for k := range sums {
			sums[k] -= m.part(pairs[out], Covariate(k))
		}
		pairs = slices.Delete(pairs, out, out+1)
	}
	return nil, false
}

// hopeless reports whether the groups differ by what nobody within them differs by.
func (m *matching) hopeless() bool { return slices.Contains(m.apart[:], true) }

// part is by how much the two of a pair differ, in standard deviations.
func (m *matching) part(p pair, k Covariate) float64 {
	if m.scale[k] == 0 {
		return 0
	}
	return (p.exposed.Before[k] - p.matched.Before[k]) / m.scale[k]
}

// sum is that over pairs: divided by their number, the standardised difference of the means.
func (m *matching) sum(pairs []pair, k Covariate) (sum float64) {
	for _, p := range pairs {
		sum += m.part(p, k)
	}
	return sum
}

// before is the standardised difference of the means of all. Not ok: the groups differ, and nobody within them does, or one is empty.
func (m *matching) before(k Covariate) (by float64, ok bool) {
	switch {
	case m.apart[k] || len(m.exposed) == 0 || len(m.others) == 0:
		return 0, false
	case k == Industry:
		return m.industriesBefore()
	case m.scale[k] == 0:
		return 0, true
	}
	e, _ := moments(m.exposed, k.of)
	o, _ := moments(m.others, k.of)
	return (e - o) / m.scale[k], true
}

// industriesBefore is the largest standardised difference of the shares that an industry has of either group. Not ok: an industry is all of one group
// and none of the other.
func (m *matching) industriesBefore() (by float64, ok bool) {
	names := map[string]bool{}
	for _, s := range slices.Concat(m.exposed, m.others) {
		names[s.Industry] = true
	}
	for name := range names {
		of := func(s *Subject) float64 { return float64(index(s.Industry == name)) }
		e, varE := moments(m.exposed, of)
		o, varO := moments(m.others, of)
		switch scale := math.Sqrt((varE + varO) / 2); {
		case scale >= 1e-9:
			by = max(by, math.Abs(e-o)/scale)
		case math.Abs(e-o) > 1e-9:
			return 0, false
		}
	}
	return by, true
}
