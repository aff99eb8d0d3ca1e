// Package contract is what goes over the wire of the decision hooks, for machines: an
// OpenAPI 3.1 document, and JSON Schemas (2020-12) of discovery, of calls by hook, of
// answers and of feedback. They are written by hand from CDS Hooks 2.0
// (https://cds-hooks.hl7.org/2.0/), and as strict as this service is.
//
// The schemas have no $id: references between them, and from the OpenAPI document, are
// relative to where they are served.
package contract

import (
	"bytes"
	"embed"
	"encoding/json"
	"io/fs"
	"path"
)

//go:embed openapi.json schemas/*.json
var files embed.FS

// OpenAPI is the OpenAPI document, for services at a base URL without slash at the end;
// empty is where the document comes from. It is to be served one folder deep, as is the
// folder of the schemas: /openapi/cds-hooks.json beside /schemas/cds-hooks/request.json.
func OpenAPI(base string) ([]byte, error) {
	content, err := files.ReadFile("openapi.json")
	if err != nil || base == "" {
		return content, err
	}
	url, err := json.Marshal(base)
	return bytes.Replace(content, []byte(`"url": "/"`), append([]byte(`"url": `), url...), 1), err
}

// Schemas are the JSON Schemas by file name, such as "request.json".
func Schemas() (map[string][]byte, error) {
	names, err := fs.Glob(files, "schemas/*.json")
	if err != nil {
		return nil, err
	}
	schemas := make(map[string][]byte, len(names))
	for _, name := range names {
		if schemas[path.Base(name)], err = files.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return schemas, nil
}
