// Package kith holds the schema, which is the one declaration of what the product is about.
package kith

import _ "embed"

// Schema is the text of schema.graphqls.
//
//go:embed schema.graphqls
var Schema string
