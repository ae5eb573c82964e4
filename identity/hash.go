package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"
)

// Argon is the cost of one argon2id hash. 19 MiB and two passes take about
// 40 ms on one core.
type Argon struct {
	MemoryKiB uint32
	Passes    uint32
	Lanes     uint8
}

func (a Argon) check() error {
	if a.Passes < 1 || a.Lanes < 1 || a.MemoryKiB < 8*uint32(a.Lanes) || a.MemoryKiB > 1<<20 || a.Passes > 64 {
		return errors.New("identity policy: argon2 wants 1 to 64 passes and between 8 KiB a lane and 1 GiB of memory")
	}
	return nil
}

// hasher computes password hashes, a bounded number at once: each one takes
// its memory, and sign-ins come from anybody.
type hasher struct {
	cost  Argon
	gate  chan struct{}
	decoy string       // a hash that no password fits, for logins that do not exist
	count atomic.Int64 // derivations so far; a test counts them
}

func newHasher(cost Argon, atOnce int) *hasher {
	decoy := phc{cost: cost, salt: make([]byte, 16), key: make([]byte, 32)}
	rand.Read(decoy.salt)
	rand.Read(decoy.key)
	return &hasher{cost: cost, gate: make(chan struct{}, atOnce), decoy: decoy.String()}
}

func (h *hasher) derive(ctx context.Context, password string, salt []byte, cost Argon, length uint32) ([]byte, error) {
	select {
	case h.gate <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.gate }()
	h.count.Add(1)
	return argon2.IDKey([]byte(password), salt, cost.Passes, cost.MemoryKiB, cost.Lanes, length), nil
}

// hash makes a new hash in the PHC string form, which carries cost and salt.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	key, err := h.derive(ctx, password, salt, h.cost, 32)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return phc{h.cost, salt, key}.String(), nil
}

// fits reports whether the password is the one that was hashed.
func (h *hasher) fits(ctx context.Context, password, stored string) (bool, error) {
	p, err := parsePHC(stored)
	if err != nil {
		return false, err
	}
	key, err := h.derive(ctx, password, p.salt, p.cost, uint32(len(p.key)))
	if err != nil {
		return false, fmt.Errorf("check password: %w", err)
	}
	return subtle.ConstantTimeCompare(key, p.key) == 1, nil
}

// stale reports whether a stored hash has another cost than new ones get.
func (h *hasher) stale(stored string) bool {
	p, err := parsePHC(stored)
	return err != nil || p.cost != h.cost
}

type phc struct {
	cost Argon
	salt []byte
	key  []byte
}

func (p phc) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		p.cost.MemoryKiB, p.cost.Passes, p.cost.Lanes, b64.EncodeToString(p.salt), b64.EncodeToString(p.key))
}

var errHash = errors.New("identity: a stored password hash is damaged")

func parsePHC(s string) (phc, error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return phc{}, errHash
	}
	var p phc
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.cost.MemoryKiB, &p.cost.Passes, &p.cost.Lanes); err != nil {
		return phc{}, errHash
	}
	var err error
	if p.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil || len(p.salt) < 8 {
		return phc{}, errHash
	}
	if p.key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(p.key) < 16 || len(p.key) > 64 {
		return phc{}, errHash
	}
	if p.cost.check() != nil {
		return phc{}, errHash
	}
	return p, nil
}
