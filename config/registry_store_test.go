package config

import (
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

func TestTheEmbeddedDatabaseIsInData(t *testing.T) {
	c := Default()
	c.Data = t.TempDir()
	s, err := c.Store(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"registry.db", "registry.keys"} {
		if info, err := os.Stat(filepath.Join(c.Data, name)); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if _, err := c.Intake(s); err != nil {
		t.Error(err)
	}
	if err := os.Remove(filepath.Join(c.Data, "registry.keys")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Store(t.Context()); err == nil || !strings.Contains(err.Error(), "registry.store.keys") {
		t.Errorf("without its keys: %v", err)
	}
}

func TestFaultyStoreSettingsNameTheirKey(t *testing.T) {
	for name, test := range map[string]struct{ yaml, want string }{
		"another database": {"database: mysql://user:geheim@host/db\n", `database: must be postgres://`},
		"a term":           {"registry: {store: {auditYears: -1}}\n", `registry\.store\.auditYears: must be a number of days or years`},
		"a missing file":   {"registry: {store: {keys: /does/not/exist}}\n", `registry\.store\.keys: must be a file`},
	} {
		_, err := Load(file(t, test.yaml), nil)
		if err == nil || !regexp.MustCompile(test.want).MatchString(err.Error()) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRetention(t *testing.T) {
	c, err := Load(file(t, "registry: {store: {sendingDays: 30, auditYears: 5}}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if keep := c.Retention(); keep.Sendings != 30*24*time.Hour || keep.Audit != 5*365*24*time.Hour || keep.Deliveries != 0 || keep.Cards != 0 {
		t.Errorf("%+v", keep)
	}
}

func TestFeedbackInTheDatabase(t *testing.T) {
	c := Default()
	c.Data = t.TempDir()
	s, err := c.Store(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const days = 7
	f, neighbour := NewFeedbackInStore(s, days, slog.New(slog.DiscardHandler)), NewFeedbackInStore(s, days, slog.New(slog.DiscardHandler))
	now := time.Now().UTC().Truncate(time.Second)
	card := cdshooks.Issued{Card: uuid.NewString(), Service: "s", At: now, Patient: f.Pseudonym("https://ehr.example/", "p1"),
		About: cdshooks.About{Criteria: []string{"b", "a"}}}
	if f.Pseudonym("https://ehr.example/", "p2") == card.Patient || f.Pseudonym("https://ehr.example/p", "1") == card.Patient {
		t.Error("two patients have one pseudonym")
	}
	if err := f.Issue(card); err != nil {
		t.Fatal(err)
	}
	feedback := []cdshooks.Feedback{{Card: card.Card, Outcome: "overridden", Timestamp: now.Add(time.Minute)}}
	for range 2 { // the second time changes nothing
		if err := f.Add(feedback); err != nil {
			t.Fatal(err)
		}
	}
	same := card
	same.Card, same.About.Criteria = uuid.NewString(), []string{"a", "b"}
	other := same
	other.About.Criteria = []string{"a", "b", "c"}
	nobody := same
	nobody.Patient = ""
	for name, test := range map[string]struct {
		card     cdshooks.Issued
		from, to time.Time
		want     bool
	}{
		"the same":               {same, now, now.Add(time.Hour), true},
		"too long ago":           {same, now.Add(time.Hour), now.Add(2 * time.Hour), false},
		"another criterion":      {other, now, now.Add(time.Hour), false},
		"of whom it is not told": {nobody, now, now.Add(time.Hour), false},
	} {
		if got := f.Overridden(test.card, test.from, test.to); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if neighbour.Overridden(same, now, now.Add(time.Hour)) {
		t.Error("another node was told without reading")
	}
	neighbour.reread()
	if !neighbour.Overridden(same, now, now.Add(time.Hour)) {
		t.Error("another node does not know")
	}
	if err := neighbour.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Issue(same); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if totals, err := s.Totals(t.Context()); err != nil || totals.Cards != 2 || totals.Given != 1 {
		t.Errorf("%+v, %v", totals, err)
	}
}
