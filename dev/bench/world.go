// Package bench measures Kith against hand-written Cypher, and holds Kith's statements to it: a seeded world,
// queries, for each the statement an expert would write, and the gates that depend on no machine. It may import
// everything of Kith, as it wires the stores, the resolvers and the server together.
package bench

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

// Size of a world, in nodes. Claims, Orders, Cases and Interactions come on top of what they belong to.
type Size struct {
	Accounts, Customers, Employees, Products, Deals, Claims, Orders, Cases, Interactions int
}

var (
	// Full is the world of the benchmark.
	Full = Size{Accounts: 10_000, Customers: 50_000, Employees: 200, Products: 200, Deals: 20_000, Claims: 80_000,
		Orders: 20_000, Cases: 5_000, Interactions: 500_000}
	// Small is for measuring in minutes.
	Small = Size{Accounts: 600, Customers: 3_000, Employees: 50, Products: 40, Deals: 1_200, Claims: 4_800,
		Orders: 400, Cases: 200, Interactions: 12_500}
	// Gates is the world of the gates: large enough for Neo4j to plan as it does for a large one.
	Gates = Size{Accounts: 300, Customers: 1_500, Employees: 25, Products: 40, Deals: 600, Claims: 2_400,
		Orders: 200, Cases: 100, Interactions: 6_250}
)

// End is when the world ends; everything reads as of this instant.
var End = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// Clock is that of who writes the world, and of who asks: it stands still.
func Clock() time.Time { return End }

// span is how long the world lasts.
const span = 2 * 365 * 24 * time.Hour

const seed = 20260601

// Industries that accounts belong to, the first ones more often.
var Industries = strings.Split("Machinery,Software,Logistics,Chemicals,Energy,Banking,Insurance,Retail,Construction,Automotive,"+
	"Pharmaceuticals,Telecommunications,Food,Textiles,Aerospace,Education,Hospitals,Media,Mining,Agriculture", ",")

// Sizes are classes of accounts by employees: from (inclusive) to (exclusive).
var Sizes = [][2]int{{1, 50}, {50, 250}, {250, 1_000}, {1_000, 5_000}, {5_000, 1_000_000}}

// World is who there is and how they hang together. What passed between them is drawn when it is written, as it is most
// of the world.
type World struct {
	Size      Size
	accounts  []account
	customers []customer
	deals     []deal
	jobs      []int // the account of each job held at End
	large     []int // deals in which somebody claims something of twelve persons each, and these are talked with
	talked    []int // those persons
}

// largeOf is of how many deals one is large, and manyInvolved how many persons are claimed to have a part in it.
const (
	largeOf      = 100
	manyInvolved = 12
)

type account struct {
	industry  string
	employees int
	revenue   int64 // at scale 4, in EUR
	people    []int // who work here at End
	parent    int   // of which account this is a part; -1: of none
}

type customer struct{ jobs []job }

type job struct {
	account  int
	from, to time.Time // zero: still
}

type deal struct {
	account int
	stage   string
	claims  []int // whom they are about
}

var stages = []string{"PROSPECTING", "ENGAGING", "PROPOSAL", "NEGOTIATION", "WON", "WON", "WON", "WON", "LOST", "LOST"}

// New draws a world. Equal sizes give equal worlds.
func New(s Size) *World {
	r := rand.New(rand.NewPCG(seed, 1))
	w := &World{Size: s, accounts: make([]account, s.Accounts), customers: make([]customer, s.Customers), deals: make([]deal, s.Deals)}
	for i := range w.accounts {
		a := &w.accounts[i]
		a.industry = Industries[min(r.IntN(len(Industries)), r.IntN(len(Industries)+10))]
		a.employees = min(max(int(math.Exp(r.NormFloat64()*1.6+math.Log(200))), 1), 500_000)
		a.revenue = int64(a.employees) * int64(80_000+r.IntN(240_000)) * 10_000
	}
	part := skewed(rand.New(rand.NewPCG(seed, 3)), s.Accounts)
	for i := range w.accounts { // two in five belong to one that was drawn before, few of which have many
		if w.accounts[i].parent = -1; i%5 < 2 && i > 0 {
			w.accounts[i].parent = part() % i
		}
	}
	busy := skewed(r, s.Accounts)
	for i := range w.customers {
		w.employ(r, i, busy)
	}
	for i := range w.deals {
		w.deals[i] = deal{account: busy(), stage: stages[r.IntN(len(stages))]}
	}
	for range s.Claims {
		d := &w.deals[r.IntN(s.Deals)]
		about := r.IntN(s.Customers)
		if people := w.accounts[d.account].people; len(people) > 0 {
			about = people[r.IntN(len(people))]
		}
		d.claims = append(d.claims, about)
	}
	w.enlarge(rand.New(rand.NewPCG(seed, 4)), busy)
	return w
}

// enlarge has one deal in a hundred be a large one, with a company of enough people, where there is one.
func (w *World) enlarge(r *rand.Rand, busy func() int) {
	for i := largeOf / 2; i < len(w.deals); i += largeOf {
		d := &w.deals[i]
		for range 100 {
			if d.account = busy(); len(w.accounts[d.account].people) >= manyInvolved {
				break
			}
		}
		people := w.accounts[d.account].people
		d.stage, d.claims = stages[r.IntN(4)], nil
		for _, n := range r.Perm(len(people))[:min(manyInvolved, len(people))] {
			d.claims = append(d.claims, people[n])
		}
		w.large, w.talked = append(w.large, i), append(w.talked, d.claims...)
	}
}

// employ gives a customer one job as a rule, at accounts that differ: one in twenty has none, one in seven two or three,
// most of which are over.
func (w *World) employ(r *rand.Rand, i int, busy func() int) {
	c := &w.customers[i]
	n := 1
	switch p := r.IntN(100); {
	case p < 5:
		n = 0
	case p < 8:
		n = 3
	case p < 20:
		n = 2
	}
	taken := map[int]bool{}
	for len(c.jobs) < n {
		at := busy()
		if taken[at] {
			continue
		}
		taken[at] = true
		j := job{account: at, from: End.Add(-time.Duration(1+r.IntN(3000)) * 24 * time.Hour)}
		if len(c.jobs) > 0 && r.IntN(10) < 6 {
			j.to = j.from.Add(End.Sub(j.from) / 2)
		} else {
			w.accounts[at].people = append(w.accounts[at].people, i)
			w.jobs = append(w.jobs, at)
		}
		c.jobs = append(c.jobs, j)
	}
}

// skewed draws from n things as trade does: a few come often, most seldom. Which ones is drawn, too.
func skewed(r *rand.Rand, n int) func() int {
	z := rand.NewZipf(r, 1.3, max(float64(n)/50, 1), uint64(n-1))
	place := r.Perm(n)
	return func() int { return place[z.Uint64()] }
}

// ID is the id of the nth node of a kind, by the prefix of the kind's ids. It looks like one that was drawn.
func ID(prefix string, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", prefix, n))
	return prefix + "_" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:26])
}

// NewIDs gives the ids of a world's nodes to a store, in the order that they are written in.
func NewIDs() func(prefix string) string {
	next := map[string]int{}
	return func(prefix string) string {
		n := next[prefix]
		next[prefix]++
		return ID(prefix, n)
	}
}

// Stamp is what marks a store that holds the world: it changes with the world's size and with how worlds are drawn.
func (w *World) Stamp(cat *graph.Catalog) string {
	h := sha256.New()
	fmt.Fprint(h, w.Size)
	tiny := New(Size{Accounts: 20, Customers: 60, Employees: 3, Products: 3, Deals: 60, Claims: 60, Orders: 20, Cases: 20, Interactions: 60})
	for b := range tiny.Batches(cat) {
		for _, n := range b.Nodes {
			fmt.Fprint(h, n.Kind, n.ID, n.Set)
		}
		for _, l := range b.Edges {
			fmt.Fprint(h, l.Rel.Type, l.From, l.To, l.Set)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}
