package demo

import (
	"time"

	"github.com/kithgraph/kith/graph"
)

const (
	// Seed is what the demonstration world is usually made from.
	Seed uint64 = 1
	// Source is the source of all external ids.
	Source = "demo"
	// MaxBatch bounds the elements of a batch.
	MaxBatch = 1000
)

// Batches is the world as it stands at the last midnight (UTC) before now, in the order in which it is to be written. A
// node comes before the relationships that need it.
func Batches(cat *graph.Catalog, seed uint64, now time.Time) []*graph.Batch {
	w := newWorld(cat, seed, now)
	w.products()
	w.employees()
	w.accounts()
	w.people()
	w.locations()
	w.orders()
	w.subscriptions()
	w.deals()
	w.standing()
	w.cases()
	w.pageViews()
	w.contacts()
	w.stories()
	w.contents()
	w.surveys()
	w.campaigns()
	w.hiddenEvents()
	return w.batches
}

// world collects what Batches returns. Whatever it makes depends on the seed and on days of the calendar only; start and
// end cut out what is shown, and how far it has come by then.
type world struct {
	cat         *graph.Catalog
	seed        uint64
	start, end  int64 // instants; what is dated is at start or later, and before end
	first, last int   // days that hold all instants from start to end in all time zones
	zones       map[string]*time.Location
	rels        map[string]*graph.Rel
	batches     []*graph.Batch

	staff    []*actor  // employees, as the table has them
	seats    [][]*seat // contacts, by account
	duties   []duties  // who looks after an account
	shoppers []*seat   // private buyers
	visitors []*seat   // leads and visitors
	casts    []*cast   // of the stories, by year
	plural   []*actor  // who hold two jobs

	bought   []purchase                   // by private buyers
	returned map[string]bool              // ids of orders
	leased   []lease                      // subscriptions
	said     map[string][]graph.Statement // on the use of their data, by ids of customers
}

func newWorld(cat *graph.Catalog, seed uint64, now time.Time) *world {
	now = now.UTC()
	end := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	start := end.AddDate(-2, 0, 0)
	w := &world{
		cat: cat, seed: seed, start: start.UnixMicro(), end: end.UnixMicro(),
		zones: map[string]*time.Location{}, rels: map[string]*graph.Rel{}, returned: map[string]bool{}, said: map[string][]graph.Statement{},
	}
	// Office hours wait for Monday, so that what is drawn for a Saturday may happen two days later.
	w.first, w.last = int(start.Unix()/86400)-4, int(end.Unix()/86400)+1
	for _, r := range cat.Rels {
		w.rels[r.Type] = r
	}
	return w
}

// in reports whether an instant is shown.
func (w *world) in(at int64) bool { return w.start <= at && at < w.end }

// over reports whether an instant has passed.
func (w *world) over(at int64) bool { return at < w.end }

// passed is an instant as a value, or nothing where it has not come or never will.
func (w *world) passed(at int64) any {
	if !w.over(at) {
		return nil
	}
	return at
}

// ref names a node.
type ref struct {
	kind string
	id   string
}

const (
	room    = 60 // for a node's relationships, so that most nodes come with theirs
	herRoom = 30 // for what a customer says of the use of her data, which always comes with her
)

// node adds a node. Values that are nil are left out: what is not known yet is not cleared either.
func (w *world) node(n ref, set graph.Values) {
	k := w.cat.MustKind(n.kind)
	limit := MaxBatch - room
	if k.Person {
		limit -= herRoom
	}
	b := w.batch(limit)
	b.Nodes = append(b.Nodes, graph.Upsert{Kind: k, ID: n.id, Set: known(set)})
	if k.Person {
		w.consents(n.id)
	}
}

// was adds what a node's values have been since an instant, if that has come. It stands behind the node.
func (w *world) was(n ref, at int64, set graph.Values) {
	if !w.over(at) {
		return
	}
	b := w.batch(MaxBatch)
	since := graph.Time(at)
	b.Nodes = append(b.Nodes, graph.Upsert{Kind: w.cat.MustKind(n.kind), ID: n.id, Set: known(set), At: &since})
}

// link adds a relationship.
func (w *world) link(rel string, from, to ref, set graph.Values) {
	b := w.batch(MaxBatch)
	b.Edges = append(b.Edges, graph.Link{Rel: w.rels[rel], From: w.nodeRef(from), To: w.nodeRef(to), Set: known(set)})
}

func (w *world) nodeRef(n ref) graph.NodeRef {
	return graph.NodeRef{Kind: w.cat.MustKind(n.kind), External: graph.External{ID: n.id}}
}

// batch is the last batch, if it has fewer elements than the limit, else a new one.
func (w *world) batch(limit int) *graph.Batch {
	if n := len(w.batches); n > 0 {
		if b := w.batches[n-1]; len(b.Nodes)+len(b.Edges) < limit {
			return b
		}
	}
	b := &graph.Batch{Source: Source, Authority: authority, Loads: true}
	w.batches = append(w.batches, b)
	return b
}

func known(set graph.Values) graph.Values {
	for name, v := range set {
		if v == nil || v == "" {
			delete(set, name)
		}
	}
	return set
}

// money is an amount in hundredths.
func money(cents int64, currency string) graph.Money {
	return graph.Money{Amount: cents * 100, Currency: currency}
}
