package graphtest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// strictest is about what two who become one have said.
func strictest(t *testing.T, x *fixture) {
	type say struct {
		who, status string
		at          int64
		more        []any
	}
	n := 0
	joined := func(t *testing.T, said ...say) {
		t.Helper()
		x.node("Customer", "ann", "name", "Ann")
		x.node("Customer", "twin", "name", "Ann again")
		for _, s := range said {
			n++
			id := string(rune('a' + n))
			x.node("Consent", id, append([]any{"status", s.status, "at", s.at, "proof", "letter"}, s.more...)...)
			if s.status != graph.Restricted && s.status != graph.Unrestricted {
				x.batch.Nodes[len(x.batch.Nodes)-1].Set["purpose"] = "MARKETING"
			}
			x.link(id, "GIVEN_BY", s.who)
		}
		x.batch.Authority = graph.ByOfficer
		x.write(t)
		x.merge("twin", "ann")
		x.write(t)
	}
	of := func(t *testing.T) []any {
		return x.hidden(t, "ann", graph.ObjectedAt(graph.Marketing), graph.ConsentUntil(graph.Marketing), graph.RestrictedAt)
	}
	now, soon := int64(Now), int64(Now)+9
	for _, c := range []struct {
		name string
		said []say
		want []any // since when she objects, until when she consents, since when her data is restricted
		new  int   // statements that the merge makes
	}{
		{"nobody said anything", nil, []any{nil, nil, nil}, 0},
		{"one consents, of the other nothing is known", []say{{"ann", graph.Granted, 3, nil}}, []any{nil, nil, nil}, 1},
		{"whichever of them", []say{{"twin", graph.Granted, 3, nil}}, []any{nil, nil, nil}, 1},
		{"both consent", []say{{"ann", graph.Granted, 3, nil}, {"twin", graph.Granted, 2, nil}}, []any{nil, forever, nil}, 0},
		{"both consent, one until then", []say{{"ann", graph.Granted, 3, nil}, {"twin", graph.Granted, 2, []any{"expiresAt", soon, "channel", "EMAIL"}}}, []any{nil, soon, nil}, 1},
		{"both consent, one no longer", []say{{"ann", graph.Granted, 3, nil}, {"twin", graph.Granted, 2, []any{"expiresAt", 9, "channel", "EMAIL"}}}, []any{nil, nil, nil}, 1},
		{"one objected, the other consented later", []say{{"twin", graph.Objected, 1, nil}, {"ann", graph.Granted, 3, nil}}, []any{now, nil, nil}, 1},
		{"one objected later", []say{{"twin", graph.Objected, 4, nil}, {"ann", graph.Granted, 3, nil}}, []any{int64(4), nil, nil}, 0},
		{"one withdrew, the other consented later", []say{{"twin", graph.Granted, 1, nil}, {"twin", graph.Withdrawn, 2, nil}, {"ann", graph.Granted, 3, nil}}, []any{nil, nil, nil}, 1},
		{"one is restricted, the other was set free later", []say{{"twin", graph.Restricted, 1, nil}, {"ann", graph.Unrestricted, 3, nil}}, []any{nil, nil, now}, 1},
		{"one withdrew for a channel, the other consented for it later", []say{{"twin", graph.Granted, 1, nil}, {"twin", graph.Withdrawn, 2, []any{"channel", "EMAIL"}}, {"ann", graph.Granted, 3, nil}}, []any{nil, forever, nil}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := len(x.read(t, x.all("Consent"))[0].Rows)
			joined(t, c.said...)
			assert.Equal(t, c.want, of(t))
			assert.Len(t, x.read(t, x.all("Consent"))[0].Rows, before+len(c.said)+c.new)
			if c.new > 0 {
				l := x.all("Consent", where(x.test("Consent.source", graph.Eq, "merge")), x.wants("Consent.at", "Consent.actor", "Consent.authority"))
				rows := x.read(t, l)[0].Rows
				require.Len(t, rows, c.new)
				assert.Equal(t, []any{now, source, nil}, rows[0].Props, "it is known what made it, and nothing stands behind it")
			}
			t.Run("until she says otherwise", func(t *testing.T) {
				x.node("Consent", "last", "purpose", "MARKETING", "status", graph.Granted, "at", now+1)
				x.link("last", "GIVEN_BY", "ann")
				x.batch.Authority = graph.BySubject
				x.write(t)
				assert.Equal(t, []any{nil, forever}, of(t)[:2])
			})
			for _, kind := range []string{"Consent", "Customer"} {
				for _, r := range x.read(t, x.all(kind))[0].Rows {
					x.batch.Remove = append(x.batch.Remove, graph.Removal{Kind: x.cat.MustKind(kind), ID: r.ID})
				}
			}
			x.write(t)
		})
	}
}
