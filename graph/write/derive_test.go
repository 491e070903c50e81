package write

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// A counting is a derivation that counts the changes of a kind, and marks a node with the number.
type counting struct {
	*applier
	name  string
	n     int64
	order *[]string
}

func (c *counting) touch(change Change) {
	if change.Kind != nil && change.Kind.Name == "Account" {
		c.n++
	}
}

func (c *counting) settle() ([]*graph.List, func([]graph.ListResult)) {
	if c.n == 0 {
		return nil, nil
	}
	k := c.cat.MustKind("Account")
	return []*graph.List{byID(some(k, "name"), c.name)}, func(res []graph.ListResult) {
		*c.order = append(*c.order, c.name)
		c.changeNode(k, Node{ID: c.name}, graph.Values{"name": c.n}, "")
	}
}

func TestDerivationsOfABatchLookTogetherAndWriteTogether(t *testing.T) {
	var order []string
	a, tx := applying()
	for _, name := range []string{"acc_1", "acc_2"} {
		a.derivations = append(a.derivations, &counting{a, name, 0, &order})
	}
	for _, id := range []string{"acc_3", "acc_4"} {
		a.addNode(catalog.MustKind("Account"), Node{ID: id, Values: graph.Values{}})
	}
	require.NoError(t, a.settle(t.Context()))
	require.NoError(t, a.flush(t.Context()))
	require.Len(t, tx.read, 1, "they look at the graph in one go")
	assert.Len(t, tx.read[0].Lists, 2)
	require.Len(t, tx.wrote, 2, "what the batch writes is there when they look")
	assert.Len(t, tx.wrote[0].NewNodes, 2)
	assert.Equal(t, []string{"acc_1", "acc_2"}, order, "in the order of the list")
	var named []string
	for _, c := range tx.wrote[1].ChangedNodes {
		named = append(named, c.ID)
	}
	slices.Sort(named)
	assert.Equal(t, []string{"acc_1", "acc_2"}, named)
	assert.Equal(t, int64(2), tx.wrote[1].ChangedNodes[0].Values["name"])
}

func TestDerivationsThatHaveNothingToDoCostNothing(t *testing.T) {
	a, tx := applying()
	a.derivations = append(a.derivations, &counting{a, "acc_1", 0, nil})
	a.addNode(catalog.MustKind("Deal"), Node{ID: "dea_1", Values: graph.Values{}})
	require.NoError(t, a.settle(t.Context()))
	assert.Empty(t, tx.read)
	assert.Empty(t, tx.wrote)
}
