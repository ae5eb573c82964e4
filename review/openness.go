package review

import (
	"strings"
	"unicode/utf8"

	"gongkai/internal/fault"
)

// Attribute is the openness attribute (公开属性) of a piece of information.
type Attribute string

// The three attributes (article 13; 国办发〔2016〕80号).
const (
	Open      Attribute = "open"       // 主动公开
	OnRequest Attribute = "on_request" // 依申请公开
	Closed    Attribute = "closed"     // 不予公开
)

// Name is the official word.
func (a Attribute) Name() string {
	switch a {
	case Open:
		return "主动公开"
	case OnRequest:
		return "依申请公开"
	case Closed:
		return "不予公开"
	}
	return ""
}

// Attributes lists the three in their usual order.
func Attributes() []Attribute { return []Attribute{Open, OnRequest, Closed} }

// ClauseCode names a ground for not publishing on one's own accord.
type ClauseCode string

// Clause is a ground of the Regulation for withholding (articles 14 to 16), or
// for leaving information to requests (article 19 read the other way).
type Clause struct {
	Code    ClauseCode
	Article string // as it is cited
	Text    string // what it covers, in short
	For     []Attribute
	Must    bool // the law leaves no choice
}

// Secret is the ground this platform refuses altogether.
const Secret ClauseCode = "E14a"

var clauses = []Clause{
	{"N19", "《条例》第十九条", "不属于涉及公众利益调整、需要公众广泛知晓或者需要公众参与决策的信息", []Attribute{OnRequest}, false},
	{Secret, "《条例》第十四条", "国家秘密", []Attribute{Closed}, true},
	{"E14b", "《条例》第十四条", "法律、行政法规禁止公开的信息", []Attribute{Closed}, true},
	{"E14c", "《条例》第十四条", "公开后可能危及国家安全、公共安全、经济安全、社会稳定的信息", []Attribute{Closed}, true},
	{"E15", "《条例》第十五条", "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害的信息", []Attribute{OnRequest, Closed}, true},
	{"E16a", "《条例》第十六条第一款", "人事管理、后勤管理、内部工作流程等内部事务信息", []Attribute{OnRequest, Closed}, false},
	{"E16b", "《条例》第十六条第二款", "讨论记录、过程稿、磋商信函、请示报告等过程性信息", []Attribute{OnRequest, Closed}, false},
	{"E16c", "《条例》第十六条第二款", "行政执法案卷信息", []Attribute{OnRequest, Closed}, false},
}

// Clauses lists the grounds for an attribute, in the order of the articles.
func Clauses(a Attribute) []Clause {
	var cs []Clause
	for _, c := range clauses {
		for _, f := range c.For {
			if f == a {
				cs = append(cs, c)
			}
		}
	}
	return cs
}

// ClauseOf returns the ground with a code, and false when there is none.
func ClauseOf(code ClauseCode) (Clause, bool) {
	for _, c := range clauses {
		if c.Code == code {
			return c, true
		}
	}
	return Clause{}, false
}

// Openness is the attribute with what it rests on.
type Openness struct {
	Attribute Attribute  `json:"attribute"`
	Clause    ClauseCode `json:"clause,omitempty"` // for what is not published on one's own accord
	Reason    string     `json:"reason,omitempty"`
}

// Check says what is missing: without an attribute nothing moves, and what is
// not to be published needs its clause and its reason (国办发〔2016〕80号). State
// secrets are refused altogether, because this platform must not hold them
// (保守国家秘密法第三十一条).
func (o Openness) Check() error {
	if o.Attribute.Name() == "" {
		return fault.Problems(fault.Problem{Field: "attribute", Say: sayNoAttribute})
	}
	if o.Clause == Secret {
		return fault.Problems(fault.Problem{Field: "clause", Say: saySecret})
	}
	if o.Attribute == Open {
		if o.Clause != "" {
			return fault.Problems(fault.Problem{Field: "clause", Say: sayOpenWithClause})
		}
		return nil
	}
	var ps []fault.Problem
	fits := false
	for _, c := range Clauses(o.Attribute) {
		fits = fits || c.Code == o.Clause
	}
	if !fits {
		ps = append(ps, fault.Problem{Field: "clause", Say: sayNoClause})
	}
	if utf8.RuneCountInString(strings.TrimSpace(o.Reason)) < 6 {
		ps = append(ps, fault.Problem{Field: "reason", Say: sayNoReason})
	}
	return fault.Problems(ps...)
}
