package sqlite

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph/sdl"
)

func TestTheWriterAndReadersHaveTheCachesThatAreMeantForThem(t *testing.T) {
	cat, _, err := sdl.Load(kith.Schema)
	require.NoError(t, err)
	s, err := Open(t.TempDir()+"/kith.db", cat, Options{})
	require.NoError(t, err)
	defer s.Close()
	var kept int
	require.NoError(t, s.writer.QueryRowContext(t.Context(), "PRAGMA cache_size").Scan(&kept))
	assert.Equal(t, -131072, kept)
	c, err := s.acquire(t.Context())
	require.NoError(t, err)
	defer func() { s.pool <- c }()
	require.NoError(t, c.query(t.Context(), "PRAGMA cache_size", nil, 1, func(row []any) error {
		assert.EqualValues(t, -32768, row[0])
		return nil
	}))
}
