package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

const lineMonitor = 10 // its place in the table of products

// plan is what can be subscribed to.
type plan struct {
	ware           int
	name, interval string
}

var (
	cloudPlan    = plan{cloud, "Insight Cloud Standard", "MONTH"}
	linePlan     = plan{lineMonitor, "Line Monitor per line", "MONTH"}
	predictPlan  = plan{cloud + 1, "Predict per site", "QUARTER"}
	premiumPlan  = plan{premium, "Premium Support", "YEAR"}
	homePlan     = plan{15, "Home Watch", "MONTH"}
	homeMonthly  = int64(4_90)
	companyPlans = 42
)

// lease is a subscription.
type lease struct {
	ref
	plan
	account  int // 0 for private buyers
	from, to int64
}

// subscriptions adds what companies have, whatever its age, and the Home Watch of one in four private buyers: as long as she is
// with us.
func (w *world) subscriptions() {
	var buyers []int
	for i, c := range companies {
		if c.stage == customer {
			buyers = append(buyers, i+1)
		}
	}
	for i := range companyPlans {
		r := w.stream("subscription", i)
		n := buyers[i%len(buyers)]
		l := lease{ref: subscription(fmt.Sprintf("%02d", i+1)), account: n, plan: cloudPlan, from: midnight(firstOf(2019+r.below(5), time.Month(1+r.below(12)))), to: forever}
		switch {
		case i >= len(buyers):
			l.plan = []plan{predictPlan, premiumPlan, linePlan}[i%3]
		case i%3 == 2:
			l.plan = linePlan
		}
		if r.chance(80) {
			l.to = midnight(firstOf(2025+r.below(4), time.Month(1+r.below(12))))
		}
		w.lease(r, l, account(n), int64(1+r.below(2*wares[l.ware].units)), currencyOf(n))
	}
	for k, s := range w.shoppers {
		for _, p := range s.holders {
			if from := p.from + 40*wholeDay; k%4 == 1 && w.shown(&p.actor) && w.over(from) && from < p.to {
				l := lease{ref: subscription(strings.TrimPrefix(p.id, "cus-")), plan: homePlan, from: from, to: p.to}
				w.lease(w.stream("subscription "+p.id), l, p.ref, 1, countries[p.country].currency)
			}
		}
	}
}

func subscription(id string) ref { return ref{"SubscriptionContract", "sub-" + id} }

func (w *world) lease(r *stream, l lease, by ref, quantity int64, currency string) {
	each := homeMonthly
	if l.account > 0 {
		each = price(l.ware, int(l.from/wholeDay), currency)
	}
	set := graph.Values{"plan": l.name, "recurringAmount": money(each*quantity, currency), "interval": l.interval, "from": l.from, "to": w.passed(l.to)}
	if l.account > 0 { // the others have one, and from month to month
		set["quantity"] = quantity
		set["renewsAt"] = renewal(l.from, min(l.to, w.end))
	}
	w.leased = append(w.leased, l)
	w.node(l.ref, set)
	w.link("OF", l.ref, product(l.ware), nil)
	w.link("HELD_BY", l.ref, by, nil)
	for year := range 8 { // whatever its age
		w.colleagues(fmt.Sprint(l.id, "-", year), 150, l.from+int64(30+365*year)*wholeDay+9*hour, nil, "", planNotes, []ref{l.ref}, ref{})
	}
}

// renewal is the first anniversary of an instant that has not come by another.
func renewal(from, by int64) int64 {
	at := time.UnixMicro(from).UTC()
	for at.UnixMicro() < by {
		at = at.AddDate(1, 0, 0)
	}
	return at.UnixMicro()
}

// running are the subscriptions to a product that run at an instant.
func (w *world) running(ware int, at int64) []lease {
	var out []lease
	for _, l := range w.leased {
		if l.ware == ware && l.from <= at && at < l.to {
			out = append(out, l)
		}
	}
	return out
}
