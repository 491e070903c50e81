package neo4j

import (
	"context"
	"hash/maphash"
	"maps"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
)

// What Neo4j 5.26 keeps plans by, as measured: the text, and of each parameter its type, and of texts and lists the order of magnitude
// of their length (0, 1, to 10, to 100, …). EXPLAIN and PROFILE keep plans of their own, so that they prepare nothing. Two that send
// one text at a time both have it planned.

// planned sends a statement by way of Options.Plan, and gives the one row.
func (s *Store) planned(ctx context.Context, st Statement) (values []any, err error) {
	tell := graph.StatementsTold(ctx)
	send := func(ctx context.Context, planned func()) (time.Duration, error) {
		type answer struct {
			values []any
			waited time.Duration
		}
		got, err := twice(ctx, s, func() (a answer, err error) {
			began := time.Now()
			a.values, a.waited, err = s.query(ctx, neo4j.AccessModeRead, st, planned)
			if tell != nil {
				tell(ctx, graph.StatementRun{Text: st.Text, Began: began, Err: translated(ctx, err)})
			}
			return a, err
		})
		if err != nil {
			return 0, translated(ctx, err)
		}
		values = got.values
		return got.waited, nil
	}
	if s.options.Plan == nil {
		_, err = send(ctx, func() {})
	} else {
		err = s.options.Plan(ctx, keyOf(st), send, func(ctx context.Context) bool { return s.planning(ctx, st.Text) })
	}
	if err != nil {
		return nil, err // values may be written still
	}
	return values, nil
}

// Warm has the database plan how it would answer a fetch. The statement is sent with other values, that nothing matches and no page has
// room for, in lists of the same length, and what comes back is not looked at.
func (s *Store) Warm(ctx context.Context, f *graph.Fetch) error {
	st := Compile(f)
	for name, v := range st.Params {
		st.Params[name] = unmatched(v)
	}
	_, err := s.planned(ctx, st)
	return err
}

// unmatched is a value of the same type that nothing has; of a list, as many.
func unmatched(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, v := range v {
			out[name] = unmatched(v)
		}
		return out
	case bool:
		return v
	case string:
		return "~"
	case int, int64: // an amount, a time, or how many rows
		return int64(0)
	case []string:
		return unmatchedEach(v)
	case []int64:
		return unmatchedEach(v)
	case []any:
		return unmatchedEach(v)
	}
	return nil
}

func unmatchedEach[T any](list []T) []any {
	return graph.Map(list, func(v T) any { return unmatched(v) })
}

// planning reports whether the database is planning a text just now.
func (s *Store) planning(ctx context.Context, text string) bool {
	const asks = `SHOW TRANSACTIONS YIELD currentQuery, currentQueryStatus
WHERE currentQuery = $text AND currentQueryStatus IN ['parsing', 'planning']
RETURN count(*) > 0 AS planning`
	values, _, err := s.query(ctx, neo4j.AccessModeRead, Statement{asks, map[string]any{"text": text}}, func() {})
	if err != nil {
		s.options.Log.WarnContext(ctx, "the database does not say whether it is planning", "error", err)
		return false
	}
	is, _ := values[0].(bool)
	return is
}

var seed = maphash.MakeSeed()

// keyOf is the same for statements that share a plan, and differs for others: rather too often than too seldom.
func keyOf(st Statement) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	h.WriteString(st.Text)
	for _, name := range slices.Sorted(maps.Keys(st.Params)) {
		switch v := st.Params[name].(type) {
		case []string:
			h.WriteByte(magnitude(len(v)))
		case []int64:
			h.WriteByte(magnitude(len(v)))
		case []any:
			h.WriteByte(magnitude(len(v)))
		}
	}
	return h.Sum64()
}

func magnitude(n int) byte {
	m := byte(0)
	for most := 0; n > most; most = max(1, most*10) {
		m++
	}
	return m
}
