package clients

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
)

// TestAPageOfAnotherOriginInABrowser has a page without any library be used in Chromium: it reads, pages, writes, says why a name is
// withheld, and goes on when its token has expired.
func TestAPageOfAnotherOriginInABrowser(t *testing.T) {
	chromium := needChromium(t)
	w := workspaceOf(t, "browser")
	key := auth.Options{Secret: []byte(strings.Repeat("secret", 6)), Audience: "kith", Issuer: "kith"}
	var signed atomic.Int64
	files := http.FileServer(http.Dir(string(w)))
	page := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/token" {
			files.ServeHTTP(rw, r)
			return
		}
		life := time.Hour
		if signed.Add(1) == 1 {
			life = -time.Hour // it has expired before it is used
		}
		token, err := auth.Sign(key, auth.Caller{Subject: "mia@example", Roles: []auth.Role{auth.Writer}, Purposes: []graph.Purpose{graph.Sales}}, life)
		assert.NoError(t, err)
		fmt.Fprint(rw, token)
	}))
	defer page.Close()
	verifier, err := auth.New(t.Context(), key)
	require.NoError(t, err)
	api := serve(t, func(o *server.Options) { o.Auth, o.Origins = verifier, []string{page.URL} })

	out, err := w.node(t, "drive.mjs", page.URL+"/?api="+api, chromium)
	require.NoError(t, err, out)
	var seen struct {
		Who, Said                  string
		Customers, Notes, Problems []string
	}
	require.NoError(t, json.Unmarshal([]byte(out), &seen), out)
	assert.Equal(t, "mia@example, SALES", seen.Who)
	assert.Len(t, seen.Customers, 6, "two pages")
	for _, c := range seen.Customers {
		assert.Regexp(t, `^.+, born: withheld, not for this purpose$`, c)
	}
	assert.Equal(t, "Logged: CALL", seen.Said)
	assert.Equal(t, []string{"401 UNAUTHENTICATED Bearer"}, seen.Notes, "the token that had expired, once")
	assert.Equal(t, []string{"Failed to load resource: the server responded with a status of 401 (Unauthorized)"}, seen.Problems, "and nothing else that the browser minds")
	assert.Equal(t, int64(2), signed.Load())

	t.Run("a page of an origin that is not named reads nothing", func(t *testing.T) {
		stranger := httptest.NewServer(page.Config.Handler)
		defer stranger.Close()
		out, err := w.node(t, "drive.mjs", stranger.URL+"/?api="+api, chromium)
		require.Error(t, err, out)
		assert.Contains(t, out, "Failed to fetch")
		assert.Contains(t, out, "has been blocked by CORS policy")
	})
}
