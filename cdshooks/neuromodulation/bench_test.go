package neuromodulation_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
	"github.com/pijnpoort/pijnpoort/test/bundles"
)

// What a call costs here, from the bytes of the request to those of the card: 40
// resources, some 65 KB.
func BenchmarkCall(b *testing.B) {
	engine := gin.New()
	err := cdshooks.Register(engine, cdshooks.Options{Language: "nl", Services: neuromodulation.Services(neuromodulation.Options{
		Adviser: &advice.Adviser{AsOf: asOf}})})
	if err != nil {
		b.Fatal(err)
	}
	body := hookRequest(b)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		request := httptest.NewRequest(http.MethodPost, eligibility, strings.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		engine.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK {
			b.Fatalf("%d %s", answer.Code, answer.Body)
		}
	}
}

// hookRequest is a patient-view with 40 resources sent along, most under the keys that
// ask for their type.
func hookRequest(t testing.TB) string {
	t.Helper()
	var hook struct{ Entry []struct{ Resource object } }
	if err := json.Unmarshal(bundles.Hook(), &hook); err != nil {
		t.Fatal(err)
	}
	r := record{}
	for _, e := range hook.Entry {
		r.add(e.Resource)
	}
	prefetch := r.prefetch()
	prefetch["others"] = bundle(append(append(r["Medication"], r["Practitioner"]...), r["Organization"]...)...)
	for key, value := range prefetch { // with the type in front, as servers write it
		if o, ok := value.(object); ok && o["resourceType"] == "Bundle" {
			entries, err := json.Marshal(o["entry"])
			if err != nil {
				t.Fatal(err)
			}
			prefetch[key] = json.RawMessage(`{"resourceType":"Bundle","type":"searchset","entry":` + string(entries) + `}`)
		}
	}
	body, err := json.Marshal(r.call("patient-view", prefetch, nil))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
