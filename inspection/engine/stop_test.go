package engine

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gongkai/inspection/rule"
)

// Long texts, of twenty megabytes: prose with a slip in every sentence, a list of
// people, one line without an end, marks that something begins with.
var longTexts = map[string]string{
	"prose":   "各乡镇人民政府要按照《中华人民共和国政府信息公开条例》（国务院令第711号）第十条的规定，于2026年3月5日前任然完成清理工作，联系电话：0571-86000000。\n",
	"a list":  "1\t王示例\t330411199003078013\t13800001234\t明镜区城关镇示例村1组12号\t500元\n",
	"a line":  "公开是常态，不公开是例外，",
	"marks":   "（一）“《 @机密★",
	"letters": "x1 ",
}

// Whoever no longer waits gets the processor back at once, in the middle of a text
// that would take seconds.
func TestALookThatIsCancelledStops(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: texts of twenty megabytes; the full run looks into them")
	}
	e := Standard()
	for name, piece := range longTexts {
		e.Inspect(&rule.File{Texts: []*rule.Text{rule.NewText("document", piece)}}, Options{}) // what is loaded at the first need
		text := strings.Repeat(piece, (20<<20)/len(piece))
		for _, after := range []time.Duration{0, 20 * time.Millisecond, 300 * time.Millisecond, time.Second} {
			f := &rule.File{Name: "a.txt", Texts: []*rule.Text{rule.NewText("document", text), rule.NewText("document", text)}}
			ctx, cancel := context.WithCancel(t.Context())
			var at time.Time
			timer := time.AfterFunc(after, func() { at = time.Now(); cancel() })
			found, err := e.InspectUntil(ctx, f, Options{Hints: true})
			if timer.Stop() && after >= time.Second && err == nil {
				cancel()
				t.Logf("%s: looked into before anybody could cancel after %v", name, after)
				continue
			}
			late := time.Since(at)
			if !errors.Is(err, context.Canceled) || found != nil {
				t.Errorf("%s, cancelled after %v: %d findings, %v, want none and the cancellation", name, after, len(found), err)
			}
			t.Logf("%s, cancelled after %v: stops %v later", name, after, late.Round(time.Millisecond))
			if late > 2*time.Second {
				t.Errorf("%s, cancelled after %v: goes on for %v", name, after, late)
			}
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), -time.Second)
	defer cancel()
	if _, err := e.InspectUntil(ctx, &rule.File{Texts: []*rule.Text{rule.NewText("document", "任然")}}, Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with no time left: %v, want the deadline", err)
	}
}
