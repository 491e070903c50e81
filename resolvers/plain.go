package resolvers

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

var moneyType = reflect.TypeFor[graph.Money]()

// plain binds what is selected of a Go value that is no row: the policy, a payload, an export, what is computed, the schema itself.
// A field is the method or the struct's field of its name.
func (b *binder) plain(t reflect.Type, typ *ast.Type, set ast.SelectionSet) func(*writer, reflect.Value) bool {
	switch {
	case t == shownType:
		return b.found(set)
	case t == moneyType:
		fields := bindTable(b, graphql.CollectedField{Selections: set}, moneyFields)
		return func(w *writer, v reflect.Value) bool { return fields.write(w, v.Interface().(graph.Money)) }
	case t.Kind() == reflect.Pointer:
		there := *typ
		there.NonNull = true // what is pointed to is told, whatever it is
		write := b.plain(t.Elem(), &there, set)
		return func(w *writer, v reflect.Value) bool { return !v.IsNil() && write(w, v.Elem()) }
	case typ.Elem != nil:
		write := b.plain(t.Elem(), typ.Elem, set)
		return func(w *writer, v reflect.Value) bool {
			return w.list(v.Len(), typ.Elem.NonNull, func(i int) bool { return write(w, v.Index(i)) })
		}
	case b.Schema.Types[typ.Name()].IsLeafType():
		return func(w *writer, v reflect.Value) bool {
			return v.IsValid() && (typ.NonNull || !untold(v)) && plainLeaf(w, v)
		}
	}
	return bindEach(b.collect(set, typ.Name()), func(f graphql.CollectedField) field[reflect.Value] { return b.plainField(t, f) }).write
}

func (b *binder) plainField(t reflect.Type, f graphql.CollectedField) field[reflect.Value] {
	if t == payloadType && b.isNode(f.Definition.Type.Name()) {
		return fieldOf(f, func(w *writer, v reflect.Value) bool {
			show := v.Interface().(payload).nodes[f.Alias]
			return show != nil && show(w)
		})
	}
	m, _ := memberOf(t, f.Definition)
	b.sources = b.shownBy(f)
	write := b.plain(m.typ, f.Definition.Type, f.Selections)
	if m.few != "" && b.viewer.Folds() {
		write = unlessFew(write, m.few)
	}
	deprecated, _ := f.ArgumentMap(b.op.Variables)["includeDeprecated"].(bool)
	return fieldOf(f, func(w *writer, v reflect.Value) bool { return write(w, m.of(v, deprecated)) })
}

// nullTag is the key of a struct's tag that says what a null of its field means: that too few persons stand behind what is of the category.
const nullTag = "null"

// unlessFew writes a value, and notes where it is null, or one of its elements is.
func unlessFew(write func(*writer, reflect.Value) bool, of graph.Category) func(*writer, reflect.Value) bool {
	return func(w *writer, v reflect.Value) bool {
		few := v.Kind() == reflect.Pointer && v.IsNil()
		for i := 0; v.Kind() == reflect.Slice && i < v.Len() && !few; i++ {
			few = v.Index(i).IsNil()
		}
		if few {
			w.tooFew(of)
		}
		return write(w, v)
	}
}

// isNode reports whether a type is a kind's, or an abstract one of several.
func (r *Resolver) isNode(name string) bool {
	return r.Catalog.Kind(name) != nil || r.Schema.Types[name].IsAbstractType()
}

// A member is a method or a field of a Go struct.
type member struct {
	typ   reflect.Type
	index []int // of the field
	name  string
	flag  bool           // the method takes whether what is deprecated is to be shown
	few   graph.Category // of a purpose that looks at groups: null is what too few persons stand behind, or beside
}

// memberOf finds the member of a Go struct that a field of its type in the schema shows.
func memberOf(t reflect.Type, f *ast.FieldDefinition) (member, bool) {
	name := strings.ToUpper(f.Name[:1]) + f.Name[1:]
	ptr := reflect.PointerTo(t)
	if f.Arguments.ForName("includeDeprecated") != nil {
		for _, name := range []string{"Visible" + name, name} {
			if m, ok := ptr.MethodByName(name); ok && m.Type.NumIn() == 2 && m.Type.In(1).Kind() == reflect.Bool {
				return member{typ: m.Type.Out(0), name: m.Name, flag: true}, true
			}
		}
	}
	if m, ok := ptr.MethodByName(name); ok && m.Type.NumIn() == 1 && m.Type.NumOut() == 1 {
		return member{typ: m.Type.Out(0), name: m.Name}, true
	}
	if t.Kind() != reflect.Struct {
		return member{}, false
	}
	s, ok := t.FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, f.Name) })
	return member{typ: s.Type, index: s.Index, few: graph.Category(s.Tag.Get(nullTag))}, ok
}

func (m member) of(v reflect.Value, deprecated bool) reflect.Value {
	switch {
	case m.name == "":
		in, _ := v.FieldByIndexErr(m.index) // an error says that it is of an embedded struct that is not there
		return in
	case m.flag:
		return v.Addr().MethodByName(m.name).Call([]reflect.Value{reflect.ValueOf(deprecated)})[0]
	}
	return v.Addr().MethodByName(m.name).Call(nil)[0]
}

// untold reports whether a value is none, where there may be none: an empty text, and a time that is the end of all times.
func untold(v reflect.Value) bool {
	if at, is := v.Interface().(graph.Time); is {
		return at == graph.FirstInstant || at == graph.LastInstant || at == graph.Never
	}
	return v.Kind() == reflect.String && v.Len() == 0
}

func plainLeaf(w *writer, v reflect.Value) bool {
	switch at := v.Interface().(type) {
	case graph.Time:
		w.b = appendTime(w.b, at)
		return true
	case fmt.Stringer:
		return w.text(at.String())
	}
	switch v.Kind() {
	case reflect.String:
		return w.text(v.String())
	case reflect.Int, reflect.Int64:
		return w.number(v.Int())
	case reflect.Bool:
		return w.boolean(v.Bool())
	case reflect.Float64:
		w.b = appendFloat(w.b, v.Float())
		return true
	}
	panic("resolvers: no scalar is a " + v.Type().String())
}

// checkPlain finds a field of a type in the schema that the Go type which stands for it has not.
func (r *Resolver) checkPlain(t reflect.Type, typ *ast.Type, seen map[string]bool) error {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	def := r.Schema.Types[typ.Name()]
	if t == shownType && r.isNode(def.Name) || t == moneyType {
		return nil
	}
	if def.IsLeafType() || seen[def.Name] {
		return nil
	}
	seen[def.Name] = true
	for _, f := range def.Fields {
		if strings.HasPrefix(f.Name, "__") || t == payloadType && r.isNode(f.Type.Name()) {
			continue
		}
		m, ok := memberOf(t, f)
		if !ok {
			return fmt.Errorf("nothing renders the field %s.%s: the Go type %s has neither a method nor a field of that name", def.Name, f.Name, t)
		}
		if err := r.checkPlain(m.typ, f.Type, seen); err != nil {
			return err
		}
	}
	return nil
}
