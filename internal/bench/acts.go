package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"gongkai/identity"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// plain seals nothing: no second factor is used here.
type plain struct{}

func (plain) Seal(b []byte) ([]byte, error) { return b, nil }
func (plain) Open(b []byte) ([]byte, error) { return b, nil }

type noTexts struct{}

func (noTexts) TextOf(*db.Tx, string) (string, error) { return "", nil }

// office is a small government with enough people to publish.
type office struct {
	db      *db.DB
	items   *publication.Items
	reviews *review.Reviews
	writer  identity.Actor
	signers []identity.Actor
}

// acts measures publishing on both engines, durable on disk.
func (b *bench) acts(ctx context.Context) error {
	fmt.Printf("## Acts\n\nThe whole act of publishing one document of 1,200 characters: clearance spent, version, validity, citations, search index, ledger, jobs; acknowledged when it is on disk.\n\n")
	fmt.Printf("| engine | publish/s, one after the other | p50 | p99 | publish/s, 8 people at once | from draft through four signatures to public, per second |\n|---|---|---|---|---|---|\n")
	engines := []struct{ name, dsn string }{{"SQLite", "sqlite:" + filepath.Join(b.dir, "acts", "gongkai.db")}}
	if base := os.Getenv("GONGKAI_TEST_POSTGRES"); base != "" {
		dsn, err := database(ctx, base)
		if err != nil {
			return err
		}
		engines = append(engines, struct{ name, dsn string }{"PostgreSQL", dsn})
	}
	for _, e := range engines {
		if err := b.engine(ctx, e.name, e.dsn); err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
	}
	fmt.Println()
	return nil
}

// database makes a fresh one on the server and returns its address.
func database(ctx context.Context, base string) (string, error) {
	u, err := url.Parse(base)
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("bench_%d", os.Getpid())
	if err := createDatabase(ctx, base, name); err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

func (b *bench) engine(ctx context.Context, name, dsn string) error {
	d, err := db.Open(ctx, dsn, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Migrate(ctx, publication.Schema); err != nil {
		return err
	}
	o, err := newOffice(ctx, d)
	if err != nil {
		return err
	}
	const n, people = 300, 8
	ready, way, err := o.prepare(ctx, 2*n)
	if err != nil {
		return err
	}
	var each []time.Duration
	begin := time.Now()
	for _, id := range ready[:n] {
		one := time.Now()
		if err := o.publish(ctx, id); err != nil {
			return err
		}
		each = append(each, time.Since(one))
	}
	alone := float64(n) / time.Since(begin).Seconds()

	begin = time.Now()
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed error
	for p := range people {
		wg.Go(func() {
			for i := n + p; i < 2*n; i += people {
				if err := o.publish(ctx, ready[i]); err != nil {
					mu.Lock()
					failed = errors.Join(failed, err)
					mu.Unlock()
					return
				}
			}
		})
	}
	wg.Wait()
	if failed != nil {
		return failed
	}
	together := float64(n) / time.Since(begin).Seconds()
	slices.Sort(each)
	whole := float64(2*n) / (way + time.Duration(float64(2*n)/alone*float64(time.Second))).Seconds()
	fmt.Printf("| %s | %.0f | %.1f ms | %.1f ms | %.0f | %.0f |\n", name, alone,
		float64(each[n/2].Microseconds())/1000, float64(each[n*99/100].Microseconds())/1000, together, whole)
	return nil
}

func newOffice(ctx context.Context, d *db.DB) (*office, error) {
	o := &office{db: d, reviews: review.New(d)}
	o.items = publication.New(d, noTexts{})
	o.reviews.Follow("item", o.items)
	inspections := inspectiontest.Inspections(d, o.items.Inspected(publication.Documents{}))
	o.items.InspectWith(inspections)
	o.reviews.InspectWith(inspections)
	sys := identity.System("bench")
	units := org.New(d)
	for _, u := range []org.Unit{
		{ID: "mj", Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府", USCC: "11441700007280420Y", Active: true},
		{ID: "mj-jyj", Parent: "mj", Kind: org.Department, Name: "明镜区教育局", Short: "区教育局", USCC: "11370322004222241N", Order: 1, Active: true},
	} {
		if err := units.Add(ctx, sys, u); err != nil {
			return nil, err
		}
	}
	people, err := identity.New(d, plain{}, identity.Policy{})
	if err != nil {
		return nil, err
	}
	for _, role := range []identity.Role{identity.Publisher, identity.First, identity.Secrecy, identity.Second, identity.Final} {
		id, _, err := people.Create(ctx, sys, string(role), identity.Details{Name: "示例" + role.Title(), Unit: "mj-jyj"})
		if err != nil {
			return nil, err
		}
		if err := people.Activate(ctx, sys, id); err != nil {
			return nil, err
		}
		if err := people.Grant(ctx, sys, id, role, "mj"); err != nil {
			return nil, err
		}
		var a identity.Actor
		if err := d.Read(ctx, func(tx *db.Tx) error { a, err = identity.ActorOf(tx, id); return err }); err != nil {
			return nil, err
		}
		if role == identity.Publisher {
			o.writer = a
		} else {
			o.signers = append(o.signers, a)
		}
	}
	return o, nil
}

// prepare brings n documents up to the last signature.
func (o *office) prepare(ctx context.Context, n int) (ready []publication.ItemID, took time.Duration, err error) {
	begin := time.Now()
	for i := range n {
		id, err := o.items.Create(ctx, o.writer, "mj-jyj", policy(i))
		if err != nil {
			return nil, 0, err
		}
		s, err := o.items.Submit(ctx, o.writer, id, 1)
		if err != nil {
			return nil, 0, err
		}
		for level, who := range o.signers {
			if _, err := o.reviews.Sign(ctx, who, s.ID, review.View{Level: level, Digest: s.Digest}, ""); err != nil {
				return nil, 0, err
			}
		}
		ready = append(ready, id)
	}
	return ready, time.Since(begin), nil
}

func (o *office) publish(ctx context.Context, id publication.ItemID) error {
	var c review.Clearance
	if err := o.db.Read(ctx, func(tx *db.Tx) (err error) {
		c, err = review.ClearanceOf(tx, id.Subject())
		return err
	}); err != nil {
		return err
	}
	return o.items.Publish(ctx, o.writer, id, c)
}

// policy is a document of about 1,200 characters.
func policy(i int) publication.Content {
	para := "<p>各镇人民政府、街道办事处，区政府各部门：为进一步做好本区义务教育阶段学校招生入学工作，保障适龄儿童、少年依法接受义务教育的权利，根据有关法律法规和上级要求，结合本区实际，现将有关事项通知如下，请认真贯彻执行。</p>"
	return publication.Content{
		Title: fmt.Sprintf("明镜区教育局关于做好第%d批义务教育招生入学工作的通知", i+1), Kind: publication.Policy, Column: "c01", Theme: "11",
		Issuer: "明镜区教育局", DocNo: fmt.Sprintf("明教发〔2026〕%d号", i+1), Made: workday.New(2026, 2, 20), Summary: "招生入学工作的安排",
		Openness: review.Openness{Attribute: review.Open}, Body: strings.Repeat(para, 12),
	}
}
