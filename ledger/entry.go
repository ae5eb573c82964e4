package ledger

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"
)

// Seq (存证序号) is the position of an entry in the log, counted from 0. Entry 0
// says that the log began, so the first act has 1 and the zero value means
// "no entry".
type Seq int64

// Who is the person or program that acts, as the ledger may name it: an opaque
// id, never a name, because entries are public and stay for ever.
type Who interface {
	LedgerWho() string
	LedgerUnit() string
}

// Entry (存证记录) is one act.
type Entry struct {
	Seq     Seq
	Time    time.Time // of the act, UTC, milliseconds
	Act     string    // what was done: "publication.publish"
	Subject string    // to what: "item/ID"; the prefix names the kind of record
	Who     string    // opaque id of the person, or "system:NAME"
	Unit    string    // the unit in whose name the act was done
	Record  Digest    // over all rows of the subject after the act
	Public  string    // canonical JSON that everybody may read
	Hash    tlog.Hash // RFC 6962 leaf hash as it was stored
}

// Prefix returns the kind of record a subject names: "item" for "item/ID".
func Prefix(subject string) string {
	prefix, _, _ := strings.Cut(subject, "/")
	return prefix
}

// maxLeaf is what the two-byte length of a C2SP entry bundle can tell.
const maxLeaf = 1<<16 - 1

const timeForm = "2006-01-02T15:04:05.000Z"

// Leaf returns the bytes of the entry that the log commits to: its canonical
// JSON, keys in order, Public included as it stands.
func (e Entry) Leaf() []byte {
	out := make([]byte, 0, 256+len(e.Public))
	out = append(out, `{"act":`...)
	out = appendString(out, e.Act)
	out = append(out, `,"public":`...)
	out = append(out, e.Public...)
	out = append(out, `,"record":`...)
	out = appendString(out, e.Record.String())
	out = append(out, `,"seq":`...)
	out = strconv.AppendInt(out, int64(e.Seq), 10)
	out = append(out, `,"subject":`...)
	out = appendString(out, e.Subject)
	out = append(out, `,"time":`...)
	out = appendString(out, e.Time.UTC().Format(timeForm))
	out = append(out, `,"unit":`...)
	out = appendString(out, e.Unit)
	out = append(out, `,"who":`...)
	out = appendString(out, e.Who)
	return append(out, '}')
}

// check refuses entries that a verifier could read in two ways.
func (e Entry) check() error {
	if pillar, verb, ok := strings.Cut(e.Act, "."); !ok || !isWord(pillar) || !isWord(verb) {
		return fmt.Errorf("ledger: act %q is not of the form pillar.verb", e.Act)
	}
	if prefix, id, ok := strings.Cut(e.Subject, "/"); !ok || !isWord(prefix) || id == "" {
		return fmt.Errorf("ledger: subject of %s is not of the form prefix/id", e.Act)
	}
	for _, s := range [...]string{e.Subject, e.Who, e.Unit} {
		if len(s) > 300 || !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
			return fmt.Errorf("ledger: %s names a subject, person or unit that is too long or not plain text", e.Act)
		}
	}
	if e.Who == "" {
		return fmt.Errorf("ledger: %s has nobody who acts", e.Act)
	}
	return nil
}

func isWord(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	return s != ""
}
