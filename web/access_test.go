package web

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"golang.org/x/crypto/bcrypt"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// Every patient who is judged is told before the page is shown; when that fails it is not.
func TestAccessIsTold(t *testing.T) {
	hash, err := bcrypt.GenerateFromPassword([]byte("geheim"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	gin.SetMode(gin.TestMode)
	var got []Access
	var fail error
	engine, log := gin.New(), &bytes.Buffer{}
	err = Register(engine, Options{
		Adviser: &advice.Adviser{}, Limits: decode.Limits{Bytes: 1 << 20}, Language: "nl", Users: Users{"jansen": hash}, Log: slog.New(slog.NewTextHandler(log, nil)),
		Accessed: func(_ context.Context, a Access) error { got = append(got, a); return fail },
	})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodGet, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth("jansen", "geheim")
	three := strings.Join([]string{`{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a","identifier":[{"system":"s","value":"v"}]}}]}`,
		`{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"b"}}]}`, `{"resourceType":`}, "\n")
	if w := post(t, engine, map[string]string{"pasted": three}, request.Header.Clone()); w.Code != http.StatusOK || len(got) != 3 {
		t.Fatalf("%d, %+v", w.Code, got)
	}
	for i, want := range []struct {
		patient     string
		identifiers int
		failed      bool
	}{{"a", 1, false}, {"b", 0, false}, {"", 0, true}} {
		if a := got[i]; a.User != "jansen" || a.Address != "192.0.2.1" || a.Patient != want.patient || len(a.Identifiers) != want.identifiers || a.Failed != want.failed {
			t.Errorf("%d: %+v", i, a)
		}
	}
	fail = errors.New("disk full")
	w := post(t, engine, map[string]string{"pasted": three}, request.Header.Clone())
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "Dit kan nu niet worden getoond") || !strings.Contains(log.String(), "disk full") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}
