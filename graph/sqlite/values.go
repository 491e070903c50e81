package sqlite

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	driversqlite "modernc.org/sqlite"
)

// valuesFunction is an aggregate function of SQL: all whole numbers of a group as bytes, 8 each, without those that are missing. It fails where
// they are more than its second argument, so that no more is held than may be.
const valuesFunction = "kith_values"

// tooManyValues is what it fails with.
const tooManyValues = "too many values are brought along"

func init() {
	driversqlite.MustRegisterFunction(valuesFunction, &driversqlite.FunctionImpl{NArgs: 2, Deterministic: true,
		MakeAggregate: func(driversqlite.FunctionContext) (driversqlite.AggregateFunction, error) { return &collected{}, nil }})
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

// brings is the column with all values of an expression.
func (q *query) brings(value string) string {
	return fmt.Sprintf("%s(%s, %s)", valuesFunction, value, q.arg(brought(func(c call) any { return c.fetch.Bringing().Most })))
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
