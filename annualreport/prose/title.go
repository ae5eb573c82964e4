package prose

import "strings"

// title is what the head of a report says about whose it is.
type title struct {
	text string
	kind reporter
	year int
}

type reporter uint8

const (
	unknownReporter reporter = iota
	governmentReport
	officeReport
	unitReport
)

// titles are the words by which the title of a report is known.
var titles = []string{"政府信息公开工作年度报告", "政府信息公开年度报告", "信息公开工作年度报告", "信息公开工作报告", "信息公开年度报告", "年度报告", "工作报告", "报告", "年报"}

// titleOf finds the title: whose report it is decides whom a sentence may speak
// of. A page may have much before it.
func titleOf(p *prepared) title {
	r := p.runes[:min(len(p.runes), 1500)]
	lines := make([]rune, 0, len(r)+len(r)/8) // as they stand in the file
	for i, c := range r {
		if p.place[i].apart && c != brk {
			lines = append(lines, brk)
		}
		lines = append(lines, c)
	}
	r = lines
	head := string(r)
	var t title
	for k, words := range titles {
		near := head
		if k > 4 { // common words: only where a text begins
			near = string(r[:min(len(r), 240)])
		}
		i := strings.Index(near, words)
		if i < 0 {
			continue
		}
		t.text = lastLine(near[:i])
		if k > 4 && !strings.Contains(t.text, "政府") { // 信息公开年报　发布机构　某县人民政府办公室
			after := []rune(near[i:])
			t.text += string(after[:min(len(after), 44)])
		}
		break
	}
	switch {
	case t.text == "":
		return t
	case strings.Contains(t.text, "政府办公"), strings.Contains(t.text, "府办"):
		t.kind = officeReport
	case strings.Contains(t.text, "人民政府"), ofPlace(t.text):
		t.kind = governmentReport
	default:
		t.kind = unitReport
	}
	t.year = yearOf(r[:min(len(r), 600)])
	return t
}

// lastLine is the line a title stands in, and the one before it if it holds but
// the year.
func lastLine(s string) string {
	lines := strings.Split(s, string(brk))
	last := lines[len(lines)-1]
	if len(lines) > 1 && strings.Trim(last, "0123456789年度政府") == "" {
		last = lines[len(lines)-2] + last
	}
	if r := []rune(last); len(r) > 60 {
		last = string(r[len(r)-60:])
	}
	return last
}

// yearOf finds the year reported on: that of the title, else of the period the
// figures are for, else the first one mentioned.
func yearOf(r []rune) int {
	first, period := 0, 0
	for k := range r {
		y := yearAt(r, k)
		if y == 0 {
			continue
		}
		after := string(r[k+5 : min(len(r), k+17)])
		switch {
		case strings.Contains(after, "信息公开"):
			return y
		case period == 0 && strings.HasPrefix(after, "1月1日"):
			period = y
		case first == 0:
			first = y
		}
	}
	if period > 0 {
		return period
	}
	return first
}

// ofPlace tells whether a title names a place and nobody in it: 示例市2024年政府信息
// 公开工作年度报告.
func ofPlace(title string) bool {
	name, _, _ := strings.Cut(title, "政府信息")
	name = strings.TrimRight(strings.TrimSuffix(name, "政府"), "0123456789年度\n")
	for _, c := range []string{"省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道"} {
		if strings.HasSuffix(name, c) {
			return true
		}
	}
	return false
}

// yearAt returns the year written at i, "2020年", 0 if none is.
func yearAt(r []rune, i int) int {
	if i+4 >= len(r) || r[i] != '2' || r[i+1] != '0' || !digit(r[i+2]) || !digit(r[i+3]) || r[i+4] != '年' || i > 0 && digit(r[i-1]) {
		return 0
	}
	return 2000 + int(r[i+2]-'0')*10 + int(r[i+3]-'0')
}
