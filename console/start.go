package console

import (
	"net/http"
	"slices"
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// startPage lets a writer choose how to begin.
type startPage struct {
	ui.Console
	Form     *web.Form
	Unit     question
	Kind     question
	Searched string
	Found    []ui.Option // items that can be copied
	NotFound *ui.Empty
	Accept   string
	MaxBytes int64
}

const acceptFiles = ".docx,.doc,.wps,.pdf,.html,.htm,.txt,.md,.xlsx,.ofd"

func (c *Console) start(w http.ResponseWriter, r *http.Request) error {
	return c.startAgain(w, r, web.NewForm(r.URL.Query()), http.StatusOK)
}

func (c *Console) startAgain(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	by := actorOf(r)
	p := startPage{Form: f, Accept: acceptFiles, MaxBytes: maxFile, Searched: strings.TrimSpace(f.Value("words"))}
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p.Console = c.frame(w, r, tree, "新建信息")
		a := asker{f}
		scope := by.Scope(identity.PublicationDraft)
		units := scopeUnits(tree, scope)
		if f.Value("unit") == "" {
			f.Set("unit", string(by.Unit))
		}
		if f.Value("kind") == "" {
			f.Set("kind", string(publication.Notice))
		}
		p.Unit = a.ask("select", "unit", "哪个单位的信息", choose(units))
		p.Kind = a.ask("select", "kind", "信息类别", choose(kindOptions()), hint("类别决定要填写哪些要素、走哪个审查流程，以后还可以改。"))
		if p.Searched == "" {
			return nil
		}
		rows, _, err := publication.List(tx, publication.Filter{Units: by.Scope(identity.PublicationRead), Words: p.Searched, Faces: every, Order: publication.Touched, Size: 20})
		if err != nil {
			return err
		}
		for _, row := range rows {
			p.Found = append(p.Found, ui.Option{Value: string(row.ID), Text: titleOf(row.Title), Hint: joinNote(row.DocNo, tree.Name(row.Unit)+"，"+row.Face.Name())})
		}
		if len(rows) == 0 {
			p.NotFound = &ui.Empty{Title: "没有标题里有“" + p.Searched + "”的信息", Say: "可以只输入标题中连续的几个字。"}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "start", p)
}

func (c *Console) create(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	by, ctx := actorOf(r), r.Context()
	unit := org.ID(f.Text("unit"))
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	u, err := tree.Get(unit)
	if err != nil {
		f.Problem("unit", sayChooseUnit)
		return c.startAgain(w, r, f, http.StatusBadRequest)
	}
	if err := by.Check(identity.PublicationDraft, unit); err != nil {
		return err // before anything of the upload is kept
	}
	content := publication.Content{Kind: publication.Kind(f.Text("kind")), Issuer: u.Name, Source: u.Name}
	content.Column = proposedColumn(content.Kind, u)
	if content.Kind == publication.Policy || content.Kind == publication.Notice {
		content.Openness.Attribute = "" // to be decided by a person, never by default
	}
	failed := ""
	switch f.Text("begin") {
	case "upload":
		uploads, err := f.Uploads("file", 1, maxFile)
		if err != nil {
			if !f.Take(err) {
				f.Problem("file", fault.Sentence(err))
			}
			return c.startAgain(w, r, f, http.StatusBadRequest)
		}
		if len(uploads) == 0 {
			f.Problem("file", sayChooseFile)
			return c.startAgain(w, r, f, http.StatusBadRequest)
		}
		kept, doc, file, err := c.keepFile(ctx, by, uploads[0])
		if fault.KindOf(err) == fault.Invalid {
			f.Problem("file", fault.Sentence(err))
			return c.startAgain(w, r, f, http.StatusBadRequest)
		}
		if err != nil {
			return err
		}
		if kept.State != document.Readable || kept.Kind.Image() {
			failed = kept.Why
			if failed == "" {
				failed = sayPicture
			}
			content.Files = []publication.File{file}
			content.Title = strings.TrimSuffix(file.Name, ending(file.Name))
		} else {
			if len(doc.Parts) == 0 { // known from an earlier upload
				if doc, err = c.Files.Doc(ctx, kept.Digest); err != nil {
					return err
				}
			}
			got := document.Elements(doc)
			c.proposed.put(file.Digest, got)
			content.Original, content.Body = &file, doc.WithoutHead(got).HTML()
			fillIn(&content, doc.Title, got)
		}
	case "write":
		content.Title = f.Text("title")
	case "copy":
		if content, err = c.copied(r, publication.ItemID(f.Text("from"))); err != nil {
			if fault.KindOf(err) == fault.NotFound {
				f.Problem("words", sayChooseCopy)
				return c.startAgain(w, r, f, http.StatusBadRequest)
			}
			return err
		}
	default:
		f.Problem("", sayChooseBegin)
		return c.startAgain(w, r, f, http.StatusBadRequest)
	}
	id, err := c.Items.Create(ctx, by, unit, content)
	if err != nil {
		return err
	}
	if failed != "" {
		c.flashes.Say(w, r, "warn", failed+" 文件已经保存为附件，请在下面补写标题和正文。")
		return web.SeeOther(w, r, itemPath(id)+"/edit")
	}
	return c.said(w, r, itemPath(id)+"/edit", sayCreated)
}

func ending(name string) string {
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		return name[dot:]
	}
	return ""
}

// proposedColumn is where content of a kind usually stands in this unit.
func proposedColumn(k publication.Kind, u org.Unit) publication.Column {
	info, _ := publication.KindOf(k)
	own := publication.ColumnsOf(u)
	for _, want := range info.Columns {
		if slices.ContainsFunc(own, func(i publication.ColumnInfo) bool { return i.Code == want }) {
			return want
		}
	}
	return ""
}

// sureEnough is from when on a proposal is filled in without asking.
const sureEnough = 0.8

// fillIn takes over what the text says about itself as far as it is sure.
func fillIn(c *publication.Content, title string, p document.Proposal) {
	sure := func(g document.Guess) (string, bool) { return g.Value, g.Value != "" && g.Sure >= sureEnough }
	if v, ok := sure(p.Title); ok {
		c.Title = v
	} else {
		c.Title = title
	}
	if v, ok := sure(p.Issuer); ok {
		c.Issuer = v
	}
	for _, g := range p.Issuers {
		if v, ok := sure(g); ok && v != c.Issuer {
			c.Joint = append(c.Joint, v)
		}
	}
	if v, ok := sure(p.DocNo); ok {
		c.DocNo = v
	}
	day := func(g document.Guess, to *workday.Date) {
		if v, ok := sure(g); ok {
			if d, err := workday.ParseDate(v); err == nil {
				*to = d
			}
		}
	}
	day(p.Date, &c.Made)
	day(p.Effective, &c.Effective)
	day(p.Expires, &c.Expires)
	if v, ok := sure(p.Openness); ok {
		c.Openness.Attribute = attributeOf(v)
	}
}

// attributeOf is the attribute a text names.
func attributeOf(word string) review.Attribute {
	switch word {
	case document.OpenActively:
		return review.Open
	case document.OpenOnAsk:
		return review.OnRequest
	case document.OpenNever:
		return review.Closed
	}
	return ""
}

// copied is the content of another item, without what belongs to that one alone.
func (c *Console) copied(r *http.Request, id publication.ItemID) (content publication.Content, err error) {
	err = c.read(r, func(tx *db.Tx) error {
		row, err := publication.Get(tx, id)
		if err != nil {
			return err
		}
		if err := actorOf(r).Check(identity.PublicationRead, row.Unit); err != nil {
			return err
		}
		if row.Version > 0 {
			v, err := publication.VersionOf(tx, id, max(row.Shown, 1))
			content = v.Content
			return err
		}
		cp, err := publication.CopyOf(tx, id)
		content = cp.Content
		return err
	})
	content.DocNo, content.Made, content.Effective, content.Expires = "", workday.Date{}, workday.Date{}, workday.Date{}
	content.Relations, content.Channels, content.Original = nil, nil, nil
	return content, err
}
