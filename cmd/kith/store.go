package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
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

// beside is the path of what goes with the store: the one given, or one that is named after it. A symbolic link leads to the file's own: one store has one key, one journal and one lock by
// whichever name it is served.
func (f storeFlag) beside(given, extension string) string {
	file, isFile := strings.CutPrefix(f.Store, "sqlite:")
	if !isFile {
		file = "kith"
	}
	if real, err := filepath.EvalSymlinks(file); isFile && err == nil { // else it is not there yet
		file = real
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

// key reads the store's key, which is made where it is not there, unless it has to exist.
func (f storeFlag) key(existing bool) (*secret.Key, error) {
	path, read := f.beside(f.Key, ".key"), secret.Open
	if existing {
		read = secret.Read
	}
	k, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--key: there is no key %s, and none was made: name the one of the store that is meant", path)
	}
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
	newKey  string                   // the file of a key that was made for it
}

// resolver answers the schema from a store: the graph's, or one that stands before it.
func (g *graphOf) resolver(o resolvers.Options) (*resolvers.Resolver, error) {
	o.Catalog, o.Schema, o.Key = g.catalog, g.schema, g.key
	return resolvers.New(o)
}

// declared is what the schema declares, without a store.
func declared() (g *graphOf, err error) {
	g = &graphOf{}
	if g.catalog, g.schema, err = sdl.Load(kith.Schema); err != nil {
		return nil, fmt.Errorf("schema.graphqls: %w", err)
	}
	return g, nil
}

// open opens the store of what is declared, which need not answer yet. Where it has to exist, by the options, nothing is made that is
// not there. The other options are for Neo4j.
func (f storeFlag) open(ctx context.Context, g *graphOf, o neo4j.Options) (err error) {
	file, isFile := strings.CutPrefix(f.Store, "sqlite:")
	if file == "" || !isFile && !strings.Contains(f.Store, "://") {
		return fmt.Errorf("--store: %q is neither sqlite:FILE nor an address such as bolt://127.0.0.1:7687", f.masked())
	}
	if isFile { // before its key is made
		if err := sqlite.Recognize(ctx, file, o.Existing); err != nil {
			return f.fails(err)
		}
	}
	if _, err := os.Stat(f.beside(f.Key, ".key")); errors.Is(err, fs.ErrNotExist) {
		g.newKey = f.beside(f.Key, ".key")
	}
	if g.key, err = f.key(o.Existing); err != nil {
		return err
	}
	g.mark = g.key.Marks("suppression")
	if isFile {
		g.Store, err = sqlite.Open(file, g.catalog, sqlite.Options{Mark: g.mark, Log: o.Log})
	} else {
		o.Mark = g.mark
		g.Store, err = neo4j.Open(ctx, f.Store, g.catalog, o)
	}
	if err != nil {
		return f.fails(err)
	}
	return nil
}

func (f storeFlag) fails(err error) error { return fmt.Errorf("--store %s: %w", f.masked(), err) }

// ready opens the store and has it create what it lacks: commands other than serve have nothing to do without it.
func (f storeFlag) ready(p *program, g *graphOf, existing bool) error {
	if err := f.open(p.ctx, g, neo4j.Options{Existing: existing, Log: slog.New(slog.NewTextHandler(p.err, nil))}); err != nil {
		return err
	}
	if err := g.Ready(p.ctx); err != nil {
		g.Close()
		return f.fails(err)
	}
	return nil
}

// existing is the store that is there: a command that only looks at one, or takes from it, has nothing to do where there is none.
func (f storeFlag) existing(p *program) (*graphOf, error) { return f.opened(p, true) }

// orNew is the store, made where it is not there.
func (f storeFlag) orNew(p *program) (*graphOf, error) { return f.opened(p, false) }

func (f storeFlag) opened(p *program, existing bool) (*graphOf, error) {
	g, err := declared()
	if err != nil {
		return nil, err
	}
	return g, f.ready(p, g, existing)
}
