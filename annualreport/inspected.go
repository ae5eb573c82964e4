package annualreport

import (
	"context"
	"fmt"
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/publication"
)

// Inspected offers reports to inspection while they are filled in. What is published
// of them is an item and inspected as such.
type Inspected struct{ reports *Reports }

// Inspected returns the source of texts for inspection: the prose of a report with
// its figures in place, and the sentences of corrections and explanations.
func (rs *Reports) Inspected() Inspected { return Inspected{rs} }

// Prefix makes Inspected an inspection.Source.
func (Inspected) Prefix() string { return "report" }

// Published lists nothing: the public sees the item a report becomes.
func (Inspected) Published(*db.Tx, string, int) ([]inspection.Listed, error) { return nil, nil }

// Shown fails with NotFound, for the same reason.
func (Inspected) Shown(*db.Tx, string) (inspection.Piece, error) {
	return inspection.Piece{}, fault.Say(fault.NotFound, sayNoReport)
}

// Current is the prose of a report as it stands.
func (s Inspected) Current(tx *db.Tx, subject string) (inspection.Piece, error) {
	sheet, err := s.reports.Sheet(tx, identity.System("inspection"), ID(strings.TrimPrefix(subject, "report/")))
	if err != nil {
		return inspection.Piece{}, err
	}
	r := sheet.Report
	p := inspection.Piece{
		Subject: subject, Unit: r.Unit, Title: title(sheet.Agency, r.Year), Digest: sheet.Digest,
		Authors: []identity.ID{sheet.Text.By},
		File:    &rule.File{Name: subject, Title: title(sheet.Agency, r.Year), Kind: string(publication.Report)},
	}
	part := func(name string, paras []string) {
		if len(paras) > 0 {
			p.File.Texts = append(p.File.Texts, rule.NewText(name, strings.Join(paras, "\n")))
		}
	}
	part(document.PartDocument, sheet.Reading.Intro)
	for _, c := range sheet.Reading.Chapters {
		part(fmt.Sprintf("第%d章", c.Number), c.Paras)
	}
	var said []string
	for _, f := range sheet.fixes() {
		said = append(said, f.Reason)
	}
	for _, f := range sheet.Findings {
		if f.Explanation != nil {
			said = append(said, f.Explanation.Text)
		}
	}
	part("说明", said)
	return p, nil
}

// InspectWith has reports inspected when they are handed in. It is called while the
// program is put together.
func (rs *Reports) InspectWith(i publication.Inspector) { rs.inspector = i }

// inspect has a report inspected before it is handed in. A refusal is left to the
// act.
func (rs *Reports) inspect(ctx context.Context, by identity.Actor, id ID) error {
	if rs.inspector == nil {
		return nil
	}
	if _, err := rs.inspector.Check(ctx, by, id.Subject()); err != nil && fault.KindOf(err) == "" {
		return err
	}
	return nil
}
