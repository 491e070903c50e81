package write

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// keepChanged takes out of what a load says of a node the values that were changed here since it was last loaded, and notes what is
// loaded now. A value that is not there any more was changed, too.
func (a *applier) keepChanged(k nodeKey, want graph.Values) {
	old, there := a.have[k]
	old.Values = merged(old.Values, a.names.values[k])                          // what it takes over may have been changed here, too
	if there && a.erasedOf[old.ID] != nil || k.kind.Name == graph.ConsentKind { // what takes back a Consent is another matter
		return
	}
	last, over := loadedOf(old), a.overruledOf(k)
	said := stateIn(k.kind, want)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		before, was := last[name]
		sum := sumOf(k, name, want[name])
		if there && !over.holds && slices.Contains(before.over, sum) {
			over.pass(want, name)
			continue
		}
		if was && there && before.last != sumOf(k, name, old.Values[name]) && !reflect.DeepEqual(want[name], old.Values[name]) {
			delete(want, name)
			a.report.Kept++
			continue
		}
		last[name] = before.then(sum, over.sums(k, name))
	}
	if said && !stateIn(k.kind, want) { // the state stays, and so does what belongs to it
		passed := slices.Contains(over.passed, k.kind.Lifecycle.Status.Name)
		for _, p := range k.kind.Lifecycle.Bound {
			if _, given := want[p.Name]; given && passed {
				over.pass(want, p.Name)
			} else if given {
				delete(want, p.Name)
				a.report.Kept++
			}
		}
	}
	if len(last) > 0 {
		want[graph.Loaded] = packed(last)
	}
}

// stateIn reports whether values say how far a node has come.
func stateIn(k *graph.Kind, v graph.Values) bool {
	if k.Lifecycle == nil {
		return false
	}
	_, said := v[k.Lifecycle.Status.Name]
	return said
}

// sumOf is short for a value of a node. The same value of another has another sum.
func sumOf(k nodeKey, name string, v any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%T %v", k.kind.Name, k.key, name, v, v))
	return hex.EncodeToString(sum[:5])
}

func loadedOf(n Node) map[string]sums {
	out := map[string]sums{}
	parts, _ := n.Values[graph.Loaded].([]string)
	for _, part := range parts {
		if name, text, ok := strings.Cut(part, ":"); ok {
			all := strings.Split(text, ",")
			out[name] = sums{all[0], all[1:]}
		}
	}
	return out
}

// taken are the sums of a value that a node takes over from another. If that was changed since, no value of the node has its sum. Of what is
// passed over only the other's sums are known.
func (s sums) taken(from, at nodeKey, name string, v any) sums {
	if s.last == sumOf(from, name, v) {
		s.last = sumOf(at, name, v)
	}
	return sums{last: s.last}
}

func packed(of map[string]sums) []string {
	parts := make([]string, 0, len(of))
	for _, name := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, name+":"+strings.Join(append([]string{of[name].last}, of[name].over...), ","))
	}
	return parts
}

// forgetLoaded takes away what tells of values that go.
func forgetLoaded(n Node, set graph.Values) {
	if len(set) > 0 && n.Values[graph.Loaded] != nil {
		set[graph.Loaded] = nil
	}
}

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
