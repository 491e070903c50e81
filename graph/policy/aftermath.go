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

// Aftermath implements Reader.
func (g guarded) Aftermath(ctx context.Context, q *Exposing) (*Aftermath, error) {
	x, err := g.exposing(ctx, q)
	if err != nil {
		return nil, err
	}
	var ids []string
	if !x.unknown() {
		if ids, err = x.customers(ctx); err != nil {
			return nil, err
		}
	}
	l := newLives(x)
	var subjects []exposure.Subject
	if err := x.persons(ctx, ids, l.lists, func(row *graph.Row) {
		if s, there := l.subject(row); there || s.Exposed {
			subjects = append(subjects, s)
		}
	}); err != nil {
		return nil, err
	}
	if x.unknown() {
		return &Aftermath{asked: x.asked}, nil
	}
	return &Aftermath{exposure.After(subjects, l.seen, x.fewest), x.denied, x.asked}, nil
}

// lives are what is read of customers before and after what happened.
type lives struct {
	*exposing
	lists []*graph.List
	seen  exposure.Seen
}

func newLives(x *exposing) *lives {
	l := &lives{exposing: x}
	around := func(key, edge, at string, props []string, more ...*graph.Filter) *graph.List {
		b := x.along(customerKind, edge, &graph.Selection{Kind: x.kind(customerKind).Edge(edge).Target()})
		k := b.Nodes[0].Kind
		b.Key, b.Filter = key, and(append(more, test(k.Property(at), graph.Gte, int64(x.at)-x.Within), test(k.Property(at), graph.Lte, int64(x.at)+x.Within))...)
		for _, name := range append(props, at) {
			b.Nodes[0].Props = append(b.Nodes[0].Props, graph.Ref{Prop: k.Property(name)})
		}
		return b
	}
	of := func(kind string, props ...string) *graph.Selection {
		sel := &graph.Selection{Kind: x.kind(kind)}
		for _, name := range props {
			sel.Props = append(sel.Props, graph.Ref{Prop: sel.Kind.Property(name)})
		}
		return sel
	}
	contacts := around("contacts", "interactions", graph.InteractionAt, []string{"sentiment"}, x.began())
	contacts.Nodes[0].Lists = []*graph.List{x.along(graph.InteractionKind, "case", of("Case", "kind", "openedAt"))}
	at := contacts.Nodes[0].Kind.Property(graph.InteractionAt)
	first := x.along(customerKind, "interactions", of(graph.InteractionKind, graph.InteractionAt))
	first.Key, first.Filter, first.Page.Limit = "first", test(at, graph.Lt, int64(x.at)), 1
	first.Order = []graph.Order{{Prop: &graph.Ref{Prop: at}}}
	account := of(accountKind)
	firm := x.along(accountKind, "firmographics", &graph.Selection{Kind: x.kind(accountKind).Edge("firmographics").Target()})
	firm.Nodes[0].Props = []graph.Ref{{Prop: firm.Nodes[0].Kind.Property("employeeCount")}}
	account.Lists = []*graph.List{firm}
	jobs := x.along(customerKind, "employments", account)
	cases, orders, feedbacks := around("cases", "cases", "openedAt", []string{"kind"}), around("orders", "orders", "placedAt", nil), around("feedbacks", "feedbacks", "at", []string{"instrument", "score"})
	l.lists = []*graph.List{contacts, first, cases, orders, feedbacks, jobs}
	sees := func(no *Withheld, covariates []exposure.Covariate, outcomes ...exposure.Outcome) {
		denied := x.deny(no)
		for _, k := range covariates {
			l.seen.Before[k] = !denied
		}
		for _, o := range outcomes {
			l.seen.After[o] = !denied
		}
	}
	lens := x.counter.Lens
	sees(lens.Edge(jobs.Edge), []exposure.Covariate{exposure.Employed, exposure.CompanySize})
	sees(lens.Edge(contacts.Edge), []exposure.Covariate{exposure.Tenure, exposure.ContactsBefore}, exposure.Contacts)
	sees(lens.Edge(cases.Edge), []exposure.Covariate{exposure.CasesBefore}, exposure.Cases, exposure.Complaints)
	sees(lens.Edge(orders.Edge), []exposure.Covariate{exposure.OrdersBefore}, exposure.Orders)
	sees(lens.Property(feedbacks.Nodes[0].Kind.Property("score")), nil, exposure.Satisfaction)
	sees(lens.Property(contacts.Nodes[0].Kind.Property("sentiment")), nil, exposure.Sentiment)
	return l
}

// subject is what a customer was like before, and what became of her. Not there: nobody knew her when it happened.
func (l *lives) subject(row *graph.Row) (s exposure.Subject, there bool) {
	s = exposure.Subject{ID: row.ID, Exposed: l.reach.Customers()[row.ID]}
	l.work(row, &s)
	below(row, "first", func(r *graph.Row) {
		if at, known := value(r, graph.InteractionAt).(int64); known {
			s.Before[exposure.Tenure] = math.Log1p(float64(int64(l.at)-at) / float64(24*3600e6))
			there = true
		}
	})
	cases := map[string]bool{}
	opened := func(r *graph.Row) {
		if !cases[r.ID] {
			cases[r.ID] = true
			l.count(value(r, "openedAt"), &s.Before[exposure.CasesBefore], &s.After[exposure.Cases])
			if value(r, "kind") == "COMPLAINT" {
				l.count(value(r, "openedAt"), new(float64), &s.After[exposure.Complaints])
			}
		}
	}
	var mood, answer mean
	below(row, "contacts", func(r *graph.Row) {
		at := value(r, graph.InteractionAt)
		l.count(at, &s.Before[exposure.ContactsBefore], &s.After[exposure.Contacts])
		below(r, "case", opened)
		if v, said := value(r, "sentiment").(int64); said && l.after(at) {
			mood.add(graph.Score(v).Float())
		}
	})
	below(row, "cases", opened)
	below(row, "orders", func(r *graph.Row) {
		l.count(value(r, "placedAt"), &s.Before[exposure.OrdersBefore], &s.After[exposure.Orders])
	})
	below(row, "feedbacks", func(r *graph.Row) {
		instrument, _ := value(r, "instrument").(string)
		score, _ := value(r, "score").(int64)
		if v, said := journey.Answered(instrument, score).Value(journey.Satisfaction); said && value(r, "score") != nil && l.after(value(r, "at")) {
			answer.add(v)
		}
	})
	s.After[exposure.Satisfaction], s.After[exposure.Sentiment] = answer.of(), mood.of()
	return s, there || s.Company != "" || s.Before[exposure.OrdersBefore]+s.Before[exposure.CasesBefore] > 0
}

// work is where somebody worked when it happened: of several companies the one of the least id.
func (l *lives) work(row *graph.Row, s *exposure.Subject) {
	below(row, "employments", func(account *graph.Row) {
		if s.Company != "" && s.Company < account.ID {
			return
		}
		s.Company, s.Before[exposure.Employed], s.Before[exposure.CompanySize] = account.ID, 1, 0
		below(account, "firmographics", func(r *graph.Row) {
			if n, known := value(r, "employeeCount").(int64); known {
				s.Before[exposure.CompanySize] = math.Log1p(float64(n))
			}
		})
	})
}

// count counts what took place in one of the spans, before or after.
func (l *lives) count(at any, before, after *float64) {
	t, known := at.(int64)
	switch {
	case !known || t < int64(l.at)-l.Within || t > int64(l.at)+l.Within:
	case t < int64(l.at):
		*before++
	default:
		*after++
	}
}

// after reports whether something took place in the span after.
func (l *lives) after(at any) bool {
	n := 0.0
	l.count(at, new(float64), &n)
	return n > 0
}

// A mean is that of some numbers; of none it is NaN.
type mean struct{ sum, n float64 }

func (m *mean) add(v float64) { m.sum, m.n = m.sum+v, m.n+1 }

func (m *mean) of() float64 { return m.sum / m.n }

// Aftermath notes that customers were asked about whom something reached, and others: nothing is told of one of them.
func (r recorded) Aftermath(ctx context.Context, q *Exposing) (*Aftermath, error) {
	out, err := r.Reader.Aftermath(ctx, q)
	if err != nil {
		return nil, err
	}
	r.record.mu.Lock()
	defer r.record.mu.Unlock()
	r.record.many(out.asked, "customers compared with those exposed to a hidden event")
	return out, nil
}
