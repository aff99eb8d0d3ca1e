package store

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/goccy/go-yaml"
)

// Keys are the secrets of an installation: one under which ids and tokens of patients are
// derived, which can never change, and those under which identifiers are sealed, of which
// the last is in use and the earlier ones still open what they sealed.
type Keys struct {
	derive [32]byte
	seals  []seal
}

// seal is a sealing key by its id.
type seal struct {
	id   string
	key  [32]byte
	aead cipher.AEAD
}

// keyFile is the form of the file; secrets are 32 bytes in base64.
type keyFile struct {
	Derive  string        `yaml:"derive"`
	Sealing []sealingLine `yaml:"sealing"`
}

type sealingLine struct {
	ID     string `yaml:"id"`
	Secret string `yaml:"secret"`
}

// String hides the secrets.
func (*Keys) String() string { return "***" }

// GoString hides the secrets.
func (*Keys) GoString() string { return "***" }

// LogValue hides the secrets.
func (*Keys) LogValue() slog.Value { return slog.StringValue("***") }

// NewKeys makes keys at random.
func NewKeys() (*Keys, error) {
	k := &Keys{}
	if _, err := rand.Read(k.derive[:]); err != nil {
		return nil, err
	}
	return k.Rotate()
}

// Rotate gives the keys with a new one to seal with. What was sealed before can still be
// opened; Reseal seals it anew.
func (k *Keys) Rotate() (*Keys, error) {
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		return nil, err
	}
	next := &Keys{derive: k.derive, seals: slices.Clone(k.seals)}
	highest := 0
	for _, s := range k.seals {
		if n, err := strconv.Atoi(s.id); err == nil {
			highest = max(highest, n)
		}
	}
	return next, next.add(strconv.Itoa(highest+1), secret)
}

// add appends a sealing key.
func (k *Keys) add(id string, secret [32]byte) error {
	block, err := aes.NewCipher(secret[:])
	if err != nil {
		return err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return err
	}
	k.seals = append(k.seals, seal{id, secret, aead})
	return nil
}

// LoadKeys reads a key file, which only its owner may be able to read. No error holds
// anything of its content.
func LoadKeys(path string) (*Keys, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s: others than its owner may read it; it must have mode 0400", path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	k, err := parseKeys(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return k, nil
}

// parseKeys reads the content of a key file.
func parseKeys(content []byte) (*Keys, error) {
	var file keyFile
	if err := yaml.NewDecoder(bytes.NewReader(content), yaml.Strict()).Decode(&file); err != nil {
		return nil, errors.New("is no key file: derive and a list sealing of id and secret must stand in it") // the error would quote it
	}
	k := &Keys{}
	var err error
	if k.derive, err = secret(file.Derive); err != nil {
		return nil, fmt.Errorf("derive: %w", err)
	}
	if len(file.Sealing) == 0 {
		return nil, errors.New("sealing: there is no key")
	}
	seen := map[string]bool{}
	for i, line := range file.Sealing {
		key, err := secret(line.Secret)
		switch {
		case err != nil:
			return nil, fmt.Errorf("sealing: key %d: %w", i+1, err)
		case line.ID == "" || len(line.ID) > 255 || seen[line.ID]:
			return nil, fmt.Errorf("sealing: key %d: its id is missing, too long or that of another", i+1)
		}
		seen[line.ID] = true
		if err := k.add(line.ID, key); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// secret reads 32 bytes in base64.
func secret(text string) (key [32]byte, err error) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(bytes) != len(key) {
		return key, errors.New("must be 32 bytes in base64")
	}
	return [32]byte(bytes), nil
}

// Save writes a key file with mode 0400, in place of one that was there: whole or not at all.
func (k *Keys) Save(path string) error { return k.write(path, os.Rename) }

// write writes a file beside the path, and has put give it the name.
func (k *Keys) write(path string, put func(from, to string) error) error {
	file := keyFile{Derive: base64.StdEncoding.EncodeToString(k.derive[:])}
	for _, s := range k.seals {
		file.Sealing = append(file.Sealing, sealingLine{s.id, base64.StdEncoding.EncodeToString(s.key[:])})
	}
	content, err := yaml.Marshal(file)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	next, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = next.Write(content)
	err = errors.Join(err, next.Chmod(0o400), next.Sync(), next.Close())
	if err == nil {
		err = put(next.Name(), path)
	}
	if gone := os.Remove(next.Name()); err == nil && !errors.Is(gone, fs.ErrNotExist) {
		err = gone
	}
	return err
}

// LoadOrMakeKeys reads a key file, or makes one where none is; made says so. Of several that
// make one at the same time, all get the same.
func LoadOrMakeKeys(path string) (k *Keys, made bool, err error) {
	k, err = LoadKeys(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, false, err
	}
	if k, err = NewKeys(); err != nil {
		return nil, false, err
	}
	if err = k.write(path, os.Link); errors.Is(err, fs.ErrExist) { // somebody made it just before
		k, err = LoadKeys(path)
		return k, false, err
	}
	return k, true, err
}

// fingerprint tells keys apart by the secret that can never change.
func (k *Keys) fingerprint() string { return hex.EncodeToString(k.mac("fingerprint")) }

// mac is a keyed hash of words, which cannot be cut in another way.
func (k *Keys) mac(words ...string) []byte {
	h := hmac.New(sha256.New, k.derive[:])
	for _, w := range words {
		fmt.Fprintf(h, "%d:%s", len(w), w)
	}
	return h.Sum(nil)
}

var errSealed = errors.New("store: what was sealed cannot be opened: it was changed, or its key is missing")

// seal hides content that belongs to a row: the id of the key, a nonce, the ciphertext.
func (k *Keys) seal(row string, content []byte) ([]byte, error) {
	with := k.seals[len(k.seals)-1]
	out := append([]byte{byte(len(with.id))}, with.id...)
	nonce := make([]byte, with.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	out = append(out, nonce...)
	return with.aead.Seal(out, nonce, content, []byte(row)), nil
}

// open undoes seal.
func (k *Keys) open(row string, sealed []byte) ([]byte, error) {
	if len(sealed) < 1 || len(sealed) < 1+int(sealed[0]) {
		return nil, errSealed
	}
	id, rest := string(sealed[1:1+int(sealed[0])]), sealed[1+int(sealed[0]):]
	for _, s := range k.seals {
		if s.id != id || len(rest) < s.aead.NonceSize() {
			continue
		}
		n := s.aead.NonceSize()
		content, err := s.aead.Open(nil, rest[:n], rest[n:], []byte(row))
		if err != nil {
			return nil, errSealed
		}
		return content, nil
	}
	return nil, errSealed
}
