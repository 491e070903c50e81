package clients

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
)

// absences are places of the demonstration world at which somebody is withheld from a campaign, one for each reason that there is for it; at
// which not all who were there permit that it is told what was said; at which somebody was erased; and at which a seat cannot be judged. It
// says of whom that conversation is, too.
func (e explorer) absences(t *testing.T) (views []view, of string) {
	t.Helper()
	withheld, among := e.withheldOf(t, "MARKETING"), e.amongOthers(t)
	for _, reason := range slices.Sorted(maps.Keys(withheld)) {
		views = append(views, view{Name: "withheld-" + strings.ToLower(reason), Hash: "#/customers/" + withheld[reason], Purpose: "MARKETING"})
	}
	all := e.everybody(t)
	erased := all[slices.IndexFunc(all, func(id string) bool {
		return !slices.Contains(slices.Collect(maps.Values(withheld)), id) && id != among
	})]
	var done struct {
		EraseCustomer struct{ UserErrors []struct{ Message string } }
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "COMPLIANCE", `mutation($id: ID!) { eraseCustomer(input: {key: "erased", customer: $id}) { userErrors { message } } }`, map[string]any{"id": erased}), &done))
	require.Empty(t, done.EraseCustomer.UserErrors)
	return append(views,
		view{Name: "withheld-erased", Hash: "#/customers/" + erased, Purpose: "SERVICE"},
		view{Name: "withheld-not-permitted-by-all", Hash: "#/customers/" + among, Purpose: "SALES"},
		view{Name: "deal-cannot-be-judged", Hash: "#/deals/" + e.unjudged(t), Purpose: "SALES"}), among
}

// oneself looks at what a customer has of her own, with her own token: what others said with her is not hers. Nothing is asked there that she is refused.
func oneself(t *testing.T, customer string, others []string) map[string]string {
	t.Helper()
	o := auth.Options{Secret: []byte(strings.Repeat("a secret of a test ", 2)), Audience: "kith", Issuer: "kith"}
	verifier, err := auth.New(t.Context(), o)
	require.NoError(t, err)
	token := func(of string) string {
		signed, err := auth.Sign(o, auth.Caller{Subject: of, Purposes: []graph.Purpose{graph.Self}, Customer: of}, time.Hour)
		require.NoError(t, err)
		return signed
	}
	e := openExplorer(t, func(s *server.Options) { s.Auth = verifier })
	// Of somebody whom a hidden event reached, and who opened a case.
	one := slices.IndexFunc(others, func(one string) bool {
		return e.ownOf(t, token(one), "cases") != "" && e.ownOf(t, token(one), "hiddenEvents") != ""
	})
	require.GreaterOrEqual(t, one, 0)
	hers := token(others[one])
	views := []view{{Name: "withheld-out-of-scope", Hash: "#/customers/" + customer, Token: token(customer)}}
	for name, hash := range map[string]string{
		"home-self": "#/", "cases-self": "#/cases", "deals-self": "#/deals", "journeys-self": "#/journeys",
		"case-self": "#/cases/" + e.ownOf(t, hers, "cases"), "hidden-event-self": "#/hidden-events/" + e.ownOf(t, hers, "hiddenEvents"),
	} {
		views = append(views, view{Name: name, Hash: hash, Token: hers})
	}
	for i := range views {
		views[i].Purpose, views[i].Width, views[i].Height, views[i].Scheme = "SELF", 390, 844, "dark"
	}
	return e.look(t, views)
}

// ownOf is the id of the first node of a connection that the bearer of a token is told of, if there is one.
func (e explorer) ownOf(t *testing.T, token, connection string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, e.api, strings.NewReader(`{"query": "{ `+connection+`(first: 1) { nodes { id } } }"}`))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Kith-Purpose", "SELF")
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	var answer struct {
		Data map[string]struct{ Nodes []struct{ ID string } }
	}
	require.NoError(t, json.NewDecoder(res.Body).Decode(&answer))
	if nodes := answer.Data[connection].Nodes; len(nodes) > 0 {
		return nodes[0].ID
	}
	return ""
}

// TestWhereTooFewStandBehindItAnAnalystReadsWhy looks at parts of pages that are of too few people, which some nodes say of themselves, and of others the answer alone.
func TestWhereTooFewStandBehindItAnAnalystReadsWhy(t *testing.T) {
	e := readExplorer(t)
	const name = `{name: {eq: "Extension 2026: Line Monitor"}}`
	account, deal := e.idFor(t, "ANALYSIS", "accounts", `{deals: {some: `+name+`}}`), e.idFor(t, "ANALYSIS", "deals", name)
	var places []view
	for _, hash := range []string{"#/accounts/" + account + "?tab=people", "#/accounts/" + account + "?tab=timeline", "#/deals/" + deal + "?tab=map", "#/deals/" + deal} {
		places = append(places, view{Hash: hash, Purpose: "ANALYSIS"})
	}
	for hash, place := range e.read(t, places...) {
		assert.Contains(t, place.Told, "Analysis learns about groups: what fewer than five people stand behind, or are left out by, is hatched.", hash)
		assert.Contains(t, place.Told, "Too few people Fewer than five people stand behind this, or are left out by it, so it would speak of persons.", hash)
		assert.NotRegexp(t, `People\s+(As a list )?(As a picture )?not known|Left out: company data`, place.Told, hash)
	}
}

// allAbsences says that each reason for which something is withheld, each state of a seat, and that nothing is there, is in a picture.
func allAbsences(t *testing.T, absent map[string]string) {
	t.Helper()
	wanted := []string{"WITHHELD", "NOTHING"}
	for _, enum := range []string{"WithheldReason", "SeatState"} {
		for _, value := range graphtest.Schema(t).Types[enum].EnumValues {
			wanted = append(wanted, value.Name)
		}
	}
	for _, one := range wanted {
		assert.Contains(t, absent, one, "no picture shows it")
	}
}

// withheldOf finds, for each reason for which a purpose is not told who somebody is, one of whom that holds.
func (e explorer) withheldOf(t *testing.T, purpose string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for part := range slices.Chunk(e.everybody(t), 80) {
		var query strings.Builder
		for i, id := range part {
			fmt.Fprintf(&query, "c%03d: customer(id: %q) { id withheld { field reason } }\n", i, id)
		}
		var told map[string]*struct {
			ID       string
			Withheld []struct{ Field, Reason string }
		}
		require.NoError(t, json.Unmarshal(ask(t, e.api, purpose, "{ "+query.String()+" }", nil), &told))
		for _, name := range slices.Sorted(maps.Keys(told)) {
			if c := told[name]; c != nil {
				for _, w := range c.Withheld {
					if _, known := found[w.Reason]; w.Field == "name" && !known {
						found[w.Reason] = c.ID
					}
				}
			}
		}
	}
	return found
}

// everybody are the ids of all customers, by name, as an officer sees them.
func (e explorer) everybody(t *testing.T) (ids []string) {
	t.Helper()
	for after := any(nil); ; {
		var page struct {
			Customers struct {
				Nodes    []struct{ ID string }
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
		require.NoError(t, json.Unmarshal(ask(t, e.api, "COMPLIANCE", `query($after: String) { customers(first: 200, after: $after, orderBy: [{name: ASC}]) { nodes { id } pageInfo { hasNextPage endCursor } } }`, map[string]any{"after": after}), &page))
		for _, c := range page.Customers.Nodes {
			ids = append(ids, c.ID)
		}
		if !page.Customers.PageInfo.HasNextPage {
			return ids
		}
		after = page.Customers.PageInfo.EndCursor
	}
}

// amongOthers is who took part in the newest conversation of which not all permit that it is told.
func (e explorer) amongOthers(t *testing.T) string {
	t.Helper()
	var told struct {
		Interactions struct {
			Nodes []struct {
				Withheld     []struct{ Reason string }
				Participants struct {
					Edges []struct{ Node struct{ ID string } }
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SALES", `{ interactions(first: 200, orderBy: [{at: DESC}]) { nodes { withheld { reason } participants { edges { node { ... on Customer { id } } } } } } }`, nil), &told))
	for _, n := range told.Interactions.Nodes {
		for _, w := range n.Withheld {
			if w.Reason == "NOT_PERMITTED_BY_ALL" {
				for _, p := range n.Participants.Edges {
					if p.Node.ID != "" {
						return p.Node.ID
					}
				}
			}
		}
	}
	require.Fail(t, "all permit everything")
	return ""
}

// unjudged is a deal of whose committee too little is known to say of each seat whether it is missing.
func (e explorer) unjudged(t *testing.T) string {
	t.Helper()
	var told struct {
		Deals struct {
			Nodes []struct {
				ID        string
				Committee struct{ Seats []struct{ State string } }
			}
		}
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SALES", `{ deals(first: 60, orderBy: [{openedAt: DESC}]) { nodes { id committee { seats { state } } } } }`, nil), &told))
	for _, deal := range told.Deals.Nodes {
		for _, seat := range deal.Committee.Seats {
			if seat.State == "CANNOT_BE_JUDGED" {
				return deal.ID
			}
		}
	}
	require.Fail(t, "all can be judged")
	return ""
}
