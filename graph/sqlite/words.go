package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// searchTables are what searches look into: which words are in which properties of which nodes, the keys of words, and for
// what both are kept.
func searchTables() []tableDef {
	text := func(names ...string) (out []column) {
		for _, n := range names {
			out = append(out, column{n, "TEXT NOT NULL"})
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

// Words implements write.Tx.
func (t *transaction) Words(ctx context.Context, gone, come []write.Word) error {
	for _, w := range gone {
		if err := t.exec(ctx, "DELETE FROM search_word WHERE word = ? AND path = ? AND id = ?", w.Text, w.Prop.Path(), w.ID); err != nil {
			return err
		}
	}
	there, err := t.known(ctx, write.Texts(append(append([]write.Word(nil), gone...), come...)))
	if err != nil {
		return err
	}
	var lost, found []string
	for _, w := range write.Texts(gone) {
		if !there[w] {
			lost = append(lost, w)
		}
	}
	for _, w := range write.Texts(come) {
		if !there[w] {
			found = append(found, w)
		}
	}
	for _, k := range write.Keys(lost) {
		if err := t.exec(ctx, "DELETE FROM search_key WHERE key = ? AND word = ?", k.Key, k.Word); err != nil {
			return err
		}
	}
	for _, k := range write.Keys(found) {
		if err := t.exec(ctx, "INSERT OR IGNORE INTO search_key VALUES (?, ?)", k.Key, k.Word); err != nil {
			return err
		}
	}
	for _, w := range come {
		if err := t.exec(ctx, "INSERT OR IGNORE INTO search_word VALUES (?, ?, ?)", w.Text, w.Prop.Path(), w.ID); err != nil {
			return err
		}
	}
	return nil
}

// known are the words that some node has.
func (t *transaction) known(ctx context.Context, words []string) (map[string]bool, error) {
	q := &query{}
	text := "SELECT value FROM json_each(" + q.arg(words) + ") WHERE EXISTS (SELECT 1 FROM search_word WHERE word = value)"
	graph.Ran(ctx, text, nil, time.Now(), nil)
	rows, err := t.tx.QueryContext(ctx, text, q.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	there := map[string]bool{}
	for rows.Next() {
		var w string
		if err := rows.Scan(&w); err != nil {
			return nil, err
		}
		there[w] = true
	}
	return there, rows.Err()
}

// keepWords keeps the words of all nodes of a file from before there were searches, or with searches of something else.
func (s *Store) keepWords(ctx context.Context) error {
	if kept, err := s.kept(ctx, s.writer); err != nil || kept {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()                                   // does nothing after a commit
	if kept, err := s.kept(ctx, tx); err != nil || kept { // somebody else was at it
		return err
	}
	t := newTransaction(tx)
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
	if err := t.exec(ctx, "INSERT INTO search_kept VALUES (?)", write.Searched(s.catalog)); err != nil {
		return err
	}
	return tx.Commit()
}

func (s *Store) kept(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row
}) (bool, error) {
	var searched string
	err := db.QueryRowContext(ctx, "SELECT searched FROM search_kept").Scan(&searched)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return searched == write.Searched(s.catalog), err
}

// keepWordsOf goes through a kind, some nodes at a time.
func (t *transaction) keepWordsOf(ctx context.Context, k *graph.Kind) error {
	if len(k.Searched()) == 0 {
		return nil
	}
	const most = 1000
	for after := ""; ; {
		q := &query{}
		rest := " WHERE id > " + q.arg(after) + " ORDER BY id" + q.limit(int64(most))
		nodes, err := t.nodes(ctx, k, rest, q.args)
		if err != nil || len(nodes) == 0 {
			return err
		}
		if err := t.Words(ctx, nil, write.WordsOf(k, nodes)); err != nil {
			return err
		}
		after = nodes[len(nodes)-1].ID
	}
}
