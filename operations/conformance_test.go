package operations_test

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/profiles"
)

// definition is what the tests look at of a conformance resource.
type definition struct {
	Type string `json:"resourceType"`
	ID   string `json:"id"`
	URL  string `json:"url"`
}

// found is what the tests look at of the answer to a search.
type found struct {
	Type  string `json:"type"`
	Total *int   `json:"total"`
	Entry []struct {
		FullURL  string     `json:"fullUrl"`
		Resource definition `json:"resource"`
	} `json:"entry"`
}

func (s *surface) search(t *testing.T, query string) found {
	t.Helper()
	document := s.answered(t, "GET", "/fhir/"+query, "")
	valid(t, document)
	var f found
	if err := json.Unmarshal(document, &f); err != nil || f.Total == nil || *f.Total != len(f.Entry) {
		t.Fatalf("%s: %v, %+v", query, err, f)
	}
	return f
}

// Every resource of package profiles is valid R4, read by its id and found by its url.
func TestConformanceResourcesAreServed(t *testing.T) {
	s := serve(t, nil)
	served := 0
	err := fs.WalkDir(profiles.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		document, err := fs.ReadFile(profiles.FS, name)
		if err != nil {
			return err
		}
		var r definition
		if err := json.Unmarshal(document, &r); err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		valid(t, document)
		if diff := cmp.Diff(string(document), string(s.answered(t, "GET", "/fhir/"+r.Type+"/"+r.ID, ""))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		found := s.search(t, r.Type+"?url="+url.QueryEscape(r.URL))
		if found.Type != "searchset" || len(found.Entry) != 1 || found.Entry[0].Resource != r ||
			found.Entry[0].FullURL != "https://pijnpoort.hospital.example/fhir/"+r.Type+"/"+r.ID {
			t.Errorf("%s: found %+v", name, found)
		}
		served++
		return nil
	})
	if err != nil || served == 0 {
		t.Fatalf("%d served: %v", served, err)
	}
	if none := s.search(t, "ValueSet?url=https://elders.example/x"); len(none.Entry) != 0 {
		t.Errorf("found %+v", none)
	}
	if all := s.search(t, "OperationDefinition"); len(all.Entry) != 3 {
		t.Errorf("%d operations", len(all.Entry))
	}
}

// The CapabilityStatement lists what is routed, no more and no less, and every
// operation it names is defined.
func TestMetadataTellsTheTruth(t *testing.T) {
	s := serve(t, nil)
	document := s.answered(t, "GET", "/fhir/metadata", "")
	valid(t, document)
	var statement struct {
		Rest []struct {
			Resource []struct {
				Type        string `json:"type"`
				Interaction []struct {
					Code string `json:"code"`
				} `json:"interaction"`
				Operation []struct {
					Name string `json:"name"`
				} `json:"operation"`
			} `json:"resource"`
			Operation []struct {
				Name       string `json:"name"`
				Definition string `json:"definition"`
			} `json:"operation"`
		} `json:"rest"`
	}
	if err := json.Unmarshal(document, &statement); err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{"GET /fhir/metadata": true}
	for _, r := range statement.Rest[0].Resource {
		for _, i := range r.Interaction {
			told["GET /fhir/"+r.Type+map[string]string{"read": "/:id", "search-type": ""}[i.Code]] = true
		}
		for _, o := range r.Operation {
			told["POST /fhir/"+r.Type+"/$"+o.Name] = true
		}
	}
	for _, o := range statement.Rest[0].Operation {
		told["POST /fhir/$"+o.Name] = true
		if strings.HasPrefix(o.Definition, "http://hl7.org/fhir/") { // not ours to serve
			continue
		}
		var definition struct {
			URL  string `json:"url"`
			Code string `json:"code"`
		}
		id := o.Definition[strings.LastIndexByte(o.Definition, '/')+1:]
		if err := json.Unmarshal(s.answered(t, "GET", "/fhir/OperationDefinition/"+id, ""), &definition); err != nil {
			t.Fatal(err)
		}
		if definition.URL != o.Definition || definition.Code != o.Name {
			t.Errorf("%s is defined as %+v", o.Name, definition)
		}
	}
	routed := map[string]bool{}
	for _, r := range s.engine.Routes() {
		routed[r.Method+" "+r.Path] = true
	}
	if diff := cmp.Diff(routed, told); diff != "" {
		t.Errorf("routed but not told (-), told but not routed (+):\n%s", diff)
	}
}
