package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// acquainted has Ann and Bob in a call with Eve.
func acquainted(t *testing.T, p *program) *victims {
	v := &victims{program: p}
	v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Customer", "ann", graph.Values{"name": "Ann"}), v.node("Customer", "bob", graph.Values{"name": "Bob"}), v.node("Employee", "eve", graph.Values{"name": "Eve"}),
		v.node("Interaction", "call", graph.Values{"at": int64(graph.At(now.AddDate(0, 0, -5))), "kind": "CALL"}),
	}, Edges: []graph.Link{
		v.link("PARTICIPANT", "Interaction", "call", "Customer", "ann"), v.link("PARTICIPANT", "Interaction", "call", "Customer", "bob"), v.link("PARTICIPANT", "Interaction", "call", "Employee", "eve"),
	}})
	return v
}

// knows asks in all ways whom somebody knows. Who is hidden shows in none.
const knows = `{ customers(orderBy: [{name: ASC}]) { nodes { name known(edgeOrderBy: [{asOf: DESC}]) { totalCount nodes { ... on Customer { name } ... on Employee { name } } edges { properties { n sumIn } } } } }
	employees { nodes { known { totalCount nodes { name } } } }
	found: customers(filter: {known: {some: {customer: {}}, edgeFilter: {n: {gte: 1}}}}, orderBy: [{known: {count: DESC}}]) { totalCount } }`

// TestATieIsSeenWhereBothEndsPermitIt has Bob object.
func TestATieIsSeenWhereBothEndsPermitIt(t *testing.T) {
	const tie = `{"properties":{"n":1,"sumIn":1}}`
	both := func(name, other string) string {
		return fmt.Sprintf(`{"name":%q,"known":{"totalCount":2,"nodes":[{"name":%q},{"name":"Eve"}],"edges":[%s,%s]}}`, name, other, tie, tie)
	}
	onBothStores(t, func(t *testing.T, p *program) {
		v := acquainted(t, p)
		data := func(p *program, purpose graph.Purpose) string {
			answer, err := p.bytes(purpose, knows)
			require.NoError(t, err)
			var a struct{ Data json.RawMessage }
			require.NoError(t, json.Unmarshal(answer, &a))
			return string(a.Data)
		}
		// Relationships are everybody's for this policy, what somebody does is not: a tie is both.
		loose, err := policy.Parse(bytes.Replace(policy.Standard(), []byte("RELATIONSHIP: {SERVICE: interest,             SALES: interest"), []byte("RELATIONSHIP: {SERVICE: interest,             SALES: legal"), 1))
		require.NoError(t, err)
		require.NotEqual(t, policy.Default().Version, loose.Version)
		other := p.anew(t, resolvers.Options{Policy: func() *policy.Policy { return loose }})

		before := data(p, graph.Sales)
		assert.JSONEq(t, `{"customers":{"nodes":[`+both("Ann", "Bob")+`,`+both("Bob", "Ann")+`]},"employees":{"nodes":[{"known":{"totalCount":2,"nodes":[{"name":"Ann"},{"name":"Bob"}]}}]},"found":{"totalCount":2}}`, sorted(t, before))
		p.customer = v.ids["ann"]
		for _, purpose := range []graph.Purpose{graph.Marketing, graph.Self} {
			assert.NotContains(t, data(p, purpose), `"properties"`, purpose)
		}
		assert.NotContains(t, data(p, graph.Analysis), `"properties"`)

		v.objects(t, "bob")
		const alone = `{"customers":{"nodes":[{"name":"Ann","known":{"totalCount":1,"nodes":[{"name":"Eve"}],"edges":[` + tie + `]}}]},"employees":{"nodes":[{"known":{"totalCount":1,"nodes":[{"name":"Ann"}]}}]},"found":{"totalCount":0}}`
		assert.JSONEq(t, alone, data(p, graph.Sales), "neither from Ann, nor from Eve")
		answer, err := p.bytes(graph.Sales, fmt.Sprintf(`{ customer(id: %q) { known { totalCount } } }`, v.ids["bob"]))
		require.NoError(t, err)
		assert.Contains(t, string(answer), `"data":{"customer":{"known":null}}`)
		assert.Contains(t, string(answer), `"reason":"OBJECTED"`)

		got := data(other, graph.Sales)
		assert.NotContains(t, got, `"name":"Bob","known":{`, "what he does is withheld")
		assert.Contains(t, got, `{"name":"Ann","known":{"totalCount":1,"nodes":[{"name":"Eve"}]`)
		assert.Contains(t, got, `"employees":{"nodes":[{"known":{"totalCount":1,"nodes":[{"name":"Ann"}]}}]},"found":{"totalCount":0}`)
	})
}

// sorted is an answer with those whom somebody knows in the order of their names: ties of one instant go by ids.
func sorted(t *testing.T, data string) string {
	t.Helper()
	for _, name := range []string{"Ann", "Bob"} {
		data = string(bytes.ReplaceAll([]byte(data), []byte(`[{"name":"Eve"},{"name":"`+name+`"}]`), []byte(`[{"name":"`+name+`"},{"name":"Eve"}]`)))
	}
	return string(bytes.ReplaceAll([]byte(data), []byte(`[{"name":"Bob"},{"name":"Ann"}]`), []byte(`[{"name":"Ann"},{"name":"Bob"}]`)))
}

// TestWhoIsErasedIsKnownByNobody has her own ties, and those that lead to her, be gone.
func TestWhoIsErasedIsKnownByNobody(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := acquainted(t, p)
		_, err := p.store.Write(t.Context(), &graph.Batch{Source: "kith.rights", Erase: []graph.Erasure{policy.Default().Erasure(v.ids["bob"])}})
		require.NoError(t, err)
		v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Interaction", "later", graph.Values{"at": int64(graph.At(now.AddDate(0, 0, -1))), "kind": "CALL"})},
			Edges: []graph.Link{v.link("PARTICIPANT", "Interaction", "later", "Customer", "bob"), v.link("PARTICIPANT", "Interaction", "later", "Employee", "eve")}})
		answer, err := p.bytes(graph.Compliance, `{ employees { nodes { known { totalCount nodes { name } } } } customers(filter: {name: {eq: "Ann"}}) { nodes { known { totalCount } } } }`)
		require.NoError(t, err)
		assert.Contains(t, string(answer), `"employees":{"nodes":[{"known":{"totalCount":1,"nodes":[{"name":"Ann"}]}}]},"customers":{"nodes":[{"known":{"totalCount":1}}]}`)
	})
}

// TestHowStronglyTwoKnowEachOtherIsAskedAsOfADay has Ann, Bob and Eve meet in all sorts of ways, and holds each answer to what passed up to that day,
// composed from the beginning.
func TestHowStronglyTwoKnowEachOtherIsAskedAsOfADay(t *testing.T) {
	type part struct{ who, role string }
	type meeting struct {
		days   int // ago
		origin string
		who    []part
	}
	crowd := []part{{"ann", "ATTENDEE"}, {"bob", "ATTENDEE"}, {"eve", "ATTENDEE"}}
	for i := range 10 {
		crowd = append(crowd, part{fmt.Sprint("guest", i), "ATTENDEE"})
	}
	meetings := []meeting{
		{200, "", []part{{"ann", "FROM"}, {"bob", "TO"}}},
		{150, "CUSTOMER", []part{{"ann", ""}, {"bob", ""}, {"eve", ""}}},
		{100, "BUSINESS", []part{{"ann", ""}, {"eve", ""}}},
		{90, "", []part{{"bob", "FROM"}, {"ann", "CC"}, {"eve", "TO"}}},
		{80, "", []part{{"ann", "CC"}, {"ann", "FROM"}, {"bob", "TO"}}}, // in two roles, of which one says more
		{60, "", []part{{"bob", "FROM"}, {"eve", "TO"}}},
		{50, "", crowd}, // too many to know each other by it
		{5, "", []part{{"ann", "ATTENDEE"}, {"bob", "ATTENDEE"}, {"eve", "FROM"}}},
	}
	pairs := [][2]string{{"ann", "bob"}, {"bob", "ann"}, {"ann", "guest0"}, {"eve", "ann"}, {"eve", "bob"}}
	// passed is the tie as the oracle has it: by hand, and in the order of time.
	passed := func(a, b string, ago int) (tie graph.Tie) {
		employee := a == "eve"
		for _, m := range meetings {
			roles := map[string]string{}
			for _, p := range m.who {
				if roles[p.who] != "FROM" {
					roles[p.who] = p.role
				}
			}
			mine, here := roles[a]
			theirs, there := roles[b]
			if !here || !there || len(roles) > graph.MostTied || m.days < ago {
				continue
			}
			in := graph.Passed(theirs, mine, m.origin, false, employee)
			out := graph.Passed(mine, theirs, m.origin, employee, false)
			tie = tie.And(graph.TieOfOne(graph.Contact{At: int64(graph.At(now.AddDate(0, 0, -m.days))), In: in, Out: out}))
		}
		return tie
	}
	onBothStores(t, func(t *testing.T, p *program) {
		v := &victims{program: p}
		b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Employee", "eve", graph.Values{"name": "Eve"})}}
		for _, who := range append([]part{{who: "ann"}, {who: "bob"}}, crowd[3:]...) {
			b.Nodes = append(b.Nodes, v.node("Customer", who.who, graph.Values{"name": who.who}))
		}
		for i, m := range meetings {
			id := fmt.Sprint("meeting", i)
			set := graph.Values{"at": int64(graph.At(now.AddDate(0, 0, -m.days))), "kind": "MEETING"}
			if m.origin != "" {
				set["origin"] = m.origin
			}
			b.Nodes = append(b.Nodes, v.node("Interaction", id, set))
			for j, who := range m.who {
				kind := map[bool]string{true: "Employee", false: "Customer"}[who.who == "eve"]
				l := v.link("PARTICIPANT", "Interaction", id, kind, who.who)
				if l.Set = (graph.Values{}); who.role != "" {
					l.Set["role"] = who.role
				}
				l.ID = fmt.Sprint(id, j)
				b.Edges = append(b.Edges, l)
			}
		}
		v.write(t, b)
		v.objects(t, "guest9") // who took part in what many did, and counts although she is not seen
		ask := func(purpose graph.Purpose, a, b, args string) string {
			root := map[bool]string{true: "employee", false: "customer"}[a == "eve"]
			before := p.statements.Load()
			answer, err := p.bytes(purpose, fmt.Sprintf(`{ %s(id: %q) { tie(with: %q%s) { strength sumIn sumOut n lastIn lastOut live } } }`, root, shown(purpose, v.ids[a]), shown(purpose, v.ids[b]), args))
			require.NoError(t, err)
			if onNeo4j(p.store) {
				assert.LessOrEqual(t, p.statements.Load()-before, int64(1), "it is one statement")
			}
			return string(answer)
		}
		for _, pair := range pairs {
			for _, ago := range []int{0, 3, 5, 6, 50, 79, 85, 100, 149, 150, 199, 201} {
				then := now.AddDate(0, 0, -ago)
				args := fmt.Sprintf(", asOf: %q", graph.At(then))
				var a struct {
					Data map[string]struct {
						Tie *struct {
							Strength, SumIn, SumOut float64
							N                       int64
							LastIn, LastOut         *string
							Live                    bool
						}
					}
				}
				got := ask(graph.Sales, pair[0], pair[1], args)
				require.NoError(t, json.Unmarshal([]byte(got), &a), got)
				want := passed(pair[0], pair[1], ago)
				for _, root := range a.Data {
					if want.N == 0 {
						assert.Nil(t, root.Tie, "%v %d days ago", pair, ago)
						continue
					}
					require.NotNil(t, root.Tie, "%v %d days ago: %s", pair, ago, got)
					at := graph.At(then)
					kept := committee.Tie{Tie: want}
					in, out := kept.Decayed(at)
					assert.InDelta(t, committee.Strength(want, at), root.Tie.Strength, 1e-6, "%v %d days ago", pair, ago)
					assert.InDeltaSlice(t, []float64{in, out}, []float64{root.Tie.SumIn, root.Tie.SumOut}, 1e-6, "%v %d days ago", pair, ago)
					assert.Equal(t, []any{want.N, committee.Live(want, at)}, []any{root.Tie.N, root.Tie.Live}, "%v %d days ago", pair, ago)
				}
				if ago == 0 { // what Kith keeps comes to the same but for the sums' sixth decimal
					var kept struct {
						Data map[string]struct {
							Tie *struct {
								Strength float64
								N        int64
							}
						}
					}
					require.NoError(t, json.Unmarshal([]byte(ask(graph.Sales, pair[0], pair[1], "")), &kept))
					for root, k := range kept.Data {
						require.Equal(t, a.Data[root].Tie == nil, k.Tie == nil, "%v", pair)
						if k.Tie != nil {
							assert.InDelta(t, a.Data[root].Tie.Strength, k.Tie.Strength, 1e-3)
							assert.Equal(t, a.Data[root].Tie.N, k.Tie.N)
						}
					}
				}
			}
		}
		const nobody = `"tie":null`
		for _, args := range []string{"", fmt.Sprintf(", asOf: %q", graph.At(now))} {
			for purpose, reason := range map[graph.Purpose]string{graph.Marketing: "NOT_FOR_PURPOSE", graph.Analysis: "SMALL_GROUP"} {
				got := ask(purpose, "ann", "bob", args)
				assert.NotContains(t, got, `"strength"`, purpose)
				assert.Contains(t, got, reason, purpose)
			}
		}
		assert.Contains(t, ask(graph.Sales, "ann", "guest0", ""), nobody)
		early := fmt.Sprintf(", knownAt: %q", graph.At(now.AddDate(0, 0, -300)))
		assert.Contains(t, ask(graph.Sales, "ann", "bob", early), nobody, "nothing was known of them yet")
		v.objects(t, "bob")
		for _, args := range []string{"", fmt.Sprintf(", asOf: %q", graph.At(now))} {
			for _, from := range []string{"ann", "eve"} {
				assert.Contains(t, ask(graph.Sales, from, "bob", args), `{"data":{"`+map[bool]string{true: "employee", false: "customer"}[from == "eve"]+`":{`+nobody, "he does not permit it")
				assert.Equal(t, ask(graph.Sales, from, "guest0", args)[:40], ask(graph.Sales, from, "bob", args)[:40], "as if there was nothing")
			}
			assert.Contains(t, ask(graph.Sales, "bob", "ann", args), "OBJECTED", "nor that he is asked about")
		}
	})
}

// TestACrowdTiesNobodyOnAnyDay has a committee's member meet Sam among thirteen, of whom all but the two have objected.
func TestACrowdTiesNobodyOnAnyDay(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := buying(t, p)
		b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Employee", "sam", graph.Values{"name": "Sam"}), v.node("Interaction", "fair", graph.Values{"at": int64(graph.At(now.AddDate(0, 0, -30))), "kind": "MEETING"})},
			Edges: []graph.Link{v.link("PARTICIPANT", "Interaction", "fair", "Customer", "ann"), v.link("PARTICIPANT", "Interaction", "fair", "Employee", "sam")}}
		for i := range graph.MostTied - 1 {
			guest := fmt.Sprint("guest", i)
			b.Nodes = append(b.Nodes, v.node("Customer", guest, graph.Values{"name": guest}))
			b.Edges = append(b.Edges, v.link("PARTICIPANT", "Interaction", "fair", "Customer", guest))
		}
		v.write(t, b)
		for i := range graph.MostTied - 1 {
			v.objects(t, fmt.Sprint("guest", i))
		}
		ask := func(then string) string {
			with := then
			if then != "" {
				then, with = "("+then+")", ", "+then
			}
			answer, err := p.bytes(graph.Sales, fmt.Sprintf(`{ deals { nodes { committee%s { members { customer { name } ties { employee { name } n } } } } } employee(id: %q) { tie(with: %q%s) { n } } }`, then, v.ids["sam"], v.ids["ann"], with))
			require.NoError(t, err)
			return string(answer)
		}
		now := ask("")
		assert.Contains(t, now, `{"customer":{"name":"Ann"},"ties":[{"employee":{"name":"Eve"},"n":4}]}`)
		assert.Contains(t, now, `"employee":{"tie":null}`)
		assert.Equal(t, now, ask(`asOf: "2026-11-23T12:00:00Z"`), "as of now is now")
	})
}
