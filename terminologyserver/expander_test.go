package terminologyserver

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

func TestKindsOfOurCodesMeanTheSame(t *testing.T) {
	server := knowing(map[string][]string{
		kind:        {root},
		another:     {"734947007", "408749000"}, // CRPS type I, CRPS type II of the lower limb
		"202723000": {root},                     // of dx-fnss: our lists know it
		"111111111": {"66214007"},               // substance abuse, which is not widened
	})
	e := expander(t, server)
	if got := means(t, e.Folder, nil, kind); len(got) > 0 {
		t.Fatalf("before asking it means %v", got)
	}
	if err := e.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string][]terminology.Concept{
		kind:        {"dx-fbss"},
		another:     {"dx-crps-lower-limb", "dx-crps1", "dx-crps2"},
		root:        {"dx-fbss"},
		"202723000": {"dx-fnss"},
		"111111111": nil,
	} {
		if got := slices.Sorted(slices.Values(means(t, e.Folder, nil, code))); !slices.Equal(got, want) {
			t.Errorf("%s means %v, want %v", code, got, want)
		}
	}

	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "site.csv"), []byte("system,code,concept\n"+snomed+","+kind+",none\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	site, err := terminology.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	if got := means(t, e.Folder, site, kind); len(got) > 0 {
		t.Errorf("the site does not go over the server: %v", got)
	}
}

func TestLargeExpansionsComeInPages(t *testing.T) {
	above := map[string][]string{}
	for i := range 2*pageSize + 7 {
		above[fmt.Sprint(7_000_000_000+i)] = []string{root}
	}
	kinds, err := expand(t.Context(), connect(t, knowing(above), client.Options{}), []string{root})
	if err != nil || len(kinds) != len(above)+1 {
		t.Errorf("%d kinds of %d: %v", len(kinds), len(above)+1, err)
	}
}

func TestAServerThatMisbehavesChangesNothing(t *testing.T) {
	const fhirJSON = "application/fhir+json"
	tests := map[string]struct {
		handler http.HandlerFunc
		want    error
	}{
		"HTML":           {answer("text/html", "<html>Welcome</html>"), client.ErrNotFHIR},
		"HTML as JSON":   {answer(fhirJSON, "<html>Welcome</html>"), client.ErrNotFHIR},
		"half":           {answer(fhirJSON, `{"resourceType": "ValueSet", "expansion"`), client.ErrNotFHIR},
		"outcome":        {answer(fhirJSON, `{"resourceType": "OperationOutcome"}`), client.ErrNotFHIR},
		"no expansion":   {answer(fhirJSON, `{"resourceType": "ValueSet"}`), ErrNoExpansion},
		"other resource": {answer(fhirJSON, `{"resourceType": "Patient", "expansion": {}}`), ErrNoExpansion},
		"wrong types":    {answer(fhirJSON, `{"resourceType": "ValueSet", "expansion": {"contains": "all"}}`), ErrNoExpansion},
		"other system":   {answer(fhirJSON, `{"resourceType": "ValueSet", "expansion": {"contains": [{"system": "urn:x", "code": "202725007"}]}}`), ErrNoExpansion},
		"no identifier":  {answer(fhirJSON, `{"resourceType": "ValueSet", "expansion": {"contains": [{"system": "`+snomed+`", "code": "../x"}]}}`), ErrNoExpansion},
		"empty":          {answer(fhirJSON, `{"resourceType": "ValueSet", "expansion": {"total": 0}}`), ErrNoRoot},
		"without roots": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", fhirJSON)
			writeExpansion(w, 1, []string{kind})
		}, ErrNoRoot},
		"the same page": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", fhirJSON)
			writeExpansion(w, 5, []string{root})
		}, ErrIncomplete},
		"endless": {func() http.HandlerFunc {
			next := 1_000_000_000
			return func(w http.ResponseWriter, _ *http.Request) {
				codes := make([]string, pageSize)
				for i := range codes {
					next++
					codes[i] = fmt.Sprint(next)
				}
				w.Header().Set("Content-Type", fhirJSON)
				writeExpansion(w, 1<<40, codes)
			}
		}(), ErrTooMany},
		"huge":    {answer(fhirJSON, `{"resourceType": "ValueSet", "x": "`+strings.Repeat("x", 1<<20)+`"}`), client.ErrTooLarge},
		"error":   {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "secret", http.StatusInternalServerError) }, client.StatusError(500)},
		"refused": {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "secret", http.StatusUnauthorized) }, client.StatusError(401)},
		"slow": {func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client is gone
			<-r.Context().Done()
		}, client.ErrTimeout},
		"hangs up": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, client.ErrUnsent},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := expander(t, knowing(map[string][]string{kind: {root}}))
			if err := e.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			var calls atomic.Int64
			bad := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { calls.Add(1); test.handler(w, r) })
			e.Server = connect(t, bad, client.Options{Timeout: 200 * time.Millisecond, Bytes: 512 << 10})
			e.Now = func() time.Time { return time.Now().Add(48 * time.Hour) } // too old
			err := e.Refresh(t.Context())
			if !errors.Is(err, test.want) {
				t.Fatalf("error %v, want %v", err, test.want)
			}
			if text := err.Error(); strings.Contains(text, "secret") || strings.Contains(text, "127.0.0.1") {
				t.Errorf("the error tells too much: %s", text)
			}
			if got := means(t, e.Folder, nil, kind); !slices.Equal(got, []terminology.Concept{"dx-fbss"}) {
				t.Errorf("what was kept is lost: %v", got)
			}
			if name != "endless" && test.want != ErrNoRoot && calls.Load() > 2*maxFailures {
				t.Errorf("the server was asked %d times", calls.Load())
			}
		})
	}
}

func TestAServerIsAskedAgainOnlyWhenAnAnswerIsOld(t *testing.T) {
	server := knowing(nil)
	e := expander(t, server)
	now := time.Date(2025, 6, 16, 12, 0, 0, 0, time.UTC)
	e.Now = func() time.Time { return now }
	refresh := func() int {
		before := server.calls.Load()
		if err := e.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		return int(server.calls.Load() - before)
	}
	if first := refresh(); first < len(groups()) || first == 0 {
		t.Errorf("asked %d times for %d concepts", first, len(groups()))
	}
	now = now.Add(23 * time.Hour)
	if again := refresh(); again != 0 {
		t.Errorf("asked %d times within a day", again)
	}
	now = now.Add(time.Hour)
	if again := refresh(); again == 0 {
		t.Error("not asked after a day")
	}
}
