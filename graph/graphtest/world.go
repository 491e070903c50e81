package graphtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/rules"
	"github.com/kithgraph/kith/graph/write"
)

// A World is a small random graph: few distinct values, so that there are ties, many missing ones, and all that is awkward.
type World struct {
	// Batches are to be written one after the other. A store refuses the last one.
	Batches []*graph.Batch

	catalog *graph.Catalog
	rng     *rand.Rand
	texts   []string
	nodes   map[*graph.Kind][]string // ids in the world's source
	ids     map[*graph.Kind][]string // as a store with IDs gives them
	further map[*graph.Kind][]graph.External
	oracle  *Oracle
}

const worldSource = "world.1"

// NewWorld makes a world. Stores that are to be compared take their ids from IDs.
func NewWorld(rng *rand.Rand, cat *graph.Catalog) *World {
	w := &World{catalog: cat, rng: rng, nodes: map[*graph.Kind][]string{}, ids: map[*graph.Kind][]string{}, further: map[*graph.Kind][]graph.External{}, oracle: NewOracle(cat, IDs())}
	for range 4 {
		w.texts = append(w.texts, pick(rng, hostile))
	}
	w.texts = append(w.texts, "Ann", "ann", "Bob", "Johansson Ann", "Jo-Hanson", "+49 30 4711")
	w.add(w.creation())
	w.add(w.change())
	w.add(w.merges())
	w.refused()
	return w
}

func pick[T any](rng *rand.Rand, of []T) T { return of[rng.IntN(len(of))] }

// chance is true n times in a hundred.
func chance(rng *rand.Rand, n int) bool { return rng.IntN(100) < n }

// add takes a batch without the elements that cannot be right.
func (w *World) add(b *graph.Batch) {
	for {
		trial := &Oracle{catalog: w.catalog, newID: write.RandomID, state: w.oracle.state}
		_, err := trial.Write(context.Background(), b)
		var bad *graph.BatchError
		if !errors.As(err, &bad) {
			break
		}
		Mend(b, bad)
	}
	w.Batches = append(w.Batches, b)
	report, err := w.oracle.Write(context.Background(), b)
	if err != nil {
		panic(err) // the batch is right, and an Oracle is always there
	}
	for i, n := range b.Nodes {
		if !slices.Contains(w.ids[n.Kind], report.IDs[i]) {
			w.ids[n.Kind] = append(w.ids[n.Kind], report.IDs[i])
		}
	}
}

// Mend takes out of a batch what cannot be right: of nodes the values that are at fault beside what is there, and those nodes that
// change what persons have refused; relationships.
func Mend(b *graph.Batch, bad *graph.BatchError) {
	bad = &graph.BatchError{Problems: slices.DeleteFunc(slices.Clone(bad.Problems), func(p graph.Problem) bool {
		if p.Edge || b.Nodes[p.Index].Kind.Name == graph.ConsentKind {
			return false
		}
		n := &b.Nodes[p.Index]
		if p.Property == "" {
			panic(bad)
		}
		if _, given := n.Set[p.Property]; !given { // a state needs it
			p.Property = n.Kind.Lifecycle.Status.Name
		}
		n.Set = maps.Clone(n.Set) // another batch may have it, too
		delete(n.Set, p.Property)
		return true
	})}
	b.Edges = bad.Sound(b.Edges)
	var sound []graph.Upsert
	for i, n := range b.Nodes {
		if !slices.ContainsFunc(bad.Problems, func(p graph.Problem) bool { return !p.Edge && p.Index == i }) {
			sound = append(sound, n)
		} else if n.Kind.Name != graph.ConsentKind {
			panic(bad)
		}
	}
	b.Nodes = sound
}

// creation is the batch of a whole world.
func (w *World) creation() *graph.Batch {
	b := &graph.Batch{Source: worldSource, Authority: w.authority()}
	most := 2 + w.rng.IntN(9)
	for _, k := range w.catalog.Kinds {
		n := w.rng.IntN(most + 1)
		if n == 0 && chance(w.rng, 80) { // fetches do not know of which kinds a world has nodes
			n = 1
		}
		for i := range n {
			id := fmt.Sprint(k.Prefix, i)
			if chance(w.rng, 10) {
				id += pick(w.rng, w.texts)
			}
			w.nodes[k] = append(w.nodes[k], id)
			set := w.values(k.Properties, 75)
			w.live(k.Lifecycle, set)
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: k, ID: id, Also: w.also(k), Set: inOrder(k.Spans, set)})
		}
	}
	for _, r := range given(w.catalog) {
		for _, pair := range r.Pairs {
			b.Edges = append(b.Edges, w.links(r, pair, 2+w.rng.IntN(14))...)
		}
	}
	w.rng.Shuffle(len(b.Edges), func(i, j int) { b.Edges[i], b.Edges[j] = b.Edges[j], b.Edges[i] })
	return b
}

// also are further rows that a node comes from, few of them, of the world's own source or another.
func (w *World) also(k *graph.Kind) (all []graph.External) {
	for chance(w.rng, 15) {
		e := graph.External{Source: pick(w.rng, []string{worldSource, "other"}), ID: fmt.Sprint("also", len(w.further[k]))}
		w.further[k], all = append(w.further[k], e), append(all, e)
	}
	return all
}

// given are the relationships that batches give.
func given(cat *graph.Catalog) []*graph.Rel {
	return slices.DeleteFunc(slices.Clone(cat.Rels), func(r *graph.Rel) bool { return r.Kept })
}

func (w *World) links(r *graph.Rel, pair [2]*graph.Kind, n int) []graph.Link {
	from, to := w.nodes[pair[0]], w.nodes[pair[1]]
	if len(from) == 0 || len(to) == 0 {
		return nil
	}
	var out []graph.Link
	for i := range n {
		l := graph.Link{Rel: r, From: w.end(pair[0]), To: w.end(pair[1]), Set: inOrder(r.Spans, w.values(r.Properties, 60))}
		if chance(w.rng, 25) {
			l.ID = fmt.Sprint("link", i, pick(w.rng, w.texts))
		}
		out = append(out, l)
	}
	return out
}

// end names a node of the world's, sometimes by one of its further keys.
func (w *World) end(k *graph.Kind) graph.NodeRef {
	if more := w.further[k]; len(more) > 0 && chance(w.rng, 15) {
		return graph.NodeRef{Kind: k, External: pick(w.rng, more)}
	}
	return ref(k, pick(w.rng, w.nodes[k]))
}

func ref(k *graph.Kind, id string) graph.NodeRef {
	return graph.NodeRef{Kind: k, External: graph.External{ID: id}}
}

// change is a batch that changes some nodes and relationships, and clears some values.
func (w *World) change() *graph.Batch {
	b := &graph.Batch{Source: worldSource, Actor: "somebody", Authority: w.authority()}
	for _, n := range w.Batches[0].Nodes {
		if chance(w.rng, 20) {
			set := w.changes(n.Kind.Properties)
			w.live(n.Kind.Lifecycle, set)
			up := graph.Upsert{Kind: n.Kind, ID: n.ID, Also: w.also(n.Kind), Set: inOrder(n.Kind.Spans, set)}
			if len(n.Also) > 0 && n.Also[0].Source == worldSource && chance(w.rng, 50) { // by another of its names
				up.ID, up.Also = n.Also[0].ID, []graph.External{{ID: n.ID}}
			}
			b.Nodes = append(b.Nodes, up)
		}
		for chance(w.rng, 20) {
			if set := w.changes(dated(n.Kind)); len(set) > 0 {
				at := graph.Time(pick(w.rng, instants))
				b.Nodes = append(b.Nodes, graph.Upsert{Kind: n.Kind, ID: n.ID, Set: set, At: new(min(at, Now))})
			}
		}
	}
	for _, l := range w.Batches[0].Edges {
		switch {
		case l.ID != "" && chance(w.rng, 40): // another end
			l.From = ref(l.From.Kind, pick(w.rng, w.nodes[l.From.Kind]))
			l.Set = inOrder(l.Rel.Spans, w.changes(l.Rel.Properties))
		case chance(w.rng, 20): // another value
			set := graph.Values{}
			for _, p := range l.Rel.Key {
				set[p.Name] = l.Set[p.Name]
			}
			for name, v := range w.changes(l.Rel.Properties) {
				if p := l.Rel.Property(name); l.ID != "" || !slices.Contains(l.Rel.Key, p) {
					set[name] = v
				}
			}
			l.Set = inOrder(l.Rel.Spans, set)
		case chance(w.rng, 15): // another relationship
			l.To = ref(l.To.Kind, pick(w.rng, w.nodes[l.To.Kind]))
		default:
			continue
		}
		b.Edges = append(b.Edges, l)
	}
	return b
}

// merges is a batch that has some nodes be one.
func (w *World) merges() *graph.Batch {
	b := &graph.Batch{Source: worldSource}
	for _, k := range w.catalog.Kinds {
		for len(w.nodes[k]) > 1 && !slices.Contains([]string{graph.ConsentKind, graph.RequestKind, graph.ReceiptKind}, k.Name) && chance(w.rng, 25) {
			b.Merge = append(b.Merge, graph.Merge{From: ref(k, pick(w.rng, w.nodes[k])), Into: ref(k, pick(w.rng, w.nodes[k]))})
		}
	}
	return b
}

// dated are the properties of a kind that may be told of the past.
func dated(k *graph.Kind) []*graph.Property {
	return slices.DeleteFunc(slices.Clone(k.Properties), func(p *graph.Property) bool { return p.Tracking != graph.Dated })
}

func (w *World) authority() string {
	return pick(w.rng, []string{"", graph.BySubject, graph.ByOfficer, graph.BySource})
}

// refused adds a batch of which nothing is to be seen: its last relationship leads nowhere.
func (w *World) refused() {
	b := w.change()
	for _, r := range given(w.catalog) {
		if pair := r.Pairs[0]; len(w.nodes[pair[0]]) > 0 {
			b.Edges = append(b.Edges, graph.Link{Rel: r, From: ref(pair[0], w.nodes[pair[0]][0]), To: ref(pair[1], "nowhere")})
			w.Batches = append(w.Batches, b)
			return
		}
	}
}

// values gives each property a value n times in a hundred.
func (w *World) values(props []*graph.Property, n int) graph.Values {
	set := graph.Values{}
	for _, p := range props {
		if p.Given() && chance(w.rng, n) {
			set[p.Name] = w.Value(w.rng, p)
		}
	}
	return set
}

// changes gives some properties a value and takes it from some.
func (w *World) changes(props []*graph.Property) graph.Values {
	set := w.values(props, 30)
	for _, p := range props {
		if p.Given() && chance(w.rng, 15) {
			set[p.Name] = nil
		}
	}
	return set
}

// live has values say of a state only what belongs to it.
func (w *World) live(life *graph.Lifecycle, set graph.Values) {
	if life == nil || set[life.Status.Name] == nil {
		return
	}
	for _, p := range life.Bound {
		delete(set, p.Name)
	}
	maps.Copy(set, rules.Follow(life, set, nil, nil))
	if end := life.End(set[life.Status.Name].(string)); end != nil {
		for _, p := range end.Needs {
			if set[p.Name] == nil {
				set[p.Name] = w.Value(w.rng, p)
			}
		}
	}
}

// inOrder has values that come one after the other do so.
func inOrder(spans []graph.Span, set graph.Values) graph.Values {
	for _, s := range spans {
		from, begins := set[s.From.Name].(int64)
		to, ends := set[s.To.Name].(int64)
		switch {
		case !begins || !ends || from < to:
		case from > to && !(s.From.Past && !s.To.Past):
			set[s.From.Name], set[s.To.Name] = to, from
		default:
			delete(set, s.From.Name)
		}
	}
	return set
}

// Value is a random value of a property, one of the few that it has in this world. It keeps the rules for values of the property.
func (w *World) Value(rng *rand.Rand, p *graph.Property) any {
	for {
		v := w.any(rng, p)
		if rules.Value(p, v, Now) == "" {
			return v
		}
	}
}

func (w *World) any(rng *rand.Rand, p *graph.Property) any {
	texts := w.texts
	if formatted[p.Format] != nil {
		texts = formatted[p.Format]
	}
	if p.Past && p.Type == graph.Int {
		return pick(rng, years)
	}
	switch p.Type {
	case graph.Enum:
		return p.Values[rng.IntN(min(3, len(p.Values)))]
	case graph.Int:
		return pick(rng, ints)
	case graph.Float:
		return pick(rng, scores)
	case graph.Bool:
		return chance(rng, 50)
	case graph.Instant:
		return pick(rng, instants)
	case graph.Day:
		return pick(rng, days)
	case graph.Amount:
		return graph.Money{Amount: pick(rng, amounts), Currency: pick(rng, codes)}
	case graph.Strings:
		list := []string{}
		for range rng.IntN(4) {
			list = append(list, pick(rng, texts))
		}
		return list
	}
	return pick(rng, texts)
}

// Everything asks for all nodes and relationships with all their properties.
func Everything(cat *graph.Catalog) *graph.Fetch {
	f := &graph.Fetch{Now: Now}
	for _, k := range cat.Kinds {
		sel := everyProperty(k)
		for _, e := range k.Edges {
			below := &graph.List{Key: e.Name, Edge: e, Rows: true, Cursors: true, Props: refs(e.Rel.Properties), Page: graph.Page{Limit: 1000}}
			for _, t := range e.Targets {
				below.Nodes = append(below.Nodes, &graph.Selection{Kind: t})
			}
			sel.Lists = append(sel.Lists, below)
		}
		f.Lists = append(f.Lists, &graph.List{Key: k.Name, Rows: true, Nodes: []*graph.Selection{sel}, Page: graph.Page{Limit: 1000}})
	}
	return f
}

func everyProperty(k *graph.Kind) *graph.Selection {
	return &graph.Selection{Kind: k, Props: refs(k.Properties)}
}

func refs(props []*graph.Property) []graph.Ref {
	out := make([]graph.Ref, len(props))
	for i, p := range props {
		out[i] = graph.Ref{Prop: p}
	}
	return out
}
