package readingtest

import "strings"

// cells writes one cell a line: bare, with blank lines between, or led by tabs
// with the merged cells kept as empty lines.
func (w *writing) cells() func(*grid) {
	gap, indent, fillers, wrap := "\n", "", false, "\n"
	switch w.Dice.N(4) {
	case 0:
		gap = "\n\n"
		wrap = Pick(w.Dice, "\n", "\n  ", "\n\n")
	case 1:
		indent, fillers = "\t", true
	case 2:
		indent = Pick(w.Dice, " ", "  ", "\u00a0")
	}
	put := func(s string) {
		if s == "" {
			w.WriteString(indent + "\n")
			return
		}
		w.WriteString(indent + strings.ReplaceAll(s, "\n", wrap) + gap)
	}
	return func(g *grid) {
		_, owner := g.full(func(slot) string { return "" })
		for i := 0; i < len(g.lines); {
			l := &g.lines[i]
			if l.kind == head {
				words, n := w.heads(g, i)
				for _, s := range words {
					put(s.text)
				}
				i += n
				continue
			}
			rows := w.run(g, i)
			if len(rows) == 1 {
				if fillers { // the places of merged cells begun above
					for x := 0; x < g.width && owner[i][x] != nil && !starts(l, owner[i][x]); x++ {
						put("")
					}
				}
				w.cellLine(l, put)
			} else {
				w.joinedLines(rows, put)
			}
			if indent == "\t" {
				w.WriteString("\n")
			}
			i += len(rows)
		}
	}
}

// starts tells whether a slot begins in a line.
func starts(l *line, s *slot) bool {
	for i := range l.slots {
		if &l.slots[i] == s {
			return true
		}
	}
	return false
}

// cellLine writes the cells of one row.
func (w *writing) cellLine(l *line, put func(string)) {
	drop := w.drops(l, false)
	all := w.order(l)
	for k, s := range all {
		if t := w.strayWord(l, s); t != "" {
			put(t)
		}
		if s.text != "" || s.cell >= 0 && !drop {
			put(s.text)
		}
		w.foreign(l, k+1, k == len(all)-1, "\n")
	}
}

// joinedLines writes the names of several rows and then all their numbers on one
// line, or each name with its numbers one after the other on one line.
func (w *writing) joinedLines(rows []*line, put func(string)) {
	var names, numbers, all []string
	for _, l := range rows {
		w.drops(l, true)
		for i := range l.slots {
			s := &l.slots[i]
			switch {
			case s.text == "":
			case s.cell < 0:
				names = append(names, s.text)
				all = append(all, flat(s.text))
			default:
				numbers = append(numbers, s.text)
				all = append(all, s.text)
			}
		}
	}
	for _, l := range rows { // a blank in one row shifts the numbers of all
		for _, s := range l.slots {
			if s.cell >= 0 && s.text == "" {
				for _, k := range rows {
					w.openLine(k)
				}
			}
		}
	}
	if w.Dice.Chance(30) {
		put(strings.Join(all, " "))
		return
	}
	for _, n := range names {
		put(n)
	}
	put(strings.Join(numbers, " "))
}

// spaces writes rows whose cells only a space parts, so that blanks vanish.
func (w *writing) spaces() func(*grid) {
	gap := Pick(w.Dice, "\n", "\n\n")
	sep := Pick(w.Dice, " ", " ", "  ", "    ")
	put := func(s string) { w.WriteString(strings.ReplaceAll(s, "\n", " ") + gap) }
	return func(g *grid) {
		var torn []string
		defer func() {
			for _, t := range torn {
				put(t)
			}
		}()
		tear := w.Has(TornColumns) && g.labels == 1
		for i := 0; i < len(g.lines); {
			l := &g.lines[i]
			if tear && l.kind == title {
				torn = append(torn, l.slots[0].text)
				i++
				continue
			}
			if l.kind == head && g.labels == 0 {
				words, n := w.heads(g, i)
				var all []string
				for _, s := range words {
					all = append(all, s.text)
				}
				put(strings.Join(all, sep))
				i += n
				continue
			}
			rows := w.run(g, i)
			if len(rows) > 1 {
				w.joinedLines(rows, put)
				i += len(rows)
				continue
			}
			w.drops(l, true)
			slots := w.order(l)
			if tear && len(l.slots) == 3 && l.slots[2].cols > 1 { // a block of two columns, the second one wider
				slots = []*slot{&l.slots[0], &l.slots[1]}
				torn = append(torn, l.slots[2].text)
			}
			var all []string
			for _, s := range slots {
				if t := w.strayWord(l, s); t != "" {
					all = append(all, t)
				}
				if s.text != "" {
					all = append(all, s.text)
				}
			}
			put(strings.Join(all, sep))
			w.foreign(l, 99, true, "\n")
			i++
		}
	}
}

// pipes writes a row a line with pipes between the cells; the places of merged
// cells are left out or stand as pipes at the end.
func (w *writing) pipes() func(*grid) {
	lead, fill, wrap := w.Dice.Chance(30), w.Dice.Chance(40), Pick(w.Dice, " ", "", "\n")
	return func(g *grid) {
		for i := range g.lines {
			l := &g.lines[i]
			drop := l.kind == figure && w.drops(l, false)
			if lead {
				w.WriteString("| ")
			}
			places := 0
			for _, s := range w.order(l) {
				places += s.cols
				if s.text == "" && (s.cell < 0 || drop) {
					continue
				}
				t := strings.ReplaceAll(s.text, "\n", wrap)
				if t == "" && wrap == "\n" && w.Dice.Chance(3) {
					t = "\n" // a cell that holds a line break and nothing else
				}
				w.WriteString(t + " | ")
				places--
			}
			if fill {
				w.WriteString(strings.Repeat("|", max(0, places)))
			}
			w.WriteString("\n")
			w.foreign(l, 99, true, "\n")
		}
	}
}

// pipeCells writes each cell and a pipe on a line of its own; what is merged or
// left out stands as pipes at the end of the row.
func (w *writing) pipeCells(g *grid) {
	for i := range g.lines {
		l := &g.lines[i]
		drop := l.kind == figure && w.drops(l, false)
		rest := 0
		for k := range l.slots {
			s := &l.slots[k]
			rest += s.cols - 1
			switch {
			case s.text != "":
				w.WriteString(strings.ReplaceAll(s.text, "\n", " ") + " |\n")
			case drop || s.cell < 0:
				rest++
			default:
				w.WriteString("|\n")
			}
		}
		if rest > 0 {
			w.WriteString(strings.Repeat("|", rest) + "\n")
		}
	}
}

// spreadGroup returns what stands of a merged cell in one of its rows: OCR finds
// its narrow lines in the rows they happen to stand beside.
func (w *writing) spreadGroup(g *grid, i int, s *slot, left map[*slot]string) *slot {
	if starts(&g.lines[i], s) {
		left[s] = flat(s.text)
	}
	from := i
	for !starts(&g.lines[from], s) {
		from--
	}
	text := []rune(left[s])
	piece := slot{kind: group, cell: -1, col: s.col, cols: 1, rows: 1}
	need := (len([]rune(flat(s.text))) + 3) / 4 // rows it takes at four characters each
	if i-from >= (s.rows-need)/2 && len(text) > 0 {
		n := min(4, len(text))
		if i == min(from+s.rows, len(g.lines))-1 {
			n = len(text)
		}
		piece.text, left[s] = string(text[:n]), string(text[n:])
	}
	return &piece
}

// tabs writes a row a line with tabs between the columns of the grid. Tall rows
// print the pieces of a wrapped cell one below the other, as OCR finds them.
func (w *writing) tabs(tall bool) func(*grid) {
	closed := w.Dice.Chance(30)
	compact := w.Dice.Chance(25)
	kept := w.Dice.Chance(50) // the places a name covers in its own row
	return func(g *grid) {
		_, owner := g.full(func(slot) string { return "" })
		spread := map[*slot]string{} // what a merged cell has still to say in the rows below its first
		for i := range g.lines {
			l := &g.lines[i]
			drop := l.kind == figure && w.drops(l, false)
			n := 1
			if tall {
				for _, s := range l.slots {
					n = max(n, strings.Count(s.text, "\n")+1)
				}
			}
			rows := make([][]string, n)
			var places []*slot // of the row in writing order; nil for a place that is merged
			for x, s := range owner[i] {
				switch {
				case w.Layout == OCR && s != nil && s.kind == group && s.rows > 1 && x == s.col && !w.late[l]:
					places = append(places, w.spreadGroup(g, i, s, spread))
				case s != nil && starts(l, s) && x == s.col:
					places = append(places, s)
				case l.kind != figure, s != nil && s.kind != figure && (kept || !starts(l, s)):
					places = append(places, nil)
				}
			}
			if w.late[l] {
				places = w.order(l)
			}
			for _, s := range places {
				switch {
				case s == nil && (compact || drop), s != nil && s.text == "" && drop:
				case s == nil:
					for y := range rows {
						rows[y] = append(rows[y], "")
					}
				case !tall:
					rows[0] = append(rows[0], strings.ReplaceAll(s.text, "\n", " "))
				default:
					parts := strings.Split(s.text, "\n")
					from := (n - len(parts)) / 2
					for y := range rows {
						t := ""
						if y >= from && y < from+len(parts) {
							t = parts[y-from]
						}
						rows[y] = append(rows[y], t)
					}
				}
			}
			for _, r := range rows {
				w.WriteString(strings.Join(r, "\t"))
				if closed && !(w.stopped && i == len(g.lines)-1) {
					w.WriteString("\t")
				}
				w.WriteString("\n")
			}
			w.foreign(l, 99, true, "\n")
		}
	}
}
