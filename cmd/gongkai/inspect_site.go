package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongkai/inspection/engine"
	"gongkai/inspection/privacy"
	"gongkai/inspection/rule"
	"gongkai/inspection/site"
	"gongkai/internal/fault"
)

// siteFlags are the flags for inspecting a website.
func siteFlags(fs *flag.FlagSet) {
	fs.String("state", "", "检查网站：记录进度的文件，中断后用它继续，下次只检查有变化的网页")
	fs.Int("pages", 0, "检查网站：最多检查多少个网址；不填为100000")
	fs.Duration("delay", 500*time.Millisecond, "检查网站：对同一主机两次请求的间隔")
	fs.Duration("time", 0, "检查网站：最长用时，如 2h；不填不限")
	fs.Bool("external", false, "检查网站：同时检查外部链接能否打开")
}

func isAddress(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// inspectSite walks over a website and prints every page with findings; with
// --json every page. What was found in all stands on standard error at the end.
func (k *call) inspectSite(ctx context.Context, sh shell, e *engine.Engine, o engine.Options) error {
	if !slices.ContainsFunc(k.args, isAddress) || slices.ContainsFunc(k.args, func(a string) bool { return !isAddress(a) }) {
		return useError("网址和文件请分开检查")
	}
	delay, err := time.ParseDuration(k.text("delay"))
	if err != nil || delay < 0 {
		return useError("--delay 请写成 500ms、1s 这样的时间")
	}
	if delay == 0 {
		delay = -1
	}
	limit, err := time.ParseDuration(k.text("time"))
	if err != nil || limit < 0 {
		return useError("--time 请写成 30m、2h 这样的时间")
	}
	if k.number("pages") < 0 {
		return useError("--pages 请写正整数")
	}
	reader, err := k.reader()
	if err != nil {
		return err
	}
	state := k.text("state")
	if state == "" {
		dir, err := os.MkdirTemp("", "gongkai-inspect-")
		if err != nil {
			return fmt.Errorf("make a place for the state: %w", err)
		}
		defer os.RemoveAll(dir)
		state = filepath.Join(dir, "state")
	}
	journal, err := site.OpenJournal(state)
	if err != nil {
		return err
	}
	tell, bad := k.progress(sh), false
	report, err := site.Run(ctx, site.Options{
		Start: k.args, Pages: k.number("pages"), Delay: delay, Time: limit, External: k.yes("external"), Inside: true, Now: sh.now,
		Reader: reader, Rules: k.rulesName(e),
		Inspect: func(f *rule.File) []rule.Finding {
			f.Kind = k.text("kind")
			return e.Inspect(f, o)
		},
		Progress: func(p site.Progress) { tell("检查网页", int64(p.Visited), int64(p.Known)) },
	}, journal, func(p site.PageResult) error {
		k.done(sh)
		r := inspected{unread: p.Unread}
		for _, f := range p.Findings {
			if wanted(o, f) {
				r.findings = append(r.findings, f)
				bad = bad || f.Severity == rule.Block || f.Severity == rule.Error
			}
		}
		s := source{name: p.URL}
		if k.json {
			_, err := sh.out.Write(inspectLine(s, r))
			return err
		}
		if len(r.findings) == 0 && len(r.unread) == 0 {
			return nil
		}
		for i, f := range r.findings {
			if strings.HasPrefix(f.Rule, "privacy.") {
				r.findings[i].Text = privacy.Masked(f.Text)
			}
		}
		return printFindings(sh.out, s, r)
	})
	k.done(sh)
	err = errors.Join(err, journal.Close())
	if errors.Is(err, context.Canceled) {
		if k.text("state") == "" {
			return fault.Say(fault.Conflict, "已中断。用 --state 文件名 记录进度，中断后可以继续")
		}
		return fault.Say(fault.Conflict, "已中断，进度保存在 %s。再次运行同样的命令即可继续", k.text("state"))
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(sh.err, sayReport(report))
	if bad {
		return errFinding
	}
	return nil
}

// wanted applies to findings of the site what the engine applies to its own.
func wanted(o engine.Options, f rule.Finding) bool {
	if f.Tier == rule.C && !o.Hints || f.Tier != rule.A && o.Certain {
		return false
	}
	return !slices.ContainsFunc(o.Off, func(off string) bool { return f.Rule == off || strings.HasPrefix(f.Rule, off+".") })
}

// rulesName names everything that what is found in a text depends on.
func (k *call) rulesName(e *engine.Engine) string {
	name := []string{version, k.text("kind"), k.text("off"), k.text("hints"), k.text("certain")}
	for _, p := range append(e.Packs(), site.Pack()) {
		name = append(name, p.Pack+" "+p.Version)
	}
	return strings.Join(name, "|")
}

// sayReport sums a run up in a few lines.
func sayReport(r site.Report) string {
	late, blank := 0, 0
	for _, c := range r.Columns {
		if c.Late {
			late++
		}
		if c.Blank {
			blank++
		}
	}
	s := fmt.Sprintf("网页%d个，附件%d个，站内网址%d个", r.Pages, r.Files, r.Links)
	if r.External > 0 {
		s += fmt.Sprintf("，外部网址%d个", r.External)
	}
	s += fmt.Sprintf("；打不开%d个，跳转%d个，打开慢%d个。\n栏目%d个，其中未按期更新%d个，空白%d个。问题共%d处。\n请求%d次，%.1f MB，用时%s",
		r.Dead, r.Moved, r.Slow, len(r.Columns), late, blank, r.Findings, r.Requests, float64(r.Bytes)/(1<<20), r.Took.Round(100*time.Millisecond))
	if r.Unchanged > 0 {
		s += fmt.Sprintf("，没有变化的%d个", r.Unchanged)
	}
	if r.Disallowed > 0 {
		s += fmt.Sprintf("，robots.txt 不让看的%d个", r.Disallowed)
	}
	if !r.Complete {
		s += fmt.Sprintf("。另有%d处链接超出限额，没有检查", r.Beyond)
	}
	return s + "。"
}
