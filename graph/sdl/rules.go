package sdl

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// rules reads what a property's values have to be, and what they say.
func (b *builder) rules(p *graph.Property, f *ast.FieldDefinition) {
	path := p.Owner + "." + f.Name
	if d := f.Directives.ForName("range"); d != nil {
		p.Range = &graph.Range{Min: b.bound(p, path, arg(d, "min")), Max: b.bound(p, path, arg(d, "max"))}
		b.must(p.Numeric(), "%s: @range is for numbers and amounts", path)
		lowest, greatest := p.Range.Min, p.Range.Max
		b.must(lowest != nil || greatest != nil, "%s: @range says neither min nor max", path)
		b.must(lowest == nil || greatest == nil || *lowest <= *greatest, "%s: @range has its min above its max", path)
	}
	p.Past = f.Directives.ForName("past") != nil
	b.must(!p.Past || p.Temporal() || p.Type == graph.Int, "%s: @past is for instants, days and years", path)
	if d := f.Directives.ForName("byPerson"); d != nil {
		p.ByPerson = arg(d, "is")
		p.HerWord = p.ByPerson == ""
		b.must(p.HerWord || slices.Contains(p.Values, p.ByPerson), "%s: @byPerson names %q, which is not one of its values", path, p.ByPerson)
	}
	named := p.Category == graph.CategoryIdentity || p.Category == graph.CategoryContact || p.Category == graph.CategoryContent
	b.must(!p.Groupable || (p.Type == graph.String || p.Numeric()) && !named, "%s: @groupable is for texts with few values and for numbers, and never for %s, %s and %s", path, graph.CategoryIdentity, graph.CategoryContact, graph.CategoryContent)
	if d := f.Directives.ForName("format"); d != nil {
		p.Format = graph.TextFormat(arg(d, "is"))
		b.must(p.Type == graph.String, "%s: @format is for texts", path)
	}
}

func (b *builder) bound(p *graph.Property, path, text string) *int64 {
	if text == "" {
		return nil
	}
	n, err := graph.Bound(p.Type, text)
	b.must(err == nil, "%s: @range: %v", path, err)
	return &n
}

// together reads what properties of one kind have to do with each other.
func (b *builder) together(k *graph.Kind, d *ast.Definition) {
	k.Spans = b.spans(k.Name, d, k.Field)
	b.begins(k, arg(d.Directives.ForName("node"), "begins"))
	for _, f := range d.Fields {
		p := k.Field(f.Name)
		if p == nil {
			continue
		}
		if dir := f.Directives.ForName("follows"); dir != nil {
			p.Follows = b.named(k, dir, "from")
			b.must(p.Type == graph.String && !slices.ContainsFunc(p.Follows, func(o *graph.Property) bool { return o.Type != graph.String }), "%s: texts follow from texts", p.Path())
			b.alike(p, p.Follows)
		}
		for _, dir := range f.Directives.ForNames("lifecycle") {
			b.end(k, p, dir)
		}
	}
}

// begins finds the property since when there is a node. It is never in the future, so that as of now there is all that there is, and is seen by whoever sees that there is one.
func (b *builder) begins(k *graph.Kind, name string) {
	if name == "" {
		return
	}
	k.Begins = k.Field(name)
	if k.Begins == nil || k.Begins.Type != graph.Instant || !k.Begins.Past {
		b.must(false, "%s: begins names %q, which is not an instant of it that is @past", k.Name, name)
		return
	}
	b.must(k.Existence == "" || k.Begins.Category == k.Existence, "%s: begins names %s, which is withheld where it is known that there is one", k.Name, name)
}

// end reads one @lifecycle of a kind.
func (b *builder) end(k *graph.Kind, status *graph.Property, dir *ast.Directive) {
	if k.Lifecycle == nil {
		k.Lifecycle = &graph.Lifecycle{Status: status}
	}
	life := k.Lifecycle
	b.must(life.Status == status && status.Type == graph.Enum, "%s: one enumeration says how far something has come, and has @lifecycle", status.Path())
	e := graph.End{States: list(dir, "ends"), Needs: b.named(k, dir, "needs"), Forbids: b.named(k, dir, "forbids")}
	for _, state := range e.States {
		b.must(slices.Contains(status.Values, state), "%s: @lifecycle names %q, which is not one of its values", status.Path(), state)
		b.must(life.End(state) == nil, "%s: @lifecycle names %s twice", status.Path(), state)
	}
	life.Ends = append(life.Ends, e)
	graph.AddOnce(&life.Bound, slices.Concat(e.Needs, e.Forbids)...)
	for _, p := range life.Bound {
		b.must(status.Tracking != graph.Dated || p.Tracking == graph.Dated, "%s is @tracked, so that %s has to be: as of an earlier time one would contradict the other", status.Path(), p.Path())
	}
	b.alike(status, life.Bound)
}

// named are the properties that an argument names.
func (b *builder) named(k *graph.Kind, dir *ast.Directive, argument string) (out []*graph.Property) {
	for _, name := range list(dir, argument) {
		p := k.Field(name)
		b.must(p != nil, "%s: @%s names %q, which is not a property", k.Name, dir.Name, name)
		if p != nil {
			out = append(out, p)
		}
	}
	return out
}

// spans reads the @order of a type.
func (b *builder) spans(owner string, d *ast.Definition, property func(string) *graph.Property) (out []graph.Span) {
	for _, dir := range d.Directives.ForNames("order") {
		s := graph.Span{From: property(arg(dir, "from")), To: property(arg(dir, "to")), Apart: arg(dir, "apart") == "true"}
		if s.From == nil || s.To == nil || s.From == s.To || s.From.Type != s.To.Type || s.From.Type != graph.Instant && s.From.Type != graph.Day {
			b.must(false, "%s: @order names %q and %q, which are not two instants or two days of it", owner, arg(dir, "from"), arg(dir, "to"))
			continue
		}
		b.alike(s.From, []*graph.Property{s.To})
		out = append(out, s)
	}
	return out
}

// alike sees to it that what is compared is withheld together: else a refusal would tell of what the caller may not see.
func (b *builder) alike(p *graph.Property, others []*graph.Property) {
	for _, o := range others {
		b.must(o.Category == p.Category && slices.Equal(o.Only, p.Only), "%s and %s are compared, and not withheld together", p.Path(), o.Path())
	}
}

// list are the texts of an argument.
func list(dir *ast.Directive, name string) (out []string) {
	if a := dir.Arguments.ForName(name); a != nil {
		for _, v := range a.Value.Children {
			out = append(out, v.Value.Raw)
		}
	}
	return out
}

const historyOf = `"What its tracked values were, in the order of time. Each is withheld as the value is, and where the node cannot be asked for by itself."
history("Only these; all if not given." properties: [TrackedProperty!], "Also what was recorded and superseded later." superseded: Boolean = false, "The first so many; 20 if not given." first: Int, "Behind this cursor." after: String): History
`

// histories names the properties that have one.
func (d *deriver) histories() {
	var values []field
	for _, k := range d.cat.Kinds {
		for _, p := range graph.TrackedOf(k.Properties) {
			name := Constant(p.Field())
			if !slices.ContainsFunc(values, func(f field) bool { return f.line == name }) {
				values = append(values, field{d.of(k.Name, p.Field()), name})
			}
		}
	}
	d.def("enum", "TrackedProperty", "A property whose history is kept.", "", values...)
}

// tracked says what is kept of the values that a property had.
func (b *builder) tracked(p *graph.Property, f *ast.FieldDefinition) {
	d := f.Directives.ForName("tracked")
	if d == nil {
		return
	}
	p.Tracking = graph.Dated
	if arg(d, "dated") == "false" {
		p.Tracking = graph.Corrected
	}
	b.must(p.Type != graph.Strings && p.Type != graph.Bool && p.Given(), "%s.%s: what is tracked is a text, an enumeration, a number, an amount or a time that is given", p.Owner, f.Name)
}

// track has versions be kept of what is tracked among the properties of a type. Of a relationship these are corrections: it has a valid
// time of its own.
func (b *builder) track(owner string, props []*graph.Property) []*graph.Property {
	tracked := graph.TrackedOf(props)
	b.must(len(tracked) == 0 || slices.ContainsFunc(props, func(p *graph.Property) bool { return p.Name == graph.RecordedAt }),
		"%s has tracked properties and no %s: nothing tells since when the values are known that have no versions yet", owner, graph.RecordedAt)
	b.must(b.cat.Kind(owner) != nil || !slices.ContainsFunc(tracked, func(p *graph.Property) bool { return p.Tracking == graph.Dated }),
		"%s: what is tracked of a relationship is not dated, but for its valid time", owner)
	return graph.Track(props)
}

// sorted reads by what a property's values are put in order.
func (b *builder) sorted(p *graph.Property, f *ast.FieldDefinition) {
	dir := f.Directives.ForName("sorted")
	if dir == nil {
		return
	}
	text := f.Type.Elem == nil && f.Type.Name() == "String"
	if arg(dir, "by") == "FOLDED" {
		p.Fold = fold.Key
	}
	b.must(text || arg(dir, "by") == "", "%s.%s: only a text is sorted by its code points, or by what is left of it when it is folded", p.Owner, f.Name)
}

// within finds by what further property values of a kind are put in order that are alike.
func (b *builder) within(k *graph.Kind, p *graph.Property, d *ast.Definition) {
	f := d.Fields.ForName(p.Field())
	if p.Hidden || f == nil || f.Directives.ForName("sorted") == nil {
		return
	}
	name := arg(f.Directives.ForName("sorted"), "then")
	if name == "" {
		return
	}
	p.Within = k.Field(name)
	ok := p.Within != nil && p.Within != p && p.Within.Ordered() && p.Within.Type != graph.Amount
	b.must(ok && p.Type == graph.Instant, "%s: instants alone are sorted further, by another property that is no amount; then names %q", p.Path(), name)
	b.must(!ok || p.Within.Category == p.Category && slices.Equal(p.Within.Only, p.Only), "%s: then names %q, which is not withheld together with it", p.Path(), name)
}

// searched reads by what of a text a search finds it.
func searched(f *ast.FieldDefinition) graph.Searching {
	switch d := f.Directives.ForName("search"); {
	case d == nil:
		return graph.NotSearched
	case arg(d, "number") == "true":
		return graph.ByNumber
	}
	return graph.ByWords
}
