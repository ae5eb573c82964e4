package unseen

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/inspection/rule"
)

//go:embed data/unseen.json
var data []byte

// A Checker finds traces. It may be shared.
type Checker struct {
	pack   *rule.Pack
	byPart map[string]*rule.Rule
	place  *rule.Rule
	author *rule.Rule
}

// New returns the family of rules on traces.
func New() *Checker {
	p, err := rule.ParsePack(data)
	if err != nil {
		panic(err)
	}
	return &Checker{pack: p, place: p.Rule("unseen.place"), author: p.Rule("unseen.author"), byPart: map[string]*rule.Rule{
		document.PartHidden:   p.Rule("unseen.hidden"),
		document.PartDeleted:  p.Rule("unseen.tracked"),
		document.PartComment:  p.Rule("unseen.comment"),
		document.PartEmbedded: p.Rule("unseen.embedded"),
		document.PartFormer:   p.Rule("unseen.former"),
	}}
}

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

// Check reports the traces in one part of a file.
func (c *Checker) Check(_ *rule.File, t *rule.Text, report func(rule.Finding)) {
	if !t.Hidden {
		return
	}
	// The parts of an attachment bear its name before their own.
	part := t.Part
	if i := strings.LastIndex(part, "›"); i >= 0 {
		part = part[i+len("›"):]
	}
	if part == document.PartMetadata {
		c.metadata(t, report)
		return
	}
	r := c.byPart[part]
	if r == nil {
		return
	}
	for _, g := range groups(t) {
		f := t.Find(r, g.from, g.to)
		f.Text, f.Count = covered(f.Text), g.places
		switch {
		case g.where != "" && f.Cell != g.where:
			f.Message = fmt.Sprintf("%s（%s，第一处在 %s，共%d处）", r.Message, g.where, strings.TrimPrefix(f.Cell, g.where+"!"), g.places)
		case g.where != "":
			f.Message = fmt.Sprintf("%s（%s）", r.Message, g.where)
		case f.Page > 0:
			f.Message = fmt.Sprintf("%s（第一处在第%d页，共%d处）", r.Message, f.Page, g.places)
		default:
			f.Message = fmt.Sprintf("%s（共%d处）", r.Message, g.places)
		}
		report(f)
	}
}

// A group is the traces of one sheet or one inner file.
type group struct {
	where    string
	from, to int // bytes of the first
	places   int
}

// groups gathers the lines of a part by where they are.
func groups(t *rule.Text) (all []group) {
	at := map[string]int{}
	add := func(where string, from, to int) {
		if strings.TrimSpace(t.S[from:to]) == "" {
			return
		}
		i, ok := at[where]
		if !ok {
			i = len(all)
			at[where] = i
			all = append(all, group{where: where, from: from, to: to})
		}
		all[i].places++
	}
	runes, bytes := 0, 0
	for line := range strings.Lines(t.S) {
		where := ""
		if cell, _ := t.At(runes); cell != "" {
			where = cell
			if i := strings.LastIndexByte(cell, '!'); i >= 0 {
				where = cell[:i]
			}
			if strings.HasSuffix(t.Part, document.PartEmbedded) {
				where, _, _ = strings.Cut(cell, "!")
			}
		}
		end := bytes + len(strings.TrimRight(line, "\r\n"))
		add(where, bytes, bytes+clip(t.S[bytes:end]))
		bytes += len(line)
		runes += utf8.RuneCountInString(line)
	}
	return all
}

// clip returns how many bytes the first forty characters of a line take.
func clip(s string) int {
	n := 0
	for i := range s {
		if n++; n > 40 {
			return i
		}
	}
	return len(s)
}

// covered hides the digits of a trace: what is shown to people is often copied.
func covered(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsNumber(r) {
			return '*'
		}
		return r
	}, s)
	return numerals.ReplaceAllStringFunc(s, func(n string) string { return strings.Repeat("*", utf8.RuneCountInString(n)) })
}

// numerals are numbers in Chinese, too long to count anything.
var numerals = regexp.MustCompile(`[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖*\x{200b}-\x{200f}]{6,}`)

// authors are the properties that name people.
var authors = []string{"creator", "lastModifiedBy", "Author", "author", "Manager", "manager", "修订或者批注人", "ModifiedBy", "作者", "上次保存者"}

// metadata reads the properties, one a line: their name, a colon, their value.
func (c *Checker) metadata(t *rule.Text, report func(rule.Finding)) {
	at := 0
	for line := range strings.Lines(t.S) {
		name, value, ok := strings.Cut(strings.TrimRight(line, "\r\n"), ": ")
		from := at + len(name) + 2
		at += len(line)
		if !ok || strings.TrimSpace(value) == "" {
			continue
		}
		if strings.HasSuffix(name, document.TakenAt) {
			f := t.Find(c.place, from, from+len(value))
			f.Text = covered(f.Text)
			f.Message += "（" + strings.TrimSpace(strings.TrimSuffix(name, document.TakenAt)) + "）"
			report(f)
			continue
		}
		for _, a := range authors {
			if name == a {
				f := t.Find(c.author, from, from+clip(value))
				f.Text = covered(f.Text)
				report(f)
			}
		}
	}
}
