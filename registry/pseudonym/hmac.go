package pseudonym

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"sync"
)

// HMAC makes pseudonyms with keys of our own: HMAC-SHA-256 of the identity, under a key
// that HKDF-SHA-256 (RFC 5869) derives for the use.
type HMAC struct {
	keys    []Key    // newest first, one at least
	derived sync.Map // derivation -> []byte
}

// derivation names a derived key.
type derivation struct {
	key string
	use Use
}

// Pseudonyms implements Pseudonymiser.
func (h *HMAC) Pseudonyms(_ context.Context, use Use, identity Identity) ([]Pseudonym, error) {
	if identity.canonical == "" {
		return nil, ErrEmpty
	}
	list := make([]Pseudonym, len(h.keys))
	for k := range h.keys {
		derived, err := h.derive(&h.keys[k], use)
		if err != nil {
			return nil, err
		}
		mac := hmac.New(sha256.New, derived)
		mac.Write([]byte(identity.canonical))
		list[k] = Pseudonym{h.keys[k].ID, base64.RawURLEncoding.EncodeToString(mac.Sum(nil))}
	}
	return list, nil
}

// derive gives the key of a use.
func (h *HMAC) derive(key *Key, use Use) ([]byte, error) {
	name := derivation{key.ID, use}
	if known, ok := h.derived.Load(name); ok {
		return known.([]byte), nil
	}
	info, err := canonical(map[string]any{
		"application": "pijnpoort", "version": 1, "recipient": use.Recipient, "scope": use.Scope, "purpose": use.Purpose,
	})
	if err != nil {
		return nil, err
	}
	derived, err := hkdf.Key(sha256.New, key.Secret.bytes, nil, info.canonical, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("key %s: %w", key.ID, err)
	}
	h.derived.Store(name, derived)
	return derived, nil
}
