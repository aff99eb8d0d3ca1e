package intake_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// callers knows one caller by his word.
type callers struct{}

func (callers) Identify(_ context.Context, authorization, audience string) (string, error) {
	if authorization != "Bearer good" || !strings.HasPrefix(audience, "https://pijnpoort.example/fhir") {
		return "", errors.New("not known")
	}
	return "https://ehr.example/", nil
}

func TestOnlyKnownCallersSend(t *testing.T) {
	h := newHarness(t, storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t)), callers{})
	body := bundle("", patient("1", bsn1))
	for _, path := range []string{"/fhir", "/fhir/Bundle"} {
		if a := h.send(http.MethodPost, path, body); a.status != 401 {
			t.Errorf("%s: %+v", path, a)
		}
	}
	if a := h.send(http.MethodGet, "/fhir/intake/x", ""); a.status != 401 {
		t.Errorf("receipt: %+v", a)
	}
	const trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	if a := h.post(body, "Authorization", "Bearer good", "traceparent", trace); a.status != 201 {
		t.Fatalf("%+v", a)
	}
	for row, err := range h.store.Audits(t.Context(), "") {
		if err != nil || !strings.Contains(row.Body, `"value":"https://ehr.example/"`) || !strings.Contains(row.Body, trace) {
			t.Errorf("the audit log does not name the caller: %s, %v", row.Body, err)
		}
	}
}

func TestMediaTypes(t *testing.T) {
	h := newHarness(t, storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t)), nil)
	for name, test := range map[string]struct {
		header, value string
		status        int
	}{
		"body of another type": {"Content-Type", "text/plain", 415},
		"compressed":           {"Content-Encoding", "gzip", 415},
		"answer as XML":        {"Accept", "application/fhir+xml", 406},
		"plain JSON":           {"Content-Type", "application/json", 201},
	} {
		if a := h.post(bundle("", patient("1", bsn1)), test.header, test.value); a.status != test.status {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestAChartOfAHook(t *testing.T) {
	h := newHarness(t, storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t)), nil)
	chart, err := decode.Bundle("", []byte(bundle("", patient("1", bsn1), procedure("a", "Patient/1", "2025-01-02"))), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		r, err := h.intake.TakeChart(t.Context(), chart, audit.Party{System: "s", Value: "hook"}, "")
		if err != nil || r.Accepted != 2 || r.Receipt == nil || r.Receipt.Repeated != (n == 1) {
			t.Errorf("%d: %+v, %v", n, r, err)
		}
	}
}
