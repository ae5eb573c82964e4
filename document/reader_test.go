package document

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/fault"
)

// eatEnv makes the test program confine itself and then ask for more and more
// memory or time.
const eatEnv = "GONGKAI_DOCUMENT_TEST_EAT"

func eat(what string) {
	if err := confine(Limits{MaxMemory: 64 << 20, MaxTime: time.Second}.or()); err != nil {
		os.Exit(9)
	}
	var held [][]byte
	for n := 0; ; n++ {
		if what == "memory" {
			b := make([]byte, 64<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = byte(n)
			}
			held = append(held, b)
		}
		if len(held) > 200 {
			os.Exit(8)
		}
	}
}

func TestMain(m *testing.M) {
	if what := os.Getenv(eatEnv); what != "" {
		eat(what)
	}
	ChildMain()
	os.Exit(m.Run())
}

func childReader(t *testing.T, lim Limits) *Reader {
	t.Helper()
	lim.CacheDir = pdfLimits().CacheDir
	r, err := NewReader(lim)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAChildReadsAsThePureFunctionDoes(t *testing.T) {
	r := childReader(t, Limits{})
	for _, name := range []string{"notice.docx", "notice.pdf", "sheet.xlsx"} {
		data := testdata(t, name)
		want, err := Read(context.Background(), name, data, pdfLimits())
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.Read(context.Background(), name, data)
		if err != nil {
			t.Fatalf("Read(%s) in a child = %v", name, err)
		}
		if got.HTML() != want.HTML() || got.Text() != want.Text() || got.Title != want.Title {
			t.Errorf("%s: child and pure function differ:\n%s", name, cmp.Diff(want.HTML(), got.HTML()))
		}
	}
}

func TestARefusalOfAChildKeepsItsSentence(t *testing.T) {
	r := childReader(t, Limits{})
	d, err := r.Read(context.Background(), "a.docx", []byte("PK\x03\x04 word/document.xml cut off"))
	refused(t, err, "已损坏")
	if d.Kind != KindDocx {
		t.Errorf("kind = %s, want docx", d.Kind)
	}
}

func TestAChildThatTakesTooLongIsEnded(t *testing.T) {
	// Deep regular work: very many small paragraphs against a short time.
	data := wordFile{body: strings.Repeat(para("字"), 300_000)}.bytes()
	r := childReader(t, Limits{MaxTime: 100 * time.Millisecond, MaxRatio: 1 << 40})
	start := time.Now()
	_, err := r.Read(context.Background(), "a.docx", data)
	refused(t, err, "用时过长")
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestAChildIsEndedWhenTheCallerGoes(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := childReader(t, Limits{}).Read(ctx, "a.docx", testdata(t, "notice.docx"))
	if err == nil || fault.KindOf(err) != "" {
		t.Errorf("error = %v, want the cancellation", err)
	}
}

func TestALargePageIsReadInAChild(t *testing.T) {
	page := "<!DOCTYPE html><title>名单</title><body><h1>名单</h1>" + strings.Repeat("<p>示例市明镜区的一段文字。</p>", 30_000)
	d, err := childReader(t, Limits{}).Read(context.Background(), "a.html", []byte(page))
	if err != nil || d.Title != "名单" || len(d.Blocks) < 30_000 {
		t.Errorf("Read of %d bytes = %q with %d blocks, %v, want all of them", len(page), d.Title, len(d.Blocks), err)
	}
	r := &Reader{program: "/nonexistent", lim: DefaultLimits, slots: make(chan struct{}, 1)}
	if _, err := r.Read(context.Background(), "a.html", []byte(page)); err == nil {
		t.Error("a large page was read although no child can start")
	}
	if _, err := r.Read(context.Background(), "a.html", []byte(page[:3000])); err != nil {
		t.Errorf("Read of a small page = %v, want it read in place", err)
	}
}

func TestTextIsReadWithoutAChild(t *testing.T) {
	r := &Reader{program: "/nonexistent", lim: DefaultLimits, slots: make(chan struct{}, 1)}
	if _, err := r.Read(context.Background(), "a.txt", []byte("正文")); err != nil {
		t.Errorf("Read(txt) = %v, want it read in place", err)
	}
	if _, err := r.Read(context.Background(), "a.docx", testdata(t, "notice.docx")); err == nil {
		t.Error("a Word file was read although no child can start")
	}
}

func TestAConfinedProcessDiesOfItsHunger(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("NO RESOURCE LIMITS: only Linux has them here")
	}
	for _, tt := range []struct {
		what string
		died func(err error, said []byte) bool
	}{
		{"memory", starved},
		{"time", func(err error, _ []byte) bool { return timedOut(err) || killed(err) }},
	} {
		t.Run(tt.what, func(t *testing.T) {
			if tt.what == "time" && testing.Short() {
				t.Skip("takes four seconds of processor")
			}
			cmd := exec.Command(os.Args[0])
			cmd.Env = []string{eatEnv + "=" + tt.what, "GOTRACEBACK=none"}
			var said bytes.Buffer
			cmd.Stderr = &said
			err := cmd.Run()
			if err == nil || !tt.died(err, said.Bytes()) {
				t.Errorf("the process ended with %v: %.300s", err, said.String())
			}
		})
	}
}
