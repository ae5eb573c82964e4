package document

import (
	"strconv"
	"strings"
)

// A docxNumberRef says which numbering a paragraph belongs to.
type docxNumberRef struct {
	id    string
	level int // -1 if not said
}

func readNumberRef(x *xmlStream, r *docxNumberRef) error {
	return x.children(func(e element) error {
		switch e.name {
		case "numId":
			r.id = e.val()
		case "ilvl":
			if n, err := strconv.Atoi(e.val()); err == nil && n >= 0 && n < 9 {
				r.level = n
			}
		}
		return nil
	})
}

type docxLevel struct {
	start  int
	format string
	text   string // "%1、"
	style  string // paragraph style bound to this level
	legal  bool   // all numbers in Arabic figures
	known  bool
}

type docxAbstract struct {
	levels [9]docxLevel
	link   string // name of a numbering style that holds the levels
	style  string // the numbering style this one defines
}

type docxNumber struct {
	abstract string
	restart  [9]int // start override, -1 none
	levels   map[int]docxLevel
}

// docxNumbering is word/numbering.xml together with the counters of the text.
type docxNumbering struct {
	abstracts map[string]*docxAbstract
	numbers   map[string]*docxNumber
	counts    map[string]*[9]int // by abstract numbering: lists continue each other
	begun     map[string]bool    // numberings whose overrides have been applied
}

func (f *docxFile) readNumbering() error {
	n := &docxNumbering{abstracts: map[string]*docxAbstract{}, numbers: map[string]*docxNumber{},
		counts: map[string]*[9]int{}, begun: map[string]bool{}}
	f.numbers = n
	entry := f.related("/numbering")
	if entry == "" {
		return nil
	}
	return f.walk(entry, func(x *xmlStream, root element) error {
		return x.children(func(e element) error {
			switch e.name {
			case "abstractNum":
				a := &docxAbstract{}
				n.abstracts[e.attr("abstractNumId")] = a
				return x.children(func(e element) error {
					switch e.name {
					case "lvl":
						return readLevel(x, e, func(i int, l docxLevel) { a.levels[i] = l })
					case "numStyleLink":
						a.link = e.val()
					case "styleLink":
						a.style = e.val()
					}
					return nil
				})
			case "num":
				return n.readNumber(x, e.attr("numId"))
			}
			return nil
		})
	})
}

func (n *docxNumbering) readNumber(x *xmlStream, id string) error {
	num := &docxNumber{levels: map[int]docxLevel{}, restart: [9]int{-1, -1, -1, -1, -1, -1, -1, -1, -1}}
	n.numbers[id] = num
	return x.children(func(e element) error {
		switch e.name {
		case "abstractNumId":
			num.abstract = e.val()
		case "lvlOverride":
			i, err := strconv.Atoi(e.attr("ilvl"))
			if err != nil || i < 0 || i > 8 {
				return nil
			}
			return x.children(func(e element) error {
				switch e.name {
				case "startOverride":
					if s, err := strconv.Atoi(e.val()); err == nil {
						num.restart[i] = s
					}
				case "lvl":
					return readLevel(x, e, func(_ int, l docxLevel) { num.levels[i] = l })
				}
				return nil
			})
		}
		return nil
	})
}

func readLevel(x *xmlStream, e element, keep func(int, docxLevel)) error {
	i, err := strconv.Atoi(e.attr("ilvl"))
	if err != nil || i < 0 || i > 8 {
		return nil
	}
	l := docxLevel{start: 1, format: "decimal", known: true}
	err = x.children(func(e element) error {
		switch e.name {
		case "start":
			l.start, _ = strconv.Atoi(e.val())
		case "numFmt":
			l.format = e.val()
		case "lvlText":
			l.text = e.val()
		case "pStyle":
			l.style = e.val()
		case "isLgl":
			l.legal = e.on()
		}
		return nil
	})
	keep(i, l)
	return err
}

// abstractOf follows numbering styles to the levels themselves.
func (n *docxNumbering) abstractOf(num *docxNumber) (string, *docxAbstract) {
	id := num.abstract
	a := n.abstracts[id]
	if a != nil && a.link != "" {
		for _, other := range sortedKeys(n.abstracts) {
			if b := n.abstracts[other]; b.style == a.link {
				return other, b
			}
		}
	}
	return id, a
}

func (n *docxNumbering) level(num *docxNumber, a *docxAbstract, i int) docxLevel {
	if l, ok := num.levels[i]; ok {
		return l
	}
	return a.levels[i]
}

// A docxMark is the number of one paragraph.
type docxMark struct {
	label   string // as printed; "" for none
	bullet  bool
	simple  bool // an Arabic number with a full stop, as browsers number lists
	ordinal int
	level   int
	list    string // numbering it belongs to
}

// mark counts one paragraph and returns its number as Word prints it.
func (n *docxNumbering) mark(ref docxNumberRef, style string) (m docxMark, ok bool) {
	num := n.numbers[ref.id]
	if num == nil || ref.id == "0" {
		return m, false
	}
	id, a := n.abstractOf(num)
	if a == nil {
		return m, false
	}
	at := ref.level
	if at < 0 {
		at = 0
		for i, l := range a.levels {
			if style != "" && l.style == style {
				at = i
			}
		}
	}
	l := n.level(num, a, at)
	if !l.known {
		return m, false
	}
	count := n.advance(num, a, id, ref.id, at)
	m = docxMark{level: at, list: id, ordinal: count[at]}
	if l.format == "bullet" {
		m.bullet = true
		return m, true
	}
	if l.format == "none" && !strings.Contains(l.text, "%") {
		m.label = l.text
		return m, true
	}
	m.simple = l.format == "decimal" && l.text == "%"+strconv.Itoa(at+1)+"."
	m.label = numberText(l, func(i int) string {
		other := n.level(num, a, i)
		if l.legal && other.format != "decimal" {
			return strconv.Itoa(count[i])
		}
		return numberIn(other.format, count[i])
	})
	return m, true
}

func (n *docxNumbering) advance(num *docxNumber, a *docxAbstract, abstract, id string, at int) *[9]int {
	count := n.counts[abstract]
	if count == nil {
		count = &[9]int{}
		for i := range count {
			count[i] = n.level(num, a, i).start - 1
		}
		n.counts[abstract] = count
	}
	if !n.begun[id] {
		n.begun[id] = true
		for i, s := range num.restart {
			if s >= 0 {
				count[i] = s - 1
			}
		}
	}
	for i := range at {
		if count[i] < n.level(num, a, i).start {
			count[i] = n.level(num, a, i).start
		}
	}
	if count[at] < 1<<30 {
		count[at]++
	}
	for i := at + 1; i < 9; i++ {
		count[i] = n.level(num, a, i).start - 1
	}
	return count
}

// numberText fills "%1.%2" with the numbers of the levels.
func numberText(l docxLevel, number func(level int) string) string {
	var s strings.Builder
	for i := 0; i < len(l.text); i++ {
		if l.text[i] == '%' && i+1 < len(l.text) && l.text[i+1] >= '1' && l.text[i+1] <= '9' {
			s.WriteString(number(int(l.text[i+1] - '1')))
			i++
			continue
		}
		s.WriteByte(l.text[i])
	}
	return s.String()
}
