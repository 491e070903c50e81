package committee

import (
	"math"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/stat"
)

// A Baseline is what the company's own decided deals show, as of an instant.
type Baseline struct {
	Stages map[string][]int64 // how long won deals were in each stage, in microseconds, the shortest first
	Won    map[string]int     // won deals with a role in their committees
	Lost   map[string]int
	// Deals that were won, and lost.
	WonDeals, LostDeals int
}

// A Decided is a deal that was won or lost.
type Decided struct {
	Won    bool
	At     graph.Time
	Stages []Spell
	Claims []Claim
}

// A Spell is how long a deal was in a stage, in microseconds.
type Spell struct {
	Stage string
	For   int64
}

// ahead is how long before the outcome a claim has to have been recorded to count: what is claimed when all is known tells nothing.
const ahead = 14 * days

// Compare makes a baseline of the deals that were decided by a moment, and known to be, with what was claimed and not taken back as it was known then.
func Compare(deals []Decided, m Moment) *Baseline {
	b := &Baseline{Stages: map[string][]int64{}, Won: map[string]int{}, Lost: map[string]int{}}
	for i := range deals {
		d := &deals[i]
		if !d.known(m) {
			continue
		}
		with, n := b.Lost, &b.LostDeals
		if d.Won {
			with, n = b.Won, &b.WonDeals
			for _, s := range d.Stages {
				b.Stages[s.Stage] = append(b.Stages[s.Stage], s.For)
			}
		}
		*n++
		var roles []string
		for j := range d.Claims {
			c := &d.Claims[j]
			if d.counts(c, m) && !slices.Contains(roles, c.Role) {
				roles = append(roles, c.Role)
				with[c.Role]++
			}
		}
	}
	for _, spells := range b.Stages {
		slices.Sort(spells)
	}
	return b
}

// known reports whether the deal was decided by a moment, and known to be.
func (d *Decided) known(m Moment) bool { return d.At <= min(m.At, m.Known) }

// counts reports whether a claim on the deal counts, as of a moment.
func (d *Decided) counts(c *Claim, m Moment) bool { return c.Recorded+ahead <= d.At && c.known(m) }

// fewestWon are needed to say how long is too long in a stage.
const fewestWon = 20

// stage is the 90th percentile of how long won deals were in a stage, by the nearest rank: the least time that at least nine tenths of them
// did not exceed.
func (b *Baseline) stage(name string) (limit int64, n int, judged bool) {
	spells := b.Stages[name]
	if n = len(spells); n < fewestWon {
		return 0, n, false
	}
	return spells[int(math.Ceil(0.9*float64(n)))-1], n, true
}

// A Share is how many of some have something, and the interval within which the true share lies with 95 % confidence.
type Share struct {
	With, N   int
	Low, High float64
}

// Of is the share of n with its interval.
func Of(with, n int) Share {
	low, high := stat.Wilson(with, n)
	return Share{with, n, low, high}
}

// States of what a role's coverage says, beside Complete and Gap.
const (
	NotSupported     = "NOT_SUPPORTED"     // the intervals overlap: the company's own deals do not show that it matters
	InsufficientData = "INSUFFICIENT_DATA" // fewer than 30 deals were won, or lost
)

// A Coverage compares a role with the company's own won and lost deals.
type Coverage struct {
	Role      string
	State     string
	Won, Lost Share
}

// fewestDecided deals are needed on both sides to claim a gap.
const fewestDecided = 30

// Coverage says of each role whether the won deals had it more often than the lost ones, and whether this committee has it.
func (b *Baseline) Coverage(c *Committee) (out []Coverage) {
	for _, role := range Roles[:len(Roles)-1] {
		r := Coverage{Role: role, Won: Of(b.Won[role], b.WonDeals), Lost: Of(b.Lost[role], b.LostDeals), State: NotSupported}
		has := slices.ContainsFunc(c.Members, func(m Member) bool { return m.there() && m.Role() == role })
		more, judged := supported(r.Won, r.Lost)
		switch {
		case has:
			r.State = Complete
		case !judged:
			r.State = InsufficientData
		case more:
			r.State = Gap
		}
		out = append(out, r)
	}
	return out
}

// A Comparison is what the company's own decided deals say of a role, as far as it may be told.
type Comparison struct {
	Role      string
	Won, Lost *Share // of the won deals, and of the lost ones; nil: too few persons stand behind it
	Supported *bool  // whether the won deals had it more often, by their intervals; nil: too few deals are known to say so, or a share is not told
}

// Comparisons say of each role how many of the deals had it that were won by a moment, and that were lost. Where fewest is not 0, a share is
// told only if so many different persons, or more, stand behind the deals that had the role, by the claims that make it theirs, and so many
// behind those that had it not, by other claims that count.
func Comparisons(deals []Decided, m Moment, fewest int) (out []Comparison) {
	b := Compare(deals, m)
	for _, role := range Roles[:len(Roles)-1] {
		won, lost := Of(b.Won[role], b.WonDeals), Of(b.Lost[role], b.LostDeals)
		c := Comparison{Role: role}
		if fewest == 0 || enough(deals, m, true, role, fewest) {
			c.Won = &won
		}
		if fewest == 0 || enough(deals, m, false, role, fewest) {
			c.Lost = &lost
		}
		if more, judged := supported(won, lost); judged && c.Won != nil && c.Lost != nil {
			c.Supported = &more
		}
		out = append(out, c)
	}
	return out
}

// supported reports whether won deals had a role more often than lost ones: whether the intervals lie apart. Not judged: too few were won, or lost.
func supported(won, lost Share) (more, judged bool) {
	return won.Low > lost.High, won.N >= fewestDecided && lost.N >= fewestDecided
}

// enough reports whether enough persons stand behind how many of the won deals, or of the lost ones, had a role, and behind how many had it not.
func enough(deals []Decided, m Moment, won bool, role string, fewest int) bool {
	with, without := map[string]bool{}, map[string]bool{}
	for i := range deals {
		d := &deals[i]
		if d.Won != won || !d.known(m) {
			continue
		}
		has := slices.ContainsFunc(d.Claims, func(c Claim) bool { return c.Role == role && d.counts(&c, m) })
		for j := range d.Claims {
			switch c := &d.Claims[j]; {
			case c.Person == "" || !d.counts(c, m):
			case c.Role == role:
				with[c.Person] = true
			case !has:
				without[c.Person] = true
			}
		}
	}
	return len(with) >= fewest && len(without) >= fewest
}
