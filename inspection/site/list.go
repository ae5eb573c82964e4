package site

import (
	"net/url"
	"regexp"
	"strconv"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"gongkai/workday"
)

// listing finds what a page lists: elements of one kind beside each other, each
// with a link and mostly a date. What stands in navigation is no list.
func (p *page) listing(n *html.Node) {
	if n.Type == html.ElementNode && marginal(n) {
		return
	}
	alike := map[string]int{} // children by element that could be items
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if p.itemLike(c) {
			alike[c.Data]++
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if p.itemLike(c) && p.take(c, alike[c.Data]) {
			continue
		}
		p.listing(c)
	}
}

// itemLike tells elements that may be one entry of a list by how much is in them.
func (p *page) itemLike(n *html.Node) bool {
	if n.Type != html.ElementNode || marginal(n) {
		return false
	}
	switch n.Data {
	case "li", "tr", "dd", "dt", "p", "div", "article":
	default:
		return false
	}
	s := p.lists[n]
	return s.links >= 1 && s.links <= 4 && s.runes >= 6 && s.runes <= 600 && s.nodes <= 200
}

// take makes an element an item if it leads to a page of the site under a title,
// and has a date or stands among others of its kind.
func (p *page) take(n *html.Node, alike int) bool {
	place, title := -1, ""
	var find func(*html.Node)
	find = func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == "a" {
			ref := attr(n, "href")
			if u := addressOf(p.base, ref); u != nil && ref != "" && ref[0] != '#' && p.inside(u) {
				text := squeeze(words(n))
				if i, ok := p.linkNo[Link{u.String(), short(text, 40), LinkPage}]; ok && utf8.RuneCountInString(text) > utf8.RuneCountInString(title) {
					place, title = i, text
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			find(c)
		}
	}
	find(n)
	if place < 0 || utf8.RuneCountInString(title) < 5 {
		return false
	}
	whole := words(n)
	date := lastDate(whole, p.today)
	if date.IsZero() {
		date = monthDay(whole, p.today)
	}
	if date.IsZero() {
		if u, err := url.Parse(p.links[place].URL); err == nil {
			date = dateOfAddress(u, p.today)
		}
	}
	wrapper := n.Data == "div" || n.Data == "p"
	if date.IsZero() && (alike < 3 || wrapper || utf8.RuneCountInString(title) < 8) {
		return false
	}
	p.items = append(p.items, place)
	if !date.IsZero() {
		p.itemDates++
		if date.After(p.newest) {
			p.newest = date
		}
	}
	return true
}

var (
	fullDate = regexp.MustCompile(`((?:19|20)\d\d)\s*[-/.年]\s*(1[0-2]|0?[1-9])\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])(?:\s*日|\b)`)
	dayOnly  = regexp.MustCompile(`(?:^|[\s\[（(])(1[0-2]|0[1-9])[-/.月](3[01]|[12]\d|0[1-9])日?(?:$|[\s\]）)])`)
	inURL    = regexp.MustCompile(`(?:/|[_t])(20\d\d)[-/]?(1[0-2]|0[1-9])[-/]?(3[01]|[12]\d|0[1-9])(?:[/_.]|$)`)
)

// lastDate returns the latest date in a text that is not in the future.
func lastDate(s string, today workday.Date) (last workday.Date) {
	for _, m := range fullDate.FindAllStringSubmatch(s, 50) {
		if d := dateOf(m[1], m[2], m[3]); d.After(last) && !d.After(today) {
			last = d
		}
	}
	return last
}

// monthDay reads a date without its year: the last such day.
func monthDay(s string, today workday.Date) workday.Date {
	m := dayOnly.FindStringSubmatch(s)
	if m == nil {
		return workday.Date{}
	}
	for y := today.Year(); y > today.Year()-5; y-- { // 29 February comes every four years
		if d := dateOf(strconv.Itoa(y), m[1], m[2]); !d.IsZero() && !d.After(today) {
			return d
		}
	}
	return workday.Date{}
}

func dateOfAddress(u *url.URL, today workday.Date) workday.Date {
	m := inURL.FindStringSubmatch(u.Path)
	if m == nil {
		return workday.Date{}
	}
	if d := dateOf(m[1], m[2], m[3]); !d.After(today) {
		return d
	}
	return workday.Date{}
}

func dateOf(year, month, day string) workday.Date {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); t.Day() != d {
		return workday.Date{}
	}
	return workday.New(y, time.Month(m), d)
}
