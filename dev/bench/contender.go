package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/spans"
)

// Kith is what `kith serve` serves at /graphql, for a purpose, at the time at which the world ends. Its log is written
// nowhere. Receipts and tracer may be nil.
func Kith(store graph.Store, cat *graph.Catalog, schema *ast.Schema, purpose graph.Purpose, receipts func(context.Context, *journal.Receipt) error, tracer *spans.Tracer) (http.Handler, error) {
	return serve(tracer.Readers(policy.Over(store)), store, cat, schema, purpose, receipts, tracer, Clock)
}

// KithNow is Kith by the clock, as stores note when they record what was; without receipts.
func KithNow(store graph.Store, cat *graph.Catalog, schema *ast.Schema, purpose graph.Purpose) (http.Handler, error) {
	return serve(policy.Over(store), store, cat, schema, purpose, nil, nil, time.Now)
}

// Journeys is Kith, with journeys by logs of the store, without receipts.
func Journeys(store graph.Store, logs policy.Logs, cat *graph.Catalog, schema *ast.Schema, purpose graph.Purpose) (http.Handler, error) {
	return serve(policy.WithLogs(store, logs), store, cat, schema, purpose, nil, nil, Clock)
}

func serve(reader func(*policy.Viewer) policy.Reader, store graph.Store, cat *graph.Catalog, schema *ast.Schema, purpose graph.Purpose, receipts func(context.Context, *journal.Receipt) error, tracer *spans.Tracer, now func() time.Time) (http.Handler, error) {
	r, err := resolvers.New(resolvers.Options{Reader: reader, Writer: tracer.Writer(store), Catalog: cat, Schema: schema, Now: now, Receipts: receipts})
	if err != nil {
		return nil, err
	}
	// What a request may take is not what is measured, and a statement that is planned first may take long.
	limits := server.Limits{Time: 10 * time.Minute, Readers: 64, Slow: 32}
	s, err := server.New(server.Options{Resolver: r, Purpose: string(purpose), Store: store, Limits: limits, Tracer: tracer, Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
	if err != nil {
		return nil, err
	}
	return s.Handler(), nil
}

// A Contender answers the queries over HTTP.
type Contender struct {
	Name string
	Base string // of its addresses
	Kith bool   // it is sent documents, else variables alone
	PIDs []int  // the processes that work for it: its own, and its database's
}

// CPU is what its processes have used.
func (c *Contender) CPU() (sum time.Duration) {
	for _, pid := range c.PIDs {
		sum += CPU(pid)
	}
	return sum
}

// A Request is ready to be sent any number of times.
type Request struct {
	url  string
	body []byte
}

// Request asks a query with variables.
func (c *Contender) Request(q *Query, variables map[string]any) (Request, error) {
	if !c.Kith {
		body, err := json.Marshal(variables)
		return Request{c.Base + "/" + q.Name, body}, err
	}
	body, err := json.Marshal(map[string]any{"query": q.Document, "variables": variables})
	return Request{c.Base + "/graphql", body}, err
}

// Send sends a request, and reads the answer to its end into buf.
func (r Request) Send(client *http.Client, buf *bytes.Buffer) error {
	res, err := client.Post(r.url, "application/json", bytes.NewReader(r.body))
	if err != nil {
		return err
	}
	defer res.Body.Close()
	buf.Reset()
	if _, err := buf.ReadFrom(res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s: %.500s", r.url, res.Status, buf)
	}
	return nil
}

// Data is the data of an answer; errors beside it are an error.
func Data(answer []byte) (any, error) {
	var v struct {
		Data   any
		Errors []any
	}
	d := json.NewDecoder(bytes.NewReader(answer))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if len(v.Errors) > 0 {
		return nil, fmt.Errorf("%v", v.Errors)
	}
	return v.Data, nil
}

// Compare sends each request to all contenders, and tells where their answers differ in anything but the order of keys.
func Compare(client *http.Client, contenders []*Contender, q *Query, list []map[string]any) error {
	for _, variables := range list {
		var first any
		for i, c := range contenders {
			request, err := c.Request(q, variables)
			if err != nil {
				return err
			}
			var buf bytes.Buffer
			if err := request.Send(client, &buf); err != nil {
				return fmt.Errorf("%s: %w", c.Name, err)
			}
			data, err := Data(buf.Bytes())
			if err != nil {
				return fmt.Errorf("%s: %w", c.Name, err)
			}
			if i == 0 {
				first = data
			} else if diff := cmp.Diff(first, data); diff != "" {
				return fmt.Errorf("%s of %v: %s (-) and %s (+) differ:\n%s", q.Name, variables, contenders[0].Name, c.Name, diff)
			}
		}
	}
	return nil
}
