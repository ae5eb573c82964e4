package document

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// Kind is what a file is, judged by its content.
type Kind string

// The kinds of file the program tells apart.
const (
	KindDocx     Kind = "docx"
	KindXlsx     Kind = "xlsx"
	KindPDF      Kind = "pdf"
	KindHTML     Kind = "html"
	KindText     Kind = "txt"
	KindMarkdown Kind = "md"
	KindDoc      Kind = "doc" // Word 97–2003 and the WPS files of the same form
	KindXls      Kind = "xls" // Excel 97–2003 and the WPS files of the same form
	KindPpt      Kind = "ppt" // PowerPoint 97–2003 and the WPS files of the same form
	KindPptx     Kind = "pptx"
	KindODT      Kind = "odt" // OpenDocument: text, sheets, slides
	KindODS      Kind = "ods"
	KindODP      Kind = "odp"
	KindOFD      Kind = "ofd" // the national layout format, GB/T 33190
	KindPNG      Kind = "png"
	KindJPEG     Kind = "jpeg"
	KindGIF      Kind = "gif"
	KindWebP     Kind = "webp"
	KindZip      Kind = "zip"
	KindRTF      Kind = "rtf" // often under the name .doc
	KindOLE      Kind = "ole" // an old Office file that is no document, workbook or presentation
	KindUnknown  Kind = "unknown"
)

// MediaType returns the type to send with a file of this kind.
func (k Kind) MediaType() string {
	switch k {
	case KindDocx:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case KindXlsx:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case KindPDF:
		return "application/pdf"
	case KindHTML:
		return "text/html; charset=utf-8"
	case KindText, KindMarkdown:
		return "text/plain; charset=utf-8"
	case KindDoc:
		return "application/msword"
	case KindXls:
		return "application/vnd.ms-excel"
	case KindPptx:
		return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	case KindPpt:
		return "application/vnd.ms-powerpoint"
	case KindODT:
		return openDocument + "text"
	case KindODS:
		return openDocument + "spreadsheet"
	case KindODP:
		return openDocument + "presentation"
	case KindOFD:
		return "application/ofd"
	case KindPNG, KindJPEG, KindGIF, KindWebP:
		return "image/" + string(k)
	case KindRTF:
		return "application/rtf"
	case KindZip:
		return "application/zip"
	}
	return "application/octet-stream"
}

// Name returns the kind in the words shown beside a download.
func (k Kind) Name() string {
	switch k {
	case KindDocx, KindDoc:
		return "Word 文档"
	case KindRTF:
		return "RTF 文档"
	case KindPptx, KindPpt, KindODP:
		return "演示文稿"
	case KindODT:
		return "ODT 文档"
	case KindODS:
		return "ODS 表格"
	case KindXlsx, KindXls:
		return "Excel 表格"
	case KindPDF:
		return "PDF 文档"
	case KindHTML:
		return "网页"
	case KindText, KindMarkdown:
		return "文本"
	case KindOFD:
		return "OFD 版式文件"
	case KindPNG, KindJPEG, KindGIF, KindWebP:
		return "图片"
	case KindZip:
		return "压缩包"
	case KindOLE:
		return "旧版 Office 文件"
	}
	return "其他文件"
}

// Image reports whether the kind is a picture that browsers show.
func (k Kind) Image() bool {
	switch k {
	case KindPNG, KindJPEG, KindGIF, KindWebP:
		return true
	}
	return false
}

// Office reports whether the kind is read in a process of its own.
func (k Kind) Office() bool {
	switch k {
	case KindDocx, KindXlsx, KindPDF, KindDoc, KindXls, KindOFD, KindPptx, KindPpt, KindODT, KindODS, KindODP, KindRTF:
		return true
	}
	return false
}

// KindOf judges a file by its content. The name is only asked to tell Markdown
// from plain text.
func KindOf(name string, data []byte) Kind {
	if k := imageKind(data); k != KindUnknown {
		return k
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return zipKind(data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return oleKind(data)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return KindPDF
	}
	if len(data) == 0 {
		return KindText
	}
	if bytes.HasPrefix(data, []byte(`{\rtf`)) {
		return KindRTF
	}
	if !looksLikeText(data) {
		return KindUnknown
	}
	head := strings.ToLower(decodeHead(data))
	if looksLikeHTML(head) {
		return KindHTML
	}
	if marked := strings.TrimLeft(head, "\ufeff \t\r\n"); strings.HasPrefix(marked, "<?xml") || strings.HasPrefix(marked, "mime-version:") {
		return KindUnknown // XML of some kind, or a page saved as a letter
	}
	lower := strings.ToLower(name)
	if strings.HasSuffix(lower, ".md") || strings.HasSuffix(lower, ".markdown") {
		return KindMarkdown
	}
	return KindText
}

func imageKind(data []byte) Kind {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return KindPNG
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return KindJPEG
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return KindGIF
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return KindWebP
	}
	return KindUnknown
}

// zipKind looks only at the directory of the archive; nothing is unpacked.
func zipKind(data []byte) Kind {
	if crowded(data) {
		return brokenZipKind(data)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return brokenZipKind(data)
	}
	for i, f := range z.File {
		if i > 5000 {
			break
		}
		switch name := strings.TrimPrefix(f.Name, "/"); name {
		case "word/document.xml", "word/document2.xml":
			return KindDocx
		case "xl/workbook.xml":
			return KindXlsx
		case "ppt/presentation.xml":
			return KindPptx
		case "mimetype":
			if k := odfKind(f); k != KindUnknown {
				return k
			}
		case "OFD.xml":
			return KindOFD
		default:
			if strings.HasPrefix(name, "ppt/slides/") {
				return KindPptx
			}
		}
	}
	return KindZip
}

// openDocument begins the types of OpenDocument files; those of templates go on with
// "-template".
const openDocument = "application/vnd.oasis.opendocument."

// odfKind reads the one line by which an OpenDocument file names itself.
func odfKind(f *zip.File) Kind {
	if f.UncompressedSize64 > 256 || f.CompressedSize64 > 256 {
		return KindUnknown
	}
	r, err := f.Open()
	if err != nil {
		return KindUnknown
	}
	defer r.Close()
	line := make([]byte, 128)
	n, _ := io.ReadFull(r, line)
	return odfType(string(line[:n]))
}

func odfType(line string) Kind {
	name, ok := strings.CutPrefix(line, openDocument)
	switch {
	case !ok:
	case strings.HasPrefix(name, "text"):
		return KindODT
	case strings.HasPrefix(name, "spreadsheet"):
		return KindODS
	case strings.HasPrefix(name, "presentation"):
		return KindODP
	}
	return KindUnknown
}

// brokenZipKind names an Office file whose directory is lost, so that the
// person learns that the Word file is damaged and not that it is "a zip".
func brokenZipKind(data []byte) Kind {
	head := data[:min(len(data), 64<<10)]
	switch {
	case bytes.Contains(head, []byte("word/")):
		return KindDocx
	case bytes.Contains(head, []byte("xl/")):
		return KindXlsx
	case bytes.Contains(head, []byte("ppt/")):
		return KindPptx
	case bytes.HasPrefix(head[min(len(head), 30):], []byte("mimetype"+openDocument)):
		return odfType(string(head[38:min(len(head), 128)]))
	case bytes.Contains(head, []byte("OFD.xml")):
		return KindOFD
	}
	return KindZip
}

func looksLikeHTML(head string) bool {
	head = strings.TrimLeft(head, "\ufeff \t\r\n\u3000")
	for strings.HasPrefix(head, "<!--") {
		end := strings.Index(head, "-->")
		if end < 0 {
			return false
		}
		head = strings.TrimLeft(head[end+3:], " \t\r\n")
	}
	if strings.HasPrefix(head, "<?xml") {
		if end := strings.Index(head, "?>"); end >= 0 {
			head = strings.TrimLeft(head[end+2:], " \t\r\n")
		}
	}
	for _, p := range []string{"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<div", "<p>", "<p ", "<table", "<h1", "<h2", "<h3", "<article", "<section", "<main", "<span", "<ul", "<ol", "<center", "<font", "<style", "<script", "<link"} {
		if strings.HasPrefix(head, p) {
			return true
		}
	}
	return false
}

// looksLikeText refuses content with control characters that no text has.
// UTF-16 is recognised by its byte order mark or by where its zeros stand.
func looksLikeText(data []byte) bool {
	if utf16Order(data) != nil {
		return true
	}
	head := data[:min(len(data), 8<<10)]
	bad := 0
	for _, b := range head {
		if b == 0 {
			return false
		}
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b && b != 0x0b {
			bad++
		}
	}
	if bad*50 > len(head) {
		return false
	}
	return mostlyUTF8(trimPartial(head)) || plausibleGB18030(head)
}
