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
		n, err := countNumbered(tx, prefix)
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

// Numbered returns the document with this number.
func (l library) Numbered(no string) (rule.Held, bool) { return l.find(numbered, no) }

// Titled returns the newest document with exactly this title, or the newest notice
// that issues it: what is cited as 《……办法》 was mostly published as 关于印发《……办法》的通知.
func (l library) Titled(title string) (rule.Held, bool) {
	title = strings.Trim(title, "《》")
	if h, ok := l.find(titled, title); ok || title == "" {
		return h, ok
	}
	h, ok := l.find(issuing, title)
	if ok {
		h.Title = title
	}
	return h, ok
}

func (l library) find(ask func(tx *db.Tx, what string) (Row, error), what string) (h rule.Held, ok bool) {
	err := l.db.Read(l.ctx, func(tx *db.Tx) error {
		row, err := ask(tx, what)
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
		heirs, err := successors(tx, row.ID)
		if len(heirs) > 0 && h.Ended != "" {
			h.Successor = heirs[0]
		}
		return err
	})
	return h, err == nil
}
