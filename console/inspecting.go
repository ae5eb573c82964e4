package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/time/rate"

	"gongkai/identity"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/org"
	"gongkai/publication"
)

// What is inspected while somebody writes. A longer text is inspected as it was
// saved, when the button is pressed.
const (
	writtenBytes = 4 << 20
	maxWritten   = 400_000 // code points of everything: some 130 pages
	maxBlocks    = 60_000  // and as many notes
	maxCell      = 1 << 14 // tables, rows and columns
	maxFindings  = 3_000   // in one answer; the others come when these are mended
)

// A look is the answer to an editor: what was found, and the rules it was found by.
type look struct {
	Findings []lookFinding       `json:"findings"`
	Rules    map[string]lookRule `json:"rules"`
	More     int                 `json:"more,omitempty"` // findings beyond maxFindings
}

type lookRule struct {
	Name   string `json:"name"`
	Source string `json:"source"`
}

// A lookFinding is a finding at its place in the editor. Start and End count UTF-16
// units of the block, note or field, as scripts do.
type lookFinding struct {
	In       string        `json:"in"`    // text, title, summary, notes
	Block    int           `json:"block"` // which of the blocks or notes
	Start    int           `json:"start"`
	End      int           `json:"end"`
	Rule     string        `json:"rule"`
	Severity rule.Severity `json:"severity"`
	Say      string        `json:"say"`
	Fixes    []string      `json:"fixes,omitempty"`  // what may stand there instead, best first
	Advice   string        `json:"advice,omitempty"` // what to do where no words can be put there
	Private  bool          `json:"private,omitempty"`
	Count    int           `json:"count,omitempty"`
	Alone    bool          `json:"alone,omitempty"` // a part of the text is enough to tell
}

// inspect answers the editor with what is found in the text being written. The
// text is neither kept nor logged.
func (c *Console) inspect(w http.ResponseWriter, r *http.Request) error {
	refuse := func(err error) error {
		say := fault.Sentence(err)
		switch status := web.StatusOf(err); {
		case status == http.StatusRequestEntityTooLarge:
			say = fmt.Sprintf(sayTooLongToWatch, maxWritten/10_000)
		case status == http.StatusTooManyRequests:
			say = sayTooOften
		case say == "":
			return err
		}
		return web.JSON(w, r, web.StatusOf(err), map[string]string{"say": say})
	}
	by := actorOf(r)
	var unit org.ID
	if err := c.read(r, func(tx *db.Tx) error {
		row, err := publication.Get(tx, publication.ItemID(r.PathValue("id")))
		if err != nil {
			return err
		}
		unit = row.Unit
		return by.Check(identity.PublicationDraft, row.Unit)
	}); err != nil {
		return refuse(err)
	}
	if !c.looks.allow(by.Person, web.Now(r)) {
		return refuse(web.Status(http.StatusTooManyRequests, sayTooOften))
	}
	text, err := readWritten(r)
	if err != nil {
		return refuse(err)
	}
	done, err := c.looks.begin(r.Context())
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return refuse(web.Status(http.StatusTooManyRequests, sayTooOften))
	case err != nil:
		return err // whoever asked has gone on writing
	}
	defer done()
	found, err := c.lookInto(r.Context(), unit, text.file(publication.ItemID(r.PathValue("id"))))
	if err != nil {
		return refuse(err)
	}
	return web.JSON(w, r, http.StatusOK, lookOf(text, found, c.Inspections.RuleName))
}

// readWritten reads what an editor posts and refuses what it cannot have posted.
func readWritten(r *http.Request) (t *written, err error) {
	t = &written{}
	if err := json.NewDecoder(r.Body).Decode(t); err != nil {
		var mb *http.MaxBytesError
		if errors.As(err, &mb) {
			return nil, fmt.Errorf("read the text: %w", err)
		}
		return nil, fault.Say(fault.Invalid, sayBadText)
	}
	n := utf8.RuneCountInString(t.Title) + utf8.RuneCountInString(t.Summary)
	for _, s := range t.Notes {
		n += utf8.RuneCountInString(s)
	}
	for _, b := range t.Blocks {
		n += utf8.RuneCountInString(b.Text)
		if len(b.Cell) != 0 && (len(b.Cell) != 3 || b.Cell[0] < 1 || min(b.Cell[1], b.Cell[2]) < 0 || max(b.Cell[0], b.Cell[1], b.Cell[2]) > maxCell) {
			return nil, fault.Say(fault.Invalid, sayBadText)
		}
	}
	if n > maxWritten || max(len(t.Blocks), len(t.Notes)) > maxBlocks {
		return nil, web.Status(http.StatusRequestEntityTooLarge, sayTooLongToWatch)
	}
	return t, nil
}

// lookOf puts findings at their places in the editor. nameOf names a rule.
func lookOf(t *written, found []rule.Finding, nameOf func(code string) string) look {
	out := look{Findings: []lookFinding{}, Rules: map[string]lookRule{}}
	for _, f := range found {
		if t.Part && !tellsByItself(f) {
			continue
		}
		for _, one := range t.spread(f) {
			out.add(t, one, nameOf)
		}
	}
	return out
}

func (l *look) add(t *written, f rule.Finding, nameOf func(code string) string) {
	if len(l.Findings) == maxFindings {
		l.More++
		return
	}
	p, ok := t.place(f)
	if !ok {
		return
	}
	x := lookFinding{In: p.in, Block: p.n, Start: p.start, End: p.end, Rule: f.Rule, Severity: f.Severity, Say: f.Message, Private: isPrivate(f.Rule), Count: f.Count, Alone: tellsByItself(f)}
	if x.Fixes, x.Advice = fixes(f); p.cut {
		x.Fixes = nil
	}
	l.Findings = append(l.Findings, x)
	if _, ok := l.Rules[f.Rule]; !ok {
		l.Rules[f.Rule] = lookRule{Name: nameOf(f.Rule), Source: f.Source}
	}
}

// looks bounds what looking costs: how often one person may ask, and how many texts
// are looked into at the same time.
type looks struct {
	room chan struct{}

	mu   sync.Mutex
	pace map[identity.ID]*rate.Limiter
	last map[identity.ID]*rate.Limiter // the generation before, dropped when pace is full
}

// A person may ask three times a second for long, and thirty times in a burst: who
// types in two windows does not notice.
const (
	lookEvery = time.Second / 3
	lookBurst = 30
	paceRoom  = 5_000
)

func newLooks(atOnce int) *looks {
	return &looks{room: make(chan struct{}, max(1, atOnce)), pace: map[identity.ID]*rate.Limiter{}}
}

func (l *looks) allow(who identity.ID, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	pace := l.pace[who]
	if pace == nil {
		if pace = l.last[who]; pace == nil {
			pace = rate.NewLimiter(rate.Every(lookEvery), lookBurst)
		}
		if len(l.pace) >= paceRoom {
			l.last, l.pace = l.pace, map[identity.ID]*rate.Limiter{}
		}
		l.pace[who] = pace
	}
	return pace.AllowN(now, 1)
}

// begin waits for room to look into a text; done gives it back. It fails when ctx
// ends first.
func (l *looks) begin(ctx context.Context) (done func(), err error) {
	select {
	case l.room <- struct{}{}:
		return func() { <-l.room }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// lookInto asks the rules of a unit about a text, and keeps nothing.
func (c *Console) lookInto(ctx context.Context, unit org.ID, f *rule.File) ([]rule.Finding, error) {
	return c.Inspections.Look(ctx, unit, f)
}
