package resolvers

import (
	"cmp"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
)

// The types of the schema that a committee is shown by, with the same names of fields.
type (
	committeeView struct {
		Members     []memberView
		Seats       []seatView
		Warnings    []warningView
		Verdict     []statementView
		Coverage    *[]committee.Coverage
		ComparedAt  *graph.Time
		Changes     []changeView
		LiveThreads *int
		Balance     *float64
		Truncated   bool
	}
	memberView struct {
		Customer        shown
		LeadingClaim    shown
		CompetingClaims []shown
		Tied            bool
		Position        *positionView
		LeftAt          *graph.Time
		NextPosition    *positionView
		Approval        string
		LastIn, LastOut *graph.Time
		MedianGap       *float64
		Ties            *[]tieView
	}
	positionView struct {
		Account          shown
		Title, Seniority string
		From             graph.Time
	}
	tieView struct {
		Employee shown
		strengthView
	}
	seatView struct {
		Role     string
		Expected bool
		State    string
		Holders  []shown
		N        int
	}
	warningView struct {
		Code, State  string
		Customer     shown
		Since        *graph.Time
		N            int
		Value, Limit *float64
	}
	statementView struct {
		Code     string
		Subjects []shown
		Roles    []string
		Numbers  []float64
		Text     string
	}
	changeView struct {
		At           graph.Time
		Code         string
		Customer     shown
		Role         string
		Stance, From string
	}
)

// view shows a committee.
func (r *committeeReading) view() *committeeView {
	c, changes := committee.At(&r.in), committee.Changes(&r.in)
	v := &committeeView{Truncated: r.cut, ComparedAt: r.comparedAt, Balance: c.Balance}
	if r.in.Baseline != nil {
		v.Coverage = new(r.in.Baseline.Coverage(c))
	}
	if !r.in.Denied.Ties {
		v.LiveThreads = &c.Threads
	}
	for i := range c.Members {
		v.Members = append(v.Members, r.member(&c.Members[i]))
	}
	for _, s := range c.Seats {
		v.Seats = append(v.Seats, seatView{s.Role, s.Expected, s.State, r.people(s.Holders), s.N})
	}
	for _, x := range c.Warnings {
		v.Warnings = append(v.Warnings, r.warning(&x))
	}
	v.Verdict = r.verdict(c)
	for _, x := range changes {
		v.Changes = append(v.Changes, changeView{x.At, x.Code, r.customer(x.Person), x.Role, x.Stance, x.From})
	}
	return v
}

func (r *committeeReading) warning(w *committee.Warning) warningView {
	return warningView{w.Code, w.State, r.customer(w.Person), w.Since, w.N, w.Value, w.Limit}
}

func (r *committeeReading) verdict(c *committee.Committee) []statementView {
	return graph.Map(c.Verdict, func(s committee.Statement) statementView {
		return statementView{s.Code, r.people(s.Subjects), s.Roles, s.Numbers, s.Text}
	})
}

// customer is somebody of whom something is claimed; of nobody it is null.
func (r *committeeReading) customer(id string) shown { return r.customers[id] }

func (r *committeeReading) people(ids []string) []shown { return graph.Map(ids, r.customer) }

func (r *committeeReading) member(m *committee.Member) memberView {
	v := memberView{Customer: r.customer(m.ID), LeadingClaim: r.claims[m.Claims[0].ID], Tied: m.Tied, Position: r.position(m.Job),
		LeftAt: m.Left, NextPosition: r.position(m.Next), Approval: r.approval(m)}
	v.CompetingClaims = graph.Map(m.Claims[1:], func(c *committee.Claim) shown { return r.claims[c.ID] })
	in, out, gap := m.Rhythm(r.in.At)
	v.LastIn, v.LastOut = in, out
	if gap != nil {
		v.MedianGap = new(float64(*gap) / 1e6)
	}
	if m.Denied.Ties || r.in.Denied.Ties {
		return v
	}
	v.Ties = new(r.ties(m.Person, r.in.At))
	return v
}

// ties are those of a person with our own people, the strongest first.
func (r *committeeReading) ties(p *committee.Person, at graph.Time) []tieView {
	ties := []tieView{}
	for _, t := range p.Ties {
		if !t.Employee {
			continue
		}
		ties = append(ties, tieView{r.employees[t.With], strengthOf(t.Tie, at)})
	}
	slices.SortStableFunc(ties, func(a, b tieView) int { return cmp.Compare(b.Strength, a.Strength) })
	return ties
}

func (r *committeeReading) position(j *committee.Job) *positionView {
	if j == nil {
		return nil
	}
	t := r.jobs[j]
	return &positionView{t.account, t.title, t.seniority, j.From}
}

// approval is whether what a member may approve covers the amount.
func (r *committeeReading) approval(m *committee.Member) string {
	d := r.in.Deal
	switch {
	case r.in.Denied.Jobs || r.in.Denied.Limits || m.Denied.Jobs || m.Denied.Limits:
		return "LIMIT_WITHHELD"
	case d == nil || d.Amount == nil || m.Job == nil || m.Job.Limit == nil || m.Job.Limit.Currency != d.Amount.Currency:
		return "NOT_KNOWN"
	case m.Job.Limit.Amount < d.Amount.Amount:
		return "BELOW"
	}
	return "COVERS"
}
