package write

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A telling notes what a batch changes, as the feed tells it. Its entry is written along with the first changes of the batch, so that it costs
// no statement, and once more with the last ones if there was something to add.
type telling struct {
	*applier
	nodes   []toldNode // as they were touched
	edges   []toldEdge
	nodeAt  map[string]int // by id
	edgeAt  map[edgeID]int
	written bool
	more    bool // than is written
}

// A toldNode is what has become of a node. One that came and went is not told.
type toldNode struct {
	kind  *graph.Kind
	id    string
	how   graph.Outcome
	names map[string]bool // and whether it has no value now; nil: none
	about []string        // to whom relationships led that have gone
}

type toldEdge struct {
	rel      *graph.Rel
	from, to string
	how      graph.Outcome
	names    map[string]bool
}

func toldChanges(a *applier) derivation {
	a.told = &telling{applier: a, nodeAt: map[string]int{}, edgeAt: map[edgeID]int{}}
	return a.told
}

func (t *telling) touch(c Change) {
	switch {
	case c.Kind != nil && t.tells(c.Kind):
		t.node(c)
	case c.Rel != nil && t.tells(t.cat.KindOf(edgeIn(c).From)):
		t.edge(c)
	}
}

func (t *telling) settle() ([]*graph.List, func([]graph.ListResult)) { return nil, nil }

// tells reports whether the feed tells of nodes of a kind, and of the relationships that they have.
func (t *telling) tells(k *graph.Kind) bool {
	return k != nil && k.Name != graph.ReceiptKind && !slices.Contains(graph.Own, k)
}

// edgeIn is the relationship that a change is of, as it is or was.
func edgeIn(c Change) *Edge {
	if c.NewEdge != nil {
		return c.NewEdge
	}
	return c.OldEdge
}

func (t *telling) node(c Change) {
	now := toldNode{kind: c.Kind}
	switch {
	case c.OldNode == nil:
		now.id, now.how = c.NewNode.ID, graph.Created
	case c.NewNode == nil:
		now.id, now.how = c.OldNode.ID, graph.Removed
	default:
		now.id, now.how, now.names = c.NewNode.ID, graph.Changed, differing(c.OldNode.Values, withVersions(c.NewNode.Values, t.pending.nodes[c.NewNode.ID].Values))
		if delete(now.names, graph.Loaded); len(now.names) == 0 { // or nothing but its key
			return
		}
	}
	t.more = true
	before := t.of(now.kind, now.id)
	before.how, before.names = became(before.how, now.how), both(before.names, now.names)
}

// withVersions are values with the versions that are written along with them.
func withVersions(v, along graph.Values) graph.Values {
	if all, given := along[graph.VersionsOf]; given {
		return merged(v, graph.Values{graph.VersionsOf: all})
	}
	return v
}

// of is what has become of a node so far.
func (t *telling) of(k *graph.Kind, id string) *toldNode {
	at, touched := t.nodeAt[id]
	if !touched {
		at = len(t.nodes)
		t.nodeAt[id], t.nodes = at, append(t.nodes, toldNode{kind: k, id: id})
	}
	return &t.nodes[at]
}

func (t *telling) edge(c Change) {
	e := edgeIn(c)
	now := toldEdge{rel: c.Rel, from: e.From, to: e.To}
	switch {
	case c.OldEdge == nil:
		now.how = graph.Created
	case c.NewEdge == nil:
		now.how = graph.Removed
		t.led(c.Rel, e)
	default:
		along := t.pending.edges[edgeID{c.Rel, c.OldEdge.Key}].Values
		now.how, now.names = graph.Changed, differing(c.OldEdge.Values, withVersions(c.NewEdge.Values, along))
		if len(now.names) == 0 {
			return
		}
	}
	if t.erases(e.From) || t.erases(e.To) { // to whom she was related is not told
		return
	}
	t.more = true
	id := edgeID{c.Rel, e.Key}
	at, touched := t.edgeAt[id]
	if touched && t.edges[at].from == now.from && t.edges[at].to == now.to {
		before := &t.edges[at]
		before.how, before.names = became(before.how, now.how), both(before.names, now.names)
		return
	} // or another one has taken its key
	t.edgeAt[id] = len(t.edges)
	t.edges = append(t.edges, now)
}

// led notes to whom a relationship that goes led, by the first hops of ways.
func (t *telling) led(r *graph.Rel, e *Edge) {
	for _, id := range []string{e.From, e.To} {
		k := t.cat.KindOf(id)
		if k == nil || k.Person {
			continue
		}
		for _, h := range firstHops(k) {
			owner, target, ok := t.leads(h.Edge, r, *e)
			if !ok || owner != id || t.cat.KindOf(target) != h.To {
				continue
			}
			graph.AddOnce(&t.of(k, id).about, target)
		}
	}
}

// both are names of either.
func both(a, b map[string]bool) map[string]bool {
	if a == nil {
		return b
	}
	maps.Copy(a, b)
	return a
}

// became is what two changes of one thing come to; Unchanged: it came and went.
func became(before, now graph.Outcome) graph.Outcome {
	switch {
	case before == graph.Created && now == graph.Removed:
		return graph.Unchanged
	case before == graph.Created, before == graph.Removed && now == graph.Changed:
		return before
	case before == graph.Removed && now == graph.Created:
		return graph.Changed
	}
	return now
}

// differing are the names of values that are not the same, and whether there is none now. Of versions these are the names of the properties that they are of: what one had
// before has changed.
func differing(old, now graph.Values) map[string]bool {
	out := map[string]bool{}
	for _, values := range []graph.Values{old, now} {
		for name := range values {
			switch {
			case reflect.DeepEqual(old[name], now[name]):
			case name == graph.VersionsOf:
				for _, v := range slices.Concat(versionsOf(old), versionsOf(now)) {
					if !slices.Equal(only(versionsOf(old), v.Prop), only(versionsOf(now), v.Prop)) {
						out[v.Prop] = now[v.Prop] == nil
					}
				}
			default:
				out[name] = now[name] == nil
			}
		}
	}
	return out
}

// only are the versions of one property.
func only(all []graph.Version, property string) []graph.Version {
	return slices.DeleteFunc(slices.Clone(all), func(v graph.Version) bool { return v.Prop != property })
}

// begin has the first changes that are carried out bring an entry along.
func (t *telling) begin(p *pending) {
	if t.written || len(p.Entries) > 0 {
		return
	}
	if p.NewEntry = t.entry(); p.NewEntry != nil {
		t.written, t.more = true, false
	}
}

// forgotten is how many entries are looked through together for persons who were erased.
const forgotten = 50

// announce has the last changes bring what the entry lacks. Persons who were erased are in no entry of before.
func (a *applier) announce(ctx context.Context) error {
	t := a.told
	erased := t.erased()
	for after, more := int64(0), len(erased) > 0; more; {
		entries, err := a.tx.Mentioning(ctx, erased, after, forgotten)
		if err != nil {
			return err
		}
		c := &Changes{}
		for i := range entries {
			forget(&entries[i], erased)
			c.Entries, after = append(c.Entries, &entries[i]), entries[i].Place
		}
		if more = len(entries) == forgotten; !c.Empty() {
			if err := a.tx.Write(ctx, c); err != nil {
				return err
			}
		}
	}
	if t.written && !t.more && len(erased) == 0 { // else its own was among those that mention her
		return nil
	}
	switch e := t.entry(); {
	case e == nil:
	case !t.written:
		a.pending.NewEntry, t.written = e, true
	default:
		a.pending.Entries = append(a.pending.Entries, e)
	}
	return nil
}

// erases reports whether the batch erases somebody, by whichever of her ids, or has led something to somebody who was erased before.
func (t *telling) erases(id string) bool {
	return t.again[id] || slices.Contains(t.former, id) || slices.ContainsFunc(t.batch.Erase, func(e graph.Erasure) bool { return e.Person == id })
}

// erased are those whom it does.
func (t *telling) erased() []string {
	out := slices.AppendSeq(slices.Clone(t.former), maps.Keys(t.again))
	for _, e := range t.batch.Erase {
		out = append(out, e.Person)
	}
	return distinct(out)
}

// entry is what the feed tells so far; nil: nothing. Of a person who is erased it tells only that something was: not to whom she was related.
// Nor does it tell of relationships between nodes that are new, which are read whole.
func (t *telling) entry() *graph.Entry {
	e := &graph.Entry{At: graph.Time(t.now), Nodes: make([]graph.TouchedNode, 0, len(t.nodes))}
	for i := range t.nodes {
		n := &t.nodes[i]
		now := graph.TouchedNode{Kind: n.kind, ID: n.id, How: n.how}
		switch {
		case n.how == graph.Unchanged, slices.Contains(t.former, n.id): // nor by which ids she was known
			continue
		case n.how == graph.Changed:
			now.Properties = slices.Sorted(maps.Keys(n.names))
			now.Gone = slices.DeleteFunc(slices.Clone(now.Properties), func(name string) bool { return !n.names[name] })
		case n.how == graph.Removed:
			now.About = n.about
		}
		e.Nodes = append(e.Nodes, now)
	}
	places := map[[3]string]int{}
	for i := range t.edges {
		l := &t.edges[i]
		if l.how == graph.Unchanged || t.erases(l.from) || t.erases(l.to) || t.created[l.from] && t.created[l.to] {
			continue
		}
		now := graph.TouchedEdge{Rel: l.rel, From: l.from, To: l.to, How: l.how}
		if l.how == graph.Changed {
			now.Properties = slices.Sorted(maps.Keys(l.names))
		}
		ends := [3]string{l.rel.Type, l.from, l.to}
		at, several := places[ends]
		if !several {
			places[ends] = len(e.Edges)
			e.Edges = append(e.Edges, now)
			continue
		}
		e.Edges[at] = together(e.Edges[at], now)
	}
	if len(e.Nodes)+len(e.Edges) == 0 {
		return nil
	}
	return e
}

// together is what became of several relationships of one type between two nodes.
func together(a, b graph.TouchedEdge) graph.TouchedEdge {
	switch {
	case a.How == graph.Changed && b.How == graph.Changed && a.Properties != nil && b.Properties != nil:
		a.Properties = distinct(slices.Concat(a.Properties, b.Properties))
	case a.How != b.How:
		a.How, a.Properties = graph.Changed, nil
	default:
		a.Properties = nil
	}
	return a
}

// forget takes persons out of an entry, which keeps its place.
func forget(e *graph.Entry, persons []string) {
	is := func(id string) bool { return slices.Contains(persons, id) }
	e.Nodes = slices.DeleteFunc(e.Nodes, func(n graph.TouchedNode) bool { return is(n.ID) })
	for i := range e.Nodes {
		e.Nodes[i].About = slices.DeleteFunc(e.Nodes[i].About, is)
	}
	e.Edges = slices.DeleteFunc(e.Edges, func(l graph.TouchedEdge) bool { return is(l.From) || is(l.To) })
}
