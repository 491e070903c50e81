package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// An outing is a world in which something happens, three months ago. Days are counted from then.
type outing struct {
	*program
	b   *graph.Batch
	ids map[string]string
}

func outside(p *program) *outing {
	return &outing{program: p, b: &graph.Batch{Source: "crm"}, ids: map[string]string{}}
}

func (o *outing) day(n int64) int64 { return int64(graph.At(now.AddDate(0, -3, 0))) + n*24*3600e6 }

func (o *outing) node(kind, id string, set graph.Values) {
	o.b.Nodes = append(o.b.Nodes, graph.Upsert{Kind: o.catalog.MustKind(kind), ID: id, Set: set})
}

// link leads from one node to another; both are as "Kind id".
func (o *outing) link(rel, from, to string, set graph.Values) {
	ref := func(name string) graph.NodeRef {
		kind, id, _ := strings.Cut(name, " ")
		return graph.NodeRef{Kind: o.catalog.MustKind(kind), External: graph.External{ID: id}}
	}
	o.b.Edges = append(o.b.Edges, graph.Link{Rel: o.catalog.Rel(rel), From: ref(from), To: ref(to), Set: set})
}

func (o *outing) customer(id, account string, job graph.Values) {
	o.node("Customer", id, graph.Values{"name": id})
	if account != "" {
		o.link("WORKS_AT", "Customer "+id, "Account "+account, job)
	}
}

// subscribed is that somebody had a subscription from one day to another.
func (o *outing) subscribed(id, holder string, from, to int64) {
	o.node("SubscriptionContract", id, graph.Values{"from": o.day(from), "to": o.day(to)})
	o.link("HELD_BY", "SubscriptionContract "+id, holder, nil)
	o.link("OF", "SubscriptionContract "+id, "Product cloud", nil)
}

// talks is an interaction in which somebody had a role.
func (o *outing) talks(id, who, origin, role string, day int64) {
	o.node("Interaction", id, graph.Values{"at": o.day(day), "kind": "CALL", "channel": "PHONE", "origin": origin})
	o.link("PARTICIPANT", "Interaction "+id, "Customer "+who, graph.Values{"role": role})
}

func (o *outing) opens(id, who string, day int64) {
	o.node("Case", id, graph.Values{"openedAt": o.day(day), "kind": "COMPLAINT"})
	o.link("OF", "Case "+id, "Customer "+who, nil)
}

func (o *outing) write(t *testing.T) {
	report, err := o.store.Write(t.Context(), o.b)
	require.NoError(t, err)
	for i, n := range o.b.Nodes {
		o.ids[n.ID] = report.IDs[i]
	}
	o.b = &graph.Batch{Source: "crm"}
}

// outage reaches Ann, Dee and Pat by the product, Dee by the company Mother, Eve by Daughter below it, Yve and Rex by the yard, and Sol. Bob
// had left by then, Cas came later, and the subscriptions of Old and Late were over, or had not begun.
func outage(t *testing.T, p *program) *outing {
	o := outside(p)
	o.node("Product", "cloud", graph.Values{"name": "Cloud"})
	for _, a := range []string{"Acme", "Old", "Late", "Mother", "Daughter", "Yard"} {
		o.node("Account", a, graph.Values{"name": a})
	}
	o.link("SUBSIDIARY_OF", "Account Daughter", "Account Mother", nil)
	o.customer("ann", "Acme", nil)
	o.customer("bob", "Acme", graph.Values{"to": o.day(-1)})
	o.customer("cas", "Acme", graph.Values{"from": o.day(1)})
	o.customer("dee", "Acme", graph.Values{"from": o.day(-9), "to": o.day(9)})
	o.link("WORKS_AT", "Customer dee", "Account Mother", nil)
	o.customer("old", "Old", nil)
	o.customer("late", "Late", nil)
	o.customer("eve", "Daughter", nil)
	o.customer("yve", "Yard", nil)
	for _, id := range []string{"pat", "rex", "sol"} {
		o.customer(id, "", nil)
	}
	o.subscribed("s1", "Account Acme", -50, 50)
	o.subscribed("s2", "Account Old", -50, 0)
	o.subscribed("s3", "Account Late", 1, 50)
	o.subscribed("s4", "Customer pat", 0, 50)
	o.node("Location", "yard", graph.Values{"city": "Cork"})
	o.link("LOCATED_AT", "Account Yard", "Location yard", nil)
	o.link("LOCATED_AT", "Customer rex", "Location yard", nil)
	o.node("HiddenEvent", "outage", graph.Values{"kind": "OUTAGE", "control": "NEITHER", "at": o.day(0)})
	for _, to := range []string{"Product cloud", "Account Mother", "Location yard", "Customer sol", "SubscriptionContract s2"} {
		o.link("AFFECTS", "HiddenEvent outage", to, nil)
	}
	o.node("HiddenEvent", "once", graph.Values{"kind": "OTHER"})
	o.link("AFFECTS", "HiddenEvent once", "Customer sol", nil)
	o.talks("i1", "ann", "CUSTOMER", "FROM", 1)
	o.link("PARTICIPANT", "Interaction i1", "Customer yve", graph.Values{"role": "CC"}) // who had a copy said nothing
	o.talks("i2", "dee", "BUSINESS", "TO", 1)
	o.talks("i3", "rex", "CUSTOMER", "FROM", -1)
	o.opens("c1", "eve", 2)
	o.opens("c2", "pat", 40)
	o.node("Feedback", "f1", graph.Values{"instrument": "CSAT", "score": int64(1), "at": o.day(3)})
	o.link("BY", "Feedback f1", "Customer sol", nil)
	o.write(t)
	return o
}

const whomItReached = `{ customers accounts aware silent ways { way things accounts customers } }`

func TestExposedIsWhoeverHadItThen(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		o := outage(t, p)
		all := `{"customers":7,"accounts":4,"aware":3,"silent":4,"ways":[{"way":"PRODUCT","things":2,"accounts":1,"customers":3},{"way":"LOCATION","things":1,"accounts":1,"customers":2},` +
			`{"way":"ACCOUNT","things":0,"accounts":1,"customers":1},{"way":"FAMILY","things":0,"accounts":1,"customers":1},{"way":"PERSON","things":0,"accounts":0,"customers":1}]}`
		for _, c := range []struct {
			name    string
			purpose graph.Purpose
			ask     string
			want    string
		}{
			{"all ways, each person once", graph.Compliance, `exposure ` + whomItReached, all},
			{"whoever is heard of later is aware of it, too, if one waits for longer", graph.Service, `exposure(within: "P40D") { customers aware silent }`, `{"customers":7,"aware":4,"silent":3}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				assert.Contains(t, o.asked(t, c.purpose, "outage", c.ask), `"data":{"hiddenEvents":{"nodes":[{"exposure":`+c.want+`}]}}`)
			})
		}
		t.Run("who has not consented is not counted, nor is a place where somebody lives who has not", func(t *testing.T) {
			require.Empty(t, p.speak(t, "recordConsent", fmt.Sprintf(`customer: %q, purpose: MARKETING, key: "yes"`, o.ids["sol"])).UserErrors)
			assert.Contains(t, o.asked(t, graph.Marketing, "outage", `exposure `+whomItReached), `{"customers":1,"accounts":3,"aware":1,"silent":0,"ways":[{"way":"PRODUCT","things":1,"accounts":1,"customers":0},`+
				`{"way":"ACCOUNT","things":0,"accounts":1,"customers":0},{"way":"FAMILY","things":0,"accounts":1,"customers":0},{"way":"PERSON","things":0,"accounts":0,"customers":1}]}`)
		})
		t.Run("who has objected is not counted", func(t *testing.T) {
			require.Empty(t, p.speak(t, "recordObjection", fmt.Sprintf(`customer: %q, purpose: SALES, key: "no"`, o.ids["ann"])).UserErrors)
			assert.Contains(t, o.asked(t, graph.Sales, "outage", `exposure { customers aware }`), `{"customers":6,"aware":2}`)
		})
		t.Run("nobody knows who had it when it began, if nobody knows when that was", func(t *testing.T) {
			assert.Contains(t, o.asked(t, graph.Service, "once", `exposure { customers }`), `[{"exposure":null}]`)
		})
		for ask, want := range map[string]string{
			`event: %q`:                               `"totalCount":7`,
			`event: %q, aware: true`:                  `"totalCount":3,"nodes":[{"name":"ann"},{"name":"eve"},{"name":"sol"}]`,
			`event: %q, aware: false`:                 `"totalCount":4,"nodes":[{"name":"dee"},{"name":"pat"},{"name":"rex"},{"name":"yve"}]`,
			`event: %q, aware: true, within: "PT26H"`: `"totalCount":1,"nodes":[{"name":"ann"}]`,
		} {
			t.Run("as many are listed: "+ask, func(t *testing.T) {
				assert.Contains(t, o.behind(t, graph.Service, "customers", fmt.Sprintf(ask, o.ids["outage"])), want)
			})
		}
		t.Run("companies are listed, as many as it reached", func(t *testing.T) {
			assert.Contains(t, o.behind(t, graph.Service, "accounts", fmt.Sprintf(`event: %q`, o.ids["outage"])), `"totalCount":4,"nodes":[{"name":"Acme"},{"name":"Daughter"},{"name":"Mother"},{"name":"Yard"}]`)
		})
		t.Run("who has not consented is not listed", func(t *testing.T) {
			assert.Contains(t, o.behind(t, graph.Marketing, "customers", fmt.Sprintf(`event: %q`, o.ids["outage"])), `"totalCount":1,"nodes":[{"name":"sol"}]`)
		})
		t.Run("nobody is listed of what is no hidden event, or began nobody knows when", func(t *testing.T) {
			for _, id := range []string{"hid_none", o.ids["once"], o.ids["ann"]} {
				assert.Contains(t, o.behind(t, graph.Service, "customers", fmt.Sprintf(`event: %q`, id)), `there is no hidden event \"`+id+`\" of which it is known when it began`)
			}
			assert.Contains(t, o.behind(t, graph.Service, "deals", fmt.Sprintf(`event: %q`, o.ids["outage"])), "customers and accounts are exposed, and not deals")
			assert.Contains(t, o.behind(t, graph.Service, "accounts", fmt.Sprintf(`event: %q, aware: true`, o.ids["outage"])), "exposed.aware: customers are heard of, and not accounts")
		})
		for span, want := range map[string]string{"P1M": `hiddenEvent.exposure.within: \"P1M\" is not a duration of weeks, days, hours, minutes and seconds`, "P0D": "from a microsecond to 100 years, not P0D"} {
			t.Run("a span that is none: "+span, func(t *testing.T) {
				assert.Contains(t, o.asked(t, graph.Service, "outage", fmt.Sprintf(`exposure(within: %q) { customers }`, span)), want)
			})
		}
	})
}

// behind lists whom a hidden event reached, by their names where they have one.
func (o *outing) behind(t *testing.T, purpose graph.Purpose, cases, exposed string) string {
	text, err := o.bytes(purpose, `{ journeys(definition: {cases: {`+cases+`: {}}}) { `+cases+`(behind: {exposed: {`+exposed+`}}, orderBy: [{name: ASC}]) { totalCount nodes { name } } } }`)
	require.NoError(t, err)
	return string(text)
}

// asked is what a purpose is told of one of the hidden events.
func (o *outing) asked(t *testing.T, purpose graph.Purpose, event, fields string) string {
	kind := map[string]string{"outage": "OUTAGE", "once": "OTHER"}[event]
	text, err := o.bytes(purpose, `{ hiddenEvents(filter: {hiddenEventKind: {eq: `+kind+`}}) { nodes { `+fields+` } } }`)
	require.NoError(t, err)
	return string(text)
}

// TestOfGroupsAnExposureTellsOfFive asks ANALYSIS about an outage that reached twelve people of a company, of whom six called; ten others work elsewhere.
func TestOfGroupsAnExposureTellsOfFive(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		o := outside(p)
		o.node("Product", "cloud", graph.Values{"name": "Cloud"})
		o.node("Account", "Acme", graph.Values{"name": "Acme"})
		o.node("Account", "Elsewhere", graph.Values{"name": "Elsewhere"})
		for i := range 12 {
			o.customer(fmt.Sprint("x", i), "Acme", nil)
			if i < 6 {
				o.talks(fmt.Sprint("call", i), fmt.Sprint("x", i), "CUSTOMER", "FROM", 1)
			}
		}
		for i := range 10 {
			o.customer(fmt.Sprint("y", i), "Elsewhere", nil)
		}
		o.subscribed("s1", "Account Acme", -50, 50)
		o.node("HiddenEvent", "outage", graph.Values{"kind": "OUTAGE", "at": o.day(0)})
		o.link("AFFECTS", "HiddenEvent outage", "Product cloud", nil)
		o.write(t)
		for _, c := range []struct {
			name, ask, want string
			small           bool
		}{
			{"six who called, and six who did not", `exposure ` + whomItReached, `{"customers":12,"accounts":1,"aware":6,"silent":6,"ways":[{"way":"PRODUCT","things":1,"accounts":1,"customers":12}]}`, false},
			{"none so soon", `exposure(within: "PT1H") { customers aware silent }`, `{"customers":12,"aware":null,"silent":null}`, true},
		} {
			t.Run(c.name, func(t *testing.T) {
				answer := o.asked(t, graph.Analysis, "outage", c.ask)
				assert.Contains(t, answer, `[{"exposure":`+c.want+`}]`)
				assert.Equal(t, c.small, strings.Contains(answer, `"reason":"SMALL_GROUP"`))
			})
		}
		for ask, want := range map[string]string{`aware: true`: `"customers":{"totalCount":6}`, `aware: true, within: "PT1H"`: `"customers":null`, `within: "PT1H"`: `"customers":{"totalCount":12}`} {
			t.Run("listed are those of whom it is told how many they are: "+ask, func(t *testing.T) {
				text, err := p.bytes(graph.Analysis, fmt.Sprintf(`{ journeys(definition: {cases: {customers: {}}}) { customers(behind: {exposed: {event: %q, %s}}) { totalCount } } }`, shown(graph.Analysis, o.ids["outage"]), ask))
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":{"journeys":{`+want+`}}`)
			})
		}
		t.Run("one who has it for herself would be told by how many subscriptions there are", func(t *testing.T) {
			o.customer("alone", "", nil)
			o.subscribed("s2", "Customer alone", -50, 50)
			o.write(t)
			assert.Contains(t, o.asked(t, graph.Analysis, "outage", `exposure `+whomItReached), `{"customers":13,"accounts":1,"aware":6,"silent":7,"ways":[]}`)
		})
	})
}

func TestAnExposureLeavesAReceipt(t *testing.T) {
	p := onSQLite(t)
	o := outage(t, p)
	const ask = `{ hiddenEvents { nodes { exposure { customers } } } }`
	_, err := p.bytes(graph.Service, ask)
	require.NoError(t, err)
	left := p.leftFor(ask)
	assert.Contains(t, left.Population, "customers exposed to a hidden event")
	assert.Subset(t, left.Others, []graph.Category{graph.CategoryBehaviour, graph.CategoryFinancial, graph.CategoryProfile, graph.CategoryContact})
	of := func(event string) (population []string, others []graph.Category) {
		ask := fmt.Sprintf(`{ hiddenEvents(filter: {id: {eq: %q}}) { nodes { id exposure { customers } aftermath(window: "P7D") { matched } } } }`, o.ids[event])
		answer, err := p.bytes(graph.Service, ask)
		require.NoError(t, err)
		require.Contains(t, string(answer), `"exposure":`)
		left := p.leftFor(ask)
		return left.Population[:2], left.Others // behind them stands which event
	}
	population, others := of("outage")
	require.NotEmpty(t, others)
	again, othersAgain := of("once")
	assert.Equal(t, population, again, "that nobody knows when it began does not tell by the receipt")
	assert.Equal(t, others, othersAgain)
}
