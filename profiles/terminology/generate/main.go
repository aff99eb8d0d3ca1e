// Command generate makes the FHIR resources of profiles/terminology from its
// tables: one ValueSet per concept (source.csv, concepts.csv), the CodeSystem of
// the intake forms (mapping.Definitions, intake.csv) and the list in README.md.
package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

// folder is profiles/terminology as seen from profiles, where go generate runs.
const folder = "terminology"

func main() {
	files, err := resources(folder)
	if err != nil {
		log.Fatal(err)
	}
	stale, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range stale {
		if files[filepath.Base(name)] == nil {
			if err := os.Remove(name); err != nil {
				log.Fatal(err)
			}
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// resources makes every generated file of the folder, by name.
func resources(folder string) (map[string][]byte, error) {
	codes, err := table(filepath.Join(folder, "source.csv"), "concept", "system", "code", "display", "rule", "status", "source", "note")
	if err != nil {
		return nil, err
	}
	concepts, err := table(filepath.Join(folder, "concepts.csv"), "concept", "title", "description")
	if err != nil {
		return nil, err
	}
	displays, err := table(filepath.Join(folder, "intake.csv"), "code", "nl", "en")
	if err != nil {
		return nil, err
	}
	sets, err := valueSets(concepts, codes)
	if err != nil {
		return nil, err
	}
	intake, err := intakeCodeSystem(displays)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"README.md": readme(sets)}
	if files["CodeSystem-intake.json"], err = pretty(intake); err != nil {
		return nil, err
	}
	for _, set := range sets {
		if files["ValueSet-"+set.ID+".json"], err = pretty(set); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// table reads a CSV file with the given header, a map per row.
func table(name string, header ...string) ([]map[string]string, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	records, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var rows []map[string]string
	for i, record := range records {
		row := make(map[string]string, len(header))
		for j, column := range header {
			if i == 0 && record[j] != column {
				return nil, fmt.Errorf("%s: column %d is %q, not %q", name, j+1, record[j], column)
			}
			row[column] = record[j]
		}
		if i > 0 {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func pretty(resource any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(resource)
	return buffer.Bytes(), err
}
