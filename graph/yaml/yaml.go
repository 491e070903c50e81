// Package yaml reads files that people write: one YAML document each, with nothing in it that is not known. It imports
// goccy/go-yaml.
package yaml

import (
	"bytes"
	"errors"
	"io"

	"github.com/goccy/go-yaml"
)

// Read reads a document into what into points to; an empty one leaves it empty. The error shows the place in the text. A key
// that into has no field for is one, and so is a second document, which would be left out unseen.
func Read(text []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	switch err := d.Decode(into); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return errors.New(yaml.FormatError(err, false, true))
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return errors.New("a second document begins behind ---, where one is expected")
	}
	return nil
}
