//go:build oracle

package fhirserver

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/test/population"
)

var (
	people = flag.Int("people", 20, "how many made-up patients are delivered beside the examples")
	given  = flag.String("bundles", "", "a folder with transaction bundles to deliver, instead of those made here")
)

// transactions makes the transaction bundles of the example patients and of a population,
// and gives their files.
func transactions(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	out := filepath.Join(folder, "out")
	if *given != "" {
		out = *given
	} else {
		program := filepath.Join(folder, "pijnpoort")
		if told, err := exec.Command("go", "build", "-o", program, "../../../cmd/pijnpoort").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, told)
		}
		made := filepath.Join(folder, "population")
		if err := os.Mkdir(made, 0o755); err != nil {
			t.Fatal(err)
		}
		for id, r := range population.Default(*people, 11).All() {
			if err := os.WriteFile(filepath.Join(made, id+".json"), population.Bundle(id, r), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		patients, err := filepath.Abs("../../patients")
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range []string{patients, made} {
			command := exec.Command(program, "bundle", source, "--as-of", "2025-06-16", "--shape", "transaction", "--out", out)
			command.Dir = folder
			if told, err := command.CombinedOutput(); err != nil {
				t.Logf("%v\n%s", err, told) // a centre among the patients is refused
			}
		}
	}
	files, err := filepath.Glob(filepath.Join(out, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no transactions in %s: %v", out, err)
	}
	return files
}

// answer is what the test looks at of a transaction-response, and of a search.
type answer struct {
	Type  string `json:"type"`
	Total int    `json:"total"`
	Entry []struct {
		Response struct {
			Status   string `json:"status"`
			Location string `json:"location"`
		} `json:"response"`
	} `json:"entry"`
	Issue []struct {
		Diagnostics string `json:"diagnostics"`
	} `json:"issue"`
}

func ask(t *testing.T, method, url string, body []byte) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/fhir+json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	document, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(document, &a); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s, %v\n%.2000s", method, url, response.Status, err, document)
	}
	return a
}

// sent lists the types of the entries of a transaction, one per entry.
func sent(t *testing.T, document []byte) []string {
	t.Helper()
	var bundle struct {
		Entry []struct {
			Request struct {
				URL string `json:"url"`
			} `json:"request"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(document, &bundle); err != nil {
		t.Fatal(err)
	}
	var types []string
	for _, e := range bundle.Entry {
		kind, _, _ := strings.Cut(e.Request.URL, "?")
		types = append(types, kind)
	}
	return types
}

// counts asks how many resources the server has, by type.
func counts(t *testing.T, base string, types map[string]int) map[string]int {
	t.Helper()
	found := map[string]int{}
	for kind := range types {
		found[kind] = ask(t, http.MethodGet, base+"/"+kind+"?_summary=count", nil).Total
	}
	return found
}

// A FHIR server accepts every transaction. Sent a second time, and once more after the
// server was killed and started again, it changes nothing: the same resources, at the same
// versions, and as many.
func TestDeliveredTwiceChangesNothing(t *testing.T) {
	folder := t.TempDir()
	server, err := Start(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { server.Stop() }()
	files := transactions(t)
	locations := map[string][]string{}
	types := map[string]int{}
	deliver := func(again bool) {
		for _, file := range files {
			document, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			asked := sent(t, document)
			a := ask(t, http.MethodPost, server.URL, document)
			if a.Type != "transaction-response" || len(a.Entry) != len(asked) {
				t.Fatalf("%s: %s with %d entries for %d", file, a.Type, len(a.Entry), len(asked))
			}
			var at []string
			for i, e := range a.Entry {
				if !strings.HasPrefix(e.Response.Location, asked[i]+"/") {
					t.Errorf("%s: entry %d is a %s, answered %s", file, i, asked[i], e.Response.Location)
				}
				if again && !strings.HasPrefix(e.Response.Status, "200") {
					t.Errorf("%s: entry %d (%s) is answered %s the second time", file, i, asked[i], e.Response.Status)
				}
				at = append(at, e.Response.Location)
			}
			if again {
				if diff := cmp.Diff(locations[file], at); diff != "" {
					t.Errorf("%s: sent again, resources or versions changed (-first +again):\n%s", file, diff)
				}
				continue
			}
			locations[file] = at
			for _, kind := range asked {
				types[kind]++
			}
		}
	}

	deliver(false)
	first := counts(t, server.URL, types)
	// Everything but the clinics, which patients share, was sent once and stands once.
	for kind, n := range types {
		if kind != "Organization" && first[kind] != n {
			t.Errorf("%d of %s sent, %d at the server", n, kind, first[kind])
		}
	}
	deliver(true)
	if diff := cmp.Diff(first, counts(t, server.URL, types)); diff != "" {
		t.Errorf("sent twice, the counts changed:\n%s", diff)
	}
	server.Stop()
	if server, err = Start(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	deliver(true)
	if diff := cmp.Diff(first, counts(t, server.URL, types)); diff != "" {
		t.Errorf("sent again after a kill, the counts changed:\n%s", diff)
	}
	total := 0
	for _, n := range first {
		total += n
	}
	t.Logf("%d transactions, %d resources at the server: %v", len(files), total, first)
}

// A transaction whose reference leads nowhere is refused whole: this server is no sink
// that takes anything.
func TestBrokenReferenceIsRefused(t *testing.T) {
	server, err := Start(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	document := `{"resourceType":"Bundle","type":"transaction","entry":[
		{"resource":{"resourceType":"Organization","name":"x"},"request":{"method":"POST","url":"Organization"}},
		{"resource":{"resourceType":"Condition","subject":{"reference":"Patient/nobody"}},"request":{"method":"POST","url":"Condition"}}]}`
	response, err := http.Post(server.URL, "application/fhir+json", strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusBadRequest {
		t.Errorf("answered %s", response.Status)
	}
	if n := ask(t, http.MethodGet, server.URL+"/Organization?_summary=count", nil).Total; n != 0 {
		t.Errorf("%d organizations of a transaction that was refused", n)
	}
}
