package resolvers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
)

func TestWhoIsNoCustomerIsToldWhySheIsNobody(t *testing.T) {
	for _, claim := range []string{"crm:1", "acc_1", "cus"} {
		res := resolver(t, &noted{}).Execute(resolvers.WithRequest(t.Context(), resolvers.Request{Purpose: string(graph.Self), Customer: claim}), `{ me { id } }`, nil)
		require.Len(t, res.Errors, 1, claim)
		assert.Equal(t, "me: the token's claim customer is to be an id of Kith's, as cus_…, and is none", res.Errors[0].Message)
	}
	res := resolver(t, &noted{}).Execute(resolvers.WithRequest(t.Context(), resolvers.Request{Purpose: string(graph.Self), Customer: "cus_1"}), `{ me { id } }`, nil)
	assert.Empty(t, res.Errors, "whether there is such a customer is not told")
}
