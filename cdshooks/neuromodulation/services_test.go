package neuromodulation_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// What each service says of each example patient; an empty summary is no card.
func TestCards(t *testing.T) {
	tests := []struct {
		patient, path, hook string
		summary, indicator  string
	}{
		{"fbss-geschikt", eligibility, "patient-view", "Komt in aanmerking voor SCS bij FBSS", "info"},
		{"fbss-onvolledig", eligibility, "patient-view", "Nog niet te beoordelen voor SCS bij FBSS", "info"},
		{"fbss-tegenstrijdig", eligibility, "patient-view", "Nog niet te beoordelen voor SCS bij FBSS", "info"},
		{"fbss-proef-geslaagd", eligibility, "patient-view", "Komt in aanmerking voor definitieve implantatie", "info"},
		{"fnss-te-vroeg", eligibility, "patient-view", "Komt niet in aanmerking voor SCS bij FNSS", "info"},
		{"pdn-verwijzing-psychiater", eligibility, "patient-view", "Eerst verwijzen voor SCS", "info"},
		{"phn-niet-vergoed", eligibility, "patient-view", "Geen vergoede zorg", "info"},
		{"nazorg-achterstallig", eligibility, "patient-view", "", ""},
		{"twijfel-uitgezet", eligibility, "patient-view", "", ""},

		{"nazorg-achterstallig", aftercare, "patient-view", "Nazorg loopt achter", "warning"},
		{"nazorg-achterstallig", aftercare, "encounter-start", "Nazorg loopt achter", "warning"},
		{"nazorg-achterstallig", aftercare, "encounter-discharge", "Nazorg loopt achter", "warning"},
		{"twijfel-uitgezet", aftercare, "patient-view", "Aanzetten en voortzetten", "info"},
		{"fbss-geschikt", aftercare, "patient-view", "", ""},
		{"phn-niet-vergoed", aftercare, "encounter-start", "", ""},
	}
	s := serve(t)
	for _, test := range tests {
		t.Run(test.patient+" "+test.hook+" "+strings.TrimPrefix(test.path, "/cds-services/"), func(t *testing.T) {
			r := patient(t, test.patient)
			got := ask(t, s, test.path, r.call(test.hook, r.whole(), object{"encounterId": "e1"}))
			if got == nil {
				got = &card{}
			}
			if !strings.HasPrefix(got.Summary, test.summary) || test.summary == "" && got.Summary != "" || got.Indicator != test.indicator {
				t.Errorf("%s: %q", got.Indicator, got.Summary)
			}
			if got.Summary == "" {
				return
			}
			if !strings.Contains(got.Detail, "| --- |") || !strings.Contains(got.Detail, "h. 1") && !strings.Contains(got.Detail, "Inleiding") {
				t.Errorf("no table with citations: %s", got.Detail)
			}
			if want := map[string]string{eligibility: "eligibility", aftercare: "aftercare"}[test.path]; got.Source.Topic.Code != want {
				t.Errorf("topic %s", got.Source.Topic.Code)
			}
			if len(got.OverrideReasons) == 0 {
				t.Error("no reasons to override")
			}
		})
	}
}

// The prefetch templates ask all that these patients have, so that the advice on it is
// that on the whole record.
func TestPrefetchIsEnough(t *testing.T) {
	s := serve(t)
	for _, test := range []struct{ patient, path string }{
		{"fbss-geschikt", eligibility}, {"fbss-onvolledig", eligibility}, {"fbss-proef-geslaagd", eligibility},
		{"crps-voet-drgs", eligibility}, {"nazorg-achterstallig", aftercare}, {"twijfel-uitgezet", aftercare},
	} {
		r := patient(t, test.patient)
		whole := ask(t, s, test.path, r.call("patient-view", r.whole(), nil))
		keyed := ask(t, s, test.path, r.call("patient-view", r.prefetch(), nil))
		if whole == nil || keyed == nil || whole.Summary != keyed.Summary {
			t.Errorf("%s: %+v, want %+v", test.patient, keyed, whole)
		}
	}
}

func TestNoCardForAPatientWhomItDoesNotConcern(t *testing.T) {
	s := serve(t)
	for name, code := range map[string]string{"hypertension": "38341003", "angina": "194828000", "nothing": ""} {
		r := record{"Patient": {{"resourceType": "Patient", "id": "p1"}}}
		if code != "" {
			r.add(condition("c1", "p1", code))
		}
		for _, path := range []string{eligibility, aftercare} {
			if got := ask(t, s, path, r.call("patient-view", r.prefetch(), nil)); got != nil {
				t.Errorf("%s, %s: %s", name, path, got.Summary)
			}
		}
	}
}

func condition(id, patient, code string) object {
	return object{"resourceType": "Condition", "id": id, "subject": object{"reference": "Patient/" + patient},
		"clinicalStatus":     object{"coding": []object{{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}}},
		"verificationStatus": object{"coding": []object{{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}}},
		"code":               object{"coding": []object{{"system": "http://snomed.info/sct", "code": code}}}}
}

// order is a draft as real clients send it: incomplete.
func order(id, system, code string) object {
	return object{"resourceType": "ServiceRequest", "id": id, "status": "draft", "intent": "order",
		"code": object{"coding": []object{{"system": system, "code": code}}}, "reasonCode": []object{}}
}

func TestOrders(t *testing.T) {
	scs := order("o1", "https://pijnpoort.example/fhir/CodeSystem/intake", "SCS")
	tests := map[string]struct {
		patient string
		hook    string
		context object
		drop    string // type that the record does not have
		summary string
		warns   string
	}{
		"signing neuromodulation that is indicated":     {"fbss-geschikt", "order-sign", object{"draftOrders": bundle(scs)}, "ServiceRequest", "Komt in aanmerking", "info"},
		"signing neuromodulation that is not indicated": {"fnss-te-vroeg", "order-sign", object{"draftOrders": bundle(scs)}, "ServiceRequest", "Komt niet in aanmerking", "warning"},
		"signing neuromodulation with data lacking":     {"fbss-onvolledig", "order-sign", object{"draftOrders": bundle(scs)}, "ServiceRequest", "Nog niet te beoordelen", "warning"},
		"selecting neuromodulation":                     {"fbss-onvolledig", "order-select", object{"draftOrders": bundle(scs), "selections": []string{"ServiceRequest/o1"}}, "ServiceRequest", "Nog niet te beoordelen", "warning"},
		"neuromodulation among other orders":            {"fbss-onvolledig", "order-sign", object{"draftOrders": bundle(order("o0", "http://loinc.org", "6301-6"), scs)}, "", "Nog niet te beoordelen", "warning"},
		"an order without Bundle":                       {"fbss-onvolledig", "order-sign", object{"draftOrders": scs}, "ServiceRequest", "Nog niet te beoordelen", "warning"},
		"an order without id":                           {"fbss-onvolledig", "order-sign", object{"draftOrders": bundle(without(scs, "id"))}, "ServiceRequest", "Nog niet te beoordelen", "warning"},
		"signing something else":                        {"fbss-geschikt", "order-sign", object{"draftOrders": bundle(order("o1", "http://loinc.org", "6301-6"))}, "", "", ""},
		"signing an order without code":                 {"fbss-geschikt", "order-sign", object{"draftOrders": bundle(object{"resourceType": "ServiceRequest", "code": object{"coding": []object{{}}}})}, "", "", ""},
		"signing nothing":                               {"fbss-geschikt", "order-sign", object{"draftOrders": object{"resourceType": "Bundle"}}, "", "", ""},
		"a new system for who has one":                  {"nazorg-achterstallig", "order-sign", object{"draftOrders": bundle(scs)}, "", "Nog niet te beoordelen", "warning"},
		"nobody has a condition for it":                 {"nobody", "order-sign", object{"draftOrders": bundle(scs)}, "", "Geen aandoening gevonden", "warning"},
		"sending neuromodulation":                       {"fbss-geschikt", "order-dispatch", object{"dispatchedOrders": []string{"https://epd.example/fhir/ServiceRequest/fbss-geschikt-aanvraag-1"}, "performer": "Organization/1"}, "", "Komt in aanmerking", "info"},
		"sending something else":                        {"fbss-geschikt", "order-dispatch", object{"dispatchedOrders": []string{"ServiceRequest/elders"}, "performer": "Organization/1"}, "", "", ""},
	}
	s := serve(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := record{"Patient": {{"resourceType": "Patient", "id": "nobody"}}}
			if test.patient != "nobody" {
				r = patient(t, test.patient)
			}
			if test.hook == "order-dispatch" {
				r["ServiceRequest"][0]["id"] = "fbss-geschikt-aanvraag-1"
			}
			delete(r, test.drop)
			got := ask(t, s, eligibility, r.call(test.hook, r.prefetch(), test.context))
			if got == nil {
				got = &card{}
			}
			if !strings.HasPrefix(got.Summary, test.summary) || test.summary == "" && got.Summary != "" || got.Indicator != test.warns {
				t.Errorf("%s: %q", got.Indicator, got.Summary)
			}
		})
	}
}

func without(o object, name string) object {
	o = maps.Clone(o)
	delete(o, name)
	return o
}

// Data of somebody else are never advised on, wherever they stand.
func TestAnotherPatient(t *testing.T) {
	theirs := object{"reference": "Patient/iemand-anders"}
	change := map[string]func(object){
		"prefetch.patient": func(call object) { call["context"].(object)["patientId"] = "iemand-anders" },
		"prefetch.conditions": func(call object) {
			call["prefetch"].(object)["conditions"] = bundle(condition("c9", "iemand-anders", "202725007"))
		},
		"prefetch.medicationStatements": func(call object) {
			call["prefetch"].(object)["medicationStatements"] = object{"resourceType": "MedicationStatement", "id": "m9", "status": "active", "subject": theirs}
		},
		"prefetch.extra": func(call object) {
			call["prefetch"].(object)["extra"] = bundle(condition("c9", "iemand-anders", "202725007"))
		},
		"context.draftOrders": func(call object) {
			draft := order("o1", "http://snomed.info/sct", "3270004")
			draft["subject"] = theirs
			call["hook"], call["context"].(object)["draftOrders"] = "order-sign", bundle(draft)
		},
	}
	s := serve(t)
	for place, change := range change {
		t.Run(place, func(t *testing.T) {
			r := patient(t, "fbss-geschikt")
			call := r.call("patient-view", r.prefetch(), nil)
			change(call)
			status, answer := post(t, s, eligibility, call)
			if status != http.StatusBadRequest || !strings.Contains(string(answer), "another patient than context.patientId") || !strings.Contains(string(answer), place) {
				t.Errorf("%d %s", status, answer)
			}
			if strings.Contains(string(answer), "iemand") {
				t.Errorf("the other is named: %s", answer)
			}
		})
	}
}

func TestDataThatCannotBeJudged(t *testing.T) {
	tests := map[string]struct {
		change func(prefetch object)
		status int
		want   string
	}{
		"no patient":          {func(p object) { p["patient"] = nil }, 412, "prefetch.patient is needed"},
		"patient elsewhere":   {func(p object) { p["patient"] = object{"resourceType": "Organization", "id": "o"} }, 412, "prefetch.patient is needed"},
		"two patients":        {func(p object) { p["extra"] = object{"resourceType": "Patient", "id": "p2"} }, 400, "patients"},
		"nested too deep":     {func(p object) { p["extra"] = deep(100) }, 400, "prefetch.extra nested deeper"},
		"an invented type":    {func(p object) { p["extra"] = object{"resourceType": "Verzonnen"} }, 200, ""},
		"a faulty resource":   {func(p object) { p["extra"] = object{"resourceType": "Condition", "code": 1} }, 200, ""},
		"no conditions known": {func(p object) { p["conditions"] = object{"resourceType": "OperationOutcome"} }, 412, "prefetch.conditions is needed"},
	}
	s := serve(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := patient(t, "fbss-geschikt")
			prefetch := r.prefetch()
			test.change(prefetch)
			status, answer := post(t, s, eligibility, r.call("patient-view", prefetch, nil))
			if status != test.status || !strings.Contains(string(answer), test.want) {
				t.Errorf("%d %s", status, answer)
			}
		})
	}
}

func deep(n int) object {
	o := object{"resourceType": "Condition"}
	for range n {
		o = object{"resourceType": "Condition", "contained": []object{o}}
	}
	return o
}

// What could not be read is told, and never taken for absent.
func TestPartOfTheData(t *testing.T) {
	s := serve(t)
	r := patient(t, "fbss-geschikt")
	prefetch := r.prefetch()
	prefetch["medicationStatements"] = object{"resourceType": "OperationOutcome"}
	prefetch["observations"].(object)["link"] = []object{{"relation": "next", "url": "https://epd.example/fhir?page=2"}}
	got := ask(t, s, eligibility, r.call("patient-view", prefetch, nil))
	for _, want := range []string{"Niet te lezen", "- `medicationStatements`: the client sent an OperationOutcome instead", "- `observations`: some pages were not sent"} {
		if !strings.Contains(got.Detail, want) {
			t.Errorf("no %q in %s", want, got.Detail)
		}
	}
}

// Medicines are often sent as a reference only: what they refer to is fetched, when a
// server may be called, and else the card says that it lacks.
func TestMedicationThatIsOnlyReferredTo(t *testing.T) {
	asked := ""
	epd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.RequestURI()
		w.Header().Set("Content-Type", "application/fhir+json")
		_, _ = io.WriteString(w, `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Medication","id":"m9","code":`+
			`{"coding":[{"system":"http://www.whocc.no/atc","code":"N03AX16"}]}}}]}`)
	}))
	t.Cleanup(epd.Close)
	s := serve(t, epd.URL)
	r := patient(t, "fbss-onvolledig")
	prefetch := r.prefetch()
	prefetch["medication"] = object{"resourceType": "MedicationRequest", "id": "r9", "status": "active", "intent": "order", "authoredOn": "2025-01-01",
		"subject": object{"reference": "Patient/" + r.id()}, "medicationReference": object{"reference": "Medication/m9"}}
	call := r.call("patient-view", prefetch, nil)
	if got := ask(t, s, eligibility, call); !strings.Contains(got.Detail, "- `Medication`: the call names no fhirServer") {
		t.Errorf("not told: %s", got.Detail)
	}
	call["fhirServer"] = epd.URL
	if got := ask(t, s, eligibility, call); strings.Contains(got.Detail, "`Medication`") || asked != "/Medication?_id=m9" {
		t.Errorf("asked %q: %s", asked, got.Detail)
	}
}

// What comes along under two keys counts once: a dose is not doubled.
func TestRepeatsCountOnce(t *testing.T) {
	s := serve(t)
	r := patient(t, "fbss-geschikt")
	once := ask(t, s, eligibility, r.call("patient-view", r.prefetch(), nil))
	prefetch := r.prefetch()
	for key, kind := range keys {
		prefetch["again-"+key] = r.searchset(kind)
	}
	twice := ask(t, s, eligibility, r.call("patient-view", prefetch, nil))
	if diff := cmp.Diff(once.Detail, twice.Detail); diff != "" {
		t.Error(diff)
	}
}

// issued keeps the cards that were sent.
type issued []cdshooks.Issued

func (i *issued) Issue(card cdshooks.Issued) error {
	*i = append(*i, card)
	return nil
}

func (*issued) Add([]cdshooks.Feedback) error { return nil }

func (*issued) Pseudonym(string, string) string { return "" }

func (*issued) Overridden(cdshooks.Issued, time.Time, time.Time) bool { return false }

// What is kept of a card says what it was about, and not whom.
func TestWhatIsKeptOfACard(t *testing.T) {
	tests := map[string]struct{ conclusion, criterion string }{
		"pdn-verwijzing-psychiater": {"referral-needed", "psychiatric-referral"},
		"fbss-onvolledig":           {"needs-data", "last-resort"},
	}
	for name, test := range tests {
		var kept issued
		r := patient(t, name)
		ask(t, serveKeeping(t, &kept), eligibility, r.call("patient-view", r.whole(), nil))
		document, err := json.Marshal(kept)
		if err != nil {
			t.Fatal(err)
		}
		if len(kept) != 1 || kept[0].About.Rules != "nva-2021" || kept[0].About.Conclusion != test.conclusion || !slices.Contains(kept[0].About.Criteria, test.criterion) {
			t.Errorf("%s: %s", name, document)
		}
		if strings.Contains(string(document), name) {
			t.Errorf("the patient is in it: %s", document)
		}
	}
}

func TestEnglish(t *testing.T) {
	s := serve(t)
	r := patient(t, "fbss-geschikt")
	got := ask(t, s, eligibility, r.call("patient-view", r.prefetch(), nil), "Accept-Language", "en-GB")
	if !strings.HasPrefix(got.Summary, "Eligible for SCS in FBSS") || got.OverrideReasons[0].Display != "Has been arranged already" ||
		got.Source.Topic.Display != "Eligibility for neuromodulation" {
		t.Errorf("%q, %q, %q", got.Summary, got.OverrideReasons[0].Display, got.Source.Topic.Display)
	}
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)

func TestSameCallSameCardButForItsIds(t *testing.T) {
	s := serve(t)
	r := patient(t, "pdn-verwijzing-psychiater")
	_, first := post(t, s, eligibility, r.call("patient-view", r.whole(), nil))
	for range 5 {
		_, again := post(t, s, eligibility, r.call("patient-view", r.whole(), nil))
		if diff := cmp.Diff(uuids.ReplaceAllString(string(first), "u"), uuids.ReplaceAllString(string(again), "u")); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestDiscovery(t *testing.T) {
	response, err := http.Get(serve(t).URL + "/cds-services")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	document, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if faults := conformance.Discovery(document); faults != nil {
		t.Errorf("%q", faults)
	}
}

func TestTemplatesAskWhatKeysSay(t *testing.T) {
	codes := regexp.MustCompile(`(http[^|,&]+)\|([^,&]+)`)
	for _, s := range neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{}}) {
		for _, template := range s.Prefetch {
			if kind := keys[template.Key]; kind != "" && !strings.HasPrefix(template.Query, kind+"?") {
				t.Errorf("%s asks %s", template.Key, template.Query)
			}
			for _, code := range codes.FindAllStringSubmatch(template.Query, -1) {
				if len(terminology.Embedded().Concepts(code[1], code[2])) == 0 {
					t.Errorf("%s asks %s|%s, which means nothing to us", template.Key, code[1], code[2])
				}
			}
		}
	}
}

func TestSitesHaveTheirOwnQueries(t *testing.T) {
	services := neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{}, Queries: map[string]string{
		"procedures": "Procedure?patient={{context.patientId}}&date=ge2015-01-01", "imaging": "ImagingStudy?patient={{context.patientId}}"}})
	for _, s := range services {
		queries := map[string]cdshooks.Template{}
		for _, template := range s.Prefetch {
			queries[template.Key] = template
		}
		if !strings.HasSuffix(queries["procedures"].Query, "date=ge2015-01-01") || queries["imaging"].Query == "" || !queries["patient"].Essential {
			t.Errorf("%s: %v", s.ID, queries)
		}
	}
	plain := neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{}})
	if plain[0].Prefetch[3].Query != "Procedure?patient={{context.patientId}}" {
		t.Errorf("the site's query stayed: %s", plain[0].Prefetch[3].Query)
	}
}
