package e2e

import (
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// persons forgets to count those who stand behind lists, as the guard does where groups are too small to be told.
func persons(_ *forgetting, lists []*graph.List) {
	eachList(lists, func(l *graph.List) {
		l.Tallies = slices.DeleteFunc(l.Tallies, func(t *graph.Tally) bool { return strings.HasPrefix(t.Key, "\x00persons") })
	})
}

// beside forgets what is to be counted beside lists, and of whom a condition speaks.
func beside(f *forgetting, lists []*graph.List) {
	eachList(lists, func(l *graph.List) {
		if strings.Contains(l.Key, "\x00beside") {
			f.set(&l.Filter, nil)
		}
		for _, t := range l.Tallies {
			if strings.HasPrefix(t.Key, "\x00persons ") {
				f.set(&t.Over.Filter, nil)
			}
		}
	})
}

// objectors forgets that who has objected is not counted.
func objectors(f *forgetting, lists []*graph.List) {
	eachTally(lists, func(t *graph.Tally) {
		if strings.HasPrefix(t.Key, "\x00persons") && t.Over != nil {
			f.set(&t.Over.When, nil)
			f.set(&t.Over.Filter, bare(t.Over.Filter))
		}
	})
}
