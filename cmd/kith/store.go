package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server/spans"
)

// storeFlag is the flag --store, which all commands on a graph have.
type storeFlag struct {
	Store string `default:"sqlite:kith.db" placeholder:"STORE" help:"Where the graph is: sqlite:FILE, or bolt://[user:password@]host:port[/database], or neo4j://…, neo4j+s://…, which the driver routes."`
	Key   string `placeholder:"FILE" help:"The store's key, by which ids are hidden and persons who were erased are known again; made where there is none. Without: beside the file of SQLite, else ./kith.key."`
}

// beside is the path of what goes with the store: the one given, or one that is named after it.
func (f storeFlag) beside(given, extension string) string {
	file, isFile := strings.CutPrefix(f.Store, "sqlite:")
	if !isFile {
		file = "kith"
	}
	return cmp.Or(given, file+extension)
}

// system is the name that OpenTelemetry has for the store.
func (f storeFlag) system() string {
	if strings.HasPrefix(f.Store, "sqlite:") {
		return spans.SQLite
	}
	return spans.Neo4j
}

// key reads the store's key, or makes it.
func (f storeFlag) key() (*secret.Key, error) {
	k, err := secret.Open(f.beside(f.Key, ".key"))
	if err != nil {
		return nil, fmt.Errorf("--key: %w", err)
	}
	return k, nil
}

// masked is the store's address without its password. Of one that cannot be parsed, nothing is shown that may be part of it.
func (f storeFlag) masked() string {
	at := strings.LastIndexByte(f.Store, '@')
	if at < 0 || strings.HasPrefix(f.Store, "sqlite:") {
		return f.Store
	}
	if u, err := url.Parse(f.Store); err == nil && u.User != nil && !strings.Contains(u.Path, "@") {
		return u.Redacted()
	}
	scheme, _, ok := strings.Cut(f.Store[:at], "://")
	if !ok {
		return "xxxxx" + f.Store[at:]
	}
	return scheme + "://xxxxx" + f.Store[at:]
}

// graphOf is an open store and what it holds.
type graphOf struct {
	graph.Store
	catalog *graph.Catalog
	schema  *ast.Schema
	key     *secret.Key
	mark    func(text string) string // of those who are erased
}

// resolver answers the schema from a store: the graph's, or one that stands before it.
func (g *graphOf) resolver(o resolvers.Options) (*resolvers.Resolver, error) {
	o.Catalog, o.Schema, o.Key = g.catalog, g.schema, g.key
	return resolvers.New(o)
}

// open opens the store, which need not answer yet. The options are for Neo4j.
func (f storeFlag) open(ctx context.Context, o neo4j.Options) (*graphOf, error) {
	cat, schema, err := sdl.Load(kith.Schema)
	if err != nil {
		return nil, fmt.Errorf("schema.graphqls: %w", err)
	}
	file, isFile := strings.CutPrefix(f.Store, "sqlite:")
	if file == "" || !isFile && !strings.Contains(f.Store, "://") {
		return nil, fmt.Errorf("--store: %q is neither sqlite:FILE nor an address such as bolt://127.0.0.1:7687", f.masked())
	}
	g := &graphOf{catalog: cat, schema: schema}
	if g.key, err = f.key(); err != nil {
		return nil, err
	}
	g.mark = g.key.Marks("suppression")
	if isFile {
		g.Store, err = sqlite.Open(file, cat, sqlite.Options{Mark: g.mark})
	} else {
		o.Mark = g.mark
		g.Store, err = neo4j.Open(ctx, f.Store, cat, o)
	}
	if err != nil {
		return nil, fmt.Errorf("--store %s: %w", f.masked(), err)
	}
	return g, nil
}

// openReady opens the store and has it create what it lacks: commands other than serve have nothing to do without it.
func (f storeFlag) openReady(p *program) (*graphOf, error) {
	g, err := f.open(p.ctx, neo4j.Options{Log: slog.New(slog.NewTextHandler(p.err, nil))})
	if err != nil {
		return nil, err
	}
	if err := g.Ready(p.ctx); err != nil {
		g.Close()
		return nil, fmt.Errorf("--store %s: %w", f.masked(), err)
	}
	return g, nil
}
