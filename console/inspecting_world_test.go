package console_test

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/fstest"

	"gongkai/console"
	"gongkai/document"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
)

// allRules is loaded once for all tests: its models take a moment.
var allRules = sync.OnceValue(func() *engine.Engine { return engine.Standard() })

// open keeps no secret: the marks of tests need none.
type openSeal struct{}

func (openSeal) Seal(b []byte) ([]byte, error) { return bytes.Clone(b), nil }
func (openSeal) Open(b []byte) ([]byte, error) { return bytes.Clone(b), nil }

// inspecting is a world whose console inspects with every rule.
func inspecting(t *testing.T) *world {
	t.Helper()
	return inspectingBy(t, allRules)
}

// inspectingBy is a world whose console inspects with an engine.
func inspectingBy(t *testing.T, rules func() *engine.Engine) *world {
	t.Helper()
	w := newWorld(t, dbtest.SQLite(t, db.NewSchema("console-inspecting-test", fstest.MapFS{}, inspection.Schema, schema)))
	is := inspection.New(w.db, openSeal{}, rules)
	is.Follow(w.items.Inspected(publication.Documents{}))
	store := blob.Files(t.TempDir())
	c, err := console.New(console.Deps{
		DB: w.db, Units: org.New(w.db), People: w.people, Inspections: is, Reviews: w.reviews, Items: w.items, Registers: register.New(w.db), Reports: w.reports,
		Queue: w.queue, Blob: store, Files: document.NewFiles(w.db, store, document.NewPlainReader(document.Limits{})),
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})), Now: w.clock.Now, Key: bytes.Repeat([]byte{7}, 32),
	})
	w.must(err)
	w.console = c
	w.server = httptest.NewServer(c)
	t.Cleanup(w.server.Close)
	return w
}
