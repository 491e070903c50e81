package auth_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server/auth"
)

var (
	now    = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	secret = []byte("0123456789abcdef0123456789abcdef")
	shared = auth.Options{Secret: secret, Audience: "kith", Issuer: "test", Now: func() time.Time { return now }}
)

// right are the claims of a token that is accepted.
func right() jwt.MapClaims {
	return jwt.MapClaims{"sub": "ann", "aud": "kith", "iss": "test", "exp": now.Add(time.Hour).Unix(), "iat": now.Unix(),
		"roles": []string{"reader"}, "purposes": []string{"SALES", "SERVICE"}}
}

func with(claim string, v any) jwt.MapClaims {
	c := right()
	c[claim] = v
	if v == nil {
		delete(c, claim)
	}
	return c
}

func sign(t *testing.T, m jwt.SigningMethod, kid string, c jwt.MapClaims, key any) string {
	t.Helper()
	token := jwt.NewWithClaims(m, c)
	if kid != "" {
		token.Header["kid"] = kid
	}
	s, err := token.SignedString(key)
	require.NoError(t, err)
	return s
}

func refused(t *testing.T, v *auth.Verifier, authorization, says string) {
	t.Helper()
	_, err := v.Bearer(authorization)
	require.Error(t, err)
	assert.Equal(t, graph.Unauthenticated, graph.CodeOf(err))
	assert.Contains(t, err.Error(), says)
	if _, token, ok := strings.Cut(authorization, "Bearer "); ok && len(token) > 10 {
		assert.NotContains(t, err.Error(), token[:10])
	}
}

func TestATokenWithASharedSecretIsChecked(t *testing.T) {
	v, err := auth.New(t.Context(), shared)
	require.NoError(t, err)
	hs := func(c jwt.MapClaims) string { return "Bearer " + sign(t, jwt.SigningMethodHS256, "", c, secret) }
	c, err := v.Bearer(hs(right()))
	require.NoError(t, err)
	assert.Equal(t, &auth.Caller{Subject: "ann", Roles: []auth.Role{auth.Reader}, Purposes: []graph.Purpose{graph.Sales, graph.Service}}, c)
	none := jwt.NewWithClaims(jwt.SigningMethodNone, right())
	unsigned, err := none.SignedString(jwt.UnsafeAllowNoneSignatureType)
	require.NoError(t, err)
	good := hs(right())
	critical := func(names ...string) string {
		token := jwt.NewWithClaims(jwt.SigningMethodHS256, right())
		token.Header["crit"] = names
		s, err := token.SignedString(secret)
		require.NoError(t, err)
		return "Bearer " + s
	}
	for _, r := range []struct{ name, authorization, says string }{
		{"no header", "", "a bearer token is needed"},
		{"another scheme", "Basic YTpi", "the header Authorization is to be"},
		{"several words", good + " x", "the header Authorization is to be"},
		{"no signature at all", "Bearer " + unsigned, "signature"},
		{"another algorithm with the same secret", "Bearer " + sign(t, jwt.SigningMethodHS512, "", right(), secret), "signature"},
		{"another secret", "Bearer " + sign(t, jwt.SigningMethodHS256, "", right(), []byte(strings.Repeat("x", 32))), "signature"},
		{"a token cut short", good[:len(good)-4], "signature"},
		{"half a token", good[:20], "malformed"},
		{"a token that is huge", "Bearer " + strings.Repeat("a", 9000), "more than 8192 bytes"},
		{"an extension that must be understood", critical("b64"), "crit"},
		{"none, where there is to be one", critical(), "crit"},
		{"no exp", hs(with("exp", nil)), "lacks a claim"},
		{"one that has expired", hs(with("exp", now.Add(-time.Minute).Unix())), "has expired"},
		{"one of the future", hs(with("nbf", now.Add(time.Minute).Unix())), "not valid yet"},
		{"one that is not issued yet", hs(with("iat", now.Add(time.Minute).Unix())), "not valid yet"},
		{"another audience", hs(with("aud", "other")), "audience"},
		{"no audience", hs(with("aud", nil)), "lacks a claim"},
		{"another issuer", hs(with("iss", "other")), "issuer"},
		{"no issuer", hs(with("iss", nil)), "lacks a claim"},
		{"no sub", hs(with("sub", "")), "claims are not right"},
		{"a purpose that is none", hs(with("purposes", []string{"FUN"})), "claims are not right"},
		{"purposes that are no list", hs(with("purposes", "SALES")), "malformed"},
		{"a customer with a role", hs(with("customer", "cus_1")), "who asks for SELF has the claim customer, and nothing else"},
		{"the purpose of customers without one", hs(with("purposes", []string{"SELF"})), "who asks for SELF has the claim customer, and nothing else"},
		{"a customer that is no text", hs(with("customer", 7)), "malformed"},
		{"a role that is none", hs(with("roles", []string{"king"})), "claims are not right"},
	} {
		t.Run(r.name, func(t *testing.T) { refused(t, v, r.authorization, r.says) })
	}
	c, err = v.Bearer(hs(with("exp", now.Add(-20*time.Second).Unix())))
	require.NoError(t, err, "clocks may differ a little")
	assert.False(t, c.Has(auth.Writer))
}

// keys are a key of each kind, as a set and by themselves.
type keys struct {
	rsa *rsa.PrivateKey
	ec  *ecdsa.PrivateKey
	ed  ed25519.PrivateKey
}

func newKeys(t *testing.T) keys {
	var k keys
	var err error
	k.rsa, err = rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	k.ec, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	_, k.ed, err = ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	return k
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (k keys) set(prefix string, more ...map[string]string) []byte {
	pub := k.rsa.PublicKey
	point, err := k.ec.PublicKey.Bytes()
	if err != nil {
		panic(err)
	}
	all := append([]map[string]string{
		{"kty": "RSA", "kid": prefix + "rsa", "alg": "RS256", "n": b64(pub.N.Bytes()), "e": b64(big.NewInt(int64(pub.E)).Bytes())},
		{"kty": "EC", "kid": prefix + "ec", "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:])},
		{"kty": "OKP", "kid": prefix + "ed", "crv": "Ed25519", "x": b64(k.ed.Public().(ed25519.PublicKey))},
	}, more...)
	b, err := json.Marshal(map[string]any{"keys": all})
	if err != nil {
		panic(err)
	}
	return b
}

func TestATokenWithAPublicKeyIsChecked(t *testing.T) {
	k := newKeys(t)
	file := filepath.Join(t.TempDir(), "jwks.json")
	require.NoError(t, os.WriteFile(file, k.set(""), 0o600))
	v, err := auth.New(t.Context(), auth.Options{JWKS: file, Audience: "kith", Issuer: "test", Now: shared.Now})
	require.NoError(t, err)
	for _, c := range []struct {
		method jwt.SigningMethod
		kid    string
		key    crypto.Signer
	}{{jwt.SigningMethodRS256, "rsa", k.rsa}, {jwt.SigningMethodES256, "ec", k.ec}, {jwt.SigningMethodEdDSA, "ed", k.ed}} {
		_, err := v.Bearer("Bearer " + sign(t, c.method, c.kid, right(), c.key))
		assert.NoError(t, err, c.method.Alg())
	}
	der, err := x509.MarshalPKIXPublicKey(&k.rsa.PublicKey)
	require.NoError(t, err)
	pemKey := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	none := jwt.NewWithClaims(jwt.SigningMethodNone, right())
	none.Header["kid"] = "rsa"
	unsigned, err := none.SignedString(jwt.UnsafeAllowNoneSignatureType)
	require.NoError(t, err)
	for _, r := range []struct{ name, token, says string }{
		{"no signature at all", unsigned, "signature"},
		{"a symmetric signature over the public key", sign(t, jwt.SigningMethodHS256, "rsa", right(), der), "signature"},
		{"a symmetric signature over the public key as PEM", sign(t, jwt.SigningMethodHS256, "rsa", right(), pemKey), "signature"},
		{"a kid that is not known", sign(t, jwt.SigningMethodRS256, "other", right(), k.rsa), "no key that is known"},
		{"no kid", sign(t, jwt.SigningMethodRS256, "", right(), k.rsa), "no key that is known"},
		{"the kid of a key of another kind", sign(t, jwt.SigningMethodRS256, "ec", right(), k.rsa), "signature"},
		{"an algorithm that the key is not for", sign(t, jwt.SigningMethodPS256, "rsa", right(), k.rsa), "signature"},
	} {
		t.Run(r.name, func(t *testing.T) { refused(t, v, "Bearer "+r.token, r.says) })
	}
}

func TestKeysOfAnAddressAreReadAgainWhenOneIsNotKnown(t *testing.T) {
	old, young := newKeys(t), newKeys(t)
	var rotated atomic.Bool
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if rotated.Load() {
			w.Write(young.set("new-"))
			return
		}
		w.Write(old.set("old-"))
	}))
	defer s.Close()
	v, err := auth.New(t.Context(), auth.Options{JWKS: s.URL, Audience: "kith", Issuer: "test", Now: shared.Now})
	require.NoError(t, err)
	_, err = v.Bearer("Bearer " + sign(t, jwt.SigningMethodES256, "old-ec", right(), old.ec))
	require.NoError(t, err)
	rotated.Store(true)
	_, err = v.Bearer("Bearer " + sign(t, jwt.SigningMethodES256, "new-ec", right(), young.ec))
	require.NoError(t, err)
	refused(t, v, "Bearer "+sign(t, jwt.SigningMethodES256, "new-ec", right(), old.ec), "signature")
}

func TestWhatCannotBeRightIsRefusedAtStart(t *testing.T) {
	k := newKeys(t)
	write := func(name string, b []byte) string {
		file := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(file, b, 0o600))
		return file
	}
	for _, c := range []struct {
		name string
		o    auth.Options
		says string
	}{
		{"neither secret nor keys", auth.Options{Audience: "a", Issuer: "b"}, "exactly one"},
		{"both", auth.Options{Secret: secret, JWKS: "x", Audience: "a", Issuer: "b"}, "exactly one"},
		{"a secret that is short", auth.Options{Secret: secret[:31], Audience: "a", Issuer: "b"}, "31 bytes"},
		{"no audience", auth.Options{Secret: secret, Issuer: "b"}, "audience"},
		{"a file that is not there", auth.Options{JWKS: "nowhere.json", Audience: "a", Issuer: "b"}, "cannot be read"},
		{"a file without keys", auth.Options{JWKS: write("a.json", []byte(`{"keys": []}`)), Audience: "a", Issuer: "b"}, "no keys"},
		{"an address that does not answer", auth.Options{JWKS: "http://127.0.0.1:1/", Audience: "a", Issuer: "b"}, "cannot be read"},
		{"a symmetric key among the public ones", auth.Options{JWKS: write("b.json", k.set("", map[string]string{"kty": "oct", "kid": "s", "k": b64(secret)})), Audience: "a", Issuer: "b"}, `key "s"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := auth.New(context.Background(), c.o)
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.says)
		})
	}
}

func TestATokenForDevelopmentIsAccepted(t *testing.T) {
	token, err := auth.Sign(shared, auth.Caller{Subject: "dev", Roles: []auth.Role{auth.Officer}, Purposes: []graph.Purpose{graph.Compliance}}, time.Hour)
	require.NoError(t, err)
	v, err := auth.New(t.Context(), shared)
	require.NoError(t, err)
	c, err := v.Bearer("Bearer " + token)
	require.NoError(t, err)
	assert.True(t, c.Has(auth.Reader), "an officer reads")
	assert.False(t, c.Has(auth.Writer))
	assert.True(t, c.May("COMPLIANCE"))
	assert.False(t, c.May("SALES"))
	assert.True(t, auth.Everybody().Has(auth.Officer))
	_, err = auth.Sign(shared, auth.Caller{Roles: []auth.Role{"king"}}, time.Hour)
	assert.Error(t, err)
}
