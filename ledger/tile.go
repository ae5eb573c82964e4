package ledger

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// EntriesLevel is the level of a [TilePath] that names a bundle of entries.
const EntriesLevel = -1

// TilePath names a tile or a bundle of entries as C2SP tlog-tiles does.
type TilePath struct {
	Level int   // 0 to 63, or [EntriesLevel]
	Index int64 // position of the tile in its level
	Width int   // 1 to 256 hashes or entries; 256 is a full tile
}

// String writes the path: "tile/0/x001/x234/067", "tile/entries/003.p/112".
func (p TilePath) String() string {
	var b strings.Builder
	b.WriteString("tile/")
	if p.Level == EntriesLevel {
		b.WriteString("entries")
	} else {
		b.WriteString(strconv.Itoa(p.Level))
	}
	digits := fmt.Sprintf("%03d", p.Index)
	for len(digits)%3 != 0 {
		digits = "0" + digits
	}
	for ; len(digits) > 3; digits = digits[3:] {
		b.WriteString("/x" + digits[:3])
	}
	b.WriteString("/" + digits)
	if p.Width != tileWidth {
		fmt.Fprintf(&b, ".p/%d", p.Width)
	}
	return b.String()
}

// ParseTilePath reads what String writes and nothing else: each tile has one
// path. It fails with NotFound, because a path is an address.
func ParseTilePath(s string) (TilePath, error) {
	bad := fault.Say(fault.NotFound, sayBadPath)
	rest, ok := strings.CutPrefix(s, "tile/")
	if !ok || len(s) > 100 {
		return TilePath{}, bad
	}
	level, rest, ok := strings.Cut(rest, "/")
	if !ok {
		return TilePath{}, bad
	}
	p := TilePath{Level: EntriesLevel, Width: tileWidth}
	var err error
	if level != "entries" {
		if p.Level, err = strconv.Atoi(level); err != nil || p.Level < 0 || p.Level > 63 {
			return TilePath{}, bad
		}
	}
	number, width, partial := strings.Cut(rest, ".p/")
	if partial {
		if p.Width, err = strconv.Atoi(width); err != nil || p.Width < 1 || p.Width >= tileWidth {
			return TilePath{}, bad
		}
	}
	digits := strings.ReplaceAll(strings.ReplaceAll(number, "/", ""), "x", "")
	if p.Index, err = strconv.ParseInt(digits, 10, 64); err != nil || p.String() != s {
		return TilePath{}, bad
	}
	return p, nil
}

// TilesOf returns the paths of all tiles and bundles of a log of n entries,
// partial ones included: what a copy of the log consists of.
func TilesOf(n int64, yield func(TilePath) bool) {
	level := func(l int, count int64) bool {
		for i := int64(0); i*tileWidth < count; i++ {
			if !yield(TilePath{l, i, int(min(tileWidth, count-i*tileWidth))}) {
				return false
			}
		}
		return true
	}
	if !level(EntriesLevel, n) {
		return
	}
	for l := 0; n > 0; l, n = l+1, n/tileWidth {
		if !level(l, n) {
			return
		}
	}
}

// Read returns the bytes of the tile or bundle. They never change. It fails
// with NotFound if the log does not reach so far.
func (p TilePath) Read(tx *db.Tx) ([]byte, error) {
	if p.Level == EntriesLevel {
		return Entries(tx, p.Index, p.Width)
	}
	return Tile(tx, p.Level, p.Index, p.Width)
}

// Tile returns width hashes of 32 bytes from position index*256 of a tile level
// on. It fails with NotFound if the log does not reach so far.
func Tile(tx *db.Tx, level int, index int64, width int) ([]byte, error) {
	if err := reaches(tx, level, index, width); err != nil {
		return nil, err
	}
	hashes, err := rowHashes(tx, level, index*tileWidth, int64(width))
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, width*tlog.HashSize)
	for _, h := range hashes {
		out = append(out, h[:]...)
	}
	return out, nil
}

// Entries returns width leaves from position index*256 on, each after its
// length in two bytes. It fails with NotFound if the log does not reach so far.
func Entries(tx *db.Tx, index int64, width int) ([]byte, error) {
	if err := reaches(tx, 0, index, width); err != nil {
		return nil, err
	}
	entries, err := page(tx, Seq(index*tileWidth), width)
	if err != nil {
		return nil, err
	}
	if len(entries) != width {
		return nil, fmt.Errorf("ledger: bundle %d has %d entries, want %d", index, len(entries), width)
	}
	var out []byte
	for _, e := range entries {
		leaf := e.Leaf()
		out = binary.BigEndian.AppendUint16(out, uint16(len(leaf)))
		out = append(out, leaf...)
	}
	return out, nil
}

// reaches refuses tiles that the log does not fill up to width.
func reaches(tx *db.Tx, level int, index int64, width int) error {
	n, err := size(tx)
	if err != nil {
		return err
	}
	if level < 0 || level > 63 || index < 0 || width < 1 || width > tileWidth {
		return fault.Say(fault.NotFound, sayNoTile)
	}
	for range level {
		n /= tileWidth
	}
	if index > n/tileWidth || index*tileWidth+int64(width) > n {
		return fault.Say(fault.NotFound, sayNoTile)
	}
	return nil
}
