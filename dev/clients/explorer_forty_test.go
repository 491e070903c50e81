package clients

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
)

// A forty is a deal with a committee of forty people, of whom one has a name of two hundred letters, one a name that is written from right to left,
// and one has left; six of ours know some of them. Beside it is a deal without anybody.
type forty struct {
	account, deal, empty string
	people               []string
}

func (e explorer) forty(t *testing.T) forty {
	t.Helper()
	changes := 0
	change := func(mutation, kind string, input map[string]any) string {
		t.Helper()
		changes++
		input["key"] = fmt.Sprint("change ", changes)
		text := "mutation($input: " + strings.ToUpper(mutation[:1]) + mutation[1:] + "Input!) { " + mutation + "(input: $input) { " + kind + " { id } userErrors { message } } }"
		var data map[string]map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(ask(t, e.api, "SALES", text, map[string]any{"input": input}), &data))
		var node struct{ ID string }
		require.NoError(t, json.Unmarshal(data[mutation][kind], &node), string(data[mutation]["userErrors"]))
		require.NotEmpty(t, node.ID, string(data[mutation]["userErrors"]))
		return node.ID
	}
	var ours struct {
		Employees struct{ Nodes []struct{ ID string } }
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SALES", `{ employees(first: 6, orderBy: [{name: ASC}]) { nodes { id } } }`, nil), &ours))
	require.Len(t, ours.Employees.Nodes, 6)
	account := change("createAccount", "account", map[string]any{"name": strings.Repeat("Gesellschaft für ", 10) + "Waagen"})
	deal := func(name, currency string) string {
		return change("createDeal", "deal", map[string]any{"name": name, "account": account, "amount": map[string]any{"amount": "70600", "currency": currency}})
	}
	made := forty{account: account, deal: deal(strings.Repeat("Erweiterung", 18), "EUR"), empty: deal("Nobody yet", "CHF")}
	roles := []string{"USER", "INFLUENCER", "CHAMPION", "ECONOMIC_BUYER", "TECHNICAL_BUYER"}
	for i := range 40 {
		name := fmt.Sprintf("Person %d", i)
		job := map[string]any{"id": account, "title": "Head of all that is about " + name, "from": "2024-01-01T00:00:00Z"}
		switch i {
		case 0:
			name = strings.Repeat("Wolfeschlegelsteinhausenberger", 6) + " Wolf"
		case 1:
			name = "عبد الرحمن بن محمد الفارسي"
		case 2:
			job["to"] = "2026-06-01T00:00:00Z"
		}
		person := change("createCustomer", "customer", map[string]any{"name": name, "employments": []any{job}})
		made.people = append(made.people, person)
		change("assertRole", "claim", map[string]any{"customer": person, "undertaking": made.deal, "role": roles[i%len(roles)], "stance": "SUPPORTIVE", "confidence": 0.5})
		// Of ours each knows some: of four, one is in a live thread, one in a silent one, one was written to alone, and one is not known.
		for k, own := range ours.Employees.Nodes {
			mail := func(from, to string, ago int) {
				change("logInteraction", "interaction", map[string]any{"kind": "MAIL", "at": now.AddDate(0, 0, -ago).Format(time.RFC3339), "participants": []any{map[string]any{"id": from, "role": "FROM"}, map[string]any{"id": to, "role": "TO"}}})
			}
			switch (i + 3*k) % 7 {
			case 0:
				mail(person, own.ID, 3+k)
				mail(own.ID, person, 2+k)
			case 1:
				mail(person, own.ID, 90+k)
				mail(own.ID, person, 60+k)
			case 2:
				mail(own.ID, person, 20+k)
			}
		}
	}
	return made
}

// TestACommitteeOfFortyInTheExplorer looks at a deal of forty people, at one without anybody, and at the company of both, and reads who knows whom there:
// under the policy that is in force, without somebody, and under one that withholds ties of those who have not consented.
func TestACommitteeOfFortyInTheExplorer(t *testing.T) {
	var rules atomic.Pointer[policy.Policy]
	rules.Store(policy.Default())
	e := openExplorer(t, func(o *server.Options) {
		r, err := resolvers.New(resolvers.Options{Reader: policy.Over(o.Store), Writer: o.Store, Catalog: graphtest.Catalog(t), Schema: graphtest.Schema(t), Now: clock, Policy: rules.Load})
		require.NoError(t, err)
		o.Resolver = r
	})
	made := e.forty(t)
	t.Run("looks", func(t *testing.T) { e.look(t, made.views()) })
	t.Run("who knows whom", func(t *testing.T) { e.knowsWhom(t, made.deal) })
	t.Run("without somebody", func(t *testing.T) { e.withoutSomebody(t, made.deal) })
	text := strings.Replace(string(policy.Standard()), "BEHAVIOUR:    {SERVICE: contract-or-interest, SALES: interest,", "BEHAVIOUR:    {SERVICE: contract-or-interest, SALES: consent,", 1)
	withholds, err := policy.Parse([]byte(text))
	require.NoError(t, err)
	require.NotEqual(t, policy.Default().Version, withholds.Version)
	for _, customer := range made.people[:9] {
		said := ask(t, e.api, "COMPLIANCE", `mutation($id: ID!, $key: String!) { recordConsent(input: {key: $key, customer: $id, purpose: SALES, source: "call"}) { userErrors { message } } }`, map[string]any{"id": customer, "key": "consent of " + customer})
		require.Contains(t, string(said), `"userErrors":[]`)
	}
	rules.Store(withholds)
	t.Run("ties that are withheld", func(t *testing.T) { e.tiesWithheld(t, made.deal) })
}

func (f forty) views() (views []view) {
	for name, hash := range map[string]string{
		"nobody": "#/deals/" + f.empty, "nobody-map": "#/deals/" + f.empty + "?tab=map", "forty": "#/deals/" + f.deal,
		"forty-map": "#/deals/" + f.deal + "?tab=map&view=picture", "forty-ties": "#/deals/" + f.deal + "?tab=map&view=list", "long-account": "#/accounts/" + f.account,
	} {
		views = append(views, view{Name: name + "-1440", Hash: hash, Purpose: "SALES", Width: 1440, Height: 900, Scheme: "light"},
			view{Name: name + "-390", Hash: hash, Purpose: "SALES", Width: 390, Height: 844, Scheme: "dark"})
	}
	return views
}

// A table is what a page says in one: its caption, and rows of cells.
type table struct {
	Caption string
	Rows    [][]string
}

// said is what a page says: in tables, by labels of drawings, and in words; and which numbers and names its pictures draw, how wide the widest is, where the
// cards of a map stand and how many lines it has, and which files the page loaded for that.
type said struct {
	Name, Told                     string
	Tables                         []table
	Labels, Drawn, Named, Problems []string
	Width                          float64
	Cards                          []rectangle
	Lines                          int
	Files                          []string
}

// A rectangle is in pixels of the page.
type rectangle struct{ X, Y, Width, Height float64 }

// read reads places, and gives what they say by where they are.
func (e explorer) read(t *testing.T, places ...view) map[string]said {
	t.Helper()
	for i := range places {
		places[i].Name = places[i].Hash
	}
	var seen []said
	e.drive(t, &seen, "tables.mjs", e.page, e.json(t, "places.json", places))
	require.Len(t, seen, len(places))
	of := map[string]said{}
	for _, s := range seen {
		assert.Empty(t, s.Problems, s.Name)
		of[s.Name] = s
	}
	return of
}

// captioned is the one of tables whose caption begins so.
func captioned(t *testing.T, all []table, caption string) table {
	t.Helper()
	for _, one := range all {
		if strings.HasPrefix(one.Caption, caption) {
			return one
		}
	}
	require.Failf(t, "no such table", "%s, of %v", caption, all)
	return table{}
}

// A tied is a committee as it is asked for: who knows whom, and how well.
type tied struct {
	Deal struct {
		Committee struct {
			Members []struct {
				LeftAt   *string
				Customer struct{ DisplayName string }
				Ties     []struct {
					Strength        float64
					N               int
					Live            bool
					LastIn, LastOut *string
					Employee        struct{ DisplayName string }
				}
			}
		}
	}
}

func (e explorer) tied(t *testing.T, deal string) (out tied) {
	t.Helper()
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SALES", `query($id: ID!) { deal(id: $id) { committee { members { leftAt customer { displayName } ties { strength n live lastIn lastOut employee { displayName } } } } } }`, map[string]any{"id": deal}), &out))
	require.NotEmpty(t, out.Deal.Committee.Members)
	return out
}

// ties reads who knows whom of a large committee: the table of who knows whom, and each tie below it.
func (e explorer) ties(t *testing.T, deal, more string) (matrix, each table) {
	t.Helper()
	hash := "#/deals/" + deal + "?tab=map&view=list" + more
	all := e.read(t, view{Hash: hash, Purpose: "SALES"})[hash].Tables
	return captioned(t, all, "Strength of the ties"), captioned(t, all, "Ties between ours and theirs")
}

// knowsWhom: of the map of a large committee each tie is a cell of the table, and a line below it; each role says how many of its ties are live.
func (e explorer) knowsWhom(t *testing.T, deal string) {
	matrix, each := e.ties(t, deal, "")
	ours := matrix.Rows[0][1:]
	require.Len(t, ours, 6)
	want, ties, live := map[string][]string{}, map[string]int{}, map[string]int{}
	states, lines := map[string]int{}, 0
	for _, m := range e.tied(t, deal).Deal.Committee.Members {
		row := []string{"no tie", "no tie", "no tie", "no tie", "no tie", "no tie"}
		for _, tie := range m.Ties {
			state := "silent"
			switch {
			case m.LeftAt != nil:
				state = "ended"
			case tie.Live:
				state = "live"
				live[tie.Employee.DisplayName]++
			case tie.LastIn == nil || tie.LastOut == nil:
				state = "one way"
			}
			ties[tie.Employee.DisplayName]++
			states[state]++
			row[indexOf(t, ours, tie.Employee.DisplayName)] = fmt.Sprintf("%.0f %s", math.Round(tie.Strength), state)
		}
		if lines += max(1, len(m.Ties)); len(m.Ties) == 0 {
			row = []string{"no tie with anybody of ours"}
		}
		want[m.Customer.DisplayName] = row
	}
	for _, state := range []string{"live", "silent", "one way", "ended"} {
		require.NotZero(t, states[state], state)
	}
	got, groups := map[string][]string{}, 0
	sums := map[string][2]int{}
	for _, row := range matrix.Rows[1:] {
		if stance, name, is := strings.Cut(row[0], ": "); is && !strings.Contains(stance, ";") {
			got[strings.TrimSuffix(name, " left")] = row[1:]
			continue
		}
		groups++
		for i, cell := range row[1:] {
			var is, of int
			if cell != "no tie" {
				_, err := fmt.Sscanf(cell, "%d of %d live", &is, &of)
				require.NoError(t, err, cell)
			}
			sums[ours[i]] = [2]int{sums[ours[i]][0] + is, sums[ours[i]][1] + of}
		}
	}
	assert.Equal(t, want, got)
	assert.Equal(t, 5, groups)
	for _, own := range ours {
		assert.Equal(t, [2]int{live[own], ties[own]}, sums[own], own)
	}
	assert.Len(t, each.Rows[1:], lines, "one row a tie, and one for who has none")
}

// withoutSomebody: ties of whom is left out fall, and none of them is live.
func (e explorer) withoutSomebody(t *testing.T, deal string) {
	matrix, _ := e.ties(t, deal, "")
	own := matrix.Rows[0][1]
	without, _ := e.ties(t, deal, "&without="+e.idOf(t, "employees", fmt.Sprintf(`{name: {eq: %q}}`, own)))
	at, fallen := 1+indexOf(t, without.Rows[0][1:], own), 0
	for _, row := range without.Rows[1:] {
		if len(row) > at && strings.HasSuffix(row[at], "live") && strings.Contains(row[at], " of ") {
			fallen++
			assert.Equal(t, "0 of", row[at][:4], "a tie that falls is not live: %v", row)
		}
	}
	assert.NotZero(t, fallen)
}

// tiesWithheld: whose ties are withheld says so in the place of all of them, and her role that there are others.
func (e explorer) tiesWithheld(t *testing.T, deal string) {
	withheld, told := map[string]bool{}, 0
	for _, m := range e.tied(t, deal).Deal.Committee.Members {
		if withheld[m.Customer.DisplayName] = m.Ties == nil; m.Ties != nil {
			told += len(m.Ties)
		}
	}
	require.NotZero(t, told)
	matrix, each := e.ties(t, deal, "")
	rows, groups, lines := 0, 0, 0
	for _, row := range matrix.Rows[1:] {
		_, name, is := strings.Cut(row[0], ": ")
		if is && withheld[strings.TrimSuffix(name, " left")] {
			rows++
			assert.Equal(t, []string{"No consent"}, row[1:], name)
		}
		if line := strings.Join(row[1:], "|"); strings.Contains(line, "withheld") {
			groups++
			assert.NotContains(t, line, "no tie", "nobody knows that there is none")
		}
	}
	for _, row := range each.Rows[1:] {
		lines += strings.Count(row[0], "No consent")
	}
	assert.Equal(t, 31, rows)
	assert.Equal(t, 31, lines, "each of them below, too")
	assert.Equal(t, 5, groups, "of each role some")
}

func indexOf(t *testing.T, all []string, one string) int {
	t.Helper()
	for i, other := range all {
		if other == one {
			return i
		}
	}
	require.Failf(t, "not there", "%s, of %v", one, all)
	return -1
}
