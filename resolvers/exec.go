package resolvers

import (
	"context"
	"reflect"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
)

// executable is the schema as gqlgen runs it. There is no code for single types: each root field is planned, read and written by the
// catalog. Middleware around root fields is called, that around all fields is not: those below a root are written in one go.
type executable struct{ *Resolver }

// Written is the name under which an operation's statistics have how many fields of its answer were written.
const Written = "written"

// Executable is the schema as gqlgen runs it.
func (r *Resolver) Executable() graphql.ExecutableSchema { return executable{r} }

// Schema implements graphql.ExecutableSchema.
func (e executable) Schema() *ast.Schema { return e.Resolver.Schema }

// Complexity implements graphql.ExecutableSchema: no field has one of its own.
func (executable) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

// Exec implements graphql.ExecutableSchema.
func (e executable) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	def := e.Resolver.Schema.Query
	switch op.Operation.Operation {
	case ast.Query:
	case ast.Mutation:
		def = e.Resolver.Schema.Mutation
	default:
		return graphql.OneShot(graphql.ErrorResponse(ctx, "unsupported GraphQL operation"))
	}
	first := true
	return func(ctx context.Context) *graphql.Response {
		if !first {
			return nil
		}
		first = false
		return &graphql.Response{Data: e.data(ctx, op, def)}
	}
}

// Execute runs one operation outside a server: for explaining it, and for tests.
func (r *Resolver) Execute(ctx context.Context, query string, variables map[string]any) *graphql.Response {
	e := executor.New(r.Executable())
	e.AroundOperations(r.Operation)
	ctx = graphql.StartOperationTrace(ctx)
	params := &graphql.RawParams{Query: query, Variables: variables}
	op, errs := e.CreateOperationContext(ctx, params)
	if len(errs) == 0 {
		errs = Misfits(r.Schema, params, op)
	}
	if len(errs) > 0 {
		return &graphql.Response{Errors: Explained(r.Schema, params, op, errs)}
	}
	next, ctx := e.DispatchOperation(ctx, op)
	if res := next(ctx); res != nil {
		return res
	}
	return refused(ctx.Err())(ctx) // gqlgen answers nothing where nobody waits any more
}

// data answers an operation. Fields of a query are answered side by side, those of a mutation one after the other.
func (r *Resolver) data(ctx context.Context, op *graphql.OperationContext, def *ast.Definition) []byte {
	fields := graphql.CollectFields(op, op.Operation.SelectionSet, []string{def.Name})
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: def.Name})
	if def == r.Schema.Query {
		operationOf(ctx).variables = r.variables(op)
	}
	var beside []*[]byte // values that were written elsewhere, in the meantime
	if def == r.Schema.Query && len(fields) > 1 {
		beside = r.sideBySide(ctx, op, fields)
	}
	buffer := buffers.Get().(*[]byte)
	b, ok := append((*buffer)[:0], '{'), true
	for i, f := range fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, f.Alias), ':')
		there := false
		switch {
		case beside == nil:
			b, there = r.root(ctx, op, f, b)
		case beside[i] != nil:
			b, there = append(b, *beside[i]...), true
			giveBack(beside[i])
		}
		if !there {
			b = append(b, null...)
			ok = ok && !f.Definition.Type.NonNull
		}
	}
	if b = append(b, '}'); !ok {
		b = append(b[:0], null...)
	}
	op.Stats.SetExtension(Written, int(operationOf(ctx).fields.Load())+len(fields))
	*buffer = b
	return keep(ctx, buffer)
}

// sideBySide writes the values of root fields, nil for null.
func (r *Resolver) sideBySide(ctx context.Context, op *graphql.OperationContext, fields []graphql.CollectedField) []*[]byte {
	operationOf(ctx).joins = r.joins(op, operationOf(ctx), fields)
	values := make([]*[]byte, len(fields))
	var all sync.WaitGroup
	for i, f := range fields {
		all.Go(func() {
			b := buffers.Get().(*[]byte)
			var ok bool
			if *b, ok = r.root(ctx, op, f, (*b)[:0]); ok {
				values[i] = b
			} else {
				giveBack(b)
			}
		})
	}
	all.Wait()
	return values
}

// inBuffer is what a root field gives to the middleware: its value stands in a buffer.
type inBuffer struct{ graphql.Marshaler }

// root writes the value of one root field behind b. Not ok: it is null, and nothing was written.
func (r *Resolver) root(ctx context.Context, op *graphql.OperationContext, f graphql.CollectedField, b []byte) (out []byte, ok bool) {
	if f.Name == "__typename" {
		return appendText(b, f.ObjectDefinition.Name), true
	}
	start := len(b)
	ctx = graphql.WithRootFieldContext(ctx, &graphql.RootFieldContext{Object: f.Name, Field: f})
	m := op.RootResolverMiddleware(ctx, func(ctx context.Context) graphql.Marshaler {
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: f.ObjectDefinition.Name, Field: f})
		w := &writer{Resolver: r, o: operationOf(ctx), op: op, ctx: ctx, b: b, path: append(make([]step, 0, 16), step{name: f.Alias})}
		w.counted = len(b)
		ok := w.root(f)
		b = w.b
		if w.stopped != nil {
			ok = w.fail(f.Field, w.stopped)
		} else {
			w.o.takeNotes(w.notes)
		}
		if !ok {
			return graphql.Null
		}
		return inBuffer{}
	})
	if _, ok = m.(inBuffer); !ok {
		b = b[:start]
	}
	return b, ok
}

func (w *writer) root(f graphql.CollectedField) (ok bool) {
	defer func() {
		if p := recover(); p != nil {
			w.op.Error(w.ctx, w.op.Recover(w.ctx, p))
			ok = false
		}
	}()
	by := queryFields
	if f.ObjectDefinition == w.Schema.Mutation {
		by = mutationFields
	}
	ok, err := true, error(nil)
	if a, byHand := by[f.Name]; byHand {
		ok, err = w.answer(a, f)
	} else {
		ok, err = w.fetched(w.rootOf(f.Definition), f)
	}
	if err != nil {
		return w.fail(f.Field, err)
	}
	return ok
}

// answer writes what a function gives.
func (w *writer) answer(a answer, f graphql.CollectedField) (bool, error) {
	v, err := a.of(w.Resolver, w.ctx)
	if err != nil {
		return false, err
	}
	b := binder{planner: w.planner(w.op, w.o)}
	return b.plain(reflect.PointerTo(a.typ), f.Definition.Type, f.Selections)(w, reflect.ValueOf(v)), nil
}
