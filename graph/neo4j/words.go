package neo4j

import (
	"context"
	"log/slog"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Words are nodes, KithWord, that the nodes of the graph lead to; their keys are nodes, too, KithKey, so that an index serves
// each. A word that no node leads to any more goes, and its keys with it: it may be somebody's name.

// keepWords keeps the words of all nodes of a database from before there were searches, or with searches of something else.
// It goes through the nodes some at a time and notes how far it is, so that it goes on there if it is broken off.
func (s *Store) keepWords(ctx context.Context, p *progress) error {
	want := write.Searched(s.catalog)
	// Without the writers' lock, so that a store that has its words need not wait for somebody who writes.
	noted, err := s.noted(ctx, wordsLock)
	if err != nil {
		return err
	}
	searched, _ := noted["searched"].(string)
	after, _ := noted["after"].(string)
	done, _ := noted["done"].(bool)
	switch {
	case searched == want && done:
		return nil
	case searched != want && !p.empty:
		after = ""
		if err := s.forgetWords(ctx); err != nil {
			return err
		}
	}
	begun := after == ""
	for _, k := range s.catalog.Kinds {
		if p.empty || !begun && k != s.catalog.KindOf(after) || len(k.Searched()) == 0 {
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
	return t.note(ctx, wordsLock, map[string]any{"searched": searched, "after": after, "done": done})
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
	sel := &graph.Selection{Kind: k, Props: graph.Refs(k.Searched()...)}
	l := &graph.List{Key: k.Name, Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: 2000}, Nodes: []*graph.Selection{sel}}
	if after != "" {
		l.Page.After = []any{after}
	}
	for seen, more := 0, true; more; seen += l.Page.Limit {
		p.say(ctx, "the store gets the words that searches find", slog.String("of", k.Name), slog.Int("seen", seen))
		err := s.within(ctx, func(t transaction) error {
			res, err := t.Read(ctx, &graph.Fetch{Lists: []*graph.List{l}})
			if err != nil {
				return err
			}
			rows := res.Lists[0].Rows
			if more = res.Lists[0].HasNext; len(rows) == 0 {
				return nil
			}
			words := write.WordsOf(rows) // somebody who wrote meanwhile may have kept some
			if err := t.Write(ctx, &write.Changes{GoneWords: words, NewWords: words}); err != nil {
				return err
			}
			l.Page.After = rows[len(rows)-1].Keys
			return t.noteWords(ctx, write.Searched(s.catalog), rows[len(rows)-1].ID, false)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
