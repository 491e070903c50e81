// Package graphtest tests stores: Run holds one to the contract of graph.Store, and World, Fetch, Oracle and Diff compare
// several with one another. It imports graph and what is below it, the schema, testify and go-cmp; only tests import it.
package graphtest

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

var loaded = sync.OnceValues(func() (l struct {
	catalog *graph.Catalog
	schema  *ast.Schema
}, err error) {
	l.catalog, l.schema, err = sdl.Load(kith.Schema)
	return l, err
})

// Catalog is the catalog of Kith's own schema. All tests of a process share it, since to read it takes long.
func Catalog(t testing.TB) *graph.Catalog {
	t.Helper()
	l, err := loaded()
	require.NoError(t, err)
	return l.catalog
}

var free = sync.OnceValues(func() (*graph.Catalog, error) {
	cat, _, err := sdl.Parse(kith.Schema)
	if err != nil {
		return nil, err
	}
	var props []*graph.Property
	for _, k := range cat.Kinds {
		k.Spans, k.Lifecycle = nil, nil
		props = append(props, k.Properties...)
	}
	for _, r := range cat.Rels {
		r.Spans = nil
		props = append(props, r.Properties...)
	}
	for _, p := range props {
		of := graph.Rule{}
		if p.Format == graph.FormatAttribute { // which is no rule for a text alone, but what the text is read as
			of.Format = p.Format
		}
		p.Rule = of
	}
	return cat, nil
})

// Ruleless is the catalog without any rules for values.
func Ruleless(t testing.TB) *graph.Catalog {
	t.Helper()
	cat, err := free()
	require.NoError(t, err)
	return cat
}

// Schema is Kith's own schema, which the catalog is read from.
func Schema(t testing.TB) *ast.Schema {
	t.Helper()
	l, err := loaded()
	require.NoError(t, err)
	return l.schema
}

// Altered is the catalog of Kith's own schema with a piece of its text replaced.
func Altered(t testing.TB, old, by string) *graph.Catalog {
	t.Helper()
	require.Equal(t, 1, strings.Count(kith.Schema, old), old)
	cat, _, err := sdl.Load(strings.Replace(kith.Schema, old, by, 1))
	require.NoError(t, err)
	return cat
}

// IDs gives the same ids to every store that is written the same: in no order, unlike a counter.
func IDs() func(prefix string) string {
	var mu sync.Mutex
	n := uint64(0)
	return func(prefix string) string {
		mu.Lock()
		defer mu.Unlock()
		n++
		sum := sha256.Sum256(fmt.Append(nil, prefix, n))
		return prefix + "_" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:15]))
	}
}
