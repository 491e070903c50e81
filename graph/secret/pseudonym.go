package secret

import "strings"

// Pseudonyms stand for ids, and for what cursors hold, where those who see them are not to know again whom others know. Each use
// has its own, and none is taken for another's. Nil hides nothing.
type Pseudonyms struct{ *Cipher }

// Pseudonyms are those for a use.
func (k *Key) Pseudonyms(use string) *Pseudonyms { return &Pseudonyms{k.Cipher("pseudonyms " + use)} }

// sortOfCursor keeps cursors from being taken for ids, whose sorts are their prefixes.
const sortOfCursor = "cursor"

// ID gives what is shown of an id: its prefix, so that it can be told of what kind it is, and what only the key can read.
func (p *Pseudonyms) ID(id string) string {
	prefix, _, _ := strings.Cut(id, "_")
	if p == nil {
		return id
	}
	return prefix + "_" + p.Hide(prefix, id)
}

// Resolve gives the id that was shown, empty where it was not shown for this use.
func (p *Pseudonyms) Resolve(shown string) string {
	if p == nil {
		return shown
	}
	prefix, hidden, _ := strings.Cut(shown, "_")
	id, _ := p.Show(prefix, hidden)
	return id
}

// Seal hides what a cursor holds.
func (p *Pseudonyms) Seal(cursor string) string {
	if p == nil {
		return cursor
	}
	return p.Hide(sortOfCursor, cursor)
}

// Open gives what a sealed cursor holds, empty where it was not sealed for this use.
func (p *Pseudonyms) Open(sealed string) string {
	if p == nil {
		return sealed
	}
	cursor, _ := p.Show(sortOfCursor, sealed)
	return cursor
}
