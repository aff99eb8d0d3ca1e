package centre_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/registry/centre"
)

var update = flag.Bool("update", false, "write the golden files")

// The report of a small population as people read it, in both languages.
func TestText(t *testing.T) {
	r := populated(t, 150)
	for _, lang := range []string{"nl", "en"} {
		var b bytes.Buffer
		if err := centre.WriteText(&b, r, lang); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", "report-"+lang+".txt")
		if *update {
			if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), want) {
			t.Errorf("%s differs; go test -update, and read the difference:\n%s", golden, b.String())
		}
		if strings.Contains(b.String(), "%!") {
			t.Errorf("a form that was not filled in well:\n%s", b.String())
		}
	}
}

func TestCSVHasALineForEveryFigureAndStratum(t *testing.T) {
	r := populated(t, 150)
	r.Figures[0].Stratifiers[0].Strata[0].Code = "=1+1"
	var b bytes.Buffer
	if err := centre.WriteCSV(&b, r, "nl"); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := 1 + len(r.Volumes)
	for _, f := range r.Figures {
		want++
		for _, s := range f.Stratifiers {
			want += len(s.Strata)
		}
	}
	if len(lines) != want {
		t.Errorf("%d lines, want %d", len(lines), want)
	}
	if !slices.ContainsFunc(lines, func(l []string) bool { return l[5] == "'=1+1" }) {
		t.Error("a formula goes to the spreadsheet")
	}
}
