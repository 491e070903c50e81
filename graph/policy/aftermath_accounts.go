package policy

import (
	"math"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/exposure"
)

// yearly is how often a year something is billed.
var yearly = map[string]float64{"MONTH": 12, "QUARTER": 4, "YEAR": 1}

// firms are read of companies.
func (x *exposing) firms() *past {
	orders, contracts := x.around(accountKind, "orders", "placedAt", nil), x.along(accountKind, "subscriptionContracts", &graph.Selection{Kind: x.kind(subscriptionKind)})
	sel := contracts.Nodes[0]
	sel.Props = append(refs(sel.Kind, "from", "to", "interval", billedEachTime), graph.Ref{Prop: sel.Kind.Property(billedEachTime).Versions})
	described := x.described()
	p := &past{kind: accountKind, subject: x.firm}
	p.lists = []*graph.List{orders, x.first(accountKind, "orders", "placedAt"), contracts, described}
	lens := x.counter.Lens
	p.sees(x, lens.Edge(described.Edge), []exposure.Covariate{exposure.CompanySize, exposure.Industry})
	p.sees(x, lens.Edge(orders.Edge), []exposure.Covariate{exposure.OrdersBefore}, exposure.Orders)
	p.sees(x, lens.Edge(contracts.Edge), []exposure.Covariate{exposure.Tenure, exposure.Contracts}, exposure.Left, exposure.Retained)
	return p
}

// ends is when the span after it is over, or goes on.
func (x *exposing) ends() graph.Time { return max(x.at, min(x.at+graph.Time(x.Within), x.Now)) }

// firm is what a company was like, and did.
func (x *exposing) firm(row *graph.Row) (s exposure.Subject, there bool) {
	s = exposure.Subject{ID: row.ID, Exposed: x.reach.Accounts()[row.ID]}
	describe(row, &s)
	since := int64(x.at)
	below(row, "first", func(r *graph.Row) {
		if at, known := r.ByName("placedAt").(int64); known {
			since, there = min(since, at), true
		}
	})
	below(row, "orders", func(r *graph.Row) {
		x.count(&s, &s.Before[exposure.OrdersBefore], exposure.Orders, r.ByName("placedAt"))
	})
	var contracts []subscription
	var last int64 // when the last of its contracts ended, of those that ended within the span
	below(row, "subscriptionContracts", func(r *graph.Row) {
		c := subscriptionOf(r)
		contracts = append(contracts, c)
		there = there || c.in(x.at)
		if c.from != nil && *c.from < int64(x.at) {
			since, there = min(since, *c.from), true
		}
		if c.to != nil && *c.to <= int64(x.ends()) {
			last = max(last, *c.to)
		}
	})
	then, later := worthOf(contracts, x.at), worthOf(contracts, x.ends())
	s.Before[exposure.Tenure], s.Before[exposure.Contracts] = x.tenure(since), float64(then.contracts)
	s.After[exposure.Left], s.After[exposure.Retained] = math.NaN(), later.by(then)
	if x.Weeks {
		s.NoteKept(x.Within, func(until int64) float64 {
			return worthOf(contracts, min(x.at+graph.Time(until), x.ends())).by(then)
		})
	}
	if then.contracts > 0 {
		s.After[exposure.Left] = 0
		if later.contracts == 0 {
			s.After[exposure.Left] = 1
			x.note(&s, exposure.Left, last, 1)
		}
	}
	return s, there
}

// billedEachTime is the property with what a contract costs each time.
const billedEachTime = "recurringAmount"

// A subscription is what somebody had, and what was billed each time.
type subscription struct {
	from, to *int64  // nil: open
	times    float64 // how often that is a year; 0: nobody knows
	amount   any     // as it is
	amounts  []graph.Version
}

// subscriptionOf reads one of those that firms lists.
func subscriptionOf(r *graph.Row) (c subscription) {
	at := func(name string) *int64 {
		if t, known := r.ByName(name).(int64); known {
			return &t
		}
		return nil
	}
	interval, _ := r.ByName("interval").(string)
	c = subscription{from: at("from"), to: at("to"), times: yearly[interval], amount: r.ByName(billedEachTime)}
	c.amounts, _ = r.ByName(graph.VersionsOf).([]graph.Version)
	return c
}

// costs is what was billed each time as of then.
func (c *subscription) costs(then graph.Time) any {
	if amount, kept := graph.InForce(c.amounts, billedEachTime, then, graph.AllKnown); kept {
		return amount
	}
	return c.amount
}

// in reports whether it was in force.
func (c *subscription) in(then graph.Time) bool {
	return (c.from == nil || *c.from <= int64(then)) && (c.to == nil || *c.to > int64(then))
}

// worth is what the contracts in force come to a year.
type worth struct {
	contracts int
	currency  string
	amount    float64
	unknown   bool // of one nobody knows it, or it is in another currency
}

// worthOf is that of contracts as of then.
func worthOf(contracts []subscription, then graph.Time) (w worth) {
	for i := range contracts {
		if c := &contracts[i]; c.in(then) {
			w.take(c, then)
		}
	}
	return w
}

func (w *worth) take(c *subscription, then graph.Time) {
	m, known := c.costs(then).(graph.Money)
	if w.contracts++; w.contracts == 1 {
		w.currency = m.Currency
	}
	w.unknown = w.unknown || !known || c.times == 0 || m.Currency != w.currency
	w.amount += c.times * float64(m.Amount)
}

// by is what it is by what it was; NaN: it was nothing, or the two cannot be compared.
func (w worth) by(before worth) float64 {
	if before.unknown || w.unknown || before.amount <= 0 || w.contracts > 0 && w.currency != before.currency {
		return math.NaN()
	}
	return w.amount / before.amount
}
