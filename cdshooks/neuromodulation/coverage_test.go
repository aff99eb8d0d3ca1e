package neuromodulation_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
)

// What a verdict means for coverage. What is not known is never called covered.
func TestCoverageInformation(t *testing.T) {
	for name, want := range map[string]map[string]string{
		"fbss-geschikt":    {"covered": "covered", "reason": "covered-eligible"},
		"fnss-te-vroeg":    {"covered": "not-covered", "reason": "not-eligible"},
		"phn-niet-vergoed": {"covered": "not-covered", "reason": "not-covered"},
		"fbss-onvolledig": {"covered": "conditional", "info-needed": "OTH", "reason": "needs-data", "doc-needed": "clinical",
			"questionnaire": "https://pijnpoort.example/fhir/Questionnaire/neuromodulatie-intake https://pijnpoort.example/fhir/Questionnaire/neuromodulatie-proef"},
		"pdn-verwijzing-psychiater": {"covered": "conditional", "info-needed": "OTH", "reason": "referral-needed"},
	} {
		t.Run(name, func(t *testing.T) {
			r := patient(t, name)
			delete(r, "ServiceRequest")
			r.add(policy("polis", r.id()))
			draft := scsOrder(r.id())
			if name == "phn-niet-vergoed" {
				draft["reasonReference"] = []object{{"reference": "Condition/" + r["Condition"][0]["id"].(string)}}
			}
			got, card := updates(t, serveCRD(t), r.call("order-sign", r.whole(), object{"draftOrders": bundle(draft)}))
			if len(got) != 1 || len(got[0].about) != 1 || got[0].Type != "update" || got[0].Description == "" {
				t.Fatalf("%d actions: %+v", len(got), got)
			}
			parts := got[0].about[0]
			if parts["coverage-assertion-id"] != card.UUID || parts["date"] != "2025-06-16" || parts["coverage"] != "Coverage/polis" {
				t.Errorf("%v", parts)
			}
			if !strings.HasSuffix(got[0].text, card.Summary) || !strings.Contains(got[0].text, "niet namens de verzekeraar") {
				t.Errorf("reason %q", got[0].text)
			}
			for _, name := range []string{"coverage-assertion-id", "date", "coverage"} {
				delete(parts, name)
			}
			if diff := cmp.Diff(want, parts); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Everything of the draft but the extension comes back as it was sent, byte for byte.
func TestTheDraftStaysAsItIs(t *testing.T) {
	r := patient(t, "fbss-geschikt")
	delete(r, "ServiceRequest")
	r.add(policy("polis", r.id()))
	const code = `"code" : {"coding":[{"system":"https://pijnpoort.example/fhir/CodeSystem/intake","code":"SCS"}]}`
	s := serveCRD(t)
	for name, test := range map[string]struct{ before, after string }{ // the assertion goes between
		"without extensions":               {"{\n \"resourceType\" : \"ServiceRequest\",\t\"id\":\"o1\"," + code + `,"quantityQuantity":{"value":1.00},"note":[{"text":"\u00e9\/"}] `, "}"},
		"with others":                      {`{"resourceType":"ServiceRequest","extension":[ {"url":"https://x.example/y","valueDecimal":1.10} `, `], "id":"o1",` + code + `}`},
		"with an empty list":               {`{"resourceType":"ServiceRequest","id":"o1","extension":[ `, `],` + code + `}`},
		"with an assertion of the insurer": {`{"resourceType":"ServiceRequest","id":"o1","extension":[` + insurers, `],` + code + `}`},
		"of real life":                     {`{"resourceType":"ServiceRequest","id":"o1","reasonCode":[],"bodySite":[{}],` + code, `}`},
	} {
		t.Run(name, func(t *testing.T) {
			whole, err := json.Marshal(r.whole())
			if err != nil {
				t.Fatal(err)
			}
			body := `{"hook":"order-sign","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","context":{"userId":"Practitioner/1","patientId":"` + r.id() +
				`","draftOrders":{"resourceType":"Bundle","entry":[{"resource":` + test.before + test.after + `}]}},"prefetch":` + string(whole) + `}`
			status, answer := sendBytes(t, s, eligibility, body)
			var response struct{ SystemActions []update }
			if err := json.Unmarshal(answer, &response); status != http.StatusOK || err != nil || len(response.SystemActions) != 1 {
				t.Fatalf("%d %v %s", status, err, answer)
			}
			sent := string(response.SystemActions[0].Resource)
			added, ok := strings.CutPrefix(sent, test.before)
			added, end := strings.CutSuffix(added, test.after)
			if !ok || !end || strings.Count(added, neuromodulation.CoverageInformation) != 1 || !strings.Contains(added, `"valueCode":"covered"`) {
				t.Errorf("%s", sent)
			}
		})
	}
}

// insurers is an assertion that is not ours.
const insurers = `{"url":"` + neuromodulation.CoverageInformation + `","extension":[{"url":"coverage","valueReference":{"reference":"Coverage/polis"}},` +
	`{"url":"covered","valueCode":"covered"},{"url":"satisfied-pa-id","valueString":"A1"}]}`

// The same said twice is written once; when it changed, the new takes the place of ours.
func TestAssertionsAreRenewed(t *testing.T) {
	s := serveCRD(t)
	r := patient(t, "fbss-onvolledig")
	delete(r, "ServiceRequest")
	r.add(policy("polis", r.id()))
	first, _ := updates(t, s, r.call("order-select", r.whole(), object{"draftOrders": bundle(scsOrder(r.id())), "selections": []string{"ServiceRequest/o1"}}))
	again := object{"draftOrders": bundle(parsed(t, first[0].Resource))}
	if got, _ := updates(t, s, r.call("order-sign", r.whole(), again)); len(got) > 0 {
		t.Errorf("said again: %s", got[0].Resource)
	}
	eligible := patient(t, "fbss-geschikt")
	delete(eligible, "ServiceRequest")
	eligible.add(policy("polis", eligible.id()))
	draft := parsed(t, []byte(strings.ReplaceAll(string(first[0].Resource), r.id(), eligible.id())))
	got, _ := updates(t, s, eligible.call("order-sign", eligible.whole(), object{"draftOrders": bundle(draft)}))
	if len(got) != 1 || len(got[0].about) != 1 || got[0].about[0]["covered"] != "covered" {
		t.Errorf("%+v", got)
	}
}

// An assertion is about one Coverage of the patient. Where it is not clear which, there is none.
func TestWhichCoverage(t *testing.T) {
	s := serveCRD(t)
	for name, test := range map[string]struct {
		policies  []object
		insurance []object
		want      string
	}{
		"the only one":                 {[]object{policy("a", "fbss-geschikt")}, nil, "Coverage/a"},
		"none":                         {nil, nil, ""},
		"two":                          {[]object{policy("a", "fbss-geschikt"), policy("b", "fbss-geschikt")}, nil, ""},
		"the one that the order names": {[]object{policy("a", "fbss-geschikt"), policy("b", "fbss-geschikt")}, []object{{"reference": "Coverage/b"}}, "Coverage/b"},
		"named by the order alone":     {nil, []object{{"reference": "https://epd.example/fhir/Coverage/c"}}, "https://epd.example/fhir/Coverage/c"},
		"two that the order names":     {nil, []object{{"reference": "Coverage/a"}, {"reference": "Coverage/b"}}, ""},
		"named without reference":      {nil, []object{{"display": "Polis"}}, ""},
		"of somebody else":             {[]object{policy("a", "iemand-anders")}, nil, ""},
		"no longer in force":           {[]object{{"resourceType": "Coverage", "id": "a", "status": "cancelled", "beneficiary": object{"reference": "Patient/fbss-geschikt"}}}, nil, ""},
		"of nobody known":              {[]object{{"resourceType": "Coverage", "id": "a", "status": "active"}}, nil, ""},
		"beside that of somebody else": {[]object{policy("a", "iemand-anders"), policy("b", "fbss-geschikt")}, nil, "Coverage/b"},
		"the same one, along two keys": {[]object{policy("a", "fbss-geschikt"), policy("a", "fbss-geschikt")}, nil, "Coverage/a"},
	} {
		t.Run(name, func(t *testing.T) {
			r := patient(t, "fbss-geschikt")
			delete(r, "ServiceRequest")
			draft := scsOrder(r.id())
			if test.insurance != nil {
				draft["insurance"] = test.insurance
			}
			prefetch := r.prefetch()
			prefetch["coverage"] = any(nil)
			if test.policies != nil {
				prefetch["coverage"] = bundle(test.policies...)
			}
			got, _ := updates(t, s, r.call("order-sign", prefetch, object{"draftOrders": bundle(draft)}))
			if (len(got) == 1) != (test.want != "") || len(got) == 1 && got[0].about[0]["coverage"] != test.want {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestCoverageInformationOnlyWhereAsked(t *testing.T) {
	r := patient(t, "fbss-geschikt")
	delete(r, "ServiceRequest")
	r.add(policy("polis", r.id()))
	orders := object{"draftOrders": bundle(scsOrder(r.id()))}
	signing := r.call("order-sign", r.whole(), orders)
	if got, _ := updates(t, serve(t), signing); len(got) > 0 {
		t.Error("where the site did not choose it")
	}
	s := serveCRD(t)
	if got, _ := updates(t, s, r.call("patient-view", r.whole(), nil)); len(got) > 0 {
		t.Error("where nothing is ordered")
	}
	other := object{"draftOrders": bundle(order("o1", "http://loinc.org", "6301-6"))}
	if got, _ := updates(t, s, r.call("order-sign", r.whole(), other)); len(got) > 0 {
		t.Error("on another order")
	}
	for set, want := range map[string]int{
		`{"davinci-crd.configuration":{"coverage-info":false}}`: 0, `{"davinci-crd.configuration":{"coverage-info":true}}`: 1,
		`{"davinci-crd.configuration":{}}`: 1, `{"davinci-crd.configuration":[]}`: 1, `{"nl.example.x":{}}`: 1,
	} {
		asking := maps.Clone(signing)
		asking["extension"] = json.RawMessage(set)
		if got, card := updates(t, s, asking); len(got) != want || card.Summary == "" {
			t.Errorf("%s: %d", set, len(got))
		}
	}
	// A client without insurance data gets its card as ever.
	plain := r.call("order-sign", r.prefetch(), orders)
	if got, card := updates(t, s, plain); len(got) > 0 || card.Summary == "" {
		t.Errorf("%d actions, %q", len(got), card.Summary)
	}
}

// On order-dispatch the order is the one that came along, or the one that was fetched.
func TestCoverageOfADispatchedOrder(t *testing.T) {
	r := patient(t, "fbss-geschikt")
	r.add(policy("polis", r.id()))
	name := "ServiceRequest/" + r["ServiceRequest"][0]["id"].(string)
	got, _ := updates(t, serveCRD(t), r.call("order-dispatch", r.whole(), object{"dispatchedOrders": []string{name}, "performer": "Organization/1"}))
	if len(got) != 1 || got[0].about[0]["covered"] != "covered" || !strings.Contains(string(got[0].Resource), `"authoredOn"`) {
		t.Errorf("%+v", got)
	}
}

// What is said of two orders conforms to CDS Hooks, and discovery tells of it.
func TestCoverageInformationConforms(t *testing.T) {
	s := serveCRD(t)
	r := patient(t, "fbss-geschikt")
	delete(r, "ServiceRequest")
	r.add(policy("polis", r.id()))
	second := scsOrder(r.id())
	second["id"] = "o2"
	status, answer := send(t, s, eligibility, r.call("order-sign", r.whole(), object{"draftOrders": bundle(scsOrder(r.id()), second)}))
	if faults := conformance.Response(answer, "ServiceRequest/o1", "ServiceRequest/o2"); status != http.StatusOK || faults != nil || strings.Count(string(answer), neuromodulation.CoverageInformation) != 2 {
		t.Errorf("%d %q %s", status, faults, answer)
	}
	services := neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{}, CoverageInformation: true})
	if services[0].Extension["davinci-crd.configuration-options"] == nil ||
		!slices.ContainsFunc(services[0].Prefetch, func(t cdshooks.Template) bool { return t.Key == "coverage" && t.Optional }) {
		t.Errorf("%v", services[0])
	}
}
