package sdl

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

var (
	name   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`) // no underscore: columns beside a property's own have one
	typ    = regexp.MustCompile(`^[A-Z][A-Z_]*$`)
	prefix = regexp.MustCompile(`^[a-z]{3}$`)
)

var scalars = map[string]graph.Type{
	"String": graph.String, "Int": graph.Int, "Float": graph.Float, "Boolean": graph.Bool,
	"DateTime": graph.Instant, "Date": graph.Day, "Money": graph.Amount,
}

// attributeType is the type of what event logs tell of things: a property is a list of it, and is kept as texts.
const attributeType = "Attribute"

// builder collects every mistake, so that a schema is mended in one go.
type builder struct {
	doc  *ast.SchemaDocument
	cat  *graph.Catalog
	errs []error
}

func build(doc *ast.SchemaDocument) (*graph.Catalog, error) {
	b := &builder{doc: doc, cat: &graph.Catalog{}}
	for _, d := range doc.Definitions {
		if node := d.Directives.ForName("node"); node != nil {
			k := &graph.Kind{Name: d.Name, Plural: cmp.Or(arg(node, "plural"), lower(d.Name)+"s"), Label: arg(node, "label"), Prefix: arg(node, "prefix"), Existence: graph.Category(arg(node, "existence")), Person: arg(node, "person") == "true", Rootless: arg(node, "roots") == "false", Only: only(d.Directives)}
			b.must(k.Only == nil || arg(d.Directives.ForName("category"), "is") == string(k.Existence) && !k.Person, "%s: @category of a type is that of its existence, and a person is there for every purpose", k.Name)
			b.must(k.Plural != lower(k.Name), "%s: plural names several, and is another word than %s", k.Name, k.Plural)
			b.must(name.MatchString(k.Label) && prefix.MatchString(k.Prefix), "%s: @node takes a label of letters and digits and a prefix of three small letters", d.Name)
			b.must(!slices.ContainsFunc(b.cat.Kinds, func(o *graph.Kind) bool { return o.Label == k.Label || o.Prefix == k.Prefix }), "%s: the label or the prefix is another type's", d.Name)
			b.cat.Kinds = append(b.cat.Kinds, k)
		}
	}
	for _, k := range b.cat.Kinds {
		b.fields(k, doc.Definitions.ForName(k.Name))
		if k.Person {
			k.Properties = append(k.Properties, graph.StandingProperties(k.Name)...)
		}
	}
	for _, k := range b.cat.Kinds {
		b.finish(k, doc.Definitions.ForName(k.Name))
		b.together(k, doc.Definitions.ForName(k.Name))
		b.offered(k, doc.Definitions.ForName(k.Name))
	}
	for _, k := range b.cat.Kinds {
		b.only(k)
		b.bare(k, doc.Definitions.ForName(k.Name))
	}
	b.errs = append(b.errs, b.cat.FindWays()...)
	for _, k := range b.cat.Kinds {
		b.edgeCategories(k)
		for _, e := range k.Edges {
			b.main(e)
		}
		k.Properties = append(append(k.Properties, graph.LoadedProperty(k.Name)), graph.NameProperties(k.Name)...)
		if k.OfPersons() {
			k.Properties = append(k.Properties, graph.ErasureProperties(k.Name)...)
		}
		if k.Name == graph.InteractionKind {
			k.Properties = append(k.Properties, graph.CrowdedProperty())
		}
	}
	for _, k := range b.cat.Kinds {
		for _, f := range doc.Definitions.ForName(k.Name).Fields {
			if dir := f.Directives.ForName("timeline"); dir != nil {
				b.timeline(k, f, dir)
			}
		}
	}
	for _, k := range b.cat.Kinds { // when all are known that are about persons
		k.Properties = b.track(k.Name, k.Properties)
		k.Key = graph.KeyOf(k)
		k.Further = graph.FurtherOf(k)
		if p := k.Property(graph.UpdatedAt); p != nil {
			p.Also = marking(k, p.Category)
		}
	}
	b.checkSets()
	b.checkNames()
	return b.cat, errors.Join(b.errs...)
}

// reserved are names that derived inputs give something else.
var reserved = []string{"and", "or", "not", "filter", "edgeFilter", "count"}

// checkNames sees to it that fields of one name are of one type wherever nodes of several types stand beside each other, as in
// timelines, searches and node(id:): else GraphQL would ask for an alias.
func (b *builder) checkNames() {
	first := map[string]*ast.FieldDefinition{}
	of := map[string]string{}
	for _, k := range b.cat.Kinds {
		for _, f := range b.doc.Definitions.ForName(k.Name).Fields {
			other := first[f.Name]
			if other == nil {
				first[f.Name], of[f.Name] = f, k.Name
				continue
			}
			alike := k.Edge(f.Name) != nil && b.cat.Kind(of[f.Name]).Edge(f.Name) != nil || f.Type.String() == other.Type.String()
			b.must(alike, "%s.%s is %s, and %s.%s is %s: fields of one name are of one type, so that nodes of several types can be asked together; another name is needed, as %s%s",
				k, f.Name, f.Type, of[f.Name], f.Name, other.Type, lower(k.Name), title(f.Name))
		}
	}
}

func (b *builder) must(ok bool, format string, args ...any) {
	if !ok {
		b.errs = append(b.errs, fmt.Errorf(format, args...))
	}
}

func (b *builder) fields(k *graph.Kind, d *ast.Definition) {
	for _, f := range d.Fields {
		switch {
		case slices.Contains(givenToAll, f.Name):
			b.must(false, "%s.%s: every type with @node has it, so that it is not written", k.Name, f.Name)
		case f.Directives.ForName("timeline") != nil: // when all edges are known
		case f.Directives.ForName("relationship") != nil:
			b.edge(k, f)
		case f.Directives.ForName("computed") != nil:
			b.must(only(f.Directives) == nil, "%s.%s: what is computed is for the purposes that what it needs is for", k.Name, f.Name)
			k.Computed = append(k.Computed, Computed(f))
		default:
			if p := b.property(k.Name, f); p != nil {
				k.Properties = append(k.Properties, p)
			}
		}
	}
}

func (b *builder) property(owner string, f *ast.FieldDefinition) *graph.Property {
	p := &graph.Property{Name: f.Name, Category: category(f), Also: also(f), Only: only(f.Directives), Indexed: f.Directives.ForName("index") != nil, Additive: f.Directives.ForName("additive") != nil, Groupable: f.Directives.ForName("groupable") != nil, Searched: searched(f), Stamped: f.Directives.ForName("stamped") != nil, Owner: owner}
	path := owner + "." + f.Name
	if alias := f.Directives.ForName("alias"); alias != nil {
		p.Name, p.Alias = arg(alias, "property"), f.Name
		b.must(b.cat.Kind(owner) != nil, "%s: only a property of a node has an alias", path)
	}
	b.must(name.MatchString(p.Name) && name.MatchString(f.Name), "%s: the name of a property has letters and digits only", path)
	b.must(!slices.Contains(reserved, f.Name), "%s: the name says something else in filters, orders and groups", path)
	b.must(f.Name != graph.UpdatedAt || f.Type.Name() == "DateTime" && b.cat.Kind(owner) != nil, "%s: it is set by the store, and is a DateTime of a node", path)
	b.must(f.Name != graph.RecordedAt || f.Type.Name() == "DateTime", "%s: it is a DateTime", path)
	b.must(f.Name == graph.RecordedAt || p.Stamped == graph.Stamps(owner, f.Name), "%s: @stamped is on exactly those fields that stores set", path)
	b.must(!f.Type.NonNull, "%s: a property may be missing or withheld, so that its type is nullable", path)
	b.must(p.Searched == graph.NotSearched || f.Type.Name() == "String" && f.Type.Elem == nil && b.cat.Kind(owner) != nil, "%s: what is searched is a text of a node", path)
	t, known := scalars[f.Type.Name()]
	b.sorted(p, f)
	b.must(!p.Indexed || b.cat.Kind(owner) != nil || known && (t == graph.Instant || t == graph.Day), "%s: of a relationship only instants and days are kept in an index", path)
	b.must(!p.Additive || t == graph.Int && known || t == graph.Float || t == graph.Amount, "%s: what is added up is a number or an amount", path)
	d := b.doc.Definitions.ForName(f.Type.Name())
	switch {
	case f.Type.Elem != nil && f.Type.Name() == "String" && f.Type.Elem.NonNull:
		p.Type = graph.Strings
	case f.Type.Elem != nil && f.Type.Name() == attributeType && f.Type.Elem.NonNull:
		p.Type, p.Format = graph.Strings, graph.FormatAttribute
		b.must(b.cat.Kind(owner) != nil, "%s: what event logs tell beside is of a node", path)
	case f.Type.Elem == nil && known:
		p.Type = t
	case f.Type.Elem == nil && d != nil && d.Kind == ast.Enum:
		p.Type, p.Enum = graph.Enum, d.Name
		p.Values = graph.Map(d.EnumValues, func(v *ast.EnumValueDefinition) string { return v.Name })
	default:
		b.must(false, "%s: %s is not the type of a property; an edge has @relationship, a computed field @computed", path, f.Type)
		return nil
	}
	b.rules(p, f)
	b.tracked(p, f)
	return p
}

func (b *builder) edge(k *graph.Kind, f *ast.FieldDefinition) {
	dir := f.Directives.ForName("relationship")
	path := k.Name + "." + f.Name
	e := &graph.Edge{Name: f.Name, Owner: k, Out: arg(dir, "direction") == "OUT", One: f.Type.Elem == nil, History: arg(dir, "history") == "true", Category: category(f), Also: also(f), Only: only(f.Directives), Standing: graph.StandingBy(arg(dir, "standing")), Provided: arg(dir, "provided") == "true", Main: arg(dir, "main")}
	b.must(e.Standing == "" && !e.Provided || k.Person, "%s: only a person has a standing, and provides anything", path)
	b.must(len(f.Arguments) == 0, "%s: the arguments of an edge follow from where it leads, and are not written", path)
	b.must(!f.Type.NonNull, "%s: an edge may be withheld, so that its type is nullable", path)
	target := f.Type.Name()
	if d := b.doc.Definitions.ForName(target); d != nil && d.Kind == ast.Union {
		e.Union, e.Targets = d.Name, b.kinds(d.Types...)
	} else {
		e.Targets = b.kinds(target)
	}
	if slices.Contains(e.Targets, nil) {
		b.must(false, "%s: %s is not a type with @node, nor a union of such", path, target)
		return
	}
	if arg(dir, "transitive") == "true" {
		b.walk(e, dir)
		if e.Along == nil {
			return
		}
	} else {
		b.must(arg(dir, "direction") != "BOTH", "%s: only what is transitive leads both ways", path)
		e.Rel = b.rel(path, arg(dir, "type"), arg(dir, "properties"))
		e.Rel.Bare = e.Rel.Bare || arg(dir, "bare") != ""
	}
	k.Edges = append(k.Edges, e)
	if e.Walks() {
		return
	}
	for _, t := range e.Targets {
		pair := [2]*graph.Kind{k, t}
		if !e.Out {
			pair = [2]*graph.Kind{t, k}
		}
		graph.AddOnce(&e.Rel.Pairs, pair)
	}
}

// kinds are those of types; nil among them: a type is none.
func (b *builder) kinds(types ...string) []*graph.Kind { return graph.Map(types, b.cat.Kind) }

// walk has an edge go along a relationship that other edges have, more than once.
func (b *builder) walk(e *graph.Edge, dir *ast.Directive) {
	e.Rel, e.Along = &graph.Rel{Type: arg(dir, "type")}, b.cat.Rel(arg(dir, "type"))
	pair := [2]*graph.Kind{e.Owner, e.Owner}
	b.must(e.Along != nil && slices.Contains(e.Along.Pairs, pair) && e.Target() == e.Owner, "%s: an edge before it is to lead along %s from %s to %s", e, arg(dir, "type"), e.Owner, e.Owner)
	b.must(arg(dir, "properties") == "" && !e.History && e.Standing == "", "%s: what is transitive has neither properties nor history nor standing", e)
	switch direction := arg(dir, "direction"); {
	case direction == "OUT" && e.One:
		e.Walk = graph.Top
	case direction == "OUT":
		e.Walk = graph.Up
	case direction == "IN" && !e.One:
		e.Walk = graph.Down
	case direction == "BOTH" && !e.One:
		e.Walk = graph.Family
	default:
		b.must(false, "%s: one node alone is reached by going OUT", e)
	}
}

// rel finds or makes the relationship; all edges along one type share its properties.
func (b *builder) rel(path, relType, props string) *graph.Rel {
	b.must(typ.MatchString(relType), "%s: the type of a relationship has capitals and underscores only", path)
	if r := b.cat.Rel(relType); r != nil {
		b.must(r.Name == props, "%s: %s has the properties %q elsewhere, not %q", path, relType, r.Name, props)
		return r
	}
	r := &graph.Rel{Type: relType, Name: props, Kept: relType == graph.TieRel}
	same := graph.First(b.cat.Rels, func(o *graph.Rel) bool { return props != "" && o.Name == props })
	if same != nil { // the same type, the same properties
		r.Properties, r.Key, r.Main, r.Spans = same.Properties, same.Key, same.Main, same.Spans
		props = ""
	}
	b.cat.Rels = append(b.cat.Rels, r)
	if props == "" {
		return r
	}
	d := b.doc.Definitions.ForName(props)
	if d == nil || d.Directives.ForName("relationshipProperties") == nil {
		b.must(false, "%s: %s is not a type with @relationshipProperties", path, props)
		return r
	}
	for _, f := range d.Fields {
		if p := b.property(props, f); p != nil {
			b.must(p.Category != "", "%s.%s: a property of a relationship has a @category", props, f.Name)
			r.Properties = append(r.Properties, p)
		}
	}
	r.Properties = b.track(props, r.Properties)
	if r.Kept {
		b.tie(r)
	}
	r.Spans = b.spans(props, d, r.Property)
	for _, name := range list(d.Directives.ForName("relationshipProperties"), "key") {
		p := r.Property(name)
		b.must(p != nil, "%s: the key names %q, which is not a property", props, name)
		r.Key = append(r.Key, p)
	}
	for _, name := range list(d.Directives.ForName("relationshipProperties"), "main") {
		p := r.Property(name)
		b.must(p != nil && p.Type != graph.Amount && p.Type != graph.String && p.Type != graph.Strings, "%s: main names %q, which is no number, time, truth value or enumeration", props, name)
		if p != nil {
			r.Main = append(r.Main, p)
		}
	}
	return r
}

// main sees to it that the main one of those whom an edge leads to can be told, and is the same for all who may follow the edge.
func (b *builder) main(e *graph.Edge) {
	if e.Main == "" {
		return
	}
	b.must(!e.One && !e.History && e.Out && e.Stored() && e.Union == "", "%s: main is of an edge OUT to several nodes of one type, by one step and as of a time", e)
	b.must(len(e.Rel.Main) > 0, "%s: main takes properties of which one tells which is the main one", e)
	b.must(e.Owner.Field(e.Main) == nil && e.Owner.Edge(e.Main) == nil, "%s: main is %q, which is another field's name", e, e.Main)
	for _, p := range e.Rel.Main {
		b.must(p.Category == e.Category && len(p.Also) == 0 && p.Only == nil, "%s: what tells the main one is %s, and has to be of the edge's category, %s", e, p.Path(), e.Category)
	}
	for _, to := range e.Targets {
		b.must(!to.OfPersons(), "%s: main leads to %s, which is about persons: one of these whom nobody may see would decide who is told", e, to)
	}
}

// finish checks what can only be seen when all kinds are known.
func (b *builder) finish(k *graph.Kind, d *ast.Definition) {
	for _, name := range list(d.Directives.ForName("node"), "subjects") {
		e := k.Edge(name)
		b.must(e != nil, "%s: the subject %q is not an edge", k.Name, name)
		if e != nil {
			k.Subjects = append(k.Subjects, e)
		}
	}
	b.inherits(k, d)
	for _, p := range k.Properties {
		b.must(p.Category != "", "%s.%s has no @category", k.Name, p.Name)
		b.within(k, p, d)
	}
	for _, e := range k.Edges {
		b.must(e.Category != "", "%s.%s has no @category", k.Name, e.Name)
	}
	for _, c := range k.Computed {
		b.must(c.Category != "", "%s.%s has no @category", k.Name, c.Name)
	}
	// A person is who the others are about; she is there whatever may be known of her.
	personal := slices.ContainsFunc(k.Properties, func(p *graph.Property) bool { return p.Category != graph.CategoryCompany })
	b.must(!personal || k.Existence != "" || k.Person, "%s is personal and says not what discloses that a node exists (existence)", k.Name)
	b.display(k, d)
}

// inherits finds whose subjects are those of a kind, too, and sees to it that there is a place where that is kept.
func (b *builder) inherits(k *graph.Kind, d *ast.Definition) {
	names := list(d.Directives.ForName("node"), "inherits")
	if names == nil {
		return
	}
	for _, name := range names {
		e := k.Edge(name)
		if b.must(e != nil && e.Stored(), "%s: it inherits by %q, which is not an edge along a relationship", k.Name, name); e != nil {
			k.Inherits = append(k.Inherits, e)
		}
	}
	if b.must(len(k.Subjects) > 0, "%s inherits subjects, and has none of its own (subjects)", k.Name); len(k.Subjects) > 0 {
		role := k.Subjects[0].Rel.Property(graph.RoleProperty)
		b.must(role != nil && slices.Contains(role.Values, graph.RoleSubject), "%s inherits subjects, which are kept by a %s in the %s %s: it has none", k.Name, k.Subjects[0].Rel.Type, graph.RoleProperty, graph.RoleSubject)
	}
}

// display finds by what nodes of a kind are called. What of several may be seen has to be seen of all.
func (b *builder) display(k *graph.Kind, d *ast.Definition) {
	for _, name := range list(d.Directives.ForName("node"), "displayName") {
		p := k.Field(name)
		if p == nil || p.Type != graph.String {
			b.must(false, "%s: displayName names %q, which is no text of it", k.Name, name)
			continue
		}
		k.Display = append(k.Display, p)
		first := k.Display[0]
		b.must(p.Category == first.Category && slices.Equal(p.Only, first.Only), "%s: displayName names %s and %s, which are not withheld together", k.Name, first.Field(), p.Field())
	}
}

// offered sees which properties of what is about nobody customers are shown.
func (b *builder) offered(k *graph.Kind, d *ast.Definition) {
	about := k.Person || k.Existence != ""
	names := d.Directives.ForName("node").Arguments.ForName("offered")
	b.must(names == nil || !about, "%s: what is about persons is theirs, and not offered to them", k.Name)
	if about {
		return
	}
	for _, p := range k.Properties {
		p.Internal = true
	}
	if names == nil {
		return
	}
	k.Offered = true
	for _, v := range names.Value.Children {
		p := k.Field(v.Value.Raw)
		b.must(p != nil, "%s: offered names %q, which is not a property", k.Name, v.Value.Raw)
		if p != nil {
			p.Internal = false
		}
	}
	for _, p := range k.Display {
		b.must(p.Internal == k.Display[0].Internal, "%s: displayName names %s and %s, of which one is offered", k.Name, k.Display[0].Field(), p.Field())
	}
}

func arg(d *ast.Directive, name string) string {
	if a := d.Arguments.ForName(name); a != nil {
		return a.Value.Raw
	}
	return ""
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
