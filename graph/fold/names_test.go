package fold

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestNamesAreReplaced(t *testing.T) {
	names := NewNames([]string{"José Núñez", "", "jose@nunez.example", "Ana", "王小明", "김민수", "علی کریمی", "+49 30 901820", "สมชาย"})
	for _, c := range []struct{ name, text, want string }{
		{"a text without a name stays", "Nobody was there.", "Nobody was there."},
		{"a name goes wherever it stands", "José Núñez wrote, and jose@nunez.example is José Núñez's.", "[x] wrote, and [x] is [x]'s."},
		{"case is nothing", "JOSÉ NÚÑEZ", "[x]"},
		{"a name within a word is none", "Anastasia and Banana met Ana.", "Anastasia and Banana met [x]."},
		{"a name in other letters goes, and the rest stays", "Señor Jose Nun\u0303ez rang.", "Señor [x] rang."},
		{"so does one with other spaces, or with none", "Jose  Nunez, José\nNúñez, josé-núñez, JoseNunez", "[x], [x], [x], [x]"},
		{"the family name may come first, with a comma", "Núñez, José; Nunez Jose", "[x]; Nunez Jose"},
		{"a name at both ends", "Ana Ana", "[x] [x]"},
		{"where a script has no spaces, none are needed", "王小明先生今天打电话来了, 客户 王小明 投诉, 王 小明", "[x]先生今天打电话来了, 客户 [x] 投诉, [x]"},
		{"a name of one script ends where another begins", "安Ana先生", "安[x]先生"},
		{"what follows a Korean name is written onto it", "김민수가 왔다", "[x]가 왔다"},
		{"another syllable is another name", "김민순, 김민숙", "김민순, 김민숙"},
		{"a mark behind a letter makes another one", "สมชายา สมชายี", "[x]า สมชายี"},
		{"Arabic and Persian letters are the same", "كتب علي كريمي لنا", "كتب [x] لنا"},
		{"a number goes in all its forms", "0049 30 901820, +49 (0)30/90 18-20, 030 901820, (030) 901820 or ٠٣٠٩٠١٨٢٠", "[x], [x], [x], [x] or [x]"},
		{"with what was written before it", "12 030 901820 and 7 30901820", "12 [x] and 7 [x]"},
		{"within another number it is none", "130901820 309018201 4530901820 A30901820", "130901820 309018201 4530901820 A30901820"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, names.Replace(c.text, "[x]"))
			assert.Equal(t, c.text != c.want, names.In(c.text))
		})
	}
	assert.False(t, NewNames(nil).In("anything"))
	assert.Equal(t, "[x] wrote", NewNames([]string{"Ann", "Ann Low"}).Replace("Ann Low wrote", "[x]"), "the longest goes")
	assert.Equal(t, "[x] wrote", NewNames([]string{"Ann Low", "Low Berg"}).Replace("Ann Low Berg wrote", "[x]"), "of two that share a word nothing stays")
}

func TestATextWithANameHasOneOfItsKeys(t *testing.T) {
	texts := rapid.SliceOfN(rapid.StringOf(rapid.RuneFrom([]rune("aá -,0١4.9+王明ハ\u3099ی"))), 1, 3)
	rapid.Check(t, func(t *rapid.T) {
		names := NewNames(texts.Draw(t, "names"))
		text := strings.Join(texts.Draw(t, "text"), "")
		if !names.In(text) {
			return
		}
		loose, found := Loose(text), false
		for _, k := range names.Keys {
			found = found || strings.Contains(loose, k)
		}
		assert.True(t, found, "%q in %q", names.Keys, loose)
		assert.False(t, NewNames(names.Keys[:1]).In(""))
	})
}

func TestWhatIsTheSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Jutta Brandner", "JUTTA  Brandner", true}, {"O'Neil", "ONeil", true}, {"Ann", "Anna", false},
		{"+49 30 901820", "0049 (0)30 901820", true}, {"+49 30 901820", "030-901820", true}, {"+49 30 901820", "+43 30 901820", true},
		{"+49 30 901820", "+49 30 901821", false}, {"030 901820 ext. 7", "030901820", true}, {"", "-", true},
	} {
		assert.Equal(t, c.want, Same(c.a, c.b), "%s and %s", c.a, c.b)
	}
	for _, c := range []struct{ name, want string }{
		{"", ""}, {" - ", ""}, {"Ann", "ann"}, {"Jutta  Brandner", "brandner jutta|juttabrandner"}, {"Brandner, Jutta", "brandner jutta|brandnerjutta"},
		{"Ann O'Neil", "ann oneil|ann neil o|annoneil"}, {"王小明", "王小明"},
	} {
		assert.Equal(t, c.want, strings.Join(Forms(c.name), "|"), c.name)
	}
	assert.True(t, Unspaced("王明") && !Unspaced("王") && !Unspaced("王a") && !Unspaced("Ann"))
	assert.True(t, Distinct("王小明", false, true) && !Distinct("小明", false, false) && !Distinct("Ann", false, true) && Distinct("Ann Low", false, false) && Distinct("a@b", true, false))
}

func TestLettersOfATextBeginWithTheRarest(t *testing.T) {
	for _, c := range []struct {
		loose string
		want  []string
	}{
		{"annzeeman", []string{"z", "m", "n", "a", "e"}},
		{"李小龙x", []string{"小", "李", "龙", "x"}},
		{"", nil},
	} {
		assert.Equal(t, c.want, Letters(c.loose), c.loose)
	}
}
