package graphtest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestTheFeedTellsWhateverBatchesChange compares what random batches, removals and erasures have made of the graph with what the feed tells
// of each: nothing less, and nothing more.
func TestTheFeedTellsWhateverBatchesChange(t *testing.T) {
	cat := Catalog(t)
	entries := 0
	for n := range uint64(30) {
		seed := Seed() + n
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 7))
			o := NewOracle(cat, IDs())
			write := func(b *graph.Batch) {
				before := o.state
				_, err := o.Write(t.Context(), b)
				if err != nil {
					require.Equal(t, before, o.state, "a batch that is refused is not told")
					return
				}
				var erased []string
				for _, e := range b.Erase {
					erased = append(erased, e.Person)
				}
				feed, err := o.Changes(t.Context(), before.last, 10)
				require.NoError(t, err)
				want, got := before.until(cat, o.state, erased), map[string]string{}
				for i := range feed.Entries {
					maps.Copy(got, saidOf(&feed.Entries[i]))
					entries++
				}
				require.Empty(t, cmp.Diff(want, got), "the feed (+) tells otherwise than the graph has changed (-)")
			}
			for _, b := range NewWorld(rand.New(rand.NewPCG(seed, 0)), cat).Batches {
				write(b)
			}
			for range 20 {
				all := slices.DeleteFunc(slices.Clone(o.state.nodes), func(n node) bool { return slices.Contains(graph.Own, n.kind) })
				if len(all) == 0 {
					return
				}
				switch n := all[rng.IntN(len(all))]; {
				case n.kind.Person:
					write(&graph.Batch{Source: "suite", Erase: []graph.Erasure{{Person: n.ID, Keep: kept}}})
				case rng.IntN(2) == 0:
					write(&graph.Batch{Source: "suite", Remove: []graph.Removal{{Kind: n.kind, ID: n.ID}}})
				default:
					var names []string
					for _, p := range n.kind.Shown() {
						names = append(names, p.Name)
					}
					write(&graph.Batch{Source: "suite", Remove: []graph.Removal{{Kind: n.kind, ID: n.ID, Properties: names}}})
				}
			}
		})
	}
	require.Greater(t, entries, 100)
}

// saidOf is what an entry tells, by node, or by type and ends of relationships.
func saidOf(e *graph.Entry) map[string]string {
	signs := map[graph.Outcome]string{graph.Created: "+", graph.Changed: "~", graph.Removed: "-"}
	out := map[string]string{}
	for _, n := range e.Nodes {
		out[n.ID] = signs[n.How] + strings.Join(propertiesIn(n), " ")
	}
	for _, l := range e.Edges {
		out[l.Rel.Type+" "+l.From+" "+l.To] = signs[l.How] + strings.Join(l.Properties, " ")
	}
	return out
}

// until is what an entry is to tell of what has become of a state.
func (s *state) until(cat *graph.Catalog, now *state, erased []string) map[string]string {
	out, made := map[string]string{}, map[string]bool{}
	tells := func(k *graph.Kind) bool {
		return k != nil && k.Name != graph.ReceiptKind && !slices.Contains(graph.Own, k)
	}
	old, after := map[string]graph.Values{}, map[string]graph.Values{}
	for state, values := range map[*state]map[string]graph.Values{s: old, now: after} {
		for _, n := range state.nodes {
			if tells(n.kind) {
				values[n.ID] = n.Values
			}
		}
	}
	for id, v := range after {
		if before, was := old[id]; !was {
			out[id], made[id] = "+", true
		} else if names := differ(before, v); names != "" {
			out[id] = "~" + withoutValue(names, v)
		}
	}
	for id := range old {
		if _, is := after[id]; !is {
			out[id] = "-"
		}
	}
	type ends struct{ typ, from, to string }
	keys := map[ends]map[string][2]graph.Values{}
	for i, state := range []*state{s, now} {
		for _, e := range state.edges {
			if !tells(cat.KindOf(e.From)) || slices.Contains(erased, e.From) || slices.Contains(erased, e.To) || made[e.From] && made[e.To] {
				continue
			}
			at := ends{e.rel.Type, e.From, e.To}
			if keys[at] == nil {
				keys[at] = map[string][2]graph.Values{}
			}
			both := keys[at][e.Key]
			both[i] = e.Values
			keys[at][e.Key] = both
		}
	}
	for at, of := range keys {
		came, went, names := 0, 0, map[string]bool{}
		for _, both := range of {
			switch {
			case both[0] == nil:
				came++
			case both[1] == nil:
				went++
			default:
				for _, name := range strings.Fields(differ(both[0], both[1])) {
					names[name] = true
				}
			}
		}
		name := at.typ + " " + at.from + " " + at.to
		switch {
		case came+went+len(names) == 0, len(erased) > 0 && came > 0 && came == went: // they have other keys
		case went+len(names) == 0:
			out[name] = "+"
		case came+len(names) == 0:
			out[name] = "-"
		case came+went == 0:
			out[name] = "~" + strings.Join(slices.Sorted(maps.Keys(names)), " ")
		default:
			out[name] = "~"
		}
	}
	return out
}

// withoutValue puts a - behind the names of those that have no value.
func withoutValue(names string, v graph.Values) string {
	all := strings.Fields(names)
	for i, name := range all {
		if v[name] == nil {
			all[i] += "-"
		}
	}
	return strings.Join(all, " ")
}

// differ are the names of values that are not the same, but for what only loads look at; of versions those of the properties.
func differ(a, b graph.Values) string {
	names := map[string]bool{}
	for _, v := range []graph.Values{a, b} {
		for name := range v {
			if name != graph.Loaded && name != graph.VersionsOf && !reflect.DeepEqual(a[name], b[name]) {
				names[name] = true
			}
		}
	}
	old, _ := a[graph.VersionsOf].([]graph.Version)
	now, _ := b[graph.VersionsOf].([]graph.Version)
	for _, v := range slices.Concat(old, now) {
		if slices.Contains(old, v) != slices.Contains(now, v) {
			names[v.Prop] = true
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(names)), " ")
}
