package sdl

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

// timeline reads a field with @timeline.
func (b *builder) timeline(k *graph.Kind, f *ast.FieldDefinition, dir *ast.Directive) {
	path := k.Name + "." + f.Name
	union := b.doc.Definitions.ForName(f.Type.Name())
	b.must(k.Timeline == nil, "%s: a type has one timeline", path)
	b.must(len(f.Arguments) == 0, "%s: the arguments of a timeline are always the same, and are not written", path)
	if union == nil || union.Kind != ast.Union || f.Type.Elem == nil {
		b.must(false, "%s: a timeline is a list of a union, not %s", path, f.Type)
		return
	}
	e := &graph.Edge{Name: f.Name, Owner: k, Union: union.Name, Targets: b.kinds(union.Types...), Out: true, Category: graph.CategoryCompany}
	b.must(!slices.Contains(e.Targets, nil), "%s: %s has a type without @node", path, union.Name)
	e.Rel = b.entry(arg(dir, "properties"))
	if e.Rel == nil || slices.Contains(e.Targets, nil) {
		b.must(false, "%s: properties are %s and %s of a type with @relationshipProperties", path, graph.EntryKind, graph.EntryAt)
		return
	}
	kinds := e.Rel.Property(graph.EntryKind).Values
	for _, v := range dir.Arguments.ForName("of").Value.Children {
		words := strings.Fields(v.Value.Raw)
		if len(words) != 3 || !slices.Contains(kinds, words[0]) {
			b.must(false, "%s: %q is not a kind of entry, the way to it and its time", path, v.Value.Raw)
			continue
		}
		s := graph.Strand{Kind: words[0]}
		if b.strand(e, &s, words[1], words[2], path) {
			e.Strands = append(e.Strands, s)
		}
	}
	k.Timeline = e
	k.Journeys = arg(dir, "journeys") == "true"
}

// entry is the relationship of a timeline's entries, which is stored nowhere, and which timelines share.
func (b *builder) entry(name string) *graph.Rel {
	for _, k := range b.cat.Kinds {
		if k.Timeline != nil && k.Timeline.Rel.Name == name {
			return k.Timeline.Rel
		}
	}
	d := b.doc.Definitions.ForName(name)
	if d == nil || d.Directives.ForName("relationshipProperties") == nil {
		return nil
	}
	r := &graph.Rel{Name: name}
	for _, f := range d.Fields {
		if p := b.property(name, f); p != nil {
			r.Properties = append(r.Properties, p)
		}
	}
	kind, at := r.Property(graph.EntryKind), r.Property(graph.EntryAt)
	if kind == nil || at == nil || kind.Type != graph.Enum || at.Type != graph.Instant || len(r.Properties) != 2 {
		return nil
	}
	return r
}

// strand reads the way of a strand: names of edges with dots between them, each with the type that it leads to behind a colon where
// there are several; and the time, of the relationship where it begins with "edge.".
func (b *builder) strand(e *graph.Edge, s *graph.Strand, along, at, path string) bool {
	k := e.Owner
	for step := range strings.SplitSeq(along, ".") {
		name, to, _ := strings.Cut(step, ":")
		hop := graph.Hop{Edge: k.Edge(name)}
		if hop.Edge == nil || !hop.Edge.Stored() {
			b.must(false, "%s: %s has no edge %s", path, k, name)
			return false
		}
		b.must(!hop.Edge.Rel.Bare, "%s: %s is bare, and no way of a timeline", path, hop.Edge)
		if hop.To = hop.Edge.Target(); to != "" {
			hop.To = b.cat.Kind(to)
		}
		if !slices.Contains(hop.Edge.Targets, hop.To) {
			b.must(false, "%s: %s does not lead to %q", path, hop.Edge, to)
			return false
		}
		s.Hops = append(s.Hops, hop)
		k = hop.To
	}
	name, onEdge := strings.CutPrefix(at, "edge.")
	if s.OnEdge = onEdge; onEdge {
		s.At.Prop = s.Hops[len(s.Hops)-1].Edge.Rel.Property(name)
	} else {
		s.At.Prop = k.Field(name)
	}
	b.must(s.At.Prop != nil && s.At.Prop.Type == graph.Instant, "%s: %s is no instant of %s", path, at, k)
	b.must(slices.Contains(e.Targets, k), "%s: %s is not in %s", path, k, e.Union)
	return s.At.Prop != nil
}
