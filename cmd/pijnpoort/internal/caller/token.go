package caller

import (
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

// tokenTime is how long a JWT is valid; the specification asks for a few minutes.
const tokenTime = 5 * time.Minute

// Signer makes the header Authorization with a JWT for each URL that is called
// (https://cds-hooks.hl7.org/2.0/#trusting-cds-clients), signed with a private JWK that has
// a kid. The error quotes nothing of the key.
func Signer(issuer string, key []byte) (func(url string) (string, error), error) {
	private, err := jwk.ParseKey(key)
	if err != nil {
		return nil, errors.New("is not a JWK")
	}
	if isPrivate, err := jwk.IsPrivateKey(private); err != nil || !isPrivate {
		return nil, errors.New("is not a private key")
	}
	kid, ok := private.KeyID()
	if !ok || kid == "" {
		return nil, errors.New("has no kid")
	}
	algorithm, err := algorithmOf(private)
	if err != nil {
		return nil, err
	}
	header := jws.NewHeaders()
	if err := errors.Join(header.Set(jws.KeyIDKey, kid), header.Set(jws.TypeKey, "JWT")); err != nil {
		return nil, err
	}
	return func(url string) (string, error) {
		now := time.Now()
		claims, err := jwt.NewBuilder().Issuer(issuer).Audience([]string{url}).IssuedAt(now).Expiration(now.Add(tokenTime)).
			JwtID(uuid.NewString()).Build()
		if err != nil {
			return "", err
		}
		signed, err := jwt.Sign(claims, jwt.WithKey(algorithm, private, jws.WithProtectedHeaders(header)))
		if err != nil {
			return "", errors.New("the key cannot sign")
		}
		return "Bearer " + string(signed), nil
	}, nil
}

// algorithmOf is the algorithm that a key names, else the one recommended for its kind.
func algorithmOf(key jwk.Key) (jwa.SignatureAlgorithm, error) {
	if named, ok := key.Algorithm(); ok {
		algorithm, is := jwa.LookupSignatureAlgorithm(named.String())
		if !is || algorithm.IsSymmetric() {
			return algorithm, fmt.Errorf("is for %s, which signs no JWT here", named)
		}
		return algorithm, nil
	}
	switch key := key.(type) {
	case jwk.RSAPrivateKey:
		return jwa.RS384(), nil
	case jwk.ECDSAPrivateKey:
		curve, _ := key.Crv()
		if algorithm, ok := curves[curve]; ok {
			return algorithm, nil
		}
	case jwk.OKPPrivateKey:
		return jwa.EdDSA(), nil
	}
	return jwa.EmptySignatureAlgorithm(), errors.New("is of a kind that signs no JWT here")
}

var curves = map[jwa.EllipticCurveAlgorithm]jwa.SignatureAlgorithm{jwa.P256(): jwa.ES256(), jwa.P384(): jwa.ES384(), jwa.P521(): jwa.ES512()}
