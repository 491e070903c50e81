package secret_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/secret"
)

func TestAKeyIsMadeOnceAndReadAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kith.key")
	marks := make([]string, 8)
	var all sync.WaitGroup
	for i := range marks {
		all.Go(func() {
			k, err := secret.Open(path)
			if assert.NoError(t, err) {
				marks[i] = k.Marks("test")("anna@kith.example")
			}
		})
	}
	all.Wait()
	for _, m := range marks {
		assert.Equal(t, marks[0], m)
	}
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, left, 1)
}

func TestAFileThatHoldsNoKeyIsLeftAlone(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "too short": "c2hvcnQ=\n", "no base64": "this is the shopping list, and no key, though long"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "kith.key")
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
			_, err := secret.Open(path)
			assert.ErrorContains(t, err, path+" holds no key")
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, text, string(after))
		})
	}
}

func TestMarksDifferByTextAndUseAndKey(t *testing.T) {
	k := secret.New()
	mark := k.Marks("suppression")("anna")
	assert.Equal(t, mark, k.Marks("suppression")("anna"))
	assert.NotEqual(t, mark, k.Marks("suppression")("anne"))
	assert.NotEqual(t, mark, k.Marks("something else")("anna"))
	assert.NotEqual(t, mark, secret.New().Marks("suppression")("anna"))
}

func TestWhatIsHiddenIsShownByTheSameCipherAlone(t *testing.T) {
	k := secret.New()
	c := k.Cipher("ANALYSIS")
	hidden := c.Hide("cus", "cus_1234")
	assert.Equal(t, hidden, k.Cipher("ANALYSIS").Hide("cus", "cus_1234"), "so that clients know it again")
	text, ok := c.Show("cus", hidden)
	assert.True(t, ok)
	assert.Equal(t, "cus_1234", text)
	for name, show := range map[string]func() (string, bool){
		"another sort":    func() (string, bool) { return c.Show("acc", hidden) },
		"another use":     func() (string, bool) { return k.Cipher("SALES").Show("cus", hidden) },
		"another key":     func() (string, bool) { return secret.New().Cipher("ANALYSIS").Show("cus", hidden) },
		"another text":    func() (string, bool) { return c.Show("cus", "A"+hidden[1:]+"A") },
		"no base64":       func() (string, bool) { return c.Show("cus", "cus_1234") },
		"nothing":         func() (string, bool) { return c.Show("cus", "") },
		"a part of it":    func() (string, bool) { return c.Show("cus", hidden[:len(hidden)-4]) },
		"its other forms": func() (string, bool) { return c.Show("cus", hidden+"\n") },
	} {
		t.Run(name, func(t *testing.T) {
			_, ok := show()
			assert.False(t, ok)
		})
	}
}

func TestPseudonymsAreResolvedForTheirUseAlone(t *testing.T) {
	k := secret.New()
	p := k.Pseudonyms("ANALYSIS")
	shown := p.ID("cus_1234")
	assert.Regexp(t, "^cus_", shown)
	assert.NotContains(t, shown, "1234")
	assert.Equal(t, shown, k.Pseudonyms("ANALYSIS").ID("cus_1234"), "so that clients know it again")
	assert.Equal(t, "cus_1234", p.Resolve(shown))
	for name, id := range map[string]string{"an id": "cus_1234", "another use's": k.Pseudonyms("SELF").ID("cus_1234"), "another kind's": "acc" + shown[3:],
		"another key's": secret.New().Pseudonyms("ANALYSIS").ID("cus_1234"), "a cursor": p.Seal("cus_1234"), "nothing": ""} {
		t.Run(name+" is none", func(t *testing.T) { assert.Empty(t, p.Resolve(id)) })
	}
	assert.Equal(t, "keys", p.Open(p.Seal("keys")))
	assert.Empty(t, p.Open("keys"))
	assert.Empty(t, p.Open(shown[4:]))

	var none *secret.Pseudonyms
	assert.Equal(t, "cus_1234", none.ID("cus_1234"))
	assert.Equal(t, "cus_1234", none.Resolve("cus_1234"))
	assert.Equal(t, "keys", none.Open(none.Seal("keys")))
}

func TestWhatIsSealedLooksOtherwiseEachTimeAndIsAsLong(t *testing.T) {
	k := secret.New()
	c := k.Cipher("feed")
	one, same, other := c.Seal("SALES", "place 1"), c.Seal("SALES", "place 1"), c.Seal("SALES", "place 2")
	assert.NotEqual(t, one, same)
	assert.Len(t, same, len(one))
	assert.Len(t, other, len(one))
	for sealed, want := range map[string]string{one: "place 1", same: "place 1", other: "place 2"} {
		text, ok := c.Unseal("SALES", sealed)
		assert.True(t, ok)
		assert.Equal(t, want, text)
	}
	for name, sealed := range map[string]string{"another sort": c.Seal("SERVICE", "place 1"), "what is hidden, and not sealed": c.Hide("SALES", "place 1"), "nothing": ""} {
		_, ok := c.Unseal("SALES", sealed)
		assert.False(t, ok, name)
	}
}
