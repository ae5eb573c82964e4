package document

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// summaryNames are the properties of [MS-OLEPS] that name people or things.
var summaryNames = map[uint32]string{2: "title", 3: "subject", 4: "creator", 5: "keywords", 6: "description", 8: "lastModifiedBy"}

// companyNames are those of the second stream.
var companyNames = map[uint32]string{14: "Manager", 15: "Company"}

// addSummary reads what an old Office file says about itself.
func (d *Doc) addSummary(stream []byte, names map[uint32]string) {
	if len(stream) < 48 || binary.LittleEndian.Uint16(stream) != 0xfffe {
		return
	}
	at := int64(binary.LittleEndian.Uint32(stream[44:]))
	if at+8 > int64(len(stream)) {
		return
	}
	set := stream[at:]
	count := min(int(binary.LittleEndian.Uint32(set[4:])), 100)
	// The first property says how the strings of one byte a letter are coded;
	// decode finds that out by itself, from UTF-8 and GB 18030.
	for i := range count {
		if 16+8*i > len(set) {
			return
		}
		name, place := names[binary.LittleEndian.Uint32(set[8+8*i:])], int64(binary.LittleEndian.Uint32(set[12+8*i:]))
		if name == "" || place+8 > int64(len(set)) {
			continue
		}
		kind, size := binary.LittleEndian.Uint32(set[place:]), int64(binary.LittleEndian.Uint32(set[place+4:]))
		body := set[place+8:]
		value := ""
		switch {
		case kind == 30 && size <= int64(len(body)):
			value, _ = decode([]byte(strings.TrimRight(string(body[:size]), "\x00")))
		case kind == 31 && 2*size <= int64(len(body)):
			units := make([]uint16, 0, size)
			for k := int64(0); k < size; k++ {
				units = append(units, binary.LittleEndian.Uint16(body[2*k:]))
			}
			value = string(utf16.Decode(units))
		}
		if value = collapse(strings.ToValidUTF8(strings.TrimRight(value, "\x00"), "\ufffd")); value != "" && len(value) < 4096 {
			d.Meta = append(d.Meta, Property{name, value})
		}
	}
}
