package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/yaml"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/documents"
	"github.com/kithgraph/kith/web"
)

// inForce reads the policy, and reads it again at each SIGHUP until ctx ends. One that is wrong changes nothing, but is told.
func (f policyFlag) inForce(ctx context.Context, log *slog.Logger) (func() *policy.Policy, error) {
	told := reloaded[policy.Policy]{log, "policy", "stays as it was", "policy", func(p *policy.Policy) any { return p.Version }}
	return reread(ctx, f.read, told)
}

// A reloaded says in the log of something that is read again which there is now, or that it stays.
type reloaded[T any] struct {
	log         *slog.Logger
	what, stays string
	name        string // of what tells it apart
	of          func(*T) any
}

func (r reloaded[T]) tell(before, now *T, err error) {
	if err != nil {
		r.log.Error("the "+r.what+" "+r.stays, r.name, r.of(before), "error", err)
		return
	}
	r.log.Info(r.what, r.name, r.of(now), "before", r.of(before))
}

// reread reads something, and reads it again at each SIGHUP until ctx ends: what is wrong then changes nothing. told tells of it each time.
func reread[T any](ctx context.Context, read func() (*T, error), told reloaded[T]) (func() *T, error) {
	first, err := read()
	if err != nil {
		return nil, err
	}
	var now atomic.Pointer[T]
	now.Store(first)
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGHUP)
	go func() {
		defer signal.Stop(again)
		for {
			select {
			case <-ctx.Done():
				return
			case <-again:
			}
			before := now.Load()
			next, err := read()
			if err == nil {
				now.Store(next)
			}
			told.tell(before, next, err)
		}
	}()
	return now.Load, nil
}

// definitionsFlag says which definitions of journeys have names.
type definitionsFlag struct {
	Definitions string `placeholder:"DIR" type:"existingdir" help:"Definitions of journeys that have names: files .yaml, .yml and .json, each with the fields of JourneyDefinition. Requests name one as its file is called, by journeys(named:)."`
}

// defined reads the definitions, as a resolver of these options has them, and reads them again at each SIGHUP. Where there are none it gives nil.
func (f definitionsFlag) defined(ctx context.Context, log *slog.Logger, o resolvers.Options) (func() *resolvers.Definitions, error) {
	if f.Definitions == "" {
		return func() *resolvers.Definitions { return nil }, nil
	}
	read := func() (*resolvers.Definitions, error) { return readDefinitions(f.Definitions, o) }
	return reread(ctx, read, reloaded[resolvers.Definitions]{log, "definitions of journeys", "stay as they were", "definitions", func(d *resolvers.Definitions) any { return d.Len() }})
}

// readDefinitions reads a folder, and what is below it. What begins with a dot is left out. The error names the file, the line and the field that is wrong.
func readDefinitions(dir string, o resolvers.Options) (*resolvers.Definitions, error) {
	out, err := resolvers.NewDefinitions(o)
	if err != nil {
		return nil, err
	}
	err = documents.Files(dir, func(path string) error { return addDefinition(out, dir, path) }, ".yaml", ".yml", ".json")
	if err == nil && out.Len() == 0 {
		err = fmt.Errorf("%s holds no definition: no file .yaml, .yml or .json", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("--definitions: %w", err)
	}
	return out, nil
}

// addDefinition takes in a file.
func addDefinition(to *resolvers.Definitions, dir, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	definition, err := asJSON(text)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	name, err := filepath.Rel(dir, path)
	if err != nil {
		return err
	}
	name = filepath.ToSlash(strings.TrimSuffix(name, filepath.Ext(name)))
	if err := to.Add(name, definition); err != nil {
		field, _, _ := strings.Cut(err.Error(), ":")
		return fmt.Errorf("%s:%d: %w", path, yaml.Line(text, field), err)
	}
	return nil
}

// documentFlags say which documents are known before anybody sends them.
type documentFlags struct {
	Documents     string `placeholder:"DIR" type:"existingdir" help:"Trusted documents: files .graphql, and the manifests .json that GraphQL Code Generator, relay-compiler and Apollo's tools write. Requests name them by their ids, as documentId."`
	DocumentsOnly bool   `help:"Refuse what is neither among them nor what the explorer asks."`
	Pages         bool   `default:"true" negatable:"" help:"Serve the explorer and GraphiQL. Without, what the explorer asks is not known either."`
}

// ofPages are the documents that the explorer asks; nil where there is none.
func (f documentFlags) ofPages(schema *ast.Schema) (*documents.Set, error) {
	if !f.Pages {
		return nil, nil
	}
	set, err := documents.Manifest("the explorer's documents", web.Documents, schema, server.DefaultLimits().Tokens)
	if err != nil {
		return nil, fmt.Errorf("this program's own pages are of another schema: %w", err)
	}
	return set, nil
}

// known reads the documents, and reads them again when the server is told. Beside them stand those of the pages. Where there are none it gives nil.
func (f documentFlags) known(ctx context.Context, log *slog.Logger, schema *ast.Schema, ofPages *documents.Set) (func() *documents.Set, error) {
	if f.Documents == "" {
		if f.DocumentsOnly && ofPages == nil {
			return nil, errors.New("--documents-only: say which, by --documents DIR, or leave out --no-pages")
		}
		return func() *documents.Set { return ofPages }, nil
	}
	read := func() (*documents.Set, error) {
		set, err := documents.Read(f.Documents, schema, server.DefaultLimits().Tokens)
		if err != nil {
			return nil, fmt.Errorf("--documents: %w", err)
		}
		return set.And(ofPages), nil
	}
	return reread(ctx, read, reloaded[documents.Set]{log, "documents", "stay as they were", "documents", func(s *documents.Set) any { return s.Len() }})
}
