package document_test

import (
	"context"
	"strings"
	"testing"

	"gongkai/document"
)

func TestTheRedHeadIsLeftToThePage(t *testing.T) {
	for _, tc := range []struct{ name, text, gone, stays string }{
		{"issuer and number", "明镜区教育局文件\n\n明教发〔2026〕5号\n\n关于做好招生工作的通知\n\n各学校：\n\n现通知如下。\n\n明镜区教育局\n2026年3月2日\n", "明教发〔2026〕5号", "各学校"},
		{"a number that is cited stays", "关于转发文件的通知\n\n各学校：\n\n现转发明教发〔2026〕5号文件。\n\n明镜区教育局\n2026年3月2日\n", "", "明教发〔2026〕5号文件"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := document.Read(context.Background(), "a.txt", []byte(tc.text), document.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			body := document.Text(d.WithoutHead(document.Elements(d)).HTML())
			if tc.gone != "" && strings.Contains(body, tc.gone) {
				t.Errorf("the body still has %q:\n%s", tc.gone, body)
			}
			if !strings.Contains(body, tc.stays) {
				t.Errorf("the body lost %q:\n%s", tc.stays, body)
			}
		})
	}
}
