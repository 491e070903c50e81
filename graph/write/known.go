package write

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// KeyColumn is the column that UpdateNodes and UpdateEdges give a node or a relationship another key by.
const KeyColumn = "key"

// anybody is the key of a Suppressed that is there as soon as somebody was erased. In place of a person it has the mark of its
// key, which tells the store's key from another.
const anybody = "anybody"

// markedBefore stands before a key that is a mark. No source has it in its name, so that no key looks like one.
const markedBefore = "erased|"

// Identifiers are what a person is known again by among what is said of her: each of her addresses, and each of her numbers
// together with her name, since several may share a telephone. What search takes for one is one: two persons are the same who have
// one of them in common.
func Identifiers(names, contacts []string) (out []string) {
	var forms []string
	for _, n := range names {
		forms = append(forms, fold.Forms(n)...)
	}
	for _, c := range contacts {
		if strings.Contains(c, "@") {
			out = append(out, strings.TrimSpace(fold.Key(c)))
			continue
		}
		for _, number := range fold.Numbers(c) {
			for _, f := range forms {
				out = append(out, f+"|"+number)
			}
		}
	}
	return out
}

// identifiers are those among the columns of a person's node.
func identifiers(k *graph.Kind, c Columns) []string {
	var names, contacts []string
	for _, p := range k.Names() {
		text, _ := c[p.Name].(string)
		if p.Category == graph.CategoryContact {
			contacts = append(contacts, text)
		} else {
			names = append(names, text)
		}
	}
	return Identifiers(names, contacts)
}

// IdentifierMark is the text whose mark is the key of a Suppressed.
func IdentifierMark(identifier string) string { return "identifier|" + identifier }

// NodeMark is what an erasure puts in place of a node's key and, where it removes the node, keeps as that of a Suppressed. So it
// does of the person's own.
func NodeMark(mark func(string) string, k *graph.Kind, key string) string {
	if strings.HasPrefix(key, markedBefore) {
		return key
	}
	return markedBefore + mark("node|"+k.Label+"|"+key)
}

func (a *applier) nodeMark(k *graph.Kind, key string) string { return NodeMark(a.host.Mark, k, key) }

func (a *applier) edgeMark(r *graph.Rel, key string) string {
	if strings.HasPrefix(key, markedBefore) {
		return key
	}
	return markedBefore + a.host.Mark("relationship|"+r.Type+"|"+key)
}

// begin looks whether anybody was ever erased: if nobody was, there is nothing to be known again.
func (a *applier) begin(ctx context.Context) error {
	if a.host.Mark == nil {
		return nil
	}
	found, err := a.tx.Nodes(ctx, graph.Suppressed, []string{anybody})
	if err != nil || len(found) == 0 {
		return err
	}
	if found[0].Columns[graph.SuppressedPerson] != a.host.Mark(anybody) {
		return &graph.Error{Code: graph.Internal, Message: "the store's key (--key) is another than the one by which those who were erased are known: nothing is written, lest they come back"}
	}
	a.erasing = true
	return nil
}

// known adds to the nodes that are stored under keys those that are stored under the keys' marks and, among persons that a batch
// brings, those who have the same identifiers. It notes which keys are of nodes that were removed, and what is gone of the others.
func (a *applier) known(ctx context.Context, k *graph.Kind, keys []string, stored []Node, want map[string]Columns) ([]Node, error) {
	if a.erasing {
		marks := map[string]string{} // of the keys that are not there
		there := map[string]bool{}
		for _, n := range stored {
			there[n.Key] = true
		}
		for _, key := range keys {
			if !there[key] && !a.gone[goneKey{k, key}] {
				marks[key] = a.nodeMark(k, key)
			}
		}
		for _, step := range []func(context.Context, *graph.Kind, map[string]string, map[string]Columns) ([]Node, error){a.marked, a.removed, a.identified} {
			if len(marks) == 0 {
				break
			}
			more, err := step(ctx, k, marks, want)
			if err != nil {
				return nil, err
			}
			for _, n := range more {
				delete(marks, n.Key)
			}
			stored = append(stored, more...)
		}
	}
	for _, n := range stored {
		a.noteErased(n)
		if of := a.erasedOf[n.ID]; of != nil && want[n.Key] != nil {
			alone := slices.Contains(of, string(graph.CategoryIdentity)) // of what is shared free text goes, and nothing else
			a.drop(k, of, alone, want[n.Key])
		}
	}
	return stored, nil
}

type goneKey struct {
	kind *graph.Kind
	key  string
}

// marked finds nodes under the marks of keys, and gives them with these.
func (a *applier) marked(ctx context.Context, k *graph.Kind, marks map[string]string, _ map[string]Columns) ([]Node, error) {
	return a.under(ctx, k, marks)
}

// removed notes, and takes out, the keys of nodes that an erasure has removed.
func (a *applier) removed(ctx context.Context, k *graph.Kind, marks map[string]string, want map[string]Columns) ([]Node, error) {
	found, err := a.under(ctx, graph.Suppressed, marks)
	for _, n := range found {
		a.gone[goneKey{k, n.Key}] = true
		delete(marks, n.Key)
		if want != nil {
			a.report.Suppressed++
		}
	}
	return nil, err
}

// under finds nodes of a kind under the marks of keys, and gives them with the keys.
func (a *applier) under(ctx context.Context, k *graph.Kind, marks map[string]string) ([]Node, error) {
	of := map[string]string{}
	for key, mark := range marks {
		of[mark] = key
	}
	nodes, err := a.tx.Nodes(ctx, k, slices.Sorted(maps.Keys(of)))
	for i := range nodes {
		nodes[i].Key = of[nodes[i].Key]
	}
	return nodes, err
}

// identified finds persons who were erased by what a batch says of them.
func (a *applier) identified(ctx context.Context, k *graph.Kind, missing map[string]string, want map[string]Columns) ([]Node, error) {
	keys := slices.Sorted(maps.Keys(missing))
	if !k.Person || want == nil || a.batch.Once != nil {
		return nil, nil
	}
	by := map[string][]string{} // keys by mark
	var marks []string
	for _, key := range keys {
		for _, text := range identifiers(k, want[key]) {
			m := a.host.Mark(IdentifierMark(text))
			by[m] = append(by[m], key)
			marks = append(marks, m)
		}
	}
	found, err := a.tx.Nodes(ctx, graph.Suppressed, marks)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	persons := map[string]string{} // id by key
	var ids []string
	for _, n := range found {
		id, _ := n.Columns[graph.SuppressedPerson].(string)
		ids = append(ids, id)
		for _, key := range by[n.Key] {
			persons[key] = id
		}
	}
	stored, err := a.tx.NodesAt(ctx, k, ids)
	var out []Node
	for _, key := range keys {
		for _, n := range stored {
			if n.ID == persons[key] {
				out = append(out, Node{ID: n.ID, Key: key, Columns: n.Columns})
				break
			}
		}
	}
	return out, err
}

// noteErased notes of which categories nothing is kept on a node.
func (a *applier) noteErased(n Node) {
	if _, erased := n.Columns[graph.ErasedAt]; erased {
		of, _ := n.Columns[graph.ErasedOf].([]string)
		a.erasedOf[n.ID] = append([]string{}, of...)
	}
}

// drop leaves out the values that are not kept and, where a node was about her alone, others' words: they may name her.
func (a *applier) drop(k *graph.Kind, of []string, alone bool, c Columns) {
	dropped := false
	for _, p := range k.Shown() {
		if _, given := c[p.Name]; given && (k.Person || goes(p, of) || alone && words(p)) {
			dropped = true
			for _, name := range p.Columns() {
				delete(c, name)
			}
		}
	}
	if dropped {
		a.report.Suppressed++
	}
}

// words reports whether a property's values are somebody's words, and not what something is known by, nor what the store says.
func words(p *graph.Property) bool {
	return p.Type == graph.String && p.Given() && !p.Indexed && p.Searched == graph.NotSearched
}

// goes reports whether nothing of a property's kind of data is kept.
func goes(p *graph.Property, of []string) bool {
	return slices.Contains(of, string(p.Category)) || slices.ContainsFunc(p.Also, func(c graph.Category) bool { return slices.Contains(of, string(c)) })
}

// leavesOut reports whether a link is one that is not kept of a person who was erased.
func (a *applier) leavesOut(l *graph.Link, from, to string) bool {
	if a.end(l.From) == "" || a.end(l.To) == "" {
		return true // findEnds knows why
	}
	for _, end := range []struct {
		id, other string
		out       bool
	}{{from, to, true}, {to, from, false}} {
		of := a.erasedOf[end.id]
		k := a.cat.KindOf(end.id)
		if of == nil || !k.Person {
			continue
		}
		for _, e := range k.Edges {
			// What is new goes as a whole, when it is known to be about her.
			if e.Rel == l.Rel && e.Out == end.out && slices.Contains(e.Targets, a.cat.KindOf(end.other)) && slices.Contains(of, string(e.Category)) && !a.created[end.other] {
				return true
			}
		}
	}
	return false
}

// keptSet are the values of a link but for those of which nothing is kept.
func (a *applier) keptSet(l *graph.Link, from, to string) graph.Values {
	of := append(slices.Clone(a.erasedOf[from]), a.erasedOf[to]...)
	if len(of) == 0 {
		return l.Set
	}
	set := graph.Values{}
	for _, p := range l.Rel.Properties {
		if v, given := l.Set[p.Name]; given && !goes(p, of) {
			set[p.Name] = v
		}
	}
	return set
}

// touchErased notes the persons who were erased and to whom relationships have come, or to what is about them.
func (a *applier) touchErased(ctx context.Context, created []Edge) error {
	touched := map[string]bool{}
	for _, l := range created {
		for _, id := range []string{l.From, l.To} {
			if a.erasedOf[id] == nil || touched[id] {
				continue
			}
			touched[id] = true
			if err := a.noteAgain(ctx, a.cat.KindOf(id), []string{id}); err != nil {
				return err
			}
		}
	}
	return nil
}

// noteAgain notes the erased persons among nodes, or whom these are about.
func (a *applier) noteAgain(ctx context.Context, k *graph.Kind, ids []string) error {
	for _, w := range k.Ways {
		at := ids
		for _, h := range w.Hops {
			links, err := a.along(ctx, h.Edge.To(h.To), at)
			if err != nil {
				return err
			}
			at = nil
			for _, l := range links {
				_, target := ends(h.Edge, l)
				at = append(at, target)
			}
		}
		nodes, err := a.tx.NodesAt(ctx, w.Person, at)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			if a.noteErased(n); a.erasedOf[n.ID] != nil {
				a.again[n.ID] = true
			}
		}
	}
	return nil
}
