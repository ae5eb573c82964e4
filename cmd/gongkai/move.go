package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

func moveCommands() []command {
	return []command{{"import", "文件或者目录…", "导入在别处已经公开的文件，如历年政府信息公开年报",
		"  gongkai import --data data --from 原门户网站 年报2020.docx 年报2021.pdf\n  gongkai import --data data --unit mj-jyj --column c01 政策文件/", runImport}}
}

// imported is what became of one file.
type imported struct {
	File  string             `json:"file"`
	Item  publication.ItemID `json:"item,omitempty"`
	Unit  org.ID             `json:"unit,omitempty"`
	Title string             `json:"title,omitempty"`
	Index string             `json:"index,omitempty"`
	Error string             `json:"error,omitempty"`
}

func runImport(ctx context.Context, sh shell, k *call) error {
	if len(k.args) == 0 {
		return useError("请给出要导入的文件或者目录")
	}
	for _, a := range k.args {
		if _, err := os.Stat(a); err != nil {
			return fault.Say(fault.NotFound, "找不到 %s", a)
		}
	}
	sources, err := sourcesOf(k.args, func(string) bool { return true })
	if err != nil {
		return err
	}
	h, err := open(ctx, sh, k.config, dbOptions{})
	if err != nil {
		return err
	}
	defer h.close()
	tell, failed := k.progress(sh), 0
	for i, s := range sources {
		path := s.path
		tell("导入", int64(i), int64(len(sources)))
		r := h.importFile(ctx, k, path)
		if r.Error != "" {
			failed++
			fmt.Fprintf(sh.err, "%s：%s\n", path, r.Error)
		}
		if k.json {
			if err := k.show(sh, r, ""); err != nil {
				return err
			}
		} else if r.Error == "" {
			fmt.Fprintf(sh.out, "%s → %s《%s》%s /info/%s\n", path, r.Unit, r.Title, r.Index, r.Item)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	k.done(sh)
	if failed > 0 {
		fmt.Fprintf(sh.err, "共%d个文件，%d个没有导入\n", len(sources), failed)
		return errFinding
	}
	return nil
}

// importFile takes over one file; one that fails does not stop the others.
func (h *house) importFile(ctx context.Context, k *call, path string) imported {
	r := imported{File: filepath.Base(path)}
	err := h.takeOver(ctx, k, path, &r)
	if err != nil {
		if r.Error = fault.Sentence(err); r.Error == "" {
			r.Error = "导入失败：" + err.Error()
		}
	}
	return r
}

func (h *house) takeOver(ctx context.Context, k *call, path string, r *imported) error {
	by := identity.System("import")
	f, err := os.Open(path)
	if err != nil {
		return fault.Say(fault.NotFound, "打不开这个文件")
	}
	defer f.Close()
	file, doc, err := h.files.Import(ctx, by, filepath.Base(path), f)
	if err != nil {
		return err
	}
	c, since := contentOf(doc, filepath.Base(path))
	c.Files = []publication.File{{Digest: string(file.Digest), Name: filepath.Base(path), Size: file.Size, Kind: string(file.Kind)}}
	if col := publication.Column(k.text("column")); col != "" {
		if _, ok := publication.ColumnOf(col); !ok {
			return fault.Say(fault.Invalid, "没有栏目 %s", col)
		}
		c.Column = col
	}
	if file.State != document.Readable {
		c.Body = "<p>本条信息以附件形式公开，请下载附件查看。</p>"
	}
	if c.Issuer == "" && c.Kind == publication.Report {
		c.Issuer = compiler(document.Text(c.Body), c.Title)
		c.Source = c.Issuer
	}
	unit, err := h.unitFor(ctx, by, k, c.Issuer)
	if err != nil {
		return err
	}
	if c.Issuer == "" {
		c.Issuer = unit.Name
	}
	if since.IsZero() || since.After(h.now()) {
		since = h.now()
	}
	from := k.text("from")
	if from == "" {
		from = filepath.Base(path)
	}
	id, err := h.items.Adopt(ctx, by, publication.Moved{Unit: unit.ID, Content: c, Since: since, From: from})
	if err != nil {
		return err
	}
	r.Item, r.Unit, r.Title = id, unit.ID, c.Title
	row, err := h.row(ctx, id)
	r.Index = string(row.IndexNo)
	return err
}

// compiledBy is how a report says who made it: 由…（以下简称…）…编制.
var compiledBy = regexp.MustCompile(`由([\p{Han}]{2,30}?(?:人民政府(?:办公室)?|办事处|委员会|局|办公室|中心|厅)(?:（[\p{Han}]{1,12}(?:街道|镇|乡)）)?)[^。]{0,30}?编制`)

// compiler finds the unit of an annual report that bears no issuer: in the
// sentence that says who compiled it, or before the year in its title.
func compiler(plain, title string) string {
	tidy := strings.NewReplacer(" ", "", "\n", "", "(", "（", ")", "）")
	if m := compiledBy.FindStringSubmatch(tidy.Replace(plain)); m != nil {
		return m[1]
	}
	if i := strings.Index(title, "20"); i > 0 {
		return tidy.Replace(title[:i])
	}
	return ""
}

var annualTitle = regexp.MustCompile(`(20\d\d)年(?:度)?.*(?:信息公开|政务公开).*(?:报告|年报)`)

// shownOn is a line that says when a page was published.
var shownOn = regexp.MustCompile(`(?:发布日期|发布时间|生成日期)\s*[:：]?\s*(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})`)

// contentOf makes the content of what a file says about itself, and when it
// became public.
func contentOf(d document.Doc, name string) (publication.Content, time.Time) {
	p := document.Elements(d)
	c := publication.Content{
		Title: p.Title.Value, Kind: publication.Other, Column: "c15", Issuer: p.Issuer.Value, DocNo: p.DocNo.Value,
		Openness: review.Openness{Attribute: review.Open}, Body: d.HTML(), Source: p.Issuer.Value,
	}
	if c.Title == "" {
		c.Title = strings.TrimSuffix(name, filepath.Ext(name))
	}
	c.Made, _ = workday.ParseDate(p.Date.Value)
	plain := document.Text(c.Body)
	var since workday.Date
	if m := shownOn.FindStringSubmatch(plain); m != nil {
		since, _ = workday.ParseDate(fmt.Sprintf("%s-%02s-%02s", m[1], m[2], m[3]))
	}
	if m := annualTitle.FindStringSubmatch(c.Title); m != nil {
		c.Kind, c.Column = publication.Report, publication.ReportColumn
		if since.IsZero() { // the statutory last day of publication (article 49)
			year := 0
			fmt.Sscan(m[1], &year)
			since = workday.New(year+1, 1, 31)
		}
	} else if c.DocNo != "" {
		c.Kind, c.Column = publication.Policy, "c01"
	}
	if since.IsZero() {
		since = c.Made
	}
	if c.Made.IsZero() {
		c.Made = since
	}
	var at time.Time
	if !since.IsZero() {
		at = since.Start().Add(9 * time.Hour)
	}
	return c, at
}

// unitFor finds the unit of an import: the one asked for, or the one the text
// names, which is made when it is not there yet.
func (h *house) unitFor(ctx context.Context, by identity.Actor, k *call, name string) (org.Unit, error) {
	t, err := h.units.Tree(ctx)
	if err != nil {
		return org.Unit{}, err
	}
	if id := org.ID(k.text("unit")); id != "" {
		return t.Get(id)
	}
	if name == "" {
		return org.Unit{}, fault.Say(fault.Invalid, "文件中没有认出发布机关，请用 --unit 指定归入的机构")
	}
	if u, ok := t.ByName(name); ok {
		return u, nil
	}
	u := org.Unit{
		ID: slug(t, name), Parent: org.ID(k.text("parent")), Kind: unitKind(name), Name: name, Short: shorter(name), Active: true,
		Order: len(t.All()) + 1, IndexTemplate: "{unit}/{yyyy}-{serial:5}",
	}
	return u, h.units.Add(ctx, by, u)
}

func unitKind(name string) org.Kind {
	switch {
	case strings.HasSuffix(name, "办公室") && strings.Contains(name, "人民政府"):
		return org.Office
	case strings.HasSuffix(name, "镇人民政府"), strings.HasSuffix(name, "乡人民政府"), strings.HasSuffix(name, "街道办事处"):
		return org.Town
	case strings.HasSuffix(name, "人民政府"):
		return org.Government
	}
	return org.Department
}

func shorter(name string) string {
	if utf8.RuneCountInString(name) > 20 {
		return string([]rune(name)[:20])
	}
	return name
}

// slug makes a unit's short word from the initials of its name.
func slug(t *org.Tree, name string) org.ID {
	args := pinyin.NewArgs()
	args.Style = pinyin.FirstLetter
	var b strings.Builder
	for _, s := range pinyin.LazyPinyin(name, args) {
		b.WriteString(s)
	}
	base := b.String()
	if base == "" || base[0] < 'a' || base[0] > 'z' {
		base = "u" + base
	}
	base = base[:min(len(base), 24)]
	for n := 1; ; n++ {
		id := org.ID(base)
		if n > 1 {
			id = org.ID(fmt.Sprintf("%s-%d", base, n))
		}
		if _, err := t.Get(id); errors.Is(err, fault.NotFound) {
			return id
		}
	}
}
