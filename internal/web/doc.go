// Package web is what the two faces that people see, portal and console, stand
// on: a table of routes, errors that become designed pages, templates checked
// against their structs, static files, and a cache for public pages.
//
// A face is made with New(Face{…}); its routes are added with Get and Post,
// each with the right it needs, and the table can be read back (Table), so that
// a test walks every route with every role. A Handler returns an error instead
// of writing one: kinds of fault become statuses (NotFound 404, Invalid 400,
// Forbidden 403, Conflict and TooLate 409), Status and Gone give the others,
// Elsewhere redirects, and everything else is a 500 whose page shows only the
// request's number.
//
//	rs := web.New(web.Face{Name: "portal", Now: clock, Log: log, Cache: cache, Variant: ui.Variant, ErrorPage: …})
//	rs.Assets(assets)
//	rs.Get("/{$}", web.Public, s.home).Cached()
//	rs.Get("/search", web.Public, s.search).Cached().Limit(searches)
//	rs.Post("/drafts/{id}/files", string(review.Draft), s.addFile).Body(200<<20).Timeout(2*time.Minute)
//
// Templates: ParseTemplates joins the components of ui, the face's shared
// templates and its pages; Types names the struct each page shows;
// Templates.Check, called by the face's test, finds each name that does not
// exist. Show renders to memory and then sends, compressed, with an ETag.
// webtest.Inspect reads a finished page as a strict inspector would.
//
// Answers: Show, Render, HTML, JSON, ServeFile (stored files, sandboxed),
// SeeOther. Forms: ReadForm gives a *Form with Text, Need, Int, Date, Ticked,
// Uploads; Problem and Take note what is wrong, Problems and Wrong show it
// again beside what was typed. After an act: Flashes.Say, then SeeOther; the
// next page's frame shows Flashes.Take. Of the request: Now, RequestID,
// ClientAddr. Guards: Route.Body, Timeout, Limit(NewLimiter(every, burst)).
//
// What always holds: an answer carries the strict Content-Security-Policy and
// its companions; an unsafe request from another site is refused; bodies,
// times and rates are bounded; no address of a person, query string or form
// value is logged; text of an internal error never reaches a reader; a cached
// page is never older than the generation it was made in.
//
// Words: a face is one part of the program that people use; a visit is one
// request under way; an act is a request that changes something and ends in
// SeeOther; a flash is the sentence shown on the page after it; the generation
// is a number that moves whenever something public changes; a variant is what
// the look of a page depends on beside its address.
package web
