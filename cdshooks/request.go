package cdshooks

import (
	"bytes"
	"io"
	"runtime"
	"slices"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
)

// request is the body of a call, as far as it is the same for all hooks. Members
// that are not listed are the client's own affair.
type request struct {
	Hook              Hook                      `json:"hook"`
	HookInstance      string                    `json:"hookInstance"`
	FHIRServer        string                    `json:"fhirServer"`
	FHIRAuthorization *authorization            `json:"fhirAuthorization"`
	Context           jsontext.Value            `json:"context"`
	Prefetch          map[string]jsontext.Value `json:"prefetch"`
	Extension         jsontext.Value            `json:"extension"`

	context Context
}

// authorization is the leave to call the FHIR server of the client. It lives as
// long as the call.
type authorization struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   *int64 `json:"expires_in"`
	Scope       string `json:"scope"`
	Subject     string `json:"subject"`
}

// bodies are buffers for bodies; nothing refers to one once it has been read.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// byteOrderMark stands before what some clients send; it may be ignored (RFC 8259, 8.1).
var byteOrderMark = []byte("\ufeff")

// mostKept is the size of buffers that are used again; a call that is larger is rare.
const mostKept = 1 << 20

// unmarshal reads a body as JSON. The error is a *Refusal.
func unmarshal(body io.Reader, to any) error {
	buffer := bodies.Get().(*bytes.Buffer)
	buffer.Reset()
	defer func() {
		if buffer.Cap() <= mostKept {
			bodies.Put(buffer)
		}
	}()
	if _, err := buffer.ReadFrom(body); err != nil {
		return malformed(err)
	}
	// A body read whole starts a goroutine that watches the connection, and the answer waits
	// for it. Let it and what else is short go first: under load that took a fifth to a third
	// off the slowest answers (docs/decisions/0016-load.md).
	runtime.Gosched()
	if err := json.Unmarshal(bytes.TrimPrefix(buffer.Bytes(), byteOrderMark), to); err != nil {
		return malformed(err)
	}
	return nil
}

// readRequest reads a call of a service. The error is a *Refusal.
func readRequest(body io.Reader, service *Service) (*request, error) {
	var r request
	if err := unmarshal(body, &r); err != nil {
		return nil, err
	}
	switch {
	case r.Hook == "":
		return nil, badRequest("required", "hook", "is missing")
	case !slices.Contains(service.Hooks, r.Hook):
		return nil, badRequest("not-supported", "hook", "is not one of this service's")
	case r.HookInstance == "":
		return nil, badRequest("required", "hookInstance", "is missing")
	case uuid.Validate(r.HookInstance) != nil:
		return nil, badRequest("value", "hookInstance", "must be a UUID")
	case r.Context == nil:
		return nil, badRequest("required", "context", "is missing")
	case r.Extension != nil && r.Extension.Kind() != '{':
		return nil, badRequest("structure", "extension", "must be an object")
	}
	if err := r.checkAuthorization(); err != nil {
		return nil, err
	}
	var err error
	r.context, err = readContext(r.Hook, r.Context)
	return &r, err
}

// checkAuthorization checks fhirAuthorization
// (https://cds-hooks.hl7.org/2.0/#passing-the-access-token-to-the-cds-service).
func (r *request) checkAuthorization() error {
	a := r.FHIRAuthorization
	switch {
	case a == nil:
		return nil
	case r.FHIRServer == "":
		return badRequest("required", "fhirServer", "is missing beside fhirAuthorization")
	case a.AccessToken == "":
		return badRequest("required", "fhirAuthorization.access_token", "is missing")
	case a.TokenType != "Bearer":
		return badRequest("value", "fhirAuthorization.token_type", "must be Bearer")
	case a.ExpiresIn == nil || *a.ExpiresIn < 0:
		return badRequest("required", "fhirAuthorization.expires_in", "must be a number of seconds")
	case a.Scope == "":
		return badRequest("required", "fhirAuthorization.scope", "is missing")
	case a.Subject == "":
		return badRequest("required", "fhirAuthorization.subject", "is missing")
	}
	return nil
}

// token is the access token to call the FHIR server with; empty is none.
func (r *request) token() string {
	if r.FHIRAuthorization == nil {
		return ""
	}
	return r.FHIRAuthorization.AccessToken
}
