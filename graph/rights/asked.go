package rights

import "github.com/kithgraph/kith/graph"

func (x *exporter) list(e *graph.Edge) *graph.List {
	return &graph.List{Key: e.Name, Edge: e.Ever(), Props: graph.Refs(e.Rel.Shown()...), Nodes: graph.Bare(e.Targets), Rows: true, Page: graph.Page{Limit: x.Page}}
}

// values are those of a kind that are told: what she may not see herself, since it is for officers alone, tells of others.
func (x *exporter) values(k *graph.Kind) []graph.Ref {
	refs := []graph.Ref{{Prop: k.Key}, {Prop: k.Further}}
	for _, p := range k.Shown() {
		if !p.Told() || x.Provided && (p.Category == graph.CategorySentiment || p.Category == graph.CategoryPrediction || !p.Given()) {
			continue // others' conclusions
		}
		refs = append(refs, graph.Ref{Prop: p})
		if p.Versions != nil && !x.Provided {
			refs = append(refs, graph.Ref{Prop: p.Versions})
		}
	}
	return refs
}

// recorded reports whether nodes of a kind have a record of their own: they are about persons, and none themselves.
func recorded(k *graph.Kind) bool {
	return k.Existence != "" && !k.Person && k.Existence != graph.CategoryWorkforce
}

// fill asks a node for all that is told of it: its values, and what it leads to by name.
func (x *exporter) fill(sel *graph.Selection, back *graph.Edge) {
	k := sel.Kind
	if !recorded(k) {
		x.name(sel)
		return
	}
	sel.Props = x.values(k)
	for _, e := range k.Edges {
		if !e.Stored() || e == back && e.One || x.viewer.Edge(e) != nil {
			continue
		}
		l := x.list(e)
		for _, to := range l.Nodes {
			if x.name(to); named(to.Kind) { // texts may name each of them, whether there is a link to her or not
				l.Page.Limit, l.HasNext = x.Most, true
			}
		}
		sel.Lists = append(sel.Lists, l)
	}
}

// named reports whether nodes of a kind are persons or employees.
func named(k *graph.Kind) bool { return k.Person || k.Existence == graph.CategoryWorkforce }

// name asks a node for what it is called: of persons that is needed to take it out of texts. An address, or words that somebody
// wrote, may be somebody else's: they are told of none but in records.
func (x *exporter) name(sel *graph.Selection) {
	if sel.Kind.Person {
		WantNames(sel)
		return
	}
	for _, p := range sel.Kind.Display {
		if p.Searched != graph.NotSearched {
			sel.Props = append(sel.Props, graph.Ref{Prop: p})
		}
	}
}
