package fold

import (
	"slices"
	"strings"
	"unicode"
)

// Between is what may stand between the letters of a name, an address or a number, or may not.
const Between = " \t\r\n-‐–.,/()'’·・"

// Loose is a text's key without what only stands between letters: what is there in one text and not in another may be the same.
func Loose(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(Between, r) {
			return -1
		}
		return r
	}, Key(s))
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
