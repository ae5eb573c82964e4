package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/internal/db"
)

// Each runs f as the subtests "sqlite" and "postgres", each on a fresh database
// with the schema in it and a [FakeClock] for its time.
func Each(t *testing.T, schema *db.Schema, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t, schema)) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t, schema)) })
}

// SQLite opens a fresh SQLite database for a test or benchmark.
func SQLite(t testing.TB, schema *db.Schema) *db.DB {
	t.Helper()
	return open(t, "sqlite:"+filepath.Join(t.TempDir(), "gongkai.db"), schema)
}

// Postgres opens a fresh PostgreSQL database for a test or benchmark.
func Postgres(t testing.TB, schema *db.Schema) *db.DB {
	t.Helper()
	return open(t, PostgresURL(t, schema), schema)
}

// PostgresURL makes a fresh PostgreSQL database and returns its address. With a
// schema it is migrated already.
func PostgresURL(t testing.TB, schema *db.Schema) string {
	t.Helper()
	base, err := server()
	if err != nil {
		if os.Getenv("GONGKAI_REQUIRE") != "" {
			t.Fatalf("PostgreSQL is required and cannot be had: %v", err)
		}
		t.Skipf("NOT TESTED ON POSTGRESQL: %v", err)
	}
	admin, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	tmpl, err := template(admin, base, schema)
	if err != nil {
		t.Fatalf("prepare PostgreSQL template: %v", err)
	}
	name := fmt.Sprintf("t_%d_%d_%d", os.Getpid(), time.Now().UnixNano(), serial.Add(1))
	if _, err := admin.Exec(fmt.Sprintf(`CREATE DATABASE %s TEMPLATE %s`, name, tmpl)); err != nil {
		t.Fatalf("create PostgreSQL database: %v", err)
	}
	t.Cleanup(func() {
		admin, err := sql.Open("pgx", base)
		if err != nil {
			return
		}
		defer admin.Close()
		admin.Exec(fmt.Sprintf(`DROP DATABASE IF EXISTS %s WITH (FORCE)`, name))
	})
	return withDatabase(base, name)
}

var (
	serial    atomic.Int64
	templates = map[string]string{} // by digest of the steps
	tmplMu    sync.Mutex
)

// template returns the name of a database that has the schema in it, making it
// the first time this program asks.
func template(admin *sql.DB, base string, schema *db.Schema) (string, error) {
	if schema == nil {
		return "template0", nil
	}
	steps, err := db.Steps(schema)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, s := range steps {
		fmt.Fprintln(h, s.Pillar, s.File, s.Sum)
	}
	key := hex.EncodeToString(h.Sum(nil)[:6])
	tmplMu.Lock()
	defer tmplMu.Unlock()
	if name, ok := templates[key]; ok {
		return name, nil
	}
	name := fmt.Sprintf("tmpl_%d_%s", os.Getpid(), key)
	if _, err := admin.Exec(`CREATE DATABASE ` + name + ` TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`); err != nil {
		return "", err
	}
	d, err := db.Open(context.Background(), withDatabase(base, name), db.Options{Conns: 2})
	if err != nil {
		return "", err
	}
	err = d.Migrate(context.Background(), schema)
	d.Close()
	if err != nil {
		return "", err
	}
	templates[key] = name
	return name, nil
}

func withDatabase(base, name string) string {
	u, err := url.Parse(base)
	if err != nil {
		panic(err)
	}
	u.Path = "/" + name
	return u.String()
}

var clocks sync.Map // *db.DB → *FakeClock

func open(t testing.TB, dsn string, schema *db.Schema) *db.DB {
	t.Helper()
	clock := NewClock()
	d, err := db.Open(context.Background(), dsn, db.Options{Clock: clock.Now, Conns: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close(); clocks.Delete(d) })
	clocks.Store(d, clock)
	if schema != nil {
		if err := d.Migrate(context.Background(), schema); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// Clock returns the clock of a database that this package opened.
func Clock(d *db.DB) *FakeClock {
	c, _ := clocks.Load(d)
	return c.(*FakeClock)
}

// FakeClock is a clock that a test moves. It starts on Monday, 2 March 2026,
// 09:00 in China, and moves on by one millisecond each time it is read, so that
// two acts never share an instant by accident.
type FakeClock struct {
	mu sync.Mutex
	t  time.Time
}

// NewClock makes a clock at the usual start.
func NewClock() *FakeClock {
	return &FakeClock{t: time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 8*3600))}
}

// Now reads the clock.
func (c *FakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(time.Millisecond)
	return c.t
}

// Set moves the clock to t.
func (c *FakeClock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

// Add moves the clock by d.
func (c *FakeClock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// Fresh makes an empty PostgreSQL database for a whole-program test and returns
// its address and what drops it.
func Fresh() (dsn string, drop func(), err error) {
	base, err := server()
	if err != nil {
		return "", nil, err
	}
	admin, err := sql.Open("pgx", base)
	if err != nil {
		return "", nil, err
	}
	defer admin.Close()
	name := fmt.Sprintf("f_%d_%d", os.Getpid(), serial.Add(1))
	if _, err := admin.Exec(`CREATE DATABASE ` + name + ` TEMPLATE template0`); err != nil {
		return "", nil, err
	}
	return withDatabase(base, name), func() {
		admin, err := sql.Open("pgx", base)
		if err != nil {
			return
		}
		defer admin.Close()
		admin.Exec(fmt.Sprintf(`DROP DATABASE IF EXISTS %s WITH (FORCE)`, name))
	}, nil
}
