package document

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

func runeLen(s string) int { return utf8.RuneCountInString(s) }

func runeIndex(s, sub string) int {
	i := strings.Index(s, sub)
	if i < 0 {
		return -1
	}
	return runeLen(s[:i])
}

func splitKeep(s string) []string { return strings.Split(s, "\n") }

func trimBlank(s string) string { return strings.TrimFunc(s, blank) }

// oneLine joins what was broken or spaced out inside a title: white space goes
// between Han characters and stays one space between Latin words.
func oneLine(s string) string {
	var out []rune
	gap := false
	for _, r := range s {
		if blank(r) {
			gap = true
			continue
		}
		if gap && len(out) > 0 {
			a := out[len(out)-1]
			if a < 0x2e80 && r < 0x2e80 && (unicode.IsLetter(a) || unicode.IsLetter(r)) {
				out = append(out, ' ')
			}
		}
		gap = false
		out = append(out, r)
	}
	return string(out)
}

var (
	kindOfPaper = regexp.MustCompile(`(决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|办法|规定|细则|条例|规则|章程|方案|计划|规划|要点|预案|制度|清单|目录|指南|标准|规程|规范|准则|守则|总结|年报|说明|公示|简报|措施|名单|须知|解读|一览表|情况)([（(《][^（）()]*[）)》])?$`)
	labelled    = regexp.MustCompile(`^[^：:，。]{2,8}[:：]\s*\S`)
	secretLine  = regexp.MustCompile(`^(特急|加急|平急|急件|特提|机密|秘密|绝密|内部)([★☆\s　].*)?$|^签\s*发\s*人|^份\s*号|^\d{4,6}$`)
	metaLine    = regexp.MustCompile(`^[•·\-*\s]*(索引号|组配分类|主题分类|生成日期|发布日期|发布时间|发布机构|发文机关|发文字号|文号|公开方式|有效性|浏览次数|来源|字体|统一编号|信息来源|关键词|主题词|体裁分类|成文日期)([\s　:：\t]|$)`)
	labelTitle  = regexp.MustCompile(`(?:^|[\t\s　])(?:标\s*题|信息名称|文件名称|名\s*称)[\t　 ]*[:：\t][\t　 ]*([^\t]{6,120})`)
	bookTitle   = regexp.MustCompile(`^《([^《》]{4,80}(?:《[^《》]*》[^《》]*)*)》(?:已|（|业)`)
)

// findTitle looks for the title among the first lines: what reads like the
// title of a paper and stands like one. Offsets of the guess cover all its
// lines.
func findTitle(lines []docLine) Guess {
	var all []Guess
	end := titleZone(lines)
	largest := 0.0
	for _, l := range lines[:end] {
		largest = max(largest, l.size)
	}
	for i := 0; i < end; i++ {
		if m := labelTitle.FindStringSubmatch(lines[i].Text); m != nil {
			all = append(all, lines[i].in(oneLine(m[1]), m[1], 0.93, "标有“标题”或“名称”"))
			continue
		}
		text := ""
		for j := i; j < end && j < i+4 && !notTitle(lines[j]); j++ {
			piece := oneLine(lines[j].Text)
			if j > i && (numberedHeading(piece) > 0 || len(all) > 0 && lines[j].table) {
				break
			}
			text = joinWrapped(text, piece)
			if n := runeLen(text); n < 4 || n > 120 || firstLevel.MatchString(text) || secondLevel.MatchString(text) {
				continue
			}
			sure := scoreTitle(lines, i, j, end, text, largest)
			if sure < 0.25 {
				continue
			}
			g := lines[i].in(text, "", min(sure, 0.97), "位于正文之前，写法与公文标题一致")
			g.Line.End, g.End = lines[j].End, lines[j].End
			g.Line.Text = text
			all = append(all, g)
		}
	}
	if g, ok := orderedTitle(lines); ok {
		all = append(all, g)
	}
	return best(all)
}

// titleZone is the number of lines before the text itself begins.
func titleZone(lines []docLine) int {
	for i, l := range lines {
		if i >= 30 {
			return i
		}
		long := runeLen(l.Text) > 50 && strings.ContainsAny(l.Text, "。；") || runeLen(l.Text) > 200
		if !l.table && (long || numberedHeading(l.Text) > 0 && i > 0 || addressee.MatchString(l.Text)) {
			return i
		}
	}
	return len(lines)
}

func notTitle(l docLine) bool {
	t := oneLine(l.Text)
	if l.table && strings.Contains(l.Text, "\t") {
		return true
	}
	if wholeDocNo.MatchString(t) || wholeDate(t) || secretLine.MatchString(t) || orderNo.MatchString(t) {
		return true
	}
	if strings.HasSuffix(t, "文件") && organEnd.MatchString(strings.TrimSuffix(t, "文件")) || strings.HasSuffix(t, "令") && runeLen(t) < 30 {
		return true
	}
	if metaLine.MatchString(l.Text) || labelled.MatchString(l.Text) && !strings.Contains(t, "关于") {
		return true
	}
	return strings.HasSuffix(t, "。") || strings.HasPrefix(t, "•") || strings.HasSuffix(t, "：") || strings.HasPrefix(t, "附件") || t == "目录" || t == "目 录"
}

func scoreTitle(lines []docLine, i, j, end int, text string, largest float64) float64 {
	s := 0.2
	typed := kindOfPaper.MatchString(text)
	if typed {
		s += 0.35
	}
	if strings.Contains(text, "关于") || yearly.MatchString(text) {
		s += 0.15
	}
	centred, display, big := true, true, largest > 0
	for _, l := range lines[i : j+1] {
		centred = centred && l.align == AlignCenter
		display = display && (l.strong || l.heading == 0 || l.heading == 1)
		big = big && l.size >= largest
	}
	if centred {
		s += 0.12
	}
	if display {
		s += 0.12
	}
	if big && centred {
		s += 0.08
	}
	if lines[i].heading == 0 {
		s += 0.5
	}
	if i == 0 || notTitle(lines[i-1]) {
		s += 0.08
	}
	if j+1 == end || j+1 < len(lines) && notTitle(lines[j+1]) {
		s += 0.08
	}
	if i > 0 && !notTitle(lines[i-1]) && (strings.HasPrefix(text, "关于") || yearly.MatchString(text[:min(len(text), 20)])) && organEnd.MatchString(oneLine(lines[i-1].Text)) {
		s -= 0.25 // the organ before belongs to it
	}
	if j > i {
		s -= 0.03 * float64(j-i)
		head := oneLine(lines[i].Text)
		if kindOfPaper.MatchString(head) && !strings.HasSuffix(head, "报告") {
			s -= 0.35 // already complete
		} else if kindOfPaper.MatchString(head) {
			s -= 0.3
		}
		if !typed {
			s -= 0.3
		}
	}
	if !typed && organEnd.MatchString(text) {
		s -= 0.3 // an organ's name alone
	}
	if strings.ContainsAny(text, "。；？") || strings.HasSuffix(text, "，") || strings.HasSuffix(text, "、") {
		s -= 0.5
	}
	if runeLen(text) < 6 {
		s -= 0.15
	}
	return s
}

var yearly = regexp.MustCompile(`(\d{4}|[二][〇○零一二三四五六七八九]{3})年`)

// orderedTitle finds the title of what an order (令) makes known: 《…》已经…
// 现予公布, repeated as a line of its own further down.
func orderedTitle(lines []docLine) (Guess, bool) {
	for i, l := range lines {
		if i > 30 {
			break
		}
		m := bookTitle.FindStringSubmatch(l.Text)
		if m == nil || !strings.Contains(l.Text, "公布") && !strings.Contains(l.Text, "发布") {
			continue
		}
		for _, below := range lines[i+1:] {
			if oneLine(below.Text) == oneLine(m[1]) {
				return below.in(oneLine(m[1]), below.Text, 0.9, "命令公布的文件名称，下文另有同名标题"), true
			}
		}
		return l.in(oneLine(m[1]), m[1], 0.6, "命令公布的文件名称"), true
	}
	return Guess{}, false
}

// markedTitle is the title the author marked with a style or element.
func markedTitle(d Doc, lines []docLine, found Guess) Guess {
	for i, l := range lines {
		if l.heading != 0 {
			continue
		}
		g := l.in(d.Title, l.Text, 0.95, "文件中设为标题样式")
		for j := i; j < len(lines) && lines[j].heading == 0; j++ {
			g.Line.End, g.End = lines[j].End, lines[j].End
		}
		g.Line.Text = d.Title
		return best(append([]Guess{g}, flat(found)...))
	}
	return found
}
