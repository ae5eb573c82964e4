package publication

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/completeness"
	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review"
	"gongkai/workday"
)

// Attached gives what is known of a kept file, and all its text. A file that is not
// kept here fails with NotFound.
type Attached interface {
	Get(tx *db.Tx, digest string) (document.File, error)
	Parts(tx *db.Tx, digest string) ([]document.Part, error)
}

// Documents is the Attached of the house.
type Documents struct{}

// Get is document.Get.
func (Documents) Get(tx *db.Tx, digest string) (document.File, error) {
	return document.Get(tx, blob.Digest(digest))
}

// Parts is document.Parts.
func (Documents) Parts(tx *db.Tx, digest string) ([]document.Part, error) {
	return document.Parts(tx, blob.Digest(digest))
}

// Inspected offers items to inspection.
type Inspected struct {
	items *Items
	files Attached
	held  *held
}

// Inspected returns the source of texts for inspection: the text of an item, its
// title and summary, and everything in its attachments, hidden or not.
func (is *Items) Inspected(files Attached) *Inspected {
	return &Inspected{items: is, files: files, held: newHeld(is.db)}
}

// Prefix makes Inspected an inspection.Source.
func (s *Inspected) Prefix() string { return "item" }

// Library is what the house has published, for texts that cite it, to be asked while
// ctx lasts and outside of transactions.
func (s *Inspected) Library(ctx context.Context) rule.Library { return library{s.held, ctx} }

// Published lists public items with the digest of their public version.
func (s *Inspected) Published(tx *db.Tx, after string, n int) ([]inspection.Listed, error) {
	return publicVersions(tx, strings.TrimPrefix(after, "item/"), n)
}

// Shown is the public version of an item.
func (s *Inspected) Shown(tx *db.Tx, subject string) (inspection.Piece, error) {
	row, err := Get(tx, itemOf(subject))
	if err != nil {
		return inspection.Piece{}, err
	}
	return s.shown(tx, row)
}

func (s *Inspected) shown(tx *db.Tx, row Row) (inspection.Piece, error) {
	if !row.Face.Seen() {
		return inspection.Piece{}, fault.Say(fault.NotFound, sayNotPublic)
	}
	v, err := VersionOf(tx, row.ID, row.Shown)
	if err != nil {
		return inspection.Piece{}, err
	}
	p, err := s.piece(tx, row, v.Content, v.Digest)
	p.Public, p.Address, p.Authors = true, address(row.ID), people([]identity.ID{v.By})
	return p, err
}

// Current is the working copy of an item, or else its public version.
func (s *Inspected) Current(tx *db.Tx, subject string) (inspection.Piece, error) {
	row, err := Get(tx, itemOf(subject))
	if err != nil {
		return inspection.Piece{}, err
	}
	c, err := CopyOf(tx, row.ID)
	if fault.KindOf(err) == fault.NotFound {
		return s.shown(tx, row)
	}
	if err != nil {
		return inspection.Piece{}, err
	}
	p, err := s.piece(tx, row, c.Content, c.Content.Digest())
	p.Authors = people(c.Authors)
	return p, err
}

// address is where the portal shows an item.
func address(id ItemID) string { return "/info/" + string(id) }

func itemOf(subject string) ItemID { return ItemID(strings.TrimPrefix(subject, "item/")) }

// piece makes a content a piece to be inspected.
func (s *Inspected) piece(tx *db.Tx, row Row, c Content, d ledger.Digest) (inspection.Piece, error) {
	p := inspection.Piece{Subject: row.ID.Subject(), Unit: row.Unit, Title: c.Title, Digest: d}
	f := FileOf(c)
	f.Name, f.Library = p.Subject, s.Library(tx.Context())
	var err error
	if f.Record, err = recordFor(tx, row, c); err != nil {
		return p, err
	}
	names := map[string]int{}
	for _, a := range c.Files {
		name := a.Name
		if names[a.Name]++; names[a.Name] > 1 {
			name = fmt.Sprintf("%s（%d）", a.Name, names[a.Name])
		}
		if err := s.attach(tx, &p, f, name, a.Digest); err != nil {
			return p, err
		}
	}
	p.File = f
	return p, nil
}

// attach adds everything in an attachment, hidden or not, under its name.
func (s *Inspected) attach(tx *db.Tx, p *inspection.Piece, f *rule.File, name, digest string) error {
	file, err := s.files.Get(tx, digest)
	if fault.KindOf(err) == fault.NotFound {
		p.Unread = append(p.Unread, fmt.Sprintf(sayFileGone, name))
		return nil
	}
	if err != nil {
		return err
	}
	switch file.State {
	case document.Pending:
		p.Pending = true
		p.Unread = append(p.Unread, fmt.Sprintf(sayFileLater, name))
		return nil
	case document.Unreadable:
		if !file.Kind.Image() {
			p.Unread = append(p.Unread, fmt.Sprintf(sayFileUnread, name, file.Why))
			return nil
		}
	}
	parts, err := s.files.Parts(tx, digest)
	if err != nil {
		return err
	}
	read := document.Doc{Kind: file.Kind, Title: file.Title, Notes: file.Notes, Parts: parts}
	for _, t := range engine.FileOf(name, read).Texts {
		t.Part = inspection.AttachedPart(name, t.Part)
		f.Texts = append(f.Texts, t)
	}
	for _, say := range engine.Unread(read) {
		p.Unread = append(p.Unread, name+"："+say)
	}
	return nil
}

// FileOf is a content as inspection reads it, without its attachments and without
// what only the records know of it: the body first, then the title, the summary, and
// what the body says beside its text.
func FileOf(c Content) *rule.File {
	f := &rule.File{Title: c.Title, Date: c.Made.String(), Kind: c.list(), Page: completeness.PageOf(c.Body)}
	if c.Openness.Attribute == review.Open { // what is not to be open is kept here as such, and no slip
		f.Open = c.Openness.Attribute.Name()
	}
	f.Texts = append(f.Texts, rule.NewText(document.PartDocument, document.Text(c.Body)))
	if c.Title != "" {
		f.Texts = append(f.Texts, rule.NewText(inspection.PartTitle, c.Title))
	}
	if c.Summary != "" {
		f.Texts = append(f.Texts, rule.NewText(inspection.PartSummary, c.Summary))
	}
	if s := captions(c.Body); s != "" {
		f.Texts = append(f.Texts, rule.NewText(inspection.PartCaptions, s))
	}
	return f
}

// captions are the alternative texts of the pictures and the names of the tables in
// a body, a line each: they are read aloud, and document.Text leaves them out.
func captions(body string) string {
	var lines []string
	add := func(s string) {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			lines = append(lines, s)
		}
	}
	var name strings.Builder
	inName := false
	for z := html.NewTokenizer(strings.NewReader(body)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(lines, "\n")
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.DataAtom {
			case atom.Caption:
				inName = true
			case atom.Img:
				for _, a := range t.Attr {
					if a.Key == "alt" {
						add(a.Val)
					}
				}
			}
		case html.EndTagToken:
			if z.Token().DataAtom == atom.Caption {
				add(name.String())
				name.Reset()
				inName = false
			}
		case html.TextToken:
			if inName {
				name.Write(z.Text())
			}
		}
	}
}

// lists tells kinds of lists by their titles, for what such a list must show by law.
// The first that fits counts.
var lists = []struct {
	kind  string
	words []string
}{
	{"appointment", []string{"任前公示", "任职前公示", "拟任职"}},
	{"recruit", []string{"招聘", "招录", "录用", "考察人员", "体检", "面试", "笔试"}},
	{"housing", []string{"公租房", "公共租赁住房", "保障性住房", "住房保障", "危房改造"}},
	{"relief", []string{"低保", "最低生活保障", "特困", "临时救助", "社会救助", "医疗救助", "孤儿", "困难群众", "残疾人两项补贴"}},
	{"subsidy", []string{"补贴", "补助", "奖补", "一卡通"}},
}

// list is the profile for personal data that fits a content.
func (c Content) list() string {
	if c.Kind == Penalty {
		return "penalty"
	}
	if !slices.Contains([]Kind{Welfare, Personnel, Notice, Other}, c.Kind) {
		return ""
	}
	for _, l := range lists {
		for _, w := range l.words {
			if strings.Contains(c.Title, w) {
				return l.kind
			}
		}
	}
	return ""
}

// recordFor is what the records know of an item beside its text.
func recordFor(tx *db.Tx, row Row, c Content) (*rule.Record, error) {
	day := workday.Today(tx.Now)
	doc := Row{Kind: c.Kind, DocNo: c.DocNo, Title: c.Title}
	r := &rule.Record{Kind: string(c.Kind), Column: string(c.Column), Normative: doc.class() == normative, Today: day.String(), Attachments: []string{}, Elements: map[rule.Element]string{
		rule.Issuer: c.Issuer, rule.Made: c.Made.String(), rule.Theme: c.Theme.Name(), rule.Openness: c.Openness.Attribute.Name(),
		rule.DocNo: c.DocNo, rule.Effective: c.Effective.String(), rule.Expires: c.Expires.String(), rule.Summary: c.Summary, rule.Source: c.Source,
	}}
	if c.Issuer == "" { // what the page prints where nothing is filled in
		tree, err := org.Load(tx)
		if err != nil {
			return nil, err
		}
		r.Elements[rule.Issuer] = tree.Name(row.Unit)
	}
	if row.IndexNo != "" { // before it is given out it cannot be missed
		r.Elements[rule.IndexNo] = string(row.IndexNo)
	}
	if !row.Published.IsZero() {
		r.Elements[rule.Published] = workday.Today(row.Published).String()
	}
	if v := row.ValidityOn(day); v != "" && row.Face.Seen() {
		r.Elements[rule.Validity] = v.Name()
	}
	for _, f := range c.Files {
		r.Attachments = append(r.Attachments, f.Name)
	}
	if c.Kind == Interpretation {
		r.Interprets = []string{}
	}
	for _, rel := range c.Relations {
		if rel.Kind != Interprets {
			continue
		}
		to, err := Get(tx, rel.To)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		r.Interprets = append(r.Interprets, to.Title)
	}
	if c.Openness.Attribute == review.Open && row.Face.Seen() {
		titles, err := interpretationsOf(tx, row.ID)
		if err != nil {
			return nil, err
		}
		r.Interpretations = some(titles)
	}
	return r, nil
}

func some(all []string) []string {
	if all == nil {
		return []string{}
	}
	return all
}
