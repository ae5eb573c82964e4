package console

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/register"
)

// onBook answers an act on a book's year and goes back to the book.
func (c *Console) onBook(act func(context.Context, identity.Actor, *web.Form, org.ID, register.BookID, int) (say string, err error)) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := web.ReadForm(r)
		if err != nil {
			return err
		}
		unit, id := org.ID(f.Text("unit")), register.BookID(r.PathValue("book"))
		year, _ := strconv.Atoi(f.Text("year"))
		say, err := act(r.Context(), actorOf(r), f, unit, id, year)
		if fault.KindOf(err) == fault.Invalid && f.Value("why") != "" {
			return c.showBook(w, r, web.StatusOf(err), url.Values{"unit": f.Values("unit"), "year": f.Values("year")}, ui.Confirm{Wrong: fault.Sentence(err), Typed: f.Value("why")})
		}
		if err != nil {
			return err
		}
		return c.said(w, r, book{register.ByID(id), org.Unit{ID: unit}, year}.path(""), say)
	}
}

func (c *Console) declareNone(ctx context.Context, by identity.Actor, _ *web.Form, unit org.ID, id register.BookID, year int) (string, error) {
	return sayNoneDeclared, c.Registers.Declare(ctx, by, unit, id, year)
}

func (c *Console) undeclareNone(ctx context.Context, by identity.Actor, _ *web.Form, unit org.ID, id register.BookID, year int) (string, error) {
	return sayNoneTakenBack, c.Registers.Undeclare(ctx, by, unit, id, year)
}

func (c *Console) closeBook(ctx context.Context, by identity.Actor, _ *web.Form, unit org.ID, id register.BookID, year int) (string, error) {
	return sayBookClosed, c.Registers.Close(ctx, by, unit, id, year)
}

func (c *Console) reopenBook(ctx context.Context, by identity.Actor, f *web.Form, unit org.ID, id register.BookID, year int) (string, error) {
	return sayBookReopened, c.Registers.Reopen(ctx, by, unit, id, year, f.Text("why"))
}

// closeBooks closes all books of a unit's year.
func (c *Console) closeBooks(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	unit := org.ID(f.Text("unit"))
	year, _ := strconv.Atoi(f.Text("year"))
	blank, err := c.Registers.CloseAll(r.Context(), actorOf(r), unit, year)
	if err != nil {
		return err
	}
	say := sayAllClosed
	if len(blank) > 0 {
		say = fmt.Sprintf(sayStillBlank, len(blank))
	}
	return c.said(w, r, book{unit: org.Unit{ID: unit}, year: year}.path(""), say)
}
