// Command generate writes what follows from schema.graphqls: the whole schema, as kith schema prints it, to be read in a diff and
// compared with the one before; and the Go types of what Go code makes values of.
package main

import (
	"bytes"
	"log"
	"os"
	"strings"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/plugin/modelgen"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/kithgraph/kith/graph/sdl"
)

const wholeFile = "resolvers/gql/schema.graphql"

// goTypes are those that Go code makes values of, with all that they have. Everything else is written from rows.
var goTypes = []string{"Changes", "Contact", "FieldPolicy", "Policy", "SubjectExport", "UserError"}

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
	_, schema, err := sdl.Load(string(text))
	if err != nil {
		return err
	}
	if err := os.WriteFile(wholeFile, []byte(sdl.Print(schema)), 0o644); err != nil {
		return err
	}
	cfg, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		return err
	}
	cfg.Sources = []*ast.Source{{Name: "kith.graphqls", Input: part(schema, goTypes)}}
	if err := cfg.LoadSchema(); err != nil {
		return err
	}
	if err := cfg.Init(); err != nil {
		return err
	}
	return modelgen.New().(*modelgen.Plugin).MutateConfig(cfg)
}

// part is the schema of some types, and of those that their fields have.
func part(schema *ast.Schema, names []string) string {
	out := &ast.Schema{Types: map[string]*ast.Definition{}}
	var add func(name string)
	add = func(name string) {
		d := schema.Types[name]
		if d.BuiltIn || out.Types[name] != nil {
			return
		}
		out.Types[name] = d
		for _, f := range d.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				add(f.Type.Name())
			}
		}
	}
	for _, name := range names {
		add(name)
	}
	var b bytes.Buffer
	formatter.NewFormatter(&b).FormatSchema(out)
	return b.String()
}
