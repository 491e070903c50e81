package resolvers

import (
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
	"github.com/kithgraph/kith/graph/sdl"
)

type (
	introductionsView struct {
		Paths           []pathView
		SkippedAccounts []shown
		Truncated       bool
	}
	pathView struct {
		Strength float64
		Hops     []hopView
		Text     string
	}
	hopView struct {
		From, To shown
		Reason   string
		Strength float64
		At       graph.Time
		Account  shown
	}
)

// defaultPaths is how many there are where it is not said how many.
const defaultPaths = 5

// An acquaintanceReading is what was read of two persons, of whom these know, and of whom those know.
type acquaintanceReading struct {
	now       graph.Time
	w         *writer
	hops      []committee.Hop
	people    map[string]shown
	names     map[string]string
	accounts  map[string]shown
	barred    map[string]bool
	skipped   []shown
	cut       bool
	personsAt []string // the ways by which the schema finds persons
}

// introductions are the strongest paths from one of our own people to a customer.
func introductions(w *writer, root tree) *introductionsView {
	r := &acquaintanceReading{now: w.o.now, w: w, people: map[string]shown{}, names: map[string]string{}, accounts: map[string]shown{}, barred: map[string]bool{},
		personsAt: w.foundAt("IntroductionHop", "from")}
	var ends []string
	for _, end := range []string{"from", "to"} {
		for _, t := range root.all(end) {
			ends = append(ends, t.row.ID)
			r.read(t, end)
		}
	}
	if len(ends) < 2 {
		return nil
	}
	n := firstOr(root.need.args, defaultPaths)
	v := &introductionsView{Truncated: r.cut, SkippedAccounts: r.skipped}
	for _, p := range committee.Introductions(r.hops, ends[0], ends[1], r.barred, n) {
		v.Paths = append(v.Paths, r.path(&p))
	}
	return v
}

// foundAt are the ways by which a field of a type in the schema finds nodes.
func (r *Resolver) foundAt(typ, field string) []string {
	return graph.Map(sdl.Found(r.Schema.Types[typ].Fields.ForName(field)), func(way []string) string { return strings.Join(way, ".") })
}

// read takes in a person who was read at the end of a way, and whom she may introduce to others.
func (r *acquaintanceReading) read(t tree, way string) {
	id := t.row.ID
	if slices.Contains(r.personsAt, way) {
		r.people[id] = shown{way, t.row}
		r.names[id] = text(t.value("name"))
	}
	if wish := t.row.Sel.Kind.Property("introducesOthers"); wish != nil && (t.value(wish.Name) == false || r.w.o.stateOf(t.row).Property(wish) != nil) {
		r.barred[id] = true
	}
	for _, edge := range slices.Sorted(maps.Keys(t.need.below)) { // so that companies are told in one order
		next, more := t.page(edge)
		r.cut = r.cut || more
		for _, n := range next {
			r.hop(t, n, way+"."+edge, edge)
		}
	}
}

// hop takes in where an edge of a person leads.
func (r *acquaintanceReading) hop(t, n tree, way, edge string) {
	a, b := t.row.ID, n.row.ID
	switch edge {
	case "employments":
		r.company(t, n, way)
		return
	case "known":
		r.hops = append(r.hops, committee.Acquainted(a, b, tieOf(n), r.now))
	case "reports":
		r.hops = append(r.hops, committee.Reporting(b, a, timeOr(n.edge("from"), graph.FirstInstant)))
	default: // a manager
		r.hops = append(r.hops, committee.Reporting(a, b, timeOr(n.edge("from"), graph.FirstInstant)))
	}
	r.read(n, way)
}

// company takes in those who have worked with a person at a company.
func (r *acquaintanceReading) company(t, company tree, way string) {
	id := company.row.ID
	at := shown{way, company.row}
	people, large := company.page("people")
	if large {
		if _, known := r.accounts[id]; !known {
			r.skipped = append(r.skipped, at)
		}
	}
	r.accounts[id] = at
	if large {
		return
	}
	for _, other := range people {
		h, ok := committee.Colleagues(t.row.ID, other.row.ID, jobOf(company, id), jobOf(other, id), r.now)
		if other.row.ID != t.row.ID && ok {
			r.hops = append(r.hops, h)
			r.read(other, way+".people")
		}
	}
}

// jobOf reads when a job was held, from the edge that led to the company or to the person.
func jobOf(t tree, account string) committee.Job {
	return committee.Job{Account: account, From: timeOr(t.edge("from"), graph.FirstInstant), To: timeOr(t.edge("to"), graph.LastInstant)}
}

func (r *acquaintanceReading) path(p *committee.Path) pathView {
	v := pathView{Strength: p.Strength, Text: p.Text(r.names)}
	for i, h := range p.Hops {
		v.Hops = append(v.Hops, hopView{r.people[p.People[i]], r.people[p.People[i+1]], h.Reason, h.Strength, h.At, r.accounts[h.Account]})
	}
	return v
}
