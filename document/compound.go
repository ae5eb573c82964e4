package document

import (
	"encoding/binary"
	"unicode"
	"unicode/utf16"
)

// A compoundFile is a file system within a file, [MS-CFB]: what Office wrote until
// 2003, and what it still wraps around things put into a document. Chains of sectors
// may run in circles and directories may say anything, so each step is counted.
type compoundFile struct {
	data   []byte
	sector int
	fats   []uint32 // sectors of the table of chains
	root   []byte   // its entry leads to the stream of small streams
	small  []byte   // that stream, once it is needed
	links  []byte   // and the table of their chains
	cutoff int      // streams shorter than this are small
	all    []compoundEntry
}

// A compoundEntry is a storage or a stream.
type compoundEntry struct {
	name     string // with the storages it lies in before it, parted by "/"
	top      bool   // lies in no storage
	start    uint32
	size     int
	isStream bool
}

const (
	maxEntries  = 10_000
	maxStorages = 8          // storages in storages
	lastSector  = 0xfffffffa // numbers above are no sectors
	noEntry     = 0xffffffff
)

// openCompound reads the tables and the directory.
func openCompound(data []byte) (*compoundFile, error) {
	if len(data) < 512 {
		return nil, errDamaged
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(data[at:]) }
	shift := binary.LittleEndian.Uint16(data[30:])
	if shift != 9 && shift != 12 || len(data) < 1<<shift {
		return nil, errDamaged
	}
	c := &compoundFile{data: data, sector: 1 << shift, cutoff: int(u32(56))}
	for i := range 109 {
		if n := u32(76 + 4*i); n < lastSector {
			c.fats = append(c.fats, n)
		}
	}
	// The table of tables goes on in sectors of its own, the last number of which
	// leads to the next.
	next := u32(68)
	for range c.sectors() {
		b := c.at(next)
		if len(b) < c.sector {
			break
		}
		for i := 0; i+8 <= len(b); i += 4 {
			if n := binary.LittleEndian.Uint32(b[i:]); n < lastSector {
				c.fats = append(c.fats, n)
			}
		}
		if len(c.fats) > c.sectors() {
			return nil, errDamaged
		}
		next = binary.LittleEndian.Uint32(b[len(b)-4:])
	}
	directory := c.chain(u32(48), 128*(maxEntries+1))
	if len(directory) < 128 || len(directory) > 128*maxEntries {
		return nil, errDamaged
	}
	c.root = directory[:128]
	seen := make([]bool, len(directory)/128)
	c.list(directory, binary.LittleEndian.Uint32(c.root[76:]), "", 0, seen)
	return c, nil
}

// sectors is how many there can be.
func (c *compoundFile) sectors() int { return len(c.data)/c.sector + 1 }

// at returns a sector; the last may be cut off.
func (c *compoundFile) at(n uint32) []byte {
	from := (int64(n) + 1) * int64(c.sector)
	if n >= lastSector || from >= int64(len(c.data)) {
		return nil
	}
	return c.data[from:min(from+int64(c.sector), int64(len(c.data)))]
}

// chain reads the sectors from one on, up to size bytes.
func (c *compoundFile) chain(n uint32, size int) []byte {
	var out []byte
	per := uint32(c.sector / 4)
	for range c.sectors() {
		b := c.at(n)
		if len(b) == 0 || len(out) >= size {
			break
		}
		out = append(out, b...)
		if n/per >= uint32(len(c.fats)) {
			break
		}
		table := c.at(c.fats[n/per])
		if at := int(n%per) * 4; at+4 <= len(table) {
			n = binary.LittleEndian.Uint32(table[at:])
		} else {
			break
		}
	}
	return out[:min(len(out), max(0, size))]
}

// list adds the entries of a storage in their order: a tree of which each node has
// one to its left, one to its right and, if it is a storage, its own.
func (c *compoundFile) list(directory []byte, n uint32, path string, depth int, seen []bool) {
	if n == noEntry || n >= uint32(len(seen)) || seen[n] || depth > maxStorages {
		return
	}
	seen[n] = true
	e := directory[128*n : 128*n+128]
	link := func(at int) uint32 { return binary.LittleEndian.Uint32(e[at:]) }
	c.list(directory, link(68), path, depth, seen)
	kind, name := e[66], path+entryLabel(e)
	if kind == 1 || kind == 2 {
		c.all = append(c.all, compoundEntry{name: name, top: path == "", start: link(116), size: c.sizeOf(e), isStream: kind == 2})
	}
	if kind == 1 {
		c.list(directory, link(76), name+"/", depth+1, seen)
	}
	c.list(directory, link(72), path, depth, seen)
}

// entryLabel is the name of an entry without the control character some begin with.
func entryLabel(e []byte) string {
	n := min(int(binary.LittleEndian.Uint16(e[64:]))/2, 32)
	units := make([]uint16, 0, 32)
	for i := range max(0, n-1) {
		units = append(units, binary.LittleEndian.Uint16(e[2*i:]))
	}
	if len(units) > 0 && !unicode.IsPrint(rune(units[0])) {
		units = units[1:]
	}
	return string(utf16.Decode(units))
}

// sizeOf is what an entry says of its size, at most that of the file.
func (c *compoundFile) sizeOf(e []byte) int {
	size := uint64(binary.LittleEndian.Uint32(e[120:]))
	if c.sector > 512 {
		size = binary.LittleEndian.Uint64(e[120:])
	}
	return int(min(size, uint64(len(c.data))))
}

// read returns the bytes of a stream, as many as are there.
func (c *compoundFile) read(e compoundEntry) []byte {
	if e.size >= c.cutoff {
		return c.chain(e.start, e.size)
	}
	if c.small == nil {
		c.links = c.chain(binary.LittleEndian.Uint32(c.data[60:]), len(c.data))
		c.small = c.chain(binary.LittleEndian.Uint32(c.root[116:]), c.sizeOf(c.root))
	}
	const sector = 64
	var out []byte
	n := int64(e.start)
	for len(out) < e.size && (n+1)*sector <= int64(len(c.small)+sector-1) && n*sector < int64(len(c.small)) {
		out = append(out, c.small[n*sector:min((n+1)*sector, int64(len(c.small)))]...)
		if 4*n+4 > int64(len(c.links)) {
			break
		}
		n = int64(binary.LittleEndian.Uint32(c.links[4*n:]))
	}
	return out[:min(len(out), e.size)]
}
