package planting

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
)

// Photo makes a small JPEG with EXIF data: a description, and the place it was
// taken at (30°16'27"N 120°9'18.6"E, the middle of nowhere in particular).
func Photo(description string, placed bool) []byte {
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		panic(err)
	}
	plain := buf.Bytes()
	tiff := exif(description, placed)
	out := append([]byte{}, plain[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(2+6+len(tiff)))
	out = append(out, "Exif\x00\x00"...)
	out = append(out, tiff...)
	return append(out, plain[2:]...)
}

// exif writes a TIFF structure, little-endian: IFD0 with a description, and an
// IFD of the place.
func exif(description string, placed bool) []byte {
	le := binary.LittleEndian
	entries := 1
	if placed {
		entries = 2
	}
	b := append([]byte("II*\x00"), 8, 0, 0, 0)
	b = le.AppendUint16(b, uint16(entries))
	data := 8 + 2 + entries*12 + 4
	text := append([]byte(description), 0)
	entry := func(tag, kind uint16, n, v uint32) {
		b = le.AppendUint16(b, tag)
		b = le.AppendUint16(b, kind)
		b = le.AppendUint32(b, n)
		b = le.AppendUint32(b, v)
	}
	entry(0x010e, 2, uint32(len(text)), uint32(data))
	gps := data + len(text)
	if placed {
		entry(0x8825, 4, 1, uint32(gps))
	}
	b = le.AppendUint32(b, 0)
	b = append(b, text...)
	if !placed {
		return b
	}
	b = le.AppendUint16(b, 4)
	values := uint32(gps + 2 + 4*12 + 4)
	entry(1, 2, 2, uint32('N'))
	entry(2, 5, 3, values)
	entry(3, 2, 2, uint32('E'))
	entry(4, 5, 3, values+24)
	b = le.AppendUint32(b, 0)
	for _, v := range []uint32{30, 1, 16, 1, 27, 1, 120, 1, 9, 1, 186, 10} {
		b = le.AppendUint32(b, v)
	}
	return b
}

// PNGText makes a small PNG with a block of text.
func PNGText(key, text string) []byte { return pngWith("tEXt", append([]byte(key+"\x00"), text...)) }

// PNGPhoto makes a small PNG with EXIF data.
func PNGPhoto(description string, placed bool) []byte {
	return pngWith("eXIf", exif(description, placed))
}

func pngWith(kind string, body []byte) []byte {
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		panic(err)
	}
	plain := buf.Bytes()
	const after = 8 + 25 // signature and header
	out := append([]byte{}, plain[:after]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	chunk := append([]byte(kind), body...)
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, plain[after:]...)
}
