package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strings"

	"gongkai/internal/fault"
)

// Schema is the numbered, forward-only migrations of one pillar, and the
// schemas its tables refer to.
type Schema struct {
	name  string
	files fs.FS
	needs []*Schema
}

// NewSchema makes the schema of the pillar name. Its files lie in the folder
// migration and are called 0001_words.sql and so on, without gaps.
func NewSchema(name string, files fs.FS, needs ...*Schema) *Schema {
	return &Schema{name: name, files: files, needs: needs}
}

// Step is one migration.
type Step struct {
	Pillar string
	Number int
	File   string
	Text   string
	Sum    string // SHA-256 of the text, hex
}

// Steps returns the migrations of schemas and of what they need, in the order
// in which they are run. It fails on a gap, a double number or a strange name.
func Steps(schemas ...*Schema) ([]Step, error) {
	var (
		steps []Step
		seen  = map[string]bool{}
		walk  func(*Schema) error
	)
	walk = func(s *Schema) error {
		if seen[s.name] {
			return nil
		}
		seen[s.name] = true
		for _, n := range s.needs {
			if err := walk(n); err != nil {
				return err
			}
		}
		own, err := s.steps()
		steps = append(steps, own...)
		return err
	}
	for _, s := range schemas {
		if err := walk(s); err != nil {
			return nil, err
		}
	}
	return steps, nil
}

var fileName = regexp.MustCompile(`^(\d{4})_[a-z0-9_]+\.sql$`)

func (s *Schema) steps() ([]Step, error) {
	names, err := fs.Glob(s.files, "migration/*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var steps []Step
	for i, name := range names {
		base := strings.TrimPrefix(name, "migration/")
		m := fileName.FindStringSubmatch(base)
		if m == nil {
			return nil, fmt.Errorf("schema %s: file %s is not called like 0001_words.sql", s.name, base)
		}
		if want := fmt.Sprintf("%04d", i+1); m[1] != want {
			return nil, fmt.Errorf("schema %s: file %s should have number %s", s.name, base, want)
		}
		b, err := fs.ReadFile(s.files, name)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(b)
		steps = append(steps, Step{Pillar: s.name, Number: i + 1, File: base, Text: string(b), Sum: hex.EncodeToString(sum[:])})
	}
	return steps, nil
}

// ErrNewer is returned by [DB.Migrate] for a database that a newer program has
// already changed: this program must not write to it.
var ErrNewer = errors.New("the database was made by a newer version of the program")

// Migrate brings the database up to the schemas. Each step is one transaction;
// several processes may call it at once. It fails when a step that has run has
// since been edited, or when the database is newer than the program.
func (d *DB) Migrate(ctx context.Context, schemas ...*Schema) error {
	steps, err := Steps(schemas...)
	if err != nil {
		return err
	}
	if err := d.makeRoom(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	last := map[string]int{}
	for _, s := range steps {
		if err := d.Write(ctx, func(tx *Tx) error { return s.run(tx) }); err != nil {
			return fmt.Errorf("migrate %s/%s: %w", s.Pillar, s.File, err)
		}
		last[s.Pillar] = s.Number
	}
	d.serial.Store(d.engine == Postgres)
	return d.Read(ctx, func(tx *Tx) error {
		for pillar, n := range last {
			have, err := Value[int](tx, `SELECT max(number) FROM db_migration WHERE pillar = $1`, pillar)
			if err != nil {
				return err
			}
			if have > n {
				return fmt.Errorf("%w: %s has step %d, the program knows %d", ErrNewer, pillar, have, n)
			}
		}
		return nil
	})
}

// makeRoom makes the tables that migration itself needs. Processes that do so
// at the same instant collide on PostgreSQL in spite of IF NOT EXISTS; the
// second try then finds the table.
func (d *DB) makeRoom(ctx context.Context) error {
	make := func(tx *Tx) error {
		if _, err := tx.Exec(forEngine(d.engine, `
			CREATE TABLE IF NOT EXISTS db_migration (
				pillar TEXT NOT NULL, number INTEGER NOT NULL, file TEXT NOT NULL, sum TEXT NOT NULL, at INTEGER NOT NULL,
				PRIMARY KEY (pillar, number)
			) STRICT;`)); err != nil || d.engine == SQLite {
			return err
		}
		if _, err := tx.Exec(`CREATE TABLE IF NOT EXISTS db_writer (id INT PRIMARY KEY)`); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO db_writer (id) VALUES (1) ON CONFLICT DO NOTHING`)
		return err
	}
	for try := 0; ; try++ {
		err := d.Touch(ctx, make)
		if err == nil || try == 5 || !IsDuplicate(err) {
			return err
		}
	}
}

func (s Step) run(tx *Tx) error {
	if tx.engine == Postgres { // one at a time; SQLite's write lock does it already
		if _, err := tx.Exec(`LOCK TABLE db_migration IN EXCLUSIVE MODE`); err != nil {
			return err
		}
	}
	sum, err := Value[string](tx, `SELECT sum FROM db_migration WHERE pillar = $1 AND number = $2`, s.Pillar, s.Number)
	if err == nil {
		if sum != s.Sum {
			return fmt.Errorf("this step has run already and has been edited since; write a new step instead")
		}
		return nil
	}
	if !errors.Is(err, fault.NotFound) {
		return err
	}
	for _, stmt := range statements(forEngine(tx.engine, s.Text)) {
		if _, err := tx.Exec(stmt); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`INSERT INTO db_migration (pillar, number, file, sum, at) VALUES ($1, $2, $3, $4, $5)`,
		s.Pillar, s.Number, s.File, s.Sum, Ms(tx.Now))
	return err
}

var (
	pgInteger = regexp.MustCompile(`\bINTEGER\b`)
	pgBlob    = regexp.MustCompile(`\bBLOB\b`)
	pgReal    = regexp.MustCompile(`\bREAL\b`)
	pgStrict  = regexp.MustCompile(`\)\s*(?:STRICT|WITHOUT ROWID|STRICT, WITHOUT ROWID)\s*;`)
)

// forEngine keeps the blocks meant for the engine and translates SQLite's
// words into PostgreSQL's.
func forEngine(e Engine, text string) string {
	var b strings.Builder
	block := ""
	for line := range strings.Lines(text) {
		switch strings.TrimSpace(line) {
		case "-- +sqlite":
			block = string(SQLite)
			continue
		case "-- +postgres":
			block = string(Postgres)
			continue
		case "-- +end":
			block = ""
			continue
		}
		if block == "" || block == string(e) {
			b.WriteString(line)
		}
	}
	s := b.String()
	if e == Postgres {
		s = pgInteger.ReplaceAllString(s, "BIGINT")
		s = pgBlob.ReplaceAllString(s, "BYTEA")
		s = pgReal.ReplaceAllString(s, "DOUBLE PRECISION")
		s = pgStrict.ReplaceAllString(s, ");")
	}
	return s
}

// statements cuts a text at the semicolons that end a line. Comments are
// dropped. A statement with semicolons inside, such as a trigger, keeps them
// in mid-line.
func statements(text string) []string {
	var (
		out []string
		cur strings.Builder
	)
	for line := range strings.Lines(text) {
		if i := strings.Index(line, "--"); i >= 0 {
			line = line[:i] + "\n"
		}
		cur.WriteString(line)
		if strings.HasSuffix(strings.TrimSpace(line), ";") {
			if s := strings.TrimSpace(cur.String()); s != ";" {
				out = append(out, strings.TrimSuffix(s, ";"))
			}
			cur.Reset()
		}
	}
	if s := strings.TrimSpace(cur.String()); s != "" {
		out = append(out, s)
	}
	return out
}
