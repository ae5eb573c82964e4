package document

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// decode turns the bytes of a text file into a string. UTF-8 keeps its byte
// order mark, so that offsets are offsets into the file. Bad counts characters
// that could not be decoded; they stand as U+FFFD.
func decode(data []byte) (text string, bad int) {
	if order := utf16Order(data); order != nil {
		return decodeUTF16(data, order)
	}
	if utf8.Valid(data) {
		return string(data), 0
	}
	if !mostlyUTF8(data) && plausibleGB18030(data) {
		if out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); err == nil {
			s := string(out)
			return s, strings.Count(s, "\ufffd")
		}
	}
	s := strings.ToValidUTF8(string(data), "\ufffd")
	return s, strings.Count(s, "\ufffd")
}

func decodeHead(data []byte) string {
	s, _ := decode(data[:min(len(data), 2048)&^1])
	return s
}

// utf16Order recognises UTF-16 by its byte order mark, or by zeros that stand
// at every other byte of a mostly ASCII beginning.
func utf16Order(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return binary.BigEndian
	}
	head := data[:min(len(data), 512)&^1]
	if len(head) < 16 {
		return nil
	}
	var even, odd int
	for i := 0; i < len(head); i += 2 {
		if head[i] == 0 && head[i+1] != 0 {
			even++
		}
		if head[i+1] == 0 && head[i] != 0 {
			odd++
		}
	}
	pairs := len(head) / 2
	switch {
	case odd*10 > pairs*4 && even == 0:
		return binary.LittleEndian
	case even*10 > pairs*4 && odd == 0:
		return binary.BigEndian
	}
	return nil
}

func decodeUTF16(data []byte, order binary.ByteOrder) (string, int) {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	if len(units) > 0 && units[0] == 0xfeff {
		units = units[1:]
	}
	s := string(utf16.Decode(units))
	return s, strings.Count(s, "\ufffd") + len(data)%2
}

// plausibleGB18030 reports whether nearly all non-ASCII bytes form characters
// of the standard, so that a binary file is not taken for Chinese.
func plausibleGB18030(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		b := data[i]
		switch {
		case b < 0x80:
			i++
		case b == 0x80 || b == 0xff:
			bad++
			i++
		case i+1 >= len(data):
			i++ // cut in the middle of a character
		case data[i+1] >= 0x40 && data[i+1] != 0x7f && data[i+1] != 0xff:
			good++
			i += 2
		case i+3 < len(data) && data[i+1] >= 0x30 && data[i+1] <= 0x39 && data[i+2] >= 0x81 && data[i+3] >= 0x30 && data[i+3] <= 0x39:
			good++
			i += 4
		default:
			bad++
			i++
		}
	}
	return good > 0 && bad*50 <= good
}

// mostlyUTF8 reports whether a text is UTF-8 but for a few damaged places.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return bad*8 <= good
}

// trimPartial takes a cut character off the end of a piece of UTF-8.
func trimPartial(b []byte) []byte {
	for i := 1; i <= 3 && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

func charsetReader(label string, in io.Reader) (io.Reader, error) {
	return charset.NewReaderLabel(label, in)
}
