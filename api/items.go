package api

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

const (
	pageSize = 20
	mostSize = 100
	mostPage = 10_000
)

// itemLine is an item as the list has it.
type itemLine struct {
	ID        publication.ItemID   `json:"id"`
	IndexNo   publication.IndexNo  `json:"index_no"` // 索引号
	Unit      org.ID               `json:"unit"`
	UnitName  string               `json:"unit_name"`
	Kind      publication.Kind     `json:"kind"`
	KindName  string               `json:"kind_name"`
	Title     string               `json:"title"`
	DocNo     string               `json:"doc_no"` // 文号
	Issuer    string               `json:"issuer"`
	Summary   string               `json:"summary"`
	Made      string               `json:"made"`      // 成文日期, "" if it has none
	Published string               `json:"published"` // RFC 3339
	Changed   string               `json:"changed"`
	Validity  publication.Validity `json:"validity"` // of today
	URL       string               `json:"url"`      // its page on the portal
}

// itemWhole is an item with its text.
type itemWhole struct {
	itemLine
	Column   publication.Column `json:"column"`
	Theme    publication.Theme  `json:"theme"`
	Joint    []string           `json:"joint"`
	Keywords []string           `json:"keywords"`
	Body     string             `json:"body"` // clean HTML
	Files    []itemFile         `json:"files"`
	Digest   string             `json:"digest"` // SHA-256 of the published content, as the ledger has it
}

type itemFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Kind   string `json:"kind"`
	SHA256 string `json:"sha256"`
	URL    string `json:"url"`
}

func lineOf(tree *org.Tree, row publication.Row, today workday.Date) itemLine {
	kind, _ := publication.KindOf(row.Kind)
	return itemLine{
		ID: row.ID, IndexNo: row.IndexNo, Unit: row.Unit, UnitName: tree.Name(row.Unit), Kind: row.Kind, KindName: kind.Name, Title: row.Title,
		DocNo: row.DocNo, Issuer: row.Issuer, Summary: row.Summary, Made: row.Made.String(), Published: row.Published.In(beijing).Format("2006-01-02T15:04:05Z07:00"),
		Changed: row.Changed.In(beijing).Format("2006-01-02T15:04:05Z07:00"), Validity: row.ValidityOn(today), URL: "/info/" + string(row.ID),
	}
}

// items lists what is public, the newest first.
func (a *API) items(w http.ResponseWriter, r *http.Request) error {
	f, err := filterOf(r.URL.Query())
	if err != nil {
		return err
	}
	today := workday.Today(web.Now(r))
	answer := struct {
		Total int        `json:"total"`
		Page  int        `json:"page"`
		Size  int        `json:"size"`
		Items []itemLine `json:"items"`
	}{Page: f.Page, Size: f.Size, Items: []itemLine{}}
	err = a.DB.Read(r.Context(), func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		if f.Unit != "" {
			if _, err := tree.Get(f.Unit); err != nil {
				return fault.Say(fault.Invalid, sayNoUnit, f.Unit)
			}
		}
		rows, total, err := publication.List(tx, f)
		answer.Total = total
		for _, row := range rows {
			answer.Items = append(answer.Items, lineOf(tree, row, today))
		}
		return err
	})
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, no-cache")
	return web.JSON(w, r, http.StatusOK, answer)
}

func filterOf(q url.Values) (f publication.Filter, err error) {
	if err := only(q, "unit", "kind", "year", "words", "doc_no", "page", "size"); err != nil {
		return f, err
	}
	f = publication.Filter{Units: org.Everything(), Unit: org.ID(q.Get("unit")), Kind: publication.Kind(q.Get("kind")),
		Words: strings.TrimSpace(q.Get("words")), DocNo: strings.TrimSpace(q.Get("doc_no"))}
	if _, known := publication.KindOf(f.Kind); f.Kind != "" && !known {
		return f, fault.Say(fault.Invalid, sayItemKind, f.Kind)
	}
	for _, n := range []struct {
		to                 *int
		name               string
		least, most, usual int
	}{{&f.Year, "year", 1949, 2200, 0}, {&f.Page, "page", 1, mostPage, 1}, {&f.Size, "size", 1, mostSize, pageSize}} {
		*n.to = n.usual
		if v := q.Get(n.name); v != "" {
			if *n.to, err = strconv.Atoi(v); err != nil || *n.to < n.least || *n.to > n.most {
				return f, fault.Say(fault.Invalid, sayNumber, n.name, n.least, n.most)
			}
		}
	}
	return f, nil
}

// item is one public item with its text. What was withdrawn is gone, as on the
// portal.
func (a *API) item(w http.ResponseWriter, r *http.Request) error {
	if err := only(r.URL.Query()); err != nil {
		return err
	}
	today := workday.Today(web.Now(r))
	var answer itemWhole
	err := a.DB.Read(r.Context(), func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		it, err := publication.PageOf(tx, publication.ItemID(r.PathValue("id")))
		if fault.KindOf(err) == fault.NotFound {
			return fault.Say(fault.NotFound, sayNoItem)
		}
		if err != nil {
			return err
		}
		if it.Face == publication.Withdrawn {
			return web.Gone(sayGone)
		}
		c := it.Content
		answer = itemWhole{itemLine: lineOf(tree, it.Row, today), Column: c.Column, Theme: c.Theme, Joint: append([]string{}, c.Joint...),
			Keywords: append([]string{}, c.Keywords...), Body: c.Body, Files: []itemFile{}, Digest: it.Digest.String()}
		for _, f := range c.Files {
			answer.Files = append(answer.Files, itemFile{f.Name, f.Size, f.Kind, f.Digest, "/files/" + f.Digest + "/" + url.PathEscape(f.Name)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, no-cache")
	return web.JSON(w, r, http.StatusOK, answer)
}
