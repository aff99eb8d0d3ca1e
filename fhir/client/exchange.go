package client

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
)

// Request is a document to post to a server itself, or to the path below it.
type Request struct {
	Path   string      // "" is the server: a transaction, a batch
	Body   []byte      // of the type that Header tells, else application/fhir+json
	Header http.Header // sent along; what it says of authorisation is kept
}

// Response is what the server answered, whatever the status.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Why there is no Response, beside ErrUnsent, ErrTimeout and ErrTooLarge, for errors.Is.
var (
	// ErrLost: the request went out, the answer did not come in. What was asked may
	// have been done. ErrTimeout and ErrTooLarge can be wrapped in it.
	ErrLost = errors.New("the answer of the FHIR server was lost")
	// ErrUntrusted: there is no secure connection with the server, by its certificate
	// or by ours.
	ErrUntrusted = errors.New("there is no secure connection with the FHIR server")
)

// Exchange posts a document and gives the answer, whatever its status; redirects are
// answers too. The error tells whether the request can have arrived: it has not, unless
// the error is ErrLost.
func (s *Server) Exchange(ctx context.Context, r Request) (*Response, error) {
	target := s.base
	if r.Path != "" {
		var err error
		if target, err = s.resolve(r.Path); err != nil {
			return nil, err
		}
	}
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target.String(), bytes.NewReader(r.Body))
	if err != nil {
		return nil, ErrUnsent
	}
	request.Header.Set("Accept", "application/fhir+json")
	request.Header.Set("Content-Type", "application/fhir+json")
	if s.token != "" {
		request.Header.Set("Authorization", "Bearer "+s.token)
	}
	for name, values := range r.Header {
		request.Header[name] = values
	}
	response, err := s.client.still.Do(request)
	if err != nil {
		return nil, unanswered(err, wrote.Load())
	}
	defer response.Body.Close()
	limit := s.client.options.Bytes
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	switch {
	case err != nil:
		return nil, unanswered(err, true)
	case int64(len(body)) > limit:
		return nil, errors.Join(ErrLost, ErrTooLarge)
	}
	return &Response{Status: response.StatusCode, Header: response.Header, Body: body}, nil
}

// unanswered says why there is no answer, and whether the request can have arrived.
func unanswered(err error, wrote bool) error {
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	switch {
	case errors.As(err, &certificate), errors.As(err, &authority), errors.As(err, &name), isCertificateAlert(err):
		return ErrUntrusted
	case wrote:
		return errors.Join(ErrLost, unsent(err))
	}
	return unsent(err)
}

// isCertificateAlert reports whether the server ended the handshake because of our
// certificate, or the lack of one. In TLS 1.3 this comes after we began to send.
func isCertificateAlert(err error) bool {
	var remote *net.OpError
	return errors.As(err, &remote) && remote.Op == "remote error" && strings.Contains(remote.Err.Error(), "certificate")
}
