package identity

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gongkai/internal/fault"
)

var cheap = Argon{MemoryKiB: 8, Passes: 1, Lanes: 1}

func TestAHashCarriesItsCostAndSalt(t *testing.T) {
	h := newHasher(cheap, 1)
	ctx := t.Context()
	first, err := h.hash(ctx, "Qingshan-4827")
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.hash(ctx, "Qingshan-4827")
	if err != nil {
		t.Fatal(err)
	}
	if first == second || !strings.HasPrefix(first, "$argon2id$v=19$m=8,t=1,p=1$") {
		t.Errorf("two hashes of one password: %s, %s; want different salts and the cost", first, second)
	}
	dearer := newHasher(Argon{MemoryKiB: 16, Passes: 2, Lanes: 1}, 1)
	for password, want := range map[string]bool{"Qingshan-4827": true, "qingshan-4827": false, "": false} {
		if got, err := dearer.fits(ctx, password, first); got != want || err != nil {
			t.Errorf("fits(%q) under another policy = %v, %v, want %v", password, got, err, want)
		}
	}
	if h.stale(first) || !dearer.stale(first) {
		t.Errorf("stale: %v at the same cost, %v at another; want false, true", h.stale(first), dearer.stale(first))
	}
}

// TestTheHashIsArgon2id holds the stored form against a vector of the reference
// program: password "password", salt "somesalt", 64 MiB, 2 passes, 1 lane.
func TestTheHashIsArgon2id(t *testing.T) {
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	got, err := newHasher(cheap, 1).fits(t.Context(), "password", reference)
	if !got || err != nil {
		t.Errorf("fits(reference) = %v, %v, want true", got, err)
	}
}

func TestADamagedHashIsOurOwnFailure(t *testing.T) {
	h := newHasher(cheap, 1)
	good, err := h.hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, damaged := range []string{
		"", "plain", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=8", "m=99999999", 1), strings.Replace(good, "t=1", "t=0", 1), good[:len(good)-30], good + "$",
		strings.Replace(good, "p=1$", "p=1$!", 1),
	} {
		if got, err := h.fits(t.Context(), "x", damaged); got || err == nil || fault.KindOf(err) != "" {
			t.Errorf("fits(%q) = %v, %v, want our own failure", damaged, got, err)
		}
		if !h.stale(damaged) {
			t.Errorf("stale(%q) = false", damaged)
		}
	}
}

func TestHashesAreComputedAFewAtOnce(t *testing.T) {
	h := newHasher(cheap, 1)
	h.gate <- struct{}{} // one is being computed
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := h.hash(ctx, "x"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hash while the gate is full = %v, want to wait until the caller is gone", err)
	}
	<-h.gate
	if _, err := h.hash(t.Context(), "x"); err != nil {
		t.Errorf("hash when the gate is free = %v", err)
	}
}

func TestNoPasswordFitsTheDecoy(t *testing.T) {
	h := newHasher(cheap, 1)
	if got, err := h.fits(t.Context(), "", h.decoy); got || err != nil {
		t.Errorf("fits(decoy) = %v, %v, want false", got, err)
	}
	if h.stale(h.decoy) {
		t.Error("the decoy has another cost than true hashes")
	}
}

func TestOneTimePasswordsSatisfyThePolicy(t *testing.T) {
	p, err := Policy{}.Fill()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[Secret]bool{}
	for range 500 {
		s := oneTime()
		if err := p.Weakness("liqing", s.Reveal()); err != nil {
			t.Errorf("a one-time password is weak: %v", err)
		}
		if strings.ContainsAny(s.Reveal(), "0O1lI") {
			t.Error("a one-time password has letters that are read as others")
		}
		seen[s] = true
	}
	if len(seen) != 500 {
		t.Errorf("500 one-time passwords, %d different", len(seen))
	}
}

func TestRecoveryCodesAreReadGenerously(t *testing.T) {
	for _, c := range newRecovery() {
		code := c.Reveal()
		if len(code) != 19 {
			t.Errorf("a recovery code has %d characters, want 19", len(code))
		}
		want := string(recoveryDigest(code))
		for _, typed := range []string{strings.ToUpper(code), strings.ReplaceAll(code, "-", " "), " " + strings.ReplaceAll(code, "-", "") + "\n"} {
			if string(recoveryDigest(typed)) != want {
				t.Errorf("recoveryDigest(%q) differs", typed)
			}
		}
	}
}

// TestCodesFollowRFC6238 takes the vectors of appendix B, cut to six digits.
func TestCodesFollowRFC6238(t *testing.T) {
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // "12345678901234567890"
	for unix, code := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		step, ok := codeStep(secret, code, time.Unix(unix, 0), 0)
		if !ok || step != unix/30 {
			t.Errorf("codeStep(%s at %d) = %d, %v, want %d", code, unix, step, ok, unix/30)
		}
		if _, ok := codeStep(secret, code, time.Unix(unix, 0), step); ok {
			t.Errorf("codeStep(%s at %d) counts twice", code, unix)
		}
		if _, ok := codeStep(secret, code, time.Unix(unix+90, 0), 0); ok {
			t.Errorf("codeStep(%s) counts a minute and a half later", code)
		}
	}
}

// TestAccountsMoveOnlyByTheTable tries every move from every state.
func TestAccountsMoveOnlyByTheTable(t *testing.T) {
	want := map[string]string{
		"identity.activate": "new→active",
		"identity.lock":     "active→locked",
		"identity.unlock":   "locked→active active→active",
		"identity.reset":    "new→new active→new locked→new",
		"identity.leave":    "new→left active→left locked→left",
	}
	for _, m := range moves {
		got := ""
		for _, from := range m.from {
			if got != "" {
				got += " "
			}
			got += string(from) + "→" + string(m.to)
		}
		if got != want[m.act] {
			t.Errorf("%s moves %s, want %s", m.act, got, want[m.act])
		}
		for _, s := range []State{Waiting, Active, Locked, Left} {
			err := m.allowed(System("test"), Person{ID: "p", State: s})
			if ok := strings.Contains(" "+want[m.act], " "+string(s)+"→"); ok != (err == nil) {
				t.Errorf("%s from %s = %v, want allowed %v", m.act, s, err, ok)
			}
			if s.Title() == string(s) {
				t.Errorf("state %s has no title", s)
			}
		}
	}
	if len(moves) != len(want) {
		t.Errorf("%d moves in the table, %d expected", len(moves), len(want))
	}
}
