package main

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/demo"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
)

// closed are attacks that learn nothing even where the policy opens everything: receipts and rights are for COMPLIANCE alone then, too.
var closed = []string{"receipts"}

// TestAttacksLearnNothingUnlessThePolicyOpensAll is why a table in which nothing was learnt can be believed.
func TestAttacksLearnNothingUnlessThePolicyOpensAll(t *testing.T) {
	cat, now := graphtest.Catalog(t), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), cat, sqlite.Options{})
	require.NoError(t, err)
	defer store.Close()
	require.NoError(t, store.Ready(t.Context()))
	_, err = demo.Load(t.Context(), store, cat, demo.Seed, now, nil)
	require.NoError(t, err)
	opened, err := policy.Parse(regexp.MustCompile(`SALES: (interest|deny|contract)`).ReplaceAll(policy.Standard(), []byte("SALES: legal")))
	require.NoError(t, err)
	began := time.Now() // time goes on while attacks are tried, as it does for a server
	for name, rules := range map[string]*policy.Policy{"as it is shipped": policy.Default(), "where the policy opens all": opened} {
		t.Run(name, func(t *testing.T) {
			r, err := resolvers.New(resolvers.Options{Reader: policy.Over(store), Writer: store, Catalog: cat, Schema: graphtest.Schema(t),
				Now: func() time.Time { return now.Add(time.Since(began)) }, Policy: func() *policy.Policy { return rules },
				Receipts: func(context.Context, *journal.Receipt) error { return nil }})
			require.NoError(t, err)
			s, err := server.New(server.Options{Resolver: r, Store: store, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Limits: server.Limits{Time: time.Minute}})
			require.NoError(t, err)
			h := httptest.NewServer(s.Handler())
			defer h.Close()
			a := &attacker{base: h.URL, purpose: "SALES", writes: true, most: 3}
			require.NoError(t, a.find(t.Context()))
			require.NotEmpty(t, a.victims)
			for _, at := range attacks {
				kind, _, _ := strings.Cut(at.name, ":")
				learnt, err := at.try(t.Context(), a)
				require.NoError(t, err, at.name)
				if rules == opened && !slices.Contains(closed, kind) {
					assert.NotEmpty(t, learnt, at.name)
				} else {
					assert.Empty(t, learnt, at.name)
				}
			}
		})
	}
}
