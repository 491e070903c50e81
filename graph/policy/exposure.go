package policy

import (
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/exposure"
)

const (
	// mostReached is how many nodes an edge leads to on the way from what happened to those whom it reached.
	mostReached = 100_000
	// manyPersons is how many customers, or companies, are looked at by one statement.
	manyPersons = 5_000
)

// The names that the kinds have which lead from what happened to those whom it reached.
const (
	eventKind        = "HiddenEvent"
	productKind      = "Product"
	subscriptionKind = "SubscriptionContract"
	locationKind     = "Location"
	accountKind      = "Account"
	customerKind     = "Customer"
)

// An Exposing asks who was exposed to a hidden event.
type Exposing struct {
	Event  string      // its id
	At     *graph.Time // when it began: who had it then is exposed; nil: nobody knows, so that nothing is read
	Find   bool        // At is to be read; that nobody knows is an error then
	Within int64       // for how long after it, in microseconds
	Now    graph.Time
	// Accounts: whether companies are asked about, and not customers.
	Accounts bool
	// Weeks: whether what came after is told week by week, too.
	Weeks bool
}

// An Exposed says who was.
type Exposed struct {
	*exposure.Exposure // nil: too few persons stand behind it, or beside it
	// Denied are ways that the purpose does not see.
	Denied []*Withheld

	reach    *exposure.Reach
	aware    map[string]bool
	accounts bool
	asked    set
}

// IDs are those of whom it reached: of all, or of those of whom we heard, or did not. Not ok: it is not told how many these are.
func (x *Exposed) IDs(aware *bool) (ids []any, ok bool) {
	if x.Exposure == nil || aware != nil && x.Aware == nil {
		return nil, false
	}
	if x.accounts {
		return graph.Each(slices.Collect(maps.Keys(x.reach.Accounts()))), true
	}
	reached := slices.Sorted(maps.Keys(x.reach.Customers()))
	return graph.Each(graph.Where(reached, func(id string) bool { return aware == nil || *aware == x.aware[id] })), true
}

// Exposed implements Reader.
func (g guarded) Exposed(ctx context.Context, q *Exposing) (*Exposed, error) {
	x, err := g.exposing(ctx, q)
	if err != nil {
		return nil, err
	}
	aware, all := map[string]bool{}, 0
	// What is asked is noted even where there is nobody to read of: a receipt does not tell what is stored.
	if err := x.each(ctx, customerKind, slices.Sorted(maps.Keys(x.reach.Customers())), x.contacts(), func(row *graph.Row) {
		aware[row.ID] = slices.ContainsFunc(row.Lists, func(l graph.ListResult) bool { return len(l.Rows) > 0 })
	}); err != nil {
		return nil, err
	}
	if x.unknown() {
		return &Exposed{asked: x.asked}, nil
	}
	if x.fewest > 0 {
		if all, err = x.everybody(ctx); err != nil {
			return nil, err
		}
	}
	return &Exposed{x.reach.Tell(aware, all, x.fewest), x.denied, x.reach, aware, x.Accounts, x.asked}, nil
}

// exposing reads of whom something is told that happened.
type exposing struct {
	*Exposing
	at      graph.Time
	counter *Counter
	fewest  int
	reach   *exposure.Reach
	denied  []*Withheld
	asked   set
}

// exposing finds who is exposed.
func (g guarded) exposing(ctx context.Context, q *Exposing) (*exposing, error) {
	if g.viewer.Own() {
		return nil, &graph.Error{Code: graph.PurposeDenied, Message: "who was exposed is asked about many, and not for the purpose " + string(g.viewer.Purpose)}
	}
	x := &exposing{q, 0, &Counter{g.viewer.Lens, g.source}, int(g.viewer.fewest()), exposure.NewReach(), nil, 0}
	if err := x.begins(ctx); err != nil {
		return nil, err
	}
	from := x.event()
	from.Nodes[0].Lists = []*graph.List{x.affected()}
	x.asked |= x.counter.asksOf(from)
	x.sees(from.Nodes[0].Lists)
	if x.unknown() {
		return x, nil
	}
	res, err := x.counter.list(ctx, q.Now, from)
	if err != nil {
		return nil, err
	}
	for i := range res.Rows {
		below(&res.Rows[i], "affected", x.reaches)
	}
	return x, nil
}

// event reads what happened.
func (x *exposing) event() *graph.List {
	return &graph.List{Key: "event", IDs: []string{x.Event}, Rows: true, Nodes: []*graph.Selection{{Kind: x.kind(eventKind)}}}
}

// unknown reports whether nobody knows when it began, and so who had it then.
func (x *exposing) unknown() bool { return x.At == nil && !x.Find }

// begins finds out when it began.
func (x *exposing) begins(ctx context.Context) error {
	if !x.Find {
		if x.At != nil {
			x.at = *x.At
		}
		return nil
	}
	l := x.event()
	l.Nodes[0].Props = []graph.Ref{{Prop: l.Nodes[0].Kind.Property("at")}}
	res, err := x.counter.list(ctx, x.Now, l)
	if err != nil {
		return err
	}
	for i := range res.Rows {
		if at, known := res.Rows[i].ByName("at").(int64); known {
			x.at = graph.Time(at)
			return nil
		}
	}
	return graph.Invalid("there is no hidden event %q of which it is known when it began", x.Event)
}

func (x *exposing) kind(name string) *graph.Kind { return x.counter.catalog.MustKind(name) }

// deny notes that something is not seen, if there is a reason.
func (x *exposing) deny(no *Withheld) (denied bool) {
	if no != nil && !slices.ContainsFunc(x.denied, func(d *Withheld) bool { return *d == *no }) {
		x.denied = append(x.denied, no)
	}
	return no != nil
}

// sees notes which lists the purpose does not see.
func (x *exposing) sees(lists []*graph.List) {
	for _, l := range lists {
		if x.deny(x.counter.Lens.Edge(l.Edge)) {
			continue
		}
		for _, sel := range l.Nodes {
			if !x.deny(x.counter.Lens.Kind(sel.Kind)) {
				x.sees(sel.Lists)
			}
		}
	}
}

// along is a list of all that an edge leads to, as it was then.
func (x *exposing) along(kind, edge string, nodes ...*graph.Selection) *graph.List {
	e := x.kind(kind).Edge(edge)
	if e.Current() {
		e = e.At(x.at)
	}
	return &graph.List{Key: edge, Edge: e, Nodes: nodes, Rows: true, Page: graph.Page{Limit: mostReached}}
}

// affected leads from what happened, by what it happened to, to those who had that then.
func (x *exposing) affected() *graph.List {
	customer := func() *graph.Selection { return &graph.Selection{Kind: x.kind(customerKind)} }
	of := func(kind string, lists ...*graph.List) *graph.Selection {
		return &graph.Selection{Kind: x.kind(kind), Lists: lists}
	}
	account := func(lists ...*graph.List) *graph.Selection {
		return of(accountKind, append([]*graph.List{x.along(accountKind, "people", customer())}, lists...)...)
	}
	heldBy := func() *graph.List { return x.along(subscriptionKind, "heldBy", customer(), account()) }
	inForce := func(l *graph.List) *graph.List {
		k := x.kind(subscriptionKind)
		l.Filter = and(x.until(k.Property("from"), false), x.until(k.Property("to"), true))
		return l
	}
	subscription := of(subscriptionKind, heldBy())
	subscription.Props = []graph.Ref{{Prop: subscription.Kind.Property("from")}, {Prop: subscription.Kind.Property("to")}}
	return x.along(eventKind, "affected",
		of(productKind, inForce(x.along(productKind, "subscriptionContracts", of(subscriptionKind, heldBy())))),
		account(x.along(accountKind, "descendants", account())),
		of(locationKind, x.along(locationKind, "residents", customer()), x.along(locationKind, "accounts", account())),
		subscription, customer())
}

// until is the condition that a span had begun by then or, of its end, was not over; a bound that is missing is open.
func (x *exposing) until(p *graph.Property, end bool) *graph.Filter {
	op := graph.Lte
	if end {
		op = graph.Gt
	}
	return or(test(p, graph.IsNull, nil), test(p, op, int64(x.at)))
}

func test(p *graph.Property, op graph.Op, v any) *graph.Filter {
	return &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: p}, Op: op, Value: v}}
}

// reaches takes in what it happened to, and whom that leads to.
func (x *exposing) reaches(row *graph.Row) {
	r := x.reach
	customer := func(w exposure.Way) func(*graph.Row) {
		return func(row *graph.Row) { r.Customer(w, row.ID, "") }
	}
	account := func(w exposure.Way) func(*graph.Row) {
		return func(row *graph.Row) {
			r.Account(w, row.ID)
			below(row, "people", func(person *graph.Row) { r.Customer(w, person.ID, row.ID) })
		}
	}
	holder := func(w exposure.Way) func(*graph.Row) {
		return func(row *graph.Row) {
			r.Thing(w, row.ID)
			below(row, "heldBy", func(row *graph.Row) {
				if row.Sel.Kind.Person {
					customer(w)(row)
				} else {
					account(w)(row)
				}
			})
		}
	}
	switch row.Sel.Kind.Name {
	case productKind:
		below(row, "subscriptionContracts", holder(exposure.Product))
	case subscriptionKind:
		from, begun := row.ByName("from").(int64)
		to, over := row.ByName("to").(int64)
		if !(begun && from > int64(x.at)) && !(over && to <= int64(x.at)) {
			holder(exposure.Subscription)(row)
		}
	case locationKind:
		r.Thing(exposure.Location, row.ID)
		below(row, "residents", customer(exposure.Location))
		below(row, "accounts", account(exposure.Location))
	case accountKind:
		account(exposure.Account)(row)
		below(row, "descendants", account(exposure.Family))
	case customerKind:
		customer(exposure.Person)(row)
	}
}

// below visits what a list of a row has brought; nothing, where the purpose does not see it.
func below(row *graph.Row, key string, visit func(*graph.Row)) {
	for i, l := range row.Sel.Lists {
		if l.Key != key {
			continue
		}
		for j := range row.Lists[i].Rows {
			visit(&row.Lists[i].Rows[j])
		}
	}
}

// each reads nodes of a kind by their ids, with lists below each.
func (x *exposing) each(ctx context.Context, kind string, ids []string, lists []*graph.List, visit func(*graph.Row)) error {
	of := func(some []string) *graph.List {
		k := x.kind(kind)
		l := &graph.List{Key: k.Plural, IDs: some, Rows: true, Nodes: []*graph.Selection{{Kind: k}}}
		for _, b := range lists {
			l.Nodes[0].Lists = append(l.Nodes[0].Lists, b.Copy())
		}
		return l
	}
	x.asked |= x.counter.asksOf(of(nil))
	for some := range slices.Chunk(ids, manyPersons) {
		res, err := x.counter.list(ctx, x.Now, of(some))
		if err != nil {
			return err
		}
		for i := range res.Rows {
			visit(&res.Rows[i])
		}
	}
	return nil
}

// contacts are by what a customer is heard of after it: an interaction that she began, a case that she opened, feedback that she gave.
func (x *exposing) contacts() []*graph.List {
	one := func(edge, at string, more ...*graph.Filter) *graph.List {
		l := x.along(customerKind, edge, &graph.Selection{Kind: x.kind(customerKind).Edge(edge).Target()})
		p := l.Nodes[0].Kind.Property(at)
		l.Filter, l.Page.Limit = and(append(more, test(p, graph.Gte, int64(x.at)), test(p, graph.Lte, int64(x.at)+x.Within))...), 1
		return l
	}
	return []*graph.List{one("interactions", graph.InteractionAt, x.began()), one("cases", "openedAt"), one("feedbacks", "at")}
}

// began is the condition on an interaction that the customer whom it is reached from began it.
func (x *exposing) began() *graph.Filter {
	e := x.kind(customerKind).Edge("interactions")
	role := e.Rel.Property("role")
	onEdge := func(f *graph.Filter) *graph.Filter { f.Test.OnEdge = true; return f }
	return and(test(e.Target().Property("origin"), graph.Eq, "CUSTOMER"), or(onEdge(test(role, graph.IsNull, nil)), onEdge(test(role, graph.Eq, "FROM"))))
}

// everybody is how many customers there are.
func (x *exposing) everybody(ctx context.Context) (int, error) {
	l := &graph.List{Key: "customers", Nodes: []*graph.Selection{{Kind: x.kind(customerKind)}}, Page: graph.Page{Limit: 1}, Tallies: []*graph.Tally{{Key: "all"}}}
	res, err := x.counter.list(ctx, x.Now, l)
	if err != nil {
		return 0, err
	}
	return int(res.Tallies[0][0].Count), nil
}

// all are the ids of all nodes of a kind.
func (x *exposing) all(ctx context.Context, kind string) (ids []string, err error) {
	k := x.kind(kind)
	err = pages(&graph.List{Key: k.Plural, Nodes: []*graph.Selection{{Kind: k}}}, func(l *graph.List) (*graph.ListResult, error) { return x.counter.list(ctx, x.Now, l) }, func(row *graph.Row) { ids = append(ids, row.ID) })
	return ids, err
}

// Exposed notes that customers were asked about whom something reached: nothing is told of one of them.
func (r recorded) Exposed(ctx context.Context, q *Exposing) (*Exposed, error) {
	out, err := r.Reader.Exposed(ctx, q)
	if err == nil {
		r.record.asked(out.asked, "customers exposed to a hidden event")
	}
	return out, err
}
