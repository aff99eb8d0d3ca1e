package cdshooks_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

var (
	workbench = cdshooks.CardLink{Labels: map[string]string{"nl": "Werkbank", "en": "Workbench"}, URL: "https://pijnpoort.example/", Type: cdshooks.Absolute}
	app       = cdshooks.CardLink{Labels: map[string]string{"nl": "Intake"}, URL: "https://app.example/launch", Type: cdshooks.SMART, Autolaunchable: true}
)

// The links of the site stand on each card. What an app is told is which card it is
// launched from, and nothing of the patient.
func TestLinksStandOnEveryCard(t *testing.T) {
	h := start(t, func(o *cdshooks.Options) { o.Links = []cdshooks.CardLink{workbench, app} })
	h.cards[0].About.Rules = "r1"
	h.cards = append(h.cards, h.cards[0])
	for _, card := range cards(t, h.call(view(allSent), http.StatusOK, "Accept-Language", "en")) {
		links := card["links"].([]any)
		told := links[1].(map[string]any)["appContext"].(string)
		want := []any{
			map[string]any{"label": "Workbench", "url": "https://pijnpoort.example/", "type": "absolute"},
			map[string]any{"label": "Intake", "url": "https://app.example/launch", "type": "smart", "autolaunchable": true, "appContext": told},
		}
		if diff := cmp.Diff(want, links); diff != "" {
			t.Error(diff)
		}
		var context map[string]any
		if err := json.Unmarshal([]byte(told), &context); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]any{"card": card["uuid"], "service": "raad", "rules": "r1"}, context); diff != "" {
			t.Error(diff)
		}
	}
	if len(h.cards[0].Links) > 0 {
		t.Error("the links were put on the card of the service itself")
	}
}

// Row 110: what is about this patient is reached by a link; row 109: not by the source.
func TestTheSourceIsNoDrillDown(t *testing.T) {
	h := start(t, func(o *cdshooks.Options) { o.Links = []cdshooks.CardLink{app} })
	card := cards(t, h.call(view(allSent), http.StatusOK))[0]
	if source := card["source"].(map[string]any); source["url"] != nil || card["links"] == nil {
		t.Errorf("%v", card)
	}
}

func TestFaultyLinksAreFoundAtTheStart(t *testing.T) {
	with := func(change func(*cdshooks.CardLink)) cdshooks.CardLink {
		l := workbench
		change(&l)
		return l
	}
	for want, l := range map[string]cdshooks.CardLink{
		"":                                 workbench,
		"label must be given":              with(func(l *cdshooks.CardLink) { l.Labels = nil }),
		"label must be one line":           with(func(l *cdshooks.CardLink) { l.Labels = map[string]string{"nl": "a\nb"} }),
		"type must be absolute or smart":   with(func(l *cdshooks.CardLink) { l.Type = "page" }),
		"url must be absolute":             with(func(l *cdshooks.CardLink) { l.URL = "/workbench" }),
		"url must be https":                with(func(l *cdshooks.CardLink) { l.URL = "http://pijnpoort.example/" }),
		"url must not hold a password":     with(func(l *cdshooks.CardLink) { l.URL = "https://a:b@pijnpoort.example/" }),
		"url must be https ":               with(func(l *cdshooks.CardLink) { l.URL = "javascript://x/alert(1)" }),
		"url must be absolute, not opaque": with(func(l *cdshooks.CardLink) { l.URL = "mailto:x@y.example" }),
	} {
		err := l.Check()
		wanted := strings.TrimSpace(strings.TrimSuffix(want, ", not opaque"))
		if want == "" && err != nil || want != "" && (err == nil || err.Error() != wanted) {
			t.Errorf("%q: %v", want, err)
		}
	}
	here := workbench
	here.URL = "http://127.0.0.1:8080/"
	if err := here.Check(); err != nil {
		t.Errorf("on this machine: %v", err)
	}
}
