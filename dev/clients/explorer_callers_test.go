package clients

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
)

// TestWhoSignsInNextFindsNothingOfWhoWasBefore writes what cannot be sent, and has a list wait to be asked for again; then another one signs in, in the same tab.
func TestWhoSignsInNextFindsNothingOfWhoWasBefore(t *testing.T) {
	needChromium(t)
	o := auth.Options{Secret: []byte(strings.Repeat("a secret of a test ", 2)), Audience: "kith", Issuer: "kith"}
	verifier, err := auth.New(t.Context(), o)
	require.NoError(t, err)
	token := func(subject string) string {
		signed, err := auth.Sign(o, auth.Caller{Subject: subject, Roles: []auth.Role{auth.Writer}, Purposes: []graph.Purpose{graph.Sales}}, time.Hour)
		require.NoError(t, err)
		return signed
	}
	e := openExplorer(t, func(s *server.Options) { s.Auth = verifier })
	var seen struct {
		Recent, Sent, Cases            int
		Unsent, Out, Shown             string
		Later, Leaked, Problems, Found []string
	}
	e.drive(t, &seen, "callers.mjs", e.page, token("one"), token("another"), "Emre Köhler")
	require.Equal(t, 1, seen.Recent, "who was opened before is offered")
	require.Contains(t, seen.Unsent, "Not sent")
	require.NotZero(t, seen.Sent)
	require.Equal(t, 1, seen.Cases)
	assert.Empty(t, seen.Later, "asked with the token of who has gone")
	assert.Contains(t, seen.Out, "Sign in to Kith")
	assert.NotContains(t, seen.Shown, "Not sent")
	assert.Equal(t, []string{"Names, titles, e-mail addresses, telephone numbers, numbers of orders and cases."}, seen.Found, "what she opened is not offered")
	assert.Empty(t, seen.Leaked)
	assert.Empty(t, seen.Problems)
}
