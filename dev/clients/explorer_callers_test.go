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

// TestWhoSignsInNextFindsNothingOfWhoWasBefore leaves in a tab what one leaves there, and has a list and a file wait; then another one signs in. What is written when
// a token ends is given back to who wrote it, and to nobody else.
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
		Recent, Conditions, Exported, Sent, Cases, Left, Others int
		Views, Told, Unsent, Out, Shown, Whose                  string
		Employee                                                *string
		GoesOn                                                  struct {
			Text   string
			Alerts []string
		}
		Later, Leaked, Problems, Found, Downloads []string
	}
	e.drive(t, &seen, "callers.mjs", e.page, token("one"), token("another"), "Emre Köhler")
	require.Equal(t, 1, seen.Recent, "who was opened before is offered")
	require.Contains(t, seen.Unsent, "Not sent")
	require.NotZero(t, seen.Sent)
	require.Equal(t, 2, seen.Conditions)
	require.Contains(t, seen.Views, "Nobody else is to know this view")
	require.Equal(t, 1, seen.Exported)
	require.Contains(t, seen.Told, "Job ended")
	require.Equal(t, 1, seen.Cases)
	assert.Empty(t, seen.Later, "asked with the token of who has gone")
	assert.Contains(t, seen.Out, "Sign in to Kith")
	for _, told := range []string{"Not sent", "Job ended", "Undo", "saved"} {
		assert.NotContains(t, seen.Shown, told)
	}
	assert.Zero(t, seen.Left, "conditions of a list")
	assert.Equal(t, "Whose work?", seen.Whose)
	assert.Nil(t, seen.Employee)
	assert.Empty(t, seen.Downloads, "a file that came after she had gone")
	assert.Equal(t, "What nobody else is to read", seen.GoesOn.Text, "who signs in again goes on with what she wrote")
	assert.Empty(t, seen.GoesOn.Alerts)
	assert.Zero(t, seen.Others, "what another one wrote is not opened")
	assert.Equal(t, []string{"Names, titles, e-mail addresses, telephone numbers, numbers of orders and cases."}, seen.Found, "what she opened is not offered")
	assert.Empty(t, seen.Leaked)
	assert.Empty(t, seen.Problems)
}
