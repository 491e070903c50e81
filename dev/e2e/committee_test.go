package e2e

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// buying has Ann, who is for the deal, and Bob, who pays, at Acme. Ann has talked with Eve of late, and Bob has not.
func buying(t *testing.T, p *program) *victims {
	v := &victims{program: p}
	ago := func(days int) int64 { return int64(graph.At(now.AddDate(0, 0, -days))) }
	b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Account", "acme", graph.Values{"name": "Acme"}),
		v.node("Customer", "ann", graph.Values{"name": "Ann"}), v.node("Customer", "bob", graph.Values{"name": "Bob"}), v.node("Employee", "eve", graph.Values{"name": "Eve"}),
		v.node("Deal", "deal", graph.Values{"name": "Pumps", "stage": "PROPOSAL", "amount": graph.Money{Amount: 50_000_000, Currency: "EUR"}}),
	}, Edges: []graph.Link{v.link("WITH", "Deal", "deal", "Account", "acme")}}
	job := func(who, title string, limit int64) {
		l := v.link("WORKS_AT", "Customer", who, "Account", "acme")
		l.Set = graph.Values{"title": title, "approvalLimit": graph.Money{Amount: limit, Currency: "EUR"}, "from": ago(900)}
		b.Edges = append(b.Edges, l)
	}
	job("ann", "Head of Production", 10_000_000)
	job("bob", "Managing Director", 90_000_000)
	claim := func(id, who, role string, recorded int, cites ...string) {
		b.Nodes = append(b.Nodes, v.node("Claim", id, graph.Values{"role": role, "stance": "SUPPORTIVE", "from": ago(recorded), "recordedAt": ago(recorded), "claimOrigin": "EMPLOYEE"}))
		b.Edges = append(b.Edges, v.link("ABOUT", "Claim", id, "Customer", who), v.link("ON", "Claim", id, "Deal", "deal"), v.link("BY", "Claim", id, "Employee", "eve"))
		for _, c := range cites {
			b.Edges = append(b.Edges, v.link("CITES", "Claim", id, "Interaction", c))
		}
	}
	for i, days := range []int{60, 40, 20, 3} {
		id := fmt.Sprintf("mail%d", i)
		b.Nodes = append(b.Nodes, v.node("Interaction", id, graph.Values{"at": ago(days), "kind": "CALL", "subject": "Pumps"}))
		b.Edges = append(b.Edges, v.link("PARTICIPANT", "Interaction", id, "Customer", "ann"), v.link("PARTICIPANT", "Interaction", id, "Employee", "eve"))
	}
	claim("champion", "ann", "CHAMPION", 50, "mail0", "mail1")
	claim("coach", "ann", "COACH", 10)
	claim("payer", "bob", "ECONOMIC_BUYER", 45)
	v.write(t, b)
	return v
}

// whoDecides asks for all that is short to write down of a committee.
const whoDecides = `{ deals { nodes { committee%s { liveThreads truncated
	members { customer { name } leadingClaim { role citedInteractions { totalCount } } competingClaims { role assertedBy { name } } tied position { title account { name } } approval lastIn ties { employee { name } n live } }
	seats { role state n holders { name } } warnings { code state n customer { name } } verdict { code text subjects { name } } changes { code customer { name } role } balance } } } }`

// TestACommitteeIsOneAnswer is about all that a seller asks before a call.
func TestACommitteeIsOneAnswer(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := buying(t, p)
		var answer []byte
		for _, statements := range []int64{2, 1} {
			before := p.statements.Load()
			var err error
			answer, err = p.bytes(graph.Sales, fmt.Sprintf(whoDecides, ""))
			require.NoError(t, err)
			if onNeo4j(p.store) {
				assert.Equal(t, statements, p.statements.Load()-before, "it is one statement where it is known how long stages take, and two where it is not")
			}
		}
		var a struct {
			Data struct {
				Deals struct {
					Nodes []struct{ Committee map[string]json.RawMessage }
				}
			}
		}
		require.NoError(t, json.Unmarshal(answer, &a))
		require.Len(t, a.Data.Deals.Nodes, 1, string(answer))
		c := a.Data.Deals.Nodes[0].Committee
		assert.JSONEq(t, `[
			{"customer": {"name": "Bob"}, "leadingClaim": {"role": "ECONOMIC_BUYER", "citedInteractions": {"totalCount": 0}}, "competingClaims": [], "tied": false,
				"position": {"title": "Managing Director", "account": {"name": "Acme"}}, "approval": "COVERS", "lastIn": null, "ties": []},
			{"customer": {"name": "Ann"}, "leadingClaim": {"role": "CHAMPION", "citedInteractions": {"totalCount": 2}}, "competingClaims": [{"role": "COACH", "assertedBy": {"name": "Eve"}}], "tied": false,
				"position": {"title": "Head of Production", "account": {"name": "Acme"}}, "approval": "BELOW", "lastIn": "`+graph.At(now.AddDate(0, 0, -3)).String()+`", "ties": [{"employee": {"name": "Eve"}, "n": 4, "live": true}]}]`, string(c["members"]))
		assert.JSONEq(t, "1", string(c["liveThreads"]))
		assert.JSONEq(t, "0.5", string(c["balance"]), "nobody says which way the calls went")
		for _, has := range []string{`{"role":"ECONOMIC_BUYER","state":"COMPLETE","n":3,"holders":[{"name":"Bob"}]}`, `{"role":"USER","state":"GAP","n":3,"holders":[]}`, `{"role":"LEGAL","state":"NOT_EXPECTED","n":3,"holders":[]}`} {
			assert.Contains(t, string(c["seats"]), has)
		}
		for _, has := range []string{`{"code":"SINGLE_THREAD","state":"RAISED","n":2,"customer":null}`, `{"code":"NO_POWER","state":"CLEAR","n":0,"customer":null}`, `{"code":"STALLED","state":"CANNOT_BE_JUDGED"`} {
			assert.Contains(t, string(c["warnings"]), has)
		}
		assert.JSONEq(t, `[{"code": "OPEN_SEAT", "text": "Find a technical buyer and a user: nobody whom you may see is claimed to be.", "subjects": []},
			{"code": "SINGLE_THREAD", "text": "Open a second thread: only 1 of 2 members has been in two-way contact with us since `+graph.At(now.AddDate(0, 0, -45)).Std().Format("2 January 2006")+`.", "subjects": []}]`, string(c["verdict"]))
		assert.JSONEq(t, `[{"code": "JOINED", "customer": {"name": "Ann"}, "role": "CHAMPION"}, {"code": "JOINED", "customer": {"name": "Bob"}, "role": "ECONOMIC_BUYER"}]`, string(c["changes"]))

		for name, asks := range map[string][2]string{
			"as of a day":             {fmt.Sprintf("(asOf: %q)", graph.At(now.AddDate(0, 0, -48))), `"members":[{"customer":{"name":"Ann"},"leadingClaim":{"role":"CHAMPION","citedInteractions":{"totalCount":1}},"competingClaims":[],`},
			"with the ties of then":   {fmt.Sprintf("(asOf: %q)", graph.At(now.AddDate(0, 0, -48))), `"ties":[{"employee":{"name":"Eve"},"n":1,"live":true}]`},
			"without somebody":        {fmt.Sprintf("(without: [%q])", v.ids["bob"]), `{"role":"ECONOMIC_BUYER","state":"GAP","n":2,"holders":[]}`},
			"without nobody that is":  {`(without: ["cus_none"])`, `{"role":"ECONOMIC_BUYER","state":"COMPLETE","n":3,"holders":[{"name":"Bob"}]}`},
			"as known before all was": {fmt.Sprintf("(knownAt: %q)", graph.At(now.AddDate(0, 0, -300))), `"members":[],`},
		} {
			got, err := p.bytes(graph.Sales, fmt.Sprintf(whoDecides, asks[0]))
			require.NoError(t, err)
			assert.Contains(t, string(got), asks[1], name)
		}
	})
}

// TestASeatOfWhomNobodyMaySeeIsAnEmptyOne has Bob object: the committee is that of a world in which nothing was ever said of him.
func TestASeatOfWhomNobodyMaySeeIsAnEmptyOne(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := buying(t, p)
		object := func(who string) {
			v.objects(t, who)
		}
		object("bob")
		data := func(purpose graph.Purpose) string {
			answer, err := p.bytes(purpose, fmt.Sprintf(whoDecides, ""))
			require.NoError(t, err)
			var a struct{ Data json.RawMessage }
			require.NoError(t, json.Unmarshal(answer, &a))
			return string(a.Data)
		}
		hidden := data(graph.Sales)
		assert.NotContains(t, hidden, "Bob")
		assert.Contains(t, hidden, `{"role":"ECONOMIC_BUYER","state":"GAP","n":2,"holders":[]}`)
		assert.Contains(t, data(graph.Compliance), `"holders":[{"name":"Bob"}]`)

		v.write(t, &graph.Batch{Source: "crm", Remove: []graph.Removal{{Kind: p.catalog.MustKind("Claim"), ID: v.ids["payer"]}}})
		assert.Equal(t, data(graph.Sales), hidden, "as if nothing had been claimed of him")

		for purpose, reason := range map[graph.Purpose]string{graph.Marketing: "NOT_FOR_PURPOSE", graph.Analysis: "SMALL_GROUP"} {
			answer, err := p.bytes(purpose, `{ deals { nodes { committee { liveThreads } claims { nodes { staleSince } } } } }`)
			require.NoError(t, err)
			assert.Contains(t, string(answer), `"committee":null`, purpose)
			assert.Contains(t, string(answer), fmt.Sprintf(`"reason":%q`, reason), purpose)
		}
		object("ann")
		assert.Contains(t, data(graph.Sales), `"committee":{"liveThreads":0,"truncated":false,"members":[],`)
	})
}

// TestTheCommitteeOfAnAccountJoinsThoseOfItsDeals has Cleo claimed in the account itself, and Ann and Bob in its deal.
func TestTheCommitteeOfAnAccountJoinsThoseOfItsDeals(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := buying(t, p)
		v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Customer", "cleo", graph.Values{"name": "Cleo"}), v.node("Claim", "legal", graph.Values{"role": "LEGAL", "recordedAt": int64(graph.At(now.AddDate(0, 0, -9)))}),
			v.node("Deal", "deal", graph.Values{"openedAt": int64(graph.At(now.AddDate(0, 0, -99)))})},
			Edges: []graph.Link{v.link("ABOUT", "Claim", "legal", "Customer", "cleo"), v.link("ON", "Claim", "legal", "Account", "acme")}})
		before := p.statements.Load()
		answer, err := p.bytes(graph.Sales, `{ accounts { nodes { committee { liveThreads truncated members { customer { name } leadingClaim { role undertaking { ... on Deal { name } ... on Account { name } } } competingClaims { role } position { title account { name } } ties { employee { name } n } } } } } }`)
		require.NoError(t, err)
		if onNeo4j(p.store) {
			assert.EqualValues(t, 1, p.statements.Load()-before, "it is one statement")
		}
		assert.Contains(t, string(answer), `"committee":{"liveThreads":1,"truncated":false,"members":[`+
			`{"customer":{"name":"Bob"},"leadingClaim":{"role":"ECONOMIC_BUYER","undertaking":{"name":"Pumps"}},"competingClaims":[],"position":{"title":"Managing Director","account":{"name":"Acme"}},"ties":[]},`+
			`{"customer":{"name":"Ann"},"leadingClaim":{"role":"CHAMPION","undertaking":{"name":"Pumps"}},"competingClaims":[{"role":"COACH"}],"position":{"title":"Head of Production","account":{"name":"Acme"}},"ties":[{"employee":{"name":"Eve"},"n":4}]},`+
			`{"customer":{"name":"Cleo"},"leadingClaim":{"role":"LEGAL","undertaking":{"name":"Acme"}},"competingClaims":[],"position":null,"ties":[]}]}`)
		answer, err = p.bytes(graph.Sales, fmt.Sprintf(`{ accounts { nodes { committee(asOf: %q) { members { customer { name } } } } } }`, graph.At(now.AddDate(0, 0, -100))))
		require.NoError(t, err)
		assert.Contains(t, string(answer), `"members":[{"customer":{"name":"Cleo"}}]`, "the deal was not opened yet; of Cleo nobody says since when")
	})
}

// TestStagesOfADeal is about how a deal went.
func TestStagesOfADeal(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := &victims{program: p}
		b := &graph.Batch{Source: "crm", Loads: true, Nodes: []graph.Upsert{v.node("Deal", "deal", graph.Values{"name": "Pumps"})}}
		on := func(month time.Month, day int) int64 {
			return int64(graph.At(time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)))
		}
		was := func(month time.Month, day int, set graph.Values) {
			u := v.node("Deal", "deal", set)
			u.At = new(graph.Time(on(month, day)))
			b.Nodes = append(b.Nodes, u)
		}
		was(9, 1, graph.Values{"stage": "PROSPECTING", "expectedClose": on(12, 1)})
		was(10, 1, graph.Values{"stage": "PROPOSAL", "expectedClose": on(12, 24)})
		was(10, 11, graph.Values{"expectedClose": on(12, 20)})
		was(10, 21, graph.Values{"expectedClose": on(12, 30)})
		was(11, 20, graph.Values{"stage": "WON"})
		v.write(t, b)
		ask := func(purpose graph.Purpose, args string) string {
			answer, err := p.bytes(purpose, fmt.Sprintf(`{ deals { nodes { stageHistory%[1]s { stage from to duration } timeInStage%[1]s slips%[1]s { at from to } } } }`, args))
			require.NoError(t, err)
			return string(answer)
		}
		for _, purpose := range []graph.Purpose{graph.Sales, graph.Analysis} { // no person stands behind it
			assert.Contains(t, ask(purpose, `(asOf: "2026-11-01T00:00:00Z")`), `"stageHistory":[{"stage":"PROSPECTING","from":"2026-09-01T00:00:00Z","to":"2026-10-01T00:00:00Z","duration":2.592e+06},`+
				`{"stage":"PROPOSAL","from":"2026-10-01T00:00:00Z","to":null,"duration":2.6784e+06}],"timeInStage":2.6784e+06,`+
				`"slips":[{"at":"2026-10-01T00:00:00Z","from":"2026-12-01","to":"2026-12-24"},{"at":"2026-10-21T00:00:00Z","from":"2026-12-20","to":"2026-12-30"}]`, purpose)
		}
		assert.Contains(t, ask(graph.Sales, `(asOf: "2026-09-15T00:00:00Z")`), `"stageHistory":[{"stage":"PROSPECTING","from":"2026-09-01T00:00:00Z","to":null,"duration":1.2096e+06}],"timeInStage":1.2096e+06,"slips":[]`)
		assert.Contains(t, ask(graph.Sales, `(knownAt: "2026-11-01T00:00:00Z")`), `"stageHistory":[],"timeInStage":null,"slips":[]`, "before it was written down")
		assert.Contains(t, ask(graph.Sales, ``), `"to":"2026-11-20T00:00:00Z","duration":4.32e+06},{"stage":"WON","from":"2026-11-20T00:00:00Z","to":null,"duration":null}],"timeInStage":null`)
	})
}

// TestWhatHangsOnSomebody has Ann alone lead to Bob, who pays.
func TestWhatHangsOnSomebody(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := buying(t, p)
		b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Interaction", "lunch", graph.Values{"at": int64(graph.At(now.AddDate(0, 0, -2))), "kind": "MEETING"}),
			v.node("Deal", "won", graph.Values{"name": "Pipes", "stage": "WON", "amount": graph.Money{Amount: 1, Currency: "EUR"}}), v.node("Claim", "old", graph.Values{"role": "CHAMPION"})},
			Edges: []graph.Link{v.link("ABOUT", "Claim", "old", "Customer", "ann"), v.link("ON", "Claim", "old", "Deal", "won")}}
		for _, who := range []string{"ann", "bob"} {
			l := v.link("PARTICIPANT", "Interaction", "lunch", "Customer", who)
			l.Set = graph.Values{"role": "ATTENDEE"}
			b.Edges = append(b.Edges, l)
		}
		v.write(t, b)
		const losses = `losses { customer { name } deal { name } losesEconomicBuyer leavesOneThread } amountAtRisk { amount currency } withoutEconomicBuyer truncated`
		ask := func(purpose graph.Purpose, query string) string {
			answer, err := p.bytes(purpose, query)
			require.NoError(t, err)
			return string(answer)
		}
		const loses = `{"customer":{"name":"Ann"},"deal":{"name":"Pumps"},"losesEconomicBuyer":true,"leavesOneThread":false}`
		assert.Contains(t, ask(graph.Sales, `{ deals(orderBy: [{name: DESC}]) { nodes { name resilience { `+losses+` } } } }`),
			`[{"name":"Pumps","resilience":{"losses":[{"customer":{"name":"Bob"},"deal":{"name":"Pumps"},"losesEconomicBuyer":true,"leavesOneThread":false},`+loses+
				`],"amountAtRisk":[{"amount":"5000.00","currency":"EUR"}],"withoutEconomicBuyer":0,"truncated":false}},{"name":"Pipes","resilience":null}]`)
		assert.Contains(t, ask(graph.Sales, `{ customers { nodes { name resilience { `+losses+` } } } }`),
			`{"name":"Ann","resilience":{"losses":[`+loses+`],"amountAtRisk":[{"amount":"5000.00","currency":"EUR"}],"withoutEconomicBuyer":0,"truncated":false}}`)
		for purpose, reason := range map[graph.Purpose]string{graph.Marketing: "NOT_FOR_PURPOSE", graph.Analysis: "SMALL_GROUP"} {
			got := ask(purpose, `{ deals { nodes { resilience { withoutEconomicBuyer } } } customers { nodes { resilience { withoutEconomicBuyer } } } }`)
			assert.NotContains(t, got, `"resilience":{`, purpose)
			assert.Contains(t, got, fmt.Sprintf(`"reason":%q`, reason), purpose)
		}
		v.objects(t, "bob")
		assert.Contains(t, ask(graph.Sales, `{ deals(orderBy: [{name: DESC}], first: 1) { nodes { resilience { `+losses+` } } } }`),
			`{"losses":[{"customer":{"name":"Ann"},"deal":{"name":"Pumps"},"losesEconomicBuyer":null,"leavesOneThread":false}],"amountAtRisk":[],"withoutEconomicBuyer":1,"truncated":false}`, "nobody who may be seen pays")
	})
}

// TestWhatIsWrongWithMyDeals has Eve work on the deal of Ann and Bob, and on one that nobody is known of.
func TestWhatIsWrongWithMyDeals(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := buying(t, p)
		v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Deal", "other", graph.Values{"name": "Pipes", "stage": "PROPOSAL", "amount": graph.Money{Amount: 70_000_000, Currency: "NOK"}}),
			v.node("Deal", "won", graph.Values{"name": "Won", "stage": "WON"}), v.node("Claim", "coach2", graph.Values{"role": "COACH", "recordedAt": int64(graph.At(now.AddDate(0, 0, -9)))}), v.node("Claim", "user2", graph.Values{"role": "USER", "recordedAt": int64(graph.At(now.AddDate(0, 0, -7)))})},
			Edges: []graph.Link{v.link("WORKED_BY", "Deal", "deal", "Employee", "eve"), v.link("WORKED_BY", "Deal", "other", "Employee", "eve"), v.link("WORKED_BY", "Deal", "won", "Employee", "eve"),
				v.link("ABOUT", "Claim", "coach2", "Customer", "ann"), v.link("ON", "Claim", "coach2", "Deal", "other"), v.link("ABOUT", "Claim", "user2", "Customer", "bob"), v.link("ON", "Claim", "user2", "Deal", "other")}})
		ask := func(purpose graph.Purpose, args string) string {
			answer, err := p.bytes(purpose, fmt.Sprintf(`{ committeeWarnings(owner: %q%s) { deals { deal { name } warnings { code value customer { name } } verdict { code } } totals { code deals amounts { amount currency } } truncated } }`, shown(purpose, v.ids["eve"]), args))
			require.NoError(t, err)
			return string(answer)
		}
		const pumps = `{"deal":{"name":"Pumps"},"warnings":[{"code":"SINGLE_THREAD","value":1,"customer":null}],"verdict":[{"code":"OPEN_SEAT"},{"code":"SINGLE_THREAD"}]}`
		const pipes = `{"deal":{"name":"Pipes"},"warnings":[{"code":"SINGLE_THREAD","value":1,"customer":null}],"verdict":[{"code":"OPEN_SEAT"},{"code":"SINGLE_THREAD"}]}`
		ask(graph.Sales, "")
		before := p.statements.Load()
		all := ask(graph.Sales, "")
		if onNeo4j(p.store) {
			assert.EqualValues(t, 1, p.statements.Load()-before, "it is one statement where it is known how long stages take")
		}
		assert.Contains(t, all, `{"deals":[`+pumps+`,`+pipes+`],"totals":[{"code":"SINGLE_THREAD","deals":2,"amounts":[{"amount":"5000.00","currency":"EUR"},{"amount":"7000.00","currency":"NOK"}]}],"truncated":false}`)
		for name, c := range map[string][2]string{
			"one deal, and the totals of all":  {`, first: 1`, `{"deals":[` + pumps + `],"totals":[{"code":"SINGLE_THREAD","deals":2,`},
			"another code":                     {`, codes: [SLIPPED]`, `{"deals":[],"totals":[],"truncated":false}`},
			"worth so much, in one currency":   {`, minAmount: {amount: "5000", currency: "EUR"}`, `{"deals":[` + pumps + `],"totals":[{"code":"SINGLE_THREAD","deals":1,`},
			"nor fewer":                        {`, first: 0`, `committeeWarnings: first is from 1 to 50, not 0`},
			"no more than may be asked for":    {`, first: 51`, `committeeWarnings: first is from 1 to 50, not 51`},
			"amounts in money that there is":   {`, minAmount: {amount: "5,000", currency: "EUR"}`, `committeeWarnings.minAmount: \"5,000\" is not a decimal number`},
			"a value is not given where null":  {`, codes: null, minAmount: null, first: null`, `{"deals":[` + pumps + `,` + pipes + `],`},
			"what is about nobody she may see": {`, codes: [GONE_DARK, CHAMPION_LEFT]`, `{"deals":[],"totals":[],"truncated":false}`},
		} {
			assert.Contains(t, ask(graph.Sales, c[0]), c[1], name)
		}
		t.Run("a team's are those on which somebody of it works", func(t *testing.T) {
			v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Employee", "eve", graph.Values{"team": "North"}), v.node("Employee", "sam", graph.Values{"name": "Sam", "team": "North"})},
				Edges: []graph.Link{v.link("WORKED_BY", "Deal", "other", "Employee", "sam")}})
			team := func(args string) string {
				answer, err := p.bytes(graph.Sales, `{ committeeWarnings`+args+` { deals { deal { name } warnings { code value customer { name } } verdict { code } } totals { code deals } } }`)
				require.NoError(t, err)
				return string(answer)
			}
			const none = `{"deals":[],"totals":[]}`
			assert.Contains(t, team(`(team: "North")`), `{"deals":[`+pumps+`,`+pipes+`],"totals":[{"code":"SINGLE_THREAD","deals":2}]}`)
			assert.Contains(t, team(`(team: "South")`), none)
			assert.Contains(t, team(fmt.Sprintf(`(team: "North", owner: %q)`, v.ids["eve"])), `{"deals":[`+pumps+`,`+pipes+`],"totals":[{"code":"SINGLE_THREAD","deals":2}]}`, "each deal once")
			assert.Contains(t, team(fmt.Sprintf(`(team: "South", owner: %q)`, v.ids["sam"])), `{"deals":[`+pipes+`],`)
			assert.Contains(t, team(``), "committeeWarnings.owner: is to be the id of an employee, since the token names none")
		})
		for purpose, reason := range map[graph.Purpose]string{graph.Marketing: "NOT_FOR_PURPOSE", graph.Analysis: "SMALL_GROUP"} {
			answer := ask(purpose, "")
			assert.Contains(t, answer, `"committeeWarnings":null`, purpose)
			assert.Contains(t, answer, fmt.Sprintf(`"reason":%q`, reason), purpose)
		}
	})
}

// TestCommitteesAreComparedWithTheCompanysOwnDeals has 30 deals won, each with a legal counsel and ten days in PROPOSAL, and 30 lost ones without. Cleo
// is the counsel of one of the won ones in four.
func TestCommitteesAreComparedWithTheCompanysOwnDeals(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := buying(t, p)
		ago := func(days int) *graph.Time { return new(graph.At(now.AddDate(0, 0, -days))) }
		b := &graph.Batch{Source: "crm", Loads: true, Nodes: []graph.Upsert{v.node("Customer", "dora", graph.Values{"name": "Dora"}), v.node("Customer", "cleo", graph.Values{"name": "Cleo"})}}
		was := func(id string, days int, set graph.Values) {
			u := v.node("Deal", id, set)
			u.At = ago(days)
			b.Nodes = append(b.Nodes, u)
		}
		for i := range 60 {
			id, outcome := fmt.Sprintf("decided%d", i), []string{"WON", "LOST"}[i%2]
			b.Nodes = append(b.Nodes, v.node("Deal", id, graph.Values{"name": id, "closedAt": int64(*ago(100))}))
			was(id, 110, graph.Values{"stage": "PROPOSAL"})
			was(id, 100, graph.Values{"stage": outcome})
			if outcome == "WON" {
				who := []string{"dora", "dora", "dora", "cleo"}[i/2%4]
				b.Nodes = append(b.Nodes, v.node("Claim", "claim"+id, graph.Values{"role": "LEGAL", "recordedAt": int64(*ago(130))}))
				b.Edges = append(b.Edges, v.link("ABOUT", "Claim", "claim"+id, "Customer", who), v.link("ON", "Claim", "claim"+id, "Deal", id))
			}
		}
		b.Nodes = append(b.Nodes, v.node("Deal", "slow", graph.Values{"name": "Valves"}))
		was("slow", 40, graph.Values{"stage": "PROPOSAL"})
		v.write(t, b)
		ask := func(args string) string {
			answer, err := p.bytes(graph.Sales, fmt.Sprintf(`{ deals(filter: {name: {in: ["Pumps", "Valves"]}}) { nodes { committee%s { comparedAt warnings { code state n value limit since } coverage { role state won { with n } lost { with n low high } } } } } }`, args))
			require.NoError(t, err)
			return string(answer)
		}
		before := p.statements.Load()
		all := ask("")
		if onNeo4j(p.store) {
			assert.EqualValues(t, 2, p.statements.Load()-before, "those that were won, and lost, are one statement more")
		}
		assert.Contains(t, all, `{"code":"STALLED","state":"RAISED","n":30,"value":40,"limit":10,"since":"`+ago(30).String()+`"}`)
		assert.Contains(t, all, `{"role":"LEGAL","state":"GAP","won":{"with":30,"n":30},"lost":{"with":0,"n":30,"low":0,"high":0.11`)
		assert.Contains(t, all, `{"role":"PROCUREMENT","state":"NOT_SUPPORTED","won":{"with":0,"n":30},"lost":{"with":0,"n":30,`)
		assert.Contains(t, all, `{"role":"ECONOMIC_BUYER","state":"COMPLETE",`)
		assert.Contains(t, all, `"comparedAt":"2026-11-23T11:59:00Z"`, "they are no older, and how old they are is not told")
		then := ask(fmt.Sprintf("(asOf: %q)", *ago(105)))
		assert.Contains(t, then, `{"role":"LEGAL","state":"INSUFFICIENT_DATA","won":{"with":0,"n":0},"lost":{"with":0,"n":0,"low":0,"high":1}}`, "none had been decided")

		// Each answer that rests on the deals of before puts on record how those were chosen who had a part in them, whenever that was read.
		const whole = `{ deals(filter: {name: {eq: "Pumps"}}) { nodes {
			committee { truncated comparedAt liveThreads balance members { customer { name } leadingClaim { role } position { title } approval ties { employee { name } strength } } seats { role state holders { name } }
				warnings { code state } verdict { code text } changes { code customer { name } } coverage { role state won { with n } lost { with n } } }
			resilience { losses { customer { name } losesEconomicBuyer leavesOneThread } } } } }`
		told := func(statements int64, why string) (answer string) {
			before := p.statements.Load()
			got, err := p.bytes(graph.Sales, whole)
			require.NoError(t, err)
			if onNeo4j(p.store) {
				assert.Equal(t, statements, p.statements.Load()-before, why)
			}
			left := p.leftFor(whole)
			assert.Len(t, left.Subjects, 2, why)
			assert.Contains(t, left.Others, graph.CategoryRelationship, why)
			assert.Contains(t, left.Population, "deals.claims", why)
			return string(got)
		}
		warm := told(1, "all of a committee is one statement where it is known how deals were decided")
		assert.Contains(t, warm, `{"role":"LEGAL","state":"GAP","won":{"with":30,"n":30},"lost":{"with":0,"n":30}}`)
		assert.Equal(t, warm, told(1, "and again"))
		v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Deal", "pipes", graph.Values{"name": "Pipes"})}})
		assert.Equal(t, warm, told(1, "where something was written, nothing but the feed is read, which tells whether somebody has withdrawn"))
		assert.Equal(t, warm, told(1, "and where it was read"))

		v.objects(t, "cleo")
		assert.Contains(t, ask(""), `{"role":"LEGAL","state":"GAP","won":{"with":23,"n":30},`, "what is claimed of her counts no more, from the next answer on")
	})
}
