package inspection

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"gongkai/identity"
	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// Sealer keeps the secret of the marks. crypt.Ring satisfies it.
type Sealer interface {
	Seal(plain []byte) ([]byte, error)
	Open(sealed []byte) ([]byte, error)
}

// Inspections is the holder of all reports, findings, exceptions and of the units'
// own rules.
type Inspections struct {
	db      *db.DB
	seal    Sealer
	engine  func() *joined
	sources []Source
	others  []*rule.Pack
	terms   []string // of the house, never slips

	mu     sync.Mutex
	secret []byte
	lenses map[org.ID]*lens
	names  *names // of the tree as it was last

	held    atomic.Pointer[habits]
	reading sync.Mutex // of the counts
}

// joined is the engine with what follows from it.
type joined struct {
	*engine.Engine
	version string       // of the rules that read texts
	packs   []*rule.Pack // and those whose findings come from elsewhere
	rules   []rule.Rule  // of all packs
}

// New returns the inspections kept in d. make builds the engine; it is called once,
// at the first need, because its models take a moment to load.
func New(d *db.DB, s Sealer, make func() *engine.Engine) *Inspections {
	is := &Inspections{db: d, seal: s, lenses: map[org.ID]*lens{}}
	is.engine = sync.OnceValue(func() *joined {
		e := &joined{Engine: make()}
		packs := e.Packs()
		sum := ledger.DigestOf(packs)
		e.version = hex.EncodeToString(sum[:8])
		e.packs = slices.Concat(packs, is.others, []*rule.Pack{{Pack: "own", Rules: []rule.Rule{ownRule}}})
		for _, p := range e.packs {
			e.rules = append(e.rules, p.Rules...)
		}
		return e
	})
	return is
}

// Follow adds a source of texts. It is called while the program is put together.
func (is *Inspections) Follow(s Source) { is.sources = append(is.sources, s) }

// Know adds a pack of rules whose findings are taken from elsewhere, such as a
// crawler's, so that they have their names, switches and records. It is called while
// the program is put together.
func (is *Inspections) Know(p *rule.Pack) { is.others = append(is.others, p) }

// Spell adds names of the house that are no slips whatever a rule suspects, such as
// those of its columns. It is called while the program is put together.
func (is *Inspections) Spell(terms ...string) { is.terms = append(is.terms, terms...) }

// Warm loads the engine, has it read a line, and reads how the site itself writes, so
// that the first person does not wait for it. It is made to run in the background.
func (is *Inspections) Warm(ctx context.Context) {
	_ = is.db.Read(ctx, func(tx *db.Tx) error { // whoever comes first tries again and says so
		st, err := standingOf(tx)
		if err == nil {
			_, err = is.habits(tx, st)
		}
		return err
	})
	is.engine().Inspect(&rule.File{Texts: []*rule.Text{rule.NewText("document", "为进一步做好政府信息公开工作，现将有关事项通知如下。")}}, engine.Options{})
}

func (is *Inspections) source(subject string) (Source, error) {
	prefix, _, _ := strings.Cut(subject, "/")
	for _, s := range is.sources {
		if s.Prefix() == prefix {
			return s, nil
		}
	}
	return nil, fault.Say(fault.NotFound, sayNoSource)
}

// face is which of a subject's two contents is meant.
type face string

const (
	draft  face = "draft"
	public face = "public"
)

func (p Piece) face() face {
	if p.Public {
		return public
	}
	return draft
}

// Check inspects the content a subject has now and keeps the report. When exactly
// this content was inspected with today's rules the kept report is returned. It
// must not be called inside a transaction. It fails with NotFound for a subject
// nobody knows, and with Forbidden without identity.InspectionRead in its unit.
func (is *Inspections) Check(ctx context.Context, by identity.Actor, subject string) (Report, error) {
	return is.check(ctx, by, subject, false)
}

// CheckShown is Check for what the public sees, whatever is being worked on.
func (is *Inspections) CheckShown(ctx context.Context, by identity.Actor, subject string) (Report, error) {
	return is.check(ctx, by, subject, true)
}

func (is *Inspections) check(ctx context.Context, by identity.Actor, subject string, shown bool) (Report, error) {
	src, err := is.source(subject)
	if err != nil {
		return Report{}, err
	}
	if err := is.begin(ctx); err != nil {
		return Report{}, err
	}
	var (
		p     Piece
		l     *lens
		fresh *Report
	)
	err = is.db.Read(ctx, func(tx *db.Tx) error {
		fresh = nil
		load := src.Current
		if shown {
			load = src.Shown
		}
		if p, err = load(tx, subject); err != nil {
			return err
		}
		if err := by.Check(identity.InspectionRead, p.Unit); err != nil {
			return err
		}
		if l, err = is.lens(tx, p.Unit); err != nil {
			return err
		}
		all, err := reportsOf(tx, subject)
		if err != nil {
			return err
		}
		for _, k := range all {
			if k.face == draft && p.Public && !shown {
				fresh = nil
				break
			}
			if k.face == p.face() && k.Digest == p.Digest && k.Rules == l.version && !p.Pending {
				r, err := withStanding(tx, k)
				if err != nil {
					return err
				}
				if !slices.ContainsFunc(r.Findings, Finding.lapsed) { // or else it is inspected anew, which puts the end of the exception down
					fresh = &r
				}
			}
		}
		return nil
	})
	if err != nil {
		return Report{}, err
	}
	if fresh != nil {
		return *fresh, nil
	}
	found, err := is.inspect(ctx, l, p.File)
	if err != nil {
		return Report{}, err
	}
	var r Report
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		if p.Public && !shown { // nothing is being worked on any more
			if err := forget(tx, subject, draft); err != nil {
				return err
			}
		}
		r, _, err = is.keep(tx, p, l, found)
		return err
	})
	return r, err
}

// Take keeps what was found somewhere that no source knows, such as a page of a
// site that was crawled. The findings are those of p.Subject as a whole: what was
// found there before and is not among them has vanished. It fails with Forbidden
// without identity.InspectionSettle in the unit, with Invalid without a subject or
// unit.
func (is *Inspections) Take(ctx context.Context, by identity.Actor, p Piece, found []rule.Finding) (Report, error) {
	if err := by.Check(identity.InspectionSettle, p.Unit); err != nil {
		return Report{}, err
	}
	if prefix, id, ok := strings.Cut(p.Subject, "/"); !ok || prefix == "" || id == "" || p.Unit == "" {
		return Report{}, fault.Say(fault.Invalid, sayBadCrawl)
	}
	if err := is.begin(ctx); err != nil {
		return Report{}, err
	}
	if p.File == nil {
		p.File = &rule.File{Name: p.Subject}
	}
	var r Report
	err := is.db.Write(ctx, func(tx *db.Tx) error {
		l, err := is.lens(tx, p.Unit)
		if err != nil {
			return err
		}
		r, _, err = is.keep(tx, p, l, marked(is.secret, p.File, l.sift(p.File, found)))
		return err
	})
	return r, err
}

// Look inspects a text that somebody is writing for a unit and keeps nothing. What
// the unit switched off, keeps as its words or has excepted is left out; f.Name is
// the subject, for the exceptions that hold for it alone. The findings are as the
// engine gave them. It fails with NotFound for an unknown unit.
func (is *Inspections) Look(ctx context.Context, unit org.ID, f *rule.File) ([]rule.Finding, error) {
	if err := is.begin(ctx); err != nil {
		return nil, err
	}
	var (
		l   *lens
		let []Exception
	)
	err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
		if l, err = is.lens(tx, unit); err != nil {
			return err
		}
		let, err = placeExceptions(tx, f.Name, today(tx))
		return err
	})
	if err != nil {
		return nil, err
	}
	raw, err := l.run(ctx, is.engine(), f)
	if err != nil {
		return nil, err
	}
	found := l.sift(f, raw)
	if len(let) == 0 && len(l.exceptions) == 0 {
		return found, nil
	}
	all := marked(is.secret, f, found)
	left := found[:0]
	for i, s := range all {
		if l.excepted(s, let) == nil {
			left = append(left, found[i])
		}
	}
	return left, nil
}

// inspect runs the engine over a file as a unit has it. It fails when ctx ends.
func (is *Inspections) inspect(ctx context.Context, l *lens, f *rule.File) ([]seen, error) {
	raw, err := l.run(ctx, is.engine(), f)
	if err != nil {
		return nil, err
	}
	return marked(is.secret, f, l.sift(f, raw)), nil
}

// begin makes sure that there is a secret and that the engine is the one the
// records name. It costs a query when all is well.
func (is *Inspections) begin(ctx context.Context) error {
	version := is.engine().version
	var s standing
	err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = standingOf(tx)
		return err
	})
	if errors.Is(err, fault.NotFound) || err == nil && s.engine != version {
		err = is.db.Write(ctx, func(tx *db.Tx) (err error) {
			s, err = begin(tx, is.seal, version)
			return err
		})
	}
	if err != nil {
		return err
	}
	is.mu.Lock()
	defer is.mu.Unlock()
	if is.secret == nil {
		is.secret, err = is.seal.Open(s.secret)
	}
	return err
}

// today is the day of an act.
func today(tx *db.Tx) workday.Date { return workday.Today(tx.Now) }
