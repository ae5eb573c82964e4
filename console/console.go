package console

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"time"

	"gongkai/annualreport"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/jobs"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
	"gongkai/review"
)

// Root is where the console lives. Cookies are bound to it.
const Root = "/console"

// Deps is what the console works with: the pillars and what the program has
// decided for this installation.
type Deps struct {
	DB     *db.DB
	Units  *org.Units
	People *identity.People
	// Inspections keeps findings, exceptions and the units' own rules.
	Inspections *inspection.Inspections
	Reviews     *review.Reviews
	Items       *publication.Items
	Registers   *register.Registers
	Reports     *annualreport.Reports
	Files       *document.Files
	Queue       *jobs.Queue
	Blob        blob.Store
	Ledger      *ledger.Log
	// Keepers are asked when the ledger is verified.
	Keepers []ledger.Keeper
	// Preview shows an item's content as the public page will; nil shows it with
	// the same components in a frame of the console's own.
	Preview func(w http.ResponseWriter, r *http.Request, unit org.Unit, row publication.Row, c publication.Content) error

	Log     *slog.Logger
	Now     func() time.Time
	Key     []byte // secret of the installation, signs the messages between pages
	System  string // name of the platform; "" means 政府信息公开工作台
	Public  string // path of the public site, "" means "/"
	Secure  bool
	Proxies []netip.Prefix
	// Settings is the configuration in force, secrets already hidden.
	Settings []Setting
}

// Setting is one line of the configuration in force.
type Setting struct {
	Group, Name, Value, Note string
}

// Console is the staff face: an http.Handler for everything below Root.
type Console struct {
	Deps
	routes    *web.Routes
	templates *web.Templates
	assets    *web.Assets
	flashes   *web.Flashes
	logins    *web.Limiter
	proposed  proposed
	looks     *looks   // into texts being written
	copies    copies   // that were shown and may be put in the place of a file
	audit     checking // of the ledger
	css, js   string
	editorCSS []string
	editorJS  []string
	liveJS    []string
}

//go:embed page
var pages embed.FS

//go:embed assets
var assetFiles embed.FS

// New puts the console together. It fails when a template is wrong.
func New(d Deps) (*Console, error) {
	if d.System == "" {
		d.System = "政府信息公开工作台"
	}
	if d.Public == "" {
		d.Public = "/"
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	c := &Console{Deps: d, assets: web.NewAssets(Root + "/assets/"), flashes: web.NewFlashes(d.Key, Root),
		logins: web.NewLimiter(500*time.Millisecond, 60), looks: newLooks(runtime.GOMAXPROCS(0) / 2)}
	if err := c.addAssets(); err != nil {
		return nil, err
	}
	templates, err := c.parse()
	if err != nil {
		return nil, err
	}
	c.templates = templates
	c.routes = web.New(web.Face{
		Name: "console", Now: d.Now, Log: d.Log, Enter: c.enter, Check: c.check, ErrorPage: c.errorPage,
		Proxies: d.Proxies, Secure: d.Secure,
	})
	c.addRoutes()
	return c, nil
}

func (c *Console) addAssets() error {
	if err := ui.AddTo(c.assets); err != nil {
		return err
	}
	c.css, c.js = c.assets.MustURL("ui.css"), c.assets.MustURL("ui.js")
	for _, name := range []string{"console.css", "editor.css", "editor.js", "live.js"} {
		b, err := assetFiles.ReadFile("assets/" + name)
		if err != nil {
			continue // without the built editor the text area itself is the editor
		}
		if err := c.assets.Add(name, b); err != nil {
			return err
		}
		switch name {
		case "editor.css":
			c.editorCSS = []string{c.assets.MustURL(name)}
		case "editor.js":
			c.editorJS = []string{c.assets.MustURL(name)}
		case "live.js":
			c.liveJS = []string{c.assets.MustURL(name)}
		}
	}
	return nil
}

func (c *Console) parse() (*web.Templates, error) {
	all, err := fs.Sub(pages, "page")
	if err != nil {
		return nil, err
	}
	shared, err := fs.Sub(pages, "page/shared")
	if err != nil {
		return nil, err
	}
	own, err := fs.Sub(all, "own")
	if err != nil {
		return nil, err
	}
	return web.ParseTemplates(web.TemplateConfig{
		Funcs:  ui.Funcs(c.assets),
		Shared: []fs.FS{ui.Components(), shared},
		Pages:  own,
		Types: map[string]any{
			"door": doorPage{}, "carried": carriedPage{}, "failure": failurePage{}, "account": accountPage{}, "codes": codesPage{},
			"home": homePage{}, "list": listPage{}, "form": formPage{}, "start": startPage{}, "draft": draftPage{},
			"conflict": conflictPage{}, "preview": previewPage{}, "mask": maskPage{}, "consult-ask": askPage{}, "consultation": consultationPage{}, "compare": comparePage{}, "review": reviewPage{}, "item": itemPage{},
			"sheet": sheetPage{}, "detail": detailPage{}, "overview": overviewPage{}, "secret": secretPage{},
			"register": registerPage{}, "registerimport": importPage{},
			"report-list": reportListPage{}, "report-round": roundPage{}, "report-table": reportTablePage{}, "report-cell": reportCellPage{},
			"report-text": reportTextPage{}, "report-check": reportCheckPage{}, "report-handle": reportHandlePage{}, "report-fill": reportFillPage{},
			"inspection": inspectionPage{}, "inspection-list": findingsPage{}, "inspection-finding": findingPage{}, "inspection-due": duePage{},
			"inspection-sheet": inspectionSheetPage{}, "inspection-rule": rulePage{}, "inspection-words": wordsPage{}, "inspection-sites": sitesPage{},
			"report-paper": reportPaperPage{}, "report-earlier": earlierPage{}, "report-read": readPage{}, "report-past": reportPastPage{},
		},
	})
}

// Check compares every template with the struct it shows.
func (c *Console) Check() error { return c.templates.Check() }

// Table returns the routes with the rights they need.
func (c *Console) Table() []web.Route { return c.routes.Table() }

type writerKey struct{}

// ServeHTTP answers everything below Root.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Resuming a session may hand out a new token, before any handler runs.
	c.routes.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), writerKey{}, w)))
}

// read runs f on one snapshot, for the pages that look at several pillars.
func (c *Console) read(r *http.Request, f func(tx *db.Tx) error) error {
	return c.DB.Read(r.Context(), f)
}
