package write

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A link is a Link of the batch whose ends are found.
type link struct {
	Edge
	index    int  // of the last one that is about it
	first    int  // of the first one, which says what became of it
	fresh    bool // an end is new, and the key says so: it cannot be there yet
	replaced bool
}

// links are those of one type, in the batch's order, and what becomes of them.
type links struct {
	all   []*link
	byKey map[string]*link

	stored           map[string]Edge // of these, those that are there
	created, changed []*link
	moved            []Edge // relationships as they were, whose links have other ends now
	replaced         []Edge // relationships of others, whose place links take
	changes          map[*link]graph.Values
}

// relationships makes and changes the relationships that the batch's links are about.
func (a *applier) relationships(ctx context.Context) error {
	if len(a.batch.Edges) == 0 {
		return nil
	}
	if a.findEnds(); len(a.problems) > 0 {
		return a.failed()
	}
	if err := a.gatherLinks(ctx); err != nil {
		return err
	}
	for _, r := range a.rels {
		if err := a.compare(ctx, r, a.links[r]); err != nil {
			return err
		}
	}
	if err := a.keepToOne(ctx); err != nil {
		return err
	}
	if err := a.givers(ctx); err != nil {
		return err
	}
	if err := a.failed(); err != nil {
		return err
	}
	for _, r := range a.rels {
		a.writeLinks(r, a.links[r])
	}
	return a.touchErased(ctx)
}

// gatherLinks finds which relationships the links are about.
func (a *applier) gatherLinks(ctx context.Context) error {
	before, err := a.predecessors(ctx)
	if err != nil {
		return err
	}
	a.report.Edges = make([]graph.Outcome, len(a.batch.Edges))
	for i, l := range a.batch.Edges {
		from, to := a.end(l.From), a.end(l.To)
		switch {
		case a.leavesOut(&l, from, to):
			a.report.Suppressed++
			a.report.Edges[i] = graph.LeftOut
		case l.Succeeds:
			a.succeed(i, from, to, before[relOf{l.Rel, from}])
		case l.Ends:
			a.conclude(i, to, before[relOf{l.Rel, from}])
		default:
			a.gather(i, l, Edge{Key: a.edgeKey(l, from, to), From: from, To: to}, a.keptSet(&l, from, to))
		}
	}
	return a.failed()
}

// gather takes in what a link of the batch makes of a relationship. The last of several wins, property by property.
func (a *applier) gather(index int, of graph.Link, e Edge, set graph.Values) {
	r := of.Rel
	if a.links[r] == nil {
		a.links[r] = &links{byKey: map[string]*link{}, stored: map[string]Edge{}, changes: map[*link]graph.Values{}}
		a.rels = append(a.rels, r)
	}
	at := a.links[r].byKey[e.Key]
	if at != nil && at.index != index {
		a.report.Edges[index] = graph.Folded
	}
	if at == nil {
		at = &link{Edge: Edge{Key: e.Key, Values: graph.Values{}}, first: index}
		a.links[r].byKey[e.Key] = at
		a.links[r].all = append(a.links[r].all, at)
	}
	at.From, at.To, at.index = e.From, e.To, index
	at.fresh = of.ID == "" && (a.created[e.From] || a.created[e.To])
	maps.Copy(at.Values, set)
}

// compare finds out which relationships come and change.
func (a *applier) compare(ctx context.Context, r *graph.Rel, ls *links) error {
	var keys []string
	for _, l := range ls.all {
		if !l.fresh {
			keys = append(keys, l.Key)
		}
	}
	if len(keys) > 0 {
		stored, err := a.tx.Edges(ctx, r, keys)
		if err != nil {
			return err
		}
		for _, e := range stored {
			ls.stored[e.Key] = e
		}
	}
	a.inOrder(r, ls)
	for _, l := range ls.all {
		old, there := ls.stored[l.Key]
		switch {
		case !there:
			l.Values = present(l.Values)
			ls.created = append(ls.created, l)
		case old.From != l.From || old.To != l.To:
			ls.moved = append(ls.moved, old)
			l.Values = merged(old.Values, l.Values)
			ls.created = append(ls.created, l)
		default:
			diff := difference(l.Values, old.Values)
			l.Values = merged(old.Values, l.Values)
			if len(diff) > 0 {
				ls.changes[l] = diff
				ls.changed = append(ls.changed, l)
			}
		}
	}
	return nil
}

// writeLinks has the relationships be as the batch has them.
func (a *applier) writeLinks(r *graph.Rel, ls *links) {
	a.report.EdgesCreated += len(ls.created) - len(ls.moved)
	a.report.EdgesChanged += len(ls.changed) + len(ls.moved)
	a.report.EdgesRemoved += len(ls.replaced)
	for _, e := range slices.Concat(ls.moved, ls.replaced) {
		a.dropEdge(r, e)
	}
	for _, l := range ls.all {
		if l.replaced {
			a.report.Edges[l.first] = graph.Folded
		}
	}
	for _, l := range ls.created {
		a.report.Edges[l.first] = graph.Created
		if _, was := ls.stored[l.Key]; was {
			a.report.Edges[l.first] = graph.Changed
		}
		recorded(r.Properties, l.Values, a.now)
		a.addEdge(r, l.Edge)
	}
	for _, l := range ls.changed {
		a.report.Edges[l.first] = graph.Changed
		a.changeEdge(r, ls.stored[l.Key], ls.changes[l], "")
	}
}

func (a *applier) edgeKey(l graph.Link, from, to string) string {
	if l.Rel.Bare {
		return graph.BareKey(from, to)
	}
	if l.ID != "" {
		key := a.key(graph.External{ID: l.ID})
		if a.erasedOf[from] != nil || a.erasedOf[to] != nil {
			return a.edgeMark(l.Rel, key)
		}
		return key
	}
	parts := []string{from, to}
	for _, p := range l.Rel.Key {
		part := ""
		if v := l.Set[p.Name]; v != nil {
			part = strings.ReplaceAll(fmt.Sprint(v), "|", "||")
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "|")
}

// relOf names the relationships of a type that leave a node.
type relOf struct {
	rel  *graph.Rel
	from string
}

// predecessors are the relationships that links may take over from, or end.
func (a *applier) predecessors(ctx context.Context) (map[relOf][]Edge, error) {
	found := map[relOf][]Edge{}
	q := &query{}
	for _, l := range a.batch.Edges {
		from := a.end(l.From)
		if !l.Succeeds && !l.Ends || from == "" || a.created[from] {
			continue
		}
		of := relOf{l.Rel, from}
		if _, asked := found[of]; asked {
			continue
		}
		found[of] = nil
		for _, e := range a.ways(l.From.Kind) {
			if e.Rel == l.Rel && e.Out {
				q.along(e, all, []string{from}, func(e Edge) { found[of] = append(found[of], e) })
			}
		}
	}
	return found, a.read(ctx, q)
}

// succeed ends the relationship that the i-th link takes over from, and begins the link's, unless that one leads to the same
// node.
func (a *applier) succeed(i int, from, to string, before []Edge) {
	l := a.batch.Edges[i]
	at := l.Set["from"].(int64) // check has seen it
	for _, s := range before {
		if !a.sameKey(l, s) {
			continue
		}
		switch begins, ends := validity(s.Values); {
		case begins > at:
			a.problems = append(a.problems, graph.Problem{Edge: true, Index: i, Conflict: true, Reason: fmt.Sprintf("another %s begins later", l.Rel.Type)})
			return
		case ends <= at:
		case s.To == to:
			return
		default:
			a.gather(i, l, s, graph.Values{"to": at})
		}
	}
	set := graph.Values{"to": nil} // one that began, and ended, at the same instant begins anew
	maps.Copy(set, l.Set)
	a.gather(i, l, Edge{Key: a.edgeKey(l, from, to), From: from, To: to}, set)
}

// conclude ends the relationships to a node that the i-th link is about.
func (a *applier) conclude(i int, to string, before []Edge) {
	l := a.batch.Edges[i]
	at, some := l.Set["to"].(int64), false // check has seen it
	for _, s := range before {
		begins, ends := validity(s.Values)
		given := func(p *graph.Property) bool { return l.Set[p.Name] != nil && l.Set[p.Name] != s.Values[p.Name] }
		if s.To != to || begins >= at || ends <= at || slices.ContainsFunc(l.Rel.Key, given) {
			continue
		}
		some = true
		a.gather(i, l, s, graph.Values{"to": at})
	}
	if !some {
		a.problems = append(a.problems, graph.Problem{Edge: true, Index: i, Reason: fmt.Sprintf("there is no such %s at %s that could end", l.Rel.Type, graph.Time(at))})
	}
}

// sameKey reports whether a stored relationship leads to the kind that a link leads to, and has its key properties, but for
// where its valid time begins.
func (a *applier) sameKey(l graph.Link, s Edge) bool {
	return a.cat.KindOf(s.To) == l.To.Kind && !slices.ContainsFunc(l.Rel.Key, func(p *graph.Property) bool {
		return p.Name != "from" && l.Set[p.Name] != s.Values[p.Name]
	})
}
