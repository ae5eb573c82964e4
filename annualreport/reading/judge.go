package reading

import (
	"strings"
)

// judge drops a line without cells if it is running text with numbers in it.
func (s *scanner) judge(first int, line string) {
	toks := s.tokens[first:]
	if len(toks) == 0 {
		s.gap++
		return
	}
	strange, known, figures, strokes := 0, 0, 0, 0
	for i := range toks {
		t := &toks[i]
		switch t.kind {
		case words:
			if t.nguess > 0 && t.guess[0].score >= 60 {
				known += int(t.end - t.start)
			} else {
				strange += int(t.end - t.start)
			}
		case number:
			figures++
		case stroke:
			strokes++
		}
	}
	if k := pageMark(toks, line); k {
		s.tokens = append(s.tokens[:first], token{kind: turn, line: s.line, start: toks[0].start, end: toks[len(toks)-1].end, page: s.page})
		s.gap = 0
		return
	}
	if strange > 8+4*max(0, figures-2) || strange >= 4 && figures < 12 && strings.Contains(line, "。") {
		t := token{kind: running, line: s.line, start: toks[0].start, end: toks[len(toks)-1].end, b: toks[0].b, be: toks[len(toks)-1].be, page: s.page}
		if known > strange && figures == 0 { // a label among strange words is still a label
			s.tokens[first].gap = s.gap
			s.gap = 0
			return
		}
		s.tokens = append(s.tokens[:first], t)
		s.gap = 0
		return
	}
	s.tokens[first].gap = s.gap
	s.gap = 0
}

// judgeCells drops the running text among the cells of a line.
func (s *scanner) judgeCells(first int) {
	if first < len(s.tokens) {
		s.tokens[first].gap = s.gap
	}
	s.gap = 0
	// Words where a figure should be: something stands in the cell.
	label, cell, values := false, int32(0), false
	for i := first; i < len(s.tokens); i++ {
		t := &s.tokens[i]
		switch {
		case t.kind == words && t.nguess > 0 && lex.entries[t.guess[0].entry].role == roleRow && t.guess[0].score >= 60:
			label, cell, values = true, t.cell, false
		case t.kind == words && label && values && t.cell != cell && t.cell != s.tokens[i-1].cell && (t.nguess == 0 || lex.entries[t.guess[0].entry].role == roleChapter):
			if s.text[t.b:t.be] == "无" {
				t.kind = stroke
			} else {
				t.kind, t.bad = number, true
			}
		case (t.kind == number || t.kind == stroke) && label && t.cell != cell:
			values = true
		}
	}
	// Digits before a label, with the numbers of its row behind it, are what is
	// left of the label.
	last, after := -1, 0
	for i := len(s.tokens) - 1; i >= first; i-- {
		switch t := &s.tokens[i]; t.kind {
		case number, stroke:
			after++
		case words:
			if t.nguess > 0 && t.guess[0].score >= 50 && after >= 3 {
				last = i
			}
		}
		if last >= 0 {
			break
		}
	}
	if last >= 0 {
		n, strayed := 0, false
		for i := first; i < last; i++ {
			if t := &s.tokens[i]; t.kind == number || t.kind == stroke {
				n++
				strayed = true
			}
		}
		if strayed && n == 1 {
			for i := first; i < last; i++ {
				if t := &s.tokens[i]; t.kind == number || t.kind == stroke {
					t.kind, t.nguess = words, 0
				}
			}
		}
	}
}

// pageMark recognises page numbers by their dress: - 3 -, — 3 —, 第 3 页, 3 / 8.
func pageMark(toks []token, line string) bool {
	s := strings.TrimSpace(line)
	if len(s) > 40 || len(s) < 3 {
		return false
	}
	digits, dashes, others, pages := 0, 0, 0, false
	first, last := rune(0), rune(0)
	for _, r := range s {
		if space(r) {
			continue
		}
		if first == 0 {
			first = r
		}
		last = r
		if _, ok := digit(r); ok {
			digits++
			continue
		}
		switch r {
		case '-', '—', '－', '–', '―', '─', '一', '·', '~', '～', '.':
			dashes++
		case '第', '共', '页', '頁', '/', 'P', 'p', 'a', 'g', 'e', 'o', 'f', '，', ',':
			others++
			pages = pages || r == '页' || r == '頁'
		default:
			return false
		}
	}
	if digits == 0 || digits > 8 {
		return false
	}
	if pages {
		return true
	}
	return others == 0 && dashes >= 2 && digits <= 4 && dashKind(first) && dashKind(last)
}

func dashKind(r rune) bool {
	_, ok := digit(r)
	return !ok
}
