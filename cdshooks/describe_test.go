package cdshooks_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/contract"
)

// The services are described for machines, to anybody, with an ETag.
func TestDescription(t *testing.T) {
	h := start(t, func(o *cdshooks.Options) {
		o.PublicBase = "https://pijnpoort.example/pp"
		o.Clients = authenticator(func(string, string) error { return errors.New("nobody") })
	})
	a := h.do(http.MethodGet, cdshooks.OpenAPIPath, "")
	var document struct{ Servers []struct{ URL string } }
	if err := json.Unmarshal(a.body, &document); a.status != http.StatusOK || err != nil || document.Servers[0].URL != "https://pijnpoort.example/pp" {
		t.Errorf("%d, %v, %v", a.status, err, document)
	}
	schemas, err := contract.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range schemas {
		a := h.do(http.MethodGet, cdshooks.SchemasPath+"/"+name, "")
		if a.status != http.StatusOK || string(a.body) != string(content) || a.header.Get("Content-Type") != "application/schema+json" {
			t.Errorf("%s: %d, %s", name, a.status, a.header.Get("Content-Type"))
		}
		if again := h.do(http.MethodGet, cdshooks.SchemasPath+"/"+name, "", "If-None-Match", a.header.Get("ETag")); again.status != http.StatusNotModified {
			t.Errorf("%s again: %d", name, again.status)
		}
	}
	if a := h.do(http.MethodGet, cdshooks.SchemasPath+"/nothing.json", ""); a.status != http.StatusNotFound {
		t.Errorf("a schema that is not there: %d", a.status)
	}
}

// Every path that the document describes is served, with the methods that it names.
func TestWhatIsDescribedIsServed(t *testing.T) {
	h := start(t, func(o *cdshooks.Options) { o.Feedback = &memory{} })
	content, err := contract.OpenAPI("")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]map[string]struct{ Responses map[string]any }
	}
	if err := json.Unmarshal(content, &document); err != nil || len(document.Paths) != 3 {
		t.Fatalf("%v, %d paths", err, len(document.Paths))
	}
	bodies := map[string]string{"/cds-services/{id}": view(allSent), "/cds-services/{id}/feedback": accepted}
	for path, methods := range document.Paths {
		for method, operation := range methods {
			a := h.do(strings.ToUpper(method), strings.Replace(path, "{id}", "raad", 1), bodies[path])
			if a.status != http.StatusOK || operation.Responses["200"] == nil {
				t.Errorf("%s %s: %d", method, path, a.status)
			}
		}
	}
}
