package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
)

// The PDF engine runs as WebAssembly: it sees no files and no network, and its
// memory has a bound of its own. Compiling it takes seconds, so one pool serves
// the process, and a cache folder keeps the compiled code for the next one.
var pdfEngines struct {
	sync.Mutex
	byDir map[string]pdfium.Pool
}

const pdfMemoryPages = 8192 // of 64 KiB: half a gigabyte

func pdfEngine(cacheDir string) (pdfium.Pool, error) {
	pdfEngines.Lock()
	defer pdfEngines.Unlock()
	if p, ok := pdfEngines.byDir[cacheDir]; ok {
		return p, nil
	}
	cache := wazero.NewCompilationCache()
	if cacheDir != "" {
		var err error
		if cache, err = wazero.NewCompilationCacheWithDir(cacheDir); err != nil {
			return nil, err
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: 2,
		FSConfig: wazero.NewFSConfig(),
		Stdout:   io.Discard,
		Stderr:   io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCompilationCache(cache).
			WithCloseOnContextDone(true).WithMemoryLimitPages(pdfMemoryPages),
	})
	if err != nil {
		return nil, err
	}
	if pdfEngines.byDir == nil {
		pdfEngines.byDir = map[string]pdfium.Pool{}
	}
	pdfEngines.byDir[cacheDir] = pool
	return pool, nil
}

// A pdfFile is one PDF being read.
type pdfFile struct {
	b     *budget
	d     *Doc
	api   pdfium.Pdfium
	doc   references.FPDF_DOCUMENT
	pages []pdfPage
	blank int // pages without text

	comments []pdfUnseen
	unseen   []pdfUnseen
	seen     bool // there is text people see
	attached []pdfAttached
	redrawn  bool // a copy of ours, whose text is no recogniser's
	unread   int  // attached files that could not be taken out
}

// A pdfPage is the lines of one page.
type pdfPage struct {
	number        int
	width, height float64
	lines         []pdfLine
}

func readPDF(b *budget, d *Doc, data []byte) error {
	engine, err := pdfEngine(b.lim.CacheDir)
	if err != nil {
		return err
	}
	api, err := engine.GetInstanceWithContext(b.ctx)
	if err != nil {
		return errors.Join(tooSlow(), err)
	}
	f := &pdfFile{b: b, d: d, api: api}
	if err = errors.New("the PDF engine cannot be given a context"); useContext(api, b.ctx) {
		err = f.read(data)
	}
	// The engine is given back before attached files are read: they may want it.
	_ = api.Close()
	if late := b.alive(); late != nil {
		err = late
	}
	if err != nil {
		return failure(KindPDF, err)
	}
	for _, a := range f.attached {
		if !d.embed(b, a.name, a.data) {
			f.unread++
		}
	}
	notePackage(d, 0, f.unread, 0)
	return b.alive()
}

// useContext makes calls into the engine end with ctx. The library gives its
// instances a context of their own and ends them only from another goroutine,
// which races with the call that is to be ended; the field it keeps the context
// in can be set before the first call.
func useContext(api pdfium.Pdfium, ctx context.Context) bool {
	v := reflect.ValueOf(api.GetImplementation())
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return false
	}
	field := v.Elem().FieldByName("Context")
	if !field.IsValid() || !field.CanSet() || !reflect.TypeOf(ctx).AssignableTo(field.Type()) {
		return false
	}
	field.Set(reflect.ValueOf(ctx))
	return true
}

func (f *pdfFile) read(data []byte) error {
	opened, err := f.api.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return openingPDF(err)
	}
	f.doc, f.redrawn = opened.Document, bytes.Contains(data, []byte(blankFont))
	count, err := f.api.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: f.doc})
	if err != nil {
		return err
	}
	if f.d.Pages = count.PageCount; f.d.Pages > f.b.lim.MaxPages {
		return tooManyPages(f.d.Pages, f.b.lim.MaxPages)
	}
	for i := range f.d.Pages {
		if err := f.page(i); err != nil {
			return err
		}
	}
	f.properties()
	f.attachments()
	f.report()
	if f.blank == f.d.Pages {
		return scanned()
	}
	if err := f.former(data); err != nil {
		return err
	}
	f.d.Blocks = f.blocks()
	sweep := &pdfSweep{b: f.b, d: f.d, known: map[string]bool{}}
	for _, c := range f.comments {
		sweep.known[c.text] = true
	}
	for _, m := range f.d.Meta {
		sweep.known[m.Value] = true
	}
	return sweep.file(data)
}

// openingPDF is the refusal of a file the engine does not open.
func openingPDF(err error) error {
	if errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity) {
		return encrypted(KindPDF)
	}
	return damaged(KindPDF)
}

// page reads one page. A page the engine cannot load is noted and left out.
func (f *pdfFile) page(i int) error {
	if err := f.b.alive(); err != nil {
		return err
	}
	loaded, err := f.api.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: f.doc, Index: i})
	if err != nil {
		if err := f.b.alive(); err != nil {
			return err
		}
		f.blank++
		f.d.note(NoteDamaged, 1, "第"+strconv.Itoa(i+1)+"页", "第"+strconv.Itoa(i+1)+"页已损坏，未能读取，其余页不受影响。")
		return nil
	}
	ref := requests.Page{ByReference: &loaded.Page}
	defer f.api.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	p := pdfPage{number: i + 1}
	if size, err := f.api.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: f.doc, Index: i}); err == nil {
		p.width, p.height = size.Width, size.Height
	}
	text, err := f.api.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return err
	}
	defer f.api.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	chars, err := f.chars(text.TextPage)
	if err != nil {
		return err
	}
	rules, err := f.objects(ref, text.TextPage, p)
	if err != nil {
		return err
	}
	p.lines = flow(chars, rules, i+1)
	if len(p.lines) == 0 {
		f.blank++
	}
	f.pages = append(f.pages, p)
	f.annotations(ref, i+1)
	return f.b.alive()
}

// A pdfChar is one character with its box; y grows upwards.
type pdfChar struct {
	r              rune
	at             int // among the characters of the page
	x0, x1, y0, y1 float64
	size           float64
	made           bool // put in by the engine: a gap or a line end
	bold           bool
}

func (f *pdfFile) chars(page references.FPDF_TEXTPAGE) ([]pdfChar, error) {
	count, err := f.api.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: page})
	if err != nil {
		return nil, err
	}
	var out []pdfChar
	high := rune(0)
	bold := false
	for i := range count.Count {
		if i&0xff == 0 {
			if err := f.b.alive(); err != nil {
				return nil, err
			}
		}
		u, err := f.api.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page, Index: i})
		if err != nil {
			return nil, err
		}
		r := rune(u.Unicode)
		switch {
		case r >= 0xd800 && r < 0xdc00: // the engine hands out UTF-16
			high = r
			continue
		case r >= 0xdc00 && r < 0xe000 && high != 0:
			r = (high-0xd800)<<10 | (r - 0xdc00) + 0x10000
		case r >= 0xdc00 && r < 0xe000 || r == 0 || r == 0xfffe:
			continue
		}
		high = 0
		c := pdfChar{r: r, at: i}
		if r == '\r' || r == '\n' {
			c.made = true
			out = append(out, c)
			continue
		}
		box, err := f.api.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: i})
		if err == nil {
			c.x0, c.x1, c.y0, c.y1 = float64(box.Rect.Left), float64(box.Rect.Right), float64(box.Rect.Bottom), float64(box.Rect.Top)
		} else if f.b.alive() != nil {
			return nil, err
		}
		if c.y1-c.y0 > 60 { // upright text in a lying font has boxes of its own kind
			if tight, err := f.api.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: page, Index: i}); err == nil && tight.Top > tight.Bottom {
				c.x0, c.x1, c.y0, c.y1 = tight.Left, tight.Right, tight.Bottom, tight.Top
			}
		}
		if r == ' ' { // the engine makes up nothing but gaps and line ends
			if g, err := f.api.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: page, Index: i}); err == nil {
				c.made = g.IsGenerated
			}
		}
		if n := len(out); n == 0 || out[n-1].made || i%16 == 0 {
			if font, err := f.api.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: page, Index: i}); err == nil {
				name := strings.ToLower(font.FontName)
				bold = strings.Contains(name, "bold") || strings.Contains(name, "heavy") || displayFace(name)
			}
		}
		c.bold = bold
		c.size = c.y1 - c.y0
		out = append(out, c)
	}
	return out, nil
}

// annotations keeps what was written onto the page.
func (f *pdfFile) annotations(page requests.Page, number int) {
	count, err := f.api.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
	if err != nil {
		return
	}
	for i := range min(count.Count, 500) {
		a, err := f.api.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: page, Index: i})
		if err != nil {
			continue
		}
		kind, err := f.api.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a.Annotation})
		if err == nil && kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_LINK && kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_POPUP {
			if v, err := f.api.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a.Annotation, Key: "Contents"}); err == nil {
				if s := collapse(v.Value); s != "" && len(f.comments) < 2000 && f.b.addText(s) == nil {
					f.comments = append(f.comments, pdfUnseen{s, number})
				}
			}
		}
		_, _ = f.api.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation})
	}
}

// objects collects the rules drawn on a page and looks for text that nobody sees.
// A scanned page with the text of a recogniser behind it is all invisible and no
// secret.
func (f *pdfFile) objects(page requests.Page, text references.FPDF_TEXTPAGE, p pdfPage) (rules []pdfRule, err error) {
	on, err := f.gather(page, text)
	if err != nil {
		return nil, err
	}
	sheet := pdfBox{0, 0, p.width, p.height}
	if box, err := f.api.FPDFPage_GetMediaBox(&requests.FPDFPage_GetMediaBox{Page: page}); err == nil {
		sheet = pdfBox{float64(box.Left), float64(box.Bottom), float64(box.Right), float64(box.Top)}
	}
	f.unseenOf(on.texts, on.paints, sheet, p.number)
	return on.rules, nil
}

// pdfObjects is what a page draws.
type pdfObjects struct {
	rules  []pdfRule
	texts  []pdfShown
	paints []pdfPaint
	images []pdfBox
}

func (f *pdfFile) gather(page requests.Page, text references.FPDF_TEXTPAGE) (on pdfObjects, err error) {
	count, err := f.api.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return on, f.b.alive()
	}
	segments := maxSegments
	for i := range min(count.Count, 5000) {
		if i&0x3f == 0 {
			if err := f.b.alive(); err != nil {
				return on, err
			}
		}
		o, err := f.api.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			continue
		}
		kind, err := f.api.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject})
		if err != nil {
			continue
		}
		switch kind.Type {
		case enums.FPDF_PAGEOBJ_PATH:
			on.rules = append(on.rules, f.rules(o.PageObject, &segments)...)
			fallthrough
		case enums.FPDF_PAGEOBJ_IMAGE:
			area, ok := f.paint(o.PageObject, kind.Type, i)
			if ok && len(on.paints) < 500 {
				on.paints = append(on.paints, area)
			}
			if kind.Type == enums.FPDF_PAGEOBJ_IMAGE && len(on.images) < 500 {
				on.images = append(on.images, area.pdfBox)
			}
		case enums.FPDF_PAGEOBJ_TEXT:
			if t, ok := f.shown(o.PageObject, text, i); ok {
				on.texts = append(on.texts, t)
			}
		}
	}
	return on, nil
}

// shown returns a piece of text as it is drawn.
func (f *pdfFile) shown(o references.FPDF_PAGEOBJECT, text references.FPDF_TEXTPAGE, order int) (t pdfShown, ok bool) {
	mode, err := f.api.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: o})
	if err != nil {
		return t, false
	}
	t.order, t.invisible = order, mode.TextRenderMode == enums.FPDF_TEXTRENDERMODE_INVISIBLE
	if t.pdfBox, ok = f.boxOf(o); !ok {
		return t, false
	}
	if t.y1-t.y0 < 1 { // a face the engine has no letters of: they stand on the line
		size, err := f.api.FPDFTextObj_GetFontSize(&requests.FPDFTextObj_GetFontSize{PageObject: o})
		m, err2 := f.api.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: o})
		if err == nil && err2 == nil {
			t.y1 += 0.7 * float64(size.FontSize) * math.Abs(float64(m.Matrix.D))
		}
	}
	t.white, _ = f.whiteness(o)
	if v, err := f.api.FPDFTextObj_GetText(&requests.FPDFTextObj_GetText{PageObject: o, TextPage: text}); err == nil {
		t.text = collapse(v.Text)
	}
	return t, true
}

func (f *pdfFile) properties() {
	for _, tag := range []string{"Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate"} {
		if v, err := f.api.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: f.doc, Tag: tag}); err == nil {
			if s := collapse(v.Value); s != "" && len(s) < 4096 {
				f.d.Meta = append(f.d.Meta, Property{tag, s})
			}
		}
	}
}

func (f *pdfFile) report() {
	if n := len(f.comments); n > 0 {
		f.d.addUnseen(PartComment, f.comments)
		f.d.note(NoteComment, n, PartComment, "PDF 中有 "+strconv.Itoa(n)+" 条批注，打开文件的人都能看到。公开前请删除批注。")
	}
	if n := len(f.unseen); n > 0 && f.seen {
		f.d.addUnseen(PartHidden, f.unseen)
		f.d.note(NoteHidden, n, PartHidden, "PDF 中有 "+strconv.Itoa(n)+" 处看不见的文字，可以被选中和复制。公开前请核对并删除。")
	} else if n > 0 && !f.redrawn {
		f.d.note(NoteNoText, f.d.Pages, "", "这份 PDF 是扫描件，文字由软件识别，可能有错字。请对照原件校核。")
	}
	if f.blank > 0 && f.blank < f.d.Pages {
		f.d.note(NoteNoText, f.blank, "", "有 "+strconv.Itoa(f.blank)+" 页没有可检索的文字（可能是扫描的图片），请补充文字内容。")
	}
	if n, err := f.api.FPDFDoc_GetJavaScriptActionCount(&requests.FPDFDoc_GetJavaScriptActionCount{Document: f.doc}); err == nil && n.JavaScriptActionCount > 0 {
		f.d.note(NoteMacro, n.JavaScriptActionCount, "", "PDF 带有脚本程序。系统没有运行它；公开前请重新导出不带脚本的 PDF。")
	}
}

// WarmPDF compiles the PDF engine into the cache folder, so that the first
// upload does not wait for it.
func WarmPDF(ctx context.Context, cacheDir string) error {
	engine, err := pdfEngine(cacheDir)
	if err != nil {
		return err
	}
	api, err := engine.GetInstanceWithContext(ctx)
	if err != nil {
		return err
	}
	return api.Close()
}
