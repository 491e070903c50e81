package e2e

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/web"
)

// The census knows every way by which a request gets an answer: each route, each field of Query and each of Mutation. Bob has objected
// to whatever is asked here, and each text of his, and of what is about him, has the canary in it. Whatever passes the guard does
// not sing for SALES, and sings where the policy opens everything: that shows that the question is one that the guard alone keeps
// from being answered. A way that is not known here fails.

const canary = "canary"

// aviary has one node of each kind, and all relationships that the catalog allows between them. The customer is Bob; what is about
// nobody has no canary. Beside him there is Cleo, of whom nothing is withheld, and to whom he reports.
func aviary(t *testing.T, p *program) (ids map[string]string) {
	at := int64(graph.At(now.AddDate(0, -1, 0)))
	b := &graph.Batch{Source: "crm"}
	ref := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
	}
	add := func(kind, id string, set graph.Values) {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set})
	}
	linked := map[string]bool{}
	for _, k := range p.catalog.Kinds {
		if k.Name == graph.ConsentKind || k.Name == "Disclosure" || k.Name == "DataSubjectRequest" {
			continue // what stands for Bob's words, and what the program keeps by itself
		}
		set := graph.Values{}
		for _, prop := range k.Properties {
			switch {
			case k.Name == graph.InteractionKind && prop.Name == graph.InteractionAt:
				set[prop.Name] = at // so that it is a contact
			case !prop.Given() || prop.Type != graph.String:
			case k.OfPersons():
				set[prop.Name] = fmt.Sprintf("%s %s %s", canary, k.Name, prop.Name)
			default:
				set[prop.Name] = "a " + prop.Name
			}
		}
		add(k.Name, k.Name, set)
		for _, e := range k.Edges {
			for _, to := range e.Targets {
				from, end := k, to
				if !e.Out {
					from, end = to, k
				}
				name := from.Name + e.Rel.Type + end.Name
				if !e.Stored() || e.Rel.Kept || from == end || linked[name] || slices.Contains([]string{graph.ConsentKind, "Disclosure", "DataSubjectRequest"}, from.Name) {
					continue
				}
				linked[name] = true
				b.Edges = append(b.Edges, graph.Link{Rel: e.Rel, From: ref(from.Name, from.Name), To: ref(end.Name, end.Name)})
			}
		}
	}
	add("Customer", "Cleo", graph.Values{"name": "Cleo"})
	add("Account", "Second", graph.Values{"name": "Second"}) // a job that ends by itself
	b.Edges = append(b.Edges,
		graph.Link{Rel: p.catalog.Rel("WORKS_AT"), From: ref("Customer", "Customer"), To: ref("Account", "Second")},
		graph.Link{Rel: p.catalog.Rel("REPORTS_TO"), From: ref("Customer", "Customer"), To: ref("Customer", "Cleo")})
	add("Account", "Third", graph.Values{"name": "Third"}) // where he was the champion of a deal until he left
	add("Deal", "Left", graph.Values{"name": "Left", "stage": "PROPOSAL"})
	add("Claim", "Champion", graph.Values{"role": "CHAMPION"})
	b.Edges = append(b.Edges,
		graph.Link{Rel: p.catalog.Rel("WORKS_AT"), From: ref("Customer", "Customer"), To: ref("Account", "Third"), Set: graph.Values{"to": at}},
		graph.Link{Rel: p.catalog.Rel("WITH"), From: ref("Deal", "Left"), To: ref("Account", "Third")},
		graph.Link{Rel: p.catalog.Rel("WORKED_BY"), From: ref("Deal", "Left"), To: ref("Employee", "Employee")},
		graph.Link{Rel: p.catalog.Rel("ON"), From: ref("Claim", "Champion"), To: ref("Deal", "Left")},
		graph.Link{Rel: p.catalog.Rel("ABOUT"), From: ref("Claim", "Champion"), To: ref("Customer", "Customer")})
	add("Account", "Fourth", graph.Values{"name": "Fourth"}) // where he went then
	b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel("WORKS_AT"), From: ref("Customer", "Customer"), To: ref("Account", "Fourth"), Set: graph.Values{"from": at}})
	for _, purpose := range []graph.Purpose{graph.Sales, graph.Service, graph.Marketing} {
		id := "no " + string(purpose)
		add(graph.ConsentKind, id, graph.Values{graph.ConsentAt: at, graph.ConsentPurpose: string(purpose), graph.ConsentStatus: graph.Objected})
		b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel("GIVEN_BY"), From: ref(graph.ConsentKind, id), To: ref("Customer", "Customer")})
	}
	report, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	ids = map[string]string{}
	for i, n := range b.Nodes {
		ids[n.ID] = report.IDs[i]
	}
	return ids
}

// censused is the program with a policy, and who is in its store.
type censused struct {
	base   string
	ids    map[string]string
	schema *ast.Schema
}

// censusOf serves an aviary twice: as the policy has it, and with a policy that opens everything to SALES.
func censusOf(t *testing.T) (guarded, open *censused, patterns []string) {
	p := startOf(t, graphtest.Ruleless(t), inFile(t), "") // each of its texts has a canary, whatever it has to be
	ids := aviary(t, p)
	opened, err := policy.Parse(regexp.MustCompile(`SALES: (interest|deny|contract)`).ReplaceAll(policy.Standard(), []byte("SALES: legal")))
	require.NoError(t, err)
	serve := func(pol *policy.Policy) *censused {
		r, err := resolvers.New(resolvers.Options{Reader: policy.Over(p.store), Writer: p.store, Catalog: p.catalog, Schema: p.schema, Now: clock, Key: key,
			Policy: func() *policy.Policy { return pol }})
		require.NoError(t, err)
		s, err := server.New(server.Options{Resolver: r, Store: p.store, Page: web.Handler(web.SignIn{}), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
			Limits: server.Limits{Cost: 1 << 40, Tokens: 1 << 20, Aliases: 1 << 20}})
		require.NoError(t, err)
		h := httptest.NewServer(s.Handler())
		t.Cleanup(h.Close)
		patterns = s.Patterns()
		return &censused{base: h.URL, ids: ids, schema: p.schema}
	}
	return serve(policy.Default()), serve(opened), patterns
}

// told is all that an answer tells: its headers and its body.
func (c *censused) told(t *testing.T, method, path, body string) string {
	req, err := http.NewRequest(method, c.base+path, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Kith-Purpose", string(graph.Sales))
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return fmt.Sprint(res.Header) + string(all)
}

func (c *censused) asked(t *testing.T, document string) string {
	return c.told(t, http.MethodPost, "/graphql", fmt.Sprintf(`{"query": %q}`, document))
}

// texts select what a type tells of itself, and so many steps beyond.
func (c *censused) texts(d *ast.Definition, depth int) string {
	var b strings.Builder
	b.WriteString("{ __typename")
	for _, k := range c.schema.GetPossibleTypes(d) {
		if name := k.Fields.ForName("name"); d.IsAbstractType() && name != nil {
			b.WriteString(" ... on " + k.Name + " { id displayName " + k.Name + ": name }")
		}
	}
	for _, f := range d.Fields {
		switch t := c.schema.Types[f.Type.Name()]; {
		case strings.HasPrefix(f.Name, "__"), f.Name == "groups", f.Name == "aggregate", f.Name == "edges":
		case t.IsLeafType():
			b.WriteString(" " + f.Name)
		case f.Name == "nodes":
			b.WriteString(" nodes " + c.texts(t, depth))
		case depth > 0 && f.Name == "tie":
			fmt.Fprintf(&b, " tie(with: %q) %s", c.ids["Cleo"], c.texts(t, depth-1))
		case depth > 0:
			b.WriteString(" " + f.Name + " " + c.texts(t, depth-1))
		}
	}
	return b.String() + " }"
}

// withoutGuard are the fields of Query that tell of nobody, and why they need no guard.
var withoutGuard = map[string]string{
	"policy":              "what the policy says is for everybody",
	"fieldPolicy":         "what the policy says is for everybody",
	"__schema":            "the schema is for everybody",
	"__type":              "the schema is for everybody",
	"dataSubjectRequest":  "none for SALES, whatever the policy says: who exercised her rights is for officers and herself",
	"dataSubjectRequests": "none for SALES, whatever the policy says: who exercised her rights is for officers and herself",
	"changes":             "ids and names of fields, and no value: TestChangesAreToldAsThePurposeSeesThem",
	"viewer":              "who asks, and what the token says of her: the employee passes the guard, TestTheViewerIsWhoTheTokenNames",
	"journeys":            "numbers of many, and no text: by attacks, by worlds that differ in what is withheld, and by hand in TestJourneysAreCountedExactly",
	"roleCoverage":        "numbers of many, and no text: by worlds that differ in what is withheld, and by hand in TestRolesOfDecidedDealsAreToldOfGroups",
	"me":                  "a customer herself, by her token: TestACustomerSeesHerOwnAndNothingElse",
}

func TestEveryFieldOfQueryPassesTheGuard(t *testing.T) {
	guarded, open, _ := censusOf(t)
	known := map[string]bool{}
	for _, f := range guarded.schema.Query.Fields {
		known[f.Name] = true
		t.Run(f.Name, func(t *testing.T) {
			var args []string
			for _, a := range f.Arguments {
				switch kind := f.Type.Name(); {
				case a.Name == "id" && kind == "Node":
					args = append(args, fmt.Sprintf("id: %q", guarded.ids["Customer"]))
				case a.Name == "id":
					args = append(args, fmt.Sprintf("id: %q", cmp.Or(guarded.ids[kind], guarded.ids["no SALES"])))
				case a.Name == "ids":
					args = append(args, fmt.Sprintf("ids: [%q, %q]", guarded.ids["Customer"], guarded.ids["Interaction"]))
				case a.Name == "to" && f.Name == "introductions": // whom Bob could introduce somebody to
					args = append(args, fmt.Sprintf("to: %q", guarded.ids["Cleo"]))
				case a.Name == "owner", a.Name == "from" && f.Name == "introductions":
					args = append(args, fmt.Sprintf("%s: %q", a.Name, guarded.ids["Employee"]))
				case a.Name == "text":
					args = append(args, fmt.Sprintf("text: %q", canary))
				case a.Name == "name" && f.Name == "__type", a.Name == "type":
					args = append(args, a.Name+`: "Customer"`)
				case a.Name == "definition":
					args = append(args, "definition: {cases: {customers: {}}}")
				case a.Name == "field":
					args = append(args, `field: "name"`)
				default:
					assert.False(t, a.Type.NonNull && a.DefaultValue == nil, "the census does not know what to give for %s", a.Name)
				}
			}
			document := f.Name
			if len(args) > 0 {
				document += "(" + strings.Join(args, ", ") + ")"
			}
			document = "{ " + document + " " + guarded.texts(guarded.schema.Types[f.Type.Name()], 2) + " }"
			kept, sung := guarded.asked(t, document), open.asked(t, document)
			assert.NotContains(t, kept, canary, document)
			if withoutGuard[f.Name] != "" {
				assert.NotContains(t, sung, canary, document)
				return
			}
			assert.NotContains(t, kept, `"errors"`, document)
			assert.Contains(t, sung, canary, "without a guard it would tell of Bob: %s", document)
		})
	}
	for name := range withoutGuard {
		assert.True(t, known[name], "there is no field %s", name)
	}
}

// changesOfTheCensus are what each mutation is sent, with ids in place of kinds. A mutation that is not here fails.
var changesOfTheCensus = map[string]string{
	"logInteraction":   `kind: CALL, participants: [{id: "<Customer>"}]`,
	"openCase":         `caseKind: COMPLAINT, subject: "x", party: "<Customer>"`,
	"updateCase":       `case: "<Case>", status: OPEN`,
	"createDeal":       `name: "x", account: "<Account>"`,
	"updateDeal":       `deal: "<Deal>", stage: PROPOSAL`,
	"assignOwner":      `undertaking: "<Account>", employee: "<Employee>", role: OTHER`,
	"createCustomer":   `name: "x", employments: [{id: "<Account>"}]`,
	"updateCustomer":   `customer: "<Customer>", language: "de"`,
	"createAccount":    `name: "x"`,
	"updateAccount":    `account: "<Account>", timeZone: "Europe/Oslo"`,
	"assertRole":       `customer: "<Customer>", undertaking: "<Account>", role: USER`,
	"disputeClaim":     `claim: "<Claim>", role: USER`,
	"endClaim":         `claim: "<Claim>"`,
	"retractClaim":     `claim: "<Claim>"`,
	"addEmployment":    `customer: "<Customer>", account: "<Account>", title: "Poet"`,
	"endEmployment":    `customer: "<Customer>", account: "<Second>"`,
	"changeEmployment": `customer: "<Customer>", account: "<Account>", title: "Bard"`,
	"setManager":       `customer: "<Cleo>", manager: "<Customer>"`,
	"endManager":       `customer: "<Customer>", manager: "<Cleo>"`,
	"recordFeedback":   `givenBy: "<Customer>", instrument: NPS`,
	"recordConsent":    `customer: "<Customer>", purpose: ANALYSIS`,
	"withdrawConsent":  `customer: "<Customer>", purpose: MARKETING`,
	"recordObjection":  `customer: "<Customer>", purpose: MARKETING`,

	"restrictProcessing": `customer: "<Customer>", restricted: true`,
	"exportCustomer":     `customer: "<Customer>"`,
	"portCustomer":       `customer: "<Customer>"`,
	"eraseCustomer":      `customer: "<Customer>"`,
}

// takesAnOfficer are mutations that the guard has no part in: they are refused for every purpose but COMPLIANCE.
var takesAnOfficer = []string{"restrictProcessing", "exportCustomer", "portCustomer", "eraseCustomer"}

// makesWhatIsNobodys are mutations from whose answer nothing leads to a person.
var makesWhatIsNobodys = []string{"createAccount"}

func TestEveryMutationPassesTheGuard(t *testing.T) {
	guarded, open, _ := censusOf(t)
	for _, f := range guarded.schema.Mutation.Fields {
		t.Run(f.Name, func(t *testing.T) {
			input, known := changesOfTheCensus[f.Name]
			require.True(t, known, "the census does not know what to send")
			send := func(c *censused, key string) string {
				for kind, id := range c.ids {
					input = strings.ReplaceAll(input, "<"+kind+">", id)
				}
				return c.asked(t, fmt.Sprintf("mutation { %s(input: {key: %q, %s}) %s }", f.Name, f.Name+key, input, c.texts(c.schema.Types[f.Type.Name()], 3)))
			}
			kept, sung := send(guarded, "guarded"), send(open, "open")
			assert.NotContains(t, kept, canary)
			switch {
			case slices.Contains(takesAnOfficer, f.Name):
				assert.Contains(t, kept, `"code":"PURPOSE_DENIED"`)
				assert.NotContains(t, sung, canary, "whatever the policy says")
			case slices.Contains(makesWhatIsNobodys, f.Name):
				assert.Contains(t, kept, `"userErrors":[]`)
				assert.NotContains(t, sung, canary)
			default:
				assert.Contains(t, sung, canary, "without a guard it would tell of Bob")
			}
		})
	}
}

// routesOfTheCensus are why what a route answers needs no guard; empty: it is GraphQL, whose fields are looked at one by one.
var routesOfTheCensus = map[string]string{
	"/graphql":        "",
	"/v1/export":      "what a connection tells, page after page, each by an operation as any other",
	"GET /v1/changes": "what the field changes of Query tells, by the same operation",
	"GET /healthz":    "that the program runs",
	"GET /readyz":     "whether the store answers",
	"GET /metrics":    "numbers of requests",
	"/":               "files of the page, which are in the binary",
}

func TestEveryRouteIsKnown(t *testing.T) {
	_, open, patterns := censusOf(t)
	for _, pattern := range patterns {
		t.Run(pattern, func(t *testing.T) {
			_, known := routesOfTheCensus[pattern]
			require.True(t, known, "the census does not know the route")
			path := pattern[strings.Index(pattern, "/"):]
			for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodHead, http.MethodOptions} {
				assert.NotContains(t, open.told(t, method, path, "{}"), canary)
			}
		})
	}
	assert.Len(t, patterns, len(routesOfTheCensus), "no route is gone")
	open.asked(t, "{ customers { nodes { name email } } }")
	for pattern, public := range routesOfTheCensus {
		if public != "" {
			assert.NotContains(t, open.told(t, http.MethodGet, pattern[strings.Index(pattern, "/"):], ""), canary, "after Bob was asked for")
		}
	}
}
