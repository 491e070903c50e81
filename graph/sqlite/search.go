package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// search reads what all words of a text are found in. Steps of the statement: the words that terms lead to (looked), the nodes
// that have the rarest word of the text (some), the nodes and properties that have words (found), how each word of the text was
// found in each property of a node (worded), the nodes in which all were (hit), and the page of these.
func (r *reader) search(ctx context.Context, l *graph.List, take found) error {
	terms, words := write.Terms(l.Search.Text)
	from, err := r.rarest(ctx, l, terms, words)
	if err != nil {
		return err
	}
	q := &query{}
	s := q.enter(l.Kinds())
	s.id = "hit.id"
	joins, there := s.oneOf()
	cols := columns(q, l, s)
	cols[0] += " AS id"
	text := "WITH " + q.looked(terms) + `,
` + q.found(l, from, words) + `,
worded AS MATERIALIZED (SELECT found.id AS id, found.path AS path, t.value AS word, min(found.how) AS how
	FROM found CROSS JOIN json_each(` + q.arg(spans(terms)) + `) j ON j.key = found.term CROSS JOIN json_each(j.value) t` + where(q.searchable(l)) + `
	GROUP BY found.id, found.path, t.value),
hit AS (SELECT id, max(how) AS how, sum(how = 0) AS exact FROM (SELECT id, word, min(how) AS how FROM worded GROUP BY id, word)
	GROUP BY id HAVING count(*) = ` + q.arg(int64(words)) + `),
page AS MATERIALIZED (SELECT ` + strings.Join(cols, ", ") + " FROM hit" + joins + where(and(there, q.cond(l.Filter.Normal(), s))) +
		" ORDER BY hit.how, hit.exact DESC, " + q.called(l, s) + " NULLS LAST, hit.id" + q.limit(int64(l.Page.Limit)) + `)
SELECT page.*, (SELECT json_group_array(json_array(word, path, how)) FROM worded WHERE worded.id = page.id) FROM page`
	return r.rowsOf(ctx, &statement{text: text, args: q.args, columns: len(cols) + 1, keys: 1}, call{list: l}, take)
}

// looked writes the steps that make the words of terms, and the beginnings of words that they are.
func (q *query) looked(terms []write.Term) string {
	var equal, keys, prefixes []any
	for i, t := range terms {
		equal = append(equal, []any{t.Word, i, graph.Exact})
		for _, w := range t.Near {
			equal = append(equal, []any{w, i, graph.Typo})
		}
		for _, k := range t.Keys {
			keys = append(keys, []any{k, i, graph.Typo})
		}
		if t.Prefix {
			prefixes = append(prefixes, []any{t.Word, i, graph.Prefix})
		}
	}
	const cells = "value ->> 0 AS word, value ->> 1 AS term, value ->> 2 AS how"
	list := func(rows []any) string { return "json_each(" + q.arg(append([]any{}, rows...)) + ")" }
	return `looked AS MATERIALIZED (SELECT word, term, min(how) AS how FROM (
	SELECT ` + cells + ` FROM ` + list(equal) + `
	UNION ALL SELECT k.word, j.term, j.how FROM (SELECT ` + cells + ` FROM ` + list(keys) + `) j CROSS JOIN search_key k ON k.key = j.word
	) GROUP BY word, term),
begun AS MATERIALIZED (SELECT ` + cells + ` FROM ` + list(prefixes) + `)`
}

// begins is the range of words that begin with one.
const begins = "w.word >= begun.word AND w.word < begun.word || char(1114111)"

// found writes the steps from words to nodes. Of several words, from is the terms of the rarest.
func (q *query) found(l *graph.List, from []int, words int) string {
	paths := graph.Map(l.Search.In, func(r graph.Ref) any { return r.Prop.Path() })
	in := " AND w.path IN (SELECT value FROM json_each(" + q.arg(paths) + "))"
	const looked, begun = "SELECT w.id AS id, w.path AS path, looked.term AS term, looked.how AS how FROM ", "SELECT w.id, w.path, begun.term, begun.how FROM "
	if words == 1 {
		return `found AS MATERIALIZED (` + looked + `looked CROSS JOIN search_word w ON w.word = looked.word` + in + `
	UNION ALL ` + begun + `begun CROSS JOIN search_word w ON ` + begins + in + ")"
	}
	terms := make([]any, len(from))
	for i, t := range from {
		terms[i] = t
	}
	of := " AND term IN (SELECT value FROM json_each(" + q.arg(terms) + "))"
	return `some AS MATERIALIZED (SELECT w.id AS id FROM looked CROSS JOIN search_word w ON w.word = looked.word` + in + of + `
	UNION SELECT w.id FROM begun CROSS JOIN search_word w ON ` + begins + in + of + `),
theirs AS MATERIALIZED (SELECT w.id AS id, w.path AS path, w.word AS word FROM some CROSS JOIN search_word w ON w.id = some.id` + in + `),
found AS MATERIALIZED (` + looked + `theirs w CROSS JOIN looked ON looked.word = w.word
	UNION ALL ` + begun + `theirs w CROSS JOIN begun ON ` + begins + ")"
}

// rarest are the terms of the word of a text that fewest nodes have. All that the search finds are among these.
func (r *reader) rarest(ctx context.Context, l *graph.List, terms []write.Term, words int) (of []int, err error) {
	if words == 1 {
		return nil, nil
	}
	const many = 1000 // from here on one is as good as another
	q := &query{}
	text := "WITH " + q.looked(terms)
	count := func(from, cond string) string {
		return "SELECT term, (SELECT count(*) FROM (SELECT 1 FROM search_word w WHERE " + cond + q.limit(int64(many)) + ")) AS n FROM " + from
	}
	text += " SELECT term, sum(n) FROM (" + count("looked", "w.word = looked.word") + " UNION ALL " + count("begun", begins) + ") GROUP BY term"
	weights := make([]int64, len(terms))
	err = r.query(ctx, q, text, 2, call{list: l}, func(v []any) error {
		weights[v[0].(int64)] = v[1].(int64)
		return nil
	})
	least := int64(math.MaxInt64)
	for w := range words {
		var mine []int
		sum := int64(0)
		for i, t := range terms {
			if t.From <= w && w < t.To {
				mine, sum = append(mine, i), sum+weights[i]
			}
		}
		if sum < least {
			of, least = mine, sum
		}
	}
	return of, err
}

// spans are the words of the text that each term stands for.
func spans(terms []write.Term) []any {
	out := make([]any, len(terms))
	for i, t := range terms {
		words := []int{}
		for w := t.From; w < t.To; w++ {
			words = append(words, w)
		}
		out[i] = words
	}
	return out
}

// searchable is the condition that a property may be searched of the node that has a word.
func (q *query) searchable(l *graph.List) string {
	never, conds := true, []string{}
	for _, g := range l.Search.Guarded(l.Kinds()) {
		never = false
		names := graph.Map(g.Props, (*graph.Property).Path)
		paths := "found.path IN (SELECT value FROM json_each(" + q.arg(names) + "))"
		conds = append(conds, and(paths, q.ownerMeets(g.Kind, g.When, "found.id")))
	}
	if never {
		return "0"
	}
	return "(" + strings.Join(conds, " OR ") + ")"
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
