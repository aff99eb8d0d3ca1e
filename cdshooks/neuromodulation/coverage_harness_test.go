package neuromodulation_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
)

// serveCRD starts the services for clients that read coverage information.
func serveCRD(t *testing.T) *httptest.Server {
	t.Helper()
	engine := gin.New()
	if err := cdshooks.Register(engine, cdshooks.Options{Language: "nl",
		Services: neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{AsOf: asOf}, CoverageInformation: true})}); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(engine)
	t.Cleanup(s.Close)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return s
}

func policy(id, patient string) object {
	return object{"resourceType": "Coverage", "id": id, "status": "active", "beneficiary": object{"reference": "Patient/" + patient}}
}

// scsOrder is a draft that conforms, with content that a client would miss.
func scsOrder(patient string) object {
	o := order("o1", "https://pijnpoort.example/fhir/CodeSystem/intake", "SCS")
	delete(o, "reasonCode")
	o["subject"], o["priority"] = object{"reference": "Patient/" + patient}, "routine"
	return o
}

// update is a system action, with its extensions of coverage information by their parts.
type update struct {
	Type, Description string
	Resource          json.RawMessage
	about             []map[string]string
	text              string // of the reason
}

// updates calls a service and gives the system actions of the answer, and its card.
func updates(t *testing.T, s *httptest.Server, call object, header ...string) ([]update, card) {
	t.Helper()
	status, answer := send(t, s, eligibility, call, header...)
	var response struct {
		Cards         []card
		SystemActions []update
	}
	if err := json.Unmarshal(answer, &response); status != http.StatusOK || err != nil {
		t.Fatalf("%d %s", status, answer)
	}
	for i := range response.SystemActions {
		response.SystemActions[i].read(t)
	}
	if len(response.Cards) == 0 {
		return response.SystemActions, card{}
	}
	return response.SystemActions, response.Cards[0]
}

// read reads the coverage information.
func (u *update) read(t *testing.T) {
	t.Helper()
	var resource struct {
		Extension []struct {
			URL       string
			Extension []map[string]any
		}
	}
	if err := json.Unmarshal(u.Resource, &resource); err != nil {
		t.Fatal(err)
	}
	for _, e := range resource.Extension {
		if e.URL != neuromodulation.CoverageInformation {
			continue
		}
		parts := map[string]string{}
		for _, p := range e.Extension {
			for name, value := range p {
				switch {
				case name == "valueReference":
					value = value.(object)["reference"]
				case name == "valueCodeableConcept":
					u.text = value.(object)["text"].(string)
					value = value.(object)["coding"].([]any)[0].(object)["code"]
				case name == "url":
					continue
				}
				part := p["url"].(string)
				parts[part] = strings.TrimSpace(parts[part] + " " + value.(string))
			}
		}
		u.about = append(u.about, parts)
	}
}

func parsed(t *testing.T, document []byte) object {
	t.Helper()
	var o object
	if err := json.Unmarshal(document, &o); err != nil {
		t.Fatal(err)
	}
	return o
}
