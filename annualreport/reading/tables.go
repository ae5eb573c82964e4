package reading

import "slices"

// A run is a sequence of numbers, strokes and empty cells without a row label
// between them.
type run struct {
	toks    []int32 // value tokens, in order
	labels  []int32 // row labels between the run before and this one
	heads   []int32 // labels of columns and blocks there
	figures int     // numbers and strokes among toks
	loose   bool    // found outside every table
	group   int     // numbers that stand together without an empty line, 0 if that says nothing
	groups  int
	joined  bool // no label stands between the run before and this one
	cells   bool // its tokens are cells of a grid
	oneLine bool // all of it stands in one line
}

// A sheet is what the file says about one table of a form.
type sheet struct {
	runs []run
	tail []int32 // row labels after the last run
	all  []int32 // all label tokens, rows and others
	rows []rowPlace
	ti   int
	shut bool // the file goes on after the table
}

// A rowPlace is a row of the form in the sheet's order.
type rowPlace struct {
	name  int8 // index into lexicon.rowNames
	n     int  // columns
	first int  // index of its first cell
	block int  // index of its block
	order uint8
	bit   uint64 // its block, as entries have it
	label bool   // its label was seen
}

// divide gives each token to the table it stands in. It returns for every
// table the indexes of its tokens, and those of values outside all tables.
func divide(toks []token, tables *[3][]int32, loose *[]int32) {
	cur := -1
	proseLines := 0
	for i := range toks {
		t := &toks[i]
		switch t.kind {
		case running:
			proseLines++
			if t.end-t.start > 60 || proseLines >= 3 {
				cur = -1
			}
			if cur < 0 {
				*loose = append(*loose, -1)
			}
			continue
		case words:
			if t.nguess > 0 {
				e := &lex.entries[t.guess[0].entry]
				score := t.guess[0].score
				switch {
				case e.role == roleChapter && (score == 100 || score >= 85 && t.order != 0 && t.order&0xf0 != orderParen):
					cur = int(e.table)
				case score >= 92 && e.table >= 0 && e.role != roleUnder && e.role != roleChapter && len(e.text) >= 3 && !e.also:
					cur = int(e.table)
				}
				if score >= 60 {
					proseLines = 0
				}
			}
			if cur < 0 {
				*loose = append(*loose, -1)
			}
		default:
			if t.kind != turn && t.kind != empty {
				proseLines = 0
			}
		}
		if cur >= 0 && cur < 3 {
			tables[cur] = append(tables[cur], int32(i))
		} else if t.kind == number || t.kind == stroke || t.kind == turn {
			*loose = append(*loose, int32(i))
		}
	}
}

// rowScore rates a label token as the label of a row, 0 to 100.
func rowScore(t *token, r *rowPlace) int {
	best := 0
	for i := range t.guess[:t.nguess] {
		g := t.guess[i]
		for _, n := range lex.entries[g.entry].rows {
			if n == r.name {
				best = max(best, int(g.score))
			}
		}
	}
	if t.nguess == 0 && t.order != 0 && t.order == r.order {
		switch t.order & 0xf0 {
		case orderParen:
			return 60
		case orderHan:
			return 50
		}
		return 25
	}
	return best
}

// rowish reports whether a token may label one of the rows.
func (s *sheet) rowish(t *token) bool {
	if t.nguess == 0 {
		return t.order != 0 && t.order&0xf0 != orderDigit
	}
	e := &lex.entries[t.guess[0].entry]
	if e.role != roleRow {
		if t.guess[0].score == 100 || t.nguess < 2 || lex.entries[t.guess[1].entry].role != roleRow || t.guess[1].score+8 < t.guess[0].score {
			return false
		}
	} else if e.also && t.order == 0 {
		return false
	}
	if t.guess[0].score < 55 {
		return false
	}
	for i := range s.rows {
		if rowScore(t, &s.rows[i]) >= 50 {
			return true
		}
	}
	return false
}

// gather cuts a table's tokens into runs.
func (s *sheet) gather(toks []token, seq []int32) {
	// lists grow one at a time each, in one stretch of memory a kind
	free := [3][]int32{make([]int32, 0, len(seq)), make([]int32, 0, len(seq)), make([]int32, 0, len(seq))}
	take := func(kind int, list []int32, ix int32) []int32 {
		if list == nil {
			list = free[kind]
		}
		list = append(list, ix)
		free[kind] = list[len(list):]
		return list
	}
	var labels, heads []int32
	cur := run{}
	lastLine := int32(-1)
	counts := lineCounts{toks: toks, seq: seq}
	split := true
	flush := func() {
		if s.ti == 2 {
			cur.toks = trimHead(toks, cur.toks)
		}
		if len(cur.toks) > 0 {
			if cur.figures > 0 || s.ti != 2 && whole(toks, cur.labels) || s.ti == 2 && len(cur.toks) >= 15 {
				s.cutGroups(toks, cur)
			} else {
				labels = slices.Concat(cur.labels, labels)
				heads = slices.Concat(cur.heads, heads)
			}
		}
		cur = run{}
	}
	for k, ix := range seq {
		t := &toks[ix]
		switch t.kind {
		case words:
			s.all = append(s.all, ix)
			switch {
			case s.rowish(t):
				flush()
				if s.again(t) {
					s.tail = labels
					return
				}
				labels = take(0, labels, ix)
				split = true
			case t.nguess > 0:
				// A head between the rows of a grid stands at the top of a page. What
				// is empty below it belongs to merged cells, not to the row above.
				if s.ti == 0 || s.ti == 1 && t.cell > 0 && len(cur.toks) > 0 && t.line != lastLine {
					flush()
					split = true
				}
				heads = take(1, heads, ix)
			}
		case number, stroke, empty:
			if t.kind == empty && (t.soft && len(cur.toks) == 0 && len(labels) == 0 || s.ti == 2 && t.cell > 0 && headLine(toks, int(ix))) {
				continue
			}
			if len(cur.toks) > 0 && t.line != lastLine && t.kind != empty && broken2(counts.of(k), counts.last, t.cell > 0) {
				// a new line of a grid begins; empty cells at its head are its own
				moved := 0
				for moved < len(cur.toks) && toks[cur.toks[len(cur.toks)-1-moved]].line == t.line {
					moved++
				}
				if moved < len(cur.toks) {
					own := slices.Clone(cur.toks[len(cur.toks)-moved:])
					cur.toks = cur.toks[: len(cur.toks)-moved : len(cur.toks)-moved]
					flush()
					cur.toks = own
					cur.joined = !split
					cur.labels, cur.heads = labels, heads
					labels, heads = nil, nil
				}
			}
			if len(cur.toks) == 0 {
				cur.labels, cur.heads = labels, heads
				labels, heads = nil, nil
				cur.joined = !split
			}
			split = false
			cur.toks = take(2, cur.toks, ix)
			if t.kind != empty {
				cur.figures++
				lastLine = t.line
				counts.last = counts.of(k)
			}
		}
	}
	flush()
	s.tail = labels
}

// again reports the first rows' labels behind the whole table: the file prints it
// a second time.
func (s *sheet) again(t *token) bool {
	if t.nguess == 0 || s.ti == 2 {
		return false
	}
	full := len(s.runs)*5 >= len(s.rows)*4 && s.rows[len(s.rows)-1].label
	for w := range s.rows {
		score := rowScore(t, &s.rows[w])
		if w < 2 && full && s.rows[w].label && score >= 93 && t.guess[0].score >= 93 {
			return true
		}
		s.rows[w].label = s.rows[w].label || score >= 80
	}
	return false
}

// whole reports whether the last of some labels is a whole label, so that empty
// cells behind it are those of its row.
func whole(toks []token, labels []int32) bool {
	if len(labels) == 0 {
		return false
	}
	t := &toks[labels[len(labels)-1]]
	return t.nguess > 0 && t.guess[0].score >= 93
}

// trimHead takes the empty cells off that end the head of table four: several
// in one line, before figures that stand in lines of their own.
func trimHead(toks []token, run []int32) []int32 {
	for len(run) > 15 {
		n := 0
		for n < len(run) && toks[run[n]].line == toks[run[0]].line {
			if toks[run[n]].kind != empty {
				return run
			}
			n++
		}
		if n < 2 || len(run)-n < 15 {
			return run
		}
		run = run[n:]
	}
	return run
}

// headLine reports whether the line of a token holds words and no figures.
func headLine(toks []token, i int) bool {
	line, wordy := toks[i].line, false
	for i > 0 && toks[i-1].line == line {
		i--
	}
	for ; i < len(toks) && toks[i].line == line; i++ {
		switch toks[i].kind {
		case number, stroke:
			return false
		case words:
			wordy = true
		}
	}
	return wordy
}

// broken2 reports whether a run ends between a line of a figures and one of b:
// where lines hold one figure each, two in a line are a broken number.
func broken2(a, b int, cells bool) bool {
	return a >= 3 || b >= 3 || a >= 2 && b >= 2 || cells && (a >= 2 || b >= 2)
}

// lineCounts tells how many figures the line of a token holds.
type lineCounts struct {
	toks []token
	seq  []int32
	at   int32
	n    int
	last int
}

func (c *lineCounts) of(k int) int {
	line := c.toks[c.seq[k]].line
	if line == c.at && c.n > 0 {
		return c.n
	}
	for k > 0 && c.toks[c.seq[k-1]].line == line {
		k--
	}
	n, cell := 0, int32(-1)
	for i := k; i < len(c.seq) && c.toks[c.seq[i]].line == line; i++ {
		if t := &c.toks[c.seq[i]]; t.kind == number || t.kind == stroke {
			if t.cell == 0 || t.cell != cell {
				n++
			}
			cell = t.cell
		}
	}
	c.at, c.n = line, n
	return n
}

// cutGroups adds a run, cut where the number of figures that stand together
// changes: a row written down the page, then a block of rows written column by
// column.
func (s *sheet) cutGroups(toks []token, r run) {
	r.oneLine = toks[r.toks[0]].line == toks[r.toks[len(r.toks)-1]].line
	r.cells = toks[r.toks[0]].cell > 0
	if s.ti != 1 || r.figures <= 7 || r.cells || r.figures < len(r.toks) || r.oneLine {
		s.runs = append(s.runs, r)
		return
	}
	var sizes []int
	for i, ix := range r.toks {
		if i == 0 || toks[ix].gap > 0 || turned(toks, r.toks[i-1], ix) {
			sizes = append(sizes, 0)
		} else if toks[ix].line == toks[r.toks[i-1]].line {
			s.runs = append(s.runs, r) // several in a line: the lines speak
			return
		}
		sizes[len(sizes)-1]++
	}
	at := 0
	for i := 0; i < len(sizes); {
		j := i
		n := 0
		for j < len(sizes) && sizes[j] == sizes[i] && !(sizes[i] > 1 && j-i == 7) {
			n += sizes[j]
			j++
		}
		part := run{toks: r.toks[at : at+n], figures: n, group: sizes[i], groups: j - i, joined: true}
		if at == 0 {
			part.labels, part.heads, part.joined = r.labels, r.heads, r.joined
		}
		s.runs = append(s.runs, part)
		at += n
		i = j
	}
}

// turned reports whether the page turned between two tokens.
func turned(toks []token, a, b int32) bool {
	for i := a + 1; i < b; i++ {
		if toks[i].kind == turn {
			return true
		}
	}
	return false
}

// looseRuns makes runs of the numbers that stand outside all tables.
func looseRuns(toks []token, seq []int32) []run {
	var runs []run
	cur := run{loose: true}
	flush := func() {
		if cur.figures >= 5 {
			runs = append(runs, cur)
		}
		cur = run{loose: true}
	}
	for _, ix := range seq {
		if ix < 0 {
			flush()
			continue
		}
		if toks[ix].kind == turn {
			continue
		}
		cur.toks = append(cur.toks, ix)
		cur.figures++
	}
	flush()
	return runs
}
