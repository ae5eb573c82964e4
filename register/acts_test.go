package register_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/register"
)

func permit(no string) register.Values {
	return values("no", no, "day", "2025-03-18", "sort", "准予许可")
}

func TestOnlyWhoeverWritesForTheUnitWrites(t *testing.T) {
	each(t, func(v *district) {
		for _, c := range []struct {
			name string
			by   identity.Actor
		}{{"a neighbour", v.neighbour}, {"the office", v.office}, {"an auditor", v.auditor}, {"nobody", identity.Actor{}}} {
			_, err := v.registers.Add(v.ctx, c.by, register.Entry{Unit: school, Book: "permit", Values: permit("1号")})
			v.refused(c.name+" adds", err, fault.Forbidden)
			v.refused(c.name+" declares", v.registers.Declare(v.ctx, c.by, school, "fee", 2025), fault.Forbidden)
			_, err = v.registers.Import(v.ctx, c.by, school, "permit", []register.Row{{N: 2, Cells: permit("2号")}})
			v.refused(c.name+" imports", err, fault.Forbidden)
		}
		id := v.add("permit", "no", "1号", "day", "2025-03-18", "sort", "准予许可")
		v.refused("a neighbour changes", v.registers.Change(v.ctx, v.neighbour, id, 1, permit("3号"), ""), fault.Forbidden)
		v.refused("a neighbour strikes", v.registers.Strike(v.ctx, v.neighbour, id, 1, "登记错了"), fault.Forbidden)
		_, err := v.registers.Add(v.ctx, v.officer, register.Entry{Unit: school, Book: "permit", Values: permit("4号")})
		v.must(err)
		_, err = v.registers.Add(v.ctx, identity.System("test"), register.Entry{Unit: "nowhere", Book: "permit", Values: permit("5号")})
		v.refused("an unknown unit", err, fault.NotFound)
		_, err = v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "nonsense", Values: permit("5号")})
		v.refused("an unknown book", err, fault.NotFound)
		v.verify()
	})
}

func TestWhatIsWrongIsSaidOfItsColumn(t *testing.T) {
	v := newDistrict(t, dbtest.SQLite(t, register.Schema))
	whole := values("no", "依申请2026-1", "received", "2026-02-03", "who", "自然人")
	with := func(pairs ...string) register.Values {
		m := register.Values{}
		for k, s := range whole {
			m[k] = s
		}
		for k, s := range values(pairs...) {
			m[k] = s
		}
		return m
	}
	for _, c := range []struct {
		name   string
		values register.Values
		field  string
	}{
		{"no number", with("no", ""), "no"},
		{"no applicant", with("who", ""), "who"},
		{"an applicant that is no kind", with("who", "张某"), "who"},
		{"no day", with("received", "三月"), "received"},
		{"a day that is not in the calendar", with("received", "2026-02-30"), "received"},
		{"a day to come", with("received", "2026-03-09"), "received"},
		{"a day of the last century", with("received", "1999-12-31"), "received"},
		{"an outcome without its day", with("result", "granted"), "decided"},
		{"a day without its outcome", with("decided", "2026-02-20"), "result"},
		{"decided before it was received", with("result", "granted", "decided", "2026-02-01"), "decided"},
		{"an identity number", with("note", "申请人11010519491231002X"), "note"},
		{"an identity number with spaces in full width", with("note", "证件１１０１０５ 19491231 ００２Ｘ"), "note"},
		{"a telephone number", with("note", "电话138 0013 8000。"), "note"},
		{"a number that is a telephone number", with("no", "13800138000"), "no"},
		{"a note without end", with("note", strings.Repeat("长", 1001)), "note"},
	} {
		_, err := v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "application", Values: c.values})
		v.refused(c.name, err, fault.Invalid)
		if fs := fault.Fields(err); len(fs) != 1 || fs[0].Field != c.field {
			t.Errorf("%s: problems %v, want one with %s", c.name, fs, c.field)
		}
	}
	_, err := v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "remedy", Total: true, Values: whole})
	v.refused("a total where there are none", err, fault.Invalid)
	_, err = v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "processing_fee", Values: values("no", "1", "day", "2026-01-05", "way", "按件", "notified", "100", "received", "200", "paid", "2026-01-09")})
	v.refused("more was paid than asked for", err, fault.Invalid)
	for _, money := range []string{"12万元", "-3", "1.23456", "一百", "99999999999999"} {
		_, err := v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "fee", Values: values("day", "2026-01-05", "item", "费", "amount", money)})
		v.refused("money "+money, err, fault.Invalid)
	}
	for _, period := range []string{"2026-13", "2026-04", "2027", "今年"} {
		_, err := v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "permit", Total: true, Values: values("period", period, "quantity", "3", "source", "系统")})
		v.refused("period "+period, err, fault.Invalid)
	}
	v.counted(2026, map[string]string{"application.new.自然人": "?", "fee.amount": "?"})
}

func TestNumbersThatOnlyLookPersonalAreTaken(t *testing.T) {
	v := newDistrict(t, dbtest.SQLite(t, register.Schema))
	for i, no := range []string{"明教许〔2025〕20250318000123号", "11370322004222241N", "202503181234567890", "0532-88886666", "2025031800001"} {
		v.add("permit", "no", no, "day", "2025-03-18", "sort", "准予许可", "note", fmt.Sprintf("第%d件", i))
	}
}

func TestTheSameNumberTwiceInAYearIsRefused(t *testing.T) {
	each(t, func(v *district) {
		id := v.add("permit", "no", "1号", "day", "2025-03-18", "sort", "准予许可")
		_, err := v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "permit", Values: permit("1号")})
		v.refused("the same number", err, fault.Conflict)
		v.add("permit", "no", "1号", "day", "2024-03-18", "sort", "准予许可")
		other := v.add("permit", "no", "2号", "day", "2025-03-18", "sort", "准予许可")
		v.refused("changing to it", v.change(other, "no", "1号"), fault.Conflict)
		v.must(v.registers.Strike(v.ctx, v.writer, id, 1, "登记错了单位"))
		v.must(v.change(other, "no", "1号"))

		month := values("period", "2025-03", "quantity", "12", "source", "审批系统")
		_, err = v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "permit", Total: true, Values: month})
		v.must(err)
		month["quantity"] = "13"
		_, err = v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "permit", Total: true, Values: month})
		v.refused("the same total", err, fault.Conflict)
		v.verify()
	})
}

func TestALineKeepsItsHistory(t *testing.T) {
	each(t, func(v *district) {
		id := v.add("permit", "no", "1号", "day", "2025-03-18", "sort", "准予许可")
		v.must(v.change(id, "day", "2025-03-19"))
		v.refused("an older version", v.registers.Change(v.ctx, v.writer, id, 1, permit("9号"), ""), fault.Conflict)
		v.refused("nothing is changed", v.change(id), fault.Conflict)
		v.refused("a reason for a change that names a number", v.registers.Change(v.ctx, v.writer, id, 2, permit("9号"), "当事人13800138000来电更正"), fault.Invalid)
		v.refused("striking an older version", v.registers.Strike(v.ctx, v.writer, id, 1, "登记错了"), fault.Conflict)
		v.refused("striking without a reason", v.registers.Strike(v.ctx, v.writer, id, 2, " 错 "), fault.Invalid)
		v.refused("a reason that names a number", v.registers.Strike(v.ctx, v.writer, id, 2, "当事人13800138000来电更正"), fault.Invalid)
		v.must(v.registers.Strike(v.ctx, v.writer, id, 2, "与另一条重复"))
		v.refused("changing a struck line", v.registers.Change(v.ctx, v.writer, id, 3, permit("9号"), ""), fault.Conflict)
		v.refused("striking twice", v.registers.Strike(v.ctx, v.writer, id, 3, "与另一条重复"), fault.Conflict)
		v.refused("an unknown line", v.registers.Strike(v.ctx, v.writer, "nonesuch", 1, "与另一条重复"), fault.NotFound)
		v.counted(2025, map[string]string{"permit.decisions": "?"})
		v.read(func(tx *db.Tx) error {
			l, err := register.Get(tx, id)
			v.must(err)
			if l.State != register.Struck || l.Why != "与另一条重复" {
				t.Errorf("the struck line is %s, why %q", l.State, l.Why)
			}
			h, err := register.History(tx, l)
			v.must(err)
			if len(h) != 3 || len(h[1].Changes) != 1 || h[1].Changes[0] != (register.Change{Column: "决定日期", From: "2025-03-18", To: "2025-03-19"}) || h[2].Act != "strike" {
				t.Errorf("History = %+v", h)
			}
			return nil
		})
		v.verify()
	})
}

func TestADeclarationGivesWayToALine(t *testing.T) {
	each(t, func(v *district) {
		v.refused("nothing was declared", v.registers.Undeclare(v.ctx, v.writer, school, "penalty", 2025), fault.Conflict)
		v.must(v.registers.Declare(v.ctx, v.writer, school, "penalty", 2025))
		v.must(v.registers.Declare(v.ctx, v.writer, school, "penalty", 2025)) // once more changes nothing
		v.must(v.registers.Undeclare(v.ctx, v.writer, school, "penalty", 2025))
		v.counted(2025, map[string]string{"penalty.decisions": "?"})
		v.must(v.registers.Declare(v.ctx, v.writer, school, "penalty", 2025))
		id := v.add("penalty", "no", "1号", "day", "2025-03-18", "sort", "罚款、没收")
		v.counted(2025, map[string]string{"penalty.decisions": "1"})
		v.refused("there is a line", v.registers.Declare(v.ctx, v.writer, school, "penalty", 2025), fault.Conflict)
		v.refused("a year to come", v.registers.Declare(v.ctx, v.writer, school, "penalty", 2027), fault.Invalid)
		v.refused("an unknown book", v.registers.Declare(v.ctx, v.writer, school, "nonsense", 2025), fault.NotFound)
		v.must(v.registers.Strike(v.ctx, v.writer, id, 1, "登记错了年度"))
		v.counted(2025, map[string]string{"penalty.decisions": "?"})
		v.verify()
	})
}

func TestAClosedYearDoesNotChange(t *testing.T) {
	each(t, func(v *district) {
		v.refused("nothing is known", v.registers.Close(v.ctx, v.writer, school, "permit", 2025), fault.Conflict)
		id := v.add("permit", "no", "1号", "day", "2025-03-18", "sort", "准予许可")
		other := v.add("permit", "no", "2号", "day", "2024-03-18", "sort", "准予许可")
		v.refused("a neighbour closes", v.registers.Close(v.ctx, v.neighbour, school, "permit", 2025), fault.Forbidden)
		v.add("permit", "no", "3号", "day", "2026-02-18", "sort", "准予许可")
		v.refused("the year is not over", v.registers.Close(v.ctx, v.writer, school, "permit", 2026), fault.Conflict)
		v.must(v.registers.Close(v.ctx, v.writer, school, "permit", 2025))
		v.refused("closing twice", v.registers.Close(v.ctx, v.writer, school, "permit", 2025), fault.Conflict)

		_, err := v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "permit", Values: permit("4号")})
		v.refused("adding", err, fault.TooLate)
		v.refused("changing", v.change(id, "note", "补记"), fault.TooLate)
		v.refused("striking", v.registers.Strike(v.ctx, v.writer, id, 1, "登记错了"), fault.TooLate)
		v.refused("moving a line in", v.change(other, "day", "2025-01-03"), fault.TooLate)
		_, err = v.registers.Import(v.ctx, v.writer, school, "permit", []register.Row{{N: 2, Cells: permit("5号")}})
		v.refused("importing", err, fault.Invalid)
		v.must(v.change(other, "note", "去年的不受影响"))

		v.refused("opening without a reason", v.registers.Reopen(v.ctx, v.writer, school, "permit", 2025, "改"), fault.Invalid)
		v.must(v.registers.Reopen(v.ctx, v.writer, school, "permit", 2025, "发现漏登一件"))
		v.refused("opening what is open", v.registers.Reopen(v.ctx, v.writer, school, "permit", 2025, "发现漏登一件"), fault.Conflict)
		v.must(v.change(id, "note", "补记"))

		v.must(v.registers.Close(v.ctx, v.office, school, "permit", 2025))
		v.refused("the unit opens what the office locked", v.registers.Reopen(v.ctx, v.writer, school, "permit", 2025, "发现漏登一件"), fault.Forbidden)
		v.refused("declaring in a closed year", v.registers.Declare(v.ctx, v.writer, school, "permit", 2025), fault.TooLate)
		v.must(v.registers.Reopen(v.ctx, v.office, school, "permit", 2025, "单位书面申请更正"))
		v.refused("an unknown book is closed", v.registers.Close(v.ctx, v.writer, school, "nonsense", 2025), fault.NotFound)
		v.refused("an unknown book is opened", v.registers.Reopen(v.ctx, v.writer, school, "nonsense", 2025, "单位书面申请更正"), fault.NotFound)
		v.verify()
	})
}

// TestADecisionOfThisYearDoesNotTouchTheClosedOne: an application of a closed
// year is decided in the next; what it was when it came in stays as it is.
func TestADecisionOfThisYearDoesNotTouchTheClosedOne(t *testing.T) {
	each(t, func(v *district) {
		id := v.add("application", "no", "2025-31", "received", "2025-12-20", "who", "自然人")
		v.must(v.registers.Close(v.ctx, v.writer, school, "application", 2025))
		v.refused("who applied", v.change(id, "who", "商业企业"), fault.TooLate)
		v.refused("its number", v.change(id, "no", "2025-32"), fault.TooLate)
		v.refused("decided in the closed year", v.change(id, "result", "granted", "decided", "2025-12-31"), fault.TooLate)
		v.must(v.change(id, "result", "granted", "decided", "2026-01-12"))
		v.counted(2025, map[string]string{"application.forward.自然人": "1", "application.granted.自然人": "0"})
		v.counted(2026, map[string]string{"application.carried.自然人": "1", "application.granted.自然人": "1", "application.new.自然人": "0"})
		v.refused("striking takes it from the closed year", v.registers.Strike(v.ctx, v.writer, id, 2, "登记错了"), fault.TooLate)
		v.verify()
	})
}

func TestClosingAllSaysWhatIsStillBlank(t *testing.T) {
	each(t, func(v *district) {
		v.add("permit", "no", "1号", "day", "2025-03-18", "sort", "准予许可")
		v.must(v.registers.Declare(v.ctx, v.writer, school, "fee", 2025))
		_, err := v.registers.CloseAll(v.ctx, v.neighbour, school, 2025)
		v.refused("a neighbour closes all", err, fault.Forbidden)
		_, err = v.registers.CloseAll(v.ctx, v.neighbour, school, 2019)
		v.refused("a neighbour closes nothing", err, fault.Forbidden)
		_, err = v.registers.CloseAll(v.ctx, v.writer, school, 2026)
		v.refused("the year is not over", err, fault.Conflict)
		_, err = v.registers.CloseAll(v.ctx, identity.System("test"), "nowhere", 2025)
		v.refused("an unknown unit", err, fault.NotFound)
		blank, err := v.registers.CloseAll(v.ctx, v.writer, school, 2025)
		v.must(err)
		if slices.Contains(blank, "permit") || slices.Contains(blank, "fee") || slices.Contains(blank, "powers") || !slices.Contains(blank, "application") {
			t.Errorf("CloseAll leaves %v blank", blank)
		}
		blank, err = v.registers.CloseAll(v.ctx, v.office, school, 2025)
		v.must(err)
		v.refused("the office locked it", v.registers.Reopen(v.ctx, v.writer, school, "fee", 2025, "发现漏登一件"), fault.Forbidden)
		if _, err = v.registers.CloseAll(v.ctx, v.office, school, 2025); err != nil || len(blank) == 0 {
			t.Errorf("closing all once more = %v, blank %v", err, blank)
		}
		v.read(func(tx *db.Tx) error {
			all, err := register.StatusOf(tx, school, 2025)
			v.must(err)
			if s := all[0]; s.Book != "permit" || !s.Locked() || s.Lines != 1 || s.Quantity != 1 || s.State != register.Open {
				t.Errorf("StatusOf = %+v", s)
			}
			return nil
		})
		v.verify()
	})
}

func TestAListFindsByWordsAndShowsWhatMatters(t *testing.T) {
	each(t, func(v *district) {
		v.add("application", "no", "2024-9", "received", "2024-12-20", "who", "自然人", "note", "关于校车100%安全")
		v.add("application", "no", "2025-1", "received", "2025-02-01", "who", "商业企业", "result", "deny5", "decided", "2025-03-03")
		struck := v.add("application", "no", "2025-2", "received", "2025-02-02", "who", "其他")
		v.must(v.registers.Strike(v.ctx, v.writer, struck, 1, "不是信息公开申请"))
		v.total("application", "received_in", "2025-05", "who", "自然人", "quantity", "7", "result", "granted", "decided_in", "2025-05", "source", "申请系统")
		for _, c := range []struct {
			name string
			f    register.Filter
			want string
		}{
			{"the year before is carried in", register.Filter{Year: 2025}, "2025-05 2025-1 2024-9"},
			{"its own year", register.Filter{Year: 2024}, "2024-9"},
			{"what was decided is gone a year later", register.Filter{Year: 2026}, "2024-9"},
			{"in hand", register.Filter{Year: 2025, Show: register.ShowOpen}, "2024-9"},
			{"totals", register.Filter{Year: 2025, Show: register.ShowTotals}, "2025-05"},
			{"struck", register.Filter{Year: 2025, Show: register.ShowStruck}, "2025-2"},
			{"words of a choice", register.Filter{Year: 2025, Text: "内部事务 企业"}, "2025-1"},
			{"a sign that means something to LIKE", register.Filter{Year: 2025, Text: "100%安"}, "2024-9"},
			{"nothing", register.Filter{Year: 2025, Text: "0%全"}, ""},
			{"all for an export", register.Filter{Year: 2025, Page: 0}, "2025-05 2025-1 2024-9"},
		} {
			c.f.Unit, c.f.Book = school, "application"
			v.read(func(tx *db.Tx) error {
				lines, total, err := register.List(tx, c.f)
				v.must(err)
				var got []string
				for _, l := range lines {
					got = append(got, l.Values["no"]+l.Values["received_in"])
				}
				if strings.Join(got, " ") != c.want || total != len(got) {
					t.Errorf("%s: List = %v of %d, want %s", c.name, got, total, c.want)
				}
				return nil
			})
		}
	})
}

// TestARefusedActLeavesNothing fails the database at every write of every act in
// turn.
func TestARefusedActLeavesNothing(t *testing.T) {
	v := newDistrict(t, dbtest.SQLite(t, register.Schema))
	id := v.add("permit", "no", "1号", "day", "2025-03-18", "sort", "准予许可")
	broken := errors.New("the disk is gone")
	for name, act := range map[string]func() error{
		"add": func() error {
			_, err := v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: "penalty", Values: values("no", "7号", "day", "2025-03-18", "sort", "其他")})
			return err
		},
		"change": func() error { return v.registers.Change(v.ctx, v.writer, id, 1, permit("8号"), "") },
		"strike": func() error { return v.registers.Strike(v.ctx, v.writer, id, 1, "登记错了单位") },
		"import": func() error {
			_, err := v.registers.Import(v.ctx, v.writer, school, "permit", []register.Row{{N: 2, Cells: permit("5号")}, {N: 3, Cells: permit("6号")}})
			return err
		},
		"declare": func() error { return v.registers.Declare(v.ctx, v.writer, school, "fee", 2025) },
		"close":   func() error { return v.registers.Close(v.ctx, v.writer, school, "permit", 2025) },
	} {
		for at := 1; at < 60; at++ {
			n := 0
			v.db.Trip(func(query string) error {
				if q := strings.TrimSpace(query); strings.HasPrefix(q, "INSERT") || strings.HasPrefix(q, "UPDATE") || q == "commit" {
					if n++; n == at {
						return broken
					}
				}
				return nil
			})
			err := act()
			v.db.Trip(nil)
			if n < at {
				if err != nil {
					t.Errorf("%s without a failure = %v", name, err)
				}
				if at < 3 {
					t.Errorf("%s wrote only %d times", name, n)
				}
				break
			}
			if !errors.Is(err, broken) {
				t.Fatalf("%s, failed at write %d: err = %v", name, at, err)
			}
			v.verify()
		}
		if name == "change" || name == "strike" || name == "close" {
			v = newDistrict(t, dbtest.SQLite(t, register.Schema))
			id = v.add("permit", "no", "1号", "day", "2025-03-18", "sort", "准予许可")
		}
	}
}

// TestCountingManyUnitsIsQuick: a report on a district asks once for fifty units.
func TestCountingManyUnitsIsQuick(t *testing.T) {
	v := newDistrict(t, dbtest.SQLite(t, register.Schema))
	var rows []register.Row
	for i := range 600 {
		rows = append(rows, register.Row{N: i + 2, Cells: values("no", fmt.Sprintf("%d号", i), "day", fmt.Sprintf("2025-%02d-15", i%12+1), "sort", "准予许可")})
	}
	begin := time.Now()
	n, err := v.registers.Import(v.ctx, v.writer, school, "permit", rows)
	v.must(err)
	t.Logf("importing %d rows took %v", n, time.Since(begin))
	begin = time.Now()
	v.read(func(tx *db.Tx) error {
		all, err := register.Counts(tx, org.Everything(), 2025)
		if all[school]["permit.decisions"] != 600 {
			t.Errorf("Counts = %d permits, want 600", all[school]["permit.decisions"])
		}
		return err
	})
	t.Logf("counting took %v", time.Since(begin))
}
