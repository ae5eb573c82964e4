package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"gongkai/internal/db"
	"gongkai/internal/jobs"
	"gongkai/workday"
)

var beijing = workday.Beijing

func smallCommands() []command {
	return []command{
		{"workday", "日期 [+N|-N]", "按国务院节假日安排推算工作日", "  gongkai workday 2026-02-10 +20 --explain", runWorkday},
		{"job", "list | run 类别 [键] | kinds", "查看后台任务，或者立即执行某个任务", "  gongkai job list\n  gongkai job run search.rebuild", runJob},
		{"config", "", "显示正在使用的配置，隐去密码", "  gongkai config --data data", runConfig},
	}
}

func runWorkday(_ context.Context, sh shell, k *call) error {
	if len(k.args) < 1 || len(k.args) > 2 {
		return useError("请给出日期，如 gongkai workday 2026-02-10 +20")
	}
	d, err := workday.ParseDate(k.args[0])
	if err != nil || d.IsZero() {
		return useError("日期“%s”应写成 2026-02-10 的形式", k.args[0])
	}
	n := 0
	if len(k.args) == 2 {
		if n, err = strconv.Atoi(strings.TrimPrefix(k.args[1], "+")); err != nil || n > 10000 || n < -10000 {
			return useError("工作日数“%s”应写成 +20 或者 -5 的形式", k.args[1])
		}
	}
	cal := workday.National()
	work, certain := cal.IsWorkday(d)
	due := d
	if n != 0 {
		due, certain = cal.After(d, n)
	}
	if k.json {
		return k.show(sh, map[string]any{"date": d, "workday": work, "n": n, "result": due, "certain": certain}, "")
	}
	switch {
	case k.yes("explain"):
		fmt.Fprintln(sh.out, cal.Explain(d, n))
	case n == 0 && work:
		fmt.Fprintf(sh.out, "%s %s 工作日\n", d, d.ChineseWeekday())
	case n == 0:
		fmt.Fprintf(sh.out, "%s %s 非工作日\n", d, d.ChineseWeekday())
	default:
		fmt.Fprintf(sh.out, "%s\n", due)
	}
	if !certain {
		fmt.Fprintf(sh.err, "注意：涉及年份的节假日安排尚未发布，结果只按周末推算，不能作为法定期限\n")
	}
	return nil
}

func runJob(ctx context.Context, sh shell, k *call) error {
	if len(k.args) == 0 {
		return useError("请给出 list、kinds 或者 run 类别，用 --help 查看示例")
	}
	h, err := k.openExisting(ctx, sh)
	if err != nil {
		return err
	}
	defer h.close()
	switch {
	case k.args[0] == "kinds" && len(k.args) == 1:
		for _, kind := range h.queue.Kinds() {
			fmt.Fprintln(sh.out, kind)
		}
		return nil
	case k.args[0] == "list" && len(k.args) == 1:
		return h.db.Read(ctx, func(tx *db.Tx) error {
			all, err := jobs.List(tx, jobs.Filter{})
			if err != nil {
				return err
			}
			for _, j := range all {
				if k.json {
					if err := k.show(sh, map[string]any{"id": j.ID, "kind": j.Kind, "key": j.Key, "state": j.State, "due": j.Due, "tries": j.Tries}, ""); err != nil {
						return err
					}
					continue
				}
				fmt.Fprintf(sh.out, "%-22s %-8s %s  %s\n", j.Kind, j.State, j.Due.In(beijing).Format("2006-01-02 15:04"), j.Key)
			}
			return nil
		})
	case k.args[0] == "run" && len(k.args) == 2:
		return h.queue.RunNow(ctx, jobs.Kind(k.args[1]))
	case k.args[0] == "run" && len(k.args) == 3:
		return h.queue.RunOne(ctx, jobs.Kind(k.args[1]), k.args[2])
	}
	return useError("不能识别“%s”，用 --help 查看示例", strings.Join(k.args, " "))
}

func runConfig(_ context.Context, sh shell, k *call) error {
	if err := k.config.check(); err != nil {
		return err
	}
	for _, l := range k.config.lines() {
		fmt.Fprintf(sh.out, "%-14s %s\n", l.name, l.value)
	}
	return nil
}

// line is one line of the configuration in force.
type line struct{ name, usage, value string }

// lines shows the configuration with secrets hidden.
func (c *Config) lines() []line {
	var all []line
	for _, s := range c.settings() {
		v := ""
		if s.text != nil {
			v = *s.text
		} else {
			v = strconv.Itoa(*s.number)
		}
		if s.secret && v != "" {
			v = "（已设置，不显示）"
		}
		all = append(all, line{s.name, s.usage, v})
	}
	return all
}
