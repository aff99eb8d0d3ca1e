package test

import (
	"encoding/json"
	"encoding/xml"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// asXML rewrites a FHIR document from JSON to XML (https://hl7.org/fhir/R4/xml.html),
// for the elements that the stories use: no narrative, no extensions of primitives.
func asXML(t rapid.TB, document string) string {
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	var resource map[string]any
	if err := decoder.Decode(&resource); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	writeResource(&b, resource, ` xmlns="http://hl7.org/fhir"`)
	return b.String()
}

func writeResource(b *strings.Builder, resource map[string]any, attributes string) {
	kind := resource["resourceType"].(string)
	b.WriteString("<" + kind + attributes + ">")
	for _, name := range slices.Sorted(maps.Keys(resource)) {
		if name != "resourceType" {
			writeElement(b, name, resource[name])
		}
	}
	b.WriteString("</" + kind + ">")
}

func writeElement(b *strings.Builder, name string, value any) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			writeElement(b, name, item)
		}
	case map[string]any:
		attributes := ""
		if url, ok := value["url"].(string); ok && (name == "extension" || name == "modifierExtension") {
			attributes = ` url="` + escaped(url) + `"`
		}
		b.WriteString("<" + name + attributes + ">")
		if _, isResource := value["resourceType"]; isResource {
			writeResource(b, value, "")
		} else {
			for _, member := range slices.Sorted(maps.Keys(value)) {
				if member != "url" || attributes == "" {
					writeElement(b, member, value[member])
				}
			}
		}
		b.WriteString("</" + name + ">")
	case bool:
		b.WriteString("<" + name + ` value="` + map[bool]string{true: "true", false: "false"}[value] + `"/>`)
	case json.Number:
		b.WriteString("<" + name + ` value="` + value.String() + `"/>`)
	case string:
		b.WriteString("<" + name + ` value="` + escaped(value) + `"/>`)
	}
}

func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a Builder does not fail
	}
	return b.String()
}

func TestXMLWriterOfTheTests(t *testing.T) {
	got := asXML(t, `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p","active":true}}]}`)
	want := `<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Patient><active value="true"/><id value="p"/></Patient></resource></entry></Bundle>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
