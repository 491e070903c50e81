package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// woven writes the lines that give what an edge of several strands leads to, with a map for a relationship, as far as the list's filter and
// more conditions let it.
func (c *compiler) woven(l *graph.List, from string, more func(scope) all) scope {
	s, at := c.enter(l.Kinds()), scope{node: owner(from), kinds: []*graph.Kind{l.Edge.Owner}}
	s.rel = c.fresh("r")
	may, branches, shared := c.when(l.When, at), braid(l.Edge.Strands), sharedGuard(l.Edge.Strands)
	may = append(may, c.when(shared, at)...)
	if len(branches) == 0 {
		may = append(may, never)
	}
	if from != at.node || len(may) > 0 {
		c.match("("+from+")", may)
	}
	if len(branches) == 0 {
		c.line("WITH %s AS %s, {} AS %s", at.node, s.node, s.rel)
	} else {
		c.line("CALL (%s) {", at.node)
		c.nest(func() {
			for i, b := range branches {
				if i > 0 {
					c.line("UNION ALL")
				}
				c.branch(b, at, s, shared)
			}
		})
		c.line("}")
		c.line("WITH DISTINCT %s, %s", s.node, s.rel)
	}
	conds := append(all{s.rel + "." + graph.EntryAt + " IS NOT NULL"}, c.conds(l.Filter.Normal(), s)...)
	c.where(append(conds, more(s)...))
	return s
}

// sharedGuard is the condition on the node that all strands begin with, or nil.
func sharedGuard(strands []graph.Strand) *graph.Filter {
	if len(strands) == 0 || slices.ContainsFunc(strands, func(s graph.Strand) bool { return s.Hops[0].When != strands[0].Hops[0].When }) {
		return nil
	}
	return strands[0].Hops[0].When
}

// A branch is a set of strands that are matched together: they come the same way and part at the last step, each along a relationship of
// another type, or they come along several ways and share the last step.
type branch []*graph.Strand

// braid puts strands together.
func braid(strands []graph.Strand) []branch {
	var out []branch
	for _, joins := range []func(a, b *graph.Strand) bool{parting, meeting} {
		old := out
		if out = nil; old == nil {
			for i := range strands {
				old = append(old, branch{&strands[i]})
			}
		}
		for _, b := range old {
			i := slices.IndexFunc(out, func(o branch) bool {
				return !slices.ContainsFunc(o, func(s *graph.Strand) bool { return len(b) > 1 || !joins(s, b[0]) })
			})
			if i < 0 {
				out = append(out, b)
			} else {
				out[i] = append(out[i], b...)
			}
		}
	}
	return out
}

func last(s *graph.Strand) *graph.Hop { return &s.Hops[len(s.Hops)-1] }

// parting reports whether two strands come the same way and part at the last step, where neither has conditions of its own.
func parting(a, b *graph.Strand) bool {
	if len(a.Hops) != len(b.Hops) {
		return false
	}
	for i := range a.Hops[:len(a.Hops)-1] {
		if a.Hops[i] != b.Hops[i] {
			return false
		}
	}
	x, y := last(a), last(b)
	return plainly(a) && plainly(b) && x.When == y.When && x.Edge.Out == y.Edge.Out && x.Edge.Rel != y.Edge.Rel
}

// plainly reports whether the type of the last relationship says all that there is to say about what it leads to.
func plainly(s *graph.Strand) bool {
	h := last(s)
	return h.Filter == nil && s.At.When == nil && !s.At.Past() && !bounded(h.Edge) && h.Edge.LeadsTo(h.To)
}

// meeting reports whether two strands come along several ways and share the last step.
func meeting(a, b *graph.Strand) bool {
	x, y := last(a), last(b)
	return len(a.Hops) > 1 && len(b.Hops) > 1 && a.Kind == b.Kind && a.At == b.At && a.OnEdge == b.OnEdge &&
		x.Edge.Rel == y.Edge.Rel && x.Edge.Out == y.Edge.Out && x.To == y.To && x.Filter == y.Filter && !bounded(x.Edge) && !bounded(y.Edge)
}

// bounded reports whether an edge leads along some relationships alone, by their times.
func bounded(e *graph.Edge) bool {
	begins, _, recorded := e.Dated()
	return begins != nil || recorded != nil
}

// branch writes the lines of one branch, which leads to the node and the relationship of a scope. What is asked of where it begins already is
// not asked again.
func (c *compiler) branch(b branch, begin, s scope, asked *graph.Filter) {
	st, h := b[0], last(b[0])
	to, types, labels := scope{node: s.node, rel: c.fresh("r"), kinds: []*graph.Kind{h.To}}, []string{h.Edge.Rel.Type}, ""
	if slices.ContainsFunc(b, func(st *graph.Strand) bool { return !last(st).Edge.LeadsTo(last(st).To) }) {
		labels = to.labels()
	}
	several := len(b) > 1 && !parting(b[0], b[1])
	var from string
	var conds all
	if several {
		from = c.fresh("x")
		c.line("CALL (%s) {", begin.node)
		c.nest(func() {
			for i, st := range b {
				if i > 0 {
					c.line("UNION")
				}
				end, leave := c.way(st, begin, asked)
				if len(leave) > 0 {
					c.line("WITH %s", end)
					c.where(leave)
				}
				c.line("RETURN %s AS %s", end, from)
			}
		})
		c.line("}")
	} else {
		from, conds = c.way(st, begin, asked)
		for _, other := range b[1:] {
			types = append(types, last(other).Edge.Rel.Type)
		}
	}
	c.match(arrow(from, h.Edge.Out, to.rel, types, to.node+labels), append(conds, c.valid(h.Edge, to.rel)...))
	entry := fmt.Sprintf("{%s: %s, %s: %s, key: %[4]s} AS %s", graph.EntryAt, c.property(&st.At, st.At.Prop.Name, on(to, st.OnEdge)), graph.EntryKind, c.param(st.Kind), s.rel)
	if len(types) > 1 {
		entry = c.entry(b, to, s.rel)
	}
	if mine := append(c.when(h.Filter, to), c.when(st.At.When, to)...); len(mine) > 0 { // once for each node, however many ways lead there
		c.line("WITH DISTINCT %s, %s", s.node, entry)
		c.where(mine)
		entry = s.rel
	}
	c.line("RETURN %s, %s", s.node, entry)
}

// way writes the lines of all steps of a strand but the last, and gives the node they come to and the conditions under which the last may be taken.
func (c *compiler) way(st *graph.Strand, at scope, asked *graph.Filter) (node string, leave all) {
	for i, h := range st.Hops {
		leave = nil
		if i > 0 || h.When != asked {
			leave = c.when(h.When, at)
		}
		if i < len(st.Hops)-1 {
			to, valid := c.follow(h.Edge, []*graph.Kind{h.To})
			c.match(c.along(at.node, h.Edge, to), append(append(leave, valid...), c.when(h.Filter, to)...))
			at = to
		}
	}
	return at.node, leave
}

// entry is the map for a relationship where its type says what kind of entry it is, and what has the time.
func (c *compiler) entry(b branch, to scope, as string) string {
	kinds, ofNode, ofRel := map[string]any{}, map[string]any{}, map[string]any{}
	for _, st := range b {
		typ := last(st).Edge.Rel.Type
		kinds[typ] = st.Kind
		if st.OnEdge {
			ofRel[typ] = st.At.Prop.Name
		} else {
			ofNode[typ] = st.At.Prop.Name
		}
	}
	var at []string
	value := func(of string, names map[string]any) {
		if len(names) > 0 {
			at = append(at, fmt.Sprintf("%s[%s[type(%s)]]", of, c.param(names), to.rel))
		}
	}
	value(to.node, ofNode)
	value(to.rel, ofRel)
	time := at[0]
	if len(at) > 1 {
		time = "coalesce(" + strings.Join(at, ", ") + ")"
	}
	kind := fmt.Sprintf("%s[type(%s)]", c.param(kinds), to.rel)
	return fmt.Sprintf("{%s: %s, %s: %s, key: %[4]s} AS %s", graph.EntryAt, time, graph.EntryKind, kind, as)
}
