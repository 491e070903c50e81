package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server/auth"
)

// asked sends an operation with a token of its caller's.
func (p *program) asked(t *testing.T, c auth.Caller, purpose graph.Purpose, query string) (text string) {
	t.Helper()
	signed, err := auth.Sign(tokens, c, time.Hour)
	require.NoError(t, err)
	body, err := json.Marshal(map[string]any{"query": query})
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.own, bytes.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+signed)
	if purpose != "" {
		r.Header.Set("Kith-Purpose", string(purpose))
	}
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return string(b)
}

func TestTheViewerIsWhoTheTokenNames(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		at := int64(graph.At(now.AddDate(0, -1, 0)))
		node := func(kind, id string, set graph.Values) graph.Upsert {
			return graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set}
		}
		link := func(rel, from, fromID, to, toID string) graph.Link {
			end := func(kind, id string) graph.NodeRef {
				return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
			}
			return graph.Link{Rel: p.catalog.Rel(rel), From: end(from, fromID), To: end(to, toID)}
		}
		report, err := p.store.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
			node("Employee", "17", graph.Values{"name": "Eve Egli"}),
			node("Customer", "bob", graph.Values{"name": "Bob"}),
			node("Interaction", "call", graph.Values{"at": at, "text": "Bob rang"}),
			node(graph.ConsentKind, "no", graph.Values{graph.ConsentAt: at, graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected}),
		}, Edges: []graph.Link{
			link("PARTICIPANT", "Interaction", "call", "Customer", "bob"), link("PARTICIPANT", "Interaction", "call", "Employee", "17"),
			link("GIVEN_BY", graph.ConsentKind, "no", "Customer", "bob"),
		}})
		require.NoError(t, err)
		seller := auth.Caller{Subject: "eve@example", Roles: []auth.Role{auth.Writer}, Purposes: []graph.Purpose{graph.Sales, graph.Marketing}}
		const employee = `{ viewer { employee { name } } }`
		for _, c := range []struct {
			name     string
			employee string
			purpose  graph.Purpose
			query    string
			want     string
		}{
			{"with what she may do", "", "", `{ viewer { subject roles purposes purpose } }`,
				`"viewer":{"subject":"eve@example","roles":["writer"],"purposes":["SALES","MARKETING"],"purpose":null}`},
			{"for the purpose of the request", "", graph.Sales, `{ v: viewer { __typename purpose } }`, `"v":{"__typename":"Viewer","purpose":"SALES"}`},
			{"under a policy", "", "", `{ viewer { policy { version } } policy { version } }`, `"viewer":{"policy":{"version":"`},
			{"as an employee, by id", report.IDs[0], graph.Sales, employee, `"viewer":{"employee":{"name":"Eve Egli"}}`},
			{"as an employee, by a source", "crm:17", graph.Sales, employee, `"viewer":{"employee":{"name":"Eve Egli"}}`},
			{"beside others of the same name", "crm:17", graph.Sales, `{ viewer { employee { name } } employee(id: "emp_none") { name } }`, `"viewer":{"employee":{"name":"Eve Egli"}},"employee":null`},
			{"as nobody whom the source has", "crm:18", graph.Sales, employee, `"viewer":{"employee":null}`},
			{"as nobody where the token does not say", "", graph.Sales, employee, `"viewer":{"employee":null}`},
			{"as an employee, where the purpose shows none", "crm:17", graph.Marketing, employee, `"viewer":{"employee":null}`},
			{"without what is withheld", "crm:17", graph.Sales, `{ viewer { employee { interactions { totalCount nodes { text } } } } }`, `"interactions":{"totalCount":0,"nodes":[]}`},
			{"as an employee for some purpose alone", "crm:17", "", employee, `PURPOSE_REQUIRED`},
		} {
			t.Run(c.name, func(t *testing.T) {
				caller := seller
				caller.Employee = c.employee
				assert.Contains(t, p.asked(t, caller, c.purpose, c.query), c.want)
			})
		}
		t.Run("a customer is herself, and no employee", func(t *testing.T) {
			customer := auth.Caller{Subject: "web|1", Customer: "cus_1", Purposes: []graph.Purpose{graph.Self}}
			assert.Contains(t, p.asked(t, customer, "", `{ viewer { subject roles purposes employee { name } } }`),
				`"viewer":{"subject":"web|1","roles":[],"purposes":["SELF"],"employee":null}`)
		})
		t.Run("where nobody is asked who they are, it is nobody", func(t *testing.T) {
			a := p.ask(t, `{ viewer { subject roles employee { name } } }`, nil)
			assert.JSONEq(t, `{"viewer": {"subject": null, "roles": ["admin"], "employee": null}}`, string(a.Data))
		})
	})
}

func TestAReferenceThatAPolicyWantsSaysSomething(t *testing.T) {
	strict, err := policy.Parse(bytes.Replace(policy.Standard(), []byte("reference: []"), []byte("reference: [SALES]"), 1))
	require.NoError(t, err)
	p := onSQLite(t).anew(t, resolvers.Options{Policy: func() *policy.Policy { return strict }})
	for reference, answered := range map[string]bool{"": false, "\u00a0": false, "\u200b": false, "case 7": true} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url, strings.NewReader(`{"query": "{ customers { totalCount } }"}`))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Kith-Purpose", string(graph.Sales))
		r.Header.Set("Kith-Reference", reference)
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		b, err := io.ReadAll(res.Body)
		require.NoError(t, errors.Join(err, res.Body.Close()))
		if answered {
			assert.Contains(t, string(b), `"totalCount":0`)
		} else {
			assert.Contains(t, string(b), "is to name the case, the order or the deal", "%q", reference)
		}
	}
}
