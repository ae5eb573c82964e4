package inspection

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"hash/maphash"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/inspection/rule"
	"gongkai/inspection/usage"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// spellingFamily is what the codes of rules on spelling begin with: the rules that
// ask how the site itself writes.
const spellingFamily = "typo."

// A Writer is a Source that gives the words of what the public sees for less than
// Shown costs. A source that does not is asked for Shown.
type Writer interface {
	Source
	// Written returns the words of what the public sees, by subject, from the one after
	// the given subject on, at most n: what the office itself wrote, without
	// attachments and without what citizens wrote. A subject whose words cannot be read
	// has none, so that fewer than n subjects mean the end.
	Written(tx *db.Tx, after string, n int) ([]Written, error)
}

// Written is the words of one subject.
type Written struct {
	Subject string
	Text    string
}

// mostCounted is how many bytes of a text are counted: what fills more pages tells no
// more about how the site writes.
const mostCounted = 100_000

// writtenAtOnce is how many texts are in memory while they are counted.
const writtenAtOnce = 32

// count counts how the site itself writes, over everything published, unless nothing
// has changed since it was counted last. One text counts once, however often it was
// published. Texts in which people found a word wrong, or let it stand as an
// exception, are no witnesses, nor are others with the same words.
func (is *Inspections) count(ctx context.Context) error {
	var (
		st standing
		no doubts
	)
	err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = standingOf(tx); err != nil {
			return err
		}
		no, err = doubtsOf(tx)
		return err
	})
	if err != nil {
		return err
	}
	n, digest, err := is.toCount(ctx, no)
	if err != nil || digest == st.counted && is.countsHold(ctx, st) || n == 0 && st.usage == 0 {
		return err
	}
	c := counting{Counts: usage.New(n), no: no, seed: maphash.MakeSeed(), had: make(map[uint64]bool, n)}
	for _, src := range is.sources {
		if err := is.countSource(ctx, src, &c); err != nil {
			return err
		}
	}
	err = is.db.Write(ctx, func(tx *db.Tx) (err error) {
		if err := saveUsage(tx, c.Counts, digest); err != nil {
			return err
		}
		st, err = standingOf(tx)
		return err
	})
	if err == nil {
		is.hold(&habits{c.Counts, st.usage})
	}
	return err
}

// toCount tells how many texts there are to count, and a digest of which they are.
func (is *Inspections) toCount(ctx context.Context, no doubts) (n int, digest string, err error) {
	sum := sha256.New()
	for _, w := range no.words {
		sum.Write([]byte(w + "\n"))
	}
	for _, src := range is.sources {
		for after := ""; ; {
			var list []Listed
			err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
				list, err = src.Published(tx, after, countedAtOnce)
				return err
			})
			if err != nil {
				return 0, "", err
			}
			for _, l := range list {
				if !no.subjects[l.Subject] {
					n++
					note(sum, l)
				}
			}
			if len(list) < countedAtOnce {
				break
			}
			after = list[len(list)-1].Subject
		}
	}
	return n, hex.EncodeToString(sum.Sum(nil)), nil
}

// countedAtOnce is how many subjects are listed at once.
const countedAtOnce = 1000

func note(sum hash.Hash, l Listed) {
	sum.Write([]byte(l.Subject))
	sum.Write([]byte{0})
	sum.Write(l.Digest[:])
}

// doubts are the texts that are no witnesses to how the site writes.
type doubts struct {
	subjects map[string]bool
	words    []string // that people found wrong, sorted
	find     *rule.Words
}

func doubtsOf(tx *db.Tx) (d doubts, err error) {
	if d.subjects, err = doubtful(tx); err != nil {
		return d, err
	}
	if d.words, err = foundWrong(tx); err != nil {
		return d, err
	}
	slices.Sort(d.words)
	d.words = slices.Compact(d.words)
	d.words = d.words[:min(len(d.words), mostNames)]
	if len(d.words) > 0 {
		d.find = rule.NewWords(d.words)
	}
	return d, nil
}

func (d doubts) of(subject, text string) (doubted bool) {
	if d.subjects[subject] {
		return true
	}
	if d.find != nil {
		d.find.Each(text, func(int, int) { doubted = true })
	}
	return doubted
}

// wrongPhrases are the words of a finding with so much around them that right words
// are rarely among them: 权利 is wrong in one place only, 公权利 in many.
func wrongPhrases(text string, excerpt []rune, at int) []string {
	n := utf8.RuneCountInString(text)
	if n > 2 {
		return phrases(text)
	}
	if n == 0 || at < 0 || at+n > len(excerpt) || string(excerpt[at:at+n]) != text {
		return nil
	}
	from, to := at, at+n
	if n == 1 {
		return phrases(string(excerpt[max(0, from-1):min(len(excerpt), to+1)]))
	}
	return append(phrases(string(excerpt[max(0, from-1):to])), phrases(string(excerpt[from:min(len(excerpt), to+1)]))...)
}

// phrases is a phrase if it is one: three Chinese characters or more.
func phrases(s string) []string {
	if utf8.RuneCountInString(s) < 3 || strings.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		return nil
	}
	return []string{s}
}

// counting is the counts while they are made.
type counting struct {
	*usage.Counts
	no   doubts
	seed maphash.Seed
	had  map[uint64]bool // texts, by hash
}

func (c *counting) add(w Written) {
	text := shortenedTo(w.Text, mostCounted)
	if text == "" || c.no.of(w.Subject, text) {
		return
	}
	h := maphash.String(c.seed, text)
	if c.had[h] {
		return
	}
	c.had[h] = true
	c.Add(text)
}

// shortenedTo cuts a text to so many bytes, between characters.
func shortenedTo(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func (is *Inspections) countSource(ctx context.Context, src Source, c *counting) error {
	for after := ""; ; {
		var (
			all  []Written
			last string
			n    int
		)
		err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
			if w, ok := src.(Writer); ok {
				if all, err = w.Written(tx, after, writtenAtOnce); len(all) > 0 {
					last = all[len(all)-1].Subject
				}
				n = len(all)
				return err
			}
			all, last, n, err = written(tx, src, after, writtenAtOnce)
			return err
		})
		if err != nil {
			return err
		}
		for _, w := range all {
			c.add(w)
		}
		if n < writtenAtOnce {
			return nil
		}
		after = last
	}
}

// written is Writer.Written for a source that is none: of the public content what the
// office itself wrote. What cannot be read is passed over, as every night.
func written(tx *db.Tx, src Source, after string, n int) (all []Written, last string, listed int, err error) {
	list, err := src.Published(tx, after, n)
	if err != nil {
		return nil, "", 0, err
	}
	for _, l := range list {
		last = l.Subject
		p, err := src.Shown(tx, l.Subject)
		if err != nil || p.File == nil || p.File.Foreign {
			continue
		}
		var b strings.Builder
		for _, t := range p.File.Texts {
			if file, _ := SplitPart(t.Part); file == "" && !t.Hidden && !t.Data && t.Part != document.PartMarkup {
				b.WriteString(t.S)
				b.WriteByte('\n')
			}
		}
		all = append(all, Written{Subject: l.Subject, Text: b.String()})
	}
	return all, last, len(list), nil
}

// countsHold tells whether the counts that are kept can be read.
func (is *Inspections) countsHold(ctx context.Context, st standing) bool {
	return is.db.Read(ctx, func(tx *db.Tx) error {
		if st.usage == 0 {
			return fault.NotFound
		}
		_, err := readUsage(tx)
		return err
	}) == nil
}

// habits is how the site itself writes, as this process holds it: nothing while
// nothing was counted.
type habits struct {
	counts *usage.Counts
	of     int64 // which counts these are; 0 for none
}

// asked is the habits as the rules ask them in one look.
func (h habits) asked() rule.Usage {
	if h.counts == nil {
		return nil // and no interface that holds nothing
	}
	return &asked{Counts: h.counts, of: h.of}
}

// asked is counts that remember whether a rule wanted to know of a phrase. What was
// found in such a text, and what was not, leans on them.
type asked struct {
	*usage.Counts
	of  int64 // which counts these are
	any atomic.Bool
}

// Texts is [usage.Counts.Texts].
func (a *asked) Texts(phrase string) int {
	a.any.Store(true)
	return a.Counts.Texts(phrase)
}

// leaning returns which counts the findings in a file lean on that was inspected, 0
// when no rule asked.
func leaning(f *rule.File) int64 {
	if f == nil {
		return 0
	}
	if a, ok := f.Usage.(*asked); ok && a.any.Load() {
		return a.of
	}
	return 0
}

// habits returns the newest counts, reading them when they are others than before.
// While one caller reads, others go on with those before. Counts that are damaged are
// none, until the next night.
func (is *Inspections) habits(tx *db.Tx, st standing) (habits, error) {
	held := is.held.Load()
	if held == nil {
		held = &habits{}
	}
	if held.of >= st.usage { // newer than the snapshot that asks
		return *held, nil
	}
	if held.of == 0 {
		is.reading.Lock()
	} else if !is.reading.TryLock() {
		return *held, nil
	}
	defer is.reading.Unlock()
	if now := is.held.Load(); now != nil && now.of >= st.usage {
		return *now, nil
	}
	c, err := readUsage(tx)
	if errors.Is(err, usage.ErrDamaged) {
		c, err = nil, nil
	}
	if err != nil {
		return habits{}, err
	}
	now := &habits{c, st.usage}
	is.hold(now)
	return *now, nil
}

// hold makes counts those that are asked from now on.
func (is *Inspections) hold(h *habits) {
	is.held.Store(h)
	is.mu.Lock()
	clear(is.lenses) // they hold the counts before
	is.mu.Unlock()
}
