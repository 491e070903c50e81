package policy

import (
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// whose says of whom a condition or an order tells at a place. Where a purpose looks at groups alone, it is known of the rows of a list
// how many persons stand behind them, and of nobody else.
type whose uint8

const (
	itsRow  whose = iota // of those whom the row is about
	hers                 // of one of them, to whom something led or from whom it comes
	others               // of those whom something is about that led here, who may be others
	nobodys              // of the row's, as far as something that is about nobody is said of them
)

// beyond says of whom a condition tells that stands behind an edge. Not counted: of persons of whom nobody could say how many they are.
func (g *guard) beyond(e *graph.Edge, of whose) (to whose, counted bool) {
	owner := e.Owner
	switch {
	case g.fewest() == 0:
		return of, true
	case !e.ToPersons():
		return nobodys, true
	case !owner.OfPersons():
		return others, false
	case slices.ContainsFunc(e.Targets, func(k *graph.Kind) bool { return k.Person }):
		// From a node to one whom it is about: of several, those are counted whom the condition is true of, at the row alone.
		own := slices.ContainsFunc(owner.Ways, func(w graph.Way) bool {
			return len(w.Hops) == 1 && w.Hops[0].Edge.Rel == e.Rel && w.Hops[0].Edge.Out == e.Out
		})
		return hers, own && (!several(owner) && of != others || of == itsRow && e.Union == "")
	case owner.Person:
		return hers, true
	}
	return others, true
}

func (g *guard) uncounted(e *graph.Edge, cannot string) {
	g.fail(&graph.Error{Code: graph.PurposeDenied, Message: fmt.Sprintf(
		"%s leads to persons, and nobody could say how many of them stand behind the answer (%s), so that nothing can be %s by it for the purpose %s",
		e, SmallGroup, cannot, g.Purpose)})
}
