package policy

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
)

// known chooses the cases that a filter takes in by what their log tells them apart by. It has that of each case as the lens sees it, and those cases that stand in
// lists, so that it comes to what the store would answer. No choice: the log does not know enough.
func (g guarded) known(q *Journeys, of *graph.List, out *EventLog) (cases Segment, by *choice, err error) {
	asked := &graph.Fetch{Now: q.Now, Lists: []*graph.List{of}}
	seen := g.viewer.seen(asked.Lists)
	if seen.err != nil {
		return cases, nil, seen.err
	}
	k := &knowing{lens: g.viewer.Lens, of: q.Of, log: out.Log, traits: g.logs.Traits(q.Of), tested: map[tested]journey.Having{}}
	results := make([]graph.ListResult, len(seen.lists))
	var chosen journey.Having
	for i, l := range seen.lists {
		found, ok := k.cases(l.Filter)
		if !ok || !k.tallies(l, found, &results[i]) {
			return cases, nil, nil
		}
		if i == 0 {
			chosen = found
		}
	}
	by = &choice{seen.inquiry, asked}
	if g.viewer.Small(seen.lists, results).List(&results[0]) {
		return Segment{Small: true}, by, nil
	}
	return Segment{Has: chosen.Has, having: &chosen}, by, nil
}

// traitMark stands before each value that there is: it may be an empty text.
const traitMark = "="

// TraitOf is a value as logs have it for a trait; empty: there is none.
func TraitOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return traitMark + v
	case bool:
		return traitMark + strconv.FormatBool(v)
	}
	panic(fmt.Sprintf("policy: a %T is no trait", v))
}

// traitOf is which of traits a key is; below 0: none.
func traitOf(key graph.GroupKey, traits []*graph.Property) int {
	if len(key.Path) > 0 || key.Ref.Past() || key.Cut != graph.NoCut || key.Bounds != nil {
		return -1
	}
	return slices.Index(traits, key.Ref.Prop)
}

// A knowing answers guarded lists of cases by their log.
type knowing struct {
	lens   *Lens
	of     *graph.Kind
	log    *journey.Log
	traits []*graph.Property
	tested map[tested]journey.Having // what tests have come to, since the lists that count persons repeat them
}

// A tested is that a test is true, or that it is false.
type tested struct {
	*graph.Test
	is bool
}

// cases are those that the guarded filter of a list is true of. Not ok: the log does not know that.
func (k *knowing) cases(f *graph.Filter) (cases journey.Having, ok bool) {
	listed, _ := k.lens.listed(k.of)
	switch {
	case f == listed: // as each of the log is
		return k.log.Every(), true
	case listed != nil && f.And != nil && f.And[0] == listed:
		return k.all(f.And[1:])
	case listed != nil:
		return cases, false
	}
	return k.meeting(f)
}

// all are the cases that all parts of a guarded filter are true of.
func (k *knowing) all(parts []*graph.Filter) (cases journey.Having, ok bool) {
	return k.several(parts, journey.Having.And)
}

func (k *knowing) several(parts []*graph.Filter, with func(a, b journey.Having) journey.Having) (cases journey.Having, ok bool) {
	for i, f := range parts {
		more, ok := k.meeting(f)
		switch {
		case !ok:
			return cases, false
		case i == 0:
			cases = more
		default:
			cases = with(cases, more)
		}
	}
	return cases, true
}

// meeting are the cases that a part of a guarded filter is true of.
func (k *knowing) meeting(f *graph.Filter) (cases journey.Having, ok bool) {
	switch {
	case f.And != nil:
		if tested, seen := k.beside(f.And); seen {
			return k.meeting(tested)
		}
		return k.all(f.And)
	case f.Or != nil && len(f.Or) == 0:
		return k.log.Every().Not(), true
	case f.Or != nil:
		return k.several(f.Or, journey.Having.Or)
	case f.Fails != nil:
		cases, ok = k.meeting(f.Fails)
		if ok {
			cases = cases.Not()
		}
		return cases, ok
	case f.Test != nil:
		return k.test(f.Test, true)
	case f.Not != nil && f.Not.Test != nil:
		return k.test(f.Not.Test, false)
	case f.Some == nil && f.Every == nil && f.Total == nil && f.Kind == nil && f.Not == nil:
		return k.log.Every(), true
	}
	return cases, false
}

// beside is a test that stands beside the condition under which its value is seen: the log has no value where that does not hold, and no test that is known is
// true of none.
func (k *knowing) beside(parts []*graph.Filter) (tested *graph.Filter, ok bool) {
	if len(parts) != 2 {
		return nil, false
	}
	test := parts[1].Test
	if parts[1].Not != nil {
		test = parts[1].Not.Test
	}
	if test == nil || test.Ref.Prop == nil {
		return nil, false
	}
	_, met := k.lens.listed(k.of)
	seen, ok := k.lens.permitNeed(k.of, k.lens.property(test.Ref.Prop).need, test.Ref.Prop.Category == graph.CategoryContent, met)
	return parts[1], ok && seen != nil && parts[0] == seen
}

// test are the cases of which it is known that a test is true, or that it is false.
func (k *knowing) test(t *graph.Test, is bool) (cases journey.Having, ok bool) {
	trait := slices.Index(k.traits, t.Ref.Prop)
	if trait < 0 || !k.log.Known(trait) || t.With != nil || t.OnEdge || t.ID || t.Fold || t.Ref.Past() || t.Ref.When != nil {
		return cases, false
	}
	if known, once := k.tested[tested{t, is}]; once {
		return known, true
	}
	var values []string
	switch t.Op {
	case graph.Eq:
		values = []string{TraitOf(t.Value)}
	case graph.In:
		for _, v := range t.Value.([]any) {
			values = append(values, TraitOf(v))
		}
	default:
		return cases, false
	}
	cases = k.log.Having(trait, func(value string) bool { return slices.Contains(values, value) == is })
	k.tested[tested{t, is}] = cases
	return cases, true
}

// tallies counts the persons behind the cases of a list, where that is asked. Not ok: the log does not know how many they are.
func (k *knowing) tallies(l *graph.List, cases journey.Having, into *graph.ListResult) (ok bool) {
	for _, t := range l.Tallies {
		switch {
		case !t.Distinct || len(t.By) > 0 || len(t.Measures) > 0:
			return false
		case k.of.Person:
		case t.Over == nil || several(k.of) && k.log.AboutSomebody():
			return false
		default: // those are seen whom a case is about, unless those are counted, too, of whom nobody may know that it is
			if !k.leads(t.Over.Edge) {
				return false
			}
		}
		into.Tallies = append(into.Tallies, []graph.TallyRow{{Count: int64(cases.Persons())}})
	}
	return true
}

// leads reports whether the purpose may know of each case to whom an edge leads.
func (k *knowing) leads(e *graph.Edge) bool {
	_, met := k.lens.listed(k.of)
	leave, _, ok := k.lens.newGuard().leave(e, met)
	return ok && leave == nil
}
