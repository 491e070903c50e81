package e2e

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
)

// reference says in the plainest way, node by node, what is withheld from a purpose: it looks at the whole graph, and knows
// nothing of fetches. The guard is held against it.
type reference struct {
	policy  *policy.Policy
	purpose graph.Purpose
	catalog *graph.Catalog
	nodes   map[string]*seen
	source  string

	customer string // who asks for SELF
}

// seen is a node as it is stored.
type seen struct {
	kind     *graph.Kind
	id       string // in the world's source
	values   map[string]any
	subjects []string // ids of the persons it is about, be it through others
}

// comesFrom reports whether a node comes from a row of an id, in whichever source.
func (n *seen) comesFrom(id string) bool {
	further, _ := n.values[graph.FurtherKeys].([]string)
	return n.id == id || slices.ContainsFunc(further, func(key string) bool {
		e, _ := graph.ParseKey(key)
		return e.ID == id
	})
}

// look reads everything.
func look(p *policy.Policy, purpose graph.Purpose, cat *graph.Catalog, source string, res *graph.Result, names map[string]string) *reference {
	r := &reference{policy: p, purpose: purpose, catalog: cat, nodes: map[string]*seen{}, source: source}
	leads := map[string][]string{} // along the edges that lead to persons
	for _, l := range res.Lists {
		for _, row := range l.Rows {
			n := &seen{kind: row.Sel.Kind, id: names[row.ID], values: map[string]any{}}
			for i, ref := range row.Sel.Props {
				n.values[ref.Prop.Name] = row.Props[i]
			}
			for i, b := range row.Sel.Lists {
				if !slices.Contains(n.kind.Subjects, b.Edge) {
					continue
				}
				for _, to := range row.Lists[i].Rows {
					leads[row.ID] = append(leads[row.ID], to.ID)
				}
			}
			r.nodes[row.ID] = n
		}
	}
	var reach func(from, id string)
	reach = func(from, id string) {
		for _, to := range leads[id] {
			if r.nodes[to].kind.Person {
				r.nodes[from].subjects = append(r.nodes[from].subjects, to)
			} else {
				reach(from, to)
			}
		}
	}
	for id := range r.nodes {
		reach(id, id)
	}
	return r
}

func (r *reference) denied(c graph.Category) bool { return r.policy.Basis(c, r.purpose) == policy.Deny }

// permits reports whether a person permits data of a category, which the purpose does not deny.
func (r *reference) permits(person string, c graph.Category) bool {
	v := r.nodes[person].values
	at := func(name string) int64 { n, _ := v[name].(int64); return n }
	basis := r.policy.Basis(c, r.purpose)
	switch {
	case basis == policy.Deny:
		return false
	case basis == policy.Own:
		return person == r.customer
	case basis == policy.Open, c == graph.CategoryConsent, c == graph.CategoryWorkforce:
		return true
	case v[graph.RestrictedAt] != nil && r.purpose != graph.Compliance:
		return false
	}
	objected := v[graph.ObjectedAt(r.purpose)] != nil
	switch basis {
	case policy.Contract:
		return v[graph.Party] == true
	case policy.Interest:
		return !objected
	case policy.ContractOrInterest:
		return !objected || v[graph.Party] == true
	case policy.Consent:
		return at(graph.ConsentUntil(r.purpose)) > int64(graph.At(now))
	}
	return true
}

// stands reports whether anything of a person may be seen.
func (r *reference) stands(person string) bool {
	k := r.nodes[person].kind
	about := func(c graph.Category) bool {
		return c != graph.CategoryCompany && c != graph.CategoryConsent && c != graph.CategoryWorkforce && r.permits(person, c)
	}
	return slices.ContainsFunc(k.Shown(), func(p *graph.Property) bool { return about(p.Category) }) ||
		slices.ContainsFunc(k.Edges, func(e *graph.Edge) bool { return about(e.Category) })
}

// may reports whether data of a category of a node may be seen: a person's own, or that of one of those whom the node is
// about, of all where it is free text.
func (r *reference) may(id string, c graph.Category) bool {
	n := r.nodes[id]
	permits := func(person string) bool { return r.permits(person, c) }
	switch {
	case r.denied(c), n.kind.Excludes(r.purpose):
		return false
	case n.kind.Person:
		return permits(id)
	case len(n.subjects) == 0 && r.policy.Basis(c, r.purpose) == policy.Own && len(n.kind.Subjects) > 0:
		return false // what is nobody's is not hers
	case len(n.subjects) == 0:
		return true
	case c == graph.CategoryContent:
		return !slices.ContainsFunc(n.subjects, func(s string) bool { return !permits(s) })
	}
	return slices.ContainsFunc(n.subjects, permits)
}

// there reports whether a node stands in lists.
func (r *reference) there(id string) bool {
	n := r.nodes[id]
	switch {
	case n.kind.Person:
		return r.stands(id)
	case n.kind.Existence != "":
		return r.may(id, n.kind.Existence)
	}
	return true
}

// ids are those of all nodes, in order.
func (r *reference) ids() []string { return slices.Sorted(maps.Keys(r.nodes)) }

// upset is a batch that changes only what is withheld: values, and the existence of nodes and relationships.
func (r *reference) upset(w *graphtest.World, rng *rand.Rand) *graph.Batch {
	b := &graph.Batch{Source: r.source}
	chance := func(n int) bool { return rng.IntN(100) < n }
	ids := r.ids()
	for _, id := range ids {
		n := r.nodes[id]
		set := graph.Values{}
		for _, p := range n.kind.Shown() {
			hidden := !r.may(id, p.Category) || !n.kind.Person && !r.there(id) || p.Excludes(r.purpose) ||
				r.purpose == graph.Self && p.Internal
			if hidden && p.Given() && chance(60) && n.kind.Name != graph.ConsentKind {
				if set[p.Name] = w.Value(rng, p); chance(20) {
					set[p.Name] = nil
				}
			}
		}
		if len(set) > 0 {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: n.kind, ID: n.id, Set: set})
		}
	}
	for i := range 12 {
		r.addNode(w, rng, b, ids, i)
	}
	given := slices.DeleteFunc(slices.Clone(r.catalog.Rels), func(rel *graph.Rel) bool { return rel.Kept })
	for i := range 12 {
		rel := given[rng.IntN(len(given))]
		pair := rel.Pairs[rng.IntN(len(rel.Pairs))]
		r.addEdge(w, rng, b, rel, r.some(rng, ids, pair[0]), r.some(rng, ids, pair[1]), fmt.Sprint("added", i))
	}
	r.addBridges(w, rng, b, ids)
	r.addCompanions(w, rng, b, ids)
	return b
}

// addNode adds something about somebody who does not permit it to be seen.
func (r *reference) addNode(w *graphtest.World, rng *rand.Rand, b *graph.Batch, ids []string, i int) {
	var kinds []*graph.Kind
	for _, k := range r.catalog.Kinds {
		if len(k.Subjects) > 0 && k.Name != graph.ConsentKind {
			kinds = append(kinds, k)
		}
	}
	k := kinds[rng.IntN(len(kinds))]
	subject, person := k.Subjects[0], r.some(rng, ids, r.catalog.MustKind("Customer"))
	if person == "" {
		return
	}
	n := r.nodes[person]
	if n.values[graph.ErasedAt] != nil { // nothing is ever about her again
		return
	}
	if r.permits(person, k.Existence) && !k.Excludes(r.purpose) || n.kind.Reverse(subject).Standing != "" && n.values[graph.Party] != true {
		return
	}
	set := graph.Values{}
	for _, p := range k.Shown() {
		if p.Given() {
			set[p.Name] = w.Value(rng, p)
		}
	}
	added := graph.Upsert{Kind: k, ID: fmt.Sprint("added", i), Set: set}
	b.Nodes = append(b.Nodes, added)
	this := graph.NodeRef{Kind: k, External: graph.External{ID: added.ID}}
	b.Edges = append(b.Edges, along(subject, this, r.end(person)))
	for _, e := range k.Edges { // what else it leads to, or is led to from, is hidden with it
		to := e.Targets[rng.IntN(len(e.Targets))]
		if to.Person && e.Rel == subject.Rel || e == subject && e.One || !e.Out && (displaces(to, e) || slices.Contains(slices.Concat(to.Subjects, to.Inherits), to.Reverse(e))) {
			continue
		}
		inherits := e == subject || slices.Contains(k.Inherits, e)
		if id := r.some(rng, ids, to); id != "" && (!inherits || len(r.nodes[id].subjects) == 0) {
			b.Edges = append(b.Edges, along(e, this, r.end(id)))
		}
	}
}

func (r *reference) end(id string) graph.NodeRef {
	return graph.NodeRef{Kind: r.nodes[id].kind, External: graph.External{ID: r.nodes[id].id}}
}

// along is the relationship of an edge from one node to another.
func along(e *graph.Edge, from, to graph.NodeRef) graph.Link {
	if !e.Out {
		from, to = to, from
	}
	return graph.Link{Rel: e.Rel, From: from, To: to}
}

// displaces reports whether what an edge leads to leads back to one node only, so that another takes its place.
func displaces(k *graph.Kind, e *graph.Edge) bool {
	back := k.Reverse(e)
	return back != nil && back.One
}

// some is a node of a kind, or empty where there is none.
func (r *reference) some(rng *rand.Rand, ids []string, k *graph.Kind) string {
	var of []string
	for _, id := range ids {
		if r.nodes[id].kind == k {
			of = append(of, id)
		}
	}
	if len(of) == 0 {
		return ""
	}
	return of[rng.IntN(len(of))]
}

// addEdge adds a relationship that cannot be seen from either end, and that says not whom a node is about.
func (r *reference) addEdge(w *graphtest.World, rng *rand.Rand, b *graph.Batch, rel *graph.Rel, from, to, name string) {
	if from == "" || to == "" || r.settled(rel, from, to) || r.shown(rel, from, to) {
		return
	}
	set := graph.Values{}
	for _, p := range rel.Properties {
		if set[p.Name] = w.Value(rng, p); p.Name == "from" || p.Name == "to" {
			set[p.Name] = nil
		}
	}
	b.Edges = append(b.Edges, graph.Link{Rel: rel, From: r.end(from), To: r.end(to), ID: name, Set: set})
}

// addBridges lead from persons to others by way of those who are withheld, along what is walked.
func (r *reference) addBridges(w *graphtest.World, rng *rand.Rand, b *graph.Batch, ids []string) {
	for _, k := range r.catalog.Kinds {
		for _, e := range k.Edges {
			if e.Walk != graph.Up || !k.Person {
				continue
			}
			for i, id := range ids {
				if r.nodes[id].kind == k && !r.may(id, e.Category) {
					r.addEdge(w, rng, b, e.Along, r.some(rng, ids, k), id, fmt.Sprint("to bridge", i))
					r.addEdge(w, rng, b, e.Along, id, r.some(rng, ids, k), fmt.Sprint("from bridge", i))
				}
			}
		}
	}
}

// addCompanions have those of whom nothing may be seen take part in what is about others, too. Where its text was to be seen it is
// not touched: that one more does not permit a text is told.
func (r *reference) addCompanions(w *graphtest.World, rng *rand.Rand, b *graph.Batch, ids []string) {
	for _, id := range ids {
		n := r.nodes[id]
		for _, e := range n.kind.Subjects {
			if e.Single() || !e.Targets[0].Person || len(n.subjects) == 0 || rng.IntN(100) < 50 {
				continue
			}
			person := r.some(rng, ids, e.Targets[0])
			if person == "" || r.nodes[person].values[graph.ErasedAt] != nil || slices.Contains(n.subjects, person) || r.tells(n.kind, id, person) {
				continue
			}
			link := along(e, r.end(id), r.end(person))
			link.ID = "companion " + id
			b.Edges = append(b.Edges, link)
		}
	}
}

// tells reports whether it can be seen of a node that it is about one more person.
func (r *reference) tells(k *graph.Kind, id, person string) bool {
	categories := []graph.Category{k.Existence, graph.CategoryContent, graph.CategoryIdentity, graph.CategoryBehaviour}
	for _, p := range k.Shown() {
		categories = append(categories, p.Category)
	}
	for _, e := range k.Edges {
		categories = append(categories, e.Category)
	}
	return slices.ContainsFunc(categories, func(c graph.Category) bool {
		return r.permits(person, c) && c != graph.CategoryConsent && c != graph.CategoryWorkforce && c != graph.CategoryCompany
	}) ||
		r.may(id, graph.CategoryContent)
}

// settled reports whether a relationship would take the place of another, or say whom a node is about: what decides who
// sees the node is the same in both worlds, as consents are.
func (r *reference) settled(rel *graph.Rel, from, to string) bool {
	for _, ends := range [][2]string{{from, to}, {to, from}} {
		owner, target := r.nodes[ends[0]].kind, r.nodes[ends[1]].kind
		for _, e := range owner.Edges {
			along := e.Rel == rel && e.Out == (ends[0] == from) && slices.Contains(e.Targets, target)
			if along && (e.One || e.Standing != "" || (slices.Contains(owner.Subjects, e) || slices.Contains(owner.Inherits, e)) && (target.Person || len(r.nodes[ends[1]].subjects) > 0)) {
				return true
			}
		}
	}
	return false
}

// shown reports whether a relationship can be seen from either end.
func (r *reference) shown(rel *graph.Rel, from, to string) bool {
	for _, ends := range [][2]string{{from, to}, {to, from}} {
		owner, target := ends[0], ends[1]
		for _, e := range r.nodes[owner].kind.Edges {
			if r.purpose == graph.Self && !r.nodes[owner].kind.Person && len(r.nodes[owner].kind.Subjects) == 0 {
				continue // nobody comes from there
			}
			if e.Rel != rel || e.Out != (owner == from) || !slices.Contains(e.Targets, r.nodes[target].kind) {
				continue
			}
			if !e.Excludes(r.purpose) && r.may(owner, e.Category) && r.may(target, e.Category) && r.there(target) {
				return true
			}
		}
	}
	return false
}
