package demo

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// giveBack is goods of an order that are sent back, with all the dates, as far as they will ever be known.
type giveBack struct {
	of                           purchase
	announced, received, settled int64 // received: forever for what is never sent
	refused                      bool
	reason                       string
	lines                        []line
}

// mayReturn has a few of the orders that have arrived come back, in part.
func (w *world) mayReturn(p purchase) {
	r := w.stream("return " + p.id)
	if p.delivered == forever || !r.chance(62) {
		return
	}
	g := giveBack{of: p, announced: p.delivered + int64(r.between(20, 500))*hour, received: forever, settled: forever, refused: r.chance(120)}
	if !r.chance(80) {
		g.received = g.announced + int64(r.between(40, 560))*hour
		g.settled = g.received + int64(r.between(48, 900))*hour
	}
	if r.chance(880) {
		g.reason = []string{"DEFECT", "LATE", "WRONG_ITEM", "NOT_NEEDED", "OTHER"}[r.weighted([]int{30, 22, 18, 20, 10})]
	}
	l := pick(r, p.lines)
	l.quantity = 1 + int64(r.below(int(l.quantity)))
	g.lines = []line{l}
	w.giveBack(g)
}

// giveBack adds a return. It has the id of its order: none is given back twice.
func (w *world) giveBack(g giveBack) {
	w.returned[g.of.id] = true
	if !w.over(g.announced) {
		return
	}
	status, refund := "REQUESTED", any(nil)
	switch {
	case w.over(g.settled) && g.refused:
		status = "REJECTED"
	case w.over(g.settled):
		status, refund = "REFUNDED", total(g.lines, g.of.currency)
	case w.over(g.received):
		status = "RECEIVED"
	}
	n := ref{"Return", "ret-" + strings.TrimPrefix(g.of.id, "ord-")}
	w.node(n, graph.Values{"number": "R-" + g.of.number, "requestedAt": g.announced, "receivedAt": w.passed(g.received), "returnStatus": status, "reason": g.reason, "refund": refund})
	w.link("RETURNED_BY", n, g.of.by, nil)
	w.link("RETURN_OF", n, g.of.ref(), nil)
	w.lists("RETURNS", n, g.lines, g.of.currency)
	w.colleagues("r"+g.of.id, 200, g.received, nil, "", returnNotes, []ref{n}, ref{})
}
