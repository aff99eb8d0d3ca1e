package audit

import (
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
)

// Key signs marks of the log, or verifies them.
type Key struct {
	id        string
	algorithm jwa.SignatureAlgorithm
	private   jwk.Key // nil when it can only verify
	public    jwk.Key // for HMAC the same
}

// ID tells keys apart; a mark names the key it was signed with.
func (k *Key) ID() string { return k.id }

// Signs reports whether it can sign.
func (k *Key) Signs() bool { return k.private != nil }

// String says what it is, without secrets.
func (k *Key) String() string { return k.algorithm.String() + " " + k.id }

// markUse separates the key for marks from others that are derived from one secret.
const markUse = "pijnpoort audit mark, version 1"

// SharedKey derives a key of a secret by HKDF-SHA-256 (RFC 5869), for HMAC-SHA-256. Who
// verifies needs the secret, and could have signed himself.
func SharedKey(secret []byte) (*Key, error) {
	derived, err := hkdf.Key(sha256.New, secret, nil, markUse, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("audit: key of marks: %w", err)
	}
	key, err := jwk.Import(derived)
	if err != nil {
		return nil, fmt.Errorf("audit: key of marks: %w", err)
	}
	return &Key{id: "site", algorithm: jwa.HS256(), private: key, public: key}, nil
}

// SigningKey takes a private key: EC on P-384 (ES384) or RSA (RS384), as client.ParseKey
// reads them.
func SigningKey(private jwk.Key) (*Key, error) {
	public, err := private.PublicKey()
	if err != nil {
		return nil, errors.New("audit: key of marks: has no public half")
	}
	k, err := publicKey(public)
	if err != nil {
		return nil, fmt.Errorf("audit: key of marks: %w", err)
	}
	k.private = private
	return k, nil
}

// PublicKeys reads the public halves of keys, to verify with: a JWK, a JWKS or PEM. Private
// keys serve by their public half. The error quotes nothing.
func PublicKeys(document []byte) ([]*Key, error) {
	pem := strings.HasPrefix(strings.TrimSpace(string(document)), "-----BEGIN")
	set, err := jwk.Parse(document, jwk.WithPEM(pem))
	if err != nil || set.Len() == 0 {
		return nil, errors.New("is neither a JWK nor a key in PEM")
	}
	var list []*Key
	for i := range set.Len() {
		one, _ := set.Key(i)
		public, err := one.PublicKey()
		if err != nil {
			return nil, fmt.Errorf("key %d: has no public half", i+1)
		}
		k, err := publicKey(public)
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", i+1, err)
		}
		list = append(list, k)
	}
	return list, nil
}

// publicKey takes the public half of a key. One without an id has its thumbprint as id, as
// its private half has.
func publicKey(public jwk.Key) (*Key, error) {
	k := &Key{public: public}
	switch key := public.(type) {
	case jwk.ECDSAPublicKey:
		if curve, _ := key.Crv(); curve != jwa.P384() {
			return nil, errors.New("an EC key must be on P-384")
		}
		k.algorithm = jwa.ES384()
	case jwk.RSAPublicKey:
		k.algorithm = jwa.RS384()
	default:
		return nil, errors.New("must be EC on P-384 or RSA")
	}
	if id, ok := public.KeyID(); !ok || id == "" {
		if err := jwk.AssignKeyID(public); err != nil {
			return nil, errors.New("has no thumbprint")
		}
	}
	k.id, _ = public.KeyID()
	return k, nil
}

// markType is the type of a mark, so that it is taken for no other thing that the key signs.
const markType = "pijnpoort-audit-mark"

// sign makes a JWS in compact form.
func (k *Key) sign(payload []byte) (string, error) {
	if k.private == nil {
		return "", errors.New("audit: the key of marks is a public key, which cannot sign")
	}
	header := jws.NewHeaders()
	if err := errors.Join(header.Set(jws.KeyIDKey, k.id), header.Set(jws.TypeKey, markType)); err != nil {
		return "", err
	}
	signed, err := jws.Sign(payload, jws.WithKey(k.algorithm, k.private, jws.WithProtectedHeaders(header)))
	return string(signed), err
}

// verify gives the payload of a JWS that one of the keys signed. The error says what is wrong
// with it, without quoting it.
func verify(signed string, keys []*Key) (payload []byte, by *Key, err error) {
	message, err := jws.Parse([]byte(signed), jws.WithCompact())
	if err != nil || len(message.Signatures()) != 1 {
		return nil, nil, errors.New("is no JWS in compact form")
	}
	header := message.Signatures()[0].ProtectedHeaders()
	id, _ := header.KeyID()
	algorithm, _ := header.Algorithm()
	if kind, _ := header.Type(); kind != markType {
		return nil, nil, errors.New("is signed, but is no mark of a log")
	}
	known := false
	for _, k := range keys {
		if k.id != id || k.algorithm != algorithm {
			continue
		}
		known = true
		if payload, err := jws.Verify([]byte(signed), jws.WithCompact(), jws.WithKey(k.algorithm, k.public)); err == nil {
			return payload, k, nil
		}
	}
	if !known {
		return nil, nil, errors.New("is signed with a key that is not known here: " + printable(algorithm.String()+" "+id))
	}
	return nil, nil, errors.New("was not signed with the key that it names")
}

// printable is a name of somebody else's, fit to be shown.
func printable(name string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, name)
	return clean[:min(len(clean), 80)]
}
