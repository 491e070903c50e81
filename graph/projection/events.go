// Package projection keeps the event logs of cases in memory, as purposes may count them: it reads them from a store through the guard of a
// policy, and keeps them as fresh as the store by what the feed of changes tells.
package projection

import (
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
)

// A description says what of a kind's nodes tells what took place, beside the strand of the timeline that leads there.
type description struct {
	detail, channel string // properties, enumerations
	called          string // a property, a text that takes the place of detail where it is there
	felt            string // a property, which says how it was felt
	outcome         string // a property, a text or an enumeration, which says what came of it
	// further are instants of the node at which something took place, too, under a name of its own.
	further []moment
	staged  string // a tracked property: each value that it takes on is an event
	stage   string // and is called by this
}

// A moment is an instant of a node that is an event.
type moment struct{ property, name, detail string }

// described are the kinds whose events are told apart by more than their strand.
var described = map[string]description{
	"Interaction":          {detail: "kind", channel: "channel", called: "activity", felt: "sentiment", outcome: "result"},
	"Order":                {outcome: "orderStatus", further: []moment{{"shippedAt", "ORDER_SHIPPED", ""}}},
	"Return":               {detail: "reason", outcome: "returnStatus", further: []moment{{"receivedAt", "RETURN_RECEIVED", ""}}},
	"Case":                 {detail: "kind", outcome: "status", further: []moment{{"resolvedAt", "CASE_RESOLVED", "kind"}}},
	"Customer":             {staged: "journeyStage", stage: "STAGE"},
	"Deal":                 {detail: "type", outcome: "outcome", staged: "stage", stage: "DEAL_STAGE"}, // it is closed by its last stage
	"SubscriptionContract": {further: []moment{{"to", "SUBSCRIPTION_ENDED", ""}}},
	"Feedback":             {detail: "instrument", felt: "score"},
	"Campaign":             {detail: "campaignKind"},
	"HiddenEvent":          {detail: "kind", channel: "control"}, // it comes by whoever could have prevented it
}

// An alphabet is the activities that the catalog knows, whatever is stored.
type alphabet []string

func (a *alphabet) add(name string) { graph.AddOnce((*[]string)(a), name) }

// values are those of an enumeration among the parts of an activity; no property: the part is empty.
func values(p *graph.Property) []string {
	if p == nil {
		return []string{""}
	}
	return append(slices.Clone(p.Values), journey.Unknown)
}

// valueOf is that part of a node.
func valueOf(p *graph.Property, of func(*graph.Property) any) string {
	if p == nil {
		return ""
	}
	if s, ok := of(p).(string); ok && slices.Contains(p.Values, s) {
		return s
	}
	return journey.Unknown
}

// A notion is what a case is: a kind with a timeline.
type notion struct {
	of       *graph.Kind
	list     *graph.List       // that reads cases with their events
	asked    *graph.List       // of that what each question asks for: not how anything was felt, nor what cases are told apart by
	traits   []*graph.Property // by which cases are told apart
	alphabet alphabet
	kinds    map[*graph.Kind]*reading
	own      []beginning     // what the case is itself, where it stands in other timelines
	closing  *graph.Property // of the case: nothing comes behind it; nil: something may always come
	valid    []*graph.Edge   // whose relationships are read as of now
	passing  []string        // strands that lead past persons to what is about nobody: their events name nobody
	trace    *trace
}

// A beginning is an instant of the case at which it is an event of its own, under the name that others have for it.
type beginning struct {
	kind string
	at   *graph.Property
}

// A reading says what is read of nodes of a kind.
type reading struct {
	description
	detail, channel, called, sequence, felt, outcome *graph.Property
	staged                                           *graph.Property
	further                                          []furtherMoment
}

type furtherMoment struct {
	name       string
	at, detail *graph.Property
}

// closings are the instants of cases behind which nothing comes.
var closings = map[string]string{"Case": "resolvedAt", "Deal": "closedAt"}

// notionOf works out how cases of a kind are read.
func notionOf(cat *graph.Catalog, k *graph.Kind) (*notion, error) {
	n := &notion{of: k, kinds: map[*graph.Kind]*reading{}}
	e := k.Timeline
	at, kind := e.Rel.Property(graph.EntryAt), e.Rel.Property(graph.EntryKind)
	events := &graph.List{Key: "events", Edge: e, Rows: true, Page: graph.Page{Limit: mostEvents}, HasNext: true,
		Props: []graph.Ref{{Prop: kind}, {Prop: at}}, Order: []graph.Order{{Prop: &graph.Ref{Prop: at}, OnEdge: true}}}
	for _, to := range e.Targets {
		if !slices.ContainsFunc(e.Strands, func(s graph.Strand) bool { return s.Hops[len(s.Hops)-1].To == to }) {
			continue
		}
		r, err := readingOf(to)
		if err != nil {
			return nil, err
		}
		n.kinds[to] = r
		events.Nodes = append(events.Nodes, &graph.Selection{Kind: to, Props: graph.Refs(r.properties()...)})
	}
	for _, s := range e.Strands {
		n.letters(s.Kind, n.kinds[s.Hops[len(s.Hops)-1].To])
		if !s.Hops[len(s.Hops)-1].To.OfPersons() && slices.ContainsFunc(s.Hops, func(h graph.Hop) bool { return h.To.Person }) {
			n.passing = append(n.passing, s.Kind)
		}
		for i, h := range s.Hops {
			if !h.Edge.Current() {
				continue
			}
			if i > 0 {
				return nil, fmt.Errorf("journeys of %s: %s has valid time, and stands behind another edge, so that nobody could say when it ends", k, h.Edge)
			}
			graph.AddOnce(&n.valid, h.Edge)
		}
	}
	own := &graph.Selection{Kind: k, Lists: []*graph.List{events}}
	if err := n.itself(cat, own); err != nil {
		return nil, err
	}
	if name := closings[k.Name]; name != "" {
		n.closing = k.Property(name)
		if !slices.ContainsFunc(own.Props, func(r graph.Ref) bool { return r.Prop == n.closing }) {
			own.Props = append(own.Props, graph.Ref{Prop: n.closing})
		}
	}
	for _, e := range n.valid {
		from, to, _ := e.Dated()
		bounds := &graph.List{Key: "valid " + e.Name, Edge: e.Ever(), Rows: true, Page: graph.Page{Limit: mostEvents}, Props: []graph.Ref{*from, *to}}
		bounds.Nodes = graph.Bare(e.Targets)
		own.Lists = append(own.Lists, bounds)
	}
	n.list = &graph.List{Key: k.Plural, Nodes: []*graph.Selection{own}, Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: manyCases}}
	n.asked = n.unfelt()
	for _, p := range k.Properties {
		if isTrait(p) {
			n.traits = append(n.traits, p)
			graph.Mention(&own.Props, p)
		}
	}
	n.trace = traceOf(n)
	if _, err := journey.NewBuilder(n.alphabet, k.Person); err != nil {
		return nil, fmt.Errorf("journeys of %s: %w", k, err)
	}
	return n, nil
}

// isTrait reports whether cases are told apart by a property in memory: it has few values, and one condition says whether a purpose sees them.
func isTrait(p *graph.Property) bool {
	return (p.Type == graph.Enum || p.Type == graph.Bool || p.Type == graph.String && p.Groupable) && !p.Hidden && p.Also == nil
}

// unfelt is the list without what says how anything was felt.
func (n *notion) unfelt() *graph.List {
	out := n.list.Copy()
	for _, l := range out.Nodes[0].Lists {
		for _, sel := range l.Nodes {
			if r := n.kinds[sel.Kind]; r != nil {
				sel.Props = slices.DeleteFunc(sel.Props, func(ref graph.Ref) bool { return ref.Prop == r.felt })
			}
		}
	}
	return out
}

// itself has what a case is in the timelines of others be read, as an event of its own.
func (n *notion) itself(cat *graph.Catalog, own *graph.Selection) (err error) {
	for _, k := range cat.Kinds {
		if k.Timeline == nil {
			continue
		}
		for _, s := range k.Timeline.Strands {
			b := beginning{s.Kind, s.At.Prop}
			if s.Hops[len(s.Hops)-1].To == n.of && !s.OnEdge && !slices.Contains(n.own, b) {
				n.own = append(n.own, b)
			}
		}
	}
	if len(n.own) == 0 && described[n.of.Name].staged == "" {
		return nil
	}
	if n.kinds[n.of], err = readingOf(n.of); err != nil {
		return err
	}
	if len(n.own) == 0 {
		n.stages(n.kinds[n.of])
	}
	for _, b := range n.own {
		n.letters(b.kind, n.kinds[n.of])
		own.Props = append(own.Props, graph.Ref{Prop: b.at})
	}
	own.Props = append(own.Props, graph.Refs(n.kinds[n.of].properties()...)...)
	return nil
}

// counted is the list that reads cases, without strands of which nobody could say how many persons stand behind them.
func (n *notion) counted(c *policy.Counter) *graph.List {
	out := n.list.Copy()
	for _, l := range out.Nodes[0].Lists {
		if l.Edge.Strands == nil {
			continue
		}
		l.Edge = l.Edge.Of(slices.DeleteFunc(slices.Clone(l.Edge.Strands), func(s graph.Strand) bool { return !c.Counted(s) }))
		l.Nodes = slices.DeleteFunc(l.Nodes, func(sel *graph.Selection) bool {
			return !slices.ContainsFunc(l.Edge.Strands, func(s graph.Strand) bool { return s.Hops[len(s.Hops)-1].To == sel.Kind })
		})
	}
	return out
}

func readingOf(k *graph.Kind) (*reading, error) {
	d := described[k.Name]
	r := &reading{description: d}
	var err error
	find := func(name string) *graph.Property {
		if name == "" {
			return nil
		}
		p := k.Property(name)
		if p == nil {
			p = k.Field(name)
		}
		if p == nil && err == nil {
			err = fmt.Errorf("journeys: %s has no property %s", k, name)
		}
		return p
	}
	r.detail, r.channel, r.called, r.felt, r.outcome = find(d.detail), find(d.channel), find(d.called), find(d.felt), find(d.outcome)
	if d.staged != "" {
		r.staged = find(d.staged)
	}
	for _, m := range d.further {
		r.further = append(r.further, furtherMoment{m.name, find(m.property), find(m.detail)})
	}
	for _, p := range k.Properties {
		if p.Within != nil {
			r.sequence = p.Within
		}
	}
	return r, err
}

// properties are all that is read of a node.
func (r *reading) properties() (out []*graph.Property) {
	out = []*graph.Property{r.detail, r.channel, r.called, r.sequence, r.felt, r.outcome}
	if r.staged != nil {
		out = append(out, r.staged.Versions)
	}
	for _, f := range r.further {
		out = append(out, f.at, f.detail)
	}
	var once []*graph.Property
	graph.AddOnce(&once, out...)
	return slices.DeleteFunc(once, func(p *graph.Property) bool { return p == nil })
}

// letters adds the activities of a strand to the alphabet.
func (n *notion) letters(what string, r *reading) {
	for _, d := range values(r.detail) {
		for _, c := range values(r.channel) {
			n.alphabet.add(journey.Name(what, d, c))
		}
	}
	for _, f := range r.further {
		for _, d := range values(f.detail) {
			n.alphabet.add(journey.Name(f.name, d, ""))
		}
	}
	n.stages(r)
}

// stages adds those of a kind.
func (n *notion) stages(r *reading) {
	if r.staged == nil {
		return
	}
	for _, d := range values(r.staged) {
		n.alphabet.add(journey.Name(r.stage, d, ""))
	}
}

// An occurrence is an event whose activity is told by its name.
type occurrence struct {
	activity string
	journey.Event
}

// events are what a row of the timeline tells of: the entry, and what else took place of the node. A node that is entered twice as
// one and the same is told of once, which those who put events together see to.
func (n *notion) events(entry *graph.Row, persons []string) []occurrence {
	what, _ := entry.Edge[0].(string)
	return n.happened(entry, what, entry.Edge[1], persons)
}

// itsOwn are the events of a case itself: those that it is in other timelines, or only its stages.
func (n *notion) itsOwn(row *graph.Row, persons []string) (out []occurrence) {
	if len(n.own) == 0 {
		return n.happened(row, "", nil, persons)
	}
	for _, b := range n.own {
		out = append(out, n.happened(row, b.kind, valueIn(row, b.at), persons)...)
	}
	return out
}

// valueIn is what was read of a property; nil, too, where the purpose denies it.
func valueIn(row *graph.Row, p *graph.Property) any {
	i := slices.IndexFunc(row.Sel.Props, func(ref graph.Ref) bool { return ref.Prop == p })
	if i < 0 {
		return nil
	}
	return row.Props[i]
}

// happened are the events of a node, of which one is called so.
func (n *notion) happened(row *graph.Row, what string, at any, persons []string) (out []occurrence) {
	r := n.kinds[row.Sel.Kind]
	of := func(p *graph.Property) any { return valueIn(row, p) }
	add := func(at any, what, detail, channel string, sequence int64) {
		if t, ok := at.(int64); ok {
			name := journey.Name(what, detail, channel)
			out = append(out, occurrence{name, journey.Event{At: t, Sequence: sequence, ID: row.ID + " " + name, Persons: persons}})
		}
	}
	sequence := int64(journey.NoSequence)
	if r.sequence != nil {
		if s, ok := of(r.sequence).(int64); ok {
			sequence = s
		}
	}
	detail := valueOf(r.detail, of)
	if r.called != nil {
		if s, ok := of(r.called).(string); ok {
			detail = s
		}
	}
	add(at, what, detail, valueOf(r.channel, of), sequence)
	if len(out) > 0 {
		out[0].Felt = r.feels(of)
		if r.outcome != nil {
			out[0].Outcome, _ = of(r.outcome).(string)
		}
	}
	for _, f := range r.further {
		add(of(f.at), f.name, valueOf(f.detail, of), "", journey.NoSequence)
	}
	if r.staged != nil {
		versions, _ := of(r.staged.Versions).([]graph.Version)
		for _, v := range versions {
			if v.Open() && v.From > graph.FirstInstant {
				add(int64(v.From), r.stage, valueOf(r.staged, func(*graph.Property) any { return v.Value }), "", journey.NoSequence)
			}
		}
	}
	return out
}

// feels is what a node says of how it was felt.
func (r *reading) feels(of func(*graph.Property) any) journey.Felt {
	if r.felt == nil {
		return 0
	}
	v, said := of(r.felt).(int64)
	switch {
	case !said:
		return 0
	case r.felt.Type == graph.Float:
		return journey.Mood(v)
	}
	instrument, _ := of(r.detail).(string)
	return journey.Answered(instrument, v)
}
