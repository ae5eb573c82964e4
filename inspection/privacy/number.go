package privacy

// idWeights and idCheck are of GB 11643-1999, the citizen identity number.
var (
	idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	idCheck   = "10X98765432"
)

// provinces marks the first two digits an administrative division can have
// (GB/T 2260).
var provinces = func() (p [100]bool) {
	for _, r := range [][2]int{{11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}} {
		for i := r[0]; i <= r[1]; i++ {
			p[i] = true
		}
	}
	return p
}()

func digit(b byte) int { return int(b - '0') }

func two(s []byte) int { return digit(s[0])*10 + digit(s[1]) }

// idState tells how good an 18-character identity number is.
type idState int

const (
	idNo    idState = iota // not one
	idTypo                 // division and date are right, the check digit is not
	idValid                // right in every way
)

// identity judges 18 characters: 17 digits and a digit or X.
func identity(s []byte) idState {
	sum := 0
	for i, w := range idWeights {
		if s[i] < '0' || s[i] > '9' {
			return idNo
		}
		sum += w * digit(s[i])
	}
	if !provinces[two(s)] || !birthday(two(s[6:])*100+two(s[8:]), two(s[10:]), two(s[12:])) {
		return idNo
	}
	last := s[17]
	if last == 'x' {
		last = 'X'
	}
	if last != 'X' && (last < '0' || last > '9') {
		return idNo
	}
	if last != idCheck[sum%11] {
		return idTypo
	}
	return idValid
}

// oldIdentity judges the 15 digits used until 1999.
func oldIdentity(s []byte) bool {
	for _, b := range s {
		if b < '0' || b > '9' {
			return false
		}
	}
	return provinces[two(s)] && birthday(1900+two(s[6:]), two(s[8:]), two(s[10:]))
}

// birthday tells whether a date exists and can be of somebody alive or listed.
func birthday(y, m, d int) bool {
	if y < 1900 || y > 2099 || m < 1 || m > 12 || d < 1 {
		return false
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		days = 29
	}
	return d <= days
}

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditValue is the value of each character in GB 32100, -1 for those not used.
var creditValue = func() (v [256]int8) {
	for i := range v {
		v[i] = -1
	}
	for i := range len(creditAlphabet) {
		v[creditAlphabet[i]] = int8(i)
	}
	return v
}()

// creditCode tells whether 18 characters are a unified social credit code
// (GB 32100-2015), which names an organisation and is public.
func creditCode(s []byte) bool {
	sum, w := 0, 1
	for i := range 17 {
		v := creditValue[s[i]]
		if v < 0 {
			return false
		}
		sum += int(v) * w
		w = w * 3 % 31
	}
	for i := 2; i < 8; i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return creditValue[s[17]] >= 0 && (31-sum%31)%31 == int(creditValue[s[17]])
}

// luhn tells whether digits pass the check of bank cards (ISO/IEC 7812).
func luhn(s []byte) bool {
	sum := 0
	for i := range s {
		d := digit(s[len(s)-1-i])
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// mobilePrefix marks the first three digits of mobile numbers people have.
var mobilePrefix = func() (p [1000]bool) {
	for _, r := range [][2]int{{130, 139}, {145, 149}, {150, 153}, {155, 159}, {162, 162}, {165, 167}, {170, 173}, {175, 178}, {180, 193}, {195, 199}} {
		for i := r[0]; i <= r[1]; i++ {
			p[i] = true
		}
	}
	return p
}()

// mobile tells whether 11 digits can be a person's mobile number.
func mobile(s []byte) bool {
	return mobilePrefix[digit(s[0])*100+digit(s[1])*10+digit(s[2])] && string(s[:4]) != "1349"
}
