package resolvers

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/model"
)

// A decoder fills the Go struct of a kind, or of a relationship's properties, from what a store read.
type decoder struct {
	typ    reflect.Type
	fields map[*graph.Property]setter
}

// A setter puts a value that is not nil into its field.
type setter func(into reflect.Value, v any)

// decodersOf makes the decoders by the name of the type. The error names what a struct and the schema disagree on.
func decodersOf(cat *graph.Catalog) (map[string]decoder, error) {
	out := map[string]decoder{}
	add := func(name string, props []*graph.Property) error {
		typ, ok := structs[name]
		if !ok {
			return fmt.Errorf("there is no Go struct for %s: run make generate", name)
		}
		d := decoder{typ, map[*graph.Property]setter{}}
		for _, p := range props {
			if p.Hidden {
				continue
			}
			set, err := setterOf(typ, p)
			if err != nil {
				return err
			}
			d.fields[p] = set
		}
		for i := range typ.NumField() {
			f := typ.Field(i)
			if !f.Anonymous && !hasProperty(props, f.Name) {
				return fmt.Errorf("the field %s of the Go struct %s is not a property in the schema", f.Name, name)
			}
		}
		out[name] = d
		return nil
	}
	for _, k := range cat.Kinds {
		if err := add(k.Name, k.Properties); err != nil {
			return nil, err
		}
	}
	rels := slices.Clone(cat.Rels)
	for _, k := range cat.Kinds {
		if k.Timeline != nil {
			rels = append(rels, k.Timeline.Rel)
		}
	}
	for _, r := range rels {
		if r.Name == "" {
			continue
		}
		if err := add(r.Name, r.Properties); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func hasProperty(props []*graph.Property, field string) bool {
	for _, p := range props {
		if strings.EqualFold(p.Name, field) {
			return true
		}
	}
	return false
}

func setterOf(typ reflect.Type, p *graph.Property) (setter, error) {
	f, ok := typ.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, p.Name) })
	if !ok {
		return nil, fmt.Errorf("the Go struct %s has no field for the property %s", typ.Name(), p.Name)
	}
	var want reflect.Type
	var set setter
	switch p.Type {
	case graph.String, graph.Enum:
		want, set = pointer[string](f.Index, func(v any) string { return v.(string) })
	case graph.Int:
		want, set = pointer[int64](f.Index, func(v any) int64 { return v.(int64) })
	case graph.Float:
		want, set = pointer[graph.Score](f.Index, func(v any) graph.Score { return graph.Score(v.(int64)) })
	case graph.Bool:
		want, set = pointer[bool](f.Index, func(v any) bool { return v.(bool) })
	case graph.Instant:
		want, set = pointer[graph.Time](f.Index, func(v any) graph.Time { return graph.Time(v.(int64)) })
	case graph.Day:
		want, set = pointer[graph.Date](f.Index, func(v any) graph.Date { return graph.Date(v.(int64)) })
	case graph.Amount:
		want, set = pointer[graph.Money](f.Index, func(v any) graph.Money { return v.(graph.Money) })
	case graph.Strings:
		want = reflect.TypeFor[[]string]()
		set = func(into reflect.Value, v any) {
			*into.FieldByIndex(f.Index).Addr().Interface().(*[]string) = v.([]string)
		}
	}
	if f.Type != want {
		return nil, fmt.Errorf("the field %s of the Go struct %s is %s, and the schema wants %s", f.Name, typ.Name(), f.Type, want)
	}
	return set, nil
}

func pointer[T any](index []int, of func(any) T) (reflect.Type, setter) {
	return reflect.TypeFor[*T](), func(into reflect.Value, v any) {
		x := of(v)
		*into.FieldByIndex(index).Addr().Interface().(**T) = &x
	}
}

// fill makes a struct of the values of refs.
func (d decoder) fill(refs []graph.Ref, values []any) any {
	ptr := reflect.New(d.typ)
	for i, ref := range refs {
		if v := values[i]; v != nil && !ref.Prop.Hidden {
			d.fields[ref.Prop](ptr.Elem(), v)
		}
	}
	return ptr.Interface()
}

// node makes the struct of a row.
func (r *Resolver) node(ctx context.Context, row *graph.Row) model.Any {
	n := r.decoders[row.Sel.Kind.Name].fill(row.Sel.Props, row.Props).(model.Any)
	base := n.Base()
	o := operationOf(ctx)
	base.ID, base.Row = o.hidden.ID(row.ID), row
	if o.wants(row.Sel) {
		base.Withheld = o.withheldOf(row)
	}
	return n
}
