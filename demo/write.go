package demo

import (
	"bytes"
	"fmt"

	"gongkai/demo/content"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// written is an item as the console would hand it over.
type written struct {
	unit    org.ID
	Content publication.Content
}

// write fills the form for an item: elements, text (typed or out of an uploaded
// document), attachments.
func (s *script) write(by identity.Actor) (w written, err error) {
	it := s.it
	w.unit = org.ID(it.Unit)
	w.Content = publication.Content{
		Title: it.Title, Kind: kinds[it.Kind], Column: columnOf(it, s.kindOf(it.Unit)), Theme: themes[it.Theme],
		Issuer: it.Issuer, Joint: it.Joint, DocNo: it.DocNo,
		Made: dateOf(it.Written), Effective: dateOf(it.Effective), Expires: dateOf(it.Expires),
		Keywords: it.Words, Summary: it.Summary, Openness: openness(it),
	}
	c := &w.Content
	if it.Kind == content.News {
		c.Source, c.Issuer = it.Issuer, ""
	}
	for _, ch := range it.Channels {
		if way, ok := ways[ch]; ok {
			c.Channels = append(c.Channels, publication.Channel{Way: way.way, What: way.what, On: dateOf(it.Published)})
		}
	}
	c.Body = clean(it.Body)
	if it.Upload {
		if err := s.upload(by, c); err != nil {
			return w, err
		}
	}
	for _, f := range it.Files {
		data, err := f.Bytes()
		if err != nil {
			return w, err
		}
		kept, _, err := s.keep(by, f.Name, data)
		if err != nil {
			return w, err
		}
		c.Files = append(c.Files, kept)
	}
	return w, nil
}

// upload takes the text out of a document written by an office program.
func (s *script) upload(by identity.Actor, c *publication.Content) error {
	name := "正文.docx"
	data, err := content.Docx(s.it.Title, s.it.Body)
	if err != nil {
		return err
	}
	kept, doc, err := s.keep(by, name, data)
	if err != nil {
		return err
	}
	c.Body, c.Original = document.Clean(doc.WithoutHead(document.Elements(doc)).HTML()), &kept
	return nil
}

// keep keeps a file as the console does when it is uploaded.
func (s *script) keep(by identity.Actor, name string, data []byte) (publication.File, document.Doc, error) {
	f, doc, err := s.Files.Import(s.ctx, by, name, bytes.NewReader(data))
	if err != nil {
		return publication.File{}, doc, fmt.Errorf("keep %s: %w", name, err)
	}
	if f.State != document.Readable {
		return publication.File{}, doc, fmt.Errorf("keep %s: %s", name, f.Why)
	}
	return publication.File{Digest: string(f.Digest), Name: name, Size: f.Size, Kind: string(f.Kind)}, doc, nil
}

func clean(b content.Body) string { return document.Clean(b.HTML()) }

// relations are those the platform keeps; it finds citations in the text by
// itself.
func (s *script) relations() []publication.Relation {
	var out []publication.Relation
	for _, l := range s.it.Links {
		if kind, ok := relationKinds[l.Kind]; ok {
			out = append(out, publication.Relation{Kind: kind, To: s.ids[l.To]})
		}
	}
	return out
}

var relationKinds = map[content.LinkKind]publication.RelationKind{
	content.Replaces: publication.Replaces, content.Repeals: publication.Repeals,
	content.Amends: publication.Amends, content.Interprets: publication.Interprets,
}

var kinds = map[content.Kind]publication.Kind{
	content.Policy: publication.Policy, content.Interpretation: publication.Interpretation, content.Notice: publication.Notice,
	content.Function: publication.Organ, content.Plan: publication.Planning, content.Statistics: publication.Statistics,
	content.Permit: publication.Permit, content.Penalty: publication.Penalty, content.Fee: publication.Fee, content.Budget: publication.Budget,
	content.Procurement: publication.Procurement, content.Project: publication.Project, content.Welfare: publication.Welfare,
	content.Emergency: publication.Emergency, content.Inspection: publication.Inspection, content.Recruitment: publication.Personnel,
	content.Land: publication.Land, content.Consultation: publication.Notice, content.Proposal: publication.Other, content.News: publication.News,
	content.Guide: publication.Guide, content.Rules: publication.Rule, content.Report: publication.Report,
}

// ways are the channels besides the site.
var ways = map[string]struct {
	way  publication.Way
	what string
}{
	"政务新媒体": {"account", "“明镜发布”公众号"},
	"报刊":    {"paper", "《明镜日报》"},
	"公告栏":   {"board", "单位公告栏"},
}

var themes = func() map[string]publication.Theme {
	m := map[string]publication.Theme{}
	for _, t := range publication.Themes() {
		m[t.Name] = t.Code
	}
	return m
}()

// columnOf is the place of an item in the frame of its unit: article 21 asks
// other things of towns than of the county and its departments.
func columnOf(it *content.Item, kind content.UnitKind) publication.Column {
	town := kind == content.Town
	switch it.Column {
	case "guide", "rules", "report", "news":
		return publication.Column(it.Column)
	case "interpretation":
		return "c01"
	case "21-farm", "21-water":
		if town {
			return "e01"
		}
		return "c15"
	case "21-homestead", "21-transfer":
		if town {
			return "e02"
		}
		return "c15"
	case "21-levy", "21-relief":
		if town {
			return "e03"
		}
		return "d04"
	case "21-land", "21-house":
		if town {
			return "e03"
		}
		return "d02"
	case "21-security":
		if town {
			return "c15"
		}
		return "d03"
	case "21-construction", "21-service":
		if town {
			return "c15"
		}
		return "d01"
	}
	var n int
	if _, err := fmt.Sscanf(it.Column, "20-%d", &n); err == nil {
		return publication.Column(fmt.Sprintf("c%02d", n))
	}
	return "c15"
}

func (b *builder) kindOf(unit string) content.UnitKind {
	for _, u := range b.content.Units {
		if u.ID == unit {
			return u.Kind
		}
	}
	return ""
}

func openness(it *content.Item) review.Openness {
	switch it.Openness {
	case content.OnRequest:
		clause := review.ClauseCode(it.Clause)
		if clause == "" {
			clause = "N19"
		}
		return review.Openness{Attribute: review.OnRequest, Clause: clause, Reason: it.Reason}
	case content.NotOpen:
		return review.Openness{Attribute: review.Closed, Clause: review.ClauseCode(it.Clause), Reason: it.Reason}
	default:
		return review.Openness{Attribute: review.Open}
	}
}

func dateOf(d content.Day) workday.Date {
	if d == "" {
		return workday.Date{}
	}
	return workday.MustParse(string(d))
}
