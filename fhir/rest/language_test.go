package rest_test

import (
	"net/http"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/rest"
)

func TestLanguage(t *testing.T) {
	for header, want := range map[string]string{
		"": "nl", "nl-BE": "nl", "en": "en", "en-GB,nl;q=0.5": "en", "de": "nl", "de,en;q=0.2": "en", "*": "nl", "en;q=0": "nl",
		"@@,en": "en", "garbage,,;;": "nl",
	} {
		r := &http.Request{Header: http.Header{"Accept-Language": {header}}}
		if got := rest.Language(r, "nl"); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}
