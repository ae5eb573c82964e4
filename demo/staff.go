package demo

import (
	"errors"
	"strings"

	"gongkai/demo/content"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
)

// member is a person with an account.
type member struct {
	content.Person
	id identity.ID
}

// quick is a cheap hash for passwords that everybody knows anyway. They are
// hashed anew at the real cost when somebody signs in.
var quick = identity.Argon{MemoryKiB: 8, Passes: 1, Lanes: 1}

// noSeal seals nothing: nobody in the district has a second factor yet.
type noSeal struct{}

var errNoSeal = errors.New("demo: second factors are set up by people themselves")

func (noSeal) Seal([]byte) ([]byte, error) { return nil, errNoSeal }
func (noSeal) Open([]byte) ([]byte, error) { return nil, errNoSeal }

// settle makes the units, the three administrators, and through them everybody
// else with their roles.
func (b *builder) settle() error {
	self := identity.System("demo")
	used := b.columnsUsed()
	for _, u := range b.content.Units {
		if err := b.Units.Add(b.ctx, self, b.unit(u, used[u.ID])); err != nil {
			return err
		}
	}
	policy, err := b.People.Policy(), error(nil)
	policy.Argon = quick
	if b.accounts, err = identity.New(b.DB, noSeal{}, policy); err != nil {
		return err
	}
	firsts, err := b.accounts.Bootstrap(b.ctx, self, "mj")
	if err != nil {
		return err
	}
	first := map[string]identity.ID{}
	for _, f := range firsts {
		first[f.Login] = f.ID
		if err := b.know(f.Login, f.ID); err != nil {
			return err
		}
	}
	sys, sec := b.actors["sysadmin"], b.actors["secadmin"]
	for _, p := range b.content.People {
		details := identity.Details{Name: p.Name, Unit: org.ID(p.Unit), Post: p.Title, Phone: b.phone(p.Unit)}
		if id, ok := first[p.Login]; ok {
			if err := b.accounts.Edit(b.ctx, sys, id, details); err != nil {
				return err
			}
			b.people = append(b.people, member{p, id})
			continue
		}
		id, _, err := b.accounts.Create(b.ctx, sys, p.Login, details)
		if err != nil {
			return err
		}
		if err := b.accounts.Activate(b.ctx, sec, id); err != nil {
			return err
		}
		for _, r := range p.Roles {
			if err := b.accounts.Grant(b.ctx, sec, id, identity.Role(r), org.ID(p.Over)); err != nil {
				return err
			}
		}
		if err := b.know(p.Login, id); err != nil {
			return err
		}
		b.people = append(b.people, member{p, id})
	}
	return b.chains()
}

// chains gives news, and decisions that are due within seven working days
// (国办发〔2018〕118号), a shorter way: three levels, the secrecy review among them.
func (b *builder) chains() error {
	for _, kind := range []string{"news", "permit", "penalty"} {
		err := b.Reviews.SetChain(b.ctx, b.actors["supervisor"], review.Chain{Unit: "mj", Kind: kind, Levels: []review.Level{
			{Name: "初审", Right: identity.ReviewFirst}, {Name: "保密审查", Right: identity.ReviewSecret}, {Name: "终审", Right: identity.ReviewFinal},
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// know remembers what a person may do.
func (b *builder) know(login string, id identity.ID) error {
	return b.DB.Read(b.ctx, func(tx *db.Tx) error {
		a, err := identity.ActorOf(tx, id)
		b.actors[login] = a
		return err
	})
}

// who is the person in a role for a unit.
func (b *builder) who(unit, role string) identity.Actor {
	return b.actors[strings.TrimPrefix(unit, "mj-")+"."+role]
}

func (b *builder) phone(id string) string {
	for _, u := range b.content.Units {
		if u.ID == id {
			return u.Contact.Phone
		}
	}
	return ""
}

// passwords are set last, with the machine's time, so that they are not already
// too old.
func (b *builder) passwords() error {
	for _, p := range b.people {
		if err := b.accounts.SetPassword(b.ctx, identity.System("demo"), p.id, Password, false); err != nil {
			return err
		}
	}
	return nil
}

// columnsUsed are the columns of each unit in which something is published in the
// end: the duties of the units, as the district's story has them.
func (b *builder) columnsUsed() map[string]map[publication.Column]bool {
	used := map[string]map[publication.Column]bool{}
	use := func(unit string, c publication.Column) {
		if used[unit] == nil {
			used[unit] = map[publication.Column]bool{}
		}
		used[unit][c] = true
	}
	for _, it := range b.content.Items {
		if it.State == content.Published {
			use(it.Unit, columnOf(it, b.kindOf(it.Unit)))
		}
	}
	for _, p := range oldPages() {
		if !p.gone {
			use(p.unit, p.column)
		}
	}
	for _, a := range agreedTexts {
		if a.out {
			use(a.unit, a.column)
		}
	}
	return used
}

// unit is a unit as the platform keeps it, with the columns that it uses.
func (b *builder) unit(u content.Unit, used map[publication.Column]bool) org.Unit {
	out := org.Unit{
		ID: org.ID(u.ID), Parent: org.ID(u.Parent), Kind: org.Kind(u.Kind), Name: u.Name, Short: u.Short, Code: u.Code, USCC: u.USCC,
		Region: content.Region, Domain: u.Domain, IndexTemplate: u.Index, Order: u.Order, Active: true,
		Contact: org.Contact{Office: u.Contact.Office, Address: u.Contact.Address, Hours: u.Contact.Hours, Phone: u.Contact.Phone,
			Fax: u.Contact.Fax, Email: u.Contact.Email, Postcode: u.Contact.Postcode},
		Duties: strings.Join(u.Duties, "\n"),
	}
	if u.Kind == content.Government { // the one site of the district
		out.SiteCode = u.SiteCode
		out.Footer = org.Footer{ICP: "示例ICP备99990001号-1", Police: "示例公网安备 99990002000001号"}
	}
	for _, l := range u.Leaders {
		out.Leaders = append(out.Leaders, org.Leader{Name: l.Name, Post: l.Title, Work: l.Field})
	}
	for _, s := range u.Sections {
		out.Sections = append(out.Sections, org.Section{Name: s.Name, Duty: s.Duty, Phone: s.Phone})
	}
	for _, c := range publication.ColumnsFor(out.Kind) {
		if c.Code.MayLack() && !used[c.Code] {
			out.Without = append(out.Without, string(c.Code))
		}
	}
	return out
}
