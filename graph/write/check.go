package write

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
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
	if err := checkText("the actor", a.batch.Actor, maxIndexed); err != nil {
		return graph.Invalid("%v", err)
	}
	for i, n := range a.batch.Nodes {
		if n.Node == "" {
			a.note(false, i, checkID(n.ID))
		}
		a.values(false, i, n.Kind.Properties, n.Kind.Name, n.Set)
		if at, given := n.Set[graph.ConsentAt].(int64); given && n.Kind.Name == graph.ConsentKind && at > a.now {
			a.problems = append(a.problems, graph.Problem{Index: i, Property: graph.ConsentAt, Reason: fmt.Sprintf("Consent.at: %v is still to come: nobody has said anything then", graph.Time(at))})
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
			a.note(true, i, checkID(end.External.ID))
			if s := end.External.Source; s != "" {
				if err := graph.CheckSource(s); err != nil {
					a.note(true, i, fmt.Errorf("the source %w", err))
				}
			}
		}
		if l.ID != "" {
			a.note(true, i, checkID(l.ID))
		}
		if _, given := l.Set["from"].(int64); l.Succeeds && (!given || !l.Rel.Temporal()) {
			a.note(true, i, fmt.Errorf("%s takes over from another, and says not when", l.Rel.Type))
		}
		for _, p := range l.Rel.Key { // they are part of the relationship's own key, which is indexed
			if v, ok := l.Set[p.Name].(string); ok && len(v) > maxIndexed {
				a.note(true, i, fmt.Errorf("%s.%s has %d bytes, more than the %d that are allowed", l.Rel.Type, p.Name, len(v), maxIndexed))
			}
		}
		a.values(true, i, l.Rel.Properties, l.Rel.Type, l.Set)
		if l.Set[graph.RoleProperty] == graph.RoleSubject && a.inherited(l.Rel) {
			a.problems = append(a.problems, graph.Problem{Edge: true, Index: i, Property: graph.RoleProperty, Reason: fmt.Sprintf("%s.%s: %s is kept by the store, by what it belongs to: it is not given", l.Rel.Type, graph.RoleProperty, graph.RoleSubject)})
		}
	}
	return a.failed()
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
	if slices.ContainsFunc(a.batch.Nodes, strange) || slices.ContainsFunc(a.batch.Edges, loose) {
		return &graph.Error{Code: graph.Internal, Message: "the batch was made with another catalog than the store"}
	}
	return nil
}

func (a *applier) note(edge bool, i int, err error) {
	if err != nil {
		a.problems = append(a.problems, graph.Problem{Edge: edge, Index: i, Reason: err.Error()})
	}
}

func checkID(id string) error {
	if id == "" {
		return fmt.Errorf("the external id is empty")
	}
	return checkText("the external id", id, 500)
}

// values notes all values that properties do not take, in the order of their names.
func (a *applier) values(edge bool, i int, props []*graph.Property, owner string, set graph.Values) {
	wrong := map[string]error{}
	for name, v := range set {
		if err := checkNamed(props, owner, name, v); err != nil {
			wrong[name] = err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		a.problems = append(a.problems, graph.Problem{Edge: edge, Index: i, Property: name, Reason: wrong[name].Error()})
	}
}

func checkNamed(props []*graph.Property, owner, name string, v any) error {
	i := slices.IndexFunc(props, func(p *graph.Property) bool { return p.Name == name && p.Given() })
	switch {
	case i < 0:
		return fmt.Errorf("%s has no property %s that can be set", owner, name)
	case v == nil:
		return nil
	}
	return checkValue(props[i], owner+"."+name, v)
}

func checkValue(p *graph.Property, path string, v any) error {
	ok := false
	switch v := v.(type) {
	case string:
		if p.Type == graph.Enum && !slices.Contains(p.Values, v) {
			return fmt.Errorf("%s: %q is not one of %s", path, v, strings.Join(p.Values, ", "))
		}
		limit := math.MaxInt
		if p.Indexed {
			limit = maxIndexed
		}
		if err := checkText(path, v, limit); err != nil {
			return err
		}
		if p.Indexed { // folding may make a text longer
			if err := checkText(path+" without case and diacritics", fold.Key(v), limit); err != nil {
				return err
			}
		}
		ok = p.Type == graph.String || p.Type == graph.Enum
	case int64:
		ok = p.Type == graph.Int || p.Type == graph.Float || p.Type == graph.Instant || p.Type == graph.Day
		if p.Type == graph.Int && (v < math.MinInt32 || v > math.MaxInt32) {
			return fmt.Errorf("%s: %d is outside the range of Int, which has 32 bits", path, v)
		}
		if p.Type == graph.Instant || p.Type == graph.Day {
			if v < firstInstant || v > int64(graph.LastInstant) || p.Type == graph.Day && v%dayLength != 0 {
				return fmt.Errorf("%s: %d is not an instant within the years 1 to 9999, at midnight for a day", path, v)
			}
		}
	case bool:
		ok = p.Type == graph.Bool
	case graph.Money:
		ok = p.Type == graph.Amount
		if len(v.Currency) != 3 || strings.Trim(v.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return fmt.Errorf("%s: %q is not a currency such as EUR", path, v.Currency)
		}
	case []string:
		ok = p.Type == graph.Strings
		for _, s := range v {
			if err := checkText(path, s, maxIndexed); err != nil {
				return err
			}
		}
	}
	if !ok {
		return fmt.Errorf("%s does not take a %T", path, v)
	}
	return nil
}

func checkText(path, s string, limit int) error {
	switch {
	case !utf8.ValidString(s):
		return fmt.Errorf("%s is not valid UTF-8", path)
	case strings.ContainsRune(s, 0):
		return fmt.Errorf("%s has a NUL character", path)
	case len(s) > limit:
		return fmt.Errorf("%s has %d bytes, more than the %d that are allowed", path, len(s), limit)
	}
	return nil
}
