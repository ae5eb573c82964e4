package form

import (
	"fmt"
	"strconv"
	"strings"
)

// State says what kind of thing stands in a cell. The four are never mixed up:
// a blank may stand for zero, but only the agency knows.
type State uint8

// The states of a Value.
const (
	Unknown       State = iota // the file does not say, or says it in a way that cannot be trusted
	Blank                      // the cell is there and empty
	NotApplicable              // "/" or a dash: the agency says the item does not concern it
	Number
)

// A Value is what stands in one cell.
type Value struct {
	State State

	// N is the number: pieces for counts, ten-thousandths of a yuan for money.
	// 0 unless State is Number.
	N int64

	// Raw is what was printed, trimmed ("3987.75 万"), where that says more than N:
	// money, and figures that could not be trusted. Else "".
	Raw string
}

// PerYuan is how many units of Value.N make one yuan.
const PerYuan = 10_000

// Of returns the value of a number.
func Of(n int64) Value { return Value{State: Number, N: n} }

// Known tells whether the value is a number.
func (v Value) Known() bool { return v.State == Number }

// ParseDecimal reads a plain decimal ("-12", "72701.2578", "1,234.5") times a
// power of ten: shift 4 turns yuan into Value.N, 8 turns 万元 into it. It reports
// whether the text is such a number and its value is exact and in range.
func ParseDecimal(s string, shift int) (int64, bool) {
	s = strings.TrimSpace(s)
	neg := false
	switch {
	case strings.HasPrefix(s, "-"), strings.HasPrefix(s, "+"):
		neg = s[0] == '-'
		s = s[1:]
	case strings.HasPrefix(s, "－"), strings.HasPrefix(s, "−"):
		neg = true
		s = strings.TrimPrefix(strings.TrimPrefix(s, "－"), "−")
	}
	whole, frac, dotted := strings.Cut(s, ".")
	if dotted && frac == "" {
		return 0, false
	}
	if strings.Contains(whole, ",") {
		for i, group := range strings.Split(whole, ",") {
			if len(group) != 3 && (i > 0 || len(group) == 0 || len(group) > 3) {
				return 0, false
			}
		}
		whole = strings.ReplaceAll(whole, ",", "")
	}
	frac = strings.TrimRight(frac, "0")
	if whole == "" || len(frac) > shift {
		return 0, false
	}
	digits := whole + frac + strings.Repeat("0", shift-len(frac))
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, false
	}
	if neg {
		n = -n
	}
	return n, true
}

// decimal writes n, counted in units of 10^-places, with at least min places.
func decimal(n int64, places, min int) string {
	sign := ""
	u := uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	s := fmt.Sprintf("%0*d", places+1, u)
	whole, frac := s[:len(s)-places], s[len(s)-places:]
	for len(frac) > min && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	if frac == "" {
		return sign + whole
	}
	return sign + whole + "." + frac
}

// InYuan writes an amount of money in yuan with at least two decimals,
// "2715300.00".
func InYuan(n int64) string { return decimal(n, 4, 2) }

// InWan writes an amount of money in 万元 without needless zeros, "72701.2578".
func InWan(n int64) string { return decimal(n, 8, 0) }

// Print writes the value the way a report prints it in a cell of the kind: an
// empty string for a blank, "/" where the item does not apply, "？" where it is
// unknown.
func (v Value) Print(k Kind) string {
	switch v.State {
	case Blank:
		return ""
	case NotApplicable:
		return "/"
	case Unknown:
		return "？"
	}
	switch k {
	case Wan:
		return InWan(v.N)
	case Yuan:
		return InWan(v.N) + "万元"
	}
	return strconv.FormatInt(v.N, 10)
}
