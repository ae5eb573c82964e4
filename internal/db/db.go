package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver, "pgx"
	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"
)

// Engine is the kind of database behind a [DB].
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options change how a database is opened. The zero value is right for serving.
type Options struct {
	// Clock tells the time of acts. Nil means the machine's clock.
	Clock func() time.Time
	// Bulk gives up durability for speed while a fresh data set is built that
	// is thrown away when building fails. Call [DB.Settle] at the end.
	Bulk bool
	// Conns bounds the connections that read at once. 0 means 8.
	Conns int
}

// DB is an open database.
type DB struct {
	engine Engine
	write  *sql.DB // SQLite: one connection; PostgreSQL: the same pool as read
	read   *sql.DB
	clock  func() time.Time
	serial atomic.Bool // PostgreSQL, migrated: acts take the row of db_writer first

	turn chan struct{} // one act of this process at a time, where serial
	trip atomic.Pointer[func(query string) error]

	mu    sync.Mutex
	after []func()
	last  time.Time // the latest Now handed out, so that time never runs backwards
}

// Open opens the database that dsn names: "sqlite:" and the path of a file,
// which is made when it does not exist, or a "postgres://" URL. The schema is
// not touched; call [DB.Migrate].
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Conns == 0 {
		o.Conns = 8
	}
	d := &DB{clock: o.Clock, turn: make(chan struct{}, 1)}
	var err error
	switch {
	case strings.HasPrefix(dsn, "sqlite:"):
		err = d.openSQLite(strings.TrimPrefix(dsn, "sqlite:"), o)
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		err = d.openPostgres(dsn, o)
	default:
		return nil, errors.New("open database: the address must begin with sqlite: or postgres://")
	}
	if err != nil {
		return nil, err
	}
	if err := d.read.PingContext(ctx); err != nil {
		d.Close()
		return nil, fmt.Errorf("open database: %w", redact(err))
	}
	return d, nil
}

// openSQLite opens one connection that writes and a pool that only reads. All
// pragmas stand in the DSN, so that every connection has them.
func (d *DB) openSQLite(path string, o Options) error {
	d.engine = SQLite
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	sync := "FULL"
	if o.Bulk {
		sync = "OFF"
	}
	dsn := func(extra ...string) string {
		q := url.Values{"_pragma": append([]string{
			"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(" + sync + ")", "foreign_keys(ON)",
			"temp_store(MEMORY)", "cache_size(-16000)", "mmap_size(268435456)", "trusted_schema(OFF)",
		}, extra...)}
		return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
	}
	w, err := openKeeping(dsn("wal_autocheckpoint(2000)") + "&_txlock=immediate")
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	w.SetMaxOpenConns(1)
	w.SetMaxIdleConns(1)
	if err := w.Ping(); err != nil { // makes the file before readers come
		w.Close()
		return fmt.Errorf("open database: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		w.Close()
		return fmt.Errorf("open database: %w", err)
	}
	r, err := openKeeping(dsn("query_only(ON)"))
	if err != nil {
		w.Close()
		return fmt.Errorf("open database: %w", err)
	}
	r.SetMaxOpenConns(o.Conns)
	r.SetMaxIdleConns(o.Conns)
	d.write, d.read = w, r
	return nil
}

func (d *DB) openPostgres(dsn string, o Options) error {
	d.engine = Postgres
	p, err := sql.Open("pgx", dsn)
	if err != nil {
		return fmt.Errorf("open database: %w", redact(err))
	}
	p.SetMaxOpenConns(o.Conns + 4)
	p.SetMaxIdleConns(o.Conns)
	p.SetConnMaxIdleTime(5 * time.Minute)
	d.write, d.read = p, p
	return nil
}

// redact keeps a password in a connection address out of logs.
func redact(err error) error {
	if e, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return fmt.Errorf("cannot connect to %s:%d database %s: %w", e.Config.Host, e.Config.Port, e.Config.Database, errors.Unwrap(e))
	}
	if _, ok := errors.AsType[*pgconn.ParseConfigError](err); ok {
		return errors.New("the address of the database cannot be understood")
	}
	return err
}

// Close closes all connections.
func (d *DB) Close() error {
	err := d.write.Close()
	if d.read != d.write {
		err = errors.Join(err, d.read.Close())
	}
	return err
}

// Engine tells which engine is behind d.
func (d *DB) Engine() Engine { return d.engine }

// Settle makes all that was written with [Options].Bulk durable: it moves the
// write-ahead log into the file and asks the system to keep it.
func (d *DB) Settle(ctx context.Context) error {
	if d.engine != SQLite {
		return nil
	}
	for _, q := range []string{"PRAGMA synchronous=FULL", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA optimize"} {
		if _, err := d.write.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("settle database: %w", err)
		}
	}
	return nil
}

// AfterWrite has f called after every commit of this process, on the goroutine
// that committed. It is how caches learn that the world changed.
func (d *DB) AfterWrite(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.after = append(d.after, f)
}

// Trip has f asked before each statement that an act runs and, with "commit",
// before it commits; what f answers fails the act there. It is for tests that
// fail the database at every write in turn. Nil ends it.
func (d *DB) Trip(f func(query string) error) {
	if f == nil {
		d.trip.Store(nil)
		return
	}
	d.trip.Store(&f)
}

// now is the time of the next act: the clock in UTC, cut to milliseconds, and
// never before the act before it.
func (d *DB) now() time.Time {
	t := d.clock().UTC().Truncate(time.Millisecond)
	d.mu.Lock()
	defer d.mu.Unlock()
	if t.Before(d.last) && d.last.Sub(t) < time.Minute {
		return d.last
	}
	d.last = t
	return t
}

// Write runs f in one transaction and commits it when f returns nil. Acts run
// one after the other on both engines, so each sees all that went before it.
// After a busy or serialization failure it tries again with a new Tx, so f must
// not keep anything from an earlier try.
func (d *DB) Write(ctx context.Context, f func(*Tx) error) error {
	if err := again(ctx, func() error { return d.tryWrite(ctx, d.serial.Load(), f) }); err != nil {
		return err
	}
	d.mu.Lock()
	after := d.after
	d.mu.Unlock()
	for _, f := range after {
		f()
	}
	return nil
}

// Touch is Write for small changes that are no acts and that nobody's decision
// rests on: a session's last use, a counter, the lease of a job. On PostgreSQL
// they do not queue behind acts, so f must bear that other transactions run
// beside it. The functions of [DB.AfterWrite] are not called.
func (d *DB) Touch(ctx context.Context, f func(*Tx) error) error {
	return again(ctx, func() error { return d.tryWrite(ctx, false, f) })
}

// again calls try until it succeeds, fails for good, or has failed often.
func again(ctx context.Context, try func() error) error {
	for n := 0; ; n++ {
		err := try()
		if err == nil || n == maxTries || !retryable(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause(n)):
		}
	}
}

// tryWrite runs f once. With serial it first takes the one row that stands for
// the right to write: PostgreSQL then behaves as SQLite does with its single
// writer, and acts, which all extend the one ledger, never collide.
func (d *DB) tryWrite(ctx context.Context, serial bool, f func(*Tx) error) error {
	if serial { // acts of one process wait here, in order, and not each on a connection
		select {
		case d.turn <- struct{}{}:
			defer func() { <-d.turn }()
		case <-ctx.Done():
			return fmt.Errorf("wait for the right to write: %w", ctx.Err())
		}
	}
	stx, err := d.write.BeginTx(ctx, &sql.TxOptions{})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer stx.Rollback() // after a commit this does nothing; after a panic it is needed
	if serial {
		if _, err := stx.ExecContext(ctx, `SELECT id FROM db_writer FOR UPDATE`); err != nil {
			return fmt.Errorf("wait for the right to write: %w", err)
		}
	}
	tx := &Tx{Now: d.now(), ctx: ctx, tx: stx, engine: d.engine, trip: d.trip.Load()}
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.tripped("commit"); err != nil {
		return err
	}
	if err := stx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	for _, f := range tx.onCommit {
		f()
	}
	return nil
}

// Read runs f on one consistent snapshot that cannot be written.
func (d *DB) Read(ctx context.Context, f func(*Tx) error) error {
	return again(ctx, func() error { return d.tryRead(ctx, f) })
}

func (d *DB) tryRead(ctx context.Context, f func(*Tx) error) error {
	o := &sql.TxOptions{}
	if d.engine == Postgres { // SQLite's readers have a snapshot by themselves
		o = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	stx, err := d.read.BeginTx(ctx, o)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer stx.Rollback()
	return f(&Tx{Now: d.clock().UTC().Truncate(time.Millisecond), ctx: ctx, tx: stx, engine: d.engine})
}

const maxTries = 12

// pause grows from 1 ms to about half a second, with jitter so that two
// writers that collided do not collide again.
func pause(try int) time.Duration {
	base := time.Millisecond << min(try, 8)
	var b [2]byte
	rand.Read(b[:])
	return base + time.Duration(binary.BigEndian.Uint16(b[:]))*base/65536
}

// retryable tells whether trying the same transaction again can help.
func retryable(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch e.Code {
		case "40001", "40P01", "55P03": // serialization failure, deadlock, lock not available
			return true
		}
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case sqlitelib.SQLITE_BUSY, sqlitelib.SQLITE_LOCKED:
			return true
		}
	}
	return false
}
