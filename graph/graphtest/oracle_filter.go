package graphtest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// reading answers one fetch. err is the first error met.
type reading struct {
	state *state
	fetch *graph.Fetch
	err   error
	// follows: names are followed, as a store does, and not a transaction.
	follows bool
	// foremost are the groups that come by themselves under a parent, of tallies by the same keys.
	foremost map[*graph.GroupKey]*foremost
	brought  *graph.Bringing
}

// place is a node and the relationship it was reached by, which is nil at a root.
type place struct {
	node
	via   *edge
	found map[int]map[*graph.Property]graph.Match // of a search: how each of its words was found, and in what
}

// reach are the places an edge leads to.
func (r *reading) reach(from place, e *graph.Edge) []place {
	if e.Strands != nil {
		return r.woven(from, e)
	}
	if e.Walks() {
		return r.walk(from, e, graph.MaxSteps)
	}
	var out []place
	for i := range r.state.edges {
		via := &r.state.edges[i]
		owner, target := via.From, via.To
		if !e.Out {
			owner, target = target, owner
		}
		if via.rel != e.Rel || owner != from.ID || !r.valid(e, via) {
			continue
		}
		for _, n := range r.state.nodes {
			if n.ID == target && slices.Contains(e.Targets, n.kind) {
				out = append(out, place{node: n, via: via})
			}
		}
	}
	return out
}

func (r *reading) valid(e *graph.Edge, via *edge) bool {
	at := int64(r.fetch.Now)
	if e.AsOf != nil {
		at = int64(*e.AsOf)
	}
	begins, ends, recorded := e.Dated()
	if recorded != nil {
		if since, is := via.Values[graph.RecordedAt].(int64); is && since > int64(*e.Known) {
			return false
		}
	}
	if begins == nil {
		return true
	}
	from, begun := r.stored(*begins, via.Values).(int64)
	to, ended := r.stored(*ends, via.Values).(int64)
	return (!begun || from <= at) && (!ended || at < to)
}

// the are the places that a to-one edge leads to: one, or none. Of several the main one counts, or else the one whose id comes first.
func (r *reading) the(from place, e *graph.Edge) []place {
	all := r.reach(from, e)
	if e.IsMain() {
		slices.SortFunc(all, func(a, b place) int { return cmp.Or(r.ranked(e, a, b), byID(a, b)) })
		return all[:min(len(all), 1)]
	}
	return first(all)
}

func first(all []place) []place {
	slices.SortFunc(all, byID)
	return all[:min(len(all), 1)]
}

// value is what a mention of a property has for a value: nil where it is missing or withheld.
func (r *reading) value(ref graph.Ref, p place, onEdge bool) any {
	if ref.When != nil && r.truth(ref.When, p) != yes {
		return nil
	}
	of := p.node.Values
	if onEdge {
		of = p.via.Values
	}
	switch {
	case !onEdge && ref.Prop == p.node.kind.Key:
		return p.node.Key
	}
	return r.stored(ref, of)
}

// stored is what is stored of a mention.
func (r *reading) stored(ref graph.Ref, of graph.Values) any {
	switch {
	case ref.Prop.Type == graph.Versions:
		return versionsOf(of, ref.Prop)
	case ref.Past():
		return r.valueAt(ref, of)
	}
	return of[ref.Prop.Name]
}

// versionsOf are the versions of some properties; nil: there are none.
func versionsOf(v graph.Values, among *graph.Property) any {
	all, _ := v[graph.VersionsOf].([]graph.Version)
	all = slices.DeleteFunc(slices.Clone(all), func(v graph.Version) bool {
		return !slices.ContainsFunc(among.Of, func(p *graph.Property) bool { return p.Name == v.Prop })
	})
	if len(all) == 0 {
		return nil
	}
	return all
}

// valueAt is what a tracked property had at a moment. One without versions has always had its value, and it is known since it was recorded.
func (r *reading) valueAt(ref graph.Ref, of graph.Values) any {
	at, known := ref.At.In(r.fetch.Now)
	all, _ := of[graph.VersionsOf].([]graph.Version)
	if v, kept := graph.InForce(all, ref.Prop.Name, at, known); kept {
		return v
	}
	if since, is := of[graph.RecordedAt].(int64); is && since > int64(known) {
		return nil
	}
	return of[ref.Prop.Name]
}

// truth has three values, ordered so that and is the least and or the greatest.
type truth int

const (
	no truth = iota - 1
	unknown
	yes
)

func is(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (r *reading) truth(f *graph.Filter, p place) truth {
	switch {
	case f == nil:
		return yes
	case f.And != nil:
		v := yes
		for _, g := range f.And {
			v = min(v, r.truth(g, p))
		}
		return v
	case f.Or != nil:
		v := no
		for _, g := range f.Or {
			v = max(v, r.truth(g, p))
		}
		return v
	case f.Not != nil:
		return -r.truth(f.Not, p)
	case f.Some != nil:
		v := no
		for _, q := range r.reach(p, f.Some.Edge) {
			v = max(v, r.truth(f.Some.Filter, q))
		}
		return v
	case f.Every != nil:
		v := yes
		for _, q := range r.reach(p, f.Every.Edge) {
			v = min(v, r.truth(f.Every.Filter, q))
		}
		return v
	case f.Total != nil:
		return r.total(f.Total, p)
	case f.Kind != nil && f.Kind != p.kind:
		return no
	case f.Kind != nil:
		return r.truth(f.Of, p)
	case f.Test != nil:
		return r.test(f.Test, p)
	case f.Fails != nil:
		return is(r.truth(f.Fails, p) != yes)
	}
	return yes
}

// named reports whether a test names a node by its id, or by one that leads to it.
func (r *reading) named(t *graph.Test, p place) bool {
	ids, several := t.Value.([]any)
	if !several {
		ids = []any{t.Value}
	}
	return slices.ContainsFunc(ids, func(id any) bool {
		_, asker := id.(graph.Given)
		id = r.fetch.Given(id)
		return id == p.ID || r.fetch.Leads.Value(id) == p.ID || r.follows && (asker || t.Follows()) && p.led(id.(string))
	})
}

func (r *reading) test(t *graph.Test, p place) truth {
	var v any = p.ID
	if !t.ID {
		v = r.value(graph.Ref{Prop: t.Ref.Prop, At: t.Ref.At}, p, t.OnEdge)
	}
	switch {
	case t.Ref.When != nil && r.truth(t.Ref.When, p) != yes:
		return unknown
	case t.With != nil:
		return compared(t, v, r.value(*t.With, p, t.OnEdge))
	case t.Op == graph.IsNull:
		return is(v == nil)
	case v == nil:
		return unknown
	case t.Ref.Prop != nil && t.Ref.Prop.Type == graph.Versions:
		return is(slices.ContainsFunc(v.([]graph.Version), func(was graph.Version) bool {
			text, _ := was.Value.(string)
			return slices.ContainsFunc(t.Value.([]any), func(part any) bool { return strings.Contains(fold.Loose(text), part.(string)) })
		}))
	case t.Op == graph.Mentions:
		v = fold.Loose(v.(string))
	case t.Fold:
		v = fold.Key(v.(string))
	}
	to := r.fetch.Given(t.Value)
	if t.ID {
		return is(r.named(t, p))
	}
	switch t.Op {
	case graph.Eq:
		return is(v == to)
	case graph.In:
		return is(slices.Contains(t.Value.([]any), v))
	case graph.StartsWith:
		return is(strings.HasPrefix(v.(string), t.Value.(string)))
	case graph.Mentions:
		return is(slices.ContainsFunc(t.Value.([]any), func(part any) bool { return strings.Contains(v.(string), part.(string)) }))
	case graph.Contains:
		return is(strings.Contains(v.(string), t.Value.(string)))
	case graph.Tells:
		return is(slices.ContainsFunc(v.([]string), func(text string) bool {
			a, err := graph.ParseAttribute(text)
			return err == nil && t.Value.(*graph.AttributeTest).Holds(a)
		}))
	case graph.Includes:
		return is(slices.Contains(v.([]string), t.Value.(string)))
	}
	return stands(t, v, to)
}

// compared is whether two properties of a node compare as a test says.
func compared(t *graph.Test, v, with any) truth {
	if v == nil || with == nil {
		return unknown
	}
	if t.Ref.Prop.Type != t.With.Prop.Type { // one is a day, and the other has one
		v, with = cutOf(graph.ByDay, graph.Time(v.(int64)).Std()), cutOf(graph.ByDay, graph.Time(with.(int64)).Std())
	}
	if t.Op == graph.Eq {
		return is(v == with)
	}
	return stands(t, v, with)
}

// stands is whether a value is less or more than another, as a test says.
func stands(t *graph.Test, v, to any) truth {
	if m, ok := v.(graph.Money); ok && m.Currency != to.(graph.Money).Currency {
		return unknown
	}
	c := t.Ref.Prop.Compare(v, to)
	return is(t.Op == graph.Lt && c < 0 || t.Op == graph.Lte && c <= 0 || t.Op == graph.Gt && c > 0 || t.Op == graph.Gte && c >= 0)
}
