package documents

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
)

// tokensOf tells texts apart by their tokens, as a parser does, and says how many there are. White space, commas, comments and a byte order mark are none; a text
// within a document counts as what it says. It is not ok where there are more than most, or something is no token.
func tokensOf(text string, most int) (tokens string, n int, ok bool) {
	hash := sha256.New()
	from := lexer.New(&ast.Source{Input: text})
	var head [16]byte
	for {
		token, err := from.ReadToken()
		switch {
		case err != nil || token.Kind == lexer.Invalid:
			return "", n, false
		case token.Kind == lexer.EOF:
			return string(hash.Sum(nil)), n, true
		case token.Kind == lexer.Comment:
			continue
		case n == most:
			return "", n, false
		}
		n++
		// The length keeps a value from reading as two tokens.
		binary.BigEndian.PutUint64(head[:8], uint64(token.Kind))
		binary.BigEndian.PutUint64(head[8:], uint64(len(token.Value)))
		hash.Write(head[:])
		hash.Write([]byte(token.Value))
	}
}
