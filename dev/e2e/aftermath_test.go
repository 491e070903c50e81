package e2e

import (
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
	for _, name := range []string{"EMPLOYED", "COMPANY_SIZE", "TENURE", "CONTACTS", "CASES", "ORDERS"} {
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
	onBothStores(t, func(t *testing.T, p *program) {
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
			assert.Contains(t, o.asked(t, graph.Sales, "outage", `aftermath(window: "P30D") { matched unmatched }`), `{"matched":23,"unmatched":0}`)
		})
		t.Run("a window that is none", func(t *testing.T) {
			assert.Contains(t, o.asked(t, graph.Service, "outage", `aftermath(window: "soon") { matched }`), `hiddenEvent.aftermath.window: \"soon\" is not a duration`)
		})
	})
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
	assert.Contains(t, answer, `"exposure":{"customers":0,"ways":[]},"aftermath":{"matched":0,"balance":[{"measure":"EMPLOYED"},{"measure":"COMPANY_SIZE"},{"measure":"TENURE"},{"measure":"CONTACTS"},{"measure":"CASES"}],"differences":[]}`)
	assert.Contains(t, answer, `"reason":"NOT_FOR_PURPOSE","purpose":"SALES","category":"FINANCIAL"`)
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
