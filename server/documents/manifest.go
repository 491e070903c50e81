package documents

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// An entry is a document as it stands in a file: alone, or in a manifest, by an id and in a line.
type entry struct {
	id, text string
	line     int // 0: it is the file
}

// apollo is the format that manifests of Apollo's tools name.
const apollo = "apollo-persisted-query-manifest"

// apolloVersion is that of the format, which is the only one there is.
const apolloVersion = "1"

// manifest reads what a client's tools write: an object of texts by ids, as GraphQL Code Generator and relay-compiler do, or Apollo's
// list of operations. Errors begin with the line.
func manifest(text []byte) (all []entry, err error) {
	d := decode(text, 1)
	if err := d.delim('{'); err != nil {
		return nil, err
	}
	var list *lined
	strange := error(nil)
	version, versionLine := apolloVersion, 0
	for d.More() {
		line := d.next()
		id, err := d.Token()
		if err != nil {
			return nil, d.wrong(err)
		}
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			return nil, d.wrong(err)
		}
		if id == "version" {
			version, versionLine = string(v), line
		}
		var document string
		switch {
		case json.Unmarshal(v, &document) == nil:
			all = append(all, entry{id.(string), document, line})
		case id == "operations":
			list = decode(v, line)
		case strange == nil && id != "version":
			strange = fmt.Errorf("%d: %.80q is no text: a manifest has documents by their ids, or the format %s", line, id, apollo)
		}
	}
	if err := d.end(); err != nil {
		return nil, err
	}
	for _, e := range all {
		switch {
		case e.id == "format" && e.text == apollo:
			if list == nil {
				return nil, fmt.Errorf("%d: the operations are missing, which %s has", e.line, apollo)
			}
			if version != apolloVersion {
				return nil, fmt.Errorf("%d: the version of %s is to be %s, not %.80s", versionLine, apollo, apolloVersion, version)
			}
			return list.operations()
		case e.id == "":
			return nil, fmt.Errorf("%d: the id of a document is empty", e.line)
		}
	}
	if list != nil && strange == nil {
		strange = fmt.Errorf("%d: operations are to stand below the format %s", list.first, apollo)
	}
	return all, strange
}

// operations reads Apollo's list.
func (l *lined) operations() (all []entry, err error) {
	if err := l.delim('['); err != nil {
		return nil, err
	}
	for l.More() {
		line := l.next()
		var op struct{ ID, Body string }
		if err := l.Decode(&op); err != nil {
			return nil, l.wrong(err)
		}
		if op.ID == "" || op.Body == "" {
			return nil, fmt.Errorf("%d: an operation is to have an id and a body", line)
		}
		all = append(all, entry{op.ID, op.Body, line})
	}
	return all, nil
}

// lined reads JSON and knows in which line it is.
type lined struct {
	*json.Decoder
	text  []byte
	first int
}

func decode(text []byte, first int) *lined {
	return &lined{json.NewDecoder(bytes.NewReader(text)), text, first}
}

func (l *lined) line(offset int64) int { return l.first + bytes.Count(l.text[:offset], []byte("\n")) }

// next is the line of what is read next.
func (l *lined) next() int {
	at := l.InputOffset()
	for at < int64(len(l.text)) && bytes.IndexByte([]byte(" \t\r\n,:"), l.text[at]) >= 0 {
		at++
	}
	return l.line(at)
}

// delim reads the beginning of an object or a list.
func (l *lined) delim(want json.Delim) error {
	line := l.next()
	t, err := l.Token()
	switch {
	case err != nil:
		return l.wrong(err)
	case t != want:
		return fmt.Errorf("%d: what stands here is to begin with %v", line, want)
	}
	return nil
}

// end reads the end of the object, behind which nothing is to follow.
func (l *lined) end() error {
	if _, err := l.Token(); err != nil {
		return l.wrong(err)
	}
	line := l.next()
	if _, err := l.Token(); err != io.EOF {
		return fmt.Errorf("%d: there is something behind the JSON object", line)
	}
	return nil
}

func (l *lined) wrong(err error) error {
	at := l.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = syntax.Offset
	}
	return fmt.Errorf("%d: it cannot be read: %w", l.line(min(at, int64(len(l.text)))), err)
}
