package graphtest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// refusals is about batches that cannot be right: the error names the element, and nothing of the batch is applied.
func refusals(t *testing.T, x *fixture) {
	x.node("Customer", "ann", "name", "Ann")
	x.node("Account", "acme", "name", "Acme")
	x.link("ann", "WORKS_AT", "acme", "title", "Chair")
	x.write(t)
	customer := func(set ...any) func() { return func() { x.node("Customer", "new", set...) } }
	job := func(set ...any) func() { return func() { x.link("ann", "WORKS_AT", "acme", set...) } }
	linkID := func(id string) func() {
		return func() {
			x.link("ann", "WORKS_AT", "acme")
			x.batch.Edges[len(x.batch.Edges)-1].ID = id
		}
	}
	const most = 8000 // bytes of a text that an index keeps
	long := strings.Repeat("x", most+1)
	for _, c := range []struct {
		name  string
		add   func()
		edge  bool
		words string // of the reason
	}{
		{"a value that its enumeration has not", customer("gender", "OTHER"), false, "gender"},
		{"a text with a NUL", customer("name", "a\x00b"), false, "NUL"},
		{"a text that is not UTF-8", customer("occupation", "a\xffb"), false, "UTF-8"},
		{"half a pair of surrogates", customer("name", "\xed\xa0\xbd"), false, "UTF-8"},
		{"an indexed text that is too long", customer("name", long), false, "bytes"},
		{"an ordered text that is too long together with its folded key", customer("name", long[:most/2+1]), false, "bytes"},
		{"an indexed text that is too long without its marks and ligatures", customer("name", strings.Repeat("ﷺ", most/3)), false, "bytes"},
		{"a property that there is not", customer("shoeSize", 5), false, "shoeSize"},
		{"a property of another kind", customer("journeyStage", "USE", "domain", "x"), false, "domain"},
		{"a number for a text", customer("name", 5), false, "name"},
		{"a text for a number", customer("birthYear", "5"), false, "birthYear"},
		{"a number for a truth value", customer("introducesOthers", 1), false, "introducesOthers"},
		{"a number outside the 32 bits of an Int", customer("birthYear", 1<<31), false, "birthYear"},
		{"an empty id", func() { x.node("Customer", "") }, false, "empty"},
		{"an id with a NUL", func() { x.node("Customer", "a\x00") }, false, "NUL"},
		{"an id that is not UTF-8", func() { x.node("Customer", "\xff") }, false, "UTF-8"},
		{"an id that is too long", func() { x.node("Customer", strings.Repeat("x", 501)) }, false, "bytes"},
		{"an amount without a currency", func() { x.node("Deal", "new", "amount", graph.Money{Amount: 1}) }, false, "amount"},
		{"an amount in what is no currency", func() { x.node("Deal", "new", "amount", graph.Money{Amount: 1, Currency: "euro"}) }, false, "amount"},
		{"an amount in three letters that are no letters", func() { x.node("Deal", "new", "amount", graph.Money{Amount: 1, Currency: "A\x00B"}) }, false, "amount"},
		{"an amount in a number", func() { x.node("Deal", "new", "amount", graph.Money{Amount: 1, Currency: "123"}) }, false, "amount"},
		{"an amount that is a number", func() { x.node("Deal", "new", "amount", 1) }, false, "amount"},
		{"a day that does not begin at midnight", func() { x.node("Deal", "new", "expectedClose", 1) }, false, "expectedClose"},
		{"an instant before the year 1", func() { x.node("Deal", "new", "openedAt", first1-1) }, false, "openedAt"},
		{"an instant after the year 9999", func() { x.node("Deal", "new", "openedAt", last9999+1) }, false, "openedAt"},
		{"a list with a text that has a NUL", func() { x.node("Firmographics", "new", "technologies", []string{"a", "\x00"}) }, false, "NUL"},
		{"a text for a list", func() { x.node("Firmographics", "new", "technologies", "a") }, false, "technologies"},
		{"a relationship's property that there is not", job("colour", "red"), true, "colour"},
		{"a relationship's value of another type", job("title", 5), true, "title"},
		{"a relationship's text with a NUL", job("title", "\x00"), true, "NUL"},
		{"a relationship's id with a NUL", linkID("a\x00"), true, "NUL"},
		{"a relationship's id that is not UTF-8", linkID("\xff"), true, "UTF-8"},
		{"a relationship's id that is too long", linkID(long[:501]), true, "bytes"},
		{"a key property that is too long", job("title", long), true, "bytes"},
		{"a relationship to a node that there is not", func() {
			x.kinds["nobody"] = x.cat.MustKind("Account")
			x.link("ann", "WORKS_AT", "nobody")
		}, true, "nobody"},
		{"a relationship from a node of another source", func() {
			x.link("ann", "WORKS_AT", "acme")
			x.batch.Edges[len(x.batch.Edges)-1].From.External.Source = "another"
		}, true, "ann"},
		{"a relationship between kinds that it does not join", func() { x.link("acme", "WORKS_AT", "ann") }, true, "WORKS_AT"},
		{"a relationship to a kind that it does not lead to", func() { x.link("ann", "WITH", "acme") }, true, "WITH"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x.node("Customer", "before")
			x.link("ann", "WORKS_AT", "acme", "title", "before")
			nodes, links := len(x.batch.Nodes), len(x.batch.Edges)
			c.add()
			want := graph.Problem{Edge: c.edge, Index: nodes}
			if c.edge {
				want.Index = links
			}
			x.node("Customer", "ann", "name", "changed")
			x.node("Account", "after")
			x.link("ann", "WORKS_AT", "after", "title", "after")
			_, err := x.try()
			var bad *graph.BatchError
			require.ErrorAs(t, err, &bad)
			require.Len(t, bad.Problems, 1)
			assert.Contains(t, bad.Problems[0].Property+" "+bad.Problems[0].Reason, c.words)
			want.Reason, want.Property = bad.Problems[0].Reason, bad.Problems[0].Property
			assert.Equal(t, want, bad.Problems[0])
			assert.NotEmpty(t, bad.Error())
		})
	}
	t.Run("every problem is named", func(t *testing.T) {
		x.node("Customer", "a", "name", "\x00")
		x.node("Customer", "b")
		x.node("Customer", "c", "gender", "x")
		x.link("ann", "WORKS_AT", "acme", "title", "\x00")
		_, err := x.try()
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
		require.Len(t, bad.Problems, 3)
		assert.Equal(t, []int{0, 2, 0}, []int{bad.Problems[0].Index, bad.Problems[1].Index, bad.Problems[2].Index})
	})
	t.Run("every value of one node is named, in the order of the properties' names", func(t *testing.T) {
		x.node("Customer", "a", "name", "\x00", "gender", "x", "birthYear", "5", "phone", "030")
		_, err := x.try()
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
		var named []string
		for _, p := range bad.Problems {
			named = append(named, p.Property)
		}
		assert.Equal(t, []string{"birthYear", "gender", "name"}, named)
	})
	t.Run("every relationship that leads nowhere is named", func(t *testing.T) {
		x.link("ann", "WORKS_AT", "nobody")
		x.link("ann", "WORKS_AT", "acme")
		x.link("ann", "WORKS_AT", "nobody", "title", "x")
		_, err := x.try()
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
		require.Len(t, bad.Problems, 2)
		assert.Equal(t, []int{0, 2}, []int{bad.Problems[0].Index, bad.Problems[1].Index})
	})
	t.Run("a source that is no name is refused", func(t *testing.T) {
		for _, s := range []string{"", "a:b", "a b", "ä", "x\x00"} {
			_, err := x.store.Write(t.Context(), &graph.Batch{Source: s})
			requireCode(t, graph.BadInput, err)
		}
	})
	t.Run("a batch of another catalog is refused", func(t *testing.T) {
		another, rel := *x.cat.MustKind("Customer"), *x.cat.Rel("WORKS_AT")
		ann, acme := graph.NodeRef{Kind: x.cat.MustKind("Customer"), External: graph.External{ID: "ann"}}, graph.NodeRef{Kind: x.cat.MustKind("Account"), External: graph.External{ID: "acme"}}
		for _, b := range []*graph.Batch{
			{Source: "test", Nodes: []graph.Upsert{{Kind: &another, ID: "ann"}}},
			{Source: "test", Edges: []graph.Link{{Rel: &rel, From: ann, To: acme}}},
			{Source: "test", Edges: []graph.Link{{Rel: x.cat.Rel("WORKS_AT"), From: graph.NodeRef{Kind: &another, External: ann.External}, To: acme}}},
		} {
			_, err := x.store.Write(t.Context(), b)
			requireCode(t, graph.Internal, err)
		}
	})
	t.Run("after all this there is what there was before", func(t *testing.T) {
		assert.Equal(t, "ann", x.rows(t, x.all("Customer")))
		assert.Equal(t, []any{"Ann"}, x.props(t, "ann", "Customer.name"))
		assert.Equal(t, "acme", x.rows(t, x.all("Account")))
		for _, k := range []string{"Deal", "Firmographics"} {
			assert.Empty(t, x.rows(t, x.all(k)))
		}
		_, values := x.edgesOf(t, "ann", "Customer.employments", "WORKS_AT.title")
		assert.Equal(t, [][]any{{"Chair"}}, values)
	})
	t.Run("what is just allowed is kept", func(t *testing.T) {
		x.node("Customer", strings.Repeat("i", 500), "name", long[:most/2], "email", long[1:], "occupation", strings.Repeat("long ", 100_000), "birthYear", -1<<31)
		x.node("Firmographics", "firm", "technologies", []string{long[1:], ""})
		x.link("ann", "WORKS_AT", "acme", "title", long[:most-200], "department", strings.Repeat("long ", 100_000))
		x.batch.Edges = append(x.batch.Edges, x.batch.Edges[0])
		x.batch.Edges[1].ID = strings.Repeat("i", 500)
		x.write(t)
		assert.Equal(t, []any{long[:most/2], long[1:], strings.Repeat("long ", 100_000)}, x.props(t, strings.Repeat("i", 500), "Customer.name", "Customer.email", "Customer.occupation"))
		assert.Equal(t, []any{[]string{long[1:], ""}}, x.props(t, "firm", "Firmographics.technologies"))
		assert.Equal(t, strings.Repeat("i", 500), x.rows(t, x.all("Customer", where(x.test("Customer.email", graph.Eq, long[1:])))))
	})
}
