package write

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// names are what the batch calls nodes by besides the ids that they have, and the keys under which they were first seen.
type names struct {
	aliases bool                        // the store has some
	leads   map[nodeKey]nodeKey         // to the key by which a node is known here
	kept    map[nodeKey]bool            // keys that are kept already as those of a node
	more    map[nodeKey][]string        // keys that nodes are to have besides
	former  map[nodeKey][]string        // ids that are to lead to nodes
	values  map[nodeKey]graph.Values    // that nodes take over from those that they are merged with
	past    map[nodeKey][]graph.Version // the same, of what these values were
}

func newNames() *names {
	return &names{leads: map[nodeKey]nodeKey{}, kept: map[nodeKey]bool{}, more: map[nodeKey][]string{}, former: map[nodeKey][]string{}, values: map[nodeKey]graph.Values{}, past: map[nodeKey][]graph.Version{}}
}

// first is the key by which a node is known here.
func (n *names) first(k nodeKey) nodeKey {
	if to, leads := n.leads[k]; leads {
		return to
	}
	return k
}

// follow finds the nodes that the batch names by further keys, or by ids that lead to others. It reads nothing where the store has none.
func (a *applier) follow(ctx context.Context, all []*wanted) error {
	for k := range a.have {
		a.names.kept[k] = true
	}
	if !a.names.aliases {
		return nil
	}
	var ids []string
	for _, w := range all {
		ids = append(ids, a.unfound(w)...)
	}
	if len(ids) == 0 {
		return nil
	}
	leads, err := a.leadsOf(ctx, ids)
	if err != nil || len(leads) == 0 {
		return err
	}
	q := &query{}
	for _, w := range all {
		a.followKeys(q, w, leads)
		a.followIDs(q, w, leads)
	}
	return a.read(ctx, q)
}

// unfound are the Aliases that may lead on from names by which no node was found.
func (a *applier) unfound(w *wanted) (ids []string) {
	for _, key := range w.keys {
		if k := (nodeKey{w.kind, key}); !a.names.kept[k] {
			ids = append(ids, a.aliasesOf(k)...)
		}
	}
	for _, id := range w.ids {
		if _, there := a.named[id]; !there {
			ids = append(ids, graph.IDAlias(id))
		}
	}
	return ids
}

// aliasesOf are those of a key and, where it may have been erased, of its mark.
func (a *applier) aliasesOf(k nodeKey) []string {
	ids := []string{graph.KeyAlias(k.kind, k.key)}
	if a.erasing {
		ids = append(ids, graph.KeyAlias(k.kind, a.nodeMark(k.kind, k.key)))
	}
	return ids
}

func (a *applier) followKeys(q *query, w *wanted, leads graph.Leads) {
	var keys []string
	for _, key := range w.keys {
		k := nodeKey{w.kind, key}
		for _, alias := range a.aliasesOf(k) {
			to, led := leads[alias]
			if !led || a.names.kept[k] {
				continue
			}
			first := nodeKey{w.kind, to}
			a.names.leads[k], a.names.kept[k] = first, true
			if _, there := a.have[first]; !there {
				keys = append(keys, to)
			}
		}
	}
	if len(keys) > 0 {
		q.nodes(byKey(w.selection(), distinct(keys)...), func(n Node) { a.have[nodeKey{w.kind, n.Key}] = n })
	}
}

func (a *applier) followIDs(q *query, w *wanted, leads graph.Leads) {
	from := map[string][]string{}
	for _, id := range w.ids {
		if to := leads.ID(id); to != id {
			from[to] = append(from[to], id)
		}
	}
	if len(from) == 0 {
		return
	}
	q.nodes(byID(w.selection(), slices.Sorted(maps.Keys(from))...), func(n Node) {
		for _, id := range from[n.ID] {
			a.named[id] = n
		}
	})
}

// followErased has erasures be of the persons that ids lead to.
func (a *applier) followErased(ctx context.Context) error {
	if !a.names.aliases || len(a.batch.Erase) == 0 {
		return nil
	}
	leads, err := a.leadsOf(ctx, graph.Map(a.batch.Erase, func(e graph.Erasure) string { return graph.IDAlias(e.Person) }))
	if err != nil {
		return err
	}
	led := *a.batch
	led.Erase = slices.Clone(led.Erase)
	for i := range led.Erase {
		led.Erase[i].Person = leads.ID(led.Erase[i].Person)
	}
	a.batch = &led
	return nil
}

// leadsOf reads what Aliases lead to.
func (a *applier) leadsOf(ctx context.Context, ids []string) (graph.Leads, error) {
	leads, q := graph.Leads{}, &query{}
	q.nodes(byID(whole(graph.Alias), ids...), func(n Node) { leads[n.ID], _ = n.Values[graph.AliasOf].(string) })
	return leads, a.read(ctx, q)
}

// unite has the names of each upsert be those of one node, and notes where they are of two.
func (a *applier) unite() {
	if !slices.ContainsFunc(a.batch.Nodes, func(n graph.Upsert) bool { return len(n.Also) > 0 }) {
		return
	}
	claimed := map[nodeKey]bool{} // nodes that the batch makes
	for i, n := range a.batch.Nodes {
		all := []nodeKey{a.keyOf(n)}
		if n.Node == "" {
			all[0].key = a.key(graph.External{ID: n.ID})
		}
		for _, e := range n.Also {
			all = append(all, nodeKey{n.Kind, a.key(e)})
		}
		there, erased := a.found(all, claimed)
		if n.Unites && len(there) > 1 && a.uniteAll(there) {
			there = there[:1]
		}
		if len(there) > 1 {
			a.problems = append(a.problems, graph.Problem{Index: i, Conflict: true,
				Reason: fmt.Sprintf("all its rows must be of one %s: %s and %s are of two", n.Kind, there[0].key, there[1].key)})
		}
		at := a.names.first(slices.Concat(there, erased, all)[0])
		if len(there) > 0 { // nobody gets a key of who was erased
			a.report.Suppressed += len(erased)
		}
		claimed[at] = true
		for _, k := range all {
			a.call(at, k)
		}
	}
}

// uniteAll has the nodes of some names become the first of them that is kept, or the first where the batch makes all, unless one stays apart.
func (a *applier) uniteAll(there []nodeKey) bool {
	kept := func(k nodeKey) bool { _, is := a.have[a.names.first(k)]; return is }
	ref := func(k nodeKey) graph.NodeRef {
		return graph.NodeRef{Kind: k.kind, External: graph.External{ID: a.names.first(k).key}}
	}
	one := there[max(0, slices.IndexFunc(there, kept))]
	var all []merging
	for _, k := range there {
		if k == one || !kept(k) {
			continue
		}
		from, into, reason := a.both(graph.Merge{From: ref(k), Into: ref(one)})
		if reason != "" {
			return false
		}
		all = append(all, merging{k.kind, from, into})
	}
	for _, m := range all {
		a.merge(m)
	}
	at := a.names.first(one)
	for _, k := range there {
		if first := a.names.first(k); first != at { // the batch makes it, and has not yet
			a.leadOn(first, at)
		}
	}
	return true
}

// leadOn has all that the batch calls one node be names of another.
func (a *applier) leadOn(gone, at nodeKey) {
	a.names.more[at] = append(append(a.names.more[at], gone.key), a.names.more[gone]...)
	delete(a.names.more, gone)
	for k, to := range a.names.leads {
		if to == gone {
			a.names.leads[k] = at
		}
	}
	a.names.leads[gone] = at
}

// found are those of some names by which there are different nodes, and those by which these are of somebody, or something, that was erased.
func (a *applier) found(all []nodeKey, claimed map[nodeKey]bool) (there, erased []nodeKey) {
	seen := map[nodeKey]bool{}
	for _, k := range all {
		first := a.names.first(k)
		n, is := a.have[first]
		switch {
		case seen[first]:
		case strings.HasPrefix(n.Key, markedBefore):
			erased = append(erased, k)
		case is || claimed[first]:
			there = append(there, k)
		}
		seen[first] = true
	}
	return there, erased
}

// call has a key be one of a node.
func (a *applier) call(at, k nodeKey) {
	if first := a.names.first(k); first != at {
		if _, there := a.have[first]; there { // it is of another, which is told
			return
		}
		a.names.leads[k] = at
	}
	if k != at && !a.names.kept[k] && !slices.Contains(a.names.more[at], k.key) {
		a.names.more[at] = append(a.names.more[at], k.key)
	}
}

// lose has a node not get a key that is of somebody, or of something, that was erased.
func (a *applier) lose(at, k nodeKey) {
	a.names.kept[k] = true
	a.names.more[at] = slices.DeleteFunc(a.names.more[at], func(key string) bool { return key == k.key })
	a.report.Suppressed++
}

// isAgain has what was erased be the node that the batch brings, since that has a key of its, or leaves that key out where the node is another.
func (a *applier) isAgain(k nodeKey, n Node) {
	at := a.names.first(k)
	if other, there := a.have[at]; there && other.ID != n.ID {
		a.lose(at, k)
		return
	}
	if a.have[at], a.names.kept[k] = n, true; at != k && !a.names.kept[at] {
		a.names.more[at] = append(a.names.more[at], at.key)
	}
}

// addKeys has a node have the keys that the batch calls it by. Those of what was erased are marks.
func (a *applier) addKeys(k nodeKey) {
	n := a.have[k]
	have, _ := n.Values[graph.FurtherKeys].([]string)
	all := slices.Clone(have)
	for _, key := range a.names.more[k] {
		if strings.HasPrefix(n.Key, markedBefore) {
			key = a.nodeMark(k.kind, key)
		}
		if key != n.Key && !slices.Contains(all, key) {
			all = append(all, key)
		}
	}
	if len(all) > len(have) {
		a.want[k][graph.FurtherKeys] = all
	}
	if ids := a.names.former[k]; len(ids) > 0 {
		before, _ := n.Values[graph.FormerIDs].([]string)
		a.want[k][graph.FormerIDs] = slices.Concat(before, ids)
	}
}
