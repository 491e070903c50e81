package bench

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/kithgraph/kith/graph/fold"
)

// A Query is one of those that are measured: asked of Kith as a document, of the yardstick as a statement.
type Query struct {
	Name, Title string
	Document    string
	Cypher      string
	// draw gives the variables of one request.
	draw func(*World, *rand.Rand) map[string]any
	// decode reads the variables of a request to the yardstick into the statement's parameters.
	decode func([]byte) (map[string]any, error)
	// answer shapes the statement's record as the document's data.
	answer func(record []any) any
	// Kept is what many answers rest on, a statement that the yardstick runs once; keep makes of its record what answer finds behind its own. Empty:
	// there is none.
	Kept string
	keep func(record []any) any
}

// Draw gives the variables of n requests, the same ones each time.
func (q *Query) Draw(w *World, n int) []map[string]any {
	r := rand.New(rand.NewPCG(seed, uint64(q.Name[1])))
	out := make([]map[string]any, n)
	for i := range out {
		out[i] = q.draw(w, r)
	}
	return out
}

// Queries are those that Kith is compared by. Accounts are looked up in proportion to the people who work there, all others evenly.
func Queries() []*Query {
	return []*Query{
		{
			Name: "Q1", Title: "customer by id with account",
			Document: customerDocument, Cypher: customerCypher, decode: byID, answer: customerAnswer, draw: anyCustomer,
		},
		{
			Name: "Q2", Title: "account, first 10 customers by name, 5 newest interactions each, employees, products",
			Document: accountDocument, Cypher: accountCypher, decode: byID, answer: accountAnswer, draw: busyAccount,
		},
		{
			Name: "Q3", Title: "deal with account, claims, customers, count and last of their interactions",
			Document: dealDocument, Cypher: dealCypher, decode: byID, answer: dealAnswer, draw: anyDeal,
		},
		{
			Name: "Q4", Title: "accounts by industry and size, by revenue, first 20, total, count and sum of open deals",
			Document: accountsDocument, Cypher: accountsCypher, decode: byFirmographics, answer: accountsAnswer,
			draw: func(w *World, r *rand.Rand) map[string]any {
				size := Sizes[r.IntN(len(Sizes))]
				return map[string]any{"industry": Industries[r.IntN(len(Industries))], "from": size[0], "to": size[1]}
			},
		},
		{
			Name: "Q6", Title: "customer with the first 50 of the timeline",
			Document: timelineDocument, Cypher: timelineCypher, decode: byID, answer: timelineAnswer, draw: anyCustomer,
		},
		{
			Name: "Q7", Title: "search for customers by a name with a mistake, or by its beginning, first 20",
			Document: searchDocument, Cypher: searchCypher, decode: byText, answer: searchAnswer,
			draw: func(w *World, r *rand.Rand) map[string]any {
				name := []rune(fold.Key(familyNames[r.IntN(len(familyNames))]))
				if len(name) < 6 || r.IntN(2) == 0 {
					return map[string]any{"text": string(name[:4])}
				}
				at := 1 + r.IntN(len(name)-2)
				name[at], name[at+1] = name[at+1], name[at]
				return map[string]any{"text": string(name)}
			},
		},
		{
			Name: "Q8", Title: "account with its ultimate parent, number of the whole family, count and sum of their open deals",
			Document: familyDocument, Cypher: familyCypher, decode: byOpenDeals, answer: familyAnswer, draw: busyAccount,
		},
		{
			Name: "Q9", Title: "account with its people of at least five interactions, by last contact, first 20, total",
			Document: contactDocument, Cypher: contactCypher, decode: byID, answer: contactAnswer, draw: busyAccount,
		},
		{
			Name: "Q10", Title: "customers of at least two orders, by last contact, first 20, total",
			Document: regularsDocument, Cypher: regularsCypher, decode: byNow, answer: regularsAnswer, draw: always,
		},
		{
			Name: "Q11", Title: "open deals without contact for 14 days, by amount, first 20, total",
			Document: silentDocument, Cypher: silentCypher, decode: bySilence, answer: silentAnswer, draw: always,
		},
		{
			Name: "Q12", Title: "orders of half a year by industry and ISO week in Oslo, with median and distinct customers",
			Document: weeksDocument, Cypher: weeksCypher, decode: bySince, answer: weeksAnswer,
			draw: func(_ *World, r *rand.Rand) map[string]any {
				return map[string]any{"since": End.AddDate(0, -6, -r.IntN(180)).Format(time.RFC3339)}
			},
		},
		{
			Name: "Q13", Title: "deal with the first 50 of the timeline",
			Document: courseDocument, Cypher: courseCypher, decode: byID, answer: courseAnswer, draw: anyDeal,
		},
		{
			Name: "Q14", Title: "deal with all of its committee of 12",
			Document: committeeDocument, Cypher: committeeCypher, decode: byID, answer: committeeAnswer, Kept: decidedCypher, keep: decidedKept,
			draw: func(w *World, r *rand.Rand) map[string]any {
				return map[string]any{"id": ID("dea", w.large[r.IntN(len(w.large))])}
			},
		},
		{
			Name: "Q15", Title: "the five best introductions to somebody in a committee of 12",
			Document: introductionsDocument, Cypher: introductionsCypher, decode: byTwo, answer: introductionsAnswer, draw: drawTwo,
		},
	}
}

// Path is what Neo4j has for the ways of Q15 by itself, between the same persons. It is no question that Kith is asked.
func Path() *Query {
	return &Query{Name: "P15", Title: "Neo4j's shortestPath between the persons of Q15", Cypher: pathCypher, decode: byTwo, answer: pathAnswer, draw: drawTwo}
}

// drawTwo is one of our own people, and somebody in a large committee whom she may want to meet.
func drawTwo(w *World, r *rand.Rand) map[string]any {
	d := w.deals[w.large[r.IntN(len(w.large))]]
	return map[string]any{"from": ID("emp", r.IntN(w.Size.Employees)), "to": ID("cus", d.claims[r.IntN(len(d.claims))])}
}

func anyCustomer(w *World, r *rand.Rand) map[string]any {
	return map[string]any{"id": ID("cus", r.IntN(w.Size.Customers))}
}

// busyAccount is one in proportion to the people who work there.
func busyAccount(w *World, r *rand.Rand) map[string]any {
	return map[string]any{"id": ID("acc", w.jobs[r.IntN(len(w.jobs))])}
}

func anyDeal(w *World, r *rand.Rand) map[string]any {
	return map[string]any{"id": ID("dea", r.IntN(w.Size.Deals))}
}

// always gives the variables of a request that has none.
func always(*World, *rand.Rand) map[string]any { return map[string]any{} }

// Subjects are queries whose answers are about so many persons each, by number. There are no statements to compare with.
func Subjects() []*Query {
	var out []*Query
	for _, n := range []int{20, 200} {
		out = append(out, &Query{
			Name: fmt.Sprintf("S%d", n), Title: fmt.Sprintf("%d customers by id", n),
			Document: `query Customers($ids: [ID!]!) { nodes(ids: $ids) { id ... on Customer { name email } } }`,
			draw: func(w *World, r *rand.Rand) map[string]any {
				ids := make([]string, n)
				for i, c := range r.Perm(w.Size.Customers)[:n] {
					ids[i] = ID("cus", c)
				}
				return map[string]any{"ids": ids}
			},
		})
	}
	return out
}
