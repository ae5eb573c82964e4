package engine

import (
	"bytes"
	"io"

	"golang.org/x/net/html/charset"

	"gongkai/document"
	"gongkai/inspection/completeness"
	"gongkai/inspection/rule"
)

// AddPage gives a file the build of the web page it was read from; other kinds of
// file are left as they are.
func AddPage(f *rule.File, d document.Doc, data []byte) {
	if d.Kind != document.KindHTML {
		return
	}
	r, err := charset.NewReader(bytes.NewReader(data), "text/html")
	if err != nil {
		return
	}
	if page, err := io.ReadAll(r); err == nil {
		f.Page = completeness.PageOf(string(page))
	}
}
