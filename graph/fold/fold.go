// Package fold makes the keys by which texts are matched without regard to case and diacritics. It imports
// golang.org/x/text only.
package fold

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Letters whose stroke or ligature Unicode does not take apart, and letters of Arabic that are typed for one another: Persian, Urdu
// and Arabic keyboards have their own yeh, kaf and heh, and many write alef for its forms, and heh for teh marbuta.
var plain = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ħ", "h", "ŧ", "t", "ı", "i", "æ", "ae", "œ", "oe",
	"ى", "ي", "ی", "ي", "ک", "ك", "ڪ", "ك", "ہ", "ه", "ە", "ه", "ة", "ه", "ۃ", "ه", "ٱ", "ا")

// Scripts whose marks are diacritics, or the signs of vowels that most texts leave out. Marks of all scripts are Inherited. Of other
// scripts, as of Thai and Devanagari, marks are letters like others, and stay.
var accented = []*unicode.RangeTable{
	unicode.Inherited, unicode.Common, unicode.Latin, unicode.Greek, unicode.Coptic, unicode.Cyrillic, unicode.Glagolitic,
	unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Samaritan, unicode.Mandaic,
}

// The voicing marks of kana, which are Inherited, make other letters: ハ is ha, バ ba and パ pa.
const voiced, halfVoiced = '\u3099', '\u309a'

// tatweel only stretches a word.
const tatweel = 'ـ'

// Key folds s: compatibility decomposition, diacritics and what is not seen removed, case folded, strokes removed, digits as 0 to 9.
// Folding a key gives the key, and the key of a text is that of its characters, one after the other.
func Key(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	// Lower case comes first, since folding alone swaps the two cases of Cherokee instead of joining them.
	s = norm.NFKD.String(cases.Fold().String(strings.ToLower(norm.NFKD.String(s))))
	var b strings.Builder
	last := rune(-1) // the letter before, which is not written yet
	for _, r := range s {
		switch {
		case r == voiced || r == halfVoiced:
			if last < 0 {
				break
			}
			if composed := []rune(norm.NFC.String(string([]rune{last, r}))); len(composed) == 1 {
				last = composed[0]
				continue
			}
		case r == tatweel || unicode.Is(unicode.Cf, r) || unicode.In(r, unicode.Mn, unicode.Me) && unicode.In(r, accented...):
			continue
		case r > unicode.MaxASCII && unicode.Is(unicode.Nd, r):
			r = '0' + digit(r)
		}
		if last >= 0 {
			b.WriteRune(last)
		}
		last = r
	}
	if last >= 0 {
		b.WriteRune(last)
	}
	return plain.Replace(b.String())
}

// digit is the value of a decimal digit: all that Unicode has come in runs from 0 to 9.
func digit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if lo := rune(t.Lo); lo <= r && r <= rune(t.Hi) {
			return (r - lo) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if lo := rune(t.Lo); lo <= r && r <= rune(t.Hi) {
			return (r - lo) % 10
		}
	}
	return 0
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Between is what may stand between the letters of a name, an address or a number, or may not.
const Between = " \t\r\n-‐–.,/()'’·・"

// isBetween are the ASCII characters of Between: keys are mostly of such, and an erasure goes through all texts of a store.
var isBetween = func() (is [utf8.RuneSelf]bool) {
	for _, r := range Between {
		if r < utf8.RuneSelf {
			is[r] = true
		}
	}
	return is
}()

// Loose is a text's key without what only stands between letters: what is there in one text and not in another may be the same.
func Loose(s string) string { return Loosened(Key(s)) }

// Loosened is a key without what only stands between letters.
func Loosened(key string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && isBetween[r] || r >= utf8.RuneSelf && strings.ContainsRune(Between, r) {
			return -1
		}
		return r
	}, key)
}

// frequent are letters, those first that texts have most often.
const frequent = "etaoinsrhldcumfgpwbyvkxjqz"

// Letters are the different ones of a loose text, those first that fewest texts have: a key without one of them does not have the text in it.
func Letters(loose string) []string {
	rarity := func(r rune) int {
		if i := strings.IndexRune(frequent, r); i >= 0 {
			return i
		}
		return len(frequent)
	}
	runes := []rune(loose)
	slices.SortFunc(runes, func(a, b rune) int { return cmp.Or(rarity(b)-rarity(a), int(a-b)) })
	var out []string
	for _, r := range slices.Compact(runes) {
		out = append(out, string(r))
	}
	return out
}

// Same reports whether two texts are the same name, number or address, however they are written.
func Same(a, b string) bool {
	if Loose(a) == Loose(b) {
		return true
	}
	if !likeNumber(a) || !likeNumber(b) {
		return false
	}
	of := Numbers(b)
	return slices.ContainsFunc(Numbers(a), func(n string) bool { return slices.Contains(of, n) })
}

// Forms are what one name has in common with all the ways to write it: its words in any order, with and without what stands
// between them.
func Forms(name string) (out []string) {
	var runs, chunks []string
	whole := ""
	for _, chunk := range strings.Fields(Key(name)) {
		letters := strings.FieldsFunc(chunk, func(r rune) bool { return !letter(r) })
		if len(letters) == 0 {
			continue
		}
		runs, chunks = append(runs, letters...), append(chunks, strings.Join(letters, ""))
		whole += chunks[len(chunks)-1]
	}
	if whole == "" {
		return nil
	}
	slices.Sort(runs)
	slices.Sort(chunks)
	for _, f := range []string{strings.Join(chunks, " "), strings.Join(runs, " "), whole} {
		out = appendNew(out, f)
	}
	return out
}

// likeNumber reports whether a text is a telephone number: digits, what stands between them, and perhaps an extension.
func likeNumber(s string) bool {
	key := strings.TrimSpace(Key(s))
	if i := strings.IndexFunc(key, unicode.IsLetter); i > 0 {
		key = key[:i]
	}
	return strings.Trim(key, "0123456789 +-./()") == "" && len(significant(key)) >= fewDigits
}
