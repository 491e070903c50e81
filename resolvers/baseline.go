package resolvers

import (
	"reflect"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
	"github.com/kithgraph/kith/graph/policy"
)

const (
	// manyDecided is how many won deals, and how many lost ones, a committee is compared with: those that were decided last.
	manyDecided = 1000
	// manyClaimed is how many claims of each are looked at.
	manyClaimed = 50
	// keptBaseline is how long decided deals are kept, in microseconds: a minute.
	keptBaseline = 60 * 1e6
)

// baselines are the deals that were decided, as each lens sees them.
type baselines struct {
	mu   sync.Mutex
	kept map[baselineName]*decided
}

// A baselineName is who sees deals, and whether claims on them are known, too.
type baselineName struct {
	lens   *policy.Lens
	claims bool
}

// decided are deals that were won or lost, as a purpose sees them.
type decided struct {
	deals []committee.Decided
	noted *policy.Record // what was asked of persons for it; nil: no receipts are left
	at    graph.Time
	place *int64 // of the feed, as of which nobody has said otherwise about the use of her data since they were read; nil: it was not asked
	now   func() *committee.Baseline
	roles func() []committee.Comparison // as far as they may be told
}

// A comparison is what committees of one answer are compared with.
type comparison struct {
	*decided
	claims bool // whether claims have a part in it
	then   committee.Moment
	last   *committee.Baseline
}

// compared is what the deals come to as of a moment.
func (c *comparison) compared(m committee.Moment) *committee.Baseline {
	if min(m.At, m.Known) >= c.at { // nothing was decided, or said, after these were read
		return c.now()
	}
	if c.last == nil || c.then != m {
		c.last, c.then = committee.Compare(c.deals, m), m
	}
	return c.last
}

// since is as of when the deals were read, as far as that is told. Where claims have a part in them it follows from what others wrote, who may be
// withheld, so that nothing is told but that they are no older than they may get.
func (c *comparison) since(now graph.Time) graph.Time {
	if c.claims {
		return now - keptBaseline
	}
	return c.at
}

// comparing are fields of a committee that rest on the company's own decided deals, and whether claims on these have a part in it.
var comparing = map[string]bool{"warnings": false, "verdict": false, "comparedAt": false, "coverage": true}

// compares tells of the fields of a committee whether some are compared with something, and whether claims have a part in it.
func compares(fields []graphql.CollectedField) (some, claims bool) {
	for _, f := range fields {
		of, is := comparing[f.Name]
		some, claims = some || is, claims || of
	}
	return some, claims
}

// compares finds out with what a committee is compared, by what is selected of it.
func (b *binder) compares(f graphql.CollectedField) func(*writer) error {
	some, claims := compares(b.collect(f.Selections))
	if !some {
		return func(*writer) error { return nil }
	}
	return func(w *writer) error { return w.compare(claims) }
}

// compare finds the deals that committees are compared with.
func (w *writer) compare(claims bool) error {
	deal := w.Catalog.MustKind(committee.DealKind)
	if w.decided != nil && (w.decided.claims || !claims) || w.o.viewer.Root(deal) != nil {
		return nil
	}
	w.baselines.mu.Lock()
	defer w.baselines.mu.Unlock()
	d, err := w.lately(deal, claims)
	if err != nil {
		return err
	}
	if w.o.notes != nil {
		w.o.notes.Add(d.noted)
	}
	w.decided = &comparison{decided: d, claims: claims}
	return nil
}

// lately finds deals that were kept, or reads them. What a lens shows to one person alone, or by what she was before, is kept for nobody.
func (w *writer) lately(deal *graph.Kind, claims bool) (*decided, error) {
	if w.o.viewer.Subject != "" {
		return w.readDecided(deal, claims)
	}
	name := baselineName{w.o.viewer.Lens, claims}
	d := w.baselines.kept[name]
	still, err := w.still(d, claims)
	if err != nil || still {
		return d, err
	}
	if d, err = w.readDecided(deal, claims); err == nil {
		w.baselines.keep(name, d)
	}
	return d, err
}

// still reports whether deals that were kept are good for an answer: for a minute. Claims are about persons: with them deals are so only while nobody
// says otherwise about the use of her data, which is asked of the feed where something was written, and not at all where what permits to see them may end
// by itself.
func (w *writer) still(d *decided, claims bool) (bool, error) {
	switch {
	case d == nil || d.at > w.o.now || w.o.now >= d.at+keptBaseline:
		return false, nil
	case !claims:
		return true, nil
	case d.place == nil || w.feedPlace == nil || w.o.viewer.Lapses(w.Catalog.MustKind(committee.DealKind).Edge("claims").Target().Existence):
		return false, nil
	case *d.place == *w.feedPlace:
		return true, nil
	}
	stands, err := w.o.Stands(w.ctx, *d.place, *w.feedPlace)
	if stands {
		d.place = w.feedPlace
	}
	return stands, err
}

// keep keeps deals, in the place of those of before and of policies that are not in force any more.
func (b *baselines) keep(name baselineName, d *decided) {
	for other := range b.kept {
		if other.lens.Policy != name.lens.Policy {
			delete(b.kept, other)
		}
	}
	b.kept[name] = d
}

// readDecided reads the deals that were decided last.
func (w *writer) readDecided(deal *graph.Kind, claims bool) (*decided, error) {
	stage, closed := deal.Property("stage"), deal.Property("closedAt")
	d := &decided{at: w.o.now, place: w.feedPlace}
	then := committee.Moment{At: d.at, Known: d.at}
	d.now = sync.OnceValue(func() *committee.Baseline { return committee.Compare(d.deals, then) })
	outcomes, read := []string{committee.Won}, w.o.aside
	if claims {
		outcomes = append(outcomes, committee.Lost)
	}
	if w.o.notes != nil {
		d.noted = &policy.Record{Mark: w.o.notes.Mark}
		read = d.noted.Of(read)
	}
	f := &graph.Fetch{Now: w.o.now}
	for _, outcome := range outcomes {
		sel := &graph.Selection{Kind: deal, Props: []graph.Ref{{Prop: stage}, {Prop: stage.Versions}, {Prop: closed}}}
		if claims {
			sel.Lists = []*graph.List{w.claimsOf(deal)}
		}
		f.Lists = append(f.Lists, &graph.List{Key: outcome, Nodes: []*graph.Selection{sel}, Rows: true, Page: graph.Page{Limit: manyDecided},
			Filter: &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: stage}, Op: graph.Eq, Value: outcome}}, Order: []graph.Order{{Prop: &graph.Ref{Prop: closed}, Desc: true}}})
	}
	r, err := read.ReadKept(w.ctx, f)
	if err != nil {
		return nil, err
	}
	for _, l := range f.Lists {
		rows := r.Answer(l).Rows
		for i := range rows {
			d.deals = append(d.deals, decidedOf(tree{row: &rows[i], need: &need{below: map[string]*need{"claims": {key: "claims"}}}}, w.o.now))
		}
	}
	fewest := r.Small.Fewest()
	d.roles = sync.OnceValue(func() []committee.Comparison { return committee.Comparisons(d.deals, then, fewest) })
	return d, nil
}

// claimsOf are the claims on a deal of which it is told who has which role, and when that was recorded.
func (w *writer) claimsOf(deal *graph.Kind) *graph.List {
	e := deal.Edge("claims")
	sel := &graph.Selection{Kind: e.Target()}
	for _, name := range []string{"role", graph.RecordedAt, "retractedAt"} {
		graph.Mention(&sel.Props, sel.Kind.Property(name))
	}
	return &graph.List{Key: "claims", Edge: e, Nodes: []*graph.Selection{sel}, Rows: true, Page: graph.Page{Limit: manyClaimed}}
}

// decidedOf reads how a deal came to be decided.
func decidedOf(t tree, now graph.Time) committee.Decided {
	d := committee.Decided{Won: text(t.value("stage")) == committee.Won, At: t.instant("closedAt", graph.FirstInstant)}
	all, _ := t.versions("stage", now, now)
	slices.Reverse(all)
	for i := range all[:max(0, len(all)-1)] {
		if v := all[i]; v.From != graph.FirstInstant && open(text(v.Value)) {
			d.Stages = append(d.Stages, committee.Spell{Stage: text(v.Value), For: int64(all[i+1].From - v.From)})
		}
	}
	for _, t := range t.all("claims") {
		c := claimOf(t)
		if about := policy.About(t.row); len(about) > 0 {
			c.Person = about[0]
		}
		d.Claims = append(d.Claims, c)
	}
	return d
}

type (
	roleComparisons struct {
		ComparedAt graph.Time
		Roles      []roleComparison
	}
	roleComparison struct {
		Role      string
		Supported **bool           `null:"RELATIONSHIP"` // or to nothing: too few deals say so
		Won, Lost *committee.Share `null:"RELATIONSHIP"`
	}
)

// roleCoverage answers with what the company's own decided deals say of each role. It rests on what committees are compared with, whether that is
// kept or not.
func (w *writer) roleCoverage(f graphql.CollectedField) (bool, error) {
	deal := w.Catalog.MustKind(committee.DealKind)
	if w.note(w.o.viewer.Root(deal)) || w.note(w.o.viewer.Edge(deal.Edge("claims"))) {
		return false, nil
	}
	place, err := w.o.Place(w.ctx)
	if err != nil {
		return false, err
	}
	w.feedPlace = &place
	if err := w.compare(true); err != nil {
		return false, err
	}
	told := roleComparisons{ComparedAt: w.decided.since(w.o.now)}
	for _, c := range w.decided.roles() {
		r := roleComparison{Role: c.Role, Won: c.Won, Lost: c.Lost}
		if c.Won != nil && c.Lost != nil {
			r.Supported = &c.Supported
		}
		told.Roles = append(told.Roles, r)
	}
	b := binder{planner: w.planner(w.op, w.o)}
	return b.plain(reflect.TypeOf(told), f.Definition.Type, f.Selections)(w, reflect.ValueOf(&told).Elem()), nil
}
