package demo

import (
	"fmt"
	"strings"
	"time"

	"gongkai/demo/content"
	"gongkai/document"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
)

// An oldPage is a page moved in from the district's former site, as it stood there:
// with the slips that a nightly look finds.
type oldPage struct {
	key    string
	unit   string
	kind   publication.Kind
	column publication.Column
	title  string
	since  content.Day
	body   string
	mended string // the text as the unit has mended it since; "" if it has not
	gone   bool   // the unit took it down instead
}

// oldPages are the pages. Every number in them is made here and belongs to nobody:
// those born in 2099 are not born yet, and the account is of no bank.
func oldPages() []oldPage {
	var people, lines strings.Builder
	for i, name := range []string{"岳澄", "柏青", "尚溪", "邵禾", "甘棠", "卓榆"} {
		fmt.Fprintf(&people, "<tr><td>%d</td><td>%s</td><td>%s</td><td>%d</td></tr>", i+1, name, identityNumber(i+1), 612+37*i)
	}
	for i, name := range []string{"麦岭", "麦禾", "麦屿"} {
		fmt.Fprintf(&lines, "<tr><td>%s</td><td>%s</td><td>%.2f</td></tr>", name, accountNumber(i+1), 412.5+float64(i)*96)
	}
	table := func(heads string, rows string) string {
		return "<table><thead><tr><th>" + strings.ReplaceAll(heads, " ", "</th><th>") + "</th></tr></thead><tbody>" + rows + "</tbody></table>"
	}
	return []oldPage{
		{key: "old-relief", unit: "mj-mzj", kind: publication.Welfare, column: "c11", title: "2025年第一季度城乡最低生活保障对象公示", since: "2025-03-14", gone: true,
			body: "<p>经审核，现将2025年第一季度新增城乡最低生活保障对象予以公示，公示期为7天。</p>" + table("序号 姓名 身份证号 保障金额", people.String())},
		{key: "old-subsidy", unit: "mj-nyj", kind: publication.Welfare, column: "c11", title: "2025年耕地地力保护补贴发放公示", since: "2025-05-20",
			body:   "<p>现将麦坞镇部分农户2025年耕地地力保护补贴发放情况公示如下。</p>" + table("户主 银行卡号 补贴金额", lines.String()),
			mended: "<p>现将麦坞镇部分农户2025年耕地地力保护补贴发放情况公示如下。</p>" + table("户主 补贴金额", "<tr><td>麦某</td><td>412.50</td></tr><tr><td>麦某</td><td>508.50</td></tr><tr><td>麦某</td><td>604.50</td></tr>")},
		{key: "old-forum", unit: "mj-jyj", kind: publication.Notice, column: publication.NewsColumn, title: "关于召开2025年教育工作座谈会的通知", since: "2025-06-09",
			body: "<p>各中小学校：</p><p>为广泛听取社会各界人事对教育工作的意见，，定于6月18日召开座谈会。请各学校按照明教字[2025]7号文件要求做好准备。</p>"},
		{key: "old-festival", unit: "mj-wlj", kind: publication.News, column: publication.NewsColumn, title: "2025年砚溪文化旅游节筹备工作会议召开", since: "2025-08-21",
			body: "<p>会议要求，各单位要围绕围绕活动方案，密切配合，任然坚持安全第一，，确保活动圆满成功。</p>"},
		{key: "old-duty", unit: "mj-yxz", kind: publication.Notice, column: publication.NewsColumn, title: "砚溪镇防汛值班安排", since: "2025-05-30",
			body: "<p>汛期实行24小时值班，带班人员手机：" + "138" + "00009999" + "，遇有险情请及时报告。</p>"},
		{key: "old-service", unit: "mj-scj", kind: publication.Penalty, column: "c06", title: "行政处罚决定书公告送达", since: "2025-09-11",
			body: "<p>当事人祝某（公民身份号码" + identityNumber(9) + "）：因采用其他方式无法送达，现向你公告送达《行政处罚决定书》，自发出公告之日起满30日即视为送达。</p>"},
	}
}

// identityNumber makes an identity number of somebody who is not born yet.
func identityNumber(n int) string {
	s := fmt.Sprintf("11010120991231%03d", n)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}

// accountNumber makes the number of a card that no bank has given out.
func accountNumber(n int) string {
	s := fmt.Sprintf("622999000000%06d", n)
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return s + fmt.Sprint((10-sum%10)%10)
}

// words are what the district's rules must not take for slips.
var words = []string{"砚溪", "澄湖", "澄砚", "枕岫", "砚榆", "岫霁", "菱澄", "麦禾", "大垄村", "三账合一", "机砖厂"}

// inspections lets inspection do its work over the last weeks: pages are moved in
// from the former site, the nights find what is wrong in them, and people confirm,
// dismiss, except, mend and close.
func (b *builder) inspections() {
	end := b.content.Until
	on := func(days, hour, minute int) time.Time {
		return end.Add(-days).Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	}
	b.at(b.content.From.Time().Add(9*time.Hour+30*time.Minute), "keep the district's words", b.keepWords)
	b.at(on(28, 10, 0), "move in old pages", b.moveIn)
	for _, days := range []int{27, 12, 0} {
		b.at(on(days, 1, 30), "look through everything", func() error {
			_, err := b.Inspections.Sweep(b.ctx)
			return err
		})
	}
	b.at(on(26, 9, 20), "confirm what was found", b.confirm)
	b.at(on(26, 15, 10), "dismiss and except", b.settleRest)
	b.at(on(25, 9, 5), "take the list down", func() error {
		return b.Items.Withdraw(b.ctx, b.who("mj-mzj", "publisher"), b.ids["old-relief"], "公示期已满，且表格中含有个人信息")
	})
	s := &script{builder: b, it: &content.Item{Key: "old-subsidy", Unit: "mj-nyj", State: content.Published}}
	for i, act := range []func() error{s.mendOld, s.submit, s.signNext, s.signNext, s.signNext, s.signNext, s.publish} {
		b.at(on(24, 14, 6*i), "mend old-subsidy", act)
	}
	b.at(on(23, 16, 40), "say it is mended", func() error {
		return b.onFound("old-festival", []inspection.State{inspection.Confirmed}, "", 2, func(ids []inspection.ID) error {
			_, err := b.Inspections.Mend(b.ctx, b.who("mj-wlj", "publisher"), ids, "已核对并修改原文", "")
			return err
		})
	})
	b.at(on(11, 10, 15), "look again and close", func() error {
		return b.onFound("", []inspection.State{inspection.Mended}, "", 100, func(ids []inspection.ID) error {
			_, err := b.Inspections.Close(b.ctx, b.actors["supervisor"], ids, "")
			return err
		})
	})
}

func (b *builder) keepWords() error {
	for _, w := range words {
		if _, err := b.Inspections.AddWord(b.ctx, b.actors["supervisor"], inspection.Word{Unit: "mj", Kind: inspection.KeepWord, Word: w, Reason: "本区地名、企业字号和专门用语"}); err != nil {
			return err
		}
	}
	_, err := b.Inspections.AddWord(b.ctx, b.actors["supervisor"], inspection.Word{Unit: "mj", Kind: inspection.WrongWord, Word: "明境区", Instead: "明镜区", Reason: "区名常见误写"})
	return err
}

// moveIn moves the old pages in, as lawfully public before.
func (b *builder) moveIn() error {
	for _, p := range oldPages() {
		c := publication.Content{Title: p.title, Kind: p.kind, Column: p.column, Openness: review.Openness{Attribute: review.Open},
			Made: dateOf(p.since), Body: document.Clean(p.body)}
		if p.kind == publication.News {
			c.Source = "明镜区融媒体中心"
		}
		id, err := b.Items.Adopt(b.ctx, b.actors["supervisor"], publication.Moved{Unit: org.ID(p.unit), Content: c,
			Since: p.since.Time().Add(10 * time.Hour), From: "原门户网站 http://old.mingjing.example/" + p.key})
		if err != nil {
			return fmt.Errorf("%s: %w", p.key, err)
		}
		b.ids[p.key] = id
	}
	return nil
}

// onFound does an act on at most n findings of an old page, or of everything when
// key is "", in some states and under a rule or family. Where there is none, which
// depends on the rules in use, nothing is done.
func (b *builder) onFound(key string, states []inspection.State, rule string, n int, act func([]inspection.ID) error) error {
	f := inspection.Filter{Units: org.Everything(), States: states, Rule: rule, Size: n, Order: inspection.ByTitle}
	if key != "" {
		f.Subject = b.ids[key].Subject()
	}
	var ids []inspection.ID
	err := b.DB.Read(b.ctx, func(tx *db.Tx) error {
		ids = nil
		found, _, err := inspection.List(tx, f)
		for _, x := range found {
			ids = append(ids, x.ID)
		}
		return err
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	return act(ids)
}

var open = []inspection.State{inspection.Found}

// confirm is the morning after the first night: what is wrong in the old pages goes
// to their units.
func (b *builder) confirm() error {
	for _, key := range []string{"old-relief", "old-subsidy", "old-forum", "old-festival"} {
		err := b.onFound(key, open, "", 50, func(ids []inspection.ID) error {
			_, err := b.Inspections.Confirm(b.ctx, b.actors["supervisor"], ids, 0, "请按期整改并报告结果")
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// settleRest is the afternoon: some suspicions are none, and two things may stand.
func (b *builder) settleRest() error {
	for _, d := range []struct{ rule, reason string }{
		{"typo.suspect", "人名、企业名称，写法无误"}, {"typo.echo", "企业名称，写法无误"}, {"cite.ended", "清理结果目录，列出已废止文件"},
	} {
		err := b.onFound("", open, d.rule, 9, func(ids []inspection.ID) error {
			_, err := b.Inspections.Dismiss(b.ctx, b.actors["supervisor"], ids, d.reason)
			return err
		})
		if err != nil {
			return err
		}
	}
	until := dateOf(b.content.Until)
	for _, x := range []struct {
		key   string
		by    string
		terms inspection.Terms
	}{
		{"old-service", "scj.secrecy", inspection.Terms{Scope: inspection.ThisPlace, Reason: "公告送达须载明受送达人身份", Basis: "《市场监督管理行政处罚程序规定》关于公告送达的规定", Until: until.AddDays(20)}},
		{"old-duty", "yxz.publisher", inspection.Terms{Scope: inspection.ThisText, Reason: "公务值班手机，由镇党政办统一配发", Until: until.AddMonths(6)}},
	} {
		err := b.onFound(x.key, open, "privacy", 5, func(ids []inspection.ID) error {
			_, err := b.Inspections.Except(b.ctx, b.actors[x.by], ids, x.terms)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// mendOld begins the correction of an old page and writes its mended text.
func (s *script) mendOld() error {
	s.id = s.ids[s.it.Key]
	by := s.who(s.it.Unit, "publisher")
	if err := s.Items.Revise(s.ctx, by, s.id); err != nil {
		return err
	}
	c, err := s.copy()
	if err != nil {
		return err
	}
	for _, p := range oldPages() {
		if p.key == s.it.Key {
			c.Content.Body = document.Clean(p.mended)
		}
	}
	_, err = s.Items.Save(s.ctx, by, s.id, c.Rev, c.Content, publication.Plan{})
	return err
}
