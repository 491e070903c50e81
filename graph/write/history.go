package write

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/rules"
)

// A historian keeps the values that tracked properties had, beside what they have now, whatever changes them. What is removed or erased
// leaves nothing.
type historian struct {
	*applier
	nodes map[string][]graph.Version // of nodes that have changed, by their ids
	edges map[edgeID][]graph.Version // of relationships
}

func histories(a *applier) derivation {
	return &historian{a, map[string][]graph.Version{}, map[edgeID][]graph.Version{}}
}

func (h *historian) touch(c Change) {
	switch {
	case c.OldNode != nil && c.NewNode != nil:
		changed(h, h.nodes, c.NewNode.ID, c.Kind.Properties, c.OldNode.Values, c.NewNode.Values, func() graph.Values { return h.pending.nodes[c.NewNode.ID].Values })
	case c.OldEdge != nil && c.NewEdge != nil:
		id := edgeID{c.Rel, c.OldEdge.Key}
		changed(h, h.edges, id, c.Rel.Properties, c.OldEdge.Values, c.NewEdge.Values, func() graph.Values { return h.pending.edges[id].Values })
	}
}

// changed keeps what the properties of a node or a relationship had.
func changed[ID comparable](h *historian, kept map[ID][]graph.Version, id ID, props []*graph.Property, old, now graph.Values, pending func() graph.Values) {
	i := slices.IndexFunc(props, func(p *graph.Property) bool { return p.Name == graph.VersionsOf })
	if i < 0 {
		return
	}
	before, known := kept[id]
	if !known {
		before = versionsOf(old)
	}
	after := before
	told := versionsOf(now)
	if slices.Equal(told, versionsOf(old)) {
		told = nil
	} else { // the change has them along
		after = told
	}
	for _, p := range props[i].Of {
		switch changed := old[p.Name] != now[p.Name]; {
		case h.quiet && now[p.Name] == nil && (changed || now[graph.ErasedAt] != nil):
			after = without(after, p.Name)
		case !h.quiet && changed && told == nil:
			after = h.tell(after, p, &old, now[p.Name], nil)
		}
	}
	if kept[id] = after; !slices.Equal(after, before) {
		pending()[graph.VersionsOf] = orNothing(after)
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

// rewritten are versions with their texts written otherwise; nil: none is.
func rewritten(all []graph.Version, write func(string) string) []graph.Version {
	out := slices.Clone(all)
	for i := range out {
		if text, is := out[i].Value.(string); is {
			out[i].Value = write(text)
		}
	}
	if slices.Equal(out, all) {
		return nil
	}
	return out
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

// sinceRecorded has what a property has had since ever begin when it was recorded, if that was later. That it had none was told by nobody.
func (a *applier) sinceRecorded(all []graph.Version, p *graph.Property, than graph.Time) []graph.Version {
	i := slices.IndexFunc(all, func(v graph.Version) bool {
		return v.Prop == p.Name && v.Value != nil && v.Open() && v.From == graph.FirstInstant
	})
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

// recall takes in what the batch says of the past of a node, and what it takes over of that from another, and has its tracked properties be what they came to.
func (a *applier) recall(k nodeKey, want graph.Values) {
	past, over := a.past[k], a.names.past[k]
	if len(past)+len(over) == 0 {
		return
	}
	old, there := a.have[k]
	var before *graph.Values
	if there {
		before = &old.Values
	}
	all := graph.InOrder(slices.Concat(versionsOf(old.Values), over))
	tracked := k.kind.Property(graph.VersionsOf).Of
	for _, p := range tracked {
		for _, n := range past {
			if v, given := n.Set[p.Name]; given {
				all = a.tell(all, p, before, v, n.At)
			}
		}
	}
	all = a.spells(k, all, before, merged(old.Values, want))
	for _, p := range tracked {
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

// spells tells what follows from each state that a node is known to have been in: what an end needs holds while there is one, and not before. Now are the values that
// it comes to.
func (a *applier) spells(k nodeKey, all []graph.Version, before *graph.Values, now graph.Values) []graph.Version {
	life := k.kind.Lifecycle
	if life == nil || life.Status.Tracking != graph.Dated {
		return all
	}
	states := graph.Where(all, func(v graph.Version) bool {
		return v.Prop == life.Status.Name && v.Open() && v.From != graph.FirstInstant
	})
	for i, state := range slices.Backward(states) { // the last one in force stands first
		have := graph.Values{}
		for _, p := range life.Bound {
			v, kept := graph.InForce(all, p.Name, state.From, graph.AllKnown)
			if !kept && !life.Needed(p) {
				v = now[p.Name]
			}
			have[p.Name] = v
		}
		follows := rules.Follow(life, graph.Values{life.Status.Name: state.Value}, have, &state.From)
		for _, p := range life.Bound {
			v, moves := follows[p.Name]
			if moves && v != nil && p.Type == graph.Instant {
				v = a.ended(k, p, states[:i], state.From, now)
			}
			if !moves || v == have[p.Name] {
				continue
			}
			old := before
			if life.Needed(p) { // it was missing before there was an end
				old = nil
			}
			all = a.tell(all, p, old, v, &state.From)
		}
	}
	return all
}

// ended is when something ended that was at an end from then on. If it has been at one ever since, as the states after that say, that is told exactly by what it
// has now; a file need not know it.
func (a *applier) ended(k nodeKey, p *graph.Property, after []graph.Version, from graph.Time, now graph.Values) any {
	life := k.kind.Lifecycle
	since := !slices.ContainsFunc(after, func(v graph.Version) bool {
		state, _ := v.Value.(string)
		end := life.End(state)
		return end == nil || !slices.Contains(end.Needs, p)
	})
	if since && (now[p.Name] != nil || a.batch.Loads) {
		return now[p.Name]
	}
	if begins := k.kind.Begins; begins != nil {
		if began, known := now[begins.Name].(int64); known {
			from = max(from, graph.Time(began))
		}
	}
	return int64(from)
}

// Kept is what Columns has of versions: each store has columns of its own for them.
type Kept struct {
	Among []*graph.Property
	All   []graph.Version
}

// Parts are a value as stores keep it in a version: the columns of its property, one after the other. None of a missing value.
func Parts(p *graph.Property, v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case graph.Money:
		return []any{v.Amount, v.Currency}
	case string:
		if p.Type == graph.String {
			return []any{v, fold.Key(v)}
		}
	}
	return []any{v}
}

// Each gives each version with its property. One of a property that is not tracked any more is left out.
func (k Kept) Each(do func(p *graph.Property, v *graph.Version)) {
	for i := range k.All {
		if p := trackedBy(k.Among, k.All[i].Prop); p != nil {
			do(p, &k.All[i])
		}
	}
}

func trackedBy(among []*graph.Property, name string) *graph.Property {
	return graph.First(among, func(p *graph.Property) bool { return p.Name == name })
}

// Version is one whose value has Parts, which may be written as texts; nil: its property is not among some. Nil parts: it had no value.
func Version(among []*graph.Property, v graph.Version, first any, second string) (*graph.Version, error) {
	p := trackedBy(among, v.Prop)
	text, is := first.(string)
	switch {
	case p == nil:
		return nil, nil
	case first == nil:
	case is && (p.Type == graph.String || p.Type == graph.Enum):
		v.Value = text
	default:
		n, err := strconv.ParseInt(fmt.Sprint(first), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("a version of %s has %q", p.Path(), first)
		}
		if v.Value = n; p.Type == graph.Amount {
			v.Value = graph.Money{Amount: n, Currency: second}
		}
	}
	return &v, nil
}
