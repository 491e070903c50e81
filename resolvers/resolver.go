// Package resolvers answers GraphQL: it plans the whole selection below a root field as one fetch, reads it once, and
// hands the tree to gqlgen's walk. It imports graph and what is below it, loaders, and gqlgen.
package resolvers

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/model"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/resolvers/bind"
	"github.com/kithgraph/kith/resolvers/gql"
)

// Options of a Resolver. Store, Catalog and Schema are needed.
type Options struct {
	Store   graph.Store
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
	// Settle waits until receipts of earlier answers can be read from the store; nil: they can.
	Settle func(context.Context) error
}

// Resolver answers the schema from a store. Make one with New.
type Resolver struct {
	Options
	satisfy  map[*graph.Kind][]string // names a fragment on the kind may have
	needs    map[*graph.Computed]*ast.OperationDefinition
	decoders map[string]decoder
}

// New checks that the Go structs and the schema agree.
func New(o Options) (*Resolver, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Policy == nil {
		standard := policy.Default()
		o.Policy = func() *policy.Policy { return standard }
	}
	if o.Key == nil {
		o.Key = secret.New()
	}
	r := &Resolver{Options: o, satisfy: map[*graph.Kind][]string{}, needs: map[*graph.Computed]*ast.OperationDefinition{}}
	cat, schema := o.Catalog, o.Schema
	var err error
	if r.decoders, err = decodersOf(cat); err != nil {
		return nil, err
	}
	for _, k := range cat.Kinds {
		r.satisfy[k] = []string{k.Name}
		for _, d := range schema.GetImplements(schema.Types[k.Name]) {
			r.satisfy[k] = append(r.satisfy[k], d.Name)
		}
		for _, c := range k.Computed {
			doc, err := sdl.Needs(schema, k, c)
			if err != nil {
				return nil, err
			}
			r.needs[c] = doc.Operations[0]
		}
	}
	return r, nil
}

// Executable is the schema as gqlgen runs it.
func (r *Resolver) Executable() graphql.ExecutableSchema {
	return gql.NewExecutableSchema(gql.Config{Schema: r.Schema, Resolvers: r})
}

// Node finds anything by its id.
func (r resolveQuery) Node(ctx context.Context) (model.Any, error) {
	found, err := r.byIDs(ctx, "id")
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// Nodes finds several by their ids, in the order asked for.
func (r resolveQuery) Nodes(ctx context.Context) ([]model.Any, error) { return r.byIDs(ctx, "ids") }

// byIDs reads nodes of any kind: one root list for each kind the ids have.
func (r resolveQuery) byIDs(ctx context.Context, argument string) ([]model.Any, error) {
	p := r.planner(ctx)
	field := graphql.GetFieldContext(ctx).Field
	ids, err := p.ids(field, argument)
	if err != nil {
		return nil, err
	}
	at := func(i int) ast.Path {
		path := graphql.GetPath(ctx)
		if argument == "ids" {
			path = append(path, ast.PathIndex(i))
		}
		return path
	}
	o := operationOf(ctx)
	for i, id := range ids {
		if k := r.Catalog.KindOf(id); k != nil {
			o.note(at(i), o.viewer.Single(k))
		}
	}
	f := p.byIDs(field, ids)
	if err := p.failed(); err != nil {
		return nil, err
	}
	found := make([]model.Any, len(ids))
	if len(f.Lists) == 0 {
		return found, nil
	}
	res, err := o.read(ctx, f)
	if err != nil {
		return nil, err
	}
	rows := map[string]*graph.Row{}
	for i := range res.Lists {
		for j := range res.Lists[i].Rows {
			row := &res.Lists[i].Rows[j]
			rows[row.ID] = row
		}
	}
	for i, id := range ids {
		if row := rows[id]; row != nil {
			found[i] = r.node(ctx, row)
			r.noteRow(ctx, at(i), row, field.Selections)
		}
	}
	return found, nil
}

// rootOne reads the one node of a root field.
func rootOne[N model.Any](ctx context.Context, r *Resolver, kind string) (n N, err error) {
	p, o, k := r.planner(ctx), operationOf(ctx), r.Catalog.MustKind(kind)
	field := graphql.GetFieldContext(ctx).Field
	f := p.identified(field, k)
	if err := p.failed(); err != nil {
		return n, err
	}
	if o.note(graphql.GetPath(ctx), o.viewer.Single(k)) || f == nil {
		return n, nil
	}
	res, err := o.read(ctx, f)
	if err != nil || len(res.Lists[0].Rows) == 0 {
		return n, err
	}
	row := &res.Lists[0].Rows[0]
	r.noteRow(ctx, graphql.GetPath(ctx), row, field.Selections)
	return r.node(ctx, row).(N), nil
}

// rootList reads the nodes of a root field.
func rootList[N model.Any](ctx context.Context, r *Resolver, kind string) (*bind.Connection[N, bind.None], error) {
	p, o, k := r.planner(ctx), operationOf(ctx), r.Catalog.MustKind(kind)
	f := p.all(graphql.GetFieldContext(ctx).Field, k)
	if err := p.failed(); err != nil {
		return nil, err
	}
	if o.note(graphql.GetPath(ctx), o.viewer.Root(k)) {
		return nil, nil
	}
	res, err := o.read(ctx, f)
	if err != nil {
		return nil, err
	}
	if o.noteSmall(ctx, f.Lists[0], &res.Lists[0]) {
		return nil, nil
	}
	return connection[N, bind.None](ctx, r, f.Lists[0], &res.Lists[0])
}

// many answers a connection of a node from what was read with it.
func many[N model.Any, P any](ctx context.Context, r *Resolver, owner *model.Node) (*bind.Connection[N, P], error) {
	if r.withheldEdge(ctx, owner) || r.withheldStrands(ctx, owner) {
		return nil, nil
	}
	list, res, err := r.loaded(ctx, owner)
	if err != nil {
		return nil, err
	}
	if operationOf(ctx).noteSmall(ctx, list, res) {
		return nil, nil
	}
	return connection[N, P](ctx, r, list, res)
}

// one answers a to-one edge of a node from what was read with it.
func one[N model.Any](ctx context.Context, r *Resolver, owner *model.Node) (n N, err error) {
	if r.withheldEdge(ctx, owner) {
		return n, nil
	}
	_, res, err := r.loaded(ctx, owner)
	if err != nil || len(res.Rows) == 0 {
		return n, err
	}
	r.noteRow(ctx, graphql.GetPath(ctx), &res.Rows[0], graphql.GetFieldContext(ctx).Field.Selections)
	return r.node(ctx, &res.Rows[0]).(N), nil
}
