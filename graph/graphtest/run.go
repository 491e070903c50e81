package graphtest

import (
	"testing"

	"github.com/kithgraph/kith/graph"
)

// open gives a ready store with an empty graph and with Clock and Mark, and sees to its being closed.
type open func(t testing.TB, cat *graph.Catalog) graph.Store

// Run holds a store, which is a Writer, to the contract. A store that is opened may be the last one's, emptied, since they are used one after
// the other. What may be written is one part of the contract: the others write whatever values a store can keep.
func Run(t *testing.T, open func(t testing.TB, cat *graph.Catalog) graph.Store) {
	t.Helper()
	RunInTurn(t, 1, open)
}

// RunInTurn is Run for a store to which a new statement costs much: of orders that are turned page by page, and of what is read within
// transactions as it is outside, one of so many has its turn. They are others with another seed. of divides 12.
func RunInTurn(t *testing.T, of int, open func(t testing.TB, cat *graph.Catalog) graph.Store) {
	t.Helper()
	for name, run := range map[string]func(*testing.T, *fixture){"values keep the rules": ruled, "what breaks a rule is found": checked} {
		t.Run(name, func(t *testing.T) { run(t, fixtureOf(Catalog(t), open(t, Catalog(t)), of)) })
	}
	for _, part := range []section{
		{"orders", orders},
		{"orders by what lies behind edges", ordersBehindEdges},
		{"names go as in a telephone book", namesInOrder},
		{"enumerations go as the schema has them", ranks},
		{"texts", texts},
		{"filters", filters},
		{"filters on edges", filtersOnEdges},
		{"attributes", attributes},
		{"amounts", amountFilters},
		{"properties that are compared with each other", fieldFilters},
		{"edges", edges},
		{"what edges come to", totals},
		{"lists that begin with edges", begins},
		{"bare relationships", bareRelationships},
		{"valid time", validTime},
		{"hierarchies", hierarchies},
		{"timelines", timelines},
		{"unions", unions},
		{"roots", roots},
		{"results", results},
		{"searches", searches},
		{"scripts have their own keys", scripts},
		{"guarded searches", guardedSearches},
		{"words of searches are kept", keptWords},
		{"pages", pages},
		{"pages while the graph changes", pagesWhileWriting},
		{"tallies", tallies},
		{"tallies of times", talliesOfTimes},
		{"tallies in time zones", talliesInZones},
		{"tallies by ranges", talliesByRanges},
		{"tallies of the foremost groups", talliesOfTheForemost},
		{"tallies bring along no more than they may", talliesBringAlong},
		{"tallies of the main one of several", talliesOfTheMain},
		{"sums", sums},
		{"guards", guards},
		{"other guards", slots},
		{"standing", standing},
		{"authority", authority},
		{"nodes are written", writingNodes},
		{"relationships are written", writingEdges},
		{"what became of each is told", outcomes},
		{"what was changed here stays", loads},
		{"to-one edges are kept", writingToOne},
		{"what changes is marked", marking},
		{"changes have conditions", conditions},
		{"batches are applied once", once},
		{"nodes have several keys", severalKeys},
		{"keys of persons who were erased", erasedKeys},
		{"two nodes become one", merging},
		{"rows have nodes become one", uniting},
		{"many relationships move", manyMoved},
		{"what is beside values is taken over", takenOver},
		{"consents never widen by a merge", strictest},
		{"persons who were two are erased", erasedOnes},
		{"relationships succeed each other", succession},
		{"what was before is kept", histories},
		{"what was before is read", moments},
		{"what was before is corrected", corrections},
		{"nodes and values are removed", removals},
		{"whom a note is about is kept", inheritedSubjects},
		{"two know each other", ties},
		{"ties are what interactions come to, whatever happens", tiesAtRandom},
		{"persons are erased", erasure},
		{"names of all scripts are erased", namesOfScripts},
		{"batches are refused", refusals},
		{"nothing is taken for code", injection},
		{"transactions", transactions},
		{"writers at the same time", concurrency},
		{"changes are told", feed},
		{"persons who were erased are told of no more", erasedFromFeed},
		{"old changes are told no more", trimming},
		{"changes of writers at the same time are told in one order", feedOfMany},
		{"contexts", contexts},
	} {
		part.test(t, of, open)
	}
	t.Run("within transactions", func(t *testing.T) {
		for i, part := range withinTransactions {
			if !TextInTurn(Seed(), i, of) {
				continue
			}
			part.test(t, of, func(t testing.TB, cat *graph.Catalog) graph.Store { return Within(open(t, cat)) })
		}
	})
}

// A section is a part of the contract.
type section struct {
	name string
	run  func(*testing.T, *fixture)
}

func (s section) test(t *testing.T, of int, open open) {
	t.Run(s.name, func(t *testing.T) {
		cat := Ruleless(t)
		s.run(t, fixtureOf(cat, open(t, cat), of))
	})
}
