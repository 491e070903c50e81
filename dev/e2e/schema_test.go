package e2e

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
)

// introspection is what clients' tools ask for the schema by.
const introspection = `query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name }
	types { ...FullType } directives { name description locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description
	fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
	inputFields { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`

// TestTheSchemaIsSentShortly is for those whose tools ask for it over a network.
func TestTheSchemaIsSentShortly(t *testing.T) {
	const most = 120_000
	p := onSQLite(t)
	a := p.ask(t, introspection, nil)
	require.Empty(t, a.Errors)
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := z.Write(a.Data)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	graphtest.Report(t, "introspection has %d bytes, and %d of gzip, of %d at most", len(a.Data), zipped.Len(), most)
	assert.LessOrEqual(t, zipped.Len(), most)
}

// Nothing is sent later than the rest, and so the schema has no directive that asks for it.
func TestNothingIsDeferred(t *testing.T) {
	p := onSQLite(t)
	var got struct {
		Schema struct {
			Directives []struct{ Name string }
		} `json:"__schema"`
	}
	p.data(t, `{ __schema { directives { name } } }`, nil, &got)
	var names []string
	for _, d := range got.Schema.Directives {
		names = append(names, d.Name)
	}
	assert.ElementsMatch(t, []string{"category", "deprecated", "include", "oneOf", "purpose", "skip", "specifiedBy"}, names)
	a := p.ask(t, `{ accounts { nodes { id ... @defer { name } } } }`, nil)
	require.Len(t, a.Errors, 1)
	assert.Equal(t, `Unknown directive "@defer".`, a.Errors[0].Message)
	assert.Equal(t, json.RawMessage(nil), a.Data)
}
