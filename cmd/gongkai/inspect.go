package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"unicode"

	"gongkai/annualreport/inspecting"
	"gongkai/document"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/privacy"
	"gongkai/inspection/rule"
	"gongkai/inspection/site"
)

func inspectCommands() []command {
	return []command{{"inspect", "文件、目录或者网址…", "检查文字、网页、Word、表格、PDF 或者整个网站中不宜公开的内容和差错",
		"  gongkai inspect 公示.docx 名单.xlsx\n  gongkai inspect --json --off typo 待发布/\n" +
			"  gongkai inspect --state 本站.state http://www.example.gov.cn/\n  gongkai inspect --rules", runInspect}}
}

// inspected is what became of one file.
type inspected struct {
	text     map[string][]rune // parts by name, for excerpts
	findings []rule.Finding
	unread   []string
	err      error
}

func runInspect(ctx context.Context, sh shell, k *call) error {
	if sh.env("GOGC") == "" {
		// What the command holds is nearly all the model of the language, which stays:
		// with little garbage beside it a pipeline has room for it everywhere.
		defer debug.SetGCPercent(debug.SetGCPercent(30))
	}
	e := engine.Standard(inspecting.New())
	if k.yes("rules") {
		return k.showRules(sh, e)
	}
	if len(k.args) == 0 {
		return useError("请给出要检查的文件、目录或者网址")
	}
	o := engine.Options{Hints: k.yes("hints"), Certain: k.yes("certain"), Today: sh.now().In(beijing).Format("2006-01-02")}
	if off := k.text("off"); off != "" {
		o.Off = strings.Split(off, ",")
	}
	if err := k.knownKind(); err != nil {
		return err
	}
	if slices.ContainsFunc(k.args, isAddress) {
		return k.inspectSite(ctx, sh, e, o)
	}
	sources, err := sourcesOf(k.args, func(string) bool { return true })
	if err != nil {
		return err
	}
	reader, err := k.reader()
	if err != nil {
		return err
	}
	tell, n, bad := k.progress(sh), int64(0), false
	err = eachFile(ctx, sources, func(ctx context.Context, s source) inspected {
		return inspectFile(ctx, e, reader, s, k.text("kind"), o)
	}, func(s source, r inspected) error {
		n++
		tell("检查", n, int64(len(sources)))
		if r.err != nil {
			bad = true
			k.done(sh)
			fmt.Fprintf(sh.err, "%s：%s\n", s.name, sayFile(r.err))
		}
		for _, f := range r.findings {
			bad = bad || f.Severity == rule.Block || f.Severity == rule.Error
		}
		if k.json {
			_, err := sh.out.Write(inspectLine(s, r))
			return err
		}
		k.done(sh)
		return printFindings(sh.out, s, r)
	})
	k.done(sh)
	if err == nil && bad {
		return errFinding
	}
	return err
}

// knownKind refuses a kind of publication that no profile has.
func (k *call) knownKind() error {
	kind := k.text("kind")
	if kind == "" || slices.ContainsFunc(privacy.Profiles(), func(p privacy.Profile) bool { return p.Kind == kind }) {
		return nil
	}
	var kinds []string
	for _, p := range privacy.Profiles()[1:] {
		kinds = append(kinds, p.Kind+"（"+p.Name+"）")
	}
	return useError("没有公示类别 %s，可用：%s", kind, strings.Join(kinds, "、"))
}

func inspectFile(ctx context.Context, e *engine.Engine, reader *document.Reader, s source, kind string, o engine.Options) (r inspected) {
	data, err := s.load()
	if err != nil {
		return inspected{err: err}
	}
	f, unread, err := engine.Open(ctx, reader, s.name, data)
	if err != nil {
		return inspected{err: err}
	}
	f.Kind = kind
	if r.findings, err = e.InspectUntil(ctx, f, o); err != nil {
		return inspected{err: err}
	}
	r.unread = unread
	if len(r.findings) > 0 {
		r.text = map[string][]rune{}
		for _, t := range f.Texts {
			r.text[t.Part] = []rune(t.S)
		}
	}
	return r
}

// inspectLine is the contract's line for one file.
func inspectLine(s source, r inspected) []byte {
	unread := r.unread
	if r.err != nil {
		unread = []string{sayFile(r.err)}
	}
	return append(engine.AppendLine(nil, s.name, r.findings, unread), '\n')
}

var severityWords = map[rule.Severity]string{rule.Block: "须处理", rule.Error: "差错", rule.Suspect: "疑似", rule.Hint: "提示"}

// printFindings shows the findings of a file to a person, with the place in its
// line. Personal data is masked: what a terminal shows is often copied.
func printFindings(w io.Writer, s source, r inspected) error {
	mark, plain := "【", "】"
	if isTerminal(w) {
		mark, plain = "\x1b[1;31m", "\x1b[0m"
	}
	if len(r.findings) == 0 && len(r.unread) == 0 {
		if r.err == nil {
			fmt.Fprintf(w, "%s：没有发现问题\n", s.name)
		}
		return nil
	}
	fmt.Fprintf(w, "%s：%d处\n", s.name, len(r.findings))
	for _, f := range r.findings {
		before, text, after := excerpt(r.text[f.Part], f)
		fmt.Fprintf(w, "  %s [%s] %s%s%s%s%s\n", place(f), severityWords[f.Severity], before, mark, text, plain, after)
		fmt.Fprintf(w, "      %s（%s，%s）\n", f.Message, f.Rule, f.Source)
		if f.Count > 1 {
			fmt.Fprintf(w, "      同类共%d处\n", f.Count)
		}
		if len(f.Suggest) > 0 {
			fmt.Fprintf(w, "      建议：%s\n", strings.Join(f.Suggest, "；"))
		}
	}
	for _, u := range r.unread {
		fmt.Fprintf(w, "  未检查：%s\n", u)
	}
	return nil
}

// sitePlaces are the parts of a page that are told without an offset.
var sitePlaces = map[string]string{"link": "链接", "page": "网页", document.PartMargin: "页眉页脚"}

func place(f rule.Finding) string {
	var p []string
	if say, ok := sitePlaces[f.Part]; ok {
		return say
	}
	if f.Part != document.PartDocument {
		p = append(p, inspection.PartName(f.Part))
	}
	if f.Page > 0 {
		p = append(p, fmt.Sprintf("第%d页", f.Page))
	}
	if f.Cell != "" {
		p = append(p, f.Cell)
	}
	if len(p) == 0 {
		return fmt.Sprintf("第%d字", f.Start+1)
	}
	return strings.Join(p, " ")
}

// excerpt cuts a dozen characters around a finding out of its line.
func excerpt(text []rune, f rule.Finding) (before, at, after string) {
	const around = 14
	if f.End > len(text) {
		return "", f.Text, ""
	}
	from, to := f.Start, f.End
	for from > 0 && f.Start-from < around && text[from-1] != '\n' {
		from--
	}
	for to < len(text) && to-f.End < around && text[to] != '\n' {
		to++
	}
	before, at, after = string(text[from:f.Start]), string(text[f.Start:f.End]), string(text[f.End:to])
	switch {
	case strings.HasPrefix(f.Rule, "privacy."):
		before, at, after = maskDigits(before), privacy.Masked(at), maskDigits(after)
	case strings.HasPrefix(f.Rule, "unseen."):
		before, at, after = maskDigits(before), maskDigits(at), maskDigits(after)
	}
	return oneLine(before), oneLine(at), oneLine(after)
}

// maskDigits hides digits beside a finding: where one number stands, others do.
func maskDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '*'
		}
		return r
	}, s)
}

func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// showRules lists the rules in use with how they were measured.
func (k *call) showRules(sh shell, e *engine.Engine) error {
	for _, p := range append(e.Packs(), site.Pack()) {
		if !k.json {
			fmt.Fprintf(sh.out, "%s %s（%s）\n", p.Pack, p.Version, p.Date)
		}
		for _, r := range p.Rules {
			if k.json {
				if err := k.show(sh, map[string]any{"rule": r.Code, "tier": r.Tier, "severity": r.Severity, "name": r.Name, "message": r.Message,
					"source": r.Source, "measured": r.Measured, "pack": p.Pack, "version": p.Version}, ""); err != nil {
					return err
				}
				continue
			}
			measured := "未测"
			if m := r.Measured; m != nil {
				measured = fmt.Sprintf("实例%d处，干净文本每百万字%.2f处", m.Found, float64(m.Alarms)*1e6/float64(m.Chars))
			}
			fmt.Fprintf(sh.out, "  %-22s %s %-7s %s（%s）\n", r.Code, r.Tier, r.Severity, r.Name, measured)
		}
	}
	return nil
}
