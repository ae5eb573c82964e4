package reading

import (
	"strings"
	"unicode/utf8"
)

// scanText scans a text line by line.
func (s *scanner) scanText(text string) {
	s.text = text
	s.border = bordered(text)
	at := int32(0) // code points before the line
	for i := 0; i <= len(text) && !s.full; {
		j := i
		if k := strings.IndexByte(text[i:], '\n'); k >= 0 {
			j = i + k
		} else {
			j = len(text)
		}
		n := int32(utf8.RuneCountInString(text[i:j]))
		s.textLine(i, j, at)
		at += n + 1
		i = j + 1
	}
}

// bordered reports whether most lines with upright strokes begin with one: then
// it is no cell's end.
func bordered(text string) bool {
	with, begin := 0, 0
	for i := 0; ; {
		k := strings.IndexByte(text[i:], '|')
		if k < 0 {
			return begin*2 > with
		}
		with++
		j := i + k
		for j > 0 && (text[j-1] == ' ' || text[j-1] == '\t') {
			j--
		}
		e := strings.IndexByte(text[i+k:], '\n')
		line := text[i+k:]
		if e >= 0 {
			line = line[:e]
		}
		if strings.Trim(line, "| \r") == "" && (j == 0 || text[j-1] == '\n') {
			with-- // nothing but strokes
		} else if j == 0 || text[j-1] == '\n' {
			begin++
		}
		if e < 0 {
			return begin*2 > with
		}
		i += k + e + 1
	}
}

// textLine scans the line text[i:j].
func (s *scanner) textLine(i, j int, at int32) {
	s.line++
	if k := strings.IndexByte(s.text[i:j], '\f'); k >= 0 {
		s.tokens = append(s.tokens, token{kind: turn, line: s.line, start: at, end: at})
		n := utf8.RuneCountInString(s.text[i : i+k])
		s.textLine(i, i+k, at)
		i, at = i+k+1, at+int32(n)+1
	}
	line := s.text[i:j]
	bare := strings.TrimLeft(line, " \r")
	if bare == "" {
		s.gap++
		return
	}
	if strings.IndexByte(line, '\t') < 0 && strings.IndexByte(line, '|') < 0 && !strings.ContainsAny(line[:min(len(line), 3)], "｜│") {
		if long(line) {
			s.push(token{kind: running, line: s.line, start: at, end: at + int32(len(line)/3), b: int32(i), be: int32(j)})
			s.gap = 0
			return
		}
		if len(line) > 600 {
			s.sentences(i, j, at)
			return
		}
		first := len(s.tokens)
		s.scanCell(i, j, at, 0, 0)
		s.judge(first, line)
		return
	}
	s.cellLine(i, j, at)
}

// sentences scans a line that holds a whole table, and running text perhaps,
// sentence by sentence.
func (s *scanner) sentences(i, j int, at int32) {
	for i < j && !s.full {
		e := j
		if k := strings.Index(s.text[i:j], "。"); k >= 0 {
			e = i + k + len("。")
		}
		first := len(s.tokens)
		s.scanCell(i, e, at, 0, 0)
		s.judge(first, s.text[i:e])
		at += int32(utf8.RuneCountInString(s.text[i:e]))
		i = e
		s.line++
	}
}

// long reports lines so long, and with so few numbers standing alone, that
// they can only be running text.
func long(line string) bool {
	if len(line) < 200 {
		return false
	}
	alone, run, bound := 0, 0, true
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c >= '0' && c <= '9', (c == '.' || c == ',') && run > 0:
			run++
		case c == ' ':
			if run > 0 && bound {
				alone++
			}
			run, bound = 0, true
		case c == 0xEF && i+2 < len(line) && line[i+1] == 0xBC && line[i+2] >= 0x90 && line[i+2] <= 0x99:
			run++
			i += 2
		case c >= 0x80:
			if run > 0 && bound {
				alone++
			}
			run, bound = 0, false
			if c == 0xC2 {
				bound = true
			}
		default:
			run, bound = 0, false
		}
	}
	return alone < 12 && alone*60 < len(line)
}

// cellLine scans a line of cells parted by tabs or strokes.
func (s *scanner) cellLine(i, j int, at int32) {
	line := s.text[i:j]
	sep := byte('\t')
	if strings.IndexByte(line, '|') >= 0 {
		sep = '|'
		t := strings.TrimRight(line, " \r\t")
		k := 0
		for k < len(t) && (t[k] == ' ' || t[k] == '\t') {
			k++
		}
		if ruler(t[k:]) {
			return
		}
		if s.border && k < len(t) && t[k] == '|' && t != "|" {
			k++
		}
		if e := len(t) - 1; e > k && t[e] == '|' {
			t = t[:e]
		}
		at += int32(utf8.RuneCountInString(t[:k]))
		i, line = i+k, t[k:]
		if line == "|" {
			line = ""
		}
	} else {
		line = strings.TrimRight(line, " \r")
		tabs := strings.Count(line, "\t")
		if tabs == 1 && line[0] == '\t' && len(line) > 1 {
			i, at, line = i+1, at+1, line[1:]
			s.tab++
		} else if tabs == 1 && line == "\t" {
			i, at, line = i+1, at+1, ""
			s.tab++
		} else {
			s.cols++
		}
	}
	first := len(s.tokens)
	x := int32(0)
	s.col, s.span = 0, 1
	for {
		k := strings.IndexByte(line, sep)
		cell := line
		if k >= 0 {
			cell = line[:k]
		}
		s.cells++
		n := int32(utf8.RuneCountInString(cell))
		if s.scanCell(i, i+len(cell), at, s.cells, x) == 0 {
			s.push(token{kind: empty, line: s.line, cell: s.cells, start: at, end: at, x: x, xe: x, b: int32(i), be: int32(i)})
		}
		if k < 0 {
			break
		}
		i, at, x = i+k+1, at+n+1, x+n+1
		s.col++
		line = line[k+1:]
	}
	s.judgeCells(first)
}

// ruler reports the line under the heading of a Markdown table.
func ruler(t string) bool {
	dashes := 0
	for i := 0; i < len(t); i++ {
		switch t[i] {
		case '-':
			dashes++
		case '|', ':', ' ', '+', '=':
		default:
			return false
		}
	}
	return dashes >= 3 && (strings.Contains(t, "---") || strings.Contains(t, ":-"))
}
