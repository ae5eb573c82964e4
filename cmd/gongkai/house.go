package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"gongkai/annualreport"
	"gongkai/annualreport/inspecting"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/site"
	"gongkai/internal/blob"
	"gongkai/internal/crypt"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
	"gongkai/review"
	"gongkai/review/coordination"
	"gongkai/search"
)

// schema is the tables of the whole program.
var schema = db.NewSchema("gongkai", noMigrations{}, org.Schema, ledger.Schema, identity.Schema, jobs.Schema,
	search.Schema, document.Schema, inspection.Schema, review.Schema, publication.Schema, register.Schema, annualreport.Schema)

// keepers answer for every kind of record in the ledger.
var keepers = []ledger.Keeper{
	org.Keeper, identity.Keeper, document.Keeper, inspection.StepKeeper, inspection.ExceptionKeeper, inspection.SwitchKeeper,
	inspection.WordKeeper, review.SubmissionKeeper, review.ChainKeeper, coordination.Keeper,
	publication.Keeper, publication.TransferKeeper, register.LineKeeper, register.BookKeeper,
	annualreport.ReportKeeper, annualreport.RoundKeeper, annualreport.PastKeeper,
}

// keyFiles are the secrets of an installation, in the folder keys. A backup
// carries them, so it must be guarded like them.
var keyFiles = []string{ledger.KeyFile, ledger.VerifierFile, crypt.File, "web.key"}

// house is everything an installation consists of, opened and joined.
type house struct {
	config      Config
	now         func() time.Time
	log         *slog.Logger
	db          *db.DB
	blobs       blob.Store
	files       *document.Files
	reader      *document.Reader
	engine      func() *engine.Engine // loads it at the first need
	units       *org.Units
	people      *identity.People
	inspections *inspection.Inspections
	reviews     *review.Reviews
	items       *publication.Items
	registers   *register.Registers
	reports     *annualreport.Reports
	queue       *jobs.Queue
	ledger      *ledger.Log

	background []func(context.Context) // what else runs while serving
}

func (h *house) keys() string { return filepath.Join(h.config.Data, "keys") }

// dbOptions is how the records are opened but for serving.
type dbOptions struct {
	plain bool             // uploads are read in place: they are our own
	bulk  bool             // see db.Options
	clock func() time.Time // nil: the shell's
	log   io.Writer        // nil: standard error
}

// open opens an installation, making what is not there yet, and brings its
// records up to this program.
func open(ctx context.Context, sh shell, c Config, o dbOptions) (*house, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if o.clock == nil {
		o.clock = sh.now
	}
	if o.log == nil {
		o.log = sh.err
	}
	h := &house{config: c, now: o.clock, log: slog.New(slog.NewTextHandler(o.log, &slog.HandlerOptions{Level: slog.LevelInfo}))}
	if err := os.MkdirAll(h.keys(), 0o700); err != nil {
		return nil, fmt.Errorf("不能使用数据目录 %s：%w", c.Data, err)
	}
	var err error
	if h.db, err = db.Open(ctx, c.dsn(), db.Options{Clock: o.clock, Bulk: o.bulk}); err != nil {
		return nil, err
	}
	if err := h.join(ctx, o.plain); err != nil {
		h.db.Close()
		return nil, err
	}
	return h, nil
}

func (h *house) join(ctx context.Context, plain bool) error {
	if err := h.db.Migrate(ctx, schema); err != nil {
		if errors.Is(err, db.ErrNewer) {
			return errors.New("数据由更新版本的程序建立，请使用该版本或者更新的版本打开")
		}
		return err
	}
	var err error
	if h.blobs, err = h.openStore(ctx); err != nil {
		return err
	}
	ring, err := crypt.LoadOrCreate(h.keys(), crypt.AES256)
	if err != nil {
		return err
	}
	key, err := ledger.LoadOrCreateKey(h.keys(), h.config.origin())
	if err != nil {
		return err
	}
	cache := h.config.Cache
	if cache == "" {
		cache = filepath.Join(h.config.Data, "cache")
	}
	h.ledger = ledger.New(h.db, key)
	h.units = org.New(h.db)
	if h.people, err = identity.New(h.db, ring, identity.Policy{}); err != nil {
		return err
	}
	reader := document.NewPlainReader(document.Limits{CacheDir: cache})
	if !plain {
		if reader, err = document.NewReader(document.Limits{CacheDir: cache}); err != nil {
			return err
		}
	}
	h.reader = reader
	h.engine = sync.OnceValue(func() *engine.Engine { return engine.Standard(inspecting.New()) })
	h.files = document.NewFiles(h.db, h.blobs, reader)
	h.inspections = inspection.New(h.db, ring, h.engine)
	h.reviews = review.New(h.db)
	h.items = publication.New(h.db, attachmentTexts{})
	h.reviews.Follow("item", h.items)
	h.registers = register.New(h.db)
	h.reports = annualreport.New(h.db, h.items, h.files, annualreport.Registers{}, annualreport.Documents{})
	h.inspections.Know(site.Pack())
	h.inspections.Spell(publication.Terms()...)
	h.inspections.Follow(h.items.Inspected(publication.Documents{}))
	h.inspections.Follow(h.reports.Inspected())
	h.items.InspectWith(h.inspections)
	h.reviews.InspectWith(h.inspections)
	h.reports.InspectWith(h.inspections)
	h.queue = h.jobs()
	return nil
}

// jobs is the queue with every kind of job the program knows, and the timetable.
func (h *house) jobs() *jobs.Queue {
	q := jobs.New(h.db, h.log)
	q.Handle(publication.PublishJob, h.items.RunPublish)
	again := h.files.ReadAgain(identity.System("read"))
	q.Handle(document.KindRead, func(ctx context.Context, j jobs.Job) error {
		if err := again(ctx, j); err != nil {
			return err
		}
		return h.items.FileRead(ctx, j.Key) // its text can be found from now on
	})
	q.Handle(publication.LapseJob, func(ctx context.Context, _ jobs.Job) error {
		_, err := h.items.Lapse(ctx)
		return err
	})
	q.Every(publication.LapseJob, "5 0 * * *")
	h.people.Work(q)
	h.inspections.Work(q)
	h.inspections.WorkSites(q, site.Options{Now: h.now, Reader: h.reader}, h.config.Site)
	h.reports.Work(q)
	q.Handle(checkpointJob, func(ctx context.Context, _ jobs.Job) error {
		_, err := h.ledger.Checkpoint(ctx)
		return err
	})
	q.Every(checkpointJob, "0 * * * *")
	q.Handle(rebuildJob, func(ctx context.Context, _ jobs.Job) error {
		_, err := search.Rebuild(ctx, h.db, h.items.Source(ctx), nil)
		return err
	}, jobs.Limit(2*time.Hour))
	q.Handle(verifyJob, h.verifyJob, jobs.Limit(2*time.Hour), jobs.Tries(1))
	q.Every(verifyJob, "0 2 * * *")
	return q
}

// The jobs that belong to no pillar.
const (
	checkpointJob jobs.Kind = "ledger.checkpoint"
	rebuildJob    jobs.Kind = "search.rebuild"
	verifyJob     jobs.Kind = "ledger.verify"
)

func (h *house) openStore(ctx context.Context) (blob.Store, error) {
	if h.config.Store == "" {
		return blob.Files(filepath.Join(h.config.Data, "files")), nil
	}
	u, err := url.Parse(h.config.Store)
	if err != nil {
		return nil, err
	}
	prefix := strings.Trim(u.Path, "/")
	if prefix != "" {
		prefix += "/"
	}
	return blob.S3(ctx, blob.Bucket{
		URL: h.config.StoreAddress, Name: u.Host, Prefix: prefix, Key: h.config.StoreKey, Secret: h.config.StoreSecret,
	})
}

// close lets go of the installation.
func (h *house) close() error { return h.db.Close() }

// empty tells whether nothing has been put into the installation yet.
func (h *house) empty(ctx context.Context) (bool, error) {
	t, err := h.units.Tree(ctx)
	if err != nil {
		return false, err
	}
	return len(t.All()) == 0, nil
}

// attachmentTexts gives publication the visible text of kept files, for the
// index. What is hidden in a file, struck out or said about it is not searched.
type attachmentTexts struct{}

func (attachmentTexts) TextOf(tx *db.Tx, digest string) (string, error) {
	parts, err := document.Parts(tx, blob.Digest(digest))
	if errors.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, p := range parts {
		if p.Sheet || p.Name == document.PartDocument || p.Name == document.PartFootnote {
			b.WriteString(p.Text)
			b.WriteByte('\n')
		}
	}
	return b.String(), nil
}

// row reads one item.
func (h *house) row(ctx context.Context, id publication.ItemID) (row publication.Row, err error) {
	err = h.db.Read(ctx, func(tx *db.Tx) error {
		row, err = publication.Get(tx, id)
		return err
	})
	return row, err
}

// fileDigests lists every kept file.
func fileDigests(tx *db.Tx) (digests []string, err error) {
	err = document.Keeper.Each(tx, func(subject string, _ ledger.Digest) error {
		digests = append(digests, strings.TrimPrefix(subject, "file/"))
		return nil
	})
	return digests, err
}
