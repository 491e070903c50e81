package fold

import (
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestKey(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain letters lose their case", "Kith GmbH", "kith gmbh"},
		{"diacritics go", "Müller Ångström", "muller angstrom"},
		{"composed and decomposed are one", "Cafe\u0301", "cafe"},
		{"sharp s is ss", "Straße", "strasse"},
		{"strokes go", "Łódź Ørsted", "lodz orsted"},
		{"dotted capital i loses its dot", "İstanbul", "istanbul"},
		{"ligatures open", "ﬁn Œuvre", "fin oeuvre"},
		{"other scripts fold too", "ΣΟΦΟΣ", "σοφοσ"},
		{"both cases of Cherokee have one key", "ꮀ", "Ꮀ"},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, Key(c.in)) })
	}
}

func TestBothCasesOfEveryLetterHaveOneKeyAndFoldingItGivesIt(t *testing.T) {
	for r := range rune(unicode.MaxRune) {
		if !unicode.IsLetter(r) {
			continue
		}
		k := Key(string(r))
		if Key(k) != k {
			t.Errorf("%U %q: key %q folds to %q", r, r, k, Key(k))
		}
		for _, other := range []rune{unicode.ToUpper(r), unicode.ToLower(r)} {
			if Key(string(other)) != k {
				t.Errorf("%U %q has the key %q, its other case %U has %q", r, r, k, other, Key(string(other)))
			}
		}
	}
}

func TestFoldingAKeyGivesTheKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := Key(rapid.String().Draw(t, "text"))
		assert.Equal(t, k, Key(k))
	})
}
