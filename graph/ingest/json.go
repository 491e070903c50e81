package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// deepest is how deep values of a line may lie within each other.
const deepest = 100

// object reads a line that is one JSON object. Numbers stay as they are written, texts that stand for nothing are nil.
func object(text string, null []string) (map[string]any, error) {
	if !utf8.ValidString(text) {
		return nil, errors.New("the line is not valid UTF-8")
	}
	r := objectReader{json.NewDecoder(strings.NewReader(text)), null, strings.Contains(text, "\ufffd") || strings.Contains(strings.ToLower(text), `\ufffd`)}
	r.in.UseNumber()
	v, err := r.value(0)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New("the line is not one JSON object")
	case err != nil:
		return nil, err
	}
	m, is := v.(map[string]any)
	if _, err := r.in.Token(); !is || !errors.Is(err, io.EOF) {
		return nil, errors.New("the line is not one JSON object")
	}
	return m, nil
}

type objectReader struct {
	in       *json.Decoder
	null     []string
	replaced bool // the text itself has U+FFFD
}

func (r objectReader) value(depth int) (any, error) {
	if depth > deepest {
		return nil, fmt.Errorf("values lie more than %d deep within each other", deepest)
	}
	t, err := r.in.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return r.members(depth)
		}
		return r.elements(depth)
	case json.Number:
		return t.String(), nil
	case string:
		if err := r.whole(t); err != nil {
			return nil, err
		}
		return missing(t, r.null), nil
	}
	return t, nil
}

func (r objectReader) members(depth int) (any, error) {
	out := map[string]any{}
	for r.in.More() {
		t, err := r.in.Token()
		if err != nil {
			return nil, err
		}
		key, _ := t.(string)
		if _, twice := out[key]; twice {
			return nil, fmt.Errorf("the key %q is there twice", key)
		}
		if err := r.whole(key); err != nil {
			return nil, err
		}
		if out[key], err = r.value(depth + 1); err != nil {
			return nil, err
		}
	}
	_, err := r.in.Token()
	return out, err
}

func (r objectReader) elements(depth int) (any, error) {
	out := []any{}
	for r.in.More() {
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	_, err := r.in.Token()
	return out, err
}

// whole refuses half of a character, which encoding/json reads as U+FFFD.
func (r objectReader) whole(s string) error {
	if !r.replaced && strings.ContainsRune(s, utf8.RuneError) {
		return fmt.Errorf("%q has one half of a surrogate pair without the other", s)
	}
	return nil
}
