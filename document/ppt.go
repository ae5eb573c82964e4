package document

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// A pptFile is a presentation of PowerPoint 97–2003 and of the WPS files of the same
// form, [MS-PPT]: a stream of records in records. What is changed is written behind
// what was there, and a directory at the end says what counts.
type pptFile struct {
	b    *budget
	d    *Doc
	s    []byte
	deck deck

	places map[uint32]int // where the objects that count begin
	live   map[int]bool   // the same places
	wide   int            // of a slide
	high   int
	slides []pptEntry
	notes  map[uint32][]Block // by the number of their slide
	drawn  gathered
	markup gathered
	foot   gathered
	who    gathered
	told   map[string]bool // lines read from what counts
	macros int
	unread int // files inside that could not be read
}

// A pptEntry is a slide in the list of the document, with the texts of its outline.
type pptEntry struct {
	place   uint32
	id      uint32
	outline []pptText
}

// A pptText is a text with the role it plays.
type pptText struct {
	role uint32
	text string
}

// A pptRecord is one record; atoms hold data, the others records.
type pptRecord struct {
	kind     uint16
	instance uint16
	inside   bool // holds records
	at       int  // where it begins
	body     []byte
}

// Records by their numbers in [MS-PPT] 2.13.24 and [MS-ODRAW].
const (
	pptDocument, pptDocumentAtom                = 1000, 1001
	pptSlide, pptNotes, pptNotesAtom            = 1006, 1008, 1009
	pptPersistAtom, pptMaster, pptSlideInfo     = 1011, 1016, 1017
	pptVBA, pptDrawing                          = 1024, 1036
	pptPlaceholder, pptOutlineRef, pptTextHead  = 3011, 3998, 3999
	pptTextChars, pptTextBytes, pptString       = 4000, 4008, 4026
	pptHeadersFooters, pptSlideList, pptUserRef = 4057, 4080, 4085
	pptTags, pptBinaryTag, pptTagData           = 5000, 5002, 5003
	pptObject, pptPersist, pptComment           = 4113, 6002, 12000
	artGroup, artShape, artProps                = 0xf003, 0xf004, 0xf00b
	artTextbox, artChildAnchor, artAnchor       = 0xf00d, 0xf00f, 0xf010
	artClientData, artMoreProps                 = 0xf011, 0xf122
)

const (
	pptStream  = "PowerPoint Document"
	pptCurrent = "Current User"
	pptLocked  = 0xf3d1c4df // in the stream of the current user
	pptDeepest = 40         // records in records
)

func readPpt(b *budget, d *Doc, data []byte) error {
	streams, names, err := oleStreams(data, int64(len(data)), pptStream, pptCurrent, summaryStream, companyStream)
	if err != nil {
		return failure(KindPpt, err)
	}
	return readPptStreams(b, d, streams, names)
}

// readPptStreams reads a presentation taken out of the file around it.
func readPptStreams(b *budget, d *Doc, streams map[string][]byte, names []string) error {
	f := &pptFile{b: b, d: d, s: streams[pptStream], deck: deck{b: b, d: d}, places: map[uint32]int{}, live: map[int]bool{}, notes: map[uint32][]Block{}, told: map[string]bool{}}
	if len(f.s) < 8 {
		return damaged(KindPpt)
	}
	current := streams[pptCurrent]
	if len(current) >= 20 && binary.LittleEndian.Uint32(current[12:]) == pptLocked {
		return encrypted(KindPpt)
	}
	for _, n := range names {
		if n == "EncryptedSummary" {
			return encrypted(KindPpt)
		}
	}
	for _, step := range []func() error{func() error { return f.directory(current) }, f.document, f.readSlides, f.former} {
		if err := step(); err != nil {
			return failure(KindPpt, err)
		}
	}
	d.addSummary(streams[summaryStream], summaryNames)
	d.addSummary(streams[companyStream], companyNames)
	for _, who := range f.who.lines {
		d.Meta = append(d.Meta, Property{"修订或者批注人", who})
	}
	d.addPart(PartFooter, f.foot.lines)
	d.addPart(PartDrawing, f.drawn.lines)
	d.addPart(PartMarkup, f.markup.lines)
	notePackage(d, f.macros, f.unread, 0)
	return f.deck.finish()
}

// record reads the record at a place; ok is false where there is none.
func (f *pptFile) record(s []byte, at int) (r pptRecord, next int, ok bool) {
	if at < 0 || at+8 > len(s) {
		return r, 0, false
	}
	head, size := binary.LittleEndian.Uint16(s[at:]), int64(binary.LittleEndian.Uint32(s[at+4:]))
	r = pptRecord{kind: binary.LittleEndian.Uint16(s[at+2:]), instance: head >> 4, inside: head&0xf == 0xf, at: at}
	end := int(min(int64(at)+8+size, int64(len(s)))) // the last may be cut off
	r.body = s[at+8 : end]
	return r, end, true
}

// each calls do for the records that lie one behind the other.
func (f *pptFile) each(s []byte, do func(pptRecord) error) error {
	for at := 0; ; {
		r, next, ok := f.record(s, at)
		if !ok {
			return nil
		}
		if err := f.b.node(); err != nil {
			return err
		}
		if err := do(r); err != nil {
			return err
		}
		at = next
	}
}

// deep calls do for all records inside, until it says that it took one.
func (f *pptFile) deep(s []byte, depth int, do func(pptRecord) (taken bool, err error)) error {
	if depth > pptDeepest {
		return nil
	}
	return f.each(s, func(r pptRecord) error {
		taken, err := do(r)
		if err != nil || taken || !r.inside && r.kind != pptTagData {
			return err
		}
		return f.deep(r.body, depth+1, do)
	})
}

// directory finds what counts: the edits lead from the last to the first, and each
// tells where the objects it wrote lie. Without one everything counts.
func (f *pptFile) directory(current []byte) error {
	if len(current) < 20 {
		return nil
	}
	seen := map[int]bool{}
	for at := int(binary.LittleEndian.Uint32(current[16:])); at > 0 && !seen[at]; {
		seen[at] = true
		if err := f.b.node(); err != nil {
			return err
		}
		edit, _, ok := f.record(f.s, at)
		if !ok || edit.kind != pptUserRef || len(edit.body) < 20 {
			break
		}
		at = int(binary.LittleEndian.Uint32(edit.body[8:]))
		list, _, ok := f.record(f.s, int(binary.LittleEndian.Uint32(edit.body[12:])))
		if !ok || list.kind != pptPersist {
			continue
		}
		for p := list.body; len(p) >= 4; {
			first, n := binary.LittleEndian.Uint32(p)&0xfffff, int(binary.LittleEndian.Uint32(p)>>20)
			p = p[4:]
			for i := 0; i < n && len(p) >= 4; i++ {
				if err := f.b.node(); err != nil {
					return err
				}
				if _, newer := f.places[first+uint32(i)]; !newer {
					place := int(binary.LittleEndian.Uint32(p))
					f.places[first+uint32(i)] = place
					f.live[place] = true
				}
				p = p[4:]
			}
		}
	}
	return nil
}

// document reads the list of slides, the notes, masters and files inside.
func (f *pptFile) document() error {
	vba := map[uint32]bool{}
	err := f.each(f.s, func(r pptRecord) error {
		if !f.counts(r) {
			return nil
		}
		switch r.kind {
		case pptDocument:
			return f.contents(r, vba)
		case pptNotes:
			return f.note(r)
		case pptMaster:
			t := &pptSlideText{pptFile: f, master: true}
			if err := t.read(r); err != nil {
				return err
			}
			for line := range strings.Lines(plain(append(t.title, t.body...))) {
				f.drawn.add(line)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.each(f.s, func(r pptRecord) error {
		if r.kind != pptObject || !f.counts(r) {
			return nil
		}
		for n := range vba {
			if at, ok := f.places[n]; ok && at == r.at {
				return nil
			}
		}
		return f.object(r)
	})
}

// counts tells whether a record is of the present state.
func (f *pptFile) counts(r pptRecord) bool { return len(f.live) == 0 || f.live[r.at] }

func (f *pptFile) contents(r pptRecord, vba map[uint32]bool) error {
	return f.deep(r.body, 0, func(r pptRecord) (bool, error) {
		switch r.kind {
		case pptDocumentAtom:
			if len(r.body) >= 8 {
				f.wide, f.high = int(int32(binary.LittleEndian.Uint32(r.body))), int(int32(binary.LittleEndian.Uint32(r.body[4:])))
			}
		case pptSlideList:
			if r.instance != 0 { // masters, notes
				return true, nil
			}
			return true, f.list(r)
		case pptHeadersFooters:
			return true, f.margins(r)
		case pptVBA:
			if len(r.body) >= 8 && binary.LittleEndian.Uint32(r.body[4:]) != 0 {
				f.macros = 1
				vba[binary.LittleEndian.Uint32(r.body)] = true
			}
		case pptString: // addresses, names of shows
			if s := utf16Text(r.body); telling(s) {
				f.markup.add(s)
			}
		}
		return false, nil
	})
}

// list reads the list of slides with the texts of their outlines.
func (f *pptFile) list(r pptRecord) error {
	role := uint32(0)
	return f.each(r.body, func(r pptRecord) error {
		switch r.kind {
		case pptPersistAtom:
			if len(r.body) >= 16 {
				f.slides = append(f.slides, pptEntry{place: binary.LittleEndian.Uint32(r.body), id: binary.LittleEndian.Uint32(r.body[12:])})
			}
		case pptTextHead:
			if role = 0; len(r.body) >= 4 {
				role = binary.LittleEndian.Uint32(r.body)
			}
		case pptTextChars, pptTextBytes:
			text := recordText(r)
			if n := len(f.slides); n > 0 {
				f.slides[n-1].outline = append(f.slides[n-1].outline, pptText{role, text})
			}
			return f.b.addText(text)
		}
		return nil
	})
}

func (f *pptFile) margins(r pptRecord) error {
	return f.each(r.body, func(r pptRecord) error {
		if r.kind == pptString {
			f.foot.add(utf16Text(r.body))
		}
		return nil
	})
}

// note reads a page of notes.
func (f *pptFile) note(r pptRecord) error {
	id := uint32(0)
	if err := f.each(r.body, func(r pptRecord) error {
		if r.kind == pptNotesAtom && len(r.body) >= 4 {
			id = binary.LittleEndian.Uint32(r.body)
		}
		return nil
	}); err != nil {
		return err
	}
	t := &pptSlideText{pptFile: f, notes: true}
	if err := t.read(r); err != nil {
		return err
	}
	f.notes[id] = append(f.notes[id], append(append(t.title, t.body...), t.aside...)...)
	return nil
}

// readSlides reads the slides in their order; where the list is lost, as they lie.
func (f *pptFile) readSlides() error {
	if len(f.slides) == 0 || len(f.live) == 0 {
		lost := f.slides
		f.slides = nil
		n := 0
		return f.each(f.s, func(r pptRecord) error {
			if r.kind != pptSlide || !f.counts(r) {
				return nil
			}
			e := pptEntry{}
			if n < len(lost) {
				e = lost[n]
			}
			n++
			return f.slide(r, e)
		})
	}
	seen := map[uint32]bool{}
	for _, e := range f.slides {
		at, ok := f.places[e.place]
		if seen[e.place] {
			continue
		}
		seen[e.place] = true
		r, _, there := f.record(f.s, at)
		if !ok || !there || r.kind != pptSlide {
			r = pptRecord{}
		}
		if err := f.slide(r, e); err != nil {
			return err
		}
	}
	return nil
}

func (f *pptFile) slide(r pptRecord, e pptEntry) error {
	t := &pptSlideText{pptFile: f, outline: e.outline, used: make([]bool, len(e.outline))}
	if err := t.read(r); err != nil {
		return err
	}
	if err := t.rest(); err != nil {
		return err
	}
	s := slide{title: t.title, body: t.body, aside: t.aside, pictures: t.pictures, hidden: t.hidden, comments: t.comments, notes: f.notes[e.id]}
	delete(f.notes, e.id)
	for _, blocks := range [][]Block{s.title, s.body, s.aside, s.notes} {
		for line := range strings.Lines(plain(blocks)) {
			f.told[strings.TrimSpace(line)] = true
		}
	}
	return f.deck.add(s)
}

// former reads slides and notes of earlier states, which are still in the file.
func (f *pptFile) former() error {
	if len(f.live) == 0 {
		return nil
	}
	var was gathered
	err := f.each(f.s, func(r pptRecord) error {
		if f.live[r.at] || r.kind != pptSlide && r.kind != pptNotes && r.kind != pptDocument {
			return nil
		}
		return f.deep(r.body, 0, func(r pptRecord) (bool, error) {
			if r.kind != pptTextChars && r.kind != pptTextBytes {
				return false, nil
			}
			text := recordText(r)
			for line := range strings.SplitSeq(text, "\r") {
				if line = strings.TrimSpace(collapse(line)); line != "" && line != "*" && !f.told[line] {
					was.add(line)
				}
			}
			return true, f.b.addText(text)
		})
	})
	if n := len(was.lines); n > 0 {
		f.d.addPart(PartFormer, was.lines)
		f.d.note(NoteHidden, n, PartFormer, "演示文稿中还保存着修改以前的文字，可以恢复出来。公开前请另存为新文件。")
	}
	return err
}

// object reads a file put into the presentation, packed or not.
func (f *pptFile) object(r pptRecord) error {
	data := r.body
	if r.instance == 1 && len(data) > 4 {
		z, err := zlib.NewReader(bytes.NewReader(data[4:]))
		if err != nil {
			f.unread++
			return nil
		}
		data, err = io.ReadAll(io.LimitReader(&metered{r: z, b: f.b, packed: int64(len(r.body))}, f.b.lim.MaxBytes))
		if refusal(KindPpt, err) || isCancelled(err) {
			return err
		}
	}
	if !f.d.embed(f.b, "嵌入对象", data) {
		f.unread++
	}
	return nil
}

// recordText is the text of a record, paragraphs ended by carriage returns.
func recordText(r pptRecord) string {
	if r.kind == pptTextChars {
		return utf16Text(r.body)
	}
	var s strings.Builder
	for _, c := range r.body {
		s.WriteRune(charmap.Windows1252.DecodeByte(c))
	}
	return s.String()
}

func utf16Text(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, binary.LittleEndian.Uint16(b[i:]))
	}
	return string(utf16.Decode(units))
}
