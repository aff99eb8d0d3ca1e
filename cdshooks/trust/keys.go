package trust

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwk"
)

// keySet is the public keys of a client: of a file, or fetched from a URL and kept.
type keySet struct {
	url  string // empty for a file
	http *http.Client
	now  func() time.Time

	mu    sync.Mutex
	keys  map[string]any // public keys as crypto has them, by kid
	got   time.Time      // when keys were fetched
	tried time.Time      // when fetching was last tried
}

const (
	// fresh is how long keys are used before they are fetched again.
	fresh = time.Hour
	// stale is how long keys are used when they cannot be fetched again.
	stale = 24 * time.Hour
	// pause is the least time between two fetches, however many unknown keys are named.
	pause = 30 * time.Second
	// fetchTime and setBytes bound one fetch.
	fetchTime = 3 * time.Second
	setBytes  = 1 << 20
)

// newKeySet is the keys at a URL or in a file.
func newKeySet(from string, now func() time.Time) (*keySet, error) {
	if from == "" {
		return nil, errors.New("no URL or file is given")
	}
	s := &keySet{now: now}
	if !strings.Contains(from, "://") {
		content, err := os.ReadFile(from)
		if err != nil {
			return nil, err
		}
		s.keys, err = parseKeys(content)
		return s, err
	}
	u, err := url.Parse(from)
	if err != nil || u.Scheme != "https" && !(u.Scheme == "http" && (u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1" || u.Hostname() == "::1")) {
		return nil, errors.New("the URL must be https")
	}
	s.url = from
	s.http = &http.Client{Timeout: fetchTime, CheckRedirect: func(*http.Request, []*http.Request) error {
		return errors.New("redirects are not followed")
	}}
	return s, nil
}

// fetched reports whether the keys come from a URL.
func (s *keySet) fetched() bool { return s.url != "" }

// find is the key with an id. Keys are fetched when they are due, or when the id is
// not among them and the last fetch is a while ago.
func (s *keySet) find(ctx context.Context, kid string) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.url != "" && s.isDue(kid) {
		s.tried = s.now()
		if keys, err := s.fetch(ctx); err == nil {
			s.keys, s.got = keys, s.now()
		} else if s.keys == nil || s.now().Sub(s.got) > stale {
			return nil, fmt.Errorf("keys cannot be fetched: %w", err)
		}
	}
	if s.keys != nil && (s.url == "" || s.now().Sub(s.got) <= stale) {
		if key, ok := s.keys[kid]; ok {
			return key, nil
		}
	}
	return nil, errKey
}

func (s *keySet) isDue(kid string) bool {
	if s.now().Sub(s.tried) < pause {
		return false
	}
	if s.keys == nil || s.now().Sub(s.got) > fresh {
		return true
	}
	_, known := s.keys[kid]
	return !known
}

// fetch gets the keys. It does not end with the call that needs them: others do too.
func (s *keySet) fetch(ctx context.Context) (map[string]any, error) {
	request, err := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodGet, s.url, nil)
	if err != nil {
		return nil, err
	}
	response, err := s.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", response.StatusCode)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, setBytes))
	if err != nil {
		return nil, err
	}
	return parseKeys(content)
}

// parseKeys reads a JWK Set, leaving symmetric keys and those without kid out. Keys
// are taken apart here, once, and not at every call.
func parseKeys(content []byte) (map[string]any, error) {
	all, err := jwk.Parse(content)
	if err != nil {
		return nil, errors.New("not a JWK Set")
	}
	keys := make(map[string]any, all.Len())
	for i := range all.Len() {
		key, _ := all.Key(i)
		kid, named := key.KeyID()
		public, err := key.PublicKey()
		if _, symmetric := key.(jwk.SymmetricKey); symmetric || !named || err != nil {
			continue
		}
		if _, twice := keys[kid]; twice {
			return nil, errors.New("a key stands twice in the JWK Set")
		}
		var raw any
		if err := jwk.Export(public, &raw); err != nil {
			return nil, errors.New("a key in the JWK Set is not valid")
		}
		keys[kid] = raw
	}
	return keys, nil
}
