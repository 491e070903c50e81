package resolvers_test

import (
	"context"
	"encoding/json"
	"github.com/kithgraph/kith/web"
	"github.com/stretchr/testify/require"
	"testing"
)

func TestEveryExampleIsValid(t *testing.T) {
	for _, e := range web.Examples() {
		t.Run(e.Name, func(t *testing.T) {
			vars := map[string]any{}
			if e.Variables != "" {
				require.NoError(t, json.Unmarshal([]byte(e.Variables), &vars))
			}
			res := resolver(t, &noted{}).Execute(asking(context.Background()), e.Query, vars)
			require.Empty(t, res.Errors)
		})
	}
}
