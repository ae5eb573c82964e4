package document

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// heaviestPage is what a web page may weigh: elements and half its attributes. A
// table of a hundred thousand rows passes.
const heaviestPage = 2_000_000

// formatting elements that were left open are made again, attributes and all, in
// every block that follows: a page of a few kilobytes can ask for gigabytes.
var formatting = map[atom.Atom]bool{atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true,
	atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true}

// light elements neither begin nor end a block.
var light = map[atom.Atom]bool{atom.Span: true, atom.Br: true, atom.Img: true, atom.Input: true, atom.Meta: true, atom.Link: true, atom.Sup: true, atom.Sub: true, atom.Col: true, atom.Hr: true, atom.Wbr: true}

// leftOpen is a formatting element without its end so far. Parsers keep three alike,
// and one link.
type leftOpen struct {
	tag    atom.Atom
	raw    string
	weight int
}

// mostOpen is how many open elements the parser allows.
const mostOpen = 512

// Heavy tells whether the tree of a web page would take hundreds of megabytes, for
// whoever parses pages that strangers wrote.
func Heavy(page string) bool {
	_, err := weightOf(func() error { return nil }, page)
	return err != nil
}

// weigh refuses a page whose tree would not fit, before there is a tree.
func weigh(b *budget, page string) error {
	_, err := weightOf(b.alive, page)
	return err
}

// weightOf adds up what the parser will make of a page: about that of honest pages,
// and never much less. It fails where that is too much.
func weightOf(alive func() error, page string) (weight int, err error) {
	z := html.NewTokenizer(strings.NewReader(page))
	var open []leftOpen
	again := 0 // what each block makes anew
	drop := func(i int) {
		again -= open[i].weight
		open = slices.Delete(open, i, i+1)
	}
	for n := 0; ; n++ {
		kind := z.Next()
		if kind == html.ErrorToken {
			return weight, nil
		}
		if n&0xfff == 0 {
			if err := alive(); err != nil {
				return weight, err
			}
		}
		weight++
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken && kind != html.EndTagToken {
			continue
		}
		name, more := z.TagName()
		tag := atom.Lookup(name)
		attributes := 0
		for more {
			_, _, more = z.TagAttr()
			attributes++
		}
		weight += attributes / 2
		switch {
		case formatting[tag] && kind == html.EndTagToken:
			for i := len(open) - 1; i >= 0; i-- {
				if open[i].tag == tag {
					drop(i)
					break
				}
			}
		case formatting[tag]:
			e := leftOpen{tag, string(z.Raw()), 1 + attributes/2}
			alike := 0
			for i := len(open) - 1; i >= 0; i-- {
				if open[i] == e {
					alike++
				}
				if tag == atom.A && open[i].tag == tag || alike == 3 {
					drop(i)
					break
				}
			}
			if len(open) == mostOpen {
				drop(0)
			}
			open = append(open, e)
			again += e.weight
		case !light[tag]:
			weight += again
		}
		if weight > heaviestPage {
			return weight, tooManyNodes()
		}
	}
}
