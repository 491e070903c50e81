package ingest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"github.com/kithgraph/kith/graph"
)

// made is what a row becomes.
type made struct {
	row   row
	nodes []graph.Upsert
	edges []graph.Link
	may   []map[string]bool // of each node and then each edge, the properties whose values may be lost
	lost  []string          // of these, those that were
	marks []mark            // of what it was the first to name
	again []bool            // of each node and then each edge, whether it was not
	// counted is whether the row is counted by this pass: the other one has counted it, or will.
	counted bool
}

// An expression is compiled for one file, whose columns it may name.
type expression struct {
	text    string
	program *vm.Program
}

// maker makes rows of one file into nodes and edges.
type maker struct {
	nodes  []nodeMaker
	edges  []edgeMaker
	needed []need
	clears bool // what is missing takes away what is there
}

type nodeMaker struct {
	kind         *graph.Kind
	id, when, at expression
	also         []alsoMaker
	unites       bool
	set          settings
}

type edgeMaker struct {
	rel              *graph.Rel
	from, to         graph.NodeRef
	fromID, toID, id expression
	when             expression
	set              settings
}

type alsoMaker struct {
	source string
	id     expression
}

// settings are what properties of one thing are set to.
type settings struct {
	of  map[*graph.Property]expression
	may map[string]bool // the properties whose values may be lost
}

// compiler compiles the expressions of one file and keeps the first mistake.
type compiler struct {
	tables  map[string]map[string]string
	columns []string // nil: they are not known
	needed  []need
	err     error
}

// need is what an expression asks of rows.
type need struct {
	where string
	path  path
}

func (c *compiler) expression(where, text string) expression {
	if text == "" {
		return expression{}
	}
	p, err := c.compile(where, text)
	if err != nil && c.err == nil {
		c.err = fmt.Errorf("%s: %w", where, err)
	}
	return expression{text, p}
}

func (c *compiler) compile(where, text string) (*vm.Program, error) {
	a, err := asks(text)
	if err != nil {
		return nil, err
	}
	for _, p := range a.needed {
		c.needed = append(c.needed, need{where, p})
		if c.columns != nil && !slices.Contains(c.columns, p[0]) {
			return nil, missingColumn(p[0], c.columns)
		}
	}
	options := functions(c.tables)
	if c.columns == nil {
		return expr.Compile(text, append(options, expr.AllowUndefinedVariables())...)
	}
	env := types.Map{"row": types.Any}
	for _, name := range slices.Concat(c.columns, a.optional) {
		env[name] = types.Any // a text, or nothing
	}
	return expr.Compile(text, append(options, expr.Env(env))...)
}

func (c *compiler) set(where string, set map[string]Setting, property func(string) *graph.Property) settings {
	out := settings{map[*graph.Property]expression{}, map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		out.of[property(name)] = c.expression(where+".set."+name, set[name].Is)
		out.may[name] = set[name].OrNull
	}
	return out
}

// maker compiles a file's part of the mapping, for late edges or for all the rest. The error names a column that the file
// has not.
func (m *Mapping) maker(f File, columns []string, tables map[string]map[string]string, late bool) (*maker, error) {
	c := &compiler{tables: tables, columns: columns}
	out := &maker{clears: m.Blank == blankClears}
	for i, n := range f.Nodes {
		if late {
			break
		}
		where := fmt.Sprintf("nodes[%d]", i)
		k := m.catalog.Kind(n.Kind)
		made := nodeMaker{kind: k, id: c.expression(where+".id", n.ID), when: c.expression(where+".when", n.When), at: c.expression(where+".at", n.At), unites: n.Unite, set: c.set(where, n.Set, k.Property)}
		for j, also := range n.Also {
			made.also = append(made.also, alsoMaker{also.Source, c.expression(fmt.Sprintf("%s.also[%d].id", where, j), also.ID)})
		}
		out.nodes = append(out.nodes, made)
	}
	for i, e := range f.Edges {
		if e.Late != late {
			continue
		}
		where := fmt.Sprintf("edges[%d]", i)
		r := m.catalog.Rel(e.Type)
		out.edges = append(out.edges, edgeMaker{
			rel:    r,
			from:   graph.NodeRef{Kind: m.catalog.Kind(e.From.Kind), External: graph.External{Source: e.From.Source}},
			to:     graph.NodeRef{Kind: m.catalog.Kind(e.To.Kind), External: graph.External{Source: e.To.Source}},
			fromID: c.expression(where+".from.id", e.From.ID), toID: c.expression(where+".to.id", e.To.ID), id: c.expression(where+".id", e.ID),
			when: c.expression(where+".when", e.When), set: c.set(where, e.Set, r.Property),
		})
	}
	out.needed = c.needed
	return out, c.err
}

// row makes one row, wholly or not at all.
func (m *maker) row(r row) (made, error) {
	out := made{row: r}
	env := make(map[string]any, len(r.values)+1)
	maps.Copy(env, r.values)
	env["row"] = r.values
	for _, n := range m.nodes {
		ok, err := n.when.holds(env)
		if err != nil {
			return out, err
		}
		if !ok {
			continue
		}
		id, err := n.id.id(env)
		if err != nil {
			return out, err
		}
		also, err := n.others(env)
		if err != nil {
			return out, err
		}
		set, err := m.values(n.set, env, n.kind.Name, &out)
		if err != nil {
			return out, err
		}
		at, err := n.at.instant(env)
		if err != nil {
			return out, err
		}
		out.nodes, out.may = append(out.nodes, graph.Upsert{Kind: n.kind, ID: id, Also: also, Unites: n.unites, Set: set, At: at}), append(out.may, n.set.may)
	}
	for _, e := range m.edges {
		l, ok, err := m.link(e, env, &out)
		if err != nil {
			return out, err
		}
		if ok {
			out.edges, out.may = append(out.edges, l), append(out.may, e.set.may)
		}
	}
	return out, nil
}

// others are the rows of sources that a node comes from besides its id's.
func (n *nodeMaker) others(env map[string]any) (all []graph.External, err error) {
	for _, also := range n.also {
		switch id, there, err := also.id.name(env); {
		case err != nil:
			return nil, err
		case there:
			all = append(all, graph.External{Source: also.source, ID: id})
		}
	}
	return all, nil
}

func (m *maker) link(e edgeMaker, env map[string]any, of *made) (l graph.Link, ok bool, err error) {
	if ok, err = e.when.holds(env); err != nil || !ok {
		return l, false, err
	}
	l = graph.Link{Rel: e.rel, From: e.from, To: e.to}
	if l.From.External.ID, err = e.fromID.id(env); err != nil {
		return l, false, err
	}
	if l.To.External.ID, err = e.toID.id(env); err != nil {
		return l, false, err
	}
	if e.id.program != nil {
		if l.ID, err = e.id.id(env); err != nil {
			return l, false, err
		}
	}
	l.Set, err = m.values(e.set, env, e.rel.Type, of)
	return l, true, err
}

func (e expression) value(env map[string]any) (any, error) {
	v, err := expr.Run(e.program, env)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.text, err)
	}
	return v, nil
}

// holds is true where there is no condition.
func (e expression) holds(env map[string]any) (bool, error) {
	if e.program == nil {
		return true, nil
	}
	v, err := e.value(env)
	if err != nil {
		return false, err
	}
	b, ok := v.(bool)
	if !ok {
		return false, fmt.Errorf("%s is %v, neither true nor false", e.text, v)
	}
	return b, nil
}

// instant is nil where there is no expression.
func (e expression) instant(env map[string]any) (*graph.Time, error) {
	if e.program == nil {
		return nil, nil
	}
	v, err := e.value(env)
	if err == nil {
		v, err = convert(&graph.Property{Type: graph.Instant}, v)
	}
	switch at, is := v.(int64); {
	case err != nil:
		return nil, fmt.Errorf("at: %w", err)
	case !is:
		return nil, fmt.Errorf("at: %s is missing", e.text)
	case graph.Time(at) <= graph.FirstInstant: // it is kept as since ever, and each load would change it
		return nil, fmt.Errorf("at: %s stands for since ever: a row without at says that", graph.Time(at))
	default:
		return new(graph.Time(at)), nil
	}
}

func (e expression) id(env map[string]any) (string, error) {
	id, there, err := e.name(env)
	if err == nil && !there {
		err = fmt.Errorf("%s is missing", e.text)
	}
	return id, err
}

// name is an id, if there is one.
func (e expression) name(env map[string]any) (id string, there bool, err error) {
	v, err := e.value(env)
	if err != nil || v == nil || v == "" {
		return "", false, err
	}
	if id, err = scalar(v); err != nil {
		return "", false, fmt.Errorf("%s: %w", e.text, err)
	}
	return id, true, nil
}

// values are those that properties of one thing are set to. The error tells of all that cannot be right.
func (m *maker) values(set settings, env map[string]any, owner string, of *made) (graph.Values, error) {
	out := graph.Values{}
	props := slices.Collect(maps.Keys(set.of))
	slices.SortFunc(props, func(a, b *graph.Property) int { return graph.Compare(a.Name, b.Name) })
	var wrong []string
	for _, p := range props {
		v, err := set.of[p].value(env)
		if err == nil {
			if v, err = convert(p, v); err != nil {
				err = fmt.Errorf("%s: %w", p.Name, err)
			}
		}
		switch {
		case err != nil && set.may[p.Name]:
			of.lost, v = append(of.lost, owner+"."+p.Name), nil
		case err != nil:
			wrong = append(wrong, err.Error())
			continue
		}
		if v != nil || m.clears {
			out[p.Name] = v
		}
	}
	if wrong != nil {
		return nil, errors.New(strings.Join(wrong, "; "))
	}
	return out, nil
}

// loses takes a value out of an element of a row, if its property may be lost; clears: what is missing takes away what is there. Elements are
// counted nodes first.
func (m *made) loses(element int, property string, clears bool) bool {
	if !m.may[element][property] {
		return false
	}
	var set graph.Values
	var owner string
	if n := len(m.nodes); element < n {
		set, owner = m.nodes[element].Set, m.nodes[element].Kind.Name
	} else {
		set, owner = m.edges[element-n].Set, m.edges[element-n].Rel.Type
	}
	if set[property] == nil {
		return false
	}
	if delete(set, property); clears {
		set[property] = nil
	}
	m.lost = append(m.lost, owner+"."+property)
	return true
}
