package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
)

// maxStatements bounds the prepared statements that a connection keeps.
const maxStatements = 500

// A connection is one reader's, with the statements it has prepared: a reader that holds one never waits for another. It
// speaks to the driver itself, since what database/sql does for each row and statement costs more than the reading.
type connection struct {
	conn       driver.Conn // nil until it is first used
	statements map[string]driver.Stmt
	args       []driver.NamedValue
}

// acquire waits for a connection.
func (s *Store) acquire(ctx context.Context) (*connection, error) {
	select {
	case c, open := <-s.pool:
		if !open {
			return nil, errClosed
		}
		if c.conn != nil {
			return c, nil
		}
		conn, err := s.readers.Connect(ctx)
		if err != nil {
			s.pool <- c
			return nil, err
		}
		c.conn, c.statements = conn, map[string]driver.Stmt{}
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// release gives a connection back. One that failed, and so may be within a transaction, is opened anew when it is next used.
func (s *Store) release(c *connection, failed bool) {
	if failed {
		c.close()
	}
	s.pool <- c
}

func (c *connection) close() error {
	if c.conn == nil {
		return nil
	}
	err := errors.Join(c.forget(), c.conn.Close())
	c.conn = nil
	return err
}

func (c *connection) forget() error {
	var errs []error
	for _, st := range c.statements {
		errs = append(errs, st.Close())
	}
	clear(c.statements)
	return errors.Join(errs...)
}

// prepared keeps statements by their text, so that each is planned once.
func (c *connection) prepared(ctx context.Context, text string) (driver.Stmt, error) {
	if st := c.statements[text]; st != nil {
		return st, nil
	}
	if len(c.statements) >= maxStatements {
		if err := c.forget(); err != nil {
			return nil, err
		}
	}
	st, err := c.conn.(driver.ConnPrepareContext).PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", err, text)
	}
	c.statements[text] = st
	return st, nil
}

// query runs a statement and gives each row's values, which are valid until the next. It ends with the context's error soon
// after the context does.
func (c *connection) query(ctx context.Context, text string, args []any, columns int, take func([]any) error) (err error) {
	st, err := c.prepared(ctx, text)
	if err != nil {
		return err
	}
	rows, err := st.(driver.StmtQueryContext).QueryContext(ctx, c.named(args))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	cells := make([]driver.Value, columns)
	values := make([]any, columns)
	for {
		if err := rows.Next(cells); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		for i, v := range cells {
			values[i] = v
		}
		if err := take(values); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// run runs a statement that answers nothing, and at once: to watch the context meanwhile would take the driver a goroutine.
func (c *connection) run(ctx context.Context, text string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	st, err := c.prepared(ctx, text)
	if err != nil {
		return err
	}
	_, err = st.(driver.StmtExecContext).ExecContext(context.WithoutCancel(ctx), nil)
	return err
}

func (c *connection) named(args []any) []driver.NamedValue {
	c.args = c.args[:0]
	for i, a := range args {
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return c.args
}
