package document

import (
	"regexp"
	"strings"
)

// How the names of organs end. A name alone on a line, in the red head or
// before 关于 is recognised by its end.
const organWords = `人民政府|人民代表大会常务委员会|人民代表大会|政府办公室|办公室|办公厅|委员会|管理委员会|管委会|街道办事处|办事处|指挥部|领导小组|工作组|联席会议|人民法院|人民检察院|管理局|分局|总局|局|厅|委|部|院|署|行|中心|站|所|馆|队|大队|支队|总队|集团|公司|联合会|总工会|协会|学会|学校|大学|学院|医院|政府|办|处|社|室`

var (
	organEnd   = regexp.MustCompile(`^[\p{Han}（）()]{2,60}?(?:` + organWords + `)(?:[（(][^（）()]{2,30}[）)])?$`)
	organTitle = regexp.MustCompile(`^([\p{Han}（）()、]{3,60}?(?:` + organWords + `)(?:[（(][^（）()]{2,20}[）)])?)[\s　]*(?:关于|转发|印发|批转|\d{4}\s*年|二[〇○零]\p{Han}{2}年|令|公告|通告)`)
	yearTitle  = regexp.MustCompile(`^\d{4}\s*年度?(\p{Han}{3,40}?(?:` + organWords + `))政府信息公开`)
	organLabel = regexp.MustCompile(`(发布机构|发文机关|制发机关|发文单位|发布单位|信息来源|来\s*源|公开主体|责任单位)[\t　 ]*[:：\t　 ][\t　 ]*([\p{Han}（）()]{3,50})`)
	redHead    = regexp.MustCompile(`^([\p{Han}（）()\s　]{3,80}?)[\s　]*文[\s　]*件$`)
	orderOrgan = regexp.MustCompile(`^(\p{Han}{3,40}?)(令|公告|通告)(?:[（(]?第|$)`)
	wideGap    = regexp.MustCompile(`[\t　]+| {2,}|、`)
	addressee  = regexp.MustCompile(`^[^。；？！]{2,240}[：:]$`)
)

// organs returns the organs a line consists of; nil if it is anything else.
func organs(line string) []string {
	var out []string
	for _, piece := range wideGap.Split(trimBlank(line), -1) {
		one := oneLine(piece)
		if one == "" {
			continue
		}
		if runeLen(one) > 50 || !organEnd.MatchString(one) || strings.Contains(one, "关于") {
			return nil
		}
		out = append(out, one)
	}
	return out
}

// issuer proposes who made the document, and all of them if there are several.
func (t texts) issuer() (Guess, []Guess) {
	var all []Guess
	signed, signSure := t.signature()
	headed := t.redHeads()
	for i, g := range headed {
		if i == 0 {
			all = append(all, g)
		}
	}
	for i, l := range t.lines {
		if i > 60 {
			break
		}
		for _, m := range organLabel.FindAllStringSubmatch(l.Text, 2) {
			sure := 0.93
			if strings.HasPrefix(m[1], "来") || m[1] == "信息来源" || m[1] == "责任单位" {
				sure = 0.6
			}
			all = append(all, l.in(m[2], m[2], sure, "标有“"+oneLine(m[1])+"”"))
		}
		if m := orderOrgan.FindStringSubmatch(oneLine(l.Text)); m != nil && i < 6 && organEnd.MatchString(m[1]) {
			all = append(all, l.in(m[1], "", 0.9, "命令或公告的发布机关"))
		}
	}
	if m := yearTitle.FindStringSubmatch(t.title.Value); m != nil {
		l := docLine{Line: t.title.Line}
		all = append(all, l.in(m[1], m[1], 0.75, "标题中的机关名称"))
	} else if m := organTitle.FindStringSubmatch(t.title.Value); m != nil {
		for i, name := range strings.Split(m[1], "、") {
			if i == 0 && organEnd.MatchString(name) {
				l := docLine{Line: t.title.Line}
				all = append(all, l.in(name, name, 0.8, "标题中的机关名称"))
			}
		}
	}
	if len(signed) > 0 {
		g := signed[0]
		g.Sure = signSure
		all = append(all, g)
	}
	b := best(all)
	switch {
	case len(signed) > 1:
		return b, signed
	case len(headed) > 1:
		return b, headed
	}
	return b, nil
}

// redHeads reads the head of the first page: one organ and 文件, or several
// above each other of which the last or the middle one carries 文件.
func (t texts) redHeads() []Guess {
	var out []Guess
	for i, l := range t.lines {
		if i > 8 {
			break
		}
		m := redHead.FindStringSubmatch(trimBlank(strings.ReplaceAll(l.Text, "\t", "　")))
		if m == nil {
			continue
		}
		start := i
		for start > 0 && len(organs(t.lines[start-1].Text)) > 0 {
			start--
		}
		for _, above := range t.lines[start:i] {
			for _, name := range organs(above.Text) {
				out = append(out, above.in(name, name, 0.95, "发文机关标志（红头）"))
			}
		}
		names := organs(m[1])
		if len(names) == 0 && organEnd.MatchString(oneLine(m[1])) {
			names = []string{oneLine(m[1])}
		}
		for _, name := range names {
			out = append(out, l.in(name, name, 0.95, "发文机关标志（红头）"))
		}
		for _, below := range t.lines[i+1:] {
			more := organs(below.Text)
			if len(more) == 0 || len(names) == 0 {
				break
			}
			for _, name := range more {
				out = append(out, below.in(name, name, 0.95, "发文机关标志（红头）"))
			}
		}
		break
	}
	return out
}

// signature reads the organs above the date at the end of the text.
func (t texts) signature() (gs []Guess, sure float64) {
	for i, l := range t.lines {
		if cut, ok := signedDate(l.Text); ok && i > 1 {
			name := oneLine(strings.TrimSuffix(trimBlank(l.Text), cut))
			return []Guess{l.in(name, name, 0.88, "落款署名")}, 0.88
		}
		if i < 2 || !wholeDate(oneLine(l.Text)) {
			continue
		}
		first := i
		for first > 1 && i-first < 12 && len(organs(t.lines[first-1].Text)) > 0 && !t.inTitle(t.lines[first-1]) {
			first--
		}
		for _, s := range t.lines[first:i] {
			for _, name := range organs(s.Text) {
				gs = append(gs, s.in(name, name, 0.9, "落款署名"))
			}
		}
		if len(gs) > 0 {
			return gs, 0.9
		}
	}
	return nil, 0
}

func (t texts) inTitle(l docLine) bool {
	return l.Start >= t.title.Line.Start && l.End <= t.title.Line.End && t.title.Line.End > 0
}

var openWords = []struct {
	re    *regexp.Regexp
	value string
	sure  float64
	why   string
}{
	{regexp.MustCompile(`此件\s*(?:全文)?\s*(?:公开发布|主动公开|公开|删减后公开|向社会公开)`), OpenActively, 0.97, "附注"},
	{regexp.MustCompile(`此件\s*依申请公开`), OpenOnAsk, 0.97, "附注"},
	{regexp.MustCompile(`此件\s*(?:不予公开|不公开)`), OpenNever, 0.97, "附注"},
	{regexp.MustCompile(`(?:公开方式|公开属性|公开形式|信息公开选项|公开类别)[\t　 ]*[:：\t　 ]?[\t　 ]*主动公开`), OpenActively, 0.93, "标有“公开方式”"},
	{regexp.MustCompile(`(?:公开方式|公开属性|公开形式|信息公开选项|公开类别)[\t　 ]*[:：\t　 ]?[\t　 ]*依申请公开`), OpenOnAsk, 0.93, "标有“公开方式”"},
	{regexp.MustCompile(`(?:公开方式|公开属性|公开形式|信息公开选项|公开类别)[\t　 ]*[:：\t　 ]?[\t　 ]*不(?:予)?公开`), OpenNever, 0.93, "标有“公开方式”"},
}

func (t texts) openness() Guess {
	var all []Guess
	for _, l := range t.lines {
		for _, w := range openWords {
			if m := w.re.FindString(l.Text); m != "" {
				all = append(all, l.in(w.value, m, w.sure, w.why+"“"+oneLine(m)+"”"))
			}
		}
	}
	return best(all)
}

// recipients proposes the line of addressees between title and text.
func (t texts) recipients() Guess {
	for i, l := range t.lines {
		if l.table || t.title.End > 0 && l.Start < t.title.End || i > 30 {
			continue
		}
		text := trimBlank(l.Text)
		if !addressee.MatchString(text) {
			if runeLen(text) > 60 {
				break
			}
			continue
		}
		value := strings.TrimRight(text, "：:")
		first := strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("，、,；", r) })
		sure := 0.92
		switch {
		case len(first) == 0 || metaLine.MatchString(text):
			continue
		case strings.HasPrefix(value, "各"), organEnd.MatchString(oneLine(first[0])):
		case strings.HasSuffix(value, "单位"), strings.HasSuffix(value, "公司"), strings.HasSuffix(value, "企业"), strings.HasSuffix(value, "部门"):
			sure = 0.7
		default:
			continue
		}
		return best([]Guess{l.in(value, value, sure, "标题之后、正文之前，以冒号结尾")})
	}
	return Guess{}
}

var (
	effectiveRe = regexp.MustCompile(`自\s*(?:(公布|发布|印发|下发|签发)之日(?:起)?\s*(?:(\d+|[一二三四五六七八九十]+)\s*(?:个)?(?:日|天|工作日)后)?|` + anyDate + `)\s*起?\s*(?:正式|开始)?\s*(施行|实施|执行|生效|试行)`)
	expiresOn   = regexp.MustCompile(`有效期(?:限)?\s*(?:截)?(?:止)?(?:为)?\s*(?:至|到)\s*` + anyDate)
	expiresIn   = regexp.MustCompile(`(?:有效期(?:限)?|试行期(?:限)?|暂行期(?:限)?)\s*(?:为|是|:|：)?\s*(\d{1,2}|[一二三四五六七八九十两]{1,3})\s*(年|个月)`)
)

func (t texts) effective() Guess {
	var all []Guess
	for _, l := range t.lines {
		m := effectiveRe.FindStringSubmatch(l.Text)
		if m == nil {
			continue
		}
		value := oneLine(m[0])
		if m[1] == "" {
			iso, ok := isoDate(m[3:9])
			if !ok {
				continue
			}
			value = iso
		}
		sure := 0.6
		if own := strings.LastIndexAny(l.Text[:strings.Index(l.Text, m[0])], "。；"); ownRule.MatchString(l.Text[max(own, 0):]) {
			sure = 0.9
		}
		all = append(all, l.in(value, m[0], sure, "正文“"+oneLine(m[0])+"”"))
	}
	return best(all)
}

var ownRule = regexp.MustCompile(`(本|该)(办法|规定|细则|意见|通知|方案|规则|条例|制度|预案|标准|公告|通告|决定|文件|指南|措施|规划|计划|批复)|现予公布|施行`)

func (t texts) expires() Guess {
	var all []Guess
	for _, l := range t.lines {
		if m := expiresOn.FindStringSubmatch(l.Text); m != nil {
			if iso, ok := isoDate(m[1:]); ok {
				all = append(all, l.in(iso, m[0], 0.92, "正文“"+oneLine(m[0])+"”"))
			}
		}
		if m := expiresIn.FindStringSubmatch(l.Text); m != nil {
			if n, ok := chineseInt(m[1]); ok && n > 0 {
				all = append(all, l.in(plainNumber(m[1])+m[2], m[0], 0.85, "正文“"+oneLine(m[0])+"”"))
			}
		}
	}
	return best(all)
}
