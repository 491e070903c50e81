package neo4j_test
import ("testing";"context";"time";"os"
 "github.com/kithgraph/kith/graph/neo4j";"github.com/stretchr/testify/require")
func TestZZSeed(t *testing.T) {
	if os.Getenv("ZZ")=="" { t.Skip() }
	w := newWorld(t)
	s, err := neo4j.Open(context.Background(), os.Getenv("ZZ"), w.cat, neo4j.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Ready(context.Background()))
	w.crowd()
	t.Log(len(w.batch.Nodes), len(w.batch.Edges))
	at := time.Now()
	w.write(t, s)
	t.Log(time.Since(at))
	require.NoError(t, s.Ready(context.Background()))
}
