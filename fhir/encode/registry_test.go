package encode_test

import (
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

func at(t *testing.T, text string) fhir.DateTime {
	t.Helper()
	date, err := fhir.ParseDateTime(text)
	if err != nil {
		t.Fatal(err)
	}
	return date
}

// What R4 cannot say is not said: the error names the element.
func TestRegistryResourcesThatR4DoesNotHave(t *testing.T) {
	for want, resource := range map[string]encode.Resource{
		"gender":      &encode.Patient{Gender: "F"},
		"not a date":  &encode.Patient{BirthDate: "12-04-1968"},
		"status":      &encode.Procedure{Status: "finished"},
		"type":        &encode.Bundle{Type: "sack"},
		"method":      &encode.Bundle{Type: "batch", Entries: []encode.Entry{{Request: &encode.Request{Method: "TAKE"}}}},
		"timestamp":   &encode.Bundle{Type: "batch", Timestamp: at(t, "2025-01-01")},
		"time of day": &encode.Provenance{Recorded: at(t, "2025")},
		"not a time":  &encode.QuestionnaireResponse{Status: "completed", Items: []encode.ResponseItem{{LinkID: "a", Answers: []encode.Answer{encode.Time("25:00:00")}}}},
	} {
		if document, err := encode.JSON(resource); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v", want, document, err)
		}
	}
}

// Instants, times and requests are written as they are.
func TestRegistryBundle(t *testing.T) {
	document, err := encode.JSON(&encode.Bundle{
		Type: "transaction", Timestamp: at(t, "2025-06-12T16:30:00.5+02:00"),
		Head: encode.Head{Profile: "https://pijnpoort.example/p|1", Identifiers: []encode.Identifier{{System: "urn:s", Value: "v"}, {System: "urn:s", Value: "w"}},
			Tags: []encode.Coding{{System: "urn:t", Code: "c"}}},
		Entries: []encode.Entry{
			{FullURL: "urn:uuid:1", Resource: &encode.Organization{Name: "a"}, Request: &encode.Request{Method: "POST", URL: "Organization", IfNoneExist: "identifier=a%7Cb"}},
			{Request: &encode.Request{Method: "DELETE", URL: "AdverseEvent?identifier=a%7Cb"}},
			{Resource: &encode.QuestionnaireResponse{Status: "completed", Items: []encode.ResponseItem{{LinkID: "a", Answers: []encode.Answer{encode.Time("23:59:59")}}}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"identifier":{"system":"urn:s","value":"v"}`, `"timestamp":"2025-06-12T16:30:00.500+02:00"`, `"tag":[{"code":"c","system":"urn:t"}]`,
		`"request":{"ifNoneExist":"identifier=a%7Cb","method":"POST","url":"Organization"}`, `{"request":{"method":"DELETE","url":"AdverseEvent?identifier=a%7Cb"}}`,
		`"valueTime":"23:59:59"`,
	} {
		if !strings.Contains(string(document), want) {
			t.Errorf("no %s in %s", want, document)
		}
	}
}
