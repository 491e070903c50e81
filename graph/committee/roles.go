package committee

import "slices"

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
