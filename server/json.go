package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
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

// decode reads one JSON value and keeps numbers as they are written.
func decode(text []byte, into any) error {
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
	return nil
}
