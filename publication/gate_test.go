package publication_test

import (
	"strings"
	"testing"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/review/coordination"
	"gongkai/workday"
)

// withNumber is a text in which somebody has forgotten an identity number.
func withNumber() publication.Content {
	c := policy("关于发放助学金的通知", "")
	c.Body += "<p>联系人张示例，公民身份号码" + inspectiontest.Identity(7) + "。</p>"
	return c
}

func TestWhatMustNotBePublishedIsNotEvenHandedIn(t *testing.T) {
	each(t, func(v *district) {
		id := v.create(withNumber())
		_, err := v.items.Submit(ctx, v.writer, id, 1)
		v.refused("a text with an identity number", err, fault.Conflict)
		if s := fault.Sentence(err); !strings.Contains(s, "不得公开") || strings.Contains(s, inspectiontest.Identity(7)) {
			v.Errorf("the refusal says %q, want what to do and no number", s)
		}
		if r := v.row(id); r.Work != publication.Draft || r.IndexNo != "" {
			v.Errorf("after the refusal work, number = %s, %q, want a draft without one", r.Work, r.IndexNo)
		}
		mended := policy("关于发放助学金的通知", "")
		_, err = v.items.Save(ctx, v.writer, id, 1, mended, publication.Plan{})
		v.must(err)
		v.publishAgain(id)
		v.read(func(tx *db.Tx) error {
			s, err := inspection.History(tx, id.Subject())
			if len(s.Mended) != 1 || len(s.Standing) != 0 {
				v.Errorf("history = %d mended, %d standing, want 1, 0", len(s.Mended), len(s.Standing))
			}
			return err
		})
		v.verify()
	})
}

func TestWithoutInspectionNothingIsHandedInToBePublic(t *testing.T) {
	each(t, func(v *district) {
		id := v.create(policy("关于课后服务的通知", ""))
		v.items.InspectWith(nil)
		_, err := v.items.Submit(ctx, v.writer, id, 1)
		v.refused("a text nobody inspected", err, fault.Conflict)
		v.items.InspectWith(v.inspections)
		v.submit(id)
	})
}

// except signs an exception for everything that blocks an item, until a day.
func (v *district) except(by identity.Actor, id publication.ItemID, until workday.Date) error {
	v.Helper()
	report, err := v.inspections.Check(ctx, v.writer, id.Subject())
	v.must(err)
	var ids []inspection.ID
	for _, f := range report.Blocking() {
		ids = append(ids, f.ID)
	}
	_, err = v.inspections.Except(ctx, by, ids, inspection.Terms{Scope: inspection.ThisPlace, Reason: "失信被执行人名单，依法公布全号",
		Basis: "有关法律规定的公布义务", Until: until})
	return err
}

func TestASignedExceptionLetsItThroughUntilItEnds(t *testing.T) {
	each(t, func(v *district) {
		id := v.create(withNumber())
		today := workday.Today(v.clock().Now())
		v.refused("an exception signed by the writer", v.except(v.writer, id, today.AddDays(30)), fault.Forbidden)
		v.must(v.except(v.secrecy, id, today.AddDays(3)))
		s := v.submit(id)
		for i, who := range []identity.Actor{v.first, v.secrecy, v.second} {
			_, err := v.reviews.Sign(ctx, who, s.ID, review.View{Level: i, Digest: s.Digest}, "")
			v.must(err)
		}
		v.at(5) // the exception has ended before the last signature
		_, err := v.reviews.Sign(ctx, v.final, s.ID, review.View{Level: 3, Digest: s.Digest}, "")
		v.refused("the last signature after the exception has ended", err, fault.Conflict)
		v.read(func(tx *db.Tx) error {
			s, err := review.Get(tx, s.ID)
			if s.State != review.Waiting || len(s.Signatures) != 3 {
				v.Errorf("after the refusal the submission is %s with %d signatures, want waiting with 3", s.State, len(s.Signatures))
			}
			return err
		})
		_, err = v.inspections.Sweep(ctx) // the night puts back what no exception lets stand
		v.must(err)
		v.must(v.except(v.secrecy, id, workday.Today(v.clock().Now()).AddDays(30)))
		_, err = v.reviews.Sign(ctx, v.final, s.ID, review.View{Level: 3, Digest: s.Digest}, "")
		v.must(err)
		v.must(v.items.Publish(ctx, v.writer, id, v.clearance(id)))
		v.verify()
	})
}

// What is withheld because it is about a person may say what it is about.
func TestWhatIsNotOpenIsNotStoppedByWhatMakesItSo(t *testing.T) {
	each(t, func(v *district) {
		c := withNumber()
		c.Openness = review.Openness{Attribute: review.Closed, Clause: "E15", Reason: "涉及个人隐私，不公开"}
		id := v.create(c)
		v.signAll(v.submit(id))
		if f := v.row(id).Face; f != publication.Kept {
			v.Errorf("face = %s, want kept", f)
		}
		// Made open again it is a new content, and stopped.
		v.must(v.items.Revise(ctx, v.writer, id))
		c.Openness = review.Openness{Attribute: review.Open}
		_, err := v.items.Save(ctx, v.writer, id, v.rev(id), c, publication.Plan{})
		v.must(err)
		_, err = v.items.Submit(ctx, v.writer, id, v.rev(id))
		v.refused("the same text made open", err, fault.Conflict)
		v.verify()
	})
}

func (v *district) consult(id publication.ItemID) coordination.Consultation {
	v.Helper()
	c, err := v.items.Consult(ctx, v.writer, id, v.rev(id), coordination.Request{Organ: "mj-qs", Question: "请确认涉及你镇的安排。"})
	v.must(err)
	return c
}

func TestTheLastSignatureWaitsForTheOrgansAsked(t *testing.T) {
	each(t, func(v *district) {
		head := v.person("head", "mj-qs", "mj-qs", identity.First)
		id := v.create(policy("关于村小撤并的通知", ""))
		v.refused("asking about a text that has moved on", func() error {
			_, err := v.items.Consult(ctx, v.writer, id, 9, coordination.Request{Organ: "mj-qs", Question: "请确认涉及你镇的安排。"})
			return err
		}(), fault.Conflict)
		_, err := v.items.Consult(ctx, v.first, id, 1, coordination.Request{Organ: "mj-qs", Question: "请确认涉及你镇的安排。"})
		v.refused("asking without the right to write", err, fault.Forbidden)
		c := v.consult(id)
		if n := v.row(id).Version; n != 1 {
			v.Errorf("asking kept %d versions, want the one that was asked about", n)
		}
		s := v.submit(id)
		if s.Digest != c.Digest {
			v.Errorf("the organ was asked about %s, handed in is %s", c.Digest, s.Digest)
		}
		_, err = v.reviews.Demand(ctx, v.writer, s.ID, s.Digest, coordination.Request{Organ: "mj", Question: "请确认涉及你单位的安排。"})
		v.refused("the writer demands as a reviewer", err, fault.Forbidden)
		_, err = v.reviews.Demand(ctx, v.first, s.ID, policy("另一个", "").Digest(), coordination.Request{Organ: "mj", Question: "请确认涉及你单位的安排。"})
		v.refused("demanding about a text one has not seen", err, fault.Conflict)
		demanded, err := v.reviews.Demand(ctx, v.first, s.ID, s.Digest, coordination.Request{Outside: "国家税务总局明镜区税务局", Question: "请确认税率是否正确。"})
		v.must(err)
		for i, who := range []identity.Actor{v.first, v.secrecy, v.second} {
			_, err := v.reviews.Sign(ctx, who, s.ID, review.View{Level: i, Digest: s.Digest}, "")
			v.must(err)
		}
		last := func() error {
			_, err := v.reviews.Sign(ctx, v.final, s.ID, review.View{Level: 3, Digest: s.Digest}, "")
			return err
		}
		v.refused("the last signature while two are open", last(), fault.Conflict)
		v.must(v.reviews.Consultations.Answer(ctx, head, c.ID, coordination.Agree, "", ""))
		v.refused("the last signature while one is open", last(), fault.Conflict)
		v.must(v.reviews.Consultations.Answer(ctx, v.writer, demanded.ID, coordination.Agree, "", "明税函〔2026〕3号"))
		v.must(last())
		_, err = v.reviews.Demand(ctx, v.first, s.ID, s.Digest, coordination.Request{Organ: "mj", Question: "请确认涉及你单位的安排。"})
		v.refused("demanding after the last signature", err, fault.Conflict)
		_, err = v.items.Consult(ctx, v.writer, id, 1, coordination.Request{Organ: "mj", Question: "请确认涉及你单位的安排。"})
		v.refused("asking about what is cleared", err, fault.Conflict)
		v.verify()
	})
}

// An organ that says no cannot keep the text from being withheld.
func TestARefusalDoesNotHinderWithholding(t *testing.T) {
	each(t, func(v *district) {
		head := v.person("head", "mj-qs", "mj-qs", identity.First)
		c := policy("关于村小撤并的通知", "")
		id := v.create(c)
		asked := v.consult(id)
		v.must(v.reviews.Consultations.Answer(ctx, head, asked.ID, coordination.Refuse, "正在讨论，不宜公开。", ""))
		c.Openness = review.Openness{Attribute: review.Closed, Clause: "E16b", Reason: "属于尚在讨论的过程性信息"}
		_, err := v.items.Save(ctx, v.writer, id, v.rev(id), c, publication.Plan{})
		v.must(err)
		v.signAll(v.submit(id))
		if f := v.row(id).Face; f != publication.Kept {
			v.Errorf("face = %s, want kept", f)
		}
		v.verify()
	})
}
