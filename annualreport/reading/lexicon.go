package reading

import (
	"strings"

	"gongkai/annualreport/form"
)

// A role says what a label of the forms is.
type role uint8

const (
	roleRow     role = iota // the label of a row
	roleColumn              // the label of a column
	roleUnder               // a merged cell above columns or left of rows
	roleBlock               // 第二十条第（一）项
	roleChapter             // the heading of a chapter
	roleHead                // 信息内容, the note in the corner
)

// An entry is one label, the same words in all forms being one.
type entry struct {
	text  []uint8 // the classes of its runes
	role  role
	table int8   // index of the table it belongs to, -1 for headings
	forms uint8  // bit 0: the form of 2019, bit 1: that of 2021
	rows  []int8 // as a row: its indexes in rowNames
	also  bool   // the label is a column as well (其他, 总计)
	order uint8  // the number printed before it: 1 to 9, and the kind in the high bits
	block uint64 // as a column or block: the blocks of table two, bit by block name
	name  string
}

// Kinds of the number printed before a label.
const (
	orderHan   = 0x10 // 一、
	orderParen = 0x20 // （一）
	orderDigit = 0x30 // 1.
)

var lex = newLexicon()

// A lexicon holds all labels of all forms in the shape matching wants.
type lexicon struct {
	class    [1 << 16]uint8 // the class of a rune: 0 no letter, 255 a letter of no label
	n        int            // number of classes in use, with 0
	entries  []entry
	exact    map[string]uint8 // the classes of a label to its entry
	begins   map[string]uint8 // the classes of a long label's beginning
	bigrams  []uint32         // class pair to offset<<8|length in postings
	postings []uint8
	unigrams [256][]uint8
	rowNames []string // "table3.deny5"
	starts   [256]bool
	longest  int
}

// simple gives the characters of the labels in traditional script, and those
// that text recognition takes for them.
const simple = "規规範范許许處处罰罚強强費费總总數数項项類类務务屬属國国機机關关業业組组織织會会團团構构請请轉转續续辦办結结開开內内動动報报執执卷卷過过" +
	"個个專专壞坏護护權权義义確确認认獲获詢询維维糾纠審审議议復复複复訴诉經经歷历現现發发佈布佈布書书無无當当繳缴納纳據据單单萬万購购採采額额減减廢废" +
	"製制對对為为與与於于條条訊讯舉举投投補补給给區区別别況况計计統统體体導导問问題题進进況况屆届讓让區区應应該该擾扰見见從从囯国淸清収收夲本夲本己已末未曰日" +
	"後后屬属爭争終终雙双並并幷并嚴严顯显際际隨随聯联協协價价標标準准種种"

func newLexicon() *lexicon {
	l := &lexicon{exact: map[string]uint8{}, begins: map[string]uint8{}, n: 1}
	for r := rune(0x3400); r < 0xA000; r++ {
		l.class[r] = 255
	}
	for r := rune(0xF900); r < 0xFB00; r++ {
		l.class[r] = 255
	}
	pairs := []rune(simple)
	for fi, f := range form.All() {
		_ = fi
		bit := uint8(1)
		if f.From >= 2021 {
			bit = 2
		}
		for ti := range f.Tables {
			t := &f.Tables[ti]
			for bi := range t.Blocks {
				b := &t.Blocks[bi]
				block := uint64(1) << blockBit(t.ID, b.ID)
				if b.Title != "" {
					l.add(b.Title, entry{role: roleBlock, table: int8(ti), forms: bit, block: block})
				}
				for _, r := range b.Rows {
					row := l.row(t.ID + "." + r.ID)
					for _, s := range append([]string{r.Label}, r.Also...) {
						l.add(s, entry{role: roleRow, table: int8(ti), forms: bit, rows: []int8{row}, block: block})
					}
					for _, s := range r.Under {
						l.add(s, entry{role: roleUnder, table: int8(ti), forms: bit})
					}
				}
				for _, c := range b.Columns {
					for _, s := range append([]string{c.Label}, c.Also...) {
						l.add(s, entry{role: roleColumn, table: int8(ti), forms: bit, block: block})
					}
					for _, s := range c.Under {
						l.add(s, entry{role: roleUnder, table: int8(ti), forms: bit})
					}
				}
			}
			l.add(t.Title, entry{role: roleChapter, table: int8(ti), forms: 3})
			if t.Note != "" {
				l.add(t.Note, entry{role: roleHead, table: int8(ti), forms: 3})
			}
		}
	}
	for _, s := range []string{"总体情况", "工作基本情况", "存在的主要问题及改进情况", "存在的主要问题和改进情况", "政府信息公开工作存在的主要问题及改进情况",
		"存在问题及改进情况", "其他需要报告的事项", "需要报告的其他事项"} {
		l.add(s, entry{role: roleChapter, table: -1, forms: 3})
	}
	for i, also := range [][]string{{"政府信息主动公开情况"}, {"行政机关收到和处理政府信息公开申请情况", "政府信息公开申请情况", "政府信息依申请公开情况"},
		{"因政府信息公开工作被申请行政复议、提起行政诉讼情况", "政府信息公开被申请行政复议、提起行政诉讼情况", "行政复议、行政诉讼情况"}} {
		for _, s := range also {
			l.add(s, entry{role: roleChapter, table: int8(i), forms: 3})
		}
	}
	l.add("信息内容", entry{role: roleHead, table: 0, forms: 3})
	l.add("其他行政权力", entry{role: roleUnder, table: 0, forms: 1})
	for i := 0; i+1 < len(pairs); i += 2 {
		if c := l.class[pairs[i+1]]; c != 0 && c != 255 {
			l.class[pairs[i]] = c
		}
	}
	l.index()
	return l
}

// blockBit numbers the blocks of table two over all forms.
func blockBit(table, block string) int {
	if table != "table2" {
		return 0
	}
	for i, s := range []string{"第一项", "第五项", "第六项", "第八项", "第九项"} {
		if s == block {
			return i + 1
		}
	}
	return 6
}

func (l *lexicon) row(name string) int8 {
	for i, s := range l.rowNames {
		if s == name {
			return int8(i)
		}
	}
	l.rowNames = append(l.rowNames, name)
	return int8(len(l.rowNames) - 1)
}

// add puts a label in, without the number printed before it.
func (l *lexicon) add(s string, e entry) {
	e.order, s = cutOrder(s)
	e.name = s
	for _, r := range s {
		if r >= 0x3400 && r < 0xA000 {
			if l.class[r] == 255 {
				l.class[r] = uint8(l.n)
				l.n++
			}
			e.text = append(e.text, l.class[r])
		}
	}
	if len(e.text) == 0 || l.n > 250 {
		panic("reading: a label without letters, or too many letters: " + s)
	}
	key := string(e.text)
	i, ok := l.exact[key]
	if !ok {
		l.exact[key] = uint8(len(l.entries))
		l.entries = append(l.entries, e)
		l.longest = max(l.longest, len(e.text))
		return
	}
	o := &l.entries[i]
	o.forms |= e.forms
	o.block |= e.block
	for _, r := range e.rows {
		if !containsRow(o.rows, r) {
			o.rows = append(o.rows, r)
		}
	}
	if e.role != o.role {
		switch {
		case e.role == roleRow:
			o.also = o.also || o.role == roleColumn
			o.role, o.order = roleRow, e.order
		case o.role == roleRow && e.role == roleColumn:
			o.also = true
		}
	}
	if o.table != e.table && (o.role == roleColumn || e.role == roleColumn) {
		o.table = -2 // in several tables: tells nothing of the place
	}
}

func containsRow(rows []int8, r int8) bool {
	for _, x := range rows {
		if x == r {
			return true
		}
	}
	return false
}

// index makes the postings of pairs and single classes.
func (l *lexicon) index() {
	lists := map[int][]uint8{}
	for i := range l.entries {
		e := &l.entries[i]
		l.starts[e.text[0]] = true
		for k := 10; k < len(e.text); k++ {
			if _, taken := l.begins[string(e.text[:k])]; !taken {
				l.begins[string(e.text[:k])] = uint8(i)
			}
		}
		seen := map[uint8]bool{}
		for k, c := range e.text {
			if !seen[c] {
				seen[c] = true
				l.unigrams[c] = append(l.unigrams[c], uint8(i))
			}
			if k > 0 {
				key := int(e.text[k-1])*l.n + int(c)
				if n := len(lists[key]); n == 0 || lists[key][n-1] != uint8(i) {
					lists[key] = append(lists[key], uint8(i))
				}
			}
		}
	}
	l.bigrams = make([]uint32, l.n*l.n)
	for key := range l.bigrams {
		if list := lists[key]; len(list) > 0 {
			l.bigrams[key] = uint32(len(l.postings))<<8 | uint32(len(list))
			l.postings = append(l.postings, list...)
		}
	}
}

// cutOrder takes the number off that is printed before a label: 一、 （一） 1.
func cutOrder(s string) (order uint8, rest string) {
	rs := []rune(s)
	i, paren := 0, false
	if i < len(rs) && (rs[i] == '（' || rs[i] == '(') {
		paren = true
		i++
	}
	if i >= len(rs) {
		return 0, s
	}
	n := strings.IndexRune("一二三四五六七八九", rs[i])
	switch {
	case n >= 0 && paren && i+1 < len(rs) && (rs[i+1] == '）' || rs[i+1] == ')'):
		return orderParen | uint8(n/3+1), string(rs[i+2:])
	case n >= 0 && !paren && i+1 < len(rs) && rs[i+1] == '、':
		return orderHan | uint8(n/3+1), string(rs[i+2:])
	case rs[i] >= '1' && rs[i] <= '9' && !paren && i+1 < len(rs) && (rs[i+1] == '.' || rs[i+1] == '．' || rs[i+1] == '、'):
		return orderDigit | uint8(rs[i]-'0'), string(rs[i+2:])
	}
	return 0, s
}
