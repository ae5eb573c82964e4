package planting

import (
	"fmt"
	"strings"
)

// What a planted value is.
const (
	Identity  = "公民身份号码"
	Disabled  = "残疾人证号"
	Bank      = "银行卡号"
	Mobile    = "手机号码"
	Passport  = "护照号码"
	Lossy     = "存成数值的身份号码"
	Telephone = "办公电话"
	Credit    = "统一社会信用代码"
	Index     = "编号"
)

// A Plant is one value put into a file.
type Plant struct {
	What     string
	Value    string // half-width, without gaps
	Personal bool   // must be found; else it must not be raised
	Checked  bool   // carries a check digit of its own
}

// A Source invents values, one after the other.
type Source struct {
	state  uint64
	Plants []Plant // everything invented so far
}

// NewSource begins a row of values; different seeds give different ones.
func NewSource(seed uint64) *Source { return &Source{state: seed*0x9E3779B97F4A7C15 + 1} }

// below returns a number from 0 to n-1. It need not be hard to guess.
func (s *Source) below(n int) int {
	s.state = s.state*6364136223846793005 + 1442695040888963407
	return int(s.state>>33) % n
}

func (s *Source) put(what, value string, personal, checked bool) string {
	s.Plants = append(s.Plants, Plant{what, value, personal, checked})
	return value
}

// Taken returns what was invented since and forgets it.
func (s *Source) Taken() []Plant {
	p := s.Plants
	s.Plants = nil
	return p
}

var divisions = []string{"330411", "110105", "130629", "420106", "510107", "610113", "650102", "810000", "320419"}

func (s *Source) identity() string {
	n := fmt.Sprintf("%s1900%02d%02d%03d", divisions[s.below(len(divisions))], 1+s.below(12), 1+s.below(28), s.below(1000))
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(n[i]-'0')
	}
	return n + "10X98765432"[sum%11:sum%11+1]
}

// ID invents a citizen's identity number (GB 11643).
func (s *Source) ID() string { return s.put(Identity, s.identity(), true, true) }

// DisabledID invents the number of a certificate of disability.
func (s *Source) DisabledID() string {
	n := s.identity()
	for n[17] == 'X' {
		n = s.identity()
	}
	return s.put(Disabled, fmt.Sprintf("%s%d%d", n, 1+s.below(7), 1+s.below(4)), true, true)
}

// Card invents the number of a bank card of nineteen digits (ISO/IEC 7812).
func (s *Source) Card() string {
	return s.put(Bank, s.luhn(fmt.Sprintf("62220012%010d", s.below(1_000_000_000))), true, true)
}

func (s *Source) luhn(n string) string {
	sum := 0
	for i := range n {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return n + string(rune('0'+(10-sum%10)%10))
}

// Mobile invents a mobile number.
func (s *Source) Mobile() string {
	return s.put(Mobile, fmt.Sprintf("1380%07d", s.below(10_000_000)), true, false)
}

// Passport invents a passport's number.
func (s *Source) Passport() string {
	return s.put(Passport, fmt.Sprintf("E%08d", s.below(100_000_000)), true, false)
}

// Float invents an identity number as a spreadsheet stores it that was told it is
// a number: its last three digits are gone.
func (s *Source) Float() float64 {
	n := s.identity()[:15]
	s.put(Lossy, n+"000", true, false)
	v := 0.0
	for _, d := range n {
		v = v*10 + float64(d-'0')
	}
	return v * 1000
}

// Office invents the telephone of an office.
func (s *Source) Office() string {
	n := fmt.Sprintf("8%07d", s.below(10_000_000))
	return []string{"0571-", "(0571)", "0571－", ""}[s.below(4)] + s.put(Telephone, n, false, false)
}

// Credit invents a unified social credit code (GB 32100) with its check digit.
func (s *Source) Credit() string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	n := []string{"11", "12", "91", "92", "13"}[s.below(5)] + divisions[s.below(len(divisions))]
	for range 9 {
		if s.below(3) == 0 {
			n += string(alphabet[s.below(len(alphabet))])
		} else {
			n += string(rune('0' + s.below(10)))
		}
	}
	sum, w := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(alphabet, n[i]) * w
		w = w * 3 % 31
	}
	return s.put(Credit, n+string(alphabet[(31-sum%31)%31]), false, true)
}

// Index invents the index number of an item of information.
func (s *Source) Index() string {
	return s.put(Index, fmt.Sprintf("%015d/2026-%05d", 1_008_003_009_000+s.below(999), s.below(100_000)), false, false)
}

// Name invents a person's name.
func (s *Source) Name() string {
	family := []rune("王李张刘陈杨赵周吴徐孙朱马胡郭林何高梁郑")
	given := []string{"示例", "样本", "某然", "示", "范文", "例明", "试安", "例"}
	return string(family[s.below(len(family))]) + given[s.below(len(given))]
}

// Home invents where somebody lives, down to the door.
func (s *Source) Home() string {
	return fmt.Sprintf("明镜区青石镇幸福村%d组%d号", 1+s.below(12), 1+s.below(99))
}

// Village invents a village.
func (s *Source) Village() string {
	return []string{"幸福村", "团结村", "青石社区", "临江村", "和平社区"}[s.below(5)]
}
