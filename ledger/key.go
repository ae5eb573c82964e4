package ledger

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/fault"
)

// Key signs checkpoints (存证签名密钥). It is an Ed25519 key of the Go note form,
// named for the origin of the log.
type Key struct {
	signer   note.Signer
	verifier string
}

// KeyFile and VerifierFile are where LoadOrCreateKey keeps the key.
const (
	KeyFile      = "ledger.key"
	VerifierFile = "ledger.pub"
)

// LoadOrCreateKey reads the key from dir, or makes one named for origin if
// there is none: dir/ledger.key, readable by the owner only, and dir/ledger.pub
// with the verifier for everybody. origin is the address of the log without
// scheme, such as "www.mingjing.example/ledger"; it counts only when the key is
// made, since the name of a log never changes.
func LoadOrCreateKey(dir, origin string) (Key, error) {
	path := filepath.Join(dir, KeyFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return createKey(dir, origin)
	}
	if err != nil {
		return Key{}, fmt.Errorf("ledger: read key: %w", err)
	}
	secret, verifier, ok := strings.Cut(strings.TrimSpace(string(text)), "\n")
	if !ok {
		return Key{}, fmt.Errorf("ledger: %s does not hold a key", path)
	}
	return makeKey(secret, verifier)
}

func createKey(dir, origin string) (Key, error) {
	if origin == "" || strings.ContainsAny(origin, " +\n\t") {
		return Key{}, fmt.Errorf("ledger: %q cannot name a log", origin)
	}
	secret, verifier, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return Key{}, fmt.Errorf("ledger: make key: %w", err)
	}
	k, err := makeKey(secret, verifier)
	if err != nil {
		return Key{}, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Key{}, fmt.Errorf("ledger: keep key: %w", err)
	}
	// A temporary file that is linked into place: of two processes that start
	// at once on one folder, one makes the key and the other one reads it.
	f, err := os.CreateTemp(dir, KeyFile+".*")
	if err != nil {
		return Key{}, fmt.Errorf("ledger: keep key: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(secret + "\n" + verifier + "\n")
	err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close())
	if err != nil {
		return Key{}, fmt.Errorf("ledger: keep key: %w", err)
	}
	if err := os.Link(f.Name(), filepath.Join(dir, KeyFile)); errors.Is(err, fs.ErrExist) {
		return LoadOrCreateKey(dir, origin)
	} else if err != nil {
		return Key{}, fmt.Errorf("ledger: keep key: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, VerifierFile), []byte(verifier+"\n"), 0o644); err != nil {
		return Key{}, fmt.Errorf("ledger: keep verifier: %w", err)
	}
	return k, nil
}

func makeKey(secret, verifier string) (Key, error) {
	signer, err := note.NewSigner(secret)
	if err != nil {
		return Key{}, errors.New("ledger: the key file does not hold a signing key")
	}
	v, err := note.NewVerifier(verifier)
	if err != nil || v.Name() != signer.Name() || v.KeyHash() != signer.KeyHash() {
		return Key{}, errors.New("ledger: the verifier does not belong to the signing key")
	}
	return Key{signer, verifier}, nil
}

// Origin returns the name of the log.
func (k Key) Origin() string { return k.signer.Name() }

// Verifier returns the public key as text, "origin+hash+base64": what anybody
// needs to check checkpoints and proofs.
func (k Key) Verifier() string { return k.verifier }

// Verifier checks the signature on checkpoints of one log.
type Verifier struct{ v note.Verifier }

// ParseVerifier reads the text of [Key.Verifier]. It fails with Invalid.
func ParseVerifier(s string) (Verifier, error) {
	v, err := note.NewVerifier(strings.TrimSpace(s))
	if err != nil {
		return Verifier{}, fault.Say(fault.Invalid, sayBadKey)
	}
	return Verifier{v}, nil
}
