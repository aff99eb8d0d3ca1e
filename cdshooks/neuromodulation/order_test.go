package neuromodulation_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// catalogue is the system of a hospital's own order codes, which the site maps.
const catalogue = "https://epd.example/orders"

// serveSite starts the services where the hospital's own order codes are mapped.
func serveSite(t *testing.T) *httptest.Server {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "orders.csv"), []byte("system,code,concept\n"+
		catalogue+",PROEF,proc-scs-trial\n"+catalogue+",IPG,proc-ons-generator\n"+catalogue+",IMPLANT,proc-scs-implant\n"+
		catalogue+",STIMULATOR,device-neurostimulator\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	site, err := terminology.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	codes := terminology.Embedded().With(site)
	engine := gin.New()
	if err := cdshooks.Register(engine, cdshooks.Options{Language: "nl", Services: neuromodulation.Services(neuromodulation.Options{
		Adviser: &advice.Adviser{AsOf: asOf, Terminology: func() *terminology.Terminology { return codes }}})}); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(engine)
	t.Cleanup(s.Close)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return s
}

// trialStill drops from a record that the trial has ended, and what was asked of it then.
func (r record) trialStill(t *testing.T) {
	t.Helper()
	for _, response := range r["QuestionnaireResponse"] {
		var items []any
		for _, item := range response["item"].([]any) {
			if id := item.(object)["linkId"]; id != "trial-end" && id != "trial-done" && id != "diary" {
				items = append(items, item)
			}
		}
		response["item"] = items
	}
}

func device(code string) object {
	return object{"resourceType": "DeviceRequest", "id": "d1", "status": "draft", "intent": "order",
		"codeCodeableConcept": object{"coding": []object{{"system": catalogue, "code": code}}}}
}

func referred(o object) object {
	o["category"] = []object{{"coding": []object{{"system": "http://snomed.info/sct", "code": "3457005"}}}}
	return o
}

// What is judged is the step that is being ordered: sending the patient on, the trial, or
// the definitive placement, whatever the record says has been reached.
func TestTheStepThatIsOrdered(t *testing.T) {
	tests := map[string]struct {
		patient string
		running bool // the trial
		order   object
		phase   string // as the card names it
		summary string
	}{
		"definitive placement after the trial":       {"fbss-proef-geslaagd", false, order("o1", catalogue, "IMPLANT"), "definitieve fase", "Komt in aanmerking voor definitieve implantatie"},
		"a generator after the trial":                {"fbss-proef-geslaagd", false, order("o1", catalogue, "IPG"), "definitieve fase", "Komt in aanmerking voor definitieve implantatie"},
		"a stimulator as a device":                   {"fbss-proef-geslaagd", false, device("STIMULATOR"), "definitieve fase", "Komt in aanmerking voor definitieve implantatie"},
		"by the code of the form":                    {"fbss-proef-geslaagd", false, order("o1", "https://pijnpoort.example/fhir/CodeSystem/intake", "SCS"), "definitieve fase", "Komt in aanmerking voor definitieve implantatie"},
		"definitive placement while the trial runs":  {"fbss-proef-geslaagd", true, order("o1", catalogue, "IMPLANT"), "definitieve fase", "Nog niet te beoordelen voor definitieve implantatie"},
		"a second trial":                             {"fbss-proef-geslaagd", false, order("o1", catalogue, "PROEF"), "voorbereiding", "Nog niet te beoordelen voor SCS"},
		"a trial":                                    {"fbss-geschikt", false, order("o1", catalogue, "PROEF"), "voorbereiding", "Komt in aanmerking voor SCS"},
		"placement before any trial":                 {"fbss-geschikt", false, order("o1", catalogue, "IMPLANT"), "voorbereiding", "Komt in aanmerking voor SCS"},
		"a generator before any trial":               {"fbss-geschikt", false, order("o1", catalogue, "IPG"), "definitieve fase", "Nog niet te beoordelen voor definitieve implantatie"},
		"a trial and a generator together":           {"fbss-geschikt", false, bundle(order("o1", catalogue, "PROEF"), order("o2", catalogue, "IPG")), "definitieve fase", "Nog niet te beoordelen voor definitieve implantatie"},
		"sending on":                                 {"fbss-onvolledig", false, referred(order("o1", catalogue, "IMPLANT")), "verwijzing", "Nog niet te beoordelen voor SCS"},
		"sending on who is not eligible":             {"fnss-te-vroeg", false, referred(order("o1", catalogue, "IMPLANT")), "verwijzing", "Komt niet in aanmerking voor SCS"},
		"sending on, by its code":                    {"fbss-geschikt", false, with(order("o1", "http://snomed.info/sct", "3457005"), "reasonReference", []object{{"reference": "Condition/fbss-geschikt-fbss-1"}}), "verwijzing", "Komt in aanmerking voor SCS"},
		"sending on, by its code and detail":         {"fbss-onvolledig", false, with(order("o1", "http://snomed.info/sct", "3457005"), "orderDetail", []object{{"coding": []object{{"system": catalogue, "code": "IMPLANT"}}}}), "verwijzing", "Nog niet te beoordelen"},
		"sending on for something not told":          {"fbss-proef-geslaagd", false, order("o1", "http://snomed.info/sct", "3457005"), "", ""},
		"a trial for who has a system":               {"nazorg-achterstallig", false, order("o1", catalogue, "PROEF"), "voorbereiding", "Nog niet te beoordelen"},
		"a generator for the head, for the back":     {"nazorg-achterstallig", false, order("o1", catalogue, "IPG"), "definitieve fase", "Geen vergoede zorg (ONS bij FBSS)"},
		"a stimulator for who has one":               {"nazorg-achterstallig", false, device("STIMULATOR"), "", ""},
		"an order that was withdrawn":                {"fbss-geschikt", false, with(order("o1", catalogue, "IPG"), "status", "revoked"), "", ""},
		"an order entered in error":                  {"fbss-geschikt", false, with(device("STIMULATOR"), "status", "entered-in-error"), "", ""},
		"an order not to do it":                      {"fbss-geschikt", false, with(order("o1", catalogue, "IPG"), "doNotPerform", true), "", ""},
		"sending on for something else":              {"fbss-geschikt", false, referred(order("o1", "http://loinc.org", "6301-6")), "", ""},
		"an order of which only the detail is coded": {"fbss-geschikt", false, with(without(order("o1", catalogue, "x"), "code"), "orderDetail", []object{{"coding": []object{{"system": catalogue, "code": "PROEF"}}}}), "voorbereiding", "Komt in aanmerking voor SCS"},
	}
	s := serveSite(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := patient(t, test.patient)
			delete(r, "ServiceRequest")
			if test.running {
				r.trialStill(t)
			}
			drafts := test.order
			if drafts["resourceType"] != "Bundle" {
				drafts = bundle(test.order)
			}
			got := ask(t, s, eligibility, r.call("order-sign", r.prefetch(), object{"draftOrders": drafts}))
			if test.summary == "" {
				if got != nil {
					t.Errorf("card %q", got.Summary)
				}
				return
			}
			if got == nil || !strings.HasPrefix(got.Summary, test.summary) || !strings.Contains(strings.ToLower(strings.SplitN(got.Detail, "\n", 2)[0]), test.phase) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func with(o object, name string, value any) object {
	o[name] = value
	return o
}

// The draft as it is now counts, not as the client's server had it.
func TestADraftGoesOverItsFormerSelf(t *testing.T) {
	s := serve(t)
	r := patient(t, "fbss-geschikt")
	draft := order("o1", "https://pijnpoort.example/fhir/CodeSystem/intake", "SCS")
	r["ServiceRequest"] = nil
	r.add(order("o1", "http://loinc.org", "6301-6")) // it was for something else
	if got := ask(t, s, eligibility, r.call("order-sign", r.prefetch(), object{"draftOrders": bundle(draft)})); got == nil {
		t.Error("the former order was judged")
	}
	r["ServiceRequest"] = nil
	r.add(draft)
	if got := ask(t, s, eligibility, r.call("order-sign", r.prefetch(), object{"draftOrders": bundle(order("o1", "http://loinc.org", "6301-6"))})); got != nil {
		t.Errorf("the former order was judged: %s", got.Summary)
	}
}

// Drafts come without what a stored order must have.
func TestDraftsThatAreNotFinished(t *testing.T) {
	s := serve(t)
	scs := order("o1", "https://pijnpoort.example/fhir/CodeSystem/intake", "SCS")
	for name, drafts := range map[string]any{
		"without status":                    bundle(without(scs, "status")),
		"without intent":                    bundle(without(scs, "intent")),
		"with an empty coding beside":       bundle(with(order("o1", "x", "y"), "code", object{"coding": []object{{}, {"system": "https://pijnpoort.example/fhir/CodeSystem/intake", "code": "SCS"}}})),
		"in a Bundle without type":          object{"resourceType": "Bundle", "entry": []object{{"resource": scs}}},
		"among entries without resource":    object{"resourceType": "Bundle", "entry": []object{{}, {"resource": scs}, {"fullUrl": "urn:uuid:7b6cbe55-5b7b-4c4e-8f7e-0f3c1a2b3c4d"}}},
		"beside an order that is not valid": bundle(object{"resourceType": "ServiceRequest", "id": "o0", "code": "kapot"}, scs),
	} {
		r := patient(t, "fbss-onvolledig")
		delete(r, "ServiceRequest")
		got := ask(t, s, eligibility, r.call("order-sign", r.prefetch(), object{"draftOrders": drafts}))
		if got == nil || !strings.HasPrefix(got.Summary, "Nog niet te beoordelen") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// An order that is dispatched and did not come along is fetched, when a server may be called.
func TestADispatchedOrderIsFetched(t *testing.T) {
	asked := ""
	epd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path
		w.Header().Set("Content-Type", "application/fhir+json")
		_, _ = io.WriteString(w, `{"resourceType":"ServiceRequest","id":"o9","status":"active","intent":"order","subject":{"reference":"Patient/fbss-geschikt"},`+
			`"code":{"coding":[{"system":"https://pijnpoort.example/fhir/CodeSystem/intake","code":"SCS"}]}}`)
	}))
	t.Cleanup(epd.Close)
	s := serve(t, epd.URL)
	r := patient(t, "fbss-geschikt")
	delete(r, "ServiceRequest")
	for _, member := range []string{"dispatchedOrders", "order"} {
		asked = ""
		orders := any([]string{"ServiceRequest/o9"})
		if member == "order" {
			orders = "ServiceRequest/o9"
		}
		call := r.call("order-dispatch", r.prefetch(), object{member: orders, "performer": "Organization/1"})
		if got := ask(t, s, eligibility, call); got != nil {
			t.Errorf("without server: %s", got.Summary)
		}
		call["fhirServer"] = epd.URL
		if got := ask(t, s, eligibility, call); got == nil || !strings.HasPrefix(got.Summary, "Komt in aanmerking") || asked != "/ServiceRequest/o9" {
			t.Errorf("asked %q: %+v", asked, got)
		}
	}
	asked = ""
	call := r.call("order-dispatch", r.prefetch(), object{"dispatchedOrders": []string{"MedicationRequest/m1", "https://elders.example/fhir/ServiceRequest/o9"}, "performer": "Organization/1"})
	call["fhirServer"] = epd.URL
	if got := ask(t, s, eligibility, call); got != nil || asked != "" {
		t.Errorf("asked %q of what is not ours to judge, or on another server", asked)
	}
}

// A dispatched order of somebody else is refused, as any data of somebody else.
func TestADispatchedOrderOfSomebodyElse(t *testing.T) {
	epd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/fhir+json")
		_, _ = io.WriteString(w, `{"resourceType":"ServiceRequest","id":"o9","status":"active","intent":"order","subject":{"reference":"Patient/iemand-anders"}}`)
	}))
	t.Cleanup(epd.Close)
	c, err := client.New(client.Options{Servers: []string{epd.URL}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	s := serve(t, epd.URL)
	r := patient(t, "fbss-geschikt")
	call := r.call("order-dispatch", r.prefetch(), object{"dispatchedOrders": []string{"ServiceRequest/o9"}, "performer": "Organization/1"})
	call["fhirServer"] = epd.URL
	if status, answer := post(t, s, eligibility, call); status != http.StatusBadRequest || strings.Contains(string(answer), "iemand") {
		t.Errorf("%d %s", status, answer)
	}
}
