package decode_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// read decodes a document that must not be refused.
func read(t *testing.T, document string) *fhir.Chart {
	t.Helper()
	chart, err := decode.Bundle("test", []byte(document), decode.Limits{})
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	return chart
}

// bundleOf wraps resources in a Bundle, each in an entry.
func bundleOf(resources ...string) string {
	var entries []string
	for _, r := range resources {
		entries = append(entries, `{"resource":`+r+`}`)
	}
	return `{"resourceType":"Bundle","type":"collection","entry":[` + strings.Join(entries, ",") + `]}`
}

const (
	patient1   = `{"resourceType":"Patient","id":"p1","birthDate":"1970-03-10"}`
	condition1 = `{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"}}`
)

// condition is a Condition with more elements.
func condition(elements string) string {
	return `{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},` + elements + `}`
}

func TestMalformedDocumentIsRefused(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 70) + `1` + strings.Repeat(`}`, 70)
	for name, c := range map[string]struct{ document, code, reason string }{
		"empty":                    {"", "structure", "empty"},
		"only white space":         {" \n", "structure", "empty"},
		"two byte order marks":     {"\xef\xbb\xbf\xef\xbb\xbf" + patient1, "structure", "does not start with {"},
		"array":                    {"[" + patient1 + "]", "structure", "does not start with {"},
		"cut off":                  {patient1[:40], "structure", "ends too soon"},
		"trailing text":            {patient1 + "x", "structure", "text after the end"},
		"two documents":            {patient1 + patient1, "structure", "text after the end"},
		"trailing comma in object": {`{"resourceType":"Patient","id":"a",}`, "structure", "nothing follows the comma"},
		"trailing comma in array":  {`{"resourceType":"Patient","x":[1,]}`, "structure", "nothing follows the comma"},
		"missing comma":            {`{"resourceType":"Patient" "id":"a"}`, "structure", "a comma"},
		"missing colon":            {`{"resourceType":"Patient","id" "a"}`, "structure", "a colon"},
		"unquoted name":            {`{"resourceType":"Patient",id:"a"}`, "structure", "name of a member"},
		"single quotes":            {`{"resourceType":"Patient",'id':'a'}`, "structure", "name of a member"},
		"comment":                  {`{"resourceType":"Patient"/* */}`, "structure", "a comma"},
		"leading zero":             {`{"resourceType":"Patient","x":01}`, "structure", "a comma"},
		"plus sign":                {`{"resourceType":"Patient","x":+1}`, "structure", "a value should stand here"},
		"bare point":               {`{"resourceType":"Patient","x":1.}`, "structure", "a digit"},
		"bare exponent":            {`{"resourceType":"Patient","x":1e}`, "structure", "a digit"},
		"NaN":                      {`{"resourceType":"Patient","x":NaN}`, "structure", "a value should stand here"},
		"misspelt literal":         {`{"resourceType":"Patient","active":tru}`, "structure", "a value should stand here"},
		"control character":        {"{\"resourceType\":\"Patient\",\"x\":\"a\tb\"}", "structure", "control character in a string"},
		"control outside string":   {"{\"resourceType\":\"Patient\",\v\"x\":1}", "structure", "control character outside"},
		"invalid UTF-8":            {"{\"resourceType\":\"Patient\",\"x\":\"a\xffb\"}", "structure", "UTF-8"},
		"overlong UTF-8":           {"{\"resourceType\":\"Patient\",\"x\":\"\xc0\xaf\"}", "structure", "UTF-8"},
		"invalid UTF-8 in name":    {"{\"resourceType\":\"Patient\",\"\xff\":1}", "structure", "UTF-8"},
		"unknown escape":           {`{"resourceType":"Patient","x":"\x41"}`, "structure", "escape"},
		"lone high surrogate":      {`{"resourceType":"Patient","x":"\ud83d"}`, "structure", "surrogate"},
		"lone low surrogate":       {`{"resourceType":"Patient","x":"\ude00"}`, "structure", "surrogate"},
		"high surrogate twice":     {`{"resourceType":"Patient","x":"\ud83d\ud83d"}`, "structure", "surrogate"},
		"too deep":                 {`{"resourceType":"Patient","x":` + deep + `}`, "too-costly", "deeper than 64"},
		"no resourceType":          {`{"id":"a"}`, "required", "resourceType is missing"},
		"resourceType no string":   {`{"resourceType":1}`, "required", "resourceType is missing"},
		"unknown resourceType":     {`{"resourceType":"Pijn"}`, "not-supported", "no such resourceType"},
		"syntax error in an entry": {bundleOf(patient1, `{"resourceType":"Condition","code":}`), "structure", "a value should stand here"},
		"bundle with implicitRules": {
			`{"resourceType":"Bundle","implicitRules":"http://example.org"}`, "not-supported", "implicitRules"},
		"bundle with two entry lists": {
			`{"resourceType":"Bundle","entry":[],"entry":[]}`, "duplicate", "twice"},
	} {
		t.Run(name, func(t *testing.T) {
			chart, err := decode.Bundle("test", []byte(c.document), decode.Limits{})
			var refusal *decode.Error
			if !errors.As(err, &refusal) {
				t.Fatalf("got chart %v and error %v, want a refusal", chart, err)
			}
			if refusal.Code != c.code || !strings.Contains(refusal.Reason, c.reason) || refusal.Source != "test" {
				t.Errorf("got %+v, want code %q and a reason with %q", refusal, c.code, c.reason)
			}
		})
	}
}

func TestRefusalNamesEntryPathAndOffset(t *testing.T) {
	document := bundleOf(patient1, `{"resourceType":"Condition","code":{"coding":[{"system":]}}`)
	_, err := decode.Bundle("b.json", []byte(document), decode.Limits{})
	want := fmt.Sprintf("b.json: Bundle.entry[1].resource.code.coding[0].system: malformed JSON at byte %d: a value should stand here",
		strings.Index(document, ":]")+1)
	var refusal *decode.Error
	if !errors.As(err, &refusal) || refusal.Entry != 1 || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestFaultCostsOnlyItsEntry(t *testing.T) {
	const at = "Bundle.entry[1].resource"
	for name, c := range map[string]struct{ resource, path, reason string }{
		"string for object": {condition(`"code":"x"`), at + ".code", "should be an object, is a string"},
		"object for array":  {condition(`"category":{}`), at + ".category", "should be an array, is an object"},
		"array for object":  {condition(`"code":[]`), at + ".code", "should be an object, is an array"},
		"number for string": {condition(`"onsetString":5`), at + ".onsetString", "should be a string, is a number"},
		"number for date":   {condition(`"onsetDateTime":2020`), at + ".onsetDateTime", "should be a string, is a number"},
		"string in list of objects": {condition(`"category":[{},"x"]`), at + ".category[1]",
			"should be an object, is a string"},
		"string for number":        {`{"resourceType":"Observation","valueQuantity":{"value":"7"}}`, at + ".valueQuantity.value", "should be a number, is a string"},
		"string for boolean":       {`{"resourceType":"Observation","valueBoolean":"true"}`, at + ".valueBoolean", "should be true or false"},
		"fraction for integer":     {`{"resourceType":"Observation","valueInteger":5.0}`, at + ".valueInteger", "not a FHIR integer"},
		"integer over 32 bits":     {`{"resourceType":"Observation","valueInteger":3000000000}`, at + ".valueInteger", "not a FHIR integer"},
		"padded status":            {`{"resourceType":"Observation","status":" final"}`, at + ".status", "not a FHIR code"},
		"empty status":             {`{"resourceType":"Observation","status":""}`, at + ".status", "not a FHIR code"},
		"escaped tab in code":      {`{"resourceType":"Observation","status":"fi\tnal\t"}`, at + ".status", "not a FHIR code"},
		"uri with white space":     {condition(`"code":{"coding":[{"system":"a b"}]}`), at + ".code.coding[0].system", "not a FHIR uri"},
		"uri with escaped feed":    {condition(`"code":{"coding":[{"system":"a\nb"}]}`), at + ".code.coding[0].system", "not a FHIR uri"},
		"malformed id":             {`{"resourceType":"Condition","id":"a b"}`, at + ".id", "not a FHIR id"},
		"long id":                  {`{"resourceType":"Condition","id":"` + strings.Repeat("a", 129) + `"}`, at + ".id", "not a FHIR id"},
		"malformed time":           {`{"resourceType":"Observation","valueTime":"24:00:00"}`, at + ".valueTime", "not a FHIR time"},
		"null":                     {condition(`"code":null`), at + ".code", "null"},
		"null status":              {`{"resourceType":"Observation","status":null}`, at + ".status", "null"},
		"null in list of objects":  {condition(`"category":[null]`), at + ".category[0]", "null"},
		"null in element not read": {condition(`"stage":[{"x":null}]`), at + ".stage", "null"},
		"null without sibling":     {`{"resourceType":"Condition","meta":{"profile":[null]}}`, at + ".meta", "null"},
		"null in unknown list":     {condition(`"given":["a",null]`), at, "null"},
		"null among objects":       {condition(`"things":[{},null],"_things":[]`), at + ".*", "null"},
		"element twice":            {condition(`"code":{},"code":{}`), at + ".code", "twice"},
		"escaped name twice":       {condition(`"code":{},"\u0063ode":{}`), at + ".code", "twice"},
		"unknown element twice":    {condition(`"stage":[{"a":1,"a":2}]`), at + ".stage", "twice"},
		"sibling twice":            {condition(`"_onsetDateTime":{},"_onsetDateTime":{}`), at + "._onsetDateTime", "twice"},
		"case variant":             {condition(`"Code":{}`), at + ".*", "case variant of code"},
		"case variant of type":     {`{"ResourceType":"Condition","resourceType":"Condition"}`, at + ".*", "case variant of resourceType"},
		"two onset":                {condition(`"onsetString":"x","onsetDateTime":"2020"`), at + ".onsetDateTime", "more than one onset[x]"},
		"two values":               {`{"resourceType":"Observation","valueString":"x","valueAttachment":{}}`, at + ".valueAttachment", "more than one value[x]"},
		"implicitRules":            {condition(`"implicitRules":"http://example.org"`), at + ".implicitRules", "implicitRules"},
		"modifierExtension":        {condition(`"modifierExtension":[{"url":"http://example.org","valueBoolean":true}]`), at + ".modifierExtension", "modifierExtension"},
		"nested modifierExtension": {`{"resourceType":"Observation","component":[{"modifierExtension":[]}]}`, at + ".component[0].modifierExtension", "modifierExtension"},
		"missing resourceType":     {`{"id":"x"}`, at, "resourceType is missing"},
		"resource no object":       {`"x"`, at, "should be an object, is a string"},
		"fault in contained":       {condition(`"contained":[{"resourceType":"Medication","code":1}]`), at + ".contained[0].code", "should be an object"},
		"contained in contained": {condition(`"contained":[{"resourceType":"Medication","contained":[]}]`),
			at + ".contained[0].contained", "cannot contain"},
		"character U+0000":      {condition(`"onsetString":"a\u0000"`), at + ".onsetString", "U+0000"},
		"about another patient": {`{"resourceType":"Condition","subject":{"reference":"Patient/p2"}}`, at + ".subject", "another patient"},
	} {
		t.Run(name, func(t *testing.T) {
			chart := read(t, bundleOf(patient1, c.resource, condition1))
			if len(chart.Resources) != 2 || len(chart.Rejected) != 1 || chart.Received() != 3 {
				t.Fatalf("read %d, rejected %v", len(chart.Resources), chart.Rejected)
			}
			if got := chart.Rejected[0]; got.Path != c.path || !strings.Contains(got.Reason, c.reason) {
				t.Errorf("got %+v\nwant path %s and a reason with %q", got, c.path, c.reason)
			}
		})
	}
}

func TestManyNamesInOneObject(t *testing.T) {
	var members []string
	for i := range 100 {
		members = append(members, fmt.Sprintf(`"name%d":1`, i))
	}
	all := strings.Join(members, ",")
	if chart := read(t, condition(all)); len(chart.Rejected) > 0 {
		t.Errorf("100 different names: %v", chart.Rejected)
	}
	if chart := read(t, condition(all+`,"name5":1`)); len(chart.Rejected) != 1 {
		t.Error("a name that stands twice among 100 is not noticed")
	}
}

func TestTolerated(t *testing.T) {
	for name, resource := range map[string]string{
		"unknown element":        condition(`"toekomst":{"x":[1,-0.5e+10,true,"é\ud83d\ude00"]}`),
		"elements of later FHIR": condition(`"participant":[{"actor":{}}]`),
		"null beside sibling":    condition(`"given":["a",null],"_given":[null,{"id":"x"}]`),
		"null in read list":      `{"resourceType":"Condition","meta":{"profile":["a",null],"_profile":[null,{"id":"x"}]}}`,
		"empty object":           condition(`"code":{}`),
		"fhir_comments":          condition(`"fhir_comments":["x"]`),
		"white space":            "\r\n\t " + condition(`"code" : { } `) + "\n",
		"surrogate pair":         condition(`"onsetString":"\ud83d\ude00"`),
	} {
		t.Run(name, func(t *testing.T) {
			chart := read(t, resource)
			if len(chart.Resources) != 1 || len(chart.Issues) != 0 {
				t.Errorf("rejected %v, issues %v", chart.Rejected, chart.Issues)
			}
		})
	}
}

func TestEscapesAreResolved(t *testing.T) {
	chart := read(t, condition(`"onsetString":"a\"\\\/\b\f\n\r\té\u00e9\ud83d\ude00z"`))
	if got, want := chart.Resources[0].(*fhir.Condition).OnsetString, "a\"\\/\b\f\n\r\téé😀z"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMalformedDateCostsOnlyItself(t *testing.T) {
	for name, c := range map[string]struct{ resource, path string }{
		"placeholder":          {condition(`"onsetDateTime":"${DATE, T, D, +0}"`), "Condition.onsetDateTime"},
		"30 February":          {condition(`"onsetDateTime":"2024-02-30"`), "Condition.onsetDateTime"},
		"in a period":          {condition(`"onsetPeriod":{"start":"gisteren"}`), "Condition.onsetPeriod.start"},
		"date with a time":     {`{"resourceType":"Patient","birthDate":"1970-03-10T00:00:00Z"}`, "Patient.birthDate"},
		"instant without time": {`{"resourceType":"Observation","effectiveInstant":"2024-01-01"}`, "Observation.effectiveInstant"},
		"value":                {`{"resourceType":"Observation","valueDateTime":"x"}`, "Observation.valueDateTime"},
	} {
		t.Run(name, func(t *testing.T) {
			chart := read(t, c.resource)
			if len(chart.Resources) != 1 || len(chart.Issues) != 1 {
				t.Fatalf("read %d, issues %v", len(chart.Resources), chart.Issues)
			}
			issue := chart.Issues[0]
			if issue.Path != c.path || issue.Severity != fhir.SeverityError || issue.Code != "value" {
				t.Errorf("got %+v, want an error at %s", issue, c.path)
			}
			if o, ok := chart.Resources[0].(*fhir.Observation); ok && o.Kind != "" {
				t.Errorf("Kind is %q although the value was left out", o.Kind)
			}
		})
	}
}

func TestResourceTypeMayStandAnywhere(t *testing.T) {
	chart := read(t, `{"entry":[{"resource":{"text":{"resourceType":"Observation"},"id":"c1","code":{"text":"x"},"resourceType":"Condition"}}],"resourceType":"Bundle"}`)
	if len(chart.Resources) != 1 || chart.Resources[0].Type() != "Condition" {
		t.Errorf("got %v, rejected %v", chart.Resources, chart.Rejected)
	}
}

func TestFateOfEntries(t *testing.T) {
	chart := read(t, `{"resourceType":"Bundle","type":"searchset","total":7,"entry":[
		{"fullUrl":"https://epd.example/fhir/Patient/p1","resource":`+patient1+`,"search":{"mode":"match"}},
		{"resource":{"resourceType":"Practitioner","id":"a1"},"search":{"mode":"include"}},
		{"resource":{"resourceType":"Condition","id":"c2"},"search":{"mode":"outcome"}},
		{"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning"}]},"search":{"mode":"outcome"}},
		{"resource":{"resourceType":"Immunization","id":"i1","status":"done"}},
		{"resource":{"resourceType":"Pijn","id":"x1"}},
		{"request":{"method":"DELETE","url":"Condition/9"}},
		{"resource":{"resourceType":"Bundle","entry":[{"resource":`+condition1+`}]}}]}`)
	want := []fhir.Fate{
		{Resource: "Condition/c2", Path: "Bundle.entry[2].resource", Reason: "the outcome of a search is no data of the patient"},
		{Resource: "Bundle.entry[3].resource", Path: "Bundle.entry[3].resource", Reason: "an OperationOutcome is no data of the patient"},
		{Resource: "Immunization/i1", Path: "Bundle.entry[4].resource", Reason: "resources of type Immunization are not read"},
		{Resource: "Bundle.entry[5].resource", Path: "Bundle.entry[5].resource", Reason: "FHIR R4 has no such resource type"},
		{Resource: "Bundle.entry[6]", Path: "Bundle.entry[6]", Reason: "the entry deletes what it names"},
	}
	if fmt.Sprint(chart.Skipped) != fmt.Sprint(want) {
		t.Errorf("skipped\n%v\nwant\n%v", chart.Skipped, want)
	}
	if len(chart.Resources) != 3 || len(chart.Issues) != 1 || chart.Issues[0].Code != "incomplete" {
		t.Errorf("read %d, issues %v", len(chart.Resources), chart.Issues)
	}
	origin := chart.Resources[2].Head().Origin
	if want := (fhir.Origin{Entry: 8, Path: "Bundle.entry[7].resource.entry[0].resource"}); origin != want {
		t.Errorf("origin of the nested resource is %+v, want %+v", origin, want)
	}
	if origin := chart.Patient.Origin; origin.FullURL != "https://epd.example/fhir/Patient/p1" || origin.Entry != 0 {
		t.Errorf("origin of the patient is %+v", origin)
	}
}

func TestParametersHoldResources(t *testing.T) {
	chart := read(t, `{"resourceType":"Parameters","parameter":[
		{"name":"phase","valueCode":"trial"},
		{"name":"patient","resource":`+patient1+`},
		{"name":"record","part":[{"name":"item","resource":`+condition1+`},{"name":"n","valueInteger":1}]},
		{"name":"bundle","resource":`+bundleOf(`{"resourceType":"Condition","id":"c3","code":1}`)+`}]}`)
	if len(chart.Resources) != 2 || chart.Received() != 3 || chart.Rejected[0].Path != "Parameters.parameter[3].resource.entry[0].resource.code" {
		t.Errorf("read %v, skipped %v, rejected %v", chart.Resources, chart.Skipped, chart.Rejected)
	}
}

func TestLimits(t *testing.T) {
	document := []byte(bundleOf(patient1, condition1))
	for name, c := range map[string]struct {
		limits decode.Limits
		code   string
	}{
		"within":  {decode.Limits{Bytes: int64(len(document)), Depth: 5, Entries: 2}, ""},
		"bytes":   {decode.Limits{Bytes: int64(len(document)) - 1}, "too-long"},
		"depth":   {decode.Limits{Depth: 4}, "too-costly"},
		"entries": {decode.Limits{Entries: 1}, "too-costly"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := decode.Bundle("", document, c.limits)
			code := ""
			if refusal := (*decode.Error)(nil); errors.As(err, &refusal) {
				code = refusal.Code
			}
			if code != c.code {
				t.Errorf("got %v, want code %q", err, c.code)
			}
		})
	}
}

// Ids that FHIR does not allow but record systems send are kept, and said.
func TestForeignIDs(t *testing.T) {
	for _, id := range []string{"a_b", "urn:uuid:4fa9d4b5-4d2b-4a9e-8f57-0f3a1d7a9a11", strings.Repeat("a", 65)} {
		chart, err := decode.Bundle("test", []byte(`{"resourceType":"Condition","id":"`+id+`"}`), decode.Limits{})
		if err != nil || len(chart.Resources) != 1 || chart.Resources[0].Head().ID != id || len(chart.Issues) != 1 {
			t.Errorf("%s: %v, %d resources, issues %v", id, err, len(chart.Resources), chart.Issues)
		}
	}
}

func TestByteOrderMarkIsPassedOver(t *testing.T) {
	chart, err := decode.Bundle("test", []byte("\xef\xbb\xbf"+patient1), decode.Limits{})
	if err != nil || chart.Patient == nil {
		t.Errorf("%v, %v", chart, err)
	}
}
