package rights_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rights"
)

var once = &graph.Once{Key: "k", Hash: "h"}

// told is a batch as text: its source, nodes, relationships and erasures.
func told(b *graph.Batch) []string {
	out := []string{fmt.Sprintf("%s by %q, with %q, once %s", b.Source, b.Actor, b.Authority, b.Once.Key)}
	for _, n := range b.Nodes {
		out = append(out, fmt.Sprintf("%s %s %v heard %t", n.Kind.Name, n.ID, n.Set, n.IfHeard))
	}
	for _, e := range b.Edges {
		out = append(out, fmt.Sprintf("%s %s -%s-> %s %s", e.From.Kind.Name, e.From.External.ID, e.Rel.Type, e.To.Kind.Name, e.To.ID))
	}
	for _, e := range b.Erase {
		out = append(out, fmt.Sprintf("erase %s but %v", e.Person, e.Keep))
	}
	return out
}

func TestTheExerciseOfARightIsRecordedOnce(t *testing.T) {
	cat, in := graphtest.Catalog(t), policy.Default()
	erase := fmt.Sprintf("erase cus_1 but %v", in.Erasure("cus_1").Keep)
	for _, c := range []struct {
		name  string
		of    rights.Request
		set   string // but for the policy
		erase []string
	}{
		{"by an officer, for a case", rights.Request{Right: rights.Access, Actor: "olga", Reference: "case 7"}, "actor:olga at:17 policyVersion:%s reference:case 7 right:ACCESS", nil},
		{"by whom is not known", rights.Request{Right: rights.Portability}, "at:17 policyVersion:%s right:PORTABILITY", nil},
		{"an erasure keeps what the policy has kept", rights.Request{Right: rights.Erasure, Actor: "olga"}, "actor:olga at:17 policyVersion:%s right:ERASURE", []string{erase}},
		{"an erasure tells what became of copies", rights.Request{Right: rights.Erasure, Copies: []string{"receipts: 3", "a"}}, "at:17 copies:[receipts: 3 a] policyVersion:%s right:ERASURE", []string{erase}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.of.Customer, c.of.At, c.of.Policy = "cus_1", 17, in
			assert.Equal(t, append([]string{
				`kith.rights by "", with "", once k`,
				"DataSubjectRequest k map[" + fmt.Sprintf(c.set, in.Version) + "] heard false",
				"DataSubjectRequest k -REQUESTED_BY-> Customer cus_1",
			}, c.erase...), told(c.of.Batch(cat, once)))
		})
	}
}

func TestAWordIsKeptWithTheRightThatItExercises(t *testing.T) {
	cat, in := graphtest.Catalog(t), policy.Default()
	for _, c := range []struct{ status, authority, right string }{
		{graph.Granted, graph.BySubject, ""},
		{graph.Withdrawn, "", ""},
		{graph.Objected, graph.ByOfficer, ""},
		{graph.Restricted, graph.ByOfficer, "RESTRICTION"},
		{graph.Unrestricted, graph.ByOfficer, "RESTRICTION_LIFTED"},
	} {
		t.Run(c.status, func(t *testing.T) {
			by := &rights.Request{Customer: "cus_1", Actor: "olga", At: 17, Policy: in}
			said := &rights.Word{By: by, Authority: c.authority, Set: graph.Values{graph.ConsentStatus: c.status, graph.ConsentAt: int64(17)}}
			want := []string{fmt.Sprintf(`kith.words by "olga", with %q, once k`, c.authority), "Consent k map[at:17 status:" + c.status + "] heard true"}
			if c.right != "" {
				want = append(want, "DataSubjectRequest k map[actor:olga at:17 policyVersion:"+in.Version+" right:"+c.right+"] heard false")
			}
			want = append(want, "Consent k -GIVEN_BY-> Customer cus_1")
			if c.right != "" {
				want = append(want, "DataSubjectRequest k -REQUESTED_BY-> Customer cus_1")
			}
			assert.Equal(t, want, told(said.Batch(cat, once)))
			assert.Equal(t, want, told(said.Batch(cat, once)), "what it is made of stays as it is")
			assert.Empty(t, by.Right)
		})
	}
}

func TestCopiesAreSearchedForNamesThatAreHardlyAnybodyElses(t *testing.T) {
	sel := &graph.Selection{Kind: graphtest.Catalog(t).MustKind("Customer")}
	rights.WantNames(sel)
	for _, c := range []struct {
		name string
		has  map[string]any
		want []string
	}{
		{"a whole name, an address and a number", map[string]any{"name": "Mary Maynard", "email": "mary@maynard.example", "phone": "+49 30 1234567"}, []string{"Mary Maynard", "mary@maynard.example", "+49 30 1234567"}},
		{"not a given name, nor a family name alone", map[string]any{"name": "Mary Maynard", "givenName": "Mary", "familyName": "Maynard"}, []string{"Mary Maynard"}},
		{"not one word as a whole name", map[string]any{"name": "Mary"}, nil},
		{"one of a script without spaces", map[string]any{"name": "山田太郎", "familyName": "山田"}, []string{"山田太郎"}},
		{"an address of one word", map[string]any{"email": "mary"}, []string{"mary"}},
		{"somebody who was erased", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			row := &graph.Row{ID: "cus_1", Sel: sel}
			for _, ref := range sel.Props {
				row.Props = append(row.Props, c.has[ref.Prop.Name])
			}
			assert.ElementsMatch(t, c.want, rights.Names(row))
		})
	}
}
