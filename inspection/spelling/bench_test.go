package spelling

import (
	"bytes"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"gongkai/inspection/rule"
	"gongkai/inspection/spelling/suspect"
)

// texts are about 3 MB of laws.
func texts(b *testing.B) (all []string) {
	b.Helper()
	size := 0
	laws(b, suspect.Test, func(law string) {
		if size < 3<<20 {
			size += len(law)
			all = append(all, law)
		}
	})
	b.SetBytes(int64(size))
	return all
}

// text is all of them as one.
func text(b *testing.B) string { return strings.Join(texts(b), "") }

func BenchmarkWordList(b *testing.B) {
	c, s := New(), text(b)
	for b.Loop() {
		c.list.each(s, func(match) {})
	}
}

// The same list, the same text, what everybody has.
func BenchmarkGrep(b *testing.B) {
	c, s := New(), text(b)
	list := b.TempDir() + "/list"
	if err := writeFile(list, strings.Join(c.wrong, "\n")); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cmd := exec.Command("grep", "-c", "-F", "-f", list)
		cmd.Stdin, cmd.Env = strings.NewReader(s), []string{"LC_ALL=C"}
		if out, err := cmd.Output(); err != nil && len(bytes.TrimSpace(out)) == 0 {
			b.Skipf("SKIPPED: grep: %v", err)
		}
	}
}

func BenchmarkFixedWords(b *testing.B) {
	x, s := fixedWords(), text(b)
	for b.Loop() {
		x.each(s, func(int, int, string) {})
	}
}

func BenchmarkSuspicions(b *testing.B) {
	d, all := detector(), texts(b)
	for b.Loop() {
		for _, s := range all {
			d.Find(s, func(suspect.Suspicion) {})
		}
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB-heap")
}

func BenchmarkAll(b *testing.B) {
	c, all := New(), texts(b)
	for b.Loop() {
		for _, s := range all {
			t := rule.NewText("document", s)
			c.Check(&rule.File{Texts: []*rule.Text{t}}, t, func(rule.Finding) {})
		}
	}
}
