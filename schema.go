// Package kith holds the schema, which is the one declaration of what the product is about.
package kith

import _ "embed"

// Schema is the text of schema.graphqls.
//
//go:embed schema.graphqls
var Schema string

// Derived is the text of what follows from Schema; `make generate` writes it.
//
//go:embed resolvers/gql/derived.graphqls
var Derived string
