package document

import (
	"encoding/binary"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// oleStreams reads the named streams of a compound file, up to limit bytes of each,
// and the names of all that lie in it.
func oleStreams(data []byte, limit int64, want ...string) (map[string][]byte, []string, error) {
	c, err := openCompound(data)
	if err != nil {
		return nil, nil, err
	}
	found := map[string][]byte{}
	var names []string
	for _, e := range c.all {
		names = append(names, e.name)
		if e.top && e.isStream && slices.Contains(want, e.name) && found[e.name] == nil {
			e.size = int(min(int64(e.size), limit))
			found[e.name] = c.read(e)
		}
	}
	return found, names, nil
}

// oleKind tells documents, workbooks and presentations from other compound files.
func oleKind(data []byte) Kind {
	_, names, err := oleStreams(data, 0)
	if err != nil {
		return KindOLE
	}
	for _, n := range names {
		switch n {
		case "WordDocument":
			return KindDoc
		case "Workbook", "Book":
			return KindXls
		case pptStream:
			return KindPpt
		}
	}
	return KindOLE
}

// readOLE refuses compound files that are no document, workbook or presentation:
// drawings, mails, and new files under a password.
func readOLE(data []byte) error {
	_, names, err := oleStreams(data, 0)
	if err != nil {
		return damaged(KindOLE)
	}
	for _, n := range names {
		if n == "EncryptedPackage" {
			return lockedOffice()
		}
	}
	return notText(KindOLE)
}

// A wordBinary is a Word 97–2003 document, [MS-DOC]: text in pieces, and tables
// of the properties of paragraphs and characters by their place in the file.
type wordBinary struct {
	b      *budget
	d      *Doc
	main   []byte // stream WordDocument
	table  []byte
	pieces []wordPiece
	paras  []wordProps
	chars  []wordProps

	notes    []Footnote
	cited    int
	numbered int // paragraphs with numbers the program would have to count
	deleted  scatter
	hidden   scatter
}

// A wordPiece is a stretch of characters [cp0, cp1) at a place in the file.
type wordPiece struct {
	cp0, cp1 int
	at       int
	narrow   bool // one byte a character
}

// wordProps are the properties of a stretch of the file.
type wordProps struct {
	from, to int
	style    uint16
	sprms    []byte
}

var errEncrypted = errors.New("encrypted")

func readDoc(b *budget, d *Doc, data []byte) error {
	streams, names, err := oleStreams(data, b.lim.MaxExpanded, "WordDocument", "0Table", "1Table", summaryStream, companyStream)
	if err != nil {
		return failure(KindDoc, err)
	}
	return readDocStreams(b, d, streams, names)
}

// readDocStreams reads a document taken out of the file around it.
func readDocStreams(b *budget, d *Doc, streams map[string][]byte, names []string) error {
	w := &wordBinary{b: b, d: d}
	err := w.open(streams)
	if errors.Is(err, errEncrypted) {
		return encrypted(KindDoc)
	}
	if err != nil {
		return failure(KindDoc, err)
	}
	if err := w.read(); err != nil {
		return failure(KindDoc, err)
	}
	macros, embedded := 0, 0
	for _, n := range names {
		switch {
		case n == "Macros" || strings.HasPrefix(n, "Macros/VBA/dir"):
			macros = 1
		case strings.HasPrefix(n, "ObjectPool/") && strings.Count(n, "/") == 1:
			embedded++
		}
	}
	notePackage(d, macros, embedded, 0)
	d.addSummary(streams[summaryStream], summaryNames)
	d.addSummary(streams[companyStream], companyNames)
	return nil
}

// The streams in which a file says what it is about and who made it; the reader of
// compound files leaves out the control character their names begin with.
const (
	summaryStream = "SummaryInformation"
	companyStream = "DocumentSummaryInformation"
)

func (w *wordBinary) u32(at int) int {
	if at < 0 || at+4 > len(w.main) {
		return 0
	}
	return int(int32(binary.LittleEndian.Uint32(w.main[at:])))
}

// Places in the file information block.
const (
	fibFlags   = 0x0a
	fibText    = 0x4c // characters of the text; then footnotes, headers, …
	fibChars   = 0xfa // table of character properties
	fibParas   = 0x102
	fibPieces  = 0x1a2
	flagLocked = 0x0100
	flagTable1 = 0x0200
)

func (w *wordBinary) open(streams map[string][]byte) error {
	w.main = streams["WordDocument"]
	if len(w.main) < fibPieces+8 || binary.LittleEndian.Uint16(w.main) != 0xa5ec {
		return errDamaged
	}
	flags := binary.LittleEndian.Uint16(w.main[fibFlags:])
	if flags&flagLocked != 0 {
		return errEncrypted
	}
	w.table = streams["0Table"]
	if flags&flagTable1 != 0 {
		w.table = streams["1Table"]
	}
	if err := w.readPieces(); err != nil {
		return err
	}
	w.paras = w.properties(fibParas, true)
	w.chars = w.properties(fibChars, false)
	return nil
}

// part returns a stretch of the table stream named by an offset and a length in
// the information block.
func (w *wordBinary) part(fib int) []byte {
	at, n := w.u32(fib), w.u32(fib+4)
	if at < 0 || n <= 0 || at > len(w.table) || n > len(w.table)-at {
		return nil
	}
	return w.table[at : at+n]
}

func (w *wordBinary) readPieces() error {
	clx := w.part(fibPieces)
	for len(clx) > 3 && clx[0] == 1 {
		n := 3 + int(binary.LittleEndian.Uint16(clx[1:]))
		if n > len(clx) {
			return errDamaged
		}
		clx = clx[n:]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return errDamaged
	}
	plc := clx[5:]
	n := (len(plc) - 4) / 12
	last := 0
	for i := range n {
		if err := w.b.node(); err != nil {
			return err
		}
		p := wordPiece{cp0: int(binary.LittleEndian.Uint32(plc[4*i:])), cp1: int(binary.LittleEndian.Uint32(plc[4*i+4:]))}
		fc := binary.LittleEndian.Uint32(plc[4*(n+1)+8*i+2:])
		p.at = int(fc &^ (1 << 30))
		width := 2
		if p.narrow = fc&(1<<30) != 0; p.narrow {
			p.at, width = p.at/2, 1
		}
		if p.cp0 != last || p.cp1 < p.cp0 || p.at < 0 || p.at+(p.cp1-p.cp0)*width > len(w.main) {
			return errDamaged
		}
		last = p.cp1
		if last > w.b.lim.MaxText {
			return tooMuchText(w.b.lim.MaxText)
		}
		w.pieces = append(w.pieces, p)
	}
	return nil
}

// A wordChar is one character with its place in the file.
type wordChar struct {
	r  rune
	at int
}

// characters returns the characters [cp0, cp1).
func (w *wordBinary) characters(cp0, cp1 int) []wordChar {
	var out []wordChar
	for _, p := range w.pieces {
		from, to := max(cp0, p.cp0), min(cp1, p.cp1)
		if from >= to {
			continue
		}
		if p.narrow {
			for cp := from; cp < to; cp++ {
				at := p.at + cp - p.cp0
				out = append(out, wordChar{charmap.Windows1252.DecodeByte(w.main[at]), at})
			}
			continue
		}
		for cp := from; cp < to; cp++ {
			at := p.at + 2*(cp-p.cp0)
			r := rune(binary.LittleEndian.Uint16(w.main[at:]))
			if utf16.IsSurrogate(r) {
				pair := rune(0)
				if cp+1 < to {
					pair = utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(w.main[at+2:])))
				}
				if pair == 0 || pair == '\ufffd' {
					r = '\ufffd'
				} else {
					r = pair
					cp++
				}
			}
			out = append(out, wordChar{r, at})
		}
	}
	return out
}

// read reads the text and what hangs on it, in the order of the file.
func (w *wordBinary) read() error {
	var counts [7]int
	for i := range counts {
		counts[i] = w.u32(fibText + 4*i)
		if counts[i] < 0 || counts[i] > w.b.lim.MaxText {
			return errDamaged
		}
	}
	text, foot, head, _, comment, end, boxes := counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]
	at := text
	next := func(n int) []wordChar { at += n; return w.characters(at-n, at) }
	w.footnotes(next(foot))
	headers := w.lines(next(head))
	comments := w.lines(next(comment))
	w.footnotes(next(end))
	boxed := next(boxes)
	blocks, err := w.blocks(w.characters(0, text))
	if err != nil {
		return err
	}
	more, err := w.blocks(boxed)
	if err != nil {
		return err
	}
	w.d.Blocks = append(blocks, more...)
	w.d.Foot = w.notes
	w.d.addPart(PartHeader, headers)
	w.d.addPart(PartComment, comments)
	w.d.addPart(PartHidden, w.hidden.lines)
	w.d.addPart(PartDeleted, w.deleted.lines)
	if w.numbered > 0 {
		w.d.note(NoteTruncated, w.numbered, PartDocument, "旧版 Word 文件中有 "+strconv.Itoa(w.numbered)+" 段使用自动编号，编号没有读出。请核对，或另存为 .docx 后重新上传。")
	}
	if n := len(comments); n > 0 {
		w.d.note(NoteComment, n, PartComment, "文件中有批注，下载原文件的人都能看到。公开前请删除批注。")
	}
	if n := len(w.hidden.lines); n > 0 {
		w.d.note(NoteHidden, n, PartHidden, "文件中有 "+strconv.Itoa(n)+" 处隐藏文字，下载原文件的人可以显示出来。公开前请删除。")
	}
	if n := len(w.deleted.lines); n > 0 {
		w.d.note(NoteTracked, n, PartDeleted, "文件带有修订记录，其中 "+strconv.Itoa(n)+" 处删除的文字仍保存在文件里。公开前请接受全部修订后另存。")
	}
	return nil
}
