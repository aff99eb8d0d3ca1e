package pseudonym

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
)

// secretSize is the size of a secret in bytes.
const secretSize = 32

// Secret is the secret of a key. It prints as ***, whatever the way it is printed in.
type Secret struct{ bytes []byte }

var errSecret = fmt.Errorf("secret: must be %d bytes in base64", secretSize)

// NewSecret makes a secret from 32 bytes.
func NewSecret(b []byte) (Secret, error) {
	if len(b) != secretSize {
		return Secret{}, errSecret
	}
	return Secret{append([]byte{}, b...)}, nil
}

// RandomSecret makes a new secret.
func RandomSecret() Secret {
	b := make([]byte, secretSize)
	rand.Read(b) // never fails
	return Secret{b}
}

// UnmarshalYAML reads base64.
func (s *Secret) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if unmarshal(&text) != nil {
		return errSecret // the error of the parser would hold the secret
	}
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return errSecret
	}
	*s, err = NewSecret(b)
	return err
}

// base64 is how a key file holds it.
func (s Secret) base64() string { return base64.StdEncoding.EncodeToString(s.bytes) }

// String hides the secret.
func (s Secret) String() string { return hidden }

// Format hides the secret from every verb.
func (s Secret) Format(to fmt.State, _ rune) { fmt.Fprint(to, hidden) }

// LogValue hides the secret.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText hides the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

var errNoSecret = errors.New("secret: must be given")
