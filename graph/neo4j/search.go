package neo4j

import (
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// foundBy is the type of the relationship from a node to the words of a property. It names the property, so that a search goes
// along those alone that it may.
func foundBy(p *graph.Property) string { return "FOUND_BY_" + p.Owner + "_" + p.Name }

// search writes the lines up to the LIMIT of a search: the words that terms lead to, the nodes that have them, how each word of
// the text was found in each property of a node, the nodes in which all were.
func (c *compiler) search(l *graph.List) (scope, []sortKey) {
	terms := write.LookupsOf(l.Search.Text)
	s := c.enter(kindsOf(l))
	word, term, how := c.fresh("w"), c.fresh("t"), c.fresh("h")
	s.found = c.fresh("f")
	c.line("CALL () {")
	c.nest(func() { c.lookups(terms, word, term, how) })
	c.line("}")
	c.line("WITH %s, %s, min(%s) AS %s", word, term, how, how)
	rel := c.fresh("r")
	types := make([]string, len(l.Search.In))
	for i, r := range l.Search.In {
		types[i] = name(foundBy(r.Prop))
	}
	pattern := rel + ":" + strings.Join(types, "|")
	if len(types) == 0 { // nothing may be searched
		pattern = rel
	}
	c.line("MATCH (%s)<-[%s]-(%s)", word, pattern, s.node)
	c.where(c.searchable(l, s, rel))
	c.worded(terms, s, rel, term, how)
	c.where(append(all{"words = " + c.param(int64(terms.Words))}, c.conds(l.Filter.Normal(), s)...))
	named := c.fresh("k")
	keys := []sortKey{{expr: how}, {expr: "exact", desc: true}, {expr: named, null: true}, {expr: c.fresh("k")}}
	c.line("WITH %s, %s, %s, exact, %s AS %s, %s.id AS %s", s.node, s.found, how, c.called(l, s), named, s.node, keys[3].expr)
	c.take(keys, span{limit: c.param(int64(l.Page.Limit))})
	return s, keys
}

// lookups writes the parts of a UNION that lead to words.
func (c *compiler) lookups(terms write.Lookups, word, term, how string) {
	row := c.fresh("q")
	part := func(ls []write.Lookup, match ...string) {
		rows := make([]any, len(ls))
		for i, v := range ls {
			rows[i] = []any{v.Text, int64(v.Term), int64(v.Match)}
		}
		c.line("UNWIND %s AS %s", c.param(rows), row)
		for _, m := range match {
			c.line("%s", m)
		}
		c.line("RETURN %s, %s[1] AS %s, %s[2] AS %s", word, row, term, row, how)
	}
	part(terms.Equal, "MATCH ("+word+":KithWord {word: "+row+"[0]})")
	c.line("UNION ALL")
	part(terms.Prefixes, "MATCH ("+word+":KithWord) WHERE "+word+".word STARTS WITH "+row+"[0]")
	c.line("UNION ALL")
	part(terms.Keys, "MATCH (key:KithKey {key: "+row+"[0]})", "MATCH ("+word+":KithWord {word: key.word})")
}

// searchable are the conditions that a property may be searched of the node that has a word.
func (c *compiler) searchable(l *graph.List, s scope, rel string) all {
	groups := l.Search.Guarded(s.kinds)
	if len(groups) == 0 {
		return all{never}
	}
	if len(groups) == 1 && groups[0].When == nil {
		return nil
	}
	parts := make([]string, len(groups))
	for i, g := range groups {
		types := make([]string, len(g.Props))
		for j, p := range g.Props {
			types[j] = foundBy(p)
		}
		of := all{"type(" + rel + ") IN " + c.param(types)}
		parts[i] = append(of, c.when(g.When, scope{node: s.node, kinds: []*graph.Kind{g.Kind}})...).String()
	}
	return all{"(" + strings.Join(parts, " OR ") + ")"}
}

// worded writes how well each word of the text was found in a node, and keeps the nodes in which all were.
func (c *compiler) worded(terms write.Lookups, s scope, rel, term, how string) {
	spans := make([]any, len(terms.Terms))
	for i, t := range terms.Terms {
		words := []int64{}
		for w := t.From; w < t.To; w++ {
			words = append(words, int64(w))
		}
		spans[i] = words
	}
	i, in, best := c.fresh("i"), c.fresh("p"), c.fresh("b")
	c.line("UNWIND %s[%s] AS %s", c.param(spans), term, i)
	c.line("WITH %s, %s, type(%s) AS %s, min(%s) AS %s", s.node, i, rel, in, how, how)
	c.line("WITH %s, %s, min(%s) AS %s, collect([%s, %s, %s]) AS %s", s.node, i, how, best, i, in, how, s.found)
	c.line("WITH %s, count(*) AS words, max(%s) AS %s, sum(CASE %s WHEN 0 THEN 1 ELSE 0 END) AS exact, collect(%s) AS %s", s.node, best, how, best, s.found, s.found)
}

// called is the folded name of a node of whatever kind, as far as it may be seen.
func (c *compiler) called(l *graph.List, s scope) string {
	var cases []string
	for i := range l.Search.By {
		r := &l.Search.By[i]
		for _, k := range s.kinds {
			if k.Name == r.Prop.Owner {
				value := given(c.when(r.When, s), s.node+"."+name(r.Prop.Folded()))
				cases = append(cases, "WHEN "+s.node+":"+name(k.Label)+" THEN "+value)
			}
		}
	}
	if len(cases) == 0 {
		return "null"
	}
	return "CASE " + strings.Join(cases, " ") + " END"
}

// foundIn decodes where words were found: for each word of the text, a list of rows of its number, the type of the
// relationship, and the match.
func (d *decoder) foundIn(s *graph.Search) []graph.Found {
	paths := map[string]string{}
	for _, r := range s.In {
		paths[foundBy(r.Prop)] = r.Prop.Path()
	}
	var words []graph.FoundWord
	for _, word := range take[[]any](d, "where words were found") {
		rows, _ := word.([]any)
		for _, row := range rows {
			in := d.within(row)
			if len(in.rest) != 3 {
				d.fail("where a word was found", fmt.Sprint(row))
				return nil
			}
			w := graph.FoundWord{Word: int(take[int64](in, "a word's number"))}
			w.Path = paths[take[string](in, "a relationship's type")]
			w.Match = graph.Match(take[int64](in, "a match"))
			words = append(words, w)
		}
	}
	return s.Found(words)
}
