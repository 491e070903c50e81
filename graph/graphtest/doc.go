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

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

var catalog = sync.OnceValues(func() (*graph.Catalog, error) {
	cat, _, err := sdl.Load(kith.Schema, kith.Derived)
	return cat, err
})

// Catalog is the catalog of Kith's own schema. All tests of a process share it.
func Catalog(t testing.TB) *graph.Catalog {
	t.Helper()
	cat, err := catalog()
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
