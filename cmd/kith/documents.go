package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/documents"
	"github.com/kithgraph/kith/web"
)

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
