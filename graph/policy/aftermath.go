package policy

import (
	"context"
	"math"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/exposure"
	"github.com/kithgraph/kith/graph/journey"
)

// An Aftermath says what those did, said and felt whom a hidden event reached.
type Aftermath struct {
	*exposure.Aftermath // nil: too few persons stand behind it, or beside it
	// Denied are ways that the purpose does not see, and data that would have been compared.
	Denied []*Withheld

	asked set
}

// IDs are those whom it reached and who have a match, or have none. Not ok: it is not told how many these are.
func (a *Aftermath) IDs(matched bool) ([]any, bool) {
	if a.Aftermath == nil {
		return nil, false
	}
	ids, ok := a.Aftermath.IDs(matched)
	return graph.Each(ids), ok
}

// A past is read of customers, or companies, before and after what happened.
type past struct {
	kind  string
	lists []*graph.List
	seen  exposure.Seen
	// subject is what one of them was like before, and what became of her. Not there: nobody knew her when it happened.
	subject func(*graph.Row) (s exposure.Subject, there bool)
}

// Aftermath implements Reader.
func (g guarded) Aftermath(ctx context.Context, q *Exposing) (*Aftermath, error) {
	x, err := g.exposing(ctx, q)
	if err != nil {
		return nil, err
	}
	p := x.lives()
	if q.Accounts {
		p = x.firms()
	}
	var ids []string
	if !x.unknown() {
		if ids, err = x.all(ctx, p.kind); err != nil {
			return nil, err
		}
	}
	var subjects []exposure.Subject
	if err := x.each(ctx, p.kind, ids, p.lists, func(row *graph.Row) {
		if s, there := p.subject(row); there || s.Exposed {
			subjects = append(subjects, s)
		}
	}); err != nil {
		return nil, err
	}
	if x.unknown() {
		return &Aftermath{asked: x.asked}, nil
	}
	span := x.Within
	if !x.Weeks {
		span = exposure.NoWeeks
	}
	return &Aftermath{exposure.After(subjects, p.seen, span, x.fewest), x.denied, x.asked}, nil
}

// sees notes which of what is compared the purpose sees: no says that it does not.
func (p *past) sees(x *exposing, no *Withheld, covariates []exposure.Covariate, outcomes ...exposure.Outcome) {
	denied := x.deny(no)
	for _, k := range covariates {
		p.seen.Before[k] = !denied
	}
	for _, o := range outcomes {
		p.seen.After[o] = !denied
	}
}

// around is a list of what took place in the spans before and after, by when.
func (x *exposing) around(kind, edge, at string, props []string, more ...*graph.Filter) *graph.List {
	b := x.along(kind, edge, &graph.Selection{Kind: x.kind(kind).Edge(edge).Target()})
	k := b.Nodes[0].Kind
	b.Filter = and(append(more, test(k.Property(at), graph.Gte, int64(x.at)-x.Within), test(k.Property(at), graph.Lte, int64(x.at)+x.Within))...)
	b.Nodes[0].Props = refs(k, append(props, at)...)
	return b
}

// first is a list of the first of what took place before.
func (x *exposing) first(kind, edge, at string) *graph.List {
	b := x.along(kind, edge, &graph.Selection{Kind: x.kind(kind).Edge(edge).Target()})
	p := b.Nodes[0].Kind.Property(at)
	b.Key, b.Filter, b.Page.Limit, b.Order = "first", test(p, graph.Lt, int64(x.at)), 1, []graph.Order{{Prop: &graph.Ref{Prop: p}}}
	b.Nodes[0].Props = refs(b.Nodes[0].Kind, at)
	return b
}

// described is a list of what is known of a company from outside, as it was then.
func (x *exposing) described() *graph.List {
	k := x.kind(accountKind).Edge("firmographics").Target()
	return x.along(accountKind, "firmographics", &graph.Selection{Kind: k, Props: refs(k, "employeeCount", "industry")})
}

func refs(k *graph.Kind, names ...string) []graph.Ref {
	return graph.Refs(graph.Map(names, k.Property)...)
}

// describe takes in what was known of a company.
func describe(account *graph.Row, s *exposure.Subject) {
	s.Before[exposure.CompanySize], s.Industry = 0, ""
	below(account, "firmographics", func(r *graph.Row) {
		if n, known := r.ByName("employeeCount").(int64); known {
			s.Before[exposure.CompanySize] = math.Log1p(float64(n))
		}
		s.Industry, _ = r.ByName("industry").(string)
	})
}

// tenure is how long somebody had been known then, by the logarithm of 1 + days.
func (x *exposing) tenure(since int64) float64 {
	return math.Log1p(float64(int64(x.at)-since) / float64(24*3600e6))
}

// since is how long after it something took place, if that was in one of the spans, before or after.
func (x *exposing) since(at any) (since int64, in bool) {
	t, known := at.(int64)
	since = t - int64(x.at)
	return since, known && since >= -x.Within && since <= x.Within
}

// note takes in an outcome: by its week, and if it was in the span after.
func (x *exposing) note(s *exposure.Subject, o exposure.Outcome, at any, v float64) (after bool) {
	since, in := x.since(at)
	if !in {
		return false
	}
	if x.Weeks {
		s.Note(o, v, since, x.Within)
	}
	return since >= 0
}

// count counts what took place in one of the spans.
func (x *exposing) count(s *exposure.Subject, before *float64, o exposure.Outcome, at any) {
	switch since, in := x.since(at); {
	case x.note(s, o, at, 1):
		s.After[o]++
	case in && since < 0 && before != nil:
		*before++
	}
}

// lives are read of customers.
func (x *exposing) lives() *past {
	contacts := x.around(customerKind, "interactions", graph.InteractionAt, []string{"sentiment"}, x.began())
	contacts.Key = "contacts"
	ticket := &graph.Selection{Kind: x.kind("Case"), Props: refs(x.kind("Case"), "kind", "openedAt")}
	contacts.Nodes[0].Lists = []*graph.List{x.along(graph.InteractionKind, "case", ticket)}
	account := &graph.Selection{Kind: x.kind(accountKind), Lists: []*graph.List{x.described()}}
	jobs := x.along(customerKind, "employments", account)
	cases, orders := x.around(customerKind, "cases", "openedAt", []string{"kind"}), x.around(customerKind, "orders", "placedAt", nil)
	feedbacks := x.around(customerKind, "feedbacks", "at", []string{"instrument", "score"})
	p := &past{kind: customerKind, subject: x.life}
	p.lists = []*graph.List{contacts, x.first(customerKind, "interactions", graph.InteractionAt), cases, orders, feedbacks, jobs}
	lens := x.counter.Lens
	p.sees(x, lens.Edge(jobs.Edge), []exposure.Covariate{exposure.Employed, exposure.CompanySize, exposure.Industry})
	p.sees(x, lens.Edge(contacts.Edge), []exposure.Covariate{exposure.Tenure, exposure.ContactsBefore}, exposure.Contacts)
	p.sees(x, lens.Edge(cases.Edge), []exposure.Covariate{exposure.CasesBefore}, exposure.Cases, exposure.Complaints)
	p.sees(x, lens.Edge(orders.Edge), []exposure.Covariate{exposure.OrdersBefore}, exposure.Orders)
	p.sees(x, lens.Property(feedbacks.Nodes[0].Kind.Property("score")), nil, exposure.Satisfaction)
	p.sees(x, lens.Property(contacts.Nodes[0].Kind.Property("sentiment")), nil, exposure.Sentiment)
	return p
}

// life is what a customer was like, and did.
func (x *exposing) life(row *graph.Row) (s exposure.Subject, there bool) {
	s = exposure.Subject{ID: row.ID, Exposed: x.reach.Customers()[row.ID]}
	x.work(row, &s)
	below(row, "first", func(r *graph.Row) {
		if at, known := r.ByName(graph.InteractionAt).(int64); known {
			s.Before[exposure.Tenure] = x.tenure(at)
			there = true
		}
	})
	cases := map[string]bool{}
	opened := func(r *graph.Row) {
		if !cases[r.ID] {
			cases[r.ID] = true
			x.count(&s, &s.Before[exposure.CasesBefore], exposure.Cases, r.ByName("openedAt"))
			if r.ByName("kind") == "COMPLAINT" {
				x.count(&s, nil, exposure.Complaints, r.ByName("openedAt"))
			}
		}
	}
	var mood, answer exposure.Amount
	below(row, "contacts", func(r *graph.Row) {
		at := r.ByName(graph.InteractionAt)
		x.count(&s, &s.Before[exposure.ContactsBefore], exposure.Contacts, at)
		contact, _ := x.since(at)
		below(r, "case", func(c *graph.Row) {
			// What came after it must not say what she was like before: that she spoke of a case later does not make it hers before.
			if opening, _ := x.since(c.ByName("openedAt")); contact < 0 || opening >= 0 {
				opened(c)
			}
		})
		if v, said := r.ByName("sentiment").(int64); said && x.note(&s, exposure.Sentiment, at, graph.Score(v).Float()) {
			mood.Add(graph.Score(v).Float())
		}
	})
	below(row, "cases", opened)
	below(row, "orders", func(r *graph.Row) {
		x.count(&s, &s.Before[exposure.OrdersBefore], exposure.Orders, r.ByName("placedAt"))
	})
	below(row, "feedbacks", func(r *graph.Row) {
		instrument, _ := r.ByName("instrument").(string)
		score, _ := r.ByName("score").(int64)
		if v, said := journey.Answered(instrument, score).Value(journey.Satisfaction); said && r.ByName("score") != nil && x.note(&s, exposure.Satisfaction, r.ByName("at"), v) {
			answer.Add(v)
		}
	})
	s.After[exposure.Satisfaction], s.After[exposure.Sentiment] = answer.Mean(), mood.Mean()
	return s, there || s.Company != "" || s.Before[exposure.OrdersBefore]+s.Before[exposure.CasesBefore] > 0
}

// work is where somebody worked when it happened: of several companies the one of the least id.
func (x *exposing) work(row *graph.Row, s *exposure.Subject) {
	below(row, "employments", func(account *graph.Row) {
		if s.Company == "" || account.ID < s.Company {
			s.Company, s.Before[exposure.Employed] = account.ID, 1
			describe(account, s)
		}
	})
}

// Aftermath notes that customers were asked about whom something reached, and others: nothing is told of one of them.
func (r recorded) Aftermath(ctx context.Context, q *Exposing) (*Aftermath, error) {
	who := "customers"
	if q.Accounts {
		who = "companies"
	}
	out, err := r.Reader.Aftermath(ctx, q)
	if err == nil {
		r.record.asked(out.asked, who+" compared with those exposed to a hidden event")
	}
	return out, err
}
