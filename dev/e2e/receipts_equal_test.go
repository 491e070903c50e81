package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/resolvers"
)

// TestEqualAnswersAreOneReceipt asks the same again and again, before and after the first receipt has come to the store.
func TestEqualAnswersAreOneReceipt(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		ids := p.persons(t, "Ann", "Bob")
		j, err := journal.Open(t.TempDir(), journal.Options{Window: time.Hour})
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, j.Close()) })
		at := now
		p.serve(t, resolvers.Options{Settle: j.Settle, Receipts: j.Append, Now: func() time.Time { return at }}, "")
		go func() { _ = j.Move(context.Background(), journal.To(p.store, p.catalog)) }() // ends when j is closed
		ask := func(id string, variables map[string]any) {
			text, err := p.sent(graph.Sales, `query Who($id: ID!, $also: Boolean = false) { customer(id: $id) { name email @include(if: $also) } }`, variables)
			require.NoError(t, err)
			require.NotContains(t, string(text), `"errors"`)
			at = at.Add(time.Minute)
		}
		for range 2 { // the second time when the first are in the store
			for range 3 {
				ask(ids[0], map[string]any{"id": ids[0]})
			}
			require.NoError(t, j.Settle(t.Context()))
		}
		ask(ids[0], map[string]any{"id": ids[0], "also": true})
		ask(ids[1], map[string]any{"id": ids[1]})
		text, err := p.bytes(graph.Compliance, fmt.Sprintf(`{ customers(orderBy: [{name: ASC}]) { nodes { name disclosures(filter: {purpose: {eq: SALES}}, orderBy: [{at: ASC}]) { totalCount nodes { at lastAt times categories } } } } customer(id: %q) { id } }`, ids[0]))
		require.NoError(t, err)
		assert.Contains(t, string(text), `{"name":"Ann","disclosures":{"totalCount":2,"nodes":[`+
			`{"at":"2026-11-23T12:00:00Z","lastAt":"2026-11-23T12:05:00Z","times":6,"categories":["IDENTITY"]},`+
			`{"at":"2026-11-23T12:06:00Z","lastAt":null,"times":null,"categories":["IDENTITY","CONTACT"]}]}}`)
		assert.Contains(t, string(text), `{"name":"Bob","disclosures":{"totalCount":1,"nodes":[{"at":"2026-11-23T12:07:00Z","lastAt":null,"times":null,"categories":["IDENTITY"]}]}}`)
		assert.EqualValues(t, 5, j.Stats().Repeated)
	})
}

// TestWhatCountsAReceiptUpIsSetAsideWhereTheReceiptIsNot keeps nothing that says how often something was told of nobody knows whom.
func TestWhatCountsAReceiptUpIsSetAsideWhereTheReceiptIsNot(t *testing.T) {
	p := onSQLite(t)
	err := journal.To(p.store, p.catalog)(t.Context(), []journal.Receipt{{Again: true, ID: "dis_gone", Times: 3, Parts: 2}})
	var bad *graph.BatchError
	require.ErrorAs(t, err, &bad)
	assert.Equal(t, []graph.Problem{{Index: 0, Reason: "the receipt that it counts up is not in the store"}}, bad.Problems)
}
