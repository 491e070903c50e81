package fold

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longest     = 40 // letters of a word; the rest is cut off, here and there alike
	mostWords   = 32 // different words of one text
	typoLetters = 5  // letters that a word needs for a typing mistake to be told from another word
	fewDigits   = 4  // digits that begin a number which so few nodes have that looking for them is of use
)

// Words are the different words by which a text is found: runs of letters and digits of its key, and, where such runs stand
// together without a space, what they are as one word: "O'Neil" is o, neil and oneil. Of very long texts the first words count.
func Words(s string) []string {
	var words []string
	for _, t := range spoken(s) {
		words = appendNew(words, t.Word)
	}
	return words[:min(len(words), mostWords)]
}

// Numbers are the words by which a telephone number is found: its digits with and without the code of the country, and without
// the zeros before either.
func Numbers(s string) []string {
	s = Key(s)
	if i := strings.IndexFunc(s, unicode.IsLetter); i >= 0 { // an extension
		s = s[:i]
	}
	all := digits(s)
	n := significant(s)
	if n == "" {
		return nil
	}
	abroad := strings.HasPrefix(strings.TrimSpace(s), "+") || strings.HasPrefix(all, "00")
	if c := country(n); abroad && len(n) > c {
		return []string{n, n[c:]}
	}
	return []string{n}
}

// A Term is a word to look for. To find it is to find the words of the text from From up to To.
type Term struct {
	Word     string
	From, To int
}

// Terms are what a text asks for, and the number of its words. Each is to be found by itself or, with others, in a term of
// several: runs that stand together are also one word, and a text of nothing but digits and what stands between them is also
// one number.
func Terms(s string) (terms []Term, words int) {
	for _, t := range spoken(s) {
		terms, words = append(terms, t), max(words, t.To)
	}
	if n := significant(s); len(n) >= fewDigits && strings.Trim(Key(s), "0123456789 +-./()") == "" {
		terms = append(terms, Term{n, 0, words})
	}
	return terms, words
}

// spoken are the runs of a text, and behind the runs that stand together what they are as one.
func spoken(s string) []Term {
	var out []Term
	n := 0
	for _, chunk := range strings.Fields(Key(s)) {
		from := n
		runs := strings.FieldsFunc(chunk, func(r rune) bool { return !letter(r) })
		for _, run := range runs {
			out = append(out, Term{cut(run), n, n + 1})
			n++
		}
		if len(runs) > 1 {
			out = append(out, Term{cut(strings.Join(runs, "")), from, n})
		}
	}
	return out
}

// letter reports whether a rune is a part of words.
func letter(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.M) }

func appendNew(words []string, w string) []string {
	if slices.Contains(words, w) {
		return words
	}
	return append(words, w)
}

func cut(word string) string {
	if utf8.RuneCountInString(word) <= longest {
		return word
	}
	return string([]rune(word)[:longest])
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// significant are the digits of a number without those that only say where it is called from.
func significant(s string) string {
	return cut(strings.TrimLeft(digits(strings.ReplaceAll(Key(s), "(0)", "")), "0"))
}

// country is how many digits the code of a country has that a number begins with (ITU-T E.164).
func country(number string) int {
	switch {
	case number[0] == '1' || number[0] == '7':
		return 1
	case len(number) > 1 && slices.Contains(twoDigits, number[:2]):
		return 2
	}
	return 3
}

var twoDigits = strings.Fields("20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98")

// Keys are what a word is kept under beside itself, so that equality alone finds it by any word that is one letter away: the
// word without each of its letters, and which that is.
func Keys(word string) []string {
	letters := []rune(word)
	if len(letters) < typoLetters || count(letters) < typoLetters-1 { // nothing that may be mistyped is one letter away
		return nil
	}
	keys := make([]string, len(letters))
	for i := range letters {
		keys[i] = without(letters, i)
	}
	return keys
}

// Near are the words, and the keys of those, that are one mistake away from a word: a letter too many or too few, another
// letter, or two that have changed places. There are none for a word of fewer than five letters.
func Near(word string) (words, keys []string) {
	letters := []rune(word)
	if count(letters) < typoLetters {
		return nil, nil
	}
	for i := range letters {
		key := without(letters, i)
		keys = append(keys, key, strconv.Itoa(i)+":"+word)
		words = append(words, key[strings.IndexByte(key, ':')+1:])
		if i > 0 && letters[i-1] != letters[i] {
			swapped := slices.Clone(letters)
			swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
			words = append(words, string(swapped))
		}
	}
	return words, append(keys, strconv.Itoa(len(letters))+":"+word)
}

func count(letters []rune) (n int) {
	for _, r := range letters {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

func without(letters []rune, i int) string {
	return strconv.Itoa(i) + ":" + string(letters[:i]) + string(letters[i+1:])
}

// Prefix reports whether a word is long enough for words to be found that begin with it: two letters, four where all are digits.
func Prefix(word string) bool {
	if strings.Trim(word, "0123456789") == "" {
		return len(word) >= fewDigits
	}
	return utf8.RuneCountInString(word) >= 2
}
