package write

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// erasures carries out the batch's, and anew those of persons to whom the batch has led something.
func (a *applier) erasures(ctx context.Context) error {
	if a.host.Mark == nil && len(a.batch.Erase) > 0 {
		return &graph.Error{Code: graph.Internal, Message: "the store has no key, by which somebody who is erased would be known again"}
	}
	for i, e := range a.batch.Erase {
		if err := a.erasure(ctx, e.Person, func(n Node) *eraser { return newEraser(a, n, e) }, i); err != nil {
			return err
		}
		delete(a.again, e.Person) // it has just been done
	}
	for _, id := range slices.Sorted(maps.Keys(a.again)) {
		again := func(n Node) *eraser {
			e := newEraser(a, n, graph.Erasure{})
			e.gone, e.again = a.erasedOf[id], true
			return e
		}
		if err := a.erasure(ctx, id, again, 0); err != nil {
			return err
		}
	}
	return a.failed()
}

func (a *applier) erasure(ctx context.Context, person string, begin func(Node) *eraser, index int) error {
	k := a.cat.KindOf(person)
	if k == nil || !k.Person {
		a.problems = append(a.problems, graph.Problem{Index: index, Reason: fmt.Sprintf("there is no person %s", person)})
		return nil
	}
	found, err := a.tx.NodesAt(ctx, k, []string{person})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		a.problems = append(a.problems, graph.Problem{Index: index, Reason: fmt.Sprintf("there is no %s %s", k, person)})
		return nil
	}
	e := begin(found[0])
	for _, step := range []func(context.Context) error{e.look, e.nodes, e.others, e.person, e.texts, e.suppress} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	e.tell()
	return nil
}

// An eraser erases one person.
type eraser struct {
	*applier
	kind   *graph.Kind
	node   Node
	gone   []string // categories of which nothing is kept
	ground map[graph.Category]string
	again  bool        // she was erased before: only what came since is looked for
	names  *fold.Names // what she is called, in what is about her alone
	unique *fold.Names // what nobody else is called, anywhere
	about  []*aboutHer
	marks  []string // of what is known again
	parts  map[graph.ErasedPart]int
}

// aboutHer is a node that is about the person.
type aboutHer struct {
	Node
	kind    *graph.Kind
	parents []string // by which it is: she, or nodes that are about her
	shared  bool     // it is about others, too, or of companies
	removed bool
}

func newEraser(a *applier, n Node, by graph.Erasure) *eraser {
	e := &eraser{applier: a, kind: a.cat.KindOf(n.ID), node: n, ground: by.Keep, names: &fold.Names{}, unique: &fold.Names{}, parts: map[graph.ErasedPart]int{}}
	for _, c := range graph.PersonalCategories {
		if by.Keep[c] == "" {
			e.gone = append(e.gone, string(c))
		}
	}
	return e
}

func (e *eraser) lost(c graph.Category) bool { return slices.Contains(e.gone, string(c)) }

func (e *eraser) count(part graph.ErasedPart, n int) {
	if n > 0 && !e.again {
		e.parts[part] += n
	}
}

// nodes removes what is about her alone and is not kept, and scrubs the rest.
func (e *eraser) nodes(ctx context.Context) error {
	removed := map[string]bool{}
	byKind := map[*graph.Kind][]*aboutHer{}
	for _, n := range e.about { // what they are about comes first
		orphan := !slices.ContainsFunc(n.parents, func(id string) bool { return !removed[id] })
		n.removed = !n.shared && (e.lost(n.kind.Existence) || orphan)
		removed[n.ID] = n.removed
		byKind[n.kind] = append(byKind[n.kind], n)
	}
	for _, k := range e.cat.Kinds {
		if err := e.nodesOf(ctx, k, byKind[k]); err != nil {
			return err
		}
	}
	return nil
}

func (e *eraser) nodesOf(ctx context.Context, k *graph.Kind, about []*aboutHer) error {
	var out, stored, changes []Node
	var alone []string
	for _, n := range about {
		if n.removed {
			out = append(out, n.Node)
			e.marks = append(e.marks, e.nodeMark(k, n.Key))
			continue
		}
		if ground := e.ground[k.Existence]; ground != "" {
			e.count(graph.ErasedPart{Type: k.Name, Ground: ground}, 1)
		}
		if !n.shared {
			alone = append(alone, n.ID)
		}
		if c := e.scrubbed(n); len(c) > 0 {
			stored, changes = append(stored, n.Node), append(changes, Node{n.ID, n.Key, c})
		}
	}
	e.count(graph.ErasedPart{Type: k.Name}, len(out))
	if err := e.rewrite(ctx, k, stored, changes); err != nil {
		return err
	}
	if err := e.removeNodes(ctx, k, out); err != nil {
		return err
	}
	return e.relationships(ctx, k, alone)
}

// scrubbed are the columns of a node that is kept which change.
func (e *eraser) scrubbed(n *aboutHer) Columns {
	c := Columns{}
	of := e.gone
	if n.shared {
		of = slices.DeleteFunc(slices.Clone(e.gone), func(c string) bool { return c != string(graph.CategoryContent) })
	}
	touched := !n.shared
	for _, p := range n.kind.Shown() {
		touched = touched || goes(p, of)
		switch v := n.Columns[p.Name]; {
		case v == nil:
		case goes(p, of), e.again && !n.shared && e.foreign(p) && n.Columns[graph.ErasedAt] == nil:
			put(c, p, nil)
			e.count(graph.ErasedPart{Type: n.kind.Name, Field: p.Field()}, 1)
		case p.Type == graph.String && !n.shared:
			if text := e.names.Replace(v.(string), graph.Erased); text != v {
				put(c, p, text)
				e.count(graph.ErasedPart{Type: n.kind.Name, Field: p.Field(), Named: true}, 1)
			}
		}
	}
	if !n.shared && n.Key != e.nodeMark(n.kind, n.Key) {
		c[KeyColumn] = e.nodeMark(n.kind, n.Key)
	}
	before, _ := n.Columns[graph.ErasedOf].([]string)
	if all := union(before, of); touched && (n.Columns[graph.ErasedAt] == nil || len(all) > len(before)) {
		c[graph.ErasedAt], c[graph.ErasedOf] = e.now, all
	}
	return c
}

// foreign reports whether a value is words that a source brings, which may name her: what Kith itself keeps of her does not.
func (e *eraser) foreign(p *graph.Property) bool {
	return words(p) && !graph.OwnSource(e.batch.Source)
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// others removes the person's relationships that are not kept.
func (e *eraser) others(ctx context.Context) error {
	return e.relationships(ctx, e.kind, []string{e.node.ID})
}

// relationships removes those of nodes that are not kept, and scrubs the rest.
func (e *eraser) relationships(ctx context.Context, k *graph.Kind, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	for _, edge := range k.Edges {
		if !edge.Stored() {
			continue
		}
		links, err := e.along(ctx, edge, ids)
		if err != nil {
			return err
		}
		if e.lost(edge.Category) || slices.ContainsFunc(edge.Rel.Key, func(p *graph.Property) bool { return goes(p, e.gone) }) {
			e.count(graph.ErasedPart{Type: edge.Rel.Type}, len(links))
			if err := e.removeEdges(ctx, edge.Rel, links); err != nil {
				return err
			}
			continue
		}
		var changes []Edge
		for _, l := range links {
			if c := e.scrubbedEdge(edge.Rel, l); len(c) > 0 {
				changes = append(changes, Edge{l.Key, l.From, l.To, c})
			}
		}
		if len(changes) > 0 {
			if err := e.tx.UpdateEdges(ctx, edge.Rel, changes); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *eraser) scrubbedEdge(r *graph.Rel, l Edge) Columns {
	c := Columns{}
	for _, p := range r.Properties {
		if l.Columns[p.Name] != nil && goes(p, e.gone) {
			put(c, p, nil)
			e.count(graph.ErasedPart{Type: r.Type, Field: p.Field()}, 1)
		}
	}
	if !strings.HasPrefix(l.Key, l.From+"|") && l.Key != e.edgeMark(r, l.Key) { // its name in a source
		c[KeyColumn] = e.edgeMark(r, l.Key)
	}
	return c
}

// person takes all values of her own away.
func (e *eraser) person(ctx context.Context) error {
	c := Columns{}
	for _, p := range e.kind.Shown() {
		if p.Given() && e.node.Columns[p.Name] != nil {
			put(c, p, nil)
			e.count(graph.ErasedPart{Type: e.kind.Name, Field: p.Field()}, 1)
		}
	}
	if mark := e.nodeMark(e.kind, e.node.Key); mark != e.node.Key {
		c[KeyColumn] = mark
		e.marks = append(e.marks, mark)
	}
	if !e.again {
		c[graph.ErasedAt], c[graph.ErasedOf] = e.now, e.gone
		e.stamp(e.kind, e.node.ID, c, e.node.Columns)
	}
	if len(c) == 0 {
		return nil
	}
	e.report.NodesChanged++
	return e.rewrite(ctx, e.kind, []Node{e.node}, []Node{{e.node.ID, e.node.Key, c}})
}
