package resolvers

import (
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
	// keptBaseline is how long what stages took is kept, in microseconds: a minute. It tells of no person.
	keptBaseline = 60 * 1e6
)

// baselines are how long deals were in their stages, for each policy and purpose.
type baselines struct {
	mu   sync.Mutex
	kept map[baselineName]*decided
}

type baselineName struct {
	policy  *policy.Policy
	purpose graph.Purpose
}

// decided are deals that were won or lost, as a purpose sees them.
type decided struct {
	deals  []committee.Decided
	claims bool // whether these are known, too
	at     graph.Time
	asOf   graph.Time
	last   *committee.Baseline
}

// compared is what the deals come to that were decided by an instant.
func (d *decided) compared(at graph.Time) *committee.Baseline {
	if d.last == nil || d.asOf != at {
		d.last, d.asOf = committee.Compare(d.deals, at), at
	}
	return d.last
}

// comparing are fields of a committee that rest on the company's own decided deals, and whether claims on these have a part in it.
var comparing = map[string]bool{"warnings": false, "verdict": false, "comparedAt": false, "coverage": true}

// compares finds out with what a committee is compared, by what is selected of it; nil: with nothing.
func (b *binder) compares(f graphql.CollectedField) func(*writer) error {
	some, claims := false, false
	for _, g := range b.collect(f.Selections) {
		of, is := comparing[g.Name]
		some, claims = some || is, claims || of
	}
	if !some {
		return func(*writer) error { return nil }
	}
	return func(w *writer) error { return w.compare(claims) }
}

// compare reads the deals that committees are compared with. What stages took is read once in a minute; what persons have to do with,
// whenever it is asked for, since they may withdraw.
func (w *writer) compare(claims bool) error {
	if w.decided != nil && (w.decided.claims || !claims) {
		return nil
	}
	deal := w.Catalog.MustKind(dealKind)
	if w.o.viewer.Root(deal) != nil {
		return nil
	}
	name := baselineName{w.o.viewer.Policy, w.o.viewer.Purpose}
	if !claims {
		w.baselines.mu.Lock()
		defer w.baselines.mu.Unlock()
		if d := w.baselines.kept[name]; d != nil && d.at <= w.o.now && w.o.now < d.at+keptBaseline {
			w.decided = &decided{deals: d.deals, at: d.at}
			return nil
		}
	}
	d, err := w.readDecided(deal, claims)
	if err != nil {
		return err
	}
	if w.decided = d; !claims {
		for other := range w.baselines.kept {
			if other.policy != name.policy { // it is not in force any more
				delete(w.baselines.kept, other)
			}
		}
		w.baselines.kept[name] = &decided{deals: d.deals, at: d.at}
	}
	return nil
}

// readDecided reads the deals that were decided last.
func (w *writer) readDecided(deal *graph.Kind, claims bool) (*decided, error) {
	stage, closed := deal.Property("stage"), deal.Property("closedAt")
	d := &decided{at: w.o.now, claims: claims}
	outcomes := []string{committee.Won}
	if claims {
		outcomes = append(outcomes, committee.Lost)
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
	r, err := w.o.Read(w.ctx, f)
	if err != nil {
		return nil, err
	}
	for _, l := range f.Lists {
		rows := r.Answer(l).Rows
		for i := range rows {
			d.deals = append(d.deals, decidedOf(tree{row: &rows[i], need: &need{below: map[string]*need{"claims": {key: "claims"}}}}, w.o.now))
		}
	}
	return d, nil
}

// claimsOf are the claims on a deal of which it is told who has which role, and when that was recorded.
func (w *writer) claimsOf(deal *graph.Kind) *graph.List {
	e := deal.Edge("claims")
	sel := &graph.Selection{Kind: e.Target()}
	for _, name := range []string{"role", graph.RecordedAt, "retractedAt"} {
		addRef(&sel.Props, sel.Kind.Property(name))
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
	for _, c := range t.all("claims") {
		d.Claims = append(d.Claims, claimOf(c))
	}
	return d
}
