package journal

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// receiptSource is the source that disclosures come from: the external id of one is its receipt's.
// Its name is short: there is a key for each.
const receiptSource = "kith.dis"

// To gives a function for Move that keeps receipts in a store: a Disclosure for each set of categories, with a relationship to each person
// of whom these were asked, so that of each nothing more has to be kept. What is told of a person who is no longer there is left out.
func To(store graph.Store, cat *graph.Catalog) func(context.Context, []Receipt) error {
	return func(ctx context.Context, receipts []Receipt) error {
		if err := thereBefore(ctx, store, cat, receipts); err != nil {
			return err
		}
		b := disclosures(cat, receipts)
		_, err := store.Write(ctx, b)
		if bad := (*graph.BatchError)(nil); errors.As(err, &bad) {
			b.Edges = bad.Sound(b.Edges)
			_, err = store.Write(ctx, b)
		}
		return err
	}
}

// thereBefore sees to it that what is counted up is in the store.
func thereBefore(ctx context.Context, store graph.Store, cat *graph.Catalog, receipts []Receipt) error {
	kind := cat.MustKind("Disclosure")
	l := &graph.List{Key: "receipts", Rows: true, Nodes: []*graph.Selection{{Kind: kind, Props: []graph.Ref{{Prop: kind.Key}}}}}
	for i := range receipts {
		if receipts[i].Again {
			l.External = append(l.External, graph.External{Source: receiptSource, ID: part(kind, &receipts[i], 0)})
		}
	}
	if l.External == nil {
		return nil
	}
	res, err := store.Read(ctx, &graph.Fetch{Lists: []*graph.List{l}})
	if err != nil {
		return err
	}
	there := map[any]bool{}
	for _, row := range res.Lists[0].Rows {
		there[row.Props[0]] = true
	}
	missing := &graph.BatchError{}
	for i := range receipts {
		if r := &receipts[i]; r.Again && !there[graph.External{Source: receiptSource, ID: part(kind, r, 0)}.Key()] {
			missing.Problems = append(missing.Problems, graph.Problem{Index: i, Reason: "the receipt that it counts up is not in the store"})
		}
	}
	if missing.Problems == nil {
		return nil
	}
	return missing
}

// part names one of the Disclosures of a receipt.
func part(kind *graph.Kind, r *Receipt, n int) string {
	id := strings.TrimPrefix(r.ID, kind.Prefix+"_")
	if n > 0 {
		id += "." + strconv.Itoa(n)
	}
	return id
}

func disclosures(cat *graph.Catalog, receipts []Receipt) *graph.Batch {
	b := &graph.Batch{Source: receiptSource}
	kind, rel := cat.MustKind("Disclosure"), cat.Rel("DISCLOSED")
	for i := range receipts {
		r := &receipts[i]
		for n := range r.Parts { // of one that is counted up
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind, ID: part(kind, r, n), Set: counted(r, graph.Values{})})
		}
		if r.Again {
			continue
		}
		for n, of := range alike(r) {
			id := part(kind, r, n)
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind, ID: id, Set: disclosure(r, of[0].Categories)})
			for _, s := range of {
				if to, known := person(cat, s); known { // else the catalog has no such persons any more, or nobody is named
					b.Edges = append(b.Edges, graph.Link{Rel: rel, From: graph.NodeRef{Kind: kind, External: graph.External{ID: id}}, To: to})
				}
			}
		}
	}
	return b
}

// counted adds how many equal answers there are.
func counted(r *Receipt, set graph.Values) graph.Values {
	if r.Times > 0 {
		set["lastAt"], set["times"] = int64(r.Last), r.Times
	}
	return set
}

// alike are the persons of a receipt, those together of whom the same was asked; those who are not named where nobody is.
func alike(r *Receipt) (parts [][]Subject) {
	if len(r.Subjects) == 0 {
		return [][]Subject{{{Categories: r.Others}}}
	}
	for _, s := range r.Subjects {
		i := slices.IndexFunc(parts, func(p []Subject) bool { return slices.Equal(p[0].Categories, s.Categories) })
		if i < 0 {
			parts, i = append(parts, nil), len(parts)
		}
		parts[i] = append(parts[i], s)
	}
	return parts
}

func disclosure(r *Receipt, categories []graph.Category) graph.Values {
	set := graph.Values{"at": int64(r.At), "purpose": r.Purpose, "roles": r.Roles, "categories": append([]string{}, graph.Texts(categories)...)}
	for name, v := range map[string]string{"policyVersion": r.Policy, "actor": r.Actor, "operation": r.Operation, "documentHash": r.Hash, "reference": r.Reference} {
		if v != "" {
			set[name] = v
		}
	}
	if len(r.Population) > 0 {
		set["population"] = r.Population
	}
	return counted(r, set)
}

// person is whom a receipt names.
func person(cat *graph.Catalog, s Subject) (ref graph.NodeRef, known bool) {
	if s.External == "" {
		k := cat.KindOf(s.ID)
		return graph.NodeRef{Kind: k, ID: s.ID}, k != nil
	}
	prefix, key, _ := strings.Cut(s.External, ":")
	e, ok := graph.ParseKey(key)
	k := graph.First(cat.Kinds, func(k *graph.Kind) bool { return k.Prefix == prefix })
	return graph.NodeRef{Kind: k, External: e}, ok && k != nil
}
