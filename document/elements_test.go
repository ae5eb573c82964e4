package document

import (
	"strings"
	"testing"
	"time"
)

// checkGuesses holds what every guess promises: the line and the words lie where
// it says.
func checkGuesses(t *testing.T, d Doc, p Proposal) {
	t.Helper()
	for _, g := range []Guess{p.Title, p.Issuer, p.DocNo, p.Date, p.Openness, p.Recipients, p.Effective, p.Expires} {
		for _, g := range append([]Guess{g}, g.Others...) {
			if g.Value == "" {
				continue
			}
			part, ok := d.Part(g.Line.Part)
			n := runeLen(part.Text)
			if !ok || g.Line.Start < 0 || g.Line.End > n || g.Start < g.Line.Start || g.End > g.Line.End || g.End < g.Start {
				t.Errorf("guess %+v lies outside of its line or part", g)
			}
			if g.Why == "" || g.Sure <= 0 || g.Sure > 1 {
				t.Errorf("guess %q: why %q, sure %v", g.Value, g.Why, g.Sure)
			}
		}
	}
}

// Papers of the shapes offices write. All of them are invented.
var papers = []struct {
	name, text string
	want       map[string]string
	issuers    []string
}{
	{"a notice of the office with everything on it", `示例市明镜区人民政府办公室文件
明政办发〔2026〕3号

示例市明镜区人民政府办公室关于印发
2026年政务公开工作要点的通知

各镇人民政府、街道办事处，区政府各部门、各直属单位：
　　《2026年政务公开工作要点》已经区政府同意，现印发给你们，请认真贯彻落实。根据示政办发〔2025〕88号文件要求执行。
　　一、总体要求
　　坚持以公开为常态。
　　示例市明镜区人民政府办公室
　　2026年1月5日
　　（此件公开发布）
　　示例市明镜区人民政府办公室　　　2026年1月8日印发`,
		map[string]string{"title": "示例市明镜区人民政府办公室关于印发2026年政务公开工作要点的通知", "issuer": "示例市明镜区人民政府办公室", "no": "明政办发〔2026〕3号",
			"date": "2026-01-05", "open": "主动公开", "to": "各镇人民政府、街道办事处，区政府各部门、各直属单位"}, nil},
	{"a rule with dates of force and end, numerals in Chinese", `示例市明镜区民政局
关于印发《明镜区居家养老服务补贴管理办法》的通知
明民规[2026]第02号
各镇（街道）社会事务办公室：
现将《明镜区居家养老服务补贴管理办法》印发给你们，请遵照执行。
示例市明镜区民政局
二〇二六年三月十二日
（此件主动公开）
明镜区居家养老服务补贴管理办法
第一章 总则
第一条 为规范补贴管理，制定本办法。
第二十条 本办法自2026年4月15日起施行，有效期5年。`,
		map[string]string{"title": "示例市明镜区民政局关于印发《明镜区居家养老服务补贴管理办法》的通知", "issuer": "示例市明镜区民政局", "no": "明民规〔2026〕2号", "date": "2026-03-12",
			"open": "主动公开", "effective": "2026-04-15", "expires": "5年", "to": "各镇（街道）社会事务办公室"}, nil},
	{"an order", `示例市人民政府令
第12号
《示例市城市绿化管理办法》已经2025年12月20日市人民政府第8次常务会议审议通过，现予公布，自2026年3月1日起施行。
市长　某某某
2026年1月8日
示例市城市绿化管理办法
第一章　总则
第一条　为了加强城市绿化管理，根据有关法律、法规，制定本办法。`,
		map[string]string{"title": "示例市城市绿化管理办法", "issuer": "示例市人民政府", "no": "示例市人民政府令第12号", "date": "2026-01-08", "effective": "2026-03-01"}, nil},
	{"an urgent telegram", `特急
明政发明电〔2026〕2号
示例市明镜区人民政府关于做好暴雨防范应对工作的紧急通知
各镇人民政府、街道办事处：
据气象部门预报，近期将有强降雨，现就有关事项通知如下。
示例市明镜区人民政府
2026年6月30日
此件依申请公开`,
		map[string]string{"title": "示例市明镜区人民政府关于做好暴雨防范应对工作的紧急通知", "issuer": "示例市明镜区人民政府", "no": "明政发明电〔2026〕2号", "date": "2026-06-30", "open": "依申请公开"}, nil},
	{"a joint notice", `示例市明镜区教育局
示例市明镜区财政局　文件
示例市明镜区人力资源和社会保障局
明教联〔2026〕7号
关于进一步规范校外培训收费管理的通知
各中心学校，局属各单位：
为规范收费行为，现就有关事项通知如下。
示例市明镜区教育局
示例市明镜区财政局
示例市明镜区人力资源和社会保障局
2026年2月9日
（此件公开发布）`,
		map[string]string{"title": "关于进一步规范校外培训收费管理的通知", "issuer": "示例市明镜区教育局", "no": "明教联〔2026〕7号", "date": "2026-02-09", "open": "主动公开"},
		[]string{"示例市明镜区教育局", "示例市明镜区财政局", "示例市明镜区人力资源和社会保障局"}},
	{"a reply with full-width brackets, not to be published", `明政复（2026）15号
示例市明镜区人民政府关于同意设立示例文化公园的批复
区文化和旅游局：
你局《关于设立示例文化公园的请示》（明文旅〔2026〕4号）收悉。经研究，现批复如下：
一、原则同意。
示例市明镜区人民政府
2026年5月6日
（此件不予公开）`,
		map[string]string{"title": "示例市明镜区人民政府关于同意设立示例文化公园的批复", "issuer": "示例市明镜区人民政府", "no": "明政复〔2026〕15号", "date": "2026-05-06", "open": "不予公开", "to": "区文化和旅游局"}, nil},
	{"an announcement with its own numbering", `示例市明镜区市场监督管理局公告
2026年第3号
关于食品安全监督抽检信息的公告
近期，我局组织抽检食品120批次，合格118批次。现予公告，自发布之日起施行。
特此公告。
示例市明镜区市场监督管理局
2026年4月1日`,
		map[string]string{"title": "关于食品安全监督抽检信息的公告", "issuer": "示例市明镜区市场监督管理局", "no": "示例市明镜区市场监督管理局公告2026年第3号", "date": "2026-04-01", "effective": "自发布之日起施行"}, nil},
	{"a page copied with its table of properties", `索引号：11330000MB1234567X/2026-00012	发布机构：示例市明镜区教育局
文号：明教发〔2026〕9号	成文日期：2026-03-02
公开方式：主动公开	有效性：有效
示例市明镜区教育局2026年义务教育招生入学工作方案
为做好招生工作，根据国家和省、市有关规定，结合我区实际，制定本方案，请各学校认真执行并做好宣传解释工作。
一、招生原则
免试就近入学。
有效期至2027年8月31日。`,
		map[string]string{"title": "示例市明镜区教育局2026年义务教育招生入学工作方案", "issuer": "示例市明镜区教育局", "no": "明教发〔2026〕9号", "date": "2026-03-02", "open": "主动公开", "expires": "2027-08-31"}, nil},
	{"a text that is no official document", `今天的食堂菜谱
红烧肉、青菜、豆腐汤，欢迎大家中午十二点前来就餐，请自带餐具，注意节约粮食，谢谢配合。`,
		map[string]string{}, nil},
}

func TestElementsAreProposedFromTheText(t *testing.T) {
	for _, tt := range papers {
		t.Run(tt.name, func(t *testing.T) {
			d := mustRead(t, "a.txt", []byte(tt.text))
			p := Elements(d)
			checkGuesses(t, d, p)
			got := map[string]string{}
			for k, g := range map[string]Guess{"title": p.Title, "issuer": p.Issuer, "no": p.DocNo, "date": p.Date, "open": p.Openness, "to": p.Recipients, "effective": p.Effective, "expires": p.Expires} {
				if _, asked := tt.want[k]; asked || g.Value != "" && k != "to" && k != "title" {
					got[k] = g.Value
				}
			}
			same(t, "elements", got, tt.want)
			var issuers []string
			for _, g := range p.Issuers {
				issuers = append(issuers, g.Value)
			}
			same(t, "issuers", issuers, tt.issuers)
		})
	}
}

func TestElementsOfAWordFileComeFromItsLines(t *testing.T) {
	d := mustRead(t, "notice.docx", testdata(t, "notice.docx"))
	p := Elements(d)
	checkGuesses(t, d, p)
	same(t, "number", p.DocNo.Value, "明政办发〔2026〕3号")
	same(t, "line", p.DocNo.Line.Text, "明政办发〔2026〕3号")
	same(t, "date", p.Date.Value, "2026-01-05")
	same(t, "open", p.Openness.Value, OpenActively)
	same(t, "issuer", p.Issuer.Value, "示例市明镜区人民政府办公室")
	if p.Issuer.Sure < 0.95 || !strings.Contains(p.Issuer.Why, "红头") {
		t.Errorf("issuer = %+v, want it sure from several places", p.Issuer)
	}
	text := []rune(partText(t, d, PartDocument))
	if got := string(text[p.Openness.Start:p.Openness.End]); got != "此件公开发布" {
		t.Errorf("words of the openness = %q, want 此件公开发布", got)
	}
}

func TestDocumentNumbersAreWrittenAsTheStandardDoes(t *testing.T) {
	for in, want := range map[string]string{
		"盐政办发[2020]59号": "盐政办发〔2020〕59号", "明政发（2026）第012号": "明政发〔2026〕12号", "明 政 发 【2026】 3 号": "明政发〔2026〕3号",
		"明政发〔二〇二六〕3号": "明政发〔2026〕3号", "（明政发﹝2026﹞3号）": "明政发〔2026〕3号", "明政发〔26〕3号": "", "关于明政发": "",
	} {
		if got, ok := NormalDocNo(in); got != want || ok != (got != "") {
			t.Errorf("NormalDocNo(%s) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestDatesAreReadInFiguresAndInCharacters(t *testing.T) {
	for in, want := range map[string]string{
		"2026年1月5日": "2026-01-05", "二〇二六年一月五日": "2026-01-05", "二○二六年十二月三十一日": "2026-12-31", "二OO九年十月二十日": "2009-10-20",
		"（2026年1月5日）": "2026-01-05", "2026-01-05": "2026-01-05", "2026年2月30日": "", "2026年13月1日": "", "1月5日": "",
	} {
		m := dateLine.FindStringSubmatch(in)
		got := ""
		if m != nil {
			got, _ = isoDate(m[1:])
		}
		if got != want {
			t.Errorf("date of %s = %q, want %q", in, got, want)
		}
	}
}

// A paper of millions of characters is asked no longer than one of a hundred pages.
func TestALongPaperIsAskedAtItsHeadAndEnd(t *testing.T) {
	head, end := "示例市明镜区人民政府关于印发甲办法的通知\n明政发〔2026〕5号\n\n各乡镇人民政府：\n", "\n示例市明镜区人民政府\n2026年1月5日\n"
	for name, middle := range map[string]string{"lines": strings.Repeat("甲方应当按照规定办理。\n", 200_000), "one line": strings.Repeat("1234567890", 400_000)} {
		d := mustRead(t, "a.txt", []byte(head+middle+end))
		begun := time.Now()
		p := Elements(d)
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		if p.DocNo.Value != "明政发〔2026〕5号" || p.Date.Value != "2026-01-05" {
			t.Errorf("%s: number %q, date %q, want those of the head and the end", name, p.DocNo.Value, p.Date.Value)
		}
	}
}
