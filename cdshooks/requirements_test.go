package cdshooks_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// requirements trace the requirements of CDS Hooks 2.0 on a service to what shows
// them. The numbers are those that the Inferno test kit gave the requirements
// (https://github.com/inferno-framework/davinci-crd-test-kit, requirement set
// cds-hooks_2.0). Rows in elsewhere are shown by another test; rows in leave are
// permissions that we do not use, or duties of others.
var requirements = []struct {
	rows []int
	name string
	show func(t *testing.T)
}{
	{[]int{1, 74, 77, 80, 83, 87, 88, 90, 105, 115, 216, 217, 218}, "a call is answered with 200, JSON and a card that conforms", func(t *testing.T) {
		a := start(t, nil).call(view(allSent), http.StatusOK)
		if got := a.header.Get("Content-Type"); got != "application/json" {
			t.Error(got)
		}
		if cards(t, a)[0]["summary"] != "Een zin" {
			t.Errorf("%s", a.body)
		}
	}},
	{[]int{3, 74, 77}, "no guidance is an empty list of cards", func(t *testing.T) {
		h := start(t, nil)
		h.cards = nil
		if a := h.call(view(allSent), http.StatusOK); string(a.body) != `{"cards":[]}` {
			t.Errorf("%s", a.body)
		}
	}},
	{[]int{3, 75, 81, 84, 94, 99, 104, 108, 113, 116, 118, 120, 123, 145}, "what is optional and has no value is left out", func(t *testing.T) {
		want := []string{"indicator", "source", "summary", "uuid"}
		if got := keys(cards(t, start(t, nil).call(view(allSent), http.StatusOK))[0]); !slices.Equal(got, want) {
			t.Errorf("members %q", got)
		}
	}},
	{[]int{4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 29, 36, 55, 56, 57, 58, 59}, "discovery lists the services, each with its prefetch templates", func(t *testing.T) {
		h := start(t, func(o *cdshooks.Options) { o.Services[0].UsageRequirements = "Geen" })
		a := h.do(http.MethodGet, discoverPath, "")
		if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/json" {
			t.Fatalf("%d %s", a.status, a.header.Get("Content-Type"))
		}
		s := services(t, a)[0]
		if s["hook"] != "patient-view" || s["id"] != "raad" || s["title"] != "Raad" || s["description"] != "Geeft raad" || s["usageRequirements"] != "Geen" {
			t.Errorf("%v", s)
		}
		if got := s["prefetch"].(map[string]any)["patient"]; got != "Patient/{{context.patientId}}" {
			t.Errorf("prefetch.patient %v", got)
		}
	}},
	{[]int{3, 6}, "discovery without services is an empty list", func(t *testing.T) {
		a := start(t, func(o *cdshooks.Options) { o.Services = nil }).do(http.MethodGet, discoverPath, "")
		if string(a.body) != `{"services":[]}` {
			t.Errorf("%s", a.body)
		}
	}},
	{[]int{78, 210, 211, 212}, "one id on several hooks, so that cards replace earlier ones", func(t *testing.T) {
		h := start(t, nil)
		var hooks []string
		for _, s := range services(t, h.do(http.MethodGet, discoverPath, "")) {
			if s["id"] != "raad" {
				t.Errorf("id %v", s["id"])
			}
			hooks = append(hooks, s["hook"].(string))
		}
		if want := []string{"patient-view", "order-select", "order-sign", "order-dispatch"}; !slices.Equal(hooks, want) {
			t.Errorf("hooks %q", hooks)
		}
	}},
	{[]int{16}, "a service is at cds-services/{id}", func(t *testing.T) {
		h := start(t, nil)
		h.call(view(allSent), http.StatusOK)
		if a := h.do(http.MethodPost, "/cds-services/anders", view(allSent)); a.status != http.StatusNotFound {
			t.Errorf("another id: %d", a.status)
		}
	}},
	{[]int{14, 76}, "other statuses come with an OperationOutcome", func(t *testing.T) {
		h := start(t, nil)
		h.call("{", http.StatusBadRequest)
		h.fail = errors.New("kapot")
		a := h.call(view(allSent), http.StatusInternalServerError)
		if bytes.Contains(a.body, []byte("kapot")) {
			t.Errorf("the caller is told what broke: %s", a.body)
		}
	}},
	{[]int{28, 34, 35, 60}, "data come from the prefetch, and from the FHIR server where they do not", func(t *testing.T) {
		fhir := epd(t, map[string]http.HandlerFunc{conditionsURL: resource(conditionValue)})
		h := start(t, allowing(t, fhir.URL))
		h.call(view(`{"patient":`+patientValue+`}`, authorized(fhir.URL+"/fhir")), http.StatusOK)
		if got := h.last().Data; string(got[0].Documents[0]) != patientValue || string(got[1].Documents[0]) != conditionValue {
			t.Errorf("%v", got)
		}
	}},
	{[]int{61}, "the access token goes along with each call of the FHIR server", func(t *testing.T) {
		tokens := make(chan string, 2)
		keep := func(body string) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				tokens <- r.Header.Get("Authorization")
				resource(body)(w, r)
			}
		}
		fhir := epd(t, map[string]http.HandlerFunc{patientURL: keep(patientValue), conditionsURL: keep(conditionValue)})
		start(t, allowing(t, fhir.URL)).call(view("", authorized(fhir.URL+"/fhir")), http.StatusOK)
		for range 2 {
			if got := <-tokens; got != "Bearer geheim" {
				t.Errorf("Authorization %q", got)
			}
		}
	}},
	{[]int{52}, "an OperationOutcome in the prefetch is seen", func(t *testing.T) {
		h := start(t, nil)
		h.call(view(`{"patient":`+patientValue+`,"conditions":`+outcome+`}`), http.StatusOK)
		if got := h.last().Data[1].State; got != cdshooks.Unreadable {
			t.Errorf("state %d", got)
		}
	}},
	{[]int{54}, "412 when required data can be had nowhere", func(t *testing.T) {
		a := start(t, nil).call(view(`{"patient":`+patientValue+`}`), http.StatusPreconditionFailed)
		if !bytes.Contains(a.body, []byte("prefetch.conditions")) {
			t.Errorf("the key is not named: %s", a.body)
		}
	}},
	{[]int{85, 92, 93, 95, 96, 98, 100, 103, 106, 107, 111, 117, 119, 121, 122, 124, 125, 127, 128, 130, 131, 132, 133, 134, 135, 136, 138, 139, 140, 141, 142, 144, 146, 147, 219, 220},
		"a card with everything conforms", func(t *testing.T) {
			h := start(t, nil)
			h.cards = []cdshooks.Card{fullCard()}
			card := cards(t, h.do(http.MethodPost, callPath, signing("ServiceRequest/1")))[0]
			if card["selectionBehavior"] != "any" || card["detail"] != "**Let op**" {
				t.Errorf("%v", card)
			}
			suggestion := card["suggestions"].([]any)[0].(map[string]any)
			if suggestion["isRecommended"] != true || len(suggestion["actions"].([]any)) != 3 {
				t.Errorf("%v", suggestion)
			}
		}},
	{[]int{75, 132}, "system actions are sent along, a whole resource each", func(t *testing.T) {
		h := start(t, nil)
		h.drafts = []string{"ServiceRequest/1", "Task/2"}
		h.actions = []cdshooks.Action{
			{Type: "update", Description: "Bijwerken", Resource: jsontext.Value(`{"resourceType":"ServiceRequest","id":"1","status":"draft"}`)},
			{Type: "delete", Description: "Weghalen", ResourceID: "Task/2"},
		}
		a := h.do(http.MethodPost, callPath, signing("ServiceRequest/1"))
		got := list(t, a, "systemActions")
		if len(got) != 2 || got[0]["resource"].(map[string]any)["status"] != "draft" || got[1]["resourceId"] != "Task/2" {
			t.Errorf("%s", a.body)
		}
		h.cards = nil
		if a := h.do(http.MethodPost, callPath, signing("ServiceRequest/1")); !strings.HasPrefix(string(a.body), `{"cards":[],"systemActions":[{`) {
			t.Errorf("without cards: %s", a.body)
		}
	}},
	{[]int{83}, "a summary that is too long is cut", func(t *testing.T) {
		for _, long := range []string{strings.Repeat("é", 200), strings.Repeat("😀", 100), strings.Repeat("woord ", 40), "twee\nregels"} {
			h := start(t, nil)
			h.cards[0].Summary = long
			h.call(view(allSent), http.StatusOK) // the harness checks the length
		}
	}},
	{[]int{80, 82}, "each card sent has an id of its own, kept for feedback", func(t *testing.T) {
		store := &memory{}
		h := start(t, func(o *cdshooks.Options) { o.Feedback = store })
		h.cards[0].Suggestions = []cdshooks.Suggestion{{Label: "Doen"}}
		h.cards[0].About = cdshooks.About{Rules: "r1", Conclusion: "c", Criteria: []string{"k"}}
		card, next := cards(t, h.call(view(allSent), http.StatusOK))[0], cards(t, h.call(view(allSent), http.StatusOK))[0]
		first, suggested := card["uuid"], card["suggestions"].([]any)[0].(map[string]any)["uuid"]
		if first == next["uuid"] || suggested == next["suggestions"].([]any)[0].(map[string]any)["uuid"] {
			t.Error("two cards, or their suggestions, have one id")
		}
		if len(store.issued) != 2 || store.issued[0].Card != first || store.issued[0].About.Rules != "r1" || store.issued[0].Hook != cdshooks.PatientView {
			t.Errorf("%+v", store.issued)
		}
	}},
	{[]int{148}, "feedback is taken", func(t *testing.T) {
		store := &memory{}
		h := start(t, func(o *cdshooks.Options) { o.Feedback = store })
		if a := h.do(http.MethodPost, feedbackPath, accepted); a.status != http.StatusOK || len(store.feedback) != 1 {
			t.Errorf("%d, %+v", a.status, store.feedback)
		}
	}},
	{[]int{176, 177}, "when clients must authenticate, all calls ask it", func(t *testing.T) {
		var audiences []string
		h := start(t, func(o *cdshooks.Options) {
			o.PublicBase, o.Feedback = "https://pijnpoort.example", &memory{}
			o.Clients = authenticator(func(authorization, audience string) error {
				audiences = append(audiences, audience)
				if authorization != "Bearer goed" {
					return errors.New("slecht")
				}
				return nil
			})
		})
		for _, call := range []struct{ method, path, body string }{
			{http.MethodGet, discoverPath, ""}, {http.MethodPost, callPath, view(allSent)}, {http.MethodPost, feedbackPath, accepted}} {
			a := h.do(call.method, call.path, call.body)
			if a.status != http.StatusUnauthorized || bytes.Contains(a.body, []byte("slecht")) || a.header.Get("WWW-Authenticate") != "Bearer" {
				t.Errorf("%s: %d %s", call.path, a.status, a.body)
			}
			if a := h.do(call.method, call.path, call.body, "Authorization", "Bearer goed"); a.status != http.StatusOK {
				t.Errorf("%s, known: %d", call.path, a.status)
			}
			if want := "https://pijnpoort.example" + call.path; audiences[len(audiences)-1] != want {
				t.Errorf("audience %s", audiences[len(audiences)-1])
			}
		}
	}},
	{[]int{208}, "browsers of allowed origins may call", func(t *testing.T) {
		tests := []struct {
			origins []string
			origin  string
			allowed bool
		}{
			{[]string{"https://ehr.example"}, "https://ehr.example", true},
			{[]string{"https://ehr.example"}, "https://elsewhere.example", false},
			{[]string{"https://ehr.example"}, "https://ehr.example.elsewhere.example", false},
			{[]string{"*"}, "https://elsewhere.example", true},
			{[]string{cdshooks.LoopbackOrigins}, "http://localhost:3000", true},
			{[]string{cdshooks.LoopbackOrigins}, "http://127.0.0.1:3000", true},
			{[]string{cdshooks.LoopbackOrigins}, "https://elsewhere.example", false},
			{nil, "http://localhost:3000", false},
		}
		for _, test := range tests {
			h := start(t, func(o *cdshooks.Options) { o.Origins = test.origins })
			asked := h.do(http.MethodOptions, callPath, "", "Origin", test.origin, "Access-Control-Request-Method", "POST",
				"Access-Control-Request-Headers", "authorization,content-type")
			called := h.do(http.MethodPost, callPath, view(allSent), "Origin", test.origin)
			want := map[bool]string{true: test.origin, false: ""}[test.allowed]
			if asked.status != http.StatusNoContent || asked.header.Get("Access-Control-Allow-Origin") != want || called.header.Get("Access-Control-Allow-Origin") != want {
				t.Errorf("%v, %s: %d %v", test.origins, test.origin, asked.status, asked.header)
			}
			if test.allowed && !regexp.MustCompile(`Authorization, Content-Type`).MatchString(asked.header.Get("Access-Control-Allow-Headers")) {
				t.Errorf("headers %q", asked.header.Get("Access-Control-Allow-Headers"))
			}
		}
	}},
	{[]int{214, 215}, "extensions of the client, and members unknown to us, are let be", func(t *testing.T) {
		h := start(t, nil)
		h.call(view(allSent, `"extension":{"nl.example.x":{"a":[1,{"b":null}]}},"later":true`), http.StatusOK)
	}},
}

// elsewhere are rows shown by tests of their own: "folder TestName", the folder from here.
var elsewhere = map[int]string{
	27: "neuromodulation TestLoad", 109: ". TestTheSourceIsNoDrillDown", 110: ". TestTheSourceIsNoDrillDown",
	195: "trust TestJWTs", 199: "trust TestKeysInAFile", 200: "trust TestJWTs", 201: "trust TestWhatIsNoJWT", 203: "trust TestJWTs",
	205: "trust TestJWTs", 206: "trust TestJWTs", 207: "trust TestJWTs",
}

// leave are rows that ask nothing of this package.
var leave = map[int]string{
	2:   "TLS is that of the server that mounts us, or ends before it",
	168: "TLS is that of the server that mounts us, or ends before it",
	89:  "what the client may do", 112: "we send no icon", 129: "what the client may do",
	175: "mutual TLS is that of the server that mounts us", 179: "mutual TLS is that of the server that mounts us", 213: "between vendor and hospital",
}

func TestRequirements(t *testing.T) {
	for _, r := range requirements {
		t.Run(fmt.Sprintf("%s %v", r.name, r.rows), r.show)
	}
}

// rows are all rows of the requirement set of which the service is an actor.
var rows = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 27, 28, 29, 34, 35, 36, 52, 54, 55, 56, 57, 58, 59, 60, 61,
	74, 75, 76, 77, 78, 80, 81, 82, 83, 84, 85, 87, 88, 89, 90, 92, 93, 94, 95, 96, 98, 99, 100, 103, 104, 105, 106, 107, 108, 109, 110,
	111, 112, 113, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 138, 139, 140,
	141, 142, 144, 145, 146, 147, 148, 168, 175, 176, 177, 179, 195, 199, 200, 201, 203, 205, 206, 207, 208, 210, 211, 212, 213, 214, 215,
	216, 217, 218, 219, 220}

// The matrix, with -v: each row with the test that shows it, or why none is needed. A
// row is listed once, and a test that is named is there.
func TestEveryRequirementIsTraced(t *testing.T) {
	shown := map[int][]string{}
	for _, r := range requirements {
		for _, row := range r.rows {
			shown[row] = append(shown[row], "TestRequirements/"+r.name)
		}
	}
	for row, name := range elsewhere {
		folder, test, _ := strings.Cut(name, " ")
		if !hasTest(t, folder, test) {
			t.Errorf("row %d: %s has no %s", row, folder, test)
		}
		shown[row] = append(shown[row], name)
	}
	for _, row := range rows {
		switch why := leave[row]; {
		case len(shown[row]) == 0 && why == "":
			t.Errorf("row %d is shown by no test", row)
		case len(shown[row]) > 0 && why != "":
			t.Errorf("row %d is shown by %q, and left: %s", row, shown[row], why)
		case why != "":
			t.Logf("%3d: none: %s", row, why)
		default:
			t.Logf("%3d: %s", row, strings.Join(shown[row], "; "))
		}
		delete(shown, row)
	}
	for row := range shown {
		t.Errorf("there is no row %d", row)
	}
}

// hasTest reports whether a folder has a test with this name.
func hasTest(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(source, []byte("\nfunc "+name+"(t *testing.T) {")) {
			return true
		}
	}
	return false
}

func cards(t *testing.T, a answer) []map[string]any { return list(t, a, "cards") }

func services(t *testing.T, a answer) []map[string]any { return list(t, a, "services") }

func list(t *testing.T, a answer, name string) []map[string]any {
	t.Helper()
	var document map[string][]map[string]any
	if err := json.Unmarshal(a.body, &document); err != nil || len(document[name]) == 0 {
		t.Fatalf("%d: no %s: %s", a.status, name, a.body)
	}
	return document[name]
}

func keys(object map[string]any) []string {
	var names []string
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// signing is an order-sign request with one draft.
func signing(draft string) string {
	kind, id, _ := strings.Cut(draft, "/")
	return `{"hook":"order-sign","hookInstance":"` + instance + `","context":{"userId":"Practitioner/1","patientId":"p1","draftOrders":` +
		`{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"` + kind + `","id":"` + id + `"}}]}},"prefetch":` + allSent + `}`
}

func fullCard() cdshooks.Card {
	order := jsontext.Value(`{"resourceType":"ServiceRequest","id":"1","status":"draft"}`)
	return cdshooks.Card{
		Summary: "Alles", Detail: "**Let op**", Indicator: cdshooks.Warning,
		Source: cdshooks.Source{Label: "Bron", URL: "https://bron.example/", Icon: "https://bron.example/i.png",
			Topic: &cdshooks.Coding{System: "https://x.example/topics", Code: "t", Display: "T"}},
		Suggestions: []cdshooks.Suggestion{{Label: "Doen", IsRecommended: true, Actions: []cdshooks.Action{
			{Type: "create", Description: "Maken", Resource: order},
			{Type: "create", Description: "Maken", Resource: jsontext.Value(`{"resourceType":"Task","id":"2"}`)},
			{Type: "create", Description: "Maken", Resource: jsontext.Value(`{"resourceType":"Task","id":"3"}`)},
		}}, {Label: "Ook doen", IsRecommended: true}},
		OverrideReasons: []cdshooks.Coding{{System: "https://x.example/reasons", Code: "r", Display: "Reden"}},
		Links: []cdshooks.Link{{Label: "Pagina", URL: "https://app.example/?a=1#b", Type: "absolute"},
			{Label: "App", URL: "https://app.example/launch", Type: "smart", AppContext: "x"}},
	}
}

// authenticator is a function as an Authenticator.
type authenticator func(authorization, audience string) error

func (a authenticator) Authenticate(ctx context.Context, authorization, audience string) error {
	_, err := a.Identify(ctx, authorization, audience)
	return err
}

func (a authenticator) Identify(_ context.Context, authorization, audience string) (string, error) {
	return authorization, a(authorization, audience)
}

// memory is a FeedbackStore of a test.
type memory struct {
	issued   []cdshooks.Issued
	feedback []cdshooks.Feedback
	fail     error
}

func (m *memory) Issue(card cdshooks.Issued) error {
	m.issued = append(m.issued, card)
	return m.fail
}

func (m *memory) Add(feedback []cdshooks.Feedback) error {
	m.feedback = append(m.feedback, feedback...)
	return m.fail
}

func (*memory) Pseudonym(string, string) string { return "" }

func (*memory) Overridden(cdshooks.Issued, time.Time, time.Time) bool { return false }
