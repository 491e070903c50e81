package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestALostKeyIsNotReplaced(t *testing.T) {
	t.Parallel()
	store, ids := twoCustomers(t)
	key := strings.TrimPrefix(store, "sqlite:") + ".key"
	other := strings.TrimPrefix(empty(t), "sqlite:") + ".key"
	ask := func(queries ...string) {
		s := serve(t, store)
		for _, query := range queries {
			a, err := s.post("", "COMPLIANCE", query)
			require.NoError(t, err)
			require.Empty(t, a.Errors)
		}
		s.stop()
	}
	refused := func(t *testing.T, why string, more ...string) {
		for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"demo"}, {"ingest", "--mapping", "northwind", "../../graph/ingest/testdata/northwind"}} {
			status, said := ended(t, append(append(args, "--store", store), more...)...)
			assert.Equal(t, 1, status, args)
			assert.Contains(t, said, why, args)
			assert.NoFileExists(t, key, args)
		}
	}
	ask(fmt.Sprintf(`{ customer(id: %q) { name } }`, ids[1]),
		fmt.Sprintf(`{ customer(id: %q) { disclosures { edges { node { at } } } } }`, ids[1])) // which waits until the receipt is in the store
	require.NoError(t, os.Rename(key, key+".away"))
	t.Run("of a store with receipts", func(t *testing.T) {
		refused(t, "the store has receipts, which hold marks by its key, and the file "+key+" is missing: put back the key")
		status, _, said := call(t, "demo", "--store", store, "--key", other)
		assert.Zero(t, status, "one that is made on purpose is taken: %s", said)
	})
	require.NoError(t, os.Rename(key+".away", key))
	ask(fmt.Sprintf(`mutation { eraseCustomer(input: {key: "1", customer: %q}) { userErrors { message } } }`, ids[0]))
	require.NoError(t, os.Rename(key, key+".away"))
	t.Run("of a store from which somebody was erased", func(t *testing.T) {
		refused(t, "persons were erased from the store by a key, and the file "+key+" is missing: put back the key")
		refused(t, "persons were erased from the store by a key, and the file "+other+" holds another: put back the key", "--key", other)
		status, _, said := call(t, "retain", "--store", store, "--key", other)
		assert.Equal(t, 1, status)
		assert.Contains(t, said, "persons were erased from the store by a key")
	})
	require.NoError(t, os.Rename(key+".away", key))
	ask(`{ customers { totalCount } }`)
}
