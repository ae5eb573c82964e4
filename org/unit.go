package org

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongkai/internal/fault"
)

// ID is the short word of a unit: lower-case letters, digits and hyphens, as
// in its address /units/mj-jyj.
type ID string

// Kind is the kind of a unit.
type Kind string

// The kinds of units.
const (
	Government Kind = "government" // 人民政府
	Office     Kind = "office"     // 政府办公室, in charge of disclosure (article 3)
	Department Kind = "department" // 工作部门
	Town       Kind = "town"       // 乡镇、街道
	Platform   Kind = "platform"   // 政务服务、公共资源交易等平台
)

// Name is the Chinese word for the kind.
func (k Kind) Name() string {
	switch k {
	case Government:
		return "人民政府"
	case Office:
		return "政府办公室"
	case Department:
		return "工作部门"
	case Town:
		return "乡镇（街道）"
	case Platform:
		return "平台"
	}
	return ""
}

// Unit is one unit (机构).
type Unit struct {
	ID     ID     `json:"id"`
	Parent ID     `json:"parent"` // "" for the root of a tree
	Kind   Kind   `json:"kind"`
	Name   string `json:"name"`   // the full name, as on its seal
	Short  string `json:"short"`  // the usual short name
	Code   string `json:"code"`   // 发文机关代字, such as 明政发; several are separated by 、
	USCC   string `json:"uscc"`   // 统一社会信用代码, 18 characters (GB 32100)
	Region string `json:"region"` // 行政区划代码, 6 digits
	// SiteCode is the 网站标识码 of 10 digits, for the root of a site; a unit
	// without one uses its nearest ancestor's.
	SiteCode string `json:"site_code"`
	// Domain is a host name under which the unit's pages are the home page.
	Domain string `json:"domain"`
	// IndexTemplate is how its 索引号 are made, see publication.IndexTemplate.
	// "" means the nearest ancestor's.
	IndexTemplate string `json:"index_template"`
	Order         int    `json:"order"` // among its siblings, as in the official list of units
	Active        bool   `json:"active"`

	Contact  Contact   `json:"contact"`
	Duties   string    `json:"duties"`   // 主要职能, plain text, a line each
	Leaders  []Leader  `json:"leaders"`  // 领导信息
	Sections []Section `json:"sections"` // 内设机构
	Footer   Footer    `json:"footer"`
	// Without are the codes of the columns (publication.Column) in which the unit has
	// nothing to publish, because it has no such duty.
	Without []string `json:"without,omitempty"`
}

// Contact is the work unit for disclosure of a unit (articles 4 and 12).
type Contact struct {
	Office   string `json:"office"`
	Address  string `json:"address"`
	Hours    string `json:"hours"`
	Phone    string `json:"phone"`
	Fax      string `json:"fax"`
	Email    string `json:"email"`
	Postcode string `json:"postcode"`
}

// Leader is one of a unit's leaders, in the official order.
type Leader struct {
	Name string `json:"name"`
	Post string `json:"post"`
	Work string `json:"work"` // what the leader is in charge of
}

// Section is an internal section of a unit.
type Section struct {
	Name  string `json:"name"`
	Duty  string `json:"duty"`
	Phone string `json:"phone"`
}

// Footer is what the foot of a site must name (国办发〔2017〕47号), kept at the
// root of the site.
type Footer struct {
	ICP    string `json:"icp"`    // ICP 备案号
	Police string `json:"police"` // 公安备案号
}

var (
	idForm   = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)
	sixDigit = regexp.MustCompile(`^\d{6}$`)
	tenDigit = regexp.MustCompile(`^\d{10}$`)
	hostForm = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

// Check says what is wrong with a unit in itself, as fault.Invalid with a
// problem for each field.
func (u Unit) Check() error {
	var ps []fault.Problem
	bad := func(field, say string) { ps = append(ps, fault.Problem{Field: field, Say: say}) }
	if !idForm.MatchString(string(u.ID)) {
		bad("id", sayID)
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(u.Name)); n < 2 || n > 60 {
		bad("name", sayName)
	}
	if u.Kind.Name() == "" {
		bad("kind", sayKind)
	}
	if u.USCC != "" && !ValidUSCC(u.USCC) {
		bad("uscc", sayUSCC)
	}
	if u.Region != "" && !sixDigit.MatchString(u.Region) {
		bad("region", sayRegion)
	}
	if u.SiteCode != "" && !tenDigit.MatchString(u.SiteCode) {
		bad("site_code", saySiteCode)
	}
	if u.Domain != "" && !hostForm.MatchString(u.Domain) {
		bad("domain", sayDomain)
	}
	if u.Parent == u.ID {
		bad("parent", sayCycle)
	}
	return fault.Problems(ps...)
}

// ValidUSCC checks a 统一社会信用代码 against GB 32100-2015: 18 characters of
// its alphabet, the last one being the check character.
func ValidUSCC(s string) bool {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	if len(s) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := range 17 {
		v := strings.IndexByte(alphabet, s[i])
		if v < 0 {
			return false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return s[17] == alphabet[(31-sum%31)%31]
}
