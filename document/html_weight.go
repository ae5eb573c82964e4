package document

import (
	"context"
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

// mostOpen is how many open elements the parser allows.
const mostOpen = 512

// Heavy tells whether the tree of a web page would take hundreds of megabytes, for
// whoever parses pages that strangers wrote.
func Heavy(page string) bool {
	return weigh(newBudget(context.Background(), DefaultLimits), page) != nil
}

// weigh refuses a page whose tree would not fit, before there is a tree. What it
// adds up is more than the parser makes of any page, and about that of honest ones.
func weigh(b *budget, page string) error {
	z := html.NewTokenizer(strings.NewReader(page))
	var open []int // attributes of the formatting elements left open
	weight, again := 0, 0
	for n := 0; ; n++ {
		kind := z.Next()
		if kind == html.ErrorToken {
			return nil
		}
		if n&0xfff == 0 {
			if err := b.alive(); err != nil {
				return err
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
			if len(open) > 0 {
				again -= 1 + open[len(open)-1]/2
				open = open[:len(open)-1]
			}
		case formatting[tag]:
			if len(open) == mostOpen {
				again -= 1 + open[0]/2
				open = open[1:]
			}
			open = append(open, attributes)
			again += 1 + attributes/2
		case !light[tag]:
			weight += again
		}
		if weight > heaviestPage {
			return tooManyNodes()
		}
	}
}
