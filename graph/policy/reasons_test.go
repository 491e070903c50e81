package policy_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
)

// people are persons of every standing, in a store that knows nothing of purposes.
type people struct {
	store graph.Store
	cat   *graph.Catalog
	ids   map[string]string
}

// said is who said what; those who have a contract placed an order.
var said = map[string][]graph.Values{
	"nobody said anything":    nil,
	"party":                   nil,
	"objected":                {word(graph.Objected, 10)},
	"party who objected":      {word(graph.Objected, 10)},
	"consented":               {word(graph.Granted, 10)},
	"consent expired":         {ends(word(graph.Granted, 10), 20)},
	"consent withdrawn":       {word(graph.Granted, 10), word(graph.Withdrawn, 20)},
	"restricted":              {{graph.ConsentStatus: graph.Restricted, graph.ConsentAt: int64(30)}},
	"restricted and consents": {word(graph.Granted, 10), {graph.ConsentStatus: graph.Restricted, graph.ConsentAt: int64(30)}},
}

const now = 1000

func word(status string, at int64) graph.Values {
	return graph.Values{graph.ConsentStatus: status, graph.ConsentAt: at}
}

func ends(v graph.Values, at int64) graph.Values { v[graph.ConsentExpires] = at; return v }

// folk writes people who said what they said about a purpose.
func folk(t *testing.T, purpose graph.Purpose) *people {
	cat := graphtest.Catalog(t)
	p := &people{graphtest.NewOracle(cat, nil), cat, map[string]string{}}
	b := &graph.Batch{Source: "test"}
	ref := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: cat.MustKind(kind), External: graph.External{ID: id}}
	}
	for name, words := range said {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind("Customer"), ID: name, Set: graph.Values{"name": name, "birthYear": int64(1990)}})
		if name == "party" || name == "party who objected" {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind("Order"), ID: name})
			b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel("PLACED_BY"), From: ref("Order", name), To: ref("Customer", name)})
		}
		for i, w := range words {
			set := graph.Values{}
			for k, v := range w {
				set[k] = v
			}
			if set[graph.ConsentStatus] != graph.Restricted {
				set[graph.ConsentPurpose] = string(purpose)
			}
			id := name + string(rune('a'+i))
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind(graph.ConsentKind), ID: id, Set: set})
			b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel("GIVEN_BY"), From: ref(graph.ConsentKind, id), To: ref("Customer", name)})
		}
	}
	report, err := p.store.Write(context.Background(), b)
	require.NoError(t, err)
	for i, n := range b.Nodes {
		if n.Kind.Person {
			p.ids[n.ID] = report.IDs[i]
		}
	}
	return p
}

// ask reads properties of one of them as a viewer, and why they are withheld.
func (p *people) ask(t *testing.T, v *policy.Viewer, who string, properties ...string) ([]any, []*policy.Withheld) {
	k := p.cat.MustKind("Customer")
	sel := &graph.Selection{Kind: k}
	policy.WantState(sel)
	wanted := map[string]bool{}
	for _, name := range properties {
		wanted[name] = true
		sel.Props = append(sel.Props, graph.Ref{Prop: k.Property(name)})
	}
	f := &graph.Fetch{Now: now, Lists: []*graph.List{{Key: "who", IDs: []string{p.ids[who]}, Rows: true, Nodes: []*graph.Selection{sel}}}}
	_, err := v.Guard(f)
	require.NoError(t, err)
	res, err := p.store.Read(context.Background(), f)
	require.NoError(t, err)
	require.Len(t, res.Lists[0].Rows, 1, "somebody who is asked for by id always answers")
	row := &res.Lists[0].Rows[0]
	byName := map[string]any{}
	for i, r := range row.Sel.Props {
		byName[r.Prop.Name] = row.Props[i]
	}
	var values []any
	var why []*policy.Withheld
	for _, name := range properties {
		values = append(values, byName[name])
		why = append(why, v.State(row, now).Property(k.Property(name)))
	}
	return values, why
}

func TestWhatIsWithheldOfAPersonAndWhy(t *testing.T) {
	since := func(at graph.Time) *graph.Time { return &at }
	type answer struct {
		reason policy.Reason // empty: the name may be seen
		since  *graph.Time
	}
	seen := answer{}
	for _, c := range []struct {
		purpose graph.Purpose
		basis   policy.Basis // of IDENTITY
		want    map[string]answer
	}{
		{graph.Compliance, policy.Legal, map[string]answer{
			"nobody said anything": seen, "party": seen, "objected": seen, "party who objected": seen, "consented": seen,
			"consent expired": seen, "consent withdrawn": seen, "restricted": seen, "restricted and consents": seen,
		}},
		{graph.Sales, policy.Interest, map[string]answer{
			"nobody said anything": seen, "party": seen, "consented": seen, "consent expired": seen, "consent withdrawn": seen,
			"objected":                {policy.HasObjected, since(10)},
			"party who objected":      {policy.HasObjected, since(10)},
			"restricted":              {policy.IsRestricted, since(30)},
			"restricted and consents": {policy.IsRestricted, since(30)},
		}},
		{graph.Service, policy.ContractOrInterest, map[string]answer{
			"nobody said anything": seen, "party": seen, "consented": seen, "consent expired": seen, "consent withdrawn": seen,
			"objected":                {policy.HasObjected, since(10)},
			"party who objected":      seen,
			"restricted":              {policy.IsRestricted, since(30)},
			"restricted and consents": {policy.IsRestricted, since(30)},
		}},
		{graph.Marketing, policy.Consent, map[string]answer{
			"consented":               seen,
			"nobody said anything":    {policy.NoConsent, nil},
			"party":                   {policy.NoConsent, nil},
			"objected":                {policy.HasObjected, since(10)},
			"party who objected":      {policy.HasObjected, since(10)},
			"consent expired":         {policy.ConsentExpired, since(20)},
			"consent withdrawn":       {policy.ConsentWithdrawn, since(20)},
			"restricted":              {policy.IsRestricted, since(30)},
			"restricted and consents": {policy.IsRestricted, since(30)},
		}},
		{graph.Analysis, policy.Deny, map[string]answer{
			"nobody said anything": {policy.NotForPurpose, nil}, "party": {policy.NotForPurpose, nil}, "consented": {policy.NotForPurpose, nil},
		}},
	} {
		p := folk(t, c.purpose)
		v := &policy.Viewer{Lens: policy.Default().Lens(p.cat, c.purpose)}
		require.Equal(t, c.basis, v.Policy.Basis(graph.CategoryIdentity, c.purpose))
		for who, want := range c.want {
			t.Run(string(c.purpose)+": "+who, func(t *testing.T) {
				values, why := p.ask(t, v, who, "name")
				if want == seen {
					assert.Equal(t, []any{who}, values)
					assert.Nil(t, why[0])
					return
				}
				assert.Equal(t, []any{nil}, values)
				require.NotNil(t, why[0])
				assert.Equal(t, policy.Withheld{Reason: want.reason, Category: graph.CategoryIdentity, Since: want.since}, *why[0])
			})
		}
	}
}

func TestAPartyToAContractMayObjectToWhatTheContractDoesNotTake(t *testing.T) {
	p := folk(t, graph.Service)
	values, why := p.ask(t, &policy.Viewer{Lens: policy.Default().Lens(p.cat, graph.Service)}, "party who objected", "name", "birthYear")
	assert.Equal(t, []any{"party who objected", nil}, values)
	assert.Nil(t, why[0])
	require.NotNil(t, why[1])
	assert.Equal(t, policy.HasObjected, why[1].Reason)
	assert.Equal(t, graph.CategoryDemographic, why[1].Category)
}

func TestNothingCanBeAskedByWhatThePurposeDenies(t *testing.T) {
	cat := graphtest.Catalog(t)
	k := cat.MustKind("Customer")
	year := graph.Ref{Prop: k.Property("birthYear")}
	orders, claims := k.Edge("orders"), k.Edge("claims")
	for _, c := range []struct {
		name    string
		purpose graph.Purpose
		list    graph.List
		says    string
	}{
		{"filtered", graph.Sales, graph.List{Filter: &graph.Filter{Test: &graph.Test{Ref: year, Op: graph.IsNull}}}, "Customer.birthYear is DEMOGRAPHIC, which is not for the purpose SALES, so that nothing can be filtered by it"},
		{"filtered by its contrary", graph.Sales, graph.List{Filter: &graph.Filter{Not: &graph.Filter{Test: &graph.Test{Ref: year, Op: graph.IsNull}}}}, "nothing can be filtered by it"},
		{"filtered deep within", graph.Sales, graph.List{Filter: &graph.Filter{Some: &graph.Quantified{Edge: k.Edge("managers"), Filter: &graph.Filter{Test: &graph.Test{Ref: year, Op: graph.IsNull}}}}}, "nothing can be filtered by it"},
		{"filtered by an edge", graph.Marketing, graph.List{Filter: &graph.Filter{Every: &graph.Quantified{Edge: claims}}}, "Customer.claims is RELATIONSHIP"},
		{"filtered by an edge to what is denied", graph.Analysis, graph.List{Filter: &graph.Filter{Some: &graph.Quantified{Edge: k.Edge("employments"), Filter: &graph.Filter{Some: &graph.Quantified{Edge: cat.MustKind("Account").Edge("locations")}}}}}, "Account.locations is CONTACT"},
		{"ordered", graph.Sales, graph.List{Order: []graph.Order{{Prop: &year}}}, "nothing can be ordered by it"},
		{"ordered by a number", graph.Marketing, graph.List{Order: []graph.Order{{Count: &graph.Over{Edge: claims}}}}, "nothing can be ordered by it"},
		{"ordered by a number of those that pass", graph.Sales, graph.List{Order: []graph.Order{{Count: &graph.Over{Edge: k.Edge("reports"), Filter: &graph.Filter{Test: &graph.Test{Ref: year, Op: graph.IsNull}}}}}}, "nothing can be filtered by it"},
		{"grouped", graph.Sales, graph.List{Tallies: []*graph.Tally{{By: []graph.GroupKey{{Ref: graph.Ref{Prop: k.Property("gender")}}}}}}, "Customer.gender is DEMOGRAPHIC, which is not for the purpose SALES, so that nothing can be grouped by it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := c.list
			l.Key, l.Nodes, l.Page.Limit = "who", []*graph.Selection{{Kind: k}}, 10
			_, err := (&policy.Viewer{Lens: policy.Default().Lens(cat, c.purpose)}).Guard(&graph.Fetch{Now: now, Lists: []*graph.List{&l}})
			var bad *graph.Error
			require.ErrorAs(t, err, &bad)
			assert.Equal(t, graph.PurposeDenied, bad.Code)
			assert.Contains(t, bad.Message, c.says)
		})
	}
	t.Run("what it permits can", func(t *testing.T) {
		f := &graph.Fetch{Now: now, Lists: []*graph.List{{Key: "who", Nodes: []*graph.Selection{{Kind: k}}, Order: []graph.Order{{Count: &graph.Over{Edge: orders}}}, Page: graph.Page{Limit: 1}}}}
		_, err := (&policy.Viewer{Lens: policy.Default().Lens(cat, graph.Sales)}).Guard(f)
		assert.NoError(t, err)
	})
}
