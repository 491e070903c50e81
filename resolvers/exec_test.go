package resolvers_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

func TestAnOperationThatNobodyWaitsForFails(t *testing.T) {
	r, err := resolvers.New(resolvers.Options{Reader: policy.Over(graphtest.NewOracle(graphtest.Catalog(t), graphtest.IDs())), Catalog: graphtest.Catalog(t), Schema: graphtest.Schema(t)})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(resolvers.WithRequest(t.Context(), resolvers.Request{Purpose: "COMPLIANCE"}))
	stop()
	res := r.Execute(ctx, "{ customers { totalCount } }", nil)
	require.NotNil(t, res)
	require.Len(t, res.Errors, 1)
	assert.ErrorIs(t, res.Errors[0], context.Canceled)
}
