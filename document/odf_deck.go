package document

import "strings"

// slides reads the slides of a presentation.
func (f *odfFile) slides(x *xmlStream) error {
	return x.children(func(e element) error {
		switch e.name {
		case "page":
			s, err := f.slide(x, f.unseen("drawing-page", e.attr("style-name")))
			if err != nil {
				return err
			}
			return f.deck.add(s)
		case "header-decl", "footer-decl", "date-time-decl":
			text, err := x.text()
			f.foot.add(text)
			return err
		}
		return nil
	})
}

func (f *odfFile) slide(x *xmlStream, hidden bool) (slide, error) {
	s := slide{hidden: hidden}
	t := &odfText{odfFile: f, x: x}
	before := len(f.hidden)
	err := x.children(func(e element) error {
		switch e.name {
		case "notes":
			return x.children(func(e element) error {
				if c := e.attr("class"); e.name == "page-thumbnail" || c == "header" || c == "date-time" || c == "page-number" {
					return nil
				}
				return t.shape(e, &s.notes)
			})
		case "annotation":
			text, err := t.comment()
			s.comments = append(s.comments, text)
			return err
		}
		to := &s.body
		switch e.attr("class") {
		case "title":
			to = &s.title
		case "page-number":
			return nil
		case "footer", "header", "date-time":
			var margin []Block
			err := t.shape(e, &margin)
			for line := range strings.Lines(plain(margin)) {
				f.foot.add(line)
			}
			return err
		}
		return t.shape(e, to)
	})
	for _, line := range f.hidden[before:] {
		s.aside = append(s.aside, Block{Kind: Paragraph, Runs: []Run{{Text: line}}})
	}
	f.hidden = f.hidden[:before]
	s.pictures = t.pictures
	return s, err
}
