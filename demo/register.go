package demo

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gongkai/demo/content"
	"gongkai/org"
	"gongkai/register"
)

// registers lets every unit keep the registers behind its yearly reports, so
// that what they count is what the reports of those years print: each quarter
// what came in, decisions as they fall, in January the declarations of nothing
// and the closing of the year. The first year is entered after the fact.
func (b *builder) registers() {
	for i := range b.content.Units {
		u := &b.content.Units[i]
		if u.Kind == content.Government {
			continue // it adds up what the others report
		}
		k := &clerk{builder: b, unit: u, start: day(b.content.From.Year()+1, 1, 10), end: content.Day(b.content.Until), roll: roll("register/" + u.Slug)}
		k.oldDocuments()
		for y := b.content.From.Year(); y <= b.content.Until.Year(); y++ {
			k.year(y, b.content.Figures[u.ID][y])
		}
	}
	y := b.content.Until.Year() - 2
	for i := range b.content.Units {
		unit := org.ID(b.content.Units[i].ID)
		b.at(hour(day(y+1, 4, 15), i), "lock the registers", func() error {
			_, err := b.Registers.CloseAll(b.ctx, b.actors["supervisor"], unit, y)
			return err
		})
	}
}

// clerk is who keeps one unit's registers.
type clerk struct {
	*builder
	unit  *content.Unit
	start content.Day // the day the first registers were entered
	end   content.Day
	roll  func(int) int

	waiting [6][]*filed // applications in hand, by kind of applicant
	pending [3][]*filed // remedies in hand, by kind
	rows    map[sheet][]register.Row
}

// sheet is one import: of a book, on a day.
type sheet struct {
	book register.BookID
	day  content.Day
}

// filed is a line with a beginning and an end.
type filed struct {
	book    register.BookID
	values  register.Values
	began   content.Day
	ended   content.Day // "" while in hand
	entered bool
	id      register.LineID
}

func day(y, m, d int) content.Day {
	return content.Day(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
}

// hour is in the morning of the next day of work.
func hour(d content.Day, minutes int) time.Time {
	t := d.Time()
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.AddDate(0, 0, 1)
	}
	return t.Add(9*time.Hour + time.Duration(minutes)*time.Minute)
}

// quarterly is when what happened on a day is entered: on the eighth after the
// quarter, at the beginning of the platform, or at the end of the demonstration.
func (k *clerk) quarterly(d content.Day) content.Day {
	q := (d.Month() + 2) / 3
	at := day(d.Year(), q*3+1, 8)
	if q == 4 {
		at = day(d.Year()+1, 1, 8)
	}
	return min(max(at, k.start), k.end)
}

// year keeps all books of one year.
func (k *clerk) year(y int, f *content.Figures) {
	k.rows = map[sheet][]register.Row{}
	k.totals("permit", y, f.Permits, register.Values{"source": "区一体化政务服务平台"})
	k.totals("penalty", y, f.Fines, register.Values{"source": "行政执法监督平台"})
	k.coercive(y, f.Coercive)
	k.fees(y, int(f.Fees)*100)
	k.applications(y, f)
	k.remedies(y, f)
	k.notices(y, f.FeeNotices)
	sheets := slices.SortedFunc(maps.Keys(k.rows), func(a, b sheet) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.book, b.book))
	})
	for _, s := range sheets {
		rows := k.rows[s]
		k.at(hour(s.day, k.roll(200)), "import into "+string(s.book)+" of "+k.unit.ID, func() error {
			_, err := k.Registers.Import(k.ctx, k.who(k.unit.ID, "publisher"), org.ID(k.unit.ID), s.book, rows)
			return err
		})
	}
	if y == k.end.Year() {
		return
	}
	k.at(hour(day(y+1, 1, 14), k.roll(300)), "declare what was not in "+k.unit.ID, func() error { return k.declare(y) })
	// The office locks the year before; one unit in seven has not closed the last
	// one yet.
	if y == k.end.Year()-1 && k.roll(7) > 0 {
		k.at(hour(day(y+1, 1, 21), k.roll(300)), "close the registers of "+k.unit.ID, func() error {
			_, err := k.Registers.CloseAll(k.ctx, k.who(k.unit.ID, "publisher"), org.ID(k.unit.ID), y)
			return err
		})
	}
}

// declare says of every blank book that there was nothing.
func (k *clerk) declare(y int) error {
	all, err := k.status(y)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.State != register.Blank || !register.ByID(s.Book).Asked(y) {
			continue
		}
		if err := k.Registers.Declare(k.ctx, k.who(k.unit.ID, "publisher"), org.ID(k.unit.ID), s.Book, y); err != nil {
			return err
		}
	}
	return nil
}

// row puts a row into the sheet of a day.
func (k *clerk) row(book register.BookID, at content.Day, total bool, v register.Values) {
	s := sheet{book, at}
	k.rows[s] = append(k.rows[s], register.Row{N: len(k.rows[s]) + 2, Total: total, Cells: v})
}

// months spreads a number over the months of a year, more or less evenly; of
// the first year there is only the sum, of the last only what is over.
func (k *clerk) months(y, n int, put func(period string, end content.Day, n int)) {
	if n == 0 {
		return
	}
	if y < k.start.Year() {
		put(fmt.Sprint(y), day(y, 12, 31), n)
		return
	}
	left := n
	for m := 1; m <= 12; m++ {
		part := left
		if m < 12 {
			part = min(left, n/12+k.roll(n/24+2)-n/48)
			part = max(part, 0)
		}
		left -= part
		if end := day(y, m, 28); part > 0 && end < k.end {
			put(fmt.Sprintf("%d-%02d", y, m), end, part)
		}
	}
}

// totals are decisions counted by the month in another system.
func (k *clerk) totals(book register.BookID, y, n int, with register.Values) {
	k.months(y, n, func(period string, end content.Day, n int) {
		v := register.Values{"period": period, "quantity": fmt.Sprint(n)}
		for c, s := range with {
			v[c] = s
		}
		k.row(book, k.quarterly(end), true, v)
	})
}

var coercion = []string{"强制措施：查封、扣押", "强制措施：查封、扣押", "强制措施：其他", "强制执行：加处罚款、滞纳金", "强制执行：代履行"}

func (k *clerk) coercive(y, n int) {
	for i := range n {
		d := day(y, 1+i%10, 3+k.roll(24))
		if d >= k.end {
			continue
		}
		k.row("coercive", k.quarterly(d), false, register.Values{"no": fmt.Sprintf("%s强〔%d〕%d号", k.code(), y, i+1), "day": string(d), "sort": coercion[k.roll(len(coercion))]})
	}
}

// code is the unit's 代字 without its last character: 明教.
func (k *clerk) code() string { return strings.TrimSuffix(k.unit.Code, "字") }

var feeItems = map[string]string{
	"zrj": "不动产登记费", "zjj": "城市基础设施配套费", "cgj": "城镇垃圾处理费", "slj": "水土保持补偿费", "scj": "特种设备检验检测费", "rsj": "职业技能鉴定考试费",
}

func (k *clerk) fees(y, yuan int) {
	k.months(y, yuan, func(period string, end content.Day, n int) {
		k.row("fee", k.quarterly(end), true, register.Values{"period": period, "item": feeItems[k.unit.Slug], "amount": fmt.Sprint(n),
			"quantity": fmt.Sprint(n/800 + 1), "source": "政府非税收入收缴系统"})
	})
}

var oldTitles = []string{
	"关于印发行政执法公示办法的通知", "关于规范行政裁量权基准适用的通知", "关于印发重大行政决策程序规定的通知", "关于加强和规范事中事后监管的实施意见",
	"关于印发专项资金管理办法的通知", "关于进一步优化审批服务的若干措施", "关于印发信用监管实施细则的通知",
}

// oldDocuments are the normative documents from before the platform, which it
// cannot count from what it published.
func (k *clerk) oldDocuments() {
	var rows []register.Row
	for i := range min(k.content.Norms[k.unit.ID], len(oldTitles)) {
		made := day(2017+i%5, 2+k.roll(10), 3+k.roll(24))
		rows = append(rows, register.Row{N: i + 2, Cells: register.Values{"no": fmt.Sprintf("%s规〔%d〕%d号", k.code(), made.Year(), 1+i/5),
			"sort": "normative", "title": k.unit.Name + oldTitles[i], "made": string(made)}})
	}
	k.at(hour(k.start, k.roll(300)), "enter the older documents of "+k.unit.ID, func() error {
		_, err := k.Registers.Import(k.ctx, k.who(k.unit.ID, "publisher"), org.ID(k.unit.ID), "document", rows)
		return err
	})
}
