package auth

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestText is how many characters a header or a claim may have.
const longestText = 200

// Unfit says what is wrong with a text that a request brings in a header or a claim; empty where nothing is. Records, logs and
// tables show these texts as they came, and stores do not take all that HTTP and JSON do.
func Unfit(text string) string {
	switch n := utf8.RuneCountInString(text); {
	case !utf8.ValidString(text):
		return "is to be UTF-8, and is not"
	case strings.ContainsFunc(text, unicode.IsControl):
		return "has a control character, and is to have none"
	case n > longestText:
		return fmt.Sprintf("has %d characters, and is to have %d at most", n, longestText)
	}
	return ""
}

// unfit is the error of a claim.
type unfit struct{ claim, why string }

func (u *unfit) Error() string { return "the token's claim " + u.claim + " " + u.why }
