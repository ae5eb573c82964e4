package portal

import (
	"testing"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/publication"
)

// LimitSitemap makes sitemap files hold fewer addresses, for the test that splits them.
func (p *Portal) LimitSitemap(n int) { p.perSitemap = n }

func TestEveryTemplateMatchesItsStruct(t *testing.T) {
	dbtest.Each(t, publication.Schema, func(t *testing.T, d *db.DB) {
		p, err := New(Deps{DB: d, Now: dbtest.Clock(d).Now})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.templates.Check(); err != nil {
			t.Errorf("Check() of the portal's templates:\n%v", err)
		}
	})
}
