package graph

import (
	"cmp"
	"slices"
)

// Names of properties by which stores keep what was before.
const (
	// RecordedAt is when a node or a relationship was first written here: an instant.
	RecordedAt = "recordedAt"
	// VersionsOf is the hidden property with the values that tracked properties of a node, or a relationship, had.
	VersionsOf = "versions"
)

// Columns beside versions: the latest From and the latest Known of all of them, which are Settled by a moment that is behind neither. Few
// values are of before that, so that most reads of what was need no version.
const (
	LastFrom  = "versions_last_from"
	LastKnown = "versions_last_known"
)

// Tracking is what is kept of the values that a property had.
type Tracking uint8

// The trackings.
const (
	Untracked Tracking = iota
	Dated              // since when each held, and when that was recorded
	Corrected          // when each was recorded: it holds whenever, until it is corrected
)

// FirstInstant is the first microsecond of the year 1, in UTC: a Version from then holds since ever.
const FirstInstant Time = -62135596800000000

// A Version is a value that a tracked property had. Those of a property, as of one Known, are in force one after the other: each from its
// From to that of the next. What is not Dated has all its versions from FirstInstant. A property without any has always had its value, as
// far as is known: stores keep versions of what was given here, has changed, or was told of the past, and not of what was loaded once.
type Version struct {
	Prop   string // name of the property
	From   Time   // since when the value holds
	Known  Time   // when that was recorded
	Until  Time   // when something else was recorded in its place; LastInstant: nothing was
	Value  any    // nil: it was missing
	Actor  string // who brought it; empty: not known
	Source string // where it came from; empty: not known
}

// Open reports whether nothing was recorded in a version's place.
func (v *Version) Open() bool { return v.Until == LastInstant }

// A Moment is as of when something is read: as it was then, and as that was known then.
type Moment struct {
	At    *Time // nil: the fetch's Now
	Known *Time // nil: by all that is known
}

// AllKnown is a time at which all is known: a Moment's, where it has none.
const AllKnown = LastInstant - 1

// In is the moment as two times, within a fetch that has a Now.
func (m *Moment) In(now Time) (at, known Time) {
	at, known = now, AllKnown
	if m.At != nil {
		at = *m.At
	}
	if m.Known != nil {
		known = *m.Known
	}
	return at, known
}

// As is the edge as of a moment, as far as it is not of another time already.
func (e *Edge) As(m Moment) *Edge {
	as := *e
	if e.Current() && e.AsOf == nil {
		as.AsOf = m.At
	}
	as.Known, as.Strands = m.Known, m.strands(e.Strands)
	return &as
}

// strands go along edges as of the moment, each of which is one and the same wherever it was, to times as of then.
func (m *Moment) strands(all []Strand) []Strand {
	all = slices.Clone(all)
	as := map[*Edge]*Edge{}
	for i := range all {
		s := &all[i]
		s.Hops = slices.Clone(s.Hops)
		for j := range s.Hops {
			h := &s.Hops[j]
			if as[h.Edge] == nil {
				as[h.Edge] = h.Edge.As(*m)
			}
			h.Edge = as[h.Edge]
		}
		m.Read(&s.At)
	}
	return all
}

// Read has a mention be of the moment, if its property may have been something else then: what is not Dated has its present value at any
// time, unless it is asked what was known.
func (m *Moment) Read(r *Ref) {
	if p := r.Prop; p != nil && p.Versions != nil && (p.Tracking == Dated || m.Known != nil) {
		r.At = m
	}
}

// Dated are the bounds of the valid time of the relationships that the edge goes along, and when they were recorded, as mentions as of the
// edge's Known; nil: they have none.
func (e *Edge) Dated() (from, to, recorded *Ref) {
	r := e.Rel
	if e.Walks() {
		r = e.Along
	}
	mention := func(name string) *Ref {
		if p := r.Property(name); p != nil {
			return e.mention(p)
		}
		return nil
	}
	if e.Current() {
		from, to = mention("from"), mention("to")
	}
	if e.Known != nil {
		recorded = mention(RecordedAt)
	}
	return from, to, recorded
}

// Holds reports whether the version is in force at a time, as it was known at another.
func (v *Version) Holds(at, known Time) bool {
	return v.From <= at && v.Known <= known && known < v.Until
}

// InForce is the value that a property had at a time, as it was known at another; kept: there are versions of it.
func InForce(all []Version, property string, at, known Time) (value any, kept bool) {
	for i := range all {
		switch v := &all[i]; {
		case v.Prop != property:
		case v.Holds(at, known):
			return v.Value, true
		default:
			kept = true
		}
	}
	return nil, kept
}

// Newest is the version of a property that is in force now; nil: none is kept.
func Newest(all []Version, property string) *Version {
	i := slices.IndexFunc(all, func(v Version) bool { return v.Prop == property && v.Open() })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// InOrder puts versions into the order in which stores keep them: the last one in force first, and of several from one instant the last
// one recorded.
func InOrder(all []Version) []Version {
	return slices.SortedStableFunc(slices.Values(all), func(a, b Version) int {
		return cmp.Or(cmp.Compare(b.From, a.From), cmp.Compare(b.Known, a.Known), cmp.Compare(a.Prop, b.Prop))
	})
}

// Settled are the latest From and the latest Known among versions. As of a moment that is before neither, each property has what it has now.
func Settled(all []Version) (from, known Time) {
	from, known = FirstInstant, FirstInstant
	for i := range all {
		from, known = max(from, all[i].From), max(known, all[i].Known)
	}
	return from, known
}

// TrackedOf are the properties among some of which versions are kept.
func TrackedOf(props []*Property) []*Property {
	return slices.DeleteFunc(slices.Clone(props), func(p *Property) bool { return p.Tracking == Untracked })
}

// Track has a property of versions be kept beside those that are tracked, and each of these know its own: the mention of that in an output
// has the versions of the one property, and discloses what the property does.
func Track(props []*Property) []*Property {
	tracked := TrackedOf(props)
	if len(tracked) == 0 {
		return props
	}
	for _, p := range tracked {
		p.Versions = &Property{Name: VersionsOf, Type: Versions, Category: p.Category, Also: p.Also, Only: p.Only, Owner: p.Owner, Internal: p.Internal, Of: []*Property{p}}
	}
	return append(props, &Property{Name: VersionsOf, Type: Versions, Category: CategoryCompany, Owner: tracked[0].Owner, Hidden: true, Of: tracked})
}

// Tell adds that a property has a value from an instant, which was recorded at another. What was said of the same instant is superseded.
// Versions are InOrder; all are left as they are where nothing is new.
func Tell(all []Version, v Version) []Version {
	is := func(o Version) bool { return o.Prop == v.Prop && o.From == v.From && o.Open() }
	out := slices.Clone(all)
	switch i := slices.IndexFunc(out, is); {
	case i >= 0 && out[i].Value == v.Value:
		return all
	case i >= 0 && out[i].Known == v.Known: // both were said at once
		out = slices.Delete(out, i, i+1)
	case i >= 0:
		out[i].Until = v.Known
	}
	return InOrder(append(out, v))
}
