package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/documents"
)

// documentFlags say which documents are known before anybody sends them.
type documentFlags struct {
	Documents     string `placeholder:"DIR" type:"existingdir" help:"Trusted documents: files .graphql, and the manifests .json that GraphQL Code Generator, relay-compiler and Apollo's tools write. Requests name them by their ids, as documentId."`
	DocumentsOnly bool   `help:"Refuse what is not among them."`
}

// known reads the documents, and reads them again when the server is told. Where there are none it gives nil.
func (f documentFlags) known(ctx context.Context, log *slog.Logger, schema *ast.Schema) (func() *documents.Set, error) {
	if f.Documents == "" {
		if f.DocumentsOnly {
			return nil, errors.New("--documents-only: say which, by --documents DIR")
		}
		return func() *documents.Set { return nil }, nil
	}
	read := func() (*documents.Set, error) {
		set, err := documents.Read(f.Documents, schema, server.DefaultLimits().Tokens)
		if err != nil {
			return nil, fmt.Errorf("--documents: %w", err)
		}
		return set, nil
	}
	return reread(ctx, read, func(before, now *documents.Set, err error) {
		if err != nil {
			log.Error("the documents stay as they were", "documents", before.Len(), "error", err)
			return
		}
		log.Info("documents", "documents", now.Len(), "before", before.Len())
	})
}
