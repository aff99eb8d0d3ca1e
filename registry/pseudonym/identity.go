package pseudonym

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/mapping/check"
)

// Identity is who or what gets a pseudonym. It prints as ***, whatever the way it is
// printed in; the zero value is nobody's.
type Identity struct{ canonical string }

// SystemBSN is the system of the burgerservicenummer.
const SystemBSN = "http://fhir.nl/fhir/NamingSystem/bsn"

// The faults of an identifier. They never hold its value.
var (
	ErrBSN   = errors.New("not a BSN: fails the eleven-test")
	ErrEmpty = errors.New("an identifier without value")
)

// Person is the identity of a person by an identifier. A BSN is written as the national
// pseudonymisation service (PRS) writes it, so that it can take over.
func Person(system, value string) (Identity, error) {
	switch {
	case value == "":
		return Identity{}, ErrEmpty
	case system != SystemBSN:
		return canonical(map[string]any{"system": system, "value": value})
	case !check.IsBSN(value):
		return Identity{}, ErrBSN
	}
	return canonical(map[string]any{"landCode": "NL", "type": "BSN", "value": value})
}

// Part is the identity of something of a person's: of a type, by a key that is unique
// among those of the person. The person is part of it, so that two persons never share it.
func (i Identity) Part(kind, key string) (Identity, error) {
	if i.canonical == "" || key == "" {
		return Identity{}, ErrEmpty
	}
	return canonical(map[string]any{"of": jsontext.Value(i.canonical), "type": kind, "key": key})
}

// canonical writes an identity by RFC 8785, so that it is always the same bytes.
func canonical(members map[string]any) (Identity, error) {
	written, err := json.Marshal(members)
	if err != nil {
		return Identity{}, errors.New("an identifier that cannot be written as JSON")
	}
	value := jsontext.Value(written)
	if err := value.Canonicalize(); err != nil {
		return Identity{}, errors.New("an identifier that cannot be written as JSON")
	}
	return Identity{string(value)}, nil
}

// Canonical is the identity as JSON by RFC 8785, for a service that makes pseudonyms.
func (i Identity) Canonical() []byte { return []byte(i.canonical) }

const hidden = "***"

// String hides the identity.
func (i Identity) String() string { return hidden }

// Format hides the identity from every verb.
func (i Identity) Format(to fmt.State, _ rune) { fmt.Fprint(to, hidden) }

// LogValue hides the identity.
func (i Identity) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText hides the identity.
func (i Identity) MarshalText() ([]byte, error) { return []byte(hidden), nil }
