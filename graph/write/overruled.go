package write

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// sums are short for what a source has said of a property: last, and before that in the same load, as when two of its files differ. What is
// in over is passed over when it is loaded again: else each load would change the value there and back.
type sums struct {
	last string
	over []string
}

// mostOver is of how many values it is known that others took their place.
const mostOver = 8

// then are the sums when the source says something, after what it has said otherwise before in the same load.
func (s sums) then(sum string, before []string) sums {
	over := slices.Clone(s.over)
	if len(before) > 0 && s.last != "" {
		before = append([]string{s.last}, before...)
	}
	for _, b := range before {
		if b != "" && !slices.Contains(over, b) {
			over = append(over, b)
		}
	}
	over = slices.DeleteFunc(over, func(o string) bool { return o == sum })
	return sums{sum, over[max(0, len(over)-mostOver):]}
}

// overruled is what upserts of a node say in the place of something else that their source has said.
type overruled struct {
	before map[string][]any // by property, what the batch itself said before; nil: another batch did
	holds  bool
	passed []string
}

func (a *applier) overruledOf(k nodeKey) *overruled {
	if a.said[k] == nil {
		a.said[k] = &overruled{}
	}
	return a.said[k]
}

// overrule notes what an upsert says in the place of something else, which the batch may have said.
func (a *applier) overrule(k nodeKey, n graph.Upsert) {
	if len(n.Over) == 0 && !n.Holds {
		return
	}
	o := a.overruledOf(k)
	o.holds = o.holds || n.Holds
	for _, name := range n.Over {
		if o.before == nil {
			o.before = map[string][]any{}
		}
		before := o.before[name]
		if v, given := a.want[k][name]; given {
			before = append(before, v)
		}
		o.before[name] = before
	}
}

// sums are short for what was said before; none: nothing was.
func (o *overruled) sums(k nodeKey, name string) (out []string) {
	before, over := o.before[name]
	if !over && !o.holds {
		return nil
	}
	out = []string{""} // whatever was said in another batch
	for _, v := range before {
		out = append(out, sumOf(k, name, v))
	}
	return out
}

// pass takes out a value that is passed over.
func (o *overruled) pass(want graph.Values, name string) {
	delete(want, name)
	o.passed = append(o.passed, name)
}

// tellPassed reports what of the batch's node at an index was passed over.
func (a *applier) tellPassed(k nodeKey, index int) {
	n := a.batch.Nodes[index]
	if a.said[k] == nil || n.At != nil {
		return
	}
	passed := graph.Where(a.said[k].passed, func(name string) bool {
		_, given := n.Set[name]
		return given
	})
	if len(passed) > 0 {
		a.report.Passed = append(a.report.Passed, graph.PassedOver{Index: index, Properties: passed})
	}
}
