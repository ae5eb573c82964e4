package identity_test

import (
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/org"
)

func TestARoleReachesDownAndNotUp(t *testing.T) {
	each(t, func(w *world) {
		by := w.person("liqing", "李青", school, identity.Publisher).Actor
		for unit, want := range map[org.ID]bool{school: true, primary: true, district: false, office: false, finance: false, "mj-jy": false, "": false} {
			if got := by.Can(identity.PublicationDraft, unit); got != want {
				t.Errorf("Can(publication.draft, %q) = %v, want %v", unit, got, want)
			}
		}
		if got, want := by.Scope(identity.PublicationDraft).Key(), org.Under(school).Key(); got != want {
			t.Errorf("Scope(publication.draft) = %q, want %q", got, want)
		}
		if !by.Scope(identity.ReviewFinal).Empty() || by.CanAny(identity.ReviewFinal) {
			t.Error("a publisher may review finally somewhere")
		}
		w.refused("Check", by.Check(identity.PublicationDraft, finance), fault.Forbidden, "“起草信息”的权限")
		if got := by.Units(identity.Publisher); len(got) != 1 || got[0] != school {
			t.Errorf("Units(publisher) = %v", got)
		}
	})
}

func TestAUnitThatIsAddedIsReachedAtOnce(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		w.must("Add", org.New(w.db).Add(w.ctx, w.sys, org.Unit{ID: "mj-jyj-zx", Parent: school, Kind: org.Department, Name: "示例市明镜区第一中学", Active: true}))
		if !w.resume(v.Token).Actor.Can(identity.PublicationDraft, "mj-jyj-zx") {
			t.Error("the new school is not in reach of the bureau's publisher")
		}
	})
}

func TestAdministratorsHoldNothingElse(t *testing.T) {
	each(t, func(w *world) {
		id, _ := w.create("liqing", "李青", school)
		for _, first := range identity.Roles() {
			w.must("Grant "+string(first), w.ps.Grant(w.ctx, w.sec, id, first, school))
			for _, second := range identity.Roles() {
				err := w.ps.Grant(w.ctx, w.sec, id, second, primary)
				switch {
				case first != second && (first.Admin() || second.Admin()):
					w.refused(string(second)+" beside "+string(first), err, fault.Forbidden, "不能由同一人担任")
				case err != nil:
					t.Errorf("Grant %s beside %s = %v", second, first, err)
				default:
					w.must("Revoke", w.ps.Revoke(w.ctx, w.sec, id, second, primary))
				}
			}
			w.must("Revoke "+string(first), w.ps.Revoke(w.ctx, w.sec, id, first, school))
		}
	})
}

func TestGrantsAreRefused(t *testing.T) {
	each(t, func(w *world) {
		id, _ := w.create("liqing", "李青", school)
		w.must("Grant", w.ps.Grant(w.ctx, w.sec, id, identity.Publisher, school))
		w.refused("Grant twice", w.ps.Grant(w.ctx, w.sec, id, identity.Publisher, school), fault.Conflict, "已有“信息员”角色")
		w.refused("Grant an unknown role", w.ps.Grant(w.ctx, w.sec, id, "king", school), fault.Invalid, "没有这个角色")
		w.refused("Grant to oneself", w.ps.Grant(w.ctx, w.sec, w.sec.Person, identity.SecAdmin, school), fault.Forbidden, "任何人不得变更自己的权限")
		w.refused("Revoke from oneself", w.ps.Revoke(w.ctx, w.sec, w.sec.Person, identity.SecAdmin, district), fault.Forbidden, "任何人不得变更自己的权限")
		w.refused("Grant to nobody", w.ps.Grant(w.ctx, w.sec, "nobody", identity.First, school), fault.NotFound, "没有这个人员")
		w.refused("Grant in no unit", w.ps.Grant(w.ctx, identity.System("test"), id, identity.First, "mj-no"), fault.NotFound, "没有这个机构")
		w.refused("Revoke what is not held", w.ps.Revoke(w.ctx, w.sec, id, identity.First, school), fault.NotFound, "没有“初审”角色")
		w.refused("Revoke from nobody", w.ps.Revoke(w.ctx, w.sec, "nobody", identity.First, school), fault.NotFound, "没有这个人员")
		w.must("Revoke", w.ps.Revoke(w.ctx, w.sec, id, identity.Publisher, school))
		w.refused("Revoke twice", w.ps.Revoke(w.ctx, w.sec, id, identity.Publisher, school), fault.NotFound, "没有“信息员”角色")
		w.must("Grant again", w.ps.Grant(w.ctx, w.sec, id, identity.Publisher, school))
	})
}

func TestASuccessorTakesOverOnTheDay(t *testing.T) {
	each(t, func(w *world) {
		old := w.person("liqing", "李青", school, identity.Publisher, identity.Officer)
		next := w.person("wanglan", "王兰", school, identity.Officer)
		day := w.clock.Now().Add(48 * time.Hour)
		w.must("Succeed", w.ps.Succeed(w.ctx, w.sec, old.Actor.Person, next.Actor.Person, day))

		may := func(when string, id identity.ID, right identity.Right, want bool) {
			t.Helper()
			if got := w.actorOf(id).Can(right, school); got != want {
				t.Errorf("%s: may %s = %v, want %v", when, right, got, want)
			}
		}
		may("before the day, the old one", old.Actor.Person, identity.PublicationDraft, true)
		may("before the day, the next one", next.Actor.Person, identity.PublicationDraft, false)
		w.clock.Set(day)
		may("on the day, the old one", old.Actor.Person, identity.PublicationDraft, false)
		may("on the day, the old one as officer", old.Actor.Person, identity.RequestHandle, false)
		may("on the day, the next one", next.Actor.Person, identity.PublicationDraft, true)
		may("on the day, the next one as officer", next.Actor.Person, identity.RequestHandle, true)
	})
}

func TestHandoversAreRefused(t *testing.T) {
	each(t, func(w *world) {
		old := w.person("liqing", "李青", school, identity.Publisher).Actor
		next := w.person("wanglan", "王兰", school).Actor
		sec2 := w.person("secschool", "钱安全", school, identity.SecAdmin).Actor
		now := time.Time{}
		w.refused("to oneself", w.ps.Succeed(w.ctx, w.sec, old.Person, old.Person, now), fault.Invalid, "不能是同一人")
		w.refused("by the one who gives", w.ps.Succeed(w.ctx, old, old.Person, next.Person, now), fault.Forbidden, "自己的权限")
		w.refused("by the one who receives", w.ps.Succeed(w.ctx, sec2, old.Person, sec2.Person, now), fault.Forbidden, "自己的权限")
		w.refused("by the system administrator", w.ps.Succeed(w.ctx, w.sys, old.Person, next.Person, now), fault.Forbidden, "授予和收回角色")
		w.refused("in the past", w.ps.Succeed(w.ctx, w.sec, old.Person, next.Person, w.clock.Now().Add(-time.Hour)), fault.TooLate, "不能早于现在")
		w.refused("of nothing", w.ps.Succeed(w.ctx, w.sec, next.Person, old.Person, now), fault.Conflict, "没有可以移交的角色")
		w.refused("from nobody", w.ps.Succeed(w.ctx, w.sec, "nobody", next.Person, now), fault.NotFound, "没有这个人员")
		w.refused("to an administrator", w.ps.Succeed(w.ctx, w.sec, old.Person, sec2.Person, now), fault.Forbidden, "不能由同一人担任")
		w.must("Leave", w.ps.Leave(w.ctx, w.sys, next.Person))
		w.refused("to a leaver", w.ps.Succeed(w.ctx, w.sec, old.Person, next.Person, now), fault.Conflict, "已注销")
		outside := w.person("zhaoyu", "赵宇", finance, identity.Publisher).Actor
		w.refused("by another unit's administrator", w.ps.Succeed(w.ctx, sec2, outside.Person, old.Person, now), fault.Forbidden, "授予和收回角色")
	})
}

func TestAnAdministratorMayHandOver(t *testing.T) {
	each(t, func(w *world) {
		next := w.person("newsys", "吴系统", district).Actor
		w.must("Succeed", w.ps.Succeed(w.ctx, w.sec, w.sys.Person, next.Person, time.Time{}))
		if got := w.actorOf(next.Person).Roles(); len(got) != 1 || got[0] != identity.SysAdmin {
			t.Errorf("Roles of the successor = %v, want sysadmin", got)
		}
		if got := w.actorOf(w.sys.Person).Roles(); len(got) != 0 {
			t.Errorf("Roles of the predecessor = %v, want none", got)
		}
	})
}

func TestWhoWasInChargeWhenIsKept(t *testing.T) {
	each(t, func(w *world) {
		old := w.person("liqing", "李青", school, identity.Publisher).Actor
		next := w.person("wanglan", "王兰", school).Actor
		w.person("zhaoyu", "赵宇", primary, identity.Publisher)
		day := w.clock.Now().Add(24 * time.Hour).UTC().Truncate(time.Millisecond)
		w.must("Succeed", w.ps.Succeed(w.ctx, w.sec, old.Person, next.Person, day))
		w.must("Grant", w.ps.Grant(w.ctx, w.sec, old.Person, identity.First, primary))
		all, err := w.ps.Holdings(w.ctx, w.audit, school)
		w.must("Holdings", err)
		if len(all) != 2 || all[0].Name != "王兰" || !all[0].Since.Equal(day) || !all[0].Until.IsZero() ||
			all[1].Login != "liqing" || !all[1].Until.Equal(day) || all[1].Role != identity.Publisher {
			t.Errorf("Holdings(%s) = %+v, want 王兰 from %v and 李青 until then", school, all, day)
		}
		_, err = w.ps.Holdings(w.ctx, old, school)
		w.refused("Holdings for a publisher", err, fault.Forbidden, "查看人员")
	})
}
