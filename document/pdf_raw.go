package document

import (
	"bytes"
	"compress/zlib"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A pdfSweep goes through the bytes of a PDF for words that are on no page: the
// strings of its dictionaries (addresses, bookmarks, values of forms, properties
// of its maker's own), its metadata, and what its photographs say of themselves.
type pdfSweep struct {
	b        *budget
	d        *Doc
	known    map[string]bool // said elsewhere already
	words    gathered
	unpacked int64
	pictures int
}

// sweepMost bounds what is unpacked for the sweep, in bytes.
const sweepMost = 64 << 20

func (s *pdfSweep) file(data []byte) error {
	coded := bytes.Contains(data, []byte("/Encrypt"))
	for at := 0; at < len(data); {
		if err := s.b.alive(); err != nil {
			return err
		}
		begin := bytes.Index(data[at:], []byte("stream"))
		if begin < 0 {
			begin = len(data) - at
		}
		object := data[at : at+begin]
		if !coded {
			s.strings(object)
		}
		at += begin + len("stream")
		if at >= len(data) {
			break
		}
		if bytes.HasSuffix(object, []byte("end")) {
			continue
		}
		body := bytes.TrimPrefix(bytes.TrimPrefix(data[at:], []byte("\r")), []byte("\n"))
		end := bytes.Index(body, []byte("endstream"))
		if end < 0 {
			break
		}
		at = len(data) - len(body) + end
		dict := object[max(0, bytes.LastIndex(object, []byte(" obj"))):]
		s.stream(dict[max(0, len(dict)-4096):], body[:end], coded)
	}
	s.d.addPart(PartMarkup, s.words.lines)
	return nil
}

// stream reads the streams that hold words outside pages.
func (s *pdfSweep) stream(dict, body []byte, coded bool) {
	switch {
	case bytes.Contains(dict, []byte("/DCTDecode")) && bytes.HasPrefix(body, []byte("\xff\xd8")):
		s.pictures++
		s.d.addPicture("图"+strconv.Itoa(s.pictures), body[:min(len(body), pictureHead)])
	case bytes.Contains(dict, []byte("/Metadata")) && bytes.Contains(dict, []byte("XML")):
		var all gathered
		xmpWords(s.plain(dict, body), &all)
		for _, w := range all.lines {
			s.add(w)
		}
	case bytes.Contains(dict, []byte("/ObjStm")) && !coded:
		s.strings(s.plain(dict, body))
	}
}

// plain unpacks a stream, as far as the bound allows.
func (s *pdfSweep) plain(dict, body []byte) []byte {
	if !bytes.Contains(dict, []byte("FlateDecode")) {
		return body
	}
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil
	}
	out, _ := io.ReadAll(io.LimitReader(z, min(8<<20, sweepMost-s.unpacked)))
	s.unpacked += int64(len(out))
	return out
}

// strings reads the strings of dictionaries: (…) with escapes, <…> in hex.
func (s *pdfSweep) strings(b []byte) {
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '(':
			var text []byte
			text, i = literalString(b, i)
			s.say(text)
		case '<':
			if i+1 < len(b) && b[i+1] == '<' {
				i++
				continue
			}
			end := bytes.IndexByte(b[i:], '>')
			if end < 0 {
				return
			}
			if end < 1<<16 {
				s.say(hexString(b[i+1 : i+end]))
			}
			i += end
		case '%':
			end := bytes.IndexAny(b[i:], "\r\n")
			if end < 0 {
				return // the rest is a remark
			}
			i += end
		}
	}
}

// literalString reads a string from its bracket on and returns where it ends.
func literalString(b []byte, i int) (text []byte, end int) {
	depth := 0
	for ; i < len(b); i++ {
		c := b[i]
		switch {
		case c == '\\' && i+1 < len(b):
			i++
			switch e := b[i]; {
			case e == 'n':
				text = append(text, '\n')
			case e == 'r', e == '\n', e == '\r':
			case e == 't':
				text = append(text, '\t')
			case e >= '0' && e <= '7':
				v := 0
				for n := 0; n < 3 && i < len(b) && b[i] >= '0' && b[i] <= '7'; n++ {
					v = v*8 + int(b[i]-'0')
					i++
				}
				i--
				text = append(text, byte(v))
			default:
				text = append(text, e)
			}
			continue
		case c == '(':
			if depth++; depth == 1 {
				continue
			}
		case c == ')':
			if depth--; depth == 0 {
				return text, i
			}
		}
		if len(text) < 1<<16 {
			text = append(text, c)
		}
	}
	return text, i
}

func hexString(b []byte) []byte {
	var out []byte
	high := -1
	for _, c := range b {
		v := -1
		switch {
		case c >= '0' && c <= '9':
			v = int(c - '0')
		case c >= 'a' && c <= 'f':
			v = int(c-'a') + 10
		case c >= 'A' && c <= 'F':
			v = int(c-'A') + 10
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
			continue
		default:
			return nil
		}
		if high < 0 {
			high = v
			continue
		}
		out = append(out, byte(high<<4|v))
		high = -1
	}
	return out
}

// say adds a string as PDF writes text: UTF-16, UTF-8, or one byte a letter.
func (s *pdfSweep) say(b []byte) {
	if len(b) < 4 {
		return
	}
	switch {
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		var units []uint16
		for i := 2; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
		}
		s.add(string(utf16.Decode(units)))
	case utf8.Valid(b):
		s.add(strings.TrimPrefix(string(b), "\ufeff"))
	default:
		if plausibleGB18030(b) { // what some programs write against the rules
			t, _ := decode(b)
			s.add(t)
		}
	}
}

func (s *pdfSweep) add(t string) {
	t = collapse(t)
	if strings.HasPrefix(t, "D:") || !telling(t) || s.known[t] || strings.ContainsRune(t, '\ufffd') {
		return
	}
	s.words.add(t)
}
