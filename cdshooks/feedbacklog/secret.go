package feedbacklog

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// secretBytes is the length of the key of pseudonyms.
const secretBytes = 32

// openSecret reads the key of this installation, or makes it: at random, once.
func openSecret(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newSecret(path)
	}
	if err != nil {
		return nil, err
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != secretBytes {
		return nil, fmt.Errorf("%s: is not a key of %d bytes; when it is removed a new one is made, and cards that were overridden are shown again", path, secretBytes)
	}
	return secret, nil
}

// newSecret makes a key. It is whole on disk before it has its name.
func newSecret(path string) ([]byte, error) {
	secret := make([]byte, secretBytes)
	rand.Read(secret) // never fails
	draft := path + ".new"
	file, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = file.WriteString(hex.EncodeToString(secret) + "\n")
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, err
	}
	return secret, os.Rename(draft, path)
}

// Pseudonym stands for a patient of a client.
func (l *Log) Pseudonym(caller, patient string) string {
	sum := hmac.New(sha256.New, l.secret)
	fmt.Fprintf(sum, "%d:%s%s", len(caller), caller, patient)
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:16])
}
