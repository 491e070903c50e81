package neo4j_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// sought are the names of the customers that a search by name finds.
func sought(t *testing.T, s *neo4j.Store, w *world, text string) []any {
	t.Helper()
	k := w.cat.MustKind("Customer")
	name := []graph.Ref{{Prop: k.Property("name")}}
	l := &graph.List{Key: "search", Rows: true, Page: graph.Page{Limit: 100}, Nodes: []*graph.Selection{{Kind: k, Props: name}}, Search: &graph.Search{Text: text, In: name, By: name}}
	res, err := s.Read(ctx, fetch(l))
	require.NoError(t, err)
	names := []any{}
	for _, r := range res.Lists[0].Rows {
		names = append(names, r.Props[0])
	}
	return names
}

func TestADatabaseFromBeforeThereWereSearchesGetsItsWords(t *testing.T) {
	s, w := opened(t)
	for i := range 2500 { // more than are gone through at a time
		w.node("Customer", fmt.Sprint(i), "name", "Meyer")
	}
	w.node("Customer", "last", "name", "Ann Johansson")
	w.write(t, s)
	drop := []string{"MATCH (n:KithWord) CALL (n) { DETACH DELETE n } IN TRANSACTIONS", "MATCH (n:KithKey) CALL (n) { DELETE n } IN TRANSACTIONS"}
	const forget = "MATCH (l:KithLock {id: 'words'}) DELETE l"
	for _, c := range []struct {
		name   string
		before []string
		meyers int
	}{
		{"one that has none", append(drop, forget), 100},
		{"one whose words are of something else", []string{
			"MATCH (l:KithLock {id: 'words'}) SET l.searched = '0'", "MATCH (w:KithWord {word: 'johansson'}) SET w.word = 'wrong'"}, 100},
		{"one of which nothing has been said since", nil, 100},
		// Those before the place are left alone: they have been looked at.
		{"one that was broken off", append(drop, "MATCH (n:Customer) WITH max(n.id) AS last MATCH (l:KithLock {id: 'words'}) SET l.done = false, l.after = last"), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, text := range c.before {
				run(t, text, nil)
			}
			again, err := neo4j.Open(ctx, neo4jdev.Start(t), w.cat, neo4j.Options{})
			require.NoError(t, err)
			defer again.Close()
			require.NoError(t, again.Ready(ctx))
			assert.Len(t, sought(t, again, w, "meyer"), c.meyers)
			if c.meyers > 0 {
				assert.Equal(t, []any{"Ann Johansson"}, sought(t, again, w, "johanson"))
			}
			assert.Empty(t, sought(t, again, w, "wrong"))
		})
	}
}

func TestAWordThatNobodyHasAnyMoreIsNotKept(t *testing.T) {
	s, w := opened(t)
	w.node("Customer", "1", "name", "Ann Johansson")
	w.node("Customer", "2", "name", "Bob Johansson")
	w.write(t, s)
	kept := func() []any {
		rows := run(t, "MATCH (w:KithWord|KithKey) WITH DISTINCT w.word AS word ORDER BY word RETURN collect(word)", nil)
		return rows[0].Values[0].([]any)
	}
	require.Equal(t, []any{"ann", "bob", "johansson"}, kept())
	w.node("Customer", "1", "name", "Ann")
	w.write(t, s)
	require.Equal(t, []any{"ann", "bob", "johansson"}, kept())
	w.node("Customer", "2", "name", nil)
	w.write(t, s)
	require.Equal(t, []any{"ann"}, kept())
}
