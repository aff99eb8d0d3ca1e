//go:build crash

package crash

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/test/oracle/fhirserver"
)

// server is the FHIR server that all tests deliver to; each with a key of its own, which
// tells its resources from those of others.
var server = sync.OnceValues(func() (*fhirserver.Server, error) { return fhirserver.Start(context.Background(), "") })

func TestMain(m *testing.M) {
	status := m.Run()
	if s, err := server(); err == nil {
		s.Stop()
	}
	os.Exit(status)
}

func serverURL(t *testing.T) string {
	t.Helper()
	s, err := server()
	if err != nil {
		t.Fatal(err)
	}
	return s.URL
}

// arrived is a resource at the server.
type arrived struct {
	key      string // value of its identifier
	versions int
	day      string // of a procedure
}

// resources are those of a type that a site delivered.
func resources(t *testing.T, base, kind, key string) (list []arrived) {
	t.Helper()
	system := mapping.CanonicalBase + "/sid/procedure/" + key
	if kind == "Patient" {
		system = mapping.CanonicalBase + "/sid/patient/registry/" + key
	}
	next := base + "/" + kind + "?_count=200&identifier=" + url.QueryEscape(system+"|")
	for next != "" {
		request, err := http.NewRequest(http.MethodGet, next, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Cache-Control", "no-cache") // a search that the server remembers would miss what came since
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		var b struct {
			Link  []struct{ Relation, URL string }
			Entry []struct {
				Resource struct {
					Meta              struct{ VersionID string }
					Identifier        []struct{ Value string }
					PerformedDateTime string
				}
			}
		}
		err = json.NewDecoder(response.Body).Decode(&b)
		response.Body.Close()
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v", next, response.Status, err)
		}
		for _, e := range b.Entry {
			versions, err := strconv.Atoi(e.Resource.Meta.VersionID)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, arrived{e.Resource.Identifier[0].Value, versions, e.Resource.PerformedDateTime})
		}
		next = ""
		for _, l := range b.Link {
			if l.Relation == "next" {
				next = l.URL
			}
		}
	}
	return list
}

// check holds what is at the server against what had to come: every patient once, every
// procedure once, in its last version, without a step back on the way, and with no more
// versions than there were changes that took effect.
func check(t *testing.T, p *proxy, key string, patients int, last func(patient int) int) {
	t.Helper()
	base := serverURL(t)
	people, done := resources(t, base, "Patient", key), resources(t, base, "Procedure", key)
	for kind, list := range map[string][]arrived{"patients": people, "procedures": done} {
		distinct := map[string]bool{}
		for _, a := range list {
			distinct[a.key] = true
		}
		if len(list) != patients || len(distinct) != patients {
			t.Errorf("%d %s, %d different, are there of %d", len(list), kind, len(distinct), patients)
		}
	}
	for _, a := range people {
		if a.versions != 1 {
			t.Errorf("a patient who never changed has %d versions", a.versions)
		}
	}
	want := map[string]int{}
	for n := range patients {
		want[fmt.Sprintf("2026-01-%02d", last(n))]++
	}
	got := map[string]int{}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range done {
		got[a.day]++
		changes, before := 0, ""
		for _, version := range p.effects[a.key] {
			if version < before {
				t.Errorf("after version %s came version %s", before, version)
			}
			if version != before {
				changes++
			}
			before = version
		}
		if a.versions != changes {
			t.Errorf("a procedure with %d changes has %d versions: %v", changes, a.versions, p.effects[a.key])
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the last versions are %v, not %v", got, want)
	}
}
