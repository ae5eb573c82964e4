package content

import "fmt"

// Figures are the numbers of one unit's yearly report in the 2021 form
// (国办公开办函〔2021〕30号).
type Figures struct {
	Issued, Repealed, InForce int      // 行政规范性文件
	Permits, Fines, Coercive  int      // decisions
	Fees                      wan      // 行政事业性收费, 万元
	Requests                  [][7]int // table 3, rows as in requestRows
	Remedies                  [3][5]int
	Notices                   int // items published in the year
	FeeNotices                int // 信息处理费
}

// requestRow is one row of table 3; the group stands to its left.
type requestRow struct{ group, label string }

var requestRows = []requestRow{
	{"", "一、本年新收政府信息公开申请数量"}, {"", "二、上年结转政府信息公开申请数量"},
	{"", "（一）予以公开"}, {"", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"},
	{"（三）不予公开", "1.属于国家秘密"}, {"（三）不予公开", "2.其他法律行政法规禁止公开"}, {"（三）不予公开", "3.危及“三安全一稳定”"},
	{"（三）不予公开", "4.保护第三方合法权益"}, {"（三）不予公开", "5.属于三类内部事务信息"}, {"（三）不予公开", "6.属于四类过程性信息"},
	{"（三）不予公开", "7.属于行政执法案卷"}, {"（三）不予公开", "8.属于行政查询事项"},
	{"（四）无法提供", "1.本机关不掌握相关政府信息"}, {"（四）无法提供", "2.没有现成信息需要另行制作"}, {"（四）无法提供", "3.补正后申请内容仍不明确"},
	{"（五）不予处理", "1.信访举报投诉类申请"}, {"（五）不予处理", "2.重复申请"}, {"（五）不予处理", "3.要求提供公开出版物"},
	{"（五）不予处理", "4.无正当理由大量反复申请"}, {"（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"},
	{"（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"},
	{"（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"}, {"（六）其他处理", "3.其他"},
	{"", "（七）总计"}, {"", "四、结转下年度继续办理"},
}

const (
	rowNew, rowCarried, rowFirst, rowLast, rowTotal, rowForward = 0, 1, 2, 22, 23, 24
	columns                                                     = 6 // kinds of applicants; the seventh is their sum
)

// outcomeWeights are how often requests end in each row, in a thousand.
var outcomeWeights = map[int]int{2: 430, 3: 70, 7: 25, 8: 20, 9: 30, 10: 25, 11: 30, 12: 210, 13: 30, 14: 25, 15: 45, 16: 20, 17: 8, 20: 15, 22: 17}

// figuresOf computes all units' numbers for the years; the government's are the
// sums of all the others, cell by cell.
func (m *maker) figuresOf(years []int) map[string]map[int]*Figures {
	out := map[string]map[int]*Figures{}
	for i := range m.units {
		u := &m.units[i]
		out[u.ID] = map[int]*Figures{}
		if u.Kind == Government {
			continue
		}
		var carried [7]int
		var pending [3]int
		inForce := m.normsBefore(u)
		for _, y := range years {
			f := m.figures(u, y, &carried, &pending, inForce)
			inForce = f.InForce
			out[u.ID][y] = f
		}
	}
	for _, y := range years {
		sum := &Figures{Requests: make([][7]int, len(requestRows))}
		for id, byYear := range out {
			if id != "mj" {
				sum.add(byYear[y])
			}
		}
		out["mj"][y] = sum
	}
	return out
}

func (f *Figures) add(g *Figures) {
	f.Issued += g.Issued
	f.Repealed += g.Repealed
	f.InForce += g.InForce
	f.Permits += g.Permits
	f.Fines += g.Fines
	f.Coercive += g.Coercive
	f.Fees += g.Fees
	f.Notices += g.Notices
	f.FeeNotices += g.FeeNotices
	for r := range f.Requests {
		for c := range f.Requests[r] {
			f.Requests[r][c] += g.Requests[r][c]
		}
	}
	for k := range f.Remedies {
		for c := range f.Remedies[k] {
			f.Remedies[k][c] += g.Remedies[k][c]
		}
	}
}

// normsBefore is how many 行政规范性文件 of a unit are older than the platform.
func (m *maker) normsBefore(u *Unit) int { return randFor(m.seed, "norms/"+u.Slug).IntN(6) + 2 }

// figures are one unit's numbers; carried is last year's row 四 and becomes this
// year's, pending the remedies that last year left open.
func (m *maker) figures(u *Unit, y int, carried *[7]int, pending *[3]int, inForce int) *Figures {
	r := randFor(m.seed, fmt.Sprintf("figures/%s/%d", u.Slug, y))
	f := &Figures{Requests: make([][7]int, len(requestRows))}

	ids := map[string]bool{u.ID: true}
	if u.Kind == Office {
		ids["mj"] = true // the office reports for the government's own documents
	}
	byKey := map[string]*Item{}
	for _, it := range m.items {
		byKey[it.Key] = it
	}
	for _, it := range m.items {
		if it.State != Published || it.Published.Year() != y {
			continue
		}
		if ids[it.Unit] {
			f.Notices++
			if it.Norm {
				f.Issued++
			}
		}
		for _, l := range it.Links {
			if old := byKey[l.To]; (l.Kind == Repeals || l.Kind == Replaces) && ids[old.Unit] && old.Norm {
				f.Repealed++
			}
		}
	}
	f.InForce = inForce + f.Issued - f.Repealed
	if f.InForce < 0 {
		f.Repealed += f.InForce
		f.InForce = 0
	}
	if y == m.from.Year() {
		f.Notices += 20 + r.IntN(70) // the platform knows only the last month of that year
	}
	if permitKinds[u.Slug] != nil {
		f.Permits = 40 + r.IntN(1800)
	}
	if offences[u.Slug] != nil {
		f.Fines = 12 + r.IntN(420)
		f.Coercive = r.IntN(12)
	}
	switch u.Slug {
	case "zrj", "zjj", "cgj", "slj", "scj", "rsj":
		f.Fees = randomWan(r, 20, 480)
	}

	size := map[UnitKind]int{Office: 26, Department: 9, Town: 5, Platform: 2}[u.Kind]
	weights := []int{86, 6, 1, 1, 4, 2}
	for c := range columns {
		f.Requests[rowCarried][c] = carried[c]
	}
	for range r.IntN(size + 1) {
		f.Requests[rowNew][weighted(r.IntN(100), weights)]++
	}
	var rows, rowWeights []int
	sum := 0
	for row := rowFirst; row <= rowLast; row++ {
		if w := outcomeWeights[row]; w > 0 {
			rows, rowWeights = append(rows, row), append(rowWeights, w)
			sum += w
		}
	}
	for c := range columns {
		for k := range f.Requests[rowNew][c] + f.Requests[rowCarried][c] {
			if k >= f.Requests[rowCarried][c] && r.IntN(100) < 7 {
				f.Requests[rowForward][c]++
				continue
			}
			f.Requests[rows[weighted(r.IntN(sum), rowWeights)]][c]++
			f.Requests[rowTotal][c]++
		}
	}
	for row := range f.Requests {
		for c := range columns {
			f.Requests[row][columns] += f.Requests[row][c]
		}
	}
	*carried = f.Requests[rowForward]

	if f.Requests[rowTotal][columns] > 4 {
		for k, chance := range []int{45, 25, 10} {
			for c := range 4 {
				if r.IntN(100) < chance {
					f.Remedies[k][c] = 1
					f.Remedies[k][4]++
				}
			}
		}
	}
	for k := range f.Remedies {
		if lost := pending[k] - f.Remedies[k][4]; lost > 0 { // what was open is decided or still open
			f.Remedies[k][0] += lost
			f.Remedies[k][4] += lost
		}
		pending[k] = f.Remedies[k][3]
	}
	if f.Requests[rowNew][columns] > 12 && r.IntN(3) == 0 {
		f.FeeNotices = 1
	}
	return f
}

// weighted finds where x falls among the weights.
func weighted(x int, weights []int) int {
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}
