package decode_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

const xmlns = ` xmlns="http://hl7.org/fhir"`

// xmlBundle wraps resources in a Bundle, each in an entry.
func xmlBundle(resources ...string) string {
	var entries strings.Builder
	for _, r := range resources {
		entries.WriteString("<entry><resource>" + r + "</resource></entry>")
	}
	return "<Bundle" + xmlns + ">" + entries.String() + "</Bundle>"
}

// xmlCondition is a Condition with more elements.
func xmlCondition(elements string) string {
	return `<Condition><id value="c1"/><subject><reference value="Patient/p1"/></subject>` + elements + `</Condition>`
}

const xmlPatient = `<Patient><id value="p1"/></Patient>`

// wholeChart compares charts with all that is told of the resources.
var wholeChart = cmp.Options{cmpopts.IgnoreUnexported(fhir.Chart{}), cmpopts.EquateEmpty()}

func TestXMLGivesTheChartThatJSONGives(t *testing.T) {
	fromJSON, err := os.ReadFile("testdata/patient.json")
	if err != nil {
		t.Fatal(err)
	}
	fromXML, err := os.ReadFile("testdata/patient.xml")
	if err != nil {
		t.Fatal(err)
	}
	want, got := read(t, string(fromJSON)), read(t, string(fromXML))
	if len(want.Resources) != 5 || len(want.Rejected) != 1 || len(want.Skipped) != 1 || len(want.Issues) != 1 {
		t.Fatalf("the JSON is read otherwise than meant: %+v", want)
	}
	if diff := cmp.Diff(want, got, wholeChart); diff != "" {
		t.Error(diff)
	}
	for chart, err := range decode.Charts("test", zipped(string(fromXML)), decode.Limits{}) {
		if diff := cmp.Diff(want, chart, wholeChart); err != nil || diff != "" {
			t.Errorf("gzipped: %v %s", err, diff)
		}
	}
}

// Each pair must give the same resource, with what is told of it.
func TestXMLElements(t *testing.T) {
	for name, c := range map[string]struct{ kind, xml, json string }{
		"nothing":                {"Condition", ``, ``},
		"empty element":          {"Condition", `<code/>`, `,"code":{}`},
		"primitive without any":  {"Condition", `<onsetString/>`, `,"_onsetString":{}`},
		"list with a gap":        {"Condition", `<meta><profile value="a"/><profile><extension url="x"/></profile></meta>`, `,"meta":{"profile":["a",null],"_profile":[null,{"extension":[{"url":"x"}]}]}`},
		"unknown element":        {"Condition", `<toekomst><x value="1"/></toekomst>`, `,"toekomst":{"x":1}`},
		"value not read":         {"Observation", `<valueAttachment><title value="x"/></valueAttachment>`, `,"valueAttachment":{"title":"x"}`},
		"two values":             {"Observation", `<valueString value="x"/><valueAttachment/>`, `,"valueString":"x","valueAttachment":{}`},
		"element twice":          {"Observation", `<status value="a"/><status value="b"/>`, `,"status":"a","status":"b"`},
		"case variant":           {"Observation", `<STATUS value="a"/>`, `,"STATUS":"a"`},
		"no number":              {"Observation", `<valueDecimal value="zeven"/>`, `,"valueDecimal":"zeven"`},
		"leading zero":           {"Observation", `<valueDecimal value="07"/>`, `,"valueDecimal":"07"`},
		"no boolean":             {"Observation", `<valueBoolean value="ja"/>`, `,"valueBoolean":"ja"`},
		"number as string":       {"Observation", `<valueString value="7"/>`, `,"valueString":"7"`},
		"malformed date":         {"Observation", `<issued value="gisteren"/>`, `,"issued":"gisteren"`},
		"value for an object":    {"Observation", `<code value="x"/>`, `,"code":"x"`},
		"elements for a value":   {"Observation", `<status><coding/></status>`, `,"_status":{"coding":[]}`},
		"implicitRules":          {"Observation", `<implicitRules value="x"/>`, `,"implicitRules":"x"`},
		"STU3 code":              {"Condition", `<clinicalStatus value="active"/>`, `,"clinicalStatus":"active"`},
		"STU3 element":           {"Condition", `<context><reference value="Encounter/1"/></context>`, `,"context":{"reference":"Encounter/1"}`},
		"STU3 element, not read": {"MedicationRequest", `<context/><requester><agent/></requester>`, `,"context":{},"requester":{"agent":{}}`},
		"STU3 element, one":      {"Device", `<udi><carrierHRF value="x"/></udi>`, `,"udi":{"carrierHRF":"x"}`},
		"one of a list":          {"Observation", `<interpretation><text value="x"/></interpretation>`, `,"interpretation":[{"text":"x"}]`},
		"STU3 request":           {"ReferralRequest", `<serviceRequested><text value="x"/></serviceRequested>`, `,"serviceRequested":[{"text":"x"}]`},
		"questionnaire":          {"QuestionnaireResponse", `<questionnaire><extension url="x"/></questionnaire>`, `,"_questionnaire":{"extension":[{"url":"x"}]}`},
		"STU3 questionnaire":     {"QuestionnaireResponse", `<questionnaire><reference value="Questionnaire/odi"/></questionnaire>`, `,"questionnaire":{"reference":"Questionnaire/odi"}`},
		"stop type": {"MedicationRequest",
			`<modifierExtension url="http://nictiz.nl/fhir/StructureDefinition/ext-StopType"><valueCodeableConcept><coding><system value="http://snomed.info/sct"/><code value="410546004"/></coding></valueCodeableConcept></modifierExtension>`,
			`,"modifierExtension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-StopType","valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"410546004"}]}}]`},
		"extension in extension": {"MedicationRequest",
			`<extension url="http://nictiz.nl/fhir/StructureDefinition/ext-TimeInterval.Period"><extension url="a"><valueUri value="b"/></extension></extension>`,
			`,"extension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-TimeInterval.Period","extension":[{"url":"a","valueUri":"b"}]}]`},
		"wrapper without a resource":  {"Condition", `<contained/>`, `,"contained":[{}]`},
		"contained of a strange type": {"Condition", `<contained><Pijn/></contained>`, `,"contained":[{"resourceType":"Pijn"}]`},
		"strange type":                {"Pijn", ``, ``},
		"type not read":               {"Immunization", `<patient><reference value="Patient/2"/></patient>`, `,"patient":{"reference":"Patient/2"}`},
	} {
		t.Run(name, func(t *testing.T) {
			want := read(t, bundleOf(`{"resourceType":"`+c.kind+`","id":"x"`+c.json+`}`))
			got := read(t, xmlBundle(`<`+c.kind+`><id value="x"/>`+c.xml+`</`+c.kind+`>`))
			if diff := cmp.Diff(want, got, wholeChart); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestXMLContainers(t *testing.T) {
	chart := read(t, `<Parameters`+xmlns+`><parameter><name value="x"/><valueCode value="trial"/></parameter>
		<parameter><resource>`+xmlPatient+`</resource></parameter>
		<parameter><part><resource>`+xmlCondition(``)+`</resource></part></parameter>
		<parameter><resource><Bundle><entry><resource>`+xmlCondition(`<code value="x"/>`)+`</resource></entry></Bundle></resource></parameter></Parameters>`)
	if len(chart.Resources) != 2 || chart.Received() != 3 || chart.Rejected[0].Path != "Parameters.parameter[3].resource.entry[0].resource.code" {
		t.Errorf("read %v, skipped %v, rejected %v", chart.Resources, chart.Skipped, chart.Rejected)
	}
}

func TestXMLIsRecognised(t *testing.T) {
	for name, document := range map[string]string{
		"bare":            xmlBundle(xmlPatient),
		"declaration":     `<?xml version="1.0"?>` + xmlBundle(xmlPatient),
		"byte order mark": "\xef\xbb\xbf" + `<?xml version="1.0" encoding="utf-8"?>` + xmlBundle(xmlPatient) + "\n",
		"white space":     "\r\n\t " + xmlBundle(xmlPatient),
		"comments":        "<!-- < & -->" + xmlBundle("<!-- x -->"+xmlPatient) + "<!-- y --><?z?>",
		"prefix":          `<f:Patient xmlns:f="http://hl7.org/fhir"><f:id value="p1"/></f:Patient>`,
		"lines":           strings.ReplaceAll(xmlBundle(xmlPatient), "><", ">\n<"),
	} {
		t.Run(name, func(t *testing.T) {
			if chart := read(t, document); chart.Patient == nil || chart.Patient.ID != "p1" {
				t.Errorf("bundle: %+v", chart)
			}
			if got := summary(strings.NewReader(document), decode.Limits{}); got != "in[Patient/p1]" {
				t.Errorf("stream: %s", got)
			}
		})
	}
}

func TestXMLThatIsRefused(t *testing.T) {
	at := func(path string) string { return "Bundle.entry[1].resource" + path }
	nested := strings.Repeat("<x>", 70) + strings.Repeat("</x>", 70)
	narrative := func(inside string) string {
		return xmlCondition(`<text><div xmlns="http://www.w3.org/1999/xhtml">` + inside + `</div></text>`)
	}
	for name, c := range map[string]struct{ resource, path, reason string }{
		"unfinished tag":          {`<Condition><code`, at(""), "cannot be read"},
		"end tag of another":      {`<Condition><code></Condition>`, at(".code"), "end tag that is not"},
		"invalid UTF-8":           {xmlCondition("<onsetString value='\xff'/>"), at(""), "UTF-8"},
		"control character":       {xmlCondition(`<onsetString value="&#1;"/>`), at(""), "XML does not have"},
		"entity":                  {xmlCondition(`<onsetString value="&eacute;"/>`), at(""), "entity"},
		"attribute twice":         {xmlCondition(`<onsetString value="a" value="b"/>`), at(""), "attribute stands twice"},
		"attribute unquoted":      {xmlCondition(`<onsetString value=a/>`), at(""), "without quotes"},
		"< in attribute":          {xmlCondition(`<onsetString value="a<b"/>`), at(""), "< in an attribute"},
		"text":                    {xmlCondition(`<code>pijn</code>`), at(".code"), "text outside a narrative"},
		"text in element skipped": {xmlCondition(`<stage>pijn</stage>`), at(".*"), "text outside a narrative"},
		"text as CDATA":           {xmlCondition(`<code><![CDATA[x]]></code>`), at(".code"), "text outside a narrative"},
		"another namespace":       {xmlCondition(`<code xmlns="urn:hl7-org:v3"/>`), at(""), "outside the namespace"},
		"no namespace":            {xmlCondition(`<code xmlns=""/>`), at(""), "outside the namespace"},
		"undeclared prefix":       {xmlCondition(`<f:code/>`), at(""), "outside the namespace"},
		"narrative elsewhere":     {xmlCondition(`<code><div xmlns="http://www.w3.org/1999/xhtml"/></code>`), at(".code"), "outside the namespace"},
		"strange in narrative":    {narrative(`<svg xmlns="http://www.w3.org/2000/svg"/>`), at(".*"), "not XHTML"},
		"entity in narrative":     {narrative(`&nbsp;`), at(".*"), "entity"},
		"deep narrative":          {narrative(nested), at(".*"), "deeper than 64"},
		"deep":                    {xmlCondition(nested), at(".*"), "deeper than 64"},
		"attribute":               {xmlCondition(`<code display="x"/>`), at(".code"), "attribute that FHIR does not have"},
		"attribute when skipped":  {xmlCondition(`<stage><x y="z"/></stage>`), at(".*"), "attribute that FHIR does not have"},
		"url elsewhere":           {xmlCondition(`<code url="x"/>`), at(".code"), "may not stand here"},
		"attribute of a resource": {`<Condition id="c1"/>`, at(""), "a resource with an attribute"},
		"two resources in one":    {xmlPatient + xmlPatient, at(""), "more than one resource"},
		"DTD inside":              {`<!DOCTYPE x><Condition/>`, at(""), "document type"},
		"declaration inside":      {`<?xml version="1.0"?><Condition/>`, at(""), "not at the start"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := decode.Bundle("test", []byte(xmlBundle(xmlPatient, c.resource)), decode.Limits{})
			var refusal *decode.Error
			if !errors.As(err, &refusal) {
				t.Fatalf("got %v, want a refusal", err)
			}
			if refusal.Path != c.path || refusal.Entry != 1 || !strings.Contains(refusal.Reason, c.reason) {
				t.Errorf("got %+v, want path %s and a reason with %q", refusal, c.path, c.reason)
			}
		})
	}
}

func TestXMLDocumentThatIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ document, code, reason string }{
		"only a declaration": {`<?xml version="1.0"?>`, "structure", "holds no element"},
		"cut off":            {"<Patient" + xmlns + "><birthDate", "structure", "ends too soon"},
		"two roots":          {"<Patient" + xmlns + "/><Patient" + xmlns + "/>", "structure", "second root"},
		"trailing text":      {"<Patient" + xmlns + "/>x", "structure", "text outside"},
		"leading text":       {"<!-- --> x <Patient" + xmlns + "/>", "structure", "text outside"},
		"no namespace":       {"<Patient/>", "structure", "outside the namespace"},
		"HTML":               {"<html><p>", "structure", "outside the namespace"},
		"unknown root":       {"<Pijn" + xmlns + "/>", "not-supported", "no such resourceType"},
		"another encoding":   {`<?xml version="1.0" encoding="ISO-8859-1"?><Patient` + xmlns + "/>", "structure", "not UTF-8"},
		"XML 1.1":            {`<?xml version="1.1"?><Patient` + xmlns + "/>", "structure", "cannot be read"},
		"DTD":                {`<!DOCTYPE Patient [<!ENTITY x SYSTEM "file:///etc/passwd">]><Patient` + xmlns + `><id value="&x;"/></Patient>`, "structure", "document type"},
		"entities":           {`<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><Patient` + xmlns + `/>`, "structure", "document type"},
		"Bundle, two lists":  {"<Bundle" + xmlns + "><entry/><link/><entry/></Bundle>", "duplicate", "twice"},
	} {
		t.Run(name, func(t *testing.T) {
			chart, err := decode.Bundle("test", []byte(c.document), decode.Limits{})
			var refusal *decode.Error
			if !errors.As(err, &refusal) {
				t.Fatalf("got chart %v and error %v, want a refusal", chart, err)
			}
			if refusal.Code != c.code || !strings.Contains(refusal.Reason, c.reason) {
				t.Errorf("got %+v, want code %q and a reason with %q", refusal, c.code, c.reason)
			}
		})
	}
}

func TestXMLRefusalNamesEntryPathAndByte(t *testing.T) {
	document := "\xef\xbb\xbf" + xmlBundle(xmlPatient, xmlCondition(`<code><coding/><coding>x</coding></code>`))
	_, err := decode.Bundle("b.xml", []byte(document), decode.Limits{})
	want := fmt.Sprintf("b.xml: Bundle.entry[1].resource.code.coding[1]: not FHIR XML at byte %d: text outside a narrative",
		strings.Index(document, "x</coding>")+1)
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestXMLLimits(t *testing.T) {
	document := xmlBundle(xmlPatient, xmlCondition(``))
	size := int64(len(document))
	for name, c := range map[string]struct {
		limits decode.Limits
		code   string
	}{
		"within":  {decode.Limits{Bytes: size, Depth: 7, Entries: 2}, ""},
		"bytes":   {decode.Limits{Bytes: size - 1}, "too-long"},
		"depth":   {decode.Limits{Depth: 5}, "too-costly"},
		"entries": {decode.Limits{Entries: 1}, "too-costly"},
	} {
		t.Run(name, func(t *testing.T) {
			for chart, err := range decode.Charts("", strings.NewReader(document), c.limits) {
				code := ""
				if refusal := (*decode.Error)(nil); errors.As(err, &refusal) {
					code = refusal.Code
				}
				if code != c.code || chart == nil {
					t.Errorf("got %v, want code %q", err, c.code)
				}
			}
		})
	}
}
