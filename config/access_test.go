package config

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/operations"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
	"github.com/pijnpoort/pijnpoort/web"
)

// How calls stand in the log, in words; the name of the patient is not among them.
func TestHowAccessIsTold(t *testing.T) {
	him := []fhir.Identifier{{System: registration.BSN, Value: "999900006"}}
	hook := func(change func(*cdshooks.Access)) func(*AccessLog, context.Context) error {
		a := cdshooks.Access{Service: "raad", Hook: cdshooks.PatientView, Caller: "https://ehr.example/", Address: "10.0.0.7", User: "Practitioner/1",
			Patient: "p1", Identifiers: him, Status: 200}
		change(&a)
		return func(l *AccessLog, ctx context.Context) error { return l.Hook(ctx, a) }
	}
	tests := map[string]struct {
		tell    func(*AccessLog, context.Context) error
		want    string
		patient bool   // he is known by his identifiers
		body    string // something else that stands in the event
	}{
		"a chart is opened": {hook(func(*cdshooks.Access) {}),
			"Data judged for advice; to https://ehr.example/ (10.0.0.7); by pijnpoort|0.1.0; for Practitioner/1; about raad, hook patient-view", true, `"TREAT"`},
		"an order": {hook(func(a *cdshooks.Access) { a.Hook = cdshooks.OrderSign }),
			"Data judged for advice; to https://ehr.example/ (10.0.0.7); by pijnpoort|0.1.0; for Practitioner/1; about raad, hook order-sign", true, `"COVAUTH"`},
		"refused": {hook(func(a *cdshooks.Access) { a.Status, a.Identifiers = 412, nil }),
			"Data judged for advice (failed); to https://ehr.example/ (10.0.0.7); by pijnpoort|0.1.0; for Practitioner/1; about raad, status 412, hook patient-view", false, `"outcome":"4"`},
		"failed": {hook(func(a *cdshooks.Access) { a.Status = 500 }),
			"Data judged for advice (failed); to https://ehr.example/ (10.0.0.7); by pijnpoort|0.1.0; for Practitioner/1; about raad, status 500, hook patient-view", true, `"outcome":"8"`},
		"no such service": {hook(func(a *cdshooks.Access) { *a = cdshooks.Access{Address: "10.0.0.7", Status: 404} }),
			"Data judged for advice (failed); to 10.0.0.7; by pijnpoort|0.1.0; about unknown, status 404", false, ""},
		"a user of another server": {hook(func(a *cdshooks.Access) { a.User = "https://ehr.example/fhir/PractitionerRole/2" }),
			"Data judged for advice; to https://ehr.example/ (10.0.0.7); by pijnpoort|0.1.0; for https://ehr.example/fhir/PractitionerRole/2; about raad, hook patient-view", true, ""},
		"an operation": {func(l *AccessLog, ctx context.Context) error {
			return l.Operation(ctx, operations.Access{Operation: "$score", Caller: "x", Address: "::1", Identifiers: him, Status: 200})
		}, "Questionnaires scored; to x (::1); by pijnpoort|0.1.0; about $score", true, ""},
		"the workbench": {func(l *AccessLog, ctx context.Context) error {
			return l.Page(ctx, web.Access{User: "jansen", Address: "10.0.0.9", Identifiers: him})
		}, "Data judged for advice; to 10.0.0.9; by pijnpoort|0.1.0; for jansen; about workbench", true, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
			l := Default().AccessLog(s, slog.New(slog.DiscardHandler))
			l.recorder.Log.Host = ""
			if err := test.tell(l, t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := l.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			var text, document bytes.Buffer
			of := []string(nil)
			if test.patient {
				var err error
				if of, err = s.Aliases(t.Context(), "", registration.Identifier(him[0])); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := Default().AuditLog().Export(t.Context(), s, of, audit.Party{}, "json", "en", &document); err != nil {
				t.Fatal(err)
			}
			if _, err := l.recorder.Log.Export(t.Context(), s, of, audit.Party{}, "text", "en", &text); err != nil {
				t.Fatal(err)
			}
			line, _, _ := strings.Cut(text.String(), "\n")
			if got := line[len("2026-01-01 00:00:00 +0100  "):]; got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if strings.Contains(document.String(), "999900006") || strings.Contains(document.String(), `"p1"`) || !strings.Contains(document.String(), test.body) {
				t.Error(document.String())
			}
		})
	}
}

// A patient who uses a system himself is not told by a reference to him.
func TestAPatientAsUserIsNotNamed(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	l := &AccessLog{store: s}
	for _, reference := range []string{"Patient/p1", "RelatedPerson/p1", "https://ehr.example/fhir/Patient/p1"} {
		got := l.user(audit.Party{Value: "c"}, reference)
		if strings.Contains(got.Value, "p1") || !strings.Contains(got.Value, "P") || got == l.user(audit.Party{Value: "d"}, reference) {
			t.Errorf("%s: %+v", reference, got)
		}
	}
}

func TestAccessCanBeLeftUnlogged(t *testing.T) {
	c, err := Load(file(t, "registry: {audit: {access: false}}\n"), nil)
	if err != nil || c.LogsAccess() || c.AccessLog(nil, nil) != nil || !Default().LogsAccess() {
		t.Error(c.Registry.Audit, err)
	}
}

// BenchmarkHookAccess: what logging costs a call of a hook.
func BenchmarkHookAccess(b *testing.B) {
	s := storetest.Open(b, storetest.URL(b, "sqlite"), storetest.Keys(b))
	l := &AccessLog{store: s, recorder: audit.NewRecorder(audit.RecorderOptions{
		Log: Default().AuditLog(), Store: s, Logger: slog.New(slog.DiscardHandler), Waiting: b.N + 1000})}
	a := cdshooks.Access{At: time.Now(), Service: "raad", Hook: cdshooks.OrderSign, Caller: "https://ehr.example/", Address: "10.0.0.7",
		User: "Practitioner/1", Patient: "p1", Status: 200, Trace: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
		Identifiers: []fhir.Identifier{{System: registration.BSN, Value: "999900006"}}}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if err := l.Hook(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	if err := l.Close(context.Background()); err != nil {
		b.Fatal(err)
	}
}
