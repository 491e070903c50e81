package sdl

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
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
		b.must(slices.Contains(p.Values, p.ByPerson), "%s: @byPerson names %q, which is not one of its values", path, p.ByPerson)
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
	for _, p := range slices.Concat(e.Needs, e.Forbids) {
		if !slices.Contains(life.Bound, p) {
			life.Bound = append(life.Bound, p)
		}
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
