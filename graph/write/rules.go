package write

import (
	"maps"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/rules"
)

// states has what follows from a node's state be so, and notes what contradicts it or stands in the wrong order.
func (a *applier) states(k nodeKey) {
	set, have := a.want[k], a.have[k].Values
	if a.gone[k] || a.erasedOf[a.have[k].ID] != nil {
		return
	}
	now := &a.host.Now
	if a.batch.Loads { // what is loaded has happened before
		now = nil
	}
	follows := rules.Follow(k.kind.Lifecycle, set, have, now)
	for _, f := range rules.Together(k.kind.Spans, k.kind.Lifecycle, set, merged(have, follows)) {
		if !f.Missing || !a.batch.Loads {
			a.faultOf(k, f)
		}
	}
	maps.Copy(set, follows)
}

// texts has texts that follow from others be so, as far as they can be kept.
func (a *applier) texts(k nodeKey) {
	for name, v := range rules.FollowTexts(k.kind.Properties, a.want[k], a.have[k].Values) {
		a.want[k][name] = v
		p := k.kind.Property(name)
		if v == nil {
			continue
		}
		if err := checkValue(p, v); err != nil {
			a.faultOf(k, rules.Fault{Property: p, Reason: err.Error()})
		}
	}
}

// faultOf notes a fault of a node with the upserts that set the property, or else with all that are about the node.
func (a *applier) faultOf(k nodeKey, f rules.Fault) {
	var all, set []int
	for i, n := range a.batch.Nodes {
		if a.keyOf(n) != k {
			continue
		}
		all = append(all, i)
		if _, sets := n.Set[f.Property.Name]; sets {
			set = append(set, i)
		}
	}
	if len(set) == 0 {
		set = all
	}
	for _, i := range set {
		a.fault(false, i, f.Property.Name, f.Reason)
	}
}

// inOrder notes what links set that stands in the wrong order beside what is there. One that takes over from another ends that one by
// itself.
func (a *applier) inOrder(r *graph.Rel, ls *links) {
	for _, l := range ls.all {
		have := ls.stored[l.Key].Values
		if have == nil {
			have = graph.Values{}
		}
		if a.batch.Edges[l.index].Succeeds {
			continue
		}
		for _, f := range rules.Together(r.Spans, nil, l.Values, have) {
			a.fault(true, l.index, f.Property.Name, f.Reason)
		}
	}
}
