package sqlite

import (
	"context"
	"strings"
)

// A bulk is a statement with rows of values between its two parts. It fails as soon as one of them does (OR FAIL), since the transaction is
// given up then: else the database would copy each page that the statement changes, to undo it alone.
type bulk struct {
	before, after string
	width         int // of a row
}

// maxBound is how many values one statement binds at most. To bind one takes less than to have the database take it out of JSON, and many
// rows in one statement less than one for each. A statement that is kept prepared takes some 150 bytes for each.
const maxBound = 400

func (b bulk) text(rows int) string {
	row := "(?" + strings.Repeat(", ?", b.width-1) + ")"
	return b.before + "VALUES " + row + strings.Repeat(", "+row, rows-1) + b.after
}

// bulk writes n rows, of which cells adds the values of one to others. What is less than one statement takes is written by smaller ones, so that
// there are few texts, which are kept prepared.
func (t *transaction) bulk(ctx context.Context, b bulk, n int, cells func(i int, args []any) []any) error {
	size := max(maxBound/b.width, 1)
	args := make([]any, 0, b.width*min(n, size))
	for at := 0; at < n; size = max(size/8, 1) {
		if n-at < size {
			continue
		}
		text := b.text(size)
		for ; n-at >= size; at += size {
			args = args[:0]
			for i := at; i < at+size; i++ {
				args = cells(i, args)
			}
			if err := t.exec(ctx, text, args...); err != nil {
				return err
			}
		}
	}
	return nil
}
