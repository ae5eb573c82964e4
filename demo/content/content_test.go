package content

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

var whole = sync.OnceValue(func() *District { return New(Options{}) })

func TestTwoThousandItemsAreMadeOfEveryKindAndState(t *testing.T) {
	d := whole()
	if n := len(d.Items); n < 1900 || n > 2250 {
		t.Errorf("len(New(Options{}).Items) = %d, want about 2000", n)
	}
	checkComplete(t, d)
}

func TestASmallDistrictStillHasEveryKindAndState(t *testing.T) {
	for _, years := range []int{1, 2, 3, 10} {
		d := New(Options{Items: 60, Years: years})
		if n := len(d.Items); n < 40 || n > 140 {
			t.Errorf("New(60 items, %d years) has %d items", years, n)
		}
		checkComplete(t, d)
		checkOrder(t, d)
		checkCites(t, d)
	}
}

func checkComplete(t *testing.T, d *District) {
	t.Helper()
	kinds, states, links := map[Kind]int{}, map[State]int{}, map[LinkKind]int{}
	revised, files, uploads := 0, 0, 0
	for _, it := range d.Items {
		kinds[it.Kind]++
		states[it.State]++
		for _, l := range it.Links {
			links[l.Kind]++
		}
		if it.Revision != nil {
			revised++
		}
		if it.Upload {
			uploads++
		}
		files += len(it.Files)
	}
	for _, k := range Kinds() {
		if kinds[k] == 0 {
			t.Errorf("no item of kind %s", k)
		}
	}
	for _, s := range States() {
		if states[s] == 0 {
			t.Errorf("no item in state %s", s)
		}
	}
	for _, l := range []LinkKind{Repeals, Amends, Interprets} {
		if links[l] == 0 {
			t.Errorf("no item %s another", l)
		}
	}
	if revised == 0 || files == 0 || uploads == 0 {
		t.Errorf("revised %d, attachments %d, uploads %d, want some of each", revised, files, uploads)
	}
	t.Logf("%d items, kinds %v, states %v, links %v, revised %d, files %d, uploads %d", len(d.Items), kinds, states, links, revised, files, uploads)
}

func TestTheSameOptionsGiveTheSameDistrict(t *testing.T) {
	a, b := New(Options{Items: 80}), New(Options{Items: 80})
	if len(a.Items) != len(b.Items) {
		t.Fatalf("New twice = %d and %d items", len(a.Items), len(b.Items))
	}
	for i := range a.Items {
		if a.Items[i].Title != b.Items[i].Title || a.Items[i].Body.HTML() != b.Items[i].Body.HTML() {
			t.Fatalf("item %d differs: %q, %q", i, a.Items[i].Title, b.Items[i].Title)
		}
	}
}

func TestEverythingHappensInOrderOnWorkingDays(t *testing.T) { checkOrder(t, whole()) }

func checkOrder(t *testing.T, d *District) {
	t.Helper()
	byKey := map[string]*Item{}
	for _, it := range d.Items {
		if byKey[it.Key] != nil {
			t.Errorf("key %s twice", it.Key)
		}
		byKey[it.Key] = it
	}
	last := Day("")
	for _, it := range d.Items {
		if it.Published < last {
			t.Errorf("%s published %s after %s", it.Key, it.Published, last)
		}
		last = it.Published
		if it.Published < d.From || it.Published > d.Until || it.Written > it.Published || it.Written < d.From {
			t.Errorf("%s (%s): written %s, published %s, want in order between %s and %s", it.Key, it.Title, it.Written, it.Published, d.From, d.Until)
		}
		if !Working(it.Published) || !Working(it.Written) {
			t.Errorf("%s: written %s, published %s, want working days", it.Key, it.Written, it.Published)
		}
		if it.Expires != "" && it.Expires < it.Effective {
			t.Errorf("%s: effective %s, expires %s", it.Key, it.Effective, it.Expires)
		}
		if it.State == Withdrawn && (it.Gone < it.Published || it.Why == "") {
			t.Errorf("%s withdrawn %s because %q, published %s", it.Key, it.Gone, it.Why, it.Published)
		}
		if it.State == Scheduled && it.Due <= d.Until {
			t.Errorf("%s is due %s, want after %s", it.Key, it.Due, d.Until)
		}
		if it.State == Returned && it.Comment == "" {
			t.Errorf("%s returned without a comment", it.Key)
		}
		if it.State == Kept && (it.Openness == Open || it.Reason == "") {
			t.Errorf("%s kept: %s because %q", it.Key, it.Openness, it.Reason)
		}
		if r := it.Revision; r != nil && (r.Day < it.Published || r.Body.HTML() == it.Body.HTML()) {
			t.Errorf("%s: revision of %s says nothing new or too early", it.Key, r.Day)
		}
		for _, l := range it.Links {
			if old := byKey[l.To]; old == nil {
				t.Errorf("%s %s %s, which is not there", it.Key, l.Kind, l.To)
			} else if old.Published > it.Published || old.Written > it.Written {
				t.Errorf("%s of %s/%s %s %s of %s/%s, want an earlier one", it.Key, it.Written, it.Published, l.Kind, old.Key, old.Written, old.Published)
			} else if old.State != Published {
				t.Errorf("%s %s %s, which is %s", it.Key, l.Kind, old.Key, old.State)
			}
		}
	}
}

func TestTitlesAreNeverEqualAndOfReadableLength(t *testing.T) {
	seen := map[string]string{}
	long := 0
	for _, it := range whole().Items {
		if at := seen[it.Title]; at != "" {
			t.Errorf("%s and %s are both called %s", it.Key, at, it.Title)
		}
		seen[it.Title] = it.Key
		n := len([]rune(it.Title))
		if n < 7 || n > 110 {
			t.Errorf("%s: title of %d characters: %s", it.Key, n, it.Title)
		}
		if n >= 70 {
			long++
		}
	}
	if long < 5 {
		t.Errorf("%d titles of 70 characters or more, want at least 5 to try the layout", long)
	}
}

func TestNoTwoItemsOfAKindReadTheSame(t *testing.T) {
	seen := map[string]string{}
	for _, it := range whole().Items {
		text := it.Body.Text()
		if at := seen[text]; at != "" {
			t.Errorf("%s and %s have the same text", it.Key, at)
		}
		seen[text] = it.Key
	}
}

var docNo = regexp.MustCompile(`^[^〔〕0-9]+〔20\d\d〕[1-9]\d*号$`)

func TestDocumentNumbersAreWellFormedAndUsedOnce(t *testing.T) {
	seen := map[string]string{}
	for _, it := range whole().Items {
		if it.DocNo == "" {
			if it.Kind == Policy && it.State == Published {
				t.Errorf("%s: a document without a number", it.Key)
			}
			continue
		}
		if !docNo.MatchString(it.DocNo) {
			t.Errorf("%s: number %s is not well formed", it.Key, it.DocNo)
		}
		if !strings.Contains(it.DocNo, "〔"+strconv.Itoa(it.Written.Year())+"〕") {
			t.Errorf("%s: number %s, written %s", it.Key, it.DocNo, it.Written)
		}
		if at := seen[it.DocNo]; at != "" {
			t.Errorf("%s and %s both have number %s", it.Key, at, it.DocNo)
		}
		seen[it.DocNo] = it.Key
	}
}

// cite is a reference to a document of the district: 《title》（number）.
var cite = regexp.MustCompile(`（(明[^〔〕（）0-9]*〔20\d\d〕\d+号)）`)

func TestWhateverIsCitedIsThere(t *testing.T) { checkCites(t, whole()) }

func checkCites(t *testing.T, d *District) {
	t.Helper()
	byNo := map[string]*Item{}
	for _, it := range d.Items {
		if it.DocNo != "" {
			byNo[it.DocNo] = it
		}
	}
	n := 0
	for _, it := range d.Items {
		for _, m := range cite.FindAllStringSubmatch(it.Body.Text(), -1) {
			n++
			x := byNo[m[1]]
			if x == nil {
				t.Errorf("%s cites %s, which is not there", it.Key, m[1])
				continue
			}
			if !strings.Contains(it.Body.Text(), quoted(x)) {
				t.Errorf("%s cites %s under another title than %s", it.Key, m[1], x.Title)
			}
			linked := false
			for _, l := range it.Links {
				linked = linked || l.To == x.Key
			}
			if !linked {
				t.Errorf("%s cites %s without a link", it.Key, m[1])
			}
		}
	}
	if n == 0 {
		t.Error("nothing is cited anywhere")
	}
}

func TestNumbersInTablesAddUp(t *testing.T) {
	checked := 0
	for _, it := range whole().Items {
		for _, b := range it.Body {
			if b.Table != nil && it.Kind != Report {
				checked += checkSums(t, it.Key, b.Table)
			}
		}
	}
	if checked < 400 {
		t.Errorf("%d tables with totals checked, want hundreds", checked)
	}
}

// checkSums adds every column of numbers under a last row 合计, and every row
// that has a column 合计.
func checkSums(t *testing.T, key string, table *Table) int {
	t.Helper()
	rows := table.Rows
	total := rows[len(rows)-1]
	checked := 0
	if total[0].Text == "合计" {
		checked = 1
		for c := 1; c < len(total); c++ {
			if total[c].Text == "" {
				continue
			}
			sum := 0.0
			for _, r := range rows[:len(rows)-1] {
				sum += number(t, key, r[c].Text)
			}
			if want := number(t, key, total[c].Text); !near(sum, want) {
				t.Errorf("%s: %s: column %d sums to %.2f, 合计 says %.2f", key, table.Caption, c, sum, want)
			}
		}
	}
	for c, h := range table.Head[0] {
		if h.Text != "合计" {
			continue
		}
		for _, r := range rows {
			sum := 0.0
			for _, cell := range r[c+1:] {
				sum += number(t, key, cell.Text)
			}
			if want := number(t, key, r[c].Text); !near(sum, want) {
				t.Errorf("%s: %s: row %s sums to %.2f, 合计 says %.2f", key, table.Caption, r[0].Text, sum, want)
			}
		}
	}
	return checked
}

func number(t *testing.T, key, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Errorf("%s: %q in a column of numbers", key, s)
	}
	return x
}

func near(a, b float64) bool { return a-b < 0.001 && b-a < 0.001 }

func TestYearlyReportsAddUpWithinThemselvesAcrossYearsAndOverUnits(t *testing.T) {
	m := &maker{seed: 1, from: "2023-12-01", to: End, units: readUnits(0)}
	years := []int{2023, 2024, 2025}
	figures := m.figuresOf(years)
	var sum [7]int
	for id, byYear := range figures {
		for i, y := range years {
			f := byYear[y]
			for r, row := range f.Requests {
				n := 0
				for _, x := range row[:columns] {
					n += x
				}
				if n != row[columns] {
					t.Errorf("%s %d row %d: %v does not add up", id, y, r, row)
				}
			}
			for c := range 7 {
				done := 0
				for r := rowFirst; r <= rowLast; r++ {
					done += f.Requests[r][c]
				}
				in, out := f.Requests[rowNew][c]+f.Requests[rowCarried][c], f.Requests[rowTotal][c]+f.Requests[rowForward][c]
				if done != f.Requests[rowTotal][c] || in != out {
					t.Errorf("%s %d column %d: done %d of %d, in %d, out %d", id, y, c, done, f.Requests[rowTotal][c], in, out)
				}
				if i > 0 && f.Requests[rowCarried][c] != byYear[y-1].Requests[rowForward][c] {
					t.Errorf("%s %d column %d: carried %d, the year before left %d", id, y, c, f.Requests[rowCarried][c], byYear[y-1].Requests[rowForward][c])
				}
				if id != "mj" && y == 2024 {
					sum[c] += f.Requests[rowNew][c]
				}
			}
			if i > 0 && f.InForce != byYear[y-1].InForce+f.Issued-f.Repealed {
				t.Errorf("%s %d: %d in force, want %d + %d - %d", id, y, f.InForce, byYear[y-1].InForce, f.Issued, f.Repealed)
			}
			for k, row := range f.Remedies {
				if row[0]+row[1]+row[2]+row[3] != row[4] {
					t.Errorf("%s %d remedies %d: %v", id, y, k, row)
				}
			}
		}
	}
	if got := figures["mj"][2024].Requests[rowNew]; got != sum {
		t.Errorf("the government's new requests of 2024 = %v, its units' together %v", got, sum)
	}
	if sum[columns] < 30 {
		t.Errorf("%d requests in the whole district, want a plausible number", sum[columns])
	}
}

var forbidden = regexp.MustCompile(`(?i)lorem|ipsum|TODO|占位|测试数据|示例文本|XXX|某某某|[{}|#¥]|%!|。。|，，|；；|，。|：：|<nil>|〔0〕|我区我区|区区|工作工作|管理管理|服务服务|的的|存在在|、、|社区社区|社区小区`)

// phone is anything that looks like a telephone or identity number.
var phone = regexp.MustCompile(`1[3-9]\d{9}|\d{17}[0-9Xx]|\b0\d{2,3}-?\d{7,8}\b`)

func TestNoBlankIsLeftOpenAndNothingCouldBeReal(t *testing.T) {
	shown := 0
	for _, it := range whole().Items {
		text := it.Title + "\n" + it.Summary + "\n" + it.Body.Text()
		if at := forbidden.FindStringIndex(text); at != nil {
			if shown++; shown < 20 {
				t.Errorf("%s: %q", it.Key, around(text, at))
			}
		}
		for _, p := range phone.FindAllString(text, -1) {
			if !strings.HasPrefix(p, "0999-5550") {
				t.Errorf("%s: number %s", it.Key, p)
			}
		}
		if it.Summary == "" || it.Body.First() == "" {
			t.Errorf("%s: empty summary or body", it.Key)
		}
	}
}

func around(text string, at []int) string {
	r := []rune(text[:at[0]])
	from := string(r[max(0, len(r)-25):])
	rest := []rune(text[at[0]:])
	return from + string(rest[:min(25, len(rest))])
}

func TestEveryTopicIsWritten(t *testing.T) {
	owners := map[string]int{}
	for _, tp := range readTopics() {
		owners[tp.Owner]++
		if len(tp.Why) == 0 || len(tp.Goal) == 0 || len(tp.Do) < 3 || len(tp.News) == 0 && len(tp.Pub) == 0 {
			t.Errorf("%s/%s lacks why, goal, three measures or news", tp.Owner, tp.Name)
		}
		for _, d := range tp.Do {
			if len(d) < 2 {
				t.Errorf("%s/%s: measure %v has no sentence", tp.Owner, tp.Name, d)
			}
		}
	}
	for _, u := range readUnits(0) {
		if u.Kind != Government && u.Kind != Town && owners[u.Slug] == 0 {
			t.Errorf("%s has no topic", u.Slug)
		}
	}
}

func TestUnitsHaveValidCodes(t *testing.T) {
	seen := map[string]bool{}
	kinds := map[UnitKind]int{}
	for _, u := range whole().Units {
		kinds[u.Kind]++
		if len(u.USCC) != 18 || usccCheck(u.USCC[:17]) != u.USCC[17:] || orgCheck(u.USCC[8:16]) != u.USCC[16:17] {
			t.Errorf("%s: %s is no valid code", u.ID, u.USCC)
		}
		if len(u.SiteCode) != 10 || seen[u.SiteCode] || seen[u.USCC] || seen[u.Code] {
			t.Errorf("%s: codes %s, %s, %s not of their own", u.ID, u.SiteCode, u.USCC, u.Code)
		}
		seen[u.SiteCode], seen[u.USCC], seen[u.Code] = true, true, true
		if len(u.Duties) < 5 || len(u.Leaders) < 2 || !strings.HasPrefix(u.Contact.Phone, "0999-5550") {
			t.Errorf("%s: %d duties, %d leaders, phone %s", u.ID, len(u.Duties), len(u.Leaders), u.Contact.Phone)
		}
	}
	if kinds[Government] != 1 || kinds[Office] != 1 || kinds[Department] != 28 || kinds[Town] != 8 || kinds[Platform] != 3 {
		t.Errorf("units %v", kinds)
	}
	for code, want := range map[string]string{"91350100M000100Y4": "3", "11441700007280420": "Y", "11370322004222241": "N"} {
		if got := usccCheck(code); got != want {
			t.Errorf("usccCheck(%s) = %s, want %s", code, got, want)
		}
	}
}

func TestPeopleFillEveryRoleUnderTheirOwnLogin(t *testing.T) {
	d := whole()
	logins, roles := map[string]bool{}, map[string]int{}
	for _, p := range d.People {
		if logins[p.Login] {
			t.Errorf("login %s twice", p.Login)
		}
		logins[p.Login] = true
		for _, r := range p.Roles {
			roles[r]++
		}
	}
	for role, least := range map[string]int{"publisher": 40, "first": 40, "secrecy": 40, "second": 40, "final": 40, "officer": 30,
		"supervisor": 1, "auditor": 1, "sysadmin": 1, "secadmin": 1, "auditadmin": 1} {
		if roles[role] < least {
			t.Errorf("%d people are %s, want %d", roles[role], role, least)
		}
	}
}

func TestFilesAreWrittenTheSameEveryTime(t *testing.T) {
	var b Body
	b.section(1, "一、标题")
	b.para("正文 <与> 符号")
	b.table(tableThree(&Figures{Requests: make([][7]int, len(requestRows))}))
	for _, name := range []string{"表.docx", "表.xlsx", "表.txt"} {
		f := File{Name: name, Body: b}
		one, err := f.Bytes()
		if err != nil {
			t.Fatalf("Bytes(%s): %v", name, err)
		}
		two, err := f.Bytes()
		if err != nil || !bytes.Equal(one, two) {
			t.Errorf("Bytes(%s) twice: %v, equal %v", name, err, bytes.Equal(one, two))
		}
	}
	data, err := Docx("标题", b)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"正文 &lt;与&gt; 符号", `w:val="Heading2"`, `<w:vMerge w:val="restart"/>`, `<w:gridSpan w:val="7"/>`} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("document.xml lacks %s", want)
		}
	}
}

func TestNumeralsAreWrittenInChinese(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五"} {
		if got := numeral(n); got != want {
			t.Errorf("numeral(%d) = %s, want %s", n, got, want)
		}
	}
}
