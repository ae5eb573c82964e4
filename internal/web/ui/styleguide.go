package ui

import (
	"fmt"
	"html/template"
	"io/fs"
	"math"

	"gongkai/internal/web"
)

// StyleGuide is the page that shows each component once with all its states.
// A face mounts it by naming StyleGuidePages() in TemplateConfig.More and
// {"styleguide": StyleGuide{}} in Types, and shows NewStyleGuide(frame).
type StyleGuide struct {
	Portal
	Sections []Link
	Colours  []Swatch

	Empty, Wrong          *web.Form
	Levels, Opens, Themes []Option
	Facts                 []Fact
	Banners               []Banner
	Results               []Result
	Filters               []FilterGroup
	Tabs                  Tabs
	Fresh                 Newest
	Doors                 []Link
	Parts                 []Part
	Table, Long           Table
	Form, Asked           FormTable
	Pages, OnePage        Pages
	Nothing               Empty
	Way                   Steps
	Events                []Event
	Proofs                []Proof
	Files                 []Attachment
	Acts                  []Act
	Ask, AskWrong         Confirm
	Todos                 []Todo
	Findings              []Finding
	Answers               []Answer
	Saved                 Saved
	Around                Neighbours
	Bars, LinesOverYears  Chart
	Most                  Ranking
	Flashes               []*web.Flash
	Diff                  template.HTML
	Body                  string
	Failure               web.ErrorPage
	Icons                 []string
}

// Swatch is a colour of the system with what it is for.
type Swatch struct{ Class, Name, For string }

// StyleGuidePages holds the template of the style guide, to be joined to the
// pages of the face that shows it.
func StyleGuidePages() fs.FS {
	sub, err := fs.Sub(files, "styleguide")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// NewStyleGuide fills the style guide within the frame of a face. All names in
// it are invented.
func NewStyleGuide(frame Portal) StyleGuide {
	g := StyleGuide{Portal: frame}
	g.Title = "界面规范"
	g.sections()
	g.forms()
	g.lists()
	g.formTables()
	g.document()
	g.work()
	g.figures()
	return g
}

func (g *StyleGuide) sections() {
	for _, s := range []struct{ id, text string }{
		{"type", "文字"}, {"colour", "颜色"}, {"button", "按钮"}, {"form", "表单"}, {"document", "信息页"}, {"list", "列表"},
		{"table", "表格"}, {"work", "办理"}, {"chart", "图表"}, {"state", "提示与空白"},
	} {
		g.Sections = append(g.Sections, Link{Text: s.text, URL: "#" + s.id})
	}
	g.Colours = []Swatch{
		{"ink", "墨", "正文"}, {"soft", "淡墨", "次要文字"}, {"line", "线", "分隔"}, {"paper", "纸", "底色"}, {"wash", "浅底", "分区"},
		{"blue", "蓝", "链接、按钮"}, {"seal", "印泥红", "国家标识、逾期、违反规定"},
		{Good, "绿", "有效、完成"}, {Note, "青", "须知"}, {Warn, "赭", "注意"}, {Bad, "红", "失效、错误"},
	}
	g.Icons = []string{Good, Note, Warn, Bad, Mute, "search", "file", "print", "link", "down", "up", "left", "right", "menu", "seal", "download", "person", "clock", "edit", "plus", "out"}
}

func (g *StyleGuide) forms() {
	g.Empty = web.NewForm(nil).Set("open", "full")
	g.Wrong = web.NewForm(nil).Set("wrong-title", "").Set("wrong-date", "2026-13-05").Set("wrong-body", "关于做好2026年防汛工作的").Set("wrong-level", "").Set("wrong-theme", "")
	g.Wrong.Problem("wrong-title", "请填写标题。")
	g.Wrong.Problem("wrong-date", "成文日期应当是日历上有的日期，例如 2026-01-05。")
	g.Wrong.Problem("wrong-body", "正文没有写完：最后一句没有句号。")
	g.Wrong.Problem("wrong-level", "请选择公开方式。")
	g.Wrong.Problem("wrong-theme", "请至少选择一个主题。")
	g.Opens = []Option{{Value: "full", Text: "主动公开", Hint: "任何人都可以看到全文。"},
		{Value: "ask", Text: "依申请公开", Hint: "只显示标题和文号，全文由申请人申请获取。"},
		{Value: "none", Text: "不予公开", Hint: "须说明理由和法律依据。"}}
	g.Levels = []Option{{Value: "", Text: "请选择"}, {Value: "gfxwj", Text: "行政规范性文件", Group: "政策文件"},
		{Value: "qtwj", Text: "其他文件", Group: "政策文件"}, {Value: "bg", Text: "年度报告", Group: "报告"}}
	g.Themes = []Option{{Value: "js", Text: "城乡建设"}, {Value: "jy", Text: "教育"}, {Value: "ws", Text: "卫生健康", Hint: "含医疗保障"}}
}

func (g *StyleGuide) lists() {
	g.Results = []Result{
		{Title: template.HTML("明镜区人民政府关于印发《明镜区城镇<mark>老旧小区</mark>改造工作实施方案（2026—2028年）》的通知"), URL: "#list", DocNo: "明府发〔2026〕3号",
			Date: "2026-01-05", Unit: "区政府办公室", Kind: "政策文件", State: &State{Good, "现行有效"}, Files: 2,
			Snippet: template.HTML("……到2028年底，基本完成2005年以前建成的城镇<mark>老旧小区</mark>改造任务，惠及居民12,400户……"), Why: "标题和正文中有“老旧小区”"},
		{Title: "明镜区住房和建设局2025年政府信息公开工作年度报告", URL: "#list", Date: "2026-01-20", Unit: "区住房和建设局", Kind: "年度报告"},
		{Title: "关于废止《明镜区临时救助办法》的决定", URL: "#list", DocNo: "明府令第12号", Date: "2024-06-30", Unit: "区政府办公室", State: &State{Bad, "已废止"}, Why: "文号完全一致"},
	}
	g.Filters = []FilterGroup{
		{Title: "发文单位", Open: true, ClearURL: "#list", Links: []Link{{Text: "区政府办公室", URL: "#list", Current: true, Count: "412"}, {Text: "区住房和建设局", URL: "#list", Count: "96"}, {Text: "区教育局", URL: "#list", Count: "58"}}},
		{Title: "年份", Open: true, Links: []Link{{Text: "2026", URL: "#list", Count: "31"}, {Text: "2025", URL: "#list", Count: "288"}, {Text: "2024", URL: "#list", Count: "247"}}},
		{Title: "有效性", Open: true, Links: []Link{{Text: "现行有效", URL: "#list", Count: "530"}, {Text: "已修改", URL: "#list", Count: "21"}, {Text: "已废止", URL: "#list", Count: "15"}}},
	}
	g.Fresh = Newest{Title: "最新政策文件", URL: "#list", Items: g.Results}
	g.Doors = []Link{{Text: "政策文件库", URL: "#list", Note: "按文号、年份、主题查找现行有效的文件"}, {Text: "依申请公开", URL: "#list", Note: "需要的信息没有公开？可以提出申请"}, {Text: "年度报告", URL: "#list", Note: "各单位历年信息公开工作"}}
	g.Parts = []Part{{Title: "政府信息公开指南", URL: "#list", Count: 1, Unit: "份", Updated: "2026-01-05"},
		{Title: "法定主动公开内容", URL: "#list", Count: 2143, Updated: "2026-01-09", Parts: []Link{{Text: "机构职能", URL: "#list", Count: "6"}, {Text: "政策文件", URL: "#list", Count: "412"}, {Text: "财政预决算", URL: "#list", Count: "38"}}},
		{Title: "政府信息公开年报", URL: "#list", Count: 6, Unit: "份", Updated: "2024-01-20", Late: "一年多没有更新"},
		{Title: "政府信息公开制度", URL: "#list", Say: "这里应当公开本单位的信息公开制度（条例第十二条）。由区政府办公室负责。"}}
	g.Tabs = Tabs{Label: "文件的各个方面", Links: []Link{{Text: "正文", URL: "#document", Current: true}, {Text: "解读", URL: "#document", Count: "2"}, {Text: "历次修改", URL: "#document", Count: "3"}}}
	g.Table = Table{Caption: "待我审核的稿件", Note: "按期限排列", Walk: true,
		Columns: []Column{{Text: "标题"}, {Text: "单位"}, {Text: "提交时间", SortURL: "#table", Sorted: "descending"}, {Text: "期限", SortURL: "#table"}, {Text: "状态"}, {Text: "字数", Number: true}},
		Rows: []Row{
			{Bad: true, Cells: []Cell{{Text: "关于调整城区部分公交线路的公告", URL: "#table"}, {Text: "区交通运输局"}, {Text: "2026-01-05"}, {Text: "2026-01-09", Note: "逾期 3 个工作日"}, {State: &State{Bad, "逾期"}}, {Text: "1,204"}}},
			{Cells: []Cell{{Text: "明镜区2026年度重大行政决策事项目录", URL: "#table"}, {Text: "区政府办公室"}, {Text: "2026-01-08"}, {Text: "2026-01-15"}, {State: &State{Warn, "明天到期"}}, {Text: "3,880"}}},
			{Cells: []Cell{{Text: "青石街道办事处2025年决算公开说明", URL: "#table"}, {Text: "青石街道办事处"}, {Text: "2026-01-09"}, {Text: "2026-01-20"}, {State: &State{Note, "等待保密审查"}}, {Text: "562"}}},
		}}
	g.Long = Table{Caption: "收到和处理政府信息公开申请情况", Note: "单位：件", Columns: []Column{{Text: "项目"}, {Text: "自然人", Number: true}, {Text: "商业企业", Number: true}, {Text: "科研机构", Number: true}, {Text: "社会公益组织", Number: true}, {Text: "法律服务机构", Number: true}, {Text: "其他", Number: true}, {Text: "总计", Number: true}},
		Rows: []Row{
			{Cells: []Cell{{Text: "一、本年新收"}, {Text: "128"}, {Text: "14"}, {Text: "0"}, {Text: "1"}, {Text: "6"}, {Text: "0"}, {Text: "149", URL: "#table"}}},
			{Cells: []Cell{{Text: "二、上年结转"}, {Text: "3"}, {Text: "0"}, {Text: "0"}, {Text: "0"}, {Text: "0"}, {Text: "0"}, {Text: "3", URL: "#table"}}},
			{Bad: true, Cells: []Cell{{Text: "三、本年办理结果"}, {Text: "125"}, {Text: "14"}, {Text: "0"}, {Text: "1"}, {Text: "6"}, {Text: "0"}, {Text: "145", URL: "#table", Note: "应当等于各项之和 146"}}},
		}}
	g.Pages = NewPages("/style-guide?unit=mj", 7, 20, 2143, "条")
	g.OnePage = NewPages("/styleguide", 1, 20, 12, "件")
}

func (g *StyleGuide) document() {
	g.Facts = []Fact{{Name: "索引号", Say: "MJ001-01-2026-0003"}, {Name: "主题分类", Say: "城乡建设、环境保护"}, {Name: "发文机关", Say: "示例市明镜区人民政府"},
		{Name: "成文日期", Say: "2026年1月5日"}, {Name: "发文字号", Say: "明府发〔2026〕3号"}, {Name: "发布日期", Say: "2026年1月8日"}, {Name: "公开方式", Say: "主动公开"},
		{Name: "有效性", HTML: Tag(Good, "现行有效")}, {Name: "标题", Say: "明镜区人民政府关于印发《明镜区城镇老旧小区改造工作实施方案（2026—2028年）》的通知", Wide: true}}
	g.Banners = []Banner{
		{Kind: Bad, Title: "本文件已废止", Say: "自2026年1月5日起废止，内容仅供查考。", Links: []Link{{Text: "废止决定：明府令第12号", URL: "#document"}}},
		{Kind: Warn, Title: "本文件已失效", Say: "有效期到2025年12月31日为止。"},
		{Kind: Note, Title: "本文件已修改", Say: "2026年1月5日修改，下面是修改后的文本。", Links: []Link{{Text: "查看修改前后的对比", URL: "#document"}}},
		{Kind: Note, Title: "本文件尚未生效", Say: "自2026年7月1日起施行。"},
		{Kind: Bad, Title: "本信息已撤回", Say: "因数据有误，由发布单位于2026年1月9日撤回。"},
	}
	g.Body = `<p>各乡镇人民政府、街道办事处，区政府各部门、各直属机构：</p><p>《明镜区城镇老旧小区改造工作实施方案（2026—2028年）》已经区政府第42次常务会议研究同意，现印发给你们，请认真贯彻执行。</p><h2>一、总体要求</h2><p>坚持以人民为中心，尊重居民意愿，按照“先民生后提升”的次序，到2028年底基本完成2005年以前建成的城镇老旧小区改造任务。</p><h2>二、主要任务</h2><ol><li>改造水、电、气、热、排水等基础设施；</li><li>完善适老化和无障碍设施；</li><li>整治楼道、外墙和小区道路。</li></ol><table><caption>年度计划</caption><thead><tr><th scope="col">年度</th><th scope="col">小区数（个）</th><th scope="col">户数（户）</th></tr></thead><tbody><tr><td>2026</td><td>18</td><td>4,120</td></tr><tr><td>2027</td><td>21</td><td>4,600</td></tr><tr><td>2028</td><td>16</td><td>3,680</td></tr></tbody></table><p class="sign">示例市明镜区人民政府</p><p class="sign">2026年1月5日</p>`
	g.Diff = `<p>到<del>2027年</del><ins>2028年</ins>底，基本完成<ins>2005年以前建成的</ins>城镇老旧小区改造任务，惠及居民<del>9,800户</del><ins>12,400户</ins>。</p>`
	g.Proofs = []Proof{
		{Kind: Good, Title: "内容与发布时一致", Say: "这一页自2026年1月8日发布以来没有被改动过。它的摘要记在公开的存证日志第 20,318 条。",
			Facts: []Fact{{Name: "摘要", Say: "9f2c7a1be04d55c8…", Wide: true}, {Name: "存证序号", Say: "20318"}, {Name: "记入时间", Say: "2026-01-08 09:30"}}, Links: []Link{{Text: "怎样自己核验", URL: "#document"}}},
		{Kind: Note, Title: "存证还没有完成", Say: "这一页刚刚发布，摘要会在几分钟内记入存证日志。"},
		{Kind: Bad, Title: "内容与存证不一致", Say: "现在的内容与存证日志中的摘要不同。请以发布单位的正式文本为准，并告诉我们。"},
	}
	g.Files = []Attachment{{Name: "明镜区城镇老旧小区改造工作实施方案（2026—2028年）", URL: "#document", Kind: "PDF", Size: 1_258_000},
		{Name: "改造计划表", URL: "#document", Kind: "Excel", Size: 48_200}, {Name: "原件扫描", URL: "#document", Kind: "图片", Size: 9_300_000, Note: "没有文字层，读屏软件无法朗读；可以向发布单位索取文字版。"}}
	g.Around = Neighbours{Prev: &Link{Text: "关于印发《明镜区2026年民生实事项目清单》的通知", URL: "#document"}, Next: &Link{Text: "关于成立明镜区防汛抗旱指挥部的通知", URL: "#document"}}
}

func (g *StyleGuide) work() {
	g.Way = Steps{Label: "申请进度", Steps: []Step{{Text: "申请人", URL: "#work", State: "done"}, {Text: "所需信息", URL: "#work", State: "done"}, {Text: "获取方式", State: "now"}, {Text: "核对并提交", State: "todo"}}}
	g.Events = []Event{
		{Time: "2026年1月8日 09:30", Machine: "2026-01-08T09:30:00+08:00", Title: "终审通过", Who: "区政府办公室", Say: "同意发布。", Kind: Good},
		{Time: "2026年1月7日 16:12", Machine: "2026-01-07T16:12:00+08:00", Title: "退回修改", Who: "区住房和建设局", Say: "附件二缺少合计行。", Kind: Warn, URL: "#work"},
		{Time: "2026年1月6日 10:05", Machine: "2026-01-06T10:05:00+08:00", Title: "提交审核", Who: "区住房和建设局"},
	}
	g.Ask = Confirm{Open: "撤回这条信息", Say: "撤回以后，公众将看到“已撤回”和您填写的理由，全文不再显示。历次版本和存证记录保留。", URL: "#work", Yes: "确认撤回", Reason: "撤回理由", Hint: "会向公众显示，请不要写个人信息。", Danger: true}
	g.AskWrong = g.Ask
	g.AskWrong.Key = "-2"
	g.AskWrong.Wrong = "请填写撤回理由。"
	g.Acts = []Act{{Title: "提交审核", Say: "提交以后不能再改，直到审核人退回。初审人：区住房和建设局办公室。", URL: "#work", Post: true, Kind: "primary"},
		{Title: "与上一版对比", Say: "看清改了什么。", URL: "#work"},
		{Title: "撤回", Say: "依据《政府信息公开条例》第六条，发现内容不准确的应当及时更正。", Ask: &g.Ask}}
	g.Todos = []Todo{{Count: 4, Text: "件申请等待答复", URL: "#work", Note: "最早一件 1月12日到期（条例第三十三条）", Late: 1}, {Count: 12, Text: "篇稿件等待我审核", URL: "#work"}, {Count: 0, Text: "件退回给我修改", URL: "#work"}}
	g.Findings = []Finding{{Kind: Bad, Say: "缺少成文日期", Fix: "请在正文落款处写明，或者在表单中填写。", Basis: "《党政机关公文格式》7.3.5", Where: "落款", URL: "#work"},
		{Kind: Warn, Say: "可能含有身份证号码", Fix: "发布前请遮盖个人信息。", Basis: "《政府信息公开条例》第十五条", Where: "第 4 段"},
		{Kind: Note, Say: "引用的文件已经修改", Fix: "请确认引用的是现行条款。", Where: "第 2 段"}}
	g.Answers = []Answer{{"所需信息的名称", "明镜区2025年度城镇老旧小区改造资金安排表", "#work"}, {"获取方式", "电子邮件", "#work"}, {"其他说明", "", "#work"}}
	g.Saved = Saved{Say: "已于 14:30 保存"}
	g.Failure = web.ErrorPage{Status: 500, Title: "系统出了问题", Say: "这是我们的故障，不是您的操作有误。", Next: "已经保存的内容没有丢失。请稍后再试；如果仍然不行，请把下面的编号告诉主办单位。", RequestID: "QX7M2KD4TRPA"}
	g.Flashes = []*web.Flash{{Kind: Good, Say: "已提交审核。初审人会在 3 个工作日内处理。"}, {Kind: Warn, Say: "已保存，但还有 2 处需要补充。"}, {Kind: Bad, Say: "没有发布：内容在审核以后有改动，需要重新审核。"}, {Kind: Note, Say: "您已切换到区教育局。"}}
	g.Nothing = Empty{Title: "还没有规划计划", Say: "这里应当公开国民经济和社会发展规划、专项规划、区域规划及相关政策（条例第二十条第三项）。由区发展和改革局负责。", Links: []Link{{Text: "依申请公开", URL: "#state"}}}
}

func (g *StyleGuide) figures() {
	g.Bars = Chart{Title: "主动公开的信息", Note: "单位：条", Axis: "单位", Labels: []string{"办公室", "发改局", "教育局", "住建局", "卫健局"},
		Series: []Series{{"2024年", []float64{412, 188, 96, 143, 77}}, {"2025年", []float64{438, 201, 90, 166, 102}}}}
	g.Most = Ranking{Title: "哪些单位多", Note: "没有办结的处数", Bars: []RankBar{{"明镜区城市管理局（区综合行政执法局）", "#chart", 128}, {"明镜区行政审批和数据局", "#chart", 61}, {"砚溪镇人民政府", "#chart", 3}},
		Rest: &RankBar{"其他38个单位", "", 412}}
	g.LinesOverYears = Chart{Title: "五年来收到的申请", Note: "单位：件", Axis: "年度", Line: true,
		Series: []Series{{"新收申请", []float64{62, 88, 121, 117, 149}}, {"予以公开", []float64{40, 61, math.NaN(), 80, 96}}}}
	for y := range 5 {
		g.LinesOverYears.Labels = append(g.LinesOverYears.Labels, fmt.Sprint(2021+y))
	}
}
