package terminologyserver

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping/coverage"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	root    = "202725007" // ours, of dx-fbss
	kind    = "1234567891000"
	another = "9876543210000"
)

// snomedServer knows, by code, the codes above each code.
type snomedServer struct {
	above map[string][]string
	calls atomic.Int64
}

// ServeHTTP answers $expand, page by page, and batches of $subsumes.
func (s *snomedServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.calls.Add(1)
	w.Header().Set("Content-Type", "application/fhir+json; charset=utf-8")
	if r.Header.Get("Authorization") != "Bearer secret" || r.Method != http.MethodPost {
		http.Error(w, `{"resourceType": "OperationOutcome"}`, http.StatusUnauthorized)
		return
	}
	var body struct {
		Parameter []struct {
			Name         string
			ValueInteger int
			Resource     struct {
				Compose struct {
					Include []struct {
						System string
						Filter []struct{ Property, Op, Value string }
					}
				}
			}
		}
		Entry []struct{ Request struct{ Method, URL string } }
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		http.Error(w, "{}", http.StatusBadRequest)
		return
	}
	if r.URL.Path == "/fhir" {
		s.batch(w, body.Entry)
		return
	}
	var count, offset int
	var all []string
	for _, p := range body.Parameter {
		switch p.Name {
		case "count":
			count = p.ValueInteger
		case "offset":
			offset = p.ValueInteger
		case "valueSet":
			for _, include := range p.Resource.Compose.Include {
				for code, above := range s.above {
					if f := include.Filter[0]; include.System == snomed && f.Property == "concept" && f.Op == "is-a" && (code == f.Value || slices.Contains(above, f.Value)) && !slices.Contains(all, code) {
						all = append(all, code)
					}
				}
			}
		}
	}
	slices.Sort(all)
	page := all[min(offset, len(all)):min(offset+count, len(all))]
	writeExpansion(w, len(all), page)
}

func writeExpansion(w http.ResponseWriter, total int, codes []string) {
	list := make([]map[string]string, len(codes))
	for i, c := range codes {
		list[i] = map[string]string{"system": snomed, "code": c, "display": "Kind " + c}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"resourceType": "ValueSet", "status": "active", "expansion": map[string]any{"total": total, "contains": list}})
}

func (s *snomedServer) batch(w http.ResponseWriter, entries []struct{ Request struct{ Method, URL string } }) {
	answer := []any{}
	for _, e := range entries {
		asked, _ := url.Parse(e.Request.URL)
		q := asked.Query()
		if asked.Path == "CodeSystem/$validate-code" {
			answer = append(answer, s.validate(q.Get("url"), q.Get("code")))
			continue
		}
		outcome := "not-subsumed"
		if slices.Contains(s.above[q.Get("codeB")], q.Get("codeA")) && q.Get("system") == snomed && asked.Path == "CodeSystem/$subsumes" {
			outcome = "subsumes"
		}
		answer = append(answer, map[string]any{"response": map[string]string{"status": "200"}, "resource": map[string]any{
			"resourceType": "Parameters", "parameter": []any{map[string]string{"name": "outcome", "valueCode": outcome}}}})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"resourceType": "Bundle", "type": "batch-response", "entry": answer})
}

func (s *snomedServer) validate(system, code string) map[string]any {
	_, known := s.above[code]
	known = known && system == snomed
	parameters := []any{map[string]any{"name": "result", "valueBoolean": known}}
	if known {
		parameters = append(parameters, map[string]any{"name": "display", "valueString": "Kind " + code})
	}
	return map[string]any{"resource": map[string]any{"resourceType": "Parameters", "parameter": parameters}}
}

// knowing is a server that has all of our codes, and the kinds given.
func knowing(above map[string][]string) *snomedServer {
	s := &snomedServer{above: map[string][]string{}}
	for _, v := range coverage.VerifiedCodes(snomed) {
		s.above[v.Code] = nil
	}
	for code, list := range above {
		s.above[code] = list
	}
	return s
}

// connect starts a server and gives it as one to ask.
func connect(t *testing.T, handler http.Handler, options client.Options) *client.Server {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	options.Servers = []string{s.URL + "/fhir"}
	c, err := client.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	server, err := c.Server(s.URL+"/fhir", "secret")
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func expander(t *testing.T, handler http.Handler) *Expander {
	return &Expander{Server: connect(t, handler, client.Options{}), Folder: Folder(filepath.Join(t.TempDir(), "terminology")), Log: slog.New(slog.DiscardHandler)}
}

func means(t *testing.T, folder Folder, site *terminology.Site, code string) []terminology.Concept {
	t.Helper()
	overlay, err := NewOverlay(folder, site)
	if err != nil {
		t.Fatal(err)
	}
	return overlay.Terminology().Concepts(snomed, code)
}

// answer answers everything with one body.
func answer(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	}
}
