package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// maxStatements bounds the prepared statements that a connection keeps.
const maxStatements = 500

// A connection is one reader's, with the statements it has prepared: a reader that holds one never waits for another.
type connection struct {
	conn       *sql.Conn // nil until it is first used
	statements map[string]*sql.Stmt
}

// acquire waits for a connection.
func (s *Store) acquire(ctx context.Context) (*connection, error) {
	select {
	case c := <-s.pool:
		if c.conn != nil {
			return c, nil
		}
		conn, err := s.readers.Conn(ctx)
		if err != nil {
			s.pool <- c
			return nil, err
		}
		c.conn, c.statements = conn, map[string]*sql.Stmt{}
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// release gives a connection back. One that failed is opened anew when it is next used.
func (s *Store) release(c *connection, failed bool) {
	if failed {
		c.close()
	}
	s.pool <- c
}

func (c *connection) close() {
	if c.conn == nil {
		return
	}
	c.forget()
	c.conn.Close()
	c.conn = nil
}

func (c *connection) forget() {
	for _, st := range c.statements {
		st.Close()
	}
	clear(c.statements)
}

// prepared keeps statements by their text, so that each is planned once.
func (c *connection) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if st := c.statements[text]; st != nil {
		return st, nil
	}
	if len(c.statements) >= maxStatements {
		c.forget()
	}
	st, err := c.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", err, text)
	}
	c.statements[text] = st
	return st, nil
}

// run runs a statement that answers nothing.
func (c *connection) run(ctx context.Context, text string) error {
	st, err := c.prepared(ctx, text)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(ctx)
	return err
}
