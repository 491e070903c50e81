package neo4j_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph/neo4j"
)

func TestADatabaseFromBeforeThereWereTiesGetsThem(t *testing.T) {
	s, w := opened(t)
	w.node("Employee", "eve")
	for i := range 450 { // more than are gone through at a time
		interaction := fmt.Sprint("Interaction:", i)
		w.node("Customer", fmt.Sprint(i))
		w.node("Interaction", fmt.Sprint(i), "at", int64(i)*1e12)
		w.link(interaction, "PARTICIPANT", fmt.Sprint("Customer:", i), "role", "FROM")
		w.link(interaction, "PARTICIPANT", "Employee:eve", "role", "TO")
		w.link(interaction, "PARTICIPANT", fmt.Sprint("Customer:", i/2), "role", "CC")
	}
	for i := range 13 { // in the first one, with those of its own
		w.link("Interaction:0", "PARTICIPANT", fmt.Sprint("Customer:", i), "role", "CC")
	}
	w.write(t, s)
	kept := func() []any {
		rows := run(t, `MATCH (a)-[r:KNOWS]->(b) WITH a.id + ' ' + b.id + reduce(s = '', p IN ['sumIn', 'sumOut', 'n', 'lastIn', 'lastOut', 'asOf'] | s + ' ' + coalesce(toString(r[p]), '-')) AS tie
			ORDER BY tie RETURN collect(tie)`, nil)
		return rows[0].Values[0].([]any)
	}
	crowded := func() any {
		return run(t, "MATCH (n:Interaction {crowded: true}) RETURN collect(n.key)", nil)[0].Values[0]
	}
	want, many := kept(), crowded()
	require.Len(t, many, 1)
	require.Equal(t, 450+2*449, len(want))
	for _, c := range []struct {
		name   string
		before []string
	}{
		{"one that has none", []string{"MATCH ()-[r:KNOWS]->() DELETE r", "MATCH (l:KithLock {id: 'ties'}) DELETE l", "MATCH (l:KithLock {id: 'store'}) SET l.format = 6"}},
		{"one whose ties were made otherwise", []string{"MATCH (l:KithLock {id: 'ties'}) SET l.made = '0'", "MATCH (n:Interaction) SET n.crowded = CASE WHEN n.crowded THEN null ELSE true END", "MATCH (a)-[r:KNOWS]->(b:Employee) SET r.n = 7, r.exactIn = 0", "MATCH (a)-[r:KNOWS]->(b:Customer) DELETE r"}},
		{"one that was broken off", []string{"MATCH (n:Customer) WITH n.id AS id ORDER BY id SKIP 100 LIMIT 1 MATCH (l:KithLock {id: 'ties'}) SET l.done = false, l.last = id",
			"MATCH (l:KithLock {id: 'ties'}) MATCH (a)-[r:KNOWS]->() WHERE a.id > l.last DELETE r"}},
		{"one of which nothing has to be done now", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, text := range c.before {
				run(t, text, nil)
			}
			again, err := neo4j.Open(ctx, neo4jdev.Start(t), w.cat, neo4j.Options{})
			require.NoError(t, err)
			defer again.Close()
			require.NoError(t, again.Ready(ctx))
			assert.True(t, slices.Equal(want, kept()))
			assert.Equal(t, many, crowded())
		})
	}
}
