package conformance_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
)

const (
	goodCard = `{"uuid":"4e0a3a1e-3283-4575-ab82-028d55fe2719","summary":"Een zin","indicator":"info",` +
		`"source":{"label":"Bron","topic":{"system":"https://x.example","code":"t"}}}`
	goodService = `{"hook":"patient-view","id":"a","title":"A","description":"Doet A","prefetch":{"p":"Patient/{{context.patientId}}"}}`
	suggestion  = `"selectionBehavior":"any","suggestions":[{"uuid":"4e0a3a1e-3283-4575-ab82-028d55fe2719","label":"L","actions":[%s]}]`
)

// with puts members over those of the good card.
func with(members string) string {
	return `{"cards":[` + strings.TrimSuffix(goodCard, "}") + "," + members + `}]}`
}

func without(part string) string {
	return `{"cards":[` + strings.Replace(goodCard, part, "", 1) + `]}`
}

func TestGoodDocumentsHaveNoFaults(t *testing.T) {
	for _, document := range []string{`{"cards":[]}`, `{"cards":[` + goodCard + `]}`,
		with(fmt.Sprintf(suggestion, `{"type":"delete","description":"D","resourceId":"ServiceRequest/1"}`))} {
		if faults := conformance.Response([]byte(document), "ServiceRequest/1"); faults != nil {
			t.Errorf("%s: %q", document, faults)
		}
	}
	for _, document := range []string{`{"services":[]}`, `{"services":[` + goodService + `]}`} {
		if faults := conformance.Discovery([]byte(document)); faults != nil {
			t.Errorf("%s: %q", document, faults)
		}
	}
}

func TestFaultyResponses(t *testing.T) {
	action := func(a string) string { return with(fmt.Sprintf(suggestion, a)) }
	tests := map[string]struct{ document, want string }{
		"no cards":                  {`{}`, "$.cards: is missing"},
		"null instead of none":      {`{"cards":[],"systemActions":null}`, "$.systemActions: is null or empty"},
		"not JSON":                  {`{`, "$: is not JSON"},
		"no uuid":                   {without(`"uuid":"4e0a3a1e-3283-4575-ab82-028d55fe2719",`), "$.cards[0].uuid: is missing"},
		"uuid of another version":   {strings.Replace(`{"cards":[`+goodCard+`]}`, "-4575-", "-1575-", 1), "$.cards[0].uuid: must be a UUID of version 4"},
		"no indicator":              {without(`"indicator":"info",`), "$.cards[0].indicator: is missing"},
		"no source label":           {without(`"label":"Bron",`), "$.cards[0].source.label: is missing"},
		"summary of 140":            {strings.Replace(`{"cards":[`+goodCard+`]}`, "Een zin", strings.Repeat("é", 140), 1), "$.cards[0].summary: is too long"},
		"summary of 139 in runes":   {strings.Replace(`{"cards":[`+goodCard+`]}`, "Een zin", strings.Repeat("a", 138)+"😀", 1), "$.cards[0].summary: is too long"},
		"unknown indicator":         {strings.Replace(`{"cards":[`+goodCard+`]}`, `"info"`, `"hard-stop"`, 1), "$.cards[0].indicator: must be one of info, warning, critical"},
		"empty links":               {with(`"links":[]`), "$.cards[0].links: is null or empty"},
		"empty detail":              {with(`"detail":""`), "$.cards[0].detail: is null or empty"},
		"HTML":                      {with(`"detail":"<b>x</b>"`), "$.cards[0].detail: holds HTML"},
		"member of our own":         {with(`"colour":"red"`), "$.cards[0].colour: is not in the specification"},
		"extension that is a list":  {with(`"extension":[1]`), "$.cards[0].extension: must be an object"},
		"no behaviour":              {with(`"suggestions":[{"uuid":"4e0a3a1e-3283-4575-ab82-028d55fe2719","label":"L"}]`), "$.cards[0].selectionBehavior: is missing beside suggestions"},
		"reason without display":    {with(`"overrideReasons":[{"system":"https://x.example","code":"c"}]`), "$.cards[0].overrideReasons[0].display: is missing"},
		"relative link":             {with(`"links":[{"label":"L","url":"/x","type":"absolute"}]`), "$.cards[0].links[0].url: must be an absolute URL"},
		"context for a page":        {with(`"links":[{"label":"L","url":"https://x.example","type":"absolute","appContext":"c"}]`), "$.cards[0].links[0].appContext: goes with a smart link only"},
		"creation without resource": {action(`{"type":"create","description":"D"}`), "$.cards[0].suggestions[0].actions[0]: takes a resource and no resourceId"},
		"creation without id":       {action(`{"type":"create","description":"D","resource":{"resourceType":"Task"}}`), "$.cards[0].suggestions[0].actions[0].resource: must be a resource with an id"},
		"null in a resource":        {action(`{"type":"create","description":"D","resource":{"resourceType":"Task","id":"1","note":[{"text":null}]}}`), "$.cards[0].suggestions[0].actions[0].resource.note[0].text: is null or empty"},
		"deletion with a resource":  {action(`{"type":"delete","description":"D","resource":{"resourceType":"Task","id":"1"}}`), "$.cards[0].suggestions[0].actions[0]: a deletion takes a resourceId and no resource"},
		"update of no draft":        {action(`{"type":"update","description":"D","resource":{"resourceType":"Task","id":"1"}}`), "$.cards[0].suggestions[0].actions[0]: is about an order that is not among the drafts"},
		"upper-case type":           {action(`{"type":"CREATE","description":"D","resource":{"resourceType":"Task","id":"1"}}`), "$.cards[0].suggestions[0].actions[0].type: must be one of create, update, delete"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if faults := conformance.Response([]byte(test.document)); !slices.Contains(faults, test.want) {
				t.Errorf("faults %q, want %q", faults, test.want)
			}
			if !unseen[name] && conformance.Schema("response.json", []byte(test.document)) == nil {
				t.Error("the schema does not see it")
			}
		})
	}
}

// unseen are the faults in answers that a JSON Schema cannot tell, or leaves to FHIR.
var unseen = map[string]bool{
	"uuid of another version": true, "summary of 139 in runes": true, "HTML": true, "null in a resource": true, "update of no draft": true,
}

func TestSchemasTakeGoodDocuments(t *testing.T) {
	for _, document := range []string{`{"cards":[]}`, `{"cards":[` + goodCard + `]}`,
		with(fmt.Sprintf(suggestion, `{"type":"delete","description":"D","resourceId":"ServiceRequest/1"}`)),
		with(`"links":[{"label":"L","url":"https://x.example/launch","type":"smart","appContext":"c","autolaunchable":true}]`),
		`{"cards":[],"systemActions":[{"type":"update","resource":{"resourceType":"ServiceRequest","id":"1"}}]}`} {
		if faults := conformance.Schema("response.json", []byte(document)); faults != nil {
			t.Errorf("%s: %q", document, faults)
		}
	}
	if faults := conformance.Schema("discovery.json", []byte(`{"services":[`+strings.Replace(goodService, `"id"`, `"version":"2.0.1","id"`, 1)+`]}`)); faults != nil {
		t.Errorf("%q", faults)
	}
	if conformance.Schema("nothing.json", []byte("{}")) == nil || conformance.Schema("response.json", []byte("{")) == nil {
		t.Error("what cannot be checked passes")
	}
}

func TestFaultyDiscovery(t *testing.T) {
	tests := map[string]struct{ old, new, want string }{
		"no hook":            {`"hook":"patient-view",`, ``, "$.services[0].hook: is missing"},
		"no description":     {`,"description":"Doet A"`, ``, "$.services[0].description: is missing"},
		"empty prefetch":     {`{"p":"Patient/{{context.patientId}}"}`, `{}`, "$.services[0].prefetch: is null or empty"},
		"deeper token":       {`{{context.patientId}}`, `{{context.draftOrders.id}}`, "$.services[0].prefetch.p: has a token that is no member of the context and no user identifier"},
		"chain":              {`Patient/{{context.patientId}}`, `Observation?subject.name=x`, "$.services[0].prefetch.p: has a chain or a modifier"},
		"_include":           {`Patient/{{context.patientId}}`, `MedicationRequest?patient=1&_include=x`, "$.services[0].prefetch.p: has the parameter _include"},
		"modifier":           {`Patient/{{context.patientId}}`, `Condition?code:not=1`, "$.services[0].prefetch.p: has a chain or a modifier"},
		"search of the base": {`Patient/{{context.patientId}}`, `?patient=1`, "$.services[0].prefetch.p: is neither a read nor a search of one type"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			document := `{"services":[` + strings.Replace(goodService, test.old, test.new, 1) + `]}`
			if faults := conformance.Discovery([]byte(document)); !slices.Contains(faults, test.want) {
				t.Errorf("faults %q, want %q", faults, test.want)
			}
		})
	}
}
