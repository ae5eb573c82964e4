package identity_test

import (
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

var toInspect = []identity.Right{identity.InspectionRead}

func TestATokenGivesItsRightsAndNoOthers(t *testing.T) {
	each(t, func(w *world) {
		id := w.person("liqing", "李青", school, identity.Publisher).Actor.Person
		token, secret, err := w.ps.GiveToken(w.ctx, w.sec, id, " 网站群发布程序 ", toInspect, 30)
		w.must("GiveToken", err)
		if token.Title != "网站群发布程序" || !strings.HasPrefix(secret.Reveal(), "gk_") || len(secret.Reveal()) < 40 {
			t.Errorf("GiveToken = %+v with a secret of %d characters", token, len(secret.Reveal()))
		}
		by, used, err := w.ps.ByToken(w.ctx, secret.Reveal())
		w.must("ByToken", err)
		if by.Person != id || used != token.ID {
			t.Errorf("ByToken = %s, %s, want %s, %s", by.Person, used, id, token.ID)
		}
		if !by.Can(identity.InspectionRead, school) || by.Can(identity.InspectionRead, finance) {
			t.Error("the token must see findings in the bureau, and only there")
		}
		if by.CanAny(identity.PublicationDraft) || by.CanAny(identity.PublicationRead) || !by.Scope(identity.PublicationRead).Empty() {
			t.Error("the token does what its person may and it may not")
		}
		all, err := w.ps.Tokens(w.ctx, w.sec, id)
		w.must("Tokens", err)
		if len(all) != 1 || all[0].Seen.IsZero() || !all[0].Good(all[0].Since) {
			t.Errorf("Tokens = %+v, want the one with its use", all)
		}
	})
}

func TestATokenIsNeverMoreThanItsPerson(t *testing.T) {
	each(t, func(w *world) {
		id := w.person("liqing", "李青", school, identity.Publisher).Actor.Person
		_, secret, err := w.ps.GiveToken(w.ctx, w.sec, id, "校对程序", []identity.Right{identity.InspectionRead, identity.LedgerRead}, 30)
		w.must("GiveToken", err)
		by, _, err := w.ps.ByToken(w.ctx, secret.Reveal())
		w.must("ByToken", err)
		if by.CanAny(identity.LedgerRead) {
			t.Error("the token reads the ledger, its person may not")
		}
		w.must("Revoke", w.ps.Revoke(w.ctx, w.sec, id, identity.Publisher, school))
		by, _, err = w.ps.ByToken(w.ctx, secret.Reveal())
		w.must("ByToken", err)
		if by.CanAny(identity.InspectionRead) {
			t.Error("the token keeps a right that its person lost")
		}
		w.must("Lock", w.ps.Lock(w.ctx, w.sec, id, "借调"))
		_, _, err = w.ps.ByToken(w.ctx, secret.Reveal())
		w.refused("ByToken of a locked account", err, fault.Forbidden, "接口令牌无效")
	})
}

func TestATokenEnds(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		other := w.person("wanglan", "王兰", school, identity.Publisher)
		id := v.Actor.Person
		first, secret, err := w.ps.GiveToken(w.ctx, w.sec, id, "校对程序", toInspect, 30)
		w.must("GiveToken", err)
		w.refused("EndToken by a colleague", w.ps.EndToken(w.ctx, other.Actor, first.ID), fault.Forbidden, "授予和收回角色")
		w.must("EndToken by oneself", w.ps.EndToken(w.ctx, v.Actor, first.ID))
		_, _, err = w.ps.ByToken(w.ctx, secret.Reveal())
		w.refused("ByToken after its end", err, fault.Forbidden, "接口令牌无效")
		w.refused("EndToken again", w.ps.EndToken(w.ctx, w.sec, first.ID), fault.Conflict, "已经收回")
		w.refused("EndToken of none", w.ps.EndToken(w.ctx, w.sec, "nothing"), fault.NotFound, "没有这个接口令牌")

		_, secret, err = w.ps.GiveToken(w.ctx, w.sec, id, "校对程序", toInspect, 30)
		w.must("GiveToken", err)
		w.at(30*24*time.Hour - time.Minute)
		_, _, err = w.ps.ByToken(w.ctx, secret.Reveal())
		w.must("ByToken on the last day", err)
		w.at(time.Minute)
		_, _, err = w.ps.ByToken(w.ctx, secret.Reveal())
		w.refused("ByToken after its last day", err, fault.Forbidden, "接口令牌无效")

		if got, want := strings.Join(w.acts(id)[4:], " "), "identity.token identity.token-end identity.token"; !strings.HasSuffix(got, want) {
			t.Errorf("acts on the person = %s, want %s at the end", got, want)
		}
	})
}

func TestWhoMayGiveATokenAndWhatItMayHold(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		id := v.Actor.Person
		give := func(by identity.Actor, to identity.ID, title string, rights []identity.Right, days int) error {
			_, _, err := w.ps.GiveToken(w.ctx, by, to, title, rights, days)
			return err
		}
		w.refused("a token by oneself", give(v.Actor, id, "程序", toInspect, 1), fault.Forbidden, "授予和收回角色")
		w.refused("a token by the system administrator", give(w.sys, id, "程序", toInspect, 1), fault.Forbidden, "授予和收回角色")
		w.refused("a security administrator's own", give(w.sec, w.sec.Person, "程序", toInspect, 1), fault.Forbidden, "自己的权限")
		w.refused("a token for nobody", give(w.sec, "nobody", "程序", toInspect, 1), fault.NotFound, "没有这个人员")
		for _, c := range []struct {
			name  string
			err   error
			field string
		}{
			{"without a title", give(w.sec, id, " ", toInspect, 1), "title"},
			{"without rights", give(w.sec, id, "程序", nil, 1), "rights"},
			{"with a right to act", give(w.sec, id, "程序", []identity.Right{identity.PublicationPublish}, 1), "rights"},
			{"with a right that is none", give(w.sec, id, "程序", []identity.Right{"x.read"}, 1), "rights"},
			{"for no day", give(w.sec, id, "程序", toInspect, 0), "days"},
			{"for more than a year", give(w.sec, id, "程序", toInspect, 366), "days"},
		} {
			if f := fault.Fields(c.err); len(f) != 1 || f[0].Field != c.field {
				t.Errorf("a token %s: %v, want a problem of %q", c.name, c.err, c.field)
			}
		}
		waiting, _ := w.create("new", "王新", school)
		w.refused("a token of an account that is not active", give(w.sec, waiting, "程序", toInspect, 1), fault.Conflict, "发放接口令牌")
		for range 20 {
			w.must("GiveToken", give(w.sec, id, "程序", toInspect, 1))
		}
		w.refused("one token too many", give(w.sec, id, "程序", toInspect, 1), fault.Conflict, "最多同时有20个")
		_, err := w.ps.Tokens(w.ctx, v.Actor, id)
		w.must("Tokens of oneself", err)
		_, err = w.ps.Tokens(w.ctx, v.Actor, waiting)
		w.refused("Tokens of another", err, fault.Forbidden, "查看人员")
	})
}

func TestATokenThatIsNoneOpensNothing(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		for _, s := range []string{"", "gk_", "gk_" + v.Token.Reveal(), v.Token.Reveal()} {
			_, _, err := w.ps.ByToken(w.ctx, s)
			w.refused("ByToken", err, fault.Forbidden, "接口令牌无效")
		}
	})
}

// TestATokenIsKeptOnlyAsADigest: who reads the records cannot act with them.
func TestATokenIsKeptOnlyAsADigest(t *testing.T) {
	each(t, func(w *world) {
		id := w.person("liqing", "李青", school, identity.Publisher).Actor.Person
		_, secret, err := w.ps.GiveToken(w.ctx, w.sec, id, "李青的程序", toInspect, 30)
		w.must("GiveToken", err)
		w.must("Read", w.db.Read(w.ctx, func(tx *db.Tx) error {
			kept, err := db.Value[[]byte](tx, `SELECT token FROM identity_token WHERE person = $1`, id)
			if len(kept) != 32 || strings.Contains(string(kept), secret.Reveal()[3:20]) {
				t.Errorf("%d bytes are kept of a token, want its digest", len(kept))
			}
			return err
		}))
		w.must("Read", w.db.Read(w.ctx, func(tx *db.Tx) error {
			return db.Each(tx, func(r db.Row) error {
				var line string
				if err := r.Scan(&line); err != nil {
					return err
				}
				if strings.Contains(line, "李青") || strings.Contains(line, secret.Reveal()[3:]) {
					t.Errorf("the ledger says too much: %s", line)
				}
				return nil
			}, `SELECT act || ' ' || subject || ' ' || public FROM ledger_entry ORDER BY seq`)
		}))
	})
}
