// Package auth knows who asks: it checks bearer tokens. It imports graph, golang-jwt and keyfunc.
package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"

	"github.com/kithgraph/kith/graph"
)

// Role is what somebody may do.
type Role string

// The roles. Writers and officers are readers, too; an admin is everything.
const (
	Reader  Role = "reader"
	Writer  Role = "writer"
	Officer Role = "officer" // answers for the protection of data
	Admin   Role = "admin"
)

var roles = []Role{Reader, Writer, Officer, Admin}

const (
	leeway        = 30 * time.Second
	longestToken  = 8 << 10
	shortestShare = 32 // bytes of a secret: as many as the signature has
)

// A Caller is who asks.
type Caller struct {
	Subject  string
	Roles    []Role
	Purposes []graph.Purpose // that she may ask for
}

// Everybody is who asks where no keys are configured.
func Everybody() *Caller {
	return &Caller{Roles: []Role{Admin}, Purposes: slices.Clone(graph.Purposes)}
}

// Has reports whether the caller has a role, or one that comes with it.
func (c *Caller) Has(r Role) bool {
	return slices.Contains(c.Roles, r) || slices.Contains(c.Roles, Admin) ||
		r == Reader && (slices.Contains(c.Roles, Writer) || slices.Contains(c.Roles, Officer))
}

// May reports whether the caller may ask for a purpose.
func (c *Caller) May(purpose string) bool { return slices.Contains(c.Purposes, graph.Purpose(purpose)) }

// Options of a Verifier: exactly one of Secret and JWKS, and both of Audience and Issuer.
type Options struct {
	Secret           []byte // of HS256, at least 32 bytes
	JWKS             string // a file, or an http(s) address: keys of RS256, ES256 and EdDSA
	Audience, Issuer string
	Now              func() time.Time // nil: time.Now
}

// A Verifier checks tokens. Make one with New.
type Verifier struct {
	parser *jwt.Parser
	key    jwt.Keyfunc
}

// New reads the keys. Those of an address are read again now and then, and when a token names one that is not known; ctx ends
// that. The error says what is missing, or that the keys cannot be read.
func New(ctx context.Context, o Options) (*Verifier, error) {
	switch {
	case (len(o.Secret) > 0) == (o.JWKS != ""):
		return nil, errors.New("exactly one of a secret and a JWKS is to be given")
	case o.Audience == "" || o.Issuer == "":
		return nil, errors.New("the audience and the issuer of tokens are to be given")
	case o.JWKS == "" && len(o.Secret) < shortestShare:
		return nil, fmt.Errorf("the secret has %d bytes, and less than %d can be guessed", len(o.Secret), shortestShare)
	}
	methods := []string{"HS256"}
	v := &Verifier{key: func(*jwt.Token) (any, error) { return o.Secret, nil }}
	if o.JWKS != "" {
		methods = []string{"RS256", "ES256", "EdDSA"}
		keys, err := keySet(ctx, o.JWKS)
		if err != nil {
			return nil, err
		}
		v.key = func(t *jwt.Token) (any, error) {
			if kid, ok := t.Header["kid"].(string); !ok || kid == "" {
				return nil, errors.New("no kid") // the library would try all keys
			}
			return keys.Keyfunc(t)
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	v.parser = jwt.NewParser(jwt.WithValidMethods(methods), jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway),
		jwt.WithAudience(o.Audience), jwt.WithIssuer(o.Issuer), jwt.WithTimeFunc(o.Now))
	return v, nil
}

// keySet reads public keys, and refuses a set with any other.
func keySet(ctx context.Context, from string) (keyfunc.Keyfunc, error) {
	var keys keyfunc.Keyfunc
	var err error
	if strings.HasPrefix(from, "https://") || strings.HasPrefix(from, "http://") {
		failFirst := false
		keys, err = keyfunc.NewDefaultOverrideCtx(ctx, []string{from}, keyfunc.Override{NoErrorReturnFirstHTTPReq: &failFirst, HTTPTimeout: 10 * time.Second})
	} else {
		var file []byte
		if file, err = os.ReadFile(from); err == nil {
			keys, err = keyfunc.NewJWKSetJSON(json.RawMessage(file))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("the keys of %s cannot be read: %w", from, err)
	}
	all, err := keys.Storage().KeyReadAll(ctx)
	if err != nil {
		return nil, fmt.Errorf("the keys of %s cannot be read: %w", from, err)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s has no keys", from)
	}
	for _, k := range all {
		switch k.Key().(type) {
		case *rsa.PublicKey, *ecdsa.PublicKey, ed25519.PublicKey:
		default:
			return nil, fmt.Errorf("%s has a key %q that is not the public key of RS256, ES256 or EdDSA", from, k.Marshal().KID)
		}
	}
	return keys, nil
}

// claims of a token. Purposes and roles are lists of words that are known.
type claims struct {
	Roles    []Role          `json:"roles,omitempty"`
	Purposes []graph.Purpose `json:"purposes,omitempty"`
	jwt.RegisteredClaims
}

// Validate is called by the parser when all else is right.
func (c *claims) Validate() error {
	if c.Subject == "" {
		return errors.New("no sub")
	}
	for _, r := range c.Roles {
		if !slices.Contains(roles, r) {
			return errors.New("an unknown role")
		}
	}
	for _, p := range c.Purposes {
		if !slices.Contains(graph.Purposes, p) {
			return errors.New("an unknown purpose")
		}
	}
	return nil
}

// Bearer checks the token of an Authorization header. The error is a *graph.Error with Unauthenticated, which cites nothing
// of the token.
func (v *Verifier) Bearer(authorization string) (*Caller, error) {
	scheme, token, ok := strings.Cut(authorization, " ")
	switch {
	case authorization == "":
		return nil, unauthenticated("a bearer token is needed, in the header Authorization", nil)
	case !ok || !strings.EqualFold(scheme, "Bearer") || strings.Contains(token, " "):
		return nil, unauthenticated("the header Authorization is to be: Bearer, a space, and the token", nil)
	case len(token) > longestToken:
		return nil, unauthenticated(fmt.Sprintf("the token has more than %d bytes", longestToken), nil)
	}
	c := &claims{}
	if _, err := v.parser.ParseWithClaims(token, c, v.key); err != nil {
		return nil, unauthenticated(wrong(err), err)
	}
	return &Caller{Subject: c.Subject, Roles: c.Roles, Purposes: c.Purposes}, nil
}

// wrong says what is wrong with a token.
func wrong(err error) string {
	for _, w := range []struct {
		err  error
		says string
	}{
		{jwt.ErrTokenMalformed, "the token is malformed"},
		{jwt.ErrTokenSignatureInvalid, "the token's signature is not right"},
		{jwt.ErrTokenUnverifiable, "the token names no key that is known"},
		{jwt.ErrTokenExpired, "the token has expired"},
		{jwt.ErrTokenRequiredClaimMissing, "the token lacks a claim: exp, aud and iss are needed"},
		{jwt.ErrTokenNotValidYet, "the token is not valid yet"},
		{jwt.ErrTokenUsedBeforeIssued, "the token is not valid yet"},
		{jwt.ErrTokenInvalidAudience, "the token is for another audience"},
		{jwt.ErrTokenInvalidIssuer, "the token is of another issuer"},
	} {
		if errors.Is(err, w.err) {
			return w.says
		}
	}
	return "the token's claims are not right: sub is to be given, roles and purposes are lists of words that are known"
}

func unauthenticated(message string, err error) error {
	if err != nil {
		err = errors.New(wrong(err)) // what the library says may cite the token
	}
	return &graph.Error{Code: graph.Unauthenticated, Message: message, Err: err}
}

// Sign makes a token for development, signed with the secret of o. The error says what New would say of o.
func Sign(o Options, c Caller, ttl time.Duration) (string, error) {
	if _, err := New(context.Background(), o); err != nil {
		return "", err
	}
	if len(o.Secret) == 0 {
		return "", errors.New("tokens are signed with a secret")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	signed := &claims{c.Roles, c.Purposes, jwt.RegisteredClaims{
		Subject: c.Subject, Audience: jwt.ClaimStrings{o.Audience}, Issuer: o.Issuer,
		IssuedAt: jwt.NewNumericDate(o.Now()), ExpiresAt: jwt.NewNumericDate(o.Now().Add(ttl)),
	}}
	if err := signed.Validate(); err != nil {
		return "", fmt.Errorf("the token would not be accepted: %w", err)
	}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, signed).SignedString(o.Secret)
}
