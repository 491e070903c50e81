package write

import (
	"context"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

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

// identifiers are those among the values of a person's node.
func identifiers(k *graph.Kind, v graph.Values) []string {
	var names, contacts []string
	for _, p := range k.Names() {
		text, _ := v[p.Name].(string)
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

// marksOf are those of all keys of a node.
func marksOf(mark func(string) string, k *graph.Kind, n Node) []string {
	further, _ := n.Values[graph.FurtherKeys].([]string)
	marks := []string{NodeMark(mark, k, n.Key)}
	for _, key := range further {
		marks = append(marks, NodeMark(mark, k, key))
	}
	return marks
}

func (a *applier) nodeMark(k *graph.Kind, key string) string { return NodeMark(a.host.Mark, k, key) }

func (a *applier) edgeMark(r *graph.Rel, key string) string { return edgeMark(a.host.Mark, r, key) }

func edgeMark(mark func(string) string, r *graph.Rel, key string) string {
	if strings.HasPrefix(key, markedBefore) {
		return key
	}
	return markedBefore + mark("relationship|"+r.Type+"|"+key)
}

// begin says whether anybody was ever erased, by what is kept of that: if nobody was, there is nothing to be known again.
func (a *applier) begin(marks []graph.Row) error {
	if len(marks) == 0 {
		return nil
	}
	a.erasing = true
	return sameKey(marks, a.host.Mark)
}

// SameKey fails with Unavailable where those who were erased from a store are known by another key than a mark's: nothing can be written
// to it by that.
func SameKey(ctx context.Context, read func(context.Context, *graph.Fetch) (*graph.Result, error), mark func(string) string) error {
	res, err := read(ctx, &graph.Fetch{Lists: []*graph.List{byID(whole(graph.Suppressed), anybody)}})
	if err != nil {
		return err
	}
	return sameKey(res.Lists[0].Rows, mark)
}

func sameKey(marks []graph.Row, mark func(string) string) error {
	if len(marks) == 0 || nodeOf(&marks[0]).Values[graph.SuppressedPerson] == mark(anybody) {
		return nil
	}
	return ErrOtherKey
}

// ErrOtherKey is refused until an operator has seen to it, so that what waits to be written is kept until then.
var ErrOtherKey = &graph.Error{Code: graph.Unavailable, Message: "the store's key (--key) is another than the one by which those who were erased are known: nothing is written, lest they come back"}

// noteErased notes of which categories nothing is kept on a node.
func (a *applier) noteErased(n Node) {
	if _, erased := n.Values[graph.ErasedAt]; erased {
		of, _ := n.Values[graph.ErasedOf].([]string)
		a.erasedOf[n.ID] = append([]string{}, of...)
	}
}

// drop leaves out the values that are not kept and, where a node was about her alone, others' words: they may name her. Of what is shared
// free text goes, and nothing else.
func (a *applier) drop(k *graph.Kind, of []string, v graph.Values) {
	alone, dropped := slices.Contains(of, string(graph.CategoryIdentity)), false
	for _, p := range k.Shown() {
		if _, given := v[p.Name]; given && (k.Person || goes(p, of) || alone && words(p)) {
			dropped = true
			delete(v, p.Name)
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
func (a *applier) touchErased(ctx context.Context) error {
	byKind := map[*graph.Kind][]string{}
	for _, r := range a.rels {
		for _, l := range a.links[r].created {
			for _, id := range []string{l.From, l.To} {
				if a.erasedOf[id] != nil {
					k := a.cat.KindOf(id)
					byKind[k] = append(byKind[k], id)
				}
			}
		}
	}
	if len(byKind) == 0 {
		return nil
	}
	q := &query{}
	for _, k := range a.cat.Kinds {
		if len(byKind[k]) > 0 {
			q.rows(byID(persons(k), distinct(byKind[k])...), a.noteAgain)
		}
	}
	if err := a.flush(ctx); err != nil {
		return err
	}
	return a.read(ctx, q)
}

// persons asks for a node's persons, by the ways there are, and for whether they were erased.
func persons(k *graph.Kind) *graph.Selection {
	if k.Person {
		return some(k, graph.ErasedAt, graph.ErasedOf)
	}
	sel := &graph.Selection{Kind: k}
	for _, h := range firstHops(k) {
		sel.Lists = append(sel.Lists, along(h.Edge.To(h.To), all, persons(h.To)))
	}
	return sel
}

// firstHops are the first steps of a kind's ways to persons, each once.
func firstHops(k *graph.Kind) (out []graph.Hop) {
	for _, w := range k.Ways {
		if len(w.Hops) > 0 && !slices.ContainsFunc(out, func(h graph.Hop) bool { return h.Edge == w.Hops[0].Edge && h.To == w.Hops[0].To }) {
			out = append(out, w.Hops[0])
		}
	}
	return out
}

// noteAgain notes the erased persons among rows and below them.
func (a *applier) noteAgain(rows []graph.Row) {
	for i := range rows {
		r := &rows[i]
		if n := nodeOf(r); r.Sel.Kind.Person && n.Values[graph.ErasedAt] != nil {
			a.again[r.ID] = true
			a.noteErased(n)
		}
		for _, l := range r.Lists {
			a.noteAgain(l.Rows)
		}
	}
}
