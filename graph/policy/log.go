package policy

import (
	"context"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
)

// Logs keeps the event logs of cases as lenses may count them.
type Logs interface {
	// Log is that of all cases of a kind, as of the store's head. It is Unavailable, and says how far it is, while it is being read.
	Log(ctx context.Context, c *Counter, of *graph.Kind, now graph.Time) (*journey.Log, error)
	// Events is what is read of a case for whatever is asked: a list of the kind, of nodes that are yet to be named; nil: there are no journeys of the kind.
	Events(of *graph.Kind) *graph.List
	// Traits are the properties of a kind's nodes that its logs have as traits, in their order.
	Traits(of *graph.Kind) []*graph.Property
	// Measure is the property that a measure is read from.
	Measure(m journey.Measure) *graph.Property
}

// Journeys asks for the journeys of a kind's nodes.
type Journeys struct {
	Of  *graph.Kind
	Now graph.Time
	// Cases chooses those that are asked about: a list of the kind, with a filter and nothing else; nil: all.
	Cases *graph.List
	// Segments choose those that are compared, as Cases does; nil: all.
	Segments []*graph.List
	// By are what cases are told apart by: properties, and to-one edges to what is no person's.
	By []graph.GroupKey
	// Measures are asked for, too.
	Measures []journey.Measure
}

// An EventLog is what journeys are counted in, and how. Nothing of its cases and events may be told by itself where Fewest is not 0.
type EventLog struct {
	*journey.Log
	// Chosen says which cases the filter takes in; nil: all.
	Chosen func(c int) bool
	// Fewest is how many persons stand behind a number that is told, or beside it; 0: any.
	Fewest int
	// Small: too few persons stand behind the filter, or beside it, so that nothing is told.
	Small bool
	// Segments are those that were asked for.
	Segments []Segment
	// Values has, for each key that was asked for, the value of each case; empty: none is known.
	Values []func(c int) string
	// Unseen says why the purpose does not see the stages that cases take on.
	Unseen []*Withheld
	// Denied says of measures that were asked for why the purpose does not see them; nil: it does.
	Denied map[journey.Measure]*Withheld

	of     *graph.Kind
	asked  set
	chosen []choice
	having *journey.Having // those that are Chosen, where the log knows them
}

// Define is the definition by which the log is looked at.
func (l *EventLog) Define(m journey.Mapping) (d journey.Definition, err error) {
	if m.ByOutcome() {
		if l.Log, err = l.Log.ByOutcome(); err != nil {
			return d, err
		}
	}
	return l.Log.Define(m, l.Fewest)
}

// Tell begins to tell of the log, by a definition, of the cases that the filter takes in. Nil: too few persons stand behind these, or
// beside them.
func (l *EventLog) Tell(d journey.Definition) (*journey.Telling, error) {
	d.Cases, d.Having = l.Chosen, l.having
	v, err := l.View(d)
	if err != nil || l.Small {
		return nil, err
	}
	t, ok := v.Tell(l.Fewest)
	if !ok {
		return nil, nil
	}
	return t, nil
}

// In reports whether a case is of a segment.
func (l *EventLog) In(segment int) func(c int) bool {
	if has := l.Segments[segment].Has; has != nil {
		return has
	}
	return func(int) bool { return true }
}

// IDs are those of cases behind a number, to be read as a list of them is. Not ok: the purpose looks at groups of persons, and a case is none of
// them: nobody could say whom its being there tells of.
func (l *EventLog) IDs(cases []int) (ids []any, ok bool) {
	return graph.Map(cases, func(c int) any { return l.ID(c) }), l.Fewest == 0 || l.of.Person
}

// A Counter reads what a lens may count, for those who count persons behind what they tell: single nodes come as they do, though the purpose
// looks at groups alone. Nothing else is seen than by its guard.
type Counter struct {
	*Lens
	source Source
}

// Read answers a fetch, which it rewrites. A person who is asked for by her id comes where she stands in lists.
func (c *Counter) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	g := c.guard()
	for _, l := range f.Lists {
		g.root(l)
	}
	if g.err != nil {
		return nil, g.err
	}
	eachPerson(f.Lists, func(sel *graph.Selection) {
		if until := c.kinds[sel.Kind].consentUntil; until != nil && c.some(consent) {
			graph.Mention(&sel.Props, until)
		}
	})
	return c.source.Read(ctx, f)
}

// list reads one list.
func (c *Counter) list(ctx context.Context, now graph.Time, l *graph.List) (*graph.ListResult, error) {
	res, err := c.Read(ctx, &graph.Fetch{Now: now, Lists: []*graph.List{l}})
	if err != nil {
		return nil, err
	}
	return &res.Lists[0], nil
}

func (c *Counter) guard() *guard {
	g := c.newGuard()
	g.counts = true
	return g
}

// eachPerson visits the selections of persons.
func eachPerson(lists []*graph.List, visit func(*graph.Selection)) {
	for _, l := range lists {
		for _, sel := range l.Nodes {
			if sel.Kind.Person {
				visit(sel)
			}
			eachPerson(sel.Lists, visit)
		}
	}
}

// some reports whether the lens asks for one of some needs.
func (l *Lens) some(of ...need) bool {
	for _, n := range l.needs {
		if slices.Contains(of, n) {
			return true
		}
	}
	return false
}

// Expires is until when the consents of a person who was read hold, if the lens asks for one; she may be seen otherwise after.
func (c *Counter) Expires(row *graph.Row) (until graph.Time, ok bool) {
	at, ok := row.Value(c.kinds[row.Sel.Kind].consentUntil).(int64)
	return graph.Time(at), ok
}

// About are the persons whom a row is about, as far as the fetch that was read brought them. owner is the node that it was reached from.
func (c *Counter) About(l *graph.List, row *graph.Row, owner string) []string {
	return who(l, row, owner)
}

// Decides are the properties of a kind's nodes, beside those that are read, by which what is counted may become other.
func (c *Counter) Decides(k *graph.Kind) []string { return c.decides(k) }

// Counted reports whether it is known of all that a strand leads to how many persons stand behind it, or nobody asks.
func (c *Counter) Counted(s graph.Strand) bool {
	last := s.Hops[len(s.Hops)-1].To
	return c.fewest() == 0 || s.Hops[0].Edge.Owner.Person || last.OfPersons() ||
		!slices.ContainsFunc(s.Hops, func(h graph.Hop) bool { return h.To.OfPersons() })
}

// Trace finds where nodes stand, past the guard: what has to be read anew because of what has changed. Nothing of it is told.
func (c *Counter) Trace(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	return c.source.Read(ctx, f)
}

// Changes is what the feed has behind a place.
func (c *Counter) Changes(ctx context.Context, after int64, limit int) (*graph.Feed, error) {
	return c.source.Changes(ctx, after, limit)
}

// Journeys implements Reader.
func (g guarded) Journeys(ctx context.Context, q *Journeys) (*EventLog, error) {
	out := &EventLog{Fewest: int(g.viewer.fewest()), of: q.Of, Denied: map[journey.Measure]*Withheld{}}
	if g.logs == nil {
		return nil, &graph.Error{Code: graph.Forbidden, Message: "no journeys are kept here: kith serve --journey-memory gives them memory"}
	}
	if g.viewer.Own() {
		return nil, &graph.Error{Code: graph.PurposeDenied, Message: "journeys are those of many, and not for the purpose " + string(g.viewer.Purpose)}
	}
	events := g.logs.Events(q.Of)
	if events == nil {
		return nil, graph.Invalid("there are no journeys of the type %s", q.Of)
	}
	out.asked = g.viewer.asksOf(events)
	for _, ref := range events.Nodes[0].Props {
		if no := g.viewer.Property(ref.Prop); ref.Prop.Type == graph.Versions && no != nil {
			out.Unseen = append(out.Unseen, no)
		}
	}
	for _, m := range q.Measures {
		p := g.logs.Measure(m)
		out.asked |= g.viewer.shown(p)
		out.Denied[m] = g.viewer.Property(p)
	}
	var err error
	c := &Counter{g.viewer.Lens, g.source}
	if out.Log, err = g.logs.Log(ctx, c, q.Of, q.Now); err != nil {
		return out, err
	}
	cases, err := g.choose(ctx, q, q.Cases, out)
	if err != nil {
		return nil, err
	}
	out.Chosen, out.Small, out.having = cases.Has, cases.Small, cases.having
	for _, l := range q.Segments {
		segment, err := g.choose(ctx, q, l, out)
		if err != nil {
			return nil, err
		}
		out.Segments = append(out.Segments, segment)
	}
	for _, key := range q.By {
		values, err := c.values(ctx, q, key, out.Log, g.logs.Traits(q.Of))
		if err != nil {
			return nil, err
		}
		out.Values = append(out.Values, values)
		out.asked |= c.shownBy(q.Of, key)
	}
	return out, nil
}

// asksOf are the kinds of data that journeys ask of persons and the purpose permits.
func (l *Lens) asksOf(events *graph.List) set {
	s := set(0)
	for _, sel := range events.Nodes {
		if sel.Kind.OfPersons() {
			s |= l.permitted(sel.Kind.Existence)
		}
		for _, r := range sel.Props {
			if !r.Prop.Hidden && sel.Kind.OfPersons() {
				s |= l.shown(r.Prop)
			}
		}
		for _, b := range sel.Lists {
			s |= l.led(b.Edge) | l.asksOf(b)
		}
	}
	return s
}

// Journeys notes that all were asked about, or those whom the filter chose: nothing is told of one of them.
func (r recorded) Journeys(ctx context.Context, q *Journeys) (*EventLog, error) {
	out, err := r.Reader.Journeys(ctx, q)
	if err != nil {
		return nil, err
	}
	r.record.mu.Lock()
	defer r.record.mu.Unlock()
	var texts []string
	if q.Cases == nil {
		texts = []string{q.Of.Plural}
	}
	for _, c := range out.chosen {
		r.record.others |= c.inquiry.others
		for id, s := range c.inquiry.named {
			r.record.person(id, s|out.asked)
		}
		if chosen := c.inquiry.population(c.fetch, r.record.Mark); len(chosen) > 0 {
			texts = append(texts, chosen...)
		} else if q.Cases != nil {
			texts = append(texts, q.Of.Plural)
		}
	}
	for i := range texts {
		texts[i] = "journeys of " + texts[i]
	}
	r.record.many(out.asked, texts)
	return out, nil
}
