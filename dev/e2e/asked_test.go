package e2e

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/resolvers"
)

// asksOfPersons are ways to learn something of persons, whether they are shown or not. %[1]s: Ann; %[2]s: Bob, who has objected to SALES;
// %[3]s: Acme, where Ann works; %[4]s: their meeting.
var asksOfPersons = []struct {
	name, query string
	subjects    string // with what was asked of each
	population  string
	others      string
}{
	{"a condition on what is no person", `{ accounts(filter: {people: {some: {email: {startsWith: "ann"}}}}) { totalCount } }`,
		"", "accounts(some people(email startsWith #ann)) count", "CONTACT PROFILE"},
	{"one that names a person", `{ accounts(filter: {people: {some: {id: {eq: "%[1]s"}, email: {startsWith: "p"}}}}) { totalCount } }`,
		"Ann CONTACT PROFILE", "accounts(some people((email startsWith #p and id eq #%[1]s))) count", "CONTACT PROFILE"},
	{"one that names several, of whom one is withheld and one is not there", `{ interactions(filter: {customers: {some: {id: {in: ["%[1]s", "%[2]s", "cus_none"]}}}}) { totalCount } }`,
		"Ann BEHAVIOUR, Bob BEHAVIOUR, cus_none BEHAVIOUR", "interactions(some customers(id in #%[1]s #%[2]s #cus_none)) count", "BEHAVIOUR"},
	{"one that denies", `{ accounts(filter: {not: {people: {some: {email: {startsWith: "x"}}}}}) { nodes { name } } }`,
		"", "accounts(not some people(email startsWith #x))", "CONTACT PROFILE"},
	{"one of all, or of none", `{ accounts(filter: {people: {every: {name: {eq: "Zoe"}}}}) { nodes { name } } }`,
		"", "accounts(every people(name eq #Zoe))", "IDENTITY PROFILE"},
	{"one on a relationship", `{ accounts(filter: {people: {edgeFilter: {title: {eq: "Boss"}}, some: {}}}) { nodes { name } } }`,
		"", "accounts(some people(edge.title eq #Boss))", "PROFILE"},
	{"an order", `{ accounts(orderBy: [{people: {filter: {phone: {isNull: false}}, count: DESC}}]) { nodes { name } } }`,
		"", "accounts by people(not phone isNull)", "CONTACT PROFILE"},
	{"how many there are", `{ accounts(filter: {people: {filter: {email: {startsWith: "ann"}}, count: {gte: 1}}}) { totalCount } }`,
		"", "accounts(count people(email startsWith #ann) gte #1) count", "CONTACT PROFILE"},
	{"how many there are of somebody", `{ interactions(filter: {customers: {filter: {id: {eq: "%[1]s"}}, count: {gte: 1}}}) { totalCount } }`,
		"Ann BEHAVIOUR", "interactions(count customers(id eq #%[1]s) gte #1) count", "BEHAVIOUR"},
	{"the newest", `{ accounts(filter: {people: {from: {latest: {isNull: true}}}}) { nodes { name } } }`,
		"", "accounts(latest people.from isNull)", "PROFILE"},
	{"an order by the newest", `{ accounts(orderBy: [{people: {from: {latest: DESC}}}]) { nodes { name } } }`,
		"", "accounts by latest people.from", "PROFILE"},
	{"a sum over an edge", `{ accounts { aggregate { people(filter: {name: {startsWith: "A"}}) { count } } } }`,
		"", "accounts count count over people(name startsWith #A)", "IDENTITY PROFILE"},
	{"groups", `{ feedbacks { groups(by: [GIVEN_BY]) { rows { count } } } }`, "", "feedbacks count by givenBy", "BEHAVIOUR"},
	{"an order of groups", `{ feedbacks { groups(by: [INSTRUMENT], orderBy: {measure: {field: "score", by: MEAN, direction: DESC}}) { rows { count } } } }`,
		"", "feedbacks count by instrument ordered by mean of score", "BEHAVIOUR SENTIMENT"},
	{"two fields that are compared", `{ cases(filter: {resolvedAt: {field: {lt: "openedAt"}}}) { totalCount } }`, "", "cases(resolvedAt lt openedAt) count", "BEHAVIOUR"},
	{"how long something takes", `{ cases { aggregate { duration(from: OPENED_AT, to: RESOLVED_AT) { mean } } } }`, "", "cases count openedAt until resolvedAt", "BEHAVIOUR"},
	{"groups by what is beyond an edge", `{ cases { groups(by: [PRODUCT_CATEGORY]) { rows { count } } } }`, "", "cases count by product.category", "BEHAVIOUR"},
	{"how many different ones", `{ accounts { aggregate { distinct(of: PEOPLE) } } }`, "", "accounts count count different over people", "PROFILE"},
	{"groups by how long something takes", `{ cases { groups(by: [DURATION], duration: {from: OPENED_AT, to: RESOLVED_AT}, buckets: [0, 60]) { rows { count } } } }`,
		"", "cases count by openedAt until resolvedAt from #0 #60000000", "BEHAVIOUR"},
	{"groups by ranges of amounts", `{ orders { groups(by: [TOTAL], buckets: [10], currency: "EUR") { rows { count } } } }`, "", "orders count by total from #100000 in EUR", "FINANCIAL"},
	{"groups by what has one of several", `{ orders { groups(by: [PLACED_BY_ACCOUNT_FIRMOGRAPHICS_INDUSTRY]) { rows { count } } } }`, "", "orders count by placedBy:Account.firmographics.industry", "FINANCIAL"},
	{"groups by the main one of several, with its name", `{ orders { groups(by: [PLACED_BY_ACCOUNT_OWNER]) { rows { key { placedBy { account { owner { displayName } } } } } } } }`,
		"", "orders count by placedBy:Account.owner.name,placedBy:Account.owner", "FINANCIAL WORKFORCE"},
	{"groups by a part of times", `{ feedbacks { groups(by: [AT, INSTRUMENT], unit: HOUR_OF_DAY, zone: "Europe/Oslo") { rows { count } } } }`,
		"", "feedbacks count by hour of day of at in Europe/Oslo,instrument", "BEHAVIOUR"},
	{"a number below what is no person", `{ account(id: "%[3]s") { people(filter: {name: {startsWith: "A"}}) { totalCount } } }`,
		"", "account(#%[3]s).people(name startsWith #A) count", "IDENTITY PROFILE"},
	{"a search", `{ search(text: "zoe", kinds: [CUSTOMER]) { node { id } } }`, "", "search in cus for #zoe", "IDENTITY CONTACT"},
	{"what nobody meets", `{ customers(filter: {name: {eq: "Zoe"}}) { nodes { email } } }`, "", "customers(name eq #Zoe)", "IDENTITY CONTACT"},
	{"somebody by her id", `{ customer(id: "%[1]s") { email } }`, "Ann CONTACT", "", ""},
	{"somebody who is not there", `{ customer(id: "cus_none") { email } }`, "cus_none CONTACT", "", ""},
	{"somebody by a source's row", `{ customer(external: {source: "test", id: "Ann"}) { email } }`, "Ann CONTACT", "", ""},
	{"somebody withheld by a source's row", `{ customer(external: {source: "test", id: "Bob"}) { email } }`, "test:Bob CONTACT", "", ""},
	{"nobody by a source's row", `{ customer(external: {source: "test", id: "Zoe"}) { email } }`, "test:Zoe CONTACT", "", ""},
	{"what is about somebody, by its id", `{ interaction(id: "%[4]s") { subject } }`, "Ann BEHAVIOUR", "interaction(#%[4]s)", "BEHAVIOUR CONTENT"},
	{"what is about nobody there, by its id", `{ node(id: "ord_none") { ... on Order { number total { amount } } } }`, "", "order(#ord_none)", "FINANCIAL"},
	{"others through somebody", `{ customer(id: "%[1]s") { reports(filter: {name: {eq: "Bob"}}) { totalCount } } }`,
		"Ann IDENTITY RELATIONSHIP", "customer.reports(name eq #Bob) count", "IDENTITY RELATIONSHIP"},
	{"a company's orders are asked of nobody", `{ account(id: "%[3]s") { name orders(filter: {number: {eq: "1"}}) { totalCount } } }`, "", "", ""},
	{"a change that names somebody", `mutation { logInteraction(input: {key: "k1", kind: CALL, participants: [{id: "%[1]s"}, {id: "%[2]s"}, {id: "cus_none"}]}) { userErrors { code } } }`,
		"Ann IDENTITY, Bob IDENTITY, cus_none IDENTITY", "", ""},
	{"a change of somebody", `mutation { updateCustomer(input: {key: "k2", customer: "%[1]s", phone: "1"}) { userErrors { code } } }`, "Ann IDENTITY", "", ""},
	{"what somebody said", `mutation { recordObjection(input: {key: "k3", customer: "cus_none", purpose: SALES}) { userErrors { code } } }`, "cus_none IDENTITY", "", ""},
	{"whether a source's row is there", `mutation { createCustomer(input: {key: "k4", name: "Zoe", external: {source: "crm", id: "9"}}) { userErrors { code } } }`, "crm:9 IDENTITY", "", ""},
}

// TestWhateverIsAskedOfPersonsLeavesAReceipt asks in all ways, and asks again while no receipt can be written.
func TestWhateverIsAskedOfPersonsLeavesAReceipt(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		ids := p.persons(t, "Ann", "Bob")
		p.account(t)
		var found struct {
			Accounts, Interactions struct{ Nodes []struct{ ID string } }
		}
		p.data(t, `{ accounts { nodes { id } } interactions { nodes { id } } }`, nil, &found)
		p.data(t, fmt.Sprintf(`mutation { recordObjection(input: {customer: %q, purpose: SALES, key: "0"}) { userErrors { code } } }`, ids[1]), nil, &struct{}{})
		names := []any{ids[0], ids[1], found.Accounts.Nodes[0].ID, found.Interactions.Nodes[0].ID}
		var mu sync.Mutex
		var last *journal.Receipt
		full := false
		p.serve(t, resolvers.Options{Receipts: func(_ context.Context, r *journal.Receipt) error {
			mu.Lock()
			defer mu.Unlock()
			if last = r; full {
				return &graph.Error{Code: graph.Unavailable, Message: "the record of this disclosure cannot be written"}
			}
			return nil
		}}, "")
		said := func(cs []graph.Category) (text string) {
			for _, c := range cs {
				text += " " + string(c)
			}
			return text
		}
		for _, c := range asksOfPersons {
			t.Run(c.name, func(t *testing.T) {
				fill := func(text string) string { return fmt.Sprintf(text+"%.0[1]s%.0[2]s%.0[3]s%.0[4]s", names...) }
				mu.Lock()
				last, full = nil, false
				mu.Unlock()
				text, err := p.bytes(graph.Sales, fill(c.query))
				require.NoError(t, err)
				require.NotContains(t, string(text), `"errors"`)
				mu.Lock()
				left := last
				full = true
				mu.Unlock()
				if left == nil {
					left = &journal.Receipt{}
				}
				var subjects []string
				for _, s := range left.Subjects {
					name := strings.NewReplacer(ids[0], "Ann", ids[1], "Bob", "cus:", "").Replace(s.ID + s.External)
					subjects = append(subjects, name+said(s.Categories))
				}
				assert.Equal(t, c.subjects, strings.Join(subjects, ", "))
				assert.Regexp(t, marks(fill(c.population)), strings.Join(left.Population, "; "))
				assert.Equal(t, c.others, strings.TrimSpace(said(left.Others)))
				if c.subjects+c.population == "" {
					return
				}
				assert.Contains(t, string(text), fmt.Sprintf(`"persons":%d`, len(subjects)), "the caller is told")
				text, err = p.bytes(graph.Sales, fill(c.query))
				require.NoError(t, err)
				assert.Contains(t, string(text), `"code":"UNAVAILABLE"`)
				assert.NotContains(t, string(text), `"data":{`)
			})
		}
	})
}
