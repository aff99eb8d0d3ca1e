package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Server is one FHIR server with the token to call it with.
type Server struct {
	client *Client
	base   *url.URL
	token  string
}

// What can go wrong beside an answer with another status, for errors.Is.
var (
	ErrTooLarge = errors.New("the answer of the FHIR server is larger than allowed")
	ErrNotFHIR  = errors.New("the answer of the FHIR server is not FHIR JSON")
	ErrTimeout  = errors.New("the FHIR server did not answer in time")
	ErrUnsent   = errors.New("the FHIR server could not be reached")

	errElsewhere = errors.New("the FHIR server refers to another server")
	errRedirects = errors.New("the FHIR server redirects too often")
)

// StatusError is an answer with a status other than 200.
type StatusError int

// Error names the status.
func (s StatusError) Error() string {
	return fmt.Sprintf("the FHIR server answered with status %d", int(s))
}

// Read fetches what a path relative to the base, with its query, names: "Patient/1".
func (s *Server) Read(ctx context.Context, relative string) ([]byte, error) {
	target, err := s.resolve(relative)
	if err != nil {
		return nil, err
	}
	return s.resource(ctx, http.MethodGet, target, nil)
}

// Search fetches all pages of a search: "Observation?patient=1". complete is false
// when there are more pages than the Client reads.
func (s *Server) Search(ctx context.Context, relative string) (pages [][]byte, complete bool, err error) {
	target, err := s.resolve(relative)
	if err != nil {
		return nil, false, err
	}
	return s.pages(ctx, target)
}

// Rest fetches the pages that follow a page that was received already; next is the
// link in it.
func (s *Server) Rest(ctx context.Context, next string) (pages [][]byte, complete bool, err error) {
	target, err := s.page(next)
	if err != nil {
		return nil, false, err
	}
	return s.pages(ctx, target)
}

func (s *Server) pages(ctx context.Context, target *url.URL) (pages [][]byte, complete bool, err error) {
	left := s.client.options.Bytes
	for range s.client.options.Pages {
		page, err := s.call(ctx, http.MethodGet, target, nil, left)
		if err != nil {
			return nil, false, err
		}
		left -= int64(len(page))
		pages = append(pages, page)
		kind, next, err := Inspect(page)
		if err != nil || kind != "Bundle" {
			return nil, false, ErrNotFHIR
		}
		if next == "" {
			return pages, true, nil
		}
		if target, err = s.page(next); err != nil {
			return nil, false, err
		}
	}
	return pages, false, nil
}

// resolve makes the URL of a path relative to the base.
func (s *Server) resolve(relative string) (*url.URL, error) {
	path, query, _ := strings.Cut(relative, "?")
	u := *s.base
	u.Path += "/" + path
	u.RawQuery = strings.ReplaceAll(query, "|", "%7C")
	if path == "" || strings.Contains(path, "..") || strings.Contains(path, "//") || path[0] == '/' {
		return nil, errors.New("is not a path on a FHIR server")
	}
	return &u, nil
}

// page is the URL of a further page, which stays on the server's origin.
func (s *Server) page(next string) (*url.URL, error) {
	u, err := s.base.Parse(next)
	if err != nil {
		return nil, ErrNotFHIR
	}
	if origin(u) != origin(s.base) {
		return nil, errElsewhere
	}
	return u, nil
}

// call sends content, if any, and gives an answer of at most limit bytes.
func (s *Server) call(ctx context.Context, method string, target *url.URL, content []byte, limit int64) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(content))
	if err != nil {
		return nil, ErrUnsent
	}
	request.Header.Set("Accept", "application/fhir+json")
	if content != nil {
		request.Header.Set("Content-Type", "application/fhir+json")
	}
	if s.token != "" {
		request.Header.Set("Authorization", "Bearer "+s.token)
	}
	response, err := s.client.http.Do(request)
	if err != nil {
		return nil, unsent(err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode != http.StatusOK:
		return nil, StatusError(response.StatusCode)
	case !isJSON(response.Header.Get("Content-Type")):
		return nil, ErrNotFHIR
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	switch {
	case err != nil:
		return nil, unsent(err)
	case int64(len(body)) > limit:
		return nil, ErrTooLarge
	case !jsontext.Value(body).IsValid():
		return nil, ErrNotFHIR
	}
	return body, nil
}

// unsent says why there is no answer, without the URL that net/http puts in its errors.
func unsent(err error) error {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, errElsewhere):
		return errElsewhere
	case errors.Is(err, errRedirects):
		return errRedirects
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return ErrTimeout
	case errors.Is(err, context.Canceled):
		return context.Canceled
	}
	return ErrUnsent
}

func isJSON(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (kind == "application/fhir+json" || kind == "application/json" || kind == "application/json+fhir")
}
