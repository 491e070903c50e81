package sqlite

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	driversqlite "modernc.org/sqlite"
)

// Aggregate functions of SQL, that fail where a group has more than their second argument, so that no more is held than may be: all whole numbers of
// a group as bytes, 8 each, without those that are missing, and its different ids as a list in JSON.
const valuesFunction, idsFunction = "kith_values", "kith_ids"

// tooManyValues is what they fail with.
const tooManyValues = "too many values are brought along"

func init() {
	driversqlite.MustRegisterFunction(valuesFunction, &driversqlite.FunctionImpl{NArgs: 2, Deterministic: true,
		MakeAggregate: func(driversqlite.FunctionContext) (driversqlite.AggregateFunction, error) { return &collected{}, nil }})
	driversqlite.MustRegisterFunction(idsFunction, &driversqlite.FunctionImpl{NArgs: 2, Deterministic: true,
		MakeAggregate: func(driversqlite.FunctionContext) (driversqlite.AggregateFunction, error) { return different{}, nil }})
}

// A collected has the values of one group.
type collected struct{ bytes []byte }

func (v *collected) Step(_ *driversqlite.FunctionContext, args []driver.Value) error {
	n, is := args[0].(int64)
	if !is {
		return nil
	}
	if most, _ := args[1].(int64); int64(len(v.bytes)/8) >= most {
		return errors.New(tooManyValues)
	}
	v.bytes = binary.LittleEndian.AppendUint64(v.bytes, uint64(n))
	return nil
}

// WindowInverse is of windows, of which no statement has any.
func (*collected) WindowInverse(*driversqlite.FunctionContext, []driver.Value) error {
	return errors.New("no window has values")
}

func (v *collected) WindowValue(*driversqlite.FunctionContext) (driver.Value, error) {
	return v.bytes, nil
}

func (*collected) Final(*driversqlite.FunctionContext) {}

// A different has the ids of one group.
type different map[string]struct{}

func (d different) Step(_ *driversqlite.FunctionContext, args []driver.Value) error {
	id, is := args[0].(string)
	if !is {
		return nil
	}
	if _, known := d[id]; known {
		return nil
	}
	if most, _ := args[1].(int64); int64(len(d)) >= most {
		return errors.New(tooManyValues)
	}
	d[id] = struct{}{}
	return nil
}

// WindowInverse is of windows, of which no statement has any.
func (different) WindowInverse(*driversqlite.FunctionContext, []driver.Value) error {
	return errors.New("no window has ids")
}

func (d different) WindowValue(*driversqlite.FunctionContext) (driver.Value, error) {
	text, err := json.Marshal(slices.AppendSeq(make([]string, 0, len(d)), maps.Keys(d)))
	return string(text), err
}

func (different) Final(*driversqlite.FunctionContext) {}

// brings is the column with all that an aggregate function has of an expression.
func (q *query) brings(function, value string) string {
	return fmt.Sprintf("%s(%s, %s)", function, value, q.arg(brought(func(c call) any { return c.fetch.Bringing().Most })))
}

// numbers reads what brings gives, and puts it in order.
func numbers(cell any) ([]int64, error) {
	bytes, is := cell.([]byte)
	if !is || len(bytes)%8 != 0 {
		return nil, fmt.Errorf("a list of numbers is a %T", cell)
	}
	out := make([]int64, len(bytes)/8)
	for i := range out {
		out[i] = int64(binary.LittleEndian.Uint64(bytes[8*i:]))
	}
	slices.Sort(out)
	return out, nil
}

// tallyRun runs the statement of a tally.
func (r *reader) tallyRun(ctx context.Context, st *statement, c call, take func([]any) error) error {
	err := r.run(ctx, st, c, take)
	var db *driversqlite.Error
	if errors.As(err, &db) && strings.Contains(db.Error(), tooManyValues) {
		return r.brought.TooMuch()
	}
	return err
}
