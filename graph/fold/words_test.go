package fold

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTextsHaveWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{" -- ", ""},
		{"Zoë  Müller-Straße", "zoe muller strasse mullerstrasse"},
		{"O'Neil", "o neil oneil"},
		{"ann.li@mail.example", "ann li mail example annlimailexample"},
		{"SO-2024-0815", "so 2024 0815 so20240815"},
		{"Ann Ann ann", "ann"},
		{"東京 株式会社", "東京 株式会社"},
		{strings.Repeat("x", 50), strings.Repeat("x", 40)},
	} {
		assert.Equal(t, strings.Fields(c.want), append([]string{}, Words(c.text)...), c.text)
	}
	many := ""
	for i := range 100 {
		many += string(rune('a'+i%26)) + strings.Repeat("b", i/26) + " "
	}
	assert.Len(t, Words(many), mostWords)
}

func TestTelephoneNumbersAreFoundWithAndWithoutTheCountry(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"none", ""},
		{"000", ""},
		{"+49 (0)30 / 901-820", "4930901820 30901820"},
		{"0049 30 901820", "4930901820 30901820"},
		{"(030) 901820", "30901820"},
		{"+1 312 555 0100 ext. 7", "13125550100 3125550100"},
		{"+353 1 234", "3531234 1234"},
		{"+49", "49"},
	} {
		assert.Equal(t, strings.Fields(c.want), append([]string{}, Numbers(c.text)...), c.text)
	}
}

func TestASearchAsksForWordsAndForWhatStandsTogether(t *testing.T) {
	terms, words := Terms("Ann O'Neil")
	assert.Equal(t, 3, words)
	assert.Equal(t, []Term{{"ann", 0, 1}, {"o", 1, 2}, {"neil", 2, 3}, {"oneil", 1, 3}}, terms)
	terms, words = Terms("030 / 901")
	assert.Equal(t, 2, words)
	assert.Equal(t, []Term{{"030", 0, 1}, {"901", 1, 2}, {"30901", 0, 2}}, terms)
	_, words = Terms("?!")
	assert.Zero(t, words)
}

func TestOneMistakeIsFoundByEqualityAlone(t *testing.T) {
	found := func(want, have string) bool {
		words, keys := Near(want)
		return slices.Contains(words, have) || slices.ContainsFunc(Keys(have), func(k string) bool { return slices.Contains(keys, k) })
	}
	for _, c := range []struct {
		want, have string
		found      bool
	}{
		{"mayer", "meyer", true}, {"mayer", "mayr", true}, {"mayer", "mayers", true}, {"mayer", "amyer", true}, {"mayer", "mayre", true},
		{"mayer", "xmayer", true}, {"müller", "miller", true}, {"abcde", "ab1de", true}, {"abcde", "eabcd", false}, {"mayer", "meier", false},
		{"mayr", "mayer", false}, {"12345", "12346", false}, {"mayer", "yamer", false}, {"aabbc", "ababc", true},
	} {
		assert.Equal(t, c.found, found(c.want, c.have), "%s %s", c.want, c.have)
	}
}

func TestAWordHasFewKeys(t *testing.T) {
	for _, w := range []string{"a", "ann", "johannes", "4930901820", strings.Repeat("z", 40)} {
		assert.LessOrEqual(t, 1+len(Keys(w)), len(w)+1, w)
	}
}
