package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
	assert.Eventually(t, func() bool { return strings.Contains(s.said(), "the documents stay as they were") }, time.Minute, 10*time.Millisecond)
	assert.Contains(t, s.said(), `m.json:2: line 1 of document \"two\": Cannot query field \"nothing\"`)
	assert.Equal(t, http.StatusOK, s.status(t, "two"))
}
