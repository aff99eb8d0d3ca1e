package client_test

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/client"
)

func TestOperationsArePosted(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/fhir+json" || r.Header.Get("Authorization") != "Bearer token" {
			http.Error(w, "{}", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/fhir+json")
		_, _ = io.WriteString(w, `{"resourceType":"Parameters","parameter":[{"name":"`+r.URL.Path+`","resource":`+string(body)+`}]}`)
	}
	for relative, path := range map[string]string{"ValueSet/$expand": "/fhir/ValueSet/$expand", "": "/fhir"} {
		got, err := serve(t, client.Options{}, echo).Operation(t.Context(), relative, []byte(`{"resourceType":"Parameters"}`))
		if want := `{"resourceType":"Parameters","parameter":[{"name":"` + path + `","resource":{"resourceType":"Parameters"}}]}`; err != nil || string(got) != want {
			t.Errorf("%q: %s, %v", relative, got, err)
		}
	}
}

func TestAnOperationThatFailsIsAnError(t *testing.T) {
	outcome := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/fhir+json")
		_, _ = io.WriteString(w, `{"resourceType":"OperationOutcome"}`)
	}
	if _, err := serve(t, client.Options{}, outcome).Operation(t.Context(), "ValueSet/$expand", nil); !errors.Is(err, client.ErrNotFHIR) {
		t.Errorf("an outcome: %v", err)
	}
	if _, err := serve(t, client.Options{}, outcome).Operation(t.Context(), "../admin", nil); err == nil {
		t.Error("a path beside the server was posted to")
	}
}
