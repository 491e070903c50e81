package neo4j

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Words are nodes, KithWord, that the nodes of the graph lead to; their keys are nodes, too, KithKey, so that an index serves
// each. A word that no node leads to any more goes, and its keys with it: it may be somebody's name.

// Words implements write.Tx.
func (t transaction) Words(ctx context.Context, gone, come []write.Word) error {
	if err := t.eachProperty(ctx, gone, "UNWIND $p.rows AS row MATCH (n:%s {id: row[0]})-[r:%s]->(w:KithWord) WHERE w.word = row[1] DELETE r"); err != nil {
		return err
	}
	if err := t.dropWords(ctx, write.Texts(gone)); err != nil {
		return err
	}
	if err := t.addWords(ctx, write.Texts(come)); err != nil {
		return err
	}
	return t.eachProperty(ctx, come, "UNWIND $p.rows AS row MATCH (n:%s {id: row[0]}) MATCH (w:KithWord {word: row[1]}) MERGE (n)-[:%s]->(w)")
}

// eachProperty runs a statement on the label and the type of relationship of each property that words are of.
func (t transaction) eachProperty(ctx context.Context, words []write.Word, text string) error {
	return grouped(words, func(w write.Word) *graph.Property { return w.Prop }, func(p *graph.Property, words []write.Word) error {
		text := fmt.Sprintf(text, name(t.catalog.MustKind(p.Owner).Label), name(foundBy(p)))
		return inChunks(words, func(part []write.Word) error {
			rows := make([]any, len(part))
			for i, w := range part {
				rows[i] = []any{w.ID, w.Text}
			}
			return t.run(ctx, text, map[string]any{"rows": rows})
		})
	})
}

func (t transaction) dropWords(ctx context.Context, words []string) error {
	var lost []string
	text := "UNWIND $p.words AS word MATCH (w:KithWord {word: word}) WHERE NOT EXISTS { (w)<--() } DELETE w RETURN word"
	if err := t.collect(ctx, text, "words", words, func(v []any) { lost = append(lost, v[0].(string)) }); err != nil {
		return err
	}
	return t.eachKey(ctx, lost, "UNWIND $p.rows AS row MATCH (k:KithKey {key: row[0]}) WHERE k.word = row[1] DELETE k")
}

func (t transaction) addWords(ctx context.Context, words []string) error {
	var added []string
	text := "UNWIND $p.words AS word OPTIONAL MATCH (w:KithWord {word: word}) WITH word WHERE w IS NULL CREATE (:KithWord {word: word}) RETURN word"
	if err := t.collect(ctx, text, "words", words, func(v []any) { added = append(added, v[0].(string)) }); err != nil {
		return err
	}
	return t.eachKey(ctx, added, "UNWIND $p.rows AS row CREATE (:KithKey {key: row[0], word: row[1]})")
}

func (t transaction) eachKey(ctx context.Context, words []string, text string) error {
	return inChunks(write.Keys(words), func(part []write.Key) error {
		rows := make([]any, len(part))
		for i, k := range part {
			rows[i] = []any{k.Key, k.Word}
		}
		return t.run(ctx, text, map[string]any{"rows": rows})
	})
}

// keepWords keeps the words of all nodes of a database from before there were searches, or with searches of something else.
// It goes through the nodes some at a time and notes how far it is, so that it goes on there if it is broken off.
func (s *Store) keepWords(ctx context.Context, p *progress) error {
	want := write.Searched(s.catalog)
	// Without the writers' lock, so that a store that has its words need not wait for somebody who writes.
	row, err := s.ask(ctx, Statement{"OPTIONAL MATCH (l:KithLock {id: $id}) RETURN l.searched, l.after, l.done", map[string]any{"id": wordsLock}})
	if err != nil {
		return err
	}
	searched, _ := row[0].(string)
	after, _ := row[1].(string)
	done, _ := row[2].(bool)
	switch {
	case searched == want && done:
		return nil
	case searched != want:
		after = ""
		if err := s.forgetWords(ctx); err != nil {
			return err
		}
	}
	begun := after == ""
	for _, k := range s.catalog.Kinds {
		if !begun && k != s.catalog.KindOf(after) || len(k.Searched()) == 0 {
			continue
		}
		if !begun {
			begun = true
		} else {
			after = ""
		}
		if err := s.keepWordsOf(ctx, p, k, after); err != nil {
			return err
		}
	}
	return s.within(ctx, func(t transaction) error { return t.noteWords(ctx, want, "", true) })
}

const wordsLock = "words"

func (t transaction) noteWords(ctx context.Context, searched, after string, done bool) error {
	return t.run(ctx, "MERGE (l:KithLock {id: $p.id}) SET l.searched = $p.searched, l.after = $p.after, l.done = $p.done",
		map[string]any{"id": wordsLock, "searched": searched, "after": after, "done": done})
}

// forgetWords takes all words away, in several transactions.
func (s *Store) forgetWords(ctx context.Context) error {
	for _, label := range []string{"KithWord", "KithKey"} {
		text := "MATCH (n:" + label + ") CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
		if _, err := s.run(ctx, neo4j.AccessModeWrite, Statement{Text: text}); err != nil {
			return err
		}
	}
	return nil
}

// keepWordsOf goes through a kind from a node on.
func (s *Store) keepWordsOf(ctx context.Context, p *progress, k *graph.Kind, after string) error {
	const most = 2000
	text := fmt.Sprintf("UNWIND $p.after AS after MATCH (n:%s) WHERE n.id > after WITH n ORDER BY n.id LIMIT %d RETURN n.id, properties(n)", name(k.Label), most)
	for seen := 0; ; seen += most {
		p.say(ctx, "the store gets the words that searches find", slog.String("of", k.Name), slog.Int("seen", seen))
		var nodes []write.Node
		err := s.within(ctx, func(t transaction) error {
			nodes = nil
			err := t.collect(ctx, text, "after", []string{after}, func(v []any) {
				nodes = append(nodes, write.Node{ID: v[0].(string), Columns: columns(v[1])})
			})
			if err != nil || len(nodes) == 0 {
				return err
			}
			if err := t.Words(ctx, nil, write.WordsOf(k, nodes)); err != nil {
				return err
			}
			return t.noteWords(ctx, write.Searched(s.catalog), nodes[len(nodes)-1].ID, false)
		})
		if err != nil || len(nodes) < most {
			return err
		}
		after = nodes[len(nodes)-1].ID
	}
}
