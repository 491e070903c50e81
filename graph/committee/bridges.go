package committee

import (
	"cmp"
	"maps"
	"slices"
)

// A Stand is a job that a person holds at a company, or a claim about her, on a company or a deal with it.
type Stand struct {
	Person        string // of a claim she whom it is about
	Account, Deal string // without a deal: it is the company itself
	Job           *Job
	Claim         *Claim
}

// A Bridge is a person who stands in several companies, or in several deals.
type Bridge struct {
	Person string
	Jobs   []*Job   // at the companies, in the order in which they were given
	Claims []*Claim // the leading one of each company, and of each deal, on which something is claimed
}

// Bridges are the persons who hold jobs in two companies or more, or are claimed to have roles in two or more deals or companies, or
// hold a job in one and are claimed to have a role in another, as of a moment: those with most of these first, then by id. A role in a deal
// with the company where the person holds her job, and in the company itself, bridges nothing.
func Bridges(stands []Stand, m Moment) (out []Bridge) {
	people, jobs := map[string]bool{}, map[string][]*Job{}
	type place struct{ account, deal string }
	type role struct {
		person string
		place
	}
	claims := map[role][]*Claim{}
	var order []place // in which companies and deals were given
	for i := range stands {
		switch s := &stands[i]; {
		case s.Job != nil:
			if s.Job.From <= m.At && m.At < s.Job.To {
				people[s.Person] = true
				jobs[s.Person] = append(jobs[s.Person], s.Job)
			}
		case s.Claim.inForce(m):
			at := place{s.Account, s.Deal}
			people[s.Claim.Person] = true
			claims[role{s.Claim.Person, at}] = append(claims[role{s.Claim.Person, at}], s.Claim)
			if !slices.Contains(order, at) {
				order = append(order, at)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(people)) {
		accounts, deals := map[string]bool{}, 0
		c := Bridge{Person: id, Jobs: jobs[id]}
		for _, j := range c.Jobs {
			accounts[j.Account] = true
		}
		for _, at := range order {
			if of := claims[role{id, at}]; of != nil {
				accounts[at.account] = true
				if at.deal != "" {
					deals++
				}
				c.Claims = append(c.Claims, inOrder(of)[0])
			}
		}
		if len(accounts) > 1 || deals > 1 {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Bridge) int {
		return cmp.Compare(len(b.Jobs)+len(b.Claims), len(a.Jobs)+len(a.Claims))
	})
	return out
}
