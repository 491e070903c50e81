package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// victims is the small world that attacks are about.
type victims struct {
	*program
	ids map[string]string // by external id
}

func (v *victims) write(t *testing.T, b *graph.Batch) {
	report, err := v.store.Write(t.Context(), b)
	require.NoError(t, err)
	if v.ids == nil {
		v.ids = map[string]string{}
	}
	for i, n := range b.Nodes {
		v.ids[n.ID] = report.IDs[i]
	}
	if id, ok := v.ids["withheld interaction"]; ok {
		require.Equal(t, v.ids["coming"], id)
	}
}

func (v *victims) node(kind, id string, set graph.Values) graph.Upsert {
	return graph.Upsert{Kind: v.catalog.MustKind(kind), ID: id, Set: set}
}

func (v *victims) link(rel, fromKind, from, toKind, to string) graph.Link {
	end := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: v.catalog.MustKind(kind), External: graph.External{ID: id}}
	}
	return graph.Link{Rel: v.catalog.Rel(rel), From: end(fromKind, from), To: end(toKind, to)}
}

func (v *victims) settled() *graph.Batch {
	at := int64(graph.At(now.AddDate(0, -1, 0)))
	b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Account", "acme", graph.Values{"name": "Acme"}),
		v.node("Account", "zenith", graph.Values{"name": "Zenith"}),
		v.node("Customer", "ada", graph.Values{"name": "Ada", "birthYear": int64(1950), "gender": "FEMALE"}),
		v.node("Customer", "bob", graph.Values{"name": "Bob", "journeyStage": "AWARENESS"}),
		v.node("Customer", "cleo", graph.Values{"name": "Cleo", "birthYear": int64(1970), "gender": "FEMALE"}),
		v.node("Customer", "dan", graph.Values{"name": "Dan", "birthYear": int64(1980), "gender": "MALE"}),
		v.node("Employee", "eve", graph.Values{"name": "Eve"}),
		v.node("Order", "order", graph.Values{"number": "1"}),
		v.node("Interaction", "greeting", graph.Values{"at": at, "kind": "CHAT", "origin": "CUSTOMER"}),
		v.node("Interaction", "call", graph.Values{"at": at, "kind": "CALL", "origin": "CUSTOMER"}),
		v.node("Interaction", "visit", graph.Values{"at": at, "kind": "VISIT", "origin": "CUSTOMER"}),
		v.node("Product", "probe", graph.Values{"name": "Probe"}),
		v.node("Campaign", "spring", graph.Values{"name": "Spring"}),
		v.node("Location", "site", graph.Values{"city": "Vigo"}),
		v.node("HiddenEvent", "outage", graph.Values{"kind": "OUTAGE", "at": at}),
	}, Edges: []graph.Link{
		v.link("WORKS_AT", "Customer", "ada", "Account", "acme"),
		v.link("WORKS_AT", "Customer", "cleo", "Account", "acme"),
		v.link("WORKS_AT", "Customer", "bob", "Account", "zenith"),
		v.link("PLACED_BY", "Order", "order", "Customer", "ada"),
		v.link("PARTICIPANT", "Interaction", "greeting", "Employee", "eve"),
		v.link("PARTICIPANT", "Interaction", "greeting", "Customer", "cleo"),
		v.link("PARTICIPANT", "Interaction", "call", "Customer", "cleo"),
		v.link("PARTICIPANT", "Interaction", "visit", "Customer", "dan"),
		v.link("PARTICIPANT", "Interaction", "visit", "Customer", "ada"),
		v.link("LOCATED_AT", "Account", "acme", "Location", "site"),
		v.link("AFFECTS", "HiddenEvent", "outage", "Product", "probe"),
	}}
	for _, who := range []string{"ada", "bob"} {
		for _, purpose := range []graph.Purpose{graph.Service, graph.Sales} {
			if who == "ada" && purpose == graph.Sales {
				continue
			}
			id := who + string(purpose)
			b.Nodes = append(b.Nodes, v.node(graph.ConsentKind, id, graph.Values{graph.ConsentAt: at, graph.ConsentPurpose: string(purpose), graph.ConsentStatus: graph.Objected}))
			b.Edges = append(b.Edges, v.link("GIVEN_BY", graph.ConsentKind, id, "Customer", who))
		}
	}
	return b
}

func (v *victims) upset() *graph.Batch {
	at := int64(graph.At(now))
	job := v.link("WORKS_AT", "Customer", "bob", "Account", "acme")
	job.Set = graph.Values{"from": at}
	return &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Interaction", "withheld interaction", graph.Values{"at": at, "kind": "CALL", "origin": "CUSTOMER"}),
		v.node("Customer", "ada", graph.Values{"birthYear": nil, "gender": "MALE"}),
		v.node("Customer", "bob", graph.Values{"name": "Zoe", "journeyStage": "LOYALTY"}),
		v.node("Claim", "claim", graph.Values{}),
		v.node("HiddenEvent", "theft", graph.Values{"kind": "IDENTITY_THEFT", "at": at, "description": "Bob's", "valueBefore": "Bob", "valueAfter": "another"}),
		v.node("HiddenEvent", "burglary", graph.Values{"kind": "OTHER", "at": at, "valueBefore": "a locked door"}),
		v.node("Location", "home", graph.Values{"city": "Aalst"}),
		v.node("Feedback", "answer", graph.Values{"at": at, "instrument": "NPS", "score": int64(2)}),
		v.node("Return", "back", graph.Values{"number": "R1"}),
		v.node("Interaction", "note", graph.Values{"at": at, "kind": "OTHER", "origin": "BUSINESS", "text": "Bob has sent it back"}),
	}, Edges: []graph.Link{
		v.link("PARTICIPANT", "Interaction", "withheld interaction", "Customer", "bob"),
		v.link("PARTICIPANT", "Interaction", "greeting", "Customer", "bob"),
		v.link("PARTICIPANT", "Interaction", "call", "Customer", "bob"),
		v.link("ABOUT", "Claim", "claim", "Customer", "ada"),
		job,
		v.link("ON", "Claim", "claim", "Account", "acme"),
		v.link("AFFECTS", "HiddenEvent", "theft", "Customer", "bob"),
		v.link("LOCATED_AT", "Customer", "bob", "Location", "home"),
		v.link("REPORTS_TO", "Customer", "cleo", "Customer", "bob"),
		v.link("REPORTS_TO", "Customer", "bob", "Customer", "dan"),
		v.link("AFFECTS", "HiddenEvent", "burglary", "Location", "home"),
		v.link("BY", "Feedback", "answer", "Customer", "bob"),
		v.link("RETURNED_BY", "Return", "back", "Customer", "bob"),
		v.link("RETURNS", "Return", "back", "Product", "probe"),
		v.link("ABOUT", "Interaction", "note", "Return", "back"),
		v.link("RESPONDED", "Campaign", "spring", "Customer", "bob"),
	}}
}
