package browser

import (
	"strings"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// text is what a reader sees, with the texts in fields.
const text = `document.body.innerText.replace(/\s+/g, " ") + " " + [...document.querySelectorAll("input:not([type=hidden]):not([type=password]), textarea")].map(e => e.value).join(" ")`

// See waits until all of these stand on the page. White space counts as one
// space.
func (p *Page) See(words ...string) *Page {
	p.t.Helper()
	p.eventually(func() string {
		there, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](text))
		if err != nil {
			return "read the page: " + err.Error()
		}
		for _, w := range words {
			if !strings.Contains(there, w) {
				return "“" + w + "” is not on the page"
			}
		}
		return ""
	})
	return p
}

// SeeNot fails if one of these stands on the page.
func (p *Page) SeeNot(words ...string) *Page {
	p.t.Helper()
	there := Eval[string](p, text)
	for _, w := range words {
		if strings.Contains(there, w) {
			p.fail("“%s” is on the page and should not be", w)
		}
	}
	return p
}

// SeeElement waits until something visible matches a CSS selector, for what has
// no words: a mark, a picture, a drawn border.
func (p *Page) SeeElement(selector string) *Page {
	p.t.Helper()
	p.eventually(func() string {
		there, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](bind(`[...document.querySelectorAll($0)].some(e => e.checkVisibility())`, []any{selector})))
		if err != nil || !there {
			return "nothing visible matches " + selector
		}
		return ""
	})
	return p
}

// Texts are the texts of all that matches a CSS selector.
func (p *Page) Texts(selector string) []string {
	p.t.Helper()
	return Eval[[]string](p, `[...document.querySelectorAll($0)].map(e => e.innerText.trim())`, selector)
}

// Attribute is an attribute of the first thing that matches a CSS selector.
func (p *Page) Attribute(selector, name string) string {
	p.t.Helper()
	return Eval[string](p, `document.querySelector($0)?.getAttribute($1) ?? ""`, selector, name)
}

// Links are the paths of all links on the page, each once.
func (p *Page) Links() []string {
	p.t.Helper()
	return Eval[[]string](p, `[...new Set([...document.querySelectorAll("a[href]")].map(a => new URL(a.href)).filter(u => u.origin == location.origin).map(u => u.pathname + u.search))]`)
}

// OnPaper shows the page as it would be printed, until the next Open.
func (p *Page) OnPaper(show func()) *Page {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	show()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	return p
}

// ForgetCookies signs the person out behind the page's back, as the end of a
// session does.
func (p *Page) ForgetCookies() *Page {
	p.t.Helper()
	clearCookies(p)
	return p
}

// Cookies are what the site has put into this person's browser.
type Cookies []*network.CookieParam

// Cookies reads what the site has put into this browser.
func (p *Page) Cookies() Cookies {
	p.t.Helper()
	var all Cookies
	for _, c := range call(p, network.GetCookies, network.GetCookiesParams{URLs: []string{p.origin + "/", p.origin + "/console"}}).Cookies {
		all = append(all, &network.CookieParam{Name: c.Name, Value: c.Value, Domain: c.Domain, Path: c.Path, HTTPOnly: c.HTTPOnly, Secure: c.Secure, SameSite: c.SameSite})
	}
	return all
}

// TakeCookies puts another page's cookies into this browser: the same person at
// another screen, without signing in again.
func (p *Page) TakeCookies(all Cookies) *Page {
	p.t.Helper()
	call(p, network.SetCookies, network.SetCookiesParams{Cookies: all})
	return p
}

// Pause waits where there is nothing to see, as for a timer of the page.
func (p *Page) Pause(d time.Duration) *Page {
	time.Sleep(d)
	return p
}

func insert(p *Page, text string) {
	p.t.Helper()
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

func setFiles(p *Page, o *runtime.RemoteObject, files []string) {
	p.t.Helper()
	call(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: files, ObjectID: o.ObjectID})
}

func quoted(names []string) string {
	if len(names) > 40 {
		names = append(names[:40:40], "…")
	}
	return "“" + strings.Join(names, "” “") + "”"
}

// Compose lets an input method show these characters at the cursor, not yet
// chosen; the next Type chooses.
func (p *Page) Compose(text string) *Page {
	p.t.Helper()
	call(p, input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: int64(len(text)), SelectionEnd: int64(len(text))})
	return p
}
