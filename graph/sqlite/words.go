package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// searchTables are what searches look into: which words are in which properties of which nodes, the keys of words, and for
// what both are kept.
func searchTables() []tableDef {
	text := func(names ...string) (out []column) {
		for _, n := range names {
			out = append(out, column{name: n, def: "TEXT NOT NULL"})
		}
		return out
	}
	words := tableDef{name: "search_word", keys: text("word", "path", "id"), primary: []string{"word", "path", "id"}}
	words.index("id")
	return []tableDef{
		words,
		{name: "search_key", keys: text("key", "word"), primary: []string{"key", "word"}},
		{name: "search_kept", keys: text("searched"), primary: []string{"searched"}},
	}
}

// dropWords takes words of nodes away.
func (t *transaction) dropWords(ctx context.Context, words []write.Word) error {
	return inChunks(words, func(part []write.Word) error {
		return t.exec(ctx, "DELETE FROM search_word WHERE (word, path, id) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))", wordRows(part))
	})
}

// addWords adds words of nodes, and the keys of those that no node had before.
func (t *transaction) addWords(ctx context.Context, words []write.Word) error {
	return inChunks(words, func(part []write.Word) error {
		there, err := t.known(ctx, write.Texts(part))
		if err != nil {
			return err
		}
		err = inChunks(write.Keys(slices.DeleteFunc(write.Texts(part), func(w string) bool { return there[w] })), func(keys []write.Key) error {
			return t.exec(ctx, "INSERT OR IGNORE INTO search_key SELECT value ->> 0, value ->> 1 FROM json_each(?)", keyRows(keys))
		})
		if err != nil {
			return err
		}
		return t.exec(ctx, "INSERT OR IGNORE INTO search_word SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)", wordRows(part))
	})
}

// dropKeys takes the keys of words away that no node has any more.
func (t *transaction) dropKeys(ctx context.Context, words []string) error {
	return inChunks(words, func(part []string) error {
		there, err := t.known(ctx, part)
		if err != nil {
			return err
		}
		return inChunks(write.Keys(slices.DeleteFunc(slices.Clone(part), func(w string) bool { return there[w] })), func(keys []write.Key) error {
			return t.exec(ctx, "DELETE FROM search_key WHERE (key, word) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))", keyRows(keys))
		})
	})
}

func wordRows(words []write.Word) string {
	return asJSON(graph.Map(words, func(w write.Word) [3]string { return [3]string{w.Text, w.Prop.Path(), w.ID} }))
}

func keyRows(keys []write.Key) string {
	return asJSON(graph.Map(keys, func(k write.Key) [2]string { return [2]string{k.Key, k.Word} }))
}

// known are the words that some node has.
func (t *transaction) known(ctx context.Context, words []string) (map[string]bool, error) {
	there := map[string]bool{}
	text := "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM search_word WHERE word = value)"
	err := t.query(ctx, text, []any{bound(words)}, 1, func(v []any) error {
		there[v[0].(string)] = true
		return nil
	})
	return there, err
}

// keepWords keeps the words of all nodes of a file from before there were searches, or with searches of something else.
func (s *Store) keepWords(ctx context.Context) error {
	var searched string
	err := s.writer.QueryRowContext(ctx, "SELECT searched FROM search_kept").Scan(&searched)
	if err == nil && searched == write.Searched(s.catalog) {
		return nil
	} else if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return s.within(ctx, func(t *transaction) error {
		kept, err := t.kept(ctx)
		if err != nil || kept { // somebody else was at it
			return err
		}
		for _, text := range []string{"DELETE FROM search_word", "DELETE FROM search_key", "DELETE FROM search_kept"} {
			if err := t.exec(ctx, text); err != nil {
				return err
			}
		}
		for _, k := range s.catalog.Kinds {
			if err := t.keepWordsOf(ctx, k); err != nil {
				return err
			}
		}
		return t.exec(ctx, "INSERT INTO search_kept VALUES (?)", write.Searched(s.catalog))
	})
}

func (t *transaction) kept(ctx context.Context) (kept bool, err error) {
	err = t.query(ctx, "SELECT searched FROM search_kept", nil, 1, func(v []any) error {
		kept = v[0] == write.Searched(t.store.catalog)
		return nil
	})
	return kept, err
}

// keepWordsOf goes through a kind, some nodes at a time.
func (t *transaction) keepWordsOf(ctx context.Context, k *graph.Kind) error {
	if len(k.Searched()) == 0 {
		return nil
	}
	sel := &graph.Selection{Kind: k, Props: graph.Refs(k.Searched()...)}
	l := &graph.List{Key: k.Name, Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: maxRows}, Nodes: []*graph.Selection{sel}}
	for {
		res, err := t.Read(ctx, &graph.Fetch{Lists: []*graph.List{l}})
		if err != nil {
			return err
		}
		rows := res.Lists[0].Rows
		if err := t.Write(ctx, &write.Changes{NewWords: write.WordsOf(rows)}); err != nil || !res.Lists[0].HasNext {
			return err
		}
		l.Page.After = rows[len(rows)-1].Keys
	}
}
