package console

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/masking"
	"gongkai/inspection/rule"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// maskPage is for whoever puts a masked copy in the place of an attachment: what
// would be masked, what would be taken out, what the copy still holds.
type maskPage struct {
	ui.Console
	ID, Title string
	Result    ui.Banner
	Edits     ui.Table
	Left      []ui.Finding
	Cleaned   string // what else is taken out
	Can       bool
	Clean     bool
	Fixed     string // of a PDF or OFD file: how its copy is made
	Version   string
	Action    string
	Back      string
}

// maxShownEdits bounds the list of what is masked; a list of beneficiaries has
// thousands.
const maxShownEdits = 200

// An attached is an attachment of a draft somebody may write in.
type attached struct {
	unit org.Unit
	copy publication.Copy
	file publication.File
	tree *org.Tree
}

// key names the copy of an attachment in one state of its draft.
func (a attached) key(id publication.ItemID, clean bool) string {
	return fmt.Sprint(id, " ", a.copy.Rev, " ", a.file.Digest, " ", clean)
}

// attachedFile finds the attachment a request is about.
func (c *Console) attachedFile(r *http.Request) (a attached, err error) {
	id := publication.ItemID(r.PathValue("id"))
	err = c.read(r, func(tx *db.Tx) error {
		row, err := publication.Get(tx, id)
		if err != nil {
			return err
		}
		if err := actorOf(r).Check(identity.PublicationDraft, row.Unit); err != nil {
			return err
		}
		if row.Work != publication.Draft {
			return fault.Say(fault.Conflict, sayNoCopy)
		}
		if a.copy, err = publication.CopyOf(tx, id); err != nil {
			return err
		}
		i := slices.IndexFunc(a.copy.Content.Files, func(f publication.File) bool { return f.Digest == r.PathValue("digest") })
		if i < 0 {
			return fault.Say(fault.NotFound, sayNoFile)
		}
		a.file = a.copy.Content.Files[i]
		if a.tree, err = org.Load(tx); err != nil {
			return err
		}
		a.unit, err = a.tree.Get(row.Unit)
		return err
	})
	return a, err
}

// masked makes the masked copy of an attachment by the rules of its unit: what has
// been excepted there stays.
func (c *Console) masked(ctx context.Context, a attached, clean bool) (masking.Made, error) {
	_, content, err := c.Files.Open(ctx, blob.Digest(a.file.Digest))
	if err != nil {
		return masking.Made{}, err
	}
	defer content.Close()
	data, err := io.ReadAll(content)
	if err != nil {
		return masking.Made{}, err
	}
	look := func(ctx context.Context, f *rule.File) ([]rule.Finding, error) { return c.lookInto(ctx, a.unit.ID, f) }
	return masking.Make(ctx, c.Files, look, a.file.Name, data, masking.Options{Clean: clean, Kind: publication.FileOf(a.copy.Content).Kind})
}

// maskPreview shows what a masked copy of an attachment would be.
func (c *Console) maskPreview(w http.ResponseWriter, r *http.Request) error {
	a, err := c.attachedFile(r)
	if err != nil {
		return err
	}
	id := publication.ItemID(r.PathValue("id"))
	p := maskPage{ID: string(id), Title: "隐去个人信息", Clean: r.URL.Query().Get("keep") != "1", Version: strconv.Itoa(a.copy.Rev), Back: itemPath(id) + "/edit#f-files"}
	p.Action = itemPath(id) + "/mask/" + a.file.Digest
	p.Console = c.frame(w, r, a.tree, p.Title+"："+a.file.Name, ui.Link{Text: "信息列表", URL: Root + "/items"}, ui.Link{Text: "起草", URL: itemPath(id) + "/edit"})
	p.Title += "：" + a.file.Name
	made, err := c.masked(r.Context(), a, p.Clean)
	switch say := fault.Sentence(err); {
	case err == nil:
		c.copies.keep(a.key(id, p.Clean), made)
		p.show(made, c.Inspections.RuleName)
	case say == "":
		return err
	default:
		p.Result = ui.Banner{Kind: ui.Note, Title: say}
	}
	return c.templates.Render(w, r, http.StatusOK, "mask", p)
}

// show lists what will be masked. nameOf names a rule.
func (p *maskPage) show(m masking.Made, nameOf func(code string) string) {
	p.Can = true
	p.Cleaned = strings.Join(m.Cleaned, "、")
	p.Result = ui.Banner{Kind: ui.Good, Title: fmt.Sprintf("将隐去%d处，复查没有再发现个人信息", len(m.Edits))}
	if len(m.Left) > 0 {
		p.Result = ui.Banner{Kind: ui.Warn, Title: fmt.Sprintf("将隐去%d处，复查还有%d处需要您处理", len(m.Edits), len(m.Left)), Say: "这些内容系统不能代为隐去，请在原文件中修改后重新上传。"}
	}
	if len(m.Blind) > 0 {
		p.Result.Kind = ui.Warn
		p.Result.Say += fmt.Sprintf("第%s页有图片，系统读不出图片里的文字，请您打开文件逐页核对。", pagesOf(m.Blind))
	}
	switch {
	case m.Drawn > 0:
		p.Fixed = "副本的每一页都是重新画成的图片，后面衬有隐去以后的文字，可以检索、复制和朗读；原文件中看不见的内容都不带入副本。"
	case m.Fixed():
		p.Fixed = "副本的页面仍是文字，隐去的字换成星号；原文件中看不见的内容都不带入副本，电子签章需要重新加盖。"
	}
	for _, f := range m.Left {
		p.Left = append(p.Left, ui.Finding{Kind: ui.Warn, Say: f.Message, Basis: f.Source, Where: placeOf(f.Part, f.Cell, f.Page)})
	}
	p.Edits = ui.Table{Caption: "将要隐去的内容", Columns: []ui.Column{{Text: "位置"}, {Text: "内容"}, {Text: "副本中写作"}}}
	if len(m.Edits) > maxShownEdits {
		p.Edits.Note = fmt.Sprintf("共%d处，列出前%d处。", len(m.Edits), maxShownEdits)
	}
	for _, e := range m.Edits[:min(len(m.Edits), maxShownEdits)] {
		now := e.Now
		if now == "" {
			now = "（删去）"
		}
		p.Edits.Rows = append(p.Edits.Rows, ui.Row{Cells: []ui.Cell{{Text: placeOf(e.Part, e.Cell, e.Page)}, {Text: nameOf(e.Rule)}, {Text: now}}})
	}
}

// maxShownPages bounds the pages named in a sentence.
const maxShownPages = 20

// pagesOf lists pages as people say them.
func pagesOf(pages []int) string {
	var out []string
	for _, n := range pages[:min(len(pages), maxShownPages)] {
		out = append(out, strconv.Itoa(n))
	}
	s := strings.Join(out, "、")
	if len(pages) > maxShownPages {
		s += fmt.Sprintf("等%d", len(pages))
	}
	return s
}

// placeOf says where in a file something stands, as people call it.
func placeOf(part, cell string, page int) string {
	place := inspection.PartName(part)
	if cell != "" {
		place += " " + cell
	} else if page > 0 {
		place += fmt.Sprintf(" 第%d页", page)
	}
	return place
}

// maskAttachment puts the masked copy in the place of the attachment. The file that
// was there stays in the versions that had it.
func (c *Console) maskAttachment(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	a, err := c.attachedFile(r)
	if err != nil {
		return err
	}
	id, by := publication.ItemID(r.PathValue("id")), actorOf(r)
	clean := f.Ticked("clean", "1")
	made, shown := c.copies.take(a.key(id, clean))
	if !shown {
		if made, err = c.masked(r.Context(), a, clean); err != nil {
			return err
		}
	}
	kept, _, err := c.Files.Import(r.Context(), by, a.file.Name, bytes.NewReader(made.Data))
	if err != nil {
		return err
	}
	content := a.copy.Content
	content.Files = slices.Clone(content.Files)
	for i, old := range content.Files {
		if old.Digest == a.file.Digest {
			content.Files[i] = publication.File{Digest: string(kept.Digest), Name: old.Name, Size: kept.Size, Kind: string(kept.Kind)}
		}
	}
	rev, _ := strconv.Atoi(f.Text("version"))
	if _, err := c.Items.Save(r.Context(), by, id, rev, content, a.copy.Plan); err != nil {
		return err
	}
	// What stood in the file before is no longer told of. The copy is kept, whether it
	// can be inspected at once or not.
	if _, err := c.Inspections.Check(r.Context(), by, id.Subject()); err != nil && fault.KindOf(err) == "" {
		return err
	}
	say := fmt.Sprintf(sayMasked, a.file.Name)
	if n := len(made.Left); n > 0 {
		say += fmt.Sprintf(sayMaskedLeft, n)
	}
	return c.said(w, r, itemPath(id)+"/edit#f-files", say)
}
