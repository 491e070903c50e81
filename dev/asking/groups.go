package asking

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

// grouped are the arguments of groups: what they have in common, and in which order they come.
func (a *Asker) grouped(f *ast.FieldDefinition) (args []string) {
	add := func(name, value string) { args = append(args, name+": "+value) }
	by, edgeBy := f.Arguments.ForName("by"), f.Arguments.ForName("edgeBy")
	if edgeBy != nil && (by == nil || a.Chance(40)) {
		by = edgeBy
	}
	if by != nil {
		keys := a.Schema.Types[by.Type.Name()].EnumValues
		key := keys[a.IntN(len(keys))].Name
		add(by.Name, "["+key+"]")
		args = append(args, a.ranges(strings.TrimSuffix(by.Type.Name(), "GroupBy"), key)...)
	}
	if f.Name == "groups" && f.Arguments.ForName("unit") != nil && a.Chance(50) {
		days := []string{"DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "WEEKDAY"} // of dates, too
		add("unit", days[a.IntN(len(days))])
		add("zone", strconv.Quote([]string{"Europe/Oslo", "Australia/Lord_Howe"}[a.Values.IntN(2)]))
	}
	if f.Name == "groups" && f.Arguments.ForName("orderBy") != nil && a.Chance(30) {
		add("orderBy", "{"+[]string{"key", "count"}[a.IntN(2)]+": "+[]string{"ASC", "DESC"}[a.IntN(2)]+"}")
	}
	return args
}

// ranges are the arguments that a key of groups takes where it is of ranges of a number, of nodes of a kind or of a relationship.
func (a *Asker) ranges(of, key string) (args []string) {
	var keys []sdl.GroupName
	if k := a.Catalog.Kind(of); k != nil {
		keys = sdl.GroupKeys(k, nil)
	}
	for _, r := range a.Catalog.Rels {
		if r.Name == of {
			keys = sdl.GroupKeys(&graph.Kind{}, r)
		}
	}
	for _, g := range keys {
		if g.Enum != key || !g.Range() {
			continue
		}
		args = append(args, fmt.Sprintf("buckets: [%d, %d]", a.Values.IntN(3)-1, 2+a.Values.IntN(2000)))
		if g.Money() {
			args = append(args, "currency: "+strconv.Quote([]string{"EUR", "USD"}[a.Values.IntN(2)]))
		}
		if g.Duration() {
			instants := slices.Sorted(maps.Keys(sdl.Instants(a.Catalog.Kind(of))))
			args = append(args, fmt.Sprintf("duration: {from: %s, to: %s}", instants[a.IntN(len(instants))], instants[a.IntN(len(instants))]))
		}
	}
	return args
}
