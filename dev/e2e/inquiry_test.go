package e2e

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// An inquiry is an operation on one list.
type inquiry struct {
	text    string
	path    []string            // to the list
	base    []*person           // of whom everybody knows that they are in it, but for those who object
	company string              // of whom the list is, if it is
	filter  *condition          // its filter
	over    *jobs               // of the sums
	by      *jobs               // of the order
	orders  func(*person) truth // of an order by withheld data: who comes first
	meeting *meetings
}

// meetings is a list of interactions.
type meetings struct {
	first []meeting // those that its filter keeps, or its order puts first
	rest  []meeting
	among func(*person) bool // whom filter or order speaks of
	shows bool               // the rest, too
	asks  bool               // filter or order ask something
}

// The texts of operations. %s: arguments, and what is selected.
const (
	ofPersons  = `{ customers%s { %s } }`
	ofCompany  = `{ accounts(filter: {name: {eq: %q}}) { edges { node { people%s { %s } } } } }`
	ofMeetings = `{ interactions%s { totalCount edges { node { kind } } } }`
	theRows    = `edges { node { gender journeyStage birthYear employments { edges { node { name } properties { title } } } } %s }`
	theTitle   = `properties { title }`
	theSums    = `employments%s { count approvalLimit { count sum } }`
	theWhole   = `aggregate { count %s }`
	theGroups  = `groups(by: [%s]) { rows { key { gender journeyStage } count aggregate { %s } } other { count aggregate { %[2]s } } }`
)

func arguments(of ...string) string {
	if of = slices.DeleteFunc(of, func(s string) bool { return s == "" }); len(of) == 0 {
		return ""
	}
	return "(" + strings.Join(of, ", ") + ")"
}

// inquiry asks for persons, of all or of one company, up to three things of them; or for interactions.
func (c *crowd) inquiry() *inquiry {
	if c.rng.IntN(4) == 0 {
		return c.ofMeetings()
	}
	q := &inquiry{base: c.persons, path: []string{"customers"}}
	args := []string{"first: 50"}
	if c.rng.IntN(3) > 0 {
		f := c.condition(2)
		q.filter = &f
		args = append(args, "filter: "+f.text)
	}
	company := ""
	if c.rng.IntN(3) == 0 {
		company, q.path = employers[c.rng.IntN(len(employers))], []string{"accounts", "people"}
		q.company = company
		q.base = slices.DeleteFunc(slices.Clone(c.persons), func(r *person) bool {
			return !slices.ContainsFunc(r.jobs, func(j job) bool { return j.employer == company })
		})
	} else if c.rng.IntN(3) == 0 {
		args = append(args, fmt.Sprintf("orderBy: [{%s}]", c.order(q)))
	}
	over, sums := c.jobs(), ""
	if company == "" {
		q.over = &over
		sums = fmt.Sprintf(theSums, arguments(over.arguments("filter", "edgeFilter")))
	} else {
		sums = `approvalLimit { count sum }`
	}
	title := ""
	if company != "" {
		title = theTitle
	}
	inGroups := sums
	if c.rng.IntN(2) == 0 {
		inGroups = "count"
	}
	var selected []string
	for range 1 + c.rng.IntN(3) {
		selected = append(selected, []string{
			"totalCount", fmt.Sprintf(theRows, title), fmt.Sprintf(theWhole, sums),
			fmt.Sprintf(theGroups, []string{"GENDER", "JOURNEY_STAGE", "JOURNEY_STAGE, GENDER"}[c.rng.IntN(3)], inGroups),
		}[c.rng.IntN(4)])
	}
	// Groups by different keys do not meet in one answer.
	slices.Sort(selected)
	selected = slices.CompactFunc(selected, func(a, b string) bool { return a[:6] == b[:6] })
	if company == "" {
		q.text = fmt.Sprintf(ofPersons, arguments(args...), strings.Join(selected, " "))
	} else {
		q.text = fmt.Sprintf(ofCompany, company, arguments(args...), strings.Join(selected, " "))
	}
	return q
}

// order is a key of an order of persons.
func (c *crowd) order(q *inquiry) string {
	if c.rng.IntN(3) == 0 {
		n, least := c.rng.IntN(len(c.persons)), 10*c.rng.IntN(9)
		if c.rng.IntN(2) == 0 {
			q.orders = func(r *person) truth { return truthOf(r == c.persons[n] && len(r.orders) > 0) }
			return fmt.Sprintf(`orders: {filter: {number: {eq: "person %d 0"}}, count: DESC}`, n)
		}
		q.orders = func(r *person) truth {
			return truthOf(slices.ContainsFunc(r.orders, func(n int) bool { return n >= least }))
		}
		by := []string{`count: DESC`, `totalSum: {direction: DESC, currency: "EUR"}`}[c.rng.IntN(2)]
		return fmt.Sprintf(`orders: {filter: {total: {gte: {amount: "%d", currency: "EUR"}}}, %s}`, least, by)
	}
	j := c.jobs()
	q.by = &j
	return fmt.Sprintf(`employments: {%s}`, keys(j.arguments("filter", "edgeFilter"), "count: DESC"))
}

// keys are arguments without parentheses.
func keys(of ...string) string {
	return strings.Trim(arguments(of...), "()")
}

// ofMeetings asks for interactions: with whom, or first those with whom.
func (c *crowd) ofMeetings() *inquiry {
	q := &inquiry{path: []string{"interactions"}, meeting: &meetings{asks: true, among: func(*person) bool { return true }}}
	among := c.condition(1)
	if c.rng.IntN(3) == 0 {
		r := c.persons[c.rng.IntN(len(c.persons))]
		among = condition{text: fmt.Sprintf(`{id: {eq: %q}}`, shown(graph.Analysis, r.id)), is: func(o *person, _ *glimpse) truth { return truthOf(o == r) }}
	}
	meets := func(m meeting) bool {
		return slices.ContainsFunc(m.with, func(r *person) bool { return !r.objects && among.is(r, nil) == yes })
	}
	arg := ""
	switch c.rng.IntN(4) {
	case 0:
		kind := kinds[c.rng.IntN(len(kinds))]
		arg, meets = fmt.Sprintf(`filter: {kind: {eq: %s}}`, kind), func(m meeting) bool { return m.kind == kind }
	case 1:
		arg, q.meeting.among = fmt.Sprintf(`filter: {customers: {some: %s}}`, among.text), func(r *person) bool { return among.is(r, nil) == yes }
	case 2:
		q.meeting.shows = true
		arg, q.meeting.among = fmt.Sprintf(`orderBy: [{customers: {filter: %s, count: DESC}}, {at: DESC}]`, among.text), func(r *person) bool { return among.is(r, nil) == yes }
	default:
		q.meeting.asks, meets = false, func(meeting) bool { return true }
	}
	for _, m := range c.meetings {
		if !slices.ContainsFunc(m.with, func(r *person) bool { return !r.objects }) {
			continue
		}
		if meets(m) {
			q.meeting.first = append(q.meeting.first, m)
		} else {
			q.meeting.rest = append(q.meeting.rest, m)
		}
	}
	q.text = fmt.Sprintf(ofMeetings, arguments("first: 100", arg))
	return q
}
