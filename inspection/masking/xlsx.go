package masking

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"gongkai/document"
)

// A sheet is one sheet of a workbook.
type sheet struct {
	name, part string
	hidden     bool
}

// book rewrites a workbook, cell by cell.
func (p *plan) book(data []byte, clean bool) ([]byte, []string, error) {
	k, err := openPack(document.KindXlsx, data)
	if err != nil {
		return nil, nil, err
	}
	sheets, err := k.sheets()
	if err != nil {
		return nil, nil, err
	}
	done, formulas, used := tally{}, false, map[int]bool{}
	for _, sh := range sheets {
		b, err := k.read(sh.part)
		if err != nil {
			return nil, nil, err
		}
		if b == nil {
			continue
		}
		w := &cells{plan: p, sheet: sh, clean: clean, done: done, used: used}
		if w.rewrite(b) != nil {
			return nil, nil, broken(k.kind)
		}
		formulas = formulas || w.formulas
		k.now[sh.part] = w.out
	}
	if err := k.strings(p, used); err != nil {
		return nil, nil, err
	}
	if formulas {
		if err := k.dropCalculation(); err != nil {
			return nil, nil, err
		}
		done.add(cleanedFormulas, true)
	}
	if clean {
		if err := k.eachXML("xl/", func(name string, s *splice) error { return cleanRemarks(s, done) }); err != nil {
			return nil, nil, err
		}
	}
	if err := k.finish(p, "xl/", clean, done); err != nil {
		return nil, nil, err
	}
	out, err := k.write()
	return out, done.list(), err
}

// sheets lists the sheets with the parts they stand in.
func (k *pack) sheets() ([]sheet, error) {
	b, err := k.read("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	var w struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attr  []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if xml.Unmarshal(b, &w) != nil {
		return nil, broken(k.kind)
	}
	rels, err := k.relationships("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	var all []sheet
	for _, s := range w.Sheets {
		for _, a := range s.Attr {
			if part := rels[a.Value]; a.Name.Local == "id" && part != "" {
				all = append(all, sheet{s.Name, part, s.State == "hidden" || s.State == "veryHidden"})
			}
		}
	}
	return all, nil
}

// strings masks the texts that cells share, and empties those no cell uses any
// more: what a cell held before must not stay behind.
func (k *pack) strings(p *plan, used map[int]bool) error {
	return k.each("xl/", "sharedstrings.xml", func(_ string, b []byte) ([]byte, error) {
		s := &splice{src: b}
		everywhere := &plan{every: p.every, lengths: p.lengths}
		if everywhere.part(s) != nil {
			return nil, broken(k.kind)
		}
		i, from := 0, 0
		if s.walk(func(e *event) {
			switch {
			case e.name() != "si":
			case e.start:
				from = e.from
			case e.end:
				if !used[i] {
					s.cut(from, e.to, "<si><t></t></si>")
				}
				i++
			}
		}) != nil {
			return nil, broken(k.kind)
		}
		return s.result(), nil
	})
}

// dropCalculation takes out the list of formulas in their order, which would name
// cells that have none any more; programs make it anew.
func (k *pack) dropCalculation() error {
	if k.names["xl/calcChain.xml"] == nil {
		return nil
	}
	k.now["xl/calcChain.xml"] = nil
	drop := func(_ string, s *splice) error {
		from := 0
		return s.walk(func(e *event) {
			if n := e.name(); n != "Override" && n != "Relationship" {
				return
			}
			if e.start {
				from = -1
				if strings.HasSuffix(e.value("PartName")+e.value("Target"), "calcChain.xml") {
					from = e.from
				}
			} else if e.end && from >= 0 {
				s.cut(from, e.to, "")
			}
		})
	}
	if err := k.eachXML("[Content_Types]", drop); err != nil {
		return err
	}
	return k.eachXML("xl/_rels/", drop)
}

// cleanRemarks takes the comments out of a part of a workbook.
func cleanRemarks(s *splice, done tally) error {
	from := 0
	return s.walk(func(e *event) {
		switch n := e.name(); {
		case n != "comment" && n != "threadedComment" && n != "person" && n != "author":
		case e.start:
			from = e.from
		case e.end && n == "author":
			s.cut(from, e.to, "<author></author>")
		case e.end:
			s.cut(from, e.to, "")
			done.add(cleanedComments, n != "person")
		}
	})
}

// cells is one sheet being rewritten.
type cells struct {
	*plan
	sheet    sheet
	clean    bool
	done     tally
	used     map[int]bool // shared texts that cells still use
	formulas bool         // some formula became its value
	out      []byte

	s          splice
	hiddenCols [][2]int
	all        []*cell
}

// A cell is one cell as the file has it.
type cell struct {
	from, to    int
	ref, style  string
	kind        string // "s" shared, "inlineStr", "str", "" a number …
	value       *piece
	texts       []*piece
	formula     [2]int // bytes of the formula; 0, 0 if it has none
	formulaText string
	shared      bool // the formula is one of a group
	hidden      bool
}

func (w *cells) rewrite(b []byte) error {
	w.s = splice{src: b}
	if err := w.scan(); err != nil {
		return err
	}
	values := false // all formulas become their values
	for _, c := range w.all {
		if w.clean && c.hidden {
			values = true
		}
		if c.shared && w.changes(c) {
			values = true
		}
	}
	for _, c := range w.all {
		w.cell(c, values)
	}
	w.out = w.s.result()
	return w.rest()
}

// rest masks what else a sheet holds, headers and links.
func (w *cells) rest() error {
	s := &splice{src: w.out}
	if err := (&plan{every: w.every, lengths: w.lengths}).part(s); err != nil {
		return err
	}
	w.out = s.result()
	return nil
}

// scan finds the cells.
func (w *cells) scan() error {
	var c *cell
	row, col, rowHidden, formulaFrom := 0, 0, false, 0
	return w.s.walk(func(e *event) {
		n := e.name()
		switch {
		case e.start && n == "col" && on(e.value("hidden")) && e.value("hidden") != "":
			from, _ := strconv.Atoi(e.value("min"))
			to, _ := strconv.Atoi(e.value("max"))
			w.hiddenCols = append(w.hiddenCols, [2]int{from, to})
		case e.start && n == "row":
			row, col = row+1, 0
			if r, err := strconv.Atoi(e.value("r")); err == nil {
				row = r
			}
			rowHidden = e.value("hidden") != "" && on(e.value("hidden"))
		case e.start && n == "c":
			col++
			ref := e.value("r")
			if ref == "" {
				ref = columnName(col) + strconv.Itoa(row)
			}
			col = columnNumber(ref)
			c = &cell{from: e.from, ref: ref, style: e.value("s"), kind: e.value("t"), hidden: w.sheet.hidden || rowHidden || w.hiddenCol(col)}
		case c == nil:
		case e.start && n == "f":
			formulaFrom, c.shared = e.from, e.value("t") == "shared" || e.value("t") == "array"
		case e.end && n == "f":
			c.formula = [2]int{formulaFrom, e.to}
		case e.end && n == "c":
			c.to = e.to
			w.all = append(w.all, c)
			c = nil
		case e.text != nil && n == "v":
			c.value = &piece{run: run{text: []rune(string(e.text))}, from: e.from, to: e.to}
		case e.text != nil && n == "f":
			c.formulaText = string(e.text)
		case e.text != nil && n == "t":
			c.texts = append(c.texts, &piece{run: run{text: []rune(string(e.text))}, from: e.from, to: e.to})
		}
	})
}

func (w *cells) hiddenCol(n int) bool {
	for _, c := range w.hiddenCols {
		if n >= c[0] && n <= c[1] {
			return true
		}
	}
	return false
}

// changes tells whether the plan has anything to say about a cell.
func (w *cells) changes(c *cell) bool {
	if _, ok := w.plan.cells[w.sheet.name+"!"+c.ref]; ok {
		return true
	}
	everywhere := &plan{every: w.every, lengths: w.lengths}
	if _, did := everywhere.maskString(c.formulaText); did {
		return true
	}
	if c.value == nil || c.kind == "s" {
		return false
	}
	_, did := everywhere.maskString(string(c.value.text))
	return did
}

// cell writes one cell anew where it has to.
func (w *cells) cell(c *cell, values bool) {
	switch {
	case w.clean && c.hidden:
		if c.value != nil || len(c.texts) > 0 {
			w.done.add(cleanedSheets, true)
		}
		w.formulas = w.formulas || c.formula[1] > 0
		w.s.cut(c.from, c.to, "")
		return
	case w.changes(c):
		now, ok := w.plan.cells[w.sheet.name+"!"+c.ref]
		if !ok && c.value != nil {
			now, _ = (&plan{every: w.every, lengths: w.lengths}).maskString(string(c.value.text))
		}
		w.formulas = w.formulas || c.formula[1] > 0
		w.s.cut(c.from, c.to, inlineCell(c, now))
		return
	case values && c.formula[1] > 0:
		w.formulas = true
		w.s.cut(c.formula[0], c.formula[1], "")
	}
	if c.kind == "s" && c.value != nil {
		if i, err := strconv.Atoi(strings.TrimSpace(string(c.value.text))); err == nil {
			w.used[i] = true
		}
	}
}

// inlineCell is a cell that holds its own text.
func inlineCell(c *cell, text string) string {
	var b bytes.Buffer
	b.WriteString(`<c r="` + c.ref + `"`)
	if c.style != "" {
		b.WriteString(` s="` + c.style + `"`)
	}
	if text == "" {
		b.WriteString(`/>`)
		return b.String()
	}
	b.WriteString(` t="inlineStr"><is><t xml:space="preserve">`)
	b.Write(escaped(text))
	b.WriteString(`</t></is></c>`)
	return b.String()
}

// columnNumber returns the column of a reference, from 1.
func columnNumber(ref string) int {
	n := 0
	for i := 0; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		n = n*26 + int(ref[i]-'A') + 1
	}
	return n
}

func columnName(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
