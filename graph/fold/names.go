package fold

import (
	"slices"
	"strings"
	"unicode"
)

// Names are texts that are looked for in others as whole words, however they are written: without regard to case, diacritics and
// what stands between letters, a family name with a comma behind it before the given names, and numbers in all their forms.
type Names struct {
	Keys  []string // such that the loose text of whatever has a name in it has one of these in it
	forms []form
}

// A form is one in which a name is written.
type form struct {
	letters []rune // loose
	turned  bool   // there is a comma in it
	number  bool
	code    []rune // of the country, which may stand before a number
}

// NewNames leaves out what is empty.
func NewNames(texts []string) *Names {
	n := &Names{}
	var turned []string
	for _, t := range texts {
		loose := Loose(t)
		if loose == "" {
			continue
		}
		n.add(form{letters: []rune(loose)})
		if numbers := Numbers(t); likeNumber(t) && len(numbers) > 0 {
			short := numbers[len(numbers)-1]
			f := form{letters: []rune(short), number: true}
			if code, _ := strings.CutSuffix(numbers[0], short); code != "" {
				f.code = []rune(code)
			}
			n.add(f)
			continue
		}
		if words := strings.Fields(Key(t)); len(words) > 1 {
			last := len(words) - 1
			turned = append(turned, Loose(words[last]+strings.Join(words[:last], "")), Loose(strings.Join(words[1:], "")+words[0]))
		}
	}
	for _, t := range turned {
		if t != "" {
			n.add(form{letters: []rune(t), turned: true})
		}
	}
	return n
}

func (n *Names) add(f form) {
	n.forms = append(n.forms, f)
	n.Keys = appendNew(n.Keys, string(f.letters))
}

// In reports whether a text has one of the names.
func (n *Names) In(text string) bool { return len(n.find(text)) > 0 }

// Replace puts another text in place of the names.
func (n *Names) Replace(text, with string) string {
	found := n.find(text)
	slices.SortFunc(found, func(a, b span) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to // of those that begin at one place the longest
	})
	var out strings.Builder
	at := 0
	for _, s := range found {
		if s.from < at {
			at = max(at, s.to) // a name that begins within another and goes on behind it
			continue
		}
		out.WriteString(text[at:s.from] + with)
		at = s.to
	}
	return out.String() + text[at:]
}

// A span is a part of a text.
type span struct{ from, to int }

func (s span) meets(o span) bool { return s.from < o.to && o.from < s.to }

func (n *Names) find(text string) (out []span) {
	if len(n.forms) == 0 {
		return nil
	}
	t := spread(text)
	for _, f := range n.forms { // those that are turned come behind
		for at := 0; ; {
			i := index(t.loose[at:], f.letters)
			if i < 0 {
				break
			}
			from, to := at+i, at+i+len(f.letters)
			if f.number {
				from = t.dialled(from, f.code)
			}
			if from >= 0 && t.alone(from, to) && (!f.turned || slices.Contains(t.key[t.at[from]:t.at[to-1]], ',')) {
				s := t.span(from, to, f.number)
				if !f.turned || !slices.ContainsFunc(out, s.meets) { // one that is not turned may be in a list
					out = append(out, s)
				}
			}
			at += i + 1
		}
	}
	return out
}

// spreadText is a text's key, letter by letter.
type spreadText struct {
	key      []rune
	from, to []int  // of the characters that the key's letters come from
	loose    []rune // the key's letters without what only stands between
	at       []int  // where these are in the key
}

// spread folds a text character by character, so that it is known which one each letter of the key comes from.
func spread(text string) *spreadText {
	t := &spreadText{}
	add := func(key string, from, to int) {
		for _, r := range key {
			if !strings.ContainsRune(Between, r) {
				t.loose, t.at = append(t.loose, r), append(t.at, len(t.key))
			}
			t.key, t.from, t.to = append(t.key, r), append(t.from, from), append(t.to, to)
		}
	}
	from := 0
	for i, r := range text {
		if i > from && !extends(r) {
			add(Key(text[from:i]), from, i)
			from = i
		}
	}
	add(Key(text[from:]), from, len(text))
	return t
}

// dialled is where a number begins whose digits begin at from: with the zeros and the country's code that it is dialled with; negative
// where it is a part of another one.
func (t *spreadText) dialled(from int, code []rune) int {
	whole := -1
	zeros := func() {
		for ; ; from-- {
			if from == 0 || !t.part(from-1) {
				whole = from
			}
			if from == 0 || t.loose[from-1] != '0' {
				return
			}
		}
	}
	zeros()
	if n := len(code); n > 0 && from >= n && slices.Equal(t.loose[from-n:from], code) {
		from -= n
		zeros()
	}
	return whole
}

// part reports whether a loose letter stands directly before the next one.
func (t *spreadText) part(i int) bool {
	return t.at[i]+1 == t.at[i+1] && joined(t.key[t.at[i]], t.key[t.at[i+1]])
}

// alone reports whether loose letters are whole words.
func (t *spreadText) alone(from, to int) bool {
	a, b := t.at[from], t.at[to-1]
	return (a == 0 || !joined(t.key[a-1], t.key[a])) && (b == len(t.key)-1 || !joined(t.key[b], t.key[b+1]))
}

// span is where loose letters are in the text, with what a number has before it.
func (t *spreadText) span(from, to int, number bool) span {
	a := t.at[from]
	for number && a > 0 && strings.ContainsRune("+(", t.key[a-1]) {
		a--
	}
	return span{t.from[a], t.to[t.at[to-1]]}
}

// Scripts in which no space stands between words, or in which what follows a name is written onto it.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer,
	unicode.Myanmar, unicode.Tibetan, unicode.Javanese, unicode.Balinese, unicode.Tai_Le, unicode.New_Tai_Lue, unicode.Tai_Tham, unicode.Yi,
}

// joined reports whether two letters side by side are of one word.
func joined(a, b rune) bool {
	if extends(b) {
		return true
	}
	return letter(a) && letter(b) && !unicode.In(a, unspaced...) && !unicode.In(b, unspaced...)
}

// extends reports whether a rune makes one letter, or one syllable, with what is before it.
func extends(r rune) bool {
	return unicode.Is(unicode.M, r) || r >= '\u1160' && r <= '\u11ff' || r == '\u200d' || r == '\uff9e' || r == '\uff9f'
}

// Unspaced reports whether a text has two or more letters, all of scripts in which no space stands between words: so few are a whole
// name there.
func Unspaced(s string) bool {
	n := 0
	for _, r := range strings.TrimSpace(s) {
		switch {
		case unicode.Is(unicode.M, r):
		case !unicode.In(r, unspaced...):
			return false
		default:
			n++
		}
	}
	return n > 1
}

// Distinct reports whether what a person is known by is hardly anybody else's: a given name, or a family name alone, is many people's.
// A whole name has a space, where its script has any.
func Distinct(name string, contact, full bool) bool {
	return contact || strings.Contains(strings.TrimSpace(name), " ") || full && Unspaced(name)
}

// index is where a part begins in letters, negative where it is not in them.
func index(letters, part []rune) int {
	for i := 0; i+len(part) <= len(letters); i++ {
		if letters[i] == part[0] && slices.Equal(letters[i:i+len(part)], part) {
			return i
		}
	}
	return -1
}
