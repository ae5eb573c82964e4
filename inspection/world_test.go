package inspection_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/inspectiontest"
	"gongkai/inspection/privacy"
	"gongkai/inspection/rule"
	"gongkai/inspection/secrecy"
	"gongkai/inspection/writing"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

var ctx = context.Background()

// world is a small government whose texts stand in memory.
type world struct {
	testing.TB
	db    *db.DB
	is    *inspection.Inspections
	texts *shelf

	writer, secrecy, office, other identity.Actor
}

// shelf is a source of texts that tests write on.
type shelf struct {
	prefix string
	pieces map[string]*text // by subject
	loads  atomic.Int64
	broken map[string]error
	onList func(after string)
}

type text struct {
	unit          org.ID
	draft, public string
	pending       bool
	authors       []identity.ID
}

func (s *shelf) Prefix() string { return s.prefix }

func (s *shelf) Published(_ *db.Tx, after string, n int) ([]inspection.Listed, error) {
	if s.onList != nil {
		s.onList(after)
	}
	var all []inspection.Listed
	for subject, t := range s.pieces {
		if t.public != "" && subject > after {
			all = append(all, inspection.Listed{Subject: subject, Unit: t.unit, Digest: ledger.DigestOf(t.public), Title: title(subject), Address: "/info/" + subject})
		}
	}
	slices.SortFunc(all, func(a, b inspection.Listed) int { return strings.Compare(a.Subject, b.Subject) })
	return all[:min(n, len(all))], nil
}

func (s *shelf) Shown(_ *db.Tx, subject string) (inspection.Piece, error) {
	if err := s.broken[subject]; err != nil {
		return inspection.Piece{}, err
	}
	t := s.pieces[subject]
	if t == nil || t.public == "" {
		return inspection.Piece{}, fault.Say(fault.NotFound, "没有公开")
	}
	return s.piece(subject, t, t.public, true), nil
}

func (s *shelf) Current(tx *db.Tx, subject string) (inspection.Piece, error) {
	t := s.pieces[subject]
	if t == nil || t.draft == "" {
		return s.Shown(tx, subject)
	}
	return s.piece(subject, t, t.draft, false), nil
}

// Written makes it an inspection.Writer.
func (s *shelf) Written(tx *db.Tx, after string, n int) (all []inspection.Written, _ error) {
	list, err := s.Published(tx, after, n)
	for _, l := range list {
		all = append(all, inspection.Written{Subject: l.Subject, Text: s.pieces[l.Subject].public})
	}
	return all, err
}

func (s *shelf) piece(subject string, t *text, body string, public bool) inspection.Piece {
	s.loads.Add(1)
	p := inspection.Piece{Subject: subject, Unit: t.unit, Title: title(subject), Digest: ledger.DigestOf(body), Public: public,
		Pending: t.pending, Authors: t.authors,
		File: &rule.File{Name: subject, Texts: []*rule.Text{rule.NewText(document.PartDocument, body)}}}
	if public {
		p.Address = "/info/" + subject
	}
	return p
}

func title(subject string) string { return "关于" + subject + "的公示" }

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{TB: t, db: d, texts: &shelf{prefix: "item", pieces: map[string]*text{}, broken: map[string]error{}}}
	units := org.New(d)
	for _, u := range []org.Unit{
		{ID: "mj", Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府", USCC: "11441700007280420Y", Active: true,
			Leaders: []org.Leader{{Name: "方明远", Post: "区长"}}},
		{ID: "mj-jyj", Parent: "mj", Kind: org.Department, Name: "明镜区教育局", Short: "区教育局", Code: "明教发、明教函", USCC: "11370322004222241N", Order: 1, Active: true},
		{ID: "mj-qs", Parent: "mj", Kind: org.Town, Name: "明镜区清水镇人民政府", Short: "清水镇", USCC: "11341702486344515H", Order: 2, Active: true},
	} {
		w.must(units.Add(ctx, identity.System("test"), u))
	}
	w.writer = identitytest.Actor(t, d, "mj-jyj", identity.Publisher)
	w.other = identitytest.Actor(t, d, "mj-qs", identity.Publisher)
	w.secrecy = identitytest.Actor(t, d, "mj", identity.Secrecy)
	w.office = identitytest.Actor(t, d, "mj", identity.Supervisor)
	w.is = w.open()
	return w
}

// open is another process on the same records.
func (w *world) open() *inspection.Inspections {
	is := inspection.New(w.db, identitytest.Plain{}, func() *engine.Engine {
		return engine.New(privacy.New(), secrecy.New(), writing.New())
	})
	is.Follow(w.texts)
	return is
}

func each(t *testing.T, f func(w *world)) {
	t.Helper()
	dbtest.Each(t, inspection.Schema, func(t *testing.T, d *db.DB) { f(newWorld(t, d)) })
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) read(f func(tx *db.Tx) error) {
	w.Helper()
	w.must(w.db.Read(ctx, f))
}

// write puts a text of the education bureau on the shelf as a draft.
func (w *world) write(subject, body string) {
	t := w.texts.pieces[subject]
	if t == nil {
		t = &text{unit: "mj-jyj"}
		w.texts.pieces[subject] = t
	}
	t.draft = body
}

// publish makes a text what the public sees.
func (w *world) publish(subject, body string) {
	w.write(subject, body)
	t := w.texts.pieces[subject]
	t.public, t.draft = body, ""
}

func (w *world) check(subject string) inspection.Report {
	w.Helper()
	r, err := w.is.Check(ctx, w.writer, subject)
	w.must(err)
	return r
}

func (w *world) sweep() inspection.Sweep {
	w.Helper()
	s, err := w.is.Sweep(ctx)
	w.must(err)
	return s
}

// only returns the one finding of a subject under a rule.
func (w *world) only(subject, code string) (f inspection.Finding) {
	w.Helper()
	var all []inspection.Finding
	w.read(func(tx *db.Tx) (err error) {
		all, _, err = inspection.List(tx, inspection.Filter{Units: org.Everything(), Subject: subject, Rule: code, Where: inspection.Anywhere})
		return err
	})
	if len(all) != 1 {
		w.Fatalf("findings of %s in %s: %d, want 1: %+v", code, subject, len(all), all)
	}
	return all[0]
}

func (w *world) state(id inspection.ID) (s inspection.State) {
	w.Helper()
	w.read(func(tx *db.Tx) error {
		f, err := inspection.Get(tx, id)
		s = f.State
		return err
	})
	return s
}

func (w *world) wantState(what string, id inspection.ID, want inspection.State) {
	w.Helper()
	if got := w.state(id); got != want {
		w.Errorf("%s: state %s, want %s", what, got, want)
	}
}

func (w *world) require(subject, body string) (err error) {
	w.Helper()
	_ = w.db.Read(ctx, func(tx *db.Tx) error {
		err = inspection.Require(tx, subject, ledger.DigestOf(body))
		return nil
	})
	return err
}

// refused checks the kind of a refusal and that it tells the person something.
func (w *world) refused(what string, err error, kind fault.Kind) {
	w.Helper()
	said := fault.Sentence(err)
	for _, p := range fault.Fields(err) {
		said += p.Say
	}
	if !errors.Is(err, kind) || said == "" {
		w.Errorf("%s: err = %v, want %s with a sentence", what, err, kind)
	}
}

// verify checks that the ledger agrees with the records.
func (w *world) verify() {
	w.Helper()
	w.read(func(tx *db.Tx) error {
		rep, err := ledger.Verify(tx, org.Keeper, identity.Keeper, document.Keeper, inspection.StepKeeper, inspection.ExceptionKeeper,
			inspection.SwitchKeeper, inspection.WordKeeper)
		if err != nil {
			return err
		}
		if !rep.OK() {
			w.Errorf("the ledger does not agree with the records: %+v", rep)
		}
		return nil
	})
}

func (w *world) today() (d workday.Date) {
	w.read(func(tx *db.Tx) error { d = workday.Today(tx.Now); return nil })
	return d
}

func (w *world) days(n int) { dbtest.Clock(w.db).Add(time.Duration(n) * 24 * time.Hour) }

// The texts of tests: one with a number nobody has, one with a slip, one clean.
var (
	number = inspectiontest.Identity(7)
	leak   = "经审核，拟资助的申请人为王小明，公民身份号码" + number + "，现予公示。"
	slip   = "各镇人民政府，，街道办事处要做好有关工作。"
	clean  = "现将有关事项公示如下，公示期为五个工作日。"
)
