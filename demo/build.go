package demo

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"time"

	"gongkai/annualreport"
	"gongkai/demo/content"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/jobs"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
	"gongkai/review"
)

// Options say how much to build.
type Options struct {
	Years    int                   // 1 to 10; 0 means 3
	Items    int                   // about how many; 0 means 2000
	Progress func(done, total int) // told after each step, may be nil
}

// Deps is the platform that is built in: its pillars over one database that was
// opened with Clock.Now. Files should read in place (document.NewPlainReader):
// what comes is made here.
type Deps struct {
	DB          *db.DB
	Units       *org.Units
	People      *identity.People
	Inspections *inspection.Inspections
	Reviews     *review.Reviews
	Items       *publication.Items
	Files       *document.Files
	Registers   *register.Registers
	Reports     *annualreport.Reports
	Queue       *jobs.Queue // with a handler for publication.LapseJob
	Clock       *Clock
}

// ErrNotEmpty means that the platform already has units.
var ErrNotEmpty = errors.New("demo: the platform is not empty")

// Build makes the district in an empty platform. It fails with [ErrNotEmpty]
// otherwise, and with what an act failed with. When it fails the platform is
// left half built and must be thrown away.
func Build(ctx context.Context, d Deps, o Options) error {
	tree, err := d.Units.Tree(ctx)
	if err != nil {
		return err
	}
	if len(tree.All()) > 0 {
		return ErrNotEmpty
	}
	defer d.Clock.letGo()
	b := &builder{Deps: d, ctx: ctx, content: content.New(content.Options{Years: o.Years, Items: o.Items}),
		actors: map[string]identity.Actor{}, ids: map[string]publication.ItemID{}, out: map[string]time.Time{}, planned: map[string]bool{}}
	d.Clock.to(b.content.From.Time().AddDate(0, 0, -14).Add(9 * time.Hour))
	if err := b.settle(); err != nil {
		return fmt.Errorf("settle the district: %w", err)
	}
	byKey := map[string]*content.Item{}
	for _, it := range b.content.Items {
		byKey[it.Key] = it
	}
	for _, it := range b.content.Items {
		b.planAfter(it, byKey)
	}
	b.calendar()
	b.handOver()
	b.registers()
	b.yearlyReports()
	b.consultations()
	b.inspections()
	if err := b.happen(o.Progress); err != nil {
		return err
	}
	if err := b.views(); err != nil {
		return err
	}
	d.Clock.letGo()
	if err := b.passwords(); err != nil {
		return fmt.Errorf("set passwords: %w", err)
	}
	return nil
}

// happen does every step at its time.
func (b *builder) happen(progress func(done, total int)) error {
	sort.SliceStable(b.steps, func(i, k int) bool { return b.steps[i].at.Before(b.steps[k].at) })
	for i, s := range b.steps {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		b.Clock.to(s.at)
		if err := s.act(); err != nil {
			return fmt.Errorf("%s on %s: %w", s.name, s.at.Format(time.DateOnly), err)
		}
		if progress != nil && (i%100 == 0 || i == len(b.steps)-1) {
			progress(i+1, len(b.steps))
		}
	}
	return nil
}

// planAfter plans an item once what it refers to has been planned.
func (b *builder) planAfter(it *content.Item, byKey map[string]*content.Item) {
	if b.planned[it.Key] {
		return
	}
	b.planned[it.Key] = true
	if b.compiled(it) {
		return
	}
	for _, l := range it.Links {
		b.planAfter(byKey[l.To], byKey)
	}
	b.plan(it)
}

// builder is a building under way.
type builder struct {
	Deps
	ctx      context.Context
	content  *content.District
	accounts *identity.People
	people   []member
	actors   map[string]identity.Actor     // by login
	ids      map[string]publication.ItemID // by key of the content
	out      map[string]time.Time          // key → when it becomes public
	planned  map[string]bool
	steps    []step
}

// step is one act at its time.
type step struct {
	at   time.Time
	name string
	act  func() error
}

func (b *builder) at(t time.Time, name string, act func() error) {
	b.steps = append(b.steps, step{t, name, act})
}

// calendar lets the platform's own daily work happen once a month, as far as it
// changes anything, and once more at the end.
func (b *builder) calendar() {
	for d := b.content.From; d <= b.content.Until; d = d.Add(30) {
		b.at(d.Time().Add(5*time.Minute), "follow the calendar", b.lapse)
	}
	b.at(b.content.Until.Add(1).Time().Add(5*time.Minute), "follow the calendar", b.lapse)
}

func (b *builder) lapse() error { return b.Queue.RunNow(b.ctx, publication.LapseJob) }
