package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"strconv"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/ledger"
	"gongkai/publication"
)

// proofPage is the proof of an item: in words first, then as commands.
type proofPage struct {
	ui.Portal
	Item     publication.Row
	Banner   ui.Banner
	Steps    []string // what was checked, in words
	Facts    []ui.Fact
	Events   []ui.Event
	Files    []ui.Link
	Commands []string
	Key      string
}

// actNames says acts in words.
var actNames = map[string]string{
	"publication.publish": "发布", "publication.change": "更新发布", "publication.withdraw": "撤回", "publication.related": "有效性受其他文件影响",
	"publication.interpreted": "发布了解读",
	"publication.repeal":      "登记废止", "publication.amend": "登记修改", "publication.reinstate": "更正有效性", "publication.lapse": "有效性按日期变化",
	"publication.archive": "移送归档",
}

// publicActs are those that changed what the public sees. What happens to a
// draft is nobody's business until it is published.
var publicActs = regexp.MustCompile(`^publication\.(publish|change|withdraw|related|interpreted|repeal|amend|reinstate|lapse|archive)$`)

// itemOf is the item of the address, if the public may know of it.
func (v *view) itemOf() (publication.Page, error) {
	return publication.PageOf(v.tx, publication.ItemID(v.r.PathValue("id")))
}

func (p *Portal) proof(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "proof", func(v *view) (any, error) {
		it, err := v.itemOf()
		if err != nil {
			return nil, err
		}
		u, err := v.tree.Get(it.Unit)
		if err != nil {
			return nil, err
		}
		entries, err := ledger.BySubject(v.tx, it.ID.Subject())
		if err != nil {
			return nil, err
		}
		page := proofPage{
			Portal: v.frame("存证："+it.Title, u, ui.Link{Text: u.Name, URL: unitURL(u.ID)}, ui.Link{Text: it.Title, URL: itemURL(it.ID)}, ui.Link{Text: "存证"}),
			Item:   it.Row, Key: p.Ledger.Key().Verifier(),
		}
		page.NoIndex = true
		for _, e := range entries {
			if publicActs.MatchString(e.Act) {
				page.Events = append(page.Events, ui.Event{Time: web.LongMoment(e.Time), Machine: web.Machine(e.Time), Title: actNames[e.Act],
					Say: fmt.Sprintf("存证第 %s 条", web.Count(int64(e.Seq))), URL: fmt.Sprintf("%s/entry?n=%d", itemURL(it.ID), e.Seq)})
			}
		}
		if it.Face == publication.Withdrawn {
			page.Banner = ui.Banner{Kind: ui.Warn, Title: "本信息已经撤回",
				Say: fmt.Sprintf("它于%s公开，于%s撤回。两件事都写入了存证，以后不能抹去。", web.LongDate(it.Published), web.LongDate(it.GoneAt))}
			return page, nil
		}
		last, err := lastPublication(entries)
		if err != nil {
			return nil, err
		}
		record, err := publication.RecordOf(v.tx, it.ID)
		if err != nil {
			return nil, err
		}
		page.check(it, last, record)
		page.downloads(it.ID, last.Seq)
		return page, nil
	})
}

// check compares what is shown with what was written down when it was
// published, before the reader's eyes.
func (page *proofPage) check(it publication.Page, last ledger.Entry, record []byte) {
	sum := sha256.Sum256(record)
	digest := hex.EncodeToString(sum[:])
	if contentOf(last) == digest {
		page.Banner = ui.Banner{Kind: ui.Good, Title: "刚刚核对过：内容与发布时一致",
			Say: fmt.Sprintf("现在显示的内容于%s写入存证，此后一个字也没有变。", web.LongMoment(last.Time))}
	} else {
		page.Banner = ui.Banner{Kind: ui.Bad, Title: "现在的内容与存证不一致",
			Say: "请以发布单位的正式文本为准，并请告诉我们。", Links: []ui.Link{{Text: "报告这个问题", URL: "/about#report"}}}
	}
	code := func(s string) template.HTML {
		return template.HTML(`<code class="code">` + template.HTMLEscapeString(s) + `</code>`)
	}
	page.Facts = []ui.Fact{
		{Name: "现在的内容", HTML: code(digest), Wide: true}, {Name: "存证的内容", HTML: code(contentOf(last)), Wide: true},
		{Name: "存证条目", Say: "第 " + web.Count(int64(last.Seq)) + " 条"}, {Name: "写入时间", Say: web.Moment(last.Time)},
		{Name: "索引号", Say: string(it.IndexNo)}, {Name: "公开日期", Say: web.Date(it.Published)},
	}
}

// contentOf is the digest of the content that an entry of a publication names.
func contentOf(e ledger.Entry) string {
	m := contentField.FindStringSubmatch(e.Public)
	if m == nil {
		return ""
	}
	return m[1]
}

var contentField = regexp.MustCompile(`"content":"([0-9a-f]{64})"`)

func (page *proofPage) downloads(id publication.ItemID, seq ledger.Seq) {
	page.Files = []ui.Link{
		{Text: "信息内容（record.json）", URL: itemURL(id) + "/record.json", Note: "页面上的标题、正文、文号和附件清单，一字不差。"},
		{Text: "存证条目（entry.json）", URL: itemURL(id) + "/entry", Note: "发布时写下的记录，里面有信息内容的摘要。"},
		{Text: "证明文件（proof.txt）", URL: itemURL(id) + "/tlog-proof", Note: "证明这条记录在本站签名的存证中，排在第 " + web.Count(int64(seq)) + " 条。"},
		{Text: "存证公钥（ledger.pub）", URL: "/ledger/key", Note: "核对签名用。请尽量从别处再取得一份，两份应当相同。"},
	}
	page.Commands = []string{
		"sha256sum record.json",
		"gongkai verify --proof proof.txt --entry entry.json --record record.json --key '" + page.Key + "'",
	}
}

// lastPublication is the entry that put the public version there.
func lastPublication(entries []ledger.Entry) (ledger.Entry, error) {
	for i := len(entries) - 1; i >= 0; i-- {
		if a := entries[i].Act; a == "publication.publish" || a == "publication.change" {
			return entries[i], nil
		}
	}
	return ledger.Entry{}, fault.Say(fault.NotFound, sayNoEntry)
}

// record sends the exact bytes whose SHA-256 stands in the ledger.
func (p *Portal) record(w http.ResponseWriter, r *http.Request) error {
	var b []byte
	if err := p.look(r, func(v *view) error {
		it, err := v.itemOf()
		if err != nil {
			return err
		}
		if it.Face == publication.Withdrawn {
			return web.Gone(sayGone)
		}
		b, err = publication.RecordOf(v.tx, it.ID)
		return err
	}); err != nil {
		return err
	}
	return download(w, r, "application/json", "record.json", b)
}

// entry sends the bytes of one entry of the item that the log commits to.
func (p *Portal) entry(w http.ResponseWriter, r *http.Request) error {
	e, err := p.entryOf(r)
	if err != nil {
		return err
	}
	return download(w, r, "application/json", "entry.json", e.Leaf())
}

// tlogProof sends the proof of that entry, in the form of C2SP tlog-proof.
func (p *Portal) tlogProof(w http.ResponseWriter, r *http.Request) error {
	e, err := p.entryOf(r)
	if err != nil {
		return err
	}
	proof, err := p.Ledger.Prove(r.Context(), e.Seq)
	if err != nil {
		return err
	}
	return download(w, r, "text/plain; charset=utf-8", "proof.txt", proof.Marshal())
}

// entryOf is the public entry ?n= of the item, or the one that published what is
// shown now.
func (p *Portal) entryOf(r *http.Request) (e ledger.Entry, err error) {
	err = p.look(r, func(v *view) error {
		it, err := v.itemOf()
		if err != nil {
			return err
		}
		entries, err := ledger.BySubject(v.tx, it.ID.Subject())
		if err != nil {
			return err
		}
		asked := r.URL.Query().Get("n")
		if asked == "" {
			e, err = lastPublication(entries)
			return err
		}
		for _, one := range entries {
			if strconv.FormatInt(int64(one.Seq), 10) == asked && publicActs.MatchString(one.Act) {
				e = one
				return nil
			}
		}
		return fault.Say(fault.NotFound, sayNoEntry)
	})
	return e, err
}

// download sends bytes that a reader keeps beside others to check them.
func download(w http.ResponseWriter, r *http.Request, kind, name string, b []byte) error {
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	return web.Write(w, r, http.StatusOK, kind, b)
}

// ledgerPage explains the ledger to people and leads tools to it.
type ledgerPage struct {
	ui.Portal
	Size       int64
	Checkpoint string
	Origin     string
	Key        string
	Recent     ui.Table
}

// mostLooked bounds how far back the page looks for acts that people know of.
const mostLooked = 1500

func (p *Portal) ledgerPage(w http.ResponseWriter, r *http.Request) error {
	checkpoint, err := p.Ledger.Checkpoint(r.Context())
	if err != nil {
		return err
	}
	return p.show(w, r, "ledger", func(v *view) (any, error) {
		page := ledgerPage{Portal: v.frame("存证", v.root, ui.Link{Text: "存证"}), Checkpoint: string(checkpoint),
			Origin: p.Ledger.Key().Origin(), Key: p.Ledger.Key().Verifier()}
		page.Description = "本站每次发布、修改、撤回信息都写入不能更改的存证，任何人都可以核验。"
		head, err := ledger.HeadOf(v.tx)
		if err != nil {
			return nil, err
		}
		page.Size = head.Size
		page.Recent = ui.Table{Caption: "最近的公开记录", Note: "按时间从近到远", Columns: []ui.Column{{Text: "信息"}, {Text: "事项"}, {Text: "单位"}, {Text: "时间"}, {Text: "序号", Number: true}}}
		recent, err := ledger.Recent(v.tx, 0, mostLooked)
		if err != nil {
			return nil, err
		}
		for _, e := range recent {
			if !publicActs.MatchString(e.Act) || len(page.Recent.Rows) == 20 {
				continue
			}
			id := publication.ItemID(e.Subject[len(ledger.Prefix(e.Subject))+1:])
			row, err := publication.Get(v.tx, id)
			if err != nil {
				return nil, err
			}
			if !row.Face.Seen() && row.Face != publication.Withdrawn {
				continue
			}
			page.Recent.Rows = append(page.Recent.Rows, ui.Row{Cells: []ui.Cell{
				{Text: row.Title, URL: itemURL(id) + "/proof"}, {Text: actNames[e.Act]}, {Text: v.tree.Name(row.Unit)}, {Text: web.Moment(e.Time)}, {Text: web.Count(int64(e.Seq))},
			}})
		}
		return page, nil
	})
}

func (p *Portal) checkpoint(w http.ResponseWriter, r *http.Request) error {
	b, err := p.Ledger.Checkpoint(r.Context())
	if err != nil {
		return err
	}
	return web.Write(w, r, http.StatusOK, "text/plain; charset=utf-8", b)
}

func (p *Portal) key(w http.ResponseWriter, r *http.Request) error {
	return download(w, r, "text/plain; charset=utf-8", ledger.VerifierFile, []byte(p.Ledger.Key().Verifier()+"\n"))
}

// tile sends a tile or a bundle of entries (C2SP tlog-tiles). Its bytes never
// change, so whoever has it may keep it for ever.
func (p *Portal) tile(w http.ResponseWriter, r *http.Request) error {
	path, err := ledger.ParseTilePath("tile/" + r.PathValue("path"))
	if err != nil {
		return err
	}
	var b []byte
	if err := p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		b, err = path.Read(tx)
		return err
	}); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return web.Write(w, r, http.StatusOK, "application/octet-stream", b)
}
