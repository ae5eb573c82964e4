package masking

import (
	"strings"

	"gongkai/document"
)

// word rewrites a Word document.
func (p *plan) word(data []byte, clean bool) ([]byte, []string, error) {
	k, err := openPack(document.KindDocx, data)
	if err != nil {
		return nil, nil, err
	}
	done := tally{}
	if clean {
		if err := k.eachXML("word/", func(name string, s *splice) error { return cleanWord(name, s, done) }); err != nil {
			return nil, nil, err
		}
	}
	if err := k.finish(p, "word/", clean, done); err != nil {
		return nil, nil, err
	}
	out, err := k.write()
	return out, done.list(), err
}

// eachXML rewrites every XML part below a folder.
func (k *pack) eachXML(folder string, do func(name string, s *splice) error) error {
	for _, ext := range []string{".xml", ".rels"} {
		err := k.each(folder, ext, func(name string, b []byte) ([]byte, error) {
			s := &splice{src: b}
			if do(name, s) != nil {
				return nil, broken(k.kind)
			}
			return s.result(), nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// finish does what Word documents and workbooks have in common: every text of every
// part, files inside the file, pictures and properties.
func (k *pack) finish(p *plan, folder string, clean bool, done tally) error {
	if err := k.eachXML("", func(name string, s *splice) error {
		if strings.HasSuffix(name, "sharedStrings.xml") || strings.HasPrefix(name, "xl/worksheets/sheet") {
			return nil // the workbook has done them cell by cell
		}
		return p.part(s)
	}); err != nil {
		return err
	}
	for ext, inner := range map[string]func([]byte, bool) ([]byte, []string, error){".xlsx": p.book, ".docx": p.word} {
		err := k.each(folder+"embeddings/", ext, func(_ string, b []byte) ([]byte, error) {
			n, _, err := inner(b, clean)
			return n, err
		})
		if err != nil {
			return err
		}
	}
	if !clean {
		return nil
	}
	cut, err := k.pictures(folder + "media/")
	if err != nil {
		return err
	}
	done.add(cleanedPictures, cut)
	cut, err = k.authors()
	done.add(cleanedAuthors, cut)
	return err
}

// A tally is what was taken out.
type tally map[string]bool

func (t tally) add(what string, did bool) {
	if did {
		t[what] = true
	}
}

// list names it in a fixed order.
func (t tally) list() (all []string) {
	for _, w := range []string{cleanedComments, cleanedDeleted, cleanedVanished, cleanedSheets, cleanedFormulas, cleanedAuthors, cleanedPictures} {
		if t[w] {
			all = append(all, w)
		}
	}
	return all
}

// changesOfLooks are the records of changed formats, which name who changed them.
var changesOfLooks = map[string]bool{"rPrChange": true, "pPrChange": true, "sectPrChange": true, "tblPrChange": true, "tcPrChange": true,
	"trPrChange": true, "tblPrExChange": true, "tblGridChange": true, "numberingChange": true, "cellIns": true, "cellDel": true, "cellMerge": true}

// properties are the elements in which an insertion or deletion is a mark only.
var properties = map[string]bool{"rPr": true, "trPr": true, "tcPr": true, "pPr": true, "sectPr": true, "numPr": true}

// remarks are the elements of the parts that hold comments, and of the people who
// wrote them.
var remarks = map[string]bool{"comment": true, "commentEx": true, "commentId": true, "commentExtensible": true, "person": true}

// cleanWord takes out of a part what the page does not show: changes are accepted,
// comments and hidden runs go.
func cleanWord(name string, s *splice, done tally) error {
	var starts []int // where each open element begins
	rows, hidden := []bool{}, []bool{}
	return s.walk(func(e *event) {
		n := e.name()
		if e.start {
			starts = append(starts, e.from)
			switch {
			case n == "tr":
				rows = append(rows, false)
			case n == "r":
				hidden = append(hidden, false)
			case n == "del" && e.parent(1) == "trPr" && len(rows) > 0:
				rows[len(rows)-1] = true
			case n == "vanish" && e.parent(1) == "rPr" && e.parent(2) == "r" && on(e.value("val")) && len(hidden) > 0:
				hidden[len(hidden)-1] = true
				done.add(cleanedVanished, true)
			case n == "commentReference" && len(hidden) > 0:
				hidden[len(hidden)-1] = true
			case (n == "ins" || n == "moveTo") && !properties[e.parent(1)] && e.to > e.from && s.src[e.to-2] != '/':
				s.cut(e.from, e.to, "")
			}
			return
		}
		if !e.end {
			return
		}
		from := starts[len(starts)-1]
		starts = starts[:len(starts)-1]
		whole := func() { s.cut(from, e.to, "") }
		switch {
		case n == "tr" && len(rows) > 0:
			if rows[len(rows)-1] {
				whole()
				done.add(cleanedDeleted, true)
			}
			rows = rows[:len(rows)-1]
		case n == "r" && len(hidden) > 0:
			if hidden[len(hidden)-1] {
				whole()
			}
			hidden = hidden[:len(hidden)-1]
		case (n == "del" || n == "moveFrom") && !properties[e.parent(1)]:
			whole()
			done.add(cleanedDeleted, true)
		case (n == "ins" || n == "del" || n == "moveTo" || n == "moveFrom") && properties[e.parent(1)], changesOfLooks[n]:
			whole()
		case n == "ins" || n == "moveTo":
			s.cut(e.from, e.to, "")
		case remarks[n] && strings.Contains(name, "/comment"), n == "person" && strings.HasSuffix(name, "/people.xml"):
			whole()
			done.add(cleanedComments, n == "comment")
		case n == "commentRangeStart" || n == "commentRangeEnd":
			whole()
		}
	})
}

// on tells whether a switch of a property is on.
func on(val string) bool { return val != "0" && val != "false" && val != "off" }
