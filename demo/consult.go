package demo

import (
	"fmt"
	"strings"
	"time"

	"gongkai/demo/content"
	"gongkai/document"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/review/coordination"
)

// An agreed text is one that touches the business of another organ, which is asked
// before it is published (article 11).
type agreed struct {
	key         string
	unit, organ string
	column      publication.Column
	title       string
	paras       []string
	question    string
	asked       int // days before the end, as the others
	answered    int // 0: not answered
	verdict     coordination.Act
	opinion     string
	raised      int // when a decision was asked for; 0: never
	why         string
	decided     int // 0: not yet
	decision    string
	basis       string
	out         bool // it is public in the end
}

// agreedTexts are the five ways such a question goes: answered and published, refused
// and settled, waiting for a decision, waiting for an answer, and left alone.
var agreedTexts = []agreed{
	{key: "ask-teachers", unit: "mj-jyj", organ: "mj-rsj", column: "c11", title: "关于做好2026年秋季学期教师交流轮岗工作的通知",
		paras: []string{
			"各学校：", "为促进义务教育优质均衡发展，现就2026年秋季学期教师交流轮岗工作通知如下。",
			"一、交流对象为在同一所学校连续任教满六年的教师，距法定退休年龄不足五年的可以不参加。",
			"二、交流期限不少于三年，交流期间的岗位聘用由明镜区人力资源和社会保障局按照岗位设置方案办理。",
			"三、各学校应当于12月10日前将交流名单报区教育局。"},
		question: "请确认交流期间岗位聘用的办理部门和聘用期限的表述。", asked: 17, answered: 14, verdict: coordination.Agree, opinion: "表述与岗位管理规定一致，同意。", out: true},
	{key: "ask-ponds", unit: "mj-nyj", organ: "mj-slj", column: "c11", title: "关于砚溪镇等三镇山塘养殖水域调整的通告",
		paras: []string{
			"为保护饮用水水源，规范山塘养殖，现将有关事项通告如下。", "一、列入饮用水水源保护范围的山塘，自2027年1月1日起不再从事网箱养殖。",
			"二、其他山塘的养殖容量由明镜区水利局核定后公布。", "三、养殖户可以向所在镇人民政府申请转产补助。"},
		question: "请确认山塘养殖容量由你局核定的表述。", asked: 18, answered: 16, verdict: coordination.Refuse, opinion: "养殖容量不属于水利部门职责，我局只核定山塘的蓄水和供水调度要求。",
		raised: 15, why: "两局对养殖容量的核定职责理解不一致，请予协调。", decided: 11, decision: "按区政府专题会议意见，由区水利局会同区农业农村局核定，按原文公开。", basis: "区政府专题会议纪要〔2026〕11号", out: true},
	{key: "ask-stalls", unit: "mj-cgj", organ: "mj-zjj", column: "c15", title: "关于老旧小区改造期间临时摊点设置的通告",
		paras: []string{
			"为方便群众生活，现就老旧小区改造期间临时摊点设置事项通告如下。", "一、照临街道、清砚街道改造小区周边设置临时摊点12处，经营时间为6时至20时。",
			"二、改造工程施工围挡由明镜区住房和城乡建设局督促施工单位后退3米，留出通道。"},
		question: "请确认施工围挡后退3米、留出通道的要求。", asked: 11, answered: 9, verdict: coordination.Refuse, opinion: "围挡位置依施工许可确定，后退3米不能保证施工安全，建议改为留出消防通道。",
		raised: 4, why: "已与住建局两次会商，对围挡后退的距离没有达成一致，请予协调。"},
	{key: "ask-bus", unit: "mj-jyj", organ: "mj-gaj", column: "c11", title: "关于2026年冬季校车运行安排的通知",
		paras: []string{
			"各学校、各校车服务单位：", "现将冬季校车运行安排通知如下。", "一、11月25日起，校车早晨发车时间推迟20分钟。",
			"二、遇有低能见度、结冰路段，由示例市公安局明镜分局实行交通管控，校车停运的，学校应当于当日7时前通知学生家长。"},
		question: "请确认低能见度、结冰路段交通管控的分工和校车停运的程序。", asked: 11},
	{key: "ask-vaccine", unit: "mj-wjj", organ: "mj-jyj", column: "c11", title: "关于开展适龄儿童入学入托预防接种证查验工作的通知",
		paras: []string{
			"各镇卫生院、社区卫生服务中心：", "为做好冬春季传染病防控，现就预防接种证查验工作通知如下。",
			"一、查验对象为2026年秋季学期新入学、入托的儿童，由明镜区教育局组织学校、托幼机构于12月15日前完成查验。",
			"二、需要补种的，由接种单位在查验后一个月内完成，并将情况告知学校。"},
		question: "请确认由你局组织学校、托幼机构于12月15日前完成查验的安排。", asked: 0},
}

// consultations lets units agree texts with the organs they touch over the last
// weeks.
func (b *builder) consultations() {
	c := coordination.New(b.DB)
	for i, a := range agreedTexts {
		s := &script{builder: b, it: &content.Item{Key: a.key, Unit: a.unit, State: content.Published}}
		var id coordination.ID
		at := func(days, hour int) time.Time {
			return b.content.Until.Add(-days).Time().Add(time.Duration(hour)*time.Hour + time.Duration(7*i)*time.Minute)
		}
		b.at(at(a.asked, 9), "ask "+a.key, func() (err error) {
			id, err = s.consult(a)
			return err
		})
		if a.answered > 0 {
			b.at(at(a.answered, 10), "answer "+a.key, func() error {
				return c.Answer(b.ctx, b.who(a.organ, "first"), id, a.verdict, a.opinion, "")
			})
		}
		if a.raised > 0 {
			b.at(at(a.raised, 11), "ask for a decision on "+a.key, func() error {
				return c.Escalate(b.ctx, b.who(a.unit, "publisher"), id, a.why)
			})
		}
		if a.decided > 0 {
			b.at(at(a.decided, 14), "decide "+a.key, func() error {
				return c.Decide(b.ctx, b.actors["supervisor"], id, coordination.Publish, a.decision, a.basis)
			})
		}
		if a.out {
			for k, act := range []func() error{s.submit, s.signNext, s.signNext, s.signNext, s.signNext, s.publish} {
				b.at(at(10, 15).Add(time.Duration(6*k)*time.Minute), "publish "+a.key, act)
			}
		}
	}
}

// consult drafts a text and asks the organ about it.
func (s *script) consult(a agreed) (coordination.ID, error) {
	by := s.who(a.unit, "publisher")
	made := s.content.Until.Add(-a.asked)
	body := "<p>" + strings.Join(a.paras, "</p><p>") + "</p>"
	id, err := s.Items.Create(s.ctx, by, org.ID(a.unit), publication.Content{
		Title: a.title, Kind: publication.Notice, Column: a.column, Issuer: s.nameOf(a.unit), Made: dateOf(made), Body: document.Clean(body),
		Openness: review.Openness{Attribute: review.Open},
	})
	if err != nil {
		return "", fmt.Errorf("draft %s: %w", a.key, err)
	}
	s.id, s.ids[a.key] = id, id
	kept, err := s.copy()
	if err != nil {
		return "", err
	}
	c, err := s.Items.Consult(s.ctx, by, id, kept.Rev, coordination.Request{Organ: org.ID(a.organ), Question: a.question})
	return c.ID, err
}

func (b *builder) nameOf(unit string) string {
	for _, u := range b.content.Units {
		if u.ID == unit {
			return u.Name
		}
	}
	return ""
}
