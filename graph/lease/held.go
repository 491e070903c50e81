package lease

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// node is the id of the one node in which all of it is kept.
const node = "lease"

// held is what a store says of its processes.
type held struct {
	there   bool
	policy  string   // the newest
	holders []holder // of leases that have not ended
}

// A holder is a process that holds a lease.
type holder struct {
	id, name string
	until    time.Time
	terms    Terms
}

// String is how an operator is told of it.
func (h holder) String() string {
	return fmt.Sprintf("%s (until %s, unless it goes on)", h.name, h.until.UTC().Format(time.RFC3339))
}

const noPolicy = "-"

// packed is a holder as it is stored.
func (h holder) packed() string {
	policy := h.terms.Policy
	if policy == "" {
		policy = noPolicy
	}
	return strings.Join([]string{h.id, strconv.FormatInt(h.until.UnixMicro(), 10), policy, h.terms.Key, h.name}, " ")
}

func unpacked(text string) (h holder, err error) {
	parts := strings.SplitN(text, " ", 5)
	if len(parts) != 5 {
		return h, fmt.Errorf("a lease in the store is malformed: %q", text)
	}
	at, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return h, fmt.Errorf("a lease in the store is malformed: %w", err)
	}
	h = holder{id: parts[0], name: parts[4], until: time.UnixMicro(at), terms: Terms{Policy: parts[2], Key: parts[3]}}
	if h.terms.Policy == noPolicy {
		h.terms.Policy = ""
	}
	return h, nil
}

// read reads what the store says, without leases that have ended.
func read(ctx context.Context, ask func(context.Context, *graph.Fetch) (*graph.Result, error), now time.Time) (*held, error) {
	sel := &graph.Selection{Kind: graph.Lease, Props: []graph.Ref{{Prop: graph.Lease.Property(graph.LeasePolicy)}, {Prop: graph.Lease.Property(graph.LeaseHolders)}}}
	res, err := ask(ctx, &graph.Fetch{Now: graph.At(now), Lists: []*graph.List{{Key: node, IDs: []string{node}, Rows: true, Nodes: []*graph.Selection{sel}}}})
	if err != nil {
		return nil, err
	}
	out := &held{}
	for _, row := range res.Lists[0].Rows {
		out.there = true
		out.policy, _ = row.Props[0].(string)
		all, _ := row.Props[1].([]string)
		for _, text := range all {
			h, err := unpacked(text)
			if err != nil {
				return nil, err
			}
			if h.until.After(now) {
				out.holders = append(out.holders, h)
			}
		}
	}
	return out, nil
}

func (h *held) without(id string) {
	h.holders = slices.DeleteFunc(h.holders, func(o holder) bool { return o.id == id })
}

func (h *held) write(ctx context.Context, tx write.Tx) error {
	all := graph.Map(h.holders, func(o holder) string { return o.packed() })
	change := []*write.NodeChange{{Kind: graph.Lease, Node: write.Node{ID: node, Key: node, Values: graph.Values{graph.LeaseHolders: all}}}}
	if h.policy != "" {
		change[0].Values[graph.LeasePolicy] = h.policy
	}
	if h.there {
		return tx.Write(ctx, &write.Changes{ChangedNodes: change})
	}
	return tx.Write(ctx, &write.Changes{NewNodes: change})
}
