//go:build oracle

package validator

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// message is a row of HAPI's report.
type message struct {
	File, Severity, Location, Rule, Message string
}

// tolerated is a row of warnings.csv.
type tolerated struct {
	severity, rule string
	message        *regexp.Regexp
	used           bool
}

// TestHAPI validates everything in one run of HAPI's validator. What it does not tolerate
// in the faulty bundles is why they are refused.
func TestHAPI(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "faults"), faulty(t))
	report := filepath.Join(folder, "report.json")
	args := append([]string{report}, definitions...)
	args = append(append(append(args, "--"), definitions...), delivered(t), filepath.Join(folder, "faults"))
	run(t, ".", "./validate", args...)

	document, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var messages []message
	if err := json.Unmarshal(document, &messages); err != nil {
		t.Fatal(err)
	}
	allowed := readTolerated(t)
	files, refusals := map[string]bool{}, map[string][]string{}
	told := map[string]bool{}
	for _, m := range messages {
		if filepath.Dir(m.File) == filepath.Join(folder, "faults") {
			if !tolerates(allowed, m) {
				name := strings.TrimSuffix(filepath.Base(m.File), ".json")
				refusals[name] = append(refusals[name], m.Location+": "+m.Message)
			}
			continue
		}
		files[m.File] = true
		if m.Severity == "none" || tolerates(allowed, m) || told[m.Rule+m.Message] {
			continue
		}
		told[m.Rule+m.Message] = true // the same in many files is told once
		t.Errorf("%s: %s at %s (%s): %s", m.File, m.Severity, m.Location, m.Rule, m.Message)
	}
	for _, row := range allowed {
		if !row.used {
			t.Errorf("warnings.csv: nothing needs %s %s %s", row.severity, row.rule, row.message)
		}
	}
	for _, f := range faults {
		if !slices.ContainsFunc(refusals[f.name], func(text string) bool { return strings.Contains(text, f.refused) }) {
			t.Errorf("the fault %q is not refused by %q, but by:\n%s", f.name, f.refused, strings.Join(refusals[f.name], "\n"))
		}
	}
	t.Logf("%d resources and bundles valid, %d faults refused", len(files), len(faults))
}

// tolerates says whether a message stands in warnings.csv. An error never does.
func tolerates(allowed []*tolerated, m message) bool {
	for _, row := range allowed {
		if row.severity == m.Severity && row.rule == m.Rule && row.message.MatchString(m.Message) {
			row.used = true
			return true
		}
	}
	return false
}

func readTolerated(t *testing.T) []*tolerated {
	t.Helper()
	file, err := os.Open("warnings.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var allowed []*tolerated
	for i, row := range rows[1:] {
		if row[0] != "warning" && row[0] != "information" || row[3] == "" {
			t.Fatalf("warnings.csv, row %d: only a warning or information is tolerated, for a reason", i+2)
		}
		allowed = append(allowed, &tolerated{severity: row[0], rule: row[1], message: regexp.MustCompile(row[2])})
	}
	return allowed
}
