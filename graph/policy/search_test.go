package policy_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
)

func searchFor(cat *graph.Catalog, kinds ...string) *graph.List {
	l := &graph.List{Key: "search", Search: &graph.Search{Text: "ann"}, Rows: true, Page: graph.Page{Limit: 20}}
	for _, name := range kinds {
		k := cat.MustKind(name)
		l.Nodes = append(l.Nodes, &graph.Selection{Kind: k})
		for _, p := range k.Searched() {
			l.Search.In = append(l.Search.In, graph.Ref{Prop: p})
		}
		l.Search.By = append(l.Search.By, graph.Ref{Prop: k.Searched()[0]})
	}
	return l
}

// searched are the properties that are looked into, with a star where it depends on the person.
func searched(refs []graph.Ref) string {
	var out []string
	for _, r := range refs {
		s := r.Prop.Path()
		if r.When != nil {
			s += "*"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestASearchLooksIntoWhatThePurposeMaySee(t *testing.T) {
	cat := graphtest.Catalog(t)
	text := string(policy.Standard())
	i := strings.Index(text, "IDENTITY:")
	require.Positive(t, i)
	line, _, _ := strings.Cut(text[i:], "\n")
	denied, err := policy.Parse([]byte(strings.Replace(text, line, "IDENTITY: {SERVICE: deny, SALES: deny, MARKETING: deny, ANALYSIS: deny, COMPLIANCE: legal, SELF: own}", 1)))
	require.NoError(t, err)
	i = strings.Index(text, "CONTACT:")
	line, _, _ = strings.Cut(text[i:], "\n")
	stricter, err := policy.Parse([]byte(strings.Replace(text, line, "CONTACT: {SERVICE: contract, SALES: contract, MARKETING: consent, ANALYSIS: deny, COMPLIANCE: legal, SELF: own}", 1)))
	require.NoError(t, err)
	for _, c := range []struct {
		name    string
		policy  *policy.Policy
		purpose graph.Purpose
		kinds   string
		in, by  string
	}{
		{"all, where that a person is there says that she permits it", policy.Default(), graph.Sales, "Customer", "Customer.name Customer.givenName Customer.familyName Customer.email Customer.phone", "Customer.name"},
		{"nothing of a category that is denied, nor its order", denied, graph.Sales, "Customer", "Customer.email Customer.phone", ""},
		{"of each person what she permits", stricter, graph.Sales, "Customer", "Customer.name* Customer.givenName* Customer.familyName* Customer.email* Customer.phone*", "Customer.name*"},
		{"nothing of persons for who learns about groups", policy.Default(), graph.Analysis, "Customer Account", "Account.name Account.domain", "Account.name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := searchFor(cat, strings.Fields(c.kinds)...)
			v := &policy.Viewer{Lens: c.policy.Lens(cat, c.purpose)}
			_, err := v.Guard(&graph.Fetch{Now: graphtest.Now, Lists: []*graph.List{l}})
			require.NoError(t, err)
			assert.Equal(t, c.in, searched(l.Search.In))
			assert.Equal(t, c.by, searched(l.Search.By))
		})
	}
}
