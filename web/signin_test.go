package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSignInIsChecked(t *testing.T) {
	for _, c := range []struct {
		name string
		s    SignIn
		says string
	}{
		{"nothing is given", SignIn{}, ""},
		{"a scope alone asks for nothing", SignIn{Scope: "openid"}, ""},
		{"an issuer and a client", SignIn{"https://id.example/realms/kith", "explorer", "openid"}, ""},
		{"an issuer on this machine, to try it", SignIn{"http://127.0.0.1:9000", "explorer", "openid"}, ""},
		{"no client", SignIn{Issuer: "https://id.example"}, "given together"},
		{"no issuer", SignIn{Client: "explorer"}, "given together"},
		{"no encryption", SignIn{"http://id.example", "explorer", ""}, `"http://id.example"`},
		{"a query", SignIn{"https://id.example?a=b", "explorer", ""}, "without a query"},
		{"a name without a scheme", SignIn{"id.example", "explorer", ""}, "as https://id.example"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := c.s.Check(); c.says == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, c.says)
			}
		})
	}
}

func TestTheExplorerKnowsWhereToSignIn(t *testing.T) {
	w := httptest.NewRecorder()
	Handler(SignIn{"https://id.example/realms/a", `"><script>`, "openid"}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	assert.Contains(t, w.Header().Get("Content-Security-Policy"), "connect-src 'self' https://id.example; ")
	assert.Contains(t, w.Body.String(), "https://id.example/realms/a")
	assert.NotContains(t, w.Body.String(), `"><script>`)
}
