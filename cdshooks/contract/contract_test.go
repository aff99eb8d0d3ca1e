package contract_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/pijnpoort/pijnpoort/cdshooks/contract"
)

const served = "https://pijnpoort.example"

// The OpenAPI document is one of 3.1, with every schema that it refers to in its place.
func TestOpenAPI(t *testing.T) {
	schemas, err := contract.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	var read []string
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, location *url.URL) ([]byte, error) {
		folder, name := path.Split(location.Path)
		if location.Host != "pijnpoort.example" || folder != "/schemas/cds-hooks/" || schemas[name] == nil {
			t.Errorf("refers to %s", location)
		}
		read = append(read, name)
		return schemas[name], nil
	}
	document, err := contract.OpenAPI(served)
	if err != nil {
		t.Fatal(err)
	}
	at, _ := url.Parse(served + "/openapi/cds-hooks.json")
	api, err := loader.LoadFromDataWithPath(document, at)
	if err != nil {
		t.Fatal(err)
	}
	if err := api.Validate(t.Context(), openapi3.EnableExamplesValidation()); err != nil {
		t.Error(err)
	}
	if api.OpenAPI != "3.1.0" || api.Servers[0].URL != served {
		t.Errorf("version %s at %s", api.OpenAPI, api.Servers[0].URL)
	}
	if len(read) < 5 {
		t.Errorf("refers to %q only", read)
	}
	for _, path := range []string{"/cds-services", "/cds-services/{id}", "/cds-services/{id}/feedback"} {
		if api.Paths.Find(path) == nil {
			t.Errorf("%s is not in it", path)
		}
	}
}

func TestOpenAPIOfAnInstallationThatDoesNotKnowItsAddress(t *testing.T) {
	document, err := contract.OpenAPI("")
	if err != nil || !bytes.Contains(document, []byte(`"url": "/"`)) {
		t.Errorf("%v", err)
	}
	odd, err := contract.OpenAPI(`https://x.example/"y`)
	if err != nil || !json.Valid(odd) {
		t.Errorf("%v: %s", err, odd)
	}
}

// compile compiles a schema as it is served, with the official schema of schemas as judge.
func compile(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	schemas, err := contract.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for name, content := range schemas {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := compiler.AddResource(served+"/schemas/cds-hooks/"+name, document); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	schema, err := compiler.Compile(served + "/schemas/cds-hooks/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, document string) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatalf("%v: %s", err, document)
	}
	return schema.Validate(value)
}

func TestEverySchemaCompiles(t *testing.T) {
	schemas, err := contract.Schemas()
	if err != nil || len(schemas) < 11 {
		t.Fatalf("%d schemas, %v", len(schemas), err)
	}
	for name, content := range schemas {
		schema := compile(t, name)
		if schema.DraftVersion != 2020 {
			t.Errorf("%s: draft %d", name, schema.DraftVersion)
		}
		if bytes.Contains(content, []byte(`"$id"`)) {
			t.Errorf("%s has an $id, which need not be where it is served", name)
		}
		if err := validate(t, schema, "[]"); err == nil {
			t.Errorf("%s takes anything", name)
		}
	}
}
