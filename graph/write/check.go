package write

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/rules"
)

// Longest value of an indexed property, in bytes: Neo4j refuses entries of more than 8191, and an entry holds the id, too.
const maxIndexed = 8000

// The years 1 to 9999 in microseconds since 1970, and a day's length.
const (
	firstInstant = -62135596800000000
	dayLength    = 86400000000
)

func (a *applier) check() error {
	if err := graph.CheckSource(a.batch.Source); err != nil {
		return graph.Invalid("the source %v", err)
	}
	if err := a.checkCatalog(); err != nil {
		return err
	}
	if by := a.batch.Authority; !slices.Contains([]string{"", graph.BySubject, graph.ByOfficer, graph.BySource}, by) {
		return graph.Invalid("the authority %q is not one of %s, %s and %s", by, graph.BySubject, graph.ByOfficer, graph.BySource)
	}
	if err := checkText(a.batch.Actor, maxIndexed); err != nil {
		return graph.Invalid("the actor %v", err)
	}
	for i, n := range a.batch.Nodes {
		if n.Node == "" {
			a.note(false, i, checkID(n.ID))
		}
		for _, e := range n.Also {
			a.note(false, i, checkExternal(e))
		}
		a.values(false, i, n.Kind.Properties, n.Kind.Name, n.Set)
		a.pastValues(i, n)
	}
	for i, m := range a.batch.Merge {
		for _, end := range []graph.NodeRef{m.From, m.Into} {
			if end.ID == "" {
				a.note(false, i, checkExternal(end.External))
			}
		}
	}
	for i, l := range a.batch.Edges {
		if !slices.Contains(l.Rel.Pairs, [2]*graph.Kind{l.From.Kind, l.To.Kind}) {
			a.note(true, i, fmt.Errorf("no %s leads from %s to %s", l.Rel.Type, l.From.Kind, l.To.Kind))
		}
		for _, end := range []graph.NodeRef{l.From, l.To} {
			if end.ID != "" {
				continue
			}
			a.note(true, i, checkExternal(end.External))
		}
		if l.ID != "" {
			a.note(true, i, checkID(l.ID))
		}
		if _, given := l.Set["from"].(int64); l.Succeeds && (!given || !l.Rel.Temporal()) {
			a.note(true, i, fmt.Errorf("%s takes over from another, and says not when", l.Rel.Type))
		}
		if _, given := l.Set["to"].(int64); l.Ends && (!given || !l.Rel.Temporal()) {
			a.note(true, i, fmt.Errorf("%s ends, and says not when", l.Rel.Type))
		}
		for _, p := range l.Rel.Key { // they are part of the relationship's own key, which is indexed
			if v, ok := l.Set[p.Name].(string); ok && len(v) > maxIndexed {
				a.fault(true, i, p.Name, tooLong(v, maxIndexed).Error())
			}
		}
		a.values(true, i, l.Rel.Properties, l.Rel.Type, l.Set)
		if l.Rel.Kept {
			a.note(true, i, fmt.Errorf("%s is kept by the store: it is not given", l.Rel.Type))
		}
		if l.Set[graph.RoleProperty] == graph.RoleSubject && a.inherited(l.Rel) {
			a.problems = append(a.problems, graph.Problem{Edge: true, Index: i, Property: graph.RoleProperty, Reason: fmt.Sprintf("%s.%s: %s is kept by the store, by what it belongs to: it is not given", l.Rel.Type, graph.RoleProperty, graph.RoleSubject)})
		}
	}
	for _, p := range rules.Faults(a.batch, a.host.Now) {
		a.fault(p.Edge, p.Index, p.Property, p.Reason)
	}
	if slices.ContainsFunc(a.problems, func(p graph.Problem) bool { return p.Property == "" }) {
		return a.failed() // nothing could be found by it
	}
	return nil
}

// pastValues notes what of an upsert cannot be told of the past.
func (a *applier) pastValues(i int, n graph.Upsert) {
	if n.At == nil {
		return
	}
	if *n.At > a.host.Now {
		a.note(false, i, fmt.Errorf("the instant since when the values hold must not be in the future: %s", *n.At))
	}
	for _, name := range slices.Sorted(maps.Keys(n.Set)) {
		if p := n.Kind.Property(name); p != nil && p.Tracking != graph.Dated {
			a.fault(false, i, name, "cannot be told of an instant: what it was before is not kept")
		}
	}
}

// fault notes what is wrong with a property, unless something is already.
func (a *applier) fault(edge bool, i int, property, reason string) {
	p := graph.Problem{Edge: edge, Index: i, Property: property, Reason: reason}
	same := func(o graph.Problem) bool { return o.Edge == edge && o.Index == i && o.Property == property }
	if !slices.ContainsFunc(a.problems, same) {
		a.problems = append(a.problems, p)
	}
}

// inherited reports whether inherited subjects are kept along a relationship.
func (a *applier) inherited(r *graph.Rel) bool {
	return slices.ContainsFunc(a.cat.Kinds, func(k *graph.Kind) bool { return len(k.Inherits) > 0 && k.Subjects[0].Rel == r })
}

// checkCatalog refuses what is of another catalog: none of the rules here would be found for it.
func (a *applier) checkCatalog() error {
	known := func(k *graph.Kind) bool { return slices.Contains(a.cat.Kinds, k) }
	strange := func(n graph.Upsert) bool { return !known(n.Kind) }
	loose := func(l graph.Link) bool {
		return !slices.Contains(a.cat.Rels, l.Rel) || !known(l.From.Kind) || !known(l.To.Kind)
	}
	foreign := func(m graph.Merge) bool { return !known(m.From.Kind) || !known(m.Into.Kind) }
	if slices.ContainsFunc(a.batch.Merge, foreign) || slices.ContainsFunc(a.batch.Nodes, strange) || slices.ContainsFunc(a.batch.Edges, loose) {
		return &graph.Error{Code: graph.Internal, Message: "the batch was made with another catalog than the store"}
	}
	return nil
}

func (a *applier) note(edge bool, i int, err error) {
	if err != nil {
		a.problems = append(a.problems, graph.Problem{Edge: edge, Index: i, Reason: err.Error()})
	}
}

// checkExternal says what is wrong with a row's name. Without a source it is of the batch's.
func checkExternal(e graph.External) error {
	if err := checkID(e.ID); err != nil || e.Source == "" {
		return err
	}
	if err := graph.CheckSource(e.Source); err != nil {
		return fmt.Errorf("the source %w", err)
	}
	return nil
}

func checkID(id string) error {
	if id == "" {
		return errors.New("the external id is empty")
	}
	if err := checkText(id, 500); err != nil {
		return fmt.Errorf("the external id %w", err)
	}
	return nil
}

// values notes all values that properties do not take, in the order of their names.
func (a *applier) values(edge bool, i int, props []*graph.Property, owner string, set graph.Values) {
	for _, name := range slices.Sorted(maps.Keys(set)) {
		at := slices.IndexFunc(props, func(p *graph.Property) bool { return p.Name == name && p.Given() })
		if at < 0 {
			a.fault(edge, i, name, fmt.Sprintf("cannot be set: %s has no such property", owner))
		} else if v := set[name]; v != nil {
			if err := checkValue(props[at], v); err != nil {
				a.fault(edge, i, name, err.Error())
			}
		}
	}
}

// checkValue says what of a value the type does not take.
func checkValue(p *graph.Property, v any) error {
	ok := false
	switch v := v.(type) {
	case string:
		if p.Type == graph.Enum && !slices.Contains(p.Values, v) {
			return fmt.Errorf("must be one of %s: %q", strings.Join(p.Values, ", "), v)
		}
		limit := math.MaxInt
		if p.Indexed {
			limit = maxIndexed
		}
		if err := checkText(v, limit); err != nil {
			return err
		}
		if p.Indexed { // folding may make a text longer
			if err := checkText(fold.Key(v), limit); err != nil {
				return fmt.Errorf("%w without case and diacritics", err)
			}
		}
		if both := len(v) + len(fold.Key(v)); p.Indexed && p.Folds() && both > maxIndexed { // one index has the two
			return fmt.Errorf("must have at most %d bytes together with itself without case and diacritics, and has %d", maxIndexed, both)
		}
		ok = p.Type == graph.String || p.Type == graph.Enum
	case int64:
		ok = p.Type == graph.Int || p.Type == graph.Float || p.Temporal()
		if p.Type == graph.Int && (v < math.MinInt32 || v > math.MaxInt32) {
			return fmt.Errorf("must be between %d and %d: %d", math.MinInt32, math.MaxInt32, v)
		}
		if p.Temporal() {
			if v < firstInstant || v > int64(graph.LastInstant) || p.Type == graph.Day && v%dayLength != 0 {
				return fmt.Errorf("must be within the years 1 to 9999, and at midnight for a day: %d", v)
			}
		}
	case bool:
		ok = p.Type == graph.Bool
	case graph.Money:
		ok = p.Type == graph.Amount
		if len(v.Currency) != 3 || strings.Trim(v.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return fmt.Errorf("must have a currency such as EUR: %q", v.Currency)
		}
	case []string:
		ok = p.Type == graph.Strings
		for _, s := range v {
			if err := checkText(s, maxIndexed); err != nil {
				return err
			}
		}
	}
	if !ok {
		return fmt.Errorf("takes no %T", v)
	}
	return nil
}

func checkText(s string, limit int) error {
	switch {
	case !utf8.ValidString(s):
		return errors.New("must be valid UTF-8")
	case strings.ContainsRune(s, 0):
		return errors.New("must not have a NUL character")
	case len(s) > limit:
		return tooLong(s, limit)
	}
	return nil
}

func tooLong(s string, limit int) error {
	return fmt.Errorf("must have at most %d bytes, and has %d", limit, len(s))
}

// states has what follows from a node's state be so, and notes what contradicts it or stands in the wrong order.
func (a *applier) states(k nodeKey) {
	set, have := a.want[k], a.have[k].Values
	if a.gone[k] || a.erasedOf[a.have[k].ID] != nil {
		return
	}
	now := &a.host.Now
	if a.batch.Loads { // what is loaded has happened before
		now = nil
	}
	follows := rules.Follow(k.kind.Lifecycle, set, have, now)
	for _, f := range rules.Together(k.kind.Spans, k.kind.Lifecycle, set, merged(have, follows)) {
		if !f.Missing || !a.batch.Loads {
			a.faultOf(k, f)
		}
	}
	maps.Copy(set, follows)
}

// texts has texts that follow from others be so, as far as they can be kept.
func (a *applier) texts(k nodeKey) {
	for name, v := range rules.FollowTexts(k.kind.Properties, a.want[k], a.have[k].Values) {
		a.want[k][name] = v
		p := k.kind.Property(name)
		if v == nil {
			continue
		}
		if err := checkValue(p, v); err != nil {
			a.faultOf(k, rules.Fault{Property: p, Reason: err.Error()})
		}
	}
}

// faultOf notes a fault of a node with the upserts that set the property, or else with all that are about the node.
func (a *applier) faultOf(k nodeKey, f rules.Fault) {
	var all, set []int
	for i, n := range a.batch.Nodes {
		if a.keyOf(n) != k {
			continue
		}
		all = append(all, i)
		if _, sets := n.Set[f.Property.Name]; sets {
			set = append(set, i)
		}
	}
	if len(set) == 0 {
		set = all
	}
	for _, i := range set {
		a.fault(false, i, f.Property.Name, f.Reason)
	}
}

// inOrder notes what links set that stands in the wrong order beside what is there. One that takes over from another ends that one by
// itself.
func (a *applier) inOrder(r *graph.Rel, ls *links) {
	for _, l := range ls.all {
		have := ls.stored[l.Key].Values
		if have == nil {
			have = graph.Values{}
		}
		if a.batch.Edges[l.index].Succeeds {
			continue
		}
		for _, f := range rules.Together(r.Spans, nil, l.Values, have) {
			a.fault(true, l.index, f.Property.Name, f.Reason)
		}
	}
}
