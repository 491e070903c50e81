package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Object reads one JSON object, with numbers as they are written. The error says what is wrong, and where, without a word of the text.
func Object(what string, text []byte) (map[string]any, error) {
	var object map[string]any
	if err := decode(text, &object); err != nil {
		return nil, errors.New(notAnObject(what, text, err))
	}
	return object, nil
}

// types are JSON's, as encoding/json calls them, in words.
var types = map[string]string{"string": "a text", "number": "a number", "bool": "true or false", "array": "a list", "object": "an object"}

// notAnObject says what is wrong with a text that is to be one JSON object, and where, without a word of it.
func notAnObject(what string, text []byte, err error) string {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	var more *behind
	var bad *unsound
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return what + " is empty, where one JSON object is needed"
	case errors.As(err, &wrong) && wrong.Field != "":
		field, _, _ := strings.Cut(wrong.Field, ".")
		kind := "string"
		if field == "variables" || field == "extensions" {
			kind = "object"
		}
		return fmt.Sprintf("%s is to be %s, not %s", field, types[kind], types[wrong.Value])
	case errors.As(err, &wrong):
		return fmt.Sprintf("%s is not one JSON object, but %s", what, types[wrong.Value])
	case errors.As(err, &more):
		return fmt.Sprintf("%s is not one JSON object: something stands behind it, %s", what, place(text, more.at))
	case errors.As(err, &bad):
		return fmt.Sprintf("%s is not sound: %s, %s", what, bad.why, place(text, bad.at))
	case errors.As(err, &syntax):
		return fmt.Sprintf("%s is not one JSON object: what stands %s cannot stand there", what, place(text, syntax.Offset-1))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Sprintf("%s is not one JSON object: it ends too early, %s", what, place(text, int64(len(text))))
	}
	return what + " is not one JSON object"
}

// place says where a byte is, by characters.
func place(text []byte, at int64) string {
	before := text[:max(0, min(at, int64(len(text))))]
	line := 1 + bytes.Count(before, []byte("\n"))
	return fmt.Sprintf("at line %d, column %d", line, 1+utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]))
}

// behind is what stands behind a JSON value.
type behind struct{ at int64 }

func (*behind) Error() string { return "more than one JSON value" }

// unsound is JSON that encoding/json would read as something else than it says.
type unsound struct {
	at  int64
	why string
}

func (u *unsound) Error() string { return u.why }

// sound finds bytes that are no UTF-8, and escapes of half a character: another would be put in their place.
func sound(text []byte) error {
	if !utf8.Valid(text) {
		at := 0
		for r, n := utf8.DecodeRune(text); r != utf8.RuneError || n > 1; r, n = utf8.DecodeRune(text[at:]) {
			at += n
		}
		return &unsound{int64(at), "there is a byte that is no UTF-8"}
	}
	for at := 0; ; {
		next := bytes.IndexByte(text[at:], '\\')
		if next < 0 || at+next+1 >= len(text) {
			return nil
		}
		at += next
		high, isEscape := escaped(text[at:])
		switch {
		case !isEscape:
			at += 2
		case !utf16.IsSurrogate(high):
			at += 6
		default:
			low, _ := escaped(text[min(at+6, len(text)):])
			if utf16.DecodeRune(high, low) == utf8.RuneError {
				return &unsound{int64(at), "there is an escape of half a character"}
			}
			at += 12
		}
	}
}

// escaped is what an escape such as \u00e9 stands for, at the beginning of a text.
func escaped(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}

// once finds a name that stands twice in one object, of which the last would be taken, and one of the outermost object that is among some but for the case of its letters: encoding/json
// would take it for that. The text is JSON.
func once(text []byte, names ...string) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var around []map[string]bool // the names of the objects around; nil: a list
	isName := false
	for {
		t, err := d.Token()
		if err != nil {
			return nil // it is at its end
		}
		switch t := t.(type) {
		case json.Delim:
			switch t {
			case '{':
				around = append(around, map[string]bool{})
			case '[':
				around = append(around, nil)
			default:
				around = around[:len(around)-1]
			}
		case string:
			if isName {
				if around[len(around)-1][t] {
					return &unsound{d.InputOffset() - 1, "a name stands twice in one object"}
				}
				if i := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, t) && name != t }); i >= 0 && len(around) == 1 {
					return &unsound{d.InputOffset() - 1, "the name " + names[i] + " is written otherwise"}
				}
				around[len(around)-1][t] = true
				isName = false
				continue
			}
		}
		isName = len(around) > 0 && around[len(around)-1] != nil
	}
}

// decode reads one JSON value and keeps numbers as they are written. Into may be a struct with fields of these names.
func decode(text []byte, into any, names ...string) error {
	if err := sound(text); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	at := d.InputOffset()
	if _, err := d.Token(); err != io.EOF {
		at += int64(len(text[at:]) - len(bytes.TrimLeft(text[at:], " \t\r\n")))
		return &behind{at}
	}
	return once(text, names...)
}
