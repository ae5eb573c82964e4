package readingtest

import "strings"

// PDFOf prints lines of text on a page each, for the fuzzer: what stands before
// a tab is set at the left margin, what follows further right.
func PDFOf(pages ...string) []byte {
	p := &printer{}
	for _, page := range pages {
		p.pages = append(p.pages, &strings.Builder{})
		p.y = pageHeight - margin
		for _, l := range strings.Split(page, "\n") {
			for i, cell := range strings.Split(l, "\t") {
				p.put(margin+float64(i)*45, p.y, cellSize, cell)
			}
			p.y -= cellSize * 1.5
		}
	}
	return bound(p.pages)
}
