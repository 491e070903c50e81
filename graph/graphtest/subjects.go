package graphtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// takers are who takes part in an interaction, each with her role.
func (x *fixture) takers(t *testing.T, name string) string {
	t.Helper()
	names, values := x.edgesOf(t, name, "Interaction.participants", "PARTICIPANT.role")
	var out []string
	for i, n := range strings.Fields(names) {
		out = append(out, strings.TrimSuffix(fmt.Sprintf("%s %v", n, values[i][0]), " <nil>"))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// inheritedSubjects is about notes in somebody's case, or about what else is hers, in which she took no part.
func inheritedSubjects(t *testing.T, x *fixture) {
	for _, name := range []string{"ann", "bob", "cleo"} {
		x.node("Customer", name, "name", name)
	}
	x.node("Account", "acme")
	x.node("Employee", "eve")
	x.node("Case", "case")
	x.node("Order", "order")
	x.node("Return", "return")
	x.node("SubscriptionContract", "plan")
	x.node("Feedback", "word")
	x.node("Deal", "deal")
	x.node("Interaction", "note", "text", "She will leave us", "at", int64(Now))
	x.link("note", "PARTICIPANT", "eve", "role", "FROM")
	x.write(t)
	step := func(want string, links ...[3]string) {
		t.Helper()
		for _, l := range links {
			x.link(l[0], l[1], l[2])
		}
		x.write(t)
		assert.Equal(t, want, x.takers(t, "note"))
	}
	remove := func(rel, from, to string) {
		x.batch.Remove = append(x.batch.Remove, graph.Removal{Rel: x.cat.Rel(rel), ID: graph.BareKey(x.ids[from], x.ids[to])})
	}
	t.Run("whose case it is, it is about, whichever came first", func(t *testing.T) {
		step("eve FROM", [3]string{"note", "IN", "case"})
		step("ann SUBJECT, eve FROM", [3]string{"case", "OF", "ann"})
		step("bob SUBJECT, eve FROM", [3]string{"case", "OF", "bob"})
		step("eve FROM", [3]string{"case", "OF", "acme"})
		step("ann SUBJECT, eve FROM", [3]string{"case", "OF", "ann"})
	})
	t.Run("so it is about who has bought, sent back, subscribed or answered what it is about, each once", func(t *testing.T) {
		for _, of := range [][2]string{{"order", "PLACED_BY"}, {"return", "RETURNED_BY"}, {"plan", "HELD_BY"}, {"word", "BY"}} {
			step("ann SUBJECT, bob SUBJECT, eve FROM", [3]string{of[0], of[1], "bob"}, [3]string{"note", "ABOUT", of[0]})
			step("ann SUBJECT, eve FROM", [3]string{of[0], of[1], "ann"})
			remove("ABOUT", "note", of[0])
			step("ann SUBJECT, eve FROM")
		}
		step("ann SUBJECT, eve FROM", [3]string{"note", "ABOUT", "deal"})
	})
	t.Run("who takes part is there as that alone, as long as she does", func(t *testing.T) {
		x.link("note", "PARTICIPANT", "ann", "role", "TO")
		step("ann TO, eve FROM")
		remove("PARTICIPANT", "note", "ann")
		step("ann SUBJECT, eve FROM")
		step("ann, eve FROM", [3]string{"note", "PARTICIPANT", "ann"})
		remove("PARTICIPANT", "note", "ann")
		step("ann SUBJECT, eve FROM")
	})
	t.Run("what is removed takes those with it who are subjects by it", func(t *testing.T) {
		x.batch.Remove = []graph.Removal{{Kind: x.kinds["case"], ID: x.ids["case"]}}
		step("eve FROM")
	})
	t.Run("nobody says it but the store", func(t *testing.T) {
		x.link("note", "PARTICIPANT", "cleo", "role", graph.RoleSubject)
		_, err := x.try()
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, graph.Problem{Edge: true, Property: "role", Reason: "PARTICIPANT.role: SUBJECT is kept by the store, by what it belongs to: it is not given"}, bad.Problems[0])
	})
	t.Run("what is loaded in one go is about her, and so is what comes to it later", func(t *testing.T) {
		x.node("Case", "second")
		x.node("Interaction", "first")
		x.link("second", "OF", "bob")
		x.link("first", "IN", "second")
		x.write(t)
		assert.Equal(t, "bob SUBJECT", x.takers(t, "first"))
		x.node("Interaction", "later")
		x.link("later", "IN", "second")
		x.write(t)
		assert.Equal(t, "bob SUBJECT", x.takers(t, "later"))
	})
	t.Run("when she is erased, a note about her goes with her, and one about others, too, names her no more", func(t *testing.T) {
		x.node("Order", "kept")
		x.link("kept", "PLACED_BY", "cleo")
		x.node("Interaction", "alone", "text", "alone")
		x.link("alone", "ABOUT", "kept")
		x.node("Interaction", "shared", "text", "shared")
		x.link("shared", "ABOUT", "kept")
		x.link("shared", "PARTICIPANT", "ann", "role", "TO")
		x.write(t)
		require.Equal(t, "ann TO, cleo SUBJECT", x.takers(t, "shared"))
		x.batch.Erase = []graph.Erasure{{Person: x.ids["cleo"], Keep: map[graph.Category]string{graph.CategoryFinancial: "law"}}}
		x.write(t)
		assert.NotContains(t, x.dump(t), "alone")
		assert.Equal(t, "ann TO", x.takers(t, "shared"))
	})
	t.Run("what a source brings of her later goes, too", func(t *testing.T) {
		x.node("Interaction", "again", "text", "again")
		x.link("again", "ABOUT", "kept")
		x.node("Interaction", "with others", "text", "hers and others'")
		x.link("with others", "ABOUT", "kept")
		x.link("with others", "PARTICIPANT", "ann", "role", "TO")
		x.write(t)
		assert.NotContains(t, x.dump(t), "again")
		assert.Equal(t, "ann TO", x.takers(t, "with others"))
	})
}
