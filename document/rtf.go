package document

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
)

// An rtfFile is a file in Rich Text Format being read: bytes with groups in braces,
// each of which inherits the state of the one around it.
type rtfFile struct {
	b    *budget
	d    *Doc
	s    []byte
	at   int
	page int // code page of the file
	font map[int]rtfFont

	now   rtfState
	stack []rtfState

	nibble  byte   // first digit of a byte written as two, if the second is yet to come
	half    bool   //
	pending []byte // bytes of characters not decoded yet
	lead    bool   // the last of them begins a character of two bytes
	high    uint16 // first half of a character outside of the basic plane
	skip    int    // characters left out after \u: what older programs show instead

	body       *rtfFlow
	head, foot gathered
	markup     gathered
	authors    gathered
	commenter  string
	comments   []string
	hidden     []string
	deleted    []string
	inserted   int
	notes      []Footnote
	property   string
	objects    int
	fields     int // that fetch something
	oddImage   int
}

// An rtfFont is an entry of the table of fonts.
type rtfFont struct {
	name string
	page int // code page; 0 that of the file
	sign bool

	// Western, in a file that may be Chinese: some programs write Chinese in such
	// fonts, and Word writes quotation marks.
	latin bool
}

// An rtfState is what a group inherits and may change.
type rtfState struct {
	flow *rtfFlow         // where text goes; nil if it is no text of the document
	text *strings.Builder // or where words go
	hex  *[]byte          // or bytes written as pairs of digits
	ends string           // what is finished with this group

	face    Run
	unseen  bool
	gone    bool
	uc      int
	font    int
	align   Align
	outline int
	inTable bool
	fonts   bool // in the table of fonts
}

// readRTF reads a file. Its bytes are gone through once; groups are counted, and so
// is everything that is kept.
func readRTF(b *budget, d *Doc, data []byte) error {
	f := &rtfFile{b: b, d: d, s: data, page: 1252, font: map[int]rtfFont{}, body: newFlow()}
	f.now = rtfState{flow: f.body, uc: 1, outline: -1}
	if err := f.run(); err != nil {
		return err
	}
	for len(f.stack) > 0 { // braces that were never closed
		if err := f.leave(); err != nil {
			return err
		}
	}
	if err := f.body.end(f, f.now); err != nil {
		return err
	}
	f.body.closeTable()
	d.Blocks = f.body.out
	d.Foot = f.notes
	return f.report()
}

func (f *rtfFile) run() error {
	next := 1 << 16
	for f.at < len(f.s) {
		if f.at >= next {
			next = f.at + 1<<16
			if err := f.b.alive(); err != nil {
				return err
			}
		}
		var err error
		switch c := f.s[f.at]; c {
		case '{':
			f.at++
			err = f.enter()
		case '}':
			f.at++
			if len(f.stack) <= 1 {
				f.at = len(f.s) // what follows the document is no part of it
			}
			err = f.leave()
		case '\\':
			err = f.control()
		case '\r', '\n', 0:
			f.at++
		default:
			err = f.letters()
		}
		if err != nil {
			return err
		}
	}
	return f.flush()
}

func (f *rtfFile) enter() error {
	if err := f.flush(); err != nil {
		return err
	}
	if len(f.stack) >= f.b.lim.MaxDepth {
		return tooDeep(f.b.lim.MaxDepth)
	}
	f.skip = 0
	f.stack = append(f.stack, f.now)
	f.now.ends = ""
	return nil
}

func (f *rtfFile) leave() error {
	if err := f.flush(); err != nil {
		return err
	}
	f.skip, f.high = 0, 0
	if len(f.stack) == 0 {
		return nil
	}
	was := f.now
	f.now = f.stack[len(f.stack)-1]
	f.stack = f.stack[:len(f.stack)-1]
	if was.ends != "" {
		return f.finish(was)
	}
	return nil
}

// letters takes a stretch of plain bytes.
func (f *rtfFile) letters() error {
	from := f.at
	if f.lead && f.skip == 0 && !f.font[f.now.font].latin {
		f.at++
		return f.byte(f.s[from])
	}
	for f.at < len(f.s) && f.s[f.at] >= 0x20 && f.s[f.at] < 0x80 && f.s[f.at] != '{' && f.s[f.at] != '}' && f.s[f.at] != '\\' {
		f.at++
	}
	if f.at == from {
		f.at++
		return f.byte(f.s[from])
	}
	s := f.s[from:f.at]
	n := min(f.skip, len(s))
	f.skip -= n
	if s = s[n:]; len(s) == 0 {
		return nil
	}
	if f.now.hex != nil {
		f.hexadecimal(s)
		return nil
	}
	if err := f.flush(); err != nil {
		return err
	}
	return f.say(string(s))
}

// byte takes one byte of a character in a code page.
func (f *rtfFile) byte(c byte) error {
	if f.skip > 0 {
		f.skip--
		return nil
	}
	if f.now.flow == nil && f.now.text == nil {
		return nil
	}
	if !f.lead && c < 0x80 {
		if err := f.flush(); err != nil {
			return err
		}
		if c < 0x20 && c != '\t' {
			return nil
		}
		return f.say(string(rune(c)))
	}
	f.pending = append(f.pending, c)
	f.lead = !f.lead && twoBytes(f.codePage()) && c >= 0x81 && c != 0xff
	if len(f.pending) > 1<<12 && !f.lead {
		return f.flush()
	}
	return nil
}

func (f *rtfFile) codePage() int {
	if p := f.font[f.now.font].page; p != 0 {
		return p
	}
	return f.page
}

// flush decodes the bytes that wait.
func (f *rtfFile) flush() error {
	if len(f.pending) == 0 {
		return nil
	}
	raw := f.pending
	f.pending, f.lead = nil, false
	if font := f.font[f.now.font]; font.sign {
		var s strings.Builder
		for _, c := range raw {
			s.WriteString(symbol(font.name, strconv.FormatInt(int64(c), 16)))
		}
		return f.say(s.String())
	}
	text := decodePage(raw, f.codePage())
	if font := f.font[f.now.font]; font.latin && strings.ContainsRune(text, '\ufffd') {
		text = decodePage(raw, 1252)
	}
	return f.say(text)
}

// unit takes half of a character or a whole one, as \u writes it.
func (f *rtfFile) unit(n int) error {
	if err := f.flush(); err != nil {
		return err
	}
	c := uint16(n)
	f.skip = f.now.uc
	switch {
	case c >= 0xd800 && c < 0xdc00:
		f.high = c
		return nil
	case c >= 0xdc00 && c < 0xe000:
		r := utf16.DecodeRune(rune(f.high), rune(c))
		f.high = 0
		return f.say(string(r))
	case c >= 0xf000 && c <= 0xf0ff && f.font[f.now.font].sign:
		return f.say(symbol(f.font[f.now.font].name, strconv.FormatInt(int64(c), 16)))
	}
	return f.say(string(rune(c)))
}

// say adds decoded text to where the group sends it.
func (f *rtfFile) say(s string) error {
	switch {
	case f.now.flow != nil:
		return f.now.flow.say(f, f.now, Run{Text: cleanText(s)})
	case f.now.fonts:
		if font := f.font[f.now.font]; len(font.name) < 64 && len(f.font) < 10_000 {
			font.name += s
			f.font[f.now.font] = font
		}
	case f.now.text != nil:
		if f.now.text.Len() > 1<<20 {
			return nil
		}
		f.now.text.WriteString(s)
		return f.b.addText(s)
	}
	return nil
}

// hexadecimal takes the bytes of a picture or an object, two digits each.
func (f *rtfFile) hexadecimal(s []byte) {
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			continue
		}
		if f.half = !f.half; f.half {
			f.nibble = c
			continue
		}
		*f.now.hex = append(*f.now.hex, f.nibble<<4|c)
	}
}

// control reads what a backslash begins: a word with a number, a byte, or one sign.
func (f *rtfFile) control() error {
	f.at++
	if f.at >= len(f.s) {
		return nil
	}
	c := f.s[f.at]
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		return f.named()
	}
	f.at++
	if c == '\'' {
		if f.at+2 > len(f.s) {
			f.at = len(f.s)
			return nil
		}
		n, err := strconv.ParseUint(string(f.s[f.at:f.at+2]), 16, 8)
		f.at += 2
		if err != nil {
			return nil
		}
		return f.byte(byte(n))
	}
	if f.skip > 0 && c != '*' {
		f.skip--
		return nil
	}
	if err := f.flush(); err != nil {
		return err
	}
	switch c {
	case '\\', '{', '}':
		return f.say(string(rune(c)))
	case '~':
		return f.say("\u00a0")
	case '_':
		return f.say("-")
	case '\r', '\n':
		return f.word("par", 0, false)
	case '\t':
		return f.word("tab", 0, false)
	case '*':
		return f.starred()
	}
	return nil
}

// starred leaves out a group whose first word this reader does not know.
func (f *rtfFile) starred() error {
	rest := bytes.TrimLeft(f.s[f.at:min(len(f.s), f.at+64)], " \r\n")
	name, ok := bytes.CutPrefix(rest, []byte{'\\'})
	if !ok {
		return nil
	}
	n := 0
	for n < len(name) && (name[n] >= 'a' && name[n] <= 'z' || name[n] >= 'A' && name[n] <= 'Z') {
		n++
	}
	if !starKnown[string(name[:n])] {
		f.ignore()
	}
	return nil
}

// ignore sends the rest of the group nowhere.
func (f *rtfFile) ignore() {
	f.now.flow, f.now.text, f.now.hex, f.now.fonts, f.half = nil, nil, nil, false, false
}

// named reads a control word and its number.
func (f *rtfFile) named() error {
	from := f.at
	for f.at < len(f.s) && f.at-from < 32 && (f.s[f.at] >= 'a' && f.s[f.at] <= 'z' || f.s[f.at] >= 'A' && f.s[f.at] <= 'Z') {
		f.at++
	}
	name := string(f.s[from:f.at])
	n, given, sign := 0, false, 1
	if f.at+1 < len(f.s) && f.s[f.at] == '-' && f.s[f.at+1] >= '0' && f.s[f.at+1] <= '9' {
		sign = -1
		f.at++
	}
	for f.at < len(f.s) && f.s[f.at] >= '0' && f.s[f.at] <= '9' {
		if given = true; n < 1<<30 {
			n = n*10 + int(f.s[f.at]-'0')
		}
		f.at++
	}
	if f.at < len(f.s) && f.s[f.at] == ' ' {
		f.at++
	}
	n *= sign
	if name == "bin" {
		size := min(max(0, n), len(f.s)-f.at)
		if f.now.hex != nil {
			*f.now.hex = append(*f.now.hex, f.s[f.at:f.at+size]...)
		}
		f.at += size
		return nil
	}
	if f.skip > 0 && name != "u" && name != "uc" {
		f.skip--
		return nil
	}
	if name == "u" {
		return f.unit(n)
	}
	if err := f.flush(); err != nil {
		return err
	}
	return f.word(name, n, given)
}
