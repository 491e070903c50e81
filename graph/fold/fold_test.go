package fold

import (
	"testing"
	"unicode"
	"unicode/utf8"

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
		{"voicing makes other kana", "ハハ パパ ババ か\u3099 ﾊﾟ", "ハハ パパ ババ が パ"},
		{"signs of vowels are letters in Thai, Lao and Khmer", "ดี ດີ ខ្មែរ", "ดี ດີ ខ្មែរ"},
		{"so they are in the scripts of India, and so are nukta and virama", "हिन्दी ज़ தமிழ் বাংলা", "हिन्दी ज\u093c தமிழ் বাংলা"},
		{"Hangul stays, syllable by syllable", "김 \u1100\u1175\u11b7", "\u1100\u1175\u11b7 \u1100\u1175\u11b7"},
		{"Arabic needs neither signs of vowels nor stretched letters", "مُحَمَّد محمـــد", "محمد محمد"},
		{"yeh, kaf and heh are the same on all keyboards", "علی کریمی ہ على", "علي كريمي ه علي"},
		{"alef is written without its signs, and teh marbuta as heh", "أحمد إيمان آمنة ٱ", "احمد ايمان امنه ا"},
		{"Hebrew needs no points", "שָׁלוֹם", "שלום"},
		{"Greek and Cyrillic lose their accents", "Ἀθῆναι Ёлка", "αθηναι елка"},
		{"digits of all scripts are ours", "٠٣٠ ۹۰۱ ８２０ १२३", "030 901 820 123"},
		{"what is not seen is nothing", "Zo\u00ade\ufeff\u200b \u202aann", "zoe ann"},
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

func TestAKeyIsThatOfItsCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		if r, _ := utf8.DecodeRuneInString(b); !extends(r) {
			assert.Equal(t, Key(a+b), Key(a)+Key(b))
		}
	})
}

func TestEveryDigitHasItsValue(t *testing.T) {
	for zero := range rune(unicode.MaxRune) {
		if !unicode.Is(unicode.Nd, zero) || unicode.Is(unicode.Nd, zero-1) && digit(zero-1) != 9 {
			continue
		}
		assert.Zero(t, digit(zero), "%U", zero)
		for i := range rune(10) {
			assert.True(t, unicode.Is(unicode.Nd, zero+i) && digit(zero+i) == i, "%U", zero+i)
		}
	}
}
