package journey

import (
	"fmt"
	"strings"
	"testing"
	"time"

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

func TestALongNameIsNotCompared(t *testing.T) {
	long := strings.Repeat("l", mostCompared+1)
	assert.Contains(t, instead(long, []string{"b", long[1:], "a"}), `; there are "a", "b", "ll`)
	assert.Contains(t, instead(long[1:], []string{"b", long[1:], "a"}), `; there are "ll`)
	assert.Regexp(t, `^; there are "b", "a{201}"$`, instead("aaaa", []string{strings.Repeat("a", mostCompared+1), "b"}))

	var have []string
	for i := range 600 {
		have = append(have, fmt.Sprintf("%0200d", i))
	}
	start := time.Now()
	text := unknown(strings.Repeat("x", 100_000), have).Error()
	assert.Less(t, time.Since(start), time.Second, "each of 600 names would be compared for milliseconds")
	assert.Contains(t, text, "and 590 more")
}
