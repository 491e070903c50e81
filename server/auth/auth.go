// Package auth knows who asks: it checks bearer tokens. It imports graph, golang-jwt and keyfunc.
package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"

	"github.com/kithgraph/kith/graph"
)

// Role is what somebody may do.
type Role string

// The roles. Writers, officers and syncs are readers, too; an admin is everything.
const (
	Monitor Role = "monitor" // reads the metrics, and nothing else
	Reader  Role = "reader"
	Writer  Role = "writer"
	Officer Role = "officer" // answers for the protection of data
	Sync    Role = "sync"    // another system that keeps in step, by what changes
	Admin   Role = "admin"
)

// Roles are all there are.
var Roles = []Role{Monitor, Reader, Writer, Officer, Sync, Admin}

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
	Customer string          // the id of a customer who asks herself, for SELF and without a role
	Employee string          // the id of the employee who asks, or a source and its id, as crm:17; empty: nobody says so
}

// Everybody is who asks where no keys are configured.
func Everybody() *Caller {
	return &Caller{Roles: []Role{Admin}, Purposes: slices.Clone(graph.Consentable)}
}

// Has reports whether the caller has a role, or one that comes with it.
func (c *Caller) Has(r Role) bool {
	return slices.Contains(c.Roles, r) || slices.Contains(c.Roles, Admin) ||
		r == Reader && (slices.Contains(c.Roles, Writer) || slices.Contains(c.Roles, Officer) || slices.Contains(c.Roles, Sync))
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

// New reads the keys. Those of an address are read again every hour, and when a token names one that is not known; ctx ends
// that. A file is read again when a token names a key that is not known and the file has changed. The error says what is
// missing, or that the keys cannot be read.
func New(ctx context.Context, o Options) (*Verifier, error) {
	switch {
	case (len(o.Secret) > 0) == (o.JWKS != ""):
		return nil, errors.New("exactly one of a secret and a JWKS is to be given")
	case o.Audience == "" || o.Issuer == "":
		return nil, errors.New("the audience and the issuer of tokens are to be given")
	case o.JWKS == "" && len(o.Secret) < shortestShare:
		return nil, fmt.Errorf("the secret has %d bytes, and less than %d can be guessed", len(o.Secret), shortestShare)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	methods := []string{"HS256"}
	v := &Verifier{key: func(*jwt.Token) (any, error) { return o.Secret, nil }}
	if o.JWKS != "" {
		methods = []string{"RS256", "ES256", "EdDSA"}
		keys, err := newKeySet(ctx, o.JWKS, o.Now)
		if err != nil {
			return nil, err
		}
		v.key = keys.key
	}
	v.parser = jwt.NewParser(jwt.WithValidMethods(methods), jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway),
		jwt.WithAudience(o.Audience), jwt.WithIssuer(o.Issuer), jwt.WithTimeFunc(o.Now))
	return v, nil
}

// claims of a token. Purposes and roles are lists of words that are known.
type claims struct {
	Roles    []Role          `json:"roles,omitempty"`
	Purposes []graph.Purpose `json:"purposes,omitempty"`
	Customer string          `json:"customer,omitempty"`
	Employee string          `json:"employee,omitempty"`
	jwt.RegisteredClaims
}

// latest is the last second of the year 9999. What is beyond it was not meant as seconds.
const latest = 253402300799

// UnmarshalJSON reads the claims under exactly their names; encoding/json by itself would take ROLES for roles. A claim that is
// there is of its type, and not null.
func (c *claims) UnmarshalJSON(b []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	var exp, nbf, iat float64
	for name, into := range map[string]any{"sub": &c.Subject, "iss": &c.Issuer, "aud": &c.Audience, "exp": &exp, "nbf": &nbf, "iat": &iat,
		"roles": &c.Roles, "purposes": &c.Purposes, "customer": &c.Customer, "employee": &c.Employee} {
		v, ok := all[name]
		if !ok {
			continue
		}
		if string(v) == "null" {
			return fmt.Errorf("%s is null", name)
		}
		if !utf8.Valid(v) { // encoding/json would put one character in place of all that is not
			return &unfit{name, Unfit(string(v))}
		}
		if err := json.Unmarshal(v, into); err != nil {
			return err
		}
	}
	for name, d := range map[string]struct {
		seconds float64
		into    **jwt.NumericDate
	}{"exp": {exp, &c.ExpiresAt}, "nbf": {nbf, &c.NotBefore}, "iat": {iat, &c.IssuedAt}} {
		if _, ok := all[name]; !ok {
			continue
		}
		if d.seconds < 0 || d.seconds > latest {
			return fmt.Errorf("%s is no time", name)
		}
		*d.into = jwt.NewNumericDate(time.Unix(int64(d.seconds), 0))
	}
	return nil
}

// Validate is called by the parser when all else is right.
func (c *claims) Validate() error {
	if c.Subject == "" {
		return errors.New("no sub")
	}
	for _, t := range []struct{ claim, text string }{{"sub", c.Subject}, {"customer", c.Customer}, {"employee", c.Employee}} {
		if why := Unfit(t.text); why != "" {
			return &unfit{t.claim, why}
		}
	}
	for _, r := range c.Roles {
		if !slices.Contains(Roles, r) {
			return errors.New("an unknown role")
		}
	}
	for _, p := range c.Purposes {
		if !slices.Contains(graph.Purposes, p) {
			return errors.New("an unknown purpose")
		}
	}
	if source, id, ok := strings.Cut(c.Employee, ":"); c.Employee != "" && !strings.HasPrefix(c.Employee, "emp_") && (!ok || source == "" || id == "") {
		return errors.New("an employee who is no id and of no source")
	}
	self := slices.Contains(c.Purposes, graph.Self)
	if self != (c.Customer != "") || self && (len(c.Purposes) > 1 || len(c.Roles) > 0) {
		return errors.New("a customer asks for SELF alone, and has no role")
	}
	return nil
}

// Bearer checks the token of an Authorization header. The error is a *graph.Error with Unauthenticated, which cites nothing
// of the token.
func (v *Verifier) Bearer(authorization string) (*Caller, error) {
	scheme, token, ok := strings.Cut(authorization, " ")
	switch {
	case authorization == "":
		return nil, unauthenticated("a bearer token is needed, in the header Authorization")
	case !ok || !strings.EqualFold(scheme, "Bearer") || strings.Contains(token, " "):
		return nil, unauthenticated("the header Authorization is to be: Bearer, a space, and the token")
	}
	return v.Verify(token)
}

// Verify checks a token. The error is a *graph.Error with Unauthenticated, which cites nothing of the token.
func (v *Verifier) Verify(token string) (*Caller, error) {
	if len(token) > longestToken {
		return nil, unauthenticated(fmt.Sprintf("the token has more than %d bytes", longestToken))
	}
	c := &claims{}
	t, err := v.parser.ParseWithClaims(token, c, v.key)
	if err != nil {
		return nil, unauthenticated(wrong(err))
	}
	if _, ok := t.Header["crit"]; ok { // RFC 7515, section 4.1.11: who does not understand them all refuses the token
		return nil, unauthenticated("the token's header crit names extensions that must be understood, and none is known here")
	}
	return &Caller{Subject: c.Subject, Roles: c.Roles, Purposes: c.Purposes, Customer: c.Customer, Employee: c.Employee}, nil
}

// wrong says what is wrong with a token.
func wrong(err error) string {
	if u := (*unfit)(nil); errors.As(err, &u) {
		return u.Error()
	}
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
	return "the token's claims are not right: sub is to be given, roles and purposes are lists of words that are known, and who asks for SELF has the claim customer, and nothing else"
}

// unauthenticated keeps nothing of what the library says, which may cite the token.
func unauthenticated(message string) error {
	return &graph.Error{Code: graph.Unauthenticated, Message: message}
}

// Sign makes a token for development, signed with the secret of o. The error says what New would say of o.
func Sign(o Options, c Caller, ttl time.Duration) (string, error) {
	if len(o.Secret) == 0 {
		return "", errors.New("tokens are signed with a secret")
	}
	if _, err := New(context.Background(), o); err != nil {
		return "", err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	signed := &claims{c.Roles, c.Purposes, c.Customer, c.Employee, jwt.RegisteredClaims{
		Subject: c.Subject, Audience: jwt.ClaimStrings{o.Audience}, Issuer: o.Issuer,
		IssuedAt: jwt.NewNumericDate(o.Now()), ExpiresAt: jwt.NewNumericDate(o.Now().Add(ttl)),
	}}
	if err := signed.Validate(); err != nil {
		return "", fmt.Errorf("the token would not be accepted: %w", err)
	}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, signed).SignedString(o.Secret)
}

// longestText is how many characters a header or a claim may have.
const longestText = 200

// Unfit says what is wrong with a text that a request brings in a header or a claim; empty where nothing is. Records, logs and
// tables show these texts as they came, and stores do not take all that HTTP and JSON do.
func Unfit(text string) string {
	switch n := utf8.RuneCountInString(text); {
	case !utf8.ValidString(text):
		return "is to be UTF-8, and is not"
	case strings.ContainsFunc(text, unicode.IsControl):
		return "has a control character, and is to have none"
	case n > longestText:
		return fmt.Sprintf("has %d characters, and is to have %d at most", n, longestText)
	}
	return ""
}

// unfit is the error of a claim.
type unfit struct{ claim, why string }

func (u *unfit) Error() string { return "the token's claim " + u.claim + " " + u.why }
