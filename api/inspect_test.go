package api_test

import (
	"archive/zip"
	"bytes"
	"mime/multipart"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/api"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
	"gongkai/workday"
)

// slip is a sentence with one wrong word and nothing else.
const slip = "我们任然要做好公开工作。"

func TestATextIsInspectedAsTheCommandDoes(t *testing.T) {
	w := newWorld(t, nil)
	a := w.inspect("", "text/plain; charset=utf-8", slip)
	got := a.found()
	if got.File != "正文" || got.rules() != "typo.dict" || got.Unread == nil {
		t.Fatalf("%s = %s, want one typo.dict", a.call, a.body)
	}
	f := got.Findings[0]
	if f.Start != 2 || f.End != 4 || f.Text != "任然" || !slices.Equal(f.Suggest, []string{"仍然"}) || f.Part != "document" {
		t.Errorf("finding = %+v", f)
	}
	text := &rule.File{Name: "正文", Texts: []*rule.Text{rule.NewText("document", slip)}}
	want := string(engine.AppendLine(nil, "正文", standard.Inspect(text, engine.Options{Today: "2026-03-02"}), nil)) + "\n"
	if string(a.body) != want {
		t.Errorf("%s = %s\nthe command prints %s", a.call, a.body, want)
	}
	if c := a.header.Get("Cache-Control"); c != "no-store" {
		t.Errorf("Cache-Control = %q: an answer about a text is nobody else's", c)
	}
}

func TestWhatIsSentMayHaveManyForms(t *testing.T) {
	w := newWorld(t, nil)
	docx := docxOf(w, slip)
	form := func(name string, file []byte, fields ...string) (string, string) {
		var b bytes.Buffer
		mw := multipart.NewWriter(&b)
		for i := 0; i < len(fields); i += 2 {
			w.must(mw.WriteField(fields[i], fields[i+1]))
		}
		p, err := mw.CreateFormFile("file", name)
		w.must(err)
		_, err = p.Write(file)
		w.must(err)
		w.must(mw.Close())
		return mw.FormDataContentType(), b.String()
	}
	formType, formBody := form("通知.docx", docx)
	for _, c := range []struct {
		name, kind, body string
		file             string
		start            int // -1: elsewhere than in a text of its own
	}{
		{"a page", "text/html", "<html><body><h1>通知</h1><p>" + slip + "</p></body></html>", "正文", -1},
		{"a piece of a page", "text/html; charset=utf-8", "<p>" + slip + "</p>", "正文", 2},
		{"JSON", "application/json", `{"text":"` + slip + `","date":"2026-01-05","own":true}`, "正文", 2},
		{"JSON with a name", "application/json", `{"text":"` + slip + `","name":"稿件/通知.txt"}`, "通知.txt", 2},
		{"JSON with a page", "application/json", `{"html":"<p>` + slip + `</p>"}`, "正文", 2},
		{"a form", formType, formBody, "通知.docx", -1},
		{"a file as it is", "application/octet-stream", string(docx), "正文", -1},
		{"a file by its type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", string(docx), "正文", -1},
		{"text in GB 18030", "text/plain; charset=gb18030", "\xce\xd2\xc3\xc7\xc8\xce\xc8\xbb\xd2\xaa\xd7\xf6\xba\xc3\xb9\xab\xbf\xaa\xb9\xa4\xd7\xf7\xa1\xa3", "正文", 2},
	} {
		a := w.inspect("", c.kind, c.body)
		got := a.found()
		if got.File != c.file || !strings.Contains(" "+got.rules()+" ", " typo.dict ") {
			t.Errorf("%s: %s, want typo.dict in %s", c.name, a.body, c.file)
			continue
		}
		for _, f := range got.Findings {
			if f.Rule == "typo.dict" && (f.Text != "任然" || c.start >= 0 && f.Start != c.start) {
				t.Errorf("%s: %+v, want 任然 at %d", c.name, f, c.start)
			}
		}
	}
	got := w.inspect("", "application/json", `{"text":"现将有关事项通知如下。","title":"关于任然有效的通知"}`).found()
	if got.rules() != "typo.dict" || got.Findings[0].Part != "title" {
		t.Errorf("a slip in the title: %+v", got)
	}
}

// docxOf is a Word file of one paragraph.
func docxOf(w *world, text string) []byte {
	w.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct{ name, xml string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:body></w:document>`},
	} {
		p, err := z.Create(f.name)
		w.must(err)
		_, err = p.Write([]byte(f.xml))
		w.must(err)
	}
	w.must(z.Close())
	return b.Bytes()
}

func TestOptionsSwitchRules(t *testing.T) {
	w := newWorld(t, nil)
	list := "姓名\t身份证号\t家庭人口\n李某\t" + idNumber("11010119900307") + "\t3\n"
	both := slip + "\n" + "身份证号：" + idNumber("11010119900307") + "\n"
	for _, c := range []struct{ name, query, body, has, not string }{
		{"everything", "", both, "privacy.id typo.dict", ""},
		{"a family off", "?off=privacy", both, "typo.dict", "privacy."},
		{"two off", "?off=privacy,typo.dict", both, "", "privacy. typo."},
		{"certain ones only", "?certain=1", both, "privacy.id", ".suspect"},
		{"a list of relief", "?kind=relief", list, "privacy.id", "privacy.household"},
		{"hints", "?hints=1", "三百至五百米、“甲”、“乙”两处。", "punct.between", ""},
		{"no hints", "?hints=0", "三百至五百米、“甲”、“乙”两处。", "", "punct.between"},
	} {
		got := w.inspect(c.query, "text/plain", c.body).found().rules()
		for _, r := range strings.Fields(c.has) {
			if !strings.Contains(got, r) {
				t.Errorf("%s: found %q, want %s", c.name, got, r)
			}
		}
		for _, r := range strings.Fields(c.not) {
			if strings.Contains(got, r) {
				t.Errorf("%s: found %q, want no %s", c.name, got, r)
			}
		}
	}
	foreign := w.inspect("", "application/json", `{"text":"他是残废人，请予照顾。","own":false}`).found().rules()
	own := w.inspect("", "application/json", `{"text":"他是残废人，请予照顾。"}`).found().rules()
	if strings.Contains(foreign, "wording.") || !strings.Contains(own, "wording.term") {
		t.Errorf("wording of others: %q, of our own: %q; only our own is judged", foreign, own)
	}
}

// idNumber appends a serial and the check character of GB 11643 to an invented
// area and birthday.
func idNumber(front string) string {
	s := front + "123"
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * weight
	}
	return s + string("10X98765432"[sum%11])
}

// TestATextIsLookedIntoAsTheUnitHasItsRules: its own words are found, what it has
// switched off is not, and that holds for the callers of that unit alone.
func TestATextIsLookedIntoAsTheUnitHasItsRules(t *testing.T) {
	w := newWorld(t, nil)
	sys := identity.System("test")
	_, err := w.inspections.AddWord(t.Context(), sys, inspection.Word{Unit: school, Kind: inspection.WrongWord, Word: "明境区", Instead: "明镜区"})
	w.must(err)
	w.must(w.inspections.SwitchOff(t.Context(), sys, school, "typo.dict", "试行期间先不用", workday.Date{}))
	text := slip + "明境区各单位要认真落实。"
	if got := w.inspect("", "text/plain", text).found().rules(); got != "own.word" {
		t.Errorf("found %q, want the unit's word and nothing that is switched off", got)
	}
	if got := w.inspect("?off=own", "text/plain", text).found().rules(); got != "" {
		t.Errorf("without the unit's words found %q, want nothing", got)
	}
	if got := w.inspect("?hints=1", "text/plain", text).found().rules(); got != "typo.dict" {
		t.Errorf("with hints found %q, want the rules as they are delivered", got)
	}
}

func TestANumberComesWithItsMask(t *testing.T) {
	w := newWorld(t, nil)
	id := idNumber("11010119900307")
	got := w.inspect("", "text/plain", "身份证号："+id).found()
	if got.rules() != "privacy.id" || got.Findings[0].Text != id || len(got.Findings[0].Suggest) != 1 || strings.Contains(got.Findings[0].Suggest[0], id[6:14]) {
		t.Errorf("found %s with %d proposals, want the number and a mask that hides the birthday", got.rules(), len(got.Findings[0].Suggest))
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	w := newWorld(t, nil)
	long := strings.Repeat("公", (5<<20)/3+1)
	for _, c := range []struct {
		name, query, kind, body string
		status                  int
		code, words             string
	}{
		{"no type", "", "", slip, 415, "type", "不支持"},
		{"a type that is no text", "", "image/png", slip, 415, "type", "不支持"},
		{"nothing", "", "text/plain", "", 400, "invalid", "没有要检查的内容"},
		{"no JSON", "", "application/json", `{"text":`, 400, "invalid", "JSON 不完整"},
		{"two values", "", "application/json", `{"text":"一"}{"text":"二"}`, 400, "invalid", "JSON 不完整"},
		{"JSON with an unknown field", "", "application/json", `{"text":"一","own_text":true}`, 400, "invalid", "不认识的字段"},
		{"JSON without text", "", "application/json", `{"title":"一"}`, 400, "invalid", "二者选一"},
		{"JSON with both", "", "application/json", `{"text":"一","html":"二"}`, 400, "invalid", "二者选一"},
		{"JSON that is not UTF-8", "", "application/json", "{\"text\":\"\xce\xd2\"}", 400, "invalid", "UTF-8"},
		{"a day that is none", "", "application/json", `{"text":"一","date":"2026-02-30"}`, 400, "invalid", "日期"},
		{"a kind that is none", "", "application/json", `{"text":"一","kind":"lottery"}`, 400, "invalid", "relief"},
		{"a kind that is none, in the address", "?kind=lottery", "text/plain", slip, 400, "invalid", "没有公示类别"},
		{"a rule that is none", "?off=typo.dictt", "text/plain", slip, 400, "invalid", "typo.dictt"},
		{"a parameter that is none", "?hint=1", "text/plain", slip, 400, "invalid", "没有参数“hint”"},
		{"a half yes", "?hints=maybe", "text/plain", slip, 400, "invalid", "只能是 1 或者 0"},
		{"a long text", "", "text/plain", long, 413, "too-large", "5MB"},
		{"a long text as JSON", "", "application/json", `{"text":"` + long + `"}`, 413, "too-large", "5MB"},
		{"a large file", "", "application/octet-stream", strings.Repeat("a", 20<<20+1), 413, "too-large", "20MB"},
		{"a broken form", "", "multipart/form-data; boundary=x", "--x\r\nContent", 400, "invalid", "表单"},
		{"a form without a boundary", "", "multipart/form-data", "", 400, "invalid", "表单"},
		{"a form without a file", "", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na\r\n--x--\r\n", 400, "invalid", "file"},
		{"a form whose title is in another encoding", "", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\na\r\n--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n\xb1\xea\xcc\xe2\r\n--x--\r\n", 400, "invalid", "UTF-8"},
		{"a title as long as a text", "", "application/json", `{"text":"a","title":"` + strings.Repeat("题", 4000) + `"}`, 400, "invalid", "标题过长"},
		{"a form with two", "", "multipart/form-data; boundary=x", strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\na\r\n", 2) + "--x--\r\n", 400, "invalid", "一次只检查一个"},
		{"a file that is damaged", "", "application/pdf", "%PDF-1.7\nnothing", 422, "unreadable", "。"},
		{"a file of unknown kind", "", "application/octet-stream", "\x00\x01\x02\x03\x04", 422, "unreadable", ""},
	} {
		t.Run(c.name, func(t *testing.T) { w.inspect(c.query, c.kind, c.body).refused(c.status, c.code, c.words) })
	}
}

func TestOnlyAGoodTokenIsLetIn(t *testing.T) {
	w := newWorld(t, nil)
	post := func(token string) answer {
		return w.do("POST", "/api/v1/inspect", token, "text/plain", strings.NewReader(slip))
	}
	a := post("")
	a.refused(401, "unauthorized", "Authorization")
	if got := a.header.Get("Www-Authenticate"); got != `Bearer realm="gongkai"` {
		t.Errorf("WWW-Authenticate = %q", got)
	}
	post("gk_wrong").refused(401, "unauthorized", "接口令牌无效")
	post(w.token).found()
	officer, _ := w.giveToken(identity.Officer)
	post(officer).refused(403, "forbidden", "查看检查结果")

	r, err := http.NewRequest("POST", w.server.URL+"/api/v1/inspect", strings.NewReader(slip))
	w.must(err)
	r.Header.Set("Content-Type", "text/plain")
	r.SetBasicAuth("user", w.token)
	res, err := http.DefaultClient.Do(r)
	w.must(err)
	res.Body.Close()
	if res.StatusCode != 401 {
		t.Errorf("a token as a password answered %d, want 401", res.StatusCode)
	}
	w.must(w.people.EndToken(t.Context(), identity.System("test"), w.id))
	post(w.token).refused(401, "unauthorized", "已收回")
}

// TestAPageOfAnotherSiteIsRefused: even one that has got hold of a token.
func TestAPageOfAnotherSiteIsRefused(t *testing.T) {
	w := newWorld(t, nil)
	r, err := http.NewRequest("POST", w.server.URL+"/api/v1/inspect", strings.NewReader(slip))
	w.must(err)
	r.Header.Set("Content-Type", "text/plain")
	r.Header.Set("Authorization", "Bearer "+w.token)
	r.Header.Set("Origin", "https://elsewhere.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	res, err := http.DefaultClient.Do(r)
	w.must(err)
	res.Body.Close()
	if res.StatusCode != 403 {
		t.Errorf("a post of another site answered %d, want 403", res.StatusCode)
	}
}

func TestACallerThatAsksTooOftenWaits(t *testing.T) {
	w := newWorld(t, func(d *api.Deps) { d.Every, d.Burst = time.Second, 2 })
	other, _ := w.giveToken(identity.Publisher)
	for range 2 {
		w.inspect("", "text/plain", slip).found()
	}
	a := w.inspect("", "text/plain", slip)
	a.refused(429, "too-many", "Retry-After")
	if a.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After = %q, want 1", a.header.Get("Retry-After"))
	}
	w.do("POST", "/api/v1/inspect", other, "text/plain", strings.NewReader(slip)).found()
	w.clock.Add(time.Second)
	w.inspect("", "text/plain", slip).found()
}

// panicking is a family of rules that breaks.
type panicking struct{}

func (panicking) Pack() *rule.Pack { return &rule.Pack{Pack: "broken"} }
func (panicking) Check(_ *rule.File, t *rule.Text, _ func(rule.Finding)) {
	panic("read " + t.S)
}

func TestABrokenRuleEndsOneRequest(t *testing.T) {
	w := newWorld(t, func(d *api.Deps) {
		d.Inspections, d.Engine = nil, func() *engine.Engine { return engine.New(panicking{}) }
	})
	for range 20 { // more than there are turns: each is given back
		w.inspect("", "text/plain", slip).refused(500, "failed", "编号")
	}
	if strings.Contains(w.log.String(), "任然") {
		t.Errorf("the log holds what was sent: %s", w.log)
	}
}

// TestNothingThatIsSentIsLogged sends every kind of body, good and bad, and reads
// the log.
func TestNothingThatIsSentIsLogged(t *testing.T) {
	w := newWorld(t, nil)
	id := idNumber("11010119900307")
	w.inspect("", "text/plain", "身份证号："+id)
	w.inspect("?off=kept-"+id, "text/plain", slip)
	w.inspect("", "application/json", `{"text":"`+id+`","name":"李某.txt","unknown":1}`)
	w.inspect("", "application/json", `{"text":"`+id+`","name":"李某.txt"}`)
	w.inspect("", "application/octet-stream", "%PDF-1.7 "+id)
	log := w.log.String()
	if !strings.Contains(log, "/api/v1/inspect") {
		t.Fatalf("nothing is logged: %q", log)
	}
	for _, word := range []string{id, "李某", w.token, "任然"} {
		if strings.Contains(log, word) {
			t.Errorf("the log holds %q:\n%s", word, log)
		}
	}
}

func TestAnUnknownAddressIsSaid(t *testing.T) {
	w := newWorld(t, nil)
	w.get("/api/v1/nothing").refused(404, "not-found", "openapi.json")
	w.get("/api/v1/inspect").refused(405, "method", "请求方法")
}

// slow is a family that takes its time.
type slow struct{ enter, leave chan struct{} }

func (slow) Pack() *rule.Pack { return &rule.Pack{Pack: "slow"} }
func (s slow) Check(*rule.File, *rule.Text, func(rule.Finding)) {
	s.enter <- struct{}{}
	<-s.leave
}

func TestTooManyAtOnceAndTooLongAreSaid(t *testing.T) {
	s := slow{make(chan struct{}, 100), make(chan struct{})}
	w := newWorld(t, func(d *api.Deps) {
		d.Inspections, d.Engine = nil, func() *engine.Engine { return engine.New(s) }
		d.Longest, d.Patience = 300*time.Millisecond, 50*time.Millisecond
	})
	for range runtime.GOMAXPROCS(0) {
		w.inspect("", "text/plain", slip).refused(503, "busy", "用时超过限制")
	}
	w.inspect("", "text/plain", slip).refused(503, "busy", "太多")
	close(s.leave)
	for range runtime.GOMAXPROCS(0) {
		<-s.enter
	}
	w.inspect("", "text/plain", slip).found()
}

func TestACallerWhoLeavesGivesTheTurnBackOnceTheWorkEnds(t *testing.T) {
	s := slow{make(chan struct{}, 100), make(chan struct{})}
	w := newWorld(t, func(d *api.Deps) { d.Inspections, d.Engine = nil, func() *engine.Engine { return engine.New(s) } })
	client := &http.Client{Timeout: 200 * time.Millisecond}
	r, err := http.NewRequest("POST", w.server.URL+"/api/v1/inspect", strings.NewReader(slip))
	w.must(err)
	r.Header.Set("Content-Type", "text/plain")
	r.Header.Set("Authorization", "Bearer "+w.token)
	if res, err := client.Do(r); err == nil {
		t.Errorf("an inspection that does not end answered %d", res.StatusCode)
	}
	<-s.enter
	close(s.leave)
	w.inspect("", "text/plain", slip).found()
}

// endless is a family that goes on until nobody waits any more.
type endless struct{ left chan struct{} }

func (endless) Pack() *rule.Pack { return &rule.Pack{Pack: "endless"} }
func (e endless) Check(f *rule.File, _ *rule.Text, _ func(rule.Finding)) {
	for !f.Stopped() {
		time.Sleep(time.Millisecond)
	}
	e.left <- struct{}{}
}

func TestWhatTakesTooLongStopsAndGivesItsTurnBack(t *testing.T) {
	e := endless{make(chan struct{}, 100)}
	w := newWorld(t, func(d *api.Deps) {
		d.Inspections, d.Engine = nil, func() *engine.Engine { return engine.New(e) }
		d.Longest, d.Patience = 200*time.Millisecond, 5*time.Second
	})
	for range 2*runtime.GOMAXPROCS(0) + 1 { // more than there are turns
		w.inspect("", "text/plain", slip).refused(503, "busy", "用时超过限制")
		<-e.left
	}
}

func TestAPictureIsInspectedForWhatItSaysOfItself(t *testing.T) {
	w := newWorld(t, nil)
	data := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x14tEXtAuthor\x0013900000001")
	data = append(data, make([]byte, 8)...)
	got := w.inspect("", "application/octet-stream", string(data)).found()
	if len(got.Unread) != 1 || !strings.Contains(got.Unread[0], "图片") {
		t.Errorf("a picture: %+v, want it said that its words were not read", got)
	}
}
