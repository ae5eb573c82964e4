package completeness

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// named is an attachment the text names at its end: 附件：1.申请表.
type named struct {
	n    int // 0 where it has no number
	name string
	b, e int // of the number and name, in the text as extracted
}

// pointed is a place that refers to an attachment by its number: （见附件2）.
type pointed struct {
	n, b, e int
}

// announced is what a text says about its attachments.
type announced struct {
	list    []named
	points  []pointed
	printed map[int]bool // numbers printed behind the text under a line of their own; 0 for 附件 alone
}

const word = "附件"

// manyNamed is beyond how many attachments none has.
const manyNamed = 300

// manyMentions is beyond what any document has; such a text is data.
const manyMentions = 2000

// attachments compares what the text says with what is attached.
func (w *work) attachments() {
	if !strings.Contains(w.t.S, word) {
		w.unnamed()
		return
	}
	a := announcedIn(w.t.S)
	w.numbers(a)
	w.emptyList(a)
	if w.f.Record == nil || w.f.Record.Attachments == nil || len(a.list) == 0 {
		return
	}
	files := slices.Clone(w.f.Record.Attachments)
	if w.f.Page != nil {
		for _, l := range w.f.Page.Links {
			if fileLike(l.Href) {
				files = append(files, l.Text)
			}
		}
	}
	if len(files) > manyNamed {
		return
	}
	var missing []named
	for _, x := range a.list {
		if !a.printed[x.n] && !(x.n <= 1 && len(a.list) == 1 && (a.printed[0] || a.printed[1])) && !slices.ContainsFunc(files, func(f string) bool { return attached(x, f, len(a.list)) }) {
			missing = append(missing, x)
		}
	}
	switch {
	case len(missing) == 0:
	case len(files) == 0:
		// Nothing at all is attached, so each named one is missing.
		for _, x := range missing {
			w.say("element.attachment", x.b, x.e, x.name)
		}
	case len(files) < len(a.list)-len(a.printed) && !slices.ContainsFunc(files, bundle):
		for _, x := range missing {
			w.say("element.attachment-some", x.b, x.e, x.name, len(a.list), len(files))
		}
	}
}

// emptyList looks for 附件： with nothing behind it: the text ends there, or goes on
// with who signs it.
func (w *work) emptyList(a announced) {
	s := w.t.S
	if len(a.list) > 0 && !signs(a.list[0].name) || len(a.printed) > 0 {
		return
	}
	k := max(strings.LastIndex(s, word+"："), strings.LastIndex(s, word+":"))
	if k < 0 || !beginsLine(s, k) {
		return
	}
	_, n := utf8.DecodeRuneInString(s[k+len(word):])
	e := k + len(word) + n
	line, rest, _ := strings.Cut(s[e:], "\n")
	if strings.Trim(line, " 　\t\r*\u00a0") != "" {
		return
	}
	next, _, _ := strings.Cut(strings.TrimLeft(rest, " 　\t\r\n*\u00a0"), "\n")
	if next = strings.TrimRight(next, " 　\r*\u00a0"); next == "" || signs(next) {
		w.say("element.attachment-empty", k, e)
	}
}

// signs tells whether a line is the name of the office that signs, or the day.
func signs(line string) bool {
	if utf8.RuneCountInString(line) > 24 {
		return false
	}
	for _, end := range []string{"局", "政府", "办公室", "委员会", "办事处", "中心", "日"} {
		if strings.HasSuffix(line, end) {
			return true
		}
	}
	return false
}

// unnamed looks for files that are attached to a text that says nothing of them.
func (w *work) unnamed() {
	r := w.f.Record
	if r == nil || len(r.Attachments) == 0 || strings.TrimSpace(w.t.S) == "" || strings.Contains(w.t.S, "附 件") || strings.Contains(w.t.S, "附表") || strings.Contains(w.t.S, "附：") {
		return
	}
	b, e := w.titleAt()
	w.say("element.attachment-unnamed", b, e, len(r.Attachments))
}

// numbers looks for references to numbers that the list does not have, and for
// numbers left out of the list.
func (w *work) numbers(a announced) {
	if len(a.list) == 0 {
		return
	}
	in := map[int]bool{}
	last := 0
	for _, x := range a.list {
		in[x.n] = true
		if x.n > last+1 && last > 0 {
			w.say("element.attachment-number", x.b, x.e, fmt.Sprintf("附件目录从%d跳到%d", last, x.n))
		}
		last = x.n
	}
	if in[0] {
		in[1] = true // the only one
	}
	said := map[int]bool{}
	for _, p := range a.points {
		if !in[p.n] && !a.printed[p.n] && !said[p.n] {
			said[p.n] = true
			w.say("element.attachment-number", p.b, p.e, fmt.Sprintf("附件目录里没有附件%d", p.n))
		}
	}
}

// longLine bounds, in bytes, how far a line is looked along.
const longLine = 600

// beginsLine tells whether nothing but blanks and marks of a heading stand before
// byte b on its line.
func beginsLine(s string, b int) bool {
	head := strings.TrimRight(s[max(0, b-longLine):b], " 　\t\u00a0#*")
	return head == "" && b <= longLine || strings.HasSuffix(head, "\n")
}

// announcedIn reads what a text says about its attachments.
func announcedIn(s string) announced {
	a := announced{printed: map[int]bool{}}
	mentions := 0
	for at := 0; ; {
		k := strings.Index(s[at:], word)
		if k < 0 {
			return a
		}
		b := at + k
		at = b + len(word)
		if mentions++; mentions > manyMentions {
			return announced{printed: map[int]bool{}}
		}
		n, e := numberAt(s, at)
		lineEnd := min(len(s), e+longLine)
		if k := strings.IndexByte(s[e:lineEnd], '\n'); k >= 0 {
			lineEnd = e + k
		}
		if !beginsLine(s, b) {
			if n > 0 && refers(s, b, e) {
				a.points = append(a.points, pointed{n, b, e})
			}
			continue
		}
		rest := strings.TrimLeft(s[e:lineEnd], " 　\t\u00a0")
		colon := strings.HasPrefix(rest, "：") || strings.HasPrefix(rest, ":")
		switch {
		case colon && len(a.printed) == 0:
			at = a.read(s, b, lineEnd-len(rest), n)
		case !colon && (strings.Trim(rest, " *\r") == "" || n > 0):
			a.printed[n] = true // 附件1 on a line of its own: here it is printed
		case colon:
			a.printed[n] = true
		}
	}
}

// read reads the list from the colon on: 附件：1.甲 on one line, 2.乙 on the next. It
// returns where the list ends.
func (a *announced) read(s string, b, colon, n int) int {
	_, k := utf8.DecodeRuneInString(s[colon:])
	at := colon + k
	for first := true; at < len(s); first = false {
		end := len(s)
		if k := strings.IndexByte(s[at:], '\n'); k >= 0 {
			end = at + k
		}
		line := strings.Trim(s[at:end], " 　\t\u00a0\r*")
		from := at + strings.Index(s[at:end], line)
		num, used := 0, 0
		if d, e := numberAt(line, 0); d > 0 && d < 100 {
			if mark := strings.TrimLeft(line[e:], " "); mark != "" {
				if r, size := utf8.DecodeRuneInString(mark); strings.ContainsRune(".．、", r) && !startsDigit(mark[size:]) {
					num, used = d, len(line)-len(mark)+size
				}
			}
		}
		switch {
		case line == "" && first:
		case line == "":
			return at
		case num == 0 && !first && len(a.list) > 0:
			return at // the name of the office, or the next paragraph
		default:
			if num == 0 {
				num = n
			}
			if name := strings.TrimSpace(line[used:]); name != "" && !tooLong(name) && len(a.list) < manyNamed {
				a.list = append(a.list, named{num, name, from, from + len(line)})
			}
		}
		if at = end + 1; n > 0 && !first || n > 0 && len(a.list) > 0 {
			return min(at, len(s))
		}
	}
	return len(s)
}

// tooLong tells names that are no names.
func tooLong(name string) bool { return utf8.RuneCountInString(name) > 120 }

// refers tells whether the words around 附件2 point the reader to it.
func refers(s string, b, e int) bool {
	before := s[max(0, b-12):b]
	for _, v := range []string{"见", "按照", "填写", "填报", "按", "（", "(", "参照", "依照", "、", "和"} {
		if strings.HasSuffix(before, v) {
			// 《某办法》附件2 is another document's.
			return !strings.HasSuffix(before, "》") && !strings.HasPrefix(strings.TrimLeft(s[e:], " "), "《")
		}
	}
	return false
}

// numberAt reads a number in digits or numerals at a place; 0 if there is none.
func numberAt(s string, i int) (n, end int) {
	from := i
	for i < len(s) && (s[i] == ' ' || strings.HasPrefix(s[i:], "\u00a0")) && i-from < 4 {
		_, k := utf8.DecodeRuneInString(s[i:])
		i += k
	}
	e := i
	for e < len(s) && s[e] >= '0' && s[e] <= '9' && e-i < 3 {
		e++
	}
	if e > i {
		n, _ = strconv.Atoi(s[i:e])
		return n, e
	}
	const numerals = "一二三四五六七八九十"
	if r, k := utf8.DecodeRuneInString(s[i:]); strings.ContainsRune(numerals, r) && r != utf8.RuneError {
		if next, _ := utf8.DecodeRuneInString(s[i+k:]); !strings.ContainsRune(numerals, next) || next == utf8.RuneError {
			return strings.IndexRune(numerals, r)/len("一") + 1, i + k
		}
	}
	return 0, from
}

func startsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// fileLike tells whether an address is that of a file to save.
func fileLike(href string) bool {
	if i := strings.IndexAny(href, "?#"); i >= 0 {
		href = href[:i]
	}
	switch strings.ToLower(path.Ext(href)) {
	case ".doc", ".docx", ".xls", ".xlsx", ".pdf", ".wps", ".et", ".zip", ".rar", ".ofd", ".csv", ".txt", ".ppt", ".pptx", ".jpg", ".png", ".7z":
		return true
	}
	return strings.Contains(href, "/files/")
}

// bundle tells whether a file holds others.
func bundle(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".zip", ".rar", ".7z":
		return true
	}
	return false
}

// attached tells whether a file is the one that is named, of so many.
func attached(x named, file string, of int) bool {
	if bundle(file) {
		return true
	}
	plain := letters(strings.TrimSuffix(file, path.Ext(file)))
	want := letters(x.name)
	if want == "" || strings.Contains(plain, want) || plain != "" && strings.Contains(want, plain) && utf8.RuneCountInString(plain)*2 >= utf8.RuneCountInString(want) {
		return true
	}
	if i := strings.Index(file, word); i >= 0 && x.n > 0 {
		if n, _ := numberAt(file, i+len(word)); n == x.n {
			return true
		}
	}
	return of == 1 && strings.Contains(file, word) || shared(plain, want) >= 0.6
}

// letters leaves the letters and digits of a name, without 附件1 before it.
func letters(s string) string {
	if rest, ok := strings.CutPrefix(strings.TrimSpace(s), word); ok {
		_, e := numberAt(rest, 0)
		s = rest[e:]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// shared is how many of the pairs of characters of the shorter name the longer one
// has, 0 to 1.
func shared(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 4 || len(y) > 500 {
		return 0
	}
	has := map[[2]rune]bool{}
	for i := 1; i < len(y); i++ {
		has[[2]rune{y[i-1], y[i]}] = true
	}
	n := 0
	for i := 1; i < len(x); i++ {
		if has[[2]rune{x[i-1], x[i]}] {
			n++
		}
	}
	return float64(n) / float64(len(x)-1)
}
