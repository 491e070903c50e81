package graphtest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// Renumbering holds a store to the order of enumerations when the schema changes: open gives a ready store on a catalog, the first time an
// empty one and then that with what was written. The last one is closed before.
func Renumbering(t *testing.T, open func(t testing.TB, cat *graph.Catalog) graph.Store) {
	own := Catalog(t)
	const statuses = "enum CaseStatus {"
	grown := Altered(t, statuses, statuses+"\n  REPORTED")
	severity := "severity: Severity @category(is: BEHAVIOUR)"
	indexed := Altered(t, severity, severity+" @index")

	x := &fixture{cat: own, ids: map[string]string{}, names: map[string]string{}, kinds: map[string]*graph.Kind{}}
	with := func(cat *graph.Catalog) {
		if x.store != nil {
			require.NoError(t, x.store.Close())
		}
		x.cat, x.store = cat, open(t, cat)
	}
	in := func(path string) string {
		l := x.all("Case", ordered(x.by(path)), limit(2))
		l.Cursors, l.HasNext = true, true
		var names []string
		for {
			got := x.read(t, l)[0]
			names = append(names, x.namesOf(got))
			if l.Page.After = got.Rows[len(got.Rows)-1].Keys; !got.HasNext {
				return strings.Join(names, " ")
			}
		}
	}
	with(own)
	for _, c := range [][3]string{{"closed", "CLOSED", "LOW"}, {"open", "OPEN", "HIGH"}, {"pending", "PENDING", "MEDIUM"}, {"resolved", "RESOLVED", "CRITICAL"}} {
		x.node("Case", c[0], "status", c[1], "severity", c[2])
	}
	x.node("Case", "none")
	x.write(t)
	require.Equal(t, "open pending resolved closed none", in("Case.status"))

	with(grown)
	assert.Equal(t, "open pending resolved closed none", in("Case.status"), "a value before all others")
	x.node("Case", "reported", "status", "REPORTED")
	x.write(t)
	assert.Equal(t, "reported open pending resolved closed none", in("Case.status"))
	assert.Equal(t, sorted("reported open"), x.set(t, x.all("Case", where(x.test("Case.status", graph.Lt, "PENDING")))))

	with(own)
	assert.Equal(t, "open pending resolved closed", in("Case.status")[:len("open pending resolved closed")], "what the schema has no more comes last, with what is missing")
	assert.Equal(t, sorted("open pending"), x.set(t, x.all("Case", where(x.test("Case.status", graph.Lte, "PENDING")))))

	with(indexed)
	assert.Equal(t, "closed pending open resolved", in("Case.severity")[:len("closed pending open resolved")], "an index that comes later has all in order")
	with(own)
	x.node("Case", "closed", "severity", "CRITICAL")
	x.node("Case", "open", "severity", "LOW")
	x.write(t)
	with(indexed)
	x.node("Case", "resolved", "severity", "HIGH")
	x.write(t)
	assert.Equal(t, "open pending resolved closed", in("Case.severity")[:len("open pending resolved closed")], "what was written without it, too")
}
