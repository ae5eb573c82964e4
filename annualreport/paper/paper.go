package paper

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/annualreport/form"
)

// A Paper is one report made ready for publication.
type Paper struct {
	Report   *form.Report
	Title    string    // 示例市明镜区2026年政府信息公开工作年度报告
	Intro    []string  // paragraphs before chapter one
	Chapters []Chapter // those given; the others stand with their statutory titles
	Fixes    []Fix
	Contact  Contact // whom to ask about the report
	Signed   string  // the name under the text; "" for none
	Made     string  // the date under the text as people write it, 2027年1月20日

	// Years are the reports of earlier years, oldest first, for the charts.
	Years []*form.Report
}

// A Chapter is the prose of one of the six chapters. A paragraph that begins with
// （一） opens with a head line: its words up to the first full stop or line end.
type Chapter struct {
	Number int      `json:"number"`
	Title  string   `json:"title"` // without its number; "" for the statutory one
	Paras  []string `json:"paras"`
}

// A Fix is a figure that a person corrected against what was computed.
type Fix struct {
	Cell     int // of the report's form
	Computed form.Value
	Printed  form.Value // what the report states; the value of the cell
	Reason   string
}

// Contact is whom readers of the report may ask.
type Contact struct {
	Office   string `json:"office,omitempty"`
	Address  string `json:"address,omitempty"`
	Postcode string `json:"postcode,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Email    string `json:"email,omitempty"`
}

// titles of the six chapters, the same in both notices.
var titles = [...]string{"总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项"}

// numerals number chapters and, one less, tables.
var numerals = []rune("一二三四五六")

// ChapterTitle is the statutory title of a chapter, 1 to 6, without its number.
func ChapterTitle(number int) string { return titles[number-1] }

// say is the contact as a sentence, "" if there is none.
func (c Contact) say() string {
	var ways []string
	for _, w := range []struct{ name, value string }{{"地址", c.Address}, {"邮政编码", c.Postcode}, {"电话", c.Phone}, {"电子邮箱", c.Email}} {
		if w.value != "" {
			ways = append(ways, w.name+"："+w.value)
		}
	}
	if c.Office == "" && len(ways) == 0 {
		return ""
	}
	s := "如对本报告有疑问，请与" + c.Office + "联系"
	if c.Office == "" {
		s = "如对本报告有疑问，请联系"
	}
	if len(ways) > 0 {
		s += "（" + strings.Join(ways, "；") + "）"
	}
	return s + "。"
}

// A partKind says what a part of the text is.
type partKind uint8

const (
	plainPara partKind = iota
	chapterHead
	sectionHead
	gridPart
	noteHead
	notePara
	signature
)

// A part is one piece of the text below the title, in order. All formats that
// carry the prose are made from the same parts.
type part struct {
	kind partKind
	text string
	grid *Grid
	fix  int // notePara: which correction, from 1
}

// parts is the whole text below the title.
func (p *Paper) parts() []part {
	var out []part
	prose := func(paras []string) {
		for _, para := range paras {
			head, rest := opening(para)
			if head != "" {
				out = append(out, part{kind: sectionHead, text: head})
			}
			for line := range strings.SplitSeq(rest, "\n") {
				if line = tidy(line); line != "" {
					out = append(out, part{text: line})
				}
			}
		}
	}
	prose(p.Intro)
	prose([]string{p.Contact.say()})
	grids := p.Grids()
	for n := 1; n <= len(titles); n++ {
		ch := Chapter{Number: n, Title: titles[n-1]}
		if i := slices.IndexFunc(p.Chapters, func(c Chapter) bool { return c.Number == n }); i >= 0 {
			ch.Paras = p.Chapters[i].Paras
			if t := tidy(p.Chapters[i].Title); t != "" {
				ch.Title = t
			}
		}
		out = append(out, part{kind: chapterHead, text: string(numerals[n-1]) + "、" + ch.Title})
		before := len(out)
		prose(ch.Paras)
		for i := range grids {
			if g := &grids[i]; g.Chapter == n {
				out = append(out, part{kind: gridPart, grid: g})
				out = append(out, p.notes(g)...)
			}
		}
		if len(out) == before {
			out = append(out, part{text: "无。"})
		}
	}
	for _, s := range []string{p.Signed, p.Made} {
		if s = tidy(s); s != "" {
			out = append(out, part{kind: signature, text: s})
		}
	}
	return out
}

// notes list the corrections of a table.
func (p *Paper) notes(g *Grid) []part {
	var out []part
	for i, f := range p.Fixes {
		if f.Cell < 0 || f.Cell >= len(p.Report.Form.Cells) || p.Report.Form.Cells[f.Cell].Table != g.ID {
			continue
		}
		if len(out) == 0 {
			out = append(out, part{kind: noteHead, text: "注：标有" + fixMark + "的数据经人工更正，更正情况如下。"})
		}
		out = append(out, part{kind: notePara, text: p.sayFix(f), fix: i + 1})
	}
	return out
}

// sayFix tells what was corrected and why.
func (p *Paper) sayFix(f Fix) string {
	kind := p.Report.Form.Cells[f.Cell].Kind
	say := func(v form.Value) string {
		switch {
		case v.State == form.Blank:
			return "空白"
		case v.State == form.Unknown:
			return "无法得出"
		case v.Known() && kind == form.Wan:
			return v.Print(kind) + "万元"
		}
		return v.Print(kind)
	}
	s := p.Report.Form.Say(f.Cell) + "，按记录汇总为" + say(f.Computed) + "，更正为" + say(f.Printed) + "。"
	if why := strings.TrimRight(tidy(f.Reason), "。；;. "); why != "" {
		s += "更正理由：" + why + "。"
	}
	return s
}

// longestHead is how long the head line of a paragraph may be, in characters.
const longestHead = 30

// opening takes a paragraph's head line off: （一）主动公开。 and what follows.
func opening(para string) (head, rest string) {
	para = strings.TrimSpace(para)
	if !numbered(para) {
		return "", para
	}
	end := strings.IndexAny(para, "。\n")
	if end < 0 {
		if utf8.RuneCountInString(para) <= longestHead && !strings.ContainsAny(para, "，；：") {
			return tidy(para), ""
		}
		return "", para
	}
	head = para[:end]
	rest = strings.TrimSpace(strings.TrimPrefix(para[end:], "。"))
	if utf8.RuneCountInString(head) > longestHead || rest == "" && strings.ContainsAny(head, "，；：") {
		return "", para
	}
	return tidy(head), rest
}

// numbered tells whether a paragraph begins with （一）.
func numbered(s string) bool {
	rest, ok := strings.CutPrefix(s, "（")
	if !ok {
		return false
	}
	number, _, ok := strings.Cut(rest, "）")
	return ok && number != "" && len(number) <= 9 && strings.Trim(number, "一二三四五六七八九十") == ""
}

// tidy makes a text one line of characters every format can carry: white space
// becomes one space, control characters and what XML forbids go.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError, r == '\ufeff', r == '\ufffe', r == '\uffff', r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e':
			return -1
		}
		return r
	}, s)
	return strings.Trim(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " "), " \u3000")
}
