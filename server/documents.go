package server

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server/documents"
)

// request parameters as clients send them: in a body, or in an address.
type params struct {
	Query         string         `json:"query"`
	DocumentID    string         `json:"documentId"` // as the GraphQL over HTTP specification's appendix has it
	DocID         string         `json:"doc_id"`     // as Relay's manual has it
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
}

// parameters are the names of params.
var parameters = []string{"query", "documentId", "doc_id", "operationName", "variables", "extensions"}

// none answers for servers that know no documents.
func none() *documents.Set { return nil }

// named puts the document in place of its id, or says why not. What is left to automatic persisted queries stays as it is: a hash
// without a text that no known document has.
func (s *Server) named(p *params) *refusal {
	known := s.opt.Documents()
	id := p.DocumentID
	persisted, _ := p.Extensions["persistedQuery"].(map[string]any)
	for name := range persisted { // who decodes it takes any case
		for _, known := range []string{"version", "sha256Hash"} {
			if name != known && strings.EqualFold(name, known) {
				return bad("extensions.persistedQuery: the name " + known + " is written otherwise")
			}
		}
	}
	hash, _ := persisted["sha256Hash"].(string)
	switch {
	case id == "":
		id = p.DocID
	case p.DocID != "" && p.DocID != id:
		return bad("documentId and doc_id name two documents")
	}
	if id != "" {
		if p.Query != "" {
			return bad("query and documentId are not to be given both")
		}
		if text, ok := known.Text(hash); hash != "" && hash != id {
			if other, is := known.Text(id); !ok || !is || other != text {
				return bad("documentId and extensions.persistedQuery.sha256Hash name two documents")
			}
		}
		return p.take(known, id)
	}
	if p.Query == "" && hash != "" {
		if no := p.take(known, hash); no == nil || s.opt.DocumentsOnly {
			return no
		}
	}
	if s.opt.DocumentsOnly && p.Query != "" && !known.Has(p.Query) {
		return &refusal{http.StatusForbidden, graph.Forbidden, "this server answers known documents only, and the query is none: name one by documentId"}
	}
	return nil
}

// take takes a known document. Its id need not be a hash, so that nobody is to compare it with one.
func (p *params) take(known *documents.Set, id string) *refusal {
	text, ok := known.Text(id)
	if !ok {
		return &refusal{http.StatusBadRequest, graph.NotFound, "there is no document with this id"}
	}
	p.Query = text
	if p.Extensions["persistedQuery"] != nil {
		delete(p.Extensions, "persistedQuery")
	}
	return nil
}

// purposeOf is what an operation was answered for, which the resolver has settled: empty where it needed none.
func purposeOf(op *graphql.OperationContext, asker resolvers.Request) string {
	return cmp.Or(asker.Purpose, documents.PurposeOf(op.Operation), asker.Default)
}
