package operations_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/operations"
)

const (
	trace   = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	someone = `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p1","identifier":[{"system":"s","value":"v"}]}}]}`
	about   = `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p2"}}}]}`
)

// Each call of an operation that reads a patient is told once, whatever becomes of it.
func TestAccessIsTold(t *testing.T) {
	known := func(operation string, status int, patient string, identifiers ...fhir.Identifier) []operations.Access {
		return []operations.Access{{Operation: operation, Caller: "somebody", Address: "192.0.2.1", Status: status, Patient: patient, Identifiers: identifiers, Trace: trace}}
	}
	him := fhir.Identifier{System: "s", Value: "v"}
	tests := map[string]struct {
		method, url, body, token string
		want                     []operations.Access
	}{
		"$advise":                         {url: "/fhir/$advise", body: someone, want: known("$advise", 200, "p1", him)},
		"$score":                          {url: "/fhir/$score", body: someone, want: known("$score", 200, "p1", him)},
		"without Patient":                 {url: "/fhir/$score", body: about, want: known("$score", 200, "p2")},
		"refused":                         {url: "/fhir/$advise?asOf=x", body: someone, want: known("$advise", 400, "")},
		"not understood":                  {url: "/fhir/$advise", body: "{", want: known("$advise", 400, "")},
		"a client that is not known":      {url: "/fhir/$advise", body: someone, token: "x", want: []operations.Access{{Operation: "$advise", Address: "192.0.2.1", Status: 401, Trace: trace}}},
		"a form is not a patient":         {url: "/fhir/$validate", body: someone},
		"what is for everybody is not it": {method: http.MethodGet, url: "/fhir/metadata"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []operations.Access
			s := serve(t, &doorman{}, func(o *operations.Options) {
				o.Accessed = func(_ context.Context, a operations.Access) error { got = append(got, a); return nil }
			})
			method, token := test.method, "Bearer known"+test.token
			if method == "" {
				method = http.MethodPost
			}
			s.call(method, test.url, test.body, "Authorization", token, "traceparent", trace)
			for i := range got {
				if time.Since(got[i].At) > time.Minute {
					t.Errorf("at %s", got[i].At)
				}
				got[i].At = time.Time{}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatCannotBeLoggedIsNotAnswered(t *testing.T) {
	s := serve(t, nil, func(o *operations.Options) {
		o.Accessed = func(context.Context, operations.Access) error { return errors.New("disk full") }
	})
	w := s.call(http.MethodPost, "/fhir/$advise", someone)
	if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "verdict") || !strings.Contains(s.log.String(), "disk full") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
