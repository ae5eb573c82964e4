package readingtest

import (
	"fmt"
	"strings"
)

// harm does to the tables what happens to them on the way: to labels and heads
// first, then to rows.
func (b *build) harm() {
	b.late, b.joined, b.marks = map[*line]bool{}, map[*line]int{}, map[*line]mark{}
	b.words()
	if b.Has(LostGroups) {
		b.loseGroups(b.For(string(LostGroups)))
	}
	if b.Has(LostTable) {
		d := b.For(string(LostTable))
		i := Pick(d, 2, 3, 3, 1)
		b.paper.chapters[i].grid = nil
		if d.Chance(20) {
			b.paper.chapters[2].grid = nil
		}
	}
	if b.Has(Truncated) {
		b.truncate(b.For(string(Truncated)))
	}
	if b.Has(RepeatedHeads) {
		b.repeatHeads(b.For(string(RepeatedHeads)))
	}
	if b.Has(LateLabels) {
		d := b.For(string(LateLabels))
		likely := Pick(d, 15, 50, 100)
		for _, g := range b.grids() {
			for i := range g.lines {
				if l := &g.lines[i]; l.kind == figure && g.labels > 0 && d.Chance(likely) {
					b.late[l] = true
				}
			}
		}
	}
	if b.Has(JoinedRows) {
		b.join(b.For(string(JoinedRows)))
	}
	if b.Has(PageMarks) {
		b.mark(b.For(string(PageMarks)))
	}
	b.displace = b.Has(Displaced)
	if b.Has(LostChapters) {
		for i := 1; i <= 3; i++ {
			b.paper.chapters[i].head = ""
		}
	}
	if b.Has(Marked) {
		d := b.For(string(Marked))
		likely, with := Pick(d, 15, 60), Pick(d, "**", "**", "$", "`")
		for _, g := range b.grids() {
			g.each(func(_ *line, s *slot) {
				if s.text != "" && !strings.Contains(s.text, "\n") && (with == "**" || s.cell >= 0) && d.Chance(likely) {
					s.text = with + s.text + with
				}
			})
		}
	}
}

// loseGroups empties the merged cells left of the rows, some or all of them.
func (b *build) loseGroups(d *Dice) {
	likely := Pick(d, 40, 100)
	for _, g := range b.grids() {
		g.each(func(_ *line, s *slot) {
			if s.kind == group && d.Chance(likely) {
				s.text = ""
			}
		})
	}
}

// join runs the numbers of two to five rows together.
func (b *build) join(d *Dice) {
	for _, g := range b.grids() {
		if g.labels == 0 {
			continue
		}
		for i := 0; i < len(g.lines); i++ {
			n := d.Between(2, 5)
			fits := i+n <= len(g.lines)
			for k := i; fits && k < i+n; k++ {
				fits = g.lines[k].kind == figure && g.lines[k].block == g.lines[i].block
			}
			if fits && d.Chance(25) {
				b.joined[&g.lines[i]] = n
				i += n - 1
			}
		}
	}
}

// mark puts page numbers, footers and headers inside the tables.
func (b *build) mark(d *Dice) {
	page := d.Between(2, 5)
	style := d.N(5)
	for _, g := range b.grids() {
		for i := range g.lines[:len(g.lines)-1] {
			if !d.Chance(7) {
				continue
			}
			m := mark{after: 99}
			switch style {
			case 0:
				m.text = []string{fmt.Sprintf("- %d -", page)}
			case 1:
				m.text = []string{fmt.Sprintf("第%d页", page)}
			case 2:
				m.text = []string{fmt.Sprintf("—%d—", page), b.r.Agency}
			case 3:
				m.text = []string{fmt.Sprintf("第 %d 页 共 %d 页", page, page+3)}
			default:
				m.text = []string{b.r.Agency + "政府信息公开工作年度报告", fmt.Sprintf("-%d-", page)}
			}
			if (b.Layout == PDFRaw || b.Layout == PDFLayout) && i%2 == 0 {
				m.text[len(m.text)-1] += "\n\f" // a page begins
			}
			if pad := strings.Repeat(" ", d.N(70)); b.Layout == PDFLayout {
				for k := range m.text {
					m.text[k] = pad + m.text[k]
				}
				m.text = append(m.text, "")
			}
			if g.lines[i].kind == figure && d.Chance(40) {
				m.after = d.N(len(g.lines[i].slots))
			}
			b.marks[&g.lines[i]] = m
			page++
		}
	}
}

// repeatHeads breaks a table once or twice and prints its head again.
func (b *build) repeatHeads(d *Dice) {
	for _, g := range b.grids() {
		if g.labels < 2 { // table three is the one that is too long for a page
			continue
		}
		for range d.Between(1, 2) {
			g.breakAt(d.Between(5, len(g.lines)-2), d.Chance(50))
		}
	}
}

// breakAt ends the merged cells above line i and begins them anew below a copy
// of the head.
func (g *grid) breakAt(i int, again bool) {
	if i >= len(g.lines) || g.lines[i].kind != figure {
		return
	}
	var heads []line
	for _, l := range g.lines {
		if l.kind != head {
			break
		}
		l.slots = append([]slot(nil), l.slots...)
		heads = append(heads, l)
	}
	var begin []slot
	for y := range g.lines[:i] {
		for k := range g.lines[y].slots {
			s := &g.lines[y].slots[k]
			if s.kind == group && y+s.rows > i {
				rest := *s
				rest.rows = y + s.rows - i
				s.rows = i - y
				if !again {
					rest.text = ""
				}
				begin = append(begin, rest)
			}
		}
	}
	below := append([]line(nil), g.lines[i:]...)
	below[0].slots = append(begin, below[0].slots...)
	g.lines = append(append(g.lines[:i:i], heads...), below...)
}

// truncate ends the file inside a table. What stands in the table before the
// cut may be read or not.
func (b *build) truncate(d *Dice) {
	b.stopped = true
	at := Pick(d, 1, 2, 2, 2, 3)
	g := b.paper.chapters[at].grid
	i := d.Between(len(g.lines)/4, len(g.lines)-1)
	g.lines = g.lines[:i+1]
	l := &g.lines[i]
	l.slots = l.slots[:d.Between(1, len(l.slots))]
	if s := &l.slots[len(l.slots)-1]; s.kind == label && d.Chance(50) {
		r := []rune(s.text)
		s.text = string(r[:d.Between(1, len(r))])
	}
	g.each(func(_ *line, s *slot) {
		if s.cell >= 0 {
			b.open[s.cell] = true
		}
	})
	for c := at; c < len(b.paper.chapters); c++ {
		if c > at {
			b.paper.chapters[c] = chapter{}
		}
	}
	b.paper.chapters[at].below = nil
	b.paper.tail, b.paper.back = nil, nil
}

// words harms the labels and heads.
func (b *build) words() {
	also := b.For("also")
	for _, g := range b.grids() {
		t := &b.r.Form.Tables[g.table]
		g.each(func(l *line, s *slot) {
			if s.kind == label && l.row >= 0 && !t.Across {
				if other := t.Blocks[l.block].Rows[l.row].Also; len(other) > 0 && also.Chance(15) {
					s.text = Pick(also, other...)
				}
			}
		})
	}
	for _, k := range []struct {
		damage Damage
		harm   func(d *Dice, s *slot) string
	}{
		{OCRLabels, func(d *Dice, s *slot) string { return misread(d, s.text) }},
		{SpacedLabels, func(d *Dice, s *slot) string { return spaced(d, s.text) }},
		{WrappedLabels, func(d *Dice, s *slot) string { return wrapped(d, s.text) }},
		{SplitHeads, func(d *Dice, s *slot) string {
			if s.kind != head {
				return s.text
			}
			return apart(d, s.text)
		}},
		{Invisible, func(d *Dice, s *slot) string {
			r := []rune(s.text)
			i := d.N(len(r) + 1)
			return string(r[:i]) + Pick(d, "\u200b", "\u00a0", "\ufeff", "\u3000") + string(r[i:])
		}},
	} {
		if !b.Has(k.damage) {
			continue
		}
		d := b.For(string(k.damage) + " words")
		likely := Pick(d, 20, 50, 90)
		for _, g := range b.grids() {
			g.each(func(_ *line, s *slot) {
				if s.kind != figure && s.text != "" && d.Chance(likely) {
					s.text = k.harm(d, s)
				}
			})
		}
	}
}

// alike are characters that OCR takes for each other.
var alike = map[rune][]rune{'本': {'木', '未'}, '未': {'末', '本'}, '已': {'己'}, '人': {'入', '八'}, '入': {'人'}, '公': {'会', '分'}, '开': {'升', '幵'}, '类': {'娄'},
	'事': {'亊'}, '务': {'备'}, '信': {'倍'}, '息': {'恳'}, '数': {'敉'}, '据': {'根', '掘'}, '勾': {'匀'}, '稽': {'毯'}, '关': {'头', '夫'}, '系': {'糸'}, '第': {'笫'},
	'三': {'二'}, '安': {'女'}, '全': {'金'}, '定': {'走'}, '密': {'蜜'}, '国': {'囯'}, '家': {'豕'}, '其': {'共'}, '他': {'也', '池'}, '法': {'注'}, '律': {'津'}, '规': {'現'},
	'禁': {'楚'}, '保': {'俣'}, '护': {'沪'}, '权': {'杈'}, '益': {'盖'}, '内': {'肉'}, '部': {'邵'}, '过': {'迂'}, '程': {'稈'}, '性': {'牲'}, '执': {'扶'}, '案': {'桉'},
	'卷': {'巻'}, '查': {'杳'}, '询': {'洵'}, '机': {'杌'}, '掌': {'拿'}, '握': {'捤'}, '没': {'设'}, '有': {'冇'}, '现': {'规'}, '成': {'戊'}, '补': {'扑'}, '正': {'止'},
	'申': {'甲', '由'}, '请': {'清'}, '容': {'客'}, '明': {'朋'}, '确': {'硝'}, '访': {'仿'}, '举': {'兴'}, '报': {'振'}, '投': {'役'}, '诉': {'拆'}, '重': {'里'},
	'复': {'夏'}, '求': {'术'}, '提': {'捉'}, '供': {'洪'}, '版': {'叛'}, '物': {'吻'}, '理': {'埋'}, '由': {'田'}, '大': {'太'}, '量': {'里'}, '反': {'友'}, '处': {'外'},
	'总': {'急'}, '计': {'汁'}, '结': {'给'}, '转': {'砖'}, '下': {'不'}, '年': {'午'}, '度': {'庋'}, '继': {'维'}, '续': {'绩'}, '办': {'力'}, '行': {'衍'}, '政': {'攻'},
}

// misread harms one character in five at most, and at least one. The ordinal in
// front stays, as OCR reads digits and brackets best.
func misread(d *Dice, s string) string {
	r := []rune(s)
	from := 0
	for from < len(r) && strings.ContainsRune("（）()一二三四五六七、.0123456789第", r[from]) {
		from++
	}
	if len(r)-from < 3 {
		return s
	}
	if d.Chance(6) { // its second half lies outside of the frame
		return string(r[:from+(len(r)-from+1)/2])
	}
	for range d.Between(1, max(1, (len(r)-from)/5)) {
		i := d.Between(from, len(r)-1)
		switch d.N(6) {
		case 0:
			r = append(r[:i:i], r[i+1:]...)
		case 1:
			r = append(r[:i+1:i+1], r[i:]...)
		case 2:
			r[i] = Pick(d, '奎', '亍', '囗', '丶', '毎', '厶', '勹')
		default:
			if look := alike[r[i]]; len(look) > 0 {
				r[i] = Pick(d, look...)
			}
		}
	}
	return string(r)
}

// spaced puts one to three spaces into a label.
func spaced(d *Dice, s string) string {
	r := []rune(s)
	if i := strings.IndexByte(s, '.'); i > 0 && i < 3 && d.Chance(60) {
		return s[:i+1] + " " + s[i+1:]
	}
	for range d.Between(1, 3) {
		if len(r) < 2 {
			break
		}
		i := d.Between(1, len(r)-1)
		r = append(r[:i:i], append([]rune{' '}, r[i:]...)...)
	}
	return string(r)
}

// wrapped breaks a label once or twice, anywhere.
func wrapped(d *Dice, s string) string {
	r := []rune(s)
	for range d.Between(1, 2) {
		if len(r) < 4 {
			break
		}
		i := d.Between(1, len(r)-1)
		r = append(r[:i:i], append([]rune{'\n'}, r[i:]...)...)
	}
	return string(r)
}

// apart writes a head word by character or by two, as narrow columns do.
func apart(d *Dice, s string) string {
	by, with := Pick(d, 1, 1, 2), Pick(d, "\n", "\n", " ")
	var parts []string
	for r := []rune(s); len(r) > 0; r = r[min(by, len(r)):] {
		parts = append(parts, string(r[:min(by, len(r))]))
	}
	return strings.Join(parts, with)
}
