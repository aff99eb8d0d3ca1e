package trust

import (
	"context"
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
	seen    *replays
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
	v := &Verifier{seen: newReplays(), now: now}
	for _, c := range clients {
		keys, err := newKeySet(c.JWKS, now)
		if err != nil {
			return nil, fmt.Errorf("keys of %s: %w", c.Issuer, err)
		}
		v.clients = append(v.clients, client{c, keys})
	}
	return v, nil
}

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
)

// Authenticate checks the Authorization header of a call to the URL audience.
func (v *Verifier) Authenticate(ctx context.Context, authorization, audience string) error {
	scheme, token, found := strings.Cut(authorization, " ")
	if !found || !strings.EqualFold(scheme, "Bearer") || len(token) > tokenBytes {
		return errNoToken
	}
	message, err := jws.Parse([]byte(token), jws.WithCompact())
	if err != nil || len(message.Signatures()) != 1 {
		return errMalformed
	}
	header := message.Signatures()[0].ProtectedHeaders()
	algorithm, ok := header.Algorithm()
	if !ok || !slices.Contains(algorithms, algorithm) {
		return errAlgorithm
	}
	kid, named := header.KeyID()
	kind, typed := header.Type()
	critical, _ := header.Critical() // extensions that must be understood; none are
	if !named || typed && !strings.EqualFold(kind, "JWT") || len(critical) > 0 {
		return errHeader
	}
	claims, err := jwt.ParseInsecure([]byte(token))
	if err != nil {
		return errMalformed
	}
	c, err := v.client(claims)
	if err != nil {
		return err
	}
	if url, ok := header.JWKSetURL(); ok && url != c.JWKS && c.keys.fetched() {
		return errKeyURL
	}
	if err := v.check(claims, audience); err != nil {
		return err
	}
	key, err := c.keys.find(ctx, kid)
	if err != nil {
		return err
	}
	if _, err := jws.Verify([]byte(token), jws.WithKey(algorithm, key)); err != nil {
		return errSignature
	}
	return v.once(claims)
}

// client is the client that issued a JWT, for its tenant.
func (v *Verifier) client(claims jwt.Token) (*client, error) {
	issuer, _ := claims.Issuer()
	var tenant string
	if claims.Has("tenant") && claims.Get("tenant", &tenant) != nil {
		return nil, errIssuer
	}
	for i := range v.clients {
		if c := &v.clients[i]; c.Issuer == issuer && (c.Tenant == "" || c.Tenant == tenant) {
			return c, nil
		}
	}
	return nil, errIssuer
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
func (v *Verifier) once(claims jwt.Token) error {
	issuer, _ := claims.Issuer()
	id, _ := claims.JwtID()
	expires, _ := claims.Expiration()
	if !v.seen.first(issuer+"\x00"+id, v.now(), expires.Add(skew)) {
		return errReplayed
	}
	return nil
}
