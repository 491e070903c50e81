package e2e

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// told is a page of what changed.
type told struct {
	Entries []struct {
		Event, ID, Type, Change string
		Fields                  []string
		At                      string
	}
	EndCursor   string
	HasNextPage bool
}

const changesQuery = `query($after: String, $kinds: [String!], $first: Int) {
	changes(after: $after, kinds: $kinds, first: $first) { entries { event id type change fields at } endCursor hasNextPage } }`

// page asks for what changed.
func (p *program) page(t testing.TB, purpose graph.Purpose, variables map[string]any) told {
	t.Helper()
	answer, err := p.sent(purpose, changesQuery, variables)
	require.NoError(t, err)
	var got struct {
		Data   struct{ Changes *told }
		Errors []any
	}
	require.NoError(t, json.Unmarshal(answer, &got))
	require.Empty(t, got.Errors)
	require.NotNil(t, got.Data.Changes)
	return *got.Data.Changes
}

// from is a cursor behind all that there is now.
func (p *program) from(t testing.TB, purpose graph.Purpose) string {
	t.Helper()
	page := p.page(t, purpose, nil)
	assert.Empty(t, page.Entries)
	assert.False(t, page.HasNextPage)
	return page.EndCursor
}

// follow are all changes behind a cursor, in words, and the cursor behind them.
func (v *victims) follow(t testing.TB, purpose graph.Purpose, after string, kinds ...string) ([]string, string) {
	t.Helper()
	names := map[string]string{}
	for name, id := range v.ids {
		names[id] = name
	}
	var out []string
	for more := true; more; {
		variables := map[string]any{"after": after, "first": 1}
		if kinds != nil {
			variables["kinds"] = kinds
		}
		page := v.page(t, purpose, variables)
		for _, e := range page.Entries {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", strings.ToLower(e.Change), names[e.ID], strings.Join(e.Fields, " "))))
		}
		after, more = page.EndCursor, page.HasNextPage
	}
	slices.Sort(out)
	return out, after
}

func TestChangesAreToldAsThePurposeSeesThem(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := &victims{program: p}
		v.write(t, v.settled())
		followed := map[graph.Purpose]string{}
		purposes := []graph.Purpose{graph.Sales, graph.Service, graph.Marketing, graph.Compliance}
		for _, purpose := range purposes {
			followed[purpose] = p.from(t, purpose)
		}
		wrote := func(t *testing.T, b *graph.Batch, want map[graph.Purpose][]string) {
			t.Helper()
			b.Source = "crm"
			v.write(t, b)
			for _, purpose := range purposes {
				got, after := v.follow(t, purpose, followed[purpose])
				assert.Equal(t, want[purpose], got, "%s", purpose)
				followed[purpose] = after
			}
		}
		t.Run("a value is told by the name of its field, where it may be seen", func(t *testing.T) {
			wrote(t, &graph.Batch{Nodes: []graph.Upsert{v.node("Customer", "ada", graph.Values{"birthYear": int64(1960), "email": "ada@kith.example"})}}, map[graph.Purpose][]string{
				graph.Sales: {"changed ada email"}, graph.Service: {"changed ada email"}, graph.Compliance: {"changed ada birthYear email updatedAt"},
			})
		})
		t.Run("who may not be seen is silent", func(t *testing.T) {
			wrote(t, &graph.Batch{Nodes: []graph.Upsert{v.node("Customer", "bob", graph.Values{"email": "bob@kith.example"})}}, map[graph.Purpose][]string{
				graph.Compliance: {"changed bob email updatedAt"},
			})
		})
		t.Run("what is nobody's is told for every purpose", func(t *testing.T) {
			all := []string{"changed acme name updatedAt"} // which marks what is the employees', too
			wrote(t, &graph.Batch{Nodes: []graph.Upsert{v.node("Account", "acme", graph.Values{"name": "Acme & Co"})}}, map[graph.Purpose][]string{
				graph.Sales: all, graph.Service: all, graph.Marketing: {"changed acme name"}, graph.Compliance: all,
			})
		})
		t.Run("a relationship is told of both its ends, where both may be seen", func(t *testing.T) {
			b := &graph.Batch{Nodes: []graph.Upsert{v.node("Interaction", "chat", graph.Values{"kind": "CALL", "at": int64(graph.At(now))})}, Edges: []graph.Link{
				v.link("PARTICIPANT", "Interaction", "chat", "Customer", "dan"), v.link("PARTICIPANT", "Interaction", "chat", "Customer", "bob"), v.link("WORKS_AT", "Customer", "dan", "Account", "acme"),
			}}
			wrote(t, b, map[graph.Purpose][]string{
				graph.Sales:      {"changed acme people", "changed dan employments interactions", "created chat"},
				graph.Service:    {"changed acme people", "changed dan employments interactions updatedAt", "created chat"},
				graph.Compliance: {"changed acme people", "changed bob interactions known", "changed dan employments interactions known updatedAt", "created chat"},
			})
		})
		t.Run("what is only about who may not be seen is silent", func(t *testing.T) {
			b := &graph.Batch{Nodes: []graph.Upsert{v.node("Interaction", "secret", graph.Values{"kind": "CALL"})}, Edges: []graph.Link{v.link("PARTICIPANT", "Interaction", "secret", "Customer", "bob")}}
			wrote(t, b, map[graph.Purpose][]string{graph.Compliance: {"changed bob interactions", "created secret"}})
		})
		t.Run("that something is gone is told to whom it might be told of before", func(t *testing.T) {
			for name, want := range map[string]map[graph.Purpose][]string{
				"secret": {graph.Compliance: {"changed bob interactions", "removed secret"}},
				"chat": {graph.Sales: {"changed dan interactions", "removed chat"}, graph.Service: {"changed dan interactions", "removed chat"},
					graph.Compliance: {"changed bob interactions known", "changed dan interactions known", "removed chat"}},
				"zenith": {graph.Sales: {"removed zenith"}, graph.Service: {"removed zenith"}, graph.Marketing: {"removed zenith"}, graph.Compliance: {"changed bob employments", "removed zenith"}},
			} {
				wrote(t, &graph.Batch{Remove: []graph.Removal{{Kind: p.catalog.KindOf(v.ids[name]), ID: v.ids[name]}}}, want)
			}
		})
		t.Run("who says that she is not to be seen is told of, so that who keeps something of her gives it up", func(t *testing.T) {
			b := &graph.Batch{Nodes: []graph.Upsert{v.node(graph.ConsentKind, "no", graph.Values{graph.ConsentAt: int64(graph.At(now)), graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected})},
				Edges: []graph.Link{v.link("GIVEN_BY", graph.ConsentKind, "no", "Customer", "dan")}}
			wrote(t, b, map[graph.Purpose][]string{
				graph.Sales: {"changed dan withheld", "created no"}, graph.Service: {"changed dan consents", "created no"}, graph.Marketing: {"created no"},
				graph.Compliance: {"changed dan consents", "created no"},
			})
			wrote(t, &graph.Batch{Nodes: []graph.Upsert{v.node("Customer", "dan", graph.Values{"email": "dan@kith.example"})}}, map[graph.Purpose][]string{
				graph.Service: {"changed dan email updatedAt"}, graph.Compliance: {"changed dan email updatedAt"},
			})
		})
		t.Run("a key that a node gets later is told as externals, where keys may be seen", func(t *testing.T) {
			also := func(kind, name string) graph.Upsert {
				n := v.node(kind, name, nil)
				n.Also = []graph.External{{Source: "shop", ID: name}}
				return n
			}
			all := []string{"changed acme externals updatedAt", "changed ada externals"}
			wrote(t, &graph.Batch{Nodes: []graph.Upsert{also("Customer", "ada"), also("Customer", "bob"), also("Account", "acme")}}, map[graph.Purpose][]string{
				graph.Sales: all, graph.Service: all, graph.Marketing: {"changed acme externals"}, graph.Compliance: {"changed acme externals updatedAt", "changed ada externals updatedAt", "changed bob externals updatedAt"},
			})
		})
		t.Run("kinds are chosen", func(t *testing.T) {
			after := p.from(t, graph.Compliance)
			v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Account", "new", graph.Values{"name": "New"})}, Edges: []graph.Link{v.link("WORKS_AT", "Customer", "cleo", "Account", "new")}})
			got, _ := v.follow(t, graph.Compliance, after, "Account")
			assert.Equal(t, []string{"created new"}, got)
			got, _ = v.follow(t, graph.Compliance, after, "Customer", "Deal")
			assert.Equal(t, []string{"changed cleo employments updatedAt"}, got)
		})
		t.Run("a person who was erased is told of once more", func(t *testing.T) {
			after := map[graph.Purpose]string{}
			for _, purpose := range purposes {
				after[purpose] = p.from(t, purpose)
			}
			v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Customer", "cleo", graph.Values{"email": "cleo@kith.example"})}})
			_, err := p.store.Write(t.Context(), &graph.Batch{Source: "kith.rights", Erase: []graph.Erasure{{Person: v.ids["cleo"]}}})
			require.NoError(t, err)
			got, _ := v.follow(t, graph.Sales, after[graph.Sales])
			assert.Contains(t, got, "removed call")
			assert.True(t, slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "changed cleo") && strings.Contains(s, "withheld") }), got)
		})
	})
}

func TestChangesAreNotToldToEverybody(t *testing.T) {
	p := onSQLite(t)
	v := &victims{program: p}
	v.write(t, v.settled())
	p.customer = v.ids["ada"]
	cursor := p.from(t, graph.Sales)
	for _, c := range []struct {
		name    string
		purpose graph.Purpose
		ask     string
		code    string
		says    string
	}{
		{"about groups nobody follows single nodes", graph.Analysis, `changes { endCursor }`, "PURPOSE_DENIED", "changes are not told for the purpose ANALYSIS"},
		{"nor does a customer, who has no role", graph.Self, `changes { endCursor }`, "FORBIDDEN", "this takes the role sync"},
		{"a cursor is of one purpose", graph.Service, fmt.Sprintf(`changes(after: %q) { endCursor }`, cursor), "BAD_USER_INPUT", "changes.after: this is not a cursor of changes for the purpose SERVICE"},
		{"and is not made by anybody else", graph.Sales, `changes(after: "AAAA") { endCursor }`, "BAD_USER_INPUT", "changes.after: this is not a cursor"},
		{"types are those there are", graph.Sales, `changes(kinds: ["Customer", "customer"]) { endCursor }`, "BAD_USER_INPUT", `changes.kinds[1]: there is no type of nodes "customer"`},
		{"none is nothing", graph.Sales, `changes(kinds: []) { endCursor }`, "BAD_USER_INPUT", "changes: kinds is empty"},
		{"a page has a size", graph.Sales, `changes(first: 201) { endCursor }`, "BAD_USER_INPUT", "changes: first is from 1 to 200, not 201"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer, err := p.bytes(c.purpose, "{ "+c.ask+" }")
			require.NoError(t, err)
			assert.Contains(t, string(answer), `"code":"`+c.code+`"`)
			assert.Contains(t, strings.ReplaceAll(string(answer), `\"`, `"`), c.says)
		})
	}
	t.Run("who fell behind is told so, and goes on from a new cursor", func(t *testing.T) {
		v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Account", "acme", graph.Values{"name": "Acme 2"})}})
		require.NoError(t, p.store.Trim(t.Context(), graph.At(now)+1))
		answer, err := p.bytes(graph.Sales, fmt.Sprintf(`{ changes(after: %q) { endCursor } }`, cursor))
		require.NoError(t, err)
		assert.Contains(t, string(answer), `"code":"CURSOR_EXPIRED"`)
		assert.NotRegexp(t, regexp.MustCompile(`behind \d`), string(answer))
		got, _ := v.follow(t, graph.Sales, p.from(t, graph.Sales))
		assert.Empty(t, got)
	})
}

// TestSilentChangesLeaveNoTrace asks for what changed before and after what may not be seen has, in two worlds.
func TestSilentChangesLeaveNoTrace(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := &victims{program: p}
		v.write(t, v.settled())
		v.ids["coming"] = fmt.Sprintf("int_%08d", p.ids+1)
		cursors := map[graph.Purpose]string{}
		cursors[graph.Service] = p.from(t, graph.Service)
		started := cursors[graph.Service]
		ask := func(purpose graph.Purpose) (string, string) {
			answer, err := p.sent(purpose, changesQuery, map[string]any{"after": cursors[purpose]})
			require.NoError(t, err)
			cursor := regexp.MustCompile(`"endCursor":"([^"]+)"`).FindStringSubmatch(string(answer))
			require.Len(t, cursor, 2)
			return strings.ReplaceAll(string(answer), cursor[1], strings.Repeat("x", len(cursor[1]))), cursor[1]
		}
		before, first := ask(graph.Service)
		again, second := ask(graph.Service)
		assert.Equal(t, before, again)
		assert.NotEqual(t, first, second, "that nothing has changed cannot be seen by a cursor")
		all := p.from(t, graph.Compliance)
		v.write(t, v.upset())
		after, behind := ask(graph.Service)
		assert.Equal(t, before, after)
		got, _ := v.follow(t, graph.Compliance, all)
		assert.Greater(t, len(got), 10, "though there is much")
		require.NoError(t, p.store.Trim(t.Context(), graph.At(now)+1))
		assert.Empty(t, p.page(t, graph.Service, map[string]any{"after": behind}).Entries, "the cursor has gone on behind what was silent")
		answer, err := p.sent(graph.Service, changesQuery, map[string]any{"after": started})
		require.NoError(t, err)
		assert.Contains(t, string(answer), "CURSOR_EXPIRED")
	})
}
