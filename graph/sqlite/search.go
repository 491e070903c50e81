package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// search reads what all words of a text are found in. Steps of the statement: the words that terms lead to (looked), the nodes
// and properties that have them (found), how each word of the text was found in each property of a node (worded), the nodes in
// which all were (hit), and the page of these.
func (r *reader) search(ctx context.Context, l *graph.List, take found) error {
	q := r.compose()
	terms := write.LookupsOf(l.Search.Text)
	s := q.enter(kindsOf(l))
	s.id = "hit.id"
	joins := ""
	for _, k := range s.kinds {
		n := s.nodes[k]
		joins += " LEFT JOIN " + table(k) + " " + n + " ON " + n + ".id = hit.id"
	}
	cols := columns(q, l, s)
	cols[0] += " AS id"
	text := q.worded(l, terms) + `,
hit AS (SELECT id, max(how) AS how, sum(how = 0) AS exact FROM (SELECT id, word, min(how) AS how FROM worded GROUP BY id, word)
	GROUP BY id HAVING count(*) = ` + q.arg(int64(terms.Words)) + `),
page AS MATERIALIZED (SELECT ` + strings.Join(cols, ", ") + " FROM hit" + joins + where(and(q.oneOf(s), q.cond(l.Filter.Normal(), s))) +
		" ORDER BY hit.how, hit.exact DESC, " + q.called(l, s) + " NULLS LAST, hit.id" + q.limit(l.Page.Limit) + `)
SELECT page.*, (SELECT json_group_array(json_array(word, path, how)) FROM worded WHERE worded.id = page.id) FROM page`
	return r.rowsOf(ctx, q, text, len(cols)+1, 1, take)
}

// worded writes the steps up to how words were found.
func (q *query) worded(l *graph.List, terms write.Lookups) string {
	of := func(ls []write.Lookup) string {
		rows := make([]any, len(ls))
		for i, v := range ls {
			rows[i] = []any{v.Text, v.Term, v.Match}
		}
		return "json_each(" + q.arg(rows) + ") j"
	}
	spans := make([]any, len(terms.Terms))
	for i, t := range terms.Terms {
		words := []int{}
		for w := t.From; w < t.To; w++ {
			words = append(words, w)
		}
		spans[i] = words
	}
	paths := make([]any, 0, len(l.Search.In))
	for _, r := range l.Search.In {
		paths = append(paths, r.Prop.Path())
	}
	in := " AND w.path IN (SELECT value FROM json_each(" + q.arg(paths) + "))"
	const cells = "j.value ->> 1 AS term, j.value ->> 2 AS how"
	return `WITH looked AS MATERIALIZED (
	SELECT word, term, min(how) AS how FROM (
		SELECT j.value ->> 0 AS word, ` + cells + ` FROM ` + of(terms.Equal) + `
		UNION ALL SELECT k.word, ` + cells + ` FROM ` + of(terms.Keys) + ` CROSS JOIN search_key k ON k.key = j.value ->> 0
	) GROUP BY word, term),
found AS MATERIALIZED (
	SELECT w.id AS id, w.path AS path, looked.term AS term, looked.how AS how FROM looked CROSS JOIN search_word w ON w.word = looked.word` + in + `
	UNION ALL SELECT w.id, w.path, ` + cells + ` FROM ` + of(terms.Prefixes) + ` CROSS JOIN search_word w
		ON w.word >= j.value ->> 0 AND w.word < (j.value ->> 0) || char(1114111)` + in + `),
worded AS MATERIALIZED (
	SELECT found.id AS id, found.path AS path, t.value AS word, min(found.how) AS how
	FROM found CROSS JOIN json_each(` + q.arg(spans) + `) j ON j.key = found.term CROSS JOIN json_each(j.value) t` + where(q.searchable(l)) + `
	GROUP BY found.id, found.path, t.value)`
}

// searchable is the condition that a property may be searched of the node that has a word.
func (q *query) searchable(l *graph.List) string {
	never, conds := true, []string{}
	for _, g := range l.Search.Guarded(kindsOf(l)) {
		never = false
		names := make([]string, len(g.Props))
		for i, p := range g.Props {
			names[i] = p.Path()
		}
		paths := "found.path IN (SELECT value FROM json_each(" + q.arg(names) + "))"
		if g.When == nil {
			conds = append(conds, paths)
			continue
		}
		s := q.enter([]*graph.Kind{g.Kind})
		n := s.nodes[g.Kind]
		s.id = n + ".id"
		conds = append(conds, paths+" AND EXISTS (SELECT 1 FROM "+table(g.Kind)+" "+n+where(and(s.id+" = found.id", q.when(g.When, s)))+")")
	}
	if never {
		return "0"
	}
	return "(" + strings.Join(conds, " OR ") + ")"
}

// oneOf is the condition that the node is there, as one of the kinds.
func (q *query) oneOf(s scope) string {
	some := make([]string, len(s.kinds))
	for i, k := range s.kinds {
		some[i] = s.nodes[k] + ".id IS NOT NULL"
	}
	return "(" + strings.Join(some, " OR ") + ")"
}

// called is the folded name of a node of whatever kind, as far as it may be seen.
func (q *query) called(l *graph.List, s scope) string {
	names := []string{"NULL", "NULL"}
	for i := range l.Search.By {
		r := &l.Search.By[i]
		for _, k := range s.kinds {
			if k.Name == r.Prop.Owner {
				on, _ := s.as(k)
				names = append(names, q.effective(r, r.Prop.Folded(), "", on, false))
			}
		}
	}
	return "coalesce(" + strings.Join(names, ", ") + ")"
}

// foundIn decodes where words were found.
func foundIn(s *graph.Search, cell any) ([]graph.Found, error) {
	text, _ := cell.(string)
	var rows [][3]any
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil, err
	}
	words := make([]graph.FoundWord, len(rows))
	for i, r := range rows {
		word, isWord := r[0].(float64)
		path, isPath := r[1].(string)
		how, isMatch := r[2].(float64)
		if !isWord || !isPath || !isMatch {
			return nil, fmt.Errorf("a word was found as %v", r)
		}
		words[i] = graph.FoundWord{Word: int(word), Path: path, Match: graph.Match(how)}
	}
	return s.Found(words), nil
}
