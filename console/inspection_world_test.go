package console_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/publication"
)

// slips are things a machine finds: the words, how they stand in a sentence, and
// what the rule proposes.
var slips = []struct {
	code             string
	tier             rule.Tier
	severity         rule.Severity
	before, at, tail string
	suggest          []string
	message          string
}{
	{"typo.dict", rule.A, rule.Error, "各单位", "任然", "要按照规定的时限公开信息。", []string{"仍然"}, "“任然”应为“仍然”"},
	{"privacy.mobile", rule.A, rule.Error, "咨询请联系李某，手机", "1380571", "，工作日接听。", []string{"138****0571"}, "出现完整的手机号码，公开前应当隐去"},
	{"typo.suspect", rule.B, rule.Suspect, "积极听取社会各界", "人事", "的意见建议。", []string{"人士"}, "“人事”疑似“人士”"},
	{"secrecy.mark", rule.A, rule.Block, "", "秘密★三年", "关于印发工作方案的通知", nil, "出现国家秘密标识，不得公开"},
	{"cite.bracket", rule.A, rule.Error, "根据明政发", "[2026]", "5号文件要求。", []string{"〔2026〕"}, "发文字号的年份用六角括号"},
	{"punct.double", rule.A, rule.Error, "加强组织领导", "，，", "明确工作责任。", []string{"，"}, "标点重复"},
}

// plant keeps what a machine found in a text of a unit: as many findings as asked
// for, from the slips in turn.
func (w *world) plant(is *inspection.Inspections, subject string, unit org.ID, title string, n int) {
	w.Helper()
	var text strings.Builder
	var found []rule.Finding
	at := 0
	for i := range n {
		s := slips[i%len(slips)]
		line := fmt.Sprintf("第%d段，%s%s%s\n", i+1, s.before, s.at, s.tail)
		start := at + len([]rune(fmt.Sprintf("第%d段，%s", i+1, s.before)))
		found = append(found, rule.Finding{Rule: s.code, Tier: s.tier, Severity: s.severity, Start: start, End: start + len([]rune(s.at)), Text: s.at, Suggest: s.suggest,
			Message: s.message, Source: "测试依据", Confidence: .9, Part: "document"})
		at += len([]rune(line))
		text.WriteString(line)
	}
	f := &rule.File{Name: subject, Texts: []*rule.Text{rule.NewText("document", text.String())}}
	_, err := is.Take(context.Background(), identity.System("test"), inspection.Piece{Subject: subject, Unit: unit, Title: title, Address: "/info/" + subject, Public: true, File: f}, found)
	w.must(err)
}

// plantWhole keeps what a machine says of a text as a whole.
func (w *world) plantWhole(is *inspection.Inspections, subject string) {
	w.Helper()
	_, err := is.Take(context.Background(), identity.System("test"), inspection.Piece{Subject: subject, Unit: school, Title: "关于印发管理办法的通知", Public: true, File: &rule.File{Texts: []*rule.Text{rule.NewText("document", "正文")}}},
		[]rule.Finding{{Rule: "element.interpretation", Tier: rule.B, Severity: rule.Suspect, Message: "没有关联解读材料", Source: "测试依据", Confidence: .9, Part: "document"}})
	w.must(err)
}

// planted is a world with a public item in which six slips were found.
func (w *world) planted() (item publication.ItemID, ids map[string]inspection.ID) {
	w.Helper()
	item = w.public("关于做好招生入学工作的通知")
	w.plant(w.inspections, item.Subject(), school, "关于做好招生入学工作的通知", 6)
	ids = map[string]inspection.ID{}
	for _, f := range w.found(inspection.Filter{Units: org.Everything()}) {
		ids[f.Rule] = f.ID
	}
	return item, ids
}

func (w *world) found(f inspection.Filter) (all []inspection.Finding) {
	w.Helper()
	f.Size = 500
	w.read(func(tx *db.Tx) (err error) { all, _, err = inspection.List(tx, f); return err })
	return all
}

func (w *world) findingOf(id inspection.ID) (f inspection.Finding) {
	w.Helper()
	w.read(func(tx *db.Tx) (err error) { f, err = inspection.Get(tx, id); return err })
	return f
}

// png is the smallest picture there is.
func png() []byte {
	b, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	if err != nil {
		panic(err)
	}
	return b
}
