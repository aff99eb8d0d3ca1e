//go:build oracle

package cql

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	seed  = flag.Int64("seed", 1, "first seed of the patients")
	count = flag.Int("patients", 1000, "how many patients")
	keep  = flag.String("keep", "", "folder to leave the patients and their judgements by CQL in")
)

// judgement is what one side says of one patient.
type judgement struct {
	ID          string       `json:"id"`
	Standpunt   string       `json:"standpunt"`
	Verdict     string       `json:"verdict"`
	Flags       []string     `json:"flags"` // explicit-negative and not-listed only
	Indications []indication `json:"indications"`
}

type indication struct {
	Indication string            `json:"indication"`
	Verdict    string            `json:"verdict"`
	Criteria   map[string]string `json:"criteria"` // id -> outcome
}

// names are the indications of a judgement, in one order.
func names(j judgement) string {
	var all []string
	for _, i := range j.Indications {
		all = append(all, i.Indication)
	}
	slices.Sort(all)
	return strings.Join(all, ",")
}

func of(j judgement, name string) indication {
	for _, i := range j.Indications {
		if i.Indication == name {
			return i
		}
	}
	return indication{}
}

// judgedByCQL runs oracle.cql over the patients, once.
func judgedByCQL(t *testing.T, patients []Patient) []judgement {
	t.Helper()
	folder := *keep
	if folder == "" {
		folder = t.TempDir()
	}
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	for _, patient := range patients {
		if err := encoder.Encode(patient); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(folder, "patients.ndjson")
	if err := os.WriteFile(file, lines.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	node := exec.Command("node", "run.mjs", file)
	node.Stderr = &stderr
	out, err := node.Output()
	if err != nil {
		t.Fatalf("node run.mjs (did you run npm ci?): %v\n%s", err, stderr.String())
	}
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(folder, "judgements.ndjson"), out, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var all []judgement
	scanner := bufio.NewScanner(bytes.NewReader(out))
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var j judgement
		if err := json.Unmarshal(scanner.Bytes(), &j); err != nil {
			t.Fatal(err)
		}
		all = append(all, j)
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	if len(all) != len(patients) {
		t.Fatalf("CQL judged %d of %d patients", len(all), len(patients))
	}
	return all
}
