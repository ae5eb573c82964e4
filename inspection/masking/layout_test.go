package masking_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"gongkai/document"
	"gongkai/inspection/masking"
	"gongkai/internal/fault"
)

// A printer makes PDFs of any words in a face of its own, whose letters are bars.
type printer struct {
	letters []rune
	pages   []string
	info    string // more in the dictionary of the file's properties
	note    string // a comment on every page
}

func (p *printer) page() { p.pages = append(p.pages, "") }

func (p *printer) draw(s string) { p.pages[len(p.pages)-1] += s }

// write puts words on the last page.
func (p *printer) write(x, y int, s string) {
	var code []byte
	for _, r := range s {
		i := slices.Index(p.letters, r)
		if i < 0 {
			i = len(p.letters)
			p.letters = append(p.letters, r)
		}
		code = append(code, byte(i+1))
	}
	p.draw(fmt.Sprintf("BT /C 12 Tf %d %d Td <%x> Tj ET\n", x, y, code))
}

// list writes a table with rules around its cells.
func (p *printer) list(top int, rows ...[]string) {
	xs := []int{60, 130, 300, 430}
	for i := range len(rows) + 1 {
		p.draw(fmt.Sprintf("60 %d m 430 %d l S\n", top-24*i, top-24*i))
	}
	for _, x := range xs {
		p.draw(fmt.Sprintf("%d %d m %d %d l S\n", x, top, x, top-24*len(rows)))
	}
	for i, row := range rows {
		for k, s := range row {
			p.write(xs[k]+4, top-24*i-17, s)
		}
	}
}

func (p *printer) bytes(t *testing.T) []byte {
	t.Helper()
	if len(p.letters) > 255 {
		t.Fatalf("%d letters are too many for one face", len(p.letters))
	}
	var buf bytes.Buffer
	var at []int
	object := func(s string) {
		at = append(at, buf.Len())
		fmt.Fprintf(&buf, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	stream := func(dict, s string) {
		object(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(s), s))
	}
	buf.WriteString("%PDF-1.7\n")
	kids, names, procs, widths, codes := "", "", "", "", ""
	for i := range p.pages {
		kids += fmt.Sprintf("%d 0 R ", 8+2*i)
	}
	for i, r := range p.letters {
		wide, glyph := 1000, "7 0 R"
		if r < 0x80 {
			wide, glyph = 500, "6 0 R"
		}
		names, procs, widths = names+fmt.Sprintf("/g%d ", i), procs+fmt.Sprintf("/g%d %s ", i, glyph), widths+fmt.Sprintf("%d ", wide)
		codes += fmt.Sprintf("<%02x> <%x>\n", i+1, wideBytes(string(r)))
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [ %s] /Count %d >>", kids, len(p.pages)))
	object(fmt.Sprintf("<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 1000 800] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1 /LastChar %d /Widths [ %s] /Encoding << /Differences [1 %s] >> /CharProcs << %s >> /Resources << >> /ToUnicode 5 0 R >>",
		len(p.letters), widths, names, procs))
	object("<< /Producer (x) " + p.info + " >>")
	stream("", "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n1 begincodespacerange <00> <ff> endcodespacerange\n"+
		fmt.Sprint(len(p.letters))+" beginbfchar\n"+codes+"endbfchar\nendcmap end end")
	stream("", "500 0 50 -100 450 750 d1 50 0 100 700 re 250 0 100 700 re f")
	stream("", "1000 0 50 -100 950 750 d1 50 0 300 700 re 500 -50 100 800 re 800 0 100 700 re f")
	for _, page := range p.pages {
		note := ""
		if p.note != "" {
			note = fmt.Sprintf("/Annots [ << /Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents <feff%x> >> ]", wideBytes(p.note))
		}
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /C 3 0 R >> >> /Contents %d 0 R %s >>", len(at)+2, note))
		stream("", page)
	}
	start := buf.Len()
	fmt.Fprintf(&buf, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&buf, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&buf, "trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return buf.Bytes()
}

func wideBytes(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return b
}

// tells fails if the bytes of a PDF, every stream unpacked, hold one of the values
// in any way PDFs write text.
func tells(t *testing.T, data []byte, values ...string) {
	t.Helper()
	all := [][]byte{data}
	for rest := data; ; {
		i := bytes.Index(rest, []byte("stream\n"))
		if i < 0 {
			break
		}
		rest = rest[i+7:]
		z, err := zlib.NewReader(bytes.NewReader(rest))
		if err != nil {
			continue
		}
		plain, err := io.ReadAll(z)
		if err != nil {
			continue
		}
		var text []byte
		for _, piece := range strings.FieldsFunc(string(plain), func(r rune) bool { return r == '<' || r == '>' }) {
			if one, err := hex.DecodeString(piece); err == nil {
				text = append(text, one...)
			}
		}
		all = append(all, plain, text)
	}
	for i, v := range values {
		for _, form := range [][]byte{[]byte(v), wideBytes(v), []byte(hex.EncodeToString(wideBytes(v)))} {
			if slices.ContainsFunc(all, func(b []byte) bool { return bytes.Contains(b, form) }) {
				t.Errorf("the copy still tells value %d", i)
			}
		}
	}
}

func TestAListInAPDFIsMaskedPageByPage(t *testing.T) {
	p := &printer{}
	values := []string{}
	for page := range 2 {
		p.page()
		p.write(60, 780, "示例市明镜区临时救助对象公示")
		p.write(60, 740, "局长李四要求做好公示。")
		rows := [][]string{{"姓名", "身份证号", "联系电话"}}
		for i, name := range []string{"李四", "钱小五", "孙六"} {
			id, phone := identity(3+i+5*page, 40+i), mobile(60+i+5*page)
			values = append(values, id, phone, id[2:15], phone[3:7]+phone[7:])
			rows = append(rows, []string{name, id, phone})
		}
		p.list(700, rows...)
	}
	p.write(60, 500, "另有申请人身份证号：")
	cut := identity(20, 99)
	p.write(200, 500, cut[:8])
	p.write(248, 500, cut[8:])
	p.info = fmt.Sprintf("/Title <feff%x> /Author (Wang Wu)", wideBytes("名单"+cut))
	p.note = "核对" + cut
	values = append(values, cut, "核对")
	data := p.bytes(t)

	m := make_(t, "名单.pdf", data, masking.Options{})
	tells(t, m.Data, values...)
	tells(t, m.Data, "钱小五", "孙六", "Wang Wu")
	if len(m.Left) != 0 {
		t.Errorf("the second inspection still finds %+v", m.Left)
	}
	d, err := reader().Read(t.Context(), "名单.pdf", m.Data)
	if err != nil {
		t.Fatal(err)
	}
	got := d.Text()
	for _, want := range []string{"局长李四要求做好公示", "李*", "钱**", "孙*", "姓名", cut[:2] + "*************" + cut[15:]} {
		if !strings.Contains(strings.Join(strings.Fields(got), ""), want) {
			t.Errorf("the copy does not say %s:\n%s", want, got)
		}
	}
	if d.Pages != 2 || m.Drawn != 2 || m.Kind != document.KindPDF || len(m.Blind) != 0 {
		t.Errorf("copy of %d pages, %d drawn, %d unread, kind %s", d.Pages, m.Drawn, len(m.Blind), m.Kind)
	}
	for _, want := range []string{"批注", "作者等文件属性"} {
		if !slices.Contains(m.Cleaned, want) {
			t.Errorf("Cleaned = %v, want %s in it", m.Cleaned, want)
		}
	}
	for _, e := range m.Edits {
		if slices.Contains(values, e.Was) {
			t.Errorf("an edit shows the value it hides: %s", e.Rule)
		}
	}

	// What is masked once has nothing to mask.
	if _, err := masking.Make(context.Background(), reader(), masking.With(standard), "名单.pdf", m.Data, masking.Options{}); !errors.Is(err, fault.Invalid) || !strings.Contains(fault.Sentence(err), "没有需要隐去的内容") {
		t.Errorf("masking the copy again = %v, want nothing to do", err)
	}
}

func TestANumberOnlyInThePropertiesOfAPDFGoes(t *testing.T) {
	id := identity(6, 51)
	p := &printer{info: fmt.Sprintf("/Subject <feff%x>", wideBytes("身份证号"+id)), note: "身份证号" + id}
	p.page()
	p.write(60, 700, "示例市明镜区召开会议。")
	m := make_(t, "a.pdf", p.bytes(t), masking.Options{})
	tells(t, m.Data, id, id[2:15])
	if len(m.Left) != 0 || !strings.Contains(text(t, "a.pdf", m.Data), "召开会议") {
		t.Errorf("left %+v, text %s", m.Left, text(t, "a.pdf", m.Data))
	}
}

func TestPDFsThatCannotBeCopiedSayWhatToDo(t *testing.T) {
	scan := &printer{}
	scan.page()
	scan.draw("0.5 g 60 600 400 20 re f\n")
	for _, tt := range []struct {
		name, words string
		data        []byte
	}{
		{"pictures without text", "没有可检索的文字", scan.bytes(t)},
		{"damaged", "已损坏", []byte("%PDF-1.7\nnothing")},
	} {
		_, err := masking.Make(context.Background(), reader(), masking.With(standard), "a.pdf", tt.data, masking.Options{Clean: true})
		if !errors.Is(err, fault.Invalid) || !strings.Contains(fault.Sentence(err), tt.words) {
			t.Errorf("Make(%s) = %v, want a refusal that says %s", tt.name, err, tt.words)
		}
	}
}
