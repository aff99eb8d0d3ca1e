package trust

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

// Client is a client that may call.
type Client struct {
	Issuer string // iss
	// JWKS is where its public keys are: an https URL, or a file agreed out of band.
	JWKS string
	// Tenant, when not empty, must be the tenant claim.
	Tenant string
}

// Verifier checks JWTs. It is safe for concurrent use.
type Verifier struct {
	clients []client
	seen    Replays
	now     func() time.Time
}

type client struct {
	Client
	keys *keySet
}

// New makes a Verifier; nil for now is time.Now. Keys are fetched when they are first
// needed; keys in a file are read at once.
func New(clients []Client, now func() time.Time) (*Verifier, error) {
	if now == nil {
		now = time.Now
	}
	v := &Verifier{seen: NewMemory(0, now), now: now}
	for _, c := range clients {
		keys, err := newKeySet(c.JWKS, now)
		if err != nil {
			return nil, fmt.Errorf("keys of %s: %w", c.Issuer, err)
		}
		v.clients = append(v.clients, client{c, keys})
	}
	return v, nil
}

// Remember takes another memory of JWTs than the process's own, before the first call.
func (v *Verifier) Remember(seen Replays) { v.seen = seen }

const (
	// skew is how far the clock of a client may be ahead of or behind ours.
	skew = time.Minute
	// longest is how long a JWT may be valid from now: as long as we remember it.
	longest = time.Hour
	// tokenBytes bounds a JWT.
	tokenBytes = 16 << 10
)

// algorithms are those accepted: asymmetric ones of today
// (https://cds-hooks.hl7.org/2.0/#jwt-signing-algorithm).
var algorithms = []jwa.SignatureAlgorithm{
	jwa.ES384(), jwa.RS384(), jwa.ES256(), jwa.ES512(), jwa.RS256(), jwa.RS512(), jwa.PS256(), jwa.PS384(), jwa.PS512(), jwa.EdDSA(),
}

// Why a JWT is refused. None quotes it.
var (
	errNoToken   = errors.New("no bearer token")
	errMalformed = errors.New("not a signed JWT")
	errAlgorithm = errors.New("algorithm not accepted")
	errHeader    = errors.New("kid, typ or crit is not as it should be")
	errIssuer    = errors.New("issuer and tenant not on the list")
	errKeyURL    = errors.New("jku is not the URL on the list")
	errAudience  = errors.New("audience is not the URL that was called")
	errTime      = errors.New("exp or iat is lacking, or not in time")
	errNoID      = errors.New("jti is lacking")
	errKey       = errors.New("no key with this kid")
	errSignature = errors.New("signature does not match")
	errReplayed  = errors.New("used before")
	errFull      = errors.New("more JWTs in use than are remembered")
)

// Authenticate checks the Authorization header of a call to the URL audience.
func (v *Verifier) Authenticate(ctx context.Context, authorization, audience string) error {
	_, err := v.Identify(ctx, authorization, audience)
	return err
}

// Identify is Authenticate, and tells who calls: the issuer, and with a space between
// them the tenant when the JWT names one.
func (v *Verifier) Identify(ctx context.Context, authorization, audience string) (caller string, err error) {
	scheme, token, found := strings.Cut(authorization, " ")
	if !found || !strings.EqualFold(scheme, "Bearer") || len(token) > tokenBytes {
		return "", errNoToken
	}
	signed := []byte(token)
	header, algorithm, payload, err := parse(signed)
	if err != nil {
		return "", err
	}
	claims := jwt.New()
	if json.Unmarshal(payload, claims) != nil {
		return "", errMalformed
	}
	c, tenant, err := v.client(claims)
	if err != nil {
		return "", err
	}
	if url, ok := header.JWKSetURL(); ok && url != c.JWKS && c.keys.fetched() {
		return "", errKeyURL
	}
	if err := v.check(claims, audience); err != nil {
		return "", err
	}
	kid, _ := header.KeyID()
	key, err := c.keys.find(ctx, kid)
	if err != nil {
		return "", err
	}
	if verified, err := jws.Verify(signed, jws.WithCompact(), jws.WithKey(algorithm, key)); err != nil || !bytes.Equal(verified, payload) {
		return "", errSignature
	}
	if err := v.once(ctx, c.Issuer, claims); err != nil {
		return "", err
	}
	return strings.TrimSpace(c.Issuer + " " + tenant), nil
}

// parse takes a JWT apart; one whose header has kid and an algorithm that is accepted. Its
// signature has not been verified.
func parse(signed []byte) (header jws.Headers, algorithm jwa.SignatureAlgorithm, payload []byte, err error) {
	message, err := jws.Parse(signed, jws.WithCompact())
	if err != nil || len(message.Signatures()) != 1 {
		return nil, algorithm, nil, errMalformed
	}
	header = message.Signatures()[0].ProtectedHeaders()
	algorithm, ok := header.Algorithm()
	if !ok || !slices.Contains(algorithms, algorithm) {
		return nil, algorithm, nil, errAlgorithm
	}
	_, named := header.KeyID()
	kind, typed := header.Type()
	critical, _ := header.Critical() // extensions that must be understood; none are
	if !named || typed && !strings.EqualFold(kind, "JWT") || len(critical) > 0 {
		return nil, algorithm, nil, errHeader
	}
	return header, algorithm, message.Payload(), nil
}

// client is the client that issued a JWT, for its tenant.
func (v *Verifier) client(claims jwt.Token) (c *client, tenant string, err error) {
	issuer, _ := claims.Issuer()
	if claims.Has("tenant") && claims.Get("tenant", &tenant) != nil {
		return nil, "", errIssuer
	}
	for i := range v.clients {
		if c := &v.clients[i]; c.Issuer == issuer && (c.Tenant == "" || c.Tenant == tenant) {
			return c, tenant, nil
		}
	}
	return nil, "", errIssuer
}

// check checks the claims but for the issuer.
func (v *Verifier) check(claims jwt.Token, audience string) error {
	if audiences, _ := claims.Audience(); !slices.Contains(audiences, audience) {
		return errAudience
	}
	now := v.now()
	expires, hasExpiration := claims.Expiration()
	issued, hasIssued := claims.IssuedAt()
	notBefore, _ := claims.NotBefore()
	switch {
	case !hasExpiration, !hasIssued, !now.Before(expires.Add(skew)), expires.After(now.Add(longest + skew)),
		issued.After(now.Add(skew)), notBefore.After(now.Add(skew)):
		return errTime
	}
	if id, _ := claims.JwtID(); id == "" {
		return errNoID
	}
	return nil
}

// once accepts a JWT the first time.
func (v *Verifier) once(ctx context.Context, issuer string, claims jwt.Token) error {
	id, _ := claims.JwtID()
	expires, _ := claims.Expiration()
	first, err := v.seen.First(ctx, issuer+"\x00"+id, expires.Add(skew))
	if err == nil && !first {
		err = errReplayed
	}
	return err
}
