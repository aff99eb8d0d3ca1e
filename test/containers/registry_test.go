//go:build containers

package containers

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
)

// resource is what tells one resource from another, whoever gave it an id.
type resource struct {
	ResourceType string
	ID           string
	Meta         struct{ VersionID string }
	Identifier   identifiers
}

// name is the type and the identifier.
func (r resource) name() string {
	if len(r.Identifier) == 0 {
		return r.ResourceType + " without identifier"
	}
	return r.ResourceType + " " + r.Identifier[0].System + "|" + r.Identifier[0].Value
}

// identifiers are one or several: some types of resource have at most one.
type identifiers []struct{ System, Value string }

// UnmarshalJSON reads an object as a list of one.
func (i *identifiers) UnmarshalJSON(text []byte) error {
	if strings.HasPrefix(string(text), "{") {
		text = []byte("[" + string(text) + "]")
	}
	return json.Unmarshal(text, (*[]struct{ System, Value string })(i))
}

// bundle is one of resources, perhaps with more to follow.
type bundle struct {
	Link  []struct{ Relation, URL string }
	Entry []struct{ Resource resource }
}

// ask sends a request and reads the bundle in the answer.
func ask(t *testing.T, method, url string, body io.Reader) (b bundle) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/fhir+json")
	request.Header.Set("Cache-Control", "no-cache") // not what the server remembers of an earlier question
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s, %v: %s", method, url, response.Status, err, text[:min(len(text), 1000)])
	}
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	return b
}

// history is every version of every resource that a FHIR server has, as TYPE/ID/VERSION,
// by the name of the resource.
func history(t *testing.T, base string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for next := base + "/_history?_count=200"; next != ""; {
		b := ask(t, http.MethodGet, next, nil)
		for _, e := range b.Entry {
			r := e.Resource
			all[r.name()] = append(all[r.name()], fmt.Sprintf("%s/%s/%s", r.ResourceType, r.ID, r.Meta.VersionID))
		}
		next = ""
		for _, l := range b.Link {
			if l.Relation == "next" {
				next = l.URL
			}
		}
	}
	return all
}

// expected are the names of what a node makes of what a hospital sends, asked of the node
// without sending it anywhere. Provenance is left out: without an id of ours a transaction
// could not send it twice and change nothing.
func expected(t *testing.T, n *node, sent []string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, body := range sent {
		b := ask(t, http.MethodPost, n.url+"/fhir/$normalise?shape=collection", strings.NewReader(body))
		if len(b.Entry) < 2 {
			t.Fatalf("of a patient a bundle of %d resources is made", len(b.Entry))
		}
		for _, e := range b.Entry {
			if e.Resource.ResourceType != "Provenance" {
				names[e.Resource.name()] = true
			}
		}
	}
	return names
}

// faults counts in which ways a FHIR server does not have what is expected, each in one
// version, and nothing else.
func faults(want map[string]bool, have map[string][]string) map[string]int {
	found := map[string]int{}
	for name := range want {
		switch n := len(have[name]); {
		case n == 0:
			found["missing"]++
		case n > 1:
			found["there several times, or in several versions"]++
		}
	}
	for name := range have {
		if !want[name] {
			kind, _, _ := strings.Cut(name, " ")
			found["not expected, "+kind]++
		}
	}
	return found
}

func TestFaults(t *testing.T) {
	want := map[string]bool{"Patient s|1": true, "Procedure s|2": true}
	for name, test := range map[string]struct {
		have map[string][]string
		want map[string]int
	}{
		"all, once":        {map[string][]string{"Patient s|1": {"Patient/1/1"}, "Procedure s|2": {"Procedure/2/1"}}, map[string]int{}},
		"lost":             {map[string][]string{"Patient s|1": {"Patient/1/1"}}, map[string]int{"missing": 1}},
		"twice":            {map[string][]string{"Patient s|1": {"Patient/1/1", "Patient/3/1"}, "Procedure s|2": {"Procedure/2/1"}}, map[string]int{"there several times, or in several versions": 1}},
		"in two versions":  {map[string][]string{"Patient s|1": {"Patient/1/2", "Patient/1/1"}, "Procedure s|2": {"Procedure/2/1"}}, map[string]int{"there several times, or in several versions": 1}},
		"another, besides": {map[string][]string{"Patient s|1": {"Patient/1/1"}, "Procedure s|2": {"Procedure/2/1"}, "Device s|3": {"Device/3/1"}}, map[string]int{"not expected, Device": 1}},
	} {
		if got := faults(want, test.have); !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, not %v", name, got, test.want)
		}
	}
}
