package resolvers

import (
	"cmp"
	"math"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
)

type (
	jobChangesView struct {
		Changes   []jobChangeView
		Truncated bool
	}
	jobChangeView struct {
		Customer     shown
		From, To     *positionView
		At           graph.Time
		LeadingClaim shown
		Ties         []tieView
	}
)

// defaultJobChanges is how many are told where it is not said how many.
const defaultJobChanges = 20

// A jobChangeReading is what was read of who went where.
type jobChangeReading struct {
	*committeeReading
	stages  map[string]string // of companies, by id
	changes []jobChange
}

type jobChange struct {
	committee.Move
	person *committee.Person
	led    *committee.Claim
}

// jobChanges are those of all persons, within a time.
func jobChanges(w *writer, root tree) *jobChangesView {
	r := w.readJobChanges(root, "customers")
	args := root.need.args
	ago, _ := agoOf(text(args["within"])) // the plan has looked at it
	since := graph.Time(ago.From(r.in.At))
	return r.view(firstOr(args, defaultJobChanges), func(m *committee.Move) bool {
		return m.At >= since && r.stageIs(m.From, args["from"]) && r.stageIs(m.To, args["to"])
	})
}

// accountJobChanges are those of persons who came to an account, or left it.
func accountJobChanges(w *writer, account tree) *jobChangesView {
	return w.readJobChanges(account, "people").view(math.MaxInt, func(m *committee.Move) bool {
		return m.From.Account == account.row.ID || m.To.Account == account.row.ID
	})
}

// stageIs reports whether the company of a job is in one of the stages that are asked for; nil: whichever it is in.
func (r *jobChangeReading) stageIs(j *committee.Job, asked any) bool {
	return asked == nil || slices.Contains(elements(asked), any(r.stages[j.Account]))
}

// readJobChanges reads the persons whom an edge leads to, and who went where.
func (w *writer) readJobChanges(of tree, way string) *jobChangeReading {
	r := &jobChangeReading{committeeReading: newCommitteeReading(), stages: map[string]string{}}
	r.in.Moment = w.moment(of)
	people, more := of.page(way)
	r.cut = more
	for _, t := range people {
		if r.customers[t.row.ID].row != nil { // she had several jobs there
			continue
		}
		r.customers[t.row.ID] = shown{way, t.row}
		p := r.person(w, t, way)
		for _, j := range t.all("employments") {
			r.stages[j.row.ID] = text(j.value("accountStage"))
		}
		claims := r.claimed(t, way)
		for _, m := range p.Moves(r.in.At) {
			r.changes = append(r.changes, jobChange{m, p, committee.Led(p, m.From.Account, claims[m.From.Account], r.in.At)})
		}
	}
	slices.SortStableFunc(r.changes, func(a, b jobChange) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.person.ID, b.person.ID))
	})
	return r
}

// claimed are the claims about a person by the company that they are about, itself or in a deal with it.
func (r *jobChangeReading) claimed(t tree, way string) map[string][]committee.Claim {
	out := map[string][]committee.Claim{}
	for _, c := range t.all("claims") {
		claim := claimOf(c)
		claim.Person = t.row.ID
		for _, on := range c.all("undertaking") {
			account := on.row.ID
			if of := on.all("account"); len(of) > 0 {
				account = of[0].row.ID
			}
			out[account] = append(out[account], claim)
			r.claims[claim.ID] = shown{way + ".claims", c.row}
		}
	}
	return out
}

// view shows the first changes that are wanted.
func (r *jobChangeReading) view(most int, wanted func(*committee.Move) bool) *jobChangesView {
	v := &jobChangesView{Truncated: r.cut}
	for i := range r.changes {
		c := &r.changes[i]
		if !wanted(&c.Move) {
			continue
		}
		if len(v.Changes) == most {
			v.Truncated = true
			break
		}
		x := jobChangeView{Customer: r.customer(c.person.ID), From: r.position(c.From), To: r.position(c.To), At: c.At, Ties: r.ties(c.person, r.in.At)}
		if c.led != nil {
			x.LeadingClaim = r.claims[c.led.ID]
		}
		v.Changes = append(v.Changes, x)
	}
	return v
}

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
		claims := graph.Map(c.Claims, func(led *committee.Claim) shown { return r.claims[led.ID] })
		v.Bridges = append(v.Bridges, familyBridgeView{r.customer(c.Person), graph.Map(c.Jobs, r.position), claims})
	}
	return v
}
