package fold

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names are texts that are looked for in others as whole words, without regard to case and diacritics.
type Names struct {
	Keys  []string // of the names
	exact []*regexp.Regexp
}

// NewNames leaves out what is empty.
func NewNames(texts []string) *Names {
	n := &Names{}
	for _, t := range texts {
		t = strings.TrimSpace(t)
		if key := Key(t); key != "" {
			n.Keys = append(n.Keys, key)
			n.exact = append(n.exact, regexp.MustCompile("(?i)"+regexp.QuoteMeta(t)))
		}
	}
	return n
}

// In reports whether a text has one of the names.
func (n *Names) In(text string) bool {
	key := Key(text)
	for _, name := range n.Keys {
		for at := 0; ; {
			i := strings.Index(key[at:], name)
			if i < 0 {
				break
			}
			if alone(key, at+i, at+i+len(name)) {
				return true
			}
			_, size := utf8.DecodeRuneInString(key[at+i:])
			at += i + size
		}
	}
	return false
}

// Replace puts another text in place of the names. Where a name is written otherwise than it was given, but for its case, it
// takes the place of the whole text.
func (n *Names) Replace(text, with string) string {
	if !n.In(text) {
		return text
	}
	for _, name := range n.exact {
		var out strings.Builder
		at := 0
		for _, m := range name.FindAllStringIndex(text, -1) {
			if alone(text, m[0], m[1]) {
				out.WriteString(text[at:m[0]] + with)
				at = m[1]
			}
		}
		text = out.String() + text[at:]
	}
	if n.In(text) {
		return with
	}
	return text
}

// alone reports whether no letter or digit stands before or behind a part of a text.
func alone(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
	return !part(before) && !part(after)
}
