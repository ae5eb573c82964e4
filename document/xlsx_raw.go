package document

import (
	"encoding/xml"
	"io"
	"math/big"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A rawSheet is what the XML of a sheet says beside the values a reader sees.
type rawSheet struct {
	entry    string
	flatRows map[int]bool // rows of no height, from 0
	thinCols [][2]int     // columns hidden or of no width, from 0
	merged   []string     // ranges joined into one cell, "A1:C2"
	cells    []rawCell    // formulas, and values that may be shown as something else
	margins  []string     // header and footer of the printed page
}

// A rawCell is a cell as stored.
type rawCell struct {
	cell, formula, value string
	shared               bool // value is the number of a shared string
}

func (r *rawSheet) flat(row int) bool { return r != nil && r.flatRows[row] }

// thin tells which of the first columns are hidden or of no width. A file may say
// so of each a million times.
func (r *rawSheet) thin(width int) []bool {
	begins := make([]int, width+1)
	if r != nil {
		for _, c := range r.thinCols {
			if from, to := max(0, c[0]), min(c[1]+1, width); from < to {
				begins[from]++
				begins[to]--
			}
		}
	}
	thin := make([]bool, width)
	for i, n := 0, 0; i < width; i++ {
		n += begins[i]
		thin[i] = n > 0
	}
	return thin
}

func (r *rawSheet) ranges() []string {
	if r == nil {
		return nil
	}
	return r.merged
}

// readRaw reads the sheets as they are stored, the strings they use, and the
// names defined in the workbook.
func (x *xlsxFile) readRaw() error {
	rels, err := x.relations("xl/_rels/workbook.xml.rels")
	if err != nil {
		return err
	}
	err = x.walk("xl/workbook.xml", func(s *xmlStream, root element) error {
		return s.children(func(e element) error {
			switch e.name {
			case "sheets":
				return s.children(func(e element) error {
					if r, ok := rels[e.attr("id")]; ok && !r.external {
						x.raw[e.attr("name")] = &rawSheet{entry: r.target, flatRows: map[int]bool{}}
					}
					if telling(e.attr("name")) && digits(e.attr("name")) >= 6 {
						x.markup.add("工作表名称：" + e.attr("name"))
					}
					return nil
				})
			case "definedNames":
				return s.children(func(e element) error {
					text, err := s.text()
					if strings.Contains(text, `"`) && telling(text) {
						x.markup.add("名称“" + e.attr("name") + "”：" + literal(text))
					}
					return err
				})
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	used := map[int]bool{}
	for _, name := range sortedKeys(x.raw) {
		if err := x.rawSheet(x.raw[name], used); err != nil {
			return err
		}
	}
	return x.strings(used)
}

func (x *xlsxFile) rawSheet(r *rawSheet, used map[int]bool) error {
	return x.walk(r.entry, func(s *xmlStream, root element) error {
		return s.children(func(e element) error {
			switch e.name {
			case "cols":
				return s.children(func(e element) error {
					width, err := strconv.ParseFloat(e.attr("width"), 64)
					if hidden := e.attr("hidden"); hidden == "1" || hidden == "true" || err == nil && width == 0 {
						from, _ := strconv.Atoi(e.attr("min"))
						to, _ := strconv.Atoi(e.attr("max"))
						r.thinCols = append(r.thinCols, [2]int{from - 1, to - 1})
					}
					return nil
				})
			case "sheetData":
				row := -1
				return s.children(func(e element) error {
					if row++; e.attr("r") != "" {
						n, err := strconv.Atoi(e.attr("r"))
						if err != nil || n < 1 || n > 1<<20 {
							return errDamaged
						}
						row = n - 1
					}
					if ht, err := strconv.ParseFloat(e.attr("ht"), 64); err == nil && ht == 0 {
						r.flatRows[row] = true
					}
					return s.children(func(e element) error { return x.rawCell(s, e, r, used) })
				})
			case "mergeCells":
				return s.children(func(e element) error {
					r.merged = append(r.merged, e.attr("ref"))
					return nil
				})
			case "headerFooter":
				return s.children(func(element) error {
					text, err := s.text()
					if text = strings.TrimSpace(marginCodes.ReplaceAllString(text, " ")); telling(text) {
						r.margins = append(r.margins, text)
					}
					return err
				})
			case "dataValidations", "conditionalFormatting", "extLst":
				return s.children(x.rules(s))
			}
			return nil
		})
	})
}

// marginCodes are the instructions in the header of a printed page.
var marginCodes = regexp.MustCompile(`&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[LCRPNDTZFAGBIUESXYOH]|\d{1,3})`)

// rules keeps the values written into the lists and conditions of a sheet.
func (x *xlsxFile) rules(s *xmlStream) func(element) error {
	var walk func(element) error
	walk = func(e element) error {
		if e.name == "formula1" || e.name == "formula2" || e.name == "formula" || e.name == "f" {
			text, err := s.text()
			if telling(text) && strings.Contains(text, `"`) {
				x.markup.add("单元格规则：" + strings.ReplaceAll(literal(text), ",", "，"))
			}
			return err
		}
		return s.children(walk)
	}
	return walk
}

// rawCell keeps formulas with something to tell, long numbers, and counts which
// shared strings are used.
func (x *xlsxFile) rawCell(s *xmlStream, e element, r *rawSheet, used map[int]bool) error {
	c := rawCell{cell: e.attr("r")}
	kind := e.attr("t")
	err := s.children(func(e element) error {
		switch e.name {
		case "f":
			text, err := s.text()
			c.formula = text
			return err
		case "v":
			text, err := s.text()
			c.value = strings.TrimSpace(text)
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	keep := c.formula != "" && telling(c.formula) && strings.Contains(c.formula, `"`)
	switch kind {
	case "s":
		n, err := strconv.Atoi(c.value)
		if err != nil || n < 0 {
			return nil
		}
		used[n] = true
		// Only strings under a format of the cell's own can be shown as nothing.
		c.shared, keep = true, keep || e.attr("s") != "" && e.attr("s") != "0"
	case "", "n":
		keep = keep || digits(c.value) >= 8
	}
	if keep {
		if len(r.cells) >= x.b.lim.MaxCells {
			return tooManyCells(x.b.lim.MaxCells)
		}
		r.cells = append(r.cells, c)
	}
	return nil
}

// strings finds the shared strings no cell uses: what was deleted and stayed, and
// keeps those that cells use for the comparison with what is shown.
func (x *xlsxFile) strings(used map[int]bool) error {
	n := -1
	wanted := map[int][]*rawCell{}
	for _, r := range x.raw {
		for i := range r.cells {
			if c := &r.cells[i]; c.shared {
				if k, err := strconv.Atoi(c.value); err == nil {
					wanted[k] = append(wanted[k], c)
				}
				c.value = ""
			}
		}
	}
	return x.walk("xl/sharedStrings.xml", func(s *xmlStream, root element) error {
		return s.children(func(e element) error {
			if e.name != "si" {
				return nil
			}
			n++
			var text strings.Builder
			err := s.children(func(e element) error {
				switch e.name {
				case "t", "r":
					return s.innerText(&text)
				}
				return nil
			})
			if !used[n] && telling(text.String()) && x.b.addText(text.String()) == nil {
				x.markup.add("未使用的文字：" + text.String())
			}
			for _, c := range wanted[n] {
				c.value = text.String()
			}
			return err
		})
	})
}

// unshown adds what a sheet stores and does not show: the text of formulas, and
// values whose format shows something else.
func (x *xlsxFile) unshown(name string, g *xlsxGrid) {
	r := x.raw[name]
	if r == nil {
		return
	}
	for _, m := range r.margins {
		x.margins.add(m)
	}
	for _, c := range r.cells {
		col, row, err := excelize.CellNameToCoordinates(c.cell)
		if err != nil {
			continue
		}
		shown := ""
		if row <= len(g.rows) && col <= len(g.rows[row-1]) {
			shown = g.rows[row-1][col-1]
		}
		if text := literal(c.formula); c.formula != "" && text != shown && x.b.addText(text) == nil {
			x.formulas.entry(name+"!"+c.cell, g.head(col-1, row-1)+text)
		}
		stored := c.value
		if !c.shared {
			stored = whole(stored)
		}
		if stored != "" && bareDigits(stored) != bareDigits(shown) && digits(stored) >= 6 && !strings.Contains(bareDigits(shown), bareDigits(stored)) && x.b.addText(stored) == nil {
			x.formulas.entry(name+"!"+c.cell, g.head(col-1, row-1)+stored)
		}
	}
}

// head returns what names the column of a cell, with a colon.
func (g *xlsxGrid) head(col, row int) string {
	for i := min(row, 3) - 1; i >= 0; i-- {
		if i < len(g.rows) && col < len(g.rows[i]) {
			if s := strings.TrimSpace(g.rows[i][col]); s != "" && digits(s) == 0 && runeLen(s) <= 20 {
				return s + "："
			}
		}
	}
	return ""
}

// literal puts the strings of a formula together where it only joins them.
func literal(formula string) string {
	return strings.ReplaceAll(joins.ReplaceAllString(formula, ""), `"`, "'")
}

var joins = regexp.MustCompile(`"\s*&\s*"`)

// whole writes a stored number of many digits without its exponent; "" if it is
// not whole or has few digits.
func whole(v string) string {
	if len(v) > 40 {
		return ""
	}
	f, _, err := big.ParseFloat(v, 10, 200, big.ToNearestEven)
	if err != nil || !f.IsInt() || f.Sign() <= 0 || f.MantExp(nil) > 70 {
		return ""
	}
	return f.Text('f', 0)
}

func bareDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9' || r == 'X':
			return r
		case r == 'x':
			return 'X'
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return -1
	}, s)
}

// report adds what only the whole workbook shows.
func (x *xlsxFile) report() error {
	macros, external, caches := 0, 0, 0
	for _, name := range x.a.names {
		var to *gathered
		switch {
		case strings.HasSuffix(name, "vbaproject.bin"):
			macros++
		case strings.HasPrefix(name, "xl/externallinks/") && strings.HasSuffix(name, ".xml"):
			external++
			to = &x.markup
		case strings.HasPrefix(name, "xl/pivotcache/") && strings.HasSuffix(name, ".xml"):
			if strings.Contains(name, "records") {
				caches++
			}
			if err := x.cache(name); err != nil {
				return err
			}
		case strings.HasSuffix(name, ".rels"):
			if err := x.walk(name, func(s *xmlStream, _ element) error { return s.children(func(element) error { return nil }) }); err != nil {
				return err
			}
		case strings.HasPrefix(name, "xl/threadedcomments/"):
			var said gathered
			if err := x.sweep(name, &said); err != nil {
				return err
			}
			x.comments = append(x.comments, said.lines...)
		case !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".vml"), x.known(name):
		case strings.HasPrefix(name, "xl/drawings/") && !strings.Contains(name, "vmldrawing"), strings.HasPrefix(name, "xl/charts/chart"), strings.Contains(name, "diagrams/data"):
			to = &x.drawn
		default:
			to = &x.markup
		}
		if to != nil {
			if err := x.sweep(name, to); err != nil {
				return err
			}
		}
	}
	x.shownParts()
	for _, l := range x.markup.lines {
		x.formulas.newline()
		x.formulas.write(l)
	}
	if x.markup.lines = nil; x.formulas.n > 0 {
		x.d.Parts = append(x.d.Parts, Part{Name: PartMarkup, Text: x.formulas.s.String(), Spans: x.formulas.spans})
	}
	embedded, err := x.embedded(func(string) bool { return false })
	if err != nil {
		return err
	}
	notePackage(x.d, macros, embedded, external)
	if caches > 0 {
		x.d.note(NoteHidden, caches, "", "工作簿带有数据透视表的缓存，其中保存着全部原始数据。公开前请把透视表复制为数值。")
	}
	if err := x.readProperties(); err != nil {
		return err
	}
	if err := x.pictures(); err != nil {
		return err
	}
	x.finish()
	x.d.Pages = x.sheets
	if len(x.d.Meta) > 0 {
		x.d.addMeta()
	}
	return nil
}

// shownParts adds what is hidden, the comments and the margins of the sheets.
func (x *xlsxFile) shownParts() {
	if x.hidden.n > 0 {
		x.d.Parts = append(x.d.Parts, Part{Name: PartHidden, Text: x.hidden.s.String(), Spans: x.hidden.spans})
		if x.places > 0 {
			x.d.note(NoteHidden, x.places, PartHidden, "工作簿中有 "+strconv.Itoa(x.places)+" 处隐藏的工作表、行或列，里面有数据，下载的人可以取消隐藏看到。公开前请删除。")
		}
	}
	x.d.addPart(PartComment, x.comments)
	if n := len(x.comments); n > 0 {
		x.d.note(NoteComment, n, PartComment, "工作簿中有 "+strconv.Itoa(n)+" 条批注。公开前请删除批注。")
	}
	x.d.addPart(PartFooter, x.margins.lines)
}

// known entries have been read, or hold nothing people write.
func (x *xlsxFile) known(name string) bool {
	for _, r := range x.raw {
		if r.entry == name {
			return true
		}
	}
	for _, p := range []string{"docprops/", "xl/theme/", "xl/styles.xml", "xl/sharedstrings.xml", "xl/workbook.xml", "xl/comments", "xl/calcchain", "[content_types]", "xl/metadata.xml", "xl/charts/style", "xl/charts/colors", "xl/persons/", "xl/worksheets/", "xl/tables/", "xl/pivottables/"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// cache reads the data a pivot table keeps: the values of every cell it was made
// from.
func (x *xlsxFile) cache(entry string) error {
	where := "透视表缓存!" + path.Base(entry)
	seen := map[string]bool{}
	return x.walk(entry, func(s *xmlStream, root element) error {
		for {
			t, err := s.token()
			if err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
			e, ok := t.(xml.StartElement)
			if !ok || len(e.Name.Local) != 1 {
				continue
			}
			v := element{attrs: e.Attr}.attr("v")
			if n := whole(v); n != "" {
				v = n
			}
			if telling(v) && !seen[v] && x.b.addText(v) == nil {
				seen[v] = true
				x.hidden.entry(where, cleanText(v))
			}
		}
	})
}
