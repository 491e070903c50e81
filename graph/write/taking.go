package write

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// A taking says what an erasure makes of what was found. It asks nobody, and changes nothing.
type taking struct {
	gone    []string // categories of which nothing is kept
	ground  map[graph.Category]string
	again   bool        // she was erased before: only what came since is looked for
	foreign bool        // what comes now is of a source, whose words may name her: what Kith itself keeps of her does not
	names   *fold.Names // what she is called, in what is about her alone
	unique  *fold.Names // what nobody else is called, anywhere
	mark    func(string) string
	now     int64
	parts   map[graph.ErasedPart]int
}

func newTaking(h Host, by graph.Erasure) *taking {
	t := &taking{ground: by.Keep, names: &fold.Names{}, unique: &fold.Names{}, mark: h.Mark, now: int64(h.Now), parts: map[graph.ErasedPart]int{}}
	for _, c := range graph.PersonalCategories {
		if by.Keep[c] == "" {
			t.gone = append(t.gone, string(c))
		}
	}
	return t
}

func (t *taking) lost(c graph.Category) bool { return slices.Contains(t.gone, string(c)) }

func (t *taking) count(part graph.ErasedPart) {
	if !t.again {
		t.parts[part]++
	}
}

// removes reports whether a node that is about her is removed: it is about nobody else, and its existence is not kept, or all by which it
// is about her is removed.
func (t *taking) removes(r *graph.Row) bool {
	return !r.Met[isShared] && (t.lost(r.Sel.Kind.Existence) || r.Met[isOrphan])
}

// scrubbed are the values of a node about her that is kept which change, and its new key, if it gets one.
func (t *taking) scrubbed(k *graph.Kind, n Node, shared bool) (set graph.Values, key string) {
	set = graph.Values{}
	of := t.gone
	if shared {
		of = slices.DeleteFunc(slices.Clone(t.gone), func(c string) bool { return c != string(graph.CategoryContent) })
	}
	touched := !shared
	for _, p := range k.Shown() {
		touched = touched || goes(p, of)
		switch v := n.Values[p.Name]; {
		case v == nil:
		case goes(p, of), t.again && !shared && t.foreign && words(p) && n.Values[graph.ErasedAt] == nil:
			set[p.Name] = nil
			t.count(graph.ErasedPart{Type: k.Name, Field: p.Field()})
		case p.Type == graph.String && !shared:
			if text := t.names.Replace(v.(string), graph.Erased); text != v {
				set[p.Name] = text
				t.count(graph.ErasedPart{Type: k.Name, Field: p.Field(), Named: true})
			}
		}
	}
	if was := rewritten(versionsOf(n.Values), func(text string) string { return t.names.Replace(text, graph.Erased) }); was != nil && !shared {
		set[graph.VersionsOf] = was
	}
	if !shared {
		key = t.unnamed(k, n, set)
	}
	before, _ := n.Values[graph.ErasedOf].([]string)
	if all := distinct(slices.Concat(before, of)); touched && (n.Values[graph.ErasedAt] == nil || len(all) > len(before)) {
		set[graph.ErasedAt], set[graph.ErasedOf] = t.now, all
	}
	forgetLoaded(n, set)
	return set, key
}

// unnamed has a node's further keys be marks, and no other id lead to it. It gives the mark of its first key, if that is none.
func (t *taking) unnamed(k *graph.Kind, n Node, set graph.Values) (key string) {
	marks := marksOf(t.mark, k, n)
	if further, _ := n.Values[graph.FurtherKeys].([]string); !slices.Equal(further, marks[1:]) {
		set[graph.FurtherKeys] = marks[1:]
	}
	if n.Values[graph.FormerIDs] != nil {
		set[graph.FormerIDs] = nil
	}
	if marks[0] == n.Key {
		return ""
	}
	return marks[0]
}

// cuts reports whether a relationship of a node, along a way to another, is not kept. Covered: some field of the schema tells of it.
func (t *taking) cuts(k *graph.Kind, way *graph.Edge, to *graph.Kind) (cut, covered bool) {
	tells := func(from *graph.Kind, out bool, to *graph.Kind) {
		for _, e := range from.Edges {
			if e.Stored() && e.Rel == way.Rel && e.Out == out && slices.Contains(e.Targets, to) {
				covered, cut = true, cut || slices.ContainsFunc(e.Categories(), t.lost)
			}
		}
	}
	if tells(k, way.Out, to); !covered && way.Rel.Kept { // a tie goes from both its ends
		tells(to, !way.Out, k)
	}
	return covered && (cut || slices.ContainsFunc(way.Rel.Key, func(p *graph.Property) bool { return goes(p, t.gone) })), covered
}

// scrubbedEdge are the values of a relationship that is kept which change, and its new key, if it gets one.
func (t *taking) scrubbedEdge(r *graph.Rel, l Edge) (set graph.Values, key string) {
	set = graph.Values{}
	for _, p := range r.Properties {
		if l.Values[p.Name] != nil && goes(p, t.gone) {
			set[p.Name] = nil
			t.count(graph.ErasedPart{Type: r.Type, Field: p.Field()})
		}
	}
	if mark := edgeMark(t.mark, r, l.Key); !strings.HasPrefix(l.Key, l.From+"|") && l.Key != mark { // its name in a source
		key = mark
	}
	return set, key
}

// bared are all values of her own, which are taken away.
func (t *taking) bared(k *graph.Kind, n Node) (set graph.Values, key string) {
	set = graph.Values{}
	for _, p := range k.Shown() {
		if p.Given() && n.Values[p.Name] != nil {
			set[p.Name] = nil
			t.count(graph.ErasedPart{Type: k.Name, Field: p.Field()})
		}
	}
	key = t.unnamed(k, n, set)
	if !t.again {
		set[graph.ErasedAt], set[graph.ErasedOf] = t.now, t.gone
	}
	forgetLoaded(n, set)
	return set, key
}

// Why a name of hers is left in texts that are not about her alone: it is others', or nobody has looked whether it is.
const (
	othersToo     = "others are called so, too"
	othersPerhaps = "a name as short may be others', too, which was not looked for"
)

func (t *taking) leaves(k *graph.Kind, p *graph.Property, why string) {
	t.count(graph.ErasedPart{Type: k.Name, Field: p.Field(), Ground: why + ": in texts that are not about her alone it is left"})
}

// othersName is the ground on which a company that is called like her keeps its name.
const othersName = "the name of a company or a product, which a source would bring again"

// renamed are the values of texts that named her. What nodes are called stays where it is their own name.
func (t *taking) renamed(owner string, props []*graph.Property, have graph.Values, own bool) graph.Values {
	set := graph.Values{}
	for _, p := range props {
		if p.Format == graph.FormatAttribute {
			t.untold(owner, p, have, set)
			continue
		}
		text, is := have[p.Name].(string)
		if !is || p.Type != graph.String {
			continue
		}
		if own && p.Searched != graph.NotSearched {
			if t.unique.In(text) {
				t.count(graph.ErasedPart{Type: owner, Field: p.Name, Ground: othersName})
			}
			continue
		}
		if without := t.unique.Replace(text, graph.Erased); without != text {
			set[p.Name] = without
			t.count(graph.ErasedPart{Type: owner, Field: p.Name, Named: true})
		}
	}
	if was := rewritten(versionsOf(have), func(text string) string { return t.unique.Replace(text, graph.Erased) }); was != nil {
		set[graph.VersionsOf] = was
	}
	return set
}

// untold takes her name out of what event logs tell.
func (t *taking) untold(owner string, p *graph.Property, have, set graph.Values) {
	texts, _ := have[p.Name].([]string)
	without := slices.Clone(texts)
	for i, text := range texts {
		a, err := graph.ParseAttribute(text)
		if err != nil { // stores write no others
			panic(fmt.Sprintf("write: %q is no attribute: %v", text, err))
		}
		a.Name = t.unique.Replace(a.Name, graph.Erased)
		switch value := t.unique.Replace(a.Value, graph.Erased); {
		case a.Type == graph.AttributeText || a.Type == graph.AttributeObject:
			a.Value = value
		case a.Type == graph.AttributeNumber && value != a.Value: // of her telephone, as a log wrote it
			a.Type, a.Value = graph.AttributeText, value
		}
		without[i] = a.String()
	}
	if !slices.Equal(texts, without) {
		set[p.Name] = without
		t.count(graph.ErasedPart{Type: owner, Field: p.Name, Named: true})
	}
}
