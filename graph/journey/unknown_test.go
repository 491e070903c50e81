package journey

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhatThereIsStandsBehindWhatThereIsNot(t *testing.T) {
	for _, c := range []struct {
		name string
		have []string
		want string
	}{
		{"CAL", []string{"ORDER", "CALL", "CASE"}, `there is no activity "CAL" in the definition; there are "CALL", "CASE", "ORDER"`},
		{"mail", []string{"CALL", "MAIL", "MAIL"}, `there is no activity "mail" in the definition; there are "MAIL", "CALL"`},
		{"a\"b", nil, `there is no activity "a\"b" in the definition`},
		{"l", []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "L"}, `there is no activity "l" in the definition; there are "L", "a", "b", "c", "d", "e", "f", "g", "h", "i" and 2 more`},
	} {
		assert.EqualError(t, unknown(c.name, c.have), c.want)
	}
}
