package privacy_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/operations"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/test/bundles"
	"github.com/pijnpoort/pijnpoort/test/population"
)

var asOf = mapping.NewDay(2025, 6, 16)

// inputs are documents with something of everything that is read.
func inputs(t *testing.T) map[string][]byte {
	t.Helper()
	list := map[string][]byte{"hook": bundles.Hook()}
	files, err := filepath.Glob("../patients/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no example patients: %v", err)
	}
	for _, file := range files {
		if list[filepath.Base(file)], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	p := population.Default(12, 5)
	for i := range 12 {
		id, r := p.Patient(i)
		list[fmt.Sprint("generated ", i)] = population.Bundle(id, r)
	}
	return list
}

func settings(t *testing.T) config.Config {
	t.Helper()
	c := config.Default()
	c.Data = t.TempDir()
	c.Registry.Clinic = "http://fhir.nl/fhir/NamingSystem/agb-z|06010101"
	return c
}

// identifying are the patient's own numbers and full date of birth in an input; in a
// string that is replaced by a mark they are gone.
func identifying(document []byte) []string {
	var bundle struct {
		Entry []struct {
			Resource struct {
				ResourceType, BirthDate string
				Identifier              json.RawMessage
			}
		}
	}
	if json.Unmarshal(document, &bundle) != nil {
		return nil
	}
	var list []string
	for _, e := range bundle.Entry {
		if e.Resource.ResourceType != "Patient" {
			continue
		}
		if len(e.Resource.BirthDate) == len("2006-01-02") {
			list = append(list, `"`+e.Resource.BirthDate+`"`)
		}
		var identifiers []struct{ Value string }
		_ = json.Unmarshal(e.Resource.Identifier, &identifiers)
		for _, i := range identifiers {
			if len(i.Value) >= 6 { // a shorter one is part of other numbers
				list = append(list, i.Value)
			}
		}
	}
	return list
}

// nothing demands that a text holds no mark and nothing of what identifies.
func nothing(t *testing.T, where, text string, secrets []string) {
	t.Helper()
	for _, secret := range append([]string{mark}, secrets...) {
		if at := strings.Index(text, secret); at >= 0 {
			t.Errorf("%s: %q gets out: ...%s...", where, secret, text[max(at-100, 0):min(at+60, len(text))])
			return
		}
	}
}

// unmarked leaves a document as it is: the patient of the input is the secret.
const unmarked = -1

// Nothing that a registry gets holds a mark, in any shape, for any input.
func TestRegistriesGetNoMark(t *testing.T) {
	c := settings(t)
	adviser, err := c.Adviser()
	if err != nil {
		t.Fatal(err)
	}
	adviser.AsOf = func() mapping.Day { return asOf }
	sent, refused := 0, 0
	for name, document := range inputs(t) {
		secrets := identifying(document)
		for k, share := range []float64{unmarked, 0, 0.01, 0.05, 0.3} {
			marked := filled(document, uint64(k), share)
			chart, err := decode.Bundle("", marked, c.DecodeLimits())
			if err != nil {
				nothing(t, name+": error", err.Error(), secrets)
				continue
			}
			registered := normalise.Register(adviser, chart)
			for _, shape := range normalise.Shapes {
				n, err := c.Normaliser(normalise.Target{Name: "r", Recipient: "r", Shape: shape, AllowClientIDs: true}, asOf)
				if err != nil {
					t.Fatal(err)
				}
				d, err := n.Normalise(context.Background(), registered.Registration)
				if err != nil {
					refused++
					nothing(t, name+": error", err.Error(), secrets)
					continue
				}
				documents, err := d.Documents()
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				for _, document := range documents {
					sent++
					nothing(t, fmt.Sprintf("%s, %s, %g", name, shape, share), string(document.Body), append(secrets, identifying(marked)...))
				}
				nothing(t, name+": issues", fmt.Sprintf("%+v", d.Issues), secrets)
			}
		}
	}
	if sent < 400 {
		t.Errorf("only %d bundles came as far as a registry, %d refused: the marks took too much away", sent, refused)
	}
}

// service is everything that is served, with its log at the finest level.
func service(t *testing.T) (*gin.Engine, *bytes.Buffer) {
	t.Helper()
	gin.SetMode(gin.TestMode)
	c := settings(t)
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	hooks, err := c.Hooks(nil, logger)
	if err != nil {
		t.Fatal(err)
	}
	adviser, err := c.Adviser()
	if err != nil {
		t.Fatal(err)
	}
	engine := gin.New()
	engine.NoRoute(operations.NotFound)
	if err := cdshooks.Register(engine, hooks); err != nil {
		t.Fatal(err)
	}
	err = operations.Register(engine, operations.Options{Adviser: adviser, Limits: c.DecodeLimits(), PublicBase: c.Public(), Normalising: c.Normalising(), Log: logger})
	if err != nil {
		t.Fatal(err)
	}
	return engine, &log
}

// Neither logs nor errors of what is served hold a mark; nor does what is normalised.
func TestLogsAndErrorsHoldNoMark(t *testing.T) {
	engine, log := service(t)
	call := func(name, path string, body []byte, always bool) {
		r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		engine.ServeHTTP(w, r)
		if always || w.Code >= http.StatusBadRequest {
			nothing(t, fmt.Sprintf("%s: %s answers %d", name, path, w.Code), w.Body.String(), nil)
		}
	}
	for name, document := range inputs(t) {
		for k, share := range []float64{0, 0.05, 0.3} {
			marked := filled(document, uint64(k), share)
			broken := marked[:len(marked)*2/3]
			twice := bytes.Replace(marked, []byte(`"resourceType":"Patient"`), []byte(`"resourceType":"Patient","`+mark+`":1,"`+mark+`":2`), 1)
			for _, body := range [][]byte{marked, broken, twice} {
				call(name, "/fhir/$normalise?asOf=2025-06-16", body, true)
				call(name, "/fhir/$validate", body, true)
				call(name, "/fhir/$advise?asOf=2025-06-16", body, false)
				call(name, "/fhir/$score", body, false)
				call(name, "/cds-services/neuromodulatie-geschiktheid", hook(body), false)
				call(name, "/cds-services/"+mark, hook(body), false)
			}
		}
	}
	if log.Len() == 0 {
		t.Error("nothing was logged")
	}
	nothing(t, "log", log.String(), nil)
}

// hook is a call of a decision hook with a document as prefetch.
func hook(document []byte) []byte {
	if !json.Valid(document) {
		document = []byte(`"` + mark + `"`)
	}
	body := []byte(`{"hook":"patient-view","hookInstance":"6bc2ce22-0000-4000-8000-0000000000aa","context":{"userId":"Practitioner/` + mark + `","patientId":"` + mark + `"},"prefetch":{"patient":`)
	return append(append(body, document...), `,"`+mark+`":null}}`...)
}

// The marks do what they are for: they are in every kind of element.
func TestMarksAreEverywhere(t *testing.T) {
	for name, document := range inputs(t) {
		if !bytes.Contains(document, []byte(`"resourceType":"Patient"`)) && !bytes.Contains(document, []byte(`"resourceType": "Patient"`)) {
			continue // about a pain centre
		}
		marked := string(filled(document, 0, 0))
		for _, element := range []string{"family", "given", "line", "city", "display", "id", "valueString", "title", "value", "reference", "text", "code"} {
			if !regexp.MustCompile(`"` + element + `":(\[)?"[^"]*` + mark).MatchString(marked) {
				t.Errorf("%s: no mark in %s", name, element)
			}
		}
		if !strings.Contains(marked, `\u003e`+mark) {
			t.Errorf("%s: no mark in a narrative", name)
		}
	}
}
