package neuromodulation_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/feedbacklog"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
)

// serveQuiet starts the services where what was overridden stays away for a week.
func serveQuiet(t *testing.T) *httptest.Server {
	t.Helper()
	kept, err := feedbacklog.Open(filepath.Join(t.TempDir(), "feedback.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	engine := gin.New()
	if err := cdshooks.Register(engine, cdshooks.Options{Language: "nl", Feedback: kept, QuietDays: 7,
		Services: neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{AsOf: asOf}})}); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(engine)
	t.Cleanup(s.Close)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return s
}

// override tells that a card was overridden just now.
func override(t *testing.T, s *httptest.Server, c *card) {
	t.Helper()
	body := `{"feedback":[{"card":"` + c.UUID + `","outcome":"overridden","outcomeTimestamp":"` + time.Now().UTC().Format(time.RFC3339) + `"}]}`
	if status, answer := sendBytes(t, s, eligibility+"/feedback", body); status != http.StatusOK {
		t.Fatalf("%d %s", status, answer)
	}
}

// A card that was overridden stays away, until there is more against it.
func TestQuietUntilThereIsMore(t *testing.T) {
	s := serveQuiet(t)
	r := patient(t, "fbss-onvolledig")
	c := ask(t, s, eligibility, r.call("patient-view", r.prefetch(), nil))
	override(t, s, c)
	if again := ask(t, s, eligibility, r.call("patient-view", r.prefetch(), nil), "Accept-Language", "en"); again != nil {
		t.Errorf("shown again: %s", again.Summary)
	}
	pregnant := condition("zwanger", r.id(), "77386006")
	r.add(pregnant)
	if now := ask(t, s, eligibility, r.call("patient-view", r.prefetch(), nil)); now == nil {
		t.Error("a new contra-indication is not shown")
	}
}

// Who signs an order is told of a contra-indication each time; of what lacks, once.
func TestContraindicationsInsistWhenSigning(t *testing.T) {
	s := serveQuiet(t)
	orders := object{"draftOrders": bundle(order("o1", "https://pijnpoort.example/fhir/CodeSystem/intake", "SCS"))}
	for name, insists := range map[string]bool{"dunnevezel-hoge-bmi": true, "fbss-onvolledig": false, "phn-niet-vergoed": true} {
		for _, hook := range []string{"patient-view", "order-sign"} {
			r := patient(t, name)
			ask := func() *card { return ask(t, s, eligibility, r.call(hook, r.prefetch(), orders)) }
			first := ask()
			if first == nil {
				t.Errorf("%s, %s: no card", name, hook)
				continue
			}
			override(t, s, first)
			want := insists && hook == "order-sign"
			if again := ask(); (again != nil) != want {
				t.Errorf("%s, %s: shown again: %v (%s)", name, hook, again != nil, strings.SplitN(first.Detail, "\n", 2)[0])
			}
		}
	}
}
