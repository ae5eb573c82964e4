package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"gongkai/internal/fault"
)

// Tx is one transaction. It is used by one goroutine at a time and only inside
// the function that received it.
type Tx struct {
	// Now is the one time of the act: UTC, whole milliseconds.
	Now time.Time

	ctx      context.Context
	tx       *sql.Tx
	engine   Engine
	onCommit []func()
	trip     *func(query string) error // see DB.Trip
}

func (tx *Tx) tripped(query string) error {
	if tx.trip == nil {
		return nil
	}
	return (*tx.trip)(query)
}

// Context is the context the transaction was begun with.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Engine tells which engine the transaction runs on.
func (tx *Tx) Engine() Engine { return tx.engine }

// OnCommit has f called once the transaction is committed, and not when it
// fails.
func (tx *Tx) OnCommit(f func()) { tx.onCommit = append(tx.onCommit, f) }

// Exec runs a statement and returns how many rows it changed.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if err := tx.tripped(query); err != nil {
		return 0, err
	}
	res, err := tx.tx.ExecContext(tx.ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", brief(query), err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", brief(query), err)
	}
	return n, nil
}

// NewID makes an identifier of 20 characters in [0-9a-z]: the first ten tell
// the time of the act in milliseconds and sort by it, the rest is random.
func (tx *Tx) NewID() string {
	const digits = "0123456789abcdefghijklmnopqrstuv"
	var b [20]byte
	ms := uint64(tx.Now.UnixMilli())
	for i := 9; i >= 0; i-- {
		b[i] = digits[ms&31]
		ms >>= 5
	}
	var r [8]byte
	rand.Read(r[:])
	n := binary.BigEndian.Uint64(r[:])
	for i := 10; i < 20; i++ {
		b[i] = digits[n&31]
		n >>= 5
	}
	return string(b[:])
}

// Row is one row of an answer.
type Row interface{ Scan(dest ...any) error }

// All returns every row of a query, each read by scan.
func All[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	var all []T
	err := Each(tx, func(r Row) error {
		v, err := scan(r)
		if err == nil {
			all = append(all, v)
		}
		return err
	}, query, args...)
	return all, err
}

// Each calls scan for each row of a query, in order, without holding them all.
// The transaction must not be used inside scan.
func Each(tx *Tx, scan func(Row) error, query string, args ...any) error {
	rows, err := tx.tx.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", brief(query), err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("%s: %w", brief(query), err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", brief(query), err)
	}
	return nil
}

// One returns the one row of a query. It fails with fault.NotFound when there
// is none; further rows are ignored.
func One[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) (T, error) {
	v, err := scan(tx.tx.QueryRowContext(tx.ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, fault.NotFound
	}
	if err != nil {
		return v, fmt.Errorf("%s: %w", brief(query), err)
	}
	return v, nil
}

// Value returns the single value of a query of one column. It fails with
// fault.NotFound when there is no row. A NULL needs a pointer or sql.Null type.
func Value[T any](tx *Tx, query string, args ...any) (T, error) {
	return One(tx, func(r Row) (v T, err error) { return v, r.Scan(&v) }, query, args...)
}

// brief is the first words of a query, enough to find it, without values.
func brief(query string) string {
	f := strings.Fields(query)
	return strings.Join(f[:min(len(f), 8)], " ")
}

// Ms is how a time is kept in a row: milliseconds since 1970, 0 for the zero
// time.
func Ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Time reads what [Ms] wrote, in UTC.
func Time(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// Bool is how a truth is kept in a row: 1 or 0.
func Bool(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// IsDuplicate tells whether err comes from something that exists already: a
// row against a primary key or UNIQUE, or a table made by two at once.
func IsDuplicate(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "23505" || e.Code == "42710" || e.Code == "42P07" // a row, a type, a table
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() == sqlitelib.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlitelib.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}
