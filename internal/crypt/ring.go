package crypt

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm4"
)

// Algorithm is how a key seals. Its number stands in each envelope and never
// changes its meaning.
type Algorithm byte

// The algorithms, each with a nonce of 12 and a tag of 16 bytes.
const (
	AES256 Algorithm = 1 // AES-256-GCM
	SM4    Algorithm = 2 // SM4-GCM, GB/T 32907 (国密)
)

var algorithms = map[Algorithm]struct {
	name string
	size int
	make func(key []byte) (cipher.Block, error)
}{
	AES256: {"aes-256-gcm", 32, aes.NewCipher},
	SM4:    {"sm4-gcm", 16, sm4.NewCipher},
}

// String returns the name of the algorithm as it stands in the key file.
func (a Algorithm) String() string { return algorithms[a].name }

// ErrSealed is returned for an envelope that was changed, is not one, was sealed
// for another place, or whose key is not on the ring.
var ErrSealed = errors.New("crypt: this field cannot be opened")

type key struct {
	id     uint32
	alg    Algorithm
	secret []byte
	aead   cipher.AEAD
}

// Ring is the keys of one platform. Its methods may be called at once.
type Ring struct {
	keys map[uint32]key
	last uint32
}

// File is the name of the key file in the data folder.
const File = "crypt.keys"

// LoadOrCreate reads the key file of a folder, or makes one with a single key
// of the given algorithm if there is none.
func LoadOrCreate(dir string, alg Algorithm) (*Ring, error) {
	r, err := load(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return r, err
	}
	r = &Ring{keys: map[uint32]key{}}
	if err := r.grow(alg); err != nil {
		return nil, err
	}
	err = r.save(dir, os.Link) // fails if another process was quicker
	if errors.Is(err, fs.ErrExist) {
		return load(dir)
	}
	return r, err
}

// Rotate adds a new key of the given algorithm to the key file, which must be
// there. From then on it seals; fields sealed before stay readable and tell by
// [Ring.Stale] that they may be sealed anew.
func Rotate(dir string, alg Algorithm) (*Ring, error) {
	r, err := load(dir)
	if err != nil {
		return nil, err
	}
	if err := r.grow(alg); err != nil {
		return nil, err
	}
	return r, r.save(dir, os.Rename)
}

// grow adds a fresh key.
func (r *Ring) grow(alg Algorithm) error {
	a, known := algorithms[alg]
	if !known {
		return fmt.Errorf("crypt: unknown algorithm %d", alg)
	}
	secret := make([]byte, a.size)
	rand.Read(secret)
	return r.add(r.last+1, alg, secret)
}

func (r *Ring) add(id uint32, alg Algorithm, secret []byte) error {
	a, known := algorithms[alg]
	if !known || len(secret) != a.size || id <= r.last {
		return errors.New("crypt: the key file is damaged")
	}
	block, err := a.make(secret)
	if err != nil {
		return fmt.Errorf("crypt: key %d: %w", id, err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return fmt.Errorf("crypt: key %d: %w", id, err)
	}
	r.keys[id] = key{id, alg, secret, aead}
	r.last = id
	return nil
}

// load reads lines of number, algorithm and secret, the oldest first.
func load(dir string) (*Ring, error) {
	path := filepath.Join(dir, File)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("crypt: read keys: %w", err)
	}
	r := &Ring{keys: map[uint32]key{}}
	damaged := errors.New("crypt: the key file is damaged")
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) != 3 {
			return nil, damaged
		}
		id, err := strconv.ParseUint(f[0], 10, 32)
		if err != nil {
			return nil, damaged
		}
		secret, err := base64.StdEncoding.DecodeString(f[2])
		if err != nil {
			return nil, damaged
		}
		var alg Algorithm
		for a, d := range algorithms {
			if d.name == f[1] {
				alg = a
			}
		}
		if err := r.add(uint32(id), alg, secret); err != nil {
			return nil, err
		}
	}
	if r.last == 0 {
		return nil, damaged
	}
	return r, nil
}

// save writes all keys to a new file and puts it in place.
func (r *Ring) save(dir string, put func(from, to string) error) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("crypt: keep keys: %w", err)
	}
	f, err := os.CreateTemp(dir, File+".*") // made with mode 0600
	if err != nil {
		return fmt.Errorf("crypt: keep keys: %w", err)
	}
	defer os.Remove(f.Name())
	for id := uint32(1); id <= r.last; id++ {
		if k, ok := r.keys[id]; ok {
			_, werr := fmt.Fprintln(f, k.id, k.alg, base64.StdEncoding.EncodeToString(k.secret))
			err = errors.Join(err, werr)
		}
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = put(f.Name(), filepath.Join(dir, File))
	}
	if err == nil {
		err = syncFolder(dir)
	}
	if err != nil {
		return fmt.Errorf("crypt: keep keys: %w", err)
	}
	return nil
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// An envelope: form, algorithm, key number, nonce, sealed bytes and tag.
const (
	form       = 1
	headLength = 1 + 1 + 4
	nonceSize  = 12
	tagSize    = 16
)

// SealFor seals a field for a place, such as "identity.totp/PERSON". Only OpenFor
// with the same place reads it. Two seals of one field differ.
func (r *Ring) SealFor(place string, plain []byte) []byte {
	k := r.keys[r.last]
	out := make([]byte, headLength+nonceSize, headLength+nonceSize+len(plain)+tagSize)
	out[0], out[1] = form, byte(k.alg)
	binary.BigEndian.PutUint32(out[2:], k.id)
	rand.Read(out[headLength:])
	return k.aead.Seal(out, out[headLength:headLength+nonceSize], plain, bound(out[:headLength], place))
}

// OpenFor reads what SealFor sealed for the same place. It fails with [ErrSealed].
func (r *Ring) OpenFor(place string, sealed []byte) ([]byte, error) {
	k, err := r.keyOf(sealed)
	if err != nil {
		return nil, err
	}
	nonce, rest := sealed[headLength:headLength+nonceSize], sealed[headLength+nonceSize:]
	plain, err := k.aead.Open(nil, nonce, rest, bound(sealed[:headLength], place))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// Seal is SealFor of no place in particular: the caller says within the field
// whose it is.
func (r *Ring) Seal(plain []byte) ([]byte, error) { return r.SealFor("", plain), nil }

// Open reads what Seal sealed. It fails with [ErrSealed].
func (r *Ring) Open(sealed []byte) ([]byte, error) { return r.OpenFor("", sealed) }

// Stale reports whether a field was sealed with an older key and should be
// sealed anew when it is written next.
func (r *Ring) Stale(sealed []byte) bool {
	k, err := r.keyOf(sealed)
	return err != nil || k.id != r.last
}

func (r *Ring) keyOf(sealed []byte) (key, error) {
	if len(sealed) < headLength+nonceSize+tagSize || sealed[0] != form {
		return key{}, ErrSealed
	}
	k, ok := r.keys[binary.BigEndian.Uint32(sealed[2:])]
	if !ok || byte(k.alg) != sealed[1] {
		return key{}, ErrSealed
	}
	return k, nil
}

// bound is what the tag vouches for besides the field: head and place.
func bound(head []byte, place string) []byte {
	return append(append(make([]byte, 0, len(head)+len(place)), head...), place...)
}
