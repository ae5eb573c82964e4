package document

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"html"
	"io"
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// pictureHead is how much of a picture is looked at: cameras write what they know
// at the front.
const pictureHead = 1 << 20

// TakenAt is what a picture's property says first when it tells where the
// picture was taken: the place of a home is in the photo of a condemned house.
const TakenAt = "拍摄位置"

// addPicture adds what a picture says about itself: where and when it was taken,
// with what, and what somebody wrote into it.
func (d *Doc) addPicture(name string, data []byte) {
	say := func(what, value string) {
		value = strings.TrimSpace(collapse(strings.ToValidUTF8(value, "\ufffd")))
		if value == "" || len(d.Meta) > metaMost || len(value) > 16<<10 {
			return
		}
		what = shorten(strings.ToValidUTF8(what, "\ufffd"))
		d.Meta = append(d.Meta, Property{strings.Join(strings.Fields("图片 "+shorten(name)+" "+what), " "), value})
	}
	if len(d.Meta) > metaMost {
		return // what thousands of pictures say is enough
	}
	p := &pictureReader{say: say}
	switch imageKind(data) {
	case KindJPEG:
		p.jpeg(data)
	case KindPNG:
		p.png(data)
	case KindWebP:
		p.webp(data)
	}
}

// A pictureReader reports the properties it meets.
type pictureReader struct {
	say    func(what, value string)
	packed int // bytes of texts unpacked
	read   int // bytes looked at closely
}

// closely is how much of a picture is looked at closely, in bytes: a photograph's
// own words are a few thousand.
const closely = 8 << 20

// tired counts bytes that are to be looked at closely and tells whether they are
// too many.
func (p *pictureReader) tired(body []byte) bool {
	p.read += len(body)
	return p.read > closely
}

// metaMost is how many properties of pictures a file may have.
const metaMost = 5000

// packedMost is what the packed texts of a picture may come to, in bytes.
const packedMost = 1 << 20

func (p *pictureReader) jpeg(data []byte) {
	for s := data[2:]; len(s) >= 4 && s[0] == 0xff; {
		kind, size := s[1], int(binary.BigEndian.Uint16(s[2:]))
		if kind == 0xda || kind == 0xd9 || size < 2 || 2+size > len(s) {
			return
		}
		body := s[4 : 2+size]
		if (kind == 0xe1 || kind == 0xfe || kind == 0xed) && p.tired(body) {
			return
		}
		switch {
		case kind == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			p.exif(body[6:])
		case kind == 0xe1 && bytes.HasPrefix(body, []byte("http://ns.adobe.com/xap/1.0/\x00")):
			p.xmp(body[29:])
		case kind == 0xfe:
			t, _ := decode(body)
			p.say("说明", t)
		case kind == 0xed:
			p.iptc(body)
		}
		s = s[2+size:]
	}
}

func (p *pictureReader) png(data []byte) {
	for s := data[8:]; len(s) >= 12; {
		size := int64(binary.BigEndian.Uint32(s))
		if size > int64(len(s))-12 {
			return
		}
		body := s[8 : 8+size]
		if kind := string(s[4:8]); (kind == "eXIf" || kind[1:] == "EXt" || kind[1:] == "TXt") && p.tired(body) {
			return
		}
		switch string(s[4:8]) {
		case "eXIf":
			p.exif(body)
		case "tEXt":
			if key, text, ok := bytes.Cut(body, []byte{0}); ok {
				t, _ := decode(text)
				p.say(string(key), t)
			}
		case "zTXt":
			if key, text, ok := bytes.Cut(body, []byte{0}); ok && len(text) > 1 {
				p.say(string(key), p.inflated(text[1:]))
			}
		case "iTXt":
			if key, rest, ok := bytes.Cut(body, []byte{0}); ok && len(rest) > 2 {
				packed := rest[0] == 1
				_, rest, _ = bytes.Cut(rest[2:], []byte{0})
				_, text, _ := bytes.Cut(rest, []byte{0})
				t := string(text)
				if packed {
					t = p.inflated(text)
				}
				if strings.Contains(string(key), "xmp") {
					p.xmp([]byte(t))
				} else {
					p.say(string(key), t)
				}
			}
		}
		s = s[12+size:]
	}
}

func (p *pictureReader) inflated(b []byte) string {
	if p.packed > packedMost {
		return ""
	}
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return ""
	}
	out, err := io.ReadAll(io.LimitReader(z, 64<<10))
	p.packed += len(out) + 4<<10
	if err != nil && len(out) == 0 {
		return ""
	}
	return string(out)
}

func (p *pictureReader) webp(data []byte) {
	for s := data[12:]; len(s) >= 8; {
		size := int64(binary.LittleEndian.Uint32(s[4:]))
		if size > int64(len(s))-8 {
			return
		}
		body := s[8 : 8+size]
		if kind := string(s[:4]); (kind == "EXIF" || kind == "XMP ") && p.tired(body) {
			return
		}
		switch string(s[:4]) {
		case "EXIF":
			p.exif(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		case "XMP ":
			p.xmp(body)
		}
		s = s[8+min(size+size&1, int64(len(s)-8)):]
	}
}

// iptc reads the strings of the news format: 0x1c, record 2, a number, a size.
func (p *pictureReader) iptc(b []byte) {
	for i := 0; i+5 < len(b); {
		if b[i] != 0x1c || b[i+1] != 2 {
			i++
			continue
		}
		size := int(binary.BigEndian.Uint16(b[i+3:]))
		if i+5+size > len(b) {
			return
		}
		if b[i+2] != 0 {
			t, _ := decode(b[i+5 : i+5+size])
			p.say("说明", t)
		}
		i += 5 + size
	}
}

// xmp takes the words out of a packet of metadata.
func (p *pictureReader) xmp(b []byte) {
	var words gathered
	xmpWords(b, &words)
	for _, w := range words.lines {
		p.say("说明", w)
	}
}

// xmpWords collects the texts and values of a packet without asking what they
// are called.
func xmpWords(b []byte, to *gathered) {
	for _, piece := range strings.FieldsFunc(string(b), func(r rune) bool { return r == '<' || r == '>' || r == '"' }) {
		if telling(piece) && !strings.HasPrefix(piece, "?xpacket") {
			to.add(html.UnescapeString(piece))
		}
	}
}

// exif reads a TIFF structure: the first directory, the one of the camera and the
// one of the place.
func (p *pictureReader) exif(b []byte) {
	if len(b) < 8 {
		return
	}
	var order binary.ByteOrder
	switch string(b[:2]) {
	case "II":
		order = binary.LittleEndian
	case "MM":
		order = binary.BigEndian
	default:
		return
	}
	t := tiff{b: b, order: order}
	first := t.directory(int64(order.Uint32(b[4:])))
	for _, tag := range []struct {
		n    uint16
		what string
	}{{0x010e, "说明"}, {0x013b, "作者"}, {0x8298, "版权"}, {0x0110, "设备"}, {0x9c9b, "标题"}, {0x9c9c, "备注"}, {0x9c9d, "作者"}, {0x9c9e, "关键词"}, {0x9c9f, "主题"}} {
		p.say(tag.what, t.text(first[tag.n]))
	}
	if at, ok := t.number(first[0x8769]); ok {
		camera := t.directory(at)
		p.say("拍摄时间", t.text(camera[0x9003]))
		p.say("说明", t.comment(camera[0x9286]))
		p.say("设备所有人", t.text(camera[0xa430]))
	}
	if at, ok := t.number(first[0x8825]); ok {
		gps := t.directory(at)
		lat, ok1 := t.degrees(gps[2])
		lon, ok2 := t.degrees(gps[4])
		if ok1 && ok2 && (lat != 0 || lon != 0) {
			north, east := "北纬", "东经"
			if strings.HasPrefix(t.text(gps[1]), "S") {
				north = "南纬"
			}
			if strings.HasPrefix(t.text(gps[3]), "W") {
				east = "西经"
			}
			p.say(TakenAt, fmt.Sprintf("%s%.6f度，%s%.6f度", north, lat, east, lon))
		}
	}
}

// A tiff is a structure of directories, each of entries of twelve bytes.
type tiff struct {
	b     []byte
	order binary.ByteOrder
}

type tiffEntry struct {
	kind uint16
	data []byte
}

func (t tiff) directory(at int64) map[uint16]tiffEntry {
	all := map[uint16]tiffEntry{}
	if at < 0 || at+2 > int64(len(t.b)) {
		return all
	}
	n := int(t.order.Uint16(t.b[at:]))
	for i := range min(n, 500) {
		e := at + 2 + int64(i)*12
		if e+12 > int64(len(t.b)) {
			break
		}
		kind := t.order.Uint16(t.b[e+2:])
		unit := int64([]int{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8}[min(int(kind), 12)])
		size := unit * int64(t.order.Uint32(t.b[e+4:]))
		from := e + 8
		if size > 4 {
			from = int64(t.order.Uint32(t.b[e+8:]))
		}
		if size <= 0 || size > 1<<16 || from+size > int64(len(t.b)) {
			continue
		}
		all[t.order.Uint16(t.b[e:])] = tiffEntry{kind, t.b[from : from+size]}
	}
	return all
}

// text reads letters of one byte, or of two in the fields of Windows.
func (t tiff) text(e tiffEntry) string {
	if e.kind == 1 && len(e.data)%2 == 0 {
		units := make([]uint16, 0, len(e.data)/2)
		for i := 0; i+1 < len(e.data); i += 2 {
			units = append(units, binary.LittleEndian.Uint16(e.data[i:]))
		}
		return strings.TrimRight(string(utf16.Decode(units)), "\x00")
	}
	if e.kind != 2 {
		return ""
	}
	s, _ := decode(bytes.TrimRight(e.data, "\x00"))
	return s
}

// comment reads a field that begins with the name of its encoding.
func (t tiff) comment(e tiffEntry) string {
	if len(e.data) <= 8 {
		return ""
	}
	body := e.data[8:]
	if bytes.HasPrefix(e.data, []byte("UNICODE")) {
		units := make([]uint16, 0, len(body)/2)
		for i := 0; i+1 < len(body); i += 2 {
			units = append(units, t.order.Uint16(body[i:]))
		}
		return string(utf16.Decode(units))
	}
	s, _ := decode(bytes.Trim(body, "\x00 "))
	if !utf8.ValidString(s) {
		return ""
	}
	return s
}

func (t tiff) number(e tiffEntry) (int64, bool) {
	if e.kind != 4 || len(e.data) < 4 {
		return 0, false
	}
	return int64(t.order.Uint32(e.data)), true
}

// degrees reads three fractions: degrees, minutes, seconds.
func (t tiff) degrees(e tiffEntry) (float64, bool) {
	if e.kind != 5 || len(e.data) < 24 {
		return 0, false
	}
	v, unit := 0.0, 1.0
	for i := range 3 {
		a, b := t.order.Uint32(e.data[8*i:]), t.order.Uint32(e.data[8*i+4:])
		if b != 0 {
			v += float64(a) / float64(b) / unit
		}
		unit *= 60
	}
	return v, !math.IsNaN(v) && v <= 180
}
