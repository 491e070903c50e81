package e2e

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// aftermath is a world in which an outage reached 24 companies, and not 24 others, each with one customer who was called in the month before.
// Afterwards, 16 of those whom it reached called twice, and opened a case by that or for themselves, 6 of the others called once, and all told how satisfied they are.
func aftermath(t *testing.T, p *program) *outing {
	o := outside(p)
	o.node("Product", "cloud", graph.Values{"name": "Cloud"})
	for i := range 48 {
		id, company := fmt.Sprintf("x%02d", i), fmt.Sprint("Acme", i)
		o.node("Account", company, graph.Values{"name": company})
		o.customer(id, company, nil)
		o.talks("before "+id, id, "BUSINESS", "TO", -20)
		score := int64(5)
		if i < 24 {
			o.subscribed("s"+id, "Account "+company, -50, 50)
			score = int64(1 + i%2*2)
		}
		switch {
		case i < 16:
			o.talks("first "+id, id, "CUSTOMER", "FROM", 1)
			o.talks("last "+id, id, "CUSTOMER", "FROM", 30)
			o.talks("too late "+id, id, "CUSTOMER", "FROM", 31)
			o.talks("ours "+id, id, "BUSINESS", "TO", 2)
			o.node("Case", "c"+id, graph.Values{"openedAt": o.day(1), "kind": "COMPLAINT"})
			if i%2 == 0 { // a case of her company, of which she speaks twice
				o.link("OF", "Case c"+id, "Account "+company, nil)
				o.link("IN", "Interaction first "+id, "Case c"+id, nil)
				o.link("IN", "Interaction last "+id, "Case c"+id, nil)
			} else {
				o.link("OF", "Case c"+id, "Customer "+id, nil)
			}
		case i >= 24 && i < 30:
			o.talks("first "+id, id, "CUSTOMER", "FROM", 1)
		}
		o.node("Feedback", "f"+id, graph.Values{"instrument": "CSAT", "score": score, "at": o.day(3)})
		o.link("BY", "Feedback f"+id, "Customer "+id, nil)
	}
	o.customer("new", "", nil) // whom nobody knew then
	o.talks("later", "new", "CUSTOMER", "FROM", 1)
	o.node("HiddenEvent", "outage", graph.Values{"kind": "OUTAGE", "at": o.day(0)})
	o.link("AFFECTS", "HiddenEvent outage", "Product cloud", nil)
	o.write(t)
	return o
}

const (
	howAlike = `matched unmatched refused balance { measure before after }`
	whatCame = `differences { outcome exposed matched difference low high ofExposed ofMatched }`
)

func TestWhatCameAfterIsComparedWithThoseWhoWereAlike(t *testing.T) {
	var balance []string
	for _, name := range []string{"EMPLOYED", "COMPANY_SIZE", "TENURE", "CONTACTS", "CASES", "ORDERS", "INDUSTRY"} {
		balance = append(balance, `{"measure":"`+name+`","before":0,"after":0}`)
	}
	const (
		untold = `"exposed":null,"matched":null,"difference":null,"low":null,"high":null,"ofExposed":null,"ofMatched":null}`
		nobody = `"exposed":null,"matched":null,"difference":null,"low":null,"high":null,"ofExposed":24,"ofMatched":24}`
		both   = `"ofExposed":24,"ofMatched":24}`
		// 16 of 24 and none: squares of 16/3 by 24², times 48/47; t of 47 is 2.0117.
		cases = `"exposed":0.666666667,"matched":0,"difference":0.666666667,"low":0.471038323,"high":0.86229501,` + both
		// 32 of 24 and 6 of 24, as in TestOutcomesByHand.
		contacts = `{"outcome":"CONTACTS","exposed":1.333333333,"matched":0.25,"difference":1.083333333,"low":0.652784282,"high":1.513882385,` + both
		// 1 and 3, which are 0 and a half of the scale from 1 to 5, and 5.
		satisfaction = `{"outcome":"SATISFACTION","exposed":0.25,"matched":1,"difference":-0.75,"low":-0.853747596,"high":-0.646252404,` + both
	)
	alike := `{"matched":24,"unmatched":0,"refused":null,"balance":[` + strings.Join(balance, ",") + `]}`
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		o := aftermath(t, p)
		for _, c := range []struct {
			name    string
			purpose graph.Purpose
			ask     string
			want    string
		}{
			{"nobody differs before", graph.Service, howAlike, alike},
			{"and many do after", graph.Service, whatCame, `{"differences":[{"outcome":"CASES",` + cases + `,{"outcome":"COMPLAINTS",` + cases + `,` + contacts + `,{"outcome":"ORDERS",` + nobody + `,` + satisfaction +
				`,{"outcome":"SENTIMENT","exposed":null,"matched":null,"difference":null,"low":null,"high":null,"ofExposed":0,"ofMatched":0}]}`},
			{"of groups, what at least five have on either side", graph.Analysis, whatCame, `{"differences":[{"outcome":"CASES",` + untold + `,{"outcome":"COMPLAINTS",` + untold + `,` + contacts + `,{"outcome":"ORDERS",` + untold + `,` + satisfaction +
				`,{"outcome":"SENTIMENT","exposed":null,"matched":null,"difference":null,"low":null,"high":null,"ofExposed":0,"ofMatched":0}]}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				assert.Contains(t, o.asked(t, c.purpose, "outage", `aftermath(window: "P30D") { `+c.ask+` }`), `[{"aftermath":`+c.want+`}]`)
			})
		}
		t.Run("week by week, before and after", func(t *testing.T) {
			week := func(n int, contacts string) string {
				return fmt.Sprintf(`{"week":%d,"differences":[{"outcome":"CONTACTS",%s]}`, n, contacts)
			}
			none := `"exposed":0,"matched":0,"difference":0,"low":null,"high":null,` + both
			var want []string
			for n := -5; n < 5; n++ {
				switch n {
				case 0: // 16 of 24 and 6 of 24
					want = append(want, week(n, `"exposed":0.666666667,"matched":0.25,"difference":0.416666667,"low":0.151033198,"high":0.682300135,`+both))
				case 4: // 16 of 24 on the thirtieth day, and none
					want = append(want, week(n, cases))
				default:
					want = append(want, week(n, none))
				}
			}
			text := o.asked(t, graph.Service, "outage", `aftermath(window: "P30D") { weeks { week `+whatCame+` } }`)
			var told struct {
				Data struct {
					HiddenEvents struct {
						Nodes []struct {
							Aftermath struct {
								Weeks []struct {
									Week        int
									Differences []json.RawMessage
								}
							}
						}
					}
				}
			}
			require.NoError(t, json.Unmarshal([]byte(text), &told))
			var got []string
			for _, w := range told.Data.HiddenEvents.Nodes[0].Aftermath.Weeks {
				for _, d := range w.Differences {
					if strings.HasPrefix(string(d), `{"outcome":"CONTACTS"`) {
						got = append(got, fmt.Sprintf(`{"week":%d,"differences":[%s]}`, w.Week, d))
					}
				}
			}
			assert.Equal(t, want, got)
			assert.Contains(t, o.asked(t, graph.Service, "outage", `aftermath(window: "P365D") { matched weeks { week } }`), `{"matched":24,"weeks":[]}`)
		})
		t.Run("of as long as if nothing were said, where null is", func(t *testing.T) {
			for field, ask := range map[string]string{`aftermath%s { matched weeks { week } }`: `(window: null)`, `exposure%s { customers aware }`: `(within: null)`} {
				said := o.asked(t, graph.Service, "outage", fmt.Sprintf(field, ""))
				assert.NotContains(t, said, "errors")
				assert.Equal(t, said, o.asked(t, graph.Service, "outage", fmt.Sprintf(field, ask)))
			}
			number := fmt.Sprintf(`event: %q, matched: true, window: `, o.ids["outage"])
			assert.Equal(t, o.behind(t, graph.Service, "customers", number+`"P90D"`), o.behind(t, graph.Service, "customers", number+`null`))
		})
		t.Run("who has no match is listed", func(t *testing.T) {
			behind := func(purpose graph.Purpose, number string) string {
				return o.behind(t, purpose, "customers", fmt.Sprintf(`event: %q, `+number, shown(purpose, o.ids["outage"])))
			}
			assert.Contains(t, behind(graph.Service, `matched: true, window: "P30D"`), `"totalCount":24,"nodes":[{"name":"x00"}`)
			o.node("Firmographics", "f", graph.Values{"industry": "Ships"})
			o.link("DESCRIBED_BY", "Account Acme3", "Firmographics f", nil)
			o.write(t)
			assert.Contains(t, o.asked(t, graph.Service, "outage", `aftermath(window: "P30D") { matched unmatched }`), `{"matched":23,"unmatched":1}`)
			assert.Contains(t, behind(graph.Service, `matched: false, window: "P30D"`), `{"totalCount":1,"nodes":[{"name":"x03"}]}`)
			assert.Contains(t, behind(graph.Service, `matched: true`), `"totalCount":23`)
			assert.Contains(t, o.asked(t, graph.Analysis, "outage", `aftermath(window: "P30D") { matched unmatched }`), `{"matched":null,"unmatched":null}`)
			for _, number := range []string{`matched: false`, `matched: true`} {
				text, err := p.bytes(graph.Analysis, fmt.Sprintf(`{ journeys(definition: {cases: {customers: {}}}) { customers(behind: {exposed: {event: %q, %s}}) { totalCount } } }`, shown(graph.Analysis, o.ids["outage"]), number))
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":{"journeys":{"customers":null}}`, "one is too few")
			}
			for number, want := range map[string]string{
				`matched: true, aware: true`:    "aware, or matched, but not both: each is of another number",
				`matched: true, within: "P30D"`: "exposed.within: it is of aware",
				`window: "P30D"`:                "exposed.window: it is of matched, which is not given",
			} {
				assert.Contains(t, behind(graph.Service, number), want)
			}
		})
		t.Run("one person is too few", func(t *testing.T) {
			o.node("HiddenEvent", "once", graph.Values{"kind": "OTHER", "at": o.day(0)})
			o.link("AFFECTS", "HiddenEvent once", "Customer x47", nil)
			o.write(t)
			assert.Contains(t, o.asked(t, graph.Service, "once", `aftermath(window: "P30D") { matched unmatched refused differences { outcome } }`), `{"matched":1,"unmatched":0,"refused":"TOO_FEW","differences":[]}`)
		})
		t.Run("who has objected is in neither group", func(t *testing.T) {
			for _, id := range []string{"x00", "x40"} {
				require.Empty(t, p.speak(t, "recordObjection", fmt.Sprintf(`customer: %q, purpose: SALES, key: %q`, o.ids[id], id)).UserErrors)
			}
			assert.Contains(t, o.asked(t, graph.Sales, "outage", `aftermath(window: "P30D") { matched unmatched }`), `{"matched":22,"unmatched":1}`, "one has no match anyway")
		})
		t.Run("a window that is none", func(t *testing.T) {
			assert.Contains(t, o.asked(t, graph.Service, "outage", `aftermath(window: "soon") { matched }`), `hiddenEvent.aftermath.window: \"soon\" is not a duration`)
		})
	})
}

// TestWhatIsSaidLaterOfACaseDoesNotMakeItHersBefore has cases of companies, opened before it, of which eight whom it reached spoke for the first time.
func TestWhatIsSaidLaterOfACaseDoesNotMakeItHersBefore(t *testing.T) {
	p := onSQLite(t)
	o := aftermath(t, p)
	spoke := func(day int64) string {
		for i := range 8 {
			id := fmt.Sprint(i + 16)
			o.talks(fmt.Sprint("asks ", id, " on ", day), "x"+id, "CUSTOMER", "FROM", day)
			o.node("Case", "old"+id, graph.Values{"openedAt": o.day(-5), "kind": "COMPLAINT"})
			o.link("OF", "Case old"+id, "Account "+"Acme"+id, nil)
			o.link("IN", fmt.Sprint("Interaction asks ", id, " on ", day), "Case old"+id, nil)
		}
		o.write(t)
		return o.asked(t, graph.Service, "outage", `aftermath(window: "P30D") { balance { measure before } }`)
	}
	const alike = `{"measure":"CASES","before":0}`
	assert.Contains(t, spoke(2), alike)
	// A third of 24 and none: a variance of 2/9 times 24/23, and the half of that.
	assert.Contains(t, spoke(-2), `{"measure":"CASES","before":0.978945`)
}

// TestAnAftermathSaysWhatThePurposeDoesNotSee asks for a purpose that sees neither feelings nor orders, and not who has what.
func TestAnAftermathSaysWhatThePurposeDoesNotSee(t *testing.T) {
	p := onSQLite(t)
	o := aftermath(t, p)
	denying := func(c graph.Category) *outing {
		text := regexp.MustCompile(`(?m)^(  `+string(c)+`: .*SALES:) interest`).ReplaceAll(policy.Standard(), []byte("$1 deny"))
		require.NotEqual(t, string(policy.Standard()), string(text))
		pol, err := policy.Parse(text)
		require.NoError(t, err)
		return &outing{program: p.anew(t, resolvers.Options{Policy: func() *policy.Policy { return pol }}), ids: o.ids}
	}
	const ask = `aftermath(window: "P30D") { matched balance { measure } differences { outcome } }`
	answer := denying(graph.CategorySentiment).asked(t, graph.Sales, "outage", ask)
	assert.Contains(t, answer, `"differences":[{"outcome":"CASES"},{"outcome":"COMPLAINTS"},{"outcome":"CONTACTS"},{"outcome":"ORDERS"}]`)
	assert.Contains(t, answer, `"reason":"NOT_FOR_PURPOSE","purpose":"SALES","category":"SENTIMENT"`)
	answer = denying(graph.CategoryFinancial).asked(t, graph.Sales, "outage", `exposure { customers ways { way } } `+ask)
	assert.Contains(t, answer, `"exposure":{"customers":0,"ways":[]},"aftermath":{"matched":0,"balance":[{"measure":"EMPLOYED"},{"measure":"COMPANY_SIZE"},{"measure":"TENURE"},{"measure":"CONTACTS"},{"measure":"CASES"},{"measure":"INDUSTRY"}],"differences":[]}`)
	assert.Contains(t, answer, `"reason":"NOT_FOR_PURPOSE","purpose":"SALES","category":"FINANCIAL"`)
	for _, number := range []string{"", ", aware: false", ", matched: true"} {
		assert.Contains(t, denying(graph.CategoryFinancial).behind(t, graph.Sales, "customers", fmt.Sprintf("event: %q%s", o.ids["outage"], number)),
			`"reason":"NOT_FOR_PURPOSE","purpose":"SALES","category":"FINANCIAL"`, "nobody is listed, since it is not seen who has what: %s", number)
	}
}

func TestAnAftermathLeavesAReceipt(t *testing.T) {
	p := onSQLite(t)
	aftermath(t, p)
	const ask = `{ hiddenEvents { nodes { aftermath { matched } } } }`
	_, err := p.bytes(graph.Analysis, ask)
	require.NoError(t, err)
	left := p.leftFor(ask)
	assert.Contains(t, left.Population, "customers compared with those exposed to a hidden event")
	assert.Subset(t, left.Others, []graph.Category{graph.CategoryBehaviour, graph.CategoryFinancial, graph.CategoryProfile, graph.CategorySentiment})
	assert.Empty(t, left.Subjects, "nothing is told of one of them")
}

// firms is a world in which a price rose for 24 companies, and not for 24 others, each with a contract of 100 a month. Eight of those whom it reached left,
// and four took a contract more. Six of them, and twelve of the others, ordered something afterwards.
func firms(t *testing.T, p *program) *outing {
	o := outside(p)
	o.b.Loads = true // so that amounts have been so for ever
	o.node("Product", "cloud", graph.Values{"name": "Cloud"})
	billed := func(id, company string, from, to int64, amount int64, interval string) {
		set := graph.Values{"from": o.day(from), "interval": interval, "recurringAmount": graph.Money{Amount: amount * 1e4, Currency: "EUR"}}
		if to != 0 {
			set["to"] = o.day(to)
		}
		o.node("SubscriptionContract", id, set)
		o.link("HELD_BY", "SubscriptionContract "+id, "Account "+company, nil)
	}
	for i := range 48 {
		company, ends := fmt.Sprintf("Acme%02d", i), int64(0)
		o.node("Account", company, graph.Values{"name": company})
		if i < 8 {
			ends = 10
		}
		billed("s"+company, company, -50, ends, 100, "MONTH")
		billed("old"+company, company, -90, -60, 500, "YEAR")
		if i < 24 {
			o.link("OF", "SubscriptionContract s"+company, "Product cloud", nil)
		}
		if i >= 8 && i < 12 { // as much again, four times a year
			billed("more"+company, company, 20, 0, 300, "QUARTER")
		}
		if i >= 18 && i < 36 {
			o.node("Order", "o"+company, graph.Values{"number": company, "placedAt": o.day(1)})
			o.link("PLACED_BY", "Order o"+company, "Account "+company, nil)
		}
	}
	o.node("Account", "Stranger", graph.Values{"name": "Stranger"}) // who has nothing of ours
	o.node("HiddenEvent", "outage", graph.Values{"kind": "OUTAGE", "at": o.day(0)})
	o.link("AFFECTS", "HiddenEvent outage", "Product cloud", nil)
	o.write(t)
	return o
}

func TestWhatCompaniesDidIsComparedWithThoseThatWereAlike(t *testing.T) {
	const both = `"ofExposed":24,"ofMatched":24}`
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		o := firms(t, p)
		var balance []string
		for _, name := range []string{"COMPANY_SIZE", "TENURE", "ORDERS", "INDUSTRY", "CONTRACTS"} {
			balance = append(balance, `{"measure":"`+name+`","before":0,"after":0}`)
		}
		assert.Contains(t, o.asked(t, graph.Service, "outage", `aftermath(accounts: true, window: "P30D") { `+howAlike+` }`), `{"matched":24,"unmatched":0,"refused":null,"balance":[`+strings.Join(balance, ",")+`]}`)
		got := o.asked(t, graph.Service, "outage", `aftermath(accounts: true, window: "P30D") { `+whatCame+` weeks { week } }`)
		// Squares of 6 (3/4)² + 18 (1/4)² = 9/2, and 12 (1/2)² + 12 (1/2)² = 6, each by 24², times 48/47; t of 47 is 2.0117.
		assert.Contains(t, got, `{"outcome":"ORDERS","exposed":0.25,"matched":0.5,"difference":-0.25,"low":-0.524490338,"high":0.024490338,`+both)
		// Eight of 24, and none: squares of 16/3.
		assert.Contains(t, got, `{"outcome":"LEFT","exposed":0.333333333,"matched":0,"difference":0.333333333,"low":0.13770499,"high":0.528961677,`+both)
		// Eight nothing, twelve as much, four twice as much: 20 of 24, squares of 8 (5/6)² + 12 (1/6)² + 4 (7/6)² = 34/3.
		assert.Contains(t, got, `{"outcome":"RETAINED","exposed":0.833333333,"matched":1,"difference":-0.166666667,"low":-0.451841531,"high":0.118508198,`+both)
		assert.Contains(t, got, `"weeks":[{"week":-5},`)
		t.Run("by weeks, in the one in which their contracts ended", func(t *testing.T) {
			got := o.asked(t, graph.Service, "outage", `aftermath(accounts: true, window: "P30D") { weeks { week differences { outcome exposed ofExposed } } }`)
			for week, want := range map[int]string{-1: `"exposed":null,"ofExposed":null`, 0: `"exposed":0,"ofExposed":24`, 1: `"exposed":0.333333333,"ofExposed":24`, 2: `"exposed":0,"ofExposed":24`} {
				assert.Regexp(t, fmt.Sprintf(`\{"week":%d,"differences":\[[^\]]*\{"outcome":"LEFT",%s\}`, week, want), got)
			}
		})
		t.Run("what they keep by weeks, as of the end of each, by what was billed then", func(t *testing.T) {
			const ask = `aftermath(accounts: true, window: "P30D") { weeks { week differences { outcome exposed matched ofExposed } } }`
			kept := func(got string, week int, exposed, matched string) {
				assert.Regexp(t, fmt.Sprintf(`\{"week":%d,"differences":\[[^\]]*\{"outcome":"RETAINED","exposed":%s,"matched":%s,"ofExposed":`, week, exposed, matched), got)
			}
			got := o.asked(t, graph.Service, "outage", ask)
			kept(got, -1, "null", "null")
			kept(got, 0, "1", "1")
			kept(got, 1, "0.666666667", "1")
			kept(got, 2, "0.833333333", "1")
			kept(got, 4, "0.833333333", "1")
			for _, since := range [][2]int64{{-50, 100}, {5, 50}, {12, 100}} { // twelve pay half from the fifth day on, and from the twelfth as before
				at := graph.Time(o.day(since[0]))
				for i := 36; i < 48; i++ {
					o.b.Nodes = append(o.b.Nodes, graph.Upsert{Kind: o.catalog.MustKind("SubscriptionContract"), ID: fmt.Sprintf("sAcme%02d", i), At: &at,
						Set: graph.Values{"recurringAmount": graph.Money{Amount: since[1] * 1e4, Currency: "EUR"}}})
				}
				o.write(t)
			}
			got = o.asked(t, graph.Service, "outage", ask)
			kept(got, 0, "1", "0.75")
			kept(got, 1, "0.666666667", "1")
		})
		t.Run("before they left, nobody had", func(t *testing.T) {
			assert.Contains(t, o.asked(t, graph.Service, "outage", `aftermath(accounts: true, window: "P9D") { `+whatCame+` }`), `{"outcome":"LEFT","exposed":null`)
		})
		t.Run("of groups, what at least five have on either side", func(t *testing.T) {
			got := o.asked(t, graph.Analysis, "outage", `aftermath(accounts: true, window: "P30D") { matched `+whatCame+` }`)
			assert.Contains(t, got, `"matched":24,"differences":[{"outcome":"ORDERS","exposed":0.25,"matched":0.5`)
			for _, o := range []string{"LEFT", "RETAINED"} { // a mean of 1 would tell that nobody left
				assert.Contains(t, got, `{"outcome":"`+o+`","exposed":null,"matched":null,"difference":null,"low":null,"high":null,"ofExposed":null,"ofMatched":null}`)
			}
		})
		t.Run("they are listed", func(t *testing.T) {
			number := fmt.Sprintf(`event: %q`, o.ids["outage"])
			assert.Contains(t, o.behind(t, graph.Service, "accounts", number), `"totalCount":24,"nodes":[{"name":"Acme00"}`)
			assert.Contains(t, o.behind(t, graph.Service, "accounts", number+`, matched: true, window: "P30D"`), `"totalCount":24`)
			assert.Contains(t, o.behind(t, graph.Service, "accounts", number+`, matched: false`), `"totalCount":0,"nodes":[]`)
			text, err := p.bytes(graph.Analysis, fmt.Sprintf(`{ journeys(definition: {cases: {accounts: {}}}) { accounts(behind: {exposed: {event: %q}}) { totalCount } } }`, shown(graph.Analysis, o.ids["outage"])))
			require.NoError(t, err)
			assert.Contains(t, string(text), `"data":{"journeys":{"accounts":null}}`, "not for groups")
		})
	})
}

func TestWhatCompaniesDidLeavesAReceipt(t *testing.T) {
	p := onSQLite(t)
	firms(t, p)
	const ask = `{ hiddenEvents { nodes { aftermath(accounts: true) { matched } } } }`
	_, err := p.bytes(graph.Analysis, ask)
	require.NoError(t, err)
	left := p.leftFor(ask)
	assert.Contains(t, left.Population, "companies compared with those exposed to a hidden event")
	assert.Subset(t, left.Others, []graph.Category{graph.CategoryBehaviour, graph.CategoryFinancial})
	assert.Empty(t, left.Subjects)
}
