package readingtest

import (
	"strings"
)

// pdfRaw writes tables the way a PDF's text comes in its raw order: for a run of
// rows the numbers row by row or column by column, each block of numbers by
// itself, the names before them or after.
func (w *writing) pdfRaw(g *grid) {
	held := "" // names that wait for a later place, as frames drawn last have theirs
	hold := g.labels > 1 && w.Dice.Chance(40)
	defer func() { w.WriteString(held) }()
	for i := 0; i < len(g.lines); {
		l := &g.lines[i]
		if l.kind != figure {
			if l.kind == head {
				words, n := w.heads(g, i)
				for _, s := range words {
					w.WriteString(s.text + Pick(w.Dice, "\n", "\n\n"))
				}
				i += n
				continue
			}
			w.WriteString(flat(l.slots[0].text) + "\n")
			w.foreign(l, 99, true, "\n\n")
			i++
			continue
		}
		n := 1
		if g.labels > 1 && w.Dice.Chance(60) {
			n = Pick(w.Dice, w.Dice.Between(2, 12), w.Dice.Between(2, 12), w.Dice.Between(2, 12), len(g.lines))
		}
		var rows []*line
		for k := i; k < len(g.lines) && len(rows) < n && g.lines[k].kind == figure && g.lines[k].block == l.block; k++ {
			rows = append(rows, &g.lines[k])
		}
		var names, numbers string
		if len(rows) == 1 {
			names, numbers = w.rawRow(l)
		} else {
			names, numbers = w.rawColumns(rows)
		}
		switch {
		case hold && w.Dice.Chance(35):
			w.WriteString(numbers)
			held += names
		case w.late[l] || len(rows) == 1 && g.labels > 0 && w.Dice.Chance(20) || len(rows) > 1 && w.Dice.Chance(60):
			w.WriteString(numbers + names)
		default:
			w.WriteString(names + numbers)
		}
		for _, l := range rows {
			w.foreign(l, 99, true, "\n\n")
		}
		if held != "" && w.Dice.Chance(30) {
			w.WriteString(held)
			held = ""
		}
		i += len(rows)
	}
}

// rawRow returns the names and the numbers of one row, a cell a line.
func (w *writing) rawRow(l *line) (names, numbers string) {
	w.drops(l, true)
	for i := range l.slots {
		s := &l.slots[i]
		if t := w.strayWord(l, s); t != "" {
			numbers += t + "\n\n"
		}
		switch {
		case s.text == "":
		case s.cell < 0:
			names += s.text + "\n\n"
		default:
			numbers += s.text + "\n\n"
		}
	}
	return names, numbers
}

// rawColumns returns the names of several rows and their numbers column by column.
func (w *writing) rawColumns(rows []*line) (names, numbers string) {
	columns := 0
	blank := false
	for _, l := range rows {
		n := 0
		for _, s := range l.slots {
			if s.cell >= 0 {
				n++
				blank = blank || s.text == ""
			} else if s.text != "" {
				names += s.text + "\n"
			}
		}
		columns = max(columns, n)
	}
	if blank { // what is missing from a column shifts all below it
		for _, l := range rows {
			w.openLine(l)
		}
	}
	for c := range columns {
		for _, l := range rows {
			k := 0
			for _, s := range l.slots {
				if s.cell < 0 {
					continue
				}
				if k == c && s.text != "" {
					numbers += s.text + "\n"
				}
				k++
			}
		}
		numbers += "\n"
	}
	return names + "\n", numbers
}

// A piece is text at a column of a laid-out line.
type piece struct {
	at   int
	text string
}

// pdfLayout writes tables by the places of their cells on the page: names and
// heads break at the width of their column, numbers stand in the middle of the
// height of their row, the names of groups in the middle of the group.
func (w *writing) pdfLayout(g *grid) {
	number, name, inner := w.Dice.Between(5, 9), w.Dice.Between(14, 24), w.Dice.Between(9, 13)
	airy := w.Dice.Chance(25)
	width := func(col int) int {
		switch {
		case g.labels == 0, col >= g.labels:
			return number
		case g.labels == 3 && col < 2:
			return inner
		}
		return name
	}
	left := make([]int, g.width+1)
	for c := range g.width {
		left[c+1] = left[c] + width(c)
	}
	type printed struct {
		line   *line
		pieces []piece
	}
	var page []printed
	first := make([]int, len(g.lines)+1) // printed line each line of the grid begins with
	for i := range g.lines {
		l := &g.lines[i]
		parts, height := broken(l, left)
		from := len(page)
		first[i], first[i+1] = from, from+height
		for range height {
			page = append(page, printed{line: l})
		}
		for k := range l.slots {
			s := &l.slots[k]
			if s.kind == group {
				continue
			}
			top := max(0, (height-len(parts[k]))/2)
			for y, t := range parts[k] {
				at := left[s.col]
				if s.kind != label {
					at += max(0, (left[s.col+s.cols]-at-len([]rune(t)))/2)
				}
				y += top
				if s.kind == label && len(parts[k])%2 == 0 && height > len(parts[k]) && y >= height/2 {
					y++ // the numbers stand between the lines of the name
				}
				for from+y >= len(page) { // a tall head that spans the lines below
					page = append(page, printed{line: l})
					first[i+1] = len(page)
				}
				if t != "" {
					page[from+y].pieces = append(page[from+y].pieces, piece{at, t})
				}
			}
		}
	}
	for i := range g.lines {
		for k := range g.lines[i].slots {
			if s := &g.lines[i].slots[k]; s.kind == group && s.text != "" {
				mid := (first[i] + first[min(i+s.rows, len(g.lines))] - 1) / 2
				page[mid].pieces = append(page[mid].pieces, piece{left[s.col], flat(s.text)})
			}
		}
	}
	for i, pr := range page {
		w.WriteString(laid(pr.pieces) + "\n")
		if last := i+1 == len(page) || page[i+1].line != pr.line; last && (airy || pr.line.kind != figure && w.Dice.Chance(50)) {
			w.WriteString("\n")
		}
		if i+1 == len(page) || page[i+1].line != pr.line {
			w.foreign(pr.line, 99, true, "\n")
		}
	}
	for i := range g.lines {
		l := &g.lines[i]
		for _, s := range l.slots {
			if s.cell >= 0 && s.text == "" {
				w.openLine(l)
			}
		}
	}
}

// broken breaks the names and heads of a line at the width of their columns and
// says how many printed lines that takes.
func broken(l *line, left []int) (parts [][]string, height int) {
	parts = make([][]string, len(l.slots))
	height = 1
	for k, s := range l.slots {
		room := left[s.col+s.cols] - left[s.col] - 2
		if s.cell >= 0 {
			parts[k] = []string{flat(s.text)}
			continue
		}
		for _, t := range strings.Split(s.text, "\n") {
			r := []rune(t)
			for len(r) > room && room > 2 {
				parts[k] = append(parts[k], string(r[:room]))
				r = r[room:]
			}
			parts[k] = append(parts[k], string(r))
		}
		if s.kind == label || s.kind == head && s.rows == 1 {
			height = max(height, len(parts[k]))
		}
	}
	if height%2 == 0 && l.kind == figure {
		height++ // the middle falls between two lines of the name
	}
	return parts, height
}

// laid puts pieces into one line, each at its column or after its neighbour.
func laid(pieces []piece) string {
	for i := range pieces { // few: sort by insertion
		for k := i; k > 0 && pieces[k].at < pieces[k-1].at; k-- {
			pieces[k], pieces[k-1] = pieces[k-1], pieces[k]
		}
	}
	var s []rune
	for _, p := range pieces {
		if len(s) > 0 && len(s) >= p.at {
			s = append(s, ' ')
		}
		for len(s) < p.at {
			s = append(s, ' ')
		}
		s = append(s, []rune(p.text)...)
	}
	return strings.TrimRight(string(s), " ")
}
