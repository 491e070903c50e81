package journal

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// receiptSource is the source that disclosures come from: the external id of one is its receipt's.
const receiptSource = "kith.receipts"

// To gives a function for Move that keeps receipts in a store, as Disclosures with a relationship to each person. What is
// told of a person who is no longer there is left out.
func To(store graph.Store, cat *graph.Catalog) func(context.Context, []Receipt) error {
	return func(ctx context.Context, receipts []Receipt) error {
		b := disclosures(cat, receipts)
		_, err := store.Write(ctx, b)
		if bad := (*graph.BatchError)(nil); errors.As(err, &bad) {
			b.Edges = bad.Sound(b.Edges)
			_, err = store.Write(ctx, b)
		}
		return err
	}
}

// person is whom a receipt names.
func person(cat *graph.Catalog, s Subject) (ref graph.NodeRef, known bool) {
	if s.External == "" {
		k := cat.KindOf(s.ID)
		return graph.NodeRef{Kind: k, ID: s.ID}, k != nil
	}
	prefix, key, _ := strings.Cut(s.External, ":")
	e, ok := graph.ParseKey(key)
	i := slices.IndexFunc(cat.Kinds, func(k *graph.Kind) bool { return k.Prefix == prefix })
	if !ok || i < 0 {
		return ref, false
	}
	return graph.NodeRef{Kind: cat.Kinds[i], External: e}, true
}

func disclosures(cat *graph.Catalog, receipts []Receipt) *graph.Batch {
	b := &graph.Batch{Source: receiptSource}
	kind, rel := cat.MustKind("Disclosure"), cat.Rel("DISCLOSED")
	for i := range receipts {
		r := &receipts[i]
		set := graph.Values{"at": int64(r.At), "purpose": r.Purpose, "roles": r.Roles}
		for name, v := range map[string]string{"policyVersion": r.Policy, "actor": r.Actor, "operation": r.Operation, "documentHash": r.Hash, "reference": r.Reference, "population": r.Population} {
			if v != "" {
				set[name] = v
			}
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind, ID: r.ID, Set: set})
		for _, s := range r.Subjects {
			to, known := person(cat, s)
			if !known { // the catalog has no such persons any more
				continue
			}
			categories := make([]string, len(s.Categories))
			for j, c := range s.Categories {
				categories[j] = string(c)
			}
			b.Edges = append(b.Edges, graph.Link{Rel: rel, Set: graph.Values{"categories": categories},
				From: graph.NodeRef{Kind: kind, External: graph.External{ID: r.ID}}, To: to})
		}
	}
	return b
}
