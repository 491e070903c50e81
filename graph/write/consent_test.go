package write

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

func TestWhatAPersonsStandingComesTo(t *testing.T) {
	sel := standingOf(catalog.MustKind("Customer"))
	said := func(status string, at int64, more graph.Values) graph.Values {
		v := graph.Values{graph.ConsentPurpose: "SALES", graph.ConsentStatus: status, graph.ConsentAt: at}
		for name, x := range more {
			v[name] = x
		}
		return v
	}
	with := func(contracts bool, statements ...graph.Values) graph.Row {
		lists := make([]graph.ListResult, len(sel.Lists))
		for i, l := range sel.Lists {
			switch {
			case l.Edge.Standing == graph.ByContract && contracts:
				lists[i].Rows = []graph.Row{{Sel: l.Nodes[0], ID: "ord_1"}}
			case l.Edge.Standing == graph.ByConsent:
				for j, s := range statements {
					lists[i].Rows = append(lists[i].Rows, row(l.Nodes[0], "con_"+string(rune('a'+j)), s))
				}
			}
		}
		return row(sel, "cus_1", nil, lists...)
	}
	objected, until := graph.ObjectedAt(graph.Sales), graph.ConsentUntil(graph.Sales)
	for _, c := range []struct {
		name string
		row  graph.Row
		want graph.Values // some of it
	}{
		{"who has said nothing and has no contract has none", with(false), graph.Values{graph.Party: nil, objected: nil, until: nil}},
		{"who has a contract is party to one", with(true), graph.Values{graph.Party: true, objected: nil}},
		{"an objection stands", with(false, said(graph.Objected, 3, nil)), graph.Values{objected: int64(3), until: nil}},
		{"a consent without authority does not take it back", with(false, said(graph.Objected, 3, nil), said(graph.Granted, 5, nil)), graph.Values{objected: int64(3), until: nil}},
		{"one with authority does", with(false, said(graph.Objected, 3, nil), said(graph.Granted, 5, graph.Values{graph.ConsentAuthority: graph.BySubject})), graph.Values{objected: nil, until: int64(graph.LastInstant)}},
		{"a consent ends when it says", with(false, said(graph.Granted, 5, graph.Values{graph.ConsentExpires: int64(9)})), graph.Values{until: int64(9)}},
		{"one without an instant was said before all others", with(false, said(graph.Granted, 5, nil), graph.Values{graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected}), graph.Values{objected: int64(0), until: nil}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, statements := standing(&c.row)
			for name, v := range c.want {
				assert.Equal(t, v, got[name], name)
			}
			for i, s := range statements {
				assert.Equal(t, "con_"+string(rune('a'+i)), s.ID)
			}
		})
	}
}

func TestWhoseStandingAChangeIsAbout(t *testing.T) {
	ordered, consented := catalog.Rel("PLACED_BY"), catalog.Rel("GIVEN_BY")
	ids := func(look []*graph.List) (out [][]string) {
		for _, l := range look {
			out = append(out, l.IDs)
		}
		return out
	}
	for _, c := range []struct {
		name string
		made Change
		want [][]string
	}{
		{"an order makes her a party, whatever else there is", Change{Rel: ordered, NewEdge: &Edge{From: "ord_1", To: "cus_1"}}, [][]string{{"cus_1"}}},
		{"an order of a company is nobody's", Change{Rel: ordered, NewEdge: &Edge{From: "ord_1", To: "acc_1"}}, nil},
		{"an order that turns out not to be hers has her looked at anew", Change{Rel: ordered, OldEdge: &Edge{From: "ord_1", To: "cus_1"}}, [][]string{{"cus_1"}}},
		{"what she says has her looked at anew", Change{Rel: consented, NewEdge: &Edge{From: "con_1", To: "cus_1"}}, [][]string{{"cus_1"}}},
		{"what is said otherwise has those looked at who said it", Change{Kind: catalog.MustKind("Consent"), OldNode: &Node{ID: "con_1"}, NewNode: &Node{ID: "con_1"}}, [][]string{{"con_1"}}},
		{"what is new is nobody's yet", Change{Kind: catalog.MustKind("Consent"), NewNode: &Node{ID: "con_1"}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := applying()
			d := consentState(a)
			d.touch(c.made)
			look, _ := d.settle()
			require.Equal(t, c.want, ids(look))
		})
	}
}
