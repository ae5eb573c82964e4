package main

import (
	"testing"

	"gongkai/internal/browser"
)

// A stop is one kind of page. A pattern goes on from there to the first link
// that matches, so that pages with an id of their own can be reached.
type stop struct {
	name, path, follow string
	status             int // 0: 200
}

func (s stop) visit(t *testing.T, p *browser.Page, prefix string) {
	t.Helper()
	p.Open(s.path)
	if s.follow != "" {
		p.Open(firstLink(t, p, s.follow))
	}
	want := s.status
	if want == 0 {
		want = 200
	}
	if got := p.Status(); got != want {
		t.Errorf("%s: status %d, want %d", p.Path(), got, want)
		return
	}
	p.Check(prefix + s.name)
}

// publicPages looks at each kind of page of the portal at both widths.
func publicPages(t *testing.T, d *district) {
	stops := []stop{
		{name: "home", path: "/"},
		{name: "units", path: "/units"},
		{name: "unit", path: "/units/mj-jyj"},
		{name: "unit-of-root", path: "/units/mj"},
		{name: "column", path: "/units/mj-jyj", follow: `^/units/mj-jyj/[a-z0-9-]+$`},
		{name: "apply", path: "/apply"},
		{name: "apply-at-unit", path: "/units/mj-jyj/apply"},
		{name: "apply-form", path: "/apply/form"},
		{name: "policies", path: "/policies"},
		{name: "policies-none", path: "/policies?q=" + query("此词不会出现")},
		{name: "reports", path: "/reports"},
		{name: "search", path: "/search"},
		{name: "search-results", path: "/search?q=" + query("教育")},
		{name: "search-none", path: "/search?q=" + query("此词不会出现乎")},
		{name: "info", path: "/policies", follow: `^/info/[a-z0-9]+$`},
		{name: "proof", path: "/policies", follow: `^/info/[a-z0-9]+$`},
		{name: "ledger", path: "/ledger"},
		{name: "about", path: "/about"},
		{name: "map", path: "/map"},
		{name: "style-guide", path: "/style-guide"},
		{name: "not-found", path: "/no-such-page", status: 404},
	}
	for _, v := range bothViews {
		p := d.visitor(v)
		for _, s := range stops {
			if s.name == "proof" {
				p.Open(s.path)
				s = stop{name: "proof", path: firstLink(t, p, s.follow) + "/proof"}
			}
			s.visit(t, p, "portal-")
		}
	}
}

// consolePages looks at each kind of page of the console, each as somebody who
// may see it.
func consolePages(t *testing.T, d *district) {
	for _, part := range []struct {
		login string
		stops []stop
	}{
		{"", []stop{{name: "signin", path: "/console/signin"}}},
		{"jyj.publisher", []stop{
			{name: "home", path: "/console"},
			{name: "items", path: "/console/items"},
			{name: "new", path: "/console/new"},
			{name: "item", path: "/console/items", follow: `^/console/items/[a-z0-9]+$`},
			{name: "versions", path: "/console/items", follow: `^/console/items/[a-z0-9]+$`},
			{name: "account", path: "/console/account"},
			{name: "password", path: "/console/password"},
			{name: "transfers", path: "/console/transfers"},
			{name: "not-found", path: "/console/items/nosuchitem", status: 404},
			{name: "forbidden", path: "/console/people", status: 403},
		}},
		{"jyj.first", []stop{
			{name: "reviewer-home", path: "/console"},
			{name: "reviews", path: "/console/reviews"},
			{name: "signed", path: "/console/reviews/signed"},
		}},
		{"supervisor", []stop{
			{name: "supervisor-home", path: "/console"},
			{name: "overview", path: "/console/overview"},
			{name: "chains", path: "/console/chains"},
			{name: "chain-edit", path: "/console/chains", follow: `^/console/chains/edit`},
		}},
		{"sysadmin", []stop{
			{name: "sysadmin-home", path: "/console"},
			{name: "units", path: "/console/units"},
			{name: "unit", path: "/console/units/mj-jyj"},
			{name: "unit-edit", path: "/console/units/mj-jyj/edit"},
			{name: "unit-new", path: "/console/units/new"},
			{name: "people", path: "/console/people"},
			{name: "person", path: "/console/people", follow: `^/console/people/[a-z0-9]{16,}$`},
			{name: "person-new", path: "/console/people/new"},
			{name: "jobs", path: "/console/jobs"},
			{name: "settings", path: "/console/settings"},
		}},
		{"secadmin", []stop{
			{name: "secadmin-people", path: "/console/people"},
			{name: "secadmin-person", path: "/console/people", follow: `^/console/people/[a-z0-9]{16,}$`},
		}},
		{"auditadmin", []stop{
			{name: "auditadmin-home", path: "/console"},
			{name: "ledger", path: "/console/ledger"},
			{name: "entry", path: "/console/ledger", follow: `^/console/ledger/[0-9]+$`},
			{name: "logins", path: "/console/logins"},
		}},
	} {
		for _, v := range bothViews {
			p := d.visitor(v)
			if part.login != "" {
				p = d.officer(part.login, v)
			}
			for _, s := range part.stops {
				if s.name == "versions" {
					p.Open(s.path)
					s = stop{name: s.name, path: firstLink(t, p, s.follow) + "/versions"}
				}
				s.visit(t, p, "console-")
			}
		}
	}
}
