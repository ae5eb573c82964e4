package identity

import (
	"crypto/rand"
	"log/slog"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/internal/fault"
)

// Secret is something that must be shown to one person once: a one-time
// password, a session token, a recovery code. Printing, logging or encoding it
// shows nothing; [Secret.Reveal] does.
type Secret string

// Reveal is the secret itself.
func (s Secret) Reveal() string { return string(s) }

const hidden = "[hidden]"

// String hides the secret from fmt.
func (s Secret) String() string { return hidden }

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return hidden }

// MarshalText hides the secret from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue hides the secret from logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// maxPassword bounds the work of hashing, in characters.
const maxPassword = 128

// familiar are passwords that satisfy every rule of length and kinds and that
// every guesser tries first, in lower case.
var familiar = map[string]bool{}

func init() {
	for _, p := range strings.Fields(`aa123456 aa123456. aa@123456 abc12345 abc123456 abcd1234 abcd@1234 admin123 admin@123 admin123456 admin@123456
		a1234567 a123456789 p@ssw0rd p@ssword1 passw0rd! password1 password1! password@123 qwer1234 qwer@1234 qwe123456 1qaz2wsx 1qaz@wsx
		1qaz!qaz zaq12wsx !qaz2wsx test1234 test@123 root@123 root1234 user@123 welcome1 welcome@123 huawei@123 gov@1234 zfxxgk123 xxgk@123
		xxgk@2024 xxgk@2025 xxgk@2026 zwgk@123 woaini123 iloveyou1! 123qwe!@# 123456aa 123456abc asd123456 asdf1234 zxcv1234 letmein1!`) {
		familiar[p] = true
	}
}

// kinds counts the kinds of characters: capital letters, small letters,
// digits, anything else.
func kinds(password string) int {
	var upper, lower, digit, other int
	for _, r := range password {
		switch {
		case r >= 'A' && r <= 'Z':
			upper = 1
		case r >= 'a' && r <= 'z':
			lower = 1
		case r >= '0' && r <= '9':
			digit = 1
		default:
			other = 1
		}
	}
	return upper + lower + digit + other
}

// Weakness says what is wrong with a new password for this login, or nil. It
// is Invalid on the field "password" with a sentence for each rule broken.
func (p Policy) Weakness(login, password string) error {
	var problems []fault.Problem
	say := func(sentence string) {
		problems = append(problems, fault.Problem{Field: "password", Say: sentence})
	}
	length := utf8.RuneCountInString(password)
	if !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl) {
		say(sayPasswordControl)
	}
	if length < p.MinLength {
		say(sayPasswordShort(p.MinLength))
	}
	if length > maxPassword {
		say(sayPasswordLong(maxPassword))
	}
	if kinds(password) < p.MinKinds {
		say(sayPasswordKinds(p.MinKinds))
	}
	small := strings.ToLower(password)
	if login != "" && strings.Contains(small, strings.ToLower(login)) {
		say(sayPasswordLogin)
	}
	if familiar[small] || repeats(password) {
		say(sayPasswordFamiliar)
	}
	return fault.Problems(problems...)
}

// repeats reports whether a password has so few different characters that its
// length means little.
func repeats(password string) bool {
	different := map[rune]bool{}
	for _, r := range password {
		different[r] = true
	}
	return len(different) < 5 && password != ""
}

// letters that cannot be taken for each other when read from paper.
const (
	plainUpper = "ABCDEFGHJKLMNPQRSTUVWXYZ"
	plainLower = "abcdefghijkmnpqrstuvwxyz"
	plainDigit = "23456789"
)

// oneTime makes a password to be written on paper and changed at first use:
// four groups of four out of letters and digits, about 90 bits.
func oneTime() Secret {
	all := plainUpper + plainLower + plainDigit
	for {
		var b strings.Builder
		for i := range 16 {
			if i > 0 && i%4 == 0 {
				b.WriteByte('-')
			}
			b.WriteByte(pick(all))
		}
		if kinds(b.String()) == 4 {
			return Secret(b.String())
		}
	}
}

func pick(from string) byte {
	n, err := rand.Int(rand.Reader, big.NewInt(int64(len(from))))
	if err != nil {
		panic(err) // crypto/rand never fails on the systems Go supports
	}
	return from[n.Int64()]
}
