//go:build containers

package containers

import (
	"encoding/json"
	"fmt"
	"io"
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

// once checks that a FHIR server has all that is expected, each in one version, and
// nothing else.
func once(t *testing.T, want map[string]bool, have map[string][]string) {
	t.Helper()
	faults := map[string]int{}
	for name := range want {
		switch n := len(have[name]); {
		case n == 0:
			faults["are not there"]++
		case n > 1:
			faults["are there several times, or in several versions"]++
		}
	}
	for name := range have {
		if !want[name] {
			faults["are there that nobody expected"]++
			t.Logf("not expected: %s", strings.SplitN(name, " ", 2)[0])
		}
	}
	for fault, n := range faults {
		t.Errorf("%d resources of %d %s", n, len(want), fault)
	}
}
