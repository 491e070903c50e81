// Package neo4j keeps the graph in Neo4j: it compiles a fetch to one Cypher statement and a batch to a few. It imports
// graph, graph/write, and Neo4j's driver.
package neo4j

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A Statement is one Cypher statement. Fetches of one shape have one text, and their values in one map, so that Neo4j plans it once: of
// each parameter it keeps plans by type, and of texts and lists by the order of magnitude of their length, but not of what is in a map.
// That order is wanted for lists that a value is looked for in, which are parameters of their own: it says whether an index is worth it.
type Statement struct {
	Text   string
	Params map[string]any
}

// Compile turns a fetch into one statement. Its record has a column for each part of each root list: the rows, what is on
// the other side of the cursors, and the tallies; behind them the place of the feed, where it is wanted.
//
// Rows come as a list, each a list of cells without names: which kind it is (an index into List.Nodes), the id; of the selection, then
// of the relationship, which conditions are met, and the properties (an amount takes two cells); the keys where cursors are wanted, then
// the parts of each list below.
func Compile(f *graph.Fetch) Statement {
	return graph.Keep(f.Memo, named(f), func() *template { return compile(f, false) }).of(f)
}

// named tells which roots of a fetch name one node, and which several: that makes another text.
func named(f *graph.Fetch) string {
	which := graph.Map(f.Lists, func(l *graph.List) byte { return byte(min(len(l.IDs)+len(l.External), 2)) })
	return string(which)
}

// A template is a statement for all fetches with one Memo: a value may be a function of the fetch.
type template struct {
	text   string
	values map[string]any // what is in the parameter p
	lists  map[string]any // that are parameters of their own
}

// of is the statement of a fetch.
func (t *template) of(f *graph.Fetch) Statement {
	params := brought(t.lists, f)
	params["p"] = brought(t.values, f)
	return Statement{t.text, params}
}

// brought are values as a fetch brings them.
func brought(values map[string]any, f *graph.Fetch) map[string]any {
	out := make(map[string]any, len(values)+1)
	for name, v := range values {
		if of, depends := v.(func(*graph.Fetch) any); depends {
			v = of(f)
		}
		out[name] = v
	}
	return out
}

// compile writes the text. Within a transaction that writes, the database's own ids come along: behind a node's id its own, and behind
// keys that of the relationship.
func compile(f *graph.Fetch, writes bool) *template {
	c := &compiler{roots: f.Lists, writes: writes, params: map[string]any{}, vars: map[string]int{}, past: map[string][]lookup{}, bound: map[*graph.List]*bound{}, foremost: map[*graph.GroupKey]string{}, shared: sharedKeys(f.Lists)}
	var parts []part
	for _, l := range f.Lists {
		parts = append(parts, c.parts(l, "")...)
	}
	if f.Place {
		parts = append(parts, part{lines: c.place})
	}
	switch len(parts) {
	case 0: // nothing but names of types is asked for, and a statement must return something
		c.line("RETURN true AS nothing")
	case 1:
		parts[0].lines(c.fresh("l"))
	default:
		columns := graph.Map(parts, func(p part) string { return c.column("", p) })
		c.line("RETURN %s", strings.Join(columns, ", "))
	}
	return c.template()
}

// place writes the place of the feed's newest entry.
func (c *compiler) place(as string) {
	at := c.fresh("w")
	c.line("OPTIONAL MATCH (%s:KithLock {id: 'write'})", at)
	c.line("RETURN coalesce(%s.place, 0) AS %s", at, as)
}

// compiler writes the text, line by line.
type compiler struct {
	roots  []*graph.List
	writes bool
	text   strings.Builder
	depth  int
	params map[string]any
	vars   map[string]int   // how many of each prefix
	values map[value]string // parameters of the list that is being written, whose parts test the same
	// moments are parameters, too, which the whole statement shares.
	moments map[*graph.Time]string
	past    map[string][]lookup // by variables with a dot behind
	bound   map[*graph.List]*bound
	// foremost are variables that have the groups that come by themselves, of tallies by the same keys: a list of what tells them apart, and
	// how many others there are. It is written where others read it.
	foremost map[*graph.GroupKey]string
	shared   map[*graph.GroupKey]bool // keys of several tallies
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

// column is an expression for a part, which is written as a subquery that sees one variable, or none, where it takes lines.
func (c *compiler) column(sees string, p part) string {
	if p.lines == nil {
		return p.value
	}
	if foremost := c.foremostOf(p.tally); foremost != "" {
		sees = strings.TrimPrefix(sees+", "+foremost, ", ")
	}
	return c.call(sees, p.lines)
}

// call writes lines as a subquery that sees one variable, or none, and gives the variable it returns.
func (c *compiler) call(sees string, lines func(as string)) string {
	as := c.fresh("l")
	c.line("CALL (%s) {", sees)
	c.nest(func() { lines(as) })
	c.line("}")
	return as
}

// value is a test's value, or the n-th part of it.
type value struct {
	test *graph.Test
	part int
}

// param is an expression for a value that is passed beside the text.
func (c *compiler) param(v any) string {
	name := fmt.Sprintf("v%d", len(c.params))
	c.params[name] = v
	return "$p." + name
}

// list is an expression for a list that a value is looked for in.
func (c *compiler) list(v any) string {
	name := fmt.Sprintf("l%d", len(c.params))
	c.params[name] = v
	return "$" + name
}

// fresh is a variable that no other part of the statement uses.
func (c *compiler) fresh(prefix string) string {
	c.vars[prefix]++
	return fmt.Sprintf("%s%d", prefix, c.vars[prefix])
}

var parameter = regexp.MustCompile(`\$p\.[a-z]+\d*|\$l\d+`)

const (
	now   = "$p.now"
	asker = "$p.asker"
)

// fixed are values that are the same wherever a statement names them.
var fixed = map[string]any{
	now:   func(f *graph.Fetch) any { return int64(f.Now) },
	asker: func(f *graph.Fetch) any { return f.Given(graph.GivenAsker) },
	never: false,
	begin: "v",
	end:   "\x00",
}

// template numbers the values as they appear. Text has no literals, so that nothing else looks like one.
func (c *compiler) template() *template {
	values, lists, names := map[string]any{}, map[string]any{}, map[string]string{}
	text := parameter.ReplaceAllStringFunc(strings.TrimSuffix(c.text.String(), "\n"), func(old string) string {
		if v, is := fixed[old]; is {
			values[strings.TrimPrefix(old, "$p.")] = v
			return old
		}
		if names[old] != "" {
			return names[old]
		}
		if list, is := c.params[old[1:]]; is {
			name := fmt.Sprintf("l%d", len(lists))
			names[old], lists[name] = "$"+name, list
		} else {
			name := fmt.Sprintf("v%d", len(names)-len(lists))
			names[old], values[name] = "$p."+name, c.params[strings.TrimPrefix(old, "$p.")]
		}
		return names[old]
	})
	return &template{text, values, lists}
}

var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// Words of Cypher, some of which name relationships, kinds or properties here.
var keywords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`ALL AND ANY AS ASC ASCENDING BY CALL CASE CONTAINS COUNT CREATE DELETE DESC DESCENDING DETACH
		DISTINCT ELSE END ENDS EXISTS FALSE FINISH FOR IN INSERT IS LIMIT MATCH MERGE NODE NODES NONE NOT NULL OF OFFSET ON
		OPTIONAL OR ORDER REMOVE RETURN SET SHORTEST SINGLE SKIP STARTS THEN TRUE UNION UNIQUE UNWIND USE USING WHEN WHERE
		WITH XOR YIELD`) {
		m[w] = true
	}
	return m
}()

// name quotes an identifier of the catalog where it needs to be.
func name(s string) string {
	if plain.MatchString(s) && !keywords[strings.ToUpper(s)] {
		return s
	}
	return "`" + strings.ReplaceAll(s, "`", "``") + "`"
}
