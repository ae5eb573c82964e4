package publication

import (
	"context"
	"strconv"
	"strings"
	"sync"

	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/workday"
)

// library answers what the house has published, for rules about what texts cite,
// while ctx lasts. Each question reads a snapshot of its own, so it must not be asked
// inside a transaction. A question that cannot be answered is answered as if nothing
// were there to ask: Own is false, and rules keep silent.
type library struct {
	*held
	ctx context.Context
}

// held is what all questions share.
type held struct {
	db *db.DB

	mu  sync.Mutex
	day workday.Date
	own map[string]bool // code and year: whether we hold that year; of one day
}

func newHeld(d *db.DB) *held { return &held{db: d, own: map[string]bool{}} }

// holdsFrom is how many numbered documents of a code and year make us think that
// the year is here as a whole.
const holdsFrom = 3

const numberedLike = `
	SELECT count(*) FROM publication_item
	WHERE kind IN ('policy', 'rule') AND face IN ('public', 'archived') AND substr(doc_no, 1, length($1)) = $1`

// Own tells whether a document of this code word and year would be here.
func (l library) Own(code string, year int) bool {
	if code == "" || year < 1949 {
		return false
	}
	prefix := code + "〔" + strconv.Itoa(year) + "〕"
	own := false
	err := l.db.Read(l.ctx, func(tx *db.Tx) error {
		day := workday.Today(tx.Now)
		l.mu.Lock()
		if l.day != day {
			l.day, l.own = day, map[string]bool{}
		}
		known, ok := l.own[prefix]
		l.mu.Unlock()
		if own = known; ok {
			return nil
		}
		n, err := db.Value[int](tx, numberedLike, prefix)
		if err != nil {
			return err
		}
		own = n >= holdsFrom
		l.mu.Lock()
		l.own[prefix] = own
		l.mu.Unlock()
		return nil
	})
	return err == nil && own
}

const byNumber = `
	SELECT ` + itemColumns + ` FROM publication_item
	WHERE doc_no = $1 AND doc_no <> '' AND face IN ('public', 'archived')
	ORDER BY published DESC, id DESC
	LIMIT 1`

// Numbered returns the document with this number.
func (l library) Numbered(no string) (rule.Held, bool) { return l.find(byNumber, no) }

const byTitle = `
	SELECT ` + itemColumns + ` FROM publication_item
	WHERE title = $1 AND kind IN ('policy', 'rule') AND face IN ('public', 'archived')
	ORDER BY published DESC, id DESC
	LIMIT 1`

const byTitleWithin = `
	SELECT ` + itemColumns + ` FROM publication_item
	WHERE kind IN ('policy', 'rule') AND face IN ('public', 'archived') AND title LIKE $1 ESCAPE '!'
	ORDER BY published DESC, id DESC
	LIMIT 1`

// Titled returns the newest document with exactly this title, or the newest notice
// that issues it: what is cited as 《……办法》 was mostly published as 关于印发《……办法》的通知.
func (l library) Titled(title string) (rule.Held, bool) {
	title = strings.Trim(title, "《》")
	if h, ok := l.find(byTitle, title); ok || title == "" {
		return h, ok
	}
	h, ok := l.find(byTitleWithin, "%印发《"+likely.Replace(title)+"》%")
	if ok {
		h.Title = title
	}
	return h, ok
}

// likely keeps the signs of LIKE in a title from meaning something.
var likely = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

const successorOf = `
	SELECT i.title, i.doc_no
	FROM publication_relation r JOIN publication_item i ON i.id = r.from_item
	WHERE r.to_item = $1 AND r.kind = 'replaces' AND i.face IN ('public', 'archived')
	ORDER BY r.since DESC, r.id DESC
	LIMIT 1`

func (l library) find(query, what string) (h rule.Held, ok bool) {
	err := l.db.Read(l.ctx, func(tx *db.Tx) error {
		row, err := db.One(tx, scanRow, query, what)
		if err != nil {
			return err
		}
		h = rule.Held{Number: row.DocNo, Title: row.Title}
		switch row.ValidityOn(workday.Today(tx.Now)) {
		case Repealed:
			h.Ended, h.How = row.RepealOn.String(), "废止"
		case Expired:
			h.Ended, h.How = row.Expires.AddDays(1).String(), "失效"
		}
		heirs, err := db.All(tx, func(r db.Row) (s string, err error) {
			var title, no string
			if err := r.Scan(&title, &no); err != nil {
				return "", err
			}
			if s = "《" + title + "》"; no != "" {
				s += "（" + no + "）"
			}
			return s, nil
		}, successorOf, row.ID)
		if len(heirs) > 0 && h.Ended != "" {
			h.Successor = heirs[0]
		}
		return err
	})
	return h, err == nil
}
