package portal

import (
	"time"

	"gongkai/internal/web"
	"gongkai/internal/web/ui"
)

// addRoutes is the table of the portal. Everything here is public.
func (p *Portal) addRoutes() {
	get := func(path string, h web.Handler) *web.Route { return p.routes.Get(path, web.Public, h) }
	searches := web.NewLimiter(300*time.Millisecond, 40)

	p.routes.Assets(p.assets)
	p.routes.Post("/look", web.Public, ui.SetLook)

	get("/{$}", p.home).Cached()
	get("/units", p.units).Cached()
	get("/units/{unit}", p.unit).Cached()
	get("/units/{unit}/apply", p.apply).Cached()
	get("/units/{unit}/{column}", p.column).Cached()
	get("/apply", p.applyWhere).Cached()
	get("/apply/form", p.applyForm).Cached()
	get("/policies", p.policies).Cached().Limit(searches)
	get("/reports", p.reports).Cached()
	get("/search", p.search).Cached().Limit(searches)
	get("/info/{id}", p.info).Cached()
	get("/info/{id}/proof", p.proof)
	get("/info/{id}/record.json", p.record)
	get("/info/{id}/entry", p.entry)
	get("/info/{id}/tlog-proof", p.tlogProof)
	get("/files/{digest}/{name}", p.file)
	get("/about", p.about).Cached()
	get("/map", p.siteMap).Cached()
	get("/sitemap.xml", p.sitemapXML)
	get("/robots.txt", p.robots)
	get("/ledger", p.ledgerPage).Cached()
	get("/ledger/checkpoint", p.checkpoint)
	get("/ledger/key", p.key)
	get("/ledger/tile/{path...}", p.tile)
	get("/style-guide", p.styleGuide).Cached()
}
