package resolvers

import (
	"cmp"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// withheld is an entry of extensions.withheld. What is withheld several times below one root field, for one reason, is one entry: its path
// has no indexes then.
type withheld struct {
	Path     ast.Path       `json:"path"`
	Count    int            `json:"count"` // how often it is withheld of what is shown, whatever lies behind
	Reason   policy.Reason  `json:"reason"`
	Purpose  graph.Purpose  `json:"purpose"`
	Category graph.Category `json:"category"`
	Since    *string        `json:"since"` // of all of them, or nil
}

// note notes that what is at the path is withheld, if there is a reason.
func (w *writer) note(x *policy.Withheld, more ...ast.PathElement) bool {
	if x == nil {
		return false
	}
	since := orNil(func(at *graph.Time) *string { return new(at.String()) }, x.Since)
	key := w.pattern[:0]
	for _, s := range w.path {
		if s.name != "" {
			key = append(append(key, s.name...), '.')
		}
	}
	for _, step := range more {
		if name, ok := step.(ast.PathName); ok {
			key = append(append(key, name...), '.')
		}
	}
	key = append(append(append(key, x.Reason...), '.'), x.Category...)
	w.pattern = key
	e := w.notes[string(key)]
	if e == nil {
		if w.notes == nil {
			w.notes = map[string]*withheld{}
		}
		w.notes[string(key)] = &withheld{Path: w.astPath(more...), Count: 1, Reason: x.Reason, Purpose: w.o.viewer.Purpose, Category: x.Category, Since: since}
		return true
	}
	if e.Count == 1 {
		e.Path = slices.DeleteFunc(e.Path, func(step ast.PathElement) bool { _, index := step.(ast.PathIndex); return index })
	}
	if e.Count++; e.Since != nil && (since == nil || *since != *e.Since) {
		e.Since = nil
	}
	return true
}

// takeNotes takes over what was noted in one root field.
func (o *operation) takeNotes(notes map[string]*withheld) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, e := range notes {
		o.withheld = append(o.withheld, e)
	}
}

// entries are in the order of their paths: root fields run side by side, and leave them in any order.
func (o *operation) entries() []*withheld {
	o.mu.Lock()
	defer o.mu.Unlock()
	slices.SortFunc(o.withheld, func(a, b *withheld) int {
		return cmp.Or(slices.CompareFunc(a.Path, b.Path, compareSteps), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Reason, b.Reason))
	})
	return o.withheld
}

func compareSteps(a, b ast.PathElement) int {
	i, aIsIndex := a.(ast.PathIndex)
	j, bIsIndex := b.(ast.PathIndex)
	switch {
	case aIsIndex && bIsIndex:
		return cmp.Compare(i, j)
	case aIsIndex:
		return -1
	case bIsIndex:
		return 1
	}
	return cmp.Compare(a.(ast.PathName), b.(ast.PathName))
}

// stateOf is what is withheld of the node of a row.
func (o *operation) stateOf(row *graph.Row) policy.State { return o.viewer.State(row, o.now) }

// A withheldField says that a field is withheld of a node, and why.
type withheldField struct {
	name string
	*policy.Withheld
}

// withheldFields are the fields of Withheld.
var withheldFields = table[withheldField]{
	"field":    func(w *writer, x withheldField) bool { return w.text(x.name) },
	"category": func(w *writer, x withheldField) bool { return w.text(string(x.Category)) },
	"reason":   func(w *writer, x withheldField) bool { return w.text(string(x.Reason)) },
	"purpose":  func(w *writer, x withheldField) bool { return w.text(string(w.o.viewer.Purpose)) },
	"since": func(w *writer, x withheldField) bool {
		if x.Since == nil {
			return false
		}
		w.b = appendTime(w.b, *x.Since)
		return true
	},
}

// withheld binds the field that tells all that is withheld of a node.
func (b *binder) withheld(f graphql.CollectedField) field[*graph.Row] {
	fields := bindTable(b, f, withheldFields)
	return fieldOf(f, func(w *writer, row *graph.Row) bool {
		all := w.o.withheldOf(row)
		return w.list(len(all), true, func(i int) bool { return fields.write(w, all[i]) })
	})
}

// withheldOf are all fields that are withheld of a node.
func (o *operation) withheldOf(row *graph.Row) []withheldField {
	var out []withheldField
	add := func(field string, w *policy.Withheld) {
		if w != nil {
			out = append(out, withheldField{field, w})
		}
	}
	k, state := row.Sel.Kind, o.stateOf(row)
	add(graph.DisplayName, state.Called())
	add(graph.ExternalsField, state.Property(k.Key))
	for _, p := range k.Shown() {
		add(p.Field(), state.Property(p))
	}
	for _, e := range k.Edges {
		add(e.Name, state.Edge(e))
	}
	if e := k.Timeline; e != nil {
		add(e.Name, state.Edge(e))
	}
	if k.Property(graph.VersionsOf) != nil {
		add(graph.HistoryField, o.viewer.Single(k))
	}
	for _, c := range k.Computed {
		add(c.Name, state.Computed(c))
	}
	return out
}

// withheldEdge notes that an edge is withheld of the node of a row, if it is; and of a timeline which strands are, a reason for each
// category. It reports whether all of it is.
func (w *writer) withheldEdge(row *graph.Row, e *graph.Edge, strands []graph.Strand) bool {
	state := w.o.stateOf(row)
	if w.note(state.Edge(e)) {
		return true
	}
	if e.Strands == nil {
		return false
	}
	all := true
	var noted []policy.Withheld
	for _, s := range strands {
		x := state.Strand(s)
		if all = all && x != nil; x == nil || slices.ContainsFunc(noted, func(n policy.Withheld) bool { return n.Reason == x.Reason && n.Category == x.Category }) {
			continue
		}
		noted = append(noted, *x)
		w.note(x)
	}
	return all
}

// withheldComputed notes that a computed field is withheld of the node of a row, or an edge that it needs.
func (w *writer) withheldComputed(row *graph.Row, c *graph.Computed, needs []*graph.Edge) bool {
	state := w.o.stateOf(row)
	if w.note(state.Computed(c)) {
		return true
	}
	return slices.ContainsFunc(needs, func(e *graph.Edge) bool { return w.note(state.Edge(e)) })
}

// tooSmall notes that too few persons stand behind a list, if they are.
func (w *writer) tooSmall(l *graph.List, res *graph.ListResult) bool {
	if !w.small.List(res) {
		return false
	}
	c := graph.CategoryIdentity
	if l.Edge != nil {
		c = l.Edge.Category
	} else if e := l.Nodes[0].Kind.Existence; e != "" {
		c = e
	}
	return w.note(&policy.Withheld{Reason: policy.SmallGroup, Category: c})
}
