package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/annualreport/checking"
	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
	"gongkai/annualreport/reading"
	"gongkai/document"
	"gongkai/internal/fault"
)

func reportCommands() []command {
	return []command{{"report", "read|check|sum 文件或者目录…", "读取、核对、汇总政府信息公开工作年度报告",
		"  gongkai report read 2024年报.pdf\n  gongkai report check --last 2023年报.docx 2024年报.docx\n  gongkai report sum --json 各单位年报/", runReport}}
}

func runReport(ctx context.Context, sh shell, k *call) error {
	if len(k.args) == 0 || !slices.Contains([]string{"read", "check", "sum"}, k.args[0]) {
		return useError("请给出 read、check 或者 sum，再给出年报文件，如 gongkai report read 年报.pdf")
	}
	if len(k.args) == 1 {
		return useError("请给出年报文件或者目录")
	}
	sources, err := sourcesOf(k.args[1:], isReportName)
	if err != nil {
		return err
	}
	reader, err := k.reader()
	if err != nil {
		return err
	}
	c := &reportCall{call: k, sh: sh, reader: reader, sources: sources, tell: k.progress(sh), prose: k.args[0] != "sum"}
	switch k.args[0] {
	case "read":
		return c.read(ctx)
	case "check":
		return c.check(ctx)
	}
	return c.sum(ctx)
}

// reportCall is one use of the command report.
type reportCall struct {
	*call
	sh      shell
	reader  *document.Reader
	sources []source
	tell    func(what string, done, total int64)
	prose   bool // what the prose claims is wanted
	bad     bool // something failed or was found
}

// isReportName tells which files of a folder can be reports. JSON is read only
// where it is named, because folders hold all kinds of it.
func isReportName(name string) bool {
	return slices.Contains([]string{".txt", ".md", ".htm", ".html", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".rtf", ".odt", ".ods", ".pdf", ".ofd", ".csv"}, strings.ToLower(filepath.Ext(name)))
}

// readReport reads one file of any kind.
func (c *reportCall) readReport(ctx context.Context, s source) (*form.Report, error) {
	data, err := s.load()
	if err != nil {
		return nil, err
	}
	r, err := c.parse(ctx, s, data)
	if r != nil {
		r.File = s.name
	}
	return r, err
}

func (c *reportCall) parse(ctx context.Context, s source, data []byte) (*form.Report, error) {
	switch strings.ToLower(filepath.Ext(s.path)) {
	case ".json":
		return form.ParseReport(bytes.TrimPrefix(data, []byte("\ufeff")))
	case ".csv":
		if r, err := paper.ParseCSV(data); err == nil {
			return r, nil
		}
	}
	kind := document.KindOf(s.name, data)
	plain := kind == document.KindText || kind == document.KindMarkdown
	if plain && utf8.Valid(data) {
		return c.plain(s, string(data)), nil
	}
	d, err := c.reader.Read(ctx, s.name, data)
	if err != nil {
		return nil, err
	}
	p, _ := d.Part(document.PartDocument)
	if plain {
		return c.plain(s, p.Text), nil
	}
	r := reading.Doc(s.name, d)
	c.claims(r, p.Text)
	return r, nil
}

// plain reads a text whose characters are known.
func (c *reportCall) plain(s source, text string) *form.Report {
	r := reading.Text(s.name, text)
	c.claims(r, text)
	return r
}

// claims reads the prose too, but for adding up.
func (c *reportCall) claims(r *form.Report, text string) {
	if r.Form != nil && c.prose {
		reading.Claims(r, text)
	}
}

// reportOrError is what reading a file gave.
type reportOrError struct {
	r   *form.Report
	err error
}

// each reads all files, by all processors, and hands them on in order; files
// that cannot be read are said and handed on as errors.
func (c *reportCall) each(ctx context.Context, what string, work func(*form.Report), each func(source, reportOrError) error) error {
	n := int64(0)
	err := eachFile(ctx, c.sources, func(ctx context.Context, s source) reportOrError {
		r, err := c.readReport(ctx, s)
		if err == nil && r.Form == nil {
			err = fault.Say(fault.Invalid, "没有读到年度报告的表格，请确认文件是政府信息公开工作年度报告")
		}
		if r != nil && r.Form != nil && work != nil {
			work(r)
		}
		return reportOrError{r, err}
	}, func(s source, x reportOrError) error {
		n++
		c.tell(what, n, int64(len(c.sources)))
		if x.err != nil {
			c.bad = true
			c.done(c.sh)
			fmt.Fprintf(c.sh.err, "%s：%s\n", s.name, sayFile(x.err))
		}
		return each(s, x)
	})
	c.done(c.sh)
	return err
}

// end is the exit of a command whose work went through.
func (c *reportCall) end(err error) error {
	if err == nil && c.bad {
		return errFinding
	}
	return err
}

func (c *reportCall) read(ctx context.Context) error {
	return c.end(c.each(ctx, "读取", nil, func(s source, x reportOrError) error { return c.show(s, x, false) }))
}

// pairable is how many files can be held at once to find last year's report of
// the same agency among them.
const pairable = 20_000

func (c *reportCall) check(ctx context.Context) error {
	var last *form.Report
	if name := c.text("last"); name != "" {
		if len(c.sources) != 1 {
			return useError("--last 只能与一个文件一起使用")
		}
		var err error
		if last, err = c.readReport(ctx, source{name, filepath.Base(name)}); err != nil {
			return fault.Say(fault.Invalid, "上一年年报 %s：%s", name, sayFile(err))
		}
		if last.Form == nil {
			return fault.Say(fault.Invalid, "上一年年报 %s 中没有读到年度报告的表格", name)
		}
	}
	if last != nil || len(c.sources) > pairable || len(c.sources) < 2 {
		return c.end(c.each(ctx, "核对", func(r *form.Report) { judge(r, last) }, func(s source, x reportOrError) error { return c.show(s, x, true) }))
	}
	// Several reports: those of one agency in consecutive years are held together.
	type agencyYear struct {
		agency string
		year   int
	}
	all := make([]reportOrError, 0, len(c.sources))
	years := map[agencyYear]*form.Report{}
	if err := c.each(ctx, "核对", nil, func(_ source, x reportOrError) error {
		all = append(all, x)
		if x.err == nil && x.r.Agency != "" && x.r.Year != 0 {
			years[agencyYear{x.r.Agency, x.r.Year}] = x.r
		}
		return nil
	}); err != nil {
		return err
	}
	for i, x := range all {
		if x.err == nil {
			judge(x.r, years[agencyYear{x.r.Agency, x.r.Year - 1}])
		}
		if err := c.show(c.sources[i], x, true); err != nil {
			return err
		}
	}
	return c.end(nil)
}

// judge adds what checking finds to what reading found.
func judge(r, last *form.Report) {
	for _, f := range checking.Check(r, last) {
		if !slices.ContainsFunc(r.Findings, func(g form.Finding) bool { return g.Rule == f.Rule && slices.Equal(g.Cells, f.Cells) }) {
			r.Findings = append(r.Findings, f)
		}
	}
}

// show prints one file: a line of JSON, or the tables for a person.
func (c *reportCall) show(s source, x reportOrError, checked bool) error {
	if x.r != nil && x.r.Form != nil {
		for _, f := range x.r.Findings {
			c.bad = c.bad || checked && f.Severity == form.Error
		}
	}
	switch {
	case c.json && x.r == nil:
		return c.call.show(c.sh, map[string]any{"file": s.name, "error": sayFile(x.err)}, "")
	case c.json:
		b := x.r.AppendJSON(nil)
		if c.yes("places") {
			b = append(b[:len(b)-1], `,"places":`...)
			b = append(x.r.AppendPlaces(b), '}')
		}
		_, err := c.sh.out.Write(append(b, '\n'))
		return err
	case x.r == nil || x.r.Form == nil:
		return nil // said already
	case !checked && len(x.r.Findings) == 0:
		return checking.Tables(c.sh.out, x.r, "", isTerminal(c.sh.out))
	}
	return checking.Terminal(c.sh.out, x.r, x.r.Findings, isTerminal(c.sh.out))
}
