package neuromodulation_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
)

// A resource that cannot be read is not weighed, and the card says so, naming it: it may be
// what stands in the way. Of many the first are named and the others counted.
func TestResourcesThatCannotBeReadAreTold(t *testing.T) {
	s := serve(t)
	r := patient(t, "fbss-geschikt")
	pregnant := condition("zwanger", r.id(), "77386006")
	pregnant["code"] = 5
	anonymous := condition("", r.id(), "77386006")
	delete(anonymous, "id")
	anonymous["subject"] = "Patient/" + r.id()
	r.add(pregnant)
	r.add(anonymous)
	detail := ask(t, s, eligibility, r.call("patient-view", r.whole(), nil)).Detail
	for _, want := range []string{"**Niet te lezen, en dus niet meegewogen**", ".resource.code`: Condition/zwanger: ", ".resource.subject`: "} {
		if !strings.Contains(detail, want) {
			t.Errorf("no %q in\n%s", want, detail)
		}
	}
	if told := strings.Count(detail, "\n- `"); told != 2 {
		t.Errorf("%d are told:\n%s", told, detail)
	}
	for i := range 50 {
		pregnant["id"] = fmt.Sprint("zwanger-", i)
		r.add(maps.Clone(pregnant))
	}
	detail = ask(t, s, eligibility, r.call("patient-view", r.whole(), nil)).Detail
	if told := strings.Count(detail, "\n- `"); told != 20 || !strings.Contains(detail, "\n- … (+32)\n") {
		t.Errorf("%d are told:\n%s", told, detail)
	}
}

// When what could not be read is what would have made a card, the log says so, without data.
func TestWhatCannotBeReadIsLogged(t *testing.T) {
	var log bytes.Buffer
	engine := gin.New()
	if err := cdshooks.Register(engine, cdshooks.Options{Language: "nl", Services: neuromodulation.Services(neuromodulation.Options{
		Adviser: &advice.Adviser{AsOf: asOf}, Log: slog.New(slog.NewTextHandler(&log, nil)),
	})}); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(engine)
	defer s.Close()
	r := record{"Patient": {{"resourceType": "Patient", "id": "p1"}}}
	unreadable := condition("geheim-9", "p1", "202725007")
	unreadable["code"] = "FBSS van meneer"
	r.add(unreadable)
	if got := ask(t, s, eligibility, r.call("patient-view", r.prefetch(), nil)); got != nil {
		t.Errorf("a card: %s", got.Summary)
	}
	if text := log.String(); !strings.Contains(text, "conditions.entry[0].resource.code") || strings.Contains(text, "meneer") || strings.Contains(text, "geheim") {
		t.Errorf("log: %s", text)
	}
}
