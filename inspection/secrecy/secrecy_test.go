package secrecy

import (
	"testing"

	"gongkai/inspection/rule"
	"gongkai/inspection/rule/ruletest"
)

func TestTheRulesKeepTheirExamples(t *testing.T) { ruletest.Examples(t, New()) }

func TestTalkAboutSecretsIsNoMark(t *testing.T) {
	for _, s := range []string{
		"1.属于国家秘密\t0\t0", "涉及国家秘密、商业秘密、个人隐私的政府信息", "严格落实保密审查制度，做到先审查、后公开", "《机密级计算机管理规定》已废止", "获评★★★★★（5年有效）",
		"定密责任人应当确定密级、保密期限和知悉范围", "本办法所称内部资料，是指单位内部使用、不对外发行的资料", "（征求意见稿）意见反馈截至5月1日", "会议讨论了《办法（草稿）》。",
	} {
		for _, f := range ruletest.Inspect(New(), s) {
			t.Errorf("%q: got %s %q", s, f.Rule, f.Text)
		}
	}
}

func TestWhatIsNotToBePublishedIsHeldByItsOwnAttribute(t *testing.T) {
	for open, want := range map[string]int{"主动公开": 0, "": 0, "依申请公开": 1, "不予公开": 1} {
		text := rule.NewText("document", "关于某事的通知")
		n := 0
		New().Check(&rule.File{Open: open, Texts: []*rule.Text{text}}, text, func(f rule.Finding) { n++ })
		if n != want {
			t.Errorf("attribute %q: got %d findings, want %d", open, n, want)
		}
	}
}
