// Package ui is the design system of both faces: tokens, style sheet, icons,
// components as templates, and a few small scripts that only add comfort.
//
// # How a face uses it
//
//	assets := web.NewAssets("/assets/")
//	ui.AddTo(assets)                                   // ui.css, ui.js
//	assets.Bundle("portal.css", files, "page/*.css")   // the face's own
//	templates, err := web.ParseTemplates(web.TemplateConfig{
//		Funcs:  ui.Funcs(assets),
//		Shared: []fs.FS{ui.Components(), layout},      // layout defines "page"
//		Pages:  pages,                                 // one file each, defines "content"
//		Types:  map[string]any{"home": homePage{}},
//	})
//	routes.Post("/look", web.Public, ui.SetLook)       // font size and 长者模式
//
// A page's struct embeds ui.Portal, ui.Console or ui.Plain. The face's
// layout.tmpl is
//
//	{{define "page"}}{{template "portal-open" .Portal}}{{template "content" .}}{{template "portal-close" .Portal}}{{end}}
//
// (or console-open/-close with .Console, plain-open/-close with .Plain), and a
// page is {{define "content"}}<h1>…</h1>…{{end}}. Fill Head with Title, Site,
// CSS and JS (assets.MustURL), Look (ui.LookOf(r)), LookURL and Here
// (r.URL.RequestURI()).
//
// # Components: {{template "name" value}}
//
// Frame: flash (*web.Flash), crumbs ([]Link), failure (web.ErrorPage),
// toolbar (Head: print and copy link, by script), look (Head), search-form (Portal),
// links ([]Link).
//
// Forms: input, textarea, select, radios, checks, date-input, upload (Field);
// problems (Form.Problems: the summary at the top, linked to the fields);
// saved (Saved); confirm (Confirm); acts ([]Act); answers ([]Answer).
// A field is made in the template and refined in a pipe:
//
//	{{template "input" (field .Form "docno" "发文字号" | hint "如：明府发〔2026〕3号" | why "…" | optional | narrow 12)}}
//	{{template "select" (field .Form "kind" "文种" | choices .Kinds)}}
//	{{template "upload" (field .Form "file" "附件" | accept ".pdf,.docx" 52428800 | many)}}
//
// Refinements: hint s, why s, optional, typed "password", rows n, narrow n,
// choices []Option, accept types max, many, autofill token, value s (default).
// The field called "x" has the id "f-x".
//
// Lists: results ([]Result), result, filters ([]FilterGroup), tabs (Tabs),
// table (Table), form-table (FormTable: merged boxes as a form prints them), pages (Pages, from NewPages), empty (Empty), keys (no value),
// todos ([]Todo), newest (Newest), doors ([]Link with Note), parts ([]Part: the
// fixed frame of a column), search-hero (Portal with BigSearch).
//
// Parts: meta ([]Fact), banner (*Banner or Banner), steps (Steps), timeline
// ([]Event), progress (progress done all say), proof (Proof), attachments
// ([]Attachment), neighbours (Neighbours), findings ([]Finding), chart (Chart).
//
// Functions: tag kind say, icon name, link text url, fact name say, and all of
// web.Funcs.
//
// # Classes for hand-written HTML
//
// Buttons: btn, btn-secondary, btn-danger, btn-quiet, btn-small, and btn-row
// around several. Columns: grid with col-3 … col-12; with-side (filters left,
// list right). Text: prose (interface prose), lead, small, docno, docno-red,
// code. Documents: doc, doc-title, doc-body. Work: zones with zone-what,
// zone-acts, zone-past. Tables: table inside table-wrap; num for numbers,
// is-bad for a broken rule. Cards of the home page: section with head-line.
// hide is for screen readers only; no-print stays off paper.
//
// # Scripts, all optional
//
// data-autosave on a form that holds a "saved" component saves drafts: it posts
// the fields to Saved.URL and expects JSON {"version": "…", "say": "…"}, 409
// when somebody else was faster, 401 when the session is over; without network
// the text stays in the browser and the reader is told. data-submit on a form
// sends it when a choice changes. data-walk on a list gives j, k and enter;
// "/" goes to the search field. data-print, data-copy, data-focus are used by
// the components themselves.
//
// # What always holds
//
// Colour never speaks alone: each status has its own shape and word. There is
// no inline style or script. Every component works without scripts, at 320 px
// and at 200 % zoom. Vermilion belongs to the state's own marks: a red document
// number, what is overdue, a broken rule. Each component stands on the style
// guide; a test counts them.
//
// Words: a look is how a reader wants pages to look; a field is one question of
// a form; a fact is one line of a metadata block; an act is something that may
// be done now; a finding is what an inspection found.
package ui
