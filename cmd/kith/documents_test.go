package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/web"
)

// status is how the server answers a document's id.
func (s *served) status(t *testing.T, id string) int {
	t.Helper()
	res, err := http.Post(s.url, "application/json", strings.NewReader(fmt.Sprintf(`{"documentId": %q}`, id)))
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	return res.StatusCode
}

func TestDocumentsAreReadAgainWhenTheServerIsTold(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "m.json")
	put := func(text string) {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	}
	put(`{"one": "{ customers { totalCount } }"}`)
	s := serve(t, "sqlite:"+filepath.Join(t.TempDir(), "kith.db"), "--purpose", "SALES", "--documents", dir, "--documents-only")
	defer s.stop()
	again := func() {
		require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGHUP))
	}
	assert.Equal(t, http.StatusOK, s.status(t, "one"))
	assert.Equal(t, http.StatusBadRequest, s.status(t, "two"))
	put(`{"two": "{ accounts { totalCount } }"}`)
	again()
	assert.Eventually(t, func() bool { return s.status(t, "two") == http.StatusOK }, time.Minute, 10*time.Millisecond)
	assert.Equal(t, http.StatusBadRequest, s.status(t, "one"), "it was taken away")

	put("{\n\"two\": \"{ nothing }\"}")
	again()
	assert.Eventually(t, func() bool { return strings.Contains(s.log.String(), "the documents stay as they were") }, time.Minute, 10*time.Millisecond)
	assert.Contains(t, s.log.String(), `m.json:2: line 1 of document \"two\": Cannot query field \"nothing\"`)
	assert.Equal(t, http.StatusOK, s.status(t, "two"))
}

// TestTheExplorerIsKnownWhereOnlyKnownDocumentsAre asks what the explorer asks, letter by letter, and something else.
func TestTheExplorerIsKnownWhereOnlyKnownDocumentsAre(t *testing.T) {
	var texts map[string]string
	require.NoError(t, json.Unmarshal(web.Documents, &texts))
	require.Greater(t, len(texts), 100)
	probe := ""
	for id, text := range texts {
		assert.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(text))), id)
		if strings.HasPrefix(text, "query Reachable ") {
			probe = text
		}
	}
	status := func(s *served, path, text string) int {
		body, err := json.Marshal(map[string]any{"query": text})
		require.NoError(t, err)
		res, err := http.Post(strings.TrimSuffix(s.url, "/graphql")+path, "application/json", bytes.NewReader(body))
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		return res.StatusCode
	}
	dir := filepath.Dir(write(t, "m.json", `{"one": "{ accounts { totalCount } }"}`))
	db := "sqlite:" + filepath.Join(t.TempDir(), "kith.db")
	for _, c := range []struct {
		name                   string
		flags                  []string
		explorer, one, foreign int
	}{
		{"what the explorer asks alone", nil, http.StatusOK, http.StatusForbidden, http.StatusForbidden},
		{"and those of a folder", []string{"--documents", dir}, http.StatusOK, http.StatusOK, http.StatusForbidden},
		{"those of a folder alone", []string{"--documents", dir, "--no-pages"}, http.StatusForbidden, http.StatusOK, http.StatusForbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serve(t, db, append(c.flags, "--purpose", "SALES", "--documents-only")...)
			defer s.stop()
			assert.Equal(t, c.explorer, status(s, "/graphql", probe))
			assert.Equal(t, c.one, status(s, "/graphql", "{ accounts { totalCount } }"))
			assert.Equal(t, c.explorer, status(s, "/graphql", probe+" "), "token for token")
			assert.Equal(t, c.foreign, status(s, "/graphql", probe+" query More { __typename }"))
			assert.Equal(t, c.foreign, status(s, "/v1/export", "{ customers { nodes { name } } }"))
			page, _ := s.get(t, "/")
			assert.Equal(t, slices.Contains(c.flags, "--no-pages"), page == http.StatusNotFound)
		})
	}
}
