package document

import (
	"context"
	"encoding/binary"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"gongkai/internal/fault"
)

// Slides, rich text and OpenDocument made to hurt.
func TestHostileSlidesAndTextsEndInASentence(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: large hostile files; the full run reads them")
	}
	// A child process has a limit of its own, so that what counts is what is needed and
	// not how far a busy machine lets its collector fall behind.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(most))
	rtf := func(body string) func() []byte { return func() []byte { return []byte(rtfHead + body) } }
	times := strings.Repeat
	slide := func(shapes string, more ...string) func() []byte {
		return func() []byte { return slides([]slideFile{{shapes: shapes}}, more...) }
	}
	open := func(kind, styles, body string, more ...string) func() []byte {
		return func() []byte { return odf(kind, styles, body, more...) }
	}
	cell := `<table:table-cell table:number-columns-repeated="16384"><text:p>甲乙丙丁</text:p></table:table-cell>`
	for _, tt := range []struct {
		name  string
		data  func() []byte
		words string // of the sentence; "" if it may also be read
	}{
		{"a hundred thousand groups in groups", slide(times(`<p:grpSp>`, 100_000) + times(`</p:grpSp>`, 100_000)), "嵌套"},
		{"two hundred thousand shapes", slide(times(box("", "", "", "甲"), 200_000)), ""},
		{"a table of two million cells", slide(`<p:graphicFrame><a:graphic><a:graphicData><a:tbl>` + times(`<a:tr>`+times(`<a:tc gridSpan="2147483647" rowSpan="2147483647"><a:txBody/></a:tc>`, 1000)+`</a:tr>`, 1500) + `</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`), "请"},
		{"three thousand slides", func() []byte { return slides(make([]slideFile, 3000)) }, "幻灯片"},
		{"a hundred thousand mentions of one slide", func() []byte {
			return rewritten(slides([]slideFile{{shapes: box("", "", "", times("甲", 10_000))}}), map[string]string{"ppt/presentation.xml": `<p:presentation ` + slideSpaces + `><p:sldIdLst>` + times(`<p:sldId id="1" r:id="s1"/>`, 100_000) + `</p:sldIdLst></p:presentation>`})
		}, ""},
		{"three hundred thousand comments", func() []byte {
			return slides([]slideFile{{shapes: box("", "", "", "甲"), rels: `<Relationship Id="c" Type="KIND/comments" Target="../c.xml"/>`}}, "ppt/c.xml", `<p:cmLst SPACES>`+times(`<p:cm authorId="0"><p:text>批注</p:text></p:cm>`, 300_000)+`</p:cmLst>`)
		}, ""},
		{"slides that unpack to a gigabyte", slide(box("", "", "", "甲"), "ppt/media/a.xml", times(" ", 300<<20)), "请"},

		{"braces without end", func() []byte { return []byte(rtfHead + times("{", 30<<20)) }, "嵌套"},
		{"two million paragraphs", rtf(times(`a\par `, 2_000_000)), "请"},
		{"two million empty paragraphs", rtf("a" + times(`\par`, 2_000_000)), ""},
		{"eight million changes of style", rtf(times(`a\b b\b0 `, 4_000_000)), "请"},
		{"a million cells", rtf(times(`\intbl a\cell`, 1_000_000) + `\row`), "请"},
		{"rows that say more of their cells than they have", rtf(times(`\trowd`+times(`\cellx1`, 3000)+`\intbl\cell\row`, 2000) + "a"), ""},
		{"a million rows of other edges", func() []byte {
			var s strings.Builder
			for i := range 400_000 {
				fmt.Fprintf(&s, `\trowd\cellx%d\intbl a\cell\row`, i)
			}
			return []byte(rtfHead + s.String())
		}, ""},
		{"three million letters that come alone", rtf(times(`a{}`, 3_000_000)), ""},
		{"a million fonts", func() []byte {
			var s strings.Builder
			for i := range 1_000_000 {
				fmt.Fprintf(&s, `{\f%d\fcharset134 Times New Roman;}`, i)
			}
			return []byte(`{\rtf1{\fonttbl` + s.String() + `}a}`)
		}, ""},
		{"an object of thirty megabytes in digits", rtf(`{\object{\*\objdata ` + times("01050000", 6<<20) + `}}a`), ""},
		{"a picture of thirty megabytes in digits, begun a thousand times", rtf(times(`{\pict `+times("ff", 20_000)+`}`, 1000) + "a"), ""},
		{"bytes without end", rtf(`{\pict\bin2147483647 ` + times("x", 20<<20)), "没有文字"},
		{"a text of halves of characters", rtf(times(`\u-10180?`, 3_000_000) + "a"), ""},
		{"a character that replaces the rest", rtf(`\uc1000000\u20844` + times("x", 10<<20)), ""},
		{"twenty megabytes in a field", rtf(`{\field{\*\fldinst ` + times("甲", 7<<20) + `}{\fldrslt a}}`), ""},
		{"half a million footnotes", rtf(times(`a{\footnote b}`, 500_000)), ""},
		{"notes in notes", rtf(times(`a{\footnote `, 150) + times("}", 150)), ""},

		{"cells that stand for seventeen thousand million", open("spreadsheet", "", `<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">`+cell+`</table:table-row></table:table>`), "单元格"},
		{"rows beyond the last", open("spreadsheet", "", `<table:table table:name="a">`+times(`<table:table-row table:number-rows-repeated="2147483647"><table:table-cell/></table:table-row>`, 1000)+`<table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row></table:table>`), "单元格"},
		{"a long cell repeated", open("spreadsheet", "", `<table:table table:name="a"><table:table-row table:number-rows-repeated="5000"><table:table-cell table:number-columns-repeated="100"><text:p>`+times("甲", 10_000)+`</text:p></table:table-cell></table:table-row></table:table>`), "请"},
		{"rows of a text that stand for millions", open("text", "", `<table:table><table:table-row table:number-rows-repeated="10000000"><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row></table:table>`), "请"},
		{"a million columns of a text", open("text", "", `<table:table><table:table-row><table:table-cell table:number-columns-repeated="1000000"/></table:table-row></table:table>`), "单元格"},
		{"spaces that stand for a thousand million", open("text", "", `<text:p>`+times(`<text:s text:c="2147483647"/>`, 200_000)+`甲</text:p>`), "请"},
		{"a million paragraphs", open("text", "", times(`<text:p>a</text:p>`, 1_000_000)), "请"},
		{"styles that are each other's parents", open("text", `<style:style style:name="a" style:family="text" style:parent-style-name="b"/><style:style style:name="b" style:family="text" style:parent-style-name="a"/>`, times(`<text:p>`+times(`<text:span text:style-name="a">甲</text:span>`, 100)+`</text:p>`, 2000)), ""},
		{"lists in lists", open("text", "", times(`<text:list><text:list-item>`, 50_000)+`<text:p>甲</text:p>`+times(`</text:list-item></text:list>`, 50_000)), "嵌套"},
		{"a manifest of a gigabyte", open("text", "", `<text:p>甲</text:p>`, "META-INF/manifest.xml", times("x", 100<<20)), ""},
		{"two hundred thousand shapes on a hidden slide", open("presentation", `<style:style style:name="d" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>`, `<draw:page draw:style-name="d">`+times(`<draw:g><draw:rect><text:p>甲</text:p></draw:rect></draw:g>`, 200_000)+`</draw:page>`), ""},

		{"records in records without end", func() []byte {
			s := ""
			for range 2000 {
				s = rec(pptDocument, 0, true, s)
			}
			return compound(pptStream, s)
		}, "没有幻灯片"},
		{"seven million empty records", func() []byte { return compound(pptStream, times(rec(pptTextChars, 0, false), 7_000_000)) }, "请"},
		{"edits that lead to each other", func() []byte {
			s := rec(pptUserRef, 0, false, 0, 0, 1, 40, 1) // ends nowhere
			s += rec(pptUserRef, 0, false, 0, 0, len(s), 0, 1)
			return compound(pptStream, s, pptCurrent, rec(0x0ff6, 0, false, 20, 0, 28, 0, 0, 0))
		}, "没有幻灯片"},
		{"a list of all places there can be", func() []byte {
			var list []any
			for i := range 2000 {
				list = append(list, i*500|4095<<20, times("\x08\x00\x00\x00", 4095))
			}
			dir := rec(pptPersist, 0, false, list...)
			return compound(pptStream, pptSlideOf(0, pptShapeOf(1, "甲"))+dir+rec(pptUserRef, 0, false, 0, 0, 0, len(pptSlideOf(0, pptShapeOf(1, "甲"))), 1), pptCurrent, rec(0x0ff6, 0, false, 20, 0, len(pptSlideOf(0, pptShapeOf(1, "甲")))+len(dir), 0, 0, 0))
		}, ""},
		{"a million mentions of one slide", func() []byte {
			return oldSlides(nil, times(rec(pptPersistAtom, 0, false, 2, 0, 0, 256, 0), 500_000), pptSlideOf(0, pptShapeOf(1, times("甲", 10_000))))
		}, ""},
		{"paragraphs of one letter", func() []byte { return oldSlides(nil, "", pptSlideOf(0, pptShapeOf(1, times("a\r", 1_300_000)))) }, "请"},
		{"a table of half a million cells, each at a place of its own", func() []byte {
			var s strings.Builder
			for i := range 300_000 {
				s.WriteString(pptShapeOf(4, "甲", rec(artChildAnchor, 0, false, i, i, i+1, 1<<30)))
			}
			return oldSlides(nil, "", pptSlideOf(0, rec(artGroup, 0, true, rec(artShape, 0, true, rec(artMoreProps, 1, false, "\x9f\x03\x01\x00\x00\x00")), s.String())))
		}, ""},
		{"a file inside that unpacks to a gigabyte", func() []byte {
			return oldSlides(nil, "", pptSlideOf(0, pptShapeOf(1, "甲")), rec(pptObject, 1, false, 0, packed(times("x", 300<<20))))
		}, "请"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := tt.data()
			if int64(len(data)) > DefaultLimits.MaxBytes {
				t.Fatalf("the file itself has %d bytes and never gets to a reader", len(data))
			}
			var err error
			var d Doc
			start := time.Now()
			peak := held(func() { d, err = Read(context.Background(), "a", data, hostileLimits()) })
			took := time.Since(start)
			switch sentence := fault.Sentence(err); {
			case err == nil && tt.words != "":
				t.Errorf("read without a refusal, want %q; %d parts, notes %+v", tt.words, len(d.Parts), d.Notes)
			case err != nil && (sentence == "" || !strings.Contains(sentence, tt.words)):
				t.Errorf("error = %v, want a sentence with %q", err, tt.words)
			}
			if took > hostileLimits().MaxTime+5*time.Second {
				t.Errorf("took %v", took)
			}
			if peak > most {
				t.Errorf("held %d MB, want at most %d", peak>>20, most>>20)
			}
			t.Logf("%d KB, %v, %d MB: %v", len(data)>>10, took.Round(time.Millisecond), peak>>20, err)
		})
	}
}

// Files cut off or with bytes changed end in a sentence or are read as far as they
// are sound.
func TestDamagedSlidesAndTextsEndInASentence(t *testing.T) {
	files := map[string][]byte{"a.rtf": testdata(t, "text.rtf"), "a.odt": testdata(t, "text.odt"), "a.ods": testdata(t, "book.ods"), "a.odp": testdata(t, "deck.odp"),
		"a.pptx": gunzipped(t, "deck.pptx.gz"), "a.ppt": oldSlides([]string{pptSlideOf(0, pptShapeOf(1, "从前"))}, "", pptSlideOf(0, pptShapeOf(1, "甲")), pptSlideOf(4, pptShapeOf(0, "乙")))}
	for name, data := range files {
		for i := range 40 {
			cut := data[:len(data)*i/40]
			check := func(data []byte, how string) {
				d, err := Read(context.Background(), name, data, smallLimits)
				if err != nil && (fault.Sentence(err) == "" || strings.Contains(err.Error(), "panicked")) {
					t.Errorf("%s %s at %d of 40: %v", name, how, i, err)
				}
				if err == nil {
					checkDoc(t, d)
				}
			}
			check(cut, "cut off")
			changed := append([]byte(nil), data...)
			at := len(data)*i/40 + 7
			if at+4 < len(data) {
				binary.LittleEndian.PutUint32(changed[at:], 0xfffffff0)
			}
			check(changed, "changed")
		}
	}
}
