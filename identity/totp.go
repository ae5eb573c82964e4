package identity

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// Authenticator apps agree only on SHA-1, six digits and 30 seconds.
const (
	codePeriod = 30
	codeSkew   = 1 // one step before and after, for phones whose clock is off
	recoveries = 10
)

// Enrolment is what a person needs to set up a second factor (动态口令).
type Enrolment struct {
	Secret Secret // to type into the app
	URL    Secret // the same as an otpauth address
}

// QR draws the address as a PNG of size × size pixels.
func (e Enrolment) QR(size int) ([]byte, error) {
	key, err := otp.NewKeyFromURL(e.URL.Reveal())
	if err != nil {
		return nil, err
	}
	img, err := key.Image(size, size)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, img)
	return b.Bytes(), err
}

func newEnrolment(issuer, login string) (Enrolment, error) {
	key, err := totp.Generate(totp.GenerateOpts{
		Issuer: issuer, AccountName: login, Period: codePeriod, SecretSize: 20,
		Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
	})
	if err != nil {
		return Enrolment{}, err
	}
	return Enrolment{Secret: Secret(key.Secret()), URL: Secret(key.URL())}, nil
}

// codeStep finds the time step whose code was given, among those later than
// last: a code counts once, and no code counts after a later one.
func codeStep(secret, code string, now time.Time, last int64) (int64, bool) {
	code = strings.Join(strings.Fields(code), "")
	if len(code) != 6 {
		return 0, false
	}
	at := now.Unix() / codePeriod
	found := int64(-1)
	for step := at - codeSkew; step <= at+codeSkew; step++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{
			Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
		})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && step > last {
			found = step
		}
	}
	return found, found >= 0
}

var codeAlphabet = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// newRecovery makes the single-use codes that stand in for the phone.
func newRecovery() []Secret {
	codes := make([]Secret, recoveries)
	for i := range codes {
		var b [10]byte
		rand.Read(b[:])
		s := codeAlphabet.EncodeToString(b[:])
		codes[i] = Secret(s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:])
	}
	return codes
}

// recoveryDigest is how a recovery code is kept. It has 80 random bits, so a
// plain digest cannot be searched.
func recoveryDigest(code string) []byte {
	code = strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(code, "-", "")), ""))
	sum := sha256.Sum256([]byte("gongkai recovery code\x00" + code))
	return sum[:]
}
