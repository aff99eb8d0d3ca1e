package client

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Options bound what a Client does.
type Options struct {
	// Servers are the base URLs that may be called; anything under one of them may.
	// https is required, but for a server on the loopback interface.
	Servers []string
	// Timeout of one call; default 5 seconds. A context may end it sooner.
	Timeout time.Duration
	// Bytes is the most that one Read, or one Search over all its pages, may give;
	// default 8 MiB.
	Bytes int64
	// Pages is the number of pages of a Search that are read; default 20.
	Pages int
	// Transport carries the calls, as with certificates of its own; nil is the usual one.
	Transport http.RoundTripper
}

// Client calls FHIR servers on a list. It is safe for concurrent use.
type Client struct {
	allowed []*url.URL
	options Options
	http    *http.Client
	still   *http.Client // the same, but it follows no redirect
}

// ErrNotAllowed says that a server is not on the list.
var ErrNotAllowed = errors.New("the FHIR server is not one that may be called")

// New checks the list of servers. Without servers nothing may be called.
func New(options Options) (*Client, error) {
	if options.Timeout <= 0 {
		options.Timeout = 5 * time.Second
	}
	if options.Bytes <= 0 {
		options.Bytes = 8 << 20
	}
	if options.Pages <= 0 {
		options.Pages = 20
	}
	c := &Client{options: options}
	for i, server := range options.Servers {
		base, err := parseBase(server)
		if err != nil {
			return nil, fmt.Errorf("FHIR server %d of the list: %w", i+1, err)
		}
		c.allowed = append(c.allowed, base)
	}
	if options.Transport == nil {
		options.Transport = newTransport()
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.http = &http.Client{Transport: options.Transport, Timeout: options.Timeout, CheckRedirect: sameOrigin}
	c.still = &http.Client{Transport: options.Transport, Timeout: options.Timeout, CheckRedirect: stay}
	return c, nil
}

func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 32
	t.MaxConnsPerHost = 64
	t.MaxResponseHeaderBytes = 64 << 10
	return t
}

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Server is the server at a base URL, to be called with a token; an empty token
// calls without. The error is ErrNotAllowed.
func (c *Client) Server(base, token string) (*Server, error) {
	asked, err := parseBase(base)
	if err != nil {
		return nil, ErrNotAllowed
	}
	for _, allowed := range c.allowed {
		if origin(allowed) == origin(asked) && under(asked.Path, allowed.Path) {
			return &Server{client: c, base: asked, token: token}, nil
		}
	}
	return nil, ErrNotAllowed
}

// parseBase reads a base URL; its path has no slash at the end.
func parseBase(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "":
		return nil, errors.New("is not an absolute URL of a FHIR server")
	case strings.Contains(u.Path, "/.") || u.RawPath != "":
		return nil, errors.New("its path must be plain")
	case u.Scheme == "https", u.Scheme == "http" && isLoopback(u.Hostname()):
		u.Path = strings.TrimRight(u.Path, "/")
		return u, nil
	}
	return nil, errors.New("must be https")
}

// isLoopback reports whether a host is this machine by its name or address.
func isLoopback(host string) bool {
	return host == "localhost" || host == "127.0.0.1" || host == "::1"
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// origin is scheme, host and port.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = defaultPorts[u.Scheme]
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}

// under reports whether a path is that of a base or below it.
func under(path, base string) bool {
	return path == base || strings.HasPrefix(path, base+"/")
}

// redirects is how many redirects are followed.
const redirects = 3

func sameOrigin(next *http.Request, via []*http.Request) error {
	if origin(next.URL) != origin(via[0].URL) {
		return errElsewhere
	}
	if len(via) > redirects {
		return errRedirects
	}
	return nil
}
