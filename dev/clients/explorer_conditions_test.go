package clients

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestConditionsOfAListInTheExplorer writes conditions of a list, changes them and takes one away, orders it and takes other columns, and opens the link to
// it elsewhere: each time the rows are those that the API answers, in its order. Then it goes to the end of a list that nobody counts, and folds a
// family. The browser speaks Arabic, which is written from right to left; the page goes on in English.
func TestConditionsOfAListInTheExplorer(t *testing.T) {
	e := readExplorer(t)
	type list struct {
		Hash, Title                                   string
		Conditions, Heads, Sorted, Rows, Sums, Alerts []string
	}
	var seen struct {
		Days, Alone                 []string
		Four, ByHead, Three, Opened list
		End                         struct {
			End, Up, Home, Rows, Last, Opened string
			InView                            bool
			Chosen, Straddled                 string
			IDs                               int
			Rested                            []string
		}
		Focused          bool
		Folded, Problems []string
	}
	e.drive(t, &seen, "conditions.mjs", e.page, e.idOf(t, "accounts", `{subsidiaries: {count: {gte: 1}}}`))
	assert.Empty(t, seen.Problems)
	assert.Equal(t, []string{"", "Thursday 4 March 2027", "Friday 3 April 2026"}, seen.Days, "days in the page's words, beside those of the browser")

	type filter = map[string]any
	amount := func(op, amount string) filter {
		return filter{"amount": filter{op: filter{"amount": amount, "currency": "EUR"}}}
	}
	stages := func(of ...string) filter { return filter{"stage": filter{"in": of}} }
	from, to, contacts := amount("gte", "10000"), amount("lte", "60000.50"), filter{"interactions": filter{"count": filter{"gte": 2}}}
	byAmount := func(way string) []filter { return []filter{{"amount": filter{"direction": way, "currency": "EUR"}}} }
	count := func(f filter) int { n, _, _ := e.dealsOf(t, f, nil); return n }
	all := count(filter{})

	for _, one := range []struct {
		name    string
		seen    list
		orderBy []filter
		heads   []string
		filters []filter
	}{
		{"four conditions", seen.Four, []filter{{"expectedClose": "DESC"}}, []string{"Deal", "Stage", "Amount", "Close", "Last contact", "Owners", "What is wrong"}, []filter{stages("PROPOSAL", "WON", "LOST"), from, to, contacts}},
		{"by its head", seen.ByHead, byAmount("DESC"), []string{"Deal", "Stage", "Amount, EUR", "Close", "Last contact", "Owners", "What is wrong"}, []filter{stages("WON", "LOST"), from, to}},
		{"by the menu", seen.Three, byAmount("ASC"), []string{"Deal", "Stage", "Amount, EUR", "Close", "Last contact", "What is wrong", "Reason of loss"}, []filter{stages("WON", "LOST"), from, to}},
	} {
		n, names, sums := e.dealsOf(t, filter{"and": one.filters}, one.orderBy)
		require.Greater(t, n, 20, one.name)
		require.Less(t, n, all, one.name)
		assert.Equal(t, fmt.Sprintf("Deals %d of %d deals", n, all), one.seen.Title, one.name)
		assert.Equal(t, one.heads, one.seen.Heads, one.name)
		require.Greater(t, len(one.seen.Rows), 15, one.name)
		assert.Equal(t, names[:len(one.seen.Rows)], one.seen.Rows, one.name)
		assert.Equal(t, sums, one.seen.Sums, one.name)
		assert.Empty(t, one.seen.Alerts, one.name)
	}
	var alone []string
	for _, f := range []filter{stages("PROPOSAL", "WON", "LOST"), from, to, contacts, stages("WON", "LOST")} {
		alone = append(alone, fmt.Sprintf("%d of %d match it alone", count(f), all))
	}
	assert.Equal(t, alone, seen.Alone)
	assert.Equal(t, []string{
		fmt.Sprintf("Stage is Won or Lost %d meet it alone", count(stages("WON", "LOST"))), fmt.Sprintf("Amount at least 10,000 EUR %d meet it alone", count(from)), fmt.Sprintf("Amount at most 60,000.50 EUR %d meet it alone", count(to)),
	}, seen.Three.Conditions)
	assert.True(t, seen.Focused, "the focus goes on where a condition was taken away")
	assert.Equal(t, []string{"Amount, EUR ascending"}, seen.Three.Sorted)
	first := min(len(seen.Three.Rows), len(seen.Opened.Rows)) // more are drawn where the page was scrolled
	require.Greater(t, first, 15)
	seen.Three.Rows, seen.Opened.Rows = seen.Three.Rows[:first], seen.Opened.Rows[:first]
	assert.Equal(t, seen.Three, seen.Opened, "the link shows the same list")

	var answer struct {
		Interactions struct{ Nodes []struct{ ID string } }
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SALES", `{ interactions(last: 141, orderBy: [{at: DESC}]) { nodes { id } } }`, nil), &answer))
	end := seen.End
	assert.Regexp(t, `^\d+–1 from the end$`, end.End)
	assert.Equal(t, "-1", end.Rows, "nobody says how many there are")
	assert.Contains(t, end.Last, "row 1 from the end")
	assert.Regexp(t, `^14\d–1[12]\d from the end$`, end.Up, "rows that come before those in view do not move them")
	assert.True(t, end.InView)
	assert.Regexp(t, `^1–\d+$`, end.Home)
	assert.Equal(t, "3 chosen", end.Chosen, "of the last rows, though more came before them meanwhile")
	assert.Equal(t, 3, end.IDs, "they are the last ones")
	assert.Regexp(t, `^\d+–HEAD, \d+–\d+ from the end$`, end.Straddled, "where nobody says how many rows are missing between")
	assert.Equal(t, []string{"first 100", "first 100", "first 100"}, end.Rested, "the pages around what is in view, and no more")
	assert.Equal(t, "#/nodes/"+answer.Interactions.Nodes[0].ID, end.Opened, "140 rows up from the last one")

	assert.Equal(t, []string{"true", "false", "true"}, seen.Folded, "the arrow to the left folds, and that to the right unfolds")
}

// dealsOf asks for deals as a list shows them: how many there are, their names in its order, and what they come to in each currency.
func (e explorer) dealsOf(t *testing.T, filter, orderBy any) (n int, names, sums []string) {
	t.Helper()
	var told struct {
		Deals struct {
			TotalCount int
			Nodes      []struct{ DisplayName string }
			Aggregate  struct {
				Amount []struct {
					Currency, Sum string
					Count         int
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "SALES", `query($filter: DealFilter, $orderBy: [DealSort!]) { deals(first: 200, filter: $filter, orderBy: $orderBy) {
		totalCount nodes { displayName } aggregate { amount { currency sum count } }
	} }`, map[string]any{"filter": filter, "orderBy": orderBy}), &told))
	for _, deal := range told.Deals.Nodes {
		names = append(names, deal.DisplayName)
	}
	for _, one := range told.Deals.Aggregate.Amount {
		sums = append(sums, fmt.Sprintf("%d deals %s %s", one.Count, apart(one.Sum), one.Currency))
	}
	return told.Deals.TotalCount, names, sums
}
