package neuromodulation_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"go.uber.org/goleak"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	goleak.VerifyTestMain(m)
}

const (
	eligibility = "/cds-services/" + neuromodulation.Eligibility
	aftercare   = "/cds-services/" + neuromodulation.Aftercare
)

// asOf is the day by which the example patients are judged.
func asOf() mapping.Day { return mapping.NewDay(2025, 6, 16) }

// serve starts both services, which may call these FHIR servers.
func serve(t *testing.T, servers ...string) *httptest.Server {
	t.Helper()
	return serveKeeping(t, nil, servers...)
}

// serveKeeping is serve, with a place for feedback.
func serveKeeping(t *testing.T, store cdshooks.FeedbackStore, servers ...string) *httptest.Server {
	t.Helper()
	c, err := client.New(client.Options{Servers: servers})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	engine := gin.New()
	err = cdshooks.Register(engine, cdshooks.Options{Language: "nl", Servers: c, Feedback: store,
		Services: neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{AsOf: asOf}})})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(engine)
	t.Cleanup(s.Close)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return s
}

// object is any JSON object.
type object = map[string]any

// record holds the resources of an example patient, by type.
type record map[string][]object

// patient reads an example patient of test/patients, whose id is its name.
func patient(t *testing.T, name string) record {
	t.Helper()
	document, err := os.ReadFile(filepath.Join("..", "..", "test", "patients", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var bundle struct{ Entry []struct{ Resource object } }
	if err := json.Unmarshal(document, &bundle); err != nil {
		t.Fatal(err)
	}
	r := record{}
	for _, e := range bundle.Entry {
		r.add(e.Resource)
	}
	return r
}

func (r record) add(resource object) {
	kind := resource["resourceType"].(string)
	r[kind] = append(r[kind], resource)
}

func (r record) id() string { return r["Patient"][0]["id"].(string) }

// searchset is a Bundle with the resources of a type; null when there are none.
func (r record) searchset(kind string) any {
	if len(r[kind]) == 0 {
		return nil
	}
	return bundle(r[kind]...)
}

func bundle(resources ...object) object {
	entries := []object{}
	for _, resource := range resources {
		entries = append(entries, object{"resource": resource})
	}
	return object{"resourceType": "Bundle", "type": "searchset", "entry": entries}
}

// keys are the prefetch keys of both services, with the type that each asks.
var keys = map[string]string{
	"conditions": "Condition", "observations": "Observation", "procedures": "Procedure", "medication": "MedicationRequest",
	"medicationStatements": "MedicationStatement", "questionnaires": "QuestionnaireResponse", "requests": "ServiceRequest",
	"careTeams": "CareTeam", "encounters": "Encounter",
}

// prefetch is what a client sends under the keys. What the templates do not ask is
// not among it.
func (r record) prefetch() object {
	p := object{"patient": r["Patient"][0]}
	for key, kind := range keys {
		p[key] = r.searchset(kind)
	}
	return p
}

// whole is all of the record under one key.
func (r record) whole() object {
	var all []object
	for _, kind := range slices.Sorted(maps.Keys(r)) {
		all = append(all, r[kind]...)
	}
	return object{"record": bundle(all...)}
}

// call is a request; context is over the usual one.
func (r record) call(hook string, prefetch, context object) object {
	c := object{"userId": "Practitioner/1", "patientId": r.id()}
	maps.Copy(c, context)
	return object{"hook": hook, "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": c, "prefetch": prefetch}
}

// card is a card as far as the tests look at it.
type card struct {
	UUID                       string
	Summary, Detail, Indicator string
	Source                     struct {
		Topic struct{ Code, Display string }
	}
	Suggestions []struct {
		Label   string
		Actions []struct {
			Type     string
			Resource object
		}
	}
	OverrideReasons []struct{ Code, Display string }
}

// post calls a service and gives the status and the body, which must conform.
func post(t *testing.T, s *httptest.Server, path string, request object, header ...string) (int, []byte) {
	t.Helper()
	status, answer := send(t, s, path, request, header...)
	if status == http.StatusOK {
		if faults := append(conformance.Response(answer), conformance.Schema("response.json", answer)...); faults != nil {
			t.Errorf("%q\n%s", faults, answer)
		}
	} else if faults := conformance.Schema("outcome.json", answer); faults != nil {
		t.Errorf("%q\n%s", faults, answer)
	}
	return status, answer
}

// send calls a service and gives the status and the body.
func send(t *testing.T, s *httptest.Server, path string, request object, header ...string) (int, []byte) {
	t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	status, answer := sendBytes(t, s, path, string(body), header...)
	if status == http.StatusOK {
		if faults := conformance.Schema("request.json", body); faults != nil {
			t.Errorf("%q\n%s", faults, body)
		}
	}
	return status, answer
}

func sendBytes(t *testing.T, s *httptest.Server, path, body string, header ...string) (int, []byte) {
	t.Helper()
	call, err := http.NewRequest(http.MethodPost, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	call.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		call.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(call)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, answer
}

// ask calls a service and gives its card; nil when there is none.
func ask(t *testing.T, s *httptest.Server, path string, request object, header ...string) *card {
	t.Helper()
	status, answer := post(t, s, path, request, header...)
	var response struct{ Cards []card }
	if err := json.Unmarshal(answer, &response); status != http.StatusOK || err != nil {
		t.Fatalf("%d %s", status, answer)
	}
	switch len(response.Cards) {
	case 0:
		return nil
	case 1:
		return &response.Cards[0]
	}
	t.Fatalf("%d cards", len(response.Cards))
	return nil
}
