package ingest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const moves = `
source: crm
files:
  - file: moves.csv
    optional: true
    nodes: [{kind: Deal, id: deal, at: 'datetime(since, "2006-01-02")', set: {stage: stage}}]
  - file: deals.csv
    nodes: [{kind: Deal, id: id, set: {name: name, stage: stage}}]
`

func TestRowsTellOfThePastInAnyOrder(t *testing.T) {
	sum, rejects, err := load(t, moves, map[string]string{
		"moves.csv": "deal,since,stage\n1,2026-03-01,NEGOTIATION\n1,2026-01-01,PROSPECTING\n1,2026-02-01,PROPOSAL\n1,2026-02-01,PROPOSAL\n1,2199-01-01,WON\n1,0001-01-01,PROPOSAL\n1,,PROPOSAL\n1,soon,PROPOSAL\n",
		"deals.csv": "id,name,stage\n1,Pumps,NEGOTIATION\n",
	})
	require.NoError(t, err)
	assert.Equal(t, 4, sum.Rejected, rejects)
	assert.Contains(t, rejects, "at: 0001-01-01T00:00:00Z stands for since ever")
	assert.Contains(t, rejects, "the instant since when the values hold must not be in the future: 2199-01-01T00:00:00Z")
	assert.Contains(t, rejects, `at: datetime(since, ""2006-01-02"") is missing`)
	assert.Contains(t, rejects, `""soon"" is not an instant`)
	assert.Equal(t, 1, sum.Report.NodesCreated)
}

func TestWhatHasNoPastCannotBeToldOfIt(t *testing.T) {
	_, _, err := load(t, "source: s\nfiles: [{file: a.csv, nodes: [{kind: Deal, id: id, at: since, set: {name: name}}]}]", nil)
	assert.ErrorContains(t, err, "nodes[0].set.name: what it was is not kept, so that at cannot say since when it holds; of Deal these are: type, stage, amount, expectedClose, closedAt, outcome, lossReason")
}
