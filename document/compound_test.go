package document

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/richardlehane/mscfb"
)

// The streams of files that Office and WPS wrote are those another reader finds.
func TestCompoundFilesAreReadAsByAnotherReader(t *testing.T) {
	files := map[string][]byte{"made": compound("Workbook", smallBook(), summaryStream, "\xfe\xff", "Long", strings.Repeat("0123456789abcdef", 200))}
	binary.LittleEndian.PutUint32(files["made"][56:], 4096) // as every writer does
	for _, name := range []string{"notice.doc", "footnote.doc", "tracked.doc", "list.xls"} {
		files[name] = testdata(t, name)
	}
	for name, data := range files {
		c, err := openCompound(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		other, err := mscfb.New(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for e, err := other.Next(); err == nil; e, err = other.Next() {
			b, _ := io.ReadAll(e)
			want[strings.Join(append(append([]string(nil), e.Path...), e.Name), "/")] = string(b)
		}
		for _, e := range c.all {
			got := ""
			if e.isStream {
				got = string(c.read(e))
			}
			if w, ok := want[e.name]; !ok || got != w {
				t.Errorf("%s: stream %q has %d bytes, another reader finds %d (%t)", name, e.name, len(got), len(w), ok)
			}
			delete(want, e.name)
		}
		delete(want, "Root Entry")
		if len(want) > 0 {
			t.Errorf("%s: another reader finds %d more", name, len(want))
		}
	}
}

// nested is a compound file of storages each of which lies in the one before.
func nested(n int) []byte {
	pairs := make([]string, 0, 2*n)
	for range n {
		pairs = append(pairs, "甲乙丙丁", "")
	}
	data := compound(pairs...)
	at := (int(binary.LittleEndian.Uint32(data[48:])) + 1) * sector
	for i := range n {
		e := data[at+128*(i+1):]
		e[66] = 1
		binary.LittleEndian.PutUint32(e[72:], noEntry)
		if i+1 < n {
			binary.LittleEndian.PutUint32(e[76:], uint32(i+2))
		}
	}
	return data
}
