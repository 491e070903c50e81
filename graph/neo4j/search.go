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

// search writes the lines up to the LIMIT of a search: the words that its terms lead to, the nodes that have them, how each word
// of the text was found in each property of a node, the nodes in which all were.
func (c *compiler) search(l *graph.List) (scope, []sortKey) {
	terms, words := write.Terms(l.Search.Text)
	s := c.enter(l.Kinds())
	s.rel, s.found = c.fresh("r"), c.fresh("f")
	types := graph.Map(l.Search.In, func(r graph.Ref) string { return name(foundBy(r.Prop)) })
	along := ":" + strings.Join(types, "|")
	if len(types) == 0 { // nothing may be searched
		along = ""
	}
	c.terms(terms, words > 1)
	var keys []sortKey // how well the text was found
	var conds all
	if words == 1 {
		keys = c.oneWord(l, s, along)
	} else {
		word := c.fresh("w")
		c.rarest(terms, words, along, s.node)
		c.line("MATCH (%s)-[%s%s]->(%s)", s.node, s.rel, along, word)
		c.where(c.searchable(l, s))
		keys = []sortKey{{expr: c.worded(word, s)}, {expr: "exact", desc: true}}
		conds = all{"words = " + c.param(int64(words))}
	}
	c.where(append(conds, c.conds(l.Filter.Normal().Among(s.kinds), s)...))
	named, id := c.fresh("k"), c.fresh("k")
	c.line("WITH %s, %s, %s, %s AS %s, %s.id AS %s", s.node, s.found, names(keys), c.called(l, s), named, s.node, id)
	keys = append(keys, sortKey{expr: named, null: true}, sortKey{expr: id})
	c.take(keys, span{limit: c.param(int64(l.Page.Limit))})
	s.rel = ""
	return s, keys
}

// terms writes the lines that make, of each term, what words are compared with, the words there are, and, weighed, how many nodes have them.
func (c *compiler) terms(terms []write.Term, weighed bool) {
	rows := make([]any, len(terms))
	for i, t := range terms {
		var prefix any
		if t.Prefix {
			prefix = t.Word
		}
		span := []int64{}
		for w := t.From; w < t.To; w++ {
			span = append(span, int64(w))
		}
		rows[i] = []any{int64(i), span, t.Word, prefix, append([]string{}, t.Near...), append([]string{}, t.Keys...)}
	}
	c.line("UNWIND %s AS q", c.param(rows))
	for line := range strings.SplitSeq(termWords, "\n") {
		c.line("%s", line)
	}
	if weighed {
		c.line("  WITH w, COUNT { (w)<--() } AS weight")
		c.line("  RETURN collect(w) AS words, sum(weight) AS weight")
		c.line("}")
		c.line("WITH q, near, words, weight ORDER BY q[0]")
		c.line("WITH collect([q[1], q[2], q[3], near]) AS terms, collect(words) AS found, collect(weight) AS weights")
		return
	}
	c.line("  RETURN collect(w) AS words")
	c.line("}")
	c.line("WITH collect([q[1], q[2], q[3], near]) AS terms, collect(words) AS found")
}

// termWords are the lines that make of each term (q) the words that are mistaken for it (near), and those that nodes have and it leads to
// (w). Behind them these become lists, one for each term (found), and beside them how many nodes they lead to (weights), whichever
// properties they are of.
const termWords = `CALL (q) {
  UNWIND q[5] AS key
  MATCH (k:KithKey {key: key})
  WITH collect(k.word) AS words
  RETURN q[4] + words AS near
}
CALL (q, near) {
  CALL (q, near) {
    UNWIND [q[2]] + near AS word
    MATCH (w:KithWord {word: word})
    RETURN w
    UNION
    MATCH (w:KithWord) WHERE w.word STARTS WITH q[3]
    RETURN w
  }`

// rarest writes the lines that find the nodes which have the word of the text that fewest have. All that the search finds are
// among them.
func (c *compiler) rarest(terms []write.Term, words int, along, node string) {
	by := make([]any, words)
	for w := range by {
		of := []int64{}
		for i, t := range terms {
			if t.From <= w && w < t.To {
				of = append(of, int64(i))
			}
		}
		by[w] = of
	}
	c.line("CALL (found, weights) {")
	c.nest(func() {
		c.line("UNWIND %s AS of", c.param(by))
		c.line("WITH of ORDER BY reduce(sum = 0, i IN of | sum + weights[i]) LIMIT 1")
		c.line("UNWIND of AS i")
		c.line("UNWIND found[i] AS w")
		c.line("MATCH (w)<-[%s]-(%s)", along, node)
		c.line("RETURN DISTINCT %s", node)
	})
	c.line("}")
}

// searchable are the conditions that a property may be searched of the node that has a word.
func (c *compiler) searchable(l *graph.List, s scope) all {
	groups := l.Search.Guarded(s.kinds)
	if len(groups) == 0 {
		return all{never}
	}
	if len(groups) == 1 && groups[0].When == nil {
		return nil
	}
	parts := make([]string, len(groups))
	for i, g := range groups {
		types := graph.Map(g.Props, foundBy)
		of := all{"type(" + s.rel + ") IN " + c.param(types)}
		parts[i] = append(of, c.when(g.When, scope{node: s.node, kinds: []*graph.Kind{g.Kind}})...).String()
	}
	return all{"(" + strings.Join(parts, " OR ") + ")"}
}

// oneWord writes the lines that find the nodes which have a text of one word, and how well it was found in each. That is asked of the
// words before the nodes.
func (c *compiler) oneWord(l *graph.List, s scope, along string) []sortKey {
	word, text, how := c.fresh("w"), c.fresh("t"), c.fresh("h")
	c.line("UNWIND found AS words")
	c.line("UNWIND words AS %s", word)
	c.line("WITH DISTINCT terms, %s, %s.word AS %s", word, word, text)
	c.line("UNWIND terms AS term")
	c.line("WITH %s, min(%s) AS %s", word, match(text), how)
	c.line("  WHERE %s IS NOT NULL", how)
	c.line("MATCH (%s)<-[%s%s]-(%s)", word, s.rel, along, s.node)
	c.where(c.searchable(l, s))
	c.line("WITH %s, type(%s) AS path, min(%s) AS %s", s.node, s.rel, how, how)
	c.line("WITH %s, min(%s) AS best, [collect([0, path, %s])] AS %s", s.node, how, how, s.found)
	return []sortKey{{expr: "best"}}
}

// match is how well a word is the one of a term, or null.
func match(word string) string {
	return fmt.Sprintf("CASE WHEN %[1]s = term[1] THEN %[2]d WHEN %[1]s STARTS WITH term[2] THEN %[3]d WHEN %[1]s IN term[3] THEN %[4]d END", word, graph.Exact, graph.Prefix, graph.Typo)
}

// worded writes how well each word of the text was found in a node. The variable it gives is the worst of these.
func (c *compiler) worded(word string, s scope) string {
	how := c.fresh("h")
	c.line("WITH %s, %s, terms, %s.word AS word", s.node, s.rel, word)
	c.line("UNWIND terms AS term")
	c.line("WITH %s, %s, term, %s AS %s", s.node, s.rel, match("word"), how)
	c.line("  WHERE %s IS NOT NULL", how)
	c.line("UNWIND term[0] AS i")
	c.line("WITH %s, i, type(%s) AS path, min(%s) AS %s", s.node, s.rel, how, how)
	c.line("WITH %s, i, min(%s) AS best, collect([i, path, %s]) AS paths", s.node, how, how)
	c.line("WITH %s, count(*) AS words, max(best) AS %s, sum(CASE best WHEN %d THEN 1 ELSE 0 END) AS exact, collect(paths) AS %s", s.node, how, graph.Exact, s.found)
	return how
}

// called is the folded name of a node of whatever kind, as far as it may be seen.
func (c *compiler) called(l *graph.List, s scope) string {
	var cases []string
	for i := range l.Search.By {
		r := &l.Search.By[i]
		for _, k := range s.kinds {
			if k.Name == r.Prop.Owner {
				value := given(c.when(r.When, s), stands(r.Prop, r.Prop.Folded(), s.node+"."))
				if len(s.kinds) == 1 {
					return value
				}
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
			in := d.inside(row)
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
