package resolvers

import (
	"cmp"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
	"github.com/kithgraph/kith/graph/policy"
)

// staleSince is since when a claim is.
func staleSince(w *writer, claim tree) *graph.Time {
	c := claimOf(claim)
	at := w.moment(claim).At
	if since, stale := c.Stale(w.ClaimAge.Microseconds(), at); stale && c.Recorded != graph.FirstInstant {
		return &since
	}
	return nil
}

// moment is as of when a computed field is read.
func (w *writer) moment(t tree) committee.Moment {
	m := committee.Moment{At: w.o.now, Known: w.o.now}
	if then := t.need.then; then != nil {
		m.At, m.Known = *cmp.Or(then.At, &m.At), *cmp.Or(then.Known, &m.Known)
	}
	return m
}

// claimOf reads a claim.
func claimOf(t tree) committee.Claim {
	c := committee.Claim{ID: t.row.ID, Role: text(t.value("role")), Stance: text(t.value("stance")), Confidence: -1,
		From: t.instant("from", graph.FirstInstant), To: t.instant("to", graph.LastInstant),
		Recorded: t.instant(graph.RecordedAt, graph.FirstInstant), Retracted: t.instant("retractedAt", graph.LastInstant)}
	if n, ok := t.value("confidence").(int64); ok {
		c.Confidence = n
	}
	for _, in := range t.all("citedInteractions") {
		c.Cited = append(c.Cited, in.instant("at", graph.FirstInstant))
	}
	return c
}

// A committeeReading is what was read for a committee, by the ids of what was read.
type committeeReading struct {
	in        committee.Input
	claims    map[string]shown
	customers map[string]shown
	employees map[string]shown
	jobs      map[*committee.Job]job
	cut       bool
	ours      graph.Meeting // those of our own people in the interaction that is being read
	// comparedAt is as of when the deals were read that it is compared with, as far as that is told; nil: none were.
	comparedAt *graph.Time
}

// A job is one as it was read: the company, and properties of the relationship.
type job struct {
	account          shown
	title, seniority string
}

// dealCommittee is the committee of a deal.
func dealCommittee(w *writer, deal tree) *committeeView { return w.readDeal(deal, "").view() }

// readDeal reads who is claimed to be in the committee of a deal. It was found along a way that ends in a dot; empty: it is asked itself.
func (w *writer) readDeal(deal tree, way string) *committeeReading {
	r := w.readCommittee(deal)
	if account := deal.all("account"); len(account) > 0 {
		r.in.Account = account[0].row.ID
	}
	r.in.Deal = w.dealOf(deal)
	r.add(w, deal, way)
	return r
}

// accountCommittee is the committee of an account, over all its deals.
func accountCommittee(w *writer, account tree) *committeeView {
	r := w.readCommittee(account)
	r.in.Account = account.row.ID
	r.add(w, account, "")
	deals, more := account.page("deals")
	r.cut = r.cut || more
	for _, deal := range deals {
		r.add(w, deal, "deals.")
	}
	return r.view()
}

func newCommitteeReading() *committeeReading {
	return &committeeReading{claims: map[string]shown{}, customers: map[string]shown{}, employees: map[string]shown{}, jobs: map[*committee.Job]job{}}
}

// readCommittee reads what is asked of a committee, and what is withheld of all.
func (w *writer) readCommittee(of tree) *committeeReading {
	r := newCommitteeReading()
	r.in = committee.Input{Moment: w.moment(of), People: map[string]*committee.Person{}, Template: w.Template}
	r.in.Denied = w.denied(of.row.Sel.Kind.Edge("claims").Target().Edge("customer").Target(), w.o.viewer.Edge)
	if w.decided != nil {
		r.in.Baseline, r.comparedAt = w.decided.compared(r.in.Moment), new(w.decided.since(w.o.now))
	}
	if without := of.need.args["without"]; without != nil {
		for _, id := range elements(without) {
			r.in.Without = append(r.in.Without, w.o.hidden.Resolve(text(id)))
		}
	}
	return r
}

// add takes in the claims on a deal or an account, and the persons whom they are about.
func (r *committeeReading) add(w *writer, of tree, way string) {
	claims, more := of.page("claims")
	r.cut = r.cut || more
	for _, t := range claims {
		about := t.all("customer")
		if len(about) == 0 {
			continue
		}
		c := claimOf(t)
		c.Person = about[0].row.ID
		r.in.Claims = append(r.in.Claims, c)
		r.claims[c.ID] = shown{way + "claims", t.row}
		if r.in.People[c.Person] == nil {
			at := way + "claims.customer"
			r.customers[c.Person] = shown{at, about[0].row}
			r.in.People[c.Person] = r.person(w, about[0], at)
		}
	}
}

// denied is what is withheld of what edges of persons of a kind lead to.
func (w *writer) denied(k *graph.Kind, withheld func(*graph.Edge) *policy.Withheld) committee.Denied {
	jobs, interactions := k.Edge("employments"), k.Edge("interactions")
	return committee.Denied{Jobs: withheld(jobs) != nil, Limits: w.o.viewer.Along(jobs, jobs.Rel.Property("approvalLimit")) != nil, Ties: withheld(k.Edge("known")) != nil,
		Contacts: withheld(interactions) != nil || w.o.viewer.Edge(interactions.Target().Edge("participants")) != nil}
}

// person reads somebody of whom something is claimed, and who was found along a way.
func (r *committeeReading) person(w *writer, t tree, way string) *committee.Person {
	p := &committee.Person{ID: t.row.ID, Name: text(t.value("name")), Denied: w.denied(t.row.Sel.Kind, w.o.stateOf(t.row).Edge)}
	jobs := t.all("employments")
	p.Jobs = make([]committee.Job, len(jobs))
	for i, j := range jobs {
		p.Jobs[i] = committee.Job{Account: j.row.ID, From: timeOr(j.edge("from"), graph.FirstInstant), To: timeOr(j.edge("to"), graph.LastInstant)}
		if m, ok := j.edge("approvalLimit").(graph.Money); ok {
			p.Jobs[i].Limit = &m
		}
		r.jobs[&p.Jobs[i]] = job{shown{way + ".employments", j.row}, text(j.edge("title")), text(j.edge("seniority"))}
	}
	ties := map[string]graph.Tie{}
	interactions, me := t.all("interactions"), graph.Meeting{}
	for i, in := range interactions {
		if me = me.With(p.ID, text(in.edge(graph.RoleProperty))); i+1 < len(interactions) && interactions[i+1].row.ID == in.row.ID {
			continue // who took part in one twice has it twice
		}
		if len(me) > 0 { // she is more than what it is about
			if c := r.contact(in, me[0], way, ties); c != nil {
				p.Contacts = append(p.Contacts, *c)
			}
		}
		me = me[:0]
	}
	if then := t.need.then; then == nil { // what is kept is of now
		clear(ties)
		for _, k := range t.all("known") {
			if tie := tieOf(k); !k.row.Sel.Kind.Person {
				r.employees[k.row.ID] = shown{way + ".known", k.row}
				ties[k.row.ID] = tie
			} else {
				p.Ties = append(p.Ties, committee.Tie{With: k.row.ID, Tie: tie})
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(ties)) {
		p.Ties = append(p.Ties, committee.Tie{With: id, Employee: true, Tie: ties[id]})
	}
	return p
}

// contact is what an interaction was to a person, and adds to her ties with those of our own people who took part in it, unless it was crowded; nil: none did.
func (r *committeeReading) contact(in tree, me graph.Participant, way string, ties map[string]graph.Tie) *committee.Contact {
	at, origin := in.instant(graph.InteractionAt, graph.FirstInstant), text(in.value(graph.InteractionOrigin))
	c := &committee.Contact{At: at}
	r.ours = r.ours[:0]
	crowd := crowded(in)
	for _, other := range in.all("participants") {
		r.employees[other.row.ID] = shown{way + ".interactions.participants", other.row}
		r.ours = r.ours.With(other.row.ID, text(other.edge(graph.RoleProperty)))
	}
	for _, other := range r.ours {
		passed := graph.ContactOf(int64(at), origin, me, other, true)
		c.In, c.Out = c.In || passed.In, c.Out || passed.Out
		if !crowd {
			ties[other.ID] = ties[other.ID].And(graph.TieOfOne(passed))
		}
	}
	if len(r.ours) == 0 {
		return nil
	}
	return c
}

// tieOf reads a tie that is kept.
func tieOf(t tree) graph.Tie {
	sum := func(name string) float64 {
		n, _ := t.edge(name).(int64)
		return float64(n) / 1e6
	}
	n, _ := t.edge(graph.TieN).(int64)
	never := graph.Time(graph.Never)
	return graph.Tie{In: sum(graph.TieIn), Out: sum(graph.TieOut), N: n, LastIn: int64(timeOr(t.edge(graph.TieLastIn), never)),
		LastOut: int64(timeOr(t.edge(graph.TieLastOut), never)), AsOf: int64(timeOr(t.edge(graph.TieAsOf), never))}
}

type (
	resilienceView struct {
		Losses               []lossView
		AmountAtRisk         []graph.Money
		WithoutEconomicBuyer int
		Truncated            bool
	}
	lossView struct {
		Customer, Deal                      shown
		LosesEconomicBuyer, LeavesOneThread *bool
	}
)

// dealResilience is what becomes of a deal without each of its members.
func dealResilience(w *writer, deal tree) *resilienceView {
	r := w.readDeal(deal, "")
	if !r.in.Deal.Open {
		return nil
	}
	v := &resilienceView{Truncated: r.cut}
	worst := committee.Stake{Amount: r.in.Deal.Amount}
	for _, l := range committee.Losses(&r.in) {
		v.Losses = append(v.Losses, lossView{r.customer(l.Person), shown{row: deal.row}, l.LosesBuyer, l.LeavesOneThread})
		if s := (committee.Stake{Loss: l}); s.Falls() {
			worst.Loss = l
		}
	}
	v.add(r, worst)
	return v
}

// customerResilience is which deals hang on a person.
func customerResilience(w *writer, customer tree) *resilienceView {
	claims, more := customer.page("claims")
	v := &resilienceView{Truncated: more}
	seen := map[string]bool{}
	for _, c := range claims {
		for _, deal := range c.all("undertaking") {
			if deal.row.Sel.Kind.Property("stage") == nil || seen[deal.row.ID] { // an account has none
				continue
			}
			seen[deal.row.ID] = true
			r := w.readDeal(deal, "claims.undertaking.")
			if !r.in.Deal.Open {
				continue
			}
			v.Truncated = v.Truncated || r.cut
			for _, l := range committee.Losses(&r.in) { // none is hers where nothing is claimed of her any more, or she left
				if s := (committee.Stake{Loss: l, Amount: r.in.Deal.Amount}); l.Person == customer.row.ID {
					if v.add(r, s); s.Falls() {
						v.Losses = append(v.Losses, lossView{shown{row: customer.row}, shown{"claims.undertaking", deal.row}, l.LosesBuyer, l.LeavesOneThread})
					}
				}
			}
		}
	}
	return v
}

// add adds up what a deal is worth, and whether it has an economic buyer.
func (v *resilienceView) add(r *committeeReading, s committee.Stake) {
	if s.Falls() && s.Amount != nil {
		v.AmountAtRisk = committee.Plus(v.AmountAtRisk, *s.Amount)
	}
	if !r.in.HasBuyer() {
		v.WithoutEconomicBuyer++
	}
}
