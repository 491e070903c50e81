package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/graph/sqlite"
)

func TestCheckListsWhatBreaksARuleThatIsYounger(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kith.db")
	cat, _, err := sdl.Parse(kith.Schema)
	require.NoError(t, err)
	cat.Kind("Customer").Property("email").Format = "" // there is no rule yet
	s, err := sqlite.Open(file, cat, sqlite.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Ready(t.Context()))
	_, err = secret.Open(file + ".key")
	require.NoError(t, err)
	report, err := s.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		{Kind: cat.MustKind("Customer"), ID: "1", Set: graph.Values{"email": "none"}}, {Kind: cat.MustKind("Customer"), ID: "2", Set: graph.Values{"email": "bo@kith.example"}},
	}})
	require.NoError(t, err)
	require.NoError(t, s.Close())

	status, out, stderr := call(t, "check", "--store", "sqlite:"+file)
	assert.Equal(t, 1, status)
	assert.Equal(t, report.IDs[0]+` Customer.email must be an e-mail address such as ann@kith.example: "none"`+"\n", out)
	assert.Contains(t, stderr, "values that break rules: 1")

	s, err = sqlite.Open(file, cat, sqlite.Options{})
	require.NoError(t, err)
	_, err = s.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: cat.MustKind("Customer"), ID: "1", Set: graph.Values{"email": "al@kith.example"}}}})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	status, out, stderr = call(t, "check", "--store", "sqlite:"+file)
	assert.Zero(t, status, stderr)
	assert.Equal(t, "no value breaks a rule\n", out)
}
