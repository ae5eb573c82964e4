package inspection_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gongkai/document"
	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
)

// portal is a source of n texts of some 1,200 characters, made when they are asked
// for; every fortieth has a slip.
type portal struct{ n int }

var sentences = []string{
	"为进一步规范行政执法行为，保护公民、法人和其他组织的合法权益，根据有关法律法规，结合本区实际，制定本办法。",
	"各镇人民政府、街道办事处应当明确专人负责，于每季度首月十日前将上季度工作情况报送区政府办公室。",
	"区财政局会同有关部门按照职责分工，对项目资金的使用情况开展监督检查，发现问题及时督促整改。",
	"申请人应当如实提交有关材料，并对申请材料实质内容的真实性负责；材料不齐全的，一次性告知需要补正的全部内容。",
	"到2027年底，全区新建改建公办幼儿园12所，新增学位3600个，普惠性幼儿园覆盖率保持在90%以上。",
	"办公时间为工作日上午九时至十二时、下午一时三十分至五时三十分，咨询电话由区政府总值班室转接。",
}

func (p portal) Prefix() string { return "item" }

func (p portal) digest(i int) ledger.Digest { return ledger.DigestOf(i) }

func (p portal) Published(_ *db.Tx, after string, n int) (all []inspection.Listed, _ error) {
	i := 0
	if after != "" {
		fmt.Sscanf(after, "item/%d", &i)
		i++
	}
	for ; i < p.n && len(all) < n; i++ {
		all = append(all, inspection.Listed{Subject: fmt.Sprintf("item/%08d", i), Unit: "mj-jyj", Digest: p.digest(i)})
	}
	return all, nil
}

func (p portal) Shown(_ *db.Tx, subject string) (inspection.Piece, error) {
	i := 0
	if _, err := fmt.Sscanf(subject, "item/%d", &i); err != nil || i >= p.n {
		return inspection.Piece{}, fault.Say(fault.NotFound, "没有公开")
	}
	var b strings.Builder
	for k := range 24 {
		fmt.Fprintf(&b, "第%d条　%s\n", k+1, sentences[(i*7+k*5+k*k)%len(sentences)])
	}
	if i%40 == 0 {
		b.WriteString("各有关单位要高度重视，，抓好落实。\n")
	}
	return inspection.Piece{Subject: subject, Unit: "mj-jyj", Title: fmt.Sprintf("关于第%d号事项的通知", i), Digest: p.digest(i), Public: true, Address: "/info/" + subject,
		File: &rule.File{Name: subject, Texts: []*rule.Text{rule.NewText(document.PartDocument, b.String())}}}, nil
}

// Written makes it an inspection.Writer.
func (p portal) Written(tx *db.Tx, after string, n int) (all []inspection.Written, _ error) {
	list, err := p.Published(tx, after, n)
	for _, l := range list {
		one, err := p.Shown(tx, l.Subject)
		if err != nil {
			return nil, err
		}
		all = append(all, inspection.Written{Subject: l.Subject, Text: one.File.Texts[0].S + l.Subject})
	}
	return all, err
}

func (p portal) Current(tx *db.Tx, subject string) (inspection.Piece, error) {
	return p.Shown(tx, subject)
}

// BenchmarkSweep inspects a portal of 5,000 texts with every rule, and then again
// when nothing has changed. The figures are texts a second; a portal of 100,000 takes
// twenty times as long, because nothing in a sweep grows with what is behind it.
func BenchmarkSweep(b *testing.B) {
	const n = 5000
	for range b.N {
		d := dbtest.SQLite(b, inspection.Schema)
		w := newWorld(b, d)
		w.is = inspection.New(d, identitytest.Plain{}, func() *engine.Engine { return engine.Standard() })
		w.is.Follow(portal{n})
		w.is.Warm(ctx)
		at := time.Now()
		s := w.sweep()
		first := time.Since(at)
		if s.Inspected != n || s.Found < n/40 {
			b.Fatalf("the sweep: %+v", s)
		}
		at = time.Now()
		if s := w.sweep(); s.Inspected != 0 || s.Listed != n {
			b.Fatalf("the second sweep: %+v", s)
		}
		b.ReportMetric(n/first.Seconds(), "texts/s")
		b.ReportMetric(n/time.Since(at).Seconds(), "unchanged/s")
		b.ReportMetric(0, "ns/op")
	}
}

// BenchmarkCount counts how a site of 100,000 texts of some 1,200 characters writes, and
// reads the counts back as another process does.
func BenchmarkCount(b *testing.B) {
	const n = 100_000
	for range b.N {
		d := dbtest.SQLite(b, inspection.Schema)
		w := newWorld(b, d)
		w.is = inspection.New(d, identitytest.Plain{}, func() *engine.Engine { return engine.New() })
		w.is.Follow(portal{n})
		at := time.Now()
		w.must(w.is.Count(ctx))
		b.ReportMetric(time.Since(at).Seconds(), "s/count")
		at = time.Now()
		w.must(w.is.Count(ctx))
		b.ReportMetric(time.Since(at).Seconds(), "s/unchanged")
		is := inspection.New(d, identitytest.Plain{}, func() *engine.Engine { return engine.New() })
		at = time.Now()
		if _, err := is.Look(ctx, "mj-jyj", &rule.File{Name: "item/new", Texts: []*rule.Text{rule.NewText(document.PartDocument, clean)}}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(at).Milliseconds()), "ms/first-look")
		b.ReportMetric(0, "ns/op")
	}
}

// BenchmarkLook is what a unit's own rules cost while somebody writes, beyond the
// engine itself.
func BenchmarkLook(b *testing.B) {
	d := dbtest.SQLite(b, inspection.Schema)
	w := newWorld(b, d)
	for i := range 200 {
		if _, err := w.is.AddWord(ctx, w.office, inspection.Word{Unit: "mj", Kind: inspection.WrongWord, Word: fmt.Sprintf("错词%d", i), Instead: "正确写法"}); err != nil {
			b.Fatal(err)
		}
	}
	p, _ := portal{1}.Shown(nil, "item/0")
	e := engine.New()
	is := inspection.New(d, identitytest.Plain{}, func() *engine.Engine { return e })
	for b.Loop() {
		if _, err := is.Look(ctx, "mj-jyj", p.File); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLookOnASite is what a page costs while it is written, with every rule and
// what the records add to it: first where nothing was counted, then on a site of 20,000
// texts. A few looks tell how long the memory takes to be warm, some hundreds what
// they cost.
func BenchmarkLookOnASite(b *testing.B) {
	d := dbtest.SQLite(b, inspection.Schema)
	w := newWorld(b, d)
	is := inspection.New(d, identitytest.Plain{}, func() *engine.Engine { return engine.Standard() })
	is.Follow(portal{20_000})
	is.Warm(ctx)
	p, _ := portal{1}.Shown(nil, "item/0")
	page := p.File.Texts[0].S + "本区推行智惠养老。\n"
	one := func(b *testing.B) {
		if _, err := is.Look(ctx, "mj-jyj", &rule.File{Name: "item/0", Texts: []*rule.Text{rule.NewText(document.PartDocument, page)}}); err != nil {
			b.Fatal(err)
		}
	}
	look := func(b *testing.B) {
		one(b) // the counts are read once
		for b.Loop() {
			one(b)
		}
	}
	b.Run("nothing counted", look)
	w.must(is.Count(ctx))
	b.Run("counted", look)
}
