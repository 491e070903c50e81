package committee

import (
	"cmp"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A Mail went from one person to another.
type Mail struct {
	From, To string
	At       graph.Time
}

// A Score is how well a measure of ties tells who reports to whom.
type Score struct {
	// AUC is the chance that a pair of whom one reports to the other has more than a pair of whom neither does, where equal ones count half
	// (Hanley and McNeil, 1982), over all pairs of persons.
	AUC float64
	// Top is the share of persons with whom their manager has the most of all; of k who have as much the manager counts 1/k.
	Top float64
}

// An Evaluation holds Strength to a company whose reporting lines are known.
type Evaluation struct {
	Persons, Pairs  int // pairs of two persons, whichever way
	Reporting       int // pairs of whom one reports to the other
	Led             int // persons who report to somebody
	Strength, Mails Score
}

// Evaluate holds the strength of ties, as of the newest mail, to reporting lines: by person, to whom she reports. Beside it stands what the
// bare number of mails tells. Who reports to herself reports to nobody.
func Evaluate(mails []Mail, managers map[string]string) Evaluation {
	ties, counts := map[pair]graph.Tie{}, map[pair]float64{}
	persons := map[string]bool{}
	newest := graph.FirstInstant
	for _, m := range mails {
		persons[m.From], persons[m.To], newest = true, true, max(newest, m.At)
		if m.From == m.To {
			continue
		}
		p := pairOf(m.From, m.To)
		ties[p] = ties[p].And(graph.TieOfOne(graph.Contact{At: int64(m.At), In: m.From == p.a, Out: m.From == p.b}))
		counts[p]++
	}
	for who, manager := range managers {
		persons[who], persons[manager] = true, true
	}
	strengths := map[pair]float64{}
	for p, t := range ties {
		strengths[p] = Strength(t, newest)
	}
	e := Evaluation{Persons: len(persons), Pairs: len(persons) * (len(persons) - 1) / 2}
	reports := map[pair]bool{}
	for who, manager := range managers {
		if who != manager {
			e.Led++
			reports[pairOf(who, manager)] = true
		}
	}
	e.Reporting = len(reports)
	ids := slices.Sorted(maps.Keys(persons))
	score := func(of map[pair]float64) Score { return Score{auc(ids, of, reports), top(ids, of, managers)} }
	e.Strength, e.Mails = score(strengths), score(counts)
	return e
}

// A pair is two persons, the lesser id first.
type pair struct{ a, b string }

func pairOf(a, b string) pair { return pair{min(a, b), max(a, b)} }

// auc is by the sum of ranks, where equal values have the mean of their ranks.
func auc(ids []string, of map[pair]float64, is map[pair]bool) float64 {
	type measured struct {
		value float64
		is    bool
	}
	var all []measured
	for i, a := range ids {
		for _, b := range ids[i+1:] {
			p := pairOf(a, b)
			all = append(all, measured{of[p], is[p]})
		}
	}
	slices.SortFunc(all, func(a, b measured) int { return cmp.Compare(a.value, b.value) })
	ranks, n := 0., 0
	for from := 0; from < len(all); {
		to := from
		for to < len(all) && all[to].value == all[from].value {
			to++
		}
		for _, m := range all[from:to] {
			if m.is {
				ranks, n = ranks+float64(from+1+to)/2, n+1
			}
		}
		from = to
	}
	if n == 0 || n == len(all) {
		return 0.5
	}
	return (ranks - float64(n)*float64(n+1)/2) / float64(n) / float64(len(all)-n)
}

func top(ids []string, of map[pair]float64, managers map[string]string) float64 {
	hits, n := 0., 0
	for _, who := range slices.Sorted(maps.Keys(managers)) { // so that rounding is the same each time
		manager := managers[who]
		if who == manager {
			continue
		}
		n++
		most, equal := of[pairOf(who, manager)], 0
		for _, other := range ids {
			switch v := of[pairOf(who, other)]; {
			case other == who:
			case v > most:
				equal = -1 << 30
			case v == most:
				equal++
			}
		}
		if equal > 0 {
			hits += 1 / float64(equal)
		}
	}
	if n == 0 {
		return 0
	}
	return hits / float64(n)
}
