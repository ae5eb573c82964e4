package engine

import (
	"strings"
	"testing"
	"time"

	"gongkai/inspection/rule"
)

// Texts made to cost more than their length: no family may take long over four
// hundred kilobytes of them. Each takes well under a second; what looks back or
// ahead without a bound takes a minute.
func TestHostileTextsCostWhatTheirLengthCosts(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: takes ten seconds; the full run tries it")
	}
	const long, bound = 400 << 10, 20 * time.Second
	for _, piece := range []string{"一、", "QQ1", "（", "“", "《", "1 ", "\t1\n", "姓名\t", "甲\n", "12345678901234567\n", "a@", "字第1", "孤儿王", "其中1人，", "第一条 ", "〔2026〕1号", "等、", "一",
		"三", "①", "3\u200b", "1\u202e", "\u202eX1", "1、", "1 | ", "x", "９", "\u0301", "身份证1\t", "33041119000101001", "任然不耻下向", "《中华人民共和国", "2026年2月", "100%", "合计1", "占5%，", "二是", "1件，其中1件、",
		"XX年", "2025年月日前。", "《某某某某某某条例》", "关于印发《甲（征求意见稿）》的通知", "，使", "9件，上年1件，增长1%", "第1条　\n", "甲、乙、", "1.甲\n", "附件：\n"} {
		text := strings.Repeat(piece, long/len(piece))
		for _, family := range Standard().Families() {
			done := make(chan struct{})
			go func() {
				defer close(done)
				x := rule.NewText("document", text)
				family.Check(&rule.File{Name: "a.txt", Texts: []*rule.Text{x}}, x, func(rule.Finding) {})
			}()
			select {
			case <-done:
			case <-time.After(bound):
				t.Fatalf("%s is not done with %q over and over after %v", family.Pack().Pack, piece, bound)
			}
		}
	}
}
