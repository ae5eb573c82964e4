package register_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/register"
)

func TestAYearIsUnknownUntilSomebodyWrites(t *testing.T) {
	each(t, func(v *district) {
		v.counted(2025, map[string]string{"permit.decisions": "?", "penalty.decisions": "?"})
		v.add("permit", "no", "明教许〔2025〕1号", "day", "2025-03-18", "sort", "准予许可")
		v.total("permit", "period", "2025-04", "quantity", "1,260", "source", "审批系统")
		v.counted(2025, map[string]string{"permit.decisions": "1261", "penalty.decisions": "?"})
		v.counted(2024, map[string]string{"permit.decisions": "?"})
		v.must(v.registers.Declare(v.ctx, v.writer, school, "penalty", 2025))
		v.counted(2025, map[string]string{"penalty.decisions": "0", "coercive.decisions": "?"})
		v.verify()
	})
}

func TestAnApplicationIsCarriedByItsDates(t *testing.T) {
	each(t, func(v *district) {
		old := v.add("application", "no", "2024-9", "received", "2024-12-20", "who", "自然人")
		v.add("application", "no", "2025-1", "received", "2025-02-01", "who", "商业企业", "result", "deny5", "decided", "2025-03-03")
		v.counted(2024, map[string]string{"application.new.自然人": "1", "application.forward.自然人": "1", "application.total.自然人": "0"})
		v.counted(2025, map[string]string{"application.carried.自然人": "1", "application.forward.自然人": "1", "application.new.商业企业": "1", "application.deny5.商业企业": "1"})
		v.must(v.change(old, "result", "（一）予以公开", "decided", "2025年1月10日"))
		v.counted(2024, map[string]string{"application.forward.自然人": "1"})
		v.counted(2025, map[string]string{"application.carried.自然人": "1", "application.granted.自然人": "1", "application.forward.自然人": "0", "application.total.自然人": "1"})
		v.must(v.registers.Declare(v.ctx, v.writer, school, "application", 2026))
		v.counted(2026, map[string]string{"application.carried.自然人": "0", "application.new.自然人": "0"})
		v.verify()
	})
}

func TestARemedyCountsWhereItEndsOrAsPending(t *testing.T) {
	each(t, func(v *district) {
		v.add("remedy", "no", "明政复〔2024〕6号", "sort", "行政复议", "received", "2024-11-06", "result", "维持", "decided", "2025-01-05")
		v.add("remedy", "no", "（2025）示01行初8号", "sort", "litigation", "received", "2025-10-06")
		v.counted(2024, map[string]string{"remedy.reconsideration.维持": "0", "remedy.reconsideration.未审结": "1"})
		v.counted(2025, map[string]string{"remedy.reconsideration.维持": "1", "remedy.reconsideration.未审结": "0", "remedy.litigation.未审结": "1"})
		v.verify()
	})
}

func TestDocumentsInForceAreThoseNotRepealed(t *testing.T) {
	each(t, func(v *district) {
		v.add("document", "no", "明教规〔2019〕1号", "sort", "normative", "title", "旧办法", "made", "2019-05-01", "repealed", "2025-06-30", "by", "有效期届满")
		v.add("document", "no", "明教规〔2025〕1号", "sort", "normative", "title", "新办法", "made", "2025-07-01")
		v.counted(2024, map[string]string{"normative.in_force": "?"})
		v.counted(2025, map[string]string{"normative.issued": "1", "normative.repealed": "1", "normative.in_force": "1", "regulation.in_force": "0"})
		v.counted(2019, map[string]string{"normative.issued": "1", "normative.repealed": "0", "normative.in_force": "1"})
		v.verify()
	})
}

func TestItemsOfPowersAreTheirChangesSummedUp(t *testing.T) {
	each(t, func(v *district) {
		v.add("powers", "sort", "行政许可", "result", "增加", "quantity", "380", "day", "2018-06-30", "basis", "明政办发〔2018〕8号")
		v.add("powers", "sort", "行政许可", "result", "减少", "quantity", "367", "day", "2020-06-30", "basis", "明政办发〔2020〕8号")
		v.counted(2020, map[string]string{"permit.items": "380", "permit.change": "-367", "fee.items": "0"})
		v.verify()
	})
}

func TestMoneyIsExact(t *testing.T) {
	each(t, func(v *district) {
		v.total("fee", "period", "2025-01", "item", "不动产登记费", "amount", "105,223.4567", "quantity", "160", "source", "非税系统")
		v.add("fee", "day", "2025-02-01", "item", "不动产登记费", "amount", "０.1")
		v.counted(2025, map[string]string{"fee.amount": "1052235567", "fee.payments": "161"})
		v.add("processing_fee", "no", "1", "day", "2025-12-01", "way", "按件", "notified", "300", "received", "300", "paid", "2026-01-04")
		v.counted(2025, map[string]string{"processing_fee.notices": "1", "processing_fee.amount_notified": "3000000", "processing_fee.amount_received": "0"})
		v.counted(2026, map[string]string{"processing_fee.notices": "0", "processing_fee.amount_received": "3000000"})
		v.verify()
	})
}

func TestLinesOfAnUnknownFactAreNotFound(t *testing.T) {
	v := newDistrict(t, dbtest.SQLite(t, register.Schema))
	v.read(func(tx *db.Tx) error {
		_, _, err := register.Lines(tx, school, 2025, "permit.nonsense", 1)
		v.refused("an unknown fact", err, fault.NotFound)
		return nil
	})
}

// TestEveryFactIsTheSumOfItsLines writes lines at random in all books of two
// units, changes and strikes some, and compares every fact of every year with
// its lines, and the identities of table three.
func TestEveryFactIsTheSumOfItsLines(t *testing.T) {
	each(t, func(v *district) {
		dice := newDice()
		var ids []register.LineID
		for i := range 160 {
			b := register.Books()[dice.IntN(len(register.Books()))]
			unit, by := school, v.writer
			if dice.IntN(3) == 0 {
				unit, by = town, v.neighbour
			}
			id, err := v.registers.Add(v.ctx, by, randomEntry(dice, b, unit, i))
			v.must(err)
			if unit == school {
				ids = append(ids, id)
			}
		}
		for i, id := range ids {
			l := v.line(id)
			switch i % 7 {
			case 0:
				v.must(v.registers.Strike(v.ctx, v.writer, id, l.N, "重复登记了"))
			case 1:
				v.must(v.registers.Change(v.ctx, v.writer, id, l.N, randomEntryLike(dice, l, 1000+i), "核对后更正"))
			}
		}
		v.verify()
		v.read(func(tx *db.Tx) error {
			for year := 2022; year <= 2026; year++ {
				all, err := register.Counts(tx, org.Everything(), year)
				if err != nil {
					return err
				}
				for unit, f := range all {
					if _, known := f["application.new.自然人"]; !known {
						continue
					}
					for _, who := range []string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"} {
						in, out := f["application.new."+who]+f["application.carried."+who], f["application.total."+who]+f["application.forward."+who]
						if in != out {
							t.Errorf("%s %d %s: new and carried are %d, done and forward %d", unit, year, who, in, out)
						}
					}
				}
			}
			return nil
		})
	})
}

// randomEntry fills in every column a book asks for.
func randomEntry(dice *rand.Rand, b *register.Book, unit org.ID, i int) register.Entry {
	e := register.Entry{Unit: unit, Book: b.ID, Total: b.Totals && dice.IntN(3) == 0}
	e.Values = randomValues(dice, b, e.Total, i)
	return e
}

func randomEntryLike(dice *rand.Rand, l register.Line, i int) register.Values {
	return randomValues(dice, register.ByID(l.Book), l.Total, i)
}

func randomValues(dice *rand.Rand, b *register.Book, total bool, i int) register.Values {
	m := register.Values{}
	begin := dice.IntN(3 * 12)
	month := func(n int) string { return fmt.Sprintf("%d-%02d", 2022+n/12, n%12+1) }
	ends := dice.IntN(2) == 0
	seenDay := false
	for _, c := range b.ColumnsFor(total) {
		switch c.Kind {
		case register.Text, register.Long:
			m[c.ID] = fmt.Sprintf("内容%d", i)
		case register.Number:
			m[c.ID] = fmt.Sprintf("第%d号", i)
		case register.Choice:
			m[c.ID] = c.Options[dice.IntN(len(c.Options))].ID
		case register.Pieces:
			m[c.ID] = fmt.Sprint(1 + dice.IntN(40))
		case register.Money:
			m[c.ID] = fmt.Sprintf("%d.%04d", 50+len(m), dice.IntN(10000))
			if c.ID == "received" {
				m[c.ID] = fmt.Sprintf("%d.5", dice.IntN(20))
			}
		case register.Day, register.Period:
			n := begin
			if seenDay {
				n += dice.IntN(14)
			}
			seenDay = true
			m[c.ID] = month(n)
			if c.Kind == register.Day {
				m[c.ID] += "-15"
			}
		}
	}
	if !ends {
		for _, c := range []string{"result", "decided", "decided_in", "repealed", "by", "received", "paid"} {
			for _, col := range b.ColumnsFor(total) {
				if col.ID == c && col.Optional {
					delete(m, c)
				}
			}
		}
	}
	return m
}

// newDice throws the same numbers each time.
func newDice() *rand.Rand { return rand.New(rand.NewPCG(7, 26)) }
