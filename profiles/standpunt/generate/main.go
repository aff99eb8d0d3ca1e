// Command generate makes the FHIR resources of profiles/standpunt from the catalogue of
// the standpunt: a PlanDefinition per version, and the CodeSystem of the criteria. Their
// words are the catalogue's own.
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// folder is profiles/standpunt as seen from profiles, where go generate runs.
const folder = "standpunt"

// date is that of the resources, not of the standpunt; so is their version.
const date = "2026-11-22"

func main() {
	files, err := resources()
	if err != nil {
		log.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// resources makes every file of the folder, by name.
func resources() (map[string][]byte, error) {
	made := map[string]any{"CodeSystem-criterion.json": criteria(standpunt.All())}
	for _, v := range standpunt.Versions() {
		made["PlanDefinition-standpunt-"+v.ID+".json"] = plan(v, standpunt.All())
	}
	files := make(map[string][]byte, len(made))
	for name, resource := range made {
		content, err := pretty(resource)
		if err != nil {
			return nil, err
		}
		files[name] = content
	}
	return files, nil
}

func pretty(resource any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(resource)
	return buffer.Bytes(), err
}
