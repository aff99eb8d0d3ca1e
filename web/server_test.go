package web

import (
	"bytes"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"golang.org/x/crypto/bcrypt"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// serve gives pages to send requests to, and the log that they write.
func serve(t *testing.T, users Users) (http.Handler, *bytes.Buffer) {
	t.Helper()
	gin.SetMode(gin.TestMode)
	engine, log := gin.New(), &bytes.Buffer{}
	err := Register(engine, Options{
		Adviser: &advice.Adviser{}, Limits: decode.Limits{Bytes: 1 << 20}, Language: "nl", Title: "Proefkliniek",
		Users: users, Log: slog.New(slog.NewTextHandler(log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return engine, log
}

// post sends the form of the workbench; "file" is uploaded, others are fields.
func post(t *testing.T, handler http.Handler, fields map[string]string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		var part io.Writer
		var err error
		if name == "file" {
			part, err = form.CreateFormFile(name, "patient.json")
		} else {
			part, err = form.CreateFormField(name)
		}
		if err == nil {
			_, err = io.WriteString(part, value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "/", &body)
	for name, values := range header {
		r.Header[name] = values
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func example(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "test", "patients", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestWorkbench(t *testing.T) {
	eligible := example(t, "fbss-geschikt.json")
	for _, c := range []struct {
		name   string
		fields map[string]string
		status int
		shows  []string
	}{
		{"an uploaded patient is judged as of the day", map[string]string{"file": eligible, "asOf": "2025-06-16"}, http.StatusOK,
			[]string{"Komt in aanmerking voor SCS bij FBSS", "op 2025-06-16", "Beenpijn is de hoofdklacht", "Condition/fbss-geschikt-fbss-1"}},
		{"a pasted one too", map[string]string{"pasted": eligible, "asOf": "2025-06-16"}, http.StatusOK,
			[]string{"Komt in aanmerking voor SCS bij FBSS"}},
		{"by the phase and version chosen", map[string]string{"pasted": eligible, "asOf": "2025-06-16", "phase": "referral", "standpunt": "nva-2020"}, http.StatusOK,
			[]string{"verwijzing · op 2025-06-16 · standpunt NVA 2020"}},
		{"every patient of NDJSON has an answer", map[string]string{"file": example(t, "poli.ndjson"), "asOf": "2025-06-16"}, http.StatusOK,
			[]string{`<article>`}},
		{"what cannot be read is told with the reason", map[string]string{"pasted": `{"resourceType": "Bundle",`}, http.StatusOK,
			[]string{"Niet te lezen", "<p>Bundle: malformed JSON at byte 26"}},
		{"and with the name of the file, once", map[string]string{"file": `{"resourceType": "Bundle",`}, http.StatusOK,
			[]string{"<p>patient.json: Bundle: malformed JSON at byte 26"}},
		{"the mark of a criterion can be heard", map[string]string{"pasted": eligible, "asOf": "2025-06-16"}, http.StatusOK,
			[]string{`<span role="img" aria-label="voldaan">✓</span>`, `<span role="img" aria-label="niet van toepassing">–</span>`}},
		{"what was pasted stays when another field is wrong", map[string]string{"pasted": `{"resourceType":"Patient"}`, "asOf": "gisteren"}, http.StatusBadRequest,
			[]string{`spellcheck="false">{&#34;resourceType&#34;:&#34;Patient&#34;}</textarea>`}},
		{"nothing given", map[string]string{"pasted": " "}, http.StatusBadRequest, []string{"Kies een bestand"}},
		{"a day that is none", map[string]string{"pasted": eligible, "asOf": "gisteren"}, http.StatusBadRequest, []string{"Geen dag"}},
		{"a phase that does not exist", map[string]string{"pasted": eligible, "phase": "later"}, http.StatusBadRequest, []string{"Geen van de keuzes"}},
		{"too large", map[string]string{"pasted": strings.Repeat(" ", 3<<20)}, http.StatusBadRequest, []string{"Groter dan hier mag"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			handler, log := serve(t, nil)
			w := post(t, handler, c.fields, nil)
			if w.Code != c.status {
				t.Errorf("status %d, want %d", w.Code, c.status)
			}
			for _, text := range c.shows {
				if !strings.Contains(w.Body.String(), text) {
					t.Errorf("the page does not show %q", text)
				}
			}
			if log.Len() > 0 {
				t.Errorf("logged: %s", log)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	for accept, want := range map[string]string{"": "Werkbank", "nl-NL": "Werkbank", "en-GB,nl;q=0.5": "Workbench", "fr": "Werkbank"} {
		handler, _ := serve(t, nil)
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", accept)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), "<h1>"+want+"</h1>") {
			t.Errorf("Accept-Language %q: the page is not headed %q", accept, want)
		}
	}
}

// A page says in its title which it is, and offers the others there are.
func TestPagesAreTold(t *testing.T) {
	handler, _ := serve(t, nil)
	answer := post(t, handler, map[string]string{"pasted": example(t, "fbss-geschikt.json"), "asOf": "2025-06-16"}, nil)
	for path, c := range map[string]struct {
		page        *httptest.ResponseRecorder
		title, link string
		offered     bool
	}{
		"the workbench":      {getReport(t, "/", "nl"), "<title>Werkbank · Pijnpoort</title>", `<a href="/report">Jaarverslag</a>`, true},
		"without a registry": {get(handler, "/"), "<title>Werkbank · Proefkliniek</title>", `href="/report"`, false},
		"an answer":          {answer, "<title>Oordeel · Proefkliniek</title>", `href="/"`, true},
		"the report":         {getReport(t, "/report/2024", "en"), "<title>Annual report · Pijnpoort</title>", `href="/"`, true},
	} {
		body := c.page.Body.String()
		if !strings.Contains(body, c.title) {
			t.Errorf("%s: the title is not %s", path, c.title)
		}
		if strings.Contains(body, c.link) != c.offered {
			t.Errorf("%s: a link %s: %v", path, c.link, !c.offered)
		}
	}
}

func get(handler http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

// Of the assets there is no list.
func TestAssets(t *testing.T) {
	handler, _ := serve(t, nil)
	for path, status := range map[string]int{"/assets/style.css": http.StatusOK, "/assets/": http.StatusNotFound, "/assets/nothing.css": http.StatusNotFound} {
		if w := get(handler, path); w.Code != status {
			t.Errorf("%s: status %d, want %d", path, w.Code, status)
		}
	}
}

// Text in the data is never markup of the page.
func TestDataIsNotMarkup(t *testing.T) {
	handler, _ := serve(t, nil)
	data := `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p"}},
		{"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"text":"<script>alert(1)</script>"}}}]}`
	w := post(t, handler, map[string]string{"pasted": data}, nil)
	if w.Code != http.StatusOK || strings.Contains(w.Body.String(), "<script") {
		t.Errorf("status %d; script in page: %v", w.Code, strings.Contains(w.Body.String(), "<script"))
	}
	if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("Content-Security-Policy %q", policy)
	}
}

func TestUsers(t *testing.T) {
	hash, err := bcrypt.GenerateFromPassword([]byte("geheim"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	users, err := ReadUsers(strings.NewReader("# kliniek\n\narts:" + string(hash) + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	handler, _ := serve(t, users)
	for _, c := range []struct {
		name, password string
		status         int
	}{
		{"arts", "geheim", http.StatusOK}, {"arts", "Geheim", http.StatusUnauthorized}, {"ander", "nobody", http.StatusUnauthorized}, {"", "", http.StatusUnauthorized},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if c.name != "" {
			r.SetBasicAuth(c.name, c.password)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%s/%s: status %d, want %d", c.name, c.password, w.Code, c.status)
		}
	}
	for _, bad := range []string{"", "arts", "arts:geheim", ":" + string(hash), "arts:" + string(hash) + "\narts:" + string(hash)} {
		if _, err := ReadUsers(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is taken as users", bad)
		}
	}
}
