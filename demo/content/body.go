package content

import (
	"html"
	"strconv"
	"strings"
)

// Style is what a block of a text is.
type Style string

// The styles, as a document of the administration has them.
const (
	Para     Style = "para"
	To       Style = "to"    // 主送机关
	Inner    Style = "inner" // title of the document that a notice carries
	Section1 Style = "section1"
	Section2 Style = "section2"
	Section3 Style = "section3"
	Sign     Style = "sign" // 落款, to the right
	Note     Style = "note" // 附注
	Grid     Style = "grid" // a table
)

// A Block is one paragraph, heading or table.
type Block struct {
	Style Style
	Text  string
	Table *Table
}

// A Table has head rows and body rows; cells may span.
type Table struct {
	Caption string
	Head    [][]Cell
	Rows    [][]Cell
}

// A Cell covers Cols × Rows places (0 means 1).
type Cell struct {
	Text       string
	Cols, Rows int
	Head       bool // names its row
}

// A Body is a text in order.
type Body []Block

func (b *Body) add(s Style, text string)  { *b = append(*b, Block{Style: s, Text: text}) }
func (b *Body) para(text string)          { b.add(Para, text) }
func (b *Body) table(t *Table)            { *b = append(*b, Block{Style: Grid, Table: t}) }
func (b *Body) sign(name string, day Day) { b.add(Sign, name); b.add(Sign, day.Long()) }
func (b *Body) section(level int, text string) {
	b.add([]Style{Section1, Section2, Section3}[level-1], text)
}
func (b *Body) paras(v *voice, sentences []string) {
	for _, s := range sentences {
		b.para(v.say(s))
	}
}

// plain makes a table of strings whose first row is the head; a row that begins
// with 合计 or 总计 names itself.
func plain(caption string, head []string, rows [][]string) *Table {
	t := &Table{Caption: caption}
	var h []Cell
	for _, s := range head {
		h = append(h, Cell{Text: s, Head: true})
	}
	t.Head = [][]Cell{h}
	for _, r := range rows {
		var cells []Cell
		for i, s := range r {
			cells = append(cells, Cell{Text: s, Head: i == 0 && (s == "合计" || s == "总计")})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// HTML is the body as the editor would hand it over: headings from h2 without a
// gap, tables with captions and scopes.
func (b Body) HTML() string {
	var w strings.Builder
	base := 2
	for _, k := range b {
		if k.Style == Inner {
			base = 3
			break
		}
	}
	for _, k := range b {
		text := html.EscapeString(k.Text)
		switch k.Style {
		case Inner:
			w.WriteString("<h2>" + text + "</h2>\n")
		case Section1, Section2, Section3:
			tag := "h" + strconv.Itoa(base+int(k.Style[len(k.Style)-1]-'1'))
			w.WriteString("<" + tag + ">" + text + "</" + tag + ">\n")
		case Sign:
			w.WriteString(`<p style="text-align:right">` + text + "</p>\n")
		case Grid:
			k.Table.html(&w)
		default:
			w.WriteString("<p>" + text + "</p>\n")
		}
	}
	return w.String()
}

func (t *Table) html(w *strings.Builder) {
	w.WriteString("<table>\n")
	if t.Caption != "" {
		w.WriteString("<caption>" + html.EscapeString(t.Caption) + "</caption>\n")
	}
	rows := func(tag, scope string, rows [][]Cell) {
		if len(rows) == 0 {
			return
		}
		w.WriteString("<" + tag + ">\n")
		for _, r := range rows {
			w.WriteString("<tr>")
			for _, c := range r {
				name := "td"
				attr := ""
				if c.Head {
					name, attr = "th", ` scope="`+scope+`"`
				}
				if c.Cols > 1 {
					attr += ` colspan="` + strconv.Itoa(c.Cols) + `"`
				}
				if c.Rows > 1 {
					attr += ` rowspan="` + strconv.Itoa(c.Rows) + `"`
				}
				w.WriteString("<" + name + attr + ">" + html.EscapeString(c.Text) + "</" + name + ">")
			}
			w.WriteString("</tr>\n")
		}
		w.WriteString("</" + tag + ">\n")
	}
	rows("thead", "col", t.Head)
	rows("tbody", "row", t.Rows)
	w.WriteString("</table>\n")
}

// Text is the body as plain text, a line a block, cells apart by tabs.
func (b Body) Text() string {
	var w strings.Builder
	for _, k := range b {
		if k.Table == nil {
			w.WriteString(k.Text + "\n")
			continue
		}
		if k.Table.Caption != "" {
			w.WriteString(k.Table.Caption + "\n")
		}
		for _, rows := range [][][]Cell{k.Table.Head, k.Table.Rows} {
			for _, r := range rows {
				for i, c := range r {
					if i > 0 {
						w.WriteByte('\t')
					}
					w.WriteString(c.Text)
				}
				w.WriteByte('\n')
			}
		}
	}
	return w.String()
}

// First is the first plain paragraph, what a summary is made of.
func (b Body) First() string {
	for _, k := range b {
		if k.Style == Para {
			return k.Text
		}
	}
	return ""
}
