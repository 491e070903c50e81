package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/resolvers"
)

func TestEachAnswerLeavesAReceiptOfWhatItTold(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		j, err := journal.Open(t.TempDir(), journal.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, j.Close()) })
		ids := p.persons(t, "Ann", "Bob")
		p.account(t)
		var mu sync.Mutex
		var last *journal.Receipt
		p.serve(t, resolvers.Options{Settle: j.Settle, Receipts: func(ctx context.Context, r *journal.Receipt) error {
			mu.Lock()
			last = r
			mu.Unlock()
			return j.Append(ctx, r)
		}}, "")
		go func() { _ = j.Move(context.Background(), journal.To(p.store, p.catalog)) }() // ends when j is closed
		for _, c := range []struct {
			name, query, subjects, population string
			purpose                           graph.Purpose
		}{
			{"of each person the kinds of data that were asked for, whether there are any or not", `query Who { customers(orderBy: [{name: ASC}]) { edges { node { name email journeyStage } } } }`, "Ann IDENTITY CONTACT PROFILE, Bob IDENTITY CONTACT PROFILE", "customers by name", graph.Sales},
			{"of a person what was asked of what is hers, though there is nothing", `{ customer(id: "ann") { orders { edges { node { total { amount } } } } employments { edges { properties { title } node { name } } } } }`, "Ann PROFILE FINANCIAL", "", graph.Sales},
			{"of a person the kinds that came of another's edges, too", `{ accounts { edges { node { name people { edges { properties { title } node { id } } } } } } }`, "Ann PROFILE", "accounts.people", graph.Sales},
			{"of a number whom it is about", `{ customers(filter: {email: {startsWith: "a"}}) { totalCount } }`, "", "customers(email startsWith #a) count", graph.Sales},
			{"of an aggregate, too", `{ customers { aggregate { count } } }`, "", "customers count", graph.Sales},
			{"of a change what it shows", `mutation Object { recordObjection(input: {customer: "ann", purpose: MARKETING, key: "1"}) { consent { consentStatus } customer { name } } }`, "Ann IDENTITY CONSENT", "consent(#*)", graph.Sales},
			{"of a change whom it names, though nothing is selected of her", `mutation Object { recordObjection(input: {customer: "ann", purpose: MARKETING, key: "2"}) { userErrors { code } } }`, "Ann IDENTITY", "", graph.Sales},
			{"of what happened where a person lives that it is about her", `{ hiddenEvents { edges { node { hiddenEventKind } } } }`, "Ann BEHAVIOUR", "hiddenEvents", graph.Service},
			{"of all whom it is about, though one of them is shown", `{ interactions { edges { node { kind participants(first: 1) { edges { node { __typename } } } } } } }`, "Ann BEHAVIOUR, Bob BEHAVIOUR", "interactions", graph.Compliance},
			{"of somebody whose data is withheld that she is there", `{ customer(id: "ann") { name } }`, "Ann IDENTITY", "", graph.Marketing},
		} {
			t.Run(c.name, func(t *testing.T) {
				mu.Lock()
				last = nil
				mu.Unlock()
				text, err := p.bytes(c.purpose, strings.ReplaceAll(c.query, `"ann"`, fmt.Sprintf("%q", ids[0])))
				require.NoError(t, err)
				require.NotContains(t, string(text), `"errors"`)
				mu.Lock()
				defer mu.Unlock()
				require.NotNil(t, last)
				var subjects []string
				for _, s := range last.Subjects {
					name := map[string]string{ids[0]: "Ann", ids[1]: "Bob"}[s.ID]
					for _, c := range s.Categories {
						name += " " + string(c)
					}
					subjects = append(subjects, name)
				}
				assert.Equal(t, c.subjects, strings.Join(subjects, ", "))
				assert.Regexp(t, marks(c.population), strings.Join(last.Population, "; "))
				assert.Equal(t, string(c.purpose), last.Purpose)
				assert.Equal(t, graph.At(now), last.At)
				assert.NotEmpty(t, last.Policy)
				assert.Len(t, last.Hash, 32)
			})
		}
		for _, c := range []struct{ name, query string }{
			{"companies leave none", `{ accounts { totalCount edges { node { name } } } }`},
			{"nor does the policy", `{ policy { version } }`},
			{"nor what is refused", `{ customers(filter: {birthYear: {gt: 1}}) { totalCount } }`},
		} {
			t.Run(c.name, func(t *testing.T) {
				mu.Lock()
				last = nil
				mu.Unlock()
				_, err := p.bytes(graph.Sales, c.query)
				require.NoError(t, err)
				mu.Lock()
				defer mu.Unlock()
				assert.Nil(t, last)
			})
		}
		t.Run("the customer is told, in pages and filtered", func(t *testing.T) {
			type page struct {
				Customer struct {
					Disclosures struct {
						TotalCount int
						PageInfo   struct {
							HasNextPage bool
							EndCursor   string
						}
						Edges []struct {
							Node struct {
								Purpose, Operation string
								Categories         []string
							}
						}
					}
				}
			}
			const query = `query($id: ID!, $after: String, $filter: DisclosureFilter) { customer(id: $id) { disclosures(first: 1, after: $after, filter: $filter, orderBy: [{at: ASC}]) {
				totalCount pageInfo { hasNextPage endCursor } edges { node { at categories purpose operation } } } } }`
			var one, two page
			sales := map[string]any{"purpose": map[string]any{"eq": "SALES"}}
			p.data(t, query, map[string]any{"id": ids[0], "filter": sales}, &one)
			assert.Equal(t, 5, one.Customer.Disclosures.TotalCount)
			require.Len(t, one.Customer.Disclosures.Edges, 1)
			assert.True(t, one.Customer.Disclosures.PageInfo.HasNextPage)
			p.data(t, query, map[string]any{"id": ids[0], "filter": sales, "after": one.Customer.Disclosures.PageInfo.EndCursor}, &two)
			require.Len(t, two.Customer.Disclosures.Edges, 1)
			assert.NotEqual(t, one.Customer.Disclosures.Edges, two.Customer.Disclosures.Edges)
			assert.Equal(t, 5, two.Customer.Disclosures.TotalCount)
		})
	})
}

func TestAnAnswerThatLeavesNoReceiptIsNotGiven(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		p.persons(t, "Ann")
		p.account(t)
		p.serve(t, resolvers.Options{Receipts: func(context.Context, *journal.Receipt) error {
			return &graph.Error{Code: graph.Unavailable, Message: "the record of this disclosure cannot be written", Err: errors.New("the disk is full")}
		}}, "")
		text, err := p.bytes(graph.Sales, `{ customers { edges { node { name } } } }`)
		require.NoError(t, err)
		assert.NotContains(t, string(text), "Ann")
		assert.NotContains(t, string(text), "disk")
		var a answer
		require.NoError(t, json.Unmarshal(text, &a))
		require.Len(t, a.Errors, 1)
		assert.Equal(t, "UNAVAILABLE", a.Errors[0].Extensions.Code)
		text, err = p.bytes(graph.Sales, `{ accounts { edges { node { name } } } }`)
		require.NoError(t, err)
		assert.Contains(t, string(text), "Acme", "what is not personal needs none")
	})
}

func TestAReceiptThatAStoreDoesNotTakeHoldsUpNoOther(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		ids := p.persons(t, "Ann", "Bob")
		dir := t.TempDir()
		j, err := journal.Open(dir, journal.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, j.Close()) })
		about := func(subject string, change func(*journal.Receipt)) *journal.Receipt {
			r := &journal.Receipt{At: graph.At(now), Actor: "ann", Roles: []string{"reader"}, Purpose: "SALES", Reference: "case",
				Subjects: []journal.Subject{{ID: subject, Categories: []graph.Category{graph.CategoryIdentity}}}}
			change(r)
			return r
		}
		refused := map[string]string{}
		for _, c := range []struct {
			reason string // empty: it is kept
			change func(*journal.Receipt)
		}{
			{"reference must be valid UTF-8", func(r *journal.Receipt) { r.Reference = "case \xff" }},
			{"", func(r *journal.Receipt) { r.Reference = "first" }},
			{"actor must not have a NUL character", func(r *journal.Receipt) { r.Actor = "ann\x00" }},
			{"operation must be valid UTF-8", func(r *journal.Receipt) { r.Operation = "\xc3\x28" }},
			{"roles must not have a NUL character", func(r *journal.Receipt) { r.Roles = []string{"a\x00"} }},
			{`purpose must be one of SERVICE, SALES, MARKETING, ANALYSIS, COMPLIANCE, SELF: "FUN"`, func(r *journal.Receipt) { r.Purpose = "FUN" }},
			{"at must be within the years 1 to 9999, and at midnight for a day: 9223372036854775807", func(r *journal.Receipt) { r.At = math.MaxInt64 }},
			{"", func(r *journal.Receipt) {
				r.Reference = "last"
				r.Subjects = append(r.Subjects, journal.Subject{ID: ids[1]}, journal.Subject{ID: "cus_gone"}, journal.Subject{ID: "of a kind that is gone"})
			}},
		} {
			r := about(ids[0], c.change)
			require.NoError(t, j.Append(t.Context(), r))
			if c.reason != "" {
				refused[r.ID] = c.reason
			}
		}
		p.serve(t, resolvers.Options{Settle: j.Settle}, "")
		go func() { _ = j.Move(context.Background(), journal.To(p.store, p.catalog)) }() // ends when j is closed
		for id, want := range map[string]string{ids[0]: `[{"node":{"reference":"first"}},{"node":{"reference":"last"}}]`, ids[1]: `[{"node":{"reference":"last"}}]`} {
			text, err := p.bytes(graph.Compliance, fmt.Sprintf(`{ customer(id: %q) { disclosures(orderBy: [{reference: ASC}]) { edges { node { reference } } } } }`, id))
			require.NoError(t, err)
			assert.Contains(t, string(text), `"edges":`+want)
		}
		aside, err := journal.Aside(dir)
		require.NoError(t, err)
		require.Len(t, aside, len(refused))
		for _, s := range aside {
			require.Contains(t, refused, s.Receipt.ID)
			assert.Contains(t, s.Reason, refused[s.Receipt.ID])
		}
	})
}

// values are those in a definition: #x stands for the mark of x, and #* for any.
var values = regexp.MustCompile(`#(\*|[\w:@.-]+)`)

// marks is the pattern of a definition.
func marks(definition string) string {
	text, at := "", 0
	for _, m := range values.FindAllStringIndex(definition, -1) {
		text += regexp.QuoteMeta(definition[at:m[0]])
		if at = m[1]; definition[m[0]:at] == "#*" {
			text += `#[\w-]{16}`
		} else {
			text += "#" + key.Marks("receipts")(definition[m[0]+1 : at])[:16]
		}
	}
	return "^" + text + regexp.QuoteMeta(definition[at:]) + "$"
}

// account writes a company where Ann works, her address, and what happened at her home.
func (p *program) account(t *testing.T) {
	t.Helper()
	ref := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
	}
	_, err := p.store.Write(t.Context(), &graph.Batch{Source: "test",
		Nodes: []graph.Upsert{
			{Kind: p.catalog.MustKind("Account"), ID: "Acme", Set: graph.Values{"name": "Acme"}},
			{Kind: p.catalog.MustKind("Customer"), ID: "Ann", Set: graph.Values{"email": "ann@acme.example"}},
			{Kind: p.catalog.MustKind("Location"), ID: "home"},
			{Kind: p.catalog.MustKind("Customer"), ID: "Bob"},
			{Kind: p.catalog.MustKind("Interaction"), ID: "meeting", Set: graph.Values{"kind": "MEETING"}},
			{Kind: p.catalog.MustKind("HiddenEvent"), ID: "burglary", Set: graph.Values{"kind": "OTHER"}},
		},
		Edges: []graph.Link{
			{Rel: p.catalog.Rel("WORKS_AT"), From: ref("Customer", "Ann"), To: ref("Account", "Acme"), Set: graph.Values{"title": "Buyer"}},
			{Rel: p.catalog.Rel("LOCATED_AT"), From: ref("Customer", "Ann"), To: ref("Location", "home")},
			{Rel: p.catalog.Rel("PARTICIPANT"), From: ref("Interaction", "meeting"), To: ref("Customer", "Ann")},
			{Rel: p.catalog.Rel("PARTICIPANT"), From: ref("Interaction", "meeting"), To: ref("Customer", "Bob")},
			{Rel: p.catalog.Rel("AFFECTS"), From: ref("HiddenEvent", "burglary"), To: ref("Location", "home")},
		},
	})
	require.NoError(t, err)
}
