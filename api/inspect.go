package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"gongkai/document"
	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/org"
)

// inspect answers what would be found in a text or a file. The answer is the line
// that "gongkai inspect --json" prints. Nothing is kept.
func (a *API) inspect(w http.ResponseWriter, r *http.Request) error {
	c, _ := callerOf(r)
	if err := a.allow(w, r, c); err != nil {
		return err
	}
	o, kind, err := a.options(r)
	if err != nil {
		return err
	}
	sent, err := receive(r)
	if err != nil {
		return err
	}
	if kind != "" {
		sent.kind = kind
	}
	if err := knownKind(sent.kind); err != nil {
		return err
	}
	line, err := a.inTurn(r.Context(), func(ctx context.Context) ([]byte, error) { return a.look(ctx, c.actor.Unit, sent, o) })
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return web.Write(w, r, http.StatusOK, "application/json; charset=utf-8", line)
}

// look reads what was sent and inspects it.
func (a *API) look(ctx context.Context, unit org.ID, s sent, o engine.Options) ([]byte, error) {
	f, unread := &rule.File{Name: s.name}, []string(nil)
	if s.plain {
		f.Texts = []*rule.Text{rule.NewText(document.PartDocument, string(s.body))}
	} else {
		var err error
		f, unread, err = engine.Open(ctx, a.Reader, s.name, s.body)
		if fault.KindOf(err) == fault.Invalid {
			return nil, web.Status(http.StatusUnprocessableEntity, fault.Sentence(err))
		}
		if err != nil {
			return nil, err
		}
	}
	if s.title != "" {
		f.Title = s.title
		f.Texts = append([]*rule.Text{rule.NewText(partTitle, s.title)}, f.Texts...)
	}
	f.Kind, f.Date, f.Foreign = s.kind, s.date, s.foreign
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	found, err := a.found(ctx, unit, f, o)
	if err != nil {
		return nil, err
	}
	return append(engine.AppendLine(nil, s.name, found, unread), '\n'), nil
}

// found is what the rules of a unit say of a file. Hints, which no unit has on,
// are asked of the engine.
func (a *API) found(ctx context.Context, unit org.ID, f *rule.File, o engine.Options) ([]rule.Finding, error) {
	if a.Inspections == nil || o.Hints {
		return a.Engine().InspectUntil(ctx, f, o)
	}
	all, err := a.Inspections.Look(ctx, unit, f)
	return slices.DeleteFunc(all, func(x rule.Finding) bool {
		return o.Certain && x.Tier != rule.A || slices.ContainsFunc(o.Off, func(off string) bool { return x.Rule == off || strings.HasPrefix(x.Rule, off+".") })
	}), err
}

// partTitle is the part a title that came beside the text stands in.
const partTitle = "title"

// inTurn does work when it is its turn: no more at once than there are
// processors. Work that takes too long is answered without; it stops soon after, and
// keeps its turn until it has, so that slow texts cannot pile up.
func (a *API) inTurn(ctx context.Context, work func(context.Context) ([]byte, error)) ([]byte, error) {
	turn, cancel := context.WithTimeout(ctx, a.Patience)
	defer cancel()
	select {
	case a.turns <- struct{}{}:
	case <-turn.Done():
		if errors.Is(ctx.Err(), context.Canceled) {
			return nil, ctx.Err()
		}
		return nil, web.Status(http.StatusServiceUnavailable, sayBusy)
	}
	type result struct {
		line []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-a.turns }()
		defer func() {
			if p := recover(); p != nil { // a goroutine of its own would end the program
				done <- result{nil, errPanic}
			}
		}()
		line, err := work(ctx)
		done <- result{line, err}
	}()
	select {
	case r := <-done:
		if errors.Is(r.err, context.DeadlineExceeded) {
			return nil, web.Status(http.StatusServiceUnavailable, sayTooLong)
		}
		return r.line, r.err
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, web.Status(http.StatusServiceUnavailable, sayTooLong)
		}
		return nil, ctx.Err()
	}
}

// errPanic is a fault of ours in the middle of an inspection. What it was may
// hold what was sent, so it is not told.
var errPanic = errors.New("inspection panicked")

// beijing is where the days of exceptions and terms are counted.
var beijing = time.FixedZone("CST", 8*60*60)
