package encode_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"
	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

func least(n int32) *int32 { return &n }

func form() *encode.Questionnaire {
	return &encode.Questionnaire{
		ID: "f", URL: "https://example.org/Questionnaire/f", Version: "1", Name: "F", Language: "nl", Subject: "Patient",
		Title: encode.Text{"nl": "Formulier", "en": "Form"},
		Items: []encode.Item{
			{LinkID: "a", Type: "choice", Text: encode.Text{"nl": "Soort?", "en": "Kind?"},
				Options: []encode.Option{{System: "https://example.org/s", Code: "x", Display: encode.Text{"nl": "iks", "en": "ex"}, Ordinal: "2"}}},
			{LinkID: "g", Type: "group", Text: encode.Text{"nl": "Groep"}, Any: true,
				EnableWhen: []encode.Condition{
					{Question: "a", Operator: encode.Equal, Answer: encode.Coding{System: "https://example.org/s", Code: "x"}},
					{Question: "a", Operator: encode.Exists, Answer: encode.Boolean(false)}},
				Items: []encode.Item{
					{LinkID: "n", Type: "integer", Text: encode.Text{"nl": "Hoeveel?"}, Unit: "d", Least: least(0)},
					{LinkID: "d", Type: "decimal", Text: encode.Text{"nl": "Hoe erg?"}, Least: least(0), Most: least(10), ReadOnly: true}}},
		},
	}
}

func TestQuestionnaire(t *testing.T) {
	got, err := encode.JSON(form())
	if err != nil {
		t.Fatal(err)
	}
	english := func(s string) string {
		return `{"extension":[{"extension":[{"url":"lang","valueCode":"en"},{"url":"content","valueString":"` + s + `"}],"url":"http://hl7.org/fhir/StructureDefinition/translation"}]}`
	}
	want := `{"_title":` + english("Form") + `,"id":"f","item":[` +
		`{"_text":` + english("Kind?") + `,"answerOption":[{"valueCoding":{"_display":` + english("ex") +
		`,"code":"x","display":"iks","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":2}],"system":"https://example.org/s"}}],"linkId":"a","text":"Soort?","type":"choice"},` +
		`{"enableBehavior":"any","enableWhen":[{"answerCoding":{"code":"x","system":"https://example.org/s"},"operator":"=","question":"a"},{"answerBoolean":false,"operator":"exists","question":"a"}],` +
		`"item":[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":0},{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit","valueCoding":{"code":"d","display":"d","system":"http://unitsofmeasure.org"}}],"linkId":"n","text":"Hoeveel?","type":"integer"},` +
		`{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueDecimal":0},{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueDecimal":10}],"linkId":"d","readOnly":true,"text":"Hoe erg?","type":"decimal"}],` +
		`"linkId":"g","text":"Groep","type":"group"}],` +
		`"language":"nl","name":"F","resourceType":"Questionnaire","status":"active","subjectType":["Patient"],"title":"Formulier","url":"https://example.org/Questionnaire/f","version":"1"}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	valid(t, got)
}

func TestQuestionnaireResponse(t *testing.T) {
	r := &encode.QuestionnaireResponse{
		Questionnaire: "https://example.org/Questionnaire/f", Status: "in-progress", Subject: "Patient/p",
		Items: []encode.ResponseItem{
			{LinkID: "a", Answers: []encode.Answer{encode.Coding{System: "https://example.org/s", Code: "x"}}, Sources: []string{"Condition/c"}},
			{LinkID: "g", Items: []encode.ResponseItem{
				{LinkID: "n", Answers: []encode.Answer{encode.Integer(3), encode.Integer(4)}},
				{LinkID: "d", Answers: []encode.Answer{encode.Decimal("7.10")}},
				{LinkID: "b", Answers: []encode.Answer{encode.Boolean(false)}},
				{LinkID: "s", Answers: []encode.Answer{encode.String("vrij")}},
			}},
		},
	}
	got, err := encode.JSON(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"item":[{"answer":[{"valueCoding":{"code":"x","system":"https://example.org/s"}}],` +
		`"extension":[{"url":"https://pijnpoort.example/fhir/StructureDefinition/answer-source","valueReference":{"reference":"Condition/c"}}],"linkId":"a"},` +
		`{"item":[{"answer":[{"valueInteger":3},{"valueInteger":4}],"linkId":"n"},{"answer":[{"valueDecimal":7.10}],"linkId":"d"},` +
		`{"answer":[{"valueBoolean":false}],"linkId":"b"},{"answer":[{"valueString":"vrij"}],"linkId":"s"}],"linkId":"g"}],` +
		`"questionnaire":"https://example.org/Questionnaire/f","resourceType":"QuestionnaireResponse","status":"in-progress","subject":{"reference":"Patient/p"}}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	valid(t, got)
}

func TestDateKeepsItsPrecision(t *testing.T) {
	for _, date := range []string{"2024", "2024-02", "2024-02-29", "1931-06-30"} {
		got, err := encode.JSON(&encode.QuestionnaireResponse{Questionnaire: "https://example.org/f", Status: "completed",
			Items: []encode.ResponseItem{{LinkID: "d", Answers: []encode.Answer{encode.Date(date)}}}})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(got), `"valueDate":"`+date+`"`) {
			t.Errorf("%s became %s", date, got)
		}
	}
}

func TestOperationOutcome(t *testing.T) {
	got, err := encode.JSON(encode.OperationOutcome{
		{Severity: fhir.SeverityError, Code: "too-long", Resource: "Condition/c", Path: "Condition.code", Reason: "longer than allowed"},
		{Severity: fhir.SeverityWarning, Code: "not-found", Reason: "no such service"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"issue":[{"code":"too-long","diagnostics":"Condition/c: longer than allowed","expression":["Condition.code"],"severity":"error"},` +
		`{"code":"not-found","diagnostics":"no such service","severity":"warning"}],"resourceType":"OperationOutcome"}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	valid(t, got)
}

// What R4 has no word for is refused, and the error names the element but no value of a patient.
func TestRefused(t *testing.T) {
	answer := func(a encode.Answer) encode.Resource {
		return &encode.QuestionnaireResponse{Questionnaire: "https://example.org/f", Status: "completed",
			Items: []encode.ResponseItem{{LinkID: "d", Answers: []encode.Answer{a}}}}
	}
	item := func(it encode.Item) encode.Resource {
		f := form()
		f.Items = []encode.Item{it}
		return f
	}
	for name, c := range map[string]struct {
		resource encode.Resource
		want     string
	}{
		"date that is none":      {answer(encode.Date("2024-02-31")), "encode: item d: not a date as YYYY, YYYY-MM or YYYY-MM-DD"},
		"date with time":         {answer(encode.Date("2024-02-03T10:00:00Z")), "encode: item d: not a date as YYYY, YYYY-MM or YYYY-MM-DD"},
		"type":                   {item(encode.Item{LinkID: "a", Type: "slider"}), `encode: item a: type: "slider" is not one of its codes`},
		"operator":               {item(encode.Item{LinkID: "a", Type: "group", EnableWhen: []encode.Condition{{Question: "b", Operator: "like"}}}), `encode: item a: operator: "like" is not one of its codes`},
		"comparison with a date": {item(encode.Item{LinkID: "a", Type: "group", EnableWhen: []encode.Condition{{Question: "b", Operator: encode.Equal, Answer: encode.Date("2024")}}}), "encode: item a: enableWhen: encode.Date cannot be compared with"},
		"subject":                {&encode.Questionnaire{Subject: "Device"}, `encode: subjectType: no form of ours is about "Device"`},
		"status":                 {&encode.QuestionnaireResponse{Status: "done"}, `encode: status: "done" is not one of its codes`},
		"severity":               {encode.OperationOutcome{{Severity: "bad", Code: "value"}}, `encode: severity: "bad" is not one of its codes`},
		"issue code":             {encode.OperationOutcome{{Severity: "error", Code: "bad"}}, `encode: code: "bad" is not one of its codes`},
		"no issue":               {encode.OperationOutcome{}, "encode: an OperationOutcome without issue"},
	} {
		t.Run(name, func(t *testing.T) {
			if document, err := encode.JSON(c.resource); err == nil || err.Error() != c.want {
				t.Errorf("got %s, %v; want error %q", document, err, c.want)
			}
		})
	}
}

func TestSameBytesEveryTime(t *testing.T) {
	first, err := encode.Pretty(form())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if again, _ := encode.Pretty(form()); !bytes.Equal(first, again) {
			t.Fatal("the same form gave other bytes")
		}
	}
	if !bytes.HasSuffix(first, []byte("}\n")) {
		t.Error("a file ends with a newline")
	}
}

// valid reads a document back with the strict parser.
func valid(t *testing.T, document []byte) {
	t.Helper()
	u, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.UnmarshalR4(document); err != nil {
		t.Errorf("not valid R4: %v", err)
	}
}
