package ingest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const sales = `
source: crm
files:
  - file: people.csv
    nodes: [{kind: Customer, id: id, set: {givenName: given, familyName: family, email: email, birthYear: year}}]
  - file: deals.csv
    nodes: [{kind: Deal, id: id, set: {stage: stage, outcome: outcome, openedAt: opened, closedAt: closed, amount: 'money(amount, "EUR")'}}]
  - file: calls.csv
    nodes: [{kind: Interaction, id: id, set: {at: at, sentiment: mood}}]
  - file: jobs.csv
    nodes: [{kind: Account, id: account, set: {name: account}}]
    edges: [{type: WORKS_AT, from: {kind: Customer, id: who}, to: {kind: Account, id: account}, id: who + account, set: {from: since, to: until}}]
`

var salesFiles = map[string]string{
	"people.csv": "id,given,family,email,year\n1,Ann,Albers,ann@kith.example,1990\n2,Bo,Berg,not an address,1990\n3,Cem,Can,cem@kith.example,2999\n4,Di,Dorn,di@,soon\n",
	"deals.csv": "id,stage,outcome,opened,closed,amount\n1,WON,LOST,2026-02-01T00:00:00Z,2026-01-01T00:00:00Z,5\n2,PROPOSAL,,2026-02-01T00:00:00Z,,-5\n" +
		"3,WON,,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,5\n4,LOST,,2026-01-01T00:00:00Z,,5\n",
	"calls.csv": "id,at,mood\n1,2026-01-01T00:00:00Z,7\n2,2199-01-01T00:00:00Z,0.123456789012345\n3,2026-01-01T00:00:00Z,0.123456789012345\n",
	"jobs.csv":  "who,account,since,until\n1,Acme,2026-01-01T00:00:00Z,2025-01-01T00:00:00Z\n1,Bolt,2025-01-01T00:00:00Z,2026-01-01T00:00:00Z\n",
}

func TestARowThatBreaksARuleIsRejectedWithTheFieldAndTheReason(t *testing.T) {
	sum, rejects, err := load(t, sales, salesFiles)
	require.NoError(t, err)
	var told []string
	for line := range strings.Lines(rejects) {
		if !strings.HasPrefix(line, "kith.file") {
			told = append(told, strings.TrimSpace(strings.ReplaceAll(line, `""`, `'`)))
		}
	}
	assert.ElementsMatch(t, []string{
		`people.csv,3,"Customer.email must be an e-mail address such as ann@kith.example: 'not an address'",2,Bo,Berg,not an address,1990`,
		`people.csv,4,Customer.birthYear must not be in the future: 2999,3,Cem,Can,cem@kith.example,2999`,
		`people.csv,5,"birthYear: 'soon' is not a whole number",4,Di,Dorn,di@,soon`,
		`deals.csv,2,"Deal.closedAt must not be before openedAt, which is 2026-02-01T00:00:00Z: 2026-01-01T00:00:00Z; Deal.outcome must be WON with the stage WON: LOST",1,WON,LOST,2026-02-01T00:00:00Z,2026-01-01T00:00:00Z,5`,
		`deals.csv,3,Deal.amount must not be less than 0: -5.00 EUR,2,PROPOSAL,,2026-02-01T00:00:00Z,,-5`,
		`calls.csv,2,Interaction.sentiment must be between -1 and 1: 7,1,2026-01-01T00:00:00Z,7`,
		`calls.csv,3,Interaction.at must not be in the future: 2199-01-01T00:00:00Z,2,2199-01-01T00:00:00Z,0.123456789012345`,
		`jobs.csv,2,"WORKS_AT.to must be after from, which is 2026-01-01T00:00:00Z: 2025-01-01T00:00:00Z",1,Acme,2026-01-01T00:00:00Z,2025-01-01T00:00:00Z`,
	}, told)
	assert.Equal(t, 8, sum.Rejected)
	assert.Equal(t, []int{1, 2, 1, 1}, []int{sum.Files[0].Loaded, sum.Files[1].Loaded, sum.Files[2].Loaded, sum.Files[3].Loaded}, "all others are loaded")
}

func TestAMappingMayHaveAValueBeLostInsteadOfItsRow(t *testing.T) {
	lossy := sales
	for _, name := range []string{"email: email", "birthYear: year", "outcome: outcome", "sentiment: mood", "to: until", `amount: 'money(amount, "EUR")'`} {
		field, is, _ := strings.Cut(name, ": ")
		lossy = strings.Replace(lossy, name, field+": {is: "+is+", or: null}", 1)
	}
	sum, rejects, err := load(t, lossy, salesFiles)
	require.NoError(t, err)
	assert.Equal(t, 2, sum.Rejected, rejects)
	assert.NotContains(t, rejects, "people.csv")
	assert.Equal(t, []LostSummary{{"Customer.birthYear", 2, []int{4, 5}}, {"Customer.email", 2, []int{3, 5}}}, sum.Files[0].Lost)
	assert.Equal(t, []LostSummary{{"Deal.amount", 1, []int{3}}}, sum.Files[1].Lost, "a row that is rejected has lost nothing")
	assert.Equal(t, []LostSummary{{"Interaction.sentiment", 1, []int{2}}}, sum.Files[2].Lost)
	assert.Equal(t, []LostSummary{{"WORKS_AT.to", 1, []int{2}}}, sum.Files[3].Lost)
	assert.Equal(t, 4, sum.Files[0].Loaded)
}

func TestNothingElseIsSaidOfALossThanThatItMayBe(t *testing.T) {
	for _, set := range []string{"{is: name}", "{or: null}", "{is: name, or: 0}", "{is: name, or: null, and: 1}", "[name]"} {
		_, _, err := load(t, "source: s\nfiles: [{file: a.csv, nodes: [{kind: Account, id: id, set: {name: "+set+"}}]}]", nil)
		require.Error(t, err, set)
	}
	_, _, err := load(t, "source: s\nfiles: [{file: a.csv, nodes: [{kind: Account, id: id, set: {name: {is: name, or: 0}}}]}]", nil)
	assert.ErrorContains(t, err, "files[0] (a.csv): nodes[0].set.name: an expression is needed, or {is: EXPRESSION, or: null}")
}
