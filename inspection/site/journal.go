package site

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"gongkai/internal/fault"
)

// A Journal is a State in one file that is only appended to: a line of JSON for
// every link that was not seen before and for every visit, a short one for a visit
// that found everything as it was. In memory it holds the
// links once and where each visit stands.
type Journal struct {
	mu    sync.Mutex
	file  *os.File
	name  string
	size  int64
	lines int   // visits written, those replaced included
	dead  int64 // bytes of those replaced

	links  []Link
	linkNo map[Link]int
	at     map[string]span // visits by address
	order  []string        // addresses as they first came
	round  Round
	ended  bool
}

// span is where a visit stands, and where it says that it is the same in a later
// round, if it does.
type span struct {
	from, again int64
	size, more  int32
}

// again is a later visit that found everything as it was.
type again struct {
	URL      string        `json:"url"`
	Round    int           `json:"round"`
	ETag     string        `json:"etag,omitempty"`
	Modified string        `json:"modified,omitempty"`
	Took     time.Duration `json:"took,omitempty"`
}

// entry is one line of the file.
type entry struct {
	Journal int          `json:"journal,omitempty"` // version of the form, on the first line
	Round   *Round       `json:"begin,omitempty"`
	Link    *[3]string   `json:"link,omitempty"`
	Visit   *storedVisit `json:"visit,omitempty"`
	Again   *again       `json:"again,omitempty"`
	End     int          `json:"end,omitempty"`
}

// storedVisit has numbers instead of links, and lines as bytes.
type storedVisit struct {
	Visit
	Links []int  `json:"links,omitempty"`
	Lines string `json:"lines,omitempty"`
}

const journalForm = 1

// OpenJournal opens a journal, making it if there is none. The file holds what
// findings quote and is readable by its owner only. It fails with Invalid if the
// file is something else; a line cut off by a crash is forgotten.
func OpenJournal(name string) (*Journal, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault.Say(fault.Forbidden, sayNoState, name)
	}
	j, err := LoadJournal(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	if j.Worn() {
		return j.renew()
	}
	return j, nil
}

// LoadJournal goes on with the journal in a file, which may be empty, for programs
// that keep its bytes elsewhere: they are only ever appended to. It fails like
// OpenJournal; the file stays the caller's until then.
func LoadJournal(f *os.File) (*Journal, error) {
	j := &Journal{file: f, name: f.Name()}
	if err := j.load(); err != nil {
		return nil, err
	}
	return j, nil
}

// Worn tells whether most of the journal is visits that were replaced since.
func (j *Journal) Worn() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.lines > 1000 && j.dead > j.size/2
}

// Size is how many bytes the journal has. The next line comes behind them.
func (j *Journal) Size() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.size
}

// ReadAt reads bytes of the journal, below its Size.
func (j *Journal) ReadAt(b []byte, from int64) (int, error) { return j.file.ReadAt(b, from) }

// Close writes the journal to the disk and lets it go.
func (j *Journal) Close() error { return errors.Join(j.file.Sync(), j.file.Close()) }

func (j *Journal) reset() {
	j.size, j.lines, j.dead, j.links, j.order, j.round, j.ended = 0, 0, 0, nil, nil, Round{}, true
	j.linkNo, j.at = map[Link]int{}, map[string]span{}
}

func (j *Journal) load() error {
	j.reset()
	if _, err := j.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read %s: %w", j.name, err)
	}
	r := bufio.NewReaderSize(j.file, 1<<16)
	for {
		line, err := r.ReadBytes('\n')
		if err == io.EOF {
			break // and what was cut off is overwritten
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", j.name, err)
		}
		var e entry
		if json.Unmarshal(line, &e) != nil || j.size == 0 && e.Journal != journalForm {
			return fault.Say(fault.Invalid, sayNotState, j.name)
		}
		j.remember(e, j.size, int32(len(line)))
		j.size += int64(len(line))
	}
	if err := j.file.Truncate(j.size); err != nil {
		return fmt.Errorf("mend %s: %w", j.name, err)
	}
	if j.size == 0 {
		return j.write(entry{Journal: journalForm})
	}
	return nil
}

func (j *Journal) remember(e entry, from int64, size int32) {
	switch {
	case e.Round != nil:
		j.round, j.ended = *e.Round, false
	case e.End > 0:
		j.ended = true
	case e.Link != nil:
		l := Link{e.Link[0], e.Link[1], LinkKind(e.Link[2])}
		j.linkNo[l] = len(j.links)
		j.links = append(j.links, l)
	case e.Visit != nil:
		j.lines++
		old, ok := j.at[e.Visit.URL]
		if !ok {
			j.order = append(j.order, e.Visit.URL)
		}
		j.dead += int64(old.size) + int64(old.more)
		j.at[e.Visit.URL] = span{from: from, size: size}
	case e.Again != nil:
		if at, ok := j.at[e.Again.URL]; ok {
			j.dead += int64(at.more)
			at.again, at.more = from, size
			j.at[e.Again.URL] = at
		}
	}
}

// write appends one line and remembers it.
func (j *Journal) write(e entry) error {
	b, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	b = append(b, '\n')
	if _, err := j.file.WriteAt(b, j.size); err != nil {
		return fault.Say(fault.Forbidden, sayStateFull, j.name)
	}
	j.remember(e, j.size, int32(len(b)))
	j.size += int64(len(b))
	return nil
}

// Begin goes on with the round that was not ended, or begins the next.
func (j *Journal) Begin(_ context.Context, key string, now time.Time) (Round, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.round.N > 0 && j.round.Key != key {
		return Round{}, fault.Say(fault.Conflict, sayOtherSite, j.name, j.round.Key)
	}
	if j.round.N == 0 || j.ended {
		r := Round{N: j.round.N + 1, Key: key, Began: now.UTC().Truncate(time.Second)}
		if err := j.write(entry{Round: &r}); err != nil {
			return Round{}, err
		}
	}
	return j.round, nil
}

// Get reads the last visit of an address back.
func (j *Journal) Get(_ context.Context, url string) (Visit, bool, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.get(url)
}

func (j *Journal) get(url string) (Visit, bool, error) {
	at, ok := j.at[url]
	if !ok {
		return Visit{}, false, nil
	}
	var e, later entry
	if err := j.read(at.from, at.size, &e); err != nil {
		return Visit{}, false, err
	}
	if at.more > 0 {
		if err := j.read(at.again, at.more, &later); err != nil {
			return Visit{}, false, err
		}
	}
	if e.Visit == nil || at.more > 0 && later.Again == nil {
		return Visit{}, false, fault.Say(fault.Invalid, sayNotState, j.name)
	}
	v := e.Visit.Visit
	if a := later.Again; a != nil {
		v.Round, v.Same, v.ETag, v.Modified, v.Took = a.Round, true, a.ETag, a.Modified, a.Took
	}
	for _, n := range e.Visit.Links {
		if n < 0 || n >= len(j.links) {
			return Visit{}, false, fault.Say(fault.Invalid, sayNotState, j.name)
		}
		v.Links = append(v.Links, j.links[n])
	}
	v.Items = slices.DeleteFunc(v.Items, func(i int) bool { return i < 0 || i >= len(v.Links) })
	lines, err := base64.RawStdEncoding.DecodeString(e.Visit.Lines)
	if err != nil {
		return Visit{}, false, fault.Say(fault.Invalid, sayNotState, j.name)
	}
	for ; len(lines) >= 4; lines = lines[4:] {
		v.Lines = append(v.Lines, binary.LittleEndian.Uint32(lines))
	}
	return v, true, nil
}

// read reads one line back.
func (j *Journal) read(from int64, size int32, e *entry) error {
	b := make([]byte, size)
	if _, err := j.file.ReadAt(b, from); err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	if json.Unmarshal(bytes.TrimSpace(b), e) != nil {
		return fault.Say(fault.Invalid, sayNotState, j.name)
	}
	return nil
}

// Put appends a visit. Of one that is the Same only that it was made is written.
func (j *Journal) Put(_ context.Context, v Visit) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.put(v)
}

func (j *Journal) put(v Visit) error {
	if _, known := j.at[v.URL]; known && v.Same {
		return j.write(entry{Again: &again{v.URL, v.Round, v.ETag, v.Modified, v.Took}})
	}
	s := storedVisit{Visit: v}
	s.Visit.Links, s.Visit.Lines = nil, nil
	for _, l := range v.Links {
		n, ok := j.linkNo[l]
		if !ok {
			if err := j.write(entry{Link: &[3]string{l.URL, l.Text, string(l.Kind)}}); err != nil {
				return err
			}
			n = len(j.links) - 1
		}
		s.Links = append(s.Links, n)
	}
	b := make([]byte, 0, 4*len(v.Lines))
	for _, h := range v.Lines {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	s.Lines = base64.RawStdEncoding.EncodeToString(b)
	return j.write(entry{Visit: &s})
}

// End ends the round.
func (j *Journal) End(_ context.Context, r Round) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.write(entry{End: r.N}); err != nil {
		return err
	}
	return j.file.Sync()
}

// Compact writes the last visit of every address to an empty file and returns the
// journal in it. The old one is as it was.
func (j *Journal) Compact(to *os.File) (*Journal, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	small := &Journal{file: to, name: j.name}
	small.reset()
	err := small.write(entry{Journal: journalForm})
	if err == nil && j.round.N > 0 {
		err = small.write(entry{Round: &j.round})
	}
	for _, url := range j.order {
		if err != nil {
			break
		}
		var v Visit
		if v, _, err = j.get(url); err == nil {
			err = small.put(v)
		}
	}
	if err == nil && j.ended && j.round.N > 0 {
		err = small.write(entry{End: j.round.N})
	}
	return small, err
}

// renew puts a compact journal in the place of this one.
func (j *Journal) renew() (*Journal, error) {
	defer j.file.Close()
	name := j.name + ".new"
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fault.Say(fault.Forbidden, sayNoState, name)
	}
	small, err := j.Compact(f)
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = os.Rename(name, j.name)
	}
	if err != nil {
		f.Close()
		os.Remove(name)
		return nil, err
	}
	return small, nil
}
