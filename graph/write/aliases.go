package write

import (
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// An aliasing keeps an Alias for each further key of a node, and for each id that leads to it, as they come, go and move from one node to
// another.
type aliasing struct {
	*applier
	was, now map[string]string // what an Alias led to, and leads to; empty: it was not there, or goes
}

func aliasesOfNodes(a *applier) derivation {
	return &aliasing{a, map[string]string{}, map[string]string{}}
}

func (d *aliasing) touch(c Change) {
	if c.Kind == nil || slices.Contains(graph.Own, c.Kind) {
		return
	}
	before, after := aliases(c.Kind, c.OldNode), aliases(c.Kind, c.NewNode)
	for id, of := range before {
		if was, known := d.was[id]; !known || was == "" && d.now[id] != of { // another node has got it in this batch
			d.was[id] = of
		}
		if _, stays := after[id]; !stays && d.now[id] != "" && d.now[id] != of {
			continue // another node has it by now
		}
		d.now[id] = after[id]
	}
	for id, of := range after {
		if _, known := d.was[id]; !known {
			d.was[id] = ""
		}
		d.now[id] = of
	}
}

// aliases are those of a node, with what they lead to.
func aliases(k *graph.Kind, n *Node) map[string]string {
	if n == nil {
		return nil
	}
	keys, _ := n.Values[graph.FurtherKeys].([]string)
	ids, _ := n.Values[graph.FormerIDs].([]string)
	if len(keys)+len(ids) == 0 {
		return nil
	}
	out := make(map[string]string, len(keys)+len(ids))
	for _, key := range keys {
		out[graph.KeyAlias(k, key)] = n.Key
	}
	for _, id := range ids {
		out[graph.IDAlias(id)] = n.ID
	}
	return out
}

// settle writes them when all changes are known: a key may go from one node to another.
func (d *aliasing) settle() ([]*graph.List, func([]graph.ListResult)) {
	alias := func(id, of string) Node { return Node{ID: id, Key: id, Values: graph.Values{graph.AliasOf: of}} }
	for _, id := range slices.Sorted(maps.Keys(d.now)) {
		switch was, now := d.was[id], d.now[id]; {
		case was == now:
		case now == "":
			d.dropNode(graph.Alias, alias(id, was))
		case was == "":
			d.addNode(graph.Alias, alias(id, now))
			if !d.names.aliases {
				d.names.aliases = true
				d.addNode(graph.Alias, Node{ID: graph.AnyAlias, Key: graph.AnyAlias})
			}
		default:
			d.changeNode(graph.Alias, alias(id, was), graph.Values{graph.AliasOf: now}, "")
		}
	}
	return nil, nil
}
