package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"gongkai/annualreport/checking"
	"gongkai/annualreport/form"
	"gongkai/annualreport/rollup"
)

// unread is a file that could not be added.
type unread struct {
	File  string `json:"file"`
	Error string `json:"error"`
}

// sum adds all reports up: one result for each year and form among them.
func (c *reportCall) sum(ctx context.Context) error {
	total := rollup.New()
	left := []unread{} // the first of them; all were said as they came
	n := 0
	err := c.each(ctx, "汇总", func(r *form.Report) { judge(r, nil) }, func(s source, x reportOrError) error {
		if x.err != nil {
			if n++; len(left) < rollup.Listed {
				left = append(left, unread{s.name, sayFile(x.err)})
			}
			return nil
		}
		total.Add(x.r)
		return nil
	})
	if err != nil {
		return err
	}
	groups := total.Groups()
	if len(groups) == 0 {
		c.bad = true
		fmt.Fprintln(c.sh.err, "没有可以汇总的年报")
		if c.json {
			return c.end(c.call.show(c.sh, map[string]any{"files": len(c.sources), "reports": 0, "unread": left}, ""))
		}
		return c.end(nil)
	}
	for i, g := range groups {
		if c.json {
			b := sumLine(g, len(c.sources))
			if i == 0 {
				b = appendJSON(append(b, `,"unread":`...), left)
			}
			if _, err := c.sh.out.Write(append(b, '}', '\n')); err != nil {
				return err
			}
			continue
		}
		if err := c.printSum(g); err != nil {
			return err
		}
	}
	if !c.json && n > 0 {
		fmt.Fprintf(c.sh.out, "另有%d个文件没有计入，原因已逐一列出。\n", n)
	}
	return c.end(nil)
}

// sumLine is the JSON of a group but for its closing brace: a report in the
// contract's form, with what stands behind it.
func sumLine(g *rollup.Group, files int) []byte {
	b := g.Report().AppendJSON(nil)
	b = b[:len(b)-1]
	b = strconv.AppendInt(append(b, `,"files":`...), int64(files), 10)
	b = strconv.AppendInt(append(b, `,"reports":`...), int64(g.Reports), 10)
	b = appendJSON(append(b, `,"variant":`...), g.Form.Variant)
	lacking, blank := map[string]int{}, map[string]int{}
	overflow := []string{}
	for i, v := range g.Values {
		if v.Unknown > 0 {
			lacking[g.Form.Cells[i].ID] = v.Unknown
		}
		if v.Blanks > 0 {
			blank[g.Form.Cells[i].ID] = v.Blanks
		}
		if v.Overflow {
			overflow = append(overflow, g.Form.Cells[i].ID)
		}
	}
	for _, x := range []struct {
		name string
		v    any
	}{
		{"lacking", lacking}, {"blank", blank}, {"too_large", overflow},
		{"incomplete_count", g.LackCount}, {"incomplete", orEmpty(g.Lacks)},
		{"conflicting_count", g.ConflictCount}, {"conflicting", orEmpty(g.Conflicts)},
		{"repeated_count", g.RepeatCount}, {"repeated", orEmpty(g.Repeats)},
	} {
		b = appendJSON(append(b, `,"`+x.name+`":`...), x.v)
	}
	return b
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// shown is how many names a list for a person has.
const shown = 20

// printSum shows a group to a person.
func (c *reportCall) printSum(g *rollup.Group) error {
	w := c.sh.out
	r := g.Report()
	year := "年份不明的"
	if g.Year != 0 {
		year = fmt.Sprintf("%d年", g.Year)
	}
	form := g.Form.Source
	if g.Form.Variant != "" {
		form += "，" + g.Form.Variant
	}
	if err := checking.Tables(w, r, fmt.Sprintf("%s年报汇总（%s）：共%d份", year, form, g.Reports), isTerminal(w)); err != nil {
		return err
	}
	var lines []string
	for _, l := range g.Lacks {
		what := append(append([]string{}, l.Missing...), l.Unknown...)
		if len(what) > 3 {
			what = append(what[:3], fmt.Sprintf("等%d处", len(what)))
		}
		lines = append(lines, named(l.File, l.Agency)+"："+strings.Join(what, "、"))
	}
	c.list("数据不全", "份的部分单元格缺失或者不能确认，没有计入汇总", g.LackCount, lines)
	lines = nil
	for _, x := range g.Conflicts {
		lines = append(lines, named(x.File, x.Agency)+"："+strings.Join(x.Rules, "、"))
	}
	c.list("数据矛盾", "份自身不符合勾稽关系，已按公布的数字计入", g.ConflictCount, lines)
	lines = nil
	for _, x := range g.Repeats {
		how := "已计入，请核实是否重复"
		if x.Same {
			how = "与另一份相同，没有重复计入"
		}
		lines = append(lines, named(x.File, x.Agency)+"："+how)
	}
	c.list("重复", "份与另一份是同一机关同一年度", g.RepeatCount, lines)
	return nil
}

func (c *reportCall) list(title, what string, n int, lines []string) {
	if n == 0 {
		return
	}
	fmt.Fprintf(c.sh.out, "%s：%d%s\n", title, n, what)
	for _, l := range lines[:min(len(lines), shown)] {
		fmt.Fprintln(c.sh.out, "  "+l)
	}
	if n > shown {
		fmt.Fprintf(c.sh.out, "  ……其余%d份用 --json 查看\n", n-shown)
	}
}

func named(file, agency string) string {
	if agency == "" {
		return file
	}
	return file + "（" + agency + "）"
}
