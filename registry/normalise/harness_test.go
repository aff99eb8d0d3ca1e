package normalise_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

const agb = "http://fhir.nl/fhir/NamingSystem/agb-z"

// normaliser makes bundles for a test registry, with a key that is no secret.
func normaliser(shape normalise.Shape) *normalise.Normaliser {
	return &normalise.Normaliser{
		Target:     normalise.Target{Name: "test", Recipient: "nva", Shape: shape, AllowClientIDs: true},
		Centre:     normalise.Centre{Clinic: registration.Identifier{System: agb, Value: "06010101"}, Name: "Pijncentrum Voorbeeld"},
		Pseudonyms: keys("2026-1"),
		Software:   "0.0.0",
	}
}

// keys are pseudonyms by keys with the ids, the first being the newest.
func keys(ids ...string) *pseudonym.HMAC {
	var list pseudonym.Keys
	for i, id := range ids {
		secret, err := pseudonym.NewSecret(bytes.Repeat([]byte(id[:1]+id[len(id)-1:]), 16))
		if err != nil {
			panic(err)
		}
		list = append(list, pseudonym.Key{ID: id, Secret: secret, From: mapping.NewDay(2026, 1, 20-i).String()})
	}
	h, err := list.At(mapping.NewDay(2026, 2, 1))
	if err != nil {
		panic(err)
	}
	return h
}

// deliver normalises, which must succeed.
func deliver(t testing.TB, n *normalise.Normaliser, r *registration.Registration) *normalise.Delivery {
	t.Helper()
	d, err := n.Normalise(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// documents are the bodies, which must be made.
func documents(t testing.TB, d *normalise.Delivery) []normalise.Document {
	t.Helper()
	list, err := d.Documents()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// body is the only document.
func body(t testing.TB, n *normalise.Normaliser, r *registration.Registration) []byte {
	t.Helper()
	list := documents(t, deliver(t, n, r))
	if len(list) != 1 {
		t.Fatalf("%d documents", len(list))
	}
	return list[0].Body
}

// bundle is what the tests look at of a Bundle.
type bundle struct {
	Type       string
	Identifier struct{ System, Value string }
	Timestamp  string
	Entry      []struct {
		FullURL  string
		Resource map[string]any
		Request  struct{ Method, URL, IfNoneExist string }
	}
}

func read(t testing.TB, document []byte) bundle {
	t.Helper()
	strictly(t, document)
	var b bundle
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	if err := decoder.Decode(&b); err != nil {
		t.Fatal(err)
	}
	return b
}

// of are the resources of a type.
func (b bundle) of(kind string) []map[string]any {
	var list []map[string]any
	for _, e := range b.Entry {
		if e.Resource["resourceType"] == kind {
			list = append(list, e.Resource)
		}
	}
	return list
}

// only is the one resource of a type.
func (b bundle) only(t testing.TB, kind string) map[string]any {
	t.Helper()
	list := b.of(kind)
	if len(list) != 1 {
		t.Fatalf("%d resources of type %s", len(list), kind)
	}
	return list[0]
}

// strictly demands that the strict parser of R4 reads a document and writes the same.
func strictly(t testing.TB, document []byte) {
	t.Helper()
	u, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		t.Fatal(err)
	}
	read, err := u.UnmarshalR4(document)
	if err != nil {
		t.Fatalf("not valid R4: %v\n%s", err, document)
	}
	m, err := jsonformat.NewMarshaller(false, "", "", fhirversion.R4)
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Marshal(read)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, document) {
		t.Errorf("the strict parser reads something else:\n%s\n%s", document, again)
	}
}

// paths are the elements in a JSON value, as "Bundle.entry.resource.status", extensions
// by the end of their URL.
func paths(prefix string, value any, found map[string]bool) {
	switch value := value.(type) {
	case map[string]any:
		if url, ok := value["url"].(string); ok && strings.Contains(prefix, "xtension") {
			prefix += "(" + url[strings.LastIndexByte(url, '/')+1:] + ")"
		}
		for key, v := range value {
			paths(prefix+"."+key, v, found)
		}
	case []any:
		for _, v := range value {
			paths(prefix, v, found)
		}
	default:
		found[prefix] = true
	}
}

// issues are the reasons of what was left out, by place.
func issues(d *normalise.Delivery) []string {
	var list []string
	for _, i := range d.Issues {
		list = append(list, i.Resource+" "+i.Path+": "+i.Reason)
	}
	slices.Sort(list)
	return list
}
