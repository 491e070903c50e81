package sdl_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sdl"
)

// TestTheSchemaSaysOfEverythingWhatItIs takes types, fields, arguments and values of enumerations, and what is derived like what is
// written.
func TestTheSchemaSaysOfEverythingWhatItIs(t *testing.T) {
	_, schema, err := sdl.Load(kith.Schema)
	require.NoError(t, err)
	said := 0
	look := func(path, description string, names ...string) {
		said++
		assert.Emptyf(t, meaningless(description, names...), "%s: %q", path, description)
	}
	arguments := func(path string, all ast.ArgumentDefinitionList) {
		for _, a := range all {
			look(path+"."+a.Name, a.Description, a.Name)
		}
	}
	for _, d := range schema.Types {
		if d.BuiltIn {
			continue
		}
		look(d.Name, d.Description, d.Name)
		for _, f := range d.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				look(d.Name+"."+f.Name, f.Description, d.Name, f.Name)
				arguments(d.Name+"."+f.Name, f.Arguments)
			}
		}
		for _, v := range d.EnumValues {
			look(d.Name+"."+v.Name, v.Description, v.Name)
		}
	}
	for _, d := range schema.Directives {
		if d.Position != nil && !d.Position.Src.BuiltIn {
			look("@"+d.Name, d.Description, d.Name)
			arguments("@"+d.Name, d.Arguments)
		}
	}
	graphtest.Report(t, "%d descriptions", said)
}

func TestADescriptionThatSaysNothingIsFound(t *testing.T) {
	for _, c := range []struct {
		name, description string
		of                []string
		found             bool
	}{
		{"none", "", []string{"name"}, true},
		{"the name again", "The name.", []string{"Account", "name"}, true},
		{"the name and its type again", "Name of the account.", []string{"Account", "name"}, true},
		{"the name in other forms", "Whether it was closed at.", []string{"closedAt"}, true},
		{"an enumeration's value again", "Won.", []string{"WON"}, true},
		{"several of it", "Deals.", []string{"Deal"}, true},
		{"no sentence", "As it stands on the bill", []string{"number"}, true},
		{"a word more", "The full name.", []string{"Customer", "name"}, false},
		{"what it is", "As it stands on the bill.", []string{"Order", "number"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.found, meaningless(c.description, c.of...) != "")
		})
	}
}

var (
	word = regexp.MustCompile(`[A-Z]?[a-z]+|[A-Z]+(?:[^a-z]|$)|[0-9]+`)
	// empty are words that say nothing by themselves.
	empty = stems(`a an and are as at be been by for from had has have in is it its no of on one or that the their them these they this those to was
		were what when where whether which who whom whose will with`)
)

// meaningless says what is wrong with a description: it is missing, no sentence, or has no word beyond those of the names.
func meaningless(description string, names ...string) string {
	switch {
	case description == "":
		return "it is missing"
	case !strings.HasSuffix(strings.TrimSuffix(description, ")"), "."):
		return "it is no sentence"
	}
	known := slices.Clone(empty)
	for _, n := range names {
		known = append(known, stems(n)...)
	}
	if !slices.ContainsFunc(stems(description), func(w string) bool { return !slices.Contains(known, w) }) {
		return "it says nothing that the name does not"
	}
	return ""
}

// stems are the words of a text or a name in small letters, without what makes several of one.
func stems(text string) (out []string) {
	for _, w := range word.FindAllString(text, -1) {
		w = strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return r == '_' || r == ' ' || r == '.' || r == ',' }))
		out = append(out, strings.TrimSuffix(w, "s"))
	}
	return out
}

// TestTheSchemaKeepsToItsSize is for those who read it, and for tools that load all of it.
func TestTheSchemaKeepsToItsSize(t *testing.T) {
	_, schema, err := sdl.Load(kith.Schema)
	require.NoError(t, err)
	const most = 504_200
	size := len(sdl.Print(schema))
	graphtest.Report(t, "the whole schema has %d bytes, of %d at most", size, most)
	assert.LessOrEqual(t, size, most)
}
