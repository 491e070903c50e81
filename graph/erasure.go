package graph

import (
	"fmt"
	"slices"
	"strings"
)

// An Erasure has what a store holds of a person go (GDPR Art. 17). What is left of her is a node without any value, by which
// totals still balance, and what is kept on a ground. Its keys are marks: she, and what was hers, is known again when a source
// brings it, and stays erased.
//
//   - Her own values go, whatever their category, and so do her relationships of a category that is not kept.
//   - A node that is about nobody else is removed if its existence is not kept; if it is, its values that are not kept go.
//   - A node that is about others, or that companies have, too, loses its free text and, if its existence is not kept, its
//     relationship to her.
//   - Where any text of another node names her, Erased stands in place of her name, her address or her number, unless somebody
//     else has the same. What companies and products are called stays, and is counted: it is their name.
type Erasure struct {
	Person string              // id
	Keep   map[Category]string // what is kept, and on which ground; all other categories go
}

// PersonalCategories are those of data that is somebody's own: all but the company's, and that of its employees.
var PersonalCategories = []Category{
	CategoryIdentity, CategoryContact, CategoryDemographic, CategoryProfile, CategoryBehaviour, CategoryFinancial, CategoryContent,
	CategorySentiment, CategoryPrediction, CategoryRelationship, CategoryConsent,
}

// Names are the properties by which somebody is known: texts of who she is, and of how to reach her.
func (k *Kind) Names() []*Property {
	return slices.DeleteFunc(k.Shown(), func(p *Property) bool {
		return p.Type != String || p.Category != CategoryIdentity && p.Category != CategoryContact
	})
}

// Erased stands in texts where they named somebody who was erased.
const Erased = "[erased]"

// Names of the hidden properties of a node that was erased, or that is about somebody who was: when, and the categories of
// which nothing is kept.
const (
	ErasedAt = "erasedAt"
	ErasedOf = "erasedOf"
)

// ErasureProperties are the hidden properties of nodes that persons, and what is about them, have.
func ErasureProperties(owner string) []*Property {
	return []*Property{
		{Name: ErasedAt, Type: Instant, Category: CategoryConsent, Owner: owner, Hidden: true},
		{Name: ErasedOf, Type: Strings, Category: CategoryConsent, Owner: owner, Hidden: true},
	}
}

// Suppressed is the kind of node by which stores know again whom they erased: its key is the mark of an identifier of hers, or
// of the key of a node that was removed. As with Applied, nothing leads to it.
var Suppressed = &Kind{Name: "Suppressed", Label: "KithSuppressed", Prefix: "sup", Properties: []*Property{
	{Name: SuppressedPerson, Type: Enum, Hidden: true},
}}

// SuppressedPerson names the property of Suppressed with the id of the person who was erased.
const SuppressedPerson = "person"

// Own are the kinds that stores keep for themselves.
var Own = []*Kind{Applied, Suppressed, Lease, Alias}

// Names of the kind that keeps what persons asked for by their rights, and of the properties in which stores say what an
// erasure came to.
const (
	RequestKind    = "DataSubjectRequest"
	RequestRemoved = "removed"
	RequestKept    = "kept"
)

// A Removal has one node go with its relationships or, where Properties names some, these values of it; or one relationship.
// Nothing else is marked as changed by it. What is not there is no error.
type Removal struct {
	Kind       *Kind
	ID         string // of the node, or the relationship's key
	Properties []string
	Rel        *Rel // of the relationship; then Kind is nil
}

// An ErasedPart counts what became of one field of a type or, without Field, of whole nodes or relationships of it.
type ErasedPart struct {
	Type, Field string
	Ground      string // of what is kept; empty: it was removed
	Named       bool   // texts that named her, of which the rest stays
	Count       int
}

// Counted are parts with their counts, in the order of their texts.
func Counted(counts map[ErasedPart]int) []ErasedPart {
	parts := make([]ErasedPart, 0, len(counts))
	for part, n := range counts {
		part.Count = n
		parts = append(parts, part)
	}
	slices.SortFunc(parts, func(a, b ErasedPart) int { return strings.Compare(a.String(), b.String()) })
	return parts
}

func (p ErasedPart) String() string {
	s := p.Type
	if p.Field != "" {
		s += "." + p.Field
	}
	s = fmt.Sprintf("%s %d", s, p.Count)
	switch {
	case p.Ground != "":
		s += ": " + p.Ground
	case p.Named:
		s += ": her name in a text"
	}
	return s
}
