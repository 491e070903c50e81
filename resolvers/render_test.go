package resolvers_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/resolvers"
)

// extended is the resolver of a schema with a line more behind another.
func extended(t *testing.T, old, new string) (*resolvers.Resolver, error) {
	t.Helper()
	require.Equal(t, 1, strings.Count(kith.Schema, old))
	text := strings.Replace(kith.Schema, old, old+"\n"+new, 1)
	cat, schema, err := sdl.Load(text)
	require.NoError(t, err)
	return resolvers.New(resolvers.Options{Reader: policy.Over(full{}), Catalog: cat, Schema: schema, Now: clock})
}

const account = `type Account implements Node @node(label: "Account", prefix: "acc", displayName: ["name"], offered: ["name", "domain", "timeZone"]) {`

func TestAPropertyIsOneLineInTheSchema(t *testing.T) {
	r, err := extended(t, account, `sites: Int @category(is: COMPANY)`)
	require.NoError(t, err)
	res := r.Execute(asking(context.Background()), `{ account(id: "acc_1") { sites } accounts(first: 1, filter: {sites: {gt: 1}}, orderBy: [{sites: ASC}]) { edges { node { sites } } } }`, nil)
	require.Empty(t, res.Errors)
	assert.Equal(t, `{"account":{"sites":1},"accounts":{"edges":[{"node":{"sites":1}}]}}`, string(res.Data))
}

func TestTheProgramDoesNotStartWhereNothingRendersAField(t *testing.T) {
	for _, c := range []struct{ name, old, new, err string }{
		{"a computed field", account, `reach: Int @computed(needs: "name") @category(is: COMPANY)`, "nothing renders the field Account.reach: it is neither a property nor an edge, and not registered as computed"},
		{"a root field", "type Query {", "weather: String", "nothing renders the field Query.weather: register it"},
		{"a mutation", "type Mutation {", "forget(key: String!): ConsentPayload!", "nothing renders the field Mutation.forget: register it"},
		{"a field of a payload", "type ConsentPayload {", "note: String", "nothing renders the field ConsentPayload.note"},
		{"a field of what Go code makes", "type PolicyRule {", "since: DateTime", "nothing renders the field PolicyRule.since"},
		{"a field of an aggregate", "type IntAggregate {", "mode: Float", "nothing renders the field IntAggregate.mode"},
		{"a field of pages", "type PageInfo {", "size: Int", "nothing renders the field PageInfo.size"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := extended(t, c.old, c.new)
			assert.ErrorContains(t, err, c.err)
		})
	}
}
