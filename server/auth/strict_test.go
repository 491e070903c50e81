package auth_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
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

func TestClaimsAreReadExactly(t *testing.T) {
	v, err := auth.New(t.Context(), shared)
	require.NoError(t, err)
	hs := func(c jwt.MapClaims) string { return sign(t, jwt.SigningMethodHS256, "", c, secret) }
	null := func(claim string) jwt.MapClaims {
		c := right()
		c[claim] = nil
		return c
	}
	for _, r := range []struct {
		name   string
		claims jwt.MapClaims
		says   string
	}{
		{"roles that are null", null("roles"), "malformed"},
		{"purposes that are null", null("purposes"), "malformed"},
		{"a sub that is null", null("sub"), "malformed"},
		{"an exp that is null", null("exp"), "malformed"},
		{"an exp that is a text", with("exp", "1795000000"), "malformed"},
		{"an exp in milliseconds", with("exp", now.Add(time.Hour).UnixMilli()), "malformed"},
		{"an nbf beyond all time", with("nbf", 1e300), "malformed"},
		{"roles that are no list", with("roles", "admin"), "malformed"},
		{"a role that is a number", with("roles", []any{1}), "malformed"},
		{"a role that is null", with("roles", []any{nil}), "claims are not right"},
		{"a role in capital letters", with("roles", []string{"ADMIN"}), "claims are not right"},
		{"a purpose in small letters", with("purposes", []string{"sales"}), "claims are not right"},
		{"no sub at all", with("sub", nil), "claims are not right"},
		{"an audience that only begins like it", with("aud", "kith2"), "audience"},
		{"an issuer that differs in case", with("iss", "Test"), "issuer"},
	} {
		t.Run(r.name, func(t *testing.T) { refused(t, v, "Bearer "+hs(r.claims), r.says) })
	}
	t.Run("a claim under another spelling is another claim", func(t *testing.T) {
		claims := with("roles", nil)
		claims["ROLES"], claims["Purposes"] = []string{"admin"}, []string{"COMPLIANCE"}
		c, err := v.Verify(hs(claims))
		require.NoError(t, err)
		assert.Empty(t, c.Roles)
		assert.False(t, c.Has(auth.Reader))
		assert.Equal(t, []graph.Purpose{graph.Sales, graph.Service}, c.Purposes)
		claims = with("exp", nil)
		claims["EXP"] = now.Add(time.Hour).Unix()
		refused(t, v, "Bearer "+hs(claims), "lacks a claim")
	})
	t.Run("a huge token is refused although its signature is right", func(t *testing.T) {
		refused(t, v, "Bearer "+hs(with("more", strings.Repeat("x", 9000))), "more than 8192 bytes")
	})
}

func TestTextsInClaimsAreFitToBeKept(t *testing.T) {
	v, err := auth.New(t.Context(), shared)
	require.NoError(t, err)
	customer := func(id string) jwt.MapClaims {
		c := with("roles", nil)
		c["purposes"], c["customer"] = []string{"SELF"}, id
		return c
	}
	for _, r := range []struct {
		name   string
		claims jwt.MapClaims
		says   string
	}{
		{"a sub with NUL", with("sub", "ann\x00"), "the token's claim sub has a control character"},
		{"a sub of two lines", with("sub", "ann\nbob"), "the token's claim sub has a control character"},
		{"a sub with a control character of Latin-1", with("sub", "ann\u0085"), "the token's claim sub has a control character"},
		{"a sub of 201 characters", with("sub", strings.Repeat("ü", 201)), "the token's claim sub has 201 characters, and is to have 200 at most"},
		{"a sub that is not UTF-8", with("sub", json.RawMessage("\"ann\xff\"")), "the token's claim sub is to be UTF-8, and is not"},
		{"a role that is not UTF-8", with("roles", json.RawMessage("[\"reader\xff\"]")), "the token's claim roles is to be UTF-8, and is not"},
		{"a customer with NUL", customer("cus_1\x00"), "the token's claim customer has a control character"},
	} {
		t.Run(r.name, func(t *testing.T) { refused(t, v, "Bearer "+signed(t, r.claims), r.says) })
	}
	for _, sub := range []string{strings.Repeat("ü", 200), "Ann Ä. Éclair <ann@example.org>"} {
		c, err := v.Verify(signed(t, with("sub", sub)))
		require.NoError(t, err)
		assert.Equal(t, sub, c.Subject)
	}
	_, err = auth.Sign(shared, auth.Caller{Subject: "ann\x00"}, time.Hour)
	assert.ErrorContains(t, err, "the token's claim sub has a control character")
}

// signed is a token with claims byte for byte as they are: encoding/json, which the library signs with, mends what is not UTF-8.
func signed(t *testing.T, c jwt.MapClaims) string {
	t.Helper()
	var members []string
	for name, v := range c {
		b, raw := v.(json.RawMessage)
		if !raw {
			var err error
			b, err = json.Marshal(v)
			require.NoError(t, err)
		}
		members = append(members, strconv.Quote(name)+":"+string(b))
	}
	text := b64([]byte(`{"alg":"HS256"}`)) + "." + b64([]byte("{"+strings.Join(members, ",")+"}"))
	sum, err := jwt.SigningMethodHS256.Sign(text, secret)
	require.NoError(t, err)
	return text + "." + b64(sum)
}

func TestAFileIsReadAgainWhenAKeyIsNotKnown(t *testing.T) {
	old, young, last := newKeys(t), newKeys(t), newKeys(t)
	file := filepath.Join(t.TempDir(), "jwks.json")
	written := now
	write := func(b []byte) {
		t.Helper()
		require.NoError(t, os.WriteFile(file, b, 0o600))
		written = written.Add(time.Second)
		require.NoError(t, os.Chtimes(file, written, written))
	}
	var passed atomic.Int64 // time passes only here
	later := func() { passed.Add(int64(2 * time.Minute)) }
	write(old.set("old-"))
	v, err := auth.New(t.Context(), auth.Options{JWKS: file, Audience: "kith", Issuer: "test",
		Now: func() time.Time { return now.Add(time.Duration(passed.Load())) }})
	require.NoError(t, err)
	token := func(kid string, k keys) string {
		return "Bearer " + sign(t, jwt.SigningMethodES256, kid, right(), k.ec)
	}

	refused(t, v, token("new-ec", young), "no key that is known")
	write(young.set("new-"))
	refused(t, v, token("new-ec", young), "no key that is known") // it was looked at just now
	later()
	_, err = v.Bearer(token("new-ec", young))
	require.NoError(t, err)
	refused(t, v, token("old-ec", old), "no key that is known")

	later()
	write(last.set("last-", map[string]string{"kty": "oct", "kid": "s", "k": b64(secret)}))
	refused(t, v, token("last-ec", last), "no key that is known")
	_, err = v.Bearer(token("new-ec", young))
	require.NoError(t, err, "a set that cannot be right changes nothing")

	later()
	write(last.set("last-"))
	_, err = v.Bearer(token("last-ec", last))
	require.NoError(t, err)
}

func TestAKeyChecksOnlyWhatItIsFor(t *testing.T) {
	k, other := newKeys(t), newKeys(t)
	wide, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	require.NoError(t, err)
	point, err := wide.PublicKey.Bytes()
	require.NoError(t, err)
	n := b64(other.rsa.N.Bytes())
	file := filepath.Join(t.TempDir(), "jwks.json")
	require.NoError(t, os.WriteFile(file, k.set("",
		map[string]string{"kty": "RSA", "kid": "enc", "use": "enc", "n": n, "e": "AQAB"},
		map[string]string{"kty": "RSA", "kid": "rs512", "alg": "RS512", "n": n, "e": "AQAB"},
		map[string]string{"kty": "RSA", "kid": "sig", "use": "sig", "n": n, "e": "AQAB"},
		map[string]string{"kty": "EC", "kid": "wide", "crv": "P-384", "x": b64(point[1:49]), "y": b64(point[49:])},
	), 0o600))
	v, err := auth.New(t.Context(), auth.Options{JWKS: file, Audience: "kith", Issuer: "test", Now: shared.Now})
	require.NoError(t, err)
	_, err = v.Verify(sign(t, jwt.SigningMethodRS256, "sig", right(), other.rsa))
	require.NoError(t, err)
	for _, r := range []struct{ name, token, says string }{
		{"a key to encrypt with", sign(t, jwt.SigningMethodRS256, "enc", right(), other.rsa), "no key that is known"},
		{"a key of another algorithm", sign(t, jwt.SigningMethodRS256, "rs512", right(), other.rsa), "no key that is known"},
		{"a key of a wider curve", sign(t, jwt.SigningMethodES256, "wide", right(), k.ec), "no key that is known"},
		{"the kid of a key of another kind", sign(t, jwt.SigningMethodEdDSA, "sig", right(), k.ed), "signature"},
		{"the kid of another key of its kind", sign(t, jwt.SigningMethodRS256, "rsa", right(), other.rsa), "signature"},
	} {
		t.Run(r.name, func(t *testing.T) { refused(t, v, "Bearer "+r.token, r.says) })
	}
}

func TestKidsThatAreMadeUpDoNotReachTheAddressEachTime(t *testing.T) {
	k := newKeys(t)
	var fetched atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetched.Add(1)
		w.Write(k.set(""))
	}))
	defer s.Close()
	v, err := auth.New(t.Context(), auth.Options{JWKS: s.URL, Audience: "kith", Issuer: "test", Now: shared.Now})
	require.NoError(t, err)
	for range 10 {
		refused(t, v, "Bearer "+sign(t, jwt.SigningMethodES256, "made-up", right(), k.ec), "no key that is known")
	}
	assert.Equal(t, int32(2), fetched.Load(), "at start, and once again")
}

func TestAnAddressWithASecretKeyIsRefusedAtStart(t *testing.T) {
	k := newKeys(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write(k.set("", map[string]string{"kty": "oct", "kid": "s", "k": b64(secret)}))
	}))
	defer s.Close()
	_, err := auth.New(t.Context(), auth.Options{JWKS: s.URL, Audience: "kith", Issuer: "test"})
	assert.ErrorContains(t, err, `key "s"`)
}
