package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

// Backend gets access tokens as a system without a user does: the client credentials
// grant with a signed assertion, as SMART Backend Services asks for
// (https://hl7.org/fhir/smart-app-launch/backend-services.html).
// A token is kept until shortly before it expires. A Backend is safe for concurrent use.
type Backend struct {
	options BackendOptions
	now     func() time.Time

	mu      sync.Mutex
	token   string
	expires time.Time
}

// BackendOptions say who asks for a token, and where.
type BackendOptions struct {
	// TokenURL is where tokens are given; it is the audience of the assertion. https is
	// required, but for a server on the loopback interface.
	TokenURL string
	// ClientID is the name under which the server knows us.
	ClientID string
	// Key signs: private, EC on P-384 (ES384) or RSA (RS384). Its key id says which of
	// our public keys the server must take.
	Key jwk.Key
	// Scope is what is asked for: "system/*.cruds".
	Scope string
	// HTTP makes the call; nil is a client with a time limit of 10 seconds.
	HTTP *http.Client
}

// ErrUnauthorized says that the authorisation server gave no token.
var ErrUnauthorized = errors.New("the authorisation server gives no token")

const (
	assertionLife = 4 * time.Minute  // at most 5, says the specification
	tokenMargin   = 30 * time.Second // before its end a token is not used any more
	tokenDefault  = 5 * time.Minute  // when the server tells no life
	tokenBytes    = 64 << 10         // the most that an answer may hold
)

// algorithms are those that the specification asks servers to know, by type of key.
var algorithms = map[string]jwa.SignatureAlgorithm{"EC": jwa.ES384(), "RSA": jwa.RS384()}

// NewBackend checks the options.
func NewBackend(options BackendOptions) (*Backend, error) {
	u, err := url.Parse(options.TokenURL)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Fragment != "":
		return nil, errors.New("the token URL is not an absolute URL")
	case u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())):
		return nil, errors.New("the token URL must be https")
	case options.ClientID == "":
		return nil, errors.New("no client id is given")
	case options.Key == nil:
		return nil, errors.New("no key is given")
	}
	if private, err := jwk.IsPrivateKey(options.Key); err != nil || !private {
		return nil, errors.New("the key is not a private key")
	}
	if _, known := algorithms[options.Key.KeyType().String()]; !known {
		return nil, errors.New("the key must be EC on P-384 or RSA")
	}
	if ec, ok := options.Key.(jwk.ECDSAPrivateKey); ok {
		if curve, _ := ec.Crv(); curve != jwa.P384() {
			return nil, errors.New("an EC key must be on P-384")
		}
	}
	if options.HTTP == nil {
		options.HTTP = &http.Client{Timeout: 10 * time.Second}
	}
	return &Backend{options: options, now: time.Now}, nil
}

// ParseKey reads a private key: a JWK, a JWKS with one private key, or PEM (PKCS 8, SEC 1
// or PKCS 1). A key without an id gets its thumbprint as id. The error quotes nothing.
func ParseKey(document []byte) (jwk.Key, error) {
	pem := strings.HasPrefix(strings.TrimSpace(string(document)), "-----BEGIN")
	set, err := jwk.Parse(document, jwk.WithPEM(pem))
	if err != nil {
		return nil, errors.New("is neither a JWK nor a key in PEM")
	}
	var found []jwk.Key
	for i := range set.Len() {
		key, _ := set.Key(i)
		if private, err := jwk.IsPrivateKey(key); err == nil && private {
			found = append(found, key)
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("holds %d private keys, not one", len(found))
	}
	key := found[0]
	if id, ok := key.KeyID(); !ok || id == "" {
		if err := jwk.AssignKeyID(key); err != nil {
			return nil, errors.New("has no thumbprint")
		}
	}
	return key, nil
}

// Token gives a token that can be used now. Callers at the same time share one call.
// The error is ErrUnauthorized when the server refuses, else ErrUnsent, ErrTimeout or
// StatusError.
func (b *Backend) Token(ctx context.Context) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.token != "" && b.now().Before(b.expires) {
		return b.token, nil
	}
	token, life, err := b.ask(ctx)
	if err != nil {
		return "", err
	}
	b.token, b.expires = token, b.now().Add(life-min(tokenMargin, life/2))
	return token, nil
}

// Forget lets go of a token that was refused, so that the next call asks for another.
func (b *Backend) Forget(token string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.token == token {
		b.token = ""
	}
}

// assertion is the signed statement of who we are; each is used once.
func (b *Backend) assertion() (string, error) {
	now := b.now()
	claims, err := jwt.NewBuilder().Issuer(b.options.ClientID).Subject(b.options.ClientID).
		Audience([]string{b.options.TokenURL}).JwtID(uuid.NewString()).
		IssuedAt(now).Expiration(now.Add(assertionLife)).Build()
	if err != nil {
		return "", err
	}
	headers := jws.NewHeaders()
	if err := headers.Set(jws.TypeKey, "JWT"); err != nil {
		return "", err
	}
	algorithm := algorithms[b.options.Key.KeyType().String()]
	signed, err := jwt.Sign(claims, jwt.WithKey(algorithm, b.options.Key, jws.WithProtectedHeaders(headers)))
	return string(signed), err
}

// ask makes the call.
func (b *Backend) ask(ctx context.Context) (token string, life time.Duration, err error) {
	assertion, err := b.assertion()
	if err != nil {
		return "", 0, errors.New("the assertion for the authorisation server cannot be signed")
	}
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_assertion": {assertion},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
	}
	if b.options.Scope != "" {
		form.Set("scope", b.options.Scope)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, b.options.TokenURL, strings.NewReader(form.Encode()))
	if err != nil {
		return "", 0, ErrUnsent
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	response, err := b.options.HTTP.Do(request)
	if err != nil {
		return "", 0, unsent(err)
	}
	defer response.Body.Close()
	switch {
	case slices.Contains([]int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden}, response.StatusCode):
		return "", 0, ErrUnauthorized
	case response.StatusCode != http.StatusOK:
		return "", 0, StatusError(response.StatusCode)
	}
	var answer struct {
		Token string `json:"access_token"`
		Type  string `json:"token_type"`
		Life  int64  `json:"expires_in"`
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, tokenBytes))
	if err != nil {
		return "", 0, unsent(err)
	}
	if json.Unmarshal(body, &answer) != nil || answer.Token == "" || !strings.EqualFold(answer.Type, "bearer") || strings.ContainsAny(answer.Token, "\r\n ") {
		return "", 0, ErrUnauthorized
	}
	life = tokenDefault
	if answer.Life > 0 && answer.Life < int64(24*time.Hour/time.Second) {
		life = time.Duration(answer.Life) * time.Second
	}
	return answer.Token, life, nil
}
