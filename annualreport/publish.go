package annualreport

import (
	"bytes"
	"context"
	"fmt"

	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// trendYears is how many earlier years a paper shows beside its own.
const trendYears = 4

// PaperOf is an accepted report made ready for publication, with its prose, its
// corrections and earlier years. It fails with Conflict before the report has
// been accepted.
func (rs *Reports) PaperOf(tx *db.Tx, by identity.Actor, id ID) (*paper.Paper, error) {
	s, err := rs.Sheet(tx, by, id)
	if err != nil {
		return nil, err
	}
	if !s.Report.State.Counted() {
		return nil, s.Report.State.may(doMake)
	}
	return paperOf(tx, s)
}

// paperOf is the paper of a report as its sheet says it.
func paperOf(tx *db.Tx, s *Sheet) (*paper.Paper, error) {
	tree, err := org.Load(tx)
	if err != nil {
		return nil, err
	}
	unit, err := tree.Get(s.Report.Unit)
	if err != nil {
		return nil, err
	}
	r := *s.Printed
	r.Findings = nil
	p := &paper.Paper{
		Report: &r, Title: title(s.Agency, s.Report.Year), Intro: s.Reading.Intro, Chapters: s.Reading.Chapters,
		Contact: paper.Contact{Office: unit.Contact.Office, Address: unit.Contact.Address, Postcode: unit.Contact.Postcode,
			Phone: unit.Contact.Phone, Email: unit.Contact.Email},
		Signed: s.Agency, Made: workday.Today(tx.Now).Chinese(),
	}
	for _, f := range s.fixes() {
		i, ok := s.Form.Index(f.Cell)
		if !ok {
			continue
		}
		p.Fixes = append(p.Fixes, paper.Fix{Cell: i, Computed: parseValue(f.Computed), Printed: parseValue(f.Value), Reason: f.Reason})
	}
	p.Years, err = Years(tx, s.Report.Unit, s.Report.Kind, s.Report.Year, trendYears)
	return p, err
}

// fixes are the corrections of what was handed in, or of what is being worked on.
func (s *Sheet) fixes() []FrozenFix {
	if !s.Report.State.Editable() && s.Handed != nil {
		return s.Handed.Frozen.Fixes
	}
	return s.now.Fixes
}

func title(agency string, year int) string {
	return fmt.Sprintf("%s%d年政府信息公开工作年度报告", agency, year)
}

// Look is the paper as it would be now, for somebody who works on the report.
func (rs *Reports) Look(tx *db.Tx, by identity.Actor, id ID) (*paper.Paper, error) {
	s, err := rs.Sheet(tx, by, id)
	if err != nil {
		return nil, err
	}
	return paperOf(tx, s)
}

// attached are the formats a report is published in beside its page.
func attached(p *paper.Paper) ([]publication.File, map[string][]byte, error) {
	docx, err := p.DOCX()
	if err != nil {
		return nil, nil, err
	}
	pdf, _, err := p.PDF()
	if err != nil {
		return nil, nil, err
	}
	xlsx, err := p.XLSX()
	if err != nil {
		return nil, nil, err
	}
	data := map[string][]byte{}
	var files []publication.File
	for _, f := range []struct {
		kind string
		b    []byte
	}{{"docx", docx}, {"pdf", pdf}, {"xlsx", xlsx}, {"json", p.JSON()}, {"csv", p.CSV()}} {
		name := p.Title + "." + f.kind
		files = append(files, publication.File{Name: name, Size: int64(len(f.b)), Kind: f.kind})
		data[name] = f.b
	}
	return files, data, nil
}

// MakePaper makes an accepted report an item to be published: the page and, as
// attachments, the Word document, PDF, workbook and open data. Made again it
// replaces the draft, or begins the correction of what is public. The item then
// goes through review like any other. It fails with Forbidden without
// identity.ReportFill and identity.PublicationDraft in the unit, Conflict before
// the report was accepted, while the item is in review, and when the report has
// changed meanwhile, Invalid for a government's own figures.
func (rs *Reports) MakePaper(ctx context.Context, by identity.Actor, id ID) (item publication.ItemID, err error) {
	var r Report
	var p *paper.Paper
	err = rs.db.Read(ctx, func(tx *db.Tx) error {
		if r, err = Get(tx, id); err != nil {
			return err
		}
		if err := mayMake(by, r); err != nil {
			return err
		}
		p, err = rs.PaperOf(tx, by, id)
		return err
	})
	if err != nil {
		return "", err
	}
	files, data, err := attached(p)
	if err != nil {
		return "", err
	}
	for i := range files {
		f, err := rs.files.Add(ctx, by, files[i].Name, bytes.NewReader(data[files[i].Name]))
		if err != nil {
			return "", err
		}
		if f.State == document.Pending {
			return "", fault.Say(fault.Conflict, sayFilePending)
		}
		files[i].Digest = string(f.Digest)
	}
	c := contentOf(p, files)
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		seen := r.Rev
		now, err := Get(tx, id)
		if err != nil {
			return err
		}
		if err := mayMake(by, now); err != nil {
			return err
		}
		if now.Rev != seen {
			return fault.Say(fault.Conflict, sayMoved)
		}
		c.Made = workday.Today(tx.Now)
		item, err = rs.makeItem(tx, by, now, c)
		return err
	})
	return item, err
}

// mayMake checks who makes the paper, and when.
func mayMake(by identity.Actor, r Report) error {
	if err := by.Check(identity.ReportFill, r.Unit); err != nil {
		return err
	}
	if err := by.Check(identity.PublicationDraft, r.Unit); err != nil {
		return err
	}
	if !r.Prose() {
		return fault.Say(fault.Invalid, sayNotPublished)
	}
	if r.State == InReview {
		return fault.Say(fault.Conflict, sayPaperInWork)
	}
	return r.State.may(doMake)
}

// makeItem puts the content into the report's item, a new one if there is none.
func (rs *Reports) makeItem(tx *db.Tx, by identity.Actor, r Report, c publication.Content) (publication.ItemID, error) {
	again := false
	if r.Item != "" {
		row, err := publication.Get(tx, r.Item)
		if err != nil {
			return "", err
		}
		again = row.Face != publication.Discarded
	}
	var err error
	if again {
		err = rs.items.ReplaceIn(tx, by, r.Item, c)
	} else {
		r.Item, err = rs.items.CreateIn(tx, by, r.Unit, c)
	}
	if err != nil {
		return "", err
	}
	r.Paper = c.Tidy().Digest()
	if err := change(tx, &r); err != nil {
		return "", err
	}
	return r.Item, enter(tx, by, "paper", r, map[string]any{"item": r.Item, "content": r.Paper.String()})
}

// contentOf is the paper as a piece of information.
func contentOf(p *paper.Paper, files []publication.File) publication.Content {
	total := func(id string) string {
		i, ok := p.Report.Form.Index(id)
		if !ok {
			return ""
		}
		return p.Report.Values[i].Print(form.Count)
	}
	return publication.Content{
		Title: p.Title, Kind: publication.Report, Column: publication.ReportColumn, Issuer: p.Signed,
		Keywords: []string{"政府信息公开", "年度报告", fmt.Sprint(p.Report.Year)},
		Summary: fmt.Sprintf("%s%d年主动公开、依申请公开、行政复议和行政诉讼等情况。全年新收政府信息公开申请%s件，办理%s件。",
			p.Signed, p.Report.Year, total("table3.new.总计"), total("table3.total.总计")),
		Openness: review.Openness{Attribute: review.Open}, Body: document.Clean(p.HTML()), Files: files,
	}
}
