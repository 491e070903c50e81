package server

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// A load is a field where it stands, and what it weighs there.
type load struct {
	path   ast.Path // of names in the answer, without places in lists
	field  *ast.Field
	weight weight
	size   int // of a list that stands in the field's selection
	often  int // how many of the field's own fields there are
}

// heaviest are the fields, from a root field down, each of which is above a limit by itself; where none is, the heaviest root field.
func heaviest(schema *ast.Schema, op *graphql.OperationContext, of func(weight) int, limit int) (chain []load) {
	s := scale{op.Variables, map[spread]weight{}, schema, map[telling]int{}}
	at, set := load{size: 1, often: 1}, op.Operation.SelectionSet
	for {
		next := load{}
		for _, l := range s.loads(set, at, len(chain), map[*ast.FragmentDefinition]bool{}) {
			if next.field == nil || of(l.weight) > of(next.weight) {
				next = l
			}
		}
		above := next.field != nil && of(next.weight) > limit
		if above || len(chain) == 0 {
			chain = append(chain, next)
		}
		if !above || strings.HasPrefix(next.field.Name, "__") { // below __schema nothing is weighed
			return chain
		}
		at, set = next, next.field.SelectionSet
	}
}

// lastPage is the last field of a chain that makes many of what is below it, or the last of all.
func lastPage(chain []load) load {
	for _, l := range slices.Backward(chain) {
		if args := l.field.Definition.Arguments; args.ForName("first") != nil || args.ForName("ids") != nil {
			return l
		}
	}
	return chain[len(chain)-1]
}

// loads are the fields of a set below another, those of fragments included: each fragment once, as there may be exponentially many ways
// to it.
func (s scale) loads(set ast.SelectionSet, below load, depth int, seen map[*ast.FragmentDefinition]bool) (all []load) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			if !s.wanted(sel.Directives) {
				continue
			}
			l := load{path: append(below.path[:len(below.path):len(below.path)], ast.PathName(sel.Alias)), field: sel, weight: s.field(sel, below.size)}
			var often int
			l.size, often = s.within(sel, s.arguments(sel), below.size)
			l.often = min(below.often*often, most)
			l.weight.cost = min(l.weight.cost*below.often, most)
			l.weight.depth += depth
			all = append(all, l)
		case *ast.InlineFragment:
			if s.wanted(sel.Directives) {
				all = append(all, s.loads(sel.SelectionSet, below, depth, seen)...)
			}
		case *ast.FragmentSpread:
			if s.wanted(sel.Directives) && !seen[sel.Definition] {
				seen[sel.Definition] = true
				all = append(all, s.loads(sel.Definition.SelectionSet, below, depth, seen)...)
			}
		}
	}
	return all
}
