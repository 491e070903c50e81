// Package fold makes the keys by which texts are matched without regard to case and diacritics. It imports
// golang.org/x/text only.
package fold

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Letters whose stroke or ligature Unicode does not take apart.
var plain = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ħ", "h", "ŧ", "t", "ı", "i", "æ", "ae", "œ", "oe")

// Key folds s: compatibility decomposition, marks removed, case folded, strokes removed. Folding a key gives the key.
func Key(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	// Lower case comes first, since folding alone swaps the two cases of Cherokee instead of joining them.
	s = norm.NFKD.String(cases.Fold().String(strings.ToLower(norm.NFKD.String(s))))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
	return plain.Replace(s)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
