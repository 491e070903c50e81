package clients

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A forty is a deal with a committee of forty people, of whom one has a name of two hundred letters, one a name that is written from right to left,
// and one has left; six of ours know some of them. Beside it is a deal without anybody.
type forty struct{ account, deal, empty string }

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
	made := forty{account, deal(strings.Repeat("Erweiterung", 18), "EUR"), deal("Nobody yet", "CHF")}
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

// TestTheExplorerHoldsLongNamesAndManyPeople looks at a deal of forty people, at one without anybody, and at the company of both.
func TestTheExplorerHoldsLongNamesAndManyPeople(t *testing.T) {
	e := openExplorer(t)
	made := e.forty(t)
	var views []view
	for name, hash := range map[string]string{
		"nobody": "#/deals/" + made.empty, "nobody-map": "#/deals/" + made.empty + "?tab=map", "forty": "#/deals/" + made.deal,
		"forty-map": "#/deals/" + made.deal + "?tab=map&view=picture", "forty-ties": "#/deals/" + made.deal + "?tab=map&view=list", "long-account": "#/accounts/" + made.account,
	} {
		views = append(views, view{Name: name + "-1440", Hash: hash, Purpose: "SALES", Width: 1440, Height: 900, Scheme: "light"},
			view{Name: name + "-390", Hash: hash, Purpose: "SALES", Width: 390, Height: 844, Scheme: "dark"})
	}
	e.look(t, views)
}

// A table is what a page says in one: its caption, and rows of cells.
type table struct {
	Caption string
	Rows    [][]string
}

// tables are those of places, by the places' names.
func (e explorer) tables(t *testing.T, places ...view) map[string][]table {
	t.Helper()
	var seen []struct {
		Name     string
		Tables   []table
		Problems []string
	}
	e.drive(t, &seen, "tables.mjs", e.page, e.json(t, "places.json", places))
	require.Len(t, seen, len(places))
	of := map[string][]table{}
	for _, s := range seen {
		assert.Empty(t, s.Problems, s.Name)
		of[s.Name] = s.Tables
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

// TestWhoKnowsWhomOfFortyIsATableOfWhatTheAPIAnswers: of the map of a large committee each tie is a cell of the table, and a line below it; each role
// says how many of its ties are live.
func TestWhoKnowsWhomOfFortyIsATableOfWhatTheAPIAnswers(t *testing.T) {
	e := openExplorer(t)
	made := e.forty(t)
	all := e.tables(t, view{Name: "ties", Hash: "#/deals/" + made.deal + "?tab=map&view=list", Purpose: "SALES"})["ties"]
	matrix, each := captioned(t, all, "Strength of the ties"), captioned(t, all, "Ties between ours and theirs")
	ours := matrix.Rows[0][1:]
	require.Len(t, ours, 6)
	want, ties, live := map[string][]string{}, map[string]int{}, map[string]int{}
	states, lines := map[string]int{}, 0
	for _, m := range e.tied(t, made.deal).Deal.Committee.Members {
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

	gone := e.idOf(t, "employees", fmt.Sprintf(`{name: {eq: %q}}`, ours[0]))
	without := captioned(t, e.tables(t, view{Name: "without", Hash: "#/deals/" + made.deal + "?tab=map&view=list&without=" + gone, Purpose: "SALES"})["without"], "Strength of the ties")
	at, fallen := 1+indexOf(t, without.Rows[0][1:], ours[0]), 0
	for _, row := range without.Rows[1:] {
		if len(row) > at && strings.HasSuffix(row[at], "live") && strings.Contains(row[at], " of ") {
			fallen++
			assert.Equal(t, "0 of", row[at][:4], "a tie that falls is not live: %v", row)
		}
	}
	assert.NotZero(t, fallen)
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
