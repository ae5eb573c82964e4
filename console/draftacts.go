package console

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// copyFor reads the working copy for somebody who may write on it.
func (c *Console) copyFor(r *http.Request, id publication.ItemID) (cp publication.Copy, err error) {
	err = c.read(r, func(tx *db.Tx) error {
		row, err := publication.Get(tx, id)
		if err != nil {
			return err
		}
		if err := actorOf(r).Check(identity.PublicationDraft, row.Unit); err != nil {
			return err
		}
		if cp, err = publication.CopyOf(tx, id); err != nil && fault.KindOf(err) == fault.NotFound {
			return fault.Say(fault.Conflict, sayNoCopy)
		}
		return err
	})
	return cp, err
}

// saveDraft saves the form and then does what its button says.
func (c *Console) saveDraft(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	cp, err := c.copyFor(r, id)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	act := f.Text("act")
	if act == "show" { // what was typed, to be merged by hand after a conflict
		return c.showDraft(w, r, id, f, http.StatusOK)
	}
	if field, value, ok := strings.Cut(f.Text("take"), "="); ok {
		f.Set(field, value)
	}
	if to := f.Text("relate"); to != "" {
		f.Set("rel", append(f.Values("rel"), to)...).Set("rel-kind-"+to, f.Text("relate-kind"))
	}
	content, plan := contentOf(f, cp.Content)
	if f.Err() != nil {
		return c.showDraft(w, r, id, f, http.StatusBadRequest)
	}
	if err := c.addFiles(r.Context(), actorOf(r), f, "attach", &content); err != nil {
		if !f.Take(err) {
			f.Problem("attach", fault.Sentence(err))
		}
		return c.showDraft(w, r, id, f, http.StatusBadRequest)
	}
	rev, _ := strconv.Atoi(f.Text("version"))
	next, err := c.Items.Save(r.Context(), actorOf(r), id, rev, content, plan)
	if err != nil {
		return c.notSaved(w, r, id, f, content, err)
	}
	f.Set("version", strconv.Itoa(next))
	switch act {
	case "keep":
		return c.keep(w, r, id, next)
	case "submit":
		s, err := c.Items.Submit(r.Context(), actorOf(r), id, next)
		if err != nil {
			switch fault.KindOf(err) {
			case fault.Invalid, fault.TooLate:
				if !f.Take(err) {
					f.Problem("", fault.Sentence(err))
				}
				return c.showDraft(w, r, id, f, http.StatusBadRequest)
			case fault.Conflict:
				if c.stopped(r, id) {
					c.flashes.Say(w, r, "wrong", fmt.Sprintf(sayStopped, fault.Sentence(err)))
					return web.SeeOther(w, r, itemPath(id)+"/edit?check=1#checked")
				}
				return c.notSaved(w, r, id, f, content, err)
			}
			return err
		}
		return c.said(w, r, itemPath(id), fmt.Sprintf(saySubmitted, s.Next().Name))
	case "find":
		return web.SeeOther(w, r, itemPath(id)+"/edit?find="+url.QueryEscape(f.Text("rel-find"))+"#f-relations")
	case "preview":
		return web.SeeOther(w, r, itemPath(id)+"/preview")
	case "check":
		return web.SeeOther(w, r, itemPath(id)+"/edit?check=1#checked")
	}
	anchor := ""
	switch {
	case f.Text("relate") != "":
		anchor = "#f-relations"
	case f.Text("take") != "":
		anchor = "#proposals"
	case act == "attach":
		anchor = "#f-files"
	}
	return c.said(w, r, itemPath(id)+"/edit"+anchor, saySavedDraft)
}

func (c *Console) keep(w http.ResponseWriter, r *http.Request, id publication.ItemID, rev int) error {
	before := 0
	if err := c.read(r, func(tx *db.Tx) error {
		row, err := publication.Get(tx, id)
		before = row.Version
		return err
	}); err != nil {
		return err
	}
	n, err := c.Items.Keep(r.Context(), actorOf(r), id, rev, noteByHand)
	if err != nil {
		return err
	}
	if n == before {
		return c.said(w, r, itemPath(id)+"/edit", fmt.Sprintf(saySameVersion, n))
	}
	return c.said(w, r, itemPath(id)+"/edit", fmt.Sprintf(sayKept, n))
}

// conflictPage is for whoever was slower: both texts, and the choice.
type conflictPage struct {
	ui.Console
	ID, Say   string
	Who, When string
	Version   string // of the other's save: what a save now builds on
	Changes   []change
	Diff      template.HTML
	Same      bool
	Fields    []ui.Hidden
}

// notSaved answers a save that was refused: with the comparison when somebody
// else was faster, with the form when the rules refuse the content.
func (c *Console) notSaved(w http.ResponseWriter, r *http.Request, id publication.ItemID, f *web.Form, mine publication.Content, err error) error {
	switch fault.KindOf(err) {
	case fault.Invalid:
		if !f.Take(err) {
			f.Problem("", fault.Sentence(err))
		}
		return c.showDraft(w, r, id, f, http.StatusBadRequest)
	case fault.Conflict:
	default:
		return err
	}
	p := conflictPage{ID: string(id), Say: fault.Sentence(err)}
	open := true
	rerr := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p.Console = c.frame(w, r, tree, "别人已经保存过", ui.Link{Text: "信息列表", URL: Root + "/items"})
		cp, err := publication.CopyOf(tx, id)
		if fault.KindOf(err) == fault.NotFound {
			open = false
			return nil
		}
		if err != nil {
			return err
		}
		names, err := identity.Names(tx, string(cp.By))
		if err != nil {
			return err
		}
		p.Who, p.When, p.Version = names[string(cp.By)], web.Moment(cp.At), strconv.Itoa(cp.Rev)
		p.Changes = changes(cp.Content, mine)
		p.Same = cp.Content.Body == mine.Body
		p.Diff = template.HTML(bodyHere(document.Compare(cp.Content.Body, mine.Body)))
		return nil
	})
	if rerr != nil {
		return rerr
	}
	if !open {
		return err
	}
	for name, all := range r.PostForm {
		switch name {
		case "version", "act", "take", "relate", "relate-kind":
			continue
		}
		for _, v := range all {
			p.Fields = append(p.Fields, ui.Hidden{Name: name, Value: v})
		}
	}
	return c.templates.Render(w, r, http.StatusConflict, "conflict", p)
}

// autosave keeps what is being typed and answers with the number of the save.
func (c *Console) autosave(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	refuse := func(err error) error {
		say := fault.Sentence(err)
		if say == "" {
			return err
		}
		return web.JSON(w, r, web.StatusOf(err), map[string]string{"say": say})
	}
	cp, err := c.copyFor(r, id)
	if err != nil {
		return refuse(err)
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return refuse(err)
	}
	content, plan := contentOf(f, cp.Content)
	if err := f.Err(); err != nil {
		return refuse(err)
	}
	rev, _ := strconv.Atoi(f.Text("version"))
	next, err := c.Items.Save(r.Context(), actorOf(r), id, rev, content, plan)
	if err != nil {
		return refuse(err)
	}
	return web.JSON(w, r, http.StatusOK, map[string]string{"version": strconv.Itoa(next), "say": web.Now(r).In(beijing).Format("15:04:05") + " 已自动保存"})
}

func (c *Console) recall(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	if err := c.Items.Recall(r.Context(), actorOf(r), id); err != nil {
		return err
	}
	return c.said(w, r, itemPath(id)+"/edit", sayRecalled)
}

func (c *Console) discard(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	if err := c.Items.Discard(r.Context(), actorOf(r), id); err != nil {
		return err
	}
	return c.said(w, r, Root+"/items", sayDiscarded)
}

func (c *Console) revise(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	if err := c.Items.Revise(r.Context(), actorOf(r), id); err != nil {
		return err
	}
	return c.said(w, r, itemPath(id)+"/edit", sayRevising)
}

func (c *Console) restore(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	rev, n := int(f.Int("version")), int(f.Int("n"))
	if _, err := c.Items.Restore(r.Context(), actorOf(r), id, rev, n); err != nil {
		return err
	}
	return c.said(w, r, itemPath(id)+"/edit", fmt.Sprintf(sayRestored, n))
}
