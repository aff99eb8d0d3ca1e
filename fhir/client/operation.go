package client

import (
	"context"
	"net/http"
	"net/url"
)

// Operation posts a resource as JSON, such as Parameters to "ValueSet/$expand", or a
// batch to the server itself, for which the path is empty. It gives the resource that
// is the answer.
func (s *Server) Operation(ctx context.Context, relative string, resource []byte) ([]byte, error) {
	target := s.base
	if relative != "" {
		var err error
		if target, err = s.resolve(relative); err != nil {
			return nil, err
		}
	}
	return s.resource(ctx, http.MethodPost, target, resource)
}

// resource is a call whose answer is a resource, and no OperationOutcome.
func (s *Server) resource(ctx context.Context, method string, target *url.URL, content []byte) ([]byte, error) {
	document, err := s.call(ctx, method, target, content, s.client.options.Bytes)
	if err != nil {
		return nil, err
	}
	if kind, _, err := Inspect(document); err != nil || kind == "OperationOutcome" {
		return nil, ErrNotFHIR
	}
	return document, nil
}
