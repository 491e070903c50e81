package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/kithgraph/kith/graph/yaml"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server/documents"
)

// definitionsFlag says which definitions of journeys have names.
type definitionsFlag struct {
	Definitions string `placeholder:"DIR" type:"existingdir" help:"Definitions of journeys that have names: files .yaml, .yml and .json, each with the fields of JourneyDefinition. Requests name one as its file is called, by journeys(named:)."`
}

// defined reads the definitions, as a resolver of these options has them, and reads them again at each SIGHUP. Where there are none it gives nil.
func (f definitionsFlag) defined(ctx context.Context, log *slog.Logger, o resolvers.Options) (func() *resolvers.Definitions, error) {
	if f.Definitions == "" {
		return func() *resolvers.Definitions { return nil }, nil
	}
	read := func() (*resolvers.Definitions, error) { return readDefinitions(f.Definitions, o) }
	return reread(ctx, read, reloaded[resolvers.Definitions]{log, "definitions of journeys", "stay as they were", "definitions", func(d *resolvers.Definitions) any { return d.Len() }})
}

// readDefinitions reads a folder, and what is below it. What begins with a dot is left out. The error names the file, the line and the field that is wrong.
func readDefinitions(dir string, o resolvers.Options) (*resolvers.Definitions, error) {
	out, err := resolvers.NewDefinitions(o)
	if err != nil {
		return nil, err
	}
	err = documents.Files(dir, func(path string) error { return addDefinition(out, dir, path) }, ".yaml", ".yml", ".json")
	if err == nil && out.Len() == 0 {
		err = fmt.Errorf("%s holds no definition: no file .yaml, .yml or .json", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("--definitions: %w", err)
	}
	return out, nil
}

// addDefinition takes in a file.
func addDefinition(to *resolvers.Definitions, dir, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	definition, err := asJSON(text)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	name, err := filepath.Rel(dir, path)
	if err != nil {
		return err
	}
	name = filepath.ToSlash(strings.TrimSuffix(name, filepath.Ext(name)))
	if err := to.Add(name, definition); err != nil {
		field, _, _ := strings.Cut(err.Error(), ":")
		return fmt.Errorf("%s:%d: %w", path, yaml.Line(text, field), err)
	}
	return nil
}
