package graphtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// dump is all that a store answers.
func (x *fixture) dump(t testing.TB) string {
	t.Helper()
	f := Everything(x.cat)
	res, err := x.store.Read(t.Context(), f)
	require.NoError(t, err)
	var b strings.Builder
	for _, l := range res.Lists {
		printRows(&b, l)
	}
	return b.String()
}

func printRows(b *strings.Builder, l graph.ListResult) {
	for _, r := range l.Rows {
		fmt.Fprintln(b, r.ID, r.Props, r.Edge)
		for _, below := range r.Lists {
			printRows(b, below)
		}
	}
}

// removals is about what a batch takes away.
func removals(t *testing.T, x *fixture) {
	x.node("Customer", "ann", "name", "Ann Albers", "email", "ann@example.com")
	x.node("Order", "o1", "number", "4711")
	x.node("Product", "pump")
	x.link("o1", "PLACED_BY", "ann")
	x.link("o1", "CONTAINS", "pump", "quantity", 1)
	x.write(t)
	remove := func(name string, props ...string) *graph.Report {
		x.batch.Remove = append(x.batch.Remove, graph.Removal{Kind: x.kinds[name], ID: x.ids[name], Properties: props})
		return x.write(t)
	}
	t.Run("a value goes, and nothing is found by it any more", func(t *testing.T) {
		before := x.props(t, "ann", "Customer.updatedAt")
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(remove("ann", "email", "phone")))
		assert.Equal(t, []any{"Ann Albers", nil}, x.props(t, "ann", "Customer.name", "Customer.email"))
		assert.Equal(t, before, x.props(t, "ann", "Customer.updatedAt"), "nobody has changed it")
		assert.Equal(t, graph.Report{}, counts(remove("ann", "email")))
	})
	t.Run("a relationship goes alone", func(t *testing.T) {
		x.batch.Remove = []graph.Removal{{Rel: x.cat.Rel("CONTAINS"), ID: x.ids["o1"] + "|" + x.ids["pump"]}, {Rel: x.cat.Rel("CONTAINS"), ID: "none"}}
		assert.Equal(t, graph.Report{EdgesRemoved: 1}, counts(x.write(t)))
		x.link("o1", "CONTAINS", "pump")
		x.write(t)
	})
	t.Run("a node goes with its relationships, and what followed from them", func(t *testing.T) {
		assert.Equal(t, []any{true}, x.hidden(t, "ann", graph.Party))
		assert.Equal(t, graph.Report{NodesRemoved: 1, EdgesRemoved: 2}, counts(remove("o1")))
		assert.Empty(t, x.rows(t, x.all("Order")))
		assert.Equal(t, []any{nil}, x.hidden(t, "ann", graph.Party))
		assert.Equal(t, graph.Report{}, counts(remove("o1")))
	})
}

// hidden are values of a person that are not shown.
func (x *fixture) hidden(t testing.TB, name string, properties ...string) []any {
	t.Helper()
	l := x.called(name)
	for _, p := range properties {
		l.Nodes[0].Props = append(l.Nodes[0].Props, graph.Ref{Prop: x.kinds[name].Property(p)})
	}
	return x.read(t, l)[0].Rows[0].Props
}

// anns is a world in which much is about Ann, some of it about Bob, too.
func anns(x *fixture) {
	x.node("Customer", "A-17", "name", "Ann Albers", "givenName", "Ann", "familyName", "Albers", "email", "Ann@Albers.example", "phone", "+49 89 5550123", "birthYear", 1980, "journeyStage", "USE")
	x.node("Customer", "bob", "name", "Bob Brandt", "email", "bob@example.com", "phone", "+49 89 5550123")
	x.node("Customer", "ann2", "name", "Ann Anders")
	x.node("Employee", "emma", "name", "Emma Albers")
	x.node("Account", "acme", "name", "Acme")
	x.node("Account", "namesake", "name", "Ann  Albers & Sons", "domain", "ann albers.example")
	x.node("Deal", "deal", "name", "Renewal with Ann Albers", "lossReason", "Annabel is no Ann.")
	x.node("Product", "pump")
	x.node("Interaction", "call", "subject", "Rang", "text", "Ann is moving.", "attributes", []string{`{"name":"by","text":"Ann"}`}, "at", int64(Now), "kind", "CALL", "result", "Albers calls back", "sentiment", 500000)
	x.node("Interaction", "meeting", "text", "All about prices", "result", "agreed", "at", int64(Now), "sentiment", -500000)
	x.node("Interaction", "talk", "text", "Ann Albers was praised; ann@albers.example", "attributes", []string{`{"name":"by","text":"Albers, Ann"}`, `{"name":"Ann Albers","number":1}`}, "at", int64(Now))
	x.node("Order", "o1", "number", "4711", "total", eur(10))
	x.node("Claim", "claim", "role", "CHAMPION")
	x.node("Location", "home", "address", "Lindenweg 3")
	x.node("Location", "office", "address", "Ring 1")
	x.node("HiddenEvent", "outage", "description", "No light in the Lindenweg", "kind", "OUTAGE", "at", int64(Now))
	x.node("HiddenEvent", "theft", "description", "Her name was used", "kind", "IDENTITY_THEFT", "at", int64(Now))
	x.node("Consent", "yes", "purpose", "SALES", "status", graph.Granted, "at", 1, "proof", "signed Ann Albers")
	x.node("Disclosure", "seen", "reference", "customers of name Ann Albers", "at", int64(Now))
	for _, from := range []string{"call", "meeting"} {
		x.link(from, "PARTICIPANT", "A-17", "role", "FROM")
		x.link(from, "PARTICIPANT", "emma", "role", "TO")
	}
	x.link("meeting", "PARTICIPANT", "bob", "role", "TO")
	x.link("talk", "PARTICIPANT", "bob")
	x.link("o1", "PLACED_BY", "A-17")
	x.batch.Edges[len(x.batch.Edges)-1].ID = "A-17 bought o1"
	x.link("o1", "CONTAINS", "pump", "quantity", 2)
	x.link("claim", "ABOUT", "A-17")
	x.link("claim", "ON", "deal")
	x.link("A-17", "LOCATED_AT", "home")
	x.link("A-17", "LOCATED_AT", "office")
	x.link("acme", "LOCATED_AT", "office")
	x.link("outage", "AFFECTS", "home")
	x.link("theft", "AFFECTS", "A-17")
	x.link("yes", "GIVEN_BY", "A-17")
	x.link("seen", "DISCLOSED", "A-17")
	x.link("A-17", "WORKS_AT", "acme", "title", "Queen of Pumps")
	x.link("bob", "REPORTS_TO", "A-17", "kind", "LINE")
}

// kept is what the erasures here keep.
var kept = map[graph.Category]string{graph.CategoryBehaviour: "totals", graph.CategoryFinancial: "law", graph.CategoryConsent: "proof"}

// erasure is about what is left of a person.
func erasure(t *testing.T, x *fixture) {
	anns(x)
	x.write(t)
	people, orders := len(x.read(t, x.all("Customer"))[0].Rows), len(x.read(t, x.all("Order"))[0].Rows)
	x.batch.Erase = []graph.Erasure{{Person: x.ids["A-17"], Keep: kept}}
	report := x.write(t)

	t.Run("none of her values is answered any more, nor her name in others' texts", func(t *testing.T) {
		all := x.dump(t)
		for _, value := range []string{"Ann Albers", "Ann@Albers", "ann@albers", "1980", "Ann is moving", "Albers calls", "Lindenweg", "Her name", "Queen of Pumps", "CHAMPION", "A-17", "All about prices"} {
			assert.NotContains(t, all, value)
		}
	})
	t.Run("what is others' stays", func(t *testing.T) {
		assert.Equal(t, []any{"Emma Albers"}, x.props(t, "emma", "Employee.name"))
		assert.Equal(t, []any{"Bob Brandt", "+49 89 5550123"}, x.props(t, "bob", "Customer.name", "Customer.phone"))
		assert.Equal(t, []any{"Ann  Albers & Sons", "ann albers.example"}, x.props(t, "namesake", "Account.name", "Account.domain"))
		assert.Equal(t, []any{"Ann Anders"}, x.props(t, "ann2", "Customer.name"))
		assert.Equal(t, []any{"Renewal with [erased]", "Annabel is no Ann."}, x.props(t, "deal", "Deal.name", "Deal.lossReason"))
		assert.Equal(t, []any{"[erased] was praised; [erased]"}, x.props(t, "talk", "Interaction.text"))
		assert.Equal(t, []any{[]string{`{"name":"by","text":"[erased]"}`, `{"name":"[erased]","number":1}`}}, x.props(t, "talk", "Interaction.attributes"))
		assert.Equal(t, []any{nil}, x.props(t, "call", "Interaction.attributes"))
		assert.Equal(t, []any{nil, "agreed", int64(-500000)}, x.props(t, "meeting", "Interaction.text", "Interaction.result", "Interaction.sentiment"))
		assert.Equal(t, []any{"Ring 1"}, x.props(t, "office", "Location.address"))
		assert.Equal(t, "office", x.set(t, x.all("Location")))
	})
	t.Run("totals balance", func(t *testing.T) {
		assert.Len(t, x.read(t, x.all("Customer"))[0].Rows, people)
		assert.Len(t, x.read(t, x.all("Order"))[0].Rows, orders)
		names, _ := x.edgesOf(t, "A-17", "Customer.orders")
		assert.Equal(t, "o1", names)
		names, _ = x.edgesOf(t, "A-17", "Customer.interactions")
		assert.Equal(t, "call meeting", sorted(names))
		assert.Equal(t, []any{nil, nil, nil, "[erased] calls back"}, x.props(t, "call", "Interaction.subject", "Interaction.text", "Interaction.sentiment", "Interaction.result"))
		assert.Equal(t, []any{"4711", eur(10)}, x.props(t, "o1", "Order.number", "Order.total"))
	})
	t.Run("what is not kept has no relationship to her", func(t *testing.T) {
		for _, path := range []string{"Customer.employments", "Customer.reports", "Customer.claims", "Customer.locations"} {
			names, _ := x.edgesOf(t, "A-17", path)
			assert.Empty(t, names, path)
		}
		assert.Empty(t, x.rows(t, x.all("Claim")))
		assert.Equal(t, "theft", x.set(t, x.all("HiddenEvent")), "what happened at her home goes with it")
	})
	t.Run("nothing is found by her words", func(t *testing.T) {
		for _, text := range []string{"albers ann", "ann@albers.example", "Renewal Albers"} {
			assert.Empty(t, x.hits(t, x.search(text, "Customer", "Deal")), text)
		}
	})
	t.Run("it is known that she was erased, and of what nothing is kept", func(t *testing.T) {
		assert.Equal(t, int64(Now), x.hidden(t, "A-17", graph.ErasedAt)[0])
		of := x.hidden(t, "A-17", graph.ErasedOf)[0]
		assert.Contains(t, of, "IDENTITY")
		assert.NotContains(t, of, "FINANCIAL")
		assert.Equal(t, []any{[]string{"CONTENT"}}, x.hidden(t, "meeting", graph.ErasedOf))
		assert.Equal(t, []any{nil}, x.hidden(t, "talk", graph.ErasedAt))
	})
	t.Run("a node's key tells the row of its source, and of what is hers it tells nothing", func(t *testing.T) {
		key := func(name string) string {
			l := x.called(name)
			l.Nodes[0].Props = []graph.Ref{{Prop: x.kinds[name].Key}}
			return x.read(t, l)[0].Rows[0].Props[0].(string)
		}
		e, ok := graph.ParseKey(key("bob"))
		assert.True(t, ok)
		assert.Equal(t, graph.External{Source: source, ID: "bob"}, e)
		_, ok = graph.ParseKey(key("A-17"))
		assert.False(t, ok)
	})
	t.Run("it can be read by which marks somebody who was erased is known, as those do who set rows of hers aside", func(t *testing.T) {
		marks := []string{Mark("identifier|ann@albers.example"), Mark("identifier|nobody@albers.example")}
		l := &graph.List{Key: "known", IDs: marks, Rows: true, Nodes: []*graph.Selection{{Kind: graph.Suppressed}}}
		assert.Len(t, x.read(t, l)[0].Rows, 1)
	})
	t.Run("the report tells what went, what stays on which ground, and where she was named", func(t *testing.T) {
		told := map[string]int{}
		for _, p := range report.Erased {
			n := p.Count
			p.Count = 0
			told[p.String()] = n
		}
		assert.Subset(t, told, map[string]int{
			"Customer.name 0": 1, "Customer.email 0": 1, "Claim 0": 1, "Location 0": 1, "WORKS_AT 0": 1, "REPORTS_TO 0": 1, "Interaction.text 0": 2,
			"Order 0: law": 1, "Interaction 0: totals": 2, "Consent 0: proof": 1, "Account.domain 0: the name of a company or a product, which a source would bring again": 1, "Deal.name 0: her name in a text": 1, "Interaction.text 0: her name in a text": 1,
			"Interaction.attributes 0": 1, "Interaction.attributes 0: her name in a text": 1,
		})
	})
	again(t, x)
}

// again is about those who come again after they were erased.
func again(t *testing.T, x *fixture) {
	dump := x.dump(t)
	t.Run("loading the same again changes nothing", func(t *testing.T) {
		anns(x)
		// What names her, and is not about her, is for the source to mend.
		x.node("Deal", "deal", "name", "Renewal with [erased]")
		x.node("Interaction", "talk", "text", "[erased] was praised; [erased]", "attributes", []string{`{"name":"by","text":"[erased]"}`, `{"name":"[erased]","number":1}`})
		x.node("Disclosure", "seen", "reference", "customers of name [erased]")
		names := x.names
		report := x.write(t)
		x.names = names
		assert.Positive(t, report.Suppressed)
		assert.False(t, report.Changed())
		assert.Equal(t, dump, x.dump(t))
	})
	t.Run("she is known by her address under another key, and nothing of it is kept", func(t *testing.T) {
		x.node("Customer", "other", "name", "A. Albers", "email", "ANN@albers.example ")
		x.link("other", "WORKS_AT", "acme", "title", "Queen of Pumps")
		report := x.write(t)
		assert.Equal(t, []string{x.ids["A-17"]}, report.IDs)
		assert.Equal(t, dump, x.dump(t))
	})
	t.Run("who shares her telephone is not taken for her, and who has her name, too, is", func(t *testing.T) {
		x.node("Customer", "cleo", "name", "Cleo Carl", "phone", "+49 89 555 0123")
		assert.Equal(t, 1, x.write(t).NodesCreated)
		x.node("Customer", "x", "name", "ann albers", "phone", "+49 (89) 555-0123")
		assert.Equal(t, []string{x.ids["A-17"]}, x.write(t).IDs)
	})
	t.Run("what a source brings of her later is scrubbed as it comes", func(t *testing.T) {
		x.node("Interaction", "new", "text", "Ann again", "at", int64(Now))
		x.node("Claim", "newer", "role", "BLOCKER")
		x.link("new", "PARTICIPANT", "A-17")
		x.link("newer", "ABOUT", "A-17")
		x.write(t)
		assert.Equal(t, []any{nil, int64(Now)}, x.props(t, "new", "Interaction.text", "Interaction.at"))
		x.node("Claim", "newer", "role", "BLOCKER")
		assert.False(t, x.write(t).Changed(), "it is known again, too")
		assert.NotContains(t, x.dump(t), "BLOCKER")
	})
	t.Run("what somebody does on purpose is not taken for hers", func(t *testing.T) {
		b := &graph.Batch{Source: source, Once: &graph.Once{Key: "k", Hash: "h"}, Nodes: []graph.Upsert{{Kind: x.cat.MustKind("Customer"), ID: "fresh", Set: graph.Values{"email": "ann@albers.example"}}}}
		report, err := x.store.Write(t.Context(), b)
		require.NoError(t, err)
		assert.Equal(t, 1, report.NodesCreated)
	})
	t.Run("when the others are erased, too, what they shared is hers alone no more", func(t *testing.T) {
		x.batch.Erase = []graph.Erasure{{Person: x.ids["bob"], Keep: kept}}
		x.write(t)
		assert.Equal(t, []any{nil, "agreed", nil}, x.props(t, "meeting", "Interaction.text", "Interaction.result", "Interaction.sentiment"))
	})
	t.Run("nobody is erased who is not there, or is no person", func(t *testing.T) {
		for _, id := range []string{"cus_nobody", x.ids["acme"], "?"} {
			x.batch.Erase = []graph.Erasure{{Person: id}}
			_, err := x.try()
			var bad *graph.BatchError
			assert.ErrorAs(t, err, &bad, id)
		}
	})
}

// namesOfScripts is about names as they are written in many scripts, and numbers in many forms: what search takes for one is erased as
// one, and is kept out as one.
func namesOfScripts(t *testing.T, x *fixture) {
	x.node("Customer", "jutta", "name", "Jutta Brandner", "givenName", "Jutta", "email", "jutta@shop.example", "phone", "+49 30 901820")
	x.node("Customer", "wang", "name", "王小明", "email", "wang@shop.example")
	x.node("Customer", "ali", "name", "علی کریمی")
	x.node("Customer", "kim", "name", "김민수")
	x.node("Customer", "low", "name", "Ann Low", "familyName", "Lo")
	x.node("Customer", "other low", "name", "ANN  LÖW")
	for name, text := range map[string]string{
		"n0": "客户 王小明 投诉", "n1": "王小明先生今天打电话来了", "n2": "wang@shop.example wrote", "n3": "王小 and 小明 stay",
		"n4": "كتب علي كريمي لنا", "n5": "김민수가 왔다", "n6": "김민순",
		"n7": "JUTTA  BRANDNER: 0049 30/901820 or (030) 90 18 20", "n8": "Brandner, Jutta, ٠٣٠٩٠١٨٢٠", "n9": "Jutta rang from 0309018201",
		"n10": "Ann Low",
	} {
		x.node("HiddenEvent", name, "kind", "OTHER", "at", int64(Now), "description", text)
	}
	x.write(t)
	for _, name := range []string{"jutta", "wang", "ali", "kim", "low"} {
		x.batch.Erase = append(x.batch.Erase, graph.Erasure{Person: x.ids[name]})
	}
	report := x.write(t)
	t.Run("a name goes in all the ways to write it, and what only looks like it stays", func(t *testing.T) {
		for name, want := range map[string]string{
			"n0": "客户 [erased] 投诉", "n1": "[erased]先生今天打电话来了", "n2": "[erased] wrote", "n3": "王小 and 小明 stay",
			"n4": "كتب [erased] لنا", "n5": "[erased]가 왔다", "n6": "김민순",
			"n7": "[erased]: [erased] or [erased]", "n8": "[erased], [erased]", "n9": "Jutta rang from 0309018201",
			"n10": "Ann Low",
		} {
			assert.Equal(t, []any{want}, x.props(t, name, "HiddenEvent.description"), name)
		}
	})
	t.Run("what is left in texts is told, and whether others are called so or may be", func(t *testing.T) {
		told := map[string]int{}
		for _, p := range report.Erased {
			if why, is := strings.CutSuffix(p.Ground, ": in texts that are not about her alone it is left"); is {
				told[p.Field+": "+why] += p.Count
			}
		}
		const short = "a name as short may be others', too, which was not looked for"
		assert.Equal(t, map[string]int{"givenName: " + short: 1, "familyName: " + short: 1, "name: others are called so, too": 1}, told)
	})
	t.Run("who is erased does not come back in another spelling", func(t *testing.T) {
		for _, c := range [][2]string{
			{"Jutta Brandner", "+4930901820"}, {"Jutta Brandner", "0049 30 901820"}, {"Jutta Brandner", "+49 (0)30 901820"}, {"Jutta Brandner", "030 901820"},
			{"Jutta  Brandner", "+49 30 901820"}, {"Brandner, Jutta", "٠٣٠٩٠١٨٢٠"}, {"J. B.", "JUTTA@shop.example"},
		} {
			way := "phone"
			if strings.Contains(c[1], "@") {
				way = "email"
			}
			x.node("Customer", c[0]+c[1], "name", c[0], way, c[1])
			assert.Equal(t, []string{x.ids["jutta"]}, x.write(t).IDs, c)
		}
		x.node("Customer", "bo", "name", "Bo Hill", "phone", "+49 30 901820")
		x.node("Customer", "numberless", "name", "Jutta Brandner", "phone", "none")
		assert.Equal(t, 2, x.write(t).NodesCreated)
	})
}
