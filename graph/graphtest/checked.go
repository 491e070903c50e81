package graphtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/rules"
	"github.com/kithgraph/kith/graph/write"
)

// checked is about what lies in a store and breaks a rule. There is more of all than is looked at at a time.
func checked(t *testing.T, x *fixture) {
	const jobs = 450
	x.node("Customer", "ann", "birthYear", 1990)
	for i := range jobs {
		x.node("Account", fmt.Sprint("acc", i))
		x.link("ann", "WORKS_AT", fmt.Sprint("acc", i))
	}
	x.node("Deal", "won")
	x.node("Deal", "open", "stage", "PROPOSAL")
	x.write(t)
	find := func() (out []string) {
		require.NoError(t, rules.Check(t.Context(), x.store, x.cat, Now, func(b rules.Breach) {
			for _, f := range b.Faults {
				out = append(out, fmt.Sprintf("%s %s %s.%s %s", x.names[b.ID], x.names[b.To], b.Type, f.Property.Name, f.Reason))
			}
		}))
		return out
	}
	require.Empty(t, find())
	x.breaks(t, "ann", "birthYear", 2999)
	x.breaks(t, "won", "stage", "WON", "openedAt", 9, "lossReason", "Price")
	var want []string
	for _, i := range []int{3, 203, 403} {
		name := fmt.Sprint("acc", i)
		x.breaks(t, name, "domain", "none")
		want = append(want, name+`  Account.domain must be an internet domain such as kith.example: "none"`)
		l := write.Edge{Key: x.ids["ann"] + "|" + x.ids[name] + "||", From: x.ids["ann"], To: x.ids[name], Values: graph.Values{"from": int64(5), "to": int64(5)}}
		require.NoError(t, x.store.(Writer).Within(t.Context(), func(tx write.Tx) error {
			return tx.Write(t.Context(), &write.Changes{ChangedEdges: []*write.EdgeChange{{Rel: x.cat.Rel("WORKS_AT"), Edge: l}}})
		}))
		want = append(want, "ann "+name+" WORKS_AT.to must be after from, which is 1970-01-01T00:00:00.000005Z: 1970-01-01T00:00:00.000005Z")
	}
	assert.ElementsMatch(t, append(want,
		"ann  Customer.birthYear must not be in the future: 2999",
		"won  Deal.closedAt is needed with the stage WON",
		"won  Deal.outcome is needed with the stage WON",
		`won  Deal.lossReason must be missing with the stage WON: "Price"`,
	), find())
}
