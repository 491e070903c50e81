// Package secret keeps a store's key, from which it derives others: those by which erased persons are known again, and those
// by which ids are hidden. It imports tink for the cipher, and beside it the standard library alone.
package secret

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tink-crypto/tink-go/v2/daead/subtle"
)

// size of the key that others are derived from, in bytes.
const size = 32

// A Key is what others are derived from. Who has it can tell whether somebody was erased, and whose a pseudonym is; without it
// erased persons are not known again, and pseudonyms cannot be resolved.
type Key struct{ master []byte }

// New is a key that nobody has.
func New() *Key {
	k := &Key{make([]byte, size)}
	rand.Read(k.master) // never fails
	return k
}

// Open reads the key in a file, or makes both. The error names the file where it holds no key.
func Open(path string) (*Key, error) {
	k, err := Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return create(path)
	}
	return k, err
}

// Read reads the key in a file. The error is fs.ErrNotExist where there is none.
func Read(path string) (*Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	master, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(master) != size {
		return nil, fmt.Errorf("%s holds no key: that is %d bytes in base64, on one line", path, size)
	}
	return &Key{master}, nil
}

// create writes a new key where there is none yet. Of two who do so at the same time one has made it, and both have it.
func create(path string) (*Key, error) {
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no directory %s for the key", filepath.Dir(path))
	}
	k := New()
	aside, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new") // for its owner alone
	if err != nil {
		return nil, err
	}
	defer os.Remove(aside.Name())
	_, err = fmt.Fprintln(aside, base64.StdEncoding.EncodeToString(k.master))
	if err = errors.Join(err, aside.Sync(), aside.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(aside.Name(), path); errors.Is(err, fs.ErrExist) {
		return Open(path)
	} else if err != nil {
		return nil, err
	}
	return k, nil
}

// derive makes the key for one use (HKDF-SHA-256, RFC 5869).
func (k *Key) derive(use string, size int) []byte {
	key, err := hkdf.Key(sha256.New, k.master, nil, "kith "+use, size)
	if err != nil { // more than 8 kB were asked for
		panic(err)
	}
	return key
}

// Marks gives texts' keyed hashes for one use (HMAC-SHA-256), in base64 without padding: equal texts have equal marks, and
// without the key no text can be tried.
func (k *Key) Marks(use string) func(text string) string {
	key := k.derive(use, sha256.Size)
	return func(text string) string {
		h := hmac.New(sha256.New, key)
		h.Write([]byte(text))
		return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
	}
}

// A Cipher hides texts so that they can be read again: AES-SIV (RFC 5297), under which equal texts look equal, and nothing that it
// has not hidden is taken for something that it has.
type Cipher struct{ siv *subtle.AESSIV }

// Cipher is the one for a use.
func (k *Key) Cipher(use string) *Cipher {
	siv, err := subtle.NewAESSIV(k.derive(use, subtle.AESSIVKeySize))
	if err != nil { // the key's size is wrong
		panic(err)
	}
	return &Cipher{siv}
}

// Hide gives what stands for a text of one sort, in base64 for addresses without padding.
func (c *Cipher) Hide(sort, text string) string {
	b, err := c.siv.EncryptDeterministically([]byte(text), []byte(sort))
	if err != nil { // the text has gigabytes
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// Show gives the text of that sort that something stands for, if it stands for any.
func (c *Cipher) Show(sort, hidden string) (text string, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(hidden)
	if err != nil || base64.RawURLEncoding.EncodeToString(b) != hidden {
		return "", false
	}
	b, err = c.siv.DecryptDeterministically(b, []byte(sort))
	return string(b), err == nil
}

// nonce is how many bytes of chance make what is sealed look like nothing else.
const nonce = 16

// Seal hides a text so that it looks otherwise each time: who sees two cannot tell whether they stand for the same. Texts of one length give
// such of one length.
func (c *Cipher) Seal(sort, text string) string {
	b := make([]byte, nonce)
	rand.Read(b) // never fails
	return c.Hide(sort, string(b)+text)
}

// Unseal gives the text of that sort that was sealed, if any was.
func (c *Cipher) Unseal(sort, sealed string) (text string, ok bool) {
	text, ok = c.Show(sort, sealed)
	if !ok || len(text) < nonce {
		return "", false
	}
	return text[nonce:], true
}
