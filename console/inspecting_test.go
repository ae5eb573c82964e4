package console_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/publication"
)

// looked is what the console answers an editor.
type looked struct {
	Say      string
	More     int
	Rules    map[string]struct{ Name, Source string }
	Findings []struct {
		Block, Start, End, Count int
		In, Rule, Severity, Say  string
		Advice                   string
		Fixes                    []string
		Private, Alone           bool
	}
}

// look posts a text as the editor does.
func (b *visitor) look(id publication.ItemID, body string) looked {
	b.Helper()
	r, err := http.NewRequest("POST", b.server.URL+"/console/items/"+string(id)+"/inspect", strings.NewReader(body))
	b.must(err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	b.do(r)
	var got looked
	if strings.HasPrefix(b.header.Get("Content-Type"), "application/json") {
		b.must(json.Unmarshal([]byte(b.body), &got))
	}
	return got
}

// identityNumber is an invented number with its check digit.
func identityNumber(area, birth, order string) string {
	body, sum := area+birth+order, 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(body[i]-'0') * weight
	}
	return body + string("10X98765432"[sum%11])
}

// write is the JSON of paragraphs.
func write(title string, paragraphs ...string) string {
	blocks := []map[string]any{}
	for _, p := range paragraphs {
		blocks = append(blocks, map[string]any{"text": p})
	}
	b, err := json.Marshal(map[string]any{"title": title, "kind": "notice", "blocks": blocks})
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestTheEditorIsToldWhatIsFoundAndWhere(t *testing.T) {
	w := inspecting(t)
	id := w.draft("招生通知")
	b := w.as("publisher")
	number := identityNumber("110101", "19900307", "002")
	got := b.look(id, write("关于批露招生情况的通知", "各镇人民政府：", "𠮷某反映的问题任然存在。", "联系人身份证号"+number+"。"))
	if b.status != http.StatusOK {
		t.Fatalf("look() answered %d, want 200: %s", b.status, b.body)
	}
	type place struct {
		in                string
		block, start, end int
	}
	found := map[place]string{}
	for _, f := range got.Findings {
		found[place{f.In, f.Block, f.Start, f.End}] = f.Rule + " " + f.Severity + " " + strings.Join(f.Fixes, "|")
		if got.Rules[f.Rule].Name == "" || got.Rules[f.Rule].Source == "" {
			t.Errorf("the answer names %s without its words: %+v", f.Rule, got.Rules[f.Rule])
		}
	}
	for at, want := range map[place]string{
		{"title", 0, 2, 4}: "typo.dict error 披露",
		{"text", 1, 8, 10}: "typo.dict error 仍然",
		{"text", 2, 7, 25}: "privacy.id block " + number[:6] + "********" + number[14:],
	} {
		switch got := found[at]; {
		case strings.HasPrefix(want, "privacy.id"):
			if !strings.HasPrefix(got, "privacy.id block ") || strings.Contains(got, number) || !strings.Contains(got, "*") {
				t.Errorf("at %+v: %q, want the number found with a mask", at, got)
			}
		case got != want:
			t.Errorf("at %+v: %q, want %q (all: %v)", at, got, want, found)
		}
	}
}

func TestSummaryPicturesAndNamesOfTablesAreInspectedBesideTheText(t *testing.T) {
	w := inspecting(t)
	id := w.draft("招生通知")
	b := w.as("publisher")
	number := identityNumber("110101", "19900307", "002")
	got := map[string]string{}
	for _, part := range []string{"false", "true"} {
		clear(got)
		for _, f := range b.look(id, `{"title":"通知","summary":"请各镇\n按时批露情况。","blocks":[{"text":"各镇："}],"notes":["","𠮷任然","证件`+number+`"],"part":`+part+`}`).Findings {
			got[fmt.Sprintf("%s %d %d-%d", f.In, f.Block, f.Start, f.End)] = f.Rule
		}
		want := map[string]string{"summary 0 6-8": "typo.dict", "notes 1 2-4": "typo.dict", "notes 2 2-20": "privacy.id"}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("found beside the text, part %s (-want +got):\n%s", part, d)
		}
	}
}

func TestATableIsInspectedWithTheHeadsOfItsColumns(t *testing.T) {
	w := inspecting(t)
	id := w.draft("救助公示")
	b := w.as("publisher")
	cell := func(text string, row, col int) string {
		return fmt.Sprintf(`{"text":%q,"cell":[1,%d,%d]}`, text, row, col)
	}
	number := "1391234" + "5678"
	under := func(head string) looked {
		return b.look(id, `{"title":"公示","blocks":[`+strings.Join([]string{cell("姓名", 0, 0), cell(head, 0, 1), cell("李某", 1, 0), cell(number, 1, 1)}, ",")+`]}`)
	}
	rules := func(l looked) (all []string) {
		for _, f := range l.Findings {
			if f.Block == 3 {
				all = append(all, f.Rule)
			}
		}
		return all
	}
	if got := rules(under("联系电话")); len(got) != 1 || got[0] != "privacy.mobile" {
		t.Errorf("a mobile number under 联系电话 is %v, want privacy.mobile", got)
	}
	if got := rules(under("统一编号")); len(got) != 0 {
		t.Errorf("the same number under 统一编号 is %v, want nothing", got)
	}
}

// TestNamesOfAColumnAreMaskedOneByOne has a rule that reports a column once.
func TestNamesOfAColumnAreMaskedOneByOne(t *testing.T) {
	w := inspecting(t)
	id := w.draft("公示名单")
	b := w.as("publisher")
	rows := [][]string{{"姓名", "身份证号"}}
	for i, name := range []string{"李明远", "王𠮷", "赵晓红"} {
		rows = append(rows, []string{name, identityNumber("330102", "19851123", fmt.Sprintf("%03d", 100+i))})
	}
	var blocks []map[string]any
	for i, row := range rows {
		for j, text := range row {
			blocks = append(blocks, map[string]any{"text": text, "cell": []int{1, i, j}})
		}
	}
	body, err := json.Marshal(map[string]any{"title": "公示名单", "kind": "notice", "blocks": blocks})
	w.must(err)
	got := map[int]string{}
	for _, f := range b.look(id, string(body)).Findings {
		if f.Rule == "privacy.name" {
			got[f.Block] = fmt.Sprintf("%d-%d %s", f.Start, f.End, strings.Join(f.Fixes, "|"))
		}
	}
	want := map[int]string{2: "0-3 李**", 4: "0-3 王*", 6: "0-3 赵**"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("names found in the table (-want +got):\n%s", d)
	}
}

func TestAPartOfATextIsOnlyToldWhatAPartCanTell(t *testing.T) {
	w := inspecting(t)
	id := w.draft("办法")
	b := w.as("publisher")
	body := write("办法", "三、组织领导", "各镇的培训任然不足。", "五、保障措施", "请各镇落实。")
	count := func(l looked, family string) (n int) {
		for _, f := range l.Findings {
			if strings.HasPrefix(f.Rule, family) {
				n++
			}
		}
		return n
	}
	whole, part := b.look(id, body), b.look(id, strings.TrimSuffix(body, "}")+`,"part":true}`)
	if count(whole, "element.") == 0 || count(whole, "typo.dict") == 0 {
		t.Fatalf("the whole text: %+v, want a skipped number and a typo", whole.Findings)
	}
	for _, f := range whole.Findings {
		if want := f.Rule == "typo.dict"; f.Alone != want && (want || strings.HasPrefix(f.Rule, "element.")) {
			t.Errorf("%s: a part is enough to tell: %v, want %v", f.Rule, f.Alone, want)
		}
	}
	if count(part, "element.") != 0 || count(part, "typo.dict") == 0 {
		t.Errorf("a part of it: %+v, want the typo without the numbers of headings", part.Findings)
	}
}

func TestLookingIsRefused(t *testing.T) {
	w := inspecting(t)
	id := w.draft("通知")
	fine := write("通知", "各镇：")
	for _, c := range []struct {
		name, login, item, body string
		status                  int
		say                     string
	}{
		{"without a session", "", string(id), fine, http.StatusUnauthorized, ""},
		{"without the right to write", "first", string(id), fine, http.StatusForbidden, ""},
		{"for another unit's text", "elsewhere", string(id), fine, http.StatusForbidden, ""},
		{"for an item nobody knows", "publisher", "none", fine, http.StatusNotFound, ""},
		{"for what is no text", "publisher", string(id), "姓名", http.StatusBadRequest, "不完整"},
		{"for a table that cannot be", "publisher", string(id), `{"blocks":[{"text":"甲","cell":[1,-1,0]}]}`, http.StatusBadRequest, "不完整"},
		{"for half a cell", "publisher", string(id), `{"blocks":[{"text":"甲","cell":[1]}]}`, http.StatusBadRequest, "不完整"},
		{"for a text that is too long", "publisher", string(id), write("通知", strings.Repeat("各镇人民政府。", 60_000)), http.StatusRequestEntityTooLarge, "超过40万字"},
		{"for more bytes than a text can have", "publisher", string(id), write("通知", strings.Repeat("各镇人民政府。", 300_000)), http.StatusRequestEntityTooLarge, "超过40万字"},
	} {
		b := w.nobody()
		if c.login != "" {
			b = w.as(c.login)
		}
		got := b.look(publication.ItemID(c.item), c.body)
		if b.status != c.status || !strings.Contains(got.Say, c.say) {
			t.Errorf("looking %s answers %d %q, want %d and %q", c.name, b.status, got.Say, c.status, c.say)
		}
		if strings.Contains(got.Say, "姓名") {
			t.Errorf("looking %s repeats the text: %q", c.name, got.Say)
		}
	}
}

func TestOnePersonCannotKeepTheServerBusy(t *testing.T) {
	w := inspecting(t)
	id := w.draft("通知")
	b := w.as("publisher")
	body, refused := write("通知", "各镇："), 0
	for range 40 {
		if got := b.look(id, body); b.status == http.StatusTooManyRequests {
			refused++
			if !strings.Contains(got.Say, "太频繁") {
				t.Fatalf("a look too many says %q, want what to do", got.Say)
			}
		}
	}
	if refused == 0 {
		t.Error("forty looks in one moment were all answered, want some refused")
	}
	colleague := w.as("colleague")
	if colleague.look(id, body); colleague.status != http.StatusOK {
		t.Errorf("a colleague's look answers %d meanwhile, want 200", colleague.status)
	}
	w.clock.Add(10 * time.Second)
	if b.look(id, body); b.status != http.StatusOK {
		t.Errorf("ten seconds later a look answers %d, want 200", b.status)
	}
}
