package sdl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/kithgraph/kith/graph"
)

// givenToAll are the fields of Node, which every type with @node has.
var givenToAll = []string{"id", graph.DisplayName, graph.ExternalsField, "withheld"}

// complete gives the types of the document what follows from the catalog and is not written: fields of all nodes, the arguments and
// types of edges, and the root fields.
func (d *deriver) complete() error {
	node := d.doc.Definitions.ForName("Node")
	for _, k := range d.cat.Kinds {
		def := d.doc.Definitions.ForName(k.Name)
		var all ast.FieldList
		for _, name := range givenToAll {
			all = append(all, node.Fields.ForName(name))
		}
		def.Fields = append(all, def.Fields...)
		if tracked(k) {
			history, err := fields(historyOf)
			if err != nil {
				return err
			}
			def.Fields = append(def.Fields, history...)
		}
		for _, f := range def.Fields {
			e := k.Edge(f.Name)
			if e == nil {
				continue
			}
			args, err := argumentsOf(e)
			if err != nil {
				return err
			}
			f.Arguments = args
			if !e.One {
				f.Type = ast.NamedType(targetOf(e).connection(), f.Position)
			}
		}
	}
	if err := d.behind(); err != nil {
		return err
	}
	more, err := fields(d.roots())
	query := d.doc.Definitions.ForName("Query")
	query.Fields = append(query.Fields, more...)
	return err
}

// behind gives the lists of nodes that stand behind numbers on journeys the arguments of pages, beside their own.
func (d *deriver) behind() error {
	for _, f := range d.doc.Definitions.ForName("Journeys").Fields {
		k := d.cat.Kind(f.Type.Name())
		if k == nil {
			continue
		}
		fs, err := fields("f(" + arguments(listArguments(target{kind: k})...) + "): Int")
		if err != nil {
			return err
		}
		f.Arguments, f.Type = append(f.Arguments, fs[0].Arguments...), ast.NamedType(target{kind: k}.connection(), f.Position)
	}
	return nil
}

// roots are the root fields of all kinds.
func (d *deriver) roots() string {
	var b strings.Builder
	one := arguments(field{"The node's id.", "id: ID"}, field{"Instead of the id: the row of a source that it came from.", "external: ExternalRef"})
	for _, k := range d.cat.Kinds {
		if k.Rootless {
			continue
		}
		then := ""
		if tracked(k) {
			then = " " + arguments(moments...)
		}
		fmt.Fprintf(&b, "%q %s(%s): %s\n", "One "+words(lower(k.Name))+". Null where there is none that the purpose may see.", lower(k.Name), one+then, k.Name)
		fmt.Fprintf(&b, "%q %s(%s): %sConnection\n", "All "+words(k.Plural)+" that match, in pages.", k.Plural, arguments(listArguments(target{kind: k})...)+then, k.Name)
	}
	return b.String()
}

// moments are the arguments by which a field, and all below it, is read as it was.
var moments = []field{
	{"As of then, with all below; as now without history.", "asOf: DateTime"},
	{"As known then.", "knownAt: DateTime"},
}

func tracked(k *graph.Kind) bool { return len(graph.TrackedOf(k.Properties)) > 0 }

// argumentsOf are those of an edge's field.
func argumentsOf(e *graph.Edge) (ast.ArgumentDefinitionList, error) {
	var args []field
	switch {
	case e.Strands != nil:
		args = append([]field{
			{"Only these, or all.", "kinds: [" + e.Rel.Property(graph.EntryKind).Enum + "!]"},
			{"Only what stands at this time or later.", "from: DateTime"},
			{"Only what stands before this time.", "to: DateTime"},
		}, page...)
	case !e.One:
		args = listArguments(targetOf(e))
	}
	switch {
	case slices.ContainsFunc(e.Targets, tracked):
		args = append(args, moments...)
	case e.Current():
		args = append(args, moments[0])
	}
	if e.Current() && !e.One && !e.Walks() {
		args = append(args, field{"Whatever the valid time, instead of at one time.", "history: Boolean"})
	}
	if len(args) == 0 {
		return nil, nil
	}
	fs, err := fields("f(" + arguments(args...) + "): Int")
	if err != nil {
		return nil, err
	}
	return fs[0].Arguments, nil
}

// fields parses definitions of fields.
func fields(text string) (ast.FieldList, error) {
	doc, err := parser.ParseSchema(&ast.Source{Name: "derived", Input: "type T {\n" + text + "}"})
	if err != nil {
		return nil, err
	}
	return doc.Definitions[0].Fields, nil
}

// words turns hiddenEvents into hidden events.
func words(name string) string {
	return strings.ToLower(strings.ReplaceAll(Constant(name), "_", " "))
}
