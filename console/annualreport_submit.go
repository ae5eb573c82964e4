package console

import (
	"context"
	"net/http"
	"strconv"

	"gongkai/annualreport"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/ledger"
)

func (c *Console) explainFindings(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if ok, err := c.keepSentences(w, r, f); !ok || err != nil {
		return err
	}
	return c.said(w, r, reportPath(annualreport.ID(r.PathValue("id")))+"/handle", sayExplained)
}

// sentences are what was typed for each hard finding, by its key.
func (c *Console) sentences(r *http.Request, f *web.Form) (map[string]string, *annualreport.Sheet, error) {
	typed := map[string]string{}
	var s *annualreport.Sheet
	err := c.read(r, func(tx *db.Tx) (err error) {
		s, err = c.Reports.Sheet(tx, actorOf(r), annualreport.ID(r.PathValue("id")))
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	i := 0
	for _, n := range s.Findings {
		if !explainable(n) {
			continue
		}
		if name := "why-" + strconv.Itoa(i); len(f.Values(name)) > 0 && f.Value("key-"+strconv.Itoa(i)) == n.Key {
			typed[n.Key] = f.Text(name)
		}
		i++
	}
	return typed, s, nil
}

// keepSentences saves the sentences as typed. ok is false when the page was
// shown again.
func (c *Console) keepSentences(w http.ResponseWriter, r *http.Request, f *web.Form) (ok bool, err error) {
	typed, s, err := c.sentences(r, f)
	if err != nil {
		return false, err
	}
	i := -1
	for _, n := range s.Findings {
		if !explainable(n) {
			continue
		}
		i++
		say, given := typed[n.Key]
		if !given || n.Explanation != nil && n.Explanation.Text == say || n.Explanation == nil && say == "" {
			continue
		}
		if err := c.Reports.Explain(r.Context(), actorOf(r), s.Report.ID, n.Key, say); err != nil {
			if reportRefused(f, err) {
				if wrong := f.Wrong("sentence"); wrong != "" {
					f.Problem("why-"+strconv.Itoa(i), wrong)
				}
				return false, c.showHandle(w, r, f, web.StatusOf(err))
			}
			return false, err
		}
	}
	return true, nil
}

func (c *Console) submitReport(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := annualreport.ID(r.PathValue("id"))
	seen, derr := ledger.ParseDigest(f.Text("digest"))
	typed, s, err := c.sentences(r, f)
	if err != nil {
		return err
	}
	if derr != nil {
		seen = ledger.Digest{} // nothing was seen, so nothing can be handed in
	}
	i := 0
	for _, n := range s.Findings {
		if !explainable(n) {
			continue
		}
		if name := "why-" + strconv.Itoa(i); typed[n.Key] == "" && n.Explanation == nil {
			f.Problem(name, sayExplainFirst)
		}
		i++
	}
	if f.Err() != nil {
		return c.showHandle(w, r, f, http.StatusUnprocessableEntity)
	}
	if err := c.Reports.SubmitExplained(r.Context(), actorOf(r), id, seen, typed); err != nil {
		if reportRefused(f, err) {
			return c.showHandle(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, reportPath(id)+"/handle", sayHandedIn)
}

func (c *Console) acceptReport(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := annualreport.ID(r.PathValue("id"))
	seen, derr := ledger.ParseDigest(f.Text("digest"))
	if derr != nil {
		seen = ledger.Digest{}
	}
	if err := c.Reports.Accept(r.Context(), actorOf(r), id, seen, f.Text("opinion")); err != nil {
		if reportRefused(f, err) {
			return c.showHandle(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.toYear(w, r, id, sayTaken)
}

// toYear goes back to the round after an act of the office.
func (c *Console) toYear(w http.ResponseWriter, r *http.Request, id annualreport.ID, say string) error {
	path := reportPath(id) + "/handle"
	err := c.read(r, func(tx *db.Tx) error {
		one, err := annualreport.Get(tx, id)
		path = yearPath(one.Office, one.Year)
		return err
	})
	if err != nil {
		return err
	}
	return c.said(w, r, path, say)
}

func (c *Console) returnReport(w http.ResponseWriter, r *http.Request) error {
	return c.decideReport(w, r, "return", saySentBack, c.Reports.Return)
}

func (c *Console) excuseReport(w http.ResponseWriter, r *http.Request) error {
	return c.decideReport(w, r, "excuse", sayExcused, c.Reports.Excuse)
}

func (c *Console) callReport(w http.ResponseWriter, r *http.Request) error {
	return c.decideReport(w, r, "call", sayCalled, func(ctx context.Context, by identity.Actor, id annualreport.ID, _ string) error {
		return c.Reports.Call(ctx, by, id)
	})
}

func (c *Console) recallReport(w http.ResponseWriter, r *http.Request) error {
	f, id := web.NewForm(nil), annualreport.ID(r.PathValue("id"))
	if err := c.Reports.Recall(r.Context(), actorOf(r), id); err != nil {
		if reportRefused(f, err) {
			return c.showHandle(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, reportPath(id), sayTakenBack)
}

// decideReport carries out an act of the office that takes a reason.
func (c *Console) decideReport(w http.ResponseWriter, r *http.Request, name, say string, act func(context.Context, identity.Actor, annualreport.ID, string) error) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, why := annualreport.ID(r.PathValue("id")), f.Text("why")
	if why == "" {
		why = f.Text("opinion")
	}
	if err := act(r.Context(), actorOf(r), id, why); err != nil {
		if fault.KindOf(err) != fault.NotFound && reportRefused(f, err) {
			if wrong := or(f.Wrong("why"), f.Wrong("opinion")); wrong != "" && len(f.Values("why")) > 0 {
				f = web.NewForm(map[string][]string{"why": f.Values("why")})
				f.Problem("why-"+name, wrong)
			}
			return c.showHandle(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.toYear(w, r, id, say)
}
