package write

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A historian keeps the values that tracked properties had, beside what they have now, whatever changes them. What is removed or erased
// leaves nothing.
type historian struct {
	*applier
	kept map[string][]graph.Version // of nodes that have changed, by their ids
}

func histories(a *applier) derivation { return &historian{a, map[string][]graph.Version{}} }

func (h *historian) touch(c Change) {
	if c.Kind == nil || c.OldNode == nil || c.NewNode == nil || c.Kind.Property(graph.VersionsOf) == nil {
		return
	}
	id, old, now := c.NewNode.ID, c.OldNode.Values, c.NewNode.Values
	before, known := h.kept[id]
	if !known {
		before = versionsOf(old)
	}
	after := before
	if told := versionsOf(now); !slices.Equal(told, versionsOf(old)) { // the change has them along
		after = told
	} else {
		for _, p := range c.Kind.Property(graph.VersionsOf).Of {
			switch changed := old[p.Name] != now[p.Name]; {
			case h.quiet && (changed || now[p.Name] == nil && now[graph.ErasedAt] != nil):
				after = without(after, p.Name)
			case !h.quiet && changed:
				after = h.tell(after, p, &old, now[p.Name], nil)
			}
		}
	}
	if h.kept[id] = after; !slices.Equal(after, before) {
		h.pending.nodes[id].Values[graph.VersionsOf] = orNothing(after)
	}
}

func (h *historian) settle() ([]*graph.List, func([]graph.ListResult)) { return nil, nil }

func versionsOf(v graph.Values) []graph.Version {
	all, _ := v[graph.VersionsOf].([]graph.Version)
	return all
}

func orNothing(all []graph.Version) any {
	if len(all) == 0 {
		return nil
	}
	return all
}

func without(all []graph.Version, property string) []graph.Version {
	return slices.DeleteFunc(slices.Clone(all), func(v graph.Version) bool { return v.Prop == property })
}

// tell adds to the versions of a node that a property has a value: from now on or, if it is told of the past, from then on. Old are the
// node's values, nil where it is new. What it had when it was recorded, without being told since when, it has had since ever, as far as is
// known; what is told of before that shows otherwise, and it has had it since it was recorded.
func (a *applier) tell(all []graph.Version, p *graph.Property, old *graph.Values, value any, at *graph.Time) []graph.Version {
	v := graph.Version{Prop: p.Name, From: a.host.Now, Known: a.host.Now, Until: graph.LastInstant, Value: value, Actor: a.batch.Actor, Source: a.batch.Source}
	if !slices.ContainsFunc(all, func(o graph.Version) bool { return o.Prop == p.Name }) && old != nil {
		first := graph.Version{Prop: p.Name, From: graph.FirstInstant, Known: graph.FirstInstant, Until: graph.LastInstant, Value: (*old)[p.Name]}
		if recorded, is := (*old)[graph.RecordedAt].(int64); is {
			first.Known = graph.Time(recorded)
		}
		if first.Value == value && at == nil {
			return all
		}
		all = graph.InOrder(append(slices.Clone(all), first))
	}
	newest := graph.Newest(all, p.Name)
	switch {
	case p.Tracking == graph.Corrected:
		v.From = graph.FirstInstant
	case at != nil:
		v.From, all = *at, a.sinceRecorded(all, p, *at)
	case newest != nil && newest.From >= v.From: // a clock may stand still, or go back
		v.From = newest.From + 1
	}
	return graph.Tell(all, v)
}

// sinceRecorded has what a property has had since ever begin when it was recorded, if that was later.
func (a *applier) sinceRecorded(all []graph.Version, p *graph.Property, than graph.Time) []graph.Version {
	i := slices.IndexFunc(all, func(v graph.Version) bool { return v.Prop == p.Name && v.Open() && v.From == graph.FirstInstant })
	if i < 0 {
		return all
	}
	first := all[i]
	if first.From = first.Known; first.Known == graph.FirstInstant { // nobody knows when that was
		first.From, first.Known = a.host.Now, a.host.Now
	}
	if first.From <= than {
		return all
	}
	all = slices.Clone(all)
	all[i].Until = a.host.Now
	return graph.Tell(all, first)
}

// born adds to the values of a new node since when it has those that are tracked. What is loaded has been so for nobody knows how long, and
// gets versions when it changes.
func (a *applier) born(k *graph.Kind, v graph.Values) {
	recorded(k.Properties, v, a.now)
	kept := k.Property(graph.VersionsOf)
	if a.batch.Loads || kept == nil {
		return
	}
	all := versionsOf(v)
	for _, p := range kept.Of {
		if p.Tracking == graph.Dated && v[p.Name] != nil && graph.Newest(all, p.Name) == nil {
			all = a.tell(all, p, nil, v[p.Name], nil)
		}
	}
	v[graph.VersionsOf] = orNothing(all)
}

// recall takes in what the batch says of the past of a node, and has its tracked properties be what they came to.
func (a *applier) recall(k nodeKey, want graph.Values) {
	past := a.past[k]
	if len(past) == 0 {
		return
	}
	old, there := a.have[k]
	var before *graph.Values
	if there {
		before = &old.Values
	}
	all := versionsOf(old.Values)
	for _, p := range k.kind.Property(graph.VersionsOf).Of {
		for _, n := range past {
			if v, given := n.Set[p.Name]; given {
				all = a.tell(all, p, before, v, n.At)
			}
		}
		newest := graph.Newest(all, p.Name)
		if newest == nil {
			continue // nothing was told but what it is
		}
		if v, given := want[p.Name]; given && newest.Value != v {
			all = a.tell(all, p, before, v, nil)
		} else if newest.Value != old.Values[p.Name] {
			want[p.Name] = newest.Value
		}
	}
	want[graph.VersionsOf] = orNothing(all)
}
