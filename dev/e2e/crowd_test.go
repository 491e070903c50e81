package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// A crowd is a world of persons of whom a public table knows the name, the employers and the titles, and nothing else.
type crowd struct {
	*program
	rng      *rand.Rand
	persons  []*person
	meetings []meeting
}

type person struct {
	id, gender, stage string
	birth             int
	jobs              []job
	orders            []int // by what they cost, each once
	objects           bool  // to ANALYSIS
}

type job struct {
	employer, title string // public
	limit           int    // withheld; 0: none
}

type meeting struct {
	kind string
	with []*person
}

var (
	employers = []string{"Alpha", "Beta", "Gamma"}
	titles    = []string{"Clerk", "Clerk", "Clerk", "Engineer", "Engineer", "Manager"}
	genders   = []string{"FEMALE", "MALE"}
	kinds     = []string{"CALL", "CALL", "CALL", "CALL", "VISIT", "MEETING", "CHAT"}
	stages    = []string{"USE", "LOYALTY", "INTEREST"}
)

// newCrowd has so many persons. The first of each employer is its chief.
func newCrowd(t require.TestingT, p *program, seed uint64, size int) *crowd {
	c := &crowd{program: p, rng: rand.New(rand.NewPCG(seed, 40))}
	chiefs := map[string]bool{}
	for i := range size {
		r := &person{
			gender: genders[c.rng.IntN(2)], stage: stages[c.rng.IntN(3)], birth: 1950 + c.rng.IntN(40), objects: c.rng.IntN(6) == 0,
		}
		for range c.rng.IntN(12) / 4 { // none, one or two
			e := employers[c.rng.IntN(len(employers))]
			if slices.ContainsFunc(r.jobs, func(j job) bool { return j.employer == e }) {
				continue
			}
			j := job{e, titles[c.rng.IntN(len(titles))], 0}
			if !chiefs[e] {
				j.title, chiefs[e] = "Chief", true
			}
			if c.rng.IntN(2) == 0 {
				j.limit = 100 * (1 + c.rng.IntN(5))
			}
			r.jobs = append(r.jobs, j)
		}
		for range c.rng.IntN(3) {
			r.orders = append(r.orders, 10*(1+c.rng.IntN(9)))
		}
		r.id = fmt.Sprint("person ", i)
		c.persons = append(c.persons, r)
	}
	for range size {
		m := meeting{kind: kinds[c.rng.IntN(len(kinds))]}
		for range 1 + c.rng.IntN(7)/3 {
			if r := c.persons[c.rng.IntN(size)]; !slices.Contains(m.with, r) {
				m.with = append(m.with, r)
			}
		}
		c.meetings = append(c.meetings, m)
	}
	c.write(t)
	return c
}

func (c *crowd) write(t require.TestingT) {
	v := &victims{program: c.program}
	b := &graph.Batch{Source: "crm"}
	node := func(kind, id string, set graph.Values) { b.Nodes = append(b.Nodes, v.node(kind, id, set)) }
	link := func(rel, fromKind, from, toKind, to string, set graph.Values) {
		l := v.link(rel, fromKind, from, toKind, to)
		l.Set = set
		b.Edges = append(b.Edges, l)
	}
	euros := func(n int) graph.Money { return graph.Money{Amount: int64(n) * 10_000, Currency: "EUR"} }
	at := int64(graph.At(now.AddDate(0, -1, 0)))
	for _, e := range employers {
		node("Account", e, graph.Values{"name": e})
	}
	node("Campaign", "spring", graph.Values{"name": "Spring"})
	// The company has orders of its own.
	node("Order", "Alpha's", graph.Values{"number": "Alpha's", "total": euros(1000)})
	link("PLACED_BY", "Order", "Alpha's", "Account", "Alpha", nil)
	for _, r := range c.persons {
		node("Customer", r.id, graph.Values{"name": r.id, "gender": r.gender, "journeyStage": r.stage, "birthYear": int64(r.birth)})
		for _, j := range r.jobs {
			set := graph.Values{"title": j.title}
			if j.limit > 0 {
				set["approvalLimit"] = euros(j.limit)
			}
			link("WORKS_AT", "Customer", r.id, "Account", j.employer, set)
		}
		for i, total := range r.orders {
			id := fmt.Sprint(r.id, " ", i)
			node("Order", id, graph.Values{"number": id, "total": euros(total)})
			link("PLACED_BY", "Order", id, "Customer", r.id, nil)
		}
		link("RESPONDED", "Campaign", "spring", "Customer", r.id, graph.Values{"response": "ATTENDED"})
		if r.objects {
			node(graph.ConsentKind, r.id, graph.Values{graph.ConsentAt: at, graph.ConsentPurpose: string(graph.Analysis), graph.ConsentStatus: graph.Objected})
			link("GIVEN_BY", graph.ConsentKind, r.id, "Customer", r.id, nil)
		}
	}
	for i, m := range c.meetings {
		id := fmt.Sprint("meeting ", i)
		node("Interaction", id, graph.Values{"at": at + int64(i), "kind": m.kind, "origin": "CUSTOMER"})
		for _, r := range m.with {
			link("PARTICIPANT", "Interaction", id, "Customer", r.id, nil)
		}
	}
	report, err := c.store.Write(context.Background(), b)
	require.NoError(t, err)
	for i, n := range b.Nodes {
		for _, r := range c.persons {
			if n.Kind.Person && n.ID == r.id {
				r.id = report.IDs[i]
			}
		}
	}
}

// truth is of three values.
type truth int8

const (
	no truth = iota
	maybe
	yes
)

func truthOf(is bool) truth {
	if is {
		return yes
	}
	return no
}

// A condition is one on persons, as it is asked, and as it is true.
type condition struct {
	text   string // of a CustomerFilter
	secret bool   // it speaks of what is withheld
	// is says whether it is true of somebody. Who has a row before him knows what that shows of a person, and of everybody what is public;
	// nil: of one who knows all.
	is func(*person, *glimpse) truth
}

// A glimpse is what one sees of a person in a row, or nothing.
type glimpse struct {
	gender, stage string
	birth         int
}

// jobs is the condition on a job, as the text of node and edge and as it is true.
type jobs struct {
	node, edge string
	secret     bool
	is         func(j job, public bool) truth
}

func (c *crowd) jobs() jobs {
	employer, title, limit := "", "", 0
	if c.rng.IntN(2) == 0 {
		employer = employers[c.rng.IntN(len(employers))]
	}
	if c.rng.IntN(3) == 0 {
		title = []string{"Clerk", "Engineer", "Manager", "Chief"}[c.rng.IntN(4)]
	}
	if c.rng.IntN(3) == 0 {
		limit = 100 * (1 + c.rng.IntN(4))
	}
	out := jobs{secret: limit > 0, is: func(j job, public bool) truth {
		switch {
		case employer != "" && j.employer != employer, title != "" && j.title != title:
			return no
		case limit > 0 && (public || j.limit == 0): // who has none is not known to be below
			return maybe
		}
		return truthOf(j.limit >= limit)
	}}
	if employer != "" {
		out.node = fmt.Sprintf(`{name: {eq: %q}}`, employer)
	}
	var edge []string
	if title != "" {
		edge = append(edge, fmt.Sprintf(`title: {eq: %q}`, title))
	}
	if limit > 0 {
		edge = append(edge, fmt.Sprintf(`approvalLimit: {gte: {amount: "%d", currency: "EUR"}}`, limit))
	}
	if len(edge) > 0 {
		out.edge = "{" + strings.Join(edge, ", ") + "}"
	}
	return out
}

// arguments are those that a field takes for the conditions of two of its inputs.
func (j jobs) arguments(node, edge string) string {
	var out []string
	if j.node != "" {
		out = append(out, node+": "+j.node)
	}
	if j.edge != "" {
		out = append(out, edge+": "+j.edge)
	}
	return strings.Join(out, ", ")
}

// some is the condition that a person has such a job.
func (j jobs) some() string {
	if j.node == "" {
		j.node = "{}"
	}
	return j.arguments("some", "edgeFilter")
}

// has is the truth of the best of a person's jobs.
func (j jobs) has(r *person, public bool) truth {
	best := no
	for _, of := range r.jobs {
		best = max(best, j.is(of, public))
	}
	return best
}

func (c *crowd) condition(depth int) condition {
	n := c.rng.IntN(8)
	if depth == 0 {
		n = c.rng.IntN(5)
	}
	switch n {
	case 0:
		g := genders[c.rng.IntN(2)]
		return own(fmt.Sprintf(`gender: {eq: %s}`, g), func(s glimpse) bool { return s.gender == g })
	case 1:
		y := 1951 + c.rng.IntN(38)
		return own(fmt.Sprintf(`birthYear: {gte: %d}`, y), func(s glimpse) bool { return s.birth >= y })
	case 2, 3:
		j := c.jobs()
		return condition{fmt.Sprintf(`{employments: {%s}}`, j.some()), j.secret, func(r *person, s *glimpse) truth { return j.has(r, s != nil) }}
	case 4:
		least := 10 * c.rng.IntN(9)
		if c.rng.IntN(2) == 0 {
			return c.comesTo(least)
		}
		return condition{fmt.Sprintf(`{orders: {some: {total: {gte: {amount: "%d", currency: "EUR"}}}}}`, least), true, func(r *person, s *glimpse) truth {
			if s != nil {
				return maybe
			}
			return truthOf(slices.ContainsFunc(r.orders, func(total int) bool { return total >= least }))
		}}
	case 5:
		a := c.condition(depth - 1)
		return condition{fmt.Sprintf(`{not: %s}`, a.text), a.secret, func(r *person, s *glimpse) truth { return yes - a.is(r, s) }}
	case 6:
		a, b := c.condition(depth-1), c.condition(depth-1)
		return condition{fmt.Sprintf(`{or: [%s, %s]}`, a.text, b.text), a.secret || b.secret, func(r *person, s *glimpse) truth { return max(a.is(r, s), b.is(r, s)) }}
	}
	a, b := c.condition(depth-1), c.condition(depth-1)
	return condition{fmt.Sprintf(`{and: [%s, %s]}`, a.text, b.text), a.secret || b.secret, func(r *person, s *glimpse) truth { return min(a.is(r, s), b.is(r, s)) }}
}

// comesTo is a condition on what a person's orders, or jobs, come to.
func (c *crowd) comesTo(least int) condition {
	n := 1 + c.rng.IntN(2)
	of := func(text string, is func(*person) truth) condition {
		return condition{text, true, func(r *person, s *glimpse) truth {
			if s != nil {
				return maybe
			}
			return is(r)
		}}
	}
	switch c.rng.IntN(4) {
	case 0:
		return condition{fmt.Sprintf(`{employments: {count: {gte: %d}}}`, n), false, func(r *person, _ *glimpse) truth { return truthOf(len(r.jobs) >= n) }}
	case 1:
		return of(fmt.Sprintf(`{orders: {totalSum: {currency: "EUR", gte: "%d"}}}`, least), func(r *person) truth {
			if len(r.orders) == 0 {
				return maybe
			}
			sum := 0
			for _, total := range r.orders {
				sum += total
			}
			return truthOf(sum >= least)
		})
	case 2:
		return of(fmt.Sprintf(`{orders: {count: {lt: %d}}}`, n), func(r *person) truth { return truthOf(len(r.orders) < n) })
	}
	return of(fmt.Sprintf(`{orders: {filter: {total: {gte: {amount: "%d", currency: "EUR"}}}, count: {gte: %d}}}`, least, n), func(r *person) truth {
		return truthOf(len(slices.DeleteFunc(slices.Clone(r.orders), func(total int) bool { return total < least })) >= n)
	})
}

// own is a condition on what a row shows of a person.
func own(text string, is func(glimpse) bool) condition {
	return condition{"{" + text + "}", false, func(r *person, s *glimpse) truth {
		switch {
		case s == nil:
			return truthOf(is(glimpse{r.gender, r.stage, r.birth}))
		case *s == glimpse{}:
			return maybe
		}
		return truthOf(is(*s))
	}}
}
