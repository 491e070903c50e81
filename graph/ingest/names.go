package ingest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"

	"github.com/kithgraph/kith/graph/fold"
)

// asked is what an expression asks of a row: columns, or keys and those below them, which have to be there. What stands before ?? may
// be missing.
type asked struct {
	needed   []path
	optional []string // columns
	tables   []string
	layouts  []string // of datetime and date, as far as they are written out
	bound    map[string]bool
}

// A path leads to a value of a row.
type path []string

func (p path) String() string { return strings.Join(p, ".") }

// asks reads an expression.
func asks(text string) (*asked, error) {
	tree, err := parser.Parse(text)
	if err != nil {
		return nil, err
	}
	a := &asked{bound: map[string]bool{}}
	var nodes []ast.Node // each behind those that it is made of
	walk(tree.Node, func(n ast.Node) {
		nodes = append(nodes, n)
		if v, is := n.(*ast.VariableDeclaratorNode); is {
			a.bound[v.Name] = true
		}
	})
	parts, soft := map[ast.Node]bool{}, map[ast.Node]bool{} // parts of paths that are taken as a whole; what may be missing
	for _, n := range slices.Backward(nodes) {
		if parts[n] {
			continue
		}
		if p := a.path(n); p != nil {
			walk(n, func(part ast.Node) { parts[part] = true })
			if soft[n] {
				a.optional = append(a.optional, p[0])
			} else {
				a.needed = append(a.needed, p)
			}
			continue
		}
		switch n := n.(type) {
		case *ast.BinaryNode:
			if n.Operator == "??" {
				walk(n.Left, func(below ast.Node) { soft[below] = true })
			}
		case *ast.CallNode:
			if f, is := n.Callee.(*ast.IdentifierNode); is {
				parts[f] = true
				a.function(f.Value, n.Arguments)
			}
		case *ast.BuiltinNode:
			a.function(n.Name, n.Arguments)
		}
	}
	return a, nil
}

// walk visits a node and all below it, the deepest first.
func walk(n ast.Node, visit visitor) { ast.Walk(&n, visit) }

type visitor func(ast.Node)

func (v visitor) Visit(n *ast.Node) { v(*n) }

func (a *asked) function(name string, args []ast.Node) {
	literal := func(i int) []string {
		if i < len(args) {
			if s, is := args[i].(*ast.StringNode); is {
				return []string{s.Value}
			}
		}
		return nil
	}
	switch name {
	case "translate", "lookup":
		a.tables = append(a.tables, literal(0)...)
	case "datetime", "date":
		a.layouts = append(a.layouts, literal(1)...)
	}
}

// path is the one that a node is, or nil.
func (a *asked) path(n ast.Node) path {
	switch n := n.(type) {
	case *ast.ChainNode:
		return a.path(n.Node)
	case *ast.IdentifierNode:
		if n.Value == "row" || a.bound[n.Value] {
			return nil
		}
		return path{n.Value}
	case *ast.MemberNode:
		key, is := n.Property.(*ast.StringNode)
		if !is {
			return nil
		}
		if of, is := n.Node.(*ast.IdentifierNode); is && of.Value == "row" {
			return path{key.Value}
		}
		if of := a.path(n.Node); of != nil {
			if n.Optional {
				return of // what is behind ?. may be missing
			}
			return append(slices.Clone(of), key.Value)
		}
	}
	return nil
}

// checkNames refuses tables that are not there, and layouts that are none.
func (m *Mapping) checkNames(a *asked) error {
	tables := slices.Sorted(maps.Keys(m.Tables))
	for _, t := range a.tables {
		if !slices.Contains(tables, t) {
			return fmt.Errorf("there is no table %q%s", t, among("tables are", t, tables))
		}
	}
	for _, l := range a.layouts {
		if time.Date(2001, 3, 4, 17, 8, 9, 0, time.UTC).Format(l) == l {
			return fmt.Errorf("the layout %q has no part of a time: layouts are written as the time 2006-01-02 15:04:05 is", l)
		}
	}
	return nil
}

// among lists what there is, behind the nearest of it, after a name that is not there.
func among(what, name string, have []string) string {
	if len(have) == 0 {
		return ""
	}
	text := fmt.Sprintf("; %s %s", what, listed(have))
	if near := nearest(name, have); near != "" {
		text = fmt.Sprintf(": is it %q?", near) + text
	}
	return text
}

// mostNear is of how many names of the schema it is told that they are there.
const mostNear = 10

// amongKnown lists what the schema has, of much the nearest alone, behind a name that it has not.
func amongKnown(what, name string, have []string) string {
	far := map[string]int{}
	for _, h := range have {
		far[h] = distance(name, h)
	}
	near := slices.SortedFunc(slices.Values(have), func(a, b string) int { return cmp.Or(cmp.Compare(far[a], far[b]), cmp.Compare(a, b)) })
	if len(near) > mostNear {
		what, near = "the nearest "+what, near[:mostNear]
	}
	return among(what, name, near)
}

func distance(a, b string) int { return levenshtein.ComputeDistance(fold.Loose(a), fold.Loose(b)) }

const mostListed = 40

func listed(names []string) string {
	quoted := make([]string, 0, min(len(names), mostListed))
	for _, n := range names[:min(len(names), mostListed)] {
		quoted = append(quoted, fmt.Sprintf("%q", n))
	}
	text := strings.Join(quoted, ", ")
	if more := len(names) - mostListed; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// nearest is the name that another may have been meant for, or empty.
func nearest(name string, have []string) string {
	best, least := "", min(max(1, len([]rune(name))/2), 4)+1
	for _, h := range have {
		if d := distance(name, h); d < least {
			best, least = h, d
		}
	}
	return best
}

// missingColumn says that a file has no such column, which it has, and what may be the reason.
func missingColumn(name string, columns []string) error {
	text := fmt.Sprintf("there is no column %q", name)
	if len(columns) == 1 {
		for _, s := range []string{";", "\t", "|", ","} {
			if strings.Contains(columns[0], s) {
				return fmt.Errorf("%s, and only one, %q: is the separator %q?", text, columns[0], s)
			}
		}
	}
	return fmt.Errorf("%s%s", text, among("columns are", name, columns))
}
