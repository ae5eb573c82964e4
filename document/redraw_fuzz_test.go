package document

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

// ofdTelling is a file of the national layout format with a number in two texts,
// drawn with glyphs, and in everything beside the page.
func ofdTelling() []byte {
	const space = ` xmlns:ofd="http://www.ofdspec.org/2016"`
	half := func(x, s string) string {
		return `<ofd:TextObject Boundary="` + x + ` 40 90 6" Size="5"><ofd:CGTransform CodePosition="0" CodeCount="9" GlyphCount="9"><ofd:Glyphs>1 2 3 4 5 6 7 8 9</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="5" DeltaX="g 8 5">` + s + `</ofd:TextCode></ofd:TextObject>`
	}
	return zipped(
		"OFD.xml", `<ofd:OFD`+space+`><ofd:DocBody><ofd:DocInfo><ofd:Title>`+someNumber+`</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
		"Doc_0/Document.xml", `<ofd:Document`+space+`><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Content.xml"/></ofd:Pages><ofd:CustomTags>`+someNumber+`</ofd:CustomTags></ofd:Document>`,
		"Doc_0/Pages/Content.xml", `<ofd:Page`+space+`><ofd:Content><ofd:Layer>`+half("20", someNumber[:9])+half("65", someNumber[9:])+`</ofd:Layer></ofd:Content></ofd:Page>`,
		"Doc_0/more.xml", `<x>`+someNumber+`</x>`)
}

// FuzzACopyTellsNothing: whatever a file is like, there is a copy that does not tell
// the number, or a refusal that says what to do.
func FuzzACopyTellsNothing(f *testing.F) {
	f.Add(pdf(show(72, 700, 0, "Number: "+someNumber), show(72, 600, 3, someNumber)))
	f.Add(pdf("%note\n" + show(72, 700, 0, someNumber[:9]) + show(132, 700, 0, someNumber[9:])))
	f.Add(ofdTelling())
	f.Add(ofd("示例市明镜区民政局", 42.0, 40.0, 7.0))
	f.Add([]byte("%PDF-1.4\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lim := pdfLimits()
		lim.MaxTime, lim.MaxPages = 3*time.Second, 5
		made, err := Redraw(context.Background(), data, []Cover{{Was: someNumber, Now: someMask}}, lim)
		if err != nil {
			if made.Data != nil || !strings.Contains(err.Error(), "。") {
				t.Errorf("Redraw = %d bytes, %v; want no copy and what to do", len(made.Data), err)
			}
			return
		}
		if bytes.Contains(made.Data, []byte(someNumber)) {
			t.Error("the copy tells the number")
		}
		d, err := Read(context.Background(), "copy", made.Data, lim)
		if err != nil {
			return // a page without words
		}
		for _, p := range d.Parts {
			if strings.Contains(bareText(p.Text), someNumber) {
				t.Errorf("part %s of the copy tells the number", p.Name)
			}
		}
	})
}

func TestAnOFDCopyThatWouldTellIsRefused(t *testing.T) {
	cover := everywhere(someNumber)
	made := redraw(t, ofdTelling(), cover...)
	d := mustRead(t, "a.ofd", made.Data)
	same(t, "text", bareText(partText(t, d, PartDocument)), someMask)
	if len(d.Parts) != 1 {
		t.Errorf("parts = %v, want the page alone", partNames(d))
	}
	for _, tt := range []struct {
		name  string
		data  []byte
		words string
	}{
		{"a number that is on no page", ofd("示例市明镜区民政局", 42.0, 40.0, 7.0), "找不到它在页面上的位置"},
		{"a number in an element nobody expects", bytesReplaced(ofdTelling(), `<ofd:Layer>`, `<ofd:Layer Name="`+someNumber+`">`), "找不到它在页面上的位置"},
		{"under a key", zipped("OFD.xml", "<x/>", "Encryptions.xml", "<x/>"), "打开密码"},
		{"without a page", zipped("OFD.xml", `<o xmlns:ofd="http://www.ofdspec.org/2016"/>`), "没有"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			made, err := Redraw(context.Background(), tt.data, cover, Limits{})
			refused(t, err, tt.words)
			if made.Data != nil {
				t.Error("there is a copy all the same")
			}
		})
	}
}

// bytesReplaced changes the entries of an archive.
func bytesReplaced(data []byte, old, with string) []byte {
	b := newBudget(context.Background(), Limits{}.or())
	a, err := openArchive(b, KindOFD, data)
	if err != nil {
		panic(err)
	}
	var pairs []string
	for _, name := range a.names {
		src, err := a.bytes(name, 1<<20)
		if err != nil {
			panic(err)
		}
		pairs = append(pairs, a.files[name].Name, strings.ReplaceAll(string(src), old, with))
	}
	return zipped(pairs...)
}
