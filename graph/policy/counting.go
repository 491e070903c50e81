package policy

import (
	"fmt"
	"slices"
	"time"

	"github.com/kithgraph/kith/graph"
)

// Keys of what is counted only to know how many persons stand behind a list, behind what its filter leaves out, and behind what else
// its answer tells.
const (
	personsKey = "\x00persons"
	restKey    = "\x00rest"
	besideKey  = "\x00beside "
)

// mostPlanning is what the conditions by which persons are counted beside a list may add to the time that a statement takes to be planned.
const mostPlanning = 2 * graph.MostPlanning

// A part is what of a list's answer is withheld where too few persons stand behind it: a tally, or a measure of one; -1: all.
type part struct{ tally, measure int }

var wholeList = part{-1, -1}

// A claim is that the rows of a list that a condition is true of may be told of: by its filter, by an order that puts them before
// others, or by what is added up over them.
type claim struct {
	part
	filter *graph.Filter
	by     [][]graph.GroupKey // of which groups it is claimed, too
	alone  bool               // of these rows alone: nothing is asked of them that leaves others out
	never  bool               // it may not be told, however many they are
}

// counting has a list of persons, or about some, count them behind all that it tells.
type counting struct {
	*guard
	list   *graph.List
	rows   *graph.Filter // the condition on all rows, whatever the filter
	at     place
	claims []claim
	beside []*graph.List

	planning time.Duration // that the conditions of these add to a statement's
}

// counting finds what a list claims, before it is guarded. Nil: nothing is to be counted.
func (g *guard) counting(l *graph.List, rows *graph.Filter, at place) *counting {
	if g.fewest() == 0 || g.counts || l.Identified() || l.Key == subjectsKey || !slices.ContainsFunc(at.kinds, (*graph.Kind).OfPersons) {
		return nil
	}
	c := &counting{guard: g, list: l, rows: rows, at: at}
	filter := claim{part: wholeList, filter: l.Filter.Normal()}
	for _, t := range l.Tallies {
		if len(t.By) > 0 {
			filter.by = append(filter.by, t.By)
		}
	}
	c.claims = append(c.claims, filter)
	for _, t := range totals(filter.filter) {
		c.total(t)
	}
	for i := range l.Order {
		c.order(&l.Order[i])
	}
	for i, t := range l.Tallies {
		c.tally(i, t)
	}
	return c
}

// order claims what an order by a count or a sum tells: who has any. How many of what is no person's somebody has, as jobs, others know of
// her, so that her place would tell who she is.
func (c *counting) order(o *graph.Order) {
	over, by := o.Over()
	if over == nil {
		if o.OnEdge && c.tie(c.list.Edge, o.Prop.Prop) != nil {
			c.claims = append(c.claims, claim{part: wholeList, never: true})
		}
		return
	}
	has := over.Some()
	for _, e := range slices.Backward(o.Path) {
		has = &graph.Filter{Some: &graph.Quantified{Edge: e, Filter: has}}
	}
	c.claims = append(c.claims, claim{
		part: wholeList, filter: and(c.list.Filter, has).Normal(), alone: over.Filter == nil && !othersKnow(over), never: by != graph.BySum && othersKnow(over),
	})
}

// othersKnow reports whether a set of edges is of a person and leads to what is none: others know how many of these somebody has, and since
// when.
func othersKnow(o *graph.Over) bool { return o.Edge.Owner.Person && !o.Edge.ToPersons() }

// total claims what a condition on a count, a sum, the newest or the oldest tells beyond the rows that meet it: what an order by it does. It
// is answered only where one that there is any would be.
func (c *counting) total(in totalIn) {
	known := othersKnow(in.Over)
	c.claims = append(c.claims, claim{
		part: wholeList, filter: in.filter.Normal(), alone: in.Over.Filter == nil && !known, never: in.By != graph.BySum && known,
	})
}

// A totalIn is a total with the filter that it is a part of, where instead of it stands that there is any edge of its set.
type totalIn struct {
	*graph.Total
	filter *graph.Filter
}

// totals are those in a normal filter.
func totals(f *graph.Filter) (out []totalIn) {
	each := func(inner *graph.Filter, outer func(*graph.Filter) *graph.Filter) {
		for _, t := range totals(inner) {
			out = append(out, totalIn{t.Total, outer(t.filter)})
		}
	}
	among := func(fs []*graph.Filter, outer func([]*graph.Filter) *graph.Filter) {
		for i, g := range fs {
			each(g, func(h *graph.Filter) *graph.Filter {
				all := slices.Clone(fs)
				all[i] = h
				return outer(all)
			})
		}
	}
	switch {
	case f == nil:
	case f.Total != nil:
		out = append(out, totalIn{f.Total, f.Total.Over.Some()})
		each(f.Total.Over.Filter.Normal(), func(h *graph.Filter) *graph.Filter {
			t := *f.Total
			over := *t.Over
			over.Filter, t.Over = h, &over
			return &graph.Filter{Total: &t}
		})
	case f.And != nil:
		among(f.And, func(fs []*graph.Filter) *graph.Filter { return &graph.Filter{And: fs} })
	case f.Or != nil:
		among(f.Or, func(fs []*graph.Filter) *graph.Filter { return &graph.Filter{Or: fs} })
	case f.Some != nil, f.Every != nil, f.Kind != nil, f.Fails != nil:
		each(within(f))
	}
	return out
}

// tally claims what is added up over an edge, or of relationships: no row shows it.
func (c *counting) tally(i int, t *graph.Tally) {
	var by [][]graph.GroupKey
	if len(t.By) > 0 {
		by = [][]graph.GroupKey{t.By}
	}
	if t.Over != nil && c.Total(t.Over.Edge) == nil {
		c.claims = append(c.claims, claim{part: part{i, -1}, filter: and(c.list.Filter, t.Over.Some()).Normal(), by: by, alone: t.Over.Filter == nil})
	}
	for j, m := range t.Measures {
		var has *graph.Filter
		switch {
		case t.Over != nil:
			over := *t.Over
			over.Prop, over.OnEdge = &m.Ref, m.OnEdge
			if m.Until != nil {
				over.Filter = and(over.Filter, present(m.Until.Prop, m.OnEdge))
			}
			has = over.Some()
		case m.OnEdge:
			if has = present(m.Ref.Prop, true); m.Until != nil {
				has = and(has, present(m.Until.Prop, true))
			}
		default:
			continue
		}
		c.claims = append(c.claims, claim{part: part{i, j}, filter: and(c.list.Filter, has).Normal(), by: by, alone: true})
	}
}

func present(p *graph.Property, onEdge bool) *graph.Filter {
	return &graph.Filter{Not: &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: p}, OnEdge: onEdge, Op: graph.IsNull}}}
}

// count adds what counts persons to the guarded list, and gives the lists that do beside it: behind each claim, behind what each
// alternative of its filter adds to the others, and behind what would be among its rows, too, if the filter said less by one part that no
// row shows, or would not be, if it said more.
func (c *counting) count() []*graph.List {
	if c == nil {
		return nil
	}
	for i, cl := range c.claims {
		parts, few := alternatives(cl.filter)
		switch asked := c.filter(cl.filter, c.at); {
		case cl.never:
			c.add(cl, nobody, nil, nil)
			continue
		case !few:
			c.tooMuch()
			return nil
		case i > 0:
			c.add(cl, and(c.rows, asked), cl.filter, nil)
			c.apart(cl, parts, asked)
		default:
			c.own(cl, asked)
			c.apart(cl, parts, asked)
		}
	}
	return c.beside
}

// own has the list itself count, and one beside it what its filter leaves out.
func (c *counting) own(cl claim, asked *graph.Filter) {
	for _, by := range append(slices.Clone(cl.by), nil) {
		c.list.Tallies = append(c.list.Tallies, c.persons(by, cl.filter, nil)...)
	}
	if asked == nil {
		return
	}
	if !slices.Contains(weaker(cl.filter, false), nil) { // rows show themselves by what others are left out of groups
		cl.by = nil
	}
	c.add(cl, and(c.rows, &graph.Filter{Fails: asked}), nil, cl.filter)
	c.beside[len(c.beside)-1].Key = c.list.Key + restKey
}

// apart counts behind each part of a claim's filter, which has these alternatives.
func (c *counting) apart(cl claim, parts []*graph.Filter, asked *graph.Filter) {
	for i, f := range parts {
		if len(parts) > 1 {
			others := or(slices.Delete(slices.Clone(parts), i, i+1)...)
			c.add(cl, and(c.rows, c.filter(f, c.at), &graph.Filter{Fails: c.filter(others, c.at)}), f, others)
		}
		if cl.alone {
			continue
		}
		for _, w := range weaker(f, false) {
			if w != nil || !c.counted(cl) {
				c.add(cl, and(c.rows, c.filter(w, c.at), &graph.Filter{Fails: asked}), w, cl.filter)
			}
		}
		for _, s := range stricter(f) {
			c.add(cl, and(c.rows, asked, &graph.Filter{Fails: c.filter(s, c.at)}), cl.filter, s)
		}
	}
}

// counted reports whether all that a claim's filter leaves out is counted already.
func (c *counting) counted(cl claim) bool { return cl.filter == c.claims[0].filter }

func (c *counting) tooMuch() {
	c.fail(graph.Invalid("for the purpose %s persons are counted behind each alternative of a filter, of which it may have %d, and of what orders and aggregates over edges make of it: that would take more than %d ms to be planned here; ask less at once",
		c.Purpose, mostAlternatives, mostPlanning.Milliseconds()))
}

// add has a list count the persons behind rows. in is the caller's filter that they meet, out one that they fail.
func (c *counting) add(cl claim, rows, in, out *graph.Filter) {
	l := &graph.List{Key: fmt.Sprint(c.list.Key, besideKey, cl.tally, " ", cl.measure, " ", len(c.beside)), Edge: c.list.Edge, When: c.list.When, Nodes: graph.Bare(c.at.kinds), Filter: rows, Page: graph.Page{Limit: 1}}
	for _, by := range append(slices.Clone(cl.by), nil) {
		l.Tallies = append(l.Tallies, c.persons(by, in, out)...)
	}
	c.beside = append(c.beside, l)
	if c.planning += rows.Planning(); c.planning > mostPlanning {
		c.tooMuch()
	}
}

// persons count those behind rows, or behind their groups, whom the nodes are or lead to; see countable. Where a node may be about
// several, those are counted, too, of whom the filter speaks, as often as it does: who was on a call with somebody is not she.
func (c *counting) persons(by []graph.GroupKey, in, out *graph.Filter) (tallies []*graph.Tally) {
	k := c.at.kinds[0]
	if k.Person {
		return []*graph.Tally{{Key: personsKey, By: by, Distinct: true}}
	}
	for _, w := range k.Ways {
		if len(w.Hops) > 1 {
			continue
		}
		e := w.Hops[0].Edge.To(w.Person)
		leave, then, ok := c.leave(e, c.at.met[k])
		rows, met := c.arrive(e, e.Targets, then)
		if !ok { // nobody may know who they are
			leave = nil
			rows, _ = c.listed(w.Person)
		}
		add := func(key string, e *graph.Edge, f *graph.Filter) {
			tallies = append(tallies, &graph.Tally{Key: key, By: by, Distinct: true, Over: &graph.Over{Edge: e, When: leave, Filter: and(rows, f)}})
		}
		add(personsKey, e, nil)
		if !several(k) {
			continue
		}
		for i, q := range spoken(in, out) {
			if q.Edge.Rel != e.Rel || q.Edge.Out != e.Out {
				continue
			}
			add(fmt.Sprint(personsKey, " ", i), q.Edge, c.normal(q.Filter.Normal(), place{q.Edge, e.Targets, met, hers}))
		}
	}
	return tallies
}

// spoken are the sets of whom a filter says that there is one, and of whom another one, that is failed, says that there is none.
func spoken(in, out *graph.Filter) (qs []*graph.Quantified) {
	for _, f := range in.Conjuncts() {
		if f.Some != nil {
			qs = append(qs, f.Some)
		}
	}
	for _, f := range out.Conjuncts() {
		if f.Every != nil {
			qs = append(qs, &graph.Quantified{Edge: f.Every.Edge, Filter: &graph.Filter{Fails: f.Every.Filter}})
		}
	}
	return qs
}
