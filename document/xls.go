package document

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// An xlsBook is a workbook of Excel 97–2003 and of the WPS files of the same
// form, [MS-XLS]: a stream of records. What it shows is laid out as an xlsx is.
type xlsBook struct {
	x       *xlsxFile
	s       []byte
	sheets  []xlsSheet
	strings []string
	formats map[uint16]string // number formats of the file's own
	cells   []uint16          // number format by cell format
}

type xlsSheet struct {
	name    string
	at      int
	visible bool
}

// Records by their numbers in [MS-XLS] 2.3.
const (
	xlsBOF, xlsEOF, xlsContinue          = 0x0809, 0x000a, 0x003c
	xlsFilePass, xlsBoundSheet, xlsSST   = 0x002f, 0x0085, 0x00fc
	xlsFormat, xlsXF                     = 0x041e, 0x00e0
	xlsNumber, xlsRK, xlsMulRK, xlsLabel = 0x0203, 0x027e, 0x00bd, 0x0204
	xlsLabelSST, xlsFormula, xlsString   = 0x00fd, 0x0006, 0x0207
	xlsRow, xlsColInfo, xlsMerged        = 0x0208, 0x007d, 0x00e5
	xlsNote, xlsObj, xlsText             = 0x001c, 0x005d, 0x01b6
	xlsHeader, xlsFooter                 = 0x0014, 0x0015
)

func readXls(b *budget, d *Doc, data []byte) error {
	streams, names, err := oleStreams(data, int64(len(data)), "Workbook", "Book", summaryStream, companyStream)
	if err != nil {
		return failure(KindXls, err)
	}
	return readXlsStreams(b, d, streams, names)
}

// readXlsStreams reads a workbook taken out of the file around it.
func readXlsStreams(b *budget, d *Doc, streams map[string][]byte, names []string) error {
	k := &xlsBook{x: &xlsxFile{office: office{b: b, d: d}, raw: map[string]*rawSheet{}}, s: streams["Workbook"], formats: map[uint16]string{}}
	if k.s == nil {
		k.s = streams["Book"]
	}
	if len(k.s) < 8 || binary.LittleEndian.Uint16(k.s) != xlsBOF {
		return damaged(KindXls)
	}
	if binary.LittleEndian.Uint16(k.s[4:]) != 0x0600 {
		return notText(KindOLE) // Excel 95 and older
	}
	if err := k.globals(); err != nil {
		return failure(KindXls, err)
	}
	for _, s := range k.sheets {
		if err := k.sheet(s); err != nil {
			return failure(KindXls, err)
		}
	}
	k.report(streams, names)
	if !k.x.anything() {
		return empty(KindXls)
	}
	return nil
}

// records calls f for each record from a place on until the end of its stream of
// records; f gets the records that continue it, too.
func (k *xlsBook) records(at int, f func(id uint16, parts [][]byte) error) error {
	for at+4 <= len(k.s) {
		if err := k.x.b.node(); err != nil {
			return err
		}
		id, size := binary.LittleEndian.Uint16(k.s[at:]), int(binary.LittleEndian.Uint16(k.s[at+2:]))
		if at += 4; at+size > len(k.s) {
			return errDamaged
		}
		parts := [][]byte{k.s[at : at+size]}
		at += size
		for at+4 <= len(k.s) && binary.LittleEndian.Uint16(k.s[at:]) == xlsContinue {
			size := int(binary.LittleEndian.Uint16(k.s[at+2:]))
			if at += 4; at+size > len(k.s) {
				return errDamaged
			}
			parts = append(parts, k.s[at:at+size])
			at += size
		}
		if id == xlsEOF {
			return nil
		}
		if err := f(id, parts); err != nil {
			return err
		}
	}
	return nil
}

// globals reads the sheets' names, the strings and the formats.
func (k *xlsBook) globals() error {
	return k.records(0, func(id uint16, parts [][]byte) error {
		p := &xlsReader{parts: parts}
		switch id {
		case xlsFilePass:
			return encrypted(KindXls)
		case xlsBoundSheet:
			at, state, kind := int(p.u32()), p.u8(), p.u8()
			name := p.text(int(p.u8()))
			if kind == 0 && !p.short && len(k.sheets) < 1000 {
				k.sheets = append(k.sheets, xlsSheet{name: cleanText(name), at: at, visible: state == 0})
			}
		case xlsSST:
			p.u32()
			n := int(p.u32())
			for i := 0; i < n && !p.short; i++ {
				if err := k.x.b.node(); err != nil {
					return err
				}
				s := p.text(int(p.u16()))
				if err := k.x.b.addText(s); err != nil {
					return err
				}
				k.strings = append(k.strings, s)
			}
			k.x.b.text = 0 // the cells count it again
		case xlsFormat:
			n := p.u16()
			k.formats[n] = p.text(int(p.u16()))
		case xlsXF:
			p.u16()
			k.cells = append(k.cells, p.u16())
		}
		return nil
	})
}

// xlsColumns is how many columns a sheet of this format has, [MS-XLS] 2.5.
const xlsColumns = 256

// sheet reads the cells of one sheet and lays them out.
func (k *xlsBook) sheet(s xlsSheet) error {
	if s.at <= 0 || s.at >= len(k.s) {
		return errDamaged
	}
	r := &rawSheet{flatRows: map[int]bool{}}
	g := &xlsxGrid{hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{}}
	notes, said, object := map[uint16]string{}, map[uint16]string{}, uint16(0)
	row, col := 0, 0 // of the last formula, whose text follows it
	put := func(row, col int, v string) error {
		if v == "" {
			return nil
		}
		if col >= xlsColumns {
			return errDamaged
		}
		if err := k.x.b.addCells(1); err != nil {
			return err
		}
		for len(g.rows) <= row {
			g.rows = append(g.rows, nil)
		}
		if k.x.wide += max(0, col+1-len(g.rows[row])); k.x.wide > 20*k.x.b.lim.MaxCells {
			return tooManyCells(k.x.b.lim.MaxCells)
		}
		for len(g.rows[row]) <= col {
			g.rows[row] = append(g.rows[row], "")
		}
		g.rows[row][col], g.width = v, max(g.width, col+1)
		return nil
	}
	err := k.records(s.at, func(id uint16, parts [][]byte) error {
		p := &xlsReader{parts: parts}
		switch id {
		case xlsNumber:
			row, col, f := int(p.u16()), int(p.u16()), p.u16()
			return put(row, col, k.shown(math.Float64frombits(p.u64()), f))
		case xlsRK:
			row, col, f := int(p.u16()), int(p.u16()), p.u16()
			return put(row, col, k.shown(rkValue(p.u32()), f))
		case xlsMulRK:
			row, col := int(p.u16()), int(p.u16())
			for n := (len(parts[0]) - 6) / 6; n > 0; n-- {
				f := p.u16()
				if err := put(row, col, k.shown(rkValue(p.u32()), f)); err != nil {
					return err
				}
				col++
			}
		case xlsLabelSST:
			row, col := int(p.u16()), int(p.u16())
			p.u16()
			if n := int(p.u32()); n < len(k.strings) && !p.short {
				return put(row, col, k.strings[n])
			}
		case xlsLabel:
			row, col := int(p.u16()), int(p.u16())
			p.u16()
			return put(row, col, p.text(int(p.u16())))
		case xlsFormula:
			var f uint16
			row, col, f = int(p.u16()), int(p.u16()), p.u16()
			if v := p.u64(); v>>48 != 0xffff {
				return put(row, col, k.shown(math.Float64frombits(v), f))
			}
		case xlsString:
			return put(row, col, p.text(int(p.u16())))
		case xlsRow:
			if n := int(p.u16()); len(parts[0]) >= 14 && parts[0][12]&0x20 != 0 {
				g.hiddenRows[n] = true
			}
		case xlsColInfo:
			from, to := int(p.u16()), int(p.u16())
			width := p.u16()
			p.u16()
			if hidden := p.u16()&1 != 0; hidden || width == 0 {
				r.thinCols = append(r.thinCols, [2]int{from, to})
			}
		case xlsMerged:
			for n := p.u16(); n > 0 && !p.short; n-- {
				r0, r1, c0, c1 := int(p.u16()), int(p.u16()), int(p.u16()), int(p.u16())
				r.merged = append(r.merged, cellName(c0, r0)+":"+cellName(c1, r1))
			}
		case xlsHeader, xlsFooter:
			if len(parts[0]) > 0 {
				if t := strings.TrimSpace(marginCodes.ReplaceAllString(p.text(int(p.u16())), " ")); telling(t) {
					r.margins = append(r.margins, t)
				}
			}
		case xlsObj:
			p.u32()
			p.u16()
			object = p.u16()
		case xlsText:
			if len(parts) > 1 && len(parts[0]) >= 12 {
				n := int(binary.LittleEndian.Uint16(parts[0][10:]))
				said[object] = (&xlsReader{parts: parts[1:]}).text(n)
			}
		case xlsNote:
			row, col := int(p.u16()), int(p.u16())
			p.u16()
			notes[p.u16()] = cellName(col, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(said)) {
		text := collapse(said[id])
		if text == "" {
			continue
		}
		if cell, ok := notes[id]; ok {
			k.x.comments = append(k.x.comments, s.name+"!"+cell+"："+text)
		} else {
			k.x.drawn.add(text)
		}
	}
	k.x.raw[s.name] = r
	k.x.hideColumns(g, r)
	for n := range g.hiddenRows {
		if n >= len(g.rows) || strings.Join(g.rows[n], "") == "" {
			delete(g.hiddenRows, n)
		}
	}
	return k.x.layOut(s.name, g, s.visible)
}

func (k *xlsBook) report(streams map[string][]byte, names []string) {
	macros, embedded := 0, 0
	for _, n := range names {
		switch {
		case n == "_VBA_PROJECT_CUR" || strings.HasPrefix(n, "_VBA_PROJECT_CUR/VBA/dir"):
			macros = 1
		case strings.HasPrefix(n, "MBD") && !strings.Contains(n, "/"):
			embedded++
		case strings.HasPrefix(n, "_SX_DB_CUR/"):
			k.x.d.note(NoteHidden, 1, "", "工作簿带有数据透视表的缓存，其中保存着全部原始数据。公开前请把透视表复制为数值。")
		}
	}
	k.x.shownParts()
	notePackage(k.x.d, macros, embedded, 0)
	k.x.d.addSummary(streams[summaryStream], summaryNames)
	k.x.d.addSummary(streams[companyStream], companyNames)
	k.x.finish()
	if len(k.x.d.Meta) > 0 {
		k.x.d.addMeta()
	}
}

// shown writes a number as its format does, as far as it is a date.
func (k *xlsBook) shown(v float64, xf uint16) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	if int(xf) < len(k.cells) && v >= 1 && v < 300_000 && k.dated(k.cells[xf]) {
		if t, err := excelize.ExcelDateToTime(v, false); err == nil {
			return t.Format("2006-1-2")
		}
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func (k *xlsBook) dated(format uint16) bool {
	if format >= 14 && format <= 17 || format == 22 || format >= 27 && format <= 31 || format == 36 || format >= 50 && format <= 58 {
		return true
	}
	f := strings.ToLower(k.formats[format])
	return strings.ContainsAny(f, "y年") && strings.ContainsAny(f, "md月日")
}

// rkValue is a number in four bytes.
func rkValue(rk uint32) float64 {
	v := float64(int32(rk) >> 2)
	if rk&2 == 0 {
		v = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		v /= 100
	}
	return v
}

// An xlsReader reads a record that may go on in others.
type xlsReader struct {
	parts [][]byte
	at    int  // in the first of parts
	short bool // it ended too early
}

func (p *xlsReader) u8() uint8 {
	for len(p.parts) > 0 && p.at >= len(p.parts[0]) {
		p.parts, p.at = p.parts[1:], 0
	}
	if len(p.parts) == 0 {
		p.short = true
		return 0
	}
	p.at++
	return p.parts[0][p.at-1]
}

func (p *xlsReader) u16() uint16 { return uint16(p.u8()) | uint16(p.u8())<<8 }
func (p *xlsReader) u32() uint32 { return uint32(p.u16()) | uint32(p.u16())<<16 }
func (p *xlsReader) u64() uint64 { return uint64(p.u32()) | uint64(p.u32())<<32 }

// text reads n characters with the byte before them that says how they are
// stored; that byte stands again where a string goes on in the next record.
func (p *xlsReader) text(n int) string {
	flags := p.u8()
	runs, more := 0, 0
	if flags&8 != 0 {
		runs = int(p.u16())
	}
	if flags&4 != 0 {
		more = int(p.u32())
	}
	units := make([]uint16, 0, min(n, 1<<15))
	for range n {
		if len(p.parts) > 0 && p.at >= len(p.parts[0]) && len(p.parts) > 1 {
			p.parts, p.at = p.parts[1:], 0
			flags = p.u8()
		}
		if p.short {
			break
		}
		if flags&1 != 0 {
			units = append(units, p.u16())
		} else {
			units = append(units, uint16(p.u8()))
		}
	}
	for i := 0; i < 4*runs+more && !p.short; i++ {
		p.u8()
	}
	return string(utf16.Decode(units))
}
