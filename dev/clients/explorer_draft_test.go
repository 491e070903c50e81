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
		Refused, Unreached struct {
			Kept, Told, OnTheWay string
			Asks                 bool
		}
		AtLast string
		Shown  struct {
			Kept string
			Asks bool
		}
		Another, Late struct {
			OnTheWay, Page, Kept string
			Dialogs              int
		}
		Its string
		Out struct {
			OnTheWay string
			Left     int
		}
		Tokens   int
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
	assert.Contains(t, seen.Refused.OnTheWay, written)
	for name, one := range map[string]struct {
		kept, told, says string
		asks             bool
	}{
		"refused":   {seen.Refused.Kept, seen.Refused.Told, "did not let you in", seen.Refused.Asks},
		"unreached": {seen.Unreached.Kept, seen.Unreached.Told, "cannot be reached", seen.Unreached.Asks},
	} {
		assert.Contains(t, one.told, one.says, name)
		assert.NotContains(t, one.kept, written, "%s: it lies in memory", name)
		assert.True(t, one.asks, "%s: the browser asks before it is lost", name)
	}
	assert.Equal(t, written, seen.AtLast, "she finds it once she is let in")
	assert.NotContains(t, seen.Shown.Kept, written, "it lies in memory again where the page is shown as it was left")
	assert.True(t, seen.Shown.Asks)
	assert.Contains(t, seen.Another.OnTheWay, written)
	assert.Zero(t, seen.Another.Dialogs, "nobody goes on for another purpose with it")
	assert.NotContains(t, seen.Another.Page, written)
	assert.NotContains(t, seen.Another.Kept, written)
	assert.Equal(t, written, seen.Its, "for its own she does")
	assert.Contains(t, seen.Late.OnTheWay, written)
	assert.Zero(t, seen.Late.Dialogs, "it is kept for half an hour")
	assert.NotContains(t, seen.Late.Kept, written)
	assert.NotContains(t, seen.Out.OnTheWay, written, "of who signs out nothing is kept beyond the page")
	assert.Zero(t, seen.Out.Left)
	assert.Contains(t, seen.Others.OnTheWay, written)
	assert.Zero(t, seen.Others.Dialogs, "another one does not go on with it")
	assert.NotContains(t, seen.Others.Kept, written)
	assert.NotContains(t, seen.Others.Page, written)
	assert.Zero(t, seen.After, "nor does she, once another one was here")
	assert.Greater(t, seen.Tokens, 1)
	assert.False(t, seen.Leaked, "a token is kept")
	assert.Empty(t, seen.Problems)
}
