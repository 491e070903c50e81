package write

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// keepsTotals is an erasure of Ann Albers that keeps what the policy which comes with Kith keeps.
func keepsTotals() *taking {
	t := newTaking(Host{Now: 100, Mark: func(s string) string { return "#" + s }}, graph.Erasure{Keep: map[graph.Category]string{
		graph.CategoryBehaviour: "totals", graph.CategoryFinancial: "law", graph.CategoryConsent: "proof"}})
	t.names, t.unique = fold.NewNames([]string{"Ann Albers", "Albers"}), fold.NewNames([]string{"Ann Albers"})
	return t
}

func TestWhatIsRemovedOfWhatIsAboutHer(t *testing.T) {
	for _, c := range []struct {
		name           string
		kind           string
		shared, orphan bool
		removed        bool
	}{
		{"what she did is kept, so that totals balance", "Interaction", false, false, false},
		{"what is said of her goes", "Claim", false, false, true},
		{"unless it is about others, too", "Claim", true, false, false},
		{"her home goes", "Location", false, false, true},
		{"what happened there alone goes with it, although what happens is kept", "HiddenEvent", false, true, true},
		{"unless it happened to others, too", "HiddenEvent", true, true, false},
		{"what happened to her stays", "HiddenEvent", false, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &graph.Row{Sel: &graph.Selection{Kind: catalog.MustKind(c.kind)}, Met: []bool{isShared: c.shared, isOrphan: c.orphan}}
			assert.Equal(t, c.removed, keepsTotals().removes(r))
		})
	}
}

func TestWhatIsScrubbedOfWhatIsKept(t *testing.T) {
	gone := keepsTotals().gone
	call := func(v graph.Values) Node { return Node{ID: "int_1", Key: "crm:1", Values: v} }
	for _, c := range []struct {
		name    string
		node    Node
		shared  bool
		prepare func(*taking)
		set     graph.Values
		key     string
		parts   []string
	}{
		{"free text goes, her name in what is kept, and its key", call(graph.Values{"text": "Ann is moving", "result": "Albers calls back", "kind": "CALL"}), false, nil,
			graph.Values{"text": nil, "result": "[erased] calls back", graph.ErasedAt: int64(100), graph.ErasedOf: distinct(gone)}, "erased|#node|Interaction|crm:1",
			[]string{"Interaction.result 1: her name in a text", "Interaction.text 1"}},
		{"of what she shares free text goes, and nothing else", call(graph.Values{"text": "All about prices", "result": "Albers calls back", "sentiment": int64(1)}), true, nil,
			graph.Values{"text": nil, graph.ErasedAt: int64(100), graph.ErasedOf: []string{"CONTENT"}}, "", []string{"Interaction.text 1"}},
		{"what was scrubbed before is left as it is", Node{ID: "int_1", Key: "erased|x", Values: graph.Values{"kind": "CALL", graph.ErasedAt: int64(9), graph.ErasedOf: distinct(gone)}}, false, nil,
			graph.Values{}, "", nil},
		{"when she is erased anew, words that a source brings go as a whole", call(graph.Values{"result": "she calls back"}), false, func(t *taking) { t.again, t.foreign = true, true },
			graph.Values{"result": nil, graph.ErasedAt: int64(100), graph.ErasedOf: distinct(gone)}, "erased|#node|Interaction|crm:1", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := keepsTotals()
			if c.prepare != nil {
				c.prepare(x)
			}
			set, key := x.scrubbed(catalog.MustKind("Interaction"), c.node, c.shared)
			assert.Equal(t, c.set, set)
			assert.Equal(t, c.key, key)
			assert.Equal(t, c.parts, told(x))
		})
	}
}

func told(x *taking) (out []string) {
	for _, p := range graph.Counted(x.parts) {
		out = append(out, p.String())
	}
	return out
}

func TestWhichRelationshipsAreCut(t *testing.T) {
	way := func(kind, rel string, out bool) *graph.Edge {
		return &graph.Edge{Owner: catalog.MustKind(kind), Rel: catalog.Rel(rel), Out: out}
	}
	for _, c := range []struct {
		name         string
		way          *graph.Edge
		to           string
		cut, covered bool
	}{
		{"where she works", way("Customer", "WORKS_AT", true), "Account", true, true},
		{"who reports to her", way("Customer", "REPORTS_TO", false), "Customer", true, true},
		{"not in what she took part", way("Customer", "PARTICIPANT", false), "Interaction", false, true},
		{"nor what an interaction was about", way("Interaction", "ABOUT", true), "Product", false, true},
		{"which claims cite an interaction no field tells", way("Interaction", "CITES", false), "Claim", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			cut, covered := keepsTotals().cuts(c.way.Owner, c.way, catalog.MustKind(c.to))
			assert.Equal(t, []bool{c.cut, c.covered}, []bool{cut, covered})
		})
	}
}

func TestWhatIsScrubbedOfARelationship(t *testing.T) {
	for _, c := range []struct {
		name, key string
		newKey    string
	}{
		{"one that is known by its ends keeps its key", "int_1|cus_1", ""},
		{"one that is known by a source's gets a mark", "crm:7", "erased|#relationship|PARTICIPANT|crm:7"},
		{"one that has a mark keeps it", "erased|x", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, key := keepsTotals().scrubbedEdge(catalog.Rel("PARTICIPANT"), Edge{Key: c.key, From: "int_1", To: "cus_1", Values: graph.Values{"role": "TO"}})
			assert.Empty(t, set)
			assert.Equal(t, c.newKey, key)
		})
	}
}

func TestWhereHerNameIsTakenOutOfOthersTexts(t *testing.T) {
	k := catalog.MustKind("Deal")
	for _, c := range []struct {
		name string
		own  bool
		have graph.Values
		want graph.Values
		told []string
	}{
		{"in a text that names her", false, graph.Values{"name": "Renewal with Ann Albers", "lossReason": "Albers left"}, graph.Values{"name": "Renewal with [erased]"}, []string{"Deal.name 1: her name in a text"}},
		{"not where it is the node's own name, which is told", true, graph.Values{"name": "Ann Albers & Sons", "lossReason": "ann albers left"}, graph.Values{"lossReason": "[erased] left"},
			[]string{"Deal.lossReason 1: her name in a text", "Deal.name 1: " + othersName}},
		{"nor in a word that begins alike", false, graph.Values{"name": "Joann Albersmann"}, graph.Values{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := keepsTotals()
			assert.Equal(t, c.want, x.renamed(k.Name, k.Shown(), c.have, c.own))
			assert.Equal(t, c.told, told(x))
		})
	}
	t.Run("her telephone in what an event log tells, where that has it as a number", func(t *testing.T) {
		x := keepsTotals()
		x.unique = fold.NewNames([]string{"+49 151 12345678"})
		have := graph.Values{"attributes": []string{`{"name":"phone","number":4915112345678}`, `{"name":"n","number":12}`}}
		k := catalog.MustKind("Case")
		assert.Equal(t, graph.Values{"attributes": []string{`{"name":"phone","text":"[erased]"}`, `{"name":"n","number":12}`}}, x.renamed(k.Name, k.Shown(), have, false))
	})
	t.Run("in what an event log tells, in names and in values", func(t *testing.T) {
		x := keepsTotals()
		k := catalog.MustKind("Interaction")
		have := graph.Values{"attributes": []string{`{"name":"by","text":"Ann Albers"}`, `{"name":"Ann Albers","number":1}`, `{"name":"to","object":"ann albers"}`, `{"name":"n","text":"b"}`}}
		assert.Equal(t, graph.Values{"attributes": []string{`{"name":"by","text":"[erased]"}`, `{"name":"[erased]","number":1}`, `{"name":"to","object":"[erased]"}`, `{"name":"n","text":"b"}`}},
			x.renamed(k.Name, k.Shown(), have, false))
		assert.Equal(t, []string{"Interaction.attributes 1: her name in a text"}, told(x))
		assert.Empty(t, x.renamed(k.Name, k.Shown(), graph.Values{"attributes": []string{`{"name":"n","text":"b"}`}}, false))
	})
}

func TestWhatIsLeftOfHerself(t *testing.T) {
	k := catalog.MustKind("Customer")
	x := keepsTotals()
	set, key := x.bared(k, Node{ID: "cus_1", Key: "crm:A-17", Values: graph.Values{"name": "Ann Albers", "birthYear": int64(1980), graph.Party: true}})
	assert.Equal(t, graph.Values{"name": nil, "birthYear": nil, graph.ErasedAt: int64(100), graph.ErasedOf: x.gone}, set, "her standing is for what it follows from")
	assert.Equal(t, "erased|#node|Customer|crm:A-17", key)
}
