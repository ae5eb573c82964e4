package paper

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gongkai/annualreport/form"
)

func TestNoLineBeginsWithAStopOrEndsWithAnOpenBracket(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	alphabet := []rune("政府信息公开年报告，。；：（）《》“”、20261234.5% abcWORD—…—")
	wide := func(s string) float64 { return textWidth(s, 16) }
	for range 3000 {
		var b strings.Builder
		for range rng.IntN(150) {
			b.WriteRune(alphabet[rng.IntN(len(alphabet))])
		}
		s := tidy(b.String())
		got := breakLines(s, 442, 32, wide)
		if glued := strings.ReplaceAll(strings.Join(got, ""), " ", ""); glued != strings.ReplaceAll(s, " ", "") {
			t.Fatalf("breakLines loses text:\n got %q\nwant %q", glued, s)
		}
		for i, line := range got {
			room := 442.0
			if i == 0 {
				room -= 32
			}
			if w := wide(line); w > room+.01 {
				t.Fatalf("line %q is %g wide, room is %g", line, w, room)
			}
			first, _ := utf8.DecodeRuneInString(line)
			last, _ := utf8.DecodeLastRuneInString(line)
			if longest(s, wide) <= room && (i > 0 && strings.ContainsRune(neverFirst, first) || i < len(got)-1 && strings.ContainsRune(neverLast, last)) {
				t.Fatalf("line %d of %q is %q", i, got, line)
			}
		}
	}
}

// longest is the width of the widest piece that should not be broken.
func longest(s string, wide func(string) float64) float64 {
	w := 0.0
	for _, u := range units(s) {
		w = max(w, wide(u))
	}
	return w
}

func TestATitleBreaksBeforeTheYearAndOtherwiseEvenly(t *testing.T) {
	wide := func(s string) float64 { return textWidth(s, titleSize) }
	for _, c := range []struct {
		title string
		want  []string
	}{
		{"甲县2026年报告", []string{"甲县2026年报告"}},
		{"示例市明镜区人民政府2026年政府信息公开工作年度报告", []string{"示例市明镜区人民政府", "2026年政府信息公开工作年度报告"}},
		{"示例市明镜区政府信息公开工作情况和下一步工作打算的报告", []string{"示例市明镜区政府信息公开工作", "情况和下一步工作打算的报告"}},
	} {
		if diff := cmp.Diff(c.want, evenly(c.title, measure, wide)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.title, diff)
		}
	}
}

func TestACharacterTheFaceLacksIsReportedAndCanStillBeCopied(t *testing.T) {
	p := example(form.ByID("2021"))
	p.Intro = append(p.Intro, "本报告由\U00030EDE同志负责解释。")
	b, missing, err := p.PDF()
	if err != nil {
		t.Fatal(err)
	}
	if string(missing) != "\U00030EDE" {
		t.Errorf("missing = %q, want the one rare character", string(missing))
	}
	if say := SayMissing(missing); !strings.Contains(say, "“\U00030EDE”") || SayMissing(nil) != "" {
		t.Errorf("SayMissing = %q and %q, want the character named and nothing", say, SayMissing(nil))
	}
	if text, ok := pdftotext(t, b); ok && !strings.Contains(text, "由\U00030EDE同志") {
		t.Errorf("the text of the PDF lacks the rare character:\n%s", text)
	}
	if _, missing, _ := example(form.ByID("2021")).PDF(); len(missing) > 0 {
		t.Errorf("missing = %q in a text of common characters", string(missing))
	}
}

func TestThePDFIsOneFileWhoseObjectsAreWhereItSays(t *testing.T) {
	everyForm(t, func(t *testing.T, f *form.Form) {
		b, _, err := scatter(f, rand.New(rand.NewPCG(3, 3))).PDF()
		if err != nil {
			t.Fatal(err)
		}
		start, err := strconv.Atoi(string(regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(b)[1]))
		if err != nil || !bytes.HasPrefix(b[start:], []byte("xref\n0 ")) {
			t.Fatalf("startxref leads to %q", b[start:start+8])
		}
		lines := strings.Split(string(b[start:]), "\n")[3:]
		n := 0
		for ; len(lines[n]) == 19; n++ {
			at, err := strconv.Atoi(lines[n][:10])
			if want := fmt.Sprintf("%d 0 obj\n", n+1); err != nil || !bytes.HasPrefix(b[at:], []byte(want)) {
				t.Errorf("the table says that object %d is at %d; there is %q", n+1, at, b[at:at+12])
			}
		}
		if n < 100 || !strings.HasPrefix(lines[n], "trailer") {
			t.Errorf("the table has %d objects and ends with %q", n, lines[n])
		}
	})
}

func TestTheTextOfThePDFComesOutInReadingOrder(t *testing.T) {
	p := example(form.ByID("2021"))
	b, _, err := p.PDF()
	if err != nil {
		t.Fatal(err)
	}
	text, ok := pdftotext(t, b)
	if !ok {
		t.Skip("SKIPPED: pdftotext is not on this machine")
	}
	text = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\f' {
			return -1
		}
		return r
	}, text)
	for _, want := range []string{"编制本报告", "一、总体情况", "（二）依申请公开", "第二十条第（一）项", "第二十条第（八）项", "三、收到和处理", "一、本年新收政府信息公开申请数量", "四、结转下年度继续办理", "更正理由", "行政复议、行政诉讼情况", "五、存在的主要问题", "六、其他需要报告"} {
		i := strings.Index(text, want)
		if i < 0 {
			t.Fatalf("after what came before, the text lacks %q", want)
		}
		text = text[i:]
	}
}

func pdftotext(t *testing.T, b []byte) (string, bool) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return "", false
	}
	cmd := exec.Command("pdftotext", "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(b)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("pdftotext: %v: %s", err, complaints.String())
	}
	return string(out), true
}

func TestALongTableGoesOnWithItsHeadAndWholeLines(t *testing.T) {
	everyForm(t, func(t *testing.T, f *form.Form) {
		p := example(f)
		for k := range 25 {
			p.Chapters[0].Paras = append(p.Chapters[0].Paras, strings.Repeat("公开。", 9)) // moves the tables down line by line
			if _, _, err := p.PDF(); err != nil {
				t.Fatalf("%d more lines: %v", k, err)
			}
		}
	})
}
