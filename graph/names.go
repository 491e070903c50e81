package graph

import (
	"cmp"
	"slices"
	"strings"
)

// DisplayName is the field that shows what a node is called.
const DisplayName = "displayName"

// Called is what a node is called by the values of its kind's Display that are known.
func Called(values []string) string { return strings.Join(values, ", ") }

// Field finds the property that a field of the schema shows by its name, or nil. DisplayName shows one where nodes are called by one.
func (k *Kind) Field(name string) *Property {
	if name == DisplayName && len(k.Display) == 1 {
		return k.Display[0]
	}
	i := slices.IndexFunc(k.Properties, func(p *Property) bool { return !p.Hidden && p.Field() == name })
	if i < 0 {
		return nil
	}
	return k.Properties[i]
}

// ExternalsField is the field that shows which rows of sources a node came from.
const ExternalsField = "externals"

// HistoryField is the field that tells what became of the values of a node with tracked properties.
const HistoryField = "history"

// KeyOf makes Kind.Key of a kind that is known otherwise. Of whom a node is about it tells who they are. Where ids are hidden, it is.
func KeyOf(k *Kind) *Property {
	p := &Property{Name: "key", Alias: ExternalsField, Type: Enum, Owner: k.Name, Category: cmp.Or(k.Existence, CategoryCompany)}
	if k.OfPersons() {
		p.Category = CategoryIdentity
	}
	p.Internal = !k.OfPersons() && k.Existence == ""
	p.Only = slices.DeleteFunc(slices.Clone(Purposes), func(purpose Purpose) bool { return purpose == Analysis })
	return p
}

// Externals are the rows of sources that a node's keys tell of, its first key and the further ones: none of a node that was made here, nor of
// keys that were erased.
func Externals(key string, further []string) (out []External) {
	for _, k := range append([]string{key}, further...) {
		if e, ok := ParseKey(k); ok && !OwnSource(e.Source) {
			out = append(out, e)
		}
	}
	return out
}
