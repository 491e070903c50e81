package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// onStoresWithBytes runs a test on both stores with what tells all that is in them: the bytes of the file and of its log, or all
// that Neo4j answers of nodes and relationships.
func onStoresWithBytes(t *testing.T, test func(t *testing.T, p *program, all func() string)) {
	t.Run("SQLite", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "kith.db")
		p := start(t, atPath(file))
		test(t, p, func() string {
			var all bytes.Buffer
			for _, name := range []string{file, file + "-wal"} {
				b, err := os.ReadFile(name)
				require.NoError(t, err)
				all.Write(b)
			}
			return all.String()
		})
	})
	t.Run("Neo4j", func(t *testing.T) {
		addr := dev.StartForPrograms(t)
		dev.Empty(t, addr)
		p := start(t, inNeo4j(addr))
		test(t, p, func() string {
			driver, err := neo4j.NewDriverWithContext(addr, neo4j.NoAuth())
			require.NoError(t, err)
			defer driver.Close(t.Context())
			var all strings.Builder
			for _, text := range []string{"MATCH (n) RETURN labels(n), properties(n)", "MATCH ()-[r]->() RETURN type(r), properties(r)"} {
				res, err := neo4j.ExecuteQuery(t.Context(), driver, text, nil, neo4j.EagerResultTransformer)
				require.NoError(t, err)
				for _, r := range res.Records {
					fmt.Fprintln(&all, r.Values...)
				}
			}
			return all.String()
		})
	})
}

// rightAnswer is what a mutation of a right answers.
type rightAnswer struct {
	Customer *struct {
		Name     *string
		Withheld []struct{ Field, Reason, Since string }
	}
	Request *struct {
		ID, Right, At, PolicyVersion string
		Removed, Kept, Copies        []string
	}
	Export *struct {
		Uses []struct {
			Category, Retention string
			Rules               []struct{ Purpose, Basis string }
		}
		Records []struct {
			Type, ID  string
			Externals []struct{ Source, ID string }
			Values    []struct{ Field, Category, Value string }
			Links     []struct {
				Field, Type, ID, DisplayName string
				Values                       []struct{ Field, Value string }
			}
		}
	}
	UserErrors []struct{ Code, Field, Message string }
}

const (
	aboutErasure = `customer { name withheld { field reason since } } request { id right at policyVersion removed kept copies } userErrors { code field message }`
	aboutExport  = `request { id right at } export { uses { category retention rules { purpose basis } } records { type id externals { source id } values { field category value }
		links { field type id displayName values { field value } } } } userErrors { code field message }`
)

// exercise sends a mutation of a right.
func (p *program) exercise(t *testing.T, mutation, customer, key, about string) rightAnswer {
	t.Helper()
	var got struct{ Done rightAnswer }
	p.data(t, fmt.Sprintf(`mutation { done: %s(input: {key: %q, customer: %q}) { %s } }`, mutation, key, customer, about), nil, &got)
	return got.Done
}

// idOf finds a customer by her row in a source.
func (p *program) idOf(t *testing.T, source, id string) string {
	t.Helper()
	var got struct{ Customer *struct{ ID string } }
	p.data(t, `query($source: String!, $id: String!) { customer(external: {source: $source, id: $id}) { id } }`, map[string]any{"source": source, "id": id}, &got)
	if got.Customer == nil {
		return ""
	}
	return got.Customer.ID
}

func TestWhoIsErasedFromNorthwindStaysErasedWhenItIsLoadedAgain(t *testing.T) {
	const folder = "../../graph/ingest/testdata/northwind"
	onStoresWithBytes(t, func(t *testing.T, p *program, all func() string) {
		p.load(t, "northwind", folder)
		hers := []string{"Maria Anders", "maria anders", "anders", "030-0074321", "0300074321", "Sales Representative|ALFKI"}
		maria := p.idOf(t, "northwind", "ALFKI")
		require.NotEmpty(t, maria)
		for _, value := range hers[:4] {
			require.Contains(t, all(), value)
		}
		totals := func() string {
			a := p.ask(t, `{ customers { totalCount } accounts { totalCount } orders { totalCount aggregate { lines { count net { currency sum } } } }
				account(external: {source: "northwind", id: "ALFKI"}) { name orders { totalCount } people { totalCount } } }`, nil)
			require.Empty(t, a.Errors)
			return string(a.Data)
		}
		before := totals()

		done := p.exercise(t, "eraseCustomer", maria, "1", aboutErasure)
		require.Empty(t, done.UserErrors)
		assert.Nil(t, done.Customer.Name)
		assert.Equal(t, "ERASURE", done.Request.Right)
		assert.Equal(t, []string{"Customer.name 1", "Customer.phone 1", "WORKS_AT 1"}, done.Request.Removed)
		for _, w := range done.Customer.Withheld {
			if w.Field == "name" {
				assert.Equal(t, []string{"ERASED", now.Format("2006-01-02T15:04:05Z07:00")}, []string{w.Reason, w.Since})
			}
		}
		gone := func(t *testing.T) {
			t.Helper()
			bytes := all()
			for _, value := range hers {
				assert.NotContains(t, bytes, value)
			}
			assert.Empty(t, p.idOf(t, "northwind", "ALFKI"), "her row's id finds nobody")
			assert.Equal(t, strings.Replace(before, `"people":{"totalCount":1}`, `"people":{"totalCount":0}`, 1), totals(), "and all totals balance")
		}
		gone(t)

		sum := p.load(t, "northwind", folder)
		assert.False(t, sum.Report.Changed(), "%+v", sum.Report)
		assert.Positive(t, sum.Report.Suppressed)
		gone(t)

		again := p.exercise(t, "eraseCustomer", maria, "1", aboutErasure)
		assert.Equal(t, done.Request, again.Request, "the same request is answered the same")
		left := p.exercise(t, "exportCustomer", maria, "5", `request { right policyVersion } export { records { type values { field } } }`)
		assert.NotEmpty(t, left.Request.PolicyVersion, "a record of what is done after it is whole")
		for _, r := range left.Export.Records {
			assert.Contains(t, []string{"Customer", "DataSubjectRequest"}, r.Type)
		}
		for _, refused := range []string{
			`recordConsent(input: {key: "2", customer: %q, purpose: SALES}) { userErrors { code field message } }`,
			`updateCustomer(input: {key: "3", customer: %q, name: "Maria"}) { userErrors { code field message } }`,
			`logInteraction(input: {key: "4", kind: CALL, participants: [{id: %q}]}) { userErrors { code field message } }`,
		} {
			var got struct {
				Done struct {
					UserErrors []struct{ Code, Field, Message string }
				}
			}
			p.data(t, "mutation { done: "+fmt.Sprintf(refused, maria)+" }", nil, &got)
			assert.NotEmpty(t, got.Done.UserErrors, refused)
		}
	})
}

// maryAndOthers is a customer with much about her, in part together with others.
func maryAndOthers(t *testing.T, p *program) (mary string) {
	t.Helper()
	b := &graph.Batch{Source: "crm"}
	node := func(kind, id string, set graph.Values) graph.NodeRef {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set})
		return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
	}
	link := func(from graph.NodeRef, rel string, to graph.NodeRef, set graph.Values) {
		b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel(rel), From: from, To: to, Set: set})
	}
	at := int64(graph.At(now.AddDate(0, -1, 0)))
	she := node("Customer", "17", graph.Values{"name": "Mary Maynard", "email": "mary@maynard.example", "birthYear": int64(1970)})
	bob := node("Customer", "18", graph.Values{"name": "Bob Bolt", "email": "bob@bolt.example"})
	eve := node("Employee", "e", graph.Values{"name": "Eve Ernst"})
	acme := node("Account", "a", graph.Values{"name": "Acme"})
	call := node("Interaction", "c", graph.Values{"at": at, "text": "Bob Bolt asked Mary to write to bob@bolt.example; Eve Ernst knows. Yours, Eve", "origin": "BUSINESS", "sentiment": int64(250000)})
	mail := node("Interaction", "m", graph.Values{"at": at + 1, "text": "I want my money back", "origin": "CUSTOMER"})
	order := node("Order", "o", graph.Values{"number": "4711", "total": graph.Money{Amount: 99_0000, Currency: "EUR"}})
	claim := node("Claim", "cl", graph.Values{"role": "BLOCKER"})
	pump := node("Product", "p", graph.Values{"name": "Pump"})
	for _, who := range []graph.NodeRef{she, bob, eve} {
		link(call, "PARTICIPANT", who, graph.Values{"role": "ATTENDEE"})
	}
	link(mail, "PARTICIPANT", she, graph.Values{"role": "FROM"})
	link(order, "PLACED_BY", she, nil)
	link(order, "CONTAINS", pump, graph.Values{"quantity": int64(2)})
	link(claim, "ABOUT", she, nil)
	link(claim, "BY", eve, nil)
	link(she, "WORKS_AT", acme, graph.Values{"title": "Buyer"})
	link(bob, "REPORTS_TO", she, graph.Values{"kind": "LINE"})
	report, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	return report.IDs[0]
}

func TestACustomerGetsEverythingAboutHerAndNothingAboutOthers(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		mary := maryAndOthers(t, p)
		out := p.exercise(t, "exportCustomer", mary, "x", aboutExport)
		require.Empty(t, out.UserErrors)
		assert.Equal(t, "ACCESS", out.Request.Right)
		text, err := json.Marshal(out.Export)
		require.NoError(t, err)
		for _, others := range []string{"Bob", "bob@", "Eve", "Ernst"} {
			assert.NotContains(t, string(text), others)
		}
		types := map[string]int{}
		for _, r := range out.Export.Records {
			types[r.Type]++
			for _, l := range r.Links {
				types[r.Type+"."+l.Field+" "+l.Type+" "+l.DisplayName]++
			}
			for _, v := range r.Values {
				types[r.Type+"."+v.Field+" "+v.Category+" "+v.Value]++
			}
			if r.ID == mary {
				assert.Equal(t, []string{"crm", "17"}, []string{r.Externals[0].Source, r.Externals[0].ID})
			}
		}
		for _, wanted := range []string{
			"Customer.name IDENTITY Mary Maynard", "Customer.birthYear DEMOGRAPHIC 1970", "Customer.employments Account Acme", "Customer.reports Person ",
			"Interaction.text CONTENT [somebody else] asked Mary to write to [somebody else]; [somebody else] knows. Yours, [somebody else]", "Interaction.sentiment SENTIMENT 0.25",
			"Interaction.participants Person ", "Interaction.participants Employee ", "Interaction.role BEHAVIOUR FROM", `Order.total FINANCIAL {"amount":"99.00","currency":"EUR"}`,
			"Order.lines Product Pump", "Claim.role RELATIONSHIP BLOCKER", "Claim.assertedBy Employee ",
		} {
			assert.Contains(t, types, wanted)
		}
		assert.Equal(t, 2, types["Interaction"])
		for _, u := range out.Export.Uses {
			assert.NotEmpty(t, u.Rules)
			assert.NotEmpty(t, u.Retention)
		}

		port := p.exercise(t, "portCustomer", mary, "y", aboutExport)
		require.Empty(t, port.UserErrors)
		text, err = json.Marshal(port.Export.Records)
		require.NoError(t, err)
		for _, hers := range []string{"Mary Maynard", "I want my money back", "4711", "Buyer"} {
			assert.Contains(t, string(text), hers)
		}
		for _, notHers := range []string{"BLOCKER", "asked Mary", "0.25", "Bob"} {
			assert.NotContains(t, string(text), notHers)
		}

		var kept struct {
			Customer struct {
				DataSubjectRequests struct {
					Edges []struct{ Node struct{ Right string } }
				}
			}
		}
		p.data(t, `query($id: ID!) { customer(id: $id) { dataSubjectRequests(orderBy: [{right: ASC}]) { edges { node { right } } } } }`, map[string]any{"id": mary}, &kept)
		require.Len(t, kept.Customer.DataSubjectRequests.Edges, 2, "each has left a record")
		assert.Equal(t, "ACCESS", kept.Customer.DataSubjectRequests.Edges[0].Node.Right)
	})
}

// TestAnExportHoldsWhatIsAboutACustomerByEveryWay has more happen to what a customer has, and where she lives, than fits on one page.
func TestAnExportHoldsWhatIsAboutACustomerByEveryWay(t *testing.T) {
	const each = 210
	onBothStores(t, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		node := func(kind, id string, set graph.Values) graph.NodeRef {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set})
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
		}
		link := func(from graph.NodeRef, rel string, to graph.NodeRef) {
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel(rel), From: from, To: to})
		}
		she, other := node("Customer", "she", graph.Values{"name": "Mary Maynard"}), node("Customer", "other", graph.Values{"name": "Bob Bolt"})
		home, held, his := node("Location", "home", nil), node("SubscriptionContract", "held", nil), node("SubscriptionContract", "his", nil)
		link(she, "LOCATED_AT", home)
		link(held, "HELD_BY", she)
		link(his, "HELD_BY", other)
		for i := range each {
			link(node("HiddenEvent", fmt.Sprint("there ", i), nil), "AFFECTS", home)
			link(node("HiddenEvent", fmt.Sprint("of it ", i), nil), "AFFECTS", held)
		}
		both := node("HiddenEvent", "both", nil)
		link(both, "AFFECTS", home)
		link(both, "AFFECTS", held)
		link(both, "AFFECTS", his)
		link(node("HiddenEvent", "not hers", nil), "AFFECTS", his)
		link(node("Interaction", "colleagues' note", graph.Values{"text": "Mary asks how to leave"}), "ABOUT", held)
		link(node("Interaction", "not hers", graph.Values{"text": "Bob asks how to leave"}), "ABOUT", his)
		report, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		out := p.exercise(t, "exportCustomer", report.IDs[0], "x", aboutExport)
		require.Empty(t, out.UserErrors)
		records := map[string]int{}
		for _, r := range out.Export.Records {
			records[r.Type]++
			for _, e := range r.Externals {
				assert.NotEqual(t, "not hers", e.ID)
			}
		}
		assert.Equal(t, map[string]int{"Customer": 1, "Location": 1, "SubscriptionContract": 1, "HiddenEvent": 2*each + 1, "Interaction": 1}, records)
		port := p.exercise(t, "portCustomer", report.IDs[0], "y", aboutExport)
		for _, r := range port.Export.Records {
			assert.NotEqual(t, "HiddenEvent", r.Type, "she has not provided it")
		}
	})
}

func TestWhoMayExerciseRights(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		mary := maryAndOthers(t, p)
		for _, mutation := range []string{"exportCustomer", "portCustomer", "eraseCustomer"} {
			text := fmt.Sprintf(`mutation { %s(input: {key: "k", customer: %q}) { userErrors { code } } }`, mutation, mary)
			answer, err := p.bytes(graph.Service, text)
			require.NoError(t, err)
			assert.Contains(t, string(answer), `"PURPOSE_DENIED"`, mutation)
			for name, customer := range map[string]string{"nobody": "cus_99999999", "no customer": "acc_00000001", "nothing": "?"} {
				got := p.exercise(t, mutation, customer, "k2", "userErrors { code field message }")
				require.Len(t, got.UserErrors, 1, name)
				assert.Equal(t, []string{"NOT_FOUND", "input.customer"}, []string{got.UserErrors[0].Code, got.UserErrors[0].Field})
			}
			got := p.exercise(t, mutation, mary, "", "userErrors { code field message }")
			require.Len(t, got.UserErrors, 1)
			assert.Equal(t, "input.key", got.UserErrors[0].Field)
		}
		assert.Contains(t, p.customers(t, graph.Service), "Mary Maynard", "nobody was erased")
		first := p.exercise(t, "exportCustomer", mary, "once", "request { id } userErrors { code field }")
		assert.Equal(t, first, p.exercise(t, "exportCustomer", mary, "once", "request { id } userErrors { code field }"))
		other := p.exercise(t, "eraseCustomer", mary, "once", "request { id } userErrors { code field }")
		require.Len(t, other.UserErrors, 1)
		assert.Equal(t, "CONFLICT", other.UserErrors[0].Code)
	})
}

func TestThePolicyTellsForHowLongEachKindOfDataIsKept(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		var got struct {
			Policy struct {
				Categories []struct {
					Category, Retention string
					KeptOnErasure       *string
				}
			}
		}
		p.data(t, `{ policy { categories { category retention keptOnErasure } } }`, nil, &got)
		require.Len(t, got.Policy.Categories, len(policy.Categories))
		in := policy.Default()
		for _, c := range got.Policy.Categories {
			assert.Equal(t, in.Retention(graph.Category(c.Category)).String(), c.Retention)
			if ground := in.Ground(graph.Category(c.Category)); ground != "" {
				require.NotNil(t, c.KeptOnErasure, c.Category)
				assert.Equal(t, ground, *c.KeptOnErasure)
			} else {
				assert.Nil(t, c.KeptOnErasure, c.Category)
			}
		}
	})
}
