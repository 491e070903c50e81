// Package neo4j keeps the graph in Neo4j: it compiles a fetch to one Cypher statement and a batch to a few. It imports
// graph, graph/write, and Neo4j's driver.
package neo4j

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A Statement is one Cypher statement. Fetches of one shape have one text, so that Neo4j plans it once.
type Statement struct {
	Text   string
	Params map[string]any
}

// Compile turns a fetch into one statement. Its record has a column for each part of each root list: the rows, what is on
// the other side of the cursors, and the tallies.
//
// Rows come as a list, each a list of cells without names: which kind it is (an index into List.Nodes), the id, the
// properties of the selection and of the relationship (an amount takes two cells), the keys where cursors are wanted, then
// the parts of each list below.
func Compile(f *graph.Fetch) Statement {
	c := &compiler{params: map[string]any{"now": int64(f.Now)}}
	var out []string
	for _, l := range f.Lists {
		for _, p := range c.parts(l, "") {
			as := c.fresh("l")
			c.line("CALL () {")
			c.nest(func() { p(as) })
			c.line("}")
			out = append(out, as)
		}
	}
	c.line("RETURN %s", strings.Join(out, ", "))
	text := strings.TrimSuffix(c.text.String(), "\n")
	if !strings.Contains(text, "$now") {
		delete(c.params, "now")
	}
	return Statement{text, c.params}
}

// compiler writes the text, line by line.
type compiler struct {
	text   strings.Builder
	params map[string]any
	depth  int
	vars   int
}

func (c *compiler) line(format string, args ...any) {
	c.text.WriteString(strings.Repeat("  ", c.depth))
	if len(args) == 0 {
		c.text.WriteString(format)
	} else {
		fmt.Fprintf(&c.text, format, args...)
	}
	c.text.WriteByte('\n')
}

func (c *compiler) nest(body func()) {
	c.depth++
	body()
	c.depth--
}

// param makes a value a parameter.
func (c *compiler) param(v any) string {
	name := fmt.Sprintf("p%d", len(c.params)-1)
	c.params[name] = v
	return "$" + name
}

// fresh is a variable that no other part of the statement uses.
func (c *compiler) fresh(prefix string) string {
	c.vars++
	return fmt.Sprintf("%s%d", prefix, c.vars)
}

var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// Words of Cypher that are types of relationships or names of properties here.
var keywords = map[string]bool{"IN": true, "ON": true, "BY": true, "OF": true, "FOR": true, "WITH": true, "ORDER": true, "CASE": true}

// name quotes an identifier of the catalog where it needs to be.
func name(s string) string {
	if plain.MatchString(s) && !keywords[strings.ToUpper(s)] {
		return s
	}
	return "`" + strings.ReplaceAll(s, "`", "``") + "`"
}
