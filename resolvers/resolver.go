// Package resolvers answers GraphQL: it plans the whole selection below a root field as one fetch, reads it once, and
// writes the answer from its rows. It imports graph and what is below it, loaders, and gqlgen.
package resolvers

import (
	"cmp"
	"context"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
	"github.com/kithgraph/kith/graph/committee"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/secret"
)

// Options of a Resolver. Reader, Catalog and Schema are needed, and Writer where anything is changed.
type Options struct {
	// Reader is the store as a viewer sees it.
	Reader  func(*policy.Viewer) policy.Reader
	Writer  change.Writer
	Catalog *graph.Catalog
	Schema  *ast.Schema
	Now     func() time.Time      // nil: time.Now
	Policy  func() *policy.Policy // the one in force, which an operation asks for once; nil: the default
	// Key is the store's, by which ids are hidden where they are; nil: one that ends with the Resolver.
	Key *secret.Key
	// Receipts takes a receipt before an answer with personal data leaves; nil: none is left.
	Receipts func(context.Context, *journal.Receipt) error
	// Copies takes whoever is known by these names out of what is kept outside the store, and says what became of each copy; nil: there
	// is none.
	Copies func(ctx context.Context, names []string) ([]string, error)
	// MaxPage is how many rows a page may have, hits a search, and ids nodes(ids:); 0: 200.
	MaxPage int
	// MaxExport is how many records an export of what is kept about a customer may have: an answer is held in memory; 0: 20,000.
	MaxExport int
	// MaxPlanning is what a filter may add to the time that a statement takes to be planned, by the estimate; 0: graph.MostPlanning.
	MaxPlanning time.Duration
	// MostBytes are how many an answer may have: one that is larger is not written to its end; 0: any number.
	MostBytes int64
	// Template says which roles a committee is expected to have; nil: the one that is shipped.
	Template *committee.Template
	// ClaimAge is how old the newest evidence of a claim may be before it is stale; 0: 182 days.
	ClaimAge time.Duration
	// Definitions are those of journeys that have names, which an operation asks for once; nil: there are none.
	Definitions func() *Definitions
	// Settle waits until receipts of earlier answers can be read from the store; nil: they can.
	Settle func(context.Context) error
}

// limit gives limits that are not given.
func (o *Options) limit() {
	o.MaxPage, o.MaxPlanning = cmp.Or(o.MaxPage, maxPage), cmp.Or(o.MaxPlanning, graph.MostPlanning)
}

// Resolver answers the schema from a store. Make one with New.
type Resolver struct {
	Options
	satisfy  map[*graph.Kind][]string // names a fragment on the kind may have
	required map[*graph.Kind][]string // fields that a node of it cannot be without
	needs    map[*graph.Computed]*ast.OperationDefinition
	// rootNeeds are those of fields of Query that are worked out, by their names.
	rootNeeds map[string]*ast.OperationDefinition
	plans     plans
	baselines *baselines
	mark      func(string) string // what stands for values in receipts
	places    *secret.Cipher      // that cursors of the feed are sealed by
}

// New checks that each field of the schema is rendered.
func New(o Options) (*Resolver, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Policy == nil {
		standard := policy.Default()
		o.Policy = func() *policy.Policy { return standard }
	}
	if o.Template == nil {
		o.Template = committee.Standard()
	}
	if o.ClaimAge == 0 {
		o.ClaimAge = 182 * 24 * time.Hour
	}
	o.limit()
	if o.Key == nil {
		o.Key = secret.New()
	}
	r := &Resolver{Options: o, satisfy: map[*graph.Kind][]string{}, required: map[*graph.Kind][]string{}, needs: map[*graph.Computed]*ast.OperationDefinition{}, rootNeeds: map[string]*ast.OperationDefinition{}, plans: newPlans(), baselines: &baselines{kept: map[baselineName]*decided{}}, mark: o.Key.Marks("receipts"), places: o.Key.Cipher("places of the feed")}
	cat, schema := o.Catalog, o.Schema
	for _, k := range cat.Kinds {
		r.satisfy[k] = []string{k.Name}
		for _, d := range schema.GetImplements(schema.Types[k.Name]) {
			r.satisfy[k] = append(r.satisfy[k], d.Name)
		}
		r.required[k] = sdl.Required(schema, k)
		for _, c := range k.Computed {
			op, err := sdl.Needs(schema, k, c.Name)
			if err != nil {
				return nil, err
			}
			r.needs[c] = op
		}
	}
	for name := range computedRoots {
		op, err := sdl.Needs(schema, nil, name)
		if err != nil {
			return nil, err
		}
		r.rootNeeds[name] = op
	}
	return r, r.check()
}
