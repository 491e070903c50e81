package rules

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	module = "github.com/kithgraph/kith"
	// longest is how many lines a file may have.
	longest = 420
)

// A file is what the rules ask of a Go file.
type file struct {
	name            string // from the module's root on
	test, generated bool
	doc             bool // it says what its package is for
	lines           int
	imports         []string
	names           []string // what it names of the module's other packages, as ./graph.Store
}

// read gives the Go files of a module by their package. It reads all there are, for whatever system they are built.
func read(root fs.FS) (map[string][]file, error) {
	pkgs := map[string][]file{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "node_modules": // as for the go command
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		f, err := parse(name, source)
		if err != nil {
			return err
		}
		pkg := own(path.Join(module, path.Dir(name)))
		pkgs[pkg] = append(pkgs[pkg], f)
		return nil
	})
	return pkgs, err
}

func parse(name string, source []byte) (file, error) {
	f, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return file{}, err
	}
	out := file{name: name, test: strings.HasSuffix(name, "_test.go"), generated: ast.IsGenerated(f), doc: f.Doc.Text() != "", lines: bytes.Count(source, []byte("\n"))}
	packages := map[string]string{}
	for _, spec := range f.Imports {
		i, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return file{}, err
		}
		out.imports = append(out.imports, own(i))
		packages[path.Base(i)] = own(i)
		if spec.Name != nil {
			packages[spec.Name.Name] = own(i)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if of, ok := s.X.(*ast.Ident); ok && strings.HasPrefix(packages[of.Name], ".") {
				out.names = append(out.names, packages[of.Name]+"."+s.Sel.Name)
			}
		}
		return true
	})
	return out, nil
}

// own gives a package of the module the name that it has in the lists.
func own(i string) string {
	if below, ok := strings.CutPrefix(i, module); ok && (below == "" || below[0] == '/') {
		return "." + below
	}
	return i
}

// matches reports whether a name in a list stands for an import.
func matches(name, i string) bool {
	below, tree := strings.CutSuffix(name, "/...")
	return i == name || tree && (i == below || strings.HasPrefix(i, below+"/"))
}

// has reports whether one of the lists has an import.
func has(i string, lists ...string) bool {
	return slices.ContainsFunc(strings.Fields(strings.Join(lists, " ")), func(name string) bool { return matches(name, i) })
}

// breaches says what of the packages keeps to no rule, and what of the two lists is of no use.
func breaches(pkgs map[string][]file, imports, testImports map[string]string) []string {
	var out []string
	tell := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for name, files := range pkgs {
		if _, listed := imports[name]; !listed {
			tell("%s has no line in the list of what packages import", name)
			continue
		}
		product := !has(name, "./dev/... ./graph/graphtest")
		for _, f := range files {
			for _, i := range f.imports {
				switch {
				case product && !f.test && has(i, forDeveloping):
					tell("%s imports %s, which is for developing", f.name, i)
				case f.test && i != name && !has(i, free, freeInTests, imports[name], testImports[name]):
					tell("%s imports %s, and the tests of %s may not", f.name, i, name)
				case !f.test && !has(i, free, imports[name]):
					tell("%s imports %s, and %s may not", f.name, i, name)
				}
			}
			for _, n := range slices.Compact(slices.Sorted(slices.Values(f.names))) {
				if !f.test && f.name != regards && has(n, without[name]) {
					tell("%s names %s, and %s may not", f.name, n, name)
				}
			}
			if f.lines > longest && !f.generated {
				tell("%s has %d lines, and %d are enough for one idea", f.name, f.lines, longest)
			}
		}
		if written := slices.DeleteFunc(slices.Clone(files), func(f file) bool { return f.test || f.generated }); len(written) > 0 &&
			!slices.ContainsFunc(written, func(f file) bool { return f.doc }) {
			tell("%s has no doc comment", name)
		}
	}
	for name := range imports {
		if pkgs[name] == nil {
			tell("the list of what packages import names %s, which is no package", name)
		}
	}
	for name := range testImports {
		if pkgs[name] == nil {
			tell("the list of what tests import names %s, which is no package", name)
		}
	}
	for name, files := range pkgs {
		for _, line := range []struct {
			list string
			test bool
		}{{imports[name], false}, {testImports[name], true}} {
			for may := range strings.FieldsSeq(line.list) {
				used := slices.ContainsFunc(files, func(f file) bool {
					return f.test == line.test && slices.ContainsFunc(f.imports, func(i string) bool { return matches(may, i) })
				})
				if !used {
					tell("%s may import %s, and does not", name, may)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// with gives a list in which some lines have more.
func with(list, more map[string]string) map[string]string {
	list = maps.Clone(list)
	for name, s := range more {
		list[name] += " " + s
	}
	return list
}
