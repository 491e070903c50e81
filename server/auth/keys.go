package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
)

const (
	pause = time.Minute // between two looks at a file for a kid that is not known
	// patience is how long a request with a kid that is not known waits for the keys of an address.
	patience = 5 * time.Second
)

var errKey = errors.New("no key for this")

// keySet has public keys by their kid. Those of an address are refreshed by keyfunc, those of a file here.
type keySet struct {
	ctx  context.Context
	from string
	now  func() time.Time

	mu     sync.Mutex
	keys   keyfunc.Keyfunc
	seen   os.FileInfo // nil of an address
	looked time.Time
}

// newKeySet reads public keys, and refuses a set with any other.
func newKeySet(ctx context.Context, from string, now func() time.Time) (*keySet, error) {
	s := &keySet{ctx: ctx, from: from, now: now}
	var err error
	if strings.HasPrefix(from, "https://") || strings.HasPrefix(from, "http://") {
		failFirst := false
		s.keys, err = keyfunc.NewDefaultOverrideCtx(ctx, []string{from}, keyfunc.Override{NoErrorReturnFirstHTTPReq: &failFirst,
			HTTPTimeout: 10 * time.Second, RateLimitWaitMax: patience})
	} else if s.seen, err = os.Stat(from); err == nil {
		s.keys, err = readFile(from)
	}
	if err == nil {
		err = public(ctx, s.keys)
	}
	if err != nil {
		return nil, fmt.Errorf("the keys of %s cannot be read: %w", from, err)
	}
	return s, nil
}

func readFile(name string) (keyfunc.Keyfunc, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return keyfunc.NewJWKSetJSON(b)
}

// public refuses a set that has no keys, or secret ones.
func public(ctx context.Context, keys keyfunc.Keyfunc) error {
	all, err := keys.Storage().KeyReadAll(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return errors.New("it has no keys")
	}
	for _, k := range all {
		switch k.Key().(type) {
		case *rsa.PublicKey, *ecdsa.PublicKey, ed25519.PublicKey:
		default:
			return fmt.Errorf("its key %q is not the public key of RS256, ES256 or EdDSA", k.Marshal().KID)
		}
	}
	return nil
}

// key finds the key that a token names, if it may check the token's signature. That it is of the algorithm's kind is checked
// by the algorithm.
func (s *keySet) key(t *jwt.Token) (any, error) {
	kid, ok := t.Header["kid"].(string)
	if !ok || kid == "" {
		return nil, errKey // keyfunc would try all keys
	}
	k, err := s.current().Storage().KeyRead(s.ctx, kid)
	if err != nil && s.reread() {
		k, err = s.current().Storage().KeyRead(s.ctx, kid)
	}
	if err != nil {
		return nil, errKey
	}
	m := k.Marshal()
	if m.ALG != "" && m.ALG.String() != t.Method.Alg() || m.USE != "" && m.USE != "sig" || len(m.KEYOPS) > 0 && !slices.Contains(m.KEYOPS, "verify") {
		return nil, errKey
	}
	if e, ok := k.Key().(*ecdsa.PublicKey); ok && e.Curve != elliptic.P256() {
		return nil, errKey
	}
	return k.Key(), nil
}

func (s *keySet) current() keyfunc.Keyfunc {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keys
}

// reread reads a file again that has changed, and reports whether there are other keys than before. A file that cannot be
// read, or has other keys than public ones, changes nothing.
func (s *keySet) reread() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if s.seen == nil || !s.looked.IsZero() && now.Sub(s.looked) < pause {
		return false
	}
	s.looked = now
	info, err := os.Stat(s.from)
	if err == nil && os.SameFile(info, s.seen) && info.ModTime().Equal(s.seen.ModTime()) && info.Size() == s.seen.Size() {
		return false
	}
	var keys keyfunc.Keyfunc
	if err == nil {
		keys, err = readFile(s.from)
	}
	if err == nil {
		err = public(s.ctx, keys)
	}
	if err != nil {
		slog.WarnContext(s.ctx, "the keys cannot be read again", "file", s.from, "error", err)
		return false
	}
	s.keys, s.seen = keys, info
	return true
}
