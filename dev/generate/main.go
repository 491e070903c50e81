// Command generate writes everything that follows from schema.graphqls: the derived types of the schema, the Go types
// and resolvers of its edges, and gqlgen's execution code.
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"log"
	"os"
	"slices"
	"strings"
	"text/template"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

const (
	derivedFile   = "resolvers/gql/derived.graphqls"
	typesFile     = "resolvers/bind/types_gen.go"
	resolversFile = "resolvers/edges_gen.go"

	bind  = "github.com/kithgraph/kith/resolvers/bind."
	model = "github.com/kithgraph/kith/graph/model."
)

func main() {
	log.SetFlags(0)
	if err := run(); err != nil {
		log.Fatalf("generate: %v", err)
	}
}

func run() error {
	text, err := os.ReadFile("schema.graphqls")
	if err != nil {
		return err
	}
	derived, err := sdl.Derive(string(text))
	if err != nil {
		return err
	}
	if err := os.WriteFile(derivedFile, []byte(derived), 0o644); err != nil {
		return err
	}
	cat, schema, err := sdl.Load(string(text), derived)
	if err != nil {
		return err
	}
	in := input{cat, roots(cat, schema)}
	if err := write(typesFile, typesTemplate, in); err != nil {
		return err
	}
	cfg, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		return err
	}
	cfg.Model = config.PackageConfig{} // every type is bound
	bindings(cfg, cat, schema)
	cfg.Sources = []*ast.Source{{Name: "kith.graphqls", Input: slim(schema)}}
	// The resolvers are written last: gqlgen checks that they implement what it generates.
	if err := write(resolversFile, resolversTemplate, in); err != nil {
		return err
	}
	return api.Generate(cfg)
}

// slim is the schema as gqlgen needs it. Arguments and inputs are left out: the planner reads them from the operation,
// where the parser has checked them against the whole schema, so that no code needs to be generated to read them twice.
func slim(schema *ast.Schema) string {
	out := *schema
	out.Types = map[string]*ast.Definition{}
	for name, d := range schema.Types {
		if d.Kind == ast.InputObject || strings.HasPrefix(name, "__") {
			continue
		}
		c := *d
		c.Fields = nil
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			g := *f
			g.Arguments = nil
			c.Fields = append(c.Fields, &g)
		}
		out.Types[name] = &c
	}
	var b bytes.Buffer
	formatter.NewFormatter(&b).FormatSchema(&out)
	return b.String()
}

// bindings tell gqlgen which Go type stands for which type, and which fields have a resolver.
func bindings(cfg *config.Config, cat *graph.Catalog, schema *ast.Schema) {
	set := func(name, goType string) { cfg.Models[name] = config.TypeMapEntry{Model: config.StringList{goType}} }
	for name, d := range schema.Types {
		_, bound := cfg.Models[name]
		switch {
		case bound || d.BuiltIn || d.Kind == ast.InputObject || d.Kind == ast.Scalar || d == schema.Query || d == schema.Mutation:
		case d.Kind == ast.Enum:
			set(name, "github.com/99designs/gqlgen/graphql.String")
		case d.Kind == ast.Union || d.Kind == ast.Interface:
			set(name, model+"Any")
		case strings.HasSuffix(name, "Connection") || strings.HasSuffix(name, "Edge"):
			set(name, bind+name)
		case strings.HasSuffix(name, "Groups") && d.Fields.ForName("other") != nil:
			set(name, bind+"Groups")
		case strings.HasSuffix(name, "OtherGroups"):
			set(name, bind+"OtherGroups")
		case strings.HasSuffix(name, "Group"):
			set(name, bind+"Group")
		case strings.HasSuffix(name, "Payload"):
			set(name, model+"Payload")
		case strings.HasSuffix(name, "GroupKey") || strings.HasSuffix(name, "Aggregate") || strings.HasSuffix(name, "Totals"):
			cfg.Models[name] = config.TypeMapEntry{Model: config.StringList{"map[string]any"}, Fields: nested(schema, d)}
		default:
			set(name, model+name)
		}
	}
	for _, k := range cat.Kinds {
		fields := map[string]config.TypeMapField{}
		for _, e := range k.Edges {
			fields[e.Name] = config.TypeMapField{Resolver: true}
		}
		if k.Timeline != nil {
			fields[k.Timeline.Name] = config.TypeMapField{Resolver: true}
		}
		for _, c := range k.Computed {
			fields[c.Name] = config.TypeMapField{Resolver: true}
		}
		cfg.Models[k.Name] = config.TypeMapEntry{Model: config.StringList{model + k.Name}, Fields: fields}
	}
}

// input is what the templates read.
type input struct {
	*graph.Catalog
	Roots []root
}

// Properties are the types of relationships' properties, each once.
func (i input) Properties() (names []string) {
	rels := slices.Clone(i.Rels)
	for _, k := range i.Kinds {
		if k.Timeline != nil {
			rels = append(rels, k.Timeline.Rel)
		}
	}
	for _, r := range rels {
		if r.Name != "" && !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
	}
	return names
}

// A root is a field of Query that reads nodes of one kind.
type root struct {
	Field, Kind string
	Many        bool
}

// roots finds the fields of Query that read one kind; the others are written by hand.
func roots(cat *graph.Catalog, schema *ast.Schema) []root {
	var out []root
	for _, f := range schema.Query.Fields {
		r := root{Field: f.Name, Kind: strings.TrimSuffix(f.Type.Name(), "Connection")}
		r.Many = r.Kind != f.Type.Name()
		if cat.Kind(r.Kind) != nil {
			out = append(out, r)
		}
	}
	return out
}

// nested gives a resolver to the fields of an aggregate that are aggregates themselves: gqlgen reads no map out of a map.
func nested(schema *ast.Schema, d *ast.Definition) map[string]config.TypeMapField {
	fields := map[string]config.TypeMapField{}
	for _, f := range d.Fields {
		if strings.HasSuffix(f.Type.Name(), "Totals") {
			fields[f.Name] = config.TypeMapField{Resolver: true}
		}
	}
	return fields
}

func write(file, text string, in input) error {
	t := template.Must(template.New(file).Funcs(template.FuncMap{
		"title": func(s string) string { return strings.ToUpper(s[:1]) + s[1:] },
		"node": func(e *graph.Edge) string {
			if e.Union != "" {
				return "model.Any"
			}
			return "*model." + e.Target().Name
		},
		"aggregates": func(k *graph.Kind) (out []*graph.Edge) {
			for _, e := range k.Edges {
				if !e.One && e.Union == "" && !e.Walks() {
					out = append(out, e)
				}
			}
			return out
		},
		"props": func(e *graph.Edge) string {
			if e.Rel.Name == "" {
				return "None"
			}
			return "*model." + e.Rel.Name
		},
	}).Parse(text))
	var b bytes.Buffer
	if err := t.Execute(&b, in); err != nil {
		return err
	}
	out, err := format.Source(b.Bytes())
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, out, 0o644)
}

const typesTemplate = `// Code generated by dev/generate; DO NOT EDIT.

package bind

import "github.com/kithgraph/kith/graph/model"

// Connections and edges of the schema.
type (
{{- range $k := .Kinds}}
	{{.Name}}Connection = Connection[*model.{{.Name}}, None]
	{{.Name}}Edge = Edge[*model.{{.Name}}, None]
	{{- range .Edges}}{{if not .One}}
	{{$k.Name}}{{title .Name}}Connection = Connection[{{node .}}, {{props .}}]
	{{$k.Name}}{{title .Name}}Edge = Edge[{{node .}}, {{props .}}]
	{{- end}}{{end}}
	{{- with .Timeline}}
	{{$k.Name}}{{title .Name}}Connection = Connection[{{node .}}, {{props .}}]
	{{$k.Name}}{{title .Name}}Edge = Edge[{{node .}}, {{props .}}]
	{{- end}}
{{- end}}
)
`

const resolversTemplate = `// Code generated by dev/generate; DO NOT EDIT.

package resolvers

import (
	"context"
	"reflect"

	"github.com/kithgraph/kith/graph/model"
	"github.com/kithgraph/kith/resolvers/bind"
	"github.com/kithgraph/kith/resolvers/gql"
)

// structs are the Go types of kinds and of relationships' properties by the name of their type in the schema.
var structs = map[string]reflect.Type{
{{- range .Kinds}}
	"{{.Name}}": reflect.TypeFor[model.{{.Name}}](),
{{- end}}
{{- range .Properties}}
	"{{.}}": reflect.TypeFor[model.{{.}}](),
{{- end}}
}

type resolveQuery struct{ *Resolver }

// Query answers the root fields.
func (r *Resolver) Query() gql.QueryResolver { return resolveQuery{r} }
{{range .Roots}}
{{- if .Many}}
func (r resolveQuery) {{title .Field}}(ctx context.Context) (*bind.{{.Kind}}Connection, error) {
	return rootList[*model.{{.Kind}}](ctx, r.Resolver, "{{.Kind}}")
}
{{- else}}
func (r resolveQuery) {{title .Field}}(ctx context.Context) (*model.{{.Kind}}, error) {
	return rootOne[*model.{{.Kind}}](ctx, r.Resolver, "{{.Kind}}")
}
{{- end}}
{{end}}
{{range $k := .Kinds}}{{if or .Edges .Computed}}
type resolve{{.Name}} struct{ *Resolver }

// {{.Name}} answers the edges of {{.Name}}.
func (r *Resolver) {{.Name}}() gql.{{.Name}}Resolver { return resolve{{.Name}}{r} }
{{range .Edges}}
{{- if .One}}
func (r resolve{{$k.Name}}) {{title .Name}}(ctx context.Context, n *model.{{$k.Name}}) ({{node .}}, error) {
	return one[{{node .}}](ctx, r.Resolver, &n.Node)
}
{{- else}}
func (r resolve{{$k.Name}}) {{title .Name}}(ctx context.Context, n *model.{{$k.Name}}) (*bind.{{$k.Name}}{{title .Name}}Connection, error) {
	return many[{{node .}}, {{if .Rel.Name}}{{props .}}{{else}}bind.None{{end}}](ctx, r.Resolver, &n.Node)
}
{{- end}}
{{end}}
{{- with .Timeline}}
func (r resolve{{$k.Name}}) {{title .Name}}(ctx context.Context, n *model.{{$k.Name}}) (*bind.{{$k.Name}}{{title .Name}}Connection, error) {
	return many[{{node .}}, {{props .}}](ctx, r.Resolver, &n.Node)
}
{{- end}}
{{- end}}
{{- if aggregates .}}
type resolve{{.Name}}Aggregate struct{}

// {{.Name}}Aggregate answers what the edges of {{.Name}} add up to.
func (r *Resolver) {{.Name}}Aggregate() gql.{{.Name}}AggregateResolver { return resolve{{.Name}}Aggregate{} }
{{range aggregates .}}
func (resolve{{$k.Name}}Aggregate) {{title .Name}}(ctx context.Context, a map[string]any) (map[string]any, error) {
	return nested(ctx, a), nil
}
{{end}}
{{- end}}
{{- end}}
`
