package decode_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// summary tells of each chart its source, what it holds, and the error.
func summary(input io.Reader, limits decode.Limits) string {
	var b strings.Builder
	for chart, err := range decode.Charts("in", input, limits) {
		if err != nil {
			fmt.Fprintf(&b, "%s! ", err)
			continue
		}
		fmt.Fprintf(&b, "%s[", chart.Source)
		for i, resource := range chart.Resources {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(fhir.Name(resource))
		}
		for _, fate := range chart.Rejected {
			fmt.Fprintf(&b, " -%s", fate.Resource)
		}
		for _, fate := range chart.Skipped {
			fmt.Fprintf(&b, " ~%s", fate.Resource)
		}
		b.WriteString("] ")
	}
	return strings.TrimSpace(b.String())
}

const patient2 = `{"resourceType":"Patient","id":"p2"}`

func TestCharts(t *testing.T) {
	pretty := strings.ReplaceAll(bundleOf(patient1, condition1), ",", ",\n")
	perLine := "{\"resourceType\":\"Bundle\",\"entry\":[\n{\"resource\":" + patient1 + "},\n{\"resource\":" + condition1 + "}\n]}\n"
	for name, c := range map[string]struct{ input, want string }{
		"nothing":                        {"", "in: empty!"},
		"one document":                   {bundleOf(patient1, condition1), "in[Patient/p1 Condition/c1]"},
		"one document over lines":        {pretty, "in[Patient/p1 Condition/c1]"},
		"one document, an entry a line":  {perLine, "in[Patient/p1 Condition/c1]"},
		"one line":                       {patient1 + "\n\n", "in[Patient/p1]"},
		"document cut off":               {pretty[:len(pretty)-3], "in: Bundle.entry[1]: malformed JSON at byte " + fmt.Sprint(len(pretty)-3) + ": the document ends too soon!"},
		"bundles":                        {bundleOf(patient1) + "\n" + bundleOf(patient2) + "\n", "in:1[Patient/p1] in:2[Patient/p2]"},
		"blank lines and CRLF":           {"\r\n" + bundleOf(patient1) + "\r\n\r\n" + bundleOf(patient2), "in:2[Patient/p1] in:4[Patient/p2]"},
		"resources, grouped":             {patient1 + "\n" + patient2 + "\n" + condition1, "in:1[Patient/p1 Condition/c1] in:2[Patient/p2]"},
		"bundle after a resource":        {patient1 + "\n" + bundleOf(patient2) + "\n" + condition1, "in:1[Patient/p1 Condition/c1] in:2[Patient/p2]"},
		"subject before its patient":     {condition1 + "\n" + patient1, "in:1[Condition/c1 Patient/p1]"},
		"damaged line":                   {bundleOf(patient1) + "\n{\"resourceType\n" + bundleOf(patient2), "in:1[Patient/p1] in:2: malformed JSON at byte 14: the document ends too soon! in:3[Patient/p2]"},
		"damaged first line":             {"{\"resourceType\n" + bundleOf(patient2), "in:1: malformed JSON at byte 14: the document ends too soon! in:2[Patient/p2]"},
		"line that is no object":         {bundleOf(patient1) + "\n17\n" + patient2, "in:1[Patient/p1] in:2: not a FHIR resource: does not start with {! in:3[Patient/p2]"},
		"several patients in a bundle":   {bundleOf(patient1, patient2) + "\n" + patient2, "in:1: holds 2 patients; one chart is about one patient! in:2[Patient/p2]"},
		"faulty line of a patient":       {patient1 + "\n" + `{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p1"},"code":1}`, "in:1[Patient/p1 -Condition/c]"},
		"faulty line of nobody":          {patient1 + "\n" + `{"resourceType":"Condition","code":1}`, "in:1[Patient/p1] in:2: Condition.code: should be an object, is a number!"},
		"line that names no patient":     {patient1 + "\n" + `{"resourceType":"Procedure"}`, "in:1[Patient/p1] in:2: Procedure: does not say which patient it is about!"},
		"type not read, of a patient":    {patient1 + "\n" + `{"resourceType":"Immunization","id":"i","patient":{"reference":"Patient/p1"}}`, "in:1[Patient/p1 ~Immunization/i]"},
		"type not read, of nobody":       {patient1 + "\n" + `{"resourceType":"HealthcareService","id":"h"}`, "in:1[Patient/p1]"},
		"OperationOutcome":               {patient1 + "\n" + `{"resourceType":"OperationOutcome"}`, "in:1[Patient/p1] in:2: OperationOutcome: the sender enclosed an OperationOutcome: resources may be lacking!"},
		"patient by identifier":          {`{"resourceType":"Patient","id":"p1","identifier":[{"system":"s","value":"1"}]}` + "\n" + `{"resourceType":"Procedure","id":"x","subject":{"identifier":{"system":"s","value":"1"}}}` + "\n" + patient2, "in:1[Patient/p1 Procedure/x] in:3[Patient/p2]"},
		"patients known by identifier":   {`{"resourceType":"Procedure","id":"x","subject":{"identifier":{"value":"1"}}}` + "\n" + `{"resourceType":"Procedure","id":"y","subject":{"identifier":{"value":"2"}}}`, "in:1[Procedure/x] in:2[Procedure/y]"},
		"form of a centre":               {`{"resourceType":"QuestionnaireResponse","id":"q","subject":{"reference":"Organization/o"}}` + "\n" + patient1, "in:1[QuestionnaireResponse/q] in:2[Patient/p1]"},
		"relative and absolute subjects": {`{"resourceType":"Procedure","id":"x","subject":{"reference":"https://a.example/fhir/Patient/p1"}}` + "\n" + patient1, "in:1[Procedure/x Patient/p1]"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := summary(strings.NewReader(c.input), decode.Limits{}); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if got := summary(iotest.OneByteReader(strings.NewReader(c.input)), decode.Limits{}); got != c.want {
				t.Errorf("byte by byte: got  %s\nwant %s", got, c.want)
			}
			if got := summary(zipped(c.input), decode.Limits{}); got != c.want {
				t.Errorf("gzipped in two parts: got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// zipped is the input as two gzip streams, one after the other.
func zipped(input string) io.Reader {
	var b bytes.Buffer
	for _, part := range []string{input[:len(input)/2], input[len(input)/2:]} {
		w := gzip.NewWriter(&b)
		io.WriteString(w, part)
		w.Close()
	}
	return &b
}

func TestSharedResourcesGoToWhoRefersToThem(t *testing.T) {
	lines := []string{
		`{"resourceType":"Medication","id":"m1","ingredient":[{"itemReference":{"reference":"Medication/m2"}}]}`,
		`{"resourceType":"Medication","id":"m2"}`,
		`{"resourceType":"Medication","id":"m3"}`,
		`{"resourceType":"Questionnaire","id":"q","url":"http://example.org/q","version":"2"}`,
		`{"resourceType":"Device","id":"d"}`,
		patient1, patient2,
		`{"resourceType":"MedicationRequest","id":"a","subject":{"reference":"Patient/p1"},"medicationReference":{"reference":"Medication/m1"}}`,
		`{"resourceType":"MedicationRequest","id":"b","subject":{"reference":"Patient/p2"},"medicationReference":{"reference":"http://x.example/fhir/Medication/m2"}}`,
		`{"resourceType":"QuestionnaireResponse","id":"r","subject":{"reference":"Patient/p1"},"questionnaire":"http://example.org/q|2"}`,
		`{"resourceType":"DeviceUseStatement","id":"u","subject":{"reference":"Patient/p2"},"device":{"reference":"Device/d"}}`,
	}
	got := summary(strings.NewReader(strings.Join(lines, "\n")), decode.Limits{})
	want := "in:6[Patient/p1 MedicationRequest/a QuestionnaireResponse/r Medication/m1 Questionnaire/q Medication/m2] " +
		"in:7[Patient/p2 MedicationRequest/b DeviceUseStatement/u Medication/m2 Device/d]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLinesKeepTheirPlace(t *testing.T) {
	for chart := range decode.Charts("in", strings.NewReader(patient1+"\n\n"+condition1), decode.Limits{}) {
		if origin := chart.Resources[1].Head().Origin; origin != (fhir.Origin{Entry: 1, Line: 3, Path: "Condition"}) {
			t.Errorf("got %+v", origin)
		}
	}
}

func TestOffsetsAreThoseOfTheDocument(t *testing.T) {
	document := "\r\n{\r\n\r\n\"resourceType\":\"Patient\",\r\n\"id\":}\r\n"
	want := fmt.Sprintf("in: Patient.id: malformed JSON at byte %d: a value should stand here!", strings.IndexByte(document, '}'))
	if got := summary(strings.NewReader(document), decode.Limits{}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLongLineIsRefusedAlone(t *testing.T) {
	long := condition(`"onsetString":"` + strings.Repeat("x", 200_000) + `"`)
	input := bundleOf(patient1) + "\n" + long + "\n" + bundleOf(patient2)
	got := summary(strings.NewReader(input), decode.Limits{Bytes: 1000})
	if want := "in:1[Patient/p1] in:2: longer than 1000 bytes! in:3[Patient/p2]"; got != want {
		t.Errorf("got %s", got)
	}
	if got := summary(strings.NewReader(input), decode.Limits{}); got != "in:1[Patient/p1] in:2[Condition/c1] in:3[Patient/p2]" {
		t.Errorf("within the limit: %s", got)
	}
}

func TestLongDocumentIsRefused(t *testing.T) {
	var members []string
	for i := range 200 {
		members = append(members, fmt.Sprintf("\"name%d\":1,\n", i))
	}
	input := "{\n" + strings.Join(members, "") + patient1[1:]
	if got := summary(strings.NewReader(input), decode.Limits{Bytes: 1000}); got != "in: longer than the limit for one document!" {
		t.Errorf("got %s", got)
	}
	bomb := zipped(`{"resourceType":"Patient","x":"` + strings.Repeat("x", 1<<20) + `"}`)
	if got := summary(bomb, decode.Limits{Bytes: 1000}); got != "in:1: longer than 1000 bytes!" {
		t.Errorf("gzip bomb: got %s", got)
	}
}

func TestEntriesLimitOfAPatient(t *testing.T) {
	got := summary(strings.NewReader(patient1+"\n"+condition1+"\n"+patient2), decode.Limits{Entries: 1})
	if want := "in:1: more than 1 entries about one patient! in:3[Patient/p2]"; got != want {
		t.Errorf("got %s", got)
	}
}

func TestReaderThatFails(t *testing.T) {
	cause := errors.New("disk")
	input := io.MultiReader(strings.NewReader(bundleOf(patient1)+"\n"+bundleOf(patient2)+"\n"), iotest.ErrReader(cause))
	if got := summary(input, decode.Limits{}); got != "in:1[Patient/p1] in:2[Patient/p2] in: reading failed!" {
		t.Errorf("got %s", got)
	}
	for _, err := range decode.Charts("in", iotest.ErrReader(cause), decode.Limits{}) {
		if !errors.Is(err, cause) {
			t.Errorf("got %v", err)
		}
	}
	cut, _ := io.ReadAll(zipped(bundleOf(patient1)))
	if got := summary(bytes.NewReader(cut[:len(cut)-5]), decode.Limits{}); got != "in: the gzip stream is damaged!" {
		t.Errorf("gzip cut off: got %s", got)
	}
	if got := summary(bytes.NewReader(cut[:4]), decode.Limits{}); got != "in: not a readable gzip stream!" {
		t.Errorf("gzip header cut off: got %s", got)
	}
}

func TestCallerMayStop(t *testing.T) {
	n := 0
	for range decode.Charts("in", strings.NewReader(strings.Repeat(bundleOf(patient1)+"\n", 5)+patient2+"\n"), decode.Limits{}) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("got %d charts", n)
	}
}
