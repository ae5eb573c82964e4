package annualreport_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/annualreport/prose"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
	"gongkai/review"
	"gongkai/workday"
)

var ctx = context.Background()

const (
	government = org.ID("mj")
	office     = org.ID("mj-zfb")
	school     = org.ID("mj-jyj")
	section    = org.ID("mj-jyj-zx") // below the school, does not report itself
	town       = org.ID("mj-qs")
)

// district is a small government that reports on 2025 in March 2026.
type district struct {
	testing.TB
	db      *db.DB
	reports *annualreport.Reports
	items   *publication.Items
	reviews *review.Reviews
	files   *document.Files
	books   *register.Registers
	people  *identity.People
	tally   *tally

	writer, other, whole, boss              identity.Actor // of the school, the town, the government; the office
	first, secrecy, second, final, outsider identity.Actor
}

// tally is a pillar whose counts a test sets; every piece is a line.
type tally struct {
	n map[org.ID]map[annualreport.FactName]int64
}

func (t *tally) Offers() []annualreport.FactName { return annualreport.Registers{}.Offers() }

func (t *tally) Counts(_ *db.Tx, _ org.Scope, year int) (map[org.ID]map[annualreport.FactName]int64, error) {
	if year != 2025 {
		return nil, nil
	}
	return t.n, nil
}

func (t *tally) Lines(_ *db.Tx, unit org.ID, _ int, fact annualreport.FactName, page int) ([]annualreport.Line, int, error) {
	total := int(t.n[unit][fact])
	var lines []annualreport.Line
	for i := (page - 1) * annualreport.PageSize; i < min(total, page*annualreport.PageSize); i++ {
		lines = append(lines, annualreport.Line{Kind: "test", Title: string(fact), Unit: unit, N: 1})
	}
	return lines, total, nil
}

// keep records a unit's year in which everything is counted: 0 but for what is
// given in pairs.
func (t *tally) keep(unit org.ID, counts map[string]int64) {
	t.n[unit] = map[annualreport.FactName]int64{}
	for _, f := range register.FactNames() {
		t.n[unit][annualreport.FactName(f.Name)] = 0
	}
	for name, n := range counts {
		t.n[unit][annualreport.FactName(name)] = n
	}
}

func newDistrict(t testing.TB, d *db.DB) *district {
	t.Helper()
	v := &district{TB: t, db: d, reviews: review.New(d), books: register.New(d), tally: &tally{map[org.ID]map[annualreport.FactName]int64{}}}
	v.files = document.NewFiles(d, blob.Files(t.TempDir()), document.NewPlainReader(limits()))
	v.items = publication.New(d, noTexts{})
	v.reviews.Follow("item", v.items)
	inspections := inspectiontest.Inspections(d, v.items.Inspected(publication.Documents{}))
	v.items.InspectWith(inspections)
	v.reviews.InspectWith(inspections)
	v.reports = annualreport.New(d, v.items, v.files, v.tally)
	units := org.New(d)
	for _, u := range []org.Unit{
		{ID: government, Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府", USCC: "11441700007280420Y", Active: true},
		{ID: office, Parent: government, Kind: org.Office, Name: "明镜区人民政府办公室", Short: "区政府办", Order: 1, Active: true},
		{ID: school, Parent: government, Kind: org.Department, Name: "明镜区教育局", Short: "区教育局", USCC: "11370322004222241N", Order: 2, Active: true,
			Contact: org.Contact{Office: "办公室", Address: "示例市明镜区学府路1号", Phone: "0999-5550101", Postcode: "999901"}},
		{ID: section, Parent: school, Kind: org.Department, Name: "明镜区教育技术中心", Short: "区教技中心", Order: 1, Active: true},
		{ID: town, Parent: government, Kind: org.Town, Name: "明镜区清水镇人民政府", Short: "清水镇", USCC: "11341702486344515H", Order: 3, Active: true},
	} {
		v.must(units.Add(ctx, identity.System("test"), u))
	}
	v.people = identitytest.People(t, d)
	v.writer, v.other, v.whole = v.person(school, identity.Publisher), v.person(town, identity.Publisher), v.person(government, identity.Publisher)
	v.boss, v.outsider = v.person(government, identity.Supervisor), v.person(office, identity.Officer)
	v.first, v.secrecy, v.second, v.final = v.person(government, identity.First), v.person(government, identity.Secrecy), v.person(government, identity.Second), v.person(government, identity.Final)
	return v
}

type noTexts struct{}

func (noTexts) TextOf(*db.Tx, string) (string, error) { return "", nil }

func each(t *testing.T, f func(v *district)) {
	t.Helper()
	schema := db.NewSchema("test", nothing{}, annualreport.Schema, document.Schema)
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) { f(newDistrict(t, d)) })
}

func (v *district) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatalf("%v %v", err, fault.Fields(err))
	}
}

func (v *district) read(f func(tx *db.Tx) error) {
	v.Helper()
	v.must(v.db.Read(ctx, f))
}

func (v *district) person(at org.ID, roles ...identity.Role) identity.Actor {
	v.Helper()
	id := identitytest.Person(v, v.db, at)
	for _, r := range roles {
		v.must(v.people.Grant(ctx, identity.System("test"), id, r, at))
	}
	return identitytest.As(v, v.db, id)
}

// open begins the round of 2025.
func (v *district) open() annualreport.Round {
	v.Helper()
	o, err := v.reports.OpenRound(ctx, v.boss, annualreport.Plan{Unit: government, Year: 2025})
	v.must(err)
	return o
}

func (v *district) report(unit org.ID, k annualreport.Kind) (r annualreport.Report) {
	v.Helper()
	v.read(func(tx *db.Tx) (err error) { r, err = annualreport.ReportOf(tx, unit, 2025, k); return err })
	return r
}

func (v *district) own(unit org.ID) annualreport.ID { return v.report(unit, annualreport.Own).ID }

func (v *district) sheet(id annualreport.ID) (s *annualreport.Sheet) {
	v.Helper()
	v.read(func(tx *db.Tx) (err error) { s, err = v.reports.Sheet(tx, identity.System("test"), id); return err })
	return s
}

func (v *district) figure(id annualreport.ID, cell string) annualreport.Figure {
	v.Helper()
	s := v.sheet(id)
	i, ok := s.Form.Index(cell)
	if !ok {
		v.Fatalf("no cell %s", cell)
	}
	return s.Figures[i]
}

// says checks what a report says in some cells, "?" for unknown.
func (v *district) says(id annualreport.ID, want map[string]string) {
	v.Helper()
	s := v.sheet(id)
	for cell, w := range want {
		i, ok := s.Form.Index(cell)
		if !ok {
			v.Errorf("no cell %s", cell)
			continue
		}
		got := strings.ReplaceAll(s.Printed.Values[i].Print(s.Form.Cells[i].Kind), "？", "?")
		if got != w {
			v.Errorf("%s of %s = %s, want %s", cell, s.Agency, got, w)
		}
	}
}

// send completes a report and hands it in.
func (v *district) send(by identity.Actor, id annualreport.ID) {
	v.Helper()
	v.ready(by, id)
	v.must(v.reports.Submit(ctx, by, id, v.sheet(id).Digest))
}

// ready fills what is unknown by hand, drafts the prose and explains what is hard.
func (v *district) ready(by identity.Actor, id annualreport.ID) {
	v.Helper()
	var zero []annualreport.Correction
	s := v.sheet(id)
	for _, i := range s.Unknown() {
		zero = append(zero, annualreport.Correction{Cell: s.Form.Cells[i].ID, Value: form.Of(0)})
	}
	if len(zero) > 0 {
		v.must(v.reports.Correct(ctx, by, id, zero, "本机关没有此类事项"))
	}
	if s.Report.Text == 0 {
		n, err := v.reports.Draft(ctx, by, id, 0)
		v.must(err)
		text := v.sheet(id).Text.Text
		for i, c := range text.Chapters {
			text.Chapters[i].Paras = slices.DeleteFunc(c.Paras, func(p string) bool { return strings.Contains(p, prose.Suggestion) })
		}
		_, err = v.reports.Write(ctx, by, id, n, text, "")
		v.must(err)
	}
	for _, f := range v.sheet(id).Unexplained() {
		v.must(v.reports.Explain(ctx, by, id, f.Key, "经核对情况属实，已在说明中写明"))
	}
}

func (v *district) accept(id annualreport.ID) {
	v.Helper()
	v.must(v.reports.Accept(ctx, v.boss, id, v.sheet(id).Digest, ""))
}

// publish takes a paper through its review.
func (v *district) publish(by identity.Actor, item publication.ItemID) {
	v.Helper()
	var copy publication.Copy
	v.read(func(tx *db.Tx) (err error) { copy, err = publication.CopyOf(tx, item); return err })
	s, err := v.items.Submit(ctx, by, item, copy.Rev)
	v.must(err)
	for i, who := range []identity.Actor{v.first, v.secrecy, v.second, v.final} {
		_, err := v.reviews.Sign(ctx, who, s.ID, review.View{Level: i, Digest: s.Digest}, "")
		v.must(err)
	}
	var c review.Clearance
	v.read(func(tx *db.Tx) (err error) { c, err = review.ClearanceOf(tx, item.Subject()); return err })
	v.must(v.items.Publish(ctx, by, item, c))
}

func (v *district) state(id annualreport.ID, want annualreport.State) {
	v.Helper()
	v.read(func(tx *db.Tx) error {
		r, err := annualreport.Get(tx, id)
		if r.State != want {
			v.Errorf("state of %s %s = %s, want %s", r.Unit, r.Kind, r.State, want)
		}
		return err
	})
}

// verify checks that the ledger agrees with the records.
func (v *district) verify() {
	v.Helper()
	v.read(func(tx *db.Tx) error {
		rep, err := ledger.Verify(tx, org.Keeper, review.SubmissionKeeper, review.ChainKeeper, publication.Keeper, publication.TransferKeeper,
			identity.Keeper, document.Keeper, annualreport.ReportKeeper, annualreport.RoundKeeper, annualreport.PastKeeper)
		if err != nil {
			return err
		}
		if !rep.OK() {
			v.Errorf("the ledger does not agree with the records: %+v", rep)
		}
		return nil
	})
}

// refused checks the kind of a refusal and that it has a sentence.
func (v *district) refused(what string, err error, kind fault.Kind) {
	v.Helper()
	if !errors.Is(err, kind) {
		v.Errorf("%s: err = %v %v, want %s", what, err, fault.Fields(err), kind)
	}
	if fault.Sentence(err) == "" {
		v.Errorf("%s: the refusal %v has no sentence for the person", what, err)
	}
}

func (v *district) clock() *dbtest.FakeClock { return dbtest.Clock(v.db) }

func (v *district) on(day workday.Date) { v.clock().Set(day.Start().Add(9 * time.Hour)) }

func day(s string) workday.Date { return workday.MustParse(s) }

// limits keep the compiled PDF engine between runs.
func limits() document.Limits {
	l := document.DefaultLimits
	l.CacheDir = filepath.Join(os.TempDir(), "gongkai-pdf-cache")
	return l
}

// everyYear counts the same in every year.
type everyYear struct{ *tally }

func (t everyYear) Counts(tx *db.Tx, s org.Scope, _ int) (map[org.ID]map[annualreport.FactName]int64, error) {
	return t.tally.Counts(tx, s, 2025)
}

// content is the working copy of an item.
func (v *district) content(item publication.ItemID) publication.Content {
	v.Helper()
	var c publication.Copy
	v.read(func(tx *db.Tx) (err error) { c, err = publication.CopyOf(tx, item); return err })
	return c.Content
}

func fileDigest(s string) blob.Digest { return blob.Digest(s) }
