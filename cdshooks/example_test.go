package cdshooks_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// A service of one's own takes a function that gives cards; the rest is taken care of.
func ExampleRegister() {
	engine := gin.New()
	err := cdshooks.Register(engine, cdshooks.Options{Language: "en", Services: []cdshooks.Service{{
		ID: "greeting", Hooks: []cdshooks.Hook{cdshooks.PatientView}, Title: "Greeting", Description: "Greets",
		Prefetch: []cdshooks.Template{{Key: "patient", Query: "Patient/{{context.patientId}}", Essential: true}},
		Advise: func(_ context.Context, call *cdshooks.Call) (cdshooks.Response, error) {
			return cdshooks.Response{Cards: []cdshooks.Card{{
				UUID: "4e0a3a1e-3283-4575-ab82-028d55fe2719", Summary: "Hello, " + call.Context.PatientID,
				Indicator: cdshooks.Info, Source: cdshooks.Source{Label: "An example"},
			}}}, nil
		},
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, prefetch := range []string{`{"patient":{"resourceType":"Patient","id":"p1"}}`, `{}`} {
		body := `{"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",` +
			`"context":{"userId":"Practitioner/1","patientId":"p1"},"prefetch":` + prefetch + `}`
		request := httptest.NewRequest(http.MethodPost, "/cds-services/greeting", strings.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		engine.ServeHTTP(answer, request)
		fmt.Println(answer.Code, answer.Body)
	}
	// Output:
	// 200 {"cards":[{"uuid":"4e0a3a1e-3283-4575-ab82-028d55fe2719","summary":"Hello, p1","indicator":"info","source":{"label":"An example"}}]}
	// 412 {"issue":[{"code":"required","diagnostics":"prefetch.patient was not sent and cannot be fetched: the call names no fhirServer","expression":["prefetch.patient"],"severity":"error"}],"resourceType":"OperationOutcome"}
}
