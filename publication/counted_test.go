package publication_test

import (
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/db"
	"gongkai/publication"
)

// TestOnlyWhatThePublicSeesIsCountedAsUsage: title, summary and text of the public
// version; nothing that is being written, nothing that was withdrawn.
func TestOnlyWhatThePublicSeesIsCountedAsUsage(t *testing.T) {
	each(t, func(v *district) {
		s := v.items.Inspected(shelf{})
		say := func(title, no, text string) publication.Content {
			c := policy(title, no)
			c.Body = "<p>" + text + "</p>"
			return c
		}
		v.create(say("关于草案的通知", "明教发〔2026〕1号", "草稿里的话"))
		a := v.publish(say("关于一事的通知", "明教发〔2026〕2号", "公开的话"))
		b := v.publish(say("关于二事的通知", "明教发〔2026〕3号", "撤回的话"))
		v.must(v.items.Revise(ctx, v.writer, a))
		_, err := v.items.Save(ctx, v.writer, a, v.rev(a), say("关于一事的通知", "明教发〔2026〕2号", "修订里的话"), publication.Plan{})
		v.must(err)
		written := func(after string, n int) (all []string) {
			v.read(func(tx *db.Tx) error {
				list, err := s.Written(tx, after, n)
				for _, w := range list {
					all = append(all, w.Subject+" "+strings.Join(strings.Fields(w.Text), " "))
				}
				return err
			})
			return all
		}
		want := fmt.Sprintf("%s 关于一事的通知 %s 公开的话", a.Subject(), policy("", "").Summary)
		if got := written("", 10); len(got) != 2 || got[0] != want || !strings.Contains(got[1], "撤回的话") {
			t.Errorf("Written = %q, want two, the first %q", got, want)
		}
		if got := written(a.Subject(), 1); len(got) != 1 || !strings.HasPrefix(got[0], b.Subject()) {
			t.Errorf("after the first: %q", got)
		}
		v.must(v.items.Withdraw(ctx, v.writer, b, "内容有误，撤回核对"))
		if got := written("", 10); len(got) != 1 {
			t.Errorf("after a withdrawal: %q, want one", got)
		}
	})
}
