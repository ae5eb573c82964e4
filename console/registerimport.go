package console

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/register"
)

// importPage takes a sheet and shows what it would bring before anything is kept.
type importPage struct {
	ui.Console
	Lead     string
	Form     *web.Form
	Action   string
	Template string
	Hidden   []ui.Hidden
	Accept   string
	MaxBytes int64

	Shown   bool // a file was read
	Summary ui.Banner
	Wrong   ui.Table
	Rows    ui.Table
	Confirm string // address that imports, "" while a row is wrong
	Data    string // the rows, carried to the confirmation
	Yes     string
	Back    string
}

const maxSheetFile = 8 << 20

// previewed is how many rows of a sheet are shown.
const previewed = 100

func (c *Console) importForm(w http.ResponseWriter, r *http.Request, f *web.Form, v url.Values) (p importPage, b book, err error) {
	tree, err := c.tree(r)
	if err != nil {
		return p, b, err
	}
	if b, err = bookOf(r, tree, v, identity.RegisterWrite); err != nil {
		return p, b, err
	}
	at := Root + "/registers/" + string(b.ID)
	p = importPage{Console: c.frame(w, r, tree, "导入表格："+b.Title, b.home(), ui.Link{Text: b.Title, URL: b.path("")}), Form: f, Action: at + "/import", Template: at + "/template.xlsx",
		Hidden: b.hidden(), Accept: ".xlsx,.csv", MaxBytes: maxSheetFile, Back: b.path("")}
	p.Lead = fmt.Sprintf("%s。先下载模板，把内容填进去或者粘贴进去，再上传。系统逐行检查，显示结果，您确认以后才登记。", b.unit.Name)
	return p, b, nil
}

func (c *Console) importPage(w http.ResponseWriter, r *http.Request) error {
	p, _, err := c.importForm(w, r, web.NewForm(nil), r.URL.Query())
	if err != nil {
		return err
	}
	return c.show(w, r, "registerimport", p)
}

// importPreview reads an uploaded sheet and shows what it would bring. Nothing
// is kept, not even the file: the rows travel in the page.
func (c *Console) importPreview(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	p, b, err := c.importForm(w, r, f, url.Values{"unit": f.Values("unit"), "year": f.Values("year")})
	if err != nil {
		return err
	}
	rows, err := uploadedRows(f, b.Book)
	if err != nil {
		if fault.Sentence(err) == "" {
			return err
		}
		f.Problem("file", fault.Sentence(err))
		return c.templates.Render(w, r, web.StatusOf(err), "registerimport", p)
	}
	return c.previewRows(w, r, p, b, rows, http.StatusOK)
}

func uploadedRows(f *web.Form, b *register.Book) ([]register.Row, error) {
	uploads, err := f.Uploads("file", 1, maxSheetFile)
	if err != nil {
		return nil, err
	}
	if len(uploads) == 0 {
		return nil, fault.Say(fault.Invalid, sayChooseSheet)
	}
	data, err := uploads[0].Bytes()
	if err != nil {
		return nil, err
	}
	return register.ReadSheet(b, data)
}

// previewRows shows checked rows.
func (c *Console) previewRows(w http.ResponseWriter, r *http.Request, p importPage, b book, rows []register.Row, status int) error {
	var found register.Preview
	err := c.read(r, func(tx *db.Tx) (err error) {
		found, err = register.Check(tx, actorOf(r), b.unit.ID, b.ID, rows)
		return err
	})
	if err != nil {
		return err
	}
	p.Shown = true
	p.Wrong = ui.Table{Caption: "需要改正的地方", Columns: []ui.Column{{Text: "行", Number: true}, {Text: "哪里不对"}}}
	p.Rows = ui.Table{Caption: "读到的内容", Columns: []ui.Column{{Text: "行", Number: true}, {Text: "结果"}, {Text: "内容"}}}
	years := map[int]bool{}
	for i, row := range found.Rows {
		n := ui.Cell{Text: fmt.Sprint(row.N), Note: row.Sheet}
		state := ui.State{Kind: ui.Good, Say: "将登记"}
		switch {
		case len(row.Wrong) > 0:
			state = ui.State{Kind: ui.Bad, Say: "要改正"}
			p.Wrong.Rows = append(p.Wrong.Rows, ui.Row{Bad: true, Cells: []ui.Cell{n, {Text: strings.Join(row.Wrong, "；")}}})
		case row.Known:
			state = ui.State{Kind: ui.Mute, Say: "不再导入"}
		default:
			years[row.Line.Year()] = true
		}
		if i < previewed {
			p.Rows.Rows = append(p.Rows.Rows, ui.Row{Cells: []ui.Cell{n, {State: &state, Note: row.Note}, {Text: rowText(b.Book, row)}}})
		}
	}
	if len(found.Rows) > previewed {
		p.Rows.Note = fmt.Sprintf("只显示前%d行", previewed)
	}
	p.Summary = ui.Banner{Kind: ui.Good, Title: fmt.Sprintf("共读到%d行：%d行将登记，%d行已经登记过", len(found.Rows), found.New, found.Known), Say: "确认以前没有保存任何内容。"}
	switch {
	case found.Wrong > 0:
		p.Summary.Kind, p.Summary.Title = ui.Bad, fmt.Sprintf("共读到%d行，有%d行需要改正", len(found.Rows), found.Wrong)
		p.Summary.Say = "请在表格里改好以后重新上传。没有保存任何内容。"
	case found.New == 0:
		p.Summary.Kind, p.Summary.Say = ui.Note, "文件里的内容都已经登记过，没有需要导入的。"
	default:
		data, err := json.Marshal(rows)
		if err != nil {
			return err
		}
		p.Confirm, p.Data, p.Yes = p.Action+"/confirm", string(data), fmt.Sprintf("确认登记%d条", found.New)
		for y := range years {
			if y != b.year {
				p.Summary.Say += fmt.Sprintf("其中有%d年的内容，将登记到那一年。", y)
			}
		}
	}
	return c.templates.Render(w, r, status, "registerimport", p)
}

// rowText is what a row says, in a line.
func rowText(b *register.Book, row register.Checked) string {
	var s []string
	for _, c := range b.ColumnsFor(row.Total) {
		v := row.Cells[c.ID]
		if kept := row.Line.Values[c.ID]; kept != "" {
			v = c.Say(kept)
		}
		if v != "" {
			s = append(s, v)
		}
	}
	return strings.Join(s, "｜")
}

// importConfirm registers the rows that were shown.
func (c *Console) importConfirm(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	p, b, err := c.importForm(w, r, f, url.Values{"unit": f.Values("unit"), "year": f.Values("year")})
	if err != nil {
		return err
	}
	var rows []register.Row
	if err := json.Unmarshal([]byte(f.Value("rows")), &rows); err != nil || len(rows) == 0 {
		f.Problem("file", sayBadRows)
		return c.templates.Render(w, r, http.StatusBadRequest, "registerimport", p)
	}
	n, err := c.Registers.Import(r.Context(), actorOf(r), b.unit.ID, b.ID, rows)
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict: // what was sound when it was shown is not any more
		return c.previewRows(w, r, p, b, rows, web.StatusOf(err))
	}
	if err != nil {
		return err
	}
	return c.said(w, r, b.path(""), fmt.Sprintf(sayImported, n))
}
