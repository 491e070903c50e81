package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

// enough persons stand behind what is told.
const enough = 5

// TestNoAnswerAboutGroupsFitsFewerThanFivePersons asks ANALYSIS at random, and joins what it answers with a public table of names,
// employers and titles: no row, group or place in an order may fit fewer than five persons, and of nobody may follow what is withheld,
// within one answer, whose parts are subtracted from each other.
func TestNoAnswerAboutGroupsFitsFewerThanFivePersons(t *testing.T) {
	worlds, each := 10, 500
	if testing.Short() {
		worlds, each = 2, 250
	}
	seen := &intruder{}
	for i := range uint64(worlds) {
		c := newCrowd(t, onSQLite(t), *seed+i, 40)
		for range each {
			q := c.inquiry()
			text, err := c.bytes(graph.Analysis, q.text)
			require.NoError(t, err)
			var a struct {
				Data   map[string]any
				Errors []struct{ Message string }
			}
			require.NoError(t, json.Unmarshal(text, &a))
			if len(a.Errors) > 0 {
				require.Regexp(t, "each alternative|nobody could say", a.Errors[0].Message, q.text)
				seen.refused++
				continue
			}
			for _, wrong := range seen.judge(q, a.Data) {
				t.Errorf("-seed=%d: %s\n%s\n%s", *seed+i, wrong, q.text, text)
			}
			if t.Failed() {
				return
			}
		}
	}
	graphtest.Report(t, "%d operations for ANALYSIS: %d lists told, %d withheld, %d refused; joined with the public table: %d rows, %d groups, %d sums over edges, %d orders",
		worlds*each, seen.told, seen.withheld, seen.refused, seen.rows, seen.groups, seen.sums, seen.orders)
	require.Positive(t, min(seen.rows, seen.groups, seen.sums, seen.orders, seen.told), "something is told of each")
}

// An intruder joins answers with the public table.
type intruder struct {
	told, withheld, refused    int
	rows, groups, sums, orders int
	wrong                      []string
}

func (i *intruder) claim(ok bool, format string, args ...any) {
	if !ok {
		i.wrong = append(i.wrong, fmt.Sprintf(format, args...))
	}
}

// many claims that so many persons stand behind something.
func (i *intruder) many(n int, what string) {
	i.claim(n >= enough, "%d persons stand behind %s", n, what)
}

func (i *intruder) judge(q *inquiry, data any) []string {
	i.wrong = nil
	list := of(data, q.path[0])
	if len(q.path) > 1 {
		list = of(of(of(list, "edges"), 0), "node", q.path[1])
	}
	if list == nil {
		i.withheld++
		return nil
	}
	i.told++
	if q.meeting != nil {
		i.meetings(q, list)
		return i.wrong
	}
	in, out := []*person{}, 0
	for _, r := range q.base {
		switch {
		case r.objects:
		case q.filter == nil || q.filter.is(r, nil) == yes:
			in = append(in, r)
		default:
			out++
		}
	}
	if len(in)+out == 0 {
		return nil // nobody is there
	}
	i.many(len(in), "the list")
	if q.filter != nil {
		i.many(out, "what its filter leaves out")
	}
	i.count(q, in, of(list, "totalCount"))
	i.count(q, in, of(list, "aggregate", "count"))
	i.list(q, in, list)
	return i.wrong
}

// count joins how many there are with how many there can be.
func (i *intruder) count(q *inquiry, in []*person, n any) {
	if n == nil {
		return
	}
	i.claim(number(n) == len(in), "%v are told and %d are there", n, len(in))
	if q.filter == nil || !q.filter.secret {
		return
	}
	certain, possible := 0, 0
	for _, r := range q.base {
		if r.objects {
			continue
		}
		switch q.filter.is(r, &glimpse{}) {
		case yes:
			certain++
			possible++
		case maybe:
			possible++
		}
	}
	i.claim(certain == possible || number(n) != certain && number(n) != possible, "%v are told, %d are certain and %d possible: what is withheld follows of all", n, certain, possible)
}

func (i *intruder) list(q *inquiry, in []*person, list any) {
	edges, _ := of(list, "edges").([]any)
	for _, e := range edges {
		i.row(q, e)
	}
	if len(edges) > 0 && q.by != nil {
		i.orders++
		places := map[int]int{}
		for _, r := range q.base {
			n := 0
			for _, j := range r.jobs {
				n += int(min(1, q.by.is(j, true)))
			}
			places[n]++
		}
		for n, of := range places {
			i.many(of, fmt.Sprintf("the place in an order of those with %d jobs", n))
		}
	}
	if len(edges) > 0 && q.orders != nil {
		i.orders++
		first := 0
		for _, r := range in {
			first += int(q.orders(r)) / 2
		}
		i.many(first, "the first place in an order")
		i.many(len(in)-first, "the last place in an order")
	}
	i.over(q, in, of(list, "aggregate"))
	rows, _ := of(list, "groups", "rows").([]any)
	left := in
	for _, g := range rows {
		i.groups++
		is := func(r *person) bool {
			gender, stage := of(g, "key", "gender"), of(g, "key", "journeyStage")
			return (gender == nil || gender == r.gender) && (stage == nil || stage == r.stage)
		}
		outside := slices.DeleteFunc(slices.Clone(in), is)
		i.many(len(outside), "what is outside of a group")
		i.group(q, slices.DeleteFunc(slices.Clone(in), func(r *person) bool { return !is(r) }), g)
		left = slices.DeleteFunc(slices.Clone(left), is)
	}
	if other := of(list, "groups", "other"); other != nil {
		i.group(q, left, other)
	} else if rows != nil {
		i.claim(len(left) == 0, "%d persons are in no group", len(left))
	}
}

func (i *intruder) group(q *inquiry, in []*person, g any) {
	n := number(of(g, "count"))
	i.claim(n == len(in), "%d are told in a group of %d", n, len(in))
	i.many(n, "a group")
	i.over(q, in, of(g, "aggregate"))
}

// row joins a row with the public table.
func (i *intruder) row(q *inquiry, edge any) {
	i.rows++
	node := of(edge, "node")
	s := &glimpse{text(of(node, "gender")), text(of(node, "journeyStage")), number(of(node, "birthYear"))}
	jobs, _ := of(node, "employments", "edges").([]any)
	fits := 0
	for _, r := range q.base {
		is := q.filter == nil || q.filter.is(r, s) != no
		if title := of(edge, "properties", "title"); title != nil {
			is = is && slices.ContainsFunc(r.jobs, func(j job) bool { return j.title == title })
		}
		for _, j := range jobs {
			is = is && slices.ContainsFunc(r.jobs, func(k job) bool {
				return k.employer == of(j, "node", "name") && k.title == of(j, "properties", "title")
			})
		}
		if jobs != nil {
			is = is && len(r.jobs) == len(jobs)
		}
		if is {
			fits++
		}
	}
	i.many(fits, "a row")
}

// over joins what is added up over jobs with those that there are.
func (i *intruder) over(q *inquiry, in []*person, sums any) {
	if sums == nil {
		return
	}
	if limits, _ := of(sums, "approvalLimit").([]any); len(limits) > 0 { // at the company
		i.sums++
		limited := 0
		for _, r := range in {
			limited += one(slices.ContainsFunc(r.jobs, func(j job) bool { return j.employer == q.company && j.limit > 0 }))
		}
		i.many(limited, "a sum of limits at a company")
	}
	if q.over == nil || of(sums, "employments") == nil {
		return
	}
	i.sums++
	with, limited, units := 0, 0, 0
	for _, r := range in {
		has, limit := false, false
		for _, j := range r.jobs {
			if q.over.is(j, false) == yes {
				has, limit, units = true, limit || j.limit > 0, units+1
			}
		}
		with, limited = with+one(has), limited+one(limit)
	}
	i.many(with, "a sum over jobs")
	if q.over.node+q.over.edge != "" {
		i.many(len(in)-with, "what a sum over jobs leaves out")
	}
	n := number(of(sums, "employments", "count"))
	i.claim(n == units, "%d jobs are told of %d", n, units)
	if limits, _ := of(sums, "employments", "approvalLimit").([]any); len(limits) > 0 {
		i.many(limited, "a sum of limits")
	}
	if q.over.secret {
		certain, possible := 0, 0
		for _, r := range in {
			for _, j := range r.jobs {
				t := q.over.is(j, true)
				certain, possible = certain+one(t == yes), possible+one(t != no)
			}
		}
		i.claim(n != possible, "%d jobs are told, and as many are possible: what is withheld follows of all", n)
	}
}

func (i *intruder) meetings(q *inquiry, list any) {
	m, n := q.meeting, number(of(list, "totalCount"))
	told := len(m.first)
	if m.shows {
		i.orders++
		told += len(m.rest)
	}
	i.claim(n == told, "%d meetings are told of %d", n, told)
	behind := func(ms []meeting, among func(*person) bool) int {
		found := map[*person]bool{}
		for _, m := range ms {
			for _, r := range m.with {
				if !r.objects && among(r) {
					found[r] = true
				}
			}
		}
		return len(found)
	}
	i.rows += n
	i.many(behind(m.first, m.among), "meetings")
	if m.asks {
		i.many(behind(m.rest, func(*person) bool { return true }), "the other meetings")
	}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// of is what stands at a path of fields and places, nil where nothing does.
func of(v any, path ...any) any {
	for _, step := range path {
		switch at := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[at]
		case int:
			l, _ := v.([]any)
			if at >= len(l) {
				return nil
			}
			v = l[at]
		}
	}
	return v
}

func number(v any) int {
	switch n := v.(type) {
	case float64:
		return int(n)
	case string:
		f, _ := strconv.ParseFloat(n, 64)
		return int(f)
	}
	return 0
}

func text(v any) string {
	s, _ := v.(string)
	return s
}
