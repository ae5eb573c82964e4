package publication_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/publication"
	"gongkai/review"
)

var ctx = context.Background()

func TestTheWayFromADraftToAPublicPage(t *testing.T) {
	each(t, func(v *district) {
		c := policy("关于做好春季学期开学工作的通知", "明教发[2026]第05号")
		c.Files = []publication.File{{Digest: attachment, Name: "申报表.docx", Size: 1234, Kind: "docx"}}
		id := v.create(c)
		v.read(func(tx *db.Tx) error {
			_, err := publication.PageOf(tx, id)
			v.refused("reading a draft", err, fault.NotFound)
			_, err = publication.PublicFile(tx, attachment)
			v.refused2("fetching a draft's file", err, fault.NotFound)
			return nil
		})
		s := v.submit(id)
		if got := v.row(id).IndexNo; got != "11370322004222241N/2026-00001" {
			v.Errorf("index number = %s", got)
		}
		v.signAll(s)
		if got := v.row(id).Work; got != publication.Ready {
			v.Errorf("after the last signature work = %s, want %s", got, publication.Ready)
		}
		v.must(v.items.Publish(ctx, v.writer, id, v.clearance(id)))
		p := v.page(id)
		if p.DocNo != "明教发〔2026〕5号" || p.Title != c.Title || p.Face != publication.Public {
			v.Errorf("page = %q %q %s", p.Title, p.DocNo, p.Face)
		}
		for _, q := range []string{"春季学期", "明教发〔2026〕5号", "明教发[2026]5号", "银杏树名录", "11370322004222241N/2026-00001"} {
			if diff := cmp.Diff([]string{string(id)}, v.find(q)); diff != "" {
				v.Errorf("find %s (-want +got):\n%s", q, diff)
			}
		}
		v.read(func(tx *db.Tx) error {
			name, err := publication.PublicFile(tx, attachment)
			if name != "申报表.docx" {
				v.Errorf("PublicFile = %q", name)
			}
			return err
		})
		v.verify()
	})
}

func (v *district) refused2(what string, err error, kind fault.Kind) {
	v.Helper()
	if fault.KindOf(err) != kind {
		v.Errorf("%s: err = %v, want %s", what, err, kind)
	}
}

func TestNothingIsPublishedWithoutExactlyItsClearance(t *testing.T) {
	each(t, func(v *district) {
		a, b := v.create(policy("关于校园安全的通知", "明教发〔2026〕6号")), v.create(policy("关于校车管理的通知", "明教发〔2026〕7号"))
		v.refused("publishing a draft", v.items.Publish(ctx, v.writer, a, review.Clearance{}), fault.Conflict)
		sa, sb := v.submit(a), v.submit(b)
		v.signAll(sa)
		v.signAll(sb)
		v.refused("the zero clearance", v.items.Publish(ctx, v.writer, a, review.Clearance{}), fault.Forbidden)
		v.refused("another item's clearance", v.items.Publish(ctx, v.writer, a, v.clearance(b)), fault.Forbidden)
		v.refused("somebody without the right", v.items.Publish(ctx, v.final, a, v.clearance(a)), fault.Forbidden)
		v.refused("nobody", v.items.Publish(ctx, identity.Actor{}, a, v.clearance(a)), fault.Forbidden)

		// A changed byte needs a new clearance: after a recall and a change the
		// old one is worth nothing.
		old := v.clearance(a)
		v.must(v.items.Recall(ctx, v.writer, a))
		changed := policy("关于校园安全的通知", "明教发〔2026〕6号")
		changed.Body += "<p>。</p>"
		_, err := v.items.Save(ctx, v.writer, a, v.rev(a), changed, publication.Plan{})
		v.must(err)
		s := v.submit(a)
		v.refused("an old clearance while in review", v.items.Publish(ctx, v.writer, a, old), fault.Conflict)
		v.signAll(s)
		v.refused("an old clearance for a new text", v.items.Publish(ctx, v.writer, a, old), fault.Conflict)
		spent := v.clearance(a)
		v.must(v.items.Publish(ctx, v.writer, a, spent))
		v.refused("a second use", v.items.Publish(ctx, v.writer, a, spent), fault.Conflict)
		v.verify()
	})
}

func TestNobodyReviewsTheirOwnAndNobodyTwice(t *testing.T) {
	each(t, func(v *district) {
		id := v.create(policy("关于研学旅行的通知", "明教发〔2026〕8号"))
		// other is a publisher too and writes a line: now it is their own.
		_, err := v.items.Save(ctx, v.other, id, v.rev(id), policy("关于研学旅行的通知", "明教发〔2026〕8号"), publication.Plan{})
		v.must(err)
		s := v.submit(id)
		view := review.View{Level: 0, Digest: s.Digest}
		_, err = v.reviews.Sign(ctx, v.other, s.ID, view, "")
		v.refused("a co-author signing", err, fault.Forbidden)
		_, err = v.reviews.Sign(ctx, v.writer, s.ID, view, "")
		v.refused("the writer signing", err, fault.Forbidden)
		_, err = v.reviews.Sign(ctx, v.final, s.ID, view, "")
		v.refused("a later level signing first", err, fault.Forbidden)
		_, err = v.reviews.Sign(ctx, v.first, s.ID, review.View{Level: 1, Digest: s.Digest}, "")
		v.refused("a stale level", err, fault.Conflict)
		_, err = v.reviews.Sign(ctx, v.first, s.ID, review.View{Level: 0}, "")
		v.refused("a stale text", err, fault.Conflict)
		_, err = v.reviews.Return(ctx, v.first, s.ID, view, "改")
		v.refused("a return without saying why", err, fault.Invalid)

		both := v.person("both", "mj", "mj", identity.First, identity.Secrecy)
		_, err = v.reviews.Sign(ctx, both, s.ID, view, "")
		v.must(err)
		_, err = v.reviews.Sign(ctx, both, s.ID, review.View{Level: 1, Digest: s.Digest}, "")
		v.refused("one person at two levels", err, fault.Forbidden)
		v.read(func(tx *db.Tx) error {
			for who, want := range map[*identity.Actor]int{&v.secrecy: 1, &both: 0, &v.first: 0, &v.other: 0} {
				q, err := review.Queue(tx, *who)
				if err != nil || len(q) != want {
					v.Errorf("queue of %s has %d, %v, want %d", who.Person, len(q), err, want)
				}
			}
			return nil
		})
		v.verify()
	})
}

func TestAReturnedTextIsTheWritersAgain(t *testing.T) {
	each(t, func(v *district) {
		id := v.create(policy("关于课后服务的通知", "明教发〔2026〕9号"))
		s := v.submit(id)
		_, err := v.items.Save(ctx, v.writer, id, v.rev(id), policy("x", ""), publication.Plan{})
		v.refused("saving while in review", err, fault.Conflict)
		_, err = v.reviews.Return(ctx, v.first, s.ID, review.View{Digest: s.Digest}, "第二段的时间请核对")
		v.must(err)
		if w := v.row(id).Work; w != publication.Draft {
			v.Errorf("work = %s, want draft", w)
		}
		_, err = v.reviews.Sign(ctx, v.first, s.ID, review.View{Digest: s.Digest}, "")
		v.refused("signing what was returned", err, fault.Conflict)
		v.publishAgain(id)
		v.read(func(tx *db.Tx) error {
			all, err := review.Of(tx, id.Subject())
			if len(all) != 2 || all[0].State != review.Returned || all[1].State != review.Spent {
				v.Errorf("submissions = %+v", all)
			}
			return err
		})
		if n := v.row(id).Version; n != 1 {
			v.Errorf("an unchanged text was kept again as version %d", n)
		}
		v.verify()
	})
}

func TestAPlanIsCarriedOutWithTheLastSignature(t *testing.T) {
	each(t, func(v *district) {
		plan := func(title string, p publication.Plan) publication.ItemID {
			id := v.create(policy(title, ""))
			_, err := v.items.Save(ctx, v.writer, id, 1, policy(title, ""), p)
			v.must(err)
			v.signAll(v.submit(id))
			return id
		}
		once := plan("关于立即公布的通知", publication.Plan{When: publication.AtOnce})
		if f := v.row(once).Face; f != publication.Public {
			v.Errorf("planned at once: face = %s", f)
		}
		at := v.clock().Now().Add(48 * time.Hour)
		timed := plan("关于定时公布的通知", publication.Plan{When: publication.AtTime, At: at})
		if r := v.row(timed); r.Work != publication.Scheduled || r.Face != publication.Unseen {
			v.Errorf("planned for a time: work, face = %s, %s", r.Work, r.Face)
		}
		run := func() {
			q := jobs.New(v.db, quiet())
			q.Handle(publication.PublishJob, v.items.RunPublish)
			_, err := q.RunDue(ctx)
			v.must(err)
		}
		v.at(1)
		run()
		if f := v.row(timed).Face; f != publication.Unseen {
			v.Errorf("a day too early: face = %s", f)
		}
		v.at(2)
		run()
		run()
		if r := v.row(timed); r.Face != publication.Public || r.Work != publication.NoWork {
			v.Errorf("after its time: face, work = %s, %s", r.Face, r.Work)
		}
		v.verify()
	})
}

func TestASchedulingCanBeMovedAndTakenBack(t *testing.T) {
	each(t, func(v *district) {
		id := v.create(policy("关于预约公布的通知", ""))
		v.refused("scheduling a draft", v.items.Schedule(ctx, v.writer, id, v.clock().Now().Add(time.Hour)), fault.Conflict)
		v.signAll(v.submit(id))
		v.refused("the past", v.items.Schedule(ctx, v.writer, id, v.clock().Now().Add(-time.Hour)), fault.Invalid)
		v.refused("two years ahead", v.items.Schedule(ctx, v.writer, id, v.clock().Now().AddDate(2, 0, 0)), fault.Invalid)
		v.refused("taking back what is not scheduled", v.items.Unschedule(ctx, v.writer, id), fault.Conflict)
		v.must(v.items.Schedule(ctx, v.writer, id, v.clock().Now().Add(time.Hour)))
		v.must(v.items.Schedule(ctx, v.writer, id, v.clock().Now().Add(72*time.Hour)))
		v.must(v.items.Unschedule(ctx, v.writer, id))
		v.at(5)
		q := jobs.New(v.db, quiet())
		q.Handle(publication.PublishJob, v.items.RunPublish)
		_, err := q.RunDue(ctx)
		v.must(err)
		if f := v.row(id).Face; f != publication.Unseen {
			v.Errorf("published in spite of being taken back: %s", f)
		}
		v.must(v.items.Publish(ctx, v.writer, id, v.clearance(id)))
		v.verify()
	})
}

func TestWithdrawingLeavesATombstone(t *testing.T) {
	each(t, func(v *district) {
		c := policy("关于撤回示例的通知", "明教发〔2026〕10号")
		c.Files = []publication.File{{Digest: attachment, Name: "表.docx"}}
		id := v.publish(c)
		v.refused("without a reason", v.items.Withdraw(ctx, v.writer, id, "错了"), fault.Invalid)
		v.refused("without the right", v.items.Withdraw(ctx, v.first, id, "附件中含有个人信息"), fault.Forbidden)
		v.must(v.items.Withdraw(ctx, v.supervisor, id, "附件中含有个人信息"))
		p := v.page(id)
		if p.Face != publication.Withdrawn || p.Why != "附件中含有个人信息" || p.Content.Body != "" || p.GoneAt.IsZero() {
			v.Errorf("tombstone = %s %q body %q", p.Face, p.Why, p.Content.Body)
		}
		if ids := v.find("撤回示例"); len(ids) != 0 {
			v.Errorf("search still finds %v", ids)
		}
		v.read(func(tx *db.Tx) error {
			_, err := publication.PublicFile(tx, attachment)
			v.refused2("fetching its file", err, fault.NotFound)
			_, err = publication.RecordOf(tx, id)
			v.refused2("fetching its record", err, fault.NotFound)
			return nil
		})
		v.refused("withdrawing twice", v.items.Withdraw(ctx, v.supervisor, id, "附件中含有个人信息"), fault.Conflict)
		// It can come back only through review.
		v.must(v.items.Revise(ctx, v.writer, id))
		v.publishAgain2(id, c)
		if f := v.row(id).Face; f != publication.Public {
			v.Errorf("after a new publication face = %s", f)
		}
		v.verify()
	})
}

// publishAgain2 changes the text so that it is a new version, and publishes it.
func (v *district) publishAgain2(id publication.ItemID, c publication.Content) {
	v.Helper()
	c.Body += "<p>更正。</p>"
	_, err := v.items.Save(ctx, v.writer, id, v.rev(id), c, publication.Plan{})
	v.must(err)
	v.publishAgain(id)
}

func TestTwoPeopleOnOneDraftLoseNothing(t *testing.T) {
	each(t, func(v *district) {
		id := v.create(policy("关于协同编辑的通知", ""))
		mine, theirs := policy("关于协同编辑的通知（甲）", ""), policy("关于协同编辑的通知（乙）", "")
		if _, err := v.items.Save(ctx, v.writer, id, 1, mine, publication.Plan{}); err != nil {
			v.Fatal(err)
		}
		_, err := v.items.Save(ctx, v.other, id, 1, theirs, publication.Plan{})
		v.refused("saving over another's text", err, fault.Conflict)
		v.read(func(tx *db.Tx) error {
			c, err := publication.CopyOf(tx, id)
			if c.Content.Title != mine.Title || c.Rev != 2 {
				v.Errorf("copy = %q rev %d", c.Content.Title, c.Rev)
			}
			return err
		})
		_, err = v.items.Submit(ctx, v.other, id, 1)
		v.refused("submitting a text one has not seen", err, fault.Conflict)
	})
}

func TestWhatIsNotOpenIsKeptAndNeverShown(t *testing.T) {
	each(t, func(v *district) {
		c := policy("关于内部会议安排的通知", "")
		c.Openness = review.Openness{Attribute: review.Closed, Clause: "E16a", Reason: "属于内部工作流程信息"}
		id := v.create(c)
		v.signAll(v.submit(id))
		if r := v.row(id); r.Face != publication.Kept || r.Work != publication.NoWork {
			v.Errorf("face, work = %s, %s", r.Face, r.Work)
		}
		if ids := v.find("内部会议"); len(ids) != 0 {
			v.Errorf("search finds %v", ids)
		}
		v.read(func(tx *db.Tx) error {
			_, err := publication.PageOf(tx, id)
			v.refused("its page", err, fault.NotFound)
			rows, n, err := publication.List(tx, publication.Filter{Units: everything})
			if n != 0 {
				v.Errorf("public list has %v", rows)
			}
			return err
		})
		secret := policy("x", "")
		secret.Openness = review.Openness{Attribute: review.Closed, Clause: review.Secret, Reason: "属于国家秘密"}
		_, err := v.items.Create(ctx, v.writer, "mj-jyj", secret)
		v.refused("a state secret", err, fault.Invalid)
		v.verify()
	})
}

func TestIncompleteContentIsRefusedFieldByField(t *testing.T) {
	each(t, func(v *district) {
		id := v.create(publication.Content{Kind: publication.Policy})
		_, err := v.items.Submit(ctx, v.writer, id, 1)
		v.refused("submitting", err, fault.Invalid)
		var fields []string
		for _, p := range fault.Fields(err) {
			fields = append(fields, p.Field)
		}
		if got := strings.Join(fields, " "); got != "title column issuer made attribute body" {
			v.Errorf("fields = %s", got)
		}
		if no := v.row(id).IndexNo; no != "" {
			v.Errorf("a refused submission used up the number %s", no)
		}
		v.verify()
	})
}

func TestNumbersCountForEachSeriesAndAreNeverUsedAgain(t *testing.T) {
	each(t, func(v *district) {
		town := v.person("town", "mj-qs", "mj-qs", identity.Publisher)
		c := policy("关于镇务公开的通知", "")
		c.Column = "e01"
		submit := func() publication.ItemID {
			id, err := v.items.Create(ctx, town, "mj-qs", c)
			v.must(err)
			_, err = v.items.Submit(ctx, town, id, 1)
			v.must(err)
			return id
		}
		a := submit()
		v.must(v.items.Recall(ctx, town, a))
		v.must(v.items.Discard(ctx, town, a))
		b := submit()
		if got := v.row(b).IndexNo; got != "003022/202603-0002" && !strings.HasSuffix(string(got), "/202603-0002") {
			v.Errorf("number = %s, want the second of March", got)
		}
		v.at(31)
		if got := v.row(submit()).IndexNo; !strings.HasSuffix(string(got), "/202604-0001") {
			v.Errorf("number = %s, want the first of April", got)
		}
		v.verify()
	})
}
