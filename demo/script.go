package demo

import (
	"fmt"
	"hash/fnv"
	"time"

	"gongkai/demo/content"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
)

// script is one item on its way; its steps share what the earlier ones learned.
type script struct {
	*builder
	it   *content.Item
	id   publication.ItemID
	sent review.Submission
}

// plan lays out the acts of an item in time: drafted and handed in when it was
// written, signed level by level, published at its minute.
func (b *builder) plan(it *content.Item) {
	s := &script{builder: b, it: it}
	pub := it.Published.Time().Add(time.Duration(it.Minute) * time.Minute)
	var earliest time.Time // nothing can be handed in before what it refers to is out
	for _, l := range it.Links {
		if l.Kind != content.Cites && b.out[l.To].After(earliest) {
			earliest = b.out[l.To]
		}
	}
	r := roll(it.Key)
	minutes := func(n int) time.Duration { return time.Duration(n) * time.Minute }
	times := make([]time.Time, 7) // draft, submit, four signatures, publish
	times[6] = pub
	if it.Written < it.Published {
		start := it.Written.Time().Add(minutes(550 + r(280)))
		times[0], times[1], times[2], times[3] = start, start.Add(minutes(15+r(30))), start.Add(minutes(60+r(40))), start.Add(minutes(120+r(30)))
		times[4], times[5] = pub.Add(-minutes(35+r(20))), pub.Add(-minutes(5+r(10)))
	} else {
		for i := range 6 {
			times[i] = pub.Add(-minutes((6 - i) * (5 + r(5))))
		}
	}
	for i := range times {
		if i > 0 && times[i].Before(earliest.Add(minutes(3*i))) {
			times[i] = earliest.Add(minutes(3 * i))
		}
		if i > 0 && !times[i].After(times[i-1]) {
			times[i] = times[i-1].Add(time.Minute)
		}
	}
	do := func(i int, name string, act func() error) { b.at(times[i], name+" "+it.Key, act) }

	do(0, "draft", s.draft)
	if it.State == content.Draft {
		return
	}
	do(1, "submit", s.submit)
	last := map[content.State]int{content.InFirst: 0, content.InSecrecy: 1, content.Returned: 1, content.InSecond: 2, content.InFinal: 3}
	n, stops := last[it.State]
	if !stops {
		n = 4
	}
	for i := range n {
		do(2+i, "sign", func() error { return s.sign("") })
	}
	if it.State == content.Returned {
		do(3, "return", func() error { return s.sign(it.Comment) })
	}
	if it.State != content.Published && it.State != content.Withdrawn {
		return
	}
	do(6, "publish", s.publish)
	b.out[it.Key] = times[6]
	if it.State == content.Withdrawn {
		b.at(later(it.Gone, times[6], r), "withdraw "+it.Key, func() error {
			return b.Items.Withdraw(b.ctx, b.who(it.Unit, "publisher"), s.id, it.Why)
		})
	}
	if it.Revision != nil {
		at := later(it.Revision.Day, times[6], r)
		for i, act := range []func() error{s.revise, s.submit, s.signNext, s.signNext, s.signNext, s.signNext, s.publish} {
			b.at(at.Add(minutes(6*i)), "correct "+it.Key, act)
		}
	}
}

// later is an hour of that day, and not before the other time.
func later(day content.Day, than time.Time, r func(int) int) time.Time {
	at := day.Time().Add(time.Duration(560+r(360)) * time.Minute)
	if !at.After(than) {
		at = than.Add(30 * time.Minute)
	}
	return at
}

// roll gives the same numbers for the same key.
func roll(key string) func(n int) int {
	h := fnv.New64a()
	h.Write([]byte(key))
	x := h.Sum64()
	return func(n int) int {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		return int(x % uint64(n))
	}
}

func (s *script) draft() error {
	by := s.who(s.it.Unit, "publisher")
	c, err := s.write(by)
	if err != nil {
		return err
	}
	s.id, err = s.Items.Create(s.ctx, by, c.unit, c.Content)
	s.ids[s.it.Key] = s.id
	return err
}

func (s *script) submit() error {
	by := s.who(s.it.Unit, "publisher")
	c, err := s.copy()
	if err != nil {
		return err
	}
	var p publication.Plan
	switch {
	case s.it.State == content.Scheduled:
		p = publication.Plan{When: publication.AtTime, At: s.it.Due.Time().Add(9 * time.Hour)}
	case s.atOnce():
		p.When = publication.AtOnce
	}
	if rel := s.relations(); len(rel) > 0 || p.When != "" {
		c.Content.Relations = rel
		if c.Rev, err = s.Items.Save(s.ctx, by, s.id, c.Rev, c.Content, p); err != nil {
			return err
		}
	}
	s.sent, err = s.Items.Submit(s.ctx, by, s.id, c.Rev)
	return err
}

// atOnce tells whether the last signature publishes the item; else the
// publisher does by hand.
func (s *script) atOnce() bool {
	return (s.it.State == content.Published || s.it.State == content.Withdrawn) && roll(s.it.Key+"/once")(3) > 0
}

func (s *script) copy() (c publication.Copy, err error) {
	err = s.DB.Read(s.ctx, func(tx *db.Tx) error {
		c, err = publication.CopyOf(tx, s.id)
		return err
	})
	return c, err
}

// roleOf is who signs a level.
var roleOf = map[identity.Right]string{
	identity.ReviewFirst: "first", identity.ReviewSecret: "secrecy", identity.ReviewSecond: "second", identity.ReviewFinal: "final",
}

func (s *script) signNext() error { return s.sign("") }

// sign signs the next level, or returns the item when there is a comment. With
// a shorter chain the last steps have nothing to do.
func (s *script) sign(comment string) (err error) {
	if s.sent.State != review.Waiting {
		return nil
	}
	if s.it.State == content.InFinal && len(s.sent.Levels)-s.sent.Level == 1 {
		return nil
	}
	role := roleOf[s.sent.Next().Right]
	if role == "" {
		return fmt.Errorf("nobody signs %s", s.sent.Next().Name)
	}
	by, view := s.who(s.it.Unit, role), review.View{Level: s.sent.Level, Digest: s.sent.Digest}
	if comment != "" {
		s.sent, err = s.Reviews.Return(s.ctx, by, s.sent.ID, view, comment)
		return err
	}
	opinion := ""
	if r := roll(s.it.Key + role); r(6) == 0 {
		opinion = opinions[role][r(len(opinions[role]))]
	}
	s.sent, err = s.Reviews.Sign(s.ctx, by, s.sent.ID, view, opinion)
	return err
}

var opinions = map[string][]string{
	"first":   {"内容属实，同意送审。", "已核对数据来源，同意。", "附件齐全，同意送审。"},
	"secrecy": {"不涉及国家秘密、工作秘密，可以公开。", "个人信息已作去标识化处理，可以公开。", "经审查，同意公开。"},
	"second":  {"格式规范，引用文件现行有效。", "已核对文号和成文日期，同意。", "同意。"},
	"final":   {"同意发布。", "同意，按时公开。", "同意公开，注意同步解读。"},
}

// publish is pressed by the publisher, unless the last signature did it.
func (s *script) publish() error {
	var row publication.Row
	var c review.Clearance
	err := s.DB.Read(s.ctx, func(tx *db.Tx) (err error) {
		if row, err = publication.Get(tx, s.id); err != nil || row.Work != publication.Ready {
			return err
		}
		c, err = review.ClearanceOf(tx, s.id.Subject())
		return err
	})
	if err != nil || row.Work != publication.Ready {
		return err
	}
	return s.Items.Publish(s.ctx, s.who(s.it.Unit, "publisher"), s.id, c)
}

// revise begins a correction and writes the new text.
func (s *script) revise() error {
	by := s.who(s.it.Unit, "publisher")
	if err := s.Items.Revise(s.ctx, by, s.id); err != nil {
		return err
	}
	c, err := s.copy()
	if err != nil {
		return err
	}
	c.Content.Body = clean(s.it.Revision.Body)
	_, err = s.Items.Save(s.ctx, by, s.id, c.Rev, c.Content, publication.Plan{})
	return err
}

// handOver has some units hand their public information of the year before to
// archive and library (article 25); the office archives what it hands over.
func (b *builder) handOver() {
	receivers := []string{"明镜区档案馆", "明镜区图书馆"}
	for i, unit := range []string{"mj", "mj-zfb", "mj-jyj", "mj-mzj", "mj-yxz"} {
		for y := b.content.From.Year(); y < b.content.Until.Year(); y++ {
			day := time.Date(y+1, 4, 15+i, 15, 10, 0, 0, content.China)
			b.at(day, "hand over "+unit, func() error {
				var rows []publication.Row
				err := b.DB.Read(b.ctx, func(tx *db.Tx) (err error) {
					from := time.Date(y, 1, 1, 0, 0, 0, 0, content.China)
					rows, err = publication.NotHandedOver(tx, org.ID(unit), from, from.AddDate(1, 0, 0))
					return err
				})
				if err != nil || len(rows) == 0 {
					return err
				}
				t := publication.Transfer{Unit: org.ID(unit), Receiver: receivers[i%2], Way: "电子",
					Note: fmt.Sprintf("移送%d年度主动公开的政府信息", y), Archive: unit == "mj-zfb"}
				for _, r := range rows {
					t.Items = append(t.Items, r.ID)
				}
				_, err = b.Items.HandOver(b.ctx, b.who(unit, "publisher"), t)
				return err
			})
		}
	}
}

// views gives pages the counts they would have: most little, some a lot.
func (b *builder) views() error {
	counts := map[publication.ItemID]int{}
	for _, it := range b.content.Items {
		if _, public := b.out[it.Key]; public {
			r := roll(it.Key + "/views")
			counts[b.ids[it.Key]] = 12 + r(380) + 9000/(1+r(120))
		}
	}
	return b.Items.AddViews(b.ctx, counts)
}
