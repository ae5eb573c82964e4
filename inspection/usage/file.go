package usage

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
)

// mark begins a file of counts. Number of texts, logarithm of the number of counters
// and the counters follow, all packed by gzip, whose own checksum tells of damage.
const mark = "gongkai usage 1\n"

// ErrDamaged is returned for what is no file of counts, or one that is not whole.
var ErrDamaged = errors.New("usage: not a whole file of counts")

// WriteTo writes the counts: a few KiB to 16 MiB.
func (c *Counts) WriteTo(w io.Writer) (int64, error) {
	out := &measured{w: w}
	z, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return 0, err
	}
	b := bufio.NewWriterSize(z, 1<<16)
	b.WriteString(mark)
	var word [8]byte
	binary.LittleEndian.PutUint64(word[:], uint64(c.texts))
	b.Write(word[:])
	b.WriteByte(byte(64 - c.shift))
	for _, cell := range c.cells {
		binary.LittleEndian.PutUint64(word[:], cell)
		b.Write(word[:])
	}
	err = errors.Join(b.Flush(), z.Close())
	return out.n, err
}

// Read reads what WriteTo wrote.
func Read(r io.Reader) (*Counts, error) {
	z, err := gzip.NewReader(bufio.NewReader(r))
	if err != nil {
		return nil, ErrDamaged
	}
	b := bufio.NewReaderSize(z, 1<<16)
	head := make([]byte, len(mark)+9)
	if _, err := io.ReadFull(b, head); err != nil || string(head[:len(mark)]) != mark {
		return nil, ErrDamaged
	}
	texts, n := binary.LittleEndian.Uint64(head[len(mark):]), head[len(head)-1]
	if n < leastBits || n > mostBits || texts > 1<<40 {
		return nil, ErrDamaged
	}
	c := &Counts{cells: make([]uint64, 1<<n/16), shift: uint(64 - n), texts: int(texts)}
	var word [8]byte
	for i := range c.cells {
		if _, err := io.ReadFull(b, word[:]); err != nil {
			return nil, ErrDamaged
		}
		c.cells[i] = binary.LittleEndian.Uint64(word[:])
	}
	if _, err := b.ReadByte(); err != io.EOF {
		return nil, ErrDamaged // bytes behind the end, or a checksum that does not agree
	}
	return c, nil
}

type measured struct {
	w io.Writer
	n int64
}

func (m *measured) Write(b []byte) (int, error) {
	n, err := m.w.Write(b)
	m.n += int64(n)
	return n, err
}
