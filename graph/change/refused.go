package change

import (
	"errors"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// refused says which fields of the input stood in the way of the batch, or is the error where none did.
func (c *change) refused(err error) error {
	bad := (*graph.BatchError)(nil)
	switch {
	case errors.As(err, &bad):
		node := func(p graph.Problem) bool { return !p.Edge }
		for _, p := range bad.Problems {
			if !p.Edge || !slices.ContainsFunc(bad.Problems, node) { // a node that cannot be made is no end of anything
				c.problem(p)
			}
		}
	case errors.Is(err, graph.ErrKeyUsed):
		return keyUsed(err)
	case graph.CodeOf(err) == graph.BadInput: // all that batches have from callers and that is not an element's
		c.fail(graph.BadInput, "external.source", "%v", err)
	default:
		return err
	}
	return c.wrong
}

func (c *change) problem(p graph.Problem) {
	switch {
	case p.Edge && p.Conflict:
		c.fail(graph.Conflict, "from", "%s", p.Reason)
	case p.Edge && p.Property != "":
		c.fail(graph.BadInput, c.linked[p.Index].field(p.Property), "%s", p.Reason)
	case p.Edge:
		c.wrong = append(c.wrong, notFound(c.linked[p.Index].Field))
	case p.Conflict && c.UpdatedAt == nil && c.External != nil:
		c.fail(graph.Conflict, "external", "%s", p.Reason)
	case p.Conflict:
		c.fail(graph.Conflict, "updatedAt", "%s", p.Reason)
	case p.Property != "":
		c.fail(graph.BadInput, c.Kind.Property(p.Property).Field(), "%s", p.Reason)
	default:
		c.fail(graph.BadInput, "external.id", "%s", p.Reason)
	}
}
