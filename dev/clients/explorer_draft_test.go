package clients

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
	"github.com/kithgraph/kith/web"
)

// TestADraftOutlivesTheWayToAnIssuer leaves for the issuer with a form that is half filled: who wrote it finds it again until it is sent or let go, and nobody else
// does.
func TestADraftOutlivesTheWayToAnIssuer(t *testing.T) {
	needChromium(t)
	issuer, err := background("node", "explorer/provider.mjs")
	require.NoError(t, err)
	verifier, err := auth.New(t.Context(), auth.Options{JWKS: issuer + "/jwks", Audience: "kith", Issuer: issuer})
	require.NoError(t, err)
	e := openExplorer(t, func(o *server.Options) {
		o.Auth, o.Page = verifier, web.Handler(web.SignIn{Issuer: issuer, Client: "explorer", Scope: "openid offline_access"})
	})
	const written = "What nobody else is to read"
	var seen struct {
		Ended, KeptThen, OnTheWay, Text, Place, KeptNow string
		Sent, LetGo, After                              int
		Others                                          struct {
			OnTheWay, Kept, Page string
			Dialogs              int
		}
		Leaked   bool
		Problems []string
	}
	e.drive(t, &seen, "draft.mjs", e.page, issuer, "Hanneke", "Lennart Grieshaber")
	assert.NotContains(t, seen.Ended, written, "nobody is signed in")
	assert.NotContains(t, seen.KeptThen, written, "it lies in memory alone until the page is left")
	assert.Contains(t, seen.OnTheWay, written, "it is kept on the way")
	assert.Equal(t, written, seen.Text, "she goes on with what she wrote")
	assert.Equal(t, e.page+"#/deals", seen.Place)
	assert.NotContains(t, seen.KeptNow, written, "it lies in memory again")
	assert.Zero(t, seen.Sent, "what was sent is no draft any more")
	assert.Zero(t, seen.LetGo, "nor is what she let go")
	assert.Contains(t, seen.Others.OnTheWay, written)
	assert.Zero(t, seen.Others.Dialogs, "another one does not go on with it")
	assert.NotContains(t, seen.Others.Kept, written)
	assert.NotContains(t, seen.Others.Page, written)
	assert.Zero(t, seen.After, "nor does she, once another one was here")
	assert.False(t, seen.Leaked, "a token is kept")
	assert.Empty(t, seen.Problems)
}
