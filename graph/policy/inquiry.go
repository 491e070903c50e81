package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// An Inquiry is what a fetch asks of persons and the purpose permits, whatever is stored. It follows from the fetch's lists and from the
// purpose, so that those with one Memo share it.
type Inquiry struct {
	roots  []set          // by root, what is asked of those whom it names
	named  map[string]set // of persons whom conditions name by their ids
	others set            // of all others who are asked about
	chosen []chosen       // how these are chosen
	rows   map[*graph.Selection]*told
}

// chosen is how persons are chosen who are asked about.
type chosen struct {
	root int // which it is below
	path []string
	by   definition
}

// told is what a row tells of those whom it is about: some kinds of data always, others where one of its Asks is met.
type told struct {
	always set
	when   []toldWhen
}

type toldWhen struct {
	ask int
	set set
}

// of are the kinds of data that a row tells. A person whose node alone came tells that she is there.
func (t *told) of(r *graph.Row) set {
	s := t.always
	for _, w := range t.when {
		if r.Met[w.ask] {
			s |= w.set
		}
	}
	if s == 0 && r.Sel.Kind.Person {
		return setOf(graph.CategoryIdentity)
	}
	return s
}

// concludes takes in what a list asked, once all that is below it is guarded.
func (g *guard) concludes(l *graph.List, a *asked) {
	own, full := a.set, set(0)
	if l.Edge != nil && a.about {
		own |= g.led(l.Edge)
		for _, r := range l.Props {
			own |= g.shown(r.Prop)
		}
	}
	for _, sel := range l.Nodes {
		if !sel.Kind.OfPersons() {
			continue
		}
		s := g.permitted(sel.Kind.Existence)
		for _, r := range sel.Props {
			if !r.Prop.Hidden {
				s |= g.shown(r.Prop)
			}
		}
		for _, b := range sel.Lists {
			s |= g.below[b]
		}
		if full |= s; !sel.Kind.Person { // who is led to answers for herself
			own |= s
		}
	}
	g.below[l] = own
	q := g.inquiry
	for _, id := range a.who {
		q.named[id] |= a.set
	}
	if a.root {
		q.roots = append(q.roots, own|full)
	}
	if a.counts(l) {
		q.others |= own | full
		q.chosen = append(q.chosen, chosen{a.in, a.path, a.terms})
	}
}

// led are the categories of what an edge leads along.
func (l *Lens) led(e *graph.Edge) set {
	s := set(0)
	for _, c := range e.Categories() {
		s |= l.permitted(c)
	}
	for _, strand := range e.Strands {
		for _, h := range strand.Hops {
			s |= l.permitted(h.Edge.Category)
		}
	}
	return s
}

// counts reports whether a list asks about persons whom nothing names, and who are not those that it comes from.
func (a *asked) counts(l *graph.List) bool {
	switch {
	case a.named:
		return false
	case a.root:
		return a.about || a.beyond
	case l.Edge.ToPersons() && !ofOwner(l) && !a.subject:
		return true
	}
	return len(a.terms) > 0 && (a.about || a.beyond)
}

// tells takes in what the rows of a selection tell of those whom they are about: what is asked of them and they permit, whether there is
// anything or not. What they permit is asked along with the rest, as far as it is not known.
func (g *guard) tells(l *graph.List, sel *graph.Selection, met need) {
	k := sel.Kind
	if !k.OfPersons() {
		return
	}
	t := &told{}
	note := func(s set, when *graph.Filter) {
		switch {
		case s == 0:
			return
		case when == nil:
			t.always |= s
			return
		}
		if !slices.Contains(sel.Asks, when) {
			sel.Asks = append(slices.Clip(sel.Asks), when)
		}
		ask := slices.Index(sel.Asks, when)
		if i := slices.IndexFunc(t.when, func(w toldWhen) bool { return w.ask == ask }); i >= 0 {
			t.when[i].set |= s
		} else {
			t.when = append(t.when, toldWhen{ask, s})
		}
	}
	permits := func(c graph.Category) {
		if when, ok := g.permit(k, c, met); ok {
			note(setOf(c), when)
		}
	}
	t.always = g.permitted(k.Existence)
	if l.Edge != nil {
		for _, c := range l.Edge.Categories() {
			t.always |= g.permitted(c)
		}
	}
	for _, r := range sel.Props {
		if !r.Prop.Hidden {
			note(g.shown(r.Prop), r.When)
		}
	}
	if l.Search != nil {
		for _, r := range l.Search.In {
			if r.Prop.Owner == k.Name {
				note(g.shown(r.Prop), r.When)
			}
		}
	}
	for _, r := range l.Props {
		if g.tie(l.Edge, r.Prop) == nil {
			permits(r.Prop.Category)
		}
	}
	for _, b := range sel.Lists {
		for _, c := range g.below[b].list() {
			permits(c)
		}
	}
	g.inquiry.rows[sel] = t
}

// population says how those were chosen whom a fetch asks about, with marks for values. The fetch's roots name the nodes that part of it
// is about.
func (q *Inquiry) population(f *graph.Fetch, mark func(string) string) []string {
	var out []string
	for _, c := range q.chosen {
		text := c.path[0]
		if names := namesOf(f.Lists[c.root]); names != "" {
			text += "(" + marked(mark, names) + ")"
		}
		graph.AddOnce(&out, strings.Join(append([]string{text}, c.path[1:]...), ".")+c.by.written(mark))
	}
	return out
}

// namesOf are the names of nodes that are no persons, by which a root names them.
func namesOf(l *graph.List) string {
	if !l.Identified() || l.Nodes[0].Kind.Person {
		return ""
	}
	names := slices.Clone(l.IDs)
	for _, e := range l.External {
		names = append(names, e.Key())
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

const (
	// longestDefinition is how many bytes of how persons were chosen stand in a receipt; of what is longer, a mark stands for the rest.
	longestDefinition = 600
	// lengthOfMark is how many letters stand for a value: 96 bits.
	lengthOfMark = 16
)

// A definition is how a set of persons was chosen. Its values are told by what stands for them.
type definition []term

// A term is a text or, where it is secret, a value.
type term struct {
	text   string
	secret bool
}

func (d *definition) say(text string) {
	if n := len(*d); n > 0 && !(*d)[n-1].secret {
		(*d)[n-1].text += text
		return
	}
	*d = append(*d, term{text, false})
}

func (d *definition) value(v any) {
	text := fmt.Sprint(v)
	if m, ok := v.(graph.Money); ok {
		text = fmt.Sprint(m.Amount, " ", m.Currency)
	}
	*d = append(*d, term{text, true})
}

// written is the definition with marks for its values: equal values have equal ones, and who has not the key cannot try any.
func (d definition) written(mark func(string) string) string {
	var b strings.Builder
	for _, t := range d {
		if t.secret {
			b.WriteString(marked(mark, t.text))
		} else {
			b.WriteString(t.text)
		}
	}
	all := b.String()
	if len(all) <= longestDefinition {
		return all
	}
	return strings.ToValidUTF8(all[:longestDefinition], "") + "…" + marked(mark, all)
}

func marked(mark func(string) string, text string) string {
	m := mark(text)
	return "#" + m[:min(len(m), lengthOfMark)]
}
