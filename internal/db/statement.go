package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
)

// The pillars' queries are constants, and SQLite spends as long on parsing a short one
// as on running it. So every connection keeps the statements it has parsed.
// PostgreSQL's driver does so by itself.

// keptStatements is how many a connection keeps; each takes some ten kilobytes.
const keptStatements = 160

// connector opens connections to SQLite that keep their statements.
type connector struct {
	driver driver.Driver
	dsn    string
}

// openKeeping is sql.Open for SQLite.
func openKeeping(dsn string) (*sql.DB, error) {
	d, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	drv := d.Driver()
	if err := d.Close(); err != nil {
		return nil, err
	}
	return sql.OpenDB(connector{drv, dsn}), nil
}

func (c connector) Driver() driver.Driver { return c.driver }

func (c connector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	whole, ok := conn.(liteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the SQLite driver's connection is a %T, which lacks methods", conn), conn.Close())
	}
	return &keeper{liteConn: whole, kept: map[string]*statement{}}, nil
}

// liteConn is what the driver's connections can do.
type liteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// keeper is a connection that keeps its statements. Like every connection it is used
// by one goroutine at a time.
type keeper struct {
	liteConn
	kept map[string]*statement
	tick int
}

// statement is one that was parsed.
type statement struct {
	driver.Stmt
	busy bool // its rows are being read
	used int
}

// take returns the statement of a query for one use, or nil where it must run without
// one: what is not asked for again and again, and what is being read already.
func (k *keeper) take(ctx context.Context, query string) *statement {
	s := k.kept[query]
	if s == nil {
		if !keepable(query) {
			return nil
		}
		parsed, err := k.PrepareContext(ctx, query)
		if err != nil {
			return nil // the query itself says what is wrong
		}
		k.makeRoom()
		s = &statement{Stmt: parsed}
		k.kept[query] = s
	}
	if s.busy {
		return nil
	}
	k.tick++
	s.used, s.busy = k.tick, true
	return s
}

// keepable tells whether a text is one of the pillars' queries: one statement on rows.
func keepable(query string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	switch strings.TrimSpace(word) {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return !strings.Contains(query, ";")
	}
	return false
}

// makeRoom lets go of the statement that was not used for longest.
func (k *keeper) makeRoom() {
	if len(k.kept) < keptStatements {
		return
	}
	oldest := ""
	for query, s := range k.kept {
		if !s.busy && (oldest == "" || s.used < k.kept[oldest].used) {
			oldest = query
		}
	}
	if oldest != "" {
		k.drop(oldest)
	}
}

// drop lets go of a statement, also of one that has failed: it is parsed anew next
// time, whatever state it is in. Closing it says again what its last run has said.
func (k *keeper) drop(query string) {
	_ = k.kept[query].Close()
	delete(k.kept, query)
}

// ExecContext makes keeper a driver.ExecerContext.
func (k *keeper) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s := k.take(ctx, query)
	if s == nil {
		return k.liteConn.ExecContext(ctx, query, args)
	}
	res, err := s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
	s.busy = false
	if err != nil {
		k.drop(query)
		return nil, err
	}
	return res, nil
}

// QueryContext makes keeper a driver.QueryerContext.
func (k *keeper) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s := k.take(ctx, query)
	if s == nil {
		return k.liteConn.QueryContext(ctx, query, args)
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		s.busy = false
		k.drop(query)
		return nil, err
	}
	return &keptRows{rows, k, s, query}, nil
}

// Close makes keeper a driver.Conn.
func (k *keeper) Close() error {
	for query := range k.kept {
		k.drop(query)
	}
	return k.liteConn.Close()
}

// keptRows are the rows of a statement that is kept.
type keptRows struct {
	driver.Rows
	of    *keeper
	s     *statement
	query string
}

// Close gives the statement back.
func (r *keptRows) Close() error {
	err := r.Rows.Close()
	r.s.busy = false
	if err != nil {
		r.of.drop(r.query)
	}
	return err
}
