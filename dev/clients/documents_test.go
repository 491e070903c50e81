package clients

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/documents"
)

// TestManifestsOfClientsAreTrustedAsTheyAre has relay-compiler and GraphQL Code Generator write their manifests, and sends the ids in
// them to a server that answers nothing else.
func TestManifestsOfClientsAreTrustedAsTheyAre(t *testing.T) {
	relayed, app := workspaceOf(t, "relay"), appWorkspace(t)
	out, err := relay(t, relayed)
	require.NoErrorf(t, err, "%s", out)
	config := app.read(t, "codegen.mjs")
	persisting := strings.Replace(config, "presetConfig: {", "presetConfig: { persistedDocuments: true,", 1)
	require.NotEqual(t, config, persisting)
	app.write(t, "codegen.mjs", persisting)
	out, err = generate(t, app)
	require.NoErrorf(t, err, "%s", out)

	dir := t.TempDir()
	byID := map[string]string{}
	for name, text := range map[string]string{"relay.json": relayed.read(t, "operations.json"), "codegen.json": app.read(t, "src/gql/persisted-documents.json")} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
		require.NoError(t, json.Unmarshal([]byte(text), &byID))
	}
	set, err := documents.Read(dir, graphtest.Schema(t), server.DefaultLimits().Tokens)
	require.NoError(t, err)
	assert.Greater(t, len(byID), 20)
	url := serve(t, func(o *server.Options) {
		o.Documents, o.DocumentsOnly = func() *documents.Set { return set }, true
	})
	for id, text := range byID {
		if strings.Contains(text, "$") || strings.Contains(text, "mutation") { // these take variables
			continue
		}
		for _, name := range []string{"documentId", "doc_id"} {
			res, err := http.Post(url, "application/json", strings.NewReader(`{"`+name+`": "`+id+`"}`))
			require.NoError(t, err)
			var answer struct{ Errors []any }
			require.NoError(t, json.NewDecoder(res.Body).Decode(&answer))
			require.NoError(t, res.Body.Close())
			assert.Empty(t, answer.Errors, text)
		}
	}
}
