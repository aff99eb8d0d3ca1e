package cdshooks_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
)

// Whatever is sent, the answer is a response that conforms, or an OperationOutcome with
// a status that blames the caller.
func FuzzCall(f *testing.F) {
	for _, body := range []string{view(allSent), request("order-sign", `{"userId":"Practitioner/1","patientId":"p1","draftOrders":`+drafts+`}`),
		request("order-dispatch", `{"patientId":"p1","order":"ServiceRequest/1","performer":"Organization/o","task":{}}`),
		view(`{"patient":null,"conditions":`+page+`}`, authorized("https://ehr.example")), view(`{"record":{"resourceType":"Bundle","entry":[{"resource":` + patientValue + `}]}}`),
		accepted, overridden, "", "{}", "[]", `{"hook":null}`} {
		f.Add(body)
	}
	engine := gin.New()
	err := cdshooks.Register(engine, cdshooks.Options{Language: "nl", Feedback: &memory{}, Services: []cdshooks.Service{{
		ID: "raad", Hooks: []cdshooks.Hook{cdshooks.PatientView, cdshooks.OrderSign, cdshooks.OrderDispatch},
		Prefetch: []cdshooks.Template{{Key: "patient", Query: "Patient/{{context.patientId}}", Essential: true}},
		Advise: func(_ context.Context, call *cdshooks.Call) (cdshooks.Response, error) {
			return cdshooks.Response{Cards: []cdshooks.Card{{Summary: "Over " + call.Context.PatientID + call.Context.UserID, Indicator: cdshooks.Info,
				Source: cdshooks.Source{Label: "Bron", Topic: &cdshooks.Coding{System: "https://x.example", Code: "t"}}}}}, nil
		},
	}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{callPath, feedbackPath} {
			call := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
			call.Header.Set("Content-Type", "application/json")
			recorder := httptest.NewRecorder()
			engine.ServeHTTP(recorder, call)
			a := answer{recorder.Code, recorder.Header(), recorder.Body.Bytes()}
			var faults []string
			switch {
			case a.status >= 400 && a.status < 500:
				faults = outcomeFaults(a)
			case a.status == http.StatusOK && path == callPath:
				faults = conformance.Response(a.body)
			case a.status != http.StatusOK:
				t.Fatalf("%s: %d %s", path, a.status, a.body)
			}
			if faults != nil {
				t.Errorf("%s: %d %q %s", path, a.status, faults, a.body)
			}
		}
	})
}
