package fold

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNamesAreReplaced(t *testing.T) {
	names := NewNames([]string{"José Núñez", "", "jose@nunez.example", "Ana"})
	for _, c := range []struct{ name, text, want string }{
		{"a text without a name stays", "Nobody was there.", "Nobody was there."},
		{"a name goes wherever it stands", "José Núñez wrote, and jose@nunez.example is José Núñez's.", "[x] wrote, and [x] is [x]'s."},
		{"case is nothing", "JOSÉ NÚÑEZ", "[x]"},
		{"a name within a word is none", "Anastasia and Banana met Ana.", "Anastasia and Banana met [x]."},
		{"a name in other letters takes the whole text", "Senor Jose Nunez rang.", "[x]"},
		{"a name at both ends", "Ana Ana", "[x] [x]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, names.Replace(c.text, "[x]"))
			assert.Equal(t, c.text != c.want, names.In(c.text))
		})
	}
	assert.False(t, NewNames(nil).In("anything"))
}
