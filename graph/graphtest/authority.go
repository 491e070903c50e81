package graphtest

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// words are a fixture in which persons say things about SALES.
type words struct{ *fixture }

// say adds a statement, of nobody where no name is given.
func (x words) say(id, who, status string, at int, pairs ...any) {
	x.node("Consent", id, append([]any{"purpose", "SALES", "status", status, "at", at}, pairs...)...)
	if who != "" {
		x.link(id, "GIVEN_BY", who)
	}
}

// standing is since when a person objects, until when she consents, and since when she is restricted.
func (x words) standing(t *testing.T, name string) []any {
	t.Helper()
	return x.props(t, name, "Customer."+graph.ObjectedAt(graph.Sales), "Customer."+graph.ConsentUntil(graph.Sales), "Customer."+graph.RestrictedAt)
}

// refused writes the batch, and gives the one thing that is wrong with it.
func (x words) refused(t *testing.T) graph.Problem {
	t.Helper()
	_, err := x.try()
	var bad *graph.BatchError
	require.True(t, errors.As(err, &bad), "%v", err)
	require.Len(t, bad.Problems, 1)
	return bad.Problems[0]
}

const forever = int64(graph.LastInstant)

// authority is about what may take back what a person has refused: whoever writes, whatever comes in, nothing else does.
func authority(t *testing.T, f *fixture) {
	x := words{f}
	for _, who := range []string{"ann", "bob", "cid", "dot", "eve", "fay"} {
		x.node("Customer", who)
	}
	signed := func(t *testing.T, name string) []any {
		t.Helper()
		return x.props(t, name, "Consent.actor", "Consent.authority")
	}
	x.say("no", "ann", graph.Objected, 10)
	x.write(t)

	t.Run("a consent keeps who brought it, and nothing stands behind it", func(t *testing.T) {
		assert.Equal(t, []any{source, nil}, signed(t, "no"))
		x.say("a writer's", "ann", graph.Granted, 11, "proof", "they say so")
		x.batch.Actor = "sue@kith.example"
		x.write(t)
		assert.Equal(t, []any{"sue@kith.example", nil}, signed(t, "a writer's"))
	})
	t.Run("such a one comes to nothing where something is refused", func(t *testing.T) {
		assert.Equal(t, []any{int64(10), nil, nil}, x.standing(t, "ann"))
	})
	t.Run("nor does one without a proof, or one that is older, whatever stands behind it", func(t *testing.T) {
		x.say("no proof", "ann", graph.Granted, 12)
		x.say("blank proof", "ann", graph.Granted, 12, "proof", " \t")
		x.say("invisible proof", "ann", graph.Granted, 12, "proof", "\u200b\ufeff")
		x.say("older", "ann", graph.Granted, 9, "proof", "p")
		x.say("same instant", "ann", graph.Granted, 10, "proof", "p")
		x.batch.Authority = graph.BySource
		x.write(t)
		assert.Equal(t, []any{source, nil}, signed(t, "no proof"))
		assert.Equal(t, []any{source, nil}, signed(t, "blank proof"))
		assert.Equal(t, []any{source, nil}, signed(t, "invisible proof"))
		assert.Equal(t, []any{source, graph.BySource}, signed(t, "older"))
		assert.Equal(t, []any{int64(10), nil, nil}, x.standing(t, "ann"))
	})
	t.Run("one with a proof takes an objection back", func(t *testing.T) {
		x.say("yes", "ann", graph.Granted, 20, "proof", "form 7")
		x.batch.Authority = graph.BySource
		x.write(t)
		assert.Equal(t, []any{source, graph.BySource}, signed(t, "yes"))
		assert.Equal(t, []any{nil, forever, nil}, x.standing(t, "ann"))
	})
	t.Run("one that is changed has the authority of the batch that changes it", func(t *testing.T) {
		x.node("Consent", "yes", "expiresAt", int(graph.LastInstant))
		x.batch.Actor = "sue@kith.example"
		x.write(t)
		assert.Equal(t, []any{"sue@kith.example", nil}, signed(t, "yes"))
		assert.Equal(t, []any{int64(10), nil, nil}, x.standing(t, "ann"), "the objection stands again")
	})
	t.Run("one that is written again as it is has what stands behind it then", func(t *testing.T) {
		x.say("yes", "ann", graph.Granted, 20, "proof", "form 7")
		x.batch.Authority = graph.BySource
		x.write(t)
		assert.Equal(t, []any{nil, forever, nil}, x.standing(t, "ann"), "such as when the policy has come to name its source")
		x.say("yes", "ann", graph.Granted, 20, "proof", "form 7")
		assert.False(t, x.write(t).Changed(), "and keeps it")
		assert.Equal(t, []any{source, graph.BySource}, signed(t, "yes"))
	})
	t.Run("a restriction ends in the same way", func(t *testing.T) {
		x.node("Consent", "hold", "status", graph.Restricted, "at", 5)
		x.link("hold", "GIVEN_BY", "bob")
		x.node("Consent", "go", "status", graph.Unrestricted, "at", 6)
		x.link("go", "GIVEN_BY", "bob")
		x.write(t)
		assert.Equal(t, []any{nil, nil, int64(5)}, x.standing(t, "bob"))
		x.node("Consent", "really", "status", graph.Unrestricted, "at", 7, "proof", "letter")
		x.link("really", "GIVEN_BY", "bob")
		x.batch.Authority = graph.ByOfficer
		x.write(t)
		assert.Equal(t, []any{nil, nil, nil}, x.standing(t, "bob"))
	})
	t.Run("no batch says who brought a consent, or what stands behind it", func(t *testing.T) {
		for _, name := range []string{graph.ConsentActor, graph.ConsentAuthority} {
			x.say("claims", "cid", graph.Granted, 1, name, graph.BySubject)
			p := x.refused(t)
			assert.Equal(t, name, p.Property)
			assert.Contains(t, p.Reason, "cannot be set: Consent has no such property")
		}
		x.say("claims", "cid", graph.Granted, 1)
		x.batch.Authority = "ME"
		_, err := x.try()
		assert.ErrorContains(t, err, `the authority "ME" is not one of SUBJECT, OFFICER and SOURCE`)
	})
	keptRefusals(t, x)
	t.Run("what comes to nothing is a problem where it is to be heard", func(t *testing.T) {
		x.say("not heard", "cid", graph.Granted, 30)
		x.batch.Nodes[0].IfHeard = true
		p := x.refused(t)
		assert.True(t, p.Conflict)
		assert.Equal(t, "it comes to nothing, since its giver has refused it", p.Reason)
		x.say("first", "fay", graph.Granted, 30)
		x.batch.Nodes[0].IfHeard = true
		x.write(t)
		assert.Equal(t, []any{nil, forever, nil}, x.standing(t, "fay"))
	})
}

// keptRefusals is about kept consents that refuse, or that have an authority.
func keptRefusals(t *testing.T, x words) {
	x.say("cid's no", "cid", graph.Objected, 10)
	x.say("cid's first", "cid", graph.Granted, 1)
	x.say("dot's yes", "dot", graph.Granted, 10, "proof", "form 8")
	x.batch.Authority = graph.BySource
	x.write(t)
	for _, c := range []struct {
		name, property string
		pairs          []any
	}{
		{"another status", "status", []any{"status", graph.Granted, "at", 11, "proof", "p"}},
		{"none", "status", []any{"status", nil}},
		{"another purpose", "purpose", []any{"purpose", "SERVICE"}},
		{"another channel", "channel", []any{"channel", "EMAIL"}},
		{"an earlier instant", "at", []any{"at", 1}},
		{"a later one", "at", []any{"at", 11}},
	} {
		t.Run("what refuses gets "+c.name+" from nobody without authority", func(t *testing.T) {
			x.node("Consent", "cid's no", c.pairs...)
			p := x.refused(t)
			assert.Equal(t, graph.Problem{Property: c.property, Reason: "must stay: what was refused (OBJECTED) is not said otherwise, unless by a later one, with proof, of an officer or of a source that the policy names"}, p)
			assert.Equal(t, []any{int64(10), nil, nil}, x.standing(t, "cid"))
		})
	}
	t.Run("nor from who has one and says nothing later, or brings no proof", func(t *testing.T) {
		for _, pairs := range [][]any{{"status", graph.Granted, "proof", "p"}, {"status", graph.Granted, "at", 10, "proof", "p"}, {"status", graph.Granted, "at", 11}} {
			x.node("Consent", "cid's no", pairs...)
			x.batch.Authority = graph.BySource
			assert.Equal(t, "status", x.refused(t).Property)
		}
	})
	t.Run("the rest of it may be corrected", func(t *testing.T) {
		x.node("Consent", "cid's no", "source", "letter")
		x.write(t)
		assert.Equal(t, []any{int64(10), nil, nil}, x.standing(t, "cid"))
	})
	t.Run("what refuses stays hers who said it", func(t *testing.T) {
		x.link("cid's no", "GIVEN_BY", "eve")
		p := x.refused(t)
		assert.Equal(t, graph.Problem{Edge: true, Reason: "GIVEN_BY: what was said (OBJECTED) stays hers who said it, unless it is a later one, with proof, of an officer or of a source that the policy names"}, p)
		assert.Equal(t, []any{int64(10), nil, nil}, x.standing(t, "cid"))
		x.link("cid's no", "GIVEN_BY", "eve")
		x.batch.Authority = graph.BySource
		x.refused(t)
	})
	t.Run("so it does where another takes its relationship", func(t *testing.T) {
		x.node("Consent", "eve's no", "purpose", "SALES", "status", graph.Objected, "at", 3)
		x.link("eve's no", "GIVEN_BY", "eve")
		x.batch.Edges[0].ID = "its own"
		x.write(t)
		x.node("Consent", "eve's yes", "purpose", "SALES", "status", graph.Granted, "at", 4)
		x.link("eve's yes", "GIVEN_BY", "eve")
		x.batch.Edges[0].ID = "its own"
		assert.True(t, x.refused(t).Edge)
		assert.Equal(t, []any{int64(3), nil, nil}, x.standing(t, "eve"))
	})
	t.Run("what has an authority is led to nobody else", func(t *testing.T) {
		x.link("dot's yes", "GIVEN_BY", "cid")
		assert.True(t, x.refused(t).Edge)
		x.say("nobody's yet", "", graph.Granted, 20, "proof", "form 9")
		x.batch.Authority = graph.BySource
		x.write(t)
		x.link("nobody's yet", "GIVEN_BY", "cid")
		assert.True(t, x.refused(t).Edge)
		assert.Equal(t, []any{int64(10), nil, nil}, x.standing(t, "cid"))
	})
	t.Run("but by the source that brought it, whose rows come one after the other", func(t *testing.T) {
		x.link("nobody's yet", "GIVEN_BY", "eve")
		x.batch.Authority = graph.BySource
		x.write(t)
		assert.Equal(t, []any{nil, forever, nil}, x.standing(t, "eve"))
	})
	t.Run("what has neither is led to whom it is of", func(t *testing.T) {
		x.say("somebody's", "fay", graph.Granted, 1)
		x.write(t)
		x.link("somebody's", "GIVEN_BY", "bob")
		x.write(t)
		assert.Equal(t, []any{nil, nil, nil}, x.standing(t, "fay"))
	})
	t.Run("a source with authority says a later thing in its place", func(t *testing.T) {
		x.say("eve's no", "", graph.Granted, 5, "proof", "form 10")
		x.batch.Authority = graph.BySource
		x.write(t)
		x.say("dot's yes", "dot", graph.Objected, 11)
		x.write(t)
		assert.Equal(t, int64(11), x.standing(t, "dot")[0])
		x.say("dot's yes", "fay", graph.Objected, 12, "proof", "it was fay's")
		x.batch.Authority = graph.BySource
		x.write(t)
		assert.Equal(t, []any{nil, nil, nil}, x.standing(t, "dot"))
		assert.Equal(t, int64(12), x.standing(t, "fay")[0])
		x.node("Consent", "fay's yes", "purpose", "SALES", "status", graph.Granted, "at", 13, "proof", "form 11")
		x.link("fay's yes", "GIVEN_BY", "fay")
		x.batch.Authority = graph.BySource
		x.write(t)
	})
}
