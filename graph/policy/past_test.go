package policy_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// TestAPersonIsSeenAsBefore has everybody permit everything, and looks at them as they were before that.
func TestAPersonIsSeenAsBefore(t *testing.T) {
	for _, purpose := range []graph.Purpose{graph.Service, graph.Sales, graph.Marketing, graph.Compliance} {
		p := folk(t, purpose)
		v := &policy.Viewer{Lens: policy.Default().Lens(p.cat, purpose)}
		for who := range said {
			t.Run(string(purpose)+": "+who, func(t *testing.T) {
				fields := []string{"name", "email", "birthYear"}
				values, why := p.ask(t, v, who, fields...)
				sel := &graph.Selection{Kind: p.cat.MustKind("Customer")}
				policy.WantStanding(sel)
				res, err := p.store.Read(context.Background(), &graph.Fetch{Now: now, Lists: []*graph.List{{Key: "who", IDs: []string{p.ids[who]}, Rows: true, Nodes: []*graph.Selection{sel}}}})
				require.NoError(t, err)
				before := v.AsBefore(&res.Lists[0].Rows[0], now)

				consent := p.cat.MustKind(graph.ConsentKind)
				b := &graph.Batch{Source: "later", Authority: graph.BySubject}
				for _, set := range []graph.Values{{graph.ConsentStatus: graph.Granted, graph.ConsentPurpose: string(purpose), graph.ConsentAt: int64(99)}, {graph.ConsentStatus: graph.Unrestricted, graph.ConsentAt: int64(99)}} {
					id := who + set[graph.ConsentStatus].(string)
					b.Nodes = append(b.Nodes, graph.Upsert{Kind: consent, ID: id, Set: set})
					b.Edges = append(b.Edges, graph.Link{Rel: p.cat.Rel("GIVEN_BY"), From: graph.NodeRef{Kind: consent, External: graph.External{ID: id}}, To: graph.NodeRef{Kind: p.cat.MustKind("Customer"), ID: p.ids[who]}})
				}
				_, err = p.store.Write(context.Background(), b)
				require.NoError(t, err)

				then, whyThen := p.ask(t, before, who, fields...)
				assert.Equal(t, values, then)
				assert.Equal(t, why, whyThen)
				now, _ := p.ask(t, v, who, "name")
				assert.Equal(t, []any{who}, now, "to others she is as she is now")
			})
		}
	}
}
