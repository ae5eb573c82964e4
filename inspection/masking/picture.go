package masking

import (
	"bytes"
	"encoding/binary"
)

// picture returns a JPEG or PNG without what the camera wrote into it, and whether
// there was any. Pictures of other kinds, and broken ones, come back as they are.
func picture(data []byte) ([]byte, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		return plainJPEG(data)
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return plainPNG(data)
	}
	return data, false
}

// plainJPEG leaves out the segments APP1 (Exif, XMP), APP13 (IPTC) and comments.
func plainJPEG(data []byte) ([]byte, bool) {
	out, cut := append([]byte(nil), data[:2]...), false
	at := 2
	for at+4 <= len(data) && data[at] == 0xff {
		mark := data[at+1]
		if mark == 0xda { // the picture itself
			break
		}
		size := 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if size < 4 || at+size > len(data) {
			return data, false
		}
		if mark == 0xe1 || mark == 0xed || mark == 0xfe {
			cut = true
		} else {
			out = append(out, data[at:at+size]...)
		}
		at += size
	}
	if !cut {
		return data, false
	}
	return append(out, data[at:]...), true
}

// plainPNG leaves out the chunks that hold text, times and Exif.
func plainPNG(data []byte) ([]byte, bool) {
	out, cut := append([]byte(nil), data[:8]...), false
	for at := 8; at+12 <= len(data); {
		n := int(binary.BigEndian.Uint32(data[at:]))
		if n < 0 || at+12+n > len(data) {
			return data, false
		}
		switch string(data[at+4 : at+8]) {
		case "tEXt", "zTXt", "iTXt", "eXIf", "tIME":
			cut = true
		default:
			out = append(out, data[at:at+12+n]...)
		}
		at += 12 + n
	}
	if !cut {
		return data, false
	}
	return out, true
}
