package caller

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// Service is a service on one hook, as discovery lists it.
type Service struct {
	Hook     string            `json:"hook"`
	ID       string            `json:"id"`
	Prefetch map[string]string `json:"prefetch"`
}

// Client calls the services at a base URL.
type Client struct {
	Base     string // without cds-services
	HTTP     *http.Client
	Language string // Accept-Language
	// Authorization gives the header for a call to a URL; nil sends none.
	Authorization func(url string) (string, error)
}

// mostBytes is the most that an answer may hold.
const mostBytes = 16 << 20

// Answer is what came back.
type Answer struct {
	Status int
	Body   []byte
}

// Discover gives the services that are there, and the document that lists them.
func (c *Client) Discover(ctx context.Context) ([]Service, []byte, error) {
	a, err := c.do(ctx, http.MethodGet, c.url(""), nil)
	if err != nil {
		return nil, nil, err
	}
	var document struct {
		Services []Service `json:"services"`
	}
	switch err := json.Unmarshal(a.Body, &document); {
	case a.Status != http.StatusOK:
		return nil, a.Body, fmt.Errorf("discovery: status %d", a.Status)
	case err != nil:
		return nil, a.Body, errors.New("discovery: the answer is not a list of services in JSON")
	}
	return document.Services, a.Body, nil
}

// Find is a service on a hook among those discovered. The error tells which there are.
func Find(services []Service, id, hook string) (Service, error) {
	var ids, on []string
	for _, s := range services {
		if s.ID == id && s.Hook == hook {
			return s, nil
		}
		if s.ID == id {
			on = append(on, s.Hook)
		}
		if !slices.Contains(ids, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	if on != nil {
		return Service{}, fmt.Errorf("service %s is not on hook %q; it is on: %s", id, hook, strings.Join(on, ", "))
	}
	return Service{}, fmt.Errorf("no service %q; there are: %s", id, strings.Join(ids, ", "))
}

// Call posts a request to a service.
func (c *Client) Call(ctx context.Context, id string, request []byte) (Answer, error) {
	return c.do(ctx, http.MethodPost, c.url("/"+id), request)
}

func (c *Client) url(below string) string {
	base := strings.TrimSuffix(strings.TrimRight(c.Base, "/"), "/cds-services")
	return base + "/cds-services" + below
}

func (c *Client) do(ctx context.Context, method, url string, body []byte) (Answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Accept-Language", c.Language)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.Authorization != nil {
		header, err := c.Authorization(url)
		if err != nil {
			return Answer{}, err
		}
		request.Header.Set("Authorization", header)
	}
	response, err := c.HTTP.Do(request)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, mostBytes+1))
	if err == nil && len(answer) > mostBytes {
		err = errors.New("the answer is larger than is read")
	}
	return Answer{response.StatusCode, answer}, err
}

// InProcess answers calls with a handler, without a network.
func InProcess(handler http.Handler) http.RoundTripper { return inProcess{handler} }

type inProcess struct{ handler http.Handler }

// RoundTrip calls the handler.
func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &recorder{header: http.Header{}, status: http.StatusOK}
	r.RemoteAddr, r.RequestURI = "127.0.0.1:0", r.URL.RequestURI()
	p.handler.ServeHTTP(w, r)
	return &http.Response{StatusCode: w.status, Status: http.StatusText(w.status), Header: w.header, Request: r,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: int64(w.body.Len()), Body: io.NopCloser(&w.body)}, nil
}

// recorder keeps what a handler answers.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header            { return w.header }
func (w *recorder) WriteHeader(status int)         { w.status = status }
func (w *recorder) Write(part []byte) (int, error) { return w.body.Write(part) }
