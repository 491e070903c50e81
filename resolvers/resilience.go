package resolvers

import (
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
)

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
