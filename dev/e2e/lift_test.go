package e2e

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/ingest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// refusers are those whose refusals are attacked: Ada objected to SALES, Bob withdrew his one consent to MARKETING, Cleo is restricted.
type refusers struct {
	*program
	ids map[string]string
}

const (
	consented = int64(1600000000e6) // 2020
	refused   = int64(1700000000e6) // 2023
)

func refusing(t *testing.T, p *program) *refusers {
	b := &graph.Batch{Source: "crm"}
	for _, name := range []string{"ada", "bob", "cleo", "dan"} {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Customer"), ID: name, Set: graph.Values{"name": name, "email": name + "@example.com"}})
	}
	report, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	r := &refusers{p, map[string]string{}}
	for i, n := range b.Nodes {
		r.ids[n.ID] = report.IDs[i]
	}
	r.said(t, graph.BySubject, "ada's yes", "ada", graph.Granted, "SALES", "", consented)
	r.said(t, "", "ada's no", "ada", graph.Objected, "SALES", "", refused)
	r.said(t, "", "bob's yes", "bob", graph.Granted, "MARKETING", "EMAIL", consented)
	r.said(t, "", "bob's no", "bob", graph.Withdrawn, "MARKETING", "EMAIL", refused)
	r.said(t, "", "cleo's no", "cleo", graph.Restricted, "", "", refused)
	return r
}

func (r *refusers) said(t *testing.T, authority, id, who, status, purpose, channel string, at int64) {
	set := graph.Values{graph.ConsentStatus: status, graph.ConsentAt: at}
	for name, v := range map[string]string{graph.ConsentPurpose: purpose, graph.ConsentChannel: channel} {
		if v != "" {
			set[name] = v
		}
	}
	consent := r.catalog.MustKind(graph.ConsentKind)
	_, err := r.store.Write(t.Context(), &graph.Batch{Source: "crm", Authority: authority, Nodes: []graph.Upsert{{Kind: consent, ID: id, Set: set}},
		Edges: []graph.Link{{Rel: r.catalog.Rel("GIVEN_BY"), From: graph.NodeRef{Kind: consent, External: graph.External{ID: id}}, To: graph.NodeRef{Kind: r.catalog.MustKind("Customer"), ID: r.ids[who]}}}})
	require.NoError(t, err)
}

// mapped loads rows of consents as a source does, and gives those that were rejected.
func (r *refusers) mapped(t *testing.T, source, authority, mapping, rows string) string {
	m, err := ingest.Parse([]byte("source: "+source+"\nmissing: [\"-\"]\nfiles: [{file: rows.csv, "+mapping+"}]"), r.catalog)
	require.NoError(t, err)
	file, rejects := filepath.Join(t.TempDir(), "rows.csv"), filepath.Join(t.TempDir(), "rejects.csv")
	require.NoError(t, os.WriteFile(file, []byte(rows), 0o600))
	to, err := os.Create(rejects)
	require.NoError(t, err)
	defer to.Close()
	_, err = ingest.Run(t.Context(), r.store, m, []string{file}, ingest.Options{Rejects: func(string) (io.Writer, error) { return to, nil }, Authority: authority})
	require.NoError(t, err)
	text, err := os.ReadFile(rejects)
	require.NoError(t, err)
	return string(text)
}

const (
	wholeRows = `nodes: [{kind: Consent, id: id, set: {status: status, purpose: purpose, channel: channel, at: at, proof: proof}}], edges: [{type: GIVEN_BY, from: {kind: Consent, id: id, source: crm}, to: {kind: Customer, id: who, source: crm}}]`
	newRows   = `nodes: [{kind: Consent, id: id, set: {status: status, purpose: purpose, channel: channel, at: at, proof: proof}}], edges: [{type: GIVEN_BY, from: {kind: Consent, id: id}, to: {kind: Customer, id: who, source: crm}}]`
	edgesOnly = `edges: [{type: GIVEN_BY, from: {kind: Consent, id: id, source: crm}, to: {kind: Customer, id: who, source: crm}}]`
	header    = "id,who,status,purpose,channel,at,proof\n"
)

// lifts are ways by which whoever may write would take back what somebody has refused. %[1]s: her id.
var lifts = []struct {
	name     string
	who      string
	purpose  graph.Purpose
	mutation string   // sent for the purpose
	says     string   // that is answered
	rows     []string // or loaded: the source, its mapping, the rows, and what is said of one that is rejected
}{
	{name: "a seller records a consent to what she objects to", who: "ada", purpose: graph.Sales,
		mutation: `recordConsent(input: {key: "1", customer: "%[1]s", purpose: SALES})`, says: `"code":"FORBIDDEN","field":"input.customer"`},
	{name: "with what is said to prove it", who: "ada", purpose: graph.Sales,
		mutation: `recordConsent(input: {key: "2", customer: "%[1]s", purpose: SALES, proof: "she said so", source: "call"})`, says: "FORBIDDEN"},
	{name: "later than she objected", who: "ada", purpose: graph.Sales,
		mutation: `recordConsent(input: {key: "3", customer: "%[1]s", purpose: SALES, at: "2026-11-23T12:00:00Z"})`, says: "FORBIDDEN"},
	{name: "for one channel", who: "ada", purpose: graph.Sales,
		mutation: `recordConsent(input: {key: "4", customer: "%[1]s", purpose: SALES, channel: PHONE})`, says: "FORBIDDEN"},
	{name: "from another department", who: "ada", purpose: graph.Service,
		mutation: `recordConsent(input: {key: "5", customer: "%[1]s", purpose: SALES})`, says: "FORBIDDEN"},
	{name: "a marketer records a consent by the channel that he took back", who: "bob", purpose: graph.Marketing,
		mutation: `recordConsent(input: {key: "6", customer: "%[1]s", purpose: MARKETING, channel: EMAIL})`, says: "FORBIDDEN"},
	{name: "or by another", who: "bob", purpose: graph.Marketing,
		mutation: `recordConsent(input: {key: "7", customer: "%[1]s", purpose: MARKETING, channel: PHONE})`, says: "FORBIDDEN"},
	{name: "or by all", who: "bob", purpose: graph.Marketing,
		mutation: `recordConsent(input: {key: "8", customer: "%[1]s", purpose: MARKETING})`, says: "FORBIDDEN"},
	{name: "a list that nobody vouches for has her consent", who: "ada",
		rows: []string{"crm", wholeRows, header + "new,ada,GRANTED,SALES,-,2026-01-01T00:00:00Z,a list\n", ""}},
	{name: "so has another", who: "ada",
		rows: []string{"fair", newRows, header + "1,ada,GRANTED,SALES,EMAIL,2026-01-01T00:00:00Z,a list\n", ""}},
	{name: "or that he consents to another channel", who: "bob",
		rows: []string{"fair", newRows, header + "1,bob,GRANTED,MARKETING,PHONE,2026-01-01T00:00:00Z,a list\n", ""}},
	{name: "her objection is written over by a row of its id", who: "ada",
		rows: []string{"crm", wholeRows, header + "ada's no,ada,GRANTED,SALES,-,2026-01-01T00:00:00Z,a list\n", "Consent.status must stay: what was refused (OBJECTED) is not said otherwise"}},
	{name: "it is dated before a consent", who: "ada",
		rows: []string{"crm", wholeRows, header + "ada's no,ada,OBJECTED,SALES,-,2001-01-01T00:00:00Z,a list\n", "Consent.at must stay: what was refused"}},
	{name: "it is made one to another purpose", who: "ada",
		rows: []string{"crm", wholeRows, header + "ada's no,ada,OBJECTED,ANALYSIS,-,2026-01-01T00:00:00Z,a list\n", "Consent.purpose must stay: what was refused"}},
	{name: "his withdrawal is made one of another channel", who: "bob",
		rows: []string{"crm", wholeRows, header + "bob's no,bob,WITHDRAWN,MARKETING,PHONE,2026-01-01T00:00:00Z,a list\n", "Consent.channel must stay: what was refused"}},
	{name: "her objection becomes somebody else's", who: "ada",
		rows: []string{"crm", edgesOnly, "id,who\nada's no,dan\n", "GIVEN_BY: what was said (OBJECTED) stays hers who said it"}},
	{name: "also where another source says so", who: "ada",
		rows: []string{"fair", edgesOnly, "id,who\nada's no,dan\n", "GIVEN_BY: what was said (OBJECTED) stays hers who said it"}},
	{name: "a list has that she is restricted no longer", who: "cleo",
		rows: []string{"fair", newRows, header + "1,cleo,UNRESTRICTED,-,-,2026-01-01T00:00:00Z,a list\n", ""}},
	{name: "her restriction is written over", who: "cleo",
		rows: []string{"crm", wholeRows, header + "cleo's no,cleo,UNRESTRICTED,-,-,2026-01-01T00:00:00Z,a list\n", "Consent.status must stay: what was refused (RESTRICTED)"}},
}

// lift carries out an attack, and reports whether she may be seen then, and what was said.
func (r *refusers) lift(t *testing.T, n int) (lifted bool, said string) {
	a := lifts[n]
	sees := map[string]graph.Purpose{"ada": graph.Sales, "bob": graph.Marketing, "cleo": graph.Service}[a.who]
	require.NotContains(t, r.customers(t, sees), a.who)
	if a.mutation != "" {
		answer, err := r.bytes(a.purpose, fmt.Sprintf("mutation { said: "+a.mutation+" { consent { consentStatus } customer { name email } userErrors { code field } } }", r.ids[a.who]))
		require.NoError(t, err)
		if a.purpose == sees {
			assert.NotContains(t, string(answer), a.who+"@", "the answer shows no more than one before")
		}
		said = string(answer)
	} else {
		said = r.mapped(t, a.rows[0], "", a.rows[1], a.rows[2])
	}
	return slices.Contains(r.customers(t, sees), a.who), said
}

func TestWhoMayWriteTakesBackNothingThatWasRefused(t *testing.T) {
	for n, a := range lifts {
		t.Run(a.name, func(t *testing.T) {
			on := func(t *testing.T, test func(t *testing.T, p *program)) { test(t, onSQLite(t)) }
			if n%6 == 0 { // the rule is before the stores, and the contract suite has it on both
				on = onBothStores
			}
			on(t, func(t *testing.T, p *program) {
				lifted, said := refusing(t, p).lift(t, n)
				assert.False(t, lifted)
				want := a.says
				if a.rows != nil {
					want = a.rows[3]
				}
				assert.Contains(t, said, want)
			})
		})
	}
}

func TestWhatWasRefusedIsTakenBackWhereTheRuleIsBroken(t *testing.T) {
	for n, a := range lifts {
		t.Run(a.name, func(t *testing.T) {
			p := start(t, func(p *program) (graph.Store, error) {
				s, err := inFile(t)(p)
				return credulous{s, p.catalog}, err
			})
			lifted, _ := refusing(t, p).lift(t, n)
			assert.True(t, lifted)
		})
	}
}

// credulous takes whoever writes for the person herself, and forgets what it has kept where something else comes in its place.
type credulous struct {
	graph.Store
	catalog *graph.Catalog
}

func (s credulous) Write(ctx context.Context, b *graph.Batch) (*graph.Report, error) {
	forget := graph.Batch{Source: b.Source}
	for _, l := range b.Edges {
		if l.From.Kind.Name != graph.ConsentKind {
			continue
		}
		e := graph.External{Source: cmp.Or(l.From.External.Source, b.Source), ID: l.From.External.ID}
		by := l.From.Kind.Edge("givenBy")
		givers := &graph.List{Key: "by", Edge: by, Rows: true, Nodes: []*graph.Selection{{Kind: by.Target()}}}
		kept, err := s.Read(ctx, &graph.Fetch{Lists: []*graph.List{{Key: "kept", External: []graph.External{e}, Rows: true, Nodes: []*graph.Selection{{Kind: l.From.Kind, Lists: []*graph.List{givers}}}}}})
		switch {
		case err != nil:
			return nil, err
		case len(kept.Lists[0].Rows) == 0:
		case slices.ContainsFunc(b.Nodes, func(n graph.Upsert) bool { return n.Kind == l.From.Kind && n.ID == e.ID }):
			forget.Remove = append(forget.Remove, graph.Removal{Kind: l.From.Kind, ID: kept.Lists[0].Rows[0].ID})
		default:
			row := kept.Lists[0].Rows[0]
			forget.Remove = append(forget.Remove, graph.Removal{Rel: l.Rel, ID: row.ID + "|" + row.Lists[0].Rows[0].ID})
		}
	}
	if len(forget.Remove) > 0 {
		if _, err := s.Store.Write(ctx, &forget); err != nil {
			return nil, err
		}
	}
	as := *b
	as.Authority = graph.BySubject
	return s.Store.Write(ctx, &as)
}

func TestWhatWasRefusedIsTakenBackByHerAnOfficerAndASourceThatThePolicyNames(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		r := refusing(t, p)
		sells := func(t *testing.T, who string) bool { return slices.Contains(p.customers(t, graph.Sales), who) }
		objects := func(t *testing.T, key string) {
			t.Helper()
			require.Empty(t, p.speak(t, "recordObjection", fmt.Sprintf("key: %q, customer: %q, purpose: SALES, at: %q", key, r.ids["ada"], key)).UserErrors)
			require.False(t, sells(t, "ada"))
		}
		behind := func(t *testing.T, consent string) string {
			t.Helper()
			var got struct {
				Consent struct{ Actor, Authority string }
			}
			p.data(t, `query($id: ID!) { consent(id: $id) { actor authority } }`, map[string]any{"id": consent}, &got)
			return got.Consent.Authority
		}
		ada := fmt.Sprintf("customer: %q, purpose: SALES, ", r.ids["ada"])
		t.Run("by an officer with a proof", func(t *testing.T) {
			for _, proof := range []string{"", `, proof: " "`} {
				a := p.speak(t, "recordConsent", ada+`key: "no proof`+fmt.Sprint(len(proof))+`"`+proof)
				require.Len(t, a.UserErrors, 1)
				assert.Equal(t, "FORBIDDEN", a.UserErrors[0].Code)
			}
			a := p.speak(t, "recordConsent", ada+`key: "proof", proof: "letter 4", at: "2024-01-01T00:00:00Z"`)
			require.Empty(t, a.UserErrors)
			assert.True(t, sells(t, "ada"))
			assert.Equal(t, graph.ByOfficer, behind(t, a.Consent.ID))
		})
		t.Run("by herself", func(t *testing.T) {
			objects(t, "2024-02-01T00:00:00Z")
			p.customer = r.ids["ada"]
			answer, err := p.bytes(graph.Self, `mutation { recordConsent(input: {key: "1", `+ada+`at: "2024-03-01T00:00:00Z"}) { consent { authority actor } customer { name } userErrors { code } } }`)
			require.NoError(t, err)
			assert.Contains(t, string(answer), `{"consent":{"authority":"SUBJECT","actor":null},"customer":{"name":"ada"},"userErrors":[]}`)
			assert.True(t, sells(t, "ada"))
		})
		t.Run("by a source that the policy names, with a proof", func(t *testing.T) {
			objects(t, "2024-04-01T00:00:00Z")
			rules, err := policy.Parse(bytes.Replace(policy.Standard(), []byte("consentSources: []"), []byte("consentSources: [form]"), 1))
			require.NoError(t, err)
			row := header + "1,ada,GRANTED,SALES,-,2024-05-01T00:00:00Z,"
			assert.Empty(t, r.mapped(t, "list", rules.AuthorityOf("list"), newRows, row+"form 1\n"))
			assert.False(t, sells(t, "ada"), "another source")
			assert.Empty(t, r.mapped(t, "form", rules.AuthorityOf("form"), newRows, row+"-\n"))
			assert.False(t, sells(t, "ada"), "no proof")
			assert.Empty(t, r.mapped(t, "form", rules.AuthorityOf("form"), newRows, row+"form 1\n"))
			assert.True(t, sells(t, "ada"))
		})
		t.Run("a restriction by an officer, with a proof", func(t *testing.T) {
			cleo := fmt.Sprintf("customer: %q, restricted: false, ", r.ids["cleo"])
			a := p.speak(t, "restrictProcessing", cleo+`key: "1", proof: " "`)
			require.Len(t, a.UserErrors, 1)
			assert.Equal(t, "INVALID input.proof", a.UserErrors[0].Code+" "+a.UserErrors[0].Field)
			assert.False(t, sells(t, "cleo"))
			require.Empty(t, p.speak(t, "restrictProcessing", cleo+`key: "2", proof: "letter 5"`).UserErrors)
			assert.True(t, sells(t, "cleo"))
		})
		t.Run("and by no seller", func(t *testing.T) {
			answer, err := p.bytes(graph.Sales, fmt.Sprintf(`mutation { restrictProcessing(input: {key: "3", customer: %q, restricted: false, proof: "p"}) { userErrors { code } } }`, r.ids["cleo"]))
			require.NoError(t, err)
			assert.Contains(t, string(answer), "PURPOSE_DENIED")
		})
	})
}

// TestWhatSheSaysShowsNothingMoreInTheSameAnswer has a marketer keep somebody's first consent, and look at her in the answer.
func TestWhatSheSaysShowsNothingMoreInTheSameAnswer(t *testing.T) {
	const shown = `{ id name email interactions { totalCount } employments { edges { node { name } } } withheld { field reason } }`
	for _, c := range []struct{ name, old, new, giver string }{
		{"where nothing of her was seen before", "", "", "null"},
		{"where some of it was", "IDENTITY:     {SERVICE: contract-or-interest, SALES: interest, MARKETING: consent", "IDENTITY:     {SERVICE: contract-or-interest, SALES: interest, MARKETING: interest", `{"name":"dan","email":null}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			onBothStores(t, func(t *testing.T, p *program) {
				rules, err := policy.Parse(bytes.Replace(policy.Standard(), []byte(c.old), []byte(c.new), 1))
				require.NoError(t, err)
				p.serve(t, resolvers.Options{Policy: func() *policy.Policy { return rules }}, "")
				dan := refusing(t, p).ids["dan"]
				customer := func(query string) (node string, extensions []withheldEntry) {
					t.Helper()
					answer, err := p.bytes(graph.Marketing, query)
					require.NoError(t, err)
					var a struct {
						Data struct {
							Customer json.RawMessage
							Said     struct {
								Customer json.RawMessage
								Consent  struct{ GivenBy json.RawMessage }
							}
						}
						Extensions struct{ Withheld []withheldEntry }
						Errors     []any
					}
					require.NoError(t, json.Unmarshal(answer, &a), "%s", answer)
					require.Empty(t, a.Errors, "%s", answer)
					if a.Data.Customer != nil {
						return string(a.Data.Customer), a.Extensions.Withheld
					}
					assert.Equal(t, c.giver, string(a.Data.Said.Consent.GivenBy))
					return string(a.Data.Said.Customer), a.Extensions.Withheld
				}
				asked := fmt.Sprintf(`{ customer(id: %q) %s }`, dan, shown)
				before, whyBefore := customer(asked)
				require.NotContains(t, before, "dan@")
				then, whyThen := customer(fmt.Sprintf(`mutation { said: recordConsent(input: {key: "1", customer: %q, purpose: MARKETING}) { customer %s consent { consentStatus givenBy { name email } } userErrors { code } } }`, dan, shown))
				assert.Equal(t, before, then)
				for _, w := range whyBefore {
					assert.Contains(t, whyThen, withheldEntry{append([]any{"said"}, w.Path...), w.Reason}, "for the same reasons")
				}
				after, _ := customer(asked)
				assert.Contains(t, after, "dan@", "it is in force for the next request")
			})
		})
	}
}

type withheldEntry struct {
	Path   []any
	Reason string
}

// TestWhoMayNotSeeWhatSheSaidIsNotToldThatSheRefused asks under a policy that withholds consents from sellers.
func TestWhoMayNotSeeWhatSheSaidIsNotToldThatSheRefused(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		rules, err := policy.Parse(bytes.Replace(policy.Standard(), []byte("CONSENT:      {SERVICE: legal,                SALES: legal"), []byte("CONSENT:      {SERVICE: legal,                SALES: deny"), 1))
		require.NoError(t, err)
		p.serve(t, resolvers.Options{Policy: func() *policy.Policy { return rules }}, "")
		ids := refusing(t, p).ids
		answers := map[string]bool{}
		for _, who := range []string{"ada", "dan"} {
			answer, err := p.bytes(graph.Sales, fmt.Sprintf(`mutation { recordConsent(input: {key: "1", customer: %q, purpose: SALES}) { userErrors { code field message } } }`, ids[who]))
			require.NoError(t, err)
			assert.Contains(t, string(answer), `"code":"PURPOSE_DENIED","field":"input"`)
			answers[string(answer)] = true
		}
		assert.Len(t, answers, 1, "who has refused, and who has not, are answered alike")
		answer, err := p.bytes(graph.Sales, fmt.Sprintf(`mutation { recordObjection(input: {key: "2", customer: %q, purpose: SALES}) { userErrors { code } } }`, ids["dan"]))
		require.NoError(t, err)
		assert.Contains(t, string(answer), `"userErrors":[]`)
		assert.NotContains(t, p.customers(t, graph.Sales), "dan")
	})
}
