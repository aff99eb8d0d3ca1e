// Package statements keeps the statements that connections of a database/sql driver have
// prepared, for drivers that prepare every statement anew: a program says the same few
// things over and over, and with SQLite understanding a statement takes longer than doing it.
package statements

import (
	"container/list"
	"context"
	"database/sql/driver"
	"errors"
)

// Keep gives a connector whose connections each keep the statements that were used last,
// at most so many. What they do is what those of the base do: a statement that is still
// being read is prepared a second time beside it.
func Keep(base driver.Connector, most int) driver.Connector {
	return connector{Connector: base, most: max(most, 1)}
}

type connector struct {
	driver.Connector
	most int
}

// full is what a connection must be able to do for database/sql to use it as it would
// without us.
type full interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// ready is a prepared statement.
type ready interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// Connect opens a connection that keeps its statements.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	base, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := base.(full)
	if !ok {
		return nil, errors.Join(errors.New("statements: connections of this driver cannot do what is asked of them"), base.Close())
	}
	return &conn{full: able, most: c.most, kept: map[string]*list.Element{}, order: list.New()}, nil
}

// conn is a connection. As with any driver, one goroutine uses it at a time.
type conn struct {
	full
	most  int
	kept  map[string]*list.Element
	order *list.List // of *statement, the one used last in front
}

// statement is one that is kept.
type statement struct {
	ready
	query string
	busy  bool // its rows are being read
}

// statement gives the statement of a query, which is prepared when it is not kept yet; nil
// when it is being read.
func (c *conn) statement(ctx context.Context, query string) (*statement, error) {
	if at, ok := c.kept[query]; ok {
		c.order.MoveToFront(at)
		if s := at.Value.(*statement); !s.busy {
			return s, nil
		}
		return nil, nil
	}
	prepared, err := c.full.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	able, ok := prepared.(ready)
	if !ok {
		return nil, prepared.Close()
	}
	if c.order.Len() >= c.most {
		if err := c.forget(); err != nil {
			return nil, errors.Join(err, prepared.Close())
		}
	}
	s := &statement{ready: able, query: query}
	c.kept[query] = c.order.PushFront(s)
	return s, nil
}

// Kept lists the statements that are kept, the one used last first; for whoever wants to
// know what is asked of a database, by way of sql.Conn.Raw.
func (c *conn) Kept() []string {
	var list []string
	for at := c.order.Front(); at != nil; at = at.Next() {
		list = append(list, at.Value.(*statement).query)
	}
	return list
}

// forget lets go of the statement that was not used for longest; one that is being read
// closes when its rows do.
func (c *conn) forget() error {
	at := c.order.Back()
	s := c.order.Remove(at).(*statement)
	delete(c.kept, s.query)
	if s.busy {
		return nil
	}
	return s.Close()
}

// ExecContext runs a query without rows.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.statement(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return c.full.ExecContext(ctx, query, args)
	}
	return s.ExecContext(ctx, args)
}

// QueryContext runs a query with rows.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.statement(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return c.full.QueryContext(ctx, query, args)
	}
	read, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &rows{Rows: read, of: c, by: s}, nil
}

// Close lets go of the statements, and closes the connection.
func (c *conn) Close() error {
	var all error
	for c.order.Len() > 0 {
		all = errors.Join(all, c.forget())
	}
	return errors.Join(all, c.full.Close())
}

// rows are those of a statement that is kept.
type rows struct {
	driver.Rows
	of *conn
	by *statement
}

// Close ends the reading, so that the statement can be used again.
func (r *rows) Close() error {
	err := r.Rows.Close()
	if r.by.busy = false; r.of.kept[r.by.query] == nil || r.of.kept[r.by.query].Value != r.by { // let go of meanwhile
		err = errors.Join(err, r.by.Close())
	}
	return err
}
