package write

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// Kept is what Columns has of versions: each store has columns of its own for them.
type Kept struct {
	Among []*graph.Property
	All   []graph.Version
}

// Parts are a value as stores keep it in a version: the columns of its property, one after the other. None of a missing value.
func Parts(p *graph.Property, v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case graph.Money:
		return []any{v.Amount, v.Currency}
	case string:
		if p.Type == graph.String {
			return []any{v, fold.Key(v)}
		}
	}
	return []any{v}
}

// Each gives each version with its property. One of a property that is not tracked any more is left out.
func (k Kept) Each(do func(p *graph.Property, v *graph.Version)) {
	for i := range k.All {
		if p := trackedBy(k.Among, k.All[i].Prop); p != nil {
			do(p, &k.All[i])
		}
	}
}

func trackedBy(among []*graph.Property, name string) *graph.Property {
	if i := slices.IndexFunc(among, func(p *graph.Property) bool { return p.Name == name }); i >= 0 {
		return among[i]
	}
	return nil
}

// Version is one whose value has Parts, which may be written as texts; nil: its property is not among some. Nil parts: it had no value.
func Version(among []*graph.Property, v graph.Version, first any, second string) (*graph.Version, error) {
	p := trackedBy(among, v.Prop)
	text, is := first.(string)
	switch {
	case p == nil:
		return nil, nil
	case first == nil:
	case is && (p.Type == graph.String || p.Type == graph.Enum):
		v.Value = text
	default:
		n, err := strconv.ParseInt(fmt.Sprint(first), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("a version of %s has %q", p.Path(), first)
		}
		if v.Value = n; p.Type == graph.Amount {
			v.Value = graph.Money{Amount: n, Currency: second}
		}
	}
	return &v, nil
}
