package privacy

import "strings"

// The masks follow what government sites usually do, but never leave enough to
// reckon the rest: of an identity number the first two and the last three, because
// the division, the birthday and the check digit together give it away.

func maskID(s []byte) string {
	return string(s[:2]) + strings.Repeat("*", len(s)-5) + string(s[len(s)-3:])
}

func maskMobile(s []byte) string {
	return string(s[:len(s)-8]) + "****" + string(s[len(s)-4:])
}

func maskCard(s []byte) string {
	return strings.Repeat("*", len(s)-4) + string(s[len(s)-4:])
}

func maskTail(s []byte, head, tail int) string {
	return string(s[:head]) + strings.Repeat("*", len(s)-head-tail) + string(s[len(s)-tail:])
}

// maskPlate keeps the province and city and the last two.
func maskPlate(s string) string {
	r := []rune(strings.ReplaceAll(strings.ReplaceAll(s, "·", ""), "•", ""))
	return string(r[:2]) + strings.Repeat("*", len(r)-4) + string(r[len(r)-2:])
}

// maskName keeps the family name.
func maskName(s string) string {
	r := []rune(s)
	if len(r) < 2 {
		return s
	}
	return string(r[:1]) + strings.Repeat("*", len(r)-1)
}

// Masked writes any personal value so that it can be shown in a list of findings.
func Masked(s string) string {
	r := []rune(s)
	switch n := len(r); {
	case n <= 1:
		return s
	case n <= 4:
		return string(r[:1]) + strings.Repeat("*", n-1)
	case n <= 8:
		return string(r[:2]) + strings.Repeat("*", n-2)
	default:
		return string(r[:2]) + strings.Repeat("*", n-5) + string(r[n-3:])
	}
}
