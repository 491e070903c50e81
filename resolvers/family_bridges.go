package resolvers

import (
	"github.com/kithgraph/kith/graph/committee"
)

type (
	familyBridgesView struct {
		Bridges   []familyBridgeView
		Truncated bool
	}
	familyBridgeView struct {
		Customer      shown
		Positions     []*positionView
		LeadingClaims []shown
	}
)

// familyBridges are the persons who stand in several companies or open deals of an account's family.
func familyBridges(w *writer, account tree) *familyBridgesView {
	r := newCommitteeReading()
	r.in.Moment = w.moment(account)
	var stands []committee.Stand
	claims := func(on tree, way, account, deal string) {
		all, more := on.page("claims")
		r.cut = r.cut || more
		for _, t := range all {
			for _, who := range t.all("customer") {
				c := claimOf(t)
				c.Person = who.row.ID
				r.claims[c.ID], r.customers[c.Person] = shown{way + "claims", t.row}, shown{way + "claims.customer", who.row}
				stands = append(stands, committee.Stand{Account: account, Deal: deal, Claim: &c})
			}
		}
	}
	family, more := account.page("family")
	r.cut = more
	for _, company := range family {
		id := company.row.ID
		people, more := company.page("people")
		r.cut = r.cut || more
		for _, who := range people {
			j := jobOf(who, id)
			r.jobs[&j] = job{shown{"family", company.row}, text(who.edge("title")), text(who.edge("seniority"))}
			r.customers[who.row.ID] = shown{"family.people", who.row}
			stands = append(stands, committee.Stand{Account: id, Person: who.row.ID, Job: &j})
		}
		claims(company, "family.", id, "")
		deals, more := company.page("deals")
		r.cut = r.cut || more
		for _, deal := range deals {
			claims(deal, "family.deals.", id, deal.row.ID)
		}
	}
	v := &familyBridgesView{Truncated: r.cut}
	for _, c := range committee.Bridges(stands, r.in.Moment) {
		x := familyBridgeView{Customer: r.customer(c.Person)}
		for _, j := range c.Jobs {
			x.Positions = append(x.Positions, r.position(j))
		}
		for _, led := range c.Claims {
			x.LeadingClaims = append(x.LeadingClaims, r.claims[led.ID])
		}
		v.Bridges = append(v.Bridges, x)
	}
	return v
}
