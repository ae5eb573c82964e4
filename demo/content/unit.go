package content

import (
	"fmt"
	"strings"
)

// UnitKind is what a unit is.
type UnitKind string

// The kinds of units.
const (
	Government UnitKind = "government" // 人民政府
	Office     UnitKind = "office"     // 政府办公室
	Department UnitKind = "department" // 工作部门
	Town       UnitKind = "town"       // 镇、街道
	Platform   UnitKind = "platform"   // 中心、平台
)

// Region is the invented division code of the district; 99 is in use nowhere.
const Region = "999901"

// A Unit is one organ of the district with everything article 20(2) asks for.
type Unit struct {
	ID       string // "mj", "mj-jyj"
	Slug     string // "mj", "jyj"
	Parent   string // "" for the government
	Kind     UnitKind
	Name     string // 明镜区教育局
	Short    string // 区教育局
	Code     string // 代字 明教字
	USCC     string // 统一社会信用代码, GB 32100
	SiteCode string // 网站标识码, ten digits
	Domain   string
	Index    string // template of its index numbers
	Order    int

	Contact  Contact
	Duties   []string
	Leaders  []Leader
	Sections []Section
}

// Contact is where and when the unit can be reached (article 12).
type Contact struct{ Office, Address, Hours, Phone, Fax, Email, Postcode string }

// A Leader is a person in charge with the field of work.
type Leader struct{ Name, Title, Field string }

// A Section is an internal office (内设机构).
type Section struct{ Name, Duty, Phone string }

// indexShapes are the shapes of index numbers seen on real sites.
var indexShapes = []string{
	"{category}/{yyyy}-{serial:5}",
	"{uscc}/{yyyy}-{serial:5}",
	"{org}/{yyyy}-{serial:5}",
	"{uscc}/{yyyymm}-{serial:5}",
	"{org}-{yyyy}-{serial:6}",
	"{uscc}/{yyyy}-{serial:7}",
}

const workHours = "周一至周五 9:00—12:00，13:30—17:30（法定节假日除外）"

// readUnits reads material/units.txt.
func readUnits(seed uint64) []Unit {
	var units []Unit
	phone := 100
	tel := func() string { phone++; return fmt.Sprintf("0999-5550%03d", phone) }
	names := newNames(seed)
	for i, line := range lines("material/units.txt") {
		f := strings.Split(line, "|")
		if len(f) != 8 {
			panic("content: units.txt: " + line)
		}
		u := Unit{
			ID: "mj-" + f[0], Slug: f[0], Parent: "mj", Kind: UnitKind(f[1]), Name: f[2], Short: f[3], Code: f[4],
			Domain: f[0] + ".mingjing.example", SiteCode: fmt.Sprintf("%s%04d", Region, i+1), Order: i * 10,
			Index: indexShapes[i%len(indexShapes)], Duties: strings.Split(f[7], "；"),
		}
		if u.Kind == Government {
			u.ID, u.Parent, u.Domain = "mj", "", "www.mingjing.example"
			u.Index = indexShapes[0]
		}
		u.USCC = uscc(u.Kind, i)
		office := "办公室"
		if f[6] != "" {
			office = strings.Split(f[6], "、")[0]
		}
		switch u.Kind {
		case Government:
			office = "明镜区人民政府办公室政务公开科"
		case Office:
			office = "政务公开科"
		}
		u.Contact = Contact{
			Office: office, Address: "示例市明镜区" + f[5], Hours: workHours, Phone: tel(), Fax: tel(),
			Email: u.Slug + "@mingjing.example", Postcode: fmt.Sprintf("9999%02d", 1+i%8),
		}
		for _, s := range strings.FieldsFunc(f[6], func(r rune) bool { return r == '、' }) {
			if phone < 990 {
				u.Sections = append(u.Sections, Section{Name: s, Duty: sectionDuty(s, u.Short), Phone: tel()})
			}
		}
		u.Leaders = leadersOf(u, names)
		units = append(units, u)
	}
	return units
}

// leadersOf invents the persons in charge; each field of work is one duty.
func leadersOf(u Unit, names *names) []Leader {
	var titles []string
	switch u.Kind {
	case Government:
		titles = []string{"区长", "常务副区长", "副区长", "副区长", "副区长", "副区长"}
	case Office:
		titles = []string{"主任", "副主任", "副主任", "副主任"}
	case Town:
		titles = []string{"镇长", "副镇长", "副镇长", "副镇长"}
		if strings.HasSuffix(u.Short, "街道") {
			titles = []string{"办事处主任", "办事处副主任", "办事处副主任", "办事处副主任"}
		}
	case Platform:
		titles = []string{"主任", "副主任"}
	default:
		titles = []string{"局长", "副局长", "副局长"}
	}
	var out []Leader
	for i, t := range titles {
		field := "主持" + u.Short + "全面工作"
		if i > 0 {
			at := (i - 1) * 2 % len(u.Duties)
			field = "分管工作：" + strings.Join(u.Duties[at:min(at+2, len(u.Duties))], "；")
		}
		out = append(out, Leader{Name: names.next(), Title: t, Field: field})
	}
	return out
}

// sectionDuty says in a sentence what an internal office does.
func sectionDuty(name, unit string) string {
	known := []struct{ part, duty string }{
		{"政务公开", "承担政府信息公开和政务公开的组织协调、指导监督；受理政府信息公开申请；编制公开指南、目录和年度报告。"},
		{"办公室", "负责机关日常运转，承担文电、会务、机要、保密、档案、信息公开等工作。"},
		{"综合", "负责综合协调、文稿起草、信息报送和机关日常运转。"},
		{"执法", "依法承担本领域行政检查、行政处罚、行政强制等执法工作，受理投诉举报。"},
		{"法", "负责法治建设、合法性审查、行政复议应诉和执法监督。"},
		{"财务", "负责经费预决算、资产管理和内部审计。"},
		{"监", "负责业务监督管理和检查考核，督促问题整改。"},
		{"安全", "负责安全管理和应急处置，组织隐患排查和宣传演练。"},
		{"服务", "负责服务事项受理、咨询引导和满意度回访。"},
	}
	for _, k := range known {
		if strings.Contains(name, k.part) {
			return k.duty
		}
	}
	subject := strings.TrimSuffix(strings.TrimSuffix(name, "科"), "大队")
	return "承担" + subject + "方面的政策拟订、组织实施和统计分析，完成" + unit + "交办的其他任务。"
}

// usccAlphabet has neither I, O, S, V nor Z (GB 32100-2015).
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// uscc makes the unified social credit code of the i-th unit, both check
// characters right: GB 11714 for the organisation, GB 32100 for the whole.
func uscc(kind UnitKind, i int) string {
	class := "1" // 机关
	if kind == Platform {
		class = "2" // 事业单位
	}
	org := fmt.Sprintf("00%06d", 350017+i*137)
	code := "1" + class + Region + org + orgCheck(org)
	return code + usccCheck(code)
}

func orgCheck(org string) string {
	sum := 0
	for i, w := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(org[i]-'0')
	}
	switch c := 11 - sum%11; c {
	case 10:
		return "X"
	case 11:
		return "0"
	default:
		return fmt.Sprint(c)
	}
}

func usccCheck(code string) string {
	sum, w := 0, 1
	for i := range 17 {
		sum += w * strings.IndexByte(usccAlphabet, code[i])
		w = w * 3 % 31
	}
	return string(usccAlphabet[(31-sum%31)%31])
}
