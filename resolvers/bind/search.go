package bind

import "github.com/kithgraph/kith/graph/model"

// SearchHit is a node that a search has found.
type SearchHit struct {
	Node    model.Any
	Matched []*SearchMatch
}

// SearchMatch says in which field words were found, and how.
type SearchMatch struct{ Field, How string }
