// Package yaml reads files that people write: one YAML document each, with nothing in it that is not known. It imports
// goccy/go-yaml.
package yaml

import (
	"bytes"
	"errors"
	"io"
	"strings"

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

// Line is where in a document a value stands, by the way to it, as cases.customers or rename[0].from: its line, or that of the nearest around it that is there.
func Line(text []byte, path string) int {
	for path != "" {
		if p, err := yaml.PathString("$." + path); err == nil {
			if node, err := p.ReadNode(bytes.NewReader(text)); err == nil && node != nil {
				return node.GetToken().Position.Line
			}
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return 1
}
