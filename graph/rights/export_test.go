package rights_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rights"
)

// A world is a store with what is kept about one customer, Mary Maynard.
type world struct {
	cat   *graph.Catalog
	store graph.Store
	ids   map[string]string
}

// others are customers who were in the first call with her.
var others = []string{"Bob Maynard", "Cleo Clay"}

// newWorld has her have calls, of which she began the first, and work at companies.
func newWorld(t *testing.T, calls, companies int) *world {
	t.Helper()
	cat := graphtest.Catalog(t)
	w := &world{cat, graphtest.NewOracle(cat, nil), map[string]string{}}
	b := &graph.Batch{Source: "test"}
	node := func(kind, id string, set graph.Values) graph.NodeRef {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind(kind), ID: id, Set: set})
		return graph.NodeRef{Kind: cat.MustKind(kind), External: graph.External{ID: id}}
	}
	link := func(from graph.NodeRef, rel string, to graph.NodeRef, set graph.Values) {
		b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel(rel), From: from, To: to, Set: set})
	}
	mary := node("Customer", "mary", graph.Values{"name": "Mary Maynard", "email": "mary@maynard.example"})
	for i := range companies {
		link(mary, "WORKS_AT", node("Account", fmt.Sprint("company ", i), graph.Values{"name": fmt.Sprint("Company ", i)}), graph.Values{"title": "Buyer", "from": int64(i)})
	}
	for i := range calls {
		call := node("Interaction", fmt.Sprint("call ", i), graph.Values{"at": int64(graphtest.Now), "origin": "BUSINESS", "text": "Cleo Clay and Bob ask Mary Maynard", "sentiment": int64(250_000)})
		link(call, "PARTICIPANT", mary, graph.Values{"role": "ATTENDEE"})
		if i > 0 {
			continue
		}
		b.Nodes[len(b.Nodes)-1].Set["origin"] = "CUSTOMER"
		b.Edges[len(b.Edges)-1].Set["role"] = "FROM"
		for _, name := range others {
			link(call, "PARTICIPANT", node("Customer", name, graph.Values{"name": name}), graph.Values{"role": "ATTENDEE"})
		}
	}
	report, err := w.store.Write(t.Context(), b)
	require.NoError(t, err)
	for i, n := range b.Nodes {
		w.ids[n.ID] = report.IDs[i]
	}
	return w
}

// export is that of somebody for a purpose.
func (w *world) export(t *testing.T, purpose graph.Purpose, id string, o rights.Options) (*rights.Kept, error) {
	t.Helper()
	v := &policy.Viewer{Lens: policy.Default().Lens(w.cat, purpose)}
	o.Now = graphtest.Now
	return rights.Export(t.Context(), policy.Over(w.store)(v), v, w.cat, id, o)
}

// facts are how often an export tells what.
func facts(k *rights.Kept) map[string]int {
	out := map[string]int{}
	for _, r := range k.Records {
		out[r.Type]++
		for _, e := range r.Externals {
			out[r.Type+" from "+e.Key()]++
		}
		for _, v := range r.Values {
			out[r.Type+"."+v.Field+" "+v.Value]++
		}
		for _, l := range r.Links {
			name := "without a name or an id"
			if l.DisplayName != nil && l.ID != nil {
				name = *l.DisplayName
			}
			out[r.Type+"."+l.Field+" "+l.Type+" "+name]++
		}
	}
	return out
}

func TestAnExportTellsOfOthersThatTheyAreAlone(t *testing.T) {
	w := newWorld(t, 3, 2)
	kept, err := w.export(t, graph.Compliance, w.ids["mary"], rights.Options{})
	require.NoError(t, err)
	assert.Equal(t, w.ids["mary"], kept.Records[0].ID, "she is the first")
	got := facts(kept)
	for fact, times := range map[string]int{
		"Customer": 1, "Customer from test:mary": 1, "Customer.name Mary Maynard": 1, "Customer.employments Account Company 1": 1, "Interaction": 3, "Interaction.sentiment 0.25": 3,
		"Interaction.participants Person without a name or an id":               len(others),
		"Interaction.text [somebody else] and [somebody else] ask Mary Maynard": 1, // of the call in which they were
		"Interaction.text Cleo Clay and Bob ask Mary Maynard":                   2, // whom nothing tells to be in them
	} {
		assert.Equal(t, times, got[fact], "%s: %v", fact, got)
	}
	assert.Contains(t, kept.Held, graph.CategorySentiment)
	assert.True(t, slices.IsSortedFunc(kept.Held, func(a, b graph.Category) int {
		return slices.Index(policy.Categories, a) - slices.Index(policy.Categories, b)
	}), "%v", kept.Held)
}

func TestSheProvidedWhatSheBeganAndSaid(t *testing.T) {
	w := newWorld(t, 3, 2)
	kept, err := w.export(t, graph.Compliance, w.ids["mary"], rights.Options{Provided: true})
	require.NoError(t, err)
	got := facts(kept)
	assert.Equal(t, 1, got["Interaction"])
	assert.Equal(t, 1, got["Interaction from test:call 0"])
	assert.Equal(t, 1, got["Customer.employments Account Company 1"])
	assert.NotContains(t, kept.Held, graph.CategorySentiment)
	for fact := range got {
		assert.False(t, strings.HasPrefix(fact, "Customer.known"), "whom she knows is concluded")
	}
}

func TestSheSaidWhatSheSentOrWhatNobodyElseMayHaveSaid(t *testing.T) {
	type part struct{ kind, id, role string }
	for _, c := range []struct {
		name, role string
		others     []part
		hers       bool
	}{
		{"she sent it", "FROM", []part{{"Customer", "bob", "TO"}, {"Employee", "eve", "TO"}}, true},
		{"it was sent to her", "TO", []part{{"Customer", "bob", "FROM"}}, false},
		{"she had a copy", "CC", []part{{"Customer", "bob", "FROM"}, {"Employee", "eve", "TO"}}, false},
		{"she was there when somebody called", "ATTENDEE", []part{{"Customer", "bob", "FROM"}}, false},
		{"it was sent to her, by whom is not told", "TO", nil, false},
		{"she had a copy, of whose is not told", "CC", []part{{"Employee", "eve", "TO"}}, false},
		{"she was there with another", "ATTENDEE", []part{{"Customer", "bob", "ATTENDEE"}}, false},
		{"no role is told of her, and another was there", "", []part{{"Customer", "bob", ""}}, false},
		{"no role is told of her, and one of us sent it", "", []part{{"Employee", "eve", "FROM"}}, false},
		{"she was there with one of us", "ATTENDEE", []part{{"Employee", "eve", "ATTENDEE"}}, true},
		{"no role is told of her, and of us one was there", "", []part{{"Employee", "eve", "TO"}}, true},
		{"she alone was there", "ATTENDEE", nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			cat := graphtest.Catalog(t)
			w := &world{cat: cat, store: graphtest.NewOracle(cat, nil)}
			b := &graph.Batch{Source: "test"}
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind("Interaction"), ID: "mail", Set: graph.Values{"at": int64(graphtest.Now), "origin": "CUSTOMER", "subject": "Today", "text": "I am ill"}})
			for _, p := range append([]part{{"Customer", "mary", c.role}}, c.others...) {
				b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind(p.kind), ID: p.id, Set: graph.Values{"name": p.id}})
				set := graph.Values{}
				if p.role != "" {
					set["role"] = p.role
				}
				ref := func(kind, id string) graph.NodeRef {
					return graph.NodeRef{Kind: cat.MustKind(kind), External: graph.External{ID: id}}
				}
				b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel("PARTICIPANT"), From: ref("Interaction", "mail"), To: ref(p.kind, p.id), Set: set})
			}
			report, err := w.store.Write(t.Context(), b)
			require.NoError(t, err)
			kept, err := w.export(t, graph.Compliance, report.IDs[1], rights.Options{Provided: true})
			require.NoError(t, err)
			got, want := facts(kept), 0
			if c.hers {
				want = 1
			}
			for _, fact := range []string{"Interaction", "Interaction.subject Today", "Interaction.text I am ill"} {
				assert.Equal(t, want, got[fact], fact)
			}
		})
	}
}

func TestSheProvidedTheScoresThatSheGave(t *testing.T) {
	w := newWorld(t, 1, 0)
	ref := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: w.cat.MustKind(kind), External: graph.External{ID: id}}
	}
	b := &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: w.cat.MustKind("Feedback"), ID: "nps", Set: graph.Values{"question": "Would you?", "score": int64(3)}}},
		Edges: []graph.Link{{Rel: w.cat.Rel("BY"), From: ref("Feedback", "nps"), To: ref("Customer", "mary")}}}
	_, err := w.store.Write(t.Context(), b)
	require.NoError(t, err)
	kept, err := w.export(t, graph.Compliance, w.ids["mary"], rights.Options{Provided: true})
	require.NoError(t, err)
	got := facts(kept)
	assert.Equal(t, 1, got["Feedback.question Would you?"])
	assert.Equal(t, 1, got["Feedback.score 3"])
	assert.Equal(t, 1, got["Interaction"])
	assert.NotContains(t, got, "Interaction.sentiment 0.25", "others have judged the tone")
}

func TestAnExportHoldsWhatItsViewerMaySee(t *testing.T) {
	w := newWorld(t, 3, 2)
	kept, err := w.export(t, graph.Marketing, w.ids["mary"], rights.Options{})
	require.NoError(t, err)
	assert.Equal(t, map[string]int{"Customer": 1}, facts(kept), "she has not consented")
	assert.Empty(t, kept.Held)
}

func TestAnExportIsReadToItsEndPageByPage(t *testing.T) {
	w := newWorld(t, 3, 4)
	whole, err := w.export(t, graph.Compliance, w.ids["mary"], rights.Options{})
	require.NoError(t, err)
	for _, page := range []int{1, 2, 3} {
		paged, err := w.export(t, graph.Compliance, w.ids["mary"], rights.Options{Page: page})
		require.NoError(t, err)
		assert.Equal(t, whole.Records[0], paged.Records[0], "of hers nothing is left out")
		assert.Len(t, paged.Records, len(whole.Records))
		assert.Equal(t, 1, facts(paged)["Interaction.text [somebody else] and [somebody else] ask Mary Maynard"], "nobody is left in a text, however few links are told")
		if page > len(others) {
			assert.Equal(t, whole, paged, "no record has more links of an edge")
		}
	}
}

func TestAnExportIsBoundedAndOfAPersonWhoIsThere(t *testing.T) {
	const tooMany = "more than %d records are kept about the customer, which are too many for one answer"
	calls, companies := newWorld(t, 5, 0), newWorld(t, 0, 5)
	for _, c := range []struct {
		name    string
		in      *world
		of      string
		most    int
		code    graph.Code
		message string
	}{
		{"as many records as there may be", calls, calls.ids["mary"], 6, "", ""},
		{"one more", calls, calls.ids["mary"], 5, graph.CostExceeded, fmt.Sprintf(tooMany, 5)},
		{"as many links of her own as there may be", companies, companies.ids["mary"], 5, "", ""},
		{"one more of them", companies, companies.ids["mary"], 4, graph.CostExceeded, fmt.Sprintf(tooMany, 4)},
		{"nobody", calls, "cus_nobody", 0, graph.NotFound, "cus_nobody is no longer there"},
		{"a company", companies, companies.ids["company 1"], 0, graph.NotFound, companies.ids["company 1"] + " is no longer there"},
		{"no id", calls, "?", 0, graph.NotFound, "? is no longer there"},
	} {
		t.Run(c.name, func(t *testing.T) {
			kept, err := c.in.export(t, graph.Compliance, c.of, rights.Options{Most: c.most})
			if c.code == "" {
				require.NoError(t, err)
				assert.Equal(t, c.of, kept.Records[0].ID)
				return
			}
			require.EqualError(t, err, c.message)
			assert.Equal(t, c.code, graph.CodeOf(err))
		})
	}
}
