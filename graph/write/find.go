package write

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// wanted are the nodes of one kind that a batch names.
type wanted struct {
	kind      *graph.Kind
	keys, ids []string
	upserted  map[string]bool // keys, or ids, of those that it makes or changes; the others are ends
}

// selection asks for all there is of nodes that may be changed, and of ends whether they were erased.
func (w *wanted) selection() *graph.Selection {
	if len(w.upserted) > 0 {
		return whole(w.kind)
	}
	return some(w.kind, graph.ErasedAt, graph.ErasedOf)
}

// wanted are the nodes that the batch names, each once.
func (a *applier) wanted() (out []*wanted) {
	of := map[*graph.Kind]*wanted{}
	seen := map[nodeKey]bool{}
	want := func(k *graph.Kind, id, key string, upserted bool) {
		w := of[k]
		if w == nil {
			w = &wanted{kind: k, upserted: map[string]bool{}}
			of[k], out = w, append(out, w)
		}
		name := nodeKey{k, cmp.Or(id, key)}
		if upserted {
			w.upserted[name.key] = true
		}
		switch {
		case seen[name]:
		case id != "":
			w.ids = append(w.ids, id)
		default:
			w.keys = append(w.keys, key)
		}
		seen[name] = true
	}
	for _, n := range a.batch.Nodes {
		want(n.Kind, n.Node, a.key(graph.External{ID: n.ID}), true)
		for _, e := range n.Also {
			want(n.Kind, "", a.key(e), true)
		}
	}
	for _, m := range a.batch.Merge {
		for _, end := range []graph.NodeRef{m.From, m.Into} {
			want(end.Kind, end.ID, a.key(end.External), true)
		}
	}
	for _, l := range a.batch.Edges {
		for _, end := range []graph.NodeRef{l.From, l.To} {
			want(end.Kind, end.ID, a.key(end.External), false)
		}
	}
	return out
}

// find looks in one go for all that the batch names: its own key, the nodes, whether anybody was ever erased, and whether any name leads on.
func (a *applier) find(ctx context.Context) error {
	q, once, erased, names := &query{}, []graph.Row{}, []graph.Row{}, a.wanted()
	if a.batch.Once != nil {
		q.rows(byID(whole(graph.Applied), a.batch.Once.Key), func(rows []graph.Row) { once = rows })
	}
	if a.host.Mark != nil {
		q.rows(byID(whole(graph.Suppressed), anybody), func(rows []graph.Row) { erased = rows })
	}
	for _, w := range names {
		if len(w.keys) > 0 {
			q.nodes(byKey(w.selection(), w.keys...), func(n Node) { a.have[nodeKey{w.kind, n.Key}] = n })
		}
		if len(w.ids) > 0 {
			q.nodes(byID(w.selection(), w.ids...), func(n Node) { a.named[n.ID] = n })
		}
	}
	q.rows(byID(&graph.Selection{Kind: graph.Alias}, graph.AnyAlias), func(rows []graph.Row) { a.names.aliases = len(rows) > 0 })
	if err := a.read(ctx, q); err != nil {
		return err
	}
	if err := a.repeated(once); err != nil || a.report.Repeated {
		return err
	}
	if err := a.begin(erased); err != nil {
		return err
	}
	if err := a.follow(ctx, names); err != nil {
		return err
	}
	if err := a.followErased(ctx); err != nil {
		return err
	}
	for i, n := range a.batch.Nodes {
		if n.Node == "" {
			continue
		}
		old, there := a.named[n.Node]
		if !there {
			a.note(false, i, fmt.Errorf("there is no %s %s", n.Kind, n.Node))
		}
		a.have[nodeKey{n.Kind, old.Key}] = old
	}
	a.merges()
	a.unite()
	if slices.ContainsFunc(a.problems, func(p graph.Problem) bool { return p.Property == "" }) {
		return a.failed()
	}
	a.gatherNodes()
	if a.erasing {
		if err := a.known(ctx, names); err != nil {
			return err
		}
	}
	for _, n := range a.have {
		a.noteErased(n)
	}
	for _, n := range a.named {
		a.noteErased(n)
	}
	return nil
}

// repeated reports what a batch with the same key gave, if one was applied.
func (a *applier) repeated(marks []graph.Row) error {
	if len(marks) == 0 {
		return nil
	}
	mark := nodeOf(&marks[0])
	if mark.Values[graph.AppliedHash] != a.batch.Once.Hash {
		return graph.ErrKeyUsed
	}
	a.report.Repeated = true
	a.report.IDs, _ = mark.Values[graph.AppliedIDs].([]string)
	return nil
}

// conditions checks what upserts ask of the nodes that are there.
func (a *applier) conditions() {
	for i, n := range a.batch.Nodes {
		if !n.IfNew && n.IfUpdatedAt == nil {
			continue
		}
		old, there := a.have[a.keyOf(n)]
		reason := ""
		switch {
		case n.IfNew && there:
			reason = fmt.Sprintf("there is such a %s already", n.Kind)
		case n.IfUpdatedAt != nil && old.Values[graph.UpdatedAt] != int64(*n.IfUpdatedAt):
			reason = fmt.Sprintf("the %s has changed since", n.Kind)
		default:
			continue
		}
		a.problems = append(a.problems, graph.Problem{Index: i, Conflict: true, Reason: reason})
	}
}

// remember keeps that the batch was applied.
func (a *applier) remember() {
	if a.batch.Once == nil {
		return
	}
	ids := append([]string{}, a.report.IDs...)
	a.addNode(graph.Applied, Node{ID: a.batch.Once.Key, Key: a.batch.Once.Key, Values: graph.Values{graph.AppliedHash: a.batch.Once.Hash, graph.AppliedIDs: ids}})
}

// end is the id of a node that a link names, empty where there is none.
func (a *applier) end(r graph.NodeRef) string {
	if r.ID != "" {
		return a.named[r.ID].ID
	}
	return a.have[a.refKey(r)].ID
}

// refKey is the key of a node that a link names by a row of a source.
func (a *applier) refKey(r graph.NodeRef) nodeKey {
	return a.names.first(nodeKey{r.Kind, a.key(r.External)})
}

// findEnds notes the links of which an end is not there, unless it was removed with somebody.
func (a *applier) findEnds() {
	for i, l := range a.batch.Edges {
		for _, end := range []graph.NodeRef{l.From, l.To} {
			if a.end(end) == "" && !(end.ID == "" && a.gone[a.refKey(end)]) {
				a.problems = append(a.problems, graph.Problem{Edge: true, Index: i, Reason: fmt.Sprintf("there is no %s %s", end.Kind, cmp.Or(end.ID, a.key(end.External)))})
				break
			}
		}
	}
}

// known finds, under the marks of keys that are not there, nodes that were erased or removed and, among persons that the batch brings,
// those who have the same identifiers as somebody who was erased.
func (a *applier) known(ctx context.Context, names []*wanted) error {
	missing := map[string]nodeKey{} // by mark
	same := map[string][]nodeKey{}  // by the mark of an identifier
	q := &query{}
	for _, w := range names {
		var marks []string
		for _, key := range w.keys {
			k := nodeKey{w.kind, key}
			if a.names.kept[k] {
				continue
			}
			mark := a.nodeMark(w.kind, key)
			missing[mark] = k
			marks = append(marks, mark)
		}
		if len(marks) > 0 {
			q.nodes(byKey(w.selection(), marks...), func(n Node) { a.isAgain(missing[n.Key], n) })
		}
	}
	if len(missing) == 0 {
		return nil
	}
	for _, k := range a.order {
		if _, there := a.have[k]; there || !k.kind.Person || a.batch.Once != nil {
			continue
		}
		for _, text := range identifiers(k.kind, a.want[k]) {
			mark := a.host.Mark(IdentifierMark(text))
			same[mark] = append(same[mark], k)
		}
	}
	persons := map[nodeKey]string{} // id of whom the batch brings again
	marks := slices.Concat(slices.Sorted(maps.Keys(missing)), slices.Sorted(maps.Keys(same)))
	q.nodes(byID(whole(graph.Suppressed), marks...), func(n Node) {
		k, removed := missing[n.Key]
		at := a.names.first(k)
		if _, there := a.have[at]; removed && !there {
			a.gone[at] = true
		} else if removed && !a.names.kept[k] {
			a.lose(at, k)
		}
		id, _ := n.Values[graph.SuppressedPerson].(string)
		for _, k := range same[n.Key] { // of several whose identifiers these are, it is always the same one
			if persons[k] == "" || id < persons[k] {
				persons[k] = id
			}
		}
	})
	if err := a.read(ctx, q); err != nil {
		return err
	}
	for _, k := range a.order {
		if a.gone[k] {
			a.report.Suppressed++
		}
	}
	return a.identified(ctx, persons)
}

// gatherNodes has the last of several upserts of one node win, property by property.
func (a *applier) gatherNodes() {
	for _, n := range a.batch.Nodes {
		k := a.keyOf(n)
		if a.want[k] == nil {
			a.want[k] = graph.Values{}
			a.order = append(a.order, k)
		}
		if n.At != nil {
			a.past[k] = append(a.past[k], n)
			continue
		}
		a.overrule(k, n)
		maps.Copy(a.want[k], n.Set)
	}
	for _, k := range a.order {
		a.texts(k)
	}
}

// identified finds persons who were erased, for whom the batch has other keys.
func (a *applier) identified(ctx context.Context, persons map[nodeKey]string) error {
	q := &query{}
	byKind := map[*graph.Kind][]string{}
	for k, id := range persons {
		if _, there := a.have[k]; !there && !a.gone[k] {
			byKind[k.kind] = append(byKind[k.kind], id)
		}
	}
	for _, k := range a.cat.Kinds {
		if len(byKind[k]) == 0 {
			continue
		}
		q.nodes(byID(whole(k), distinct(byKind[k])...), func(n Node) {
			for named, id := range persons {
				if _, there := a.have[named]; id == n.ID && !there && !a.gone[named] {
					a.have[named] = n
				}
			}
		})
	}
	return a.read(ctx, q)
}
